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
from matching.counterfactuals import Place, WayIn
from matching.language import Language, Speech, speech
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


@dataclass(frozen=True)
class Ledger:
    """Everything that is to be said of one pair, in one language.

    It holds for the day `on` and the policy of that version. `rank` is the place in the whole ranked group,
    None in the others. `score` is the score once questions are answered well, None where the place is
    unknown. `changes` are the smallest set that would bring the pair in, `would_change` says it in sentences,
    and `would_rank` is the rank it would then have, None where that is beyond what is shown or hangs on an
    answer.
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
    changes: tuple[ChangeLine, ...]
    would_change: tuple[str, ...]
    would_rank: int | None

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


def write_ledger(pair: Pair, stand: Stand, language: str = Language.DANISH) -> Ledger:
    """The ledger of one pair; raises `UnknownCode` for a language that is not spoken here."""
    said = speech(language)
    rules, questions, order = stand.rules, stand.questions, stand.order
    standing = Standing.EXCLUDED if rules else Standing.ASK if questions else Standing.RANKED
    changes = _changes(pair, stand, said)
    by_rule = {rule: line.text for line in changes for rule in line.settles}
    return Ledger(
        citizen_id=pair.citizen.id,
        order_id=stand.order_id,
        on=pair.assessment.on,
        policy=pair.assessment.policy.version,
        standing=standing,
        rank=stand.rank,
        score=pair.score,
        parts=_parts(pair, reasons(pair, order, said)),
        travel=Travel(pair.citizen.mode, pair.km, pair.minutes, pair.anchor.kind, order.precision),
        stopped_by=tuple(
            RuleLine(rule, rule_text(rule, pair, order, said), sentence(by_rule[rule])) for rule in rules
        ),
        questions=tuple(Question(of, about, question(about, said)) for of, about in questions),
        warnings=tuple(
            Warned(caution.rule, caution_text(caution, said))
            for caution in cautions(pair.citizen, order, pair.assessment.on)
        ),
        changes=changes,
        would_change=_would_change(changes, stand, said),
        would_rank=stand.place.rank,
    )


def _changes(pair: Pair, stand: Stand, said: Speech) -> tuple[ChangeLine, ...]:
    if stand.way_in is None:
        return ()
    return tuple(
        ChangeLine(change.settles, change.of, change_text(change, pair, stand.order, said))
        for change in stand.way_in.changes
    )


def _would_change(changes: tuple[ChangeLine, ...], stand: Stand, said: Speech) -> tuple[str, ...]:
    if stand.way_in is None:
        return ()
    instead = instead_text(stand.way_in.modes, said)
    return way_in_text([line.text for line in changes], instead, stand.place, said)


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
