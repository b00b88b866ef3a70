"""The table of industries: every row with its reason, its shares, and things to ask for in both languages."""

import csv
import sys
from pathlib import Path

import pytest

from matching.industries import Ask, IndustrySystem, industries, industry_of
from matching.language import Language
from matching.vocabulary import Activity, Attitude, Setting
from tests.matching.makers import make_citizen, make_order, standing

DB07, DB25, UNKNOWN = IndustrySystem.DB07, IndustrySystem.DB25, IndustrySystem.UNKNOWN
ROWS = {(*row.prefixes[DB07], *row.prefixes[DB25])[0]: row for row in industries()}


def test_a_row_has_a_reason_and_one_to_three_activities_that_sum_to_1() -> None:
    for row in ROWS.values():
        assert set(row.reason) == set(Language)
        assert all(len(text) > 20 for text in row.reason.values())
        assert 1 <= len(row.activities) <= 3
        assert sum(row.activities.values()) == pytest.approx(1, abs=1e-9)


def test_every_activity_of_a_row_has_something_to_ask_for_in_both_languages() -> None:
    for row in ROWS.values():
        assert {ask.activity for ask in row.asks} == set(row.activities)
        for ask in row.asks:
            assert set(ask.text) == set(Language)
            assert all(text == text.strip() and text for text in ask.text.values())
            assert ask.text[Language.DANISH] != ask.text[Language.ENGLISH]
            assert ask.setting is not Setting.UNKNOWN


@pytest.mark.parametrize("language", Language)
def test_a_row_asks_for_nothing_twice(language: Language) -> None:
    for row in ROWS.values():
        texts = [ask.text[language] for ask in row.asks]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("system", [DB07, DB25])
def test_no_prefix_stands_in_two_rows(system: IndustrySystem) -> None:
    prefixes = [prefix for row in industries() for prefix in row.prefixes[system]]
    assert len(set(prefixes)) == len(prefixes)
    assert all(prefix.isdigit() and 2 <= len(prefix) <= 6 for prefix in prefixes)


@pytest.mark.parametrize("system", IndustrySystem)
def test_a_code_is_read_with_the_dots_that_statistics_denmark_prints(system: IndustrySystem) -> None:
    assert industry_of("94.91.00", system) is industry_of("949100", system) is not None
    assert industry_of("9.9.00.00", system) is None


def test_the_longest_prefix_wins() -> None:
    flowers, pets, other = (industry_of(code, DB07) for code in ("477610", "477630", "477110"))
    assert flowers is ROWS["4776"]
    assert pets is ROWS["477630"]
    assert other is ROWS["474"]


@pytest.mark.parametrize("code", ["", "9", "990000", "000000", "abc"])
@pytest.mark.parametrize("system", IndustrySystem)
def test_a_code_that_is_not_in_the_table_is_not_guessed(code: str, system: IndustrySystem) -> None:
    assert industry_of(code, system) is None


@pytest.mark.parametrize(
    ("code", "known"),
    [
        pytest.param("949100", True, id="the same in both lists"),
        pytest.param("452010", False, id="a number that only the older list has"),
        pytest.param("477610", False, id="certain in the older list alone"),
        pytest.param("478110", False, id="certain in the newer list alone"),
    ],
)
def test_a_code_of_an_unknown_list_counts_only_where_both_lists_agree(code: str, known: bool) -> None:
    assert (industry_of(code, UNKNOWN) is not None) is known


def test_what_moved_in_the_newer_list_is_found_under_its_new_number() -> None:
    assert industry_of("452010", DB07) is industry_of("953110", DB25) is not None
    assert industry_of("452010", DB25) is None


def test_nothing_that_cannot_be_is_asked_for() -> None:
    citizen = make_citizen(
        attitudes={"outdoor_upkeep": "cannot", "green": "gladly"}, avoids={"machines"}, setting={}
    )
    texts = [ask.text[Language.DANISH] for ask in ROWS["813"].asks_for(citizen)]
    assert texts == ["luge bede", "rive blade"]


def test_a_setting_that_cannot_be_is_not_asked_for() -> None:
    citizen = make_citizen(setting={"outdoor": "cannot"})
    assert {ask.setting for ask in ROWS["551"].asks_for(citizen)} == {Setting.INDOOR}


@pytest.mark.parametrize("side", [Setting.INDOOR, Setting.OUTDOOR])
def test_work_both_in_and_outdoors_is_not_asked_for_where_either_cannot_be(side: Setting) -> None:
    citizen = make_citizen(setting={side: "cannot"})
    for row in ROWS.values():
        assert not {ask.setting for ask in row.asks_for(citizen)} & {side, Setting.BOTH}


def test_work_both_in_and_outdoors_is_asked_for_where_both_can_be() -> None:
    everything = {ask.setting for row in industries() for ask in row.asks_for(make_citizen())}
    reluctant = make_citizen(setting={"indoor": "rather_not", "outdoor": "gladly"})
    assert {ask.setting for row in industries() for ask in row.asks_for(reluctant)} == everything
    assert Setting.BOTH in everything


@pytest.mark.parametrize("side", [Setting.INDOOR, Setting.OUTDOOR])
@pytest.mark.parametrize("where", [Setting.INDOOR, Setting.OUTDOOR, Setting.BOTH])
def test_a_setting_forbids_what_is_asked_for_where_it_forbids_an_order(where: Setting, side: Setting) -> None:
    citizen = make_citizen(setting={side: "cannot"})
    ask = Ask(text={}, activity=Activity.GREEN, setting=where, brings=frozenset())
    order = make_order(activities="green", setting=where)
    assert ask.suits(citizen) is (standing(citizen, order) == "ranked")


def test_what_takes_something_the_citizen_does_not_have_is_not_asked_for() -> None:
    without = make_citizen(abilities={"clean_record": "no"})
    assert ROWS["852"].asks_for(without) == []
    assert ROWS["852"].asks_for(make_citizen()) != []


def test_what_is_done_gladly_comes_first_and_what_is_rather_not_done_only_alone() -> None:
    churchyard = ROWS["9491"]
    citizen = make_citizen(
        attitudes={"outdoor_upkeep": "gladly", "building_repair": "can", "green": "rather_not"}
    )
    found = [str(ask.activity) for ask in churchyard.asks_for(citizen)]
    assert found == ["outdoor_upkeep", "outdoor_upkeep", "building_repair"]
    reluctant = make_citizen(attitudes=dict.fromkeys(churchyard.activities, Attitude.RATHER_NOT))
    assert len(churchyard.asks_for(reluctant)) == len(churchyard.asks)


def test_what_may_bring_something_disliked_comes_after_what_does_not() -> None:
    texts = [
        ask.text[Language.DANISH] for ask in ROWS["553"].asks_for(make_citizen(prefers_not={"machines"}))
    ]
    assert texts[-2:] == ["slå græs", "klippe hæk"]


def test_every_prefix_of_the_older_list_exists(reference_data: Path) -> None:
    codes = [row["db07"] for row in read(reference_data / "classification" / "db07_6digit.csv", ",")]
    prefixes = [prefix for row in industries() for prefix in row.prefixes[DB07]]
    assert [prefix for prefix in prefixes if not any(code.startswith(prefix) for code in codes)] == []


def test_the_workplaces_of_a_municipality_s_list_are_covered(
    reference_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [
        row["Branchekode"] for row in read(reference_data / "imports" / "virksomheder_naestved.csv", ";")
    ]
    shares = {}
    for system in (DB07, UNKNOWN):
        known = [code for code in codes if industry_of(code, system)]
        shares[system] = (len(set(known)) / len(set(codes)), len(known) / len(codes))
    with capsys.disabled():
        for system, (kinds, employers) in shares.items():
            sys.stdout.write(
                f"\ncovered, {system}: {kinds:.1%} of the codes, {employers:.1%} of the employers"
            )
    assert shares[DB07] == (1.0, 1.0)
    # where the file does not say which list, only what both lists say alike is used
    assert min(shares[UNKNOWN]) >= 0.8


def read(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))
