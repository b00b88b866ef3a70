"""One citizen: read, changed while talking, saved by itself, undone, and settled when two have changed it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework import beginnings, suggestions
from api.casework import citizens as desk
from api.casework.centres import closing_starts
from api.casework.keepers import keepers
from api.casework.openings import Openings, openings
from api.casework.proposals import ProposalSeen
from api.casework.suggestions import Begun
from api.casework.versions import others_since, own_of_today_since, own_since
from api.domain.caller import Caller
from api.domain.records import Centre, CitizenRecord, RecordKind, rests_until
from api.domain.working_days import day_of
from api.pages import citizen_form
from api.pages.citizen_form import name_of, values_of
from api.pages.citizen_questions import Form as Questions
from api.pages.citizen_questions import Question, form_of
from api.pages.conflict import OWN_CHANGE, conflict_of
from api.pages.failures import TO_NOTICES
from api.pages.forms import Sent, Unacceptable, Values, Wrong, seen_in
from api.pages.outcomes import Outcomes, outcomes_of, recorded_of
from api.pages.rendering import by_htmx, render
from api.routes.answers import Id, catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensRead, CitizensWrite
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit
from api.schemas.citizens import CitizenCreate
from api.store import Unit, assignments, centres
from api.store.errors import Missing, Stale
from geo import Refused
from geo.errors import N_
from matching.language import speech
from matching.times import DENMARK_TIME

router = APIRouter(prefix="/citizens/{citizen_id}", include_in_schema=False, route_class=StrictRoute)


_MOST_STEPS = 30
"""So many changes of one visit can be undone one after another (judgement)."""

_LONGEST = 300
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """The form, the version it shows, when that was saved, and the versions that undoing leads back to.

    `suggested` is what was suggested, with its `outcomes` by id; `recorded` one about which something was
    recorded just now and which is not among them any more. `closing` are places to start from that close.
    `changed` names the questions whose answers have just been saved, or changed back by an undo; `openings`
    what the last answers, or taking them back, did to the list of tasks. `rest_saved` says that what is wrong
    has kept nothing else from being saved.
    """

    id: str
    name: str
    form: Questions
    version: int
    saved_at: datetime | None = None
    steps: tuple[int, ...] = ()
    undone: bool = False
    changed: tuple[str, ...] = ()
    openings: Openings | None = None
    registered: bool = False
    stands: bool = False
    people: tuple[str, ...] = ()
    closing: tuple[Centre, ...] = ()
    rests_until: date | None = None
    suggested: tuple[ProposalSeen, ...] = ()
    outcomes: Mapping[str, Outcomes] = field(default_factory=dict)
    begun: tuple[Begun, ...] = ()
    recorded: Outcomes | None = None
    writes: bool = True
    rest_saved: bool = False
    template: str = "citizen.html"

    @property
    def undo_to(self) -> int | None:
        """The version that an undo leads back to."""
        return next(iter(self.steps), None)

    @property
    def earlier(self) -> str:
        """The versions that undoing again leads back to, as an address and a form carry them."""
        return _carried(self.steps[1:])

    @property
    def carried(self) -> str:
        """All of them."""
        return _carried(self.steps)

    @property
    def told(self) -> tuple[str, ...]:
        """What the questions are called whose answers have just changed; hours as they were understood."""
        changed = (self.form[name] for name in self.changed)
        shown = not self.undone
        return tuple(
            _hours_too(one) if shown and one.name.startswith("hours.") else one.label for one in changed
        )


def _carried(steps: Iterable[int]) -> str:
    return ".".join(map(str, steps))


def _hours_too(day: Question) -> str:
    return f"{day.label} {day.value}".rstrip()


@router.get("")
def citizen(
    request: Request,
    citizen_id: Id,
    caller: CitizensRead,
    unit: WriteUnit,
    done: str = "",
    back: int = 0,
    earlier: Annotated[str, Query(max_length=_LONGEST)] = "",
    recorded: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The citizen in detail; asks why when the citizen is somebody else's work."""
    record = desk.read(unit, caller, citizen_id)
    page = _with_suggestions(unit, caller, _page(request, unit, caller, record, values_of(record)), recorded)
    carried = (back, *_steps(earlier)) if done == "saved" else _steps(earlier) if done == "undone" else ()
    fresh = done == "registered" and record.version == 1
    steps = _own_steps(unit, caller, record, carried)
    page = replace(page, steps=steps, undone=done == "undone", registered=fresh, stands=done == "stands")
    if done in ("saved", "undone") and 0 < back < record.version:
        page = replace(page, changed=_changed_since(unit, caller, record, back))
    if (page.undone or page.undo_to) and (before := _earlier(unit, caller, record, back)):
        page = replace(page, openings=_openings(request, unit, caller, before, record))
    return render(request, page)


@router.post("")
def save(request: Request, citizen_id: Id, caller: CitizensWrite, unit: WriteUnit, sent: Sent) -> Response:
    """Keep what the form says; of a field that cannot be kept, what stood there, and it is said why."""
    now = desk.opened(unit, caller, citizen_id, "citizen_changed")
    told, seen, earlier = citizen_form.sent(sent), seen_in(sent), _steps(sent.get("undo_to", ""))
    unused = citizen_form.unused(sent, values_of(now), translator(language_of(request.scope)))
    try:
        kept, wrong = _kept_but(request, unit, caller, now, told, seen)
    except Stale:
        return _conflict(request, unit, caller, now, told, seen)
    wrong = (*unused, *wrong)
    if not wrong and not by_htmx(request):
        return RedirectResponse(f"/citizens/{citizen_id}?done=saved&back={seen}{_with(earlier)}", 303)
    page = _page(request, unit, caller, kept or now, told if wrong else values_of(kept or now), wrong)
    steps = (seen, *earlier) if page.version != seen else earlier
    page = replace(page, steps=_own_steps(unit, caller, kept or now, steps), rest_saved=kept is not None)
    if not wrong:
        counted = _openings(request, unit, caller, now, kept or now)
        changed = _changed_since(unit, caller, kept, seen) if kept else ()
        return render(request, replace(page, template="saved.html", openings=counted, changed=changed))
    if by_htmx(request):
        return render(request, replace(page, template="unsaved.html"), 422)
    return render(request, _with_suggestions(unit, caller, page), 422)


@router.post("/undo")
def undo(
    citizen_id: Id,
    caller: CitizensWrite,
    unit: WriteUnit,
    version: Annotated[int, Form(ge=1)],
    seen: Annotated[int, Form(ge=1)],
    earlier: Annotated[str, Form(max_length=_LONGEST)] = "",
) -> Response:
    """Put the citizen back as at an earlier version; `earlier` are those that undoing again leads back to."""
    now = desk.put_back(unit, caller, citizen_id, version, {seen})
    changed = _changed_since(unit, caller, now, seen)
    # without a script one comes back to where the answer stands
    place = f"#f-{changed[0]}" if changed else ""
    carried = _with(_steps(earlier))
    return RedirectResponse(f"/citizens/{citizen_id}?done=undone&back={seen}{carried}{place}", 303)


@router.post("/looks-for-more")
def look_for_more(citizen_id: Id, caller: CitizensWrite, unit: WriteUnit) -> Response:
    """Write down that who has begun with a task looks for another one as well; saved with an undo."""
    before = desk.opened(unit, caller, citizen_id, "citizen_changed")
    beginnings.look_for_more(unit, caller, citizen_id)
    return RedirectResponse(f"/citizens/{citizen_id}?done=saved&back={before.version}", 303)


def _steps(text: str) -> tuple[int, ...]:
    """The versions that a form or an address carries, the last one first; none for what is no such list."""
    told = text.split(".")[:_MOST_STEPS]
    return tuple(map(int, told)) if all(_NUMBER.fullmatch(one) for one in told) else ()


def _with(steps: tuple[int, ...]) -> str:
    return f"&earlier={_carried(steps)}" if steps else ""


def _own_steps(unit: Unit, caller: Caller, now: CitizenRecord, steps: tuple[int, ...]) -> tuple[int, ...]:
    """The versions that undoing leads back to, as long as all since is the caller's own and of today."""
    own = bool(steps) and 0 < steps[0] < now.version
    if own and own_of_today_since(unit, caller, RecordKind.CITIZEN, now.id, steps[0]):
        return steps[:_MOST_STEPS]
    return ()


def _changed_since(unit: Unit, caller: Caller, now: CitizenRecord, version: int) -> tuple[str, ...]:
    """The questions that had other answers at a version; none when that is not known any more."""
    earlier = _earlier(unit, caller, now, version)
    before = values_of(earlier) if earlier else values_of(now)
    return tuple(name for name, value in values_of(now).items() if before.get(name, "") != value)


def _earlier(unit: Unit, caller: Caller, now: CitizenRecord, version: int) -> CitizenRecord | None:
    """The citizen as at an earlier version; None when there is none or it is not known any more."""
    if not 0 < version < now.version:
        return None
    try:
        return desk.version(unit, caller, now.id, version)
    except Missing:
        return None


def _openings(
    request: Request, unit: Unit, caller: Caller, before: CitizenRecord, after: CitizenRecord
) -> Openings | None:
    return openings(unit, caller, catalogues_of(request).of(unit, caller), before, after)


def _kept_but(
    request: Request, unit: Unit, caller: Caller, now: CitizenRecord, told: Values, seen: int
) -> tuple[CitizenRecord | None, tuple[Wrong, ...]]:
    """The citizen as the form says, but for the fields that are wrong, in which stays what stood there.

    None when not even that can be kept. One fault may hide another, so it is asked until none is new.
    """
    before, wrong = values_of(now), dict[str, Wrong]()
    while True:
        try:
            usable = {**told, **{name: before.get(name, "") for name in wrong}}
            return _kept(request, unit, caller, now, usable, seen), tuple(wrong.values())
        except Unacceptable as unacceptable:
            new = {one.name: one for one in unacceptable.wrong if one.name not in wrong}
            wrong |= new
            if not new:
                return None, tuple(wrong.values())


def _kept(
    request: Request, unit: Unit, caller: Caller, now: CitizenRecord, told: Values, seen: int
) -> CitizenRecord:
    translate = translator(language_of(request.scope))
    kinds = {centre.id: centre.kind for centre in _centres(unit, caller)}
    body = citizen_form.read(told, kinds, translate)
    after = replace(now, **_facts(body))
    if after == now and seen == now.version:
        return now
    try:
        return desk.change(unit, caller, now, after, {seen})
    except Stale:
        raise
    except Refused as refused:
        raise Unacceptable((Wrong(name_of(refused), refused.said(translate)),)) from None


def _facts(body: CitizenCreate) -> dict[str, Any]:
    return {
        "name": body.name,
        "anchors": body.to_anchors(),
        "ready": body.ready,
        "objects_to_ranking": body.objects_to_ranking,
        "waiting_since": body.waiting_since,
        "needs": body.to_needs(),
    }


def _conflict(
    request: Request, unit: Unit, caller: Caller, now: CitizenRecord, told: Values, seen: int
) -> Response:
    """Both states, and which of them changed what, as far as the version that was seen is still known."""
    try:
        base: Values = values_of(desk.version(unit, caller, now.id, seen))
    except Missing:
        base = {}
    theirs, mine = (_form(request, unit, caller, said).questions for said in (values_of(now), told))
    own = own_since(unit, caller, RecordKind.CITIZEN, now.id, seen)
    by = others_since(unit, caller, RecordKind.CITIZEN, now.id, seen)
    heading = OWN_CHANGE if own else N_("Somebody else has changed this citizen in the meantime")
    page = conflict_of(
        address=f"/citizens/{now.id}",
        form=f"/citizens/{now.id}",
        name=now.name,
        heading=translator(language_of(request.scope))(heading),
        version=now.version,
        base=base,
        theirs=theirs,
        mine=mine,
        own=own,
        by=by,
    )
    if not by_htmx(request):
        return render(request, page, 412)
    return render(request, replace(page, template="conflict_part.html"), 412, TO_NOTICES)


def _page(
    request: Request,
    unit: Unit,
    caller: Caller,
    record: CitizenRecord,
    told: Values,
    wrong: tuple[Wrong, ...] = (),
) -> CitizenPage:
    return CitizenPage(
        id=record.id,
        name=record.name,
        form=_form(request, unit, caller, told, wrong),
        version=record.version,
        saved_at=record.updated_at and record.updated_at.astimezone(DENMARK_TIME),
        writes=may(caller, Scope.CITIZENS_WRITE),
        people=_people(unit, caller, record.id),
        closing=closing_starts(unit, caller, record.anchors),
        rests_until=rests_until(record.not_able_until, day_of(unit.at)),
    )


def _with_suggestions(unit: Unit, caller: Caller, page: CitizenPage, recorded: str = "") -> CitizenPage:
    """The page with what was suggested; `recorded` is the one about which something was recorded just now."""
    found = suggestions.of_citizen(unit, caller, page.id)
    outcomes = dict(outcomes_of(unit, caller, found))
    moved = recorded_of(unit, caller, recorded) if recorded and may(caller, Scope.PROPOSALS_READ) else None
    if moved and moved.id in outcomes:
        outcomes[moved.id], moved = moved, None
    return replace(
        page, suggested=found, outcomes=outcomes, recorded=moved, begun=suggestions.begun_of(found)
    )


def _people(unit: Unit, caller: Caller, citizen_id: str) -> tuple[str, ...]:
    """The names of those who come in and whose work the citizen is, longest first."""
    found = keepers(unit, caller, {citizen_id: assignments.of_citizen(unit, caller, citizen_id)})
    return tuple(one.name for one in found[citizen_id] if not one.shut_out)


def _form(
    request: Request, unit: Unit, caller: Caller, told: Values, wrong: tuple[Wrong, ...] = ()
) -> Questions:
    language = language_of(request.scope)
    said, today = speech(language), day_of(unit.at)
    return form_of(told, _centres(unit, caller), today, said, translator(language), wrong)


def _centres(unit: Unit, caller: Caller) -> tuple[Centre, ...]:
    return centres.all_of(unit, caller.municipality)
