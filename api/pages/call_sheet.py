"""The call sheet: whom to ring about what for one citizen, beside the list that an answer moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework.rankings import ShortlistFound
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.records import EmployerRecord
from api.pages.answers import Asked, asked_as
from api.pages.rendering import render
from api.pages.shortlist import find
from api.pages.shortlist_rows import Row, asked_rows, orders_of, ranked_rows
from api.pages.shortlist_view import View
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import EmployersRead, ShortlistsRead
from api.routes.language import language_of
from api.routes.units import store_of
from api.store import employers
from matching import Ledger
from matching.constraints import Party
from matching.vocabulary import Setting

router = APIRouter(prefix="/citizens/{citizen_id}", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A question, the rule it settles, and how it is answered; `of_employer` when the employer knows."""

    about: str
    text: str
    asked: Asked
    of_employer: bool


@dataclass(frozen=True, slots=True)
class TaskAsked:
    """A task that hangs on answers, and the points it has when they are good."""

    id: str
    title: str
    points: int | None
    questions: tuple[ToAsk, ...]


@dataclass(frozen=True, slots=True)
class EmployerAsked:
    """An employer to ring, the one whose tasks promise most first."""

    id: str
    name: str
    phone: str
    contact_person: str
    tasks: tuple[TaskAsked, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a task stands after an answer: its standing, its place, its points."""

    title: str
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class CallSheetPage:
    """The employers to ring, and the list as it is now; `moved` are those an answer was about."""

    id: str
    name: str
    calls: tuple[EmployerAsked, ...]
    asked_total: int
    rows: tuple[Row, ...]
    moved: tuple[Moved, ...]
    moved_ids: frozenset[str]
    answers_orders: bool
    answers_employers: bool
    settings: tuple[Setting, ...] = (Setting.INDOOR, Setting.OUTDOOR, Setting.BOTH)
    template: str = "call_sheet.html"


@router.get("/call-sheet")
def call_sheet(
    request: Request,
    citizen_id: Id,
    caller: ShortlistsRead,
    _employers: EmployersRead,
    moved: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The questions by employer, and the list beside them."""
    found = find(request, caller, citizen_id, View(kind=Kind.JOB_ORDERS))
    language = language_of(request.scope)
    asked = asked_rows(found, language)
    known = _records(request, caller, {row.employer_id for row in asked})
    told = tuple(_moved(found, moved, language))
    page = CallSheetPage(
        id=citizen_id,
        name=found.citizen_name,
        calls=_calls(asked, known),
        asked_total=found.found.ask_total,
        rows=ranked_rows(found, View(), language),
        moved=told,
        moved_ids=frozenset(one.ledger.order_id for one in told),
        answers_orders=may(caller, Scope.JOB_ORDERS_WRITE),
        answers_employers=may(caller, Scope.EMPLOYERS_WRITE),
    )
    return render(request, page)


def _calls(asked: Iterable[Row], known: Mapping[str, EmployerRecord]) -> tuple[EmployerAsked, ...]:
    tasks: dict[str, list[TaskAsked]] = {}
    names: dict[str, str] = {}
    for row in asked:
        tasks.setdefault(row.employer_id, []).append(_task(row))
        names[row.employer_id] = row.employer
    return tuple(
        EmployerAsked(id_, names[id_], known[id_].phone, known[id_].contact_person, tuple(listed))
        for id_, listed in tasks.items()
    )


def _task(row: Row) -> TaskAsked:
    questions = (
        ToAsk(question.about, question.text, asked_as(question.about), question.of is Party.EMPLOYER)
        for question in row.questions
    )
    return TaskAsked(row.id, row.title, row.points, tuple(questions))


def _records(request: Request, caller: Caller, ids: Iterable[str]) -> Mapping[str, EmployerRecord]:
    with store_of(request).unit(read_only=True) as unit:
        return employers.some(unit, caller, ids)


def _moved(found: ShortlistFound, moved: str, language: str) -> Iterable[Moved]:
    """The task that an answer was about, or all tasks of the employer that it holds for."""
    for id_, title, employer in orders_of(found):
        if moved and moved in (id_, employer):
            yield Moved(title, found.found.explain(id_, language))
