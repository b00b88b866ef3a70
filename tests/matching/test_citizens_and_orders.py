"""What citizens and orders are made of: text becomes codes, the rest is refused, and the way to JSON."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from geo import Point, Refused, UnknownCode
from matching import Anchor, Catalogue, Citizen, Employer, JobOrder, Needs, Task
from matching.citizens import NEEDS_FIELDS
from matching.orders import TASK_FIELDS
from tests.matching.generated import citizens, orders
from tests.matching.makers import CENTRE, make_citizen, make_order


@given(citizens())
def test_needs_survive_the_way_through_json(citizen: Citizen) -> None:
    needs = Needs(**{name: getattr(citizen, name) for name in NEEDS_FIELDS})
    assert Needs.from_json(json.loads(json.dumps(needs.to_json()))) == needs
    assert Citizen.of(citizen.id, citizen.anchors, needs, citizen.waiting_since) == citizen


@given(orders())
def test_a_task_survives_the_way_through_json(order: JobOrder) -> None:
    task = Task(**{name: getattr(order, name) for name in TASK_FIELDS})
    assert Task.from_json(json.loads(json.dumps(task.to_json()))) == task


def test_what_was_not_said_is_absent_from_json_but_for_the_mode() -> None:
    assert Needs().to_json() == {"mode": "walk"}
    assert Task().to_json() == {}


def test_an_unknown_field_of_json_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownCode, match="Did you mean 'avoids'"):
        Needs.from_json({"avoid": ["machines"]})
    with pytest.raises(UnknownCode, match="Did you mean 'hours_per_week'"):
        Task.from_json({"hours_a_week": 3})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"max_minutes": -1}, "max_minutes"),
        ({"max_minutes": "far"}, "max_minutes"),
        ({"max_minutes": float("nan")}, "max_minutes"),
        ({"max_minutes": 10**400}, "max_minutes"),
        ({"max_hours_per_week": float("inf")}, "max_hours_per_week"),
        ({"earnings_room_dkk": -5}, "earnings_room_dkk"),
        ({"avoids": None}, "avoids"),
        ({"avoids": 5}, "avoids"),
        ({"avoids": [["machines"]]}, "avoids"),
        ({"attitudes": ["green"]}, "attitudes"),
        ({"abilities": {"driving_licence"}}, "abilities"),
        ({"abilities": {"driving_licence": True}}, "abilities"),
        ({"setting": {"both": "cannot"}}, "setting"),
        ({"availability": None}, "availability"),
        ({"availability": ["friday"]}, "availability"),
        ({"anchors": None}, "anchors"),
        ({"anchors": [CENTRE]}, "anchors"),
        ({"anchors": [(55.7, 9.5)]}, "anchors"),
        ({"waiting_since": "September"}, "waiting_since"),
        ({"waiting_since": 2026}, "waiting_since"),
    ],
    ids=str,
)
def test_a_need_that_is_not_understood_is_refused_by_its_field(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_citizen(**said)
    assert refusal.value.field == field
    assert refusal.value.said()


def test_an_anchor_starts_from_a_point_of_a_known_kind() -> None:
    with pytest.raises(Refused, match="is not a point"):
        Anchor((55.7, 9.5))  # type: ignore[arg-type]
    with pytest.raises(UnknownCode, match="Did you mean 'drop_in_centre'"):
        Anchor(CENTRE, "drop_in_center")  # type: ignore[arg-type]


def test_one_anchor_one_code_and_one_time_stand_for_a_list_of_one() -> None:
    citizen = make_citizen(anchors=Anchor(CENTRE), avoids="machines", availability="fri 9-12")
    assert citizen.anchors == (Anchor(CENTRE),)
    assert citizen.avoids == {"machines"}
    assert [str(slot) for slot in citizen.availability] == ["fri 9-12"]


def test_a_citizen_waits_since_a_day_however_it_is_written() -> None:
    assert make_citizen(waiting_since="2026-09-01") == make_citizen(waiting_since=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"places": -1}, "places"),
        ({"places": 1.5}, "places"),
        ({"open_proposals": None}, "open_proposals"),
        ({"employer_yes": -1}, "employer_yes"),
        ({"employer_no": 1e308}, "employer_no"),
        ({"open_proposals": 10**9 + 1}, "open_proposals"),
        ({"places": 2**31}, "places"),
        ({"id": " "}, "order_id"),
        ({"id": None}, "order_id"),
        ({"id": True}, "order_id"),
        ({"place": (55.7, 9.5)}, "place"),
        ({"place": "Vejle"}, "place"),
        ({"hours_per_week": -1}, "hours_per_week"),
        ({"precision": "house"}, "precision"),
        ({"demands": {"machines": "perhaps"}}, "demands"),
        ({"supports": ["contact_person"]}, "supports"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"starts_on": date(2026, 12, 2), "ends_on": date(2026, 12, 1)}, "ends_on"),
        ({"activities": {"green": 0.5}}, "activities"),
        ({"activities": 3}, "activities"),
    ],
    ids=str,
)
def test_an_order_that_is_not_understood_is_refused_by_its_field(known: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_order(**known)
    assert refusal.value.field == field
    assert refusal.value.said()


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"id": ""}, "employer_id"),
        ({"id": 1.5}, "employer_id"),
        ({"place": (55.7, 9.5)}, "place"),
        ({"yes": -1}, "employer_yes"),
        ({"no": "often"}, "employer_no"),
        ({"yes": 1e308}, "employer_yes"),
        ({"precision": "house"}, "precision"),
    ],
    ids=str,
)
def test_an_employer_that_is_not_understood_is_refused_by_its_field(
    known: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        Employer(**{"id": "e-1", **known})
    assert refusal.value.field == field
    assert refusal.value.said()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("open_proposals", 10**12),
        ("places", 1.5),
        ("places", -1),
        ("employer_yes", -0.5),
        ("employer_no", 1e300),
        ("hours_per_week", -2),
        ("order_id", ""),
        ("order_id", True),
    ],
    ids=str,
)
def test_an_order_is_refused_alike_as_an_object_and_as_a_row(name: str, value: object) -> None:
    with pytest.raises(Refused) as of_object:
        make_order(**{"id" if name == "order_id" else name: value})
    with pytest.raises(Refused) as of_row:
        Catalogue.from_frame(pd.DataFrame([{"order_id": "o-1", name: value}]))
    assert of_row.value.field == of_object.value.field == name
    assert of_row.value.said() == of_object.value.said()


def test_the_most_that_is_accepted_goes_in_both_ways() -> None:
    order = make_order(places=10**9, open_proposals=10**9, employer_yes=10**9, id=7)
    catalogue = Catalogue.from_orders([make_order(id="o-2")]).with_order(order)
    assert catalogue.order("7") == Catalogue.from_orders([order]).order("7") == order


def test_an_order_takes_place_and_openness_from_its_employer() -> None:
    employer = Employer(
        id="e-1", name="Gartneriet", place=Point(55.7, 9.5), precision="street", yes=2.5, no=1
    )  # type: ignore[arg-type]
    order = JobOrder.of("o-1", employer, Task(activities="green"), title="Luge", places=2, open_proposals=1)  # type: ignore[arg-type]
    assert (order.employer_id, order.place, order.precision) == ("e-1", employer.place, "street")
    assert (order.employer_yes, order.employer_no, order.places, order.open_proposals) == (2.5, 1, 2, 1)
    assert (order.title, order.activities) == ("Luge", {"green": 1})


def test_an_answer_of_unknown_is_the_same_as_none() -> None:
    assert make_order(demands={"noise": "unknown"}) == make_order()


def test_the_fields_that_can_be_said_are_those_that_json_knows() -> None:
    assert set(Needs().to_json()) <= set(NEEDS_FIELDS) == {item.name for item in fields(Needs)}


@pytest.mark.parametrize("id_", [None, "", " ", True, 1.5])
def test_a_citizen_without_an_id_is_refused_as_an_order_is(id_: Any) -> None:
    with pytest.raises(Refused) as found:
        Citizen(id=id_, anchors=(Anchor(Point(55.7, 9.5), "drop_in_centre"),))
    assert found.value.field == "citizen_id"


def test_an_order_without_an_employer_comes_out_as_it_went_in() -> None:
    order = JobOrder(id="o-1", employer_id=None)  # type: ignore[arg-type]
    laid, added = Catalogue.from_orders([order]), Catalogue.from_orders([]).with_order(order)
    assert order.employer_id == laid.order("o-1").employer_id == added.order("o-1").employer_id == ""
