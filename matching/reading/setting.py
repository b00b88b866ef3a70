"""Where the work takes place: as it is stated, else as the words of the activities tell, else as is usual.

What is only usual for such work is shown to the consultant and no answer of the text: see
`TaskReading.to_task`.
"""

from collections.abc import Mapping, Sequence

from matching.reading.findings import Finding, SharedFinding
from matching.reading.hits import Hit
from matching.reading.scope import AGAINST, BESIDE_THE_WORK, Stance
from matching.reading.text import Passage
from matching.vocabulary import Activity, Setting

SURE_OF_STATED = 0.9
"""What is said as surely as this ("indendørs") tells of all the work, a place only of what is done there."""

SURE_OF_SETTING_BY_ACTIVITY = 0.8
"""The confidence of a setting that the words of the activity tell."""

SURE_OF_USUAL_SETTING = 0.7
"""The confidence of a setting that is only usual for such work."""

USUAL = {
    **dict.fromkeys((Activity.GREEN, Activity.OUTDOOR_UPKEEP, Activity.FARMING_FORESTRY), Setting.OUTDOOR),
    **dict.fromkeys((Activity.CLEANING, Activity.KITCHEN, Activity.SHOP, Activity.WAREHOUSE), Setting.INDOOR),
    **dict.fromkeys((Activity.MACHINE_WORK, Activity.ASSEMBLY, Activity.CRAFTS), Setting.INDOOR),
    **dict.fromkeys((Activity.OFFICE, Activity.LAUNDRY_TEXTILES), Setting.INDOOR),
}
"""Where work is done that is hardly ever done elsewhere."""

_NOT_PLAIN = AGAINST | Stance.HEDGED


def read_setting(
    passage: Passage,
    stated: Sequence[Hit],
    mentioned: Sequence[Hit],
    activities: Mapping[Activity, SharedFinding],
) -> Finding[Setting] | None:
    """The setting as stated, else as the activities' own words tell it, else as is usual for all of them."""
    plain = [hit for hit in stated if not hit.stance & _NOT_PLAIN and not _beside_the_work(passage, hit)]
    work = [hit for hit in mentioned if hit.entry.setting is not Setting.UNKNOWN]
    if len(work) < len(mentioned) and not plain:
        return None
    return (
        stated_setting(passage, [hit for hit in plain if hit.entry.sure >= SURE_OF_STATED])
        or in_and_out(passage, plain, work)
        or stated_setting(passage, [hit for hit in plain if hit.entry.sure > SURE_OF_SETTING_BY_ACTIVITY])
        or stated_setting(passage, plain)
        or told_setting(passage, work)
        or usual_setting(activities)
    )


def _beside_the_work(passage: Passage, hit: Hit) -> bool:
    """ "Der er altid en mand i butikken", "bussen holder udenfor", "sidde i stuen når man er træt"."""
    forms = [word.form for word in passage.words if word.clause == _clause(passage, hit)]
    return forms[:2] == ["der", "er"] or bool(BESIDE_THE_WORK.intersection(forms))


def in_and_out(passage: Passage, plain: Sequence[Hit], work: Sequence[Hit]) -> Finding[Setting] | None:
    """Both, when a place is stated in one clause and another names work of the other side."""
    told = {Setting(hit.entry.code) for hit in plain}
    if len(told) != 1 or told == {Setting.BOTH}:
        return None
    clauses = {_clause(passage, hit) for hit in plain}
    other = [hit for hit in work if _clause(passage, hit) not in clauses]
    if not {hit.entry.setting for hit in other} & ({Setting.INDOOR, Setting.OUTDOOR} - told):
        return None
    shown = passage.evidence_of(at for hit in (*plain, *other) for at in hit.match.places)
    return Finding(Setting.BOTH, SURE_OF_USUAL_SETTING, shown)


def _clause(passage: Passage, hit: Hit) -> int:
    return passage.words[hit.match.places[0]].clause


def _side(hit: Hit) -> Setting | None:
    """Where the work that is named is done, by its own words or as is usual for such work."""
    return hit.entry.setting or USUAL.get(Activity(hit.entry.code))


def stated_setting(passage: Passage, plain: Sequence[Hit]) -> Finding[Setting] | None:
    """The setting that these words say; both when they differ."""
    by_setting = {Setting(hit.entry.code): hit for hit in plain}
    return _setting(passage, by_setting, plain, max(hit.confidence for hit in plain)) if plain else None


def told_setting(passage: Passage, mentioned: Sequence[Hit]) -> Finding[Setting] | None:
    """The setting that the words of the activities tell; None when one of them tells none."""
    settings = {_side(hit): hit for hit in mentioned}
    telling = {setting: hit for setting, hit in settings.items() if setting}
    if not mentioned or len(telling) < len(settings):
        return None
    return _setting(passage, telling, mentioned, SURE_OF_SETTING_BY_ACTIVITY)


def usual_setting(activities: Mapping[Activity, SharedFinding]) -> Finding[Setting] | None:
    """Where all of these activities are usually done; None when one of them is done anywhere."""
    usual = [USUAL.get(code, Setting.UNKNOWN) for code in activities]
    if not usual or Setting.UNKNOWN in usual:
        return None
    value = usual[0] if len(set(usual)) == 1 else Setting.BOTH
    shown = list(dict.fromkeys(piece for found in activities.values() for piece in found.evidence))
    return Finding(value, SURE_OF_USUAL_SETTING, shown)


def _setting(
    passage: Passage, by_setting: dict[Setting, Hit], hits: Sequence[Hit], sure: float
) -> Finding[Setting]:
    value = next(iter(by_setting)) if len(by_setting) == 1 else Setting.BOTH
    return Finding(value, sure, passage.evidence_of(at for hit in hits for at in hit.match.places))
