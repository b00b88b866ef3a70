"""Why a pair stands where it stands: the parts and what they cost, the rules, the questions, the way out.

Written for any pair, shown or not. The points lost and the score add up to 100; every rule says what would
change it; every question says who can answer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo import Mode, Precision
from matching.assessment import Pair, whole_points
from matching.cautions import cautions
from matching.constraints import Party
from matching.language import Language, speech
from matching.sentences import LOAD, caution_text, question, reasons, rule_text, would_change
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
class Warned:
    """A warning that moves nothing."""

    rule: str
    text: str


@dataclass(frozen=True)
class Ledger:
    """Everything that is to be said of one pair, in one language.

    It holds for the day `on` and the policy of that version. `rank` is the place in the whole ranked group,
    None in the others. `score` is the score once questions are answered well, None where the place is
    unknown.
    """

    citizen_id: str
    order_id: str
    on: date
    policy: str
    standing: Standing
    rank: int | None
    score: float | None
    parts: tuple[PartLine, ...]
    travel: Travel
    stopped_by: tuple[RuleLine, ...]
    questions: tuple[Question, ...]
    warnings: tuple[Warned, ...]

    @property
    def points(self) -> int | None:
        """The score in whole points, as people see it and as lists are ordered by."""
        return None if self.score is None else int(whole_points(self.score))

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence for each part, in their order."""
        return tuple(line.reason for line in self.parts)

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules that stop the pair, the first that applies first."""
        return tuple(line.rule for line in self.stopped_by)

    @property
    def would_change(self) -> tuple[str, ...]:
        """What would bring the pair in: one sentence for each rule, or each question."""
        changes = tuple(line.would_change for line in self.stopped_by)
        return changes or tuple(item.text for item in self.questions)


def write_ledger(pair: Pair, order_id: str, rank: int | None, language: str = Language.DANISH) -> Ledger:
    """The ledger of one pair; raises `UnknownCode` for a language that is not spoken here."""
    said = speech(language)
    rules, questions = pair.rules, pair.questions
    standing = Standing.EXCLUDED if rules else Standing.ASK if questions else Standing.RANKED
    order = pair.order
    return Ledger(
        citizen_id=pair.citizen.id,
        order_id=order_id,
        on=pair.assessment.on,
        policy=pair.assessment.policy.version,
        standing=standing,
        rank=rank,
        score=pair.score,
        parts=_parts(pair, reasons(pair, said)),
        travel=Travel(pair.citizen.mode, pair.km, pair.minutes, pair.anchor.kind, order.precision),
        stopped_by=tuple(
            RuleLine(rule, rule_text(rule, pair, said), would_change(rule, pair, said)) for rule in rules
        ),
        questions=tuple(Question(of, about, question(about, said)) for of, about in questions),
        warnings=tuple(
            Warned(caution.rule, caution_text(caution, said))
            for caution in cautions(pair.citizen, order, pair.assessment.on)
        ),
    )


def _parts(pair: Pair, why: dict[str, str]) -> tuple[PartLine, ...]:
    placed = pair.score is not None
    lost, value, weights = pair.lost, pair.value, pair.assessment.policy.weights
    weighted = tuple(
        PartLine(
            part,
            value[part] if placed else None,
            weights[part],
            lost[f"lost_{part}"] if placed else None,
            why[part],
        )
        for part in weights
    )
    load = PartLine(LOAD, None, None, lost["lost_load"] if placed else None, why[LOAD])
    return (*weighted, load)
