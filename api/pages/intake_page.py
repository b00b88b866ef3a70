"""The page on which a job order is taken down: the form as it stands, what was read, and who may be meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from api.access.scopes import Scope, may
from api.casework.employer_search import MOST, found_by, near_by
from api.casework.follow_ups import FollowUp
from api.casework.practices import practice_of
from api.casework.readings import reading_of
from api.domain.caller import Caller
from api.domain.records import EmployerRecord, IntakeChannel, Origin
from api.exchange.days import day_back
from api.exchange.values import Given
from api.pages import intake_form
from api.pages.citizen_questions import Choice, Question, capital
from api.pages.forms import Values, Wrong, wrong_by_name
from api.pages.intake_chips import Chips, Desk, chips_of
from api.pages.intake_form import NEW_EMPLOYER
from api.pages.task_form import ACTIVITIES, TASK
from api.routes.language import label, translator
from api.store import Unit, employers, new_id
from geo import Refused
from geo.errors import N_
from matching.language import Language, speech
from matching.reading import TaskReading
from matching.times import DENMARK_TIME, today_in_denmark

LABELS = {
    "text": N_("Write what the employer says"),
    "title": N_("In short"),
    "find": N_("Who asks?"),
    "new.name": N_("Name of the employer"),
    "new.cvr": N_("CVR number"),
    "new.phone": N_("Telephone"),
    "new.contact_person": N_("Contact person"),
    "new.street": N_("Street"),
    "new.house_number": N_("House number"),
    "new.postcode": N_("Postcode"),
    "new.town": N_("Town"),
    "channel": N_("Came in by"),
    "origin": N_("Came about through"),
    "received_on": N_("Received"),
    "follow_up_on": N_("Come back to it on"),
}
"""What is asked beside the task itself, by field."""


@dataclass(frozen=True, slots=True)
class BegunCall:
    """A call that was broken off: its form, when it began, and by what it is known again."""

    form: str
    since: datetime
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePage:
    """The form; `found` are the employers that the words name, `chosen` the one whose order it is.

    `carried` is the field of a new employer in which words belong that name nobody; empty without such.
    `near` are those whose name may be meant by what names nobody, and by that of a new employer.
    `before` is what the reading puts into the fields, to tell later what the consultant has corrected.
    `noted` is a call about somebody employed, written down just now; `begun` are calls broken off.
    """

    asked: Mapping[str, Question]
    found: tuple[EmployerRecord, ...]
    near: tuple[EmployerRecord, ...]
    carried: str
    chosen: EmployerRecord | None
    notes: bool
    chips: Chips
    before: Values
    token: str
    wrong: tuple[Wrong, ...]
    registers_employers: bool
    noted: FollowUp | None = None
    begun: tuple[BegunCall, ...] = ()
    told_field: str = intake_form.TOLD_NEAR
    longest: Mapping[str, int] = field(default_factory=lambda: intake_form.LONGEST)
    template: str = "intake.html"

    @property
    def chosen_id(self) -> str:
        """The id of the chosen employer; empty without one."""
        return self.chosen.id if self.chosen else ""

    @property
    def told(self) -> str:
        """The ids of the employers that are offered, by which registering knows that they were seen."""
        return " ".join(one.id for one in (*self.found, *self.near))

    @property
    def cut(self) -> bool:
        """Whether more employers may be meant than are shown."""
        return len(self.found) == MOST

    @property
    def without_work(self) -> bool:
        """Whether words were written that name no work, and none was chosen beside them."""
        work = next(one for one in self.chips.whole if one.question.name == ACTIVITIES[0])
        return bool(self.asked["text"].value.strip()) and not work.question.value

    @property
    def new(self) -> tuple[Question, ...]:
        """What is asked about an employer that is not known yet."""
        return tuple(self.asked[f"new.{name}"] for name in NEW_EMPLOYER)

    @property
    def new_begun(self) -> bool:
        """Whether anything is said of such an employer."""
        return any(one.value for one in self.new)


def page_of(
    unit: Unit, caller: Caller, sent: Values, language: Language, wrong: tuple[Wrong, ...] = ()
) -> IntakePage:
    """The form with what a browser sent, read anew where the consultant has corrected nothing."""
    said, translate = speech(language), translator(language)
    reading = reading_in(intake_form.sent(sent))
    before = intake_form.values_of(reading, said)
    told = intake_form.filled(sent, before)
    chosen = employers.find(unit, caller, told["employer_id"]) if told["employer_id"] else None
    found = found_by(unit, caller, told["find"]) if told["find"] else ()
    carried = "" if found or chosen or not told["find"] else intake_form.field_of(told["find"])
    if carried and not any(told[f"new.{name}"] for name in NEW_EMPLOYER):
        told[carried] = told["find"]
    sought = "" if chosen else told["new.name"] or ("" if found else told["find"])
    near = tuple(one for one in near_by(unit, caller, sought) if one not in found) if sought else ()
    problems = wrong_by_name(wrong)
    required = practice_of(unit, caller.municipality).required_answers
    return IntakePage(
        asked={one.name: one for one in _asked(told, problems, language)},
        found=found,
        near=near,
        carried=carried,
        chosen=chosen,
        notes=may(caller, Scope.CONTACTS_WRITE),
        chips=chips_of(Desk(told, reading, required, chosen, problems, said, translate)),
        before={name: before.get(name, "") for name in TASK},
        token=sent.get(intake_form.TOKEN) or new_id(),
        wrong=wrong,
        registers_employers=may(caller, Scope.EMPLOYERS_WRITE),
    )


def reading_in(told: Values) -> TaskReading:
    """What the words of a form say, as of the day on which the order was received."""
    today = today_in_denmark()
    try:
        received = day_back(Given.typed("received_on", told["received_on"]))
    except Refused:
        received = None
    return reading_of(told["text"], "", received or today)


def _asked(told: Values, problems: Values, language: Language) -> Iterable[Question]:
    """Every question beside the task, with what is usual where nothing was said yet."""
    translate = translator(language)
    choices = {
        "channel": _codes(language, "channel", IntakeChannel),
        "origin": _codes(language, "origin", Origin),
    }
    usual = {
        "channel": str(IntakeChannel.PHONE),
        "origin": str(Origin.EMPLOYER),
        "received_on": f"{datetime.now(DENMARK_TIME):%d-%m-%Y}",
    }
    for name, text in LABELS.items():
        value = told[name] or usual.get(name, "")
        yield Question(name, translate(text), value, choices.get(name, ()), problems.get(name, ""))


def _codes(language: Language, context: str, codes: type[StrEnum]) -> tuple[Choice, ...]:
    return tuple(Choice(str(code), capital(label(language, context, code))) for code in codes)
