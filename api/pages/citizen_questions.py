"""What the form of a citizen asks: the fields in groups, with their choices, as people call them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from api.domain.records import Centre
from api.pages.forms import Values, Wrong, wrong_by_name
from api.routes.language import Translate
from geo import Mode
from geo.errors import N_
from matching.citizens import SETTINGS
from matching.language import Speech
from matching.times import Weekday
from matching.vocabulary import EXPOSURES, REQUIREMENTS, Activity, Attitude, Demand, Setting, Support

SCALE = (Attitude.GLADLY, Attitude.CAN, None, Attitude.RATHER_NOT, Attitude.CANNOT)
"""The attitudes as they are offered, from gladly to cannot; None is nothing said, the middle."""

EXPOSURE = (("", N_("nothing said")), ("prefers_not", N_("rather not")), ("avoids", N_("must be avoided")))
SUPPORT = (("", N_("nothing said")), ("wishes", N_("a wish")), ("needs", N_("is needed")))
ABILITY = (("", N_("not asked")), ("yes", N_("yes")), ("no", N_("no")))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a question."""

    value: str
    label: str


Asked = tuple[str, tuple[Choice, ...]]
"""What is asked, and what may be chosen; no choice for what is written."""


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the form: its name, what is asked, what stands there, what may be chosen, what is wrong."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    wrong: str = ""

    @property
    def said(self) -> str:
        """The value as people read it."""
        return next((choice.label for choice in self.choices if choice.value == self.value), self.value)


@dataclass(frozen=True, slots=True)
class Form:
    """All questions by name, and the names of each group of them."""

    questions: Mapping[str, Question]
    wrong: tuple[Wrong, ...] = ()

    def __getitem__(self, name: str) -> Question:
        """One question."""
        return self.questions[name]

    def family(self, name: str) -> list[Question]:
        """The questions of a family, such as every attitude."""
        return [question for key, question in self.questions.items() if key.startswith(f"{name}.")]


def form_of(
    told: Values,
    centres: Iterable[Centre],
    today: date,
    speech: Speech,
    translate: Translate,
    wrong: Sequence[Wrong] = (),
) -> Form:
    """The form with these values in it; a centre that is closed today is offered to who starts there only."""
    chosen = {value for name, value in told.items() if name.startswith("anchor.")}
    here = (one for one in centres if f"centre:{one.id}" in chosen or not one.closed_on(today))
    starts = _starts(here, translate, speech)
    asked = {
        "name": (translate(N_("Name")), ()),
        **{name: (_numbered(name, translate), starts) for name in told if name.startswith("anchor.")},
        **_of_needs(speech, translate),
    }
    problems = wrong_by_name(wrong)
    questions = {
        name: Question(name, label, told.get(name, ""), choices, problems.get(name, ""))
        for name, (label, choices) in asked.items()
    }
    return Form(questions, tuple(wrong))


def _of_needs(speech: Speech, translate: Translate) -> dict[str, Asked]:
    """What is asked about a citizen's wishes for work, in the order of the form."""
    attitude = tuple(_attitude(code, speech) for code in SCALE)
    exposure, support, ability = (_said(choices, translate) for choices in (EXPOSURE, SUPPORT, ABILITY))
    modes = tuple(Choice(str(mode), speech.label(mode)) for mode in Mode)
    yes = (Choice("", translate(N_("no"))), Choice("yes", translate(N_("yes"))))
    return {
        "ready": (translate(N_("Ready for a task now")), yes),
        "waiting_since": (translate(N_("Waiting since")), ()),
        "objects_to_ranking": (translate(N_("Does not want to be ranked for tasks")), yes),
        **_coded("attitude", Activity, attitude, speech),
        **_coded("setting", [code for code in Setting if code in SETTINGS], attitude, speech),
        **_coded("exposure", [code for code in Demand if code in EXPOSURES], exposure, speech),
        **_coded("support", Support, support, speech),
        **{
            f"ability.{code}": (capital(speech.about("ability", code)), ability)
            for code in Demand
            if code in REQUIREMENTS
        },
        "mode": (translate(N_("Comes")), modes),
        "max_minutes": (translate(N_("At most, minutes each way")), ()),
        **_coded("hours", Weekday, (), speech),
        "max_hours_per_week": (translate(N_("At most, hours a week")), ()),
        "earnings_room_dkk": (translate(N_("May still earn this year, kr.")), ()),
    }


def capital(text: str) -> str:
    """The text as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def _starts(centres: Iterable[Centre], translate: Translate, speech: Speech) -> tuple[Choice, ...]:
    known = sorted(centres, key=lambda centre: centre.name)
    none = Choice("", translate(N_("none")))
    district = Choice("postcode:", translate(N_("Postcode")))
    return (none, *(Choice(f"centre:{one.id}", _called(one, translate, speech)) for one in known), district)


def _called(centre: Centre, translate: Translate, speech: Speech) -> str:
    if centre.closed_from is None:
        return centre.name
    said = translate(N_("{centre} (closed from {day})"))
    return said.format(centre=centre.name, day=speech.day(centre.closed_from))


def _numbered(name: str, translate: Translate) -> str:
    return translate(N_("Starts from")) if name == "anchor.0" else translate(N_("or from"))


def _attitude(code: Attitude | None, speech: Speech) -> Choice:
    return Choice(str(code or ""), speech.label(code or Attitude.UNKNOWN))


def _said(choices: Iterable[tuple[str, str]], translate: Translate) -> tuple[Choice, ...]:
    return tuple(Choice(value, translate(label)) for value, label in choices)


def _coded(
    family: str, codes: Iterable[StrEnum], choices: tuple[Choice, ...], speech: Speech
) -> dict[str, Asked]:
    return {f"{family}.{code}": (capital(speech.label(code)), choices) for code in codes}
