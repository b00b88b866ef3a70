"""From matches to activities with shares, and to the setting.

Each thing to do that is named counts once; shares are the counts. A longer match beats a shorter one over the
same words ("feje staldgangen" is no outdoor sweeping). What stands in a clause of time or condition ("when we
have finished baking") counts only where nothing else was said.
"""

from collections import defaultdict
from collections.abc import Sequence

from matching.orders import MAX_ACTIVITIES
from matching.reading.findings import Finding, SharedFinding
from matching.reading.hits import Hit
from matching.reading.scope import Stance
from matching.reading.text import Passage
from matching.vocabulary import Activity, Setting

VAGUE_BELOW = 0.76
"""A hit less sure than this ("the market") counts only where nothing surer was said."""

SURE_OF_SETTING_BY_ACTIVITY = 0.8
"""The confidence of a setting that the words of the activity tell."""

_AGAINST = Stance.DENIED | Stance.BY_EMPLOYER


def mentions(passage: Passage, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that name something to do, none of them twice, in the order of the text."""
    meant = [hit for hit in hits if not hit.stance & _AGAINST]
    chosen: list[Hit] = []
    taken: dict[int, set[Activity]] = defaultdict(set)
    objects: set[int] = set()
    for hit in sorted(meant, key=lambda hit: (-len(hit.match.places), -hit.confidence, hit.match.places)):
        places = set(hit.match.places)
        if objects & set(hit.match.last) or all(at in taken for at in places):
            continue
        chosen.append(hit)
        objects |= set(hit.match.last)
        for at in places:
            taken[at].add(_activity(hit))
    chosen.sort(key=lambda hit: hit.match.places)
    main = [hit for hit in chosen if not _aside(passage, hit)] or chosen
    return [hit for hit in main if hit.confidence >= VAGUE_BELOW] or main


def read_activities(passage: Passage, found: Sequence[Hit]) -> dict[Activity, SharedFinding]:
    """Up to three activities with shares that sum to 1, the largest first."""
    by_activity: dict[Activity, list[Hit]] = defaultdict(list)
    for hit in found:
        by_activity[_activity(hit)].append(hit)
    # a verb with two objects of one kind is one thing to do
    counts = {code: len({hit.match.places[0] for hit in hits}) for code, hits in by_activity.items()}
    most = sorted(counts, key=lambda code: -counts[code])[:MAX_ACTIVITIES]
    total = sum(counts[code] for code in most)
    return {
        code: SharedFinding(
            counts[code] / total,
            max(hit.confidence for hit in by_activity[code]),
            passage.evidence_of(at for hit in by_activity[code] for at in hit.match.places),
        )
        for code in most
    }


def read_setting(
    passage: Passage, stated: Sequence[Hit], activities: Sequence[Hit]
) -> Finding[Setting] | None:
    """The setting as stated, else as the activities' own words tell it; None when neither does."""
    plain = [hit for hit in stated if not hit.stance & (_AGAINST | Stance.HEDGED)]
    if plain:
        sure = max(hit.confidence for hit in plain)
        return _setting(passage, {Setting(hit.entry.code): hit for hit in plain}, plain, sure)
    telling = [hit for hit in activities if hit.entry.setting]
    if not telling or len(telling) < len(activities):
        return None
    by_setting = {hit.entry.setting: hit for hit in telling if hit.entry.setting}
    return _setting(passage, by_setting, telling, SURE_OF_SETTING_BY_ACTIVITY)


def _setting(
    passage: Passage, by_setting: dict[Setting, Hit], hits: Sequence[Hit], sure: float
) -> Finding[Setting]:
    value = next(iter(by_setting)) if len(by_setting) == 1 else Setting.BOTH
    return Finding(value, sure, passage.evidence_of(at for hit in hits for at in hit.match.places))


def _activity(hit: Hit) -> Activity:
    return Activity(hit.entry.code)


def _aside(passage: Passage, hit: Hit) -> bool:
    return passage.words[hit.match.places[0]].clause in passage.subordinate
