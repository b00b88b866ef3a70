"""Why a pair stands where it stands: the parts and what they cost, the rules, the questions, the way out.

Written for any pair, shown or not. The points lost and the score add up to 100; every rule says what would
change it; every question says who can answer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from geo import Mode, Precision
from matching.assessment import Pair, whole_points
from matching.cautions import cautions
from matching.constraints import Party
from matching.counterfactuals import Place, WayIn
from matching.language import Speech
from matching.orders import JobOrder
from matching.sentences import (
    LOAD,
    caution_text,
    change_text,
    instead_text,
    question,
    reasons,
    rule_text,
    sentence,
    way_in_text,
)
from matching.vocabulary import AnchorKind


class Standing(StrEnum):
    """In which of the three groups a pair is."""

    RANKED = "ranked"
    ASK = "ask"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the score: its value and weight (None for the load), the points it loses, and why.

    `value` and `lost` are None where the place is unknown.
    """

    part: str
    value: float | None
    weight: float | None
    lost: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Travel:
    """The way: kilometres and minutes (None where the place is unknown), from which anchor, how precise."""

    mode: Mode
    km: float | None
    minutes: float | None
    anchor: AnchorKind
    precision: Precision


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be asked before the pair can be ranked."""

    of: Party
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A hard rule that stops the pair, and what would change that."""

    rule: str
    text: str
    would_change: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of the smallest set that would bring the pair in: what it settles, whose word it is."""

    settles: tuple[str, ...]
    of: Party
    text: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that moves nothing."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Stand:
    """What a list says of a pair: the order, what stops it, the rank it has, the way in, where that leads."""

    order_id: str
    order: JobOrder
    rules: tuple[str, ...]
    questions: tuple[tuple[Party, str], ...]
    rank: int | None
    way_in: WayIn | None
    place: Place


TOLD = (
    *("citizen_id", "order_id", "on", "policy", "standing", "rank", "score", "parts", "travel"),
    *("stopped_by", "questions", "warnings", "changes", "would_change", "would_rank"),
)
"""What a ledger says."""


@dataclass(frozen=True, eq=False, repr=False)
class Ledger:
    """Everything that is to be said of one pair, in one language, each thing worded when it is asked for."""

    pair: Pair
    stand: Stand
    speech: Speech

    @property
    def told(self) -> tuple[object, ...]:
        """All of it."""
        return tuple(getattr(self, name) for name in TOLD)

    def __eq__(self, other: object) -> bool:
        """Two ledgers are the same when they say the same."""
        return isinstance(other, Ledger) and self.told == other.told

    def __hash__(self) -> int:
        """Of everything that is said."""
        return hash(self.told)

    def __repr__(self) -> str:
        """Everything by its name."""
        told = (f"{name}={value!r}" for name, value in zip(TOLD, self.told, strict=True))
        return f"Ledger({', '.join(told)})"

    @property
    def citizen_id(self) -> str:
        """Whose pair it is."""
        return self.pair.citizen.id

    @property
    def order_id(self) -> str:
        """The job order, or the employer, of the pair."""
        return self.stand.order_id

    @property
    def on(self) -> date:
        """The day that it holds for."""
        return self.pair.assessment.on

    @property
    def policy(self) -> str:
        """The version of the policy that it holds for."""
        return self.pair.assessment.policy.version

    @property
    def standing(self) -> Standing:
        """In which group the pair is."""
        stand = self.stand
        return Standing.EXCLUDED if stand.rules else Standing.ASK if stand.questions else Standing.RANKED

    @property
    def rank(self) -> int | None:
        """The place in the whole ranked group; None in the others."""
        return self.stand.rank

    @property
    def score(self) -> float | None:
        """The score once questions are answered well; None where the place is unknown."""
        return self.pair.score

    @property
    def points(self) -> int | None:
        """The score in whole points, as people see it and as lists are ordered by."""
        return None if self.score is None else int(whole_points(self.score))

    @cached_property
    def parts(self) -> tuple[PartLine, ...]:
        """A line for each part of the score, the load included."""
        return _parts(self.pair, reasons(self.pair, self.stand.order, self.speech))

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence for each part, in their order."""
        return tuple(line.reason for line in self.parts)

    @property
    def travel(self) -> Travel:
        """The way."""
        pair, precision = self.pair, self.stand.order.precision
        return Travel(pair.citizen.mode, pair.km, pair.minutes, pair.anchor.kind, precision)

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules that stop the pair, the first that applies first."""
        return self.stand.rules

    @cached_property
    def stopped_by(self) -> tuple[RuleLine, ...]:
        """The rules that stop the pair, each with what would change it."""
        if not self.rules:
            return ()
        by_rule = {rule: line.text for line in self.changes for rule in line.settles}
        told = ((rule, rule_text(rule, self.pair, self.stand.order, self.speech)) for rule in self.rules)
        return tuple(RuleLine(rule, text, sentence(by_rule[rule])) for rule, text in told)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What has to be asked first, and of whom."""
        return tuple(Question(of, about, question(about, self.speech)) for of, about in self.stand.questions)

    @cached_property
    def warnings(self) -> tuple[Warned, ...]:
        """What to know before proposing; it moves nothing."""
        found = cautions(self.pair.citizen, self.stand.order, self.on)
        return tuple(Warned(caution.rule, caution_text(caution, self.speech)) for caution in found)

    @cached_property
    def changes(self) -> tuple[ChangeLine, ...]:
        """The smallest set of changes that would bring the pair in."""
        changes = self.stand.way_in.changes if self.stand.way_in else ()
        told = ((each, change_text(each, self.pair, self.stand.order, self.speech)) for each in changes)
        return tuple(ChangeLine(change.settles, change.of, text) for change, text in told)

    @cached_property
    def would_change(self) -> tuple[str, ...]:
        """The same in sentences."""
        if self.stand.way_in is None:
            return ()
        instead = instead_text(self.stand.way_in.modes, self.speech)
        return way_in_text([line.text for line in self.changes], instead, self.stand.place, self.speech)

    @property
    def would_rank(self) -> int | None:
        """The rank after the changes; None where that is beyond what is shown or hangs on an answer."""
        return self.stand.place.rank


def _parts(pair: Pair, why: dict[str, str]) -> tuple[PartLine, ...]:
    parts, row, weights = pair.assessment.parts, pair.row, pair.assessment.policy.weights
    if pair.score is None:
        untold = (PartLine(part, None, weight, None, why[part]) for part, weight in weights.items())
        return (*untold, PartLine(LOAD, None, None, None, why[LOAD]))
    weighted = (
        PartLine(part, float(parts.value[part][row]), weight, float(parts.lost[part][row]), why[part])
        for part, weight in weights.items()
    )
    return (*weighted, PartLine(LOAD, None, None, float(parts.lost_load[row]), why[LOAD]))
