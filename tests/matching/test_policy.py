"""The policy that is shipped has the reference page's numbers; a file that cannot hold is refused."""

import tomllib
from typing import Any

import pytest

from geo import Mode, Point, Refused
from matching import Policy
from matching.policy import Part
from tests.matching.judge import judge
from tests.matching.makers import TODAY, make_citizen, make_list, make_order, policy_with, score_of

SHIPPED = Policy.default()


def test_the_shipped_policy_has_the_numbers_of_the_reference_page() -> None:
    assert SHIPPED.weights == {
        "nearness": 0.35,
        "suitability": 0.35,
        "wishes": 0.15,
        "employer_openness": 0.15,
    }
    assert (SHIPPED.floor, SHIPPED.plateau_minutes) == (0.05, 5)
    assert SHIPPED.half_minutes == {"walk": 15, "bicycle": 15, "bus": 25, "lift": 20}
    assert SHIPPED.attitudes == {"gladly": 1, "can": 0.7, "unknown": 0.4, "rather_not": 0.15}
    assert SHIPPED.wishes == {"yes": 1, "unknown": 0.5, "no": 0}
    assert (SHIPPED.prior_yes, SHIPPED.prior_no) == (2, 2)
    assert (SHIPPED.load_points, SHIPPED.load_most_per_place) == (10, 2)


@pytest.mark.parametrize(
    ("mode", "kmh", "detour", "fixed"),
    [("walk", 4.5, 1.28, 0), ("bicycle", 14, 1.28, 2), ("bus", 22, 1.35, 12), ("lift", 45, 1.2, 5)],
)
def test_the_shipped_pace_is_the_travel_model_s(mode: str, kmh: float, detour: float, fixed: float) -> None:
    pace = SHIPPED.pace[Mode(mode)]
    assert (pace.kmh, pace.detour, pace.fixed_minutes) == (kmh, detour, fixed)


def test_every_number_of_the_shipped_policy_has_a_source() -> None:
    told = tomllib.loads(SHIPPED.text)
    assert told.pop("version") == SHIPPED.version == "2026-1"
    entries = [entry for section in told.values() for entry in section.values()]
    assert len(entries) == 34
    assert all(entry["source"].strip() for entry in entries)


def test_the_shipped_policy_is_read_once_and_reads_as_it_is_written() -> None:
    assert Policy.default() is SHIPPED
    assert Policy.from_toml(SHIPPED.text) == SHIPPED


@pytest.mark.parametrize(
    "changes",
    [
        {"weights.nearness": 0.5, "weights.suitability": 0.2},
        {"parts.floor": 0.3},
        {"parts.plateau_minutes": 0},
        {"half_minutes.walk": 60},
        {"attitudes.can": 0.9},
        {"wishes.unknown": 0.1},
        {"openness.prior_no": 6},
        {"load.points": 3},
        {"load.most_per_place": 0.1},
        {"kmh.walk": 3},
        {"detour.walk": 2},
        {"fixed_minutes.walk": 20},
    ],
    ids=str,
)
def test_a_different_number_changes_the_score_as_the_judge_says(changes: dict[str, float]) -> None:
    citizen = make_citizen(
        attitudes={"green": "can"}, wishes={"quiet_place", "same_day_pay"}, prefers_not={"crowds", "noise"}
    )
    order = make_order(
        place=Point(55.72, 9.5357),
        activities="green",
        demands={"crowds": "yes", "noise": "yes"},
        supports={"quiet_place": "no"},
        employer_no=3,
        open_proposals=1,
    )
    policy = policy_with(changes)
    before, after = score_of(citizen, order), score_of(citizen, order, policy)
    assert after == pytest.approx(judge(citizen, order, TODAY, policy).score, abs=1e-9)
    assert after != before


def test_a_part_without_weight_loses_nothing() -> None:
    policy = policy_with({"weights.nearness": 0, "weights.suitability": 0.7})
    citizen, near = make_citizen(), make_order()
    far = make_order(place=Point(55.9, 9.5357))
    assert score_of(citizen, near, policy) == score_of(citizen, far, policy)


# refusals


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ('version = "2026-1"', "", "version", "has no version"),
        ('version = "2026-1"', 'version = " "', "version", "has no version"),
        ('version = "2026-1"', "version = 2026", "version", "has no version"),
        ("nearness = { value = 0.35,", "nearnes = { value = 0.35,", "field", "Did you mean 'nearness'"),
        ("[weights]", "[wieghts]", "field", "Did you mean 'weights'"),
        ("[parts]", "[parts]\nceiling = { value = 1, source = 's' }", "field", "'ceiling' is not known"),
        ("floor = {", "# floor = {", "parts.floor", "None is not a number with a source"),
        ("floor = { value = 0.05", "floor = { value = '0.05'", "parts.floor", "not a number with a source"),
        ("floor = { value = 0.05", "floor = { value = true", "parts.floor", "not a number with a source"),
        ("floor = { value = 0.05", "floor = { value = nan", "parts.floor", "not a number with a source"),
        ("floor = { value = 0.05", "floor = { value = inf", "parts.floor", "inf is out of bounds"),
        ("floor = { value = 0.05", "floor = { value = -0.05", "parts.floor", "-0.05 is out of bounds"),
        ("points = { value = 10,", "points = { value = 101,", "load.points", "from 0 to 100"),
        ("floor = { value = 0.05", "floor = { value = 1" + "0" * 400, "parts.floor", "is out of bounds"),
        ("floor = { value = 0.05", "floor = { value = 1" + "0" * 5000, "policy", "It is not TOML"),
        (
            'gladly = { value = 1, source = "judged" }',
            "gladly = { value = 1, source = '' }",
            "attitudes.gladly",
            "with a source",
        ),
        ('gladly = { value = 1, source = "judged" }', "gladly = 1", "attitudes.gladly", "with a source"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_with_the_number_s_name(
    old: str, new: str, field: str, said: str
) -> None:
    assert old in SHIPPED.text
    with pytest.raises(Refused, match=rf"^{field}: .*{said}") as refusal:
        Policy.from_toml(SHIPPED.text.replace(old, new, 1))
    assert refusal.value.said()


@pytest.mark.parametrize("text", ["{", "version = ", "a = 1\na = 2", "a = " + "[" * 100_000])
def test_what_is_not_toml_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="policy: It is not TOML"):
        Policy.from_toml(text)


@pytest.mark.parametrize(
    ("changes", "promise"),
    [
        ({"weights.nearness": 0.36}, "weights: The weights have to sum to 1"),
        ({"attitudes.gladly": 0.6}, "attitudes: What is done gladly"),
        ({"attitudes.rather_not": 0.8}, "attitudes: What is done gladly"),
        ({"wishes.yes": 0.4}, "wishes: An answer of yes"),
        ({"wishes.no": 0.6}, "none as much as no"),
    ],
    ids=str,
)
def test_numbers_that_would_break_a_promise_are_refused_with_the_promise(
    changes: dict[str, float], promise: str
) -> None:
    with pytest.raises(Refused, match=promise):
        policy_with(changes)


@pytest.mark.parametrize(
    ("name", "within", "beyond"),
    [
        ("parts.floor", (0.001, 0.5), (0, 1e-300, 0.51)),
        ("parts.plateau_minutes", (0, 60), (61,)),
        ("half_minutes.lift", (1, 240), (0, 1e-307, 241)),
        ("attitudes.rather_not", (0, 0.7), (1.1,)),
        ("wishes.no", (0, 0.5), (1.5,)),
        ("openness.prior_yes", (0.1, 100), (0, 101)),
        ("openness.prior_no", (0.1, 100), (0, 101)),
        ("openness.half_life_months", (1, 120), (0, 0.5, 121)),
        ("load.points", (0, 100), (101,)),
        ("load.most_per_place", (0, 100), (101,)),
        ("kmh.walk", (1, 130), (0, 1e-307, 0.9, 131)),
        ("detour.bus", (1, 5), (0.9, 6)),
        ("fixed_minutes.bus", (0, 120), (121,)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_outside_what_is_sensible_is_refused_with_the_range(
    name: str, within: tuple[float, ...], beyond: tuple[float, ...]
) -> None:
    assert [policy_with({name: number}).numbers[name] for number in within] == list(within)
    for number in beyond:
        with pytest.raises(Refused, match=rf"^{name}: .* is out of bounds. Give a number from [0-9.]+ to"):
            policy_with({name: number})


def test_no_number_that_is_accepted_takes_a_pair_below_nothing() -> None:
    slowest = {"parts.floor": 0.001, "kmh.walk": 1, "detour.walk": 5, "half_minutes.walk": 1}
    most = {"load.points": 100, "load.most_per_place": 100, "attitudes.unknown": 0, "attitudes.rather_not": 0}
    far = make_order(place=Point(57.7, 10.6), open_proposals=9, employer_no=500, activities="green")
    found = make_list(make_citizen(wishes={"quiet_place"}), far, policy_with(slowest | most))
    [item] = found.items.to_dict("records")
    assert item["score"] >= 0
    assert all(item[name] >= 0 for name in item if name.startswith("lost_"))
    assert item["score"] + sum(item[name] for name in item if name.startswith("lost_")) == pytest.approx(100)


@pytest.mark.parametrize("part", Part)
def test_one_part_alone_may_carry_all_the_weight(part: Part) -> None:
    weights: dict[str, Any] = {f"weights.{name}": 0 for name in Part}
    policy = policy_with(weights | {f"weights.{part}": 1})
    assert policy.weights[part] == 1


def test_some_numbers_can_be_changed_and_the_rest_stays() -> None:
    other = SHIPPED.with_numbers(
        {"weights.nearness": 0.6, "weights.suitability": 0.1}, version="2026-2", source='judged: "near"'
    )
    assert (other.version, other.weights[Part.NEARNESS]) == ("2026-2", 0.6)
    assert other.sources["weights.nearness"] == 'judged: "near"'
    changed = {name for name, number in other.numbers.items() if number != SHIPPED.numbers[name]}
    assert changed == {"weights.nearness", "weights.suitability"}
    assert other.sources["kmh.walk"] == SHIPPED.sources["kmh.walk"]


def test_a_policy_with_other_numbers_can_be_written_and_read_again() -> None:
    other = SHIPPED.with_numbers({"load.points": 0.1 + 0.2}, version="prøve \U0001f6b2", source="å\n\\")
    assert Policy.from_toml(other.text) == other
    assert (other.load_points, other.version) == (0.1 + 0.2, "prøve \U0001f6b2")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weights.nearnes": 0.5}, "field"),
        ({"weights.nearness": 0.5}, "weights"),
        ({"load.points": -1}, "load.points"),
        ({"load.points": float("nan")}, "policy"),
        ({"load.points": "10"}, "load.points"),
    ],
    ids=["a name that does not exist", "weights above 1", "below 0", "no number", "text"],
)
def test_other_numbers_that_cannot_hold_are_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        SHIPPED.with_numbers(changes, version="2026-2", source="a test")
    assert caught.value.field == field
