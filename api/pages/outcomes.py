"""What came of a proposal, taken down where it is read: a citizen's page, an order's, or the day's list.

`outcomes_of` makes of proposals what the macro `outcome_forms` of outcomes.html shows, so that every page has
the same form. A script gets the form back in its place and an announcement; without one the reader goes back
to the page, or to this one when something could not be kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access.scopes import Scope, may
from api.casework import proposals as desk
from api.casework import taking_back
from api.casework.centres import names_of
from api.casework.errors import AlreadyProposed, NoPlaceLeft, NothingToTakeBack, NotYourWork
from api.casework.practices import practice_of
from api.casework.proposals import CameOf, ProposalSeen
from api.domain.caller import Caller
from api.domain.moves import PROPOSAL_MOVES, TAKEN_BACK, NotFromHere, ProposalState
from api.domain.proposals import DeclineReason, Side
from api.domain.records import ChainLink, EmployerRecord, OrderState, Through
from api.domain.working_days import day_of, working_days_left
from api.exchange import values
from api.exchange.values import Given
from api.pages.contact_chain import chain_at
from api.pages.due_count import DueCount, count_at
from api.pages.rendering import by_htmx, render
from api.pages.sign_in import local
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsAnswer
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit, store_of
from api.store import Unit, employers, moves, users
from api.store.errors import Missing, Stale
from geo import Refused
from geo.errors import N_
from matching.vocabulary import parse_code

router = APIRouter(prefix="/proposals/{proposal_id}", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class Told:
    """What a form said, as it was typed; `problem` and `field` when it could not be kept."""

    outcome: str = ""
    through: str = ""
    declined_by: str = ""
    reason: str = ""
    review_on: str = ""
    note: str = ""
    version: int = 0
    back: str = "/"
    problem: str = ""
    field: str = ""

    def came(self) -> CameOf:
        """The outcome that was told; raises `Refused` for a day or a word that is none.

        What goes with another outcome than the one that was chosen stands in the form, and is not meant.
        """
        state = parse_code(ProposalState, "outcome", self.outcome)
        if state is ProposalState.DECLINED:
            side, reason = self._no()
            return CameOf(state=state, note=self.note, declined_by=side, reason=reason)
        if state is ProposalState.NOT_ABLE_NOW:
            day = values.day(Given("review_on", self.review_on, lambda *_, **__: None))
            return CameOf(state=state, note=self.note, review_on=day)
        reached = state in (ProposalState.CONTACTED, ProposalState.ACCEPTED) and self.through
        through = parse_code(Through, "through", self.through) if reached else None
        return CameOf(state=state, note=self.note, through=through)

    def _no(self) -> tuple[Side, DeclineReason]:
        problem = N_("A no has a side and a reason.")
        if not self.declined_by:
            raise Refused("declined_by", problem, N_("Choose whose no it is."))
        if not self.reason:
            raise Refused("reason", problem, N_("Choose why."))
        side = parse_code(Side, "declined_by", self.declined_by)
        return side, parse_code(DeclineReason, "reason", self.reason)


@dataclass(frozen=True, slots=True)
class Faster:
    """Who recorded something about the proposal meanwhile, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, as far as the reader may go there: the citizen, the employer, others for the task.

    `contact_by`, `chain` and where it is written are for who has still to be contacted, `employer` for who
    has said yes; `others` when the order has a place left.
    """

    contact_by: datetime | None = None
    days_left: int | None = None
    chain: tuple[ChainLink, ...] = ()
    centres: Mapping[str, str] = field(default_factory=dict)
    chain_at: str = ""
    citizen_id: str = ""
    order_id: str = ""
    employer: EmployerRecord | None = None
    others: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a proposal can become, and what the form needs to take it down.

    `review_on` is the day that the practice proposes. `undo` says that the reader may take back what was
    recorded last. `recorded` says that it has just been moved, and `next` what comes then; `undone` that this
    took something back, and `mistaken` that it was the proposal itself.
    """

    id: str
    order_id: str
    citizen: str
    task: str
    state: ProposalState
    version: int
    possible: tuple[ProposalState, ...]
    through: tuple[tuple[Through, str], ...]
    review_on: date
    answerable: bool
    through_used: Through | None = None
    reviewed_on: date | None = None
    undo: bool = False
    recorded: bool = False
    undone: bool = False
    next: NextStep = field(default_factory=NextStep)
    faster: Faster | None = None
    kept_back: str = ""
    told: Told | None = None

    @property
    def mistaken(self) -> bool:
        """Whether the proposal is as if it had not been made."""
        return self.undone and self.state is ProposalState.WITHDRAWN

    @property
    def at_once(self) -> tuple[ProposalState, ...]:
        """What one press records."""
        plain = (ProposalState.CONTACTED, ProposalState.ACCEPTED)
        return tuple(state for state in plain if state in self.possible)


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """A proposal with its form alone: the whole page, or the form in its place when a script asks.

    `due` is what waits now, where the form stood on the page that counts it.
    """

    proposal: Outcomes
    back: str
    due: DueCount | None = None
    template: str = "outcome.html"


def outcomes_of(unit: Unit, caller: Caller, found: Iterable[ProposalSeen]) -> Mapping[str, Outcomes]:
    """What the macro `outcome_forms` needs of each proposal, by its id."""
    practice, listed = practice_of(unit, caller.municipality), list(found)
    review_on = practice.review_day(day_of(unit.at))
    slips = taking_back.may_be_taken_back(unit, caller, [seen.proposal for seen in listed])
    return {
        seen.proposal.id: _outcomes(caller, seen, review_on, seen.proposal.id in slips) for seen in listed
    }


def recorded_of(unit: Unit, caller: Caller, proposal_id: str) -> Outcomes | None:
    """A proposal that was made, or about which something was recorded, a moment ago, and what comes next.

    None when it is not there for the caller: the address that names it may be an old one.
    """
    try:
        seen = desk.read(unit, caller, proposal_id)
        last = desk.history(unit, caller, proposal_id)[-1]
    except (Missing, NotYourWork):
        return None
    return _recorded(unit, caller, seen, last.cause == TAKEN_BACK)


def _recorded(unit: Unit, caller: Caller, seen: ProposalSeen, undone: bool) -> Outcomes:
    shown = _one(unit, caller, seen)
    return replace(shown, recorded=True, undone=undone, next=_next_step(unit, caller, seen))


def _next_step(unit: Unit, caller: Caller, seen: ProposalSeen) -> NextStep:
    state, order = seen.proposal.state, seen.order
    agreed = state is ProposalState.ACCEPTED and may(caller, Scope.EMPLOYERS_READ)
    calendar = practice_of(unit, caller.municipality).calendar
    by = seen.contact_by
    return NextStep(
        contact_by=by,
        days_left=None if by is None or seen.overdue else working_days_left(unit.at, by, calendar),
        chain=tuple(seen.chain),
        centres=names_of(unit, caller),
        chain_at=chain_at(caller, seen.proposal.citizen_id) if seen.open else "",
        citizen_id=seen.proposal.citizen_id if seen.open else "",
        order_id=order.id if may(caller, Scope.CANDIDATES_READ) else "",
        employer=employers.find(unit, caller, order.employer_id) if agreed else None,
        others=order.places > 0 and order.state not in (OrderState.FILLED, OrderState.ENDED),
    )


@router.get("/outcome")
def outcome_form(
    request: Request,
    proposal_id: Id,
    caller: ProposalsAnswer,
    unit: WriteUnit,
    back: Annotated[str, Query(max_length=1000)] = "/",
) -> HTMLResponse:
    """The form alone, to come back to when one is sent here."""
    shown = _one(unit, caller, desk.read(unit, caller, proposal_id))
    return render(request, OutcomePage(shown, local(back)))


Code = Annotated[str, Form(max_length=40)]


def _told(
    outcome: Code,
    through: Code = "",
    declined_by: Code = "",
    reason: Code = "",
    review_on: Code = "",
    note: Annotated[str, Form(max_length=5000)] = "",
    version: Annotated[int, Form(ge=0, lt=2**63)] = 0,
    back: Annotated[str, Form(max_length=1000)] = "/",
) -> Told:
    return Told(outcome, through, declined_by, reason, review_on, note.strip(), version, local(back))


@router.post("/outcome")
def record_outcome(
    request: Request, proposal_id: Id, caller: ProposalsAnswer, told: Annotated[Told, Depends(_told)]
) -> Response:
    """Record what came of the proposal, or say who was faster or what is missing; nothing is kept then."""
    # what is turned away may have written something before it was, so the unit is this form's own
    store = store_of(request)
    try:
        with store.unit() as unit:
            seen = desk.record(unit, caller, proposal_id, told.came(), told.version or None)
            page = _kept(request, unit, caller, seen, told.back)
            unit.commit()
    except (Stale, NotFromHere):
        with store.unit() as unit:
            page = _overtaken(unit, caller, proposal_id, told)
            unit.commit()
        return _shown(request, page, 412)
    except Refused as refused:
        if refused.field not in _FIELDS:
            raise
        with store.unit() as unit:
            now = _one(unit, caller, desk.read(unit, caller, proposal_id))
            unit.commit()
        problem = refused.said(translator(language_of(request.scope)))
        wrong = replace(told, problem=problem, field=refused.field)
        return _shown(request, OutcomePage(replace(now, told=wrong), told.back), 422)
    return _answered(request, page)


@router.post("/undo")
def undo(
    request: Request,
    proposal_id: Id,
    caller: ProposalsAnswer,
    version: Annotated[int, Form(ge=0, lt=2**63)] = 0,
    back: Annotated[str, Form(max_length=1000)] = "/",
) -> Response:
    """Take back what the caller recorded last, or the proposal itself; says why when that cannot be."""
    store, told = store_of(request), Told(version=version, back=local(back))
    try:
        with store.unit() as unit:
            seen = taking_back.take_back(unit, caller, proposal_id, version=version or None)
            page = _kept(request, unit, caller, seen, told.back)
            unit.commit()
    except Stale:
        with store.unit() as unit:
            page = _overtaken(unit, caller, proposal_id, told)
            unit.commit()
        return _shown(request, page, 412)
    except (AlreadyProposed, NoPlaceLeft, NothingToTakeBack) as refused:
        with store.unit() as unit:
            now = _one(unit, caller, desk.read(unit, caller, proposal_id))
            unit.commit()
        problem = refused.said(translator(language_of(request.scope)))
        return _shown(request, OutcomePage(replace(now, kept_back=problem), told.back), 422)
    return _answered(request, page)


def _kept(request: Request, unit: Unit, caller: Caller, seen: ProposalSeen, back: str) -> OutcomePage:
    last = moves.last_of(unit, caller, moves.OF_PROPOSALS, [seen.proposal.id])[seen.proposal.id]
    due = count_at(unit, caller, back) if by_htmx(request) else None
    return OutcomePage(_recorded(unit, caller, seen, last.cause == TAKEN_BACK), back, due)


def _answered(request: Request, page: OutcomePage) -> Response:
    """The box in its place for a script, else the page that the form stood on.

    On a job order's page its state, its clock and who else suits it hang on what was recorded, so that a
    script reads the whole page again.
    """
    afresh = noted(page.back, page.proposal.id)
    if not by_htmx(request):
        return RedirectResponse(afresh, 303)
    if page.back.startswith(_ORDERS):
        return Response(status_code=204, headers={"HX-Redirect": afresh})
    return _shown(request, page)


def _shown(request: Request, page: OutcomePage, status: int = 200) -> HTMLResponse:
    return render(request, replace(page, template="outcome_part.html") if by_htmx(request) else page, status)


_ORDERS = "/job-orders/"

_FIELDS = ("outcome", "through", "declined_by", "reason", "review_on", "note", "order_id", "citizen_id")
"""What a form can be corrected in, and the pair: no place may be left, or it may be suggested anew."""


def noted(back: str, proposal_id: str) -> str:
    """The page to go back to, told which proposal was recorded."""
    parts = urlsplit(back)
    query = f"{parts.query}&" if parts.query else ""
    return parts._replace(query=f"{query}recorded={proposal_id}").geturl()


def _overtaken(unit: Unit, caller: Caller, proposal_id: str, told: Told) -> OutcomePage:
    shown = _one(unit, caller, desk.read(unit, caller, proposal_id))
    last = desk.history(unit, caller, proposal_id)[-1]
    user = users.find(unit, caller.municipality, last.by)
    faster = Faster(user.called if user else "", last.at)
    return OutcomePage(replace(shown, faster=faster, told=told), told.back)


def _one(unit: Unit, caller: Caller, seen: ProposalSeen) -> Outcomes:
    return outcomes_of(unit, caller, [seen])[seen.proposal.id]


def _outcomes(caller: Caller, seen: ProposalSeen, review_on: date, slip: bool) -> Outcomes:
    one = seen.proposal
    mine = one.created_by == caller.user_id
    return Outcomes(
        id=one.id,
        order_id=one.order_id,
        citizen=seen.name or seen.initials,
        task=seen.order.title,
        state=one.state,
        version=one.version,
        possible=tuple(state for state in _OUTCOMES if state in PROPOSAL_MOVES[one.state]),
        through=tuple(_ways(seen.chain)),
        review_on=review_on,
        answerable=may(caller, Scope.PROPOSALS_ANSWER) and (seen.open or mine),
        through_used=one.contacted_through,
        reviewed_on=one.review_on,
        undo=slip,
    )


_OUTCOMES = tuple(state for state in ProposalState if state is not ProposalState.PROPOSED)
"""What can come of a proposal."""


def _ways(chain: Iterable[ChainLink]) -> Iterable[tuple[Through, str]]:
    """Through whom the citizen can be reached: the chain first, with names, then whoever is not in it."""
    named: dict[Through, str] = {}
    for link in chain:
        named.setdefault(link.through, link.name)
    return [*named.items(), *((through, "") for through in Through if through not in named)]
