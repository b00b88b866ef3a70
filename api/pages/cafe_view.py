"""A planned job café as it is shown: the timetable, what each person got and why, and the sheets of paper.

Paper lies on tables that everybody walks past. A person's sheet has a first name, times, tables and tasks; no
surname, need, point or reason, and no word of a card. A table's sheet has no names at all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.casework.cafes import Cafe
from api.domain.records import JobOrderRecord
from api.pages.cafe_form import Hours
from matching.constraints import Party
from matching.language import Speech
from matching.placing import Placing
from matching.sentences import question

MOST_QUESTIONS = 3
"""Tasks with a question that are told of one person, and questions that are told of one table."""

FEWEST_ASKED_FOR = 5
"""In a smaller company a question at a table would tell whose need it is, and is not put on paper."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it may lie on a table."""

    id: str
    title: str
    times: tuple[str, ...]
    hours: float | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A talk of one person: when, at which table, with whom, about what; `own` is about the task they got."""

    at: str
    table: int
    employer: str
    tasks: tuple[Task, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of the café. `called` is the first name; `moved` when not what was told before.

    `yeses` are the tasks that they have said yes to already. `free` are talks that somebody without a task
    could still have; `unheard` says that no time is left for a talk about their own.
    """

    id: str
    name: str
    called: str
    task: Task | None
    employer: str
    points: int | None
    reasons: tuple[str, ...]
    questions: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    moved: bool
    yeses: tuple[str, ...] = ()
    free: tuple[Meeting, ...] = ()
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its employer, what lies on it, who comes at which time, the places that are left.

    `taken` are the times, by their place in the row, of a guest whom the reader does not see.
    """

    number: int
    employer: str
    tasks: tuple[Task, ...]
    comes: tuple[str, ...]
    questions: tuple[str, ...]
    free: tuple[str, ...]
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Timetable:
    """Everything of an afternoon as it is told; a cell of `tables` without a name is a pause.

    `idle` are tasks that suit nobody, with whose they are; `unmet` are employers whom nobody meets, although
    something of theirs suits. Neither takes a table, and the numbers of the others stay as they were told.
    `deserted` are employers who had a table and whom nobody who is left meets, with its number.
    `beside` suit nobody either, and lie on the table that their employer has for another task.
    `unwished` are tasks whose employer has said no or wants to be left alone on that day. `last_talk` is when
    the last talk ends, where that is before the café does.
    """

    guests: tuple[Guest, ...]
    tables: tuple[Table, ...]
    times: tuple[str, ...]
    begins: str
    ends: str
    placed: int
    idle: tuple[str, ...]
    beside: tuple[str, ...]
    unmet: tuple[str, ...]
    deserted: tuple[tuple[int, str], ...]
    unwished: tuple[str, ...]
    kept_tasks: tuple[int, int]
    kept_times: tuple[int, int]
    last_talk: str = ""


def timetable(cafe: Cafe, hours: Hours, said: Speech) -> Timetable:
    """The afternoon in the reader's language."""
    called = called_by({one.id: one.name for one in cafe.people.values()})
    shown = [placing for placing in cafe.assignment.placings if placing.citizen_id in cafe.people]
    guests = tuple(_guest(cafe, hours, placing, called, said) for placing in shown)
    early = 0 < cafe.plan.slots < hours.slots
    idle = [order for order in cafe.orders.values() if order.id in cafe.idle]
    return Timetable(
        guests=guests,
        tables=tuple(_tables(cafe, called, said)),
        times=tuple(said.clock(hours.at(slot)) for slot in range(cafe.plan.slots)),
        begins=said.clock(hours.at(0)),
        ends=said.clock(hours.at(hours.slots)),
        placed=sum(placing.choice is not None for placing in shown),
        unmet=tuple(_unmet(cafe)),
        deserted=tuple(
            (number, cafe.employers[id_].name)
            for id_, number in sorted(cafe.seats.items(), key=lambda each: each[1])
            if id_ not in cafe.tables
        ),
        unwished=tuple(_whose(cafe, order) for order in cafe.orders.values() if order.id in cafe.unwished),
        idle=tuple(_whose(cafe, order) for order in idle if order.employer_id not in cafe.tables),
        beside=tuple(_whose(cafe, order) for order in idle if order.employer_id in cafe.tables),
        kept_tasks=_kept(cafe, cafe.tasks_kept),
        kept_times=_kept(cafe, cafe.times_kept),
        last_talk=said.clock(hours.at(cafe.plan.slots)) if early else "",
    )


def _kept(cafe: Cafe, by_guest: Mapping[str, bool]) -> tuple[int, int]:
    """How many keep something, and of how many, of those whom the reader sees."""
    seen = [kept for id_, kept in by_guest.items() if id_ in cafe.people]
    return sum(seen), len(seen)


def _unmet(cafe: Cafe) -> list[str]:
    coming = {order.employer_id for order in cafe.orders.values() if order.id not in cafe.idle}
    return sorted((cafe.employers[id_].name for id_ in coming - cafe.seats.keys()), key=str.casefold)


def _whose(cafe: Cafe, order: JobOrderRecord) -> str:
    return f"{order.title} ({cafe.employers[order.employer_id].name})"


def called_by(names: Mapping[str, str]) -> dict[str, str]:
    """The first name of each person, with as much more as tells two of the same name apart."""
    parts = {id_: name.split() or [id_] for id_, name in names.items()}
    told = {id_: words[0] for id_, words in parts.items()}
    for form in (_with_initial, _with_number):
        often = Counter(told.values())
        told = {
            id_: form(id_, words, told) if often[told[id_]] > 1 else told[id_] for id_, words in parts.items()
        }
    return told


def _with_initial(id_: str, words: Sequence[str], told: Mapping[str, str]) -> str:
    return f"{words[0]} {words[1][0]}." if len(words) > 1 else words[0]


def _with_number(id_: str, words: Sequence[str], told: Mapping[str, str]) -> str:
    same = sorted(other for other, name in told.items() if name == told[id_])
    return f"{told[id_]} ({same.index(id_) + 1})"


def _guest(cafe: Cafe, hours: Hours, placing: Placing, called: Mapping[str, str], said: Speech) -> Guest:
    order = cafe.orders[placing.choice.order_id] if placing.choice else None
    reasons = placing.reasons(said.language)
    told = len(reasons) - len(placing.questions(said))
    id_ = placing.citizen_id
    kept = cafe.tasks_kept.get(id_, True) and cafe.times_kept.get(id_, True)
    meetings = tuple(_meetings(cafe, hours, placing, cafe.plan.of_citizen(id_), said))
    free = {slot: talk.employer_id for talk, slot in cafe.free.items() if talk.citizen_id == id_}
    return Guest(
        id=id_,
        name=cafe.people[id_].name,
        called=called[id_],
        task=_task(order, said) if order else None,
        employer=cafe.employers[order.employer_id].name if order else "",
        points=placing.choice.points if placing.choice else None,
        reasons=tuple(reasons[:told]),
        questions=() if placing.choice else tuple(placing.questions(said, MOST_QUESTIONS)),
        meetings=meetings,
        moved=not kept,
        yeses=tuple(order.title for order in cafe.yeses.get(id_, ())),
        free=tuple(_meetings(cafe, hours, placing, dict(sorted(free.items())), said)),
        unheard=order is not None and not any(meeting.own for meeting in meetings),
    )


def _meetings(
    cafe: Cafe, hours: Hours, placing: Placing, at: Mapping[int, str], said: Speech
) -> Iterator[Meeting]:
    own = placing.choice.employer_id if placing.choice else None
    for slot, employer_id in at.items():
        fitting = [choice.order_id for choice in placing.choices if choice.employer_id == employer_id]
        yield Meeting(
            at=said.clock(hours.at(slot)),
            table=cafe.tables[employer_id],
            employer=cafe.employers[employer_id].name,
            tasks=tuple(_task(cafe.orders[order_id], said) for order_id in fitting),
            own=employer_id == own,
        )


def _tables(cafe: Cafe, called: Mapping[str, str], said: Speech) -> Iterator[Table]:
    taken = Counter(cafe.assignment.tasks.values())
    asked = _questions(cafe, said)
    for employer_id, number in cafe.tables.items():
        orders = [order for order in cafe.orders.values() if order.employer_id == employer_id]
        at = cafe.plan.of_employer(employer_id)
        yield Table(
            number=number,
            employer=cafe.employers[employer_id].name,
            tasks=tuple(_task(order, said) for order in orders),
            comes=tuple(called.get(at.get(slot, ""), "") for slot in range(cafe.plan.slots)),
            questions=asked[employer_id],
            free=tuple(order.title for order in orders if taken[order.id] < order.places),
            taken=frozenset(slot for slot, id_ in at.items() if id_ not in called),
        )


def _questions(cafe: Cafe, said: Speech) -> dict[str, tuple[str, ...]]:
    """What each employer can be asked at the table, first what would open something for most."""
    asked: dict[str, Counter[str]] = {id_: Counter() for id_ in cafe.employers}
    if len(cafe.people) >= FEWEST_ASKED_FOR:
        # a question would tell what somebody needs whom the reader does not see
        for placing in (one for one in cafe.assignment.placings if one.citizen_id in cafe.people):
            for item in placing.possible:
                texts = [question(about, said) for of, about in item.questions if of is Party.EMPLOYER]
                asked[cafe.orders[item.order_id].employer_id].update(texts)
    return {id_: tuple(text for text, _ in found.most_common(MOST_QUESTIONS)) for id_, found in asked.items()}


def _task(order: JobOrderRecord, said: Speech) -> Task:
    times = tuple(said.slot(slot) for slot in order.task.times)
    return Task(order.id, order.title, times, order.task.hours_per_week)
