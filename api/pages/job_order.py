"""One job order: what was said, what it became, whom it suits, and what can be asked and done about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework import citizens as citizens_desk
from api.casework import (
    clocks,
    hanging,
    left_alone,
    questions,
    rankings,
    refusals,
    reopening,
    silence,
    taking_over,
)
from api.casework import employers as employers_desk
from api.casework import job_orders as desk
from api.casework import proposals as proposals_desk
from api.casework.centres import by_id
from api.casework.clocks import Clock
from api.casework.keepers import Keeper, keepers
from api.casework.left_alone import LeftAlone
from api.casework.order_lists import WAITING, overdue
from api.casework.proposals import ProposalSeen
from api.casework.refusals import OrderRefused
from api.casework.silence import SilentOrder
from api.casework.taking_over import HANDED_BACK, TAKEN_OVER
from api.casework.users import names_of
from api.domain.answers import Answering
from api.domain.caller import Caller
from api.domain.moves import ORDER_MOVES, STILL_WANTED, TAKEN_BACK, Move, ReturnCause
from api.domain.records import Centre, EmployerRecord, JobOrderRecord, OrderState
from api.domain.working_days import Pause
from api.pages.answers import NoAnswer
from api.pages.candidate_rows import Candidates, candidates_of
from api.pages.last_answer import LastAnswer, last_answer
from api.pages.order_questions import ToAnswer, codes_in, hung_on, rule_of, to_answer, to_citizens
from api.pages.outcomes import Outcomes, outcomes_of, recorded_of
from api.pages.rendering import render
from api.pages.sign_in import local
from api.routes.answers import Id, catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import JobOrdersRead
from api.routes.language import language_of, translator
from api.routes.units import store_of
from api.store import citizens, moves, proposals
from geo import Refused
from matching.clock import clock_demands
from matching.language import Speech, speech
from matching.times import DENMARK_TIME, today_in_denmark
from matching.vocabulary import Answer, Demand, Support

router = APIRouter(prefix="/job-orders/{order_id}", include_in_schema=False, route_class=StrictRoute)
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed the order last, and when; `own` when the reader has, in another window."""

    by: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that counts for the order, and whether it is the order's own or the whole workplace's.

    With `timed` nobody has given it: it follows from the order's times.
    `back_at` is the form by which the reader takes it back, "" for who may not.
    """

    code: Demand | Support
    about: str
    answer: Answer
    own: bool
    back_at: str
    timed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrderPage:
    """The order and what stands around it; `conflict` is the change that came before the reader's own.

    `wrong` says why what the reader did could not be.
    `elsewhere` is what candidates are suggested for besides, by id; `of_citizens` what the suggested ones
    are asked themselves; `refused` the employer's no to it, `left_alone` its wish to rest, `returned_for` why
    it was sent back, `reopenable` whether the reader may undo that or its end, `came` the page to go back to;
    `opens_return` whether the form that sends it back stands open;
    `looked_after_by` is one at most, `along` the suggestions that can be taken over with it; `last` the
    answer just given, `no_answer` what was typed and answers nothing.
    """

    order: JobOrderRecord
    employer: EmployerRecord
    clock: Clock
    overdue: bool
    history: tuple[Move, ...]
    who: Mapping[str, str]
    answers: tuple[Answered, ...]
    centres: Mapping[str, Centre]
    silent: SilentOrder | None
    refused: OrderRefused | None
    left_alone: LeftAlone | None
    returned_for: ReturnCause | None
    reopenable: bool
    is_readers: bool
    looked_after_by: tuple[Keeper, ...]
    along: frozenset[str]
    writes: bool
    proposes: bool
    answers_workplace: bool
    answers_citizens: bool
    questions: tuple[ToAnswer, ...] = ()
    of_citizens: Mapping[str, tuple[ToAnswer, ...]] = field(default_factory=dict)
    candidates: Candidates | None = None
    proposals: tuple[ProposalSeen, ...] = ()
    outcomes: Mapping[str, Outcomes] = field(default_factory=dict)
    done: str = ""
    came: str = ""
    opens_return: bool = False
    last: LastAnswer | None = None
    undo_to: int | None = None
    conflict: Change | None = None
    wrong: str = ""
    no_answer: NoAnswer | None = None
    causes: tuple[ReturnCause, ...] = tuple(ReturnCause)
    still_wanted: str = STILL_WANTED
    taken_over: str = TAKEN_OVER
    handed_back: str = HANDED_BACK
    taken_back: str = TAKEN_BACK
    template: str = "job_order.html"

    @property
    def contact_by(self) -> datetime | None:
        """The contact deadline by the Danish clock; None while none runs."""
        return self.clock.contact_by and self.clock.contact_by.astimezone(DENMARK_TIME)

    @property
    def taken_back_here(self) -> tuple[Answered, ...]:
        """The answers that the reader may take back."""
        return tuple(one for one in self.answers if one.back_at)

    @property
    def pause(self) -> Pause | None:
        """The pause in which the clock stands still now."""
        return next((one for one in self.clock.pauses if one.until is None), None)

    @property
    def elsewhere(self) -> Mapping[str, tuple[ProposalSeen, ...]]:
        """What candidates are suggested for besides, by id."""
        return self.candidates.elsewhere if self.candidates else {}

    @property
    def standing(self) -> tuple[ProposalSeen, ...]:
        """Who is suggested, one of whom may be why the order goes back."""
        return tuple(one for one in self.proposals if one.proposal.is_open)

    @property
    def going_along(self) -> tuple[ProposalSeen, ...]:
        """The suggestions that are taken over with the order."""
        return tuple(one for one in self._pending if one.proposal.id in self.along)

    @property
    def staying(self) -> tuple[ProposalSeen, ...]:
        """Those that stay with who holds them."""
        return tuple(one for one in self._pending if one.proposal.id not in self.along)

    @property
    def _pending(self) -> tuple[ProposalSeen, ...]:
        return tuple(one for one in self.proposals if one.proposal.is_pending)

    @property
    def next_states(self) -> tuple[OrderState, ...]:
        """The states that a button moves the order to; a return has a form of its own."""
        possible = ORDER_MOVES[self.order.state]
        return tuple(
            state for state in (OrderState.OPEN, OrderState.FILLED, OrderState.ENDED) if state in possible
        )

    @property
    def returnable(self) -> bool:
        """Whether the order can be sent back."""
        return OrderState.RETURNED in ORDER_MOVES[self.order.state] and not self.order.is_withdrawn


@router.get("")
def job_order(
    request: Request,
    order_id: Id,
    caller: JobOrdersRead,
    done: str = "",
    recorded: str = "",
    back: int = 0,
    of: str = "",
    came: Annotated[str, Query(max_length=1000)] = "",
    open_: Annotated[str, Query(alias="open", max_length=20)] = "",
) -> HTMLResponse:
    """The order; its candidates for those who may see them.

    `recorded` is the proposal just moved, `back` the version before a correction just made, `of` the record
    about which something was just answered, `open` "return" for the form that sends it back.
    """
    page = page_of(request, caller, order_id, done, recorded)
    if done == "answered" and of:
        page = replace(page, last=_last(request, caller, page, of))
    if done == "corrected" and back == page.order.version - 1 > 0:
        page = replace(page, undo_to=back)
    opens = open_ == "return"
    return render(request, replace(page, came=local(came) if came else "", opens_return=opens))


def not_heard(request: Request, caller: Caller, order_id: str, no_answer: NoAnswer) -> HTMLResponse:
    """The page again, with what was typed where it was typed, and why it is no answer."""
    return render(request, replace(page_of(request, caller, order_id, ""), no_answer=no_answer), 422)


def not_done(request: Request, caller: Caller, order_id: str, refused: Refused) -> HTMLResponse:
    """The page as it stands, with why what the reader did could not be."""
    said = refused.said(translator(language_of(request.scope)))
    return render(request, replace(page_of(request, caller, order_id, ""), wrong=said), 409)


def page_of(request: Request, caller: Caller, order_id: str, done: str, recorded: str = "") -> JobOrderPage:
    """The order and all that stands around it; `done` and `recorded` are what the reader did a moment ago."""
    said = speech(language_of(request.scope))
    page = _kept(request, caller, order_id)
    found, standing = _candidates(request, caller, page.order, said), _hanging(request, caller, page.order)
    waiting = hung_on([*standing.values(), *(found.hanging if found else ())])
    suggested, outcomes = _proposals(request, caller, order_id, recorded)
    return replace(
        page,
        questions=_questions(request, caller, page.order, waiting, said),
        of_citizens=to_citizens(standing, said),
        candidates=found,
        proposals=suggested,
        outcomes=outcomes,
        done=done,
    )


def _kept(request: Request, caller: Caller, order_id: str) -> JobOrderPage:
    """The order with what is kept of it, and nothing of any citizen."""
    with store_of(request).unit(read_only=True) as unit:
        order = desk.read(unit, caller, order_id)
        employer = employers_desk.read(unit, caller, order.employer_id)
        clock = clocks.clock_of(unit, caller, order)
        history = desk.history(unit, caller, order_id)
        holders = {one.held_by for one in proposals.of_order(unit, caller, order_id)}
        refused = refusals.of_orders(unit, caller, [order_id]).get(order_id)
        resting = left_alone.of_orders(unit, caller, [order_id]).get(order_id)
        returned, writes = order.state is OrderState.RETURNED, may(caller, Scope.JOB_ORDERS_WRITE)
        return JobOrderPage(
            order=order,
            employer=employer,
            clock=clock,
            overdue=overdue(clock, unit.at),
            history=history,
            who=names_of(unit, caller, {one.by for one in history} | {order.taken_by} | holders),
            answers=_answers(caller, order, employer),
            centres=by_id(unit, caller),
            silent=None if refused or resting else silence.of_order(unit, caller, order),
            refused=refused,
            left_alone=resting,
            returned_for=moves.returned_for(unit, caller, [order_id]).get(order_id) if returned else None,
            reopenable=writes and reopening.may_be_reopened(unit, caller, order),
            is_readers=order.taken_by == caller.user_id,
            looked_after_by=keepers(unit, caller, {order_id: [order.taken_by]})[order_id],
            along=frozenset(one.id for one in taking_over.goes_along(unit, caller, order)),
            writes=writes,
            proposes=may(caller, Scope.PROPOSALS_WRITE),
            answers_workplace=may(caller, Scope.EMPLOYERS_WRITE),
            answers_citizens=may(caller, Scope.CITIZENS_WRITE),
        )


def _last(request: Request, caller: Caller, page: JobOrderPage, of: str) -> LastAnswer | None:
    """The answer just given, of the order, its employer or a citizen who is open to the reader."""
    said = speech(language_of(request.scope))
    with store_of(request).unit() as unit:
        record: Answering | None = next((one for one in (page.order, page.employer) if one.id == of), None)
        if record is None and may(caller, Scope.CITIZENS_WRITE) and citizens.may_open(unit, caller, of):
            record = citizens_desk.read(unit, caller, of)
        last = last_answer(unit, caller, record, said) if record else None
        unit.commit()
    return last


def _candidates(request: Request, caller: Caller, order: JobOrderRecord, said: Speech) -> Candidates | None:
    if not may(caller, Scope.CANDIDATES_READ) or order.is_withdrawn:
        return None
    if order.state not in WAITING or order.places < 1:
        return None
    store, kept = store_of(request), catalogues_of(request)
    today = today_in_denmark()
    return candidates_of(
        rankings.for_order(store, kept, caller, order.id, SHOWN, True, today, again=False), said
    )


def _proposals(
    request: Request, caller: Caller, order_id: str, recorded: str
) -> tuple[tuple[ProposalSeen, ...], Mapping[str, Outcomes]]:
    """Who was suggested and not by mistake, the open ones first, and what can be recorded about each.

    `recorded` is the one about which something was recorded just now, which can be undone.
    """
    if not may(caller, Scope.PROPOSALS_READ):
        return (), {}
    with store_of(request).unit() as unit:
        meant = {one.id for one in proposals_desk.suggested_for(unit, caller, order_id)} | {recorded}
        listed, _ = proposals_desk.page(unit, caller, order_id=order_id, limit=SHOWN * 5)
        found = [one for one in listed if one.proposal.id in meant]
        outcomes = dict(outcomes_of(unit, caller, found))
        if recorded in outcomes and (moved := recorded_of(unit, caller, recorded)):
            outcomes[recorded] = moved
        unit.commit()
    return tuple(sorted(found, key=lambda one: not one.proposal.is_open)), outcomes


def _answers(caller: Caller, order: JobOrderRecord, employer: EmployerRecord) -> tuple[Answered, ...]:
    """Every answer that counts: the order's own before the workplace's."""
    own: dict[Demand | Support, Answer] = dict([*order.task.demands.items(), *order.task.supports.items()])
    timed = {code: said for code, said in clock_demands(order.task.times).items() if code not in own}
    whole: dict[Demand | Support, Answer] = dict(
        [*employer.demands.items(), *employer.supports.items(), *timed.items(), *own.items()]
    )
    own_back = "answers" if may(caller, Scope.JOB_ORDERS_WRITE) else ""
    workplace_back = "workplace-answers" if may(caller, Scope.EMPLOYERS_WRITE) else ""
    return tuple(
        Answered(code, rule_of(code), said, own=True, back_at="", timed=True)
        if code in timed
        else Answered(code, rule_of(code), said, code in own, own_back if code in own else workplace_back)
        for code, said in whole.items()
    )


def _hanging(request: Request, caller: Caller, order: JobOrderRecord) -> hanging.Hanging:
    """What those who were suggested hang on still; nothing about an order that has ended."""
    if not may(caller, Scope.CANDIDATES_READ) or order.state is OrderState.ENDED:
        return {}
    today = today_in_denmark()
    return hanging.of_order(store_of(request), catalogues_of(request), caller, order.id, today)


def _questions(
    request: Request, caller: Caller, order: JobOrderRecord, waiting: Mapping[str, int], said: Speech
) -> tuple[ToAnswer, ...]:
    """What is still to be asked, the most useful first; nothing about an order that has ended."""
    if order.state is OrderState.ENDED:
        return ()
    with store_of(request).unit(read_only=True) as unit:
        kept_in, also = catalogues_of(request), codes_in(waiting)
        still_open = questions.of_order(unit, caller, kept_in, order.id, also)
    return to_answer(still_open, waiting, may(caller, Scope.EMPLOYERS_WRITE), said)
