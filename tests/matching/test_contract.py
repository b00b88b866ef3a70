"""The outer surface for notebooks, as its reference page has it: the sample, then every point."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import matching
from geo import Point, Refused
from matching import Anchor, Catalogue, Citizen, Policy, candidates, read_task, shortlist
from matching.vocabulary import Activity, AnchorKind, Attitude, Demand, Setting, Support
from tests.matching.judge import ACTIVITIES, DEMANDS, REQUIREMENTS, SUPPORTS
from tests.matching.makers import TODAY

ITEMS = [
    *("rank", "order_id", "score", "lost_nearness", "lost_suitability", "lost_wishes"),
    *("lost_employer_openness", "lost_load", "km", "minutes", "anchor"),
]


@pytest.fixture
def orders() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_id": ["o-1", "o-2", "o-3", "o-4", "o-5"],
            "employer_id": ["e-1", "e-1", "e-2", "e-3", "e-4"],
            "title": ["Luge bede", "Passe pressen", "Slå græs", "Fylde hylder", "Feje"],
            "lat": [55.7100, 55.7100, 55.7150, 55.7200, np.nan],
            "lon": [9.5360, 9.5360, 9.5300, 9.5400, np.nan],
            "precision": ["address", "address", "street", "postal_district", "address"],
            "activities": [
                "green",
                ["machine_work", "warehouse"],
                {"green": 0.7, "outdoor_upkeep": 0.3},
                None,
                "green",
            ],
            "setting": ["outdoor", "indoor", "outdoor", "unknown", "outdoor"],
            "machines": pd.array([False, True, False, pd.NA, False], dtype="boolean"),
            "alcohol_present": pd.array([False, False, pd.NA, False, False], dtype="boolean"),
            "contact_person": pd.array([True, True, True, True, True], dtype="boolean"),
            "places": [1, 2, 4, 1, 1],
            "open_proposals": [0, 0, 1, 0, 0],
            "hours_per_week": [2.0, 20.0, 4.0, 3.0, 2.0],
            "pay_dkk_per_hour": [140.0, 160.0, 150.0, np.nan, 140.0],
            "times": [["fri 9-12"], ["mon 7-15"], ["mon 10-12", "fri 13-15"], ["fri 10-12"], ["fri 9-12"]],
            "employer_yes": [3.0, 3.0, 0.0, 0.5, 0.0],
            "employer_no": [1.0, 1.0, 0.0, 0.0, 0.0],
            "starts_on": [date(2026, 12, 1), None, None, None, None],
            "ends_on": [None, None, date(2027, 3, 1), None, None],
        }
    )


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(
        id="c-1",
        anchors=[Anchor(Point(55.7093, 9.5357), "drop_in_centre")],
        attitudes={"green": "gladly", "machine_work": "cannot"},
        setting={"outdoor": "gladly", "indoor": "can"},
        avoids={"machines", "alcohol_present"},
        prefers_not={"crowds"},
        needs={"contact_person"},
        wishes={"same_day_pay"},
        abilities={"driving_licence": "no"},
        mode="bicycle",
        max_minutes=30,
        availability=["mon 10-14", "fri 10-14:30"],
        max_hours_per_week=6,
        earnings_room_dkk=12_000,
        waiting_since=date(2026, 9, 1),
    )


def test_the_sample_of_the_contract_runs_as_written(orders: pd.DataFrame, citizen: Citizen) -> None:
    catalogue = Catalogue.from_frame(orders)
    result = shortlist(citizen, catalogue, k=20, on=date(2026, 12, 1), policy=Policy.default())
    assert list(result.items["order_id"]) == ["o-1"]
    assert result.ask["about"].tolist() == ["avoids:alcohol_present", "attitude:machine_work", "place"]
    assert list(result.ask["order_id"]) == ["o-3", "o-4", "o-5"]
    assert result.ask_total == 3
    assert result.excluded.to_dict("records") == [
        {
            "order_id": "o-2",
            "rule": "attitude:machine_work",
            "rules": ("attitude:machine_work", "avoids:machines", "max_hours"),
        }
    ]
    assert result.excluded_counts == {"attitude:machine_work": 1}
    for order_id in orders["order_id"]:
        ledger = result.explain(order_id, language="da")
        assert all([ledger.parts, ledger.reasons])
        assert bool(ledger.rules) == (order_id == "o-2")
        assert bool(ledger.would_change) == (order_id != "o-1")
    assert "værestedet" in result.reasons(language="da")["nearness"].iloc[0]
    people = [citizen]
    other_end = candidates(catalogue.order("o-1"), people, k=10, on=date(2026, 12, 1))
    assert list(other_end.items["citizen_id"]) == ["c-1"]
    assert other_end.items["score"].iloc[0] == result.items["score"].iloc[0]


def test_a_task_text_is_read_into_what_the_contract_lists() -> None:
    reading = read_task("Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen")
    assert set(reading.activities) == {"green", "outdoor_upkeep"}
    assert reading.hours_per_week.value == 2
    assert reading.pay_dkk_per_hour.value == 140
    assert [str(slot) for slot in reading.times.value] == ["fri 9-11"]
    for name in ["setting", "demands", "supports", "weekdays", "places", "starts_on"]:
        assert hasattr(reading, name)
    finding = reading.hours_per_week
    assert 0 < finding.confidence <= 1
    assert all(reading.text[start:end] == text for start, end, text in finding.evidence)


def test_items_have_the_columns_and_types_of_the_contract(orders: pd.DataFrame, citizen: Citizen) -> None:
    items = shortlist(citizen, Catalogue.from_frame(orders), on=TODAY).items
    assert list(items.columns) == ITEMS
    assert {
        str(kind) for name, kind in items.dtypes.items() if name not in ("rank", "order_id", "anchor")
    } == {"float64"}
    assert str(items["rank"].dtype) == "int64"
    assert items["order_id"].map(type).eq(str).all()
    assert items["anchor"].tolist() == ["drop_in_centre"]


def test_ask_and_excluded_have_the_columns_of_the_contract(orders: pd.DataFrame, citizen: Citizen) -> None:
    result = shortlist(citizen, Catalogue.from_frame(orders), on=TODAY)
    assert list(result.ask.columns)[:4] == ["order_id", "of", "about", "score_if_answered"]
    assert set(result.ask["of"]) <= {"employer", "citizen"}
    assert list(result.excluded.columns) == ["order_id", "rule", "rules"]
    assert sum(result.excluded_counts.values()) == len(result.excluded)


def test_ask_is_cut_at_k_and_its_total_is_not(orders: pd.DataFrame, citizen: Citizen) -> None:
    result = shortlist(citizen, Catalogue.from_frame(orders), k=2, on=TODAY)
    assert list(result.ask["order_id"]) == ["o-3", "o-4"]
    assert result.ask_total == 3


def test_an_empty_list_has_the_same_columns_and_types_as_a_full_one(
    orders: pd.DataFrame, citizen: Citizen
) -> None:
    full = shortlist(citizen, Catalogue.from_frame(orders), on=TODAY)
    empty = shortlist(citizen, Catalogue.from_frame(orders.head(0)), on=TODAY)
    for name in ("items", "ask", "excluded"):
        filled, bare = getattr(full, name), getattr(empty, name)
        assert len(bare) == 0
        assert bare.dtypes.astype(str).to_dict() == filled.dtypes.astype(str).to_dict()


def test_a_list_without_a_day_is_one_of_today(orders: pd.DataFrame, citizen: Citizen) -> None:
    ended = Catalogue.from_frame(orders.assign(starts_on=None, ends_on=date(2020, 1, 1)))
    assert shortlist(citizen, ended).excluded_counts == {"ended": len(orders)}


def test_one_row_of_id_alone_is_an_order_of_which_nothing_is_known(citizen: Citizen) -> None:
    catalogue = Catalogue.from_frame(pd.DataFrame({"order_id": ["o-1"]}))
    order = catalogue.order("o-1")
    assert order.place is None
    assert (order.precision, order.setting) == ("address", "unknown")
    assert (order.places, order.open_proposals, order.employer_yes, order.employer_no) == (1, 0, 0, 0)
    assert not any([order.activities, order.demands, order.supports, order.times])
    assert order.hours_per_week is order.pay_dkk_per_hour is order.starts_on is order.ends_on is None
    asked = shortlist(citizen, catalogue, on=TODAY).ask
    assert [about for _, about in asked["questions"].iloc[0]] == [
        *("place", "attitude:machine_work", "avoids:machines", "avoids:alcohol_present"),
        *("needs:contact_person", "max_hours", "availability"),
    ]


@pytest.mark.parametrize(
    ("activities", "shares"),
    [
        ("green", {"green": 1}),
        (["green"], {"green": 1}),
        (["green", "kitchen"], {"green": 0.5, "kitchen": 0.5}),
        (("green", "kitchen", "shop"), {"green": 1 / 3, "kitchen": 1 / 3, "shop": 1 / 3}),
        ({"green": 0.7, "shop": 0.3}, {"green": 0.7, "shop": 0.3}),
        (None, {}),
        (np.nan, {}),
    ],
    ids=str,
)
def test_activities_may_be_a_code_a_list_or_a_mapping(activities: Any, shares: dict[str, float]) -> None:
    frame = pd.DataFrame({"order_id": ["o-1"], "activities": pd.Series([activities], dtype=object)})
    assert Catalogue.from_frame(frame).order("o-1").activities == shares


def test_the_codes_are_those_of_the_contract_in_its_order() -> None:
    assert list(Activity) == ACTIVITIES
    assert list(Demand) == DEMANDS
    assert list(Support) == SUPPORTS
    assert list(Attitude) == ["gladly", "can", "unknown", "rather_not", "cannot"]
    assert list(Setting) == ["indoor", "outdoor", "both", "unknown"]
    assert list(AnchorKind) == ["drop_in_centre", "supported_housing", "postal_district", "other"]


@pytest.mark.parametrize("demand", DEMANDS)
def test_requirements_are_answered_by_abilities_and_exposures_by_avoids(demand: str) -> None:
    person: dict[str, Any] = {"id": "c-1", "anchors": [Anchor(Point(55.7, 9.5))]}
    required = demand in REQUIREMENTS
    for said, accepted in [
        ({"abilities": {demand: "yes"}}, required),
        ({"avoids": {demand}}, not required),
        ({"prefers_not": {demand}}, not required),
    ]:
        if accepted:
            assert Citizen(**person, **said).id == "c-1"
        else:
            with pytest.raises(Refused, match=f"{demand}.*is not known"):
                Citizen(**person, **said)


@pytest.mark.parametrize(
    ("said", "named", "near"),
    [
        ({"attitudes": {"gren": "gladly"}}, "attitudes", "green"),
        ({"attitudes": {"green": "gladley"}}, "attitudes", "gladly"),
        ({"avoids": {"machine"}}, "avoids", "machines"),
        ({"needs": {"contact"}}, "needs", "contact_person"),
        ({"wishes": {"same_day_pays"}}, "wishes", "same_day_pay"),
        ({"abilities": {"driving_license": "no"}}, "abilities", "driving_licence"),
        ({"mode": "bicykle"}, "mode", "bicycle"),
        ({"setting": {"outdoors": "can"}}, "setting", "outdoor"),
    ],
    ids=str,
)
def test_an_unknown_code_is_refused_with_the_nearest(said: Any, named: str, near: str) -> None:
    with pytest.raises(Refused, match=rf"{named}: .*Did you mean '{near}'\?"):
        Citizen(id="c-1", anchors=[Anchor(Point(55.7, 9.5))], **said)


def test_a_citizen_without_an_anchor_is_refused() -> None:
    with pytest.raises(Refused, match=r"anchors: .*drop-in centre"):
        Citizen(id="c-1", anchors=[])


def test_the_anchor_with_the_fewest_minutes_counts_and_among_equals_the_first() -> None:
    far, near = Point(55.9, 9.5357), Point(55.7093, 9.5357)
    frame = pd.DataFrame({"order_id": ["o-1"], "lat": [near.lat], "lon": [near.lon]})
    citizen = Citizen(
        id="c-1",
        anchors=[Anchor(far, "other"), Anchor(near, "supported_housing"), Anchor(near, "postal_district")],
    )
    items = shortlist(citizen, Catalogue.from_frame(frame), on=TODAY).items
    assert items["anchor"].tolist() == ["supported_housing"]
    assert items["km"].tolist() == [0]


def test_the_answer_on_a_pair_is_the_order_s_then_the_employer_s_then_unknown() -> None:
    employer = matching.Employer(
        id="e-1", demands={"noise": "yes", "crowds": "yes"}, supports={"quiet_place": "yes"}
    )
    task = matching.Task(demands={"noise": "no", "crowds": "unknown"})
    order = matching.JobOrder.of("o-1", employer, task)
    assert order.demands == {"noise": "no", "crowds": "yes"}
    assert order.supports == {"quiet_place": "yes"}
    assert order.demands.get(Demand.MACHINES) is None
