"""The shortlist of a citizen: list beside map, what to ask first, what was left out, how to keep it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup, escape

from api.access.scopes import Scope, may
from api.casework import citizens, rankings, reorderings, suggestions
from api.casework import proposals as proposals_desk
from api.casework.centres import closing_starts
from api.casework.proposals import NewProposal, ProposalSeen
from api.casework.rankings import ShortlistFound
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.domain.proposals import Proposal, StartedFrom
from api.domain.records import Centre
from api.domain.reordering import reordered
from api.exchange.shortlist_workbook import workbook
from api.pages.forms import Sent, Wrong
from api.pages.journal import Noted, journal_note
from api.pages.last_answer import LastAnswer, last_answer
from api.pages.left_out import LeftOut, left_out
from api.pages.outcomes import Outcomes, noted, recorded_of, remarks_of
from api.pages.own_order import OwnOrder, own_order_of
from api.pages.place_map import PlaceMap, place_map
from api.pages.rendering import render, written
from api.pages.shortlist_rests import Rests
from api.pages.shortlist_rows import Row, asked_rows, asked_total_of, ranked_rows
from api.pages.shortlist_sheets import Listed, sheets_of
from api.pages.shortlist_view import View, Viewed
from api.pages.sign_in import local
from api.pages.trial import Trial, start_of, trial_of
from api.routes.answers import Id, catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import ProposalsWrite, ShortlistsRead
from api.routes.language import language_of, translator
from api.routes.problem import Several
from api.routes.units import WriteUnit, store_of
from api.store import employers, job_orders
from geo import Mode, Refused
from geo.errors import N_
from matching import Citizen
from matching.constraints import Party
from matching.language import Language, speech
from matching.ledger import Question
from matching.times import DENMARK_TIME, today_in_denmark
from matching.vocabulary import Activity

router = APIRouter(prefix="/citizens/{citizen_id}", include_in_schema=False, route_class=StrictRoute)
SHORTEST_REASON = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortlistPage:
    """A shortlist as it is shown; the citizen of `found` travels as the view says, not as is kept.

    `answered` is the task or employer that was just answered about, and `last` the answer, None when it was
    taken back. `wrong` says why the minutes that were `typed` are none; the list is the one without them.
    `recorded` is the suggestion that was made just now, `rests` says who is to be left alone, `closing` are
    places to start from that close, `start` says how the citizen comes, `trial` that the list is
    tried out, and with what. `yeses` are what the citizen has said yes to, which is not on the list.
    """

    found: ShortlistFound
    view: View
    rows: tuple[Row, ...]
    asked: tuple[Row, ...]
    left_out: LeftOut
    map: PlaceMap
    journal: str
    suggested: Mapping[str, Proposal]
    own_order: OwnOrder | None
    closing: tuple[Centre, ...]
    rests: Rests
    start: Markup
    trial: str
    yeses: tuple[ProposalSeen, ...]
    proposes: bool
    asks: bool
    answers: bool
    answers_employers: bool
    answered: str = ""
    last: LastAnswer | None = None
    wrong: Wrong | None = None
    typed: str = ""
    recorded: Outcomes | None = None
    modes: tuple[Mode, ...] = tuple(Mode)
    activities: tuple[Activity, ...] = tuple(Activity)
    template: str = "shortlist.html"

    @property
    def total(self) -> int:
        """How many suit now, also those that are not shown."""
        return self.found.found.items_total

    @property
    def asked_total(self) -> int:
        """How many hang on an answer and are of the kind that is looked at, also those that are not shown."""
        return asked_total_of(self.found, self.view)

    @property
    def nothing_open(self) -> bool:
        """Whether there is no job order that a task could come from, so that nothing hangs on the citizen."""
        found = self.total + self.asked_total + self.left_out.total
        return self.view.kind is Kind.JOB_ORDERS and not found

    @property
    def recorded_at(self) -> str:
        """The id of the order whose row shows what was recorded."""
        order_id = self.recorded.order_id if self.recorded else ""
        return order_id if order_id in {row.id for row in self.rows} else ""

    def on_call_sheet(self, employer_id: str, questions: Iterable[Question]) -> str:
        """Where questions stand on the call sheet: with the employer's, or else with the citizen's own."""
        of_employer = any(one.of is Party.EMPLOYER for one in questions)
        place = f"?at={employer_id}#employer-{employer_id}" if of_employer else "#citizen"
        return f"/citizens/{self.found.citizen_id}/call-sheet{place}"

    @property
    def back(self) -> str:
        """The address of this list as it is looked at."""
        return f"/citizens/{self.found.citizen_id}/shortlist{self.view.with_()}"


@router.get("/shortlist")
def shortlist(
    request: Request,
    citizen_id: Id,
    caller: ShortlistsRead,
    asked_for: Viewed,
    recorded: Annotated[str, Query(max_length=64)] = "",
    answered: Annotated[str, Query(max_length=64)] = "",
    undone: Annotated[str, Query(max_length=3)] = "",
) -> HTMLResponse:
    """The list, or the question why when the citizen is somebody else's work.

    `answered` is what an answer was just about, `undone` that it was one that was taken back. Minutes that
    are none are told beside their field, and the list is shown without them.
    """
    view, refused = asked_for.readable
    translate = translator(language_of(request.scope))
    page = replace(
        _page(request, caller, find(request, caller, citizen_id, view), view),
        answered=answered,
        last=_last(request, caller, answered) if answered and not undone else None,
        wrong=Wrong(refused.field, refused.said(translate)) if refused else None,
        typed=asked_for.max_minutes,
        recorded=_recorded(request, caller, recorded),
    )
    return render(request, page, 422 if refused else 200)


def _page(request: Request, caller: Caller, found: ShortlistFound, view: View) -> ShortlistPage:
    """The list with what stands around it in the store."""
    language, citizen_id = language_of(request.scope), found.citizen_id
    said = speech(language)
    rows, asked = ranked_rows(found, view, language), asked_rows(found, view, language)
    with store_of(request).unit(read_only=True) as unit:
        suggested = proposals_desk.of_citizen(unit, caller, citizen_id)
        own_order = own_order_of(unit, caller, citizen_id, found)
        known = citizens.known(unit, caller, citizen_id)
        closing = closing_starts(unit, caller, known.anchors)
        became = suggestions.of_citizen(unit, caller, citizen_id)
        rests = Rests.of(unit, caller, citizen_id, [row.id for row in (*rows, *asked)])
        remarks = remarks_of(unit, caller, became)
    trial = trial_of(view, found.found.citizen, known.needs)
    noted_down = Noted(caller, found, view, rows, asked, became, remarks, own_order, rests, trial)
    return ShortlistPage(
        found=found,
        view=view,
        rows=rows,
        asked=asked,
        left_out=left_out(found, view, said),
        map=place_map(found, rows, asked, said),
        journal=journal_note(noted_down, said, translator(language)),
        suggested=suggested,
        own_order=own_order,
        closing=closing,
        rests=rests,
        start=_start(found.found.citizen, trial, language),
        trial=trial.told(said, translator(language)) if trial else "",
        proposes=may(caller, Scope.PROPOSALS_WRITE),
        asks=may(caller, Scope.EMPLOYERS_READ),
        answers=may(caller, Scope.JOB_ORDERS_WRITE),
        answers_employers=may(caller, Scope.EMPLOYERS_WRITE),
        yeses=tuple(one for one in became if one.proposal.state is ProposalState.ACCEPTED),
    )


def _start(citizen: Citizen, trial: Trial | None, language: Language) -> Markup:
    """The line of the way, with the name of the place marked as what people wrote."""
    told = start_of("{place}", citizen, trial, speech(language), translator(language))
    return Markup(escape(told)).format(place=written(language, citizen.anchors[0].name))


@router.post("/proposals")
def propose(
    citizen_id: Id,
    caller: ProposalsWrite,
    unit: WriteUnit,
    order_id: Annotated[str, Form(max_length=64)],
    list_id: Annotated[str, Form(max_length=64)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
    view: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Suggest the citizen for a task of the list, and show the list again as it was looked at."""
    new = NewProposal(
        citizen_id=citizen_id,
        order_id=order_id,
        started_from=StartedFrom.CITIZEN,
        note=note.strip(),
        list_id=list_id,
    )
    made = proposals_desk.propose(unit, caller, new)
    # a place named in the address would take the focus that belongs to what is told
    address = local(f"/citizens/{citizen_id}/shortlist{view}")
    return RedirectResponse(noted(address, made.proposal.id), 303)


@router.post("/reorder")
def reorder(
    request: Request,
    citizen_id: Id,
    caller: ProposalsWrite,
    unit: WriteUnit,
    sent: Sent,
) -> Response:
    """Keep the order that the numbers in the form say, and why; no score moves by it."""
    shown = [name.removeprefix("place.") for name in sent if name.startswith("place.")]
    wanted = {id_: sent[f"place.{id_}"].strip() for id_ in shown}
    wrong = [
        Refused(f"place.{id_}", N_("A place is a whole number."), N_("Number the rows from 1."))
        for id_, text in wanted.items()
        if not (text.isascii() and text.isdigit() and len(text) < 4)
    ]
    if len(reason := sent.get("reason", "").strip()) < SHORTEST_REASON:
        wrong.append(Refused("reason", N_("A reason is missing."), N_("Say why the order is another one.")))
    if wrong:
        raise Several(wrong)
    order = reordered(shown, {id_: int(text) for id_, text in wanted.items()})
    list_id = sent.get("list_id", "")
    reorderings.reorder(unit, caller, list_id, citizen_id, shown=shown, order=order, reason=reason[:2000])
    return RedirectResponse(local(f"/citizens/{citizen_id}/shortlist{sent.get('view', '')}#own-order"), 303)


@router.get("/shortlist.xlsx")
def shortlist_workbook(request: Request, citizen_id: Id, caller: ShortlistsRead, view: Viewed) -> Response:
    """The same list as an Excel workbook, without the citizen's name."""
    found = find(request, caller, citizen_id, view)
    language = language_of(request.scope)
    rows, asked = ranked_rows(found, view, language), asked_rows(found, view, language)
    with store_of(request).unit(read_only=True) as unit:
        rests = Rests.of(unit, caller, citizen_id, [row.id for row in (*rows, *asked)])
        known = citizens.known(unit, caller, citizen_id)
        calls = {row.employer_id for row in (*rows, *asked)} if may(caller, Scope.EMPLOYERS_READ) else None
        firms = None if calls is None else employers.some(unit, caller, calls)
    telephones = None if firms is None else {id_: firm.phone for id_, firm in firms.items()}
    trial = trial_of(view, found.found.citizen, known.needs)
    listed = Listed(found, rows, asked, rests, trial, telephones)
    content = workbook(sheets_of(listed, speech(language), translator(language)))
    name = translator(language)(N_("tasks-{day}-{list}.xlsx"))
    told = name.format(day=f"{found.at.astimezone(DENMARK_TIME):%Y-%m-%d}", list=found.list_id[:8])
    headers = {"Content-Disposition": f'attachment; filename="{told}"'}
    return Response(content, media_type=XLSX, headers=headers)


def _recorded(request: Request, caller: Caller, proposal_id: str) -> Outcomes | None:
    if not proposal_id or not may(caller, Scope.PROPOSALS_READ):
        return None
    with store_of(request).unit() as unit:
        found = recorded_of(unit, caller, proposal_id)
        unit.commit()
    return found


def _last(request: Request, caller: Caller, answered: str) -> LastAnswer | None:
    if not may(caller, Scope.JOB_ORDERS_READ):
        return None
    with store_of(request).unit(read_only=True) as unit:
        record = job_orders.find(unit, caller, answered) or employers.find(unit, caller, answered)
        given = last_answer(unit, caller, record, speech(language_of(request.scope))) if record else None
    return given if given and given.is_known else None


def find(request: Request, caller: Caller, citizen_id: str, view: View) -> ShortlistFound:
    """The list as the view wants it; the look is written down before."""
    today = today_in_denmark()
    store, kept = store_of(request), catalogues_of(request)
    return rankings.for_citizen(store, kept, caller, citizen_id, view.wanted, today)
