"""What a café takes at most, and that its pages are light then, however much lies in the store."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.domain.records import AnchorRecord
from api.store import assignments, centres, citizens, employers, job_orders
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen, make_employer, make_order
from tests.api.pages.test_cafe import HOURS, NAESTVED, address_of, plan, press

LIGHT = 100_000
"""Bytes of HTML that a page may have, besides what all pages share."""

NAME = "Alexandra Marie Vestergaard-Sørensen"
TITLE = "Rydde op og gøre rent i lokalerne på første sal"
FIRM = "Sydsjællands Værksteder og Butikker ApS"


@pytest.fixture(autouse=True)
def words_as_written() -> None:
    """Here pages are weighed as they are sent."""


def filled(service: Any, firms: int) -> dict[str, list[str]]:
    """A store of 150 people, 150 tasks of some employers and 120 centres, all with long names."""
    caller = replace(NAESTVED, user_id=service.user_ids["consultant"])
    kept: dict[str, list[str]] = {"citizens": [], "orders": [], "centres": []}
    with service.store.unit() as unit:
        for number in range(120):
            centre = make_centre(caller, name=f"Væresteder og varmestuer i Sydsjælland {number}")
            kept["centres"].append(centres.add(unit, caller, centre).id)
        start = (AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=kept["centres"][0]),)
        for number in range(150):
            avoids = {"alcohol_present", "animals_present", "noise"} if number % 2 else set()
            needs = Needs(attitudes={"cleaning": "can"}, avoids=avoids)
            said = {"needs": needs, "anchors": start, "waiting_since": date(2026, 1, 1)}
            one = citizens.add(unit, caller, make_citizen(caller, name=f"{NAME} {number}", **said))
            assignments.assign(unit, caller, one.id, caller.user_id)
            kept["citizens"].append(one.id)
        there = [
            employers.add(unit, caller, make_employer(caller, name=f"{FIRM} {number}", cvr="", p_number=""))
            for number in range(firms)
        ]
        for number in range(150):
            times = ["mon 9-12", "wed 9-12"]
            task = Task(activities={"cleaning": 1}, times=times, hours_per_week=3)
            order = make_order(there[number % firms], title=f"{TITLE} {number}", task=task, places=3)
            kept["orders"].append(job_orders.add(unit, caller, order).id)
        unit.commit()
    return kept


@pytest.fixture
def many(service: Any) -> dict[str, list[str]]:
    return filled(service, firms=30)


def at_the_bounds(kept: dict[str, list[str]], people: int = 40, tasks: int = 30) -> dict[str, Any]:
    hours = {**HOURS, "minutes": "480", "talk": "10", "tables": "30", "place": "Den gamle skole, lokale 4"}
    return {**hours, "citizens": kept["citizens"][:people], "orders": kept["orders"][:tasks]}


@pytest.mark.parametrize("firms", [1, 30], ids=["one employer", "thirty employers"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_form_plan_and_sheets_are_light_at_the_bounds(service, reader, firms, language):
    form = at_the_bounds(filled(service, firms))
    text = plan(reader, form, Accept_Language=language)
    pages = {"plan": text, "new": reader.get("/cafe", Accept_Language=language).text}
    for name in ("change", "sheets"):
        pages[name] = reader.get(f"{address_of(text)}/{name}", Accept_Language=language).text
    weights = {name: len(page.encode()) for name, page in pages.items()}
    assert {name: weight for name, weight in weights.items() if weight >= LIGHT} == {}


@pytest.mark.parametrize(
    ("people", "tasks", "hours", "field", "told"),
    [
        (41, 1, {}, "citizens", "41 people are chosen, and a café takes 40 at most."),
        (1, 31, {}, "orders", "31 tasks are chosen, and a café takes 30 at most."),
        (1, 1, {"talk": "9"}, "talk", "There would be 53 talks one after another, and a café takes 48"),
    ],
    ids=["people", "tasks", "talks"],
)
def test_more_than_a_cafe_takes_is_refused_at_its_own_field_and_stays_ticked(
    reader, many, people, tasks, hours, field, told
):
    form = at_the_bounds(many, people, tasks) | hours
    text = plan(reader, form, 422)
    at_the_field = text[text.index(f'id="e-{field}"') :].partition("</span>")[0]
    assert told in at_the_field
    for one in (*form["citizens"], *form["orders"]):
        assert f'value="{one}" checked' in text


def test_who_leaves_a_cafe_that_is_larger_than_one_may_be_now_leaves_it(reader, many, monkeypatch):
    monkeypatch.setattr("api.pages.cafe_form.MOST_PEOPLE", 3)
    text = plan(reader, at_the_bounds(many, 3, 2))
    monkeypatch.setattr("api.pages.cafe_form.MOST_PEOPLE", 1)
    assert "of 2 get" in press(reader, text, leaves=many["citizens"][0])


def test_at_first_no_more_are_ticked_than_a_cafe_takes_and_not_all_are_listed(reader, many):
    page = reader.get("/cafe").text
    people = page[page.index('id="f-citizens"') : page.index('id="f-orders"')]
    assert (people.count("<input"), people.count(" checked")) == (60, 40)
    assert "90 more are not shown" in people
    centres = page[page.index('id="centre"') :].partition("</select>")[0]
    assert centres.count("<option") == 1 + 60
    tasks = page[page.index('id="f-orders"') :].partition("</fieldset>")[0]
    assert tasks.count("<input") == 60


def test_whatever_is_not_listed_is_found_by_a_word_and_nothing_ticked_is_lost(reader, many):
    form = at_the_bounds(many, 2, 2) | {"found": "", "find": "sørensen 149"}
    # Enter in the field looks, and does not plan
    page = reader.send("/cafe", form).text
    people = page[page.index('id="f-citizens"') : page.index('id="f-orders"')]
    assert f'value="{many["citizens"][149]}">' in people
    assert people.count("<input") == 3
    for one in (*form["citizens"], *form["orders"]):
        assert f'value="{one}" checked' in page
    task = reader.send("/cafe", form | {"find": "første sal 149"}).text
    assert f'value="{many["orders"][149]}">' in task
    centre = reader.send("/cafe", form | {"find": "varmestuer 119"}).text
    assert f'<option value="{many["centres"][119]}"' in centre
    assert "Nothing here holds these words" in reader.send("/cafe", form | {"find": "zebra"}).text
    chosen = [*form["citizens"], many["citizens"][149]]
    text = plan(reader, form | {"citizens": chosen, "found": form["find"]})
    assert "of 3 get" in text
