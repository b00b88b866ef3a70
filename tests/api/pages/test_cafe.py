"""The pages of a job café: who is offered, what is planned and why, who leaves, and what lies on a table."""

import re
from datetime import datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from api.casework.erasure import erase
from api.domain.cafes import KeptCafe
from api.domain.caller import Caller, Role
from api.domain.working_days import Calendar
from api.pages.cafe_form import Hours
from api.pages.cafe_view import called_by
from api.store import audit, cafes
from api.store.tables import CafeRow
from matching.times import DENMARK_TIME

CENTRE = {"lat": 55.2306, "lon": 11.7605}
NEAR, FAR = {"lat": 55.2350, "lon": 11.7700}, {"lat": 55.2600, "lon": 11.9000}
PEOPLE = {
    "Anna Marie Holm": {"attitudes": {"green": "gladly"}, "waiting_since": "2026-05-01"},
    "Bent Ole Holm": {"attitudes": {"green": "gladly"}, "waiting_since": "2026-06-01"},
    "Carla Sif Holm": {"attitudes": {"green": "cannot"}, "avoids": ["alcohol_present"]},
}
TODAY = datetime.now(DENMARK_TIME).date()
DAY = next(Calendar().after(TODAY + timedelta(days=1)))
SUNDAY = TODAY + timedelta(days=13 - TODAY.weekday())
NAESTVED = Caller(user_id="", username="", municipality="0370", role=Role.CONSULTANT)
HOURS = {"day": f"{DAY:%d-%m-%Y}", "start": "13.00", "minutes": "60", "talk": "20", "tables": "2"}


@pytest.fixture
def world(service):
    """Three who start from a centre; a garden with one place, and an inn of which one thing is not known."""
    made = service.made
    ids = {"centre": made("coordinator", "centres", {"name": "Havnen", "place": CENTRE})["id"]}
    for name, said in PEOPLE.items():
        citizen = {"name": name, "anchors": [{"centre_id": ids["centre"]}], **said}
        ids[name.split()[0]] = made("consultant", "citizens", citizen)["id"]
    for firm, place, activity in (("Haven", NEAR, "green"), ("Kroen", FAR, "cleaning")):
        ids[firm] = made("consultant", "employers", {"name": firm, "place": place})["id"]
        order = {"title": f"{firm} arbejde", "employer_id": ids[firm], "activities": {activity: 1}}
        ids[f"{firm} arbejde"] = made("consultant", "job-orders", order)["id"]
    return ids


def chosen(world: dict[str, str], *names: str, **said: Any) -> dict[str, Any]:
    """The form with some people and both tasks."""
    return {
        **HOURS,
        "citizens": [world[name] for name in names or ("Anna", "Bent", "Carla")],
        "orders": [world["Haven arbejde"], world["Kroen arbejde"]],
        **said,
    }


def plan(reader: Any, form: dict[str, Any], status: int = 200, address: str = "/cafe", **headers: str) -> str:
    """The plan of a new café, or of the one at an address planned anew, or the form that comes back."""
    answer = reader.send(address if address == "/cafe" else f"{address}/plan", form, **headers)
    if answer.status_code == 303:
        answer = reader.get(answer.headers["location"], **headers)
    assert answer.status_code == status, answer.text
    return str(answer.text)


def address_of(text: str) -> str:
    """Where a planned café stands."""
    return re.search(r'action="(/cafe/\w+)/guests"', text)[1]


def seen_on(text: str) -> str:
    """The version of a café that a page shows."""
    return re.search(r'name="seen" value="(\d+)"', text)[1]


def press(reader: Any, text: str, action: str = "guests", status: int = 200, **said: str) -> str:
    """What a press on the page of a plan leads to."""
    answer = reader.send(f"{address_of(text)}/{action}", {"seen": seen_on(text), **said})
    if answer.status_code == 303:
        answer = reader.get(answer.headers["location"])
    assert answer.status_code == status, answer.text
    return str(answer.text)


def kept_of(service: Any, text: str, who: str = "consultant") -> KeptCafe:
    with service.store.unit(read_only=True) as unit:
        [found] = (one for one in cafes.between(unit, NAESTVED, TODAY) if one.id in address_of(text))
    return found


def on_paper(reader: Any, text: str, **headers: str) -> str:
    """The sheets of a café whose plan was read."""
    page = str(reader.get(f"{address_of(text)}/sheets", **headers).text)
    return page[page.index('<div class="sheets">') : page.index("</main>")]


def task_of(text: str, name: str) -> str:
    """What stands first under somebody's name."""
    found = re.search(rf">{name}</a>.*?<strong>([^<]+)</strong>", text, re.DOTALL)
    assert found
    return found[1]


def test_everybody_of_the_centre_and_what_suits_most_of_them_is_chosen_at_first(reader, world):
    text = reader.get(f"/cafe?centre={world['centre']}&day={DAY}").text
    order = [text.index(name) for name in ("Anna Marie", "Bent Ole", "Carla Sif")]
    assert order == sorted(order)
    assert f'value="{world["Haven arbejde"]}" checked' in text
    assert "suits 2" in text


def test_who_starts_elsewhere_is_not_offered_for_a_centre(service, reader, world):
    other = service.made("coordinator", "centres", {"name": "Gården", "place": FAR})["id"]
    text = reader.get(f"/cafe?centre={other}").text
    assert "Anna Marie" not in text
    assert "Nobody here is ready and open to you on that day." in text


def test_without_any_task_the_page_says_what_is_missing(service, reader):
    made = service.made
    centre = made("coordinator", "centres", {"name": "Havnen", "place": CENTRE})["id"]
    made("consultant", "citizens", {"name": "Anna Holm", "anchors": [{"centre_id": centre}]})
    assert "No task is open on that day." in reader.get("/cafe").text


def test_words_that_nobody_has_confirmed_lie_on_no_table(service, reader, world):
    told = {"title": "Uklart", "employer_id": world["Haven"], "text": "Noget med haven"}
    order = service.made("consultant", "job-orders", told)["id"]
    assert "Uklart" not in reader.get(f"/cafe?day={DAY}").text
    assert "Uklart" not in plan(reader, chosen(world) | {"orders": [order, world["Haven arbejde"]]})


def test_a_colleague_s_citizen_is_neither_offered_nor_planned(service, reader, world):
    reader.who = "colleague"
    assert "Anna" not in reader.get("/cafe").text
    text = plan(reader, chosen(world), 422)
    assert "Nobody is chosen." in text
    assert "Anna" not in text


def test_a_plan_gives_the_place_to_one_and_says_to_the_other_why_not(reader, world):
    text = plan(reader, chosen(world, "Anna", "Bent"))
    assert "2 of 2 get a task." in text
    assert sorted(task_of(text, f"{name} Holm") for name in ("Anna Marie", "Bent Ole")) == [
        "Haven arbejde",
        "Kroen arbejde",
    ]
    assert "This is the first choice" in text
    assert "points below the first, Haven arbejde" in text


def test_who_can_do_nothing_here_is_told_what_to_ask(reader, world):
    text = plan(reader, chosen(world, "Carla"))
    assert "0 of 1 gets a task." in text
    assert task_of(text, "Carla Sif Holm") == "No task today"
    assert "Kroen arbejde would be possible; ask first:" in text


def test_a_task_that_suits_nobody_who_comes_is_said_so_and_takes_no_table(reader, world):
    room = reader.send("/cafe", chosen(world, "Carla", show="yes")).text
    assert "suits nobody chosen without asking first: takes no table" in room
    text = plan(reader, chosen(world, "Carla"))
    assert "Kroen arbejde (Kroen)" in re.search(r"takes? no table: ([^<]+)", text)[1]
    assert '<table class="table times' not in text
    everybody = plan(reader, chosen(world))
    assert not re.search("takes? no table", everybody)
    assert '<table class="table times' in everybody


def test_a_task_that_suits_nobody_lies_on_the_table_that_its_employer_has_and_is_said_so(
    service, reader, world
):
    order = {"title": "Svejse rør", "employer_id": world["Haven"], "activities": {"green": 1}}
    unasked = {**order, "demands": {"driving_licence": "yes"}}
    weld = service.made("consultant", "job-orders", unasked)["id"]
    form = chosen(world, "Anna", "Bent", orders=[world["Haven arbejde"], weld])
    room = reader.send("/cafe", {**form, "show": "yes"}).text
    assert "lies on the table of its employer's other task" in unescape(room)
    assert "takes no table" not in room
    text = plan(reader, form)
    assert not re.search("takes? no table: [^<]*Svejse", text)
    assert re.search("can be asked about there: Svejse rør [(]Haven[)]", text)
    assert "Svejse rør" in re.search(r'<tr><th scope="row">1. Haven(.*?)</th>', text)[1]


def test_a_task_says_how_many_of_those_chosen_it_suits(reader, world):
    everybody = reader.send("/cafe", chosen(world, show="yes")).text
    assert "suits 2" in everybody
    assert "of those chosen" not in everybody
    assert "suits 1 of those chosen" in reader.send("/cafe", chosen(world, "Anna", "Carla", show="yes")).text
    carla = reader.send("/cafe", chosen(world, "Carla", show="yes")).text
    assert not re.search(r"suits \d", carla)


def test_every_table_that_is_set_up_meets_somebody(reader, world):
    for names in (("Anna",), ("Anna", "Bent"), ("Anna", "Bent", "Carla")):
        text = plan(reader, chosen(world, *names, minutes="20"))
        rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
        assert rows
        assert all(re.search(r"<td data-at=[^>]*>\w", row) for row in rows)
        unmet = re.search(r"has time left, and takes? no table: ([^<]+)\.<", text)
        assert len(rows) + len(unmet[1].split(", ") if unmet else ()) == 2


def test_the_tables_have_no_gap_in_their_numbers_and_who_was_told_one_keeps_it(service, reader, world):
    # a third employer, first by name, whom nobody has the time to meet
    firm = service.made("consultant", "employers", {"name": "Aktiv", "place": FAR})["id"]
    task = {"title": "Aktiv arbejde", "employer_id": firm, "activities": {"shop": 1}}
    third = service.made("consultant", "job-orders", task)["id"]
    orders = [*chosen(world)["orders"], third]
    text = plan(reader, chosen(world, "Anna", tables="3", minutes="40", orders=orders))
    numbers = re.findall(r'<th scope="row">(\d+)\. (\w+)', text)
    assert [number for number, _ in numbers] == ["1", "2"]
    unmet = re.search(r"takes? no table: ([^<]+)\.<", text)[1]
    assert {unmet, *(name for _, name in numbers)} == {"Aktiv", "Haven", "Kroen"}
    # with more time the third comes to it, and the others keep what is on the paper they hold
    told = {"seen": seen_on(text), "minutes": "60", "tables": "3"}
    again = plan(reader, chosen(world, "Anna", orders=orders, **told), address=address_of(text))
    now = re.findall(r'<th scope="row">(\d+)\. (\w+)', again)
    assert now == [*numbers, ("3", unmet)]


def test_enter_in_a_field_plans_the_cafe(service, reader, world):
    form = reader.get("/cafe").text.split('<form method="post" action="/cafe">')[1].split("</form>")[0]
    first = re.search(r'<button[^>]*type="submit"[^>]*>', form)[0]
    assert ("formaction" in first, "show" in first) == (False, False)
    assert 'tabindex="-1" aria-hidden="true"' in first


def test_nobody_is_at_two_tables_at_once(service, reader, world):
    kept = kept_of(service, plan(reader, chosen(world, "Anna", "Bent")))
    talks = [(who, firm, at) for who, told in kept.guests.items() for firm, at in told.slots.items()]
    for party in (0, 1):
        met = [(talk[party], talk[2]) for talk in talks]
        assert len(met) == len(set(met)) > 0


def suggested(service, world, name, order):
    body = {"citizen_id": world[name], "order_id": world[order]}
    return service.made("consultant", "proposals", body)


def points_of(text: str, name: str) -> str:
    found = re.search(rf">{name}</a>.*?(\d+) points", text, re.DOTALL)
    assert found
    return found[1]


def test_a_task_that_somebody_has_said_yes_to_stands_beside_the_name(service, reader, world):
    order = {"title": "Feje torvet", "employer_id": world["Haven"], "activities": {"green": 1}}
    world["torvet"] = service.made("consultant", "job-orders", order)["id"]
    made = suggested(service, world, "Anna", "torvet")
    said = "has said yes to Feje torvet"
    assert said not in reader.get("/cafe").text
    assert said not in plan(reader, chosen(world))
    service.ask("consultant", "POST", f"/api/v1/proposals/{made['id']}/accepted", {})
    assert reader.get("/cafe").text.count(said) == 1
    text = plan(reader, chosen(world))
    beside = text.partition("Anna Marie Holm</a>")[2].partition("</div>")[0]
    assert said in beside
    assert text.count(said) == 1
    assert said not in on_paper(reader, text)


def test_an_own_suggestion_costs_no_points_and_somebody_elses_does(service, reader, world):
    before = points_of(plan(reader, chosen(world, "Anna")), "Anna Marie Holm")
    suggested(service, world, "Anna", "Haven arbejde")
    assert points_of(plan(reader, chosen(world, "Anna")), "Anna Marie Holm") == before
    crowded = points_of(plan(reader, chosen(world, "Bent")), "Bent Ole Holm")
    assert int(crowded) < int(before)


def test_when_somebody_leaves_the_others_keep_what_they_were_told(service, reader, world):
    before = plan(reader, chosen(world, "Anna", "Bent"))
    was = kept_of(service, before)
    left = next(
        name for name in ("Anna", "Bent") if was.guests[world[name]].order_id == world["Haven arbejde"]
    )
    stays = {"Anna": "Bent", "Bent": "Anna"}[left]
    after = press(reader, before, leaves=world[left])
    assert "1 of 1 gets a task. 1 of 1 keep their task, and 1 of 1 all their times." in after
    # the better task is free now, but a room full of people does not get a new plan each
    assert task_of(after, PEOPLE_BY_FIRST[stays]) == "Kroen arbejde"
    assert "those who have a task keep it" in after
    assert kept_of(service, after).guests[world[stays]] == was.guests[world[stays]]
    assert reader.get(address_of(after)).text == after
    back = press(reader, after, comes=world[left])
    assert "2 of 2 get a task." in back
    assert kept_of(service, back).guests == was.guests


def test_that_somebody_left_is_undone_once(service, reader, world):
    before = plan(reader, chosen(world, "Anna", "Bent"))
    was = kept_of(service, before)
    assert "Undo the last change" not in before
    after = press(reader, before, leaves=world["Anna"])
    assert "Undo the last change" in after
    undone = press(reader, after, "undo")
    assert kept_of(service, undone).guests == was.guests
    assert "Undo the last change" not in undone
    assert kept_of(service, press(reader, undone, "undo")).version == 3


def test_who_does_not_come_has_cancelled_before_the_day_and_left_on_it(reader, world):
    early = plan(reader, chosen(world, "Anna", "Bent"))
    assert ("Cannot come: Anna" in early, "Has left" in early) == (True, False)
    assert "Comes after all: Anna" in press(reader, early, leaves=world["Anna"])
    late = plan(reader, chosen(world, "Anna", "Bent", day=f"{TODAY:%d-%m-%Y}"))
    assert ("Cannot come" in late, "Has left: Anna" in late) == (False, True)
    assert "Is here after all: Anna" in press(reader, late, leaves=world["Anna"])


PEOPLE_BY_FIRST = {name.split()[0]: name for name in PEOPLE}


def test_made_anew_without_what_was_told_the_better_task_goes_to_who_is_left(reader, world):
    text = plan(reader, chosen(world, "Bent"))
    assert task_of(text, "Bent Ole Holm") == "Haven arbejde"


def test_choosing_others_begins_with_the_form_and_the_plan_as_they_are_kept(service, reader, world):
    text = plan(reader, chosen(world, "Anna", "Bent"))
    page = reader.get(f"{address_of(text)}/change").text
    assert f'value="{world["Carla"]}">' in page
    assert f'value="{world["Anna"]}" checked' in page
    assert f'action="{address_of(text)}/plan"' in page
    again = plan(reader, chosen(world, seen=seen_on(page)), address=address_of(text))
    assert "2 of 2 keep their task, and 2 of 2 all their times." in again
    assert set(kept_of(service, again).guests) == {world[name] for name in ("Anna", "Bent", "Carla")}


def test_another_day_or_centre_is_chosen_for_a_cafe_that_is_kept(reader, world):
    address = address_of(plan(reader, chosen(world, "Anna")))
    form = chosen(world, "Bent", day=f"{SUNDAY:%d-%m-%Y}", centre=world["centre"], shown_centre="", seen="1")
    page = reader.send(f"{address}/change", form).text
    assert f'value="{SUNDAY:%d-%m-%Y}"' in page
    assert f'action="{address}/plan"' in page
    assert f"Job café on {SUNDAY:%A %d-%m-%Y}" in plan(reader, form, address=address)


def test_what_is_taken_meanwhile_is_left_out_and_said(service, reader, world):
    form = chosen(world)
    path = f"/api/v1/job-orders/{world['Haven arbejde']}"
    service.ask("consultant", "PATCH", path, {"state": "ended"}, If_Match="*")
    text = plan(reader, form)
    assert "1 of those chosen is not there any more" in text
    assert "Haven arbejde" not in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"citizens": []}, "Nobody is chosen."),
        ({"orders": []}, "No task is chosen."),
        ({"tables": "1"}, "There are 2 employers and 1 tables."),
        ({"tables": "mange"}, "&#39;mange&#39; is not possible here. Give a whole number from 1 to 60."),
        ({"minutes": "10"}, "Not even one talk fits into 10 minutes."),
        ({"talk": "0"}, "&#39;0&#39; is not possible here."),
        ({"start": "25:70"}, "&#39;25:70&#39; is not a time of day. Write it like 13.30."),
        ({"start": "efter frokost"}, "&#39;efter frokost&#39; is not a time of day."),
        ({"day": f"{TODAY - timedelta(days=1):%d-%m-%Y}"}, "has passed. Choose today or a day to come."),
        ({"day": "01-12-2090"}, "more than 2 years ahead. Is the year right?"),
        ({"day": "snart"}, "is not a date."),
        ({"citizens": ["f" * 32, "../etc"]}, "Nobody is chosen."),
    ],
)
def test_a_form_that_cannot_be_planned_comes_back_with_the_reason(reader, world, said, told):
    text = plan(reader, chosen(world, **said), 422)
    assert told in text
    assert "Plan the café" in text


@pytest.mark.parametrize(
    ("start", "begins"), [("13.30", "13:30"), ("kl. 9", "09:00"), ("13:30", "13:30"), ("", "13:00")]
)
def test_hours_are_written_as_they_are_said(reader, world, start, begins):
    text = plan(reader, chosen(world, start=start))
    assert f"Job café on {DAY:%A %d-%m-%Y}, {begins}" in text


def test_day_and_time_are_asked_for_in_danish_whatever_the_browser_speaks(reader, world):
    page = reader.get(f"/cafe?day={DAY}", Accept_Language="da").text
    assert re.search(f'<input class="form-input" id="day" [^>]*name="day" value="{DAY:%d-%m-%Y}"', page)
    assert re.search('id="f-start" name="start" value="13.00"', page)
    assert not re.search('type="(date|time)"', page)


def test_the_day_that_is_typed_is_the_day_that_is_planned(reader, world):
    page = reader.get(f"/cafe?day={DAY}").text
    form = page[page.index('<form method="post" action="/cafe">') :].partition("</form>")[0]
    # there is no other field for a day, and none that is hidden
    assert re.findall(r'<(?:input|select)[^>]* name="(day|centre)"', form) == ["centre", "day"]
    assert page.count('name="day"') == 1
    assert f"Job café on {SUNDAY:%A %d-%m-%Y}" in plan(reader, chosen(world, day=f"{SUNDAY:%d-%m-%Y}"))


def test_another_day_is_shown_with_everything_that_was_chosen(reader, world):
    form = chosen(world, "Bent", day=f"{SUNDAY:%d-%m-%Y}", shown_centre="", start="9", tables="7")
    form["orders"] = [world["Haven arbejde"]]
    page = reader.send("/cafe", form | {"show": "yes"}).text
    assert f'value="{SUNDAY:%d-%m-%Y}"' in page
    assert re.findall(r'value="(\w+)" checked', page) == [world["Bent"], world["Haven arbejde"]]
    assert ('name="start" value="9"' in page, 'name="tables" value="7"' in page) == (True, True)


@pytest.mark.parametrize(("show", "seen"), [("yes", ""), ("", "&moved=yes")])
def test_another_centre_shows_its_people_before_anybody_is_planned(reader, world, show, seen):
    answer = reader.send("/cafe", chosen(world, centre=world["centre"], shown_centre="", show=show))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/cafe?day={DAY:%d-%m-%Y}&centre={world['centre']}{seen}"
    page = reader.get(answer.headers["location"]).text
    assert ("look them through, then plan" in page) is bool(seen)
    assert f'name="shown_centre" value="{world["centre"]}"' in page


def test_who_was_chosen_stays_in_sight_and_chosen_when_another_centre_is_looked_at(reader, world, service):
    empty = service.made("coordinator", "centres", {"name": "Tomme", "place": CENTRE})["id"]
    address = address_of(plan(reader, chosen(world, "Anna", "Bent")))
    form = chosen(world, "Anna", "Bent", centre=empty, seen="1")
    page = reader.send(f"{address}/change", form).text
    assert re.findall(r'value="(\w+)" checked', page) == [*form["citizens"], *form["orders"]]
    assert ("Carla" in page, 'name="tables" value="2"' in page) == (False, True)
    again = plan(reader, form | {"shown_centre": empty}, address=address)
    assert "2 of 2 get a task." in again


def test_a_form_without_anybody_to_show_keeps_what_was_chosen(reader, world, service):
    later = {"state": "ended"}
    form = chosen(world, "Anna", place="Den gamle skole", show="yes")
    for name in ("Haven", "Kroen"):
        path = f"/api/v1/job-orders/{world[f'{name} arbejde']}"
        service.ask("consultant", "PATCH", path, later, If_Match="*")
    page = reader.send("/cafe", form).text
    assert "No task is open on that day." in page
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    assert [value for name, value in hidden if name == "citizens"] == form["citizens"]
    assert [value for name, value in hidden if name == "orders"] == form["orders"]
    assert {("tables", "2"), ("place", "Den gamle skole")} <= set(hidden)


def test_a_day_off_is_warned_of_and_may_be_meant(reader, world):
    warned = f"Sunday {SUNDAY:%d-%m-%Y} is not a working day"
    assert warned in reader.get(f"/cafe?day={SUNDAY}").text
    assert warned in plan(reader, chosen(world, day=str(SUNDAY)))
    assert "working day" not in reader.get(f"/cafe?day={DAY}").text
    assert "working day" not in plan(reader, chosen(world))


def test_a_day_that_has_passed_is_refused_in_an_address_too(reader, world):
    answer = reader.get(f"/cafe?day={TODAY - timedelta(days=1)}")
    assert answer.status_code == 422
    assert "has passed" in answer.text
    assert "Anna Marie" in answer.text


def test_a_cafe_whose_hours_are_over_says_so_and_asks_where_it_was_planned_like_that(reader, world):
    with time_machine.travel(datetime.combine(DAY, time(12), DENMARK_TIME), tick=False):
        text = plan(reader, chosen(world))
    assert "This café is over." not in text
    with time_machine.travel(datetime.combine(DAY, time(14), DENMARK_TIME), tick=False):
        text = reader.get(address_of(text)).text
        assert ("This café is over." in text, "Are day and time right?" in text) == (True, False)
        late = plan(reader, chosen(world))
    assert "This café is over. Are day and time right?" in late


def test_a_cafe_is_over_when_its_last_talk_has_ended():
    hours = Hours(DAY, time(13), minutes=20, slots=3, tables=2)
    ends = datetime.combine(DAY, time(14), DENMARK_TIME)
    assert hours.over(ends)
    assert not hours.over(ends - timedelta(minutes=1))


def test_a_cafe_is_kept_and_found_again(service, reader, world):
    text = plan(reader, chosen(world))
    until = DAY + timedelta(days=7)
    assert f"Kept until {until:%d-%m-%Y}" in text
    assert reader.get(address_of(text)).text == text
    page = reader.get("/cafe").text
    assert "The plan is kept until 7 days after the café" in page
    assert f'<a href="{address_of(text)}">{DAY:%A} {DAY:%d-%m-%Y} at 13.00</a>' in page
    assert "3 of your citizens come" in page


def test_a_cafe_of_today_stands_on_the_day_s_page_and_one_of_tomorrow_does_not(reader, world):
    plan(reader, chosen(world))
    assert "Job café today" not in reader.get("/today").text
    text = plan(reader, chosen(world, day=f"{TODAY:%d-%m-%Y}", place="Biblioteket"))
    assert (
        f'<a href="{address_of(text)}">Job café today at 13.00, Biblioteket</a>' in reader.get("/today").text
    )
    assert "Biblioteket" in reader.get("/cafe").text.partition("Cafés to come")[2]


def test_a_cafe_is_deleted_for_everybody(service, reader, world):
    text = plan(reader, chosen(world))
    page = press(reader, text, "deleted")
    assert "Cafés to come" not in page
    assert reader.get(address_of(text)).status_code == 404
    assert press(reader, text, leaves=world["Anna"], status=404)


@pytest.mark.parametrize("action", ["guests", "undo", "deleted", "plan"])
def test_who_changes_a_cafe_that_a_colleague_has_changed_is_told_and_changes_nothing(
    service, reader, world, action
):
    old = plan(reader, chosen(world))
    now = press(reader, old, leaves=world["Anna"])
    page = press(reader, old, action, 412, leaves=world["Bent"])
    assert "Somebody else has changed this in the meantime." in page
    assert seen_on(page) == seen_on(now) == "2"
    assert kept_of(service, page) == kept_of(service, now)


def test_a_colleague_sees_the_cafe_and_none_of_whom_is_not_theirs(service, reader, world):
    theirs = service.made("colleague", "citizens", {"name": "Dorte Dam", **OF_DORTE(world)})["id"]
    text = plan(reader, chosen(world, "Anna", "Bent"))
    was = kept_of(service, text)
    other = type(reader)(service, "colleague")
    for address in (address_of(text), f"{address_of(text)}/change", "/cafe"):
        page = other.get(address).text
        assert not [word for word in ("Anna", "Bent", world["Anna"], world["Bent"]) if word in page]
    assert "0 of your citizens come" in page
    # the times of the others are taken, and nobody is put beside them when the colleague plans with more
    assert "taken" in other.get(address_of(text)).text
    form = chosen(world, "Anna", tables="2", seen="1") | {"citizens": [theirs]}
    again = plan(other, form, address=address_of(text))
    now = kept_of(service, again)
    for id_, told in was.guests.items():
        assert (now.guests[id_].order_id, now.guests[id_].slots.keys()) == (told.order_id, told.slots.keys())
    assert now.guests.keys() == {*was.guests, theirs}
    talks = [(firm, at) for told in now.guests.values() for firm, at in told.slots.items()]
    assert len(talks) == len(set(talks))
    # nor can they say of somebody whom they do not see that they do not come
    after = press(other, again, leaves=world["Anna"])
    assert not kept_of(service, after).guests[world["Anna"]].left
    assert "Dorte" not in reader.get(address_of(text)).text


def OF_DORTE(world: dict[str, str]) -> dict[str, Any]:
    return {"anchors": [{"centre_id": world["centre"]}], "attitudes": {"green": "gladly"}}


def test_another_municipality_has_no_such_cafe(service, reader, world):
    text = plan(reader, chosen(world))
    elsewhere = type(reader)(service, "away")
    assert elsewhere.get(address_of(text)).status_code == 404
    assert "Cafés to come" not in elsewhere.get("/cafe").text


def test_who_is_erased_is_in_no_cafe(service, reader, world):
    text = plan(reader, chosen(world))
    press(reader, text, leaves=world["Bent"])
    with service.store.unit() as unit:
        erase(unit, NAESTVED, world["Anna"])
        unit.commit()
    page = reader.get(address_of(text))
    assert page.status_code == 200
    assert "Anna" not in page.text
    kept = kept_of(service, text)
    assert world["Anna"] not in {*kept.guests, *kept.former_guests}


def test_what_holds_no_more_is_said_and_the_plan_stays_until_somebody_plans(service, reader, world):
    text = plan(reader, chosen(world, "Anna", "Bent"))
    was = kept_of(service, text)
    assert "Something has changed since this was planned" not in text
    path = f"/api/v1/job-orders/{world['Haven arbejde']}"
    service.ask("consultant", "PATCH", path, {"state": "ended"}, If_Match="*")
    page = reader.get(address_of(text)).text
    assert "Something has changed since this was planned" in page
    assert "Haven arbejde" not in page
    assert kept_of(service, page) == was


def test_a_cafe_is_there_until_some_days_after_its_day_and_then_gone(service, reader, world):
    text = plan(reader, chosen(world))
    kept = kept_of(service, text)
    for over, status in ((DAY + timedelta(days=7), 200), (DAY + timedelta(days=8), 404)):
        with time_machine.travel(datetime.combine(over, time(12), DENMARK_TIME), tick=False):
            assert reader.get(address_of(text)).status_code == status
            assert "Cafés to come" not in reader.get("/cafe").text
            if status == 200:
                # its day has passed: it can be looked at, and not be planned anew
                assert "has passed. Choose today" in press(reader, text, leaves=world["Anna"], status=422)
            else:
                plan(reader, chosen(world, day=f"{over:%d-%m-%Y}"))
    with service.store.unit(read_only=True) as unit:
        assert unit.session.scalars(select(CafeRow.id).where(CafeRow.id == kept.id)).all() == []


def test_who_of_the_centre_is_not_able_that_day_is_named_with_until_when(service, reader, world):
    made = suggested(service, world, "Anna", "Haven arbejde")
    later = DAY + timedelta(days=3)
    service.ask("consultant", "POST", f"/api/v1/proposals/{made['id']}/contacted", {})
    told = {"review_on": str(later)}
    service.ask("consultant", "POST", f"/api/v1/proposals/{made['id']}/not-able-now", told)
    page = reader.get(f"/cafe?day={DAY}&centre={world['centre']}").text
    line = re.search(r"Not able that day:(.*?)</p>", page)[1]
    assert ("Anna Marie Holm" in line, f"ask again on {later:%d-%m-%Y}" in line) == (True, True)
    assert "Not able that day" not in reader.get(f"/cafe?day={later:%d-%m-%Y}").text
    assert "Not able that day" not in type(reader)(service, "colleague").get(f"/cafe?day={DAY}").text
    today = reader.get("/today").text
    rests = f"ready, but not now: ask again on {later:%d-%m-%Y}"
    assert re.search(rf"Anna Marie Holm.*{rests}", today)
    # the same words wherever it is told whether she is ready
    for path in ("/citizens", "/citizens/all"):
        [row] = re.findall(r"<tr data-row>.*?Anna Marie Holm.*?</tr>", reader.get(path).text, re.DOTALL)
        assert (rests in row, ">ready<" in row) == (True, False)
    assert rests.capitalize() in reader.get(f"/citizens/{world['Anna']}").text


def test_a_day_that_is_none_is_refused_and_the_page_is_there(reader, world):
    for sent in (
        reader.get("/cafe?day=torsdagen"),
        reader.send("/cafe", chosen(world, day="torsdagen")),
    ):
        assert sent.status_code == 422
        assert re.search('<a href="#day">Day</a>: .*is not a date.', sent.text)
        assert re.search('name="day" value="torsdagen"', sent.text)
        assert "Anna Marie" in sent.text


def test_a_sheet_that_lies_on_a_table_tells_nothing_of_a_card_or_a_need(service, reader, world):
    secret = {"avoids": ["machines"], "prefers_not": ["crowds"], "needs": []}
    service.ask("consultant", "PATCH", f"/api/v1/citizens/{world['Anna']}", secret, If_Match="*")
    said = {"about": "machines", "answer": "no"}
    for firm in ("Haven", "Kroen"):
        service.ask("consultant", "POST", f"/api/v1/employers/{world[firm]}/answers", said)
    text = plan(reader, chosen(world), Accept_Language="da")
    paper = unescape(on_paper(reader, text, Accept_Language="da")).lower()
    assert "anna" in paper
    for word in (
        "holm",
        "marie",
        "frikort",
        "maskin",
        "mennesker omkring",
        "point",
        "alkohol",
        world["Anna"],
    ):
        assert word not in paper, word
    assert "<title>Jobcafé</title>" in text
    assert "næstved" not in paper


def test_the_sheet_of_a_table_names_nobody(reader, world):
    paper = on_paper(reader, plan(reader, chosen(world, "Anna", "Bent")))
    tables = [
        sheet for sheet in paper.split('<section class="sheet') if '<p class="sheet-employer">' in sheet
    ]
    assert len(tables) == 2
    assert all("somebody comes" in sheet for sheet in tables)
    assert not [name for sheet in tables for name in ("Anna", "Bent") if name in sheet]


def test_each_person_and_each_table_and_the_host_have_a_sheet(reader, world):
    paper = on_paper(reader, plan(reader, chosen(world)))
    assert paper.count('<section class="sheet') == 3 + 2 + 1
    assert "Come to the host: we look at it together." in paper


def test_in_a_small_company_no_question_is_put_on_paper(service, reader, world):
    assert "To ask at the tables" not in plan(reader, chosen(world))
    many = [
        service.made(
            "consultant",
            "citizens",
            {
                "name": f"Gæst {number}",
                "anchors": [{"centre_id": world["centre"]}],
                "avoids": ["animals_present"],
            },
        )["id"]
        for number in range(5)
    ]
    text = plan(reader, chosen(world) | {"citizens": [world["Anna"], *many]})
    assert "To ask at the tables" in on_paper(reader, text)


def test_everybody_shown_is_written_down_before_the_page_leaves(service, reader, world):
    plan(reader, chosen(world))
    with service.store.unit(read_only=True) as unit:
        rows = audit.entries(unit, "0370", limit=1000)
    shown = {row.citizen_id for row in rows if row.action == "cafe_guest_shown"}
    assert shown == {world[name] for name in ("Anna", "Bent", "Carla")}
    [planned] = [row for row in rows if row.action == "cafe_planned"]
    assert (planned.details["considered"], planned.details["orders"]) == (3, 2)


def test_nothing_of_a_cafe_stands_in_an_address(reader, world):
    text = plan(reader, chosen(world))
    assert not [link for link in re.findall(r'href="([^"]*)"', text) if "?" in link]


@given(st.lists(st.text("AB ", max_size=5), min_size=1, max_size=6))
def test_no_two_people_are_called_the_same(names):
    called = called_by({f"c{number}": name for number, name in enumerate(names)})
    assert len(set(called.values())) == len(names)
    assert all(called.values())


def test_a_weekday_is_a_day_and_the_plan_keeps_it_whole(reader, world):
    day = TODAY + timedelta(days=3)
    text = plan(reader, chosen(world, day=f"{day:%A}"))
    assert f"Job café on {day:%A %d-%m-%Y}" in text
    changing = reader.get(f"{address_of(text)}/change").text
    assert f'name="day" value="{day:%d-%m-%Y}"' in changing


def test_a_day_that_cannot_be_read_stays_in_its_field(reader):
    answer = reader.get("/cafe?day=snart")
    assert 'name="day" value="snart"' in answer.text


def test_all_that_is_wrong_with_a_cafe_is_told_at_once_each_at_its_field(reader, world):
    wrong = {"minutes": "mange", "talk": "0", "tables": "-", "start": "middag", "day": "i går"}
    text = plan(reader, chosen(world, **wrong), 422)
    for name in wrong:
        assert f'id="e-{name}"' in text
    assert 'value="mange"' in text


def test_who_is_chosen_and_not_able_on_a_day_that_is_looked_at_stays_chosen(service, reader, world):
    made = suggested(service, world, "Anna", "Haven arbejde")
    service.ask("consultant", "POST", f"/api/v1/proposals/{made['id']}/contacted", {})
    told = {"review_on": str(DAY + timedelta(days=3))}
    service.ask("consultant", "POST", f"/api/v1/proposals/{made['id']}/not-able-now", told)
    page = reader.send("/cafe", chosen(world, "Anna", "Bent", show="yes")).text
    assert f'<input type="hidden" name="citizens" value="{world["Anna"]}">' in page
    assert f'value="{world["Bent"]}" checked' in page


def test_who_can_come_on_other_weekdays_is_not_ticked_and_stands_below_with_why(service, reader, world):
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    on, other = days[DAY.weekday()], days[(DAY.weekday() + 1) % 7]
    for name, times in (("Anna", f"{other} 9-16"), ("Bent", f"{on} 13-15"), ("Carla", f"{on} 9-13")):
        path = f"/api/v1/citizens/{world[name]}"
        service.ask("consultant", "PATCH", path, {"availability": [times]}, If_Match="*")
    page = reader.get(f"/cafe?day={DAY}").text
    ticked = re.findall(r'name="citizens" value="(\w+)" checked', page)
    assert ticked == [world["Bent"]]
    below = page[page.index("Can come at other times of the week") : page.index("On the tables")]
    assert re.findall(r'value="(\w+)">', below) == [world["Anna"], world["Carla"]]
    assert f"can come {days[(DAY.weekday() + 1) % 7].capitalize()} 9-16" in below
    # earlier on that day Carla can, and Bent cannot
    early = reader.send("/cafe", chosen(world, "Bent", start="9", show="yes")).text
    below = early[early.index("Can come at other times of the week") : early.index("On the tables")]
    assert re.findall(r'value="(\w+)"', below) == [world["Anna"], world["Bent"]]
    assert re.findall(r'name="citizens" value="(\w+)" checked', early) == [world["Bent"]]
    # who is ticked all the same is planned
    assert "Anna Marie Holm</a>" in plan(reader, chosen(world, "Anna", "Bent"))


def test_where_a_cafe_is_held_stands_on_its_plan_and_its_sheets_and_is_kept(reader, world):
    page = reader.get(f"/cafe?centre={world['centre']}&day={DAY}").text
    assert 'name="place" value="Havnen"' in page
    text = plan(reader, chosen(world, place="Den gamle skole"))
    assert "Place: Den gamle skole" in text
    assert on_paper(reader, text).count("Den gamle skole") == 3 + 2 + 1
    assert 'name="place" value="Den gamle skole"' in reader.get(f"{address_of(text)}/change").text
    assert "Place: Den gamle skole" in press(reader, text, leaves=world["Anna"])
    assert "Place:" not in plan(reader, chosen(world))


def test_who_has_no_task_is_told_which_talks_are_free(reader, world):
    text = plan(reader, chosen(world))
    carla = text[text.index("Carla Sif Holm</a>") :].partition("</li>\n")[0]
    free = re.search(r"Free talks: ([\d:]+) table (\d), Kroen\.", carla)
    assert free
    row = re.search(rf'<tr><th scope="row">{free[2]}\. Kroen.*?</tr>', text, re.DOTALL)[0]
    assert f'data-at="{free[1]}"' not in row
    sheet = next(one for one in on_paper(reader, text).split("<section") if 'sheet-name">Carla' in one)
    assert f"Free talks: {free[1]} table {free[2]}, Kroen. You can take one of them" in sheet


def test_who_has_called_off_is_told_as_that_where_others_are_chosen_and_stays_so(service, reader, world):
    text = press(reader, plan(reader, chosen(world)), leaves=world["Bent"])
    page = reader.get(f"{address_of(text)}/change").text
    row = page[page.index(f'value="{world["Bent"]}"') :].partition("</label>")[0]
    assert ("cannot come" in row, "checked" in row) == (True, False)
    assert page.count('<span class="tag warn">') == 1
    form = chosen(world, "Anna", seen="2", orders=[world["Kroen arbejde"]])
    again = plan(reader, form, address=address_of(text))
    assert "Comes after all: Bent" in again
    assert kept_of(service, again).guests[world["Bent"]].left


def test_an_employer_whom_only_who_left_was_to_meet_loses_the_table_and_that_is_said(service, reader, world):
    text = plan(reader, chosen(world, "Anna", "Carla"))
    assert "meets nobody any more" not in text
    tables = re.findall(r'<th scope="row">(\d)\. (\w+)', text)
    after = press(reader, text, leaves=world["Anna"])
    assert "2 employers meet nobody any more, as who was to meet them does not come" in after
    assert "Haven (table 1), Kroen (table 2)." in after
    assert "has time left" not in after
    back = press(reader, after, comes=world["Anna"])
    assert re.findall(r'<th scope="row">(\d)\. (\w+)', back) == tables
    assert "any more, as who was" not in back
