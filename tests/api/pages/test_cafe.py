"""The pages of a job café: who is offered, what is planned and why, who leaves, and what lies on a table."""

import re
from datetime import datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.working_days import Calendar
from api.pages.cafe_form import Hours
from api.pages.cafe_view import called_by
from api.store import audit
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


def plan(reader: Any, form: dict[str, Any], status: int = 200, **headers: str) -> str:
    answer = reader.send("/cafe/plan", form, **headers)
    assert answer.status_code == status, answer.text
    return str(answer.text)


def told_on(text: str) -> dict[str, Any]:
    """The form that a planned café carries on."""
    form: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text):
        listed = name in ("citizens", "orders", "gone", "held", "slot", "seat")
        form[name] = [*form.get(name, ()), unescape(value)] if listed else unescape(value)
    return form


def on_screen(text: str) -> str:
    return text[: text.index('<div class="sheets">')]


def on_paper(text: str) -> str:
    return text[text.index('<div class="sheets">') :]


def task_of(text: str, name: str) -> str:
    """What stands first under somebody's name."""
    found = re.search(rf">{name}</a>.*?<strong>([^<]+)</strong>", on_screen(text), re.DOTALL)
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
    assert "Kroen arbejde would be possible; ask first:" in on_screen(text)


def test_a_task_that_suits_nobody_who_comes_is_said_so_and_takes_no_table(reader, world):
    room = reader.send("/cafe", chosen(world, "Carla")).text
    assert "suits nobody chosen without asking first: takes no table" in room
    text = plan(reader, chosen(world, "Carla"))
    assert "Kroen arbejde (Kroen)" in re.search(r"takes? no table: ([^<]+)", text)[1]
    assert '<table class="table times">' not in text
    everybody = plan(reader, chosen(world))
    assert not re.search("takes? no table", everybody)
    assert '<table class="table times">' in everybody


def test_every_table_that_is_set_up_meets_somebody(reader, world):
    for names in (("Anna",), ("Anna", "Bent"), ("Anna", "Bent", "Carla")):
        text = on_screen(plan(reader, chosen(world, *names, minutes="20")))
        rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
        assert rows
        assert all(re.search(r"</span> (?!–)\w", row) for row in rows)
        unmet = re.search(r"meets? nobody in the time there is, and takes? no table: ([^<]+)\.<", text)
        assert len(rows) + len(unmet[1].split(", ") if unmet else ()) == 2


def test_the_tables_have_no_gap_in_their_numbers_and_who_was_told_one_keeps_it(service, reader, world):
    # a third employer, first by name, whom nobody has the time to meet
    firm = service.made("consultant", "employers", {"name": "Aktiv", "place": FAR})["id"]
    task = {"title": "Aktiv arbejde", "employer_id": firm, "activities": {"shop": 1}}
    third = service.made("consultant", "job-orders", task)["id"]
    orders = [*chosen(world)["orders"], third]
    text = plan(reader, chosen(world, "Anna", tables="3", minutes="40", orders=orders))
    numbers = re.findall(r'<th scope="row">(\d+)\. (\w+)', on_screen(text))
    assert [number for number, _ in numbers] == ["1", "2"]
    unmet = re.search(r"takes? no table: ([^<]+)\.<", text)[1]
    assert {unmet, *(name for _, name in numbers)} == {"Aktiv", "Haven", "Kroen"}
    # with more time the third comes to it, and the others keep what is on the paper they hold
    again = plan(reader, told_on(text) | {"minutes": "60"})
    now = re.findall(r'<th scope="row">(\d+)\. (\w+)', on_screen(again))
    assert now == [*numbers, ("3", unmet)]


def test_enter_in_a_field_plans_the_cafe(service, reader, world):
    form = reader.get("/cafe").text.split('<form method="post" action="/cafe/plan">')[1].split("</form>")[0]
    first = re.search(r'<button[^>]*type="submit"[^>]*>', form)[0]
    assert "formaction" not in first
    assert 'tabindex="-1" aria-hidden="true"' in first


def test_nobody_is_at_two_tables_at_once(reader, world):
    form = told_on(plan(reader, chosen(world, "Anna", "Bent")))
    talks = [line.split(" ") for line in form["slot"]]
    for party in (0, 1):
        met = [(talk[party], talk[2]) for talk in talks]
        assert len(met) == len(set(met)) > 0


def suggested(service, world, name, order):
    body = {"citizen_id": world[name], "order_id": world[order]}
    return service.made("consultant", "proposals", body)


def points_of(text: str, name: str) -> str:
    found = re.search(rf">{name}</a>.*?(\d+) points", on_screen(text), re.DOTALL)
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
    beside = on_screen(text).partition("Anna Marie Holm</a>")[2].partition("</div>")[0]
    assert said in beside
    assert text.count(said) == 1
    assert said not in on_paper(text)


def test_an_own_suggestion_costs_no_points_and_somebody_elses_does(service, reader, world):
    before = points_of(plan(reader, chosen(world, "Anna")), "Anna Marie Holm")
    suggested(service, world, "Anna", "Haven arbejde")
    assert points_of(plan(reader, chosen(world, "Anna")), "Anna Marie Holm") == before
    crowded = points_of(plan(reader, chosen(world, "Bent")), "Bent Ole Holm")
    assert int(crowded) < int(before)


def test_when_somebody_leaves_the_others_keep_what_they_were_told(reader, world):
    before = plan(reader, chosen(world, "Anna", "Bent"))
    form = told_on(before)
    left = next(
        name for name in ("Anna", "Bent") if f"{world[name]} {world['Haven arbejde']}" in form["held"]
    )
    stays = {"Anna": "Bent", "Bent": "Anna"}[left]
    after = plan(reader, form | {"leaves": world[left]})
    assert "1 of 1 gets a task. 1 of 1 keep their task, and 1 of 1 all their times." in after
    # the better task is free now, but a room full of people does not get a new plan each
    assert task_of(after, PEOPLE_BY_FIRST[stays]) == "Kroen arbejde"
    assert "those who have a task keep it" in after
    kept = [line for line in told_on(after)["slot"] if line.startswith(world[stays])]
    assert [line for line in form["slot"] if line.startswith(world[stays])] == kept
    assert "Is here after all" in after
    back = plan(reader, told_on(after) | {"comes": world[left]})
    assert "2 of 2 get a task." in back
    assert "Is here after all" not in back


PEOPLE_BY_FIRST = {name.split()[0]: name for name in PEOPLE}


def test_made_anew_without_what_was_told_the_better_task_goes_to_who_is_left(reader, world):
    text = plan(reader, chosen(world, "Bent"))
    assert task_of(text, "Bent Ole Holm") == "Haven arbejde"


def test_choosing_others_keeps_the_form_and_the_plan_that_hangs(reader, world):
    form = told_on(plan(reader, chosen(world, "Anna", "Bent")))
    answer = reader.send("/cafe", form)
    assert answer.status_code == 200
    again = told_on(answer.text)
    assert (again["held"], again["slot"]) == (form["held"], form["slot"])
    assert f'value="{world["Carla"]}">' in answer.text
    assert f'value="{world["Anna"]}" checked' in answer.text


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
    form = page[page.index('<form method="post" action="/cafe/plan">') :].partition("</form>")[0]
    # there is no other field for a day, and none that is hidden
    assert re.findall(r'<(?:input|select)[^>]* name="(day|centre)"', form) == ["centre", "day"]
    assert page.count('name="day"') == 1
    assert f"Job café on {SUNDAY:%A %d-%m-%Y}" in plan(reader, chosen(world, day=f"{SUNDAY:%d-%m-%Y}"))


def test_another_day_is_shown_with_everything_that_was_chosen(reader, world):
    form = chosen(world, "Bent", day=f"{SUNDAY:%d-%m-%Y}", shown_centre="", start="9", tables="7")
    form["orders"] = [world["Haven arbejde"]]
    page = reader.send("/cafe", form).text
    assert f'value="{SUNDAY:%d-%m-%Y}"' in page
    assert re.findall(r'value="(\w+)" checked', page) == [world["Bent"], world["Haven arbejde"]]
    assert ('name="start" value="9"' in page, 'name="tables" value="7"' in page) == (True, True)


@pytest.mark.parametrize(("path", "seen"), [("/cafe", ""), ("/cafe/plan", "&moved=yes")])
def test_another_centre_shows_its_people_before_anybody_is_planned(reader, world, path, seen):
    answer = reader.send(path, chosen(world, centre=world["centre"], shown_centre=""))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/cafe?day={DAY:%d-%m-%Y}&centre={world['centre']}{seen}"
    page = reader.get(answer.headers["location"]).text
    assert ("look them through, then plan" in page) is bool(seen)
    assert f'name="shown_centre" value="{world["centre"]}"' in page


def test_the_same_centre_and_a_plan_that_hangs_are_planned_at_once(reader, world):
    text = plan(reader, chosen(world, shown_centre=""))
    hanging = told_on(text) | {"shown_centre": "", "centre": world["centre"]}
    assert reader.send("/cafe/plan", hanging).status_code == 200


def test_a_form_without_people_keeps_what_was_chosen(reader, world, service):
    empty = service.made("coordinator", "centres", {"name": "Tomme", "place": CENTRE})["id"]
    form = told_on(plan(reader, chosen(world, "Anna", "Bent"))) | {"centre": empty}
    page = reader.send("/cafe", form).text
    assert "Nobody here is ready" in page
    again = told_on(page)
    assert [again[name] for name in ("citizens", "orders", "held", "slot", "tables")] == [
        form[name] for name in ("citizens", "orders", "held", "slot", "tables")
    ]


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


def test_hours_that_are_over_are_warned_of(reader, world, monkeypatch):
    assert "would be over by now" not in plan(reader, chosen(world))
    monkeypatch.setattr(Hours, "over", lambda hours, now: True)
    assert "would be over by now" in plan(reader, chosen(world))


def test_a_cafe_is_over_when_its_last_talk_has_ended():
    hours = Hours(DAY, time(13), minutes=20, slots=3, tables=2)
    ends = datetime.combine(DAY, time(14), DENMARK_TIME)
    assert hours.over(ends)
    assert not hours.over(ends - timedelta(minutes=1))


def test_that_nothing_is_kept_is_told_before_the_plan(reader, world):
    text = plan(reader, chosen(world))
    assert text.index("Nothing of the café is kept") < text.index('id="h-times"')
    assert "Nothing of the café is kept" in reader.get("/cafe").text


def test_a_day_that_is_none_is_refused_and_the_page_is_there(reader, world):
    answer = reader.get("/cafe?day=33-33-2026")
    assert answer.status_code == 422
    assert "is not a date." in answer.text
    assert "Anna Marie" in answer.text


@pytest.mark.parametrize("held", ["", "a", "a b c", "x y", "  "])
def test_a_plan_that_somebody_has_made_up_is_no_plan(reader, world, held):
    form = chosen(world, "Anna", held=[held], slot=["a b -1", f"{held} 3", "a b 99999"])
    assert "1 of 1 gets a task." in plan(reader, form)


def test_a_sheet_that_lies_on_a_table_tells_nothing_of_a_card_or_a_need(service, reader, world):
    secret = {"avoids": ["machines"], "prefers_not": ["crowds"], "needs": []}
    service.ask("consultant", "PATCH", f"/api/v1/citizens/{world['Anna']}", secret, If_Match="*")
    said = {"about": "machines", "answer": "no"}
    for firm in ("Haven", "Kroen"):
        service.ask("consultant", "POST", f"/api/v1/employers/{world[firm]}/answers", said)
    text = plan(reader, chosen(world), Accept_Language="da")
    paper = unescape(on_paper(text)).lower()
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
    paper = on_paper(plan(reader, chosen(world, "Anna", "Bent")))
    tables = [
        sheet for sheet in paper.split('<section class="sheet') if '<p class="sheet-employer">' in sheet
    ]
    assert len(tables) == 2
    assert all("somebody comes" in sheet for sheet in tables)
    assert not [name for sheet in tables for name in ("Anna", "Bent") if name in sheet]


def test_each_person_and_each_table_and_the_host_have_a_sheet(reader, world):
    paper = on_paper(plan(reader, chosen(world)))
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
    assert "To ask at the tables" in on_paper(text)


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
    assert f'name="day" value="{day:%d-%m-%Y}"' in text


def test_a_day_that_cannot_be_read_stays_in_its_field(reader):
    answer = reader.get("/cafe?day=snart")
    assert 'name="day" value="snart"' in answer.text
