"""The table of hard constraints, row by row: met, in conflict, unknown and whom to ask."""

from datetime import date, timedelta
from typing import Any

import pytest

from geo import Point
from matching import Catalogue, Policy
from matching.standing import Group, Sieve
from tests.matching.makers import CENTRE, TODAY, make_citizen, make_list, make_order, standing

FAR = Point(55.75588, 9.4258)
UNKNOWN_PLACE = None

TABLE: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any] | None, str]] = [
    # rule, what the citizen stated, orders that meet it, conflict with it and leave it open, whom to ask
    (
        "avoids:alcohol_present",
        {"avoids": {"alcohol_present"}},
        {"demands": {"alcohol_present": "no"}},
        {"demands": {"alcohol_present": "yes"}},
        {},
        "employer",
    ),
    (
        "needs:contact_person",
        {"needs": {"contact_person"}},
        {"supports": {"contact_person": "yes"}},
        {"supports": {"contact_person": "no"}},
        {"supports": {"contact_person": "unknown"}},
        "employer",
    ),
    (
        "attitude:machine_work",
        {"attitudes": {"machine_work": "cannot"}},
        {"activities": "green"},
        {"activities": {"green": 0.9, "machine_work": 0.1}},
        {},
        "employer",
    ),
    (
        "max_minutes",
        {"max_minutes": 30},
        {"place": CENTRE},
        {"place": FAR},
        None,
        "employer",
    ),
    (
        "max_hours",
        {"max_hours_per_week": 6},
        {"hours_per_week": 6},
        {"hours_per_week": 6.5},
        {},
        "employer",
    ),
    (
        "setting:indoor",
        {"setting": {"indoor": "cannot"}},
        {"setting": "outdoor"},
        {"setting": "indoor"},
        {"setting": "unknown"},
        "employer",
    ),
    (
        "setting:outdoor",
        {"setting": {"outdoor": "cannot"}},
        {"setting": "indoor"},
        {"setting": "both"},
        {},
        "employer",
    ),
    (
        "availability",
        {"availability": ["fri 9-12"]},
        {"times": ["mon 9-12", "fri 11-15"]},
        {"times": ["fri 11:30-15", "mon 9-12"]},
        {"times": []},
        "employer",
    ),
]
IDS = [row[0] for row in TABLE]


@pytest.mark.parametrize(("rule", "said", "met", "conflict", "unknown", "of"), TABLE, ids=IDS)
def test_a_constraint_that_is_met_lets_the_pair_through(
    rule: str, said: Any, met: Any, conflict: Any, unknown: Any, of: str
) -> None:
    assert standing(make_citizen(**said), make_order(**met)) == "ranked"


@pytest.mark.parametrize(("rule", "said", "met", "conflict", "unknown", "of"), TABLE, ids=IDS)
def test_a_constraint_in_conflict_excludes_the_pair_by_its_rule(
    rule: str, said: Any, met: Any, conflict: Any, unknown: Any, of: str
) -> None:
    found = make_list(make_citizen(**said), make_order(**conflict))
    assert len(found.items) == len(found.ask) == 0
    assert found.excluded[["order_id", "rule"]].to_dict("records") == [{"order_id": "o-1", "rule": rule}]
    assert found.excluded_counts == {rule: 1}


@pytest.mark.parametrize(
    ("rule", "said", "met", "conflict", "unknown", "of"),
    [row for row in TABLE if row[4] is not None],
    ids=[row[0] for row in TABLE if row[4] is not None],
)
def test_a_constraint_that_nobody_has_answered_becomes_a_question(
    rule: str, said: Any, met: Any, conflict: Any, unknown: Any, of: str
) -> None:
    found = make_list(make_citizen(**said), make_order(**unknown))
    assert len(found.items) == len(found.excluded) == 0
    assert found.ask[["of", "about"]].to_dict("records") == [{"of": of, "about": rule}]


@pytest.mark.parametrize(("rule", "said", "met", "conflict", "unknown", "of"), TABLE, ids=IDS)
def test_a_constraint_that_nobody_stated_constrains_nothing(
    rule: str, said: Any, met: Any, conflict: Any, unknown: Any, of: str
) -> None:
    for known in (met, conflict, unknown or {}):
        assert standing(make_citizen(), make_order(**known)) == "ranked"


@pytest.mark.parametrize(("rule", "said", "met", "conflict", "unknown", "of"), TABLE, ids=IDS)
def test_orders_packed_together_stand_where_each_stands_alone(
    rule: str, said: Any, met: Any, conflict: Any, unknown: Any, of: str
) -> None:
    known = {"met": met, "conflict": conflict} | ({} if unknown is None else {"unknown": unknown})
    catalogue = Catalogue.from_orders(make_order(id=name, **facts) for name, facts in known.items())
    found = Sieve(make_citizen(**said), catalogue, TODAY, Policy.default())
    groups = {"met": Group.RANKED, "conflict": Group.EXCLUDED, "unknown": Group.ASKED}
    for name in known:
        assert [group for group in Group if found.group(group)[catalogue.row(name)]] == [groups[name]]
    assert found.totals.excluded == {rule: 1}


def test_what_a_catalogue_keeps_for_one_citizen_is_not_told_another() -> None:
    catalogue = Catalogue.from_orders([make_order(times=["fri 9-12"], hours_per_week=4, ends_on=TODAY)])
    tomorrow = TODAY + timedelta(days=1)
    asked = [
        ({"availability": ["fri 9-12"]}, TODAY, Group.RANKED),
        ({"availability": ["mon 9-12"]}, TODAY, Group.EXCLUDED),
        ({"availability": ["mon 9-12", "fri 11-12"]}, TODAY, Group.RANKED),
        ({"max_hours_per_week": 4}, TODAY, Group.RANKED),
        ({"max_hours_per_week": 3}, TODAY, Group.EXCLUDED),
        ({}, TODAY, Group.RANKED),
        ({}, tomorrow, Group.EXCLUDED),
    ]
    for said, on, expected in [*asked, *asked]:
        found = Sieve(make_citizen(**said), catalogue, on, Policy.default())
        assert [group for group in Group if found.group(group)[0]] == [expected]


@pytest.mark.parametrize(
    ("required", "ability", "expected"),
    [
        ("yes", "yes", "ranked"),
        ("yes", "no", "excluded"),
        ("yes", "unknown", "ask"),
        ("yes", None, "ask"),
        ("no", "no", "ranked"),
        ("no", None, "ranked"),
        ("unknown", "no", "ranked"),
        ("unknown", "yes", "ranked"),
        ("unknown", None, "ranked"),
    ],
)
def test_a_requirement_constrains_only_where_the_order_has_it(
    required: str, ability: str | None, expected: str
) -> None:
    citizen = make_citizen(abilities={"driving_licence": ability} if ability else {})
    assert standing(citizen, make_order(demands={"driving_licence": required})) == expected


def test_an_order_that_requires_what_the_citizen_has_not_answered_asks_the_citizen() -> None:
    found = make_list(make_citizen(), make_order(demands={"clean_record": "yes"}))
    assert found.ask[["of", "about"]].to_dict("records") == [
        {"of": "citizen", "about": "abilities:clean_record"}
    ]


@pytest.mark.parametrize(
    ("required", "warned"), [("unknown", ["check:driving_licence"]), ("no", []), ("yes", [])]
)
def test_an_ability_no_warns_where_the_requirement_is_unknown(required: str, warned: list[str]) -> None:
    found = make_list(
        make_citizen(abilities={"driving_licence": "no"}), make_order(demands={"driving_licence": required})
    )
    assert [line.rule for line in found.explain("o-1", language="en").warnings] == warned


def test_a_way_of_exactly_the_limit_is_within_it() -> None:
    order = make_order(place=FAR)
    minutes = make_list(make_citizen(), order).explain("o-1", language="en").travel.minutes
    assert standing(make_citizen(max_minutes=minutes), order) == "ranked"


def test_an_order_of_unknown_place_is_asked_about_without_any_limit() -> None:
    found = make_list(make_citizen(), make_order(place=UNKNOWN_PLACE))
    assert found.ask[["of", "about"]].to_dict("records") == [{"of": "employer", "about": "place"}]
    assert found.ask["score_if_answered"].isna().all()


def test_an_order_of_unknown_place_is_asked_about_once_with_a_limit() -> None:
    found = make_list(make_citizen(max_minutes=10), make_order(place=UNKNOWN_PLACE))
    assert list(found.ask["questions"].iloc[0]) == [("employer", "place")]


def test_a_conflict_beats_a_question() -> None:
    citizen = make_citizen(avoids={"machines", "alcohol_present"})
    found = make_list(citizen, make_order(demands={"machines": "yes"}, place=UNKNOWN_PLACE))
    assert list(found.excluded["rules"]) == [("avoids:machines",)]
    assert found.ask_total == 0


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [(date(2026, 11, 30), "excluded"), (TODAY, "ranked"), (date(2026, 12, 2), "ranked"), (None, "ranked")],
)
def test_an_order_ends_after_its_last_day(ends_on: date | None, expected: str) -> None:
    assert standing(make_citizen(), make_order(ends_on=ends_on)) == expected


def test_an_order_that_has_not_started_yet_is_ranked() -> None:
    assert standing(make_citizen(), make_order(starts_on=date(2027, 3, 1))) == "ranked"


def test_an_order_without_places_left_is_excluded_and_says_so() -> None:
    assert list(make_list(make_citizen(), make_order(places=0)).excluded["rule"]) == ["no_places_left"]


def test_rules_stand_in_the_order_of_the_contract() -> None:
    citizen = make_citizen(
        attitudes={"machine_work": "cannot"},
        avoids={"noise", "machines"},
        needs={"quiet_place", "contact_person"},
        abilities={"own_transport": "no"},
        max_hours_per_week=1,
        setting={"indoor": "cannot", "outdoor": "cannot"},
        max_minutes=1,
        availability=["mon 9-10"],
    )
    order = make_order(
        place=FAR,
        ends_on=date(2026, 11, 1),
        places=0,
        activities="machine_work",
        demands={"noise": "yes", "machines": "yes", "own_transport": "yes"},
        supports={"quiet_place": "no", "contact_person": "no"},
        hours_per_week=20,
        setting="both",
        times=["tue 9-10"],
    )
    found = make_list(citizen, order)
    assert found.excluded["rules"].iloc[0] == (
        "ended",
        "no_places_left",
        "attitude:machine_work",
        "avoids:machines",
        "avoids:noise",
        "needs:contact_person",
        "needs:quiet_place",
        "abilities:own_transport",
        "max_hours",
        "setting:indoor",
        "setting:outdoor",
        "max_minutes",
        "availability",
    )
    assert found.excluded_counts == {"ended": 1}


def test_the_machine_task_is_left_out_and_the_garden_task_of_the_same_firm_goes_through() -> None:
    citizen = make_citizen(attitudes={"machine_work": "cannot", "green": "gladly"})
    found = make_list(
        citizen,
        [
            make_order(id="press", employer_id="firm", activities="machine_work"),
            make_order(id="beds", employer_id="firm", activities="green"),
        ],
    )
    assert list(found.items["order_id"]) == ["beds"]
    assert list(found.excluded["order_id"]) == ["press"]


def test_both_settings_barred_and_neither_told_asks_about_each() -> None:
    citizen = make_citizen(setting={"indoor": "cannot", "outdoor": "cannot"})
    found = make_list(citizen, make_order())
    assert [about for _, about in found.ask["questions"].iloc[0]] == ["setting:indoor", "setting:outdoor"]


def test_the_score_of_an_asked_pair_reckons_with_good_answers() -> None:
    said = {
        "avoids": {"crowds"},
        "prefers_not": {"crowds"},
        "needs": {"quiet_place"},
        "wishes": {"quiet_place"},
    }
    citizen = make_citizen(**said)
    asked = make_list(citizen, make_order()).ask["score_if_answered"].iloc[0]
    answered = make_order(demands={"crowds": "no"}, supports={"quiet_place": "yes"})
    assert asked == make_list(citizen, answered).items["score"].iloc[0]
