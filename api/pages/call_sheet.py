"""The call sheet: whom to ring about what for one citizen, beside the list that an answer moves.

Nothing on it moves by itself: an answer stays where it was given, and who asks for a new order gets one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework import answers, calls, left_alone, refusals
from api.casework import citizens as citizens_desk
from api.casework.left_alone import LeftAlone
from api.casework.practices import practice_of
from api.casework.rankings import ShortlistFound
from api.casework.refusals import OrderRefused
from api.casework.supply import Kind
from api.domain.answers import Answering
from api.domain.caller import Caller
from api.domain.working_days import Calendar, day_of
from api.pages.answers import NoAnswer
from api.pages.call_order import LENGTH, Sheet, asking_rows, displaced, kept_rows, refused_last
from api.pages.call_rows import (
    Desk,
    EmployerAsked,
    ToAsk,
    calls_of,
    citizen_asks_of,
    last_of,
    next_of,
    settled_by,
)
from api.pages.rendering import render
from api.pages.shortlist import find
from api.pages.shortlist_rows import Row, ranked_rows
from api.pages.shortlist_view import SHOWN, View
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import EmployersRead, ShortlistsRead
from api.routes.language import language_of
from api.routes.units import store_of
from api.store import employers, job_orders
from geo.errors import N_
from matching.cautions import CHECK
from matching.language import speech
from matching.ledger import Standing
from matching.vocabulary import Answer

router = APIRouter(prefix="/citizens/{citizen_id}", include_in_schema=False, route_class=StrictRoute)


BACK_ON = "follow_up_on"
"""The field for the day on which an employer may be rung again."""

AT_ONCE = 8
"""As many employers as somebody rings before a pause, and as a page carries lightly."""

_LATER = ((N_("in a week"), timedelta(weeks=1)), (N_("in four weeks"), timedelta(weeks=4)))


@dataclass(frozen=True, slots=True)
class CallSheetPage:
    """Whom to ask what, and the list as it is now.

    `put` is the order that stays, `displaced` how many employers would stand elsewhere in a new one. After
    an answer about the record `moved`, `answered` is the question, `settled` the tasks that hang on nothing
    any more by it, and `focus` where to go on. `before` are the numbers that tasks had on the list until
    then. `refused` are the orders to which their employer has said no, `left_alone` those whose employer
    rests by its own wish, and `called` is the employer about whose call something was just written down.
    `no_answer` was typed at the question `not_answered`, and does not answer it. `offered` are days to ring
    again, and what they are called. A long sheet has several `parts`, and `calls` are of the one at hand.
    """

    id: str
    name: str
    calls: tuple[EmployerAsked, ...]
    citizen_asks: tuple[ToAsk, ...]
    asked_total: int
    rows: tuple[Row, ...]
    put: Sheet
    displaced: int
    answered: ToAsk | None
    settled: tuple[Row, ...]
    focus: str
    reader: Caller
    moved: str = ""
    before: Mapping[str, int] | None = None
    refused: Mapping[str, OrderRefused] = field(default_factory=dict)
    left_alone: Mapping[str, LeftAlone] = field(default_factory=dict)
    parts: int = 1
    called: str = ""
    no_answer: NoAnswer | None = None
    offered: tuple[tuple[str, date], ...] = ()
    template: str = "call_sheet.html"

    @property
    def answers_orders(self) -> bool:
        """Whether the reader may write down what holds of one task."""
        return may(self.reader, Scope.JOB_ORDERS_WRITE)

    @property
    def answers_employers(self) -> bool:
        """Whether the reader may write down what holds of an employer."""
        return may(self.reader, Scope.EMPLOYERS_WRITE)

    @property
    def answers_citizen(self) -> bool:
        """Whether the reader may write down what the citizen says."""
        return may(self.reader, Scope.CITIZENS_WRITE)

    @property
    def writes_calls(self) -> bool:
        """Whether the reader may write down that an employer was rung."""
        return may(self.reader, Scope.CONTACTS_WRITE) and may(self.reader, Scope.CONTACTS_READ)

    @property
    def employer_ids(self) -> frozenset[str]:
        """The employers on the sheet."""
        return frozenset(call.id for call in self.calls)

    @property
    def not_answered(self) -> str:
        """The question that what was typed does not answer: of several alike, the first one."""
        if self.no_answer is None:
            return ""
        of, fact = self.no_answer.of, self.no_answer.fact
        asked = (
            one
            for call in self.calls
            for task in call.tasks
            for one in task.questions
            if of in (call.id, task.row.id) and one.fact == fact and one.is_open
        )
        return next((one.id for one in asked), "")

    @property
    def sheet(self) -> str:
        """The order as every form carries it."""
        return str(self.put)

    @property
    def beside(self) -> Mapping[int, str]:
        """The parts before and after the one at hand, by number, as their addresses carry them."""
        near = (self.put.part - 1, self.put.part + 1)
        return {part: str(replace(self.put, part=part)) for part in near if 1 <= part <= self.parts}

    @property
    def after_answer(self) -> bool:
        """Whether an answer was just given or taken back."""
        return bool(self.moved)

    @property
    def told_of(self) -> str:
        """What the last answer is about: a task with its employer, an employer, or else the citizen."""
        about = ((call, task.row) for call in self.calls for task in call.tasks)
        names = {row.id: f"{row.title}, {call.name}" for call, row in about}
        names |= {call.id: call.name for call in self.calls}
        return names.get(self.moved, self.name)

    @property
    def call_told(self) -> EmployerAsked | None:
        """The employer about whose call something was just written down, or taken back."""
        return next((call for call in self.calls if call.id == self.called), None)

    @property
    def shifted(self) -> frozenset[str]:
        """The tasks on the list that stood elsewhere on it, or not on it, before the last answer."""
        before = self.before
        if before is None:
            return frozenset()
        return frozenset(row.id for row in self.rows if before.get(row.id) != row.number)

    @property
    def moves(self) -> tuple[Row, ...]:
        """What the last answer brought onto the list, moved up on it, or took off it."""
        before, listed = self.before or {}, {row.id for row in self.rows}
        risen = (
            row for row in self.rows if row.id in self.shifted and before.get(row.id, SHOWN + 1) > row.number
        )
        off = (row for row in self.settled if row.id not in listed)
        return (*risen, *off)

    @property
    def arrived(self) -> frozenset[str]:
        """The tasks that came onto the list by the last answer."""
        return frozenset(row.id for row in self.settled if row.ledger.standing is Standing.RANKED)


@router.get("/call-sheet")
def call_sheet(
    request: Request,
    citizen_id: Id,
    caller: ShortlistsRead,
    _employers: EmployersRead,
    sheet: Annotated[str, Query(max_length=LENGTH)] = "",
    moved: Annotated[str, Query(max_length=64)] = "",
    undone: Annotated[str, Query(max_length=3)] = "",
    called: Annotated[str, Query(max_length=3)] = "",
    at: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The questions by employer, and the list beside them.

    `at` is an employer at whom a sheet is opened. `moved` is what an answer was just about, `undone` that
    it was one that was taken back; `called` that it was no answer: a call to that employer was written
    down, or taken back.
    """
    if not called:
        page = _page(request, caller, citizen_id, sheet, moved, bool(undone), at)
        return render(request, page)
    page = _page(request, caller, citizen_id, sheet)
    return render(request, replace(page, called=moved, focus=f"call-{moved}"))


def not_heard(
    request: Request, caller: Caller, citizen_id: str, sheet: str, no_answer: NoAnswer
) -> HTMLResponse:
    """The sheet as it stood, with what was typed where it was typed, and why it is no answer."""
    page = _page(request, caller, citizen_id, sheet)
    return render(request, replace(page, no_answer=no_answer), 422)


def _page(
    request: Request,
    caller: Caller,
    citizen_id: str,
    sheet: str,
    moved: str = "",
    undone: bool = False,
    at: str = "",
) -> CallSheetPage:
    found = find(request, caller, citizen_id, View(kind=Kind.JOB_ORDERS))
    kept = Sheet.read(sheet, found.at)
    asking = _asking(request, caller, found, kept)
    listed = ranked_rows(found, View(), language_of(request.scope))
    # what was answered before is not what was just said
    answered = None if undone else last_of(asking.questions, moved)
    parts = max(1, ceil(len(asking.calls) / AT_ONCE))
    part = min(_part_of(at, asking.calls) or kept.part, parts)
    return CallSheetPage(
        id=citizen_id,
        name=found.citizen_name,
        reader=caller,
        calls=asking.calls[(part - 1) * AT_ONCE : part * AT_ONCE],
        citizen_asks=asking.of_citizen,
        asked_total=found.found.ask_total,
        rows=listed,
        put=replace(kept.of(asking.rows, listed), part=part),
        parts=parts,
        moved=moved,
        before=kept.before([*listed, *asking.rows]) if kept.marks or kept.listed else None,
        displaced=asking.displaced,
        answered=answered,
        settled=settled_by(answered, asking.rows, asking.calls) if answered else (),
        focus=_focus(citizen_id, asking, moved, undone),
        refused=asking.refused,
        left_alone=asking.left_alone,
        offered=asking.offered,
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """The tasks about which something is asked, in the order in which they stay, and who is asked what.

    `displaced` is how many employers would stand elsewhere in a new order; `refused`, `left_alone` and
    `offered` are as on the page.
    """

    rows: tuple[Row, ...]
    calls: tuple[EmployerAsked, ...]
    of_citizen: tuple[ToAsk, ...]
    displaced: int
    refused: Mapping[str, OrderRefused]
    left_alone: Mapping[str, LeftAlone]
    offered: tuple[tuple[str, date], ...]

    @property
    def questions(self) -> tuple[ToAsk, ...]:
        """Everything that is asked of employers, then of the citizen."""
        return (*(one for call in self.calls for one in call.questions), *self.of_citizen)


def _asking(request: Request, caller: Caller, found: ShortlistFound, kept: Sheet) -> _Asking:
    language = language_of(request.scope)
    told = kept_rows(found, kept, language)
    with store_of(request).unit(read_only=True) as unit:
        refused = refusals.of_orders(unit, caller, [row.id for row in told])
        resting = left_alone.of_orders(unit, caller, [row.id for row in told])
        working_days = practice_of(unit, caller.municipality).calendar
    # whom to ring no more stands last in a new order, and stays where the no was said until then
    rows = told if kept.marks else refused_last(told, refused)
    desk = replace(_desk(request, caller, found, rows, kept), refused=refused)
    rung = calls_of(rows, desk)
    # who has said no stands last in a new order as well, whether or not there is anything to ask
    anew = calls_of(refused_last(asking_rows(found, language), refused), replace(desk, refused=()))
    return _Asking(
        rows=rows,
        calls=rung,
        of_citizen=citizen_asks_of(rows, desk),
        displaced=displaced([call.id for call in rung], [call.id for call in anew if not call.settled]),
        refused=refused,
        left_alone=resting,
        offered=offered_days(day_of(found.at), working_days),
    )


def offered_days(today: date, calendar: Calendar) -> tuple[tuple[str, date], ...]:
    """Days to ring again, and what they are called; tomorrow stands alone where it is a working day."""
    tomorrow, following = today + timedelta(days=1), next(calendar.after(today), None)
    next_one = ((N_("next working day"), following),) if following and following != tomorrow else ()
    return (
        (N_("tomorrow"), tomorrow),
        *next_one,
        *((label, today + ahead) for label, ahead in _LATER),
    )


def _part_of(employer_id: str, rung: Sequence[EmployerAsked]) -> int | None:
    return next((place // AT_ONCE + 1 for place, call in enumerate(rung) if call.id == employer_id), None)


def _desk(request: Request, caller: Caller, found: ShortlistFound, rows: Sequence[Row], sheet: Sheet) -> Desk:
    with store_of(request).unit(read_only=True) as unit:
        # the look itself is written down with the list
        citizen = citizens_desk.opened(unit, caller, found.citizen_id, "shortlist_read")
        orders = job_orders.some(unit, caller, [row.id for row in rows])
        known = employers.some(unit, caller, {row.employer_id for row in rows})
        records: tuple[Answering, ...] = (*orders.values(), *known.values(), citizen)
        given = answers.since(unit, caller, records, sheet.since)
        made = calls.of_today(unit, caller, known)
    needs = found.found.citizen
    rules = [one.rule for one in needs.constraints if not one.rule.startswith("abilities:")]
    rules += [f"{CHECK}:{code}" for code, able in needs.abilities.items() if able is Answer.NO]
    return Desk(orders, known, citizen, given, tuple(rules), speech(language_of(request.scope)), made)


def _focus(citizen_id: str, asking: _Asking, moved: str, undone: bool) -> str:
    """Where to go on after an answer: at the next question to the same employer, or to the citizen."""
    if moved == citizen_id:
        following = next_of(asking.of_citizen, moved, undone)
        return following.id if following else "citizen"
    call = next((call for call in asking.calls if call.is_about(moved)), None)
    if call is None:
        return ""
    following = next_of(call.questions, moved, undone)
    return call.place_of(following) if following else f"call-{call.id}"
