"""What was read as chips: each with the words it came from, and whether it was stated, is usual or implied.

What is usual or implied is told and asked about; it answers nothing by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.domain.records import EmployerRecord
from api.exchange.values import Given
from api.pages.citizen_questions import Choice, Question, capital
from api.pages.forms import Values
from api.pages.task_form import ACTIVITIES, CHOICES, FACTS, slots_in
from api.routes.language import Translate
from geo import Refused
from geo.errors import N_
from matching.clock import clock_demands
from matching.language import Speech
from matching.reading import Evidence, TaskReading, TimedFinding
from matching.reading.dates import says_year
from matching.sentences import question
from matching.vocabulary import Activity, Answer, Demand, Setting, Support

SAID = (("yes", N_("yes")), ("no", N_("no")), ("", N_("not said")))


class Kind(StrEnum):
    """How a chip came about."""

    STATED = "stated"
    USUAL = "usual"
    IMPLIED = "implied"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Chip:
    """A field with what was read for it, from which words; `known` is what holds for the whole workplace.

    `timed` is what follows from the times that stand in the form, as long as nobody says otherwise.
    `year` is the year of a day whose words say none, as long as that day stands in the field. `timeless` says
    that the words name days and no hours, so that the field is empty still.
    """

    question: Question
    kind: Kind
    words: tuple[str, ...] = ()
    known: Answer | None = None
    year: int | None = None
    timeless: bool = False
    timed: Answer | None = None


@dataclass(frozen=True, slots=True)
class Chips:
    """What was read, what is to be asked now, and everything else that may be told.

    `unread` are words that look like hours and are none yet: one has to ask from when to when.
    """

    read: tuple[Chip, ...]
    ask: tuple[Chip, ...]
    others: tuple[Chip, ...]
    unread: tuple[str, ...]

    @property
    def whole(self) -> tuple[Chip, ...]:
        """Every chip once."""
        return (*self.read, *self.ask, *self.others)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the chips stand on: the form, the reading, what is asked of everybody, whose order it is."""

    told: Values
    reading: TaskReading
    required: Sequence[Demand | Support]
    employer: EmployerRecord | None
    wrong: Mapping[str, str]
    speech: Speech
    translate: Translate


def chips_of(desk: Desk) -> Chips:
    """The chips in the order in which they are gone through while an order is taken down."""
    return _grouped(desk, lambda chip: chip.kind is Kind.STATED or chip.timed is not None)


def chips_of_order(desk: Desk) -> Chips:
    """The same for an order that is corrected: what is known comes first, whoever said it."""
    return _grouped(desk, lambda chip: bool(chip.question.value) or chip.timed is not None)


def _grouped(desk: Desk, is_read: Callable[[Chip], bool]) -> Chips:
    whole = [*_work(desk), *_setting(desk), *_facts(desk), *_answers(desk)]
    read, rest = ([chip for chip in whole if is_read(chip) is kept] for kept in (True, False))
    asked = [chip for chip in rest if _to_ask(chip, desk)]
    return Chips(
        read=tuple(read),
        ask=tuple(sorted(asked, key=lambda chip: not _required(chip, desk))),
        others=tuple(chip for chip in rest if chip not in asked),
        unread=tuple(piece.text for piece in desk.reading.unread),
    )


def _to_ask(chip: Chip, desk: Desk) -> bool:
    answers = chip.question.name.startswith(("demand.", "support."))
    if not answers:
        return chip.question.name not in (*ACTIVITIES[1:], "ends_on", "places")
    return chip.kind is not Kind.OPEN or _required(chip, desk)


def _required(chip: Chip, desk: Desk) -> bool:
    return chip.question.name.partition(".")[2] in desk.required


def _work(desk: Desk) -> Iterator[Chip]:
    found = list(desk.reading.activities.values())
    nothing = Choice("", desk.translate(N_("nothing more")))
    first = Choice("", desk.translate(N_("not said")))
    codes = [Choice(str(code), capital(desk.speech.label(code))) for code in Activity]
    for place, name in enumerate(ACTIVITIES):
        label = desk.translate(N_("The work") if place == 0 else N_("and"))
        words = found[place].evidence if place < len(found) else ()
        asked = _question(desk, name, label, (first if place == 0 else nothing, *codes))
        yield Chip(asked, Kind.STATED if place < len(found) else Kind.OPEN, _said(words))


def _setting(desk: Desk) -> Iterator[Chip]:
    found = desk.reading.setting
    choices = tuple(Choice(code, desk.speech.label(Setting(code))) for code in CHOICES["setting"])
    unsaid = Choice("", desk.translate(N_("not said")))
    asked = _question(desk, "setting", capital(desk.speech.about("reading", "setting")), (*choices, unsaid))
    told = desk.reading.to_task().setting is not Setting.UNKNOWN
    kind = Kind.OPEN if found is None else Kind.STATED if told else Kind.USUAL
    yield Chip(asked, kind, _said(found.evidence) if found else ())


def _facts(desk: Desk) -> Iterator[Chip]:
    for name in FACTS:
        found = getattr(desk.reading, name)
        words: Sequence[Evidence] = found.evidence if found else ()
        if name == "times" and not found and desk.reading.weekdays:
            words = desk.reading.weekdays.evidence
        asked = _question(desk, name, capital(desk.speech.about("reading", name)))
        year = _unsaid_year(desk) if name == "starts_on" else None
        timeless = bool(words) and not found and not asked.value
        yield Chip(asked, Kind.STATED if found else Kind.OPEN, _said(words), year=year, timeless=timeless)


def _unsaid_year(desk: Desk) -> int | None:
    found = desk.reading.starts_on
    if found is None or says_year(found) or desk.told.get("starts_on") != f"{found.value:%d-%m-%Y}":
        return None
    return found.value.year


def _answers(desk: Desk) -> Iterator[Chip]:
    reading, timed = desk.reading, _by_times(desk.told.get("times", ""))
    choices = tuple(Choice(value, desk.translate(label)) for value, label in SAID)
    for code in (*Demand, *Support):
        of_work = isinstance(code, Demand)
        told = reading.demands.get(code) if of_work else reading.supports.get(code)
        if isinstance(told, TimedFinding):
            told = None
        implied = reading.implied.get(code) if of_work else None
        kind = Kind.STATED if told else Kind.IMPLIED if implied else Kind.OPEN
        label = capital(desk.speech.label(code))
        answer = timed.get(code) if isinstance(code, Demand) and not desk.told.get(f"demand.{code}") else None
        if not told and not answer and (implied or code in desk.required):
            label = question(f"{'avoids' if of_work else 'needs'}:{code}", desk.speech)
        asked = _question(desk, f"{'demand' if of_work else 'support'}.{code}", label, choices)
        found = told or implied
        words = _said(found.evidence) if found else ()
        yield Chip(asked, kind, words, _known(desk.employer, code), timed=answer)


def _by_times(told: str) -> Mapping[Demand, Answer]:
    """What the field of times says of demands; words that tell no times say nothing."""
    try:
        return clock_demands(slots_in(Given.typed("times", told)))
    except Refused:
        return {}


def _known(employer: EmployerRecord | None, code: Demand | Support) -> Answer | None:
    if employer is None:
        return None
    return employer.demands.get(code) if isinstance(code, Demand) else employer.supports.get(code)


def _question(desk: Desk, name: str, label: str, choices: tuple[Choice, ...] = ()) -> Question:
    return Question(name, label, desk.told.get(name, ""), choices, desk.wrong.get(name, ""))


def _said(words: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.text for piece in words))
