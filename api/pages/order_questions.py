"""What is still to be asked about a job order, as a page puts it: what was answered is not asked again.

What the municipality wants to know and what candidates wait for are one list, the most useful first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.domain.answers import PLACE, fact_of
from api.domain.questions import Asked as Code
from api.domain.questions import OpenAnswer
from api.pages.answers import CHOICES, Asked, asked_as
from matching.constraints import Party
from matching.language import Speech
from matching.sentences import question
from matching.vocabulary import Demand, Support

_CODES: Mapping[str, type[Demand] | type[Support]] = {"avoids": Demand, "needs": Support}


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A question to the employer, how it is answered, and for how many citizens the answer decides.

    `of_workplace` says that the answer is recorded for every task there.
    """

    about: str
    text: str
    asked: Asked
    waiting: int
    of_workplace: bool = False

    @property
    def fact(self) -> str:
        """What an answer settles."""
        return fact_of(self.about)

    @property
    def choices(self) -> tuple[StrEnum, ...]:
        """What may be chosen; nothing where the answer is written."""
        return CHOICES.get(self.asked, ())


def codes_in(rules: Iterable[str]) -> list[Code]:
    """The demands and supports that rules ask about; hours, times and settings are none."""
    parts = [rule.partition(":") for rule in rules]
    return [_CODES[family](code) for family, _, code in parts if family in _CODES]


def hung_on(hanging: Iterable[Iterable[tuple[Party, str]]]) -> Mapping[str, int]:
    """For how many of these people each question to the employer decides, the most first.

    Rules that ask for the same fact are one question, under the first of them.
    """
    rules: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for asked in hanging:
        of_employer = {fact_of(rule): rule for of, rule in asked if of is Party.EMPLOYER}
        counted.update(rules.setdefault(fact, rule) for fact, rule in of_employer.items())
    return dict(counted.most_common())


def to_citizens(
    hanging: Mapping[str, Iterable[tuple[Party, str]]], said: Speech
) -> Mapping[str, tuple[ToAnswer, ...]]:
    """What each of these citizens is asked, by id."""
    return {
        id_: tuple(
            ToAnswer(rule, question(rule, said), Asked.YES_NO, 0) for of, rule in asked if of is Party.CITIZEN
        )
        for id_, asked in hanging.items()
    }


def to_answer(
    still_open: Iterable[OpenAnswer], waiting: Mapping[str, int], for_workplaces: bool, said: Speech
) -> tuple[ToAnswer, ...]:
    """The questions as they are put, the most useful first.

    `waiting` counts the candidates that hang on a rule; what is none of `still_open` stands among them by it.
    Without `for_workplaces` every answer is recorded for the order alone.
    """
    asked = [
        _put(rule_of(one.about), one.matters_to, one.order_id is None and for_workplaces, said)
        for one in still_open
    ]
    others = (rule for rule in waiting if not codes_in([rule]))
    told = [_put(rule, waiting[rule], rule == PLACE, said) for rule in others]
    # stable: where as many hang on it, the order in which they came counts
    return tuple(sorted([*asked, *told], key=lambda one: -one.waiting))


def _put(rule: str, waiting: int, of_workplace: bool, said: Speech) -> ToAnswer:
    return ToAnswer(rule, question(rule, said), asked_as(rule), waiting, of_workplace)


def rule_of(about: Code) -> str:
    """The rule that an answer decides, as forms name it."""
    return f"{'avoids' if isinstance(about, Demand) else 'needs'}:{about}"
