"""Where the work takes place: as it is stated, else as the words of the activities tell."""

from collections.abc import Sequence

from matching.reading.findings import Finding
from matching.reading.hits import Hit
from matching.reading.scope import AGAINST, Stance
from matching.reading.text import Passage
from matching.vocabulary import Setting

SURE_OF_SETTING_BY_ACTIVITY = 0.8
"""The confidence of a setting that the words of the activity tell."""

_NOT_PLAIN = AGAINST | Stance.HEDGED


def read_setting(passage: Passage, stated: Sequence[Hit], named: Sequence[Hit]) -> Finding[Setting] | None:
    """The setting as stated, else as the activities' own words tell it; None when neither does."""
    plain = [hit for hit in stated if not hit.stance & _NOT_PLAIN]
    if plain:
        sure = max(hit.confidence for hit in plain)
        return _setting(passage, {Setting(hit.entry.code): hit for hit in plain}, plain, sure)
    telling = [hit for hit in named if hit.entry.setting]
    if not telling or len(telling) < len(named):
        return None
    by_setting = {hit.entry.setting: hit for hit in telling if hit.entry.setting}
    return _setting(passage, by_setting, telling, SURE_OF_SETTING_BY_ACTIVITY)


def _setting(
    passage: Passage, by_setting: dict[Setting, Hit], hits: Sequence[Hit], sure: float
) -> Finding[Setting]:
    value = next(iter(by_setting)) if len(by_setting) == 1 else Setting.BOTH
    return Finding(value, sure, passage.evidence_of(at for hit in hits for at in hit.match.places))
