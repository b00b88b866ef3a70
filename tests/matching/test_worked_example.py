"""The worked example of the score, to two decimals, and its unhappy twins."""

from math import copysign, degrees, log
from typing import Any

import numpy as np
import pytest

from geo import Point
from matching import Catalogue, Ledger, Policy
from matching.assessment import whole_points
from matching.scoring import most_open, openness
from tests.matching.judge import EARTH_KM
from tests.matching.makers import CENTRE, make_citizen, make_list, make_order, policy_with

PACE = Policy.default().pace["bicycle"]
PARTS = ["nearness", "suitability", "wishes", "employer_openness", "load"]


def north_of_centre(minutes: float) -> Point:
    """A point that an address of its own lies at, so many minutes away by bicycle."""
    reach_km = (minutes - PACE.fixed_minutes) / 60 * PACE.kmh / PACE.detour
    straight_km = (reach_km**2 - 0.02**2) ** 0.5
    return Point(CENTRE.lat + degrees(straight_km / EARTH_KM), CENTRE.lon)


def example(**changes: Any) -> Ledger:
    citizen = make_citizen(
        attitudes={"green": "gladly"}, wishes={"contact_person", "same_day_pay"}, mode="bicycle"
    )
    known: dict[str, Any] = {
        "place": north_of_centre(14),
        "activities": {"green": 0.7, "outdoor_upkeep": 0.3},
        "supports": {"contact_person": "yes"},
        "employer_yes": 3,
        "employer_no": 1,
        "open_proposals": 1,
        "places": 4,
    }
    return make_list(citizen, make_order(**known | changes)).explain("o-1", language="en")


def test_every_part_of_the_worked_example_is_as_printed() -> None:
    ledger = example()
    assert ledger.travel.minutes == pytest.approx(14, abs=1e-6)
    assert [line.part for line in ledger.parts] == PARTS
    assert [round(line.value, 3) for line in ledger.parts[:4] if line.value] == [0.660, 0.820, 0.750, 0.625]
    weighted = [line.weight * log(line.value) for line in ledger.parts[:4] if line.weight and line.value]
    assert [round(number, 4) for number in weighted] == [-0.1456, -0.0695, -0.0432, -0.0705]
    assert [round(line.lost, 2) for line in ledger.parts if line.lost] == [12.41, 5.92, 3.68, 6.01, 2.50]
    assert ledger.score is not None
    assert round(ledger.score, 2) == 69.49


def test_the_four_parts_of_the_worked_example_lose_28_01_together() -> None:
    lost = [line.lost for line in example().parts[:4] if line.lost is not None]
    assert round(sum(lost), 2) == 28.01
    assert round(1 - sum(lost) / 100, 4) == 0.7199


@pytest.mark.parametrize(
    ("changes", "part", "value"),
    [
        ({"place": CENTRE}, "nearness", 1.0),
        ({"place": north_of_centre(5)}, "nearness", 1.0),
        ({"place": north_of_centre(20)}, "nearness", 0.5),
        ({"place": Point(57.0, 9.9)}, "nearness", 0.05),
        ({"activities": {}}, "suitability", 0.4),
        ({"activities": ["green", "outdoor_upkeep"]}, "suitability", 0.7),
        ({"supports": {}}, "wishes", 0.5),
        ({"supports": {"contact_person": "yes", "same_day_pay": "yes"}}, "wishes", 1.0),
        ({"supports": {"contact_person": "no", "same_day_pay": "no"}}, "wishes", 0.05),
        ({"employer_yes": 0, "employer_no": 0}, "employer_openness", 0.5),
        ({"employer_yes": 0, "employer_no": 1000}, "employer_openness", 0.05),
        ({"employer_yes": 1.5, "employer_no": 0.5}, "employer_openness", 3.5 / 6),
    ],
)
def test_a_part_has_the_value_that_its_formula_gives(
    changes: dict[str, Any], part: str, value: float
) -> None:
    values = {line.part: line.value for line in example(**changes).parts}
    assert values[part] == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("proposals", "places", "price"), [(0, 4, 0), (1, 4, 2.5), (4, 4, 10), (8, 4, 20), (9, 4, 20), (5, 1, 20)]
)
def test_open_proposals_cost_ten_points_per_place_and_twenty_at_most(
    proposals: int, places: int, price: float
) -> None:
    assert example(open_proposals=proposals, places=places).parts[-1].lost == pytest.approx(price, abs=1e-9)


def test_the_load_takes_no_more_than_what_is_left() -> None:
    citizen = make_citizen(attitudes={"shop": "rather_not"}, wishes={"quiet_place"})
    order = make_order(
        place=Point(57.0, 9.9),
        activities="shop",
        supports={"quiet_place": "no"},
        employer_no=1000,
        open_proposals=9,
    )
    ledger = make_list(citizen, order).explain("o-1", language="en")
    assert ledger.score == 0
    assert ledger.parts[-1].lost == pytest.approx(
        100 - sum(line.lost or 0 for line in ledger.parts[:4]), abs=1e-9
    )


def test_a_pair_that_lacks_nothing_scores_100_and_loses_nothing() -> None:
    citizen = make_citizen(attitudes={"green": "gladly"})
    ledger = make_list(citizen, make_order(activities="green", employer_yes=1e9)).explain(
        "o-1", language="en"
    )
    assert ledger.score == pytest.approx(100, abs=1e-6)
    assert [line.lost for line in ledger.parts[:3]] == [0, 0, 0]


def test_a_pair_that_loses_nothing_by_any_part_scores_100_exactly() -> None:
    policy = policy_with({"weights.employer_openness": 0, "weights.nearness": 0.5})
    citizen = make_citizen(attitudes={"green": "gladly"})
    ledger = make_list(citizen, make_order(activities="green"), policy).explain("o-1", language="en")
    assert ledger.score == 100
    assert [line.lost for line in ledger.parts] == [0] * 5


def test_a_part_that_loses_nothing_loses_0_and_not_minus_0() -> None:
    lost = [line.lost for line in example(place=CENTRE).parts]
    assert lost[0] == 0
    assert [copysign(1, number) for number in lost if number is not None] == [1] * 5


def test_shares_that_add_up_to_a_hair_more_than_1_suit_no_better_than_wholly() -> None:
    shares = {"green": 0.5, "shop": 0.3, "kitchen": 0.2 + 1e-12}
    citizen = make_citizen(attitudes=dict.fromkeys(shares, "gladly"))
    part = make_list(citizen, make_order(activities=shares)).explain("o-1", language="en").parts[1]
    assert (part.value, part.lost) == (1, 0)


def test_each_wish_counts_what_the_policy_gives_its_answer() -> None:
    policy = policy_with({"wishes.yes": 0.9, "wishes.unknown": 0.5, "wishes.no": 0.2})
    citizen = make_citizen(wishes={"contact_person", "quiet_place", "same_day_pay"})
    order = make_order(supports={"contact_person": "yes", "quiet_place": "no"})
    part = make_list(citizen, order, policy).explain("o-1", language="en").parts[2]
    assert part.value == pytest.approx((0.9 + 0.2 + 0.5) / 3)


def test_no_employer_is_more_open_than_the_one_with_most_yes_and_no_no() -> None:
    policy = Policy.default()
    known = [(0, 0), (9, 0), (9, 3), (1, 8)]
    orders = Catalogue.from_orders(
        make_order(id=f"o-{place}", employer_yes=yes, employer_no=no) for place, (yes, no) in enumerate(known)
    ).columns
    weighted = openness(orders, policy) ** policy.weights["employer_openness"]
    assert most_open(orders, policy) == pytest.approx(float(weighted.max()), abs=1e-12)


@pytest.mark.parametrize(
    ("attitude", "value"), [("gladly", 1), ("can", 0.7), ("unknown", 0.4), ("rather_not", 0.15)]
)
def test_suitability_is_the_worth_of_the_attitude(attitude: str, value: float) -> None:
    ledger = make_list(make_citizen(attitudes={"shop": attitude}), make_order(activities="shop")).explain(
        "o-1", "en"
    )
    assert ledger.parts[1].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("stated", "setting", "value"),
    [
        ({"outdoor": "gladly", "indoor": "can"}, "outdoor", 1),
        ({"outdoor": "gladly", "indoor": "can"}, "indoor", 0.7),
        ({"outdoor": "gladly", "indoor": "can"}, "both", 0.85),
        ({"outdoor": "gladly", "indoor": "can"}, "unknown", 0.5),
        ({"outdoor": "gladly"}, "indoor", 0.4),
        ({"outdoor": "rather_not"}, "outdoor", 0.15),
        ({"outdoor": "gladly", "indoor": "cannot"}, "outdoor", 1),
        ({"outdoor": "can", "indoor": "cannot"}, "unknown", 0.7),
        ({"outdoor": "cannot", "indoor": "gladly"}, "unknown", 1),
        ({"outdoor": "unknown"}, "outdoor", 1),
        ({"indoor": "cannot"}, "outdoor", 1),
        ({}, "outdoor", 1),
    ],
    ids=str,
)
def test_a_stated_attitude_to_the_setting_is_one_soft_wish(
    stated: dict[str, str], setting: str, value: float
) -> None:
    ledger = make_list(make_citizen(setting=stated), make_order(setting=setting)).explain(
        "o-1", language="en"
    )
    assert ledger.parts[2].value == pytest.approx(value)


def test_an_unknown_setting_counts_as_the_other_one_even_where_a_wish_unmet_counts_more() -> None:
    policy = policy_with({"wishes.no": 0.2})
    citizen = make_citizen(setting={"indoor": "cannot", "outdoor": "rather_not"})
    asked, answered = (make_list(citizen, make_order(setting=at), policy) for at in ("unknown", "outdoor"))
    assert asked.ask["score_if_answered"].iloc[0] == answered.items["score"].iloc[0]


def test_whole_points_are_blind_beyond_the_sixth_decimal() -> None:
    scores = np.array([84.9999994, 84.9999996, 85.0000004, 85.9, 0.0, 100.0, np.nan])
    assert whole_points(scores).tolist()[:-1] == [84, 85, 85, 85, 0, 100]
    assert np.isnan(whole_points(scores)[-1])


@pytest.mark.parametrize(("answer", "value"), [("no", 1), ("unknown", 0.5), ("yes", 0.05)])
def test_an_exposure_rather_avoided_is_met_by_no(answer: str, value: float) -> None:
    ledger = make_list(make_citizen(prefers_not={"crowds"}), make_order(demands={"crowds": answer})).explain(
        "o-1", "en"
    )
    assert ledger.parts[2].value == pytest.approx(value)
