"""The lexicon keeps its word: every entry is read in its own example, and every code has entries."""

import pytest

from geo import UnknownCode
from matching.reading import read_task
from matching.reading.entries import Entry, Part, Says, entries_of, lexicon
from matching.reading.hits import hits_in
from matching.reading.scope import Stances
from matching.reading.text import Passage
from matching.vocabulary import Activity, Demand, Setting, Support

ENTRIES = lexicon().all_entries()
CLOCK = {Demand.EARLY_START, Demand.EVENING_OR_NIGHT}


def test_every_entry_is_found_in_its_own_example() -> None:
    assert len(ENTRIES) > 500
    assert [entry for entry in ENTRIES if not is_found(entry)] == []


def is_found(entry: Entry) -> bool:
    passage = Passage.of(entry.example)
    return entry in [hit.entry for hit in hits_in(passage, Stances(passage))]


def test_every_example_reads_as_its_entry_says() -> None:
    assert [entry for entry in ENTRIES if not reads_as_it_says(entry)] == []


def reads_as_it_says(entry: Entry) -> bool:
    reading = read_task(entry.example)
    told = reading.setting.value if reading.setting else Setting.UNKNOWN
    if entry.part is Part.ACTIVITIES:
        return reading.main_activity == entry.code and entry.setting in (None, told)
    if entry.part is Part.SETTING:
        return reading.setting is not None and told == entry.code
    if entry.part is Part.IMPLIED:
        return entry.code in reading.implied and entry.code not in reading.demands
    answers = {str(code): found.answer for code, found in reading.demands.items()}
    answers |= {str(code): found.answer for code, found in reading.supports.items()}
    said = {Says.NEITHER: None, Says.YES: "yes", Says.MENTION: "yes"}
    return answers.get(entry.code) == said.get(entry.says, "no")


@pytest.mark.parametrize("activity", Activity)
def test_every_activity_has_at_least_four_entries(activity: Activity) -> None:
    assert sum(entry.code is activity for entry in ENTRIES) >= 4


@pytest.mark.parametrize("code", [*Demand, *Support])
def test_every_demand_and_support_can_be_read_as_yes_and_as_no(code: Demand | Support) -> None:
    said = {entry.says for entry in ENTRIES if entry.code is code and entry.part is not Part.IMPLIED}
    assert said & {Says.YES, Says.MENTION}
    # a denied yes is a no as well; the clock and the other entries say the rest
    assert said & {Says.NO, Says.MATTER} or code in CLOCK | {Demand.CLEAN_RECORD, Support.QUIET_PLACE}


def test_no_two_entries_of_one_part_share_a_pattern() -> None:
    written = [(entry.part, entry.code, entry.pattern.written) for entry in ENTRIES]
    assert len(written) == len(set(written))


def test_a_code_that_is_not_in_the_vocabulary_is_refused_with_the_nearest_one() -> None:
    table = {"gren": [{"say": "luge", "example": "Luge"}]}
    with pytest.raises(UnknownCode, match="green"):
        list(entries_of(Part.ACTIVITIES, table))
