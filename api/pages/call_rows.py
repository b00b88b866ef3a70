"""What stands on a call sheet: employers with the questions about their tasks, and those to the citizen.

A question about several tasks of one employer is asked once, and answered for all of them or for each.

A question that was answered in this sitting stays where it was asked, with the answer and the way back.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from api.casework.answers import Answers
from api.domain.answers import PLACE, Answering, fact_of, facts_of
from api.domain.contacts import EmployerContact
from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from api.pages.answers import CHOICES, Asked, asked_as, said_of
from api.pages.order_questions import codes_in
from api.pages.shortlist_rows import Row
from matching.cautions import CHECK
from matching.constraints import Party
from matching.language import Speech
from matching.ledger import Standing
from matching.sentences import question
from matching.vocabulary import REQUIREMENTS, Answer, Demand, of_the_place

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of this sitting: what was said, of which record, and where an undo leads back to."""

    said: str
    of: str
    at: datetime
    back_to: int
    seen: int


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A question, the rule and the fact it settles, how it is answered, and the answer when there is one.

    `needless` when nothing hangs on it, as its task is left out whatever is answered, or its employer has
    said no to it.
    """

    id: str
    about: str
    fact: str
    text: str
    asked: Asked
    answered: Answered | None = None
    needless: bool = False
    tasks: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not (self.answered or self.needless)

    @property
    def of_workplace(self) -> bool:
        """Whether one answer holds for every task there, as the rank that is promised for it does."""
        return any(map(of_the_place, codes_in([self.about])))

    @property
    def choices(self) -> tuple[StrEnum, ...]:
        """What may be chosen; nothing where the answer is written."""
        return CHOICES.get(self.asked, ())

    @property
    def is_of_citizen(self) -> bool:
        """Whether it is the citizen who is asked."""
        return self.about.startswith("abilities:")

    @property
    def is_caution(self) -> bool:
        """Whether nothing hangs on it, but somebody should know before proposing."""
        return self.about.startswith(f"{CHECK}:")


@dataclass(frozen=True, slots=True)
class TaskAsked:
    """A task with what its employer is asked; `citizen_asked` when the citizen is asked about it as well."""

    row: Row
    questions: tuple[ToAsk, ...]
    citizen_asked: bool

    @property
    def settled(self) -> bool:
        """Whether it hangs on no answer any more."""
        return self.row.ledger.standing is not Standing.ASK

    @property
    def was_answered(self) -> bool:
        """Whether something was answered about it in this sitting."""
        return any(one.answered for one in self.questions)


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """One thing that an employer is asked, and the tasks there that it is asked about; at least one."""

    employer_id: str
    of: tuple[tuple[Row, ToAsk], ...]

    @property
    def first(self) -> ToAsk:
        """The question as it is put: the same for each task."""
        return self.of[0][1]

    @property
    def id(self) -> str:
        """Where it stands on the page."""
        return f"{self.employer_id}-{self.first.fact}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer about any of the tasks."""
        return bool(self.waiting)

    @property
    def waiting(self) -> tuple[tuple[Row, ToAsk], ...]:
        """The tasks about which it waits for an answer."""
        return tuple((row, one) for row, one in self.of if one.is_open)

    @property
    def for_all(self) -> ToAsk | None:
        """The answer that was given for every task there, in this sitting."""
        given = (one for _, one in self.of if one.answered and one.answered.of == self.employer_id)
        return next(given, None)

    @property
    def for_one(self) -> tuple[tuple[Row, ToAsk], ...]:
        """The answers that were given for a task alone."""
        return tuple((row, one) for row, one in self.of if one.answered and one.answered.of == row.id)

    @property
    def needless(self) -> tuple[Row, ...]:
        """The tasks about which it need not be asked now."""
        return tuple(row for row, one in self.of if one.needless)


@dataclass(frozen=True, slots=True)
class EmployerAsked:
    """An employer to ring, the tasks to ask about, and the reader's own calls of today."""

    id: str
    name: str
    phone: str
    contact_person: str
    tasks: tuple[TaskAsked, ...]
    written: tuple[EmployerContact, ...] = ()

    @property
    def asked(self) -> tuple[AskedOnce, ...]:
        """What is asked, each thing once, as it comes up from the first task to the last."""
        found: dict[str, list[tuple[Row, ToAsk]]] = {}
        for task in self.tasks:
            for one in task.questions:
                found.setdefault(one.fact, []).append((task.row, one))
        return tuple(AskedOnce(self.id, tuple(of)) for of in found.values())

    @property
    def questions(self) -> tuple[ToAsk, ...]:
        """The same for each task, in the order in which they are asked."""
        return tuple(one for asked in self.asked for _, one in asked.of)

    def place_of(self, question: ToAsk) -> str:
        """Where a question about one of the tasks stands on the page."""
        return f"{self.id}-{question.fact}"

    @property
    def was_reached(self) -> bool:
        """Whether something was answered in this sitting."""
        return any(one.answered for one in self.questions)

    def is_about(self, id_: str) -> bool:
        """Whether an id is the employer's or that of one of the tasks."""
        return id_ in (self.id, *(task.row.id for task in self.tasks))

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to ask."""
        return not any(one.is_open for one in self.questions)


@dataclass(frozen=True, slots=True)
class Desk:
    """The records that are asked about, and what was answered in this sitting.

    `rules` are those of the citizen that an employer can settle, in the order in which they are asked about;
    `calls` are the reader's own of today, by employer; `refused` the tasks to which their employer has said
    no, about which nobody is asked anything more.
    """

    orders: Mapping[str, JobOrderRecord]
    employers: Mapping[str, EmployerRecord]
    citizen: CitizenRecord
    answers: Answers
    rules: tuple[str, ...]
    speech: Speech
    calls: Mapping[str, tuple[EmployerContact, ...]] = field(default_factory=dict)
    refused: Container[str] = frozenset()

    def answered(self, record: Answering | None, fact: str) -> Answered | None:
        """What was answered about one fact of a record; None for nothing."""
        given = self.answers.get(record.id, {}).get(fact) if record else None
        if not (record and given):
            return None
        said = said_of(facts_of(record).get(fact), self.speech)
        return Answered(said, record.id, given.at, given.back_to, record.version)


def calls_of(rows: Iterable[Row], desk: Desk) -> tuple[EmployerAsked, ...]:
    """The employers of these tasks in their order; who knows nothing that is asked need not be rung."""
    tasks: dict[str, list[TaskAsked]] = {}
    for row in rows:
        asked = tuple(_asked_of_employer(row, desk))
        if row.employer_id in desk.employers and asked:
            of_citizen = row.id not in desk.refused and any(one.of is Party.CITIZEN for one in row.questions)
            tasks.setdefault(row.employer_id, []).append(TaskAsked(row, asked, of_citizen))
    known = desk.employers
    return tuple(
        EmployerAsked(
            id_,
            known[id_].name,
            known[id_].phone,
            known[id_].contact_person,
            tuple(listed),
            desk.calls.get(id_, ()),
        )
        for id_, listed in tasks.items()
    )


def citizen_asks_of(rows: Iterable[Row], desk: Desk) -> tuple[ToAsk, ...]:
    """What the citizen is asked, each thing once, with the tasks that hang on it.

    What only refused tasks hang on stays in sight, and need not be asked.
    """
    hanging: dict[str, list[str]] = {}
    needless: dict[str, list[str]] = {}
    for row in rows:
        found = needless if row.id in desk.refused else hanging
        for one in row.questions:
            if one.of is Party.CITIZEN:
                found.setdefault(fact_of(one.about), []).append(row.title)
    return tuple(_asked_of_citizen(desk, hanging, needless))


def next_of(questions: Sequence[ToAsk], of: str, undone: bool = False) -> ToAsk | None:
    """The question to go on with after the last answer about a record; None when nothing is left.

    After an answer that was `undone`, the first one about the record.
    """
    answered = () if undone else enumerate(questions)
    said = [(one.answered.at, at) for at, one in answered if one.answered and _is_of(one, of)]
    about = (at - 1 for at, one in enumerate(questions) if one.id.startswith(of))
    last = max(said)[1] if said else next(about, -1)
    return next((one for one in (*questions[last + 1 :], *questions) if one.is_open), None)


def last_of(questions: Iterable[ToAsk], of: str) -> ToAsk | None:
    """The question that was answered last about a record; None when none is."""
    answered = [one for one in questions if _is_of(one, of)]
    return max(answered, key=lambda one: one.answered.at if one.answered else _NEVER, default=None)


def settled_by(last: ToAsk, rows: Iterable[Row], calls: Iterable[EmployerAsked]) -> tuple[Row, ...]:
    """The tasks that came onto the list, or off it, by the last answer and by none before."""
    asked = {task.row.id: task.questions for call in calls for task in call.tasks}
    return tuple(row for row in rows if _is_settled(last, row, asked.get(row.id, ())))


def _is_settled(last: ToAsk, row: Row, asked: Sequence[ToAsk]) -> bool:
    if last.is_of_citizen:
        concerned = row.order.demands.get(Demand(last.fact)) is Answer.YES
    else:
        concerned = any((one.fact, one.answered) == (last.fact, last.answered) for one in asked)
    if not concerned or row.ledger.standing is Standing.ASK:
        return False
    if row.ledger.standing is Standing.RANKED:
        return not last.is_caution
    stopping = {fact_of(one.rule) for one in row.ledger.stopped_by}
    before = {one.fact for one in asked if one.answered} - {last.fact}
    # how far away it is follows from the place, under a rule of its own
    return (last.fact in stopping or last.fact == PLACE) and not stopping & before


def _is_of(one: ToAsk, record_id: str) -> bool:
    return one.answered is not None and one.answered.of == record_id


def _asked_of_employer(row: Row, desk: Desk) -> Iterator[ToAsk]:
    """What the employer is asked about a task: what it hangs on, and what a caution says to ask as well."""
    cautions = [one.rule for one in row.warnings if asked_as(one.rule) is not Asked.ELSEWHERE]
    hanging = [one.about for one in row.questions if one.of is Party.EMPLOYER]
    open_now = {fact_of(rule): rule for rule in (*cautions, *hanging)}
    settling = {fact_of(rule): rule for rule in desk.rules}
    order, employer = desk.orders.get(row.id), desk.employers.get(row.employer_id)
    for fact, rule in {**settling, **open_now}.items():
        # what is open still is not answered, whatever was said of the whole workplace
        is_open = fact in open_now
        answered = None if is_open else desk.answered(order, fact) or desk.answered(employer, fact)
        if is_open or answered:
            text = question(rule, desk.speech)
            left_out = row.ledger.standing is Standing.EXCLUDED or row.id in desk.refused
            needless = left_out and not answered
            yield ToAsk(f"{row.id}-{fact}", rule, fact, text, asked_as(rule), answered, needless)


def _asked_of_citizen(
    desk: Desk, hanging: Mapping[str, Sequence[str]], needless: Mapping[str, Sequence[str]]
) -> Iterator[ToAsk]:
    for requirement in (code for code in Demand if code in REQUIREMENTS):
        answered = desk.answered(desk.citizen, requirement)
        waits = requirement in hanging
        if answered or waits or requirement in needless:
            about = f"abilities:{requirement}"
            tasks = tuple((hanging if waits else needless).get(requirement, ()))
            text = question(about, desk.speech)
            id_ = f"citizen-{requirement}"
            off = not (answered or waits)
            yield ToAsk(id_, about, str(requirement), text, Asked.YES_NO, answered, off, tasks)
