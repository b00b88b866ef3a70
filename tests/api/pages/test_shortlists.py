import json
import re
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from api.pages import left_out
from api.pages.shortlist_rows import whole_shares
from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader

PLACE = {"lat": 55.2306, "lon": 11.7605}
NEAR, FAR = {"lat": 55.2350, "lon": 11.7700}, {"lat": 55.2600, "lon": 11.9000}
SOBER = {"demands": {"alcohol_present": "no"}}
ANNA = {
    "name": "Anna Marie Holm",
    "attitudes": {"green": "gladly", "machine_work": "cannot"},
    "avoids": ["alcohol_present"],
    "mode": "bicycle",
}


@pytest.fixture
def world(service):
    """Anna, and three tasks: one suits, one takes machines, one hangs on whether alcohol is there."""
    made = service.made
    ids = {"centre": made("coordinator", "centres", {"name": "Havnen", "place": PLACE})["id"]}
    ids["anna"] = made("consultant", "citizens", ANNA | {"anchors": [{"centre_id": ids["centre"]}]})["id"]
    for name, employer, order in (
        ("Have", {"place": NEAR, **SOBER}, {"activities": {"green": 1}}),
        ("Fabrik", {"place": NEAR, **SOBER}, {"activities": {"machine_work": 1}}),
        ("Kro", {"place": FAR, "phone": "55 55 12 12"}, {"activities": {"cleaning": 0.5, "green": 0.5}}),
    ):
        employer_id = made("consultant", "employers", {"name": f"{name} A/S", **employer})["id"]
        body = {"title": f"{name}arbejde", "employer_id": employer_id, **order}
        ids[name], ids[f"{name} A/S"] = made("consultant", "job-orders", body)["id"], employer_id
    return ids


def page(reader, world, query="", path="shortlist"):
    answer = reader.get(f"/citizens/{world['anna']}/{path}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_paper_says_how_many_each_rule_has_left_out(reader, world):
    text = page(reader, world)
    heading, rule = re.search(r'<li><a href="([^"]*rule=[^"]*)"[^>]*>([^<]+)</a> 1</li>', text).group(2, 1)
    for printed in (text, reader.get(unescape(rule)).text):
        assert f'<p class="printed">Left out: {heading} 1</p>' in " ".join(printed.split())


def test_paper_names_neither_the_list_nor_the_policy_by_its_number(service, reader, world):
    text = page(reader, world)
    said = service.ask("consultant", "GET", f"/api/v1/citizens/{world['anna']}/shortlist").json()
    printed = " ".join(re.findall(r'<p class="printed">(.*?)</p>', text, re.DOTALL))
    assert re.search(r"List of \d\d-\d\d-\d{4} at \d\d:\d\d\. The order is advice", printed)
    assert said["policy"] not in printed


def titles(text, cls="place"):
    return re.findall(
        r'<h2 class="title" id="t\d+"><span class="sr-only">\d+\. </span>(?:<a [^>]*>)?([^<]+)', text
    )


def test_each_task_stands_where_it_belongs(reader, world):
    text = page(reader, world)
    assert titles(text) == ["Havearbejde"]
    assert "1 task suits now. 1 depends on an answer, 1 was left out." in " ".join(text.split())
    assert "<h3>Kroarbejde</h3>" in text
    assert re.search(r"<h3>Fabrikarbejde, Fabrik A/S</h3>", text)


def test_a_bar_adds_up_to_a_hundred(reader, world):
    bar = re.search(r'<svg class="points-bar".*?</svg>', page(reader, world), re.DOTALL)[0]
    laid = [(int(x), int(width)) for x, width in re.findall(r'x="(\d+)%" width="(\d+)%"', bar)]
    assert [x for x, _ in laid] == [sum(width for _, width in laid[:place]) for place in range(len(laid))]
    assert sum(width for _, width in laid) == 100


@given(st.lists(st.floats(0, 30), min_size=1, max_size=6))
def test_whole_shares_add_up_and_stay_near_their_parts(parts):
    total = round(sum(parts))
    shares = whole_shares(parts, total)
    assert sum(shares) == total
    assert all(abs(share - part) <= 1 for share, part in zip(shares, parts, strict=True))


def test_a_list_without_ranking_shows_no_points(reader, world):
    text = page(reader, world, "?ranked=no")
    assert titles(text) == ["Havearbejde"]
    assert "points-bar" not in text
    assert not re.search(r"\d+</strong> points", text)
    assert "points" not in re.search(r"<textarea[^>]*>([^<]*)", text)[1]


def test_fewer_minutes_leave_more_out(reader, world):
    text = page(reader, world, "?max_minutes=2")
    assert titles(text) == []
    assert "Nothing suits without asking first." in text


def test_where_nothing_is_within_reach_the_list_says_how_far_the_nearest_is(reader, world):
    far = unescape(page(reader, world, "?max_minutes=2"))
    # it says so only where distance is what keeps all of them away
    told = re.search(r"Nothing is within 2 minutes. The nearest is (\d+) minutes away", far)
    assert told
    assert 2 < int(told[1]) < 20
    assert "These came nearest" not in far
    assert "These came nearest" in page(reader, world)


@pytest.mark.parametrize("query", ["?mode=balloon", "?activity=x", "?order=x"])
def test_a_view_that_is_none_is_refused(reader, world, query):
    assert reader.get(f"/citizens/{world['anna']}/shortlist{query}").status_code == 422


@pytest.mark.parametrize("typed", ["-5", "mange", "9999"])
def test_minutes_that_are_none_are_told_at_their_field_and_the_list_stays(reader, world, typed):
    answer = reader.get(f"/citizens/{world['anna']}/shortlist?max_minutes={typed}&order=title")
    assert answer.status_code == 422
    said = re.search(r'id="minutes-wrong" role="alert">([^<]+)', answer.text)[1]
    assert typed in said
    assert "The list is shown without it." in said
    assert f'aria-invalid="true" value="{typed}"' in answer.text
    assert titles(answer.text) == titles(page(reader, world, "?order=title"))
    assert "shortlist.xlsx?order=title" in answer.text


def test_minutes_that_can_be_read_have_nothing_wrong(reader, world):
    assert 'id="minutes-wrong" role="alert"></span>' in page(reader, world, "?max_minutes=20")


def test_a_filter_stands_in_the_address_and_in_the_form(reader, world):
    text = page(reader, world, "?activity=cleaning&order=minutes")
    assert titles(text) == []
    assert '<option value="cleaning" selected>' in text
    assert "Show every kind of work" in text
    assert titles(page(reader, world, "?activity=green&order=title")) == ["Havearbejde"]


def test_a_filter_says_how_many_of_the_list_are_of_the_kind(reader, world):
    assert "1 with " in page(reader, world, "?activity=green")
    none = page(reader, world, "?activity=assembly")
    assert "0 with " in none
    assert "Nothing of this kind suits" in none
    assert "Nothing suits without asking first" not in none


def test_the_note_of_a_sifted_list_says_what_it_was_sifted_by(reader, world):
    sifted = page(reader, world, "?activity=green").split('id="journal"')[1]
    assert re.search(r"^Only: .*green", sifted, flags=re.MULTILINE | re.IGNORECASE)
    assert "Only: " not in page(reader, world).split('id="journal"')[1]


def test_a_note_that_holds_a_part_of_the_list_says_how_much(service, reader, world):
    employer = service.made("consultant", "employers", {"name": "Parken", "place": NEAR, **SOBER})
    for number in range(11):
        order = {"employer_id": employer["id"], "title": f"Rive {number}", "activities": {"green": 1}}
        service.made("consultant", "job-orders", order)
    note = page(reader, world).split('id="journal"')[1].split("</textarea>")[0]
    assert "The first 5 of 12 that suit:" in note
    assert "Ask first:" in note
    sifted = page(reader, world, "?activity=green").split('id="journal"')[1].split("</textarea>")[0]
    assert re.search(r"The first 5 of \d+ that suit:", sifted)


def test_a_note_that_holds_the_whole_list_says_nothing_of_parts(reader, world):
    assert "The first" not in page(reader, world).split('id="journal"')[1].split("</textarea>")[0]


def test_why_not_finds_by_name_wherever_it_stands(reader, world):
    for words, said in (("kro", "alcohol"), ("FABRIK", "machine"), ("have", "as number 1 with")):
        found = page(reader, world, f"?why={words}").split('id="why"')[1]
        assert said in found, words
    assert "Nothing here has that name." in page(reader, world, "?why=xyz")


@pytest.mark.parametrize(("room", "more"), [(1, "2 more; write more of the name."), (2, "1 more;"), (3, "")])
def test_of_a_name_that_many_have_it_is_told_how_many_more_there_are(reader, world, monkeypatch, room, more):
    monkeypatch.setattr(left_out, "NAMED", room)
    found = page(reader, world, "?why=arbejde").split('id="why"')[1].split("</section>")[0]
    assert found.count("<li data-row>") == room
    assert more in found
    assert bool(more) is (" more; write" in found)


def test_a_rule_lists_what_it_leaves_out_and_what_would_change_it(reader, world):
    found = page(reader, world, "?rule=attitude:machine_work").split('id="why"')[1]
    assert "Fabrikarbejde" in found
    assert 'class="change"' in found
    assert "Fabrikarbejde" not in page(reader, world, "?rule=ended").split('id="why"')[1]


def test_the_workbook_has_the_three_lists_as_text_and_no_name(service, reader, world):
    before = service.ask("consultant", "GET", f"/api/v1/job-orders/{world['Have']}")
    changed = service.ask(
        "consultant",
        "PATCH",
        f"/api/v1/job-orders/{world['Have']}",
        {"title": "=1+1"},
        If_Match=before.headers["ETag"],
    )
    assert changed.status_code == 200
    answer = reader.get(f"/citizens/{world['anna']}/shortlist.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.sheet_names == ["List", "Ask first", "Left out"]
    listed, asked, out = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert listed[1][:3] == [1, "=1+1", "Have A/S"]
    assert listed[1][4] + sum(listed[1][5:10]) == 100
    assert asked[1][:2] == ["Kroarbejde", "Kro A/S"]
    assert out[1][:2] == ["Fabrikarbejde", "Fabrik A/S"]
    assert "Anna" not in str((listed, asked, out))


def test_the_workbook_says_who_is_to_be_left_alone(service, reader, world):
    today = datetime.now(DENMARK_TIME)
    back = {"kind": "call", "reply": "not_now", "follow_up_on": f"{today + timedelta(days=60):%Y-%m-%d}"}
    for firm in ("Have A/S", "Kro A/S"):
        service.made("consultant", f"employers/{world[firm]}/contacts", back)
    order = {"citizen_id": world["anna"], "order_id": world["Have"]}
    proposal = service.made("consultant", "proposals", order)["id"]
    review = {"review_on": f"{today + timedelta(days=9):%Y-%m-%d}"}
    service.ask("consultant", "POST", f"/api/v1/proposals/{proposal}/not-able-now", review)
    answer = reader.get(f"/citizens/{world['anna']}/shortlist.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    listed, asked, _, remembered = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    rest = f"{today:%d-%m-%Y}: not now, ring again on {today + timedelta(days=60):%d-%m-%Y}."
    assert [rows[0][-1] for rows in (listed, asked)] == ["Note", "Note"]
    assert [rows[1][-1] for rows in (listed, asked)] == [f"The employer said on {rest}"] * 2
    again = f"The citizen is not able now: ask again on {today + timedelta(days=9):%d-%m-%Y}."
    assert remembered == [["Note"], [again]]


def test_the_workbook_says_what_is_lost_and_what_one_has_to_know_to_ring(service, reader, world):
    told = {"hours_per_week": 6, "times": ["mon 9-12", "fri 9-12"], "pay_dkk_per_hour": 140}
    path = f"/api/v1/job-orders/{world['Have']}"
    assert service.ask("consultant", "PATCH", path, told, If_Match="*").status_code == 200

    def sheets(query=""):
        content = reader.get(f"/citizens/{world['anna']}/shortlist.xlsx{query}").content
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    listed, asked, _ = sheets()
    assert listed[0][5:7] == ["Loses on nearness", "Loses on suitability"]
    work = ["Hours a week", "Times", "Kroner an hour", "Telephone", "Note"]
    assert listed[0][-5:] == asked[0][-5:] == work
    assert listed[1][-5:-2] == [6, "Mon 9-12, Fri 9-12", 140]
    assert asked[1][-2] == "+45 55 55 12 12"
    [*_, remembered] = sheets("?mode=walk")
    [[_], [trial]] = remembered
    assert trial.startswith("Trial: on foot")


def test_who_may_not_look_employers_up_finds_no_telephone_in_the_workbook(service, world):
    assigned = {"user_id": service.user_ids["centre_staff"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", assigned)
    address = f"/citizens/{world['anna']}/shortlist.xlsx"
    told = Reader(service, "centre_staff").get(address)
    assert told.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(told.content))
    for name in ("List", "Ask first"):
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[0][-2:] == ["Kroner an hour", "Note"]
        assert "55 12 12" not in str(rows)


def test_a_list_that_is_tried_out_says_so_with_the_way_back_where_a_script_swaps_it(reader, world):
    tried = "?mode=walk&max_minutes=30&order=title"
    result = page(reader, world, tried).partition('id="result"')[2]
    told = "Trial: on foot, at most 30 minutes. The citizen has said: by bicycle, nothing about minutes."
    assert told in result
    assert "The call sheet goes by what the citizen has said." in result
    assert f'<p class="printed">Start: Havnen. {told}</p>' in result
    assert '<p class="printed">Start: Havnen, by bicycle</p>' in page(reader, world)
    back = re.search(r'href="([^"]*)">As the citizen has said<', result)[1]
    assert back == f"/citizens/{world['anna']}/shortlist?order=title"
    assert "Trial:" not in page(reader, world, "?order=title")
    assert "Trial:" not in page(reader, world, "?mode=bicycle")


def test_the_workbook_is_named_in_the_readers_language_by_day_and_list_and_by_nobody(reader, world):
    address, named = f"/citizens/{world['anna']}/shortlist.xlsx", "content-disposition"
    day = f"{datetime.now(DENMARK_TIME):%Y-%m-%d}"
    assert re.search(rf'"opgaver-{day}-\w+\.xlsx"', reader.get(address, Accept_Language="da").headers[named])
    assert re.search(rf'"tasks-{day}-\w+\.xlsx"', reader.get(address).headers[named])


@pytest.mark.parametrize(
    ("order", "said"), [("minutes", "The places are by minutes"), ("title", "The places are by title")]
)
def test_places_by_something_else_than_points_say_so_on_the_page_and_in_the_note(reader, world, order, said):
    list_, _, note = page(reader, world, f"?order={order}").partition('id="journal"')
    assert said in list_
    assert said in note
    assert "The places are by" not in page(reader, world)


def answer(reader, world, kind, id_, said, about="avoids:alcohol_present"):
    address = f"/citizens/{world['anna']}/answers/{kind}/{world[id_]}"
    return reader.send(address, {"about": about, "answer": said, "sheet": sheet(reader, world)})


def sheet(reader, world):
    """What every form of the call sheet carries."""
    return re.search(r'name="sheet" value="([^"]*)"', page(reader, world, path="call-sheet"))[1]


def test_the_call_sheet_says_whom_to_ring_about_what(reader, world):
    text = page(reader, world, path="call-sheet")
    assert "Kro A/S" in text
    assert 'href="tel:55551212"' in text
    assert "Kroarbejde" in text


@pytest.mark.parametrize(("kind", "id_"), [("job-orders", "Kro"), ("employers", "Kro A/S")])
def test_an_answer_moves_the_task_at_once(reader, world, kind, id_):
    told = answer(reader, world, kind, id_, "no")
    assert told.status_code == 303
    text = reader.get(told.headers["location"]).text
    assert text.count("Kroarbejde is now number 2 on the list") == 1
    assert page(reader, world, "?why=kro").count("as number 2 with") == 1
    assert titles(page(reader, world)) == ["Havearbejde", "Kroarbejde"]


def first_answer(text, about):
    """To which address the plain buttons of a question send their answer: of a task, or of its employer."""
    forms = re.findall(
        r'<form class="answer unprinted" method="post" action="([^"]*)"(.*?)</form>', text, re.DOTALL
    )
    asked = f'name="about" value="{about}"'
    return [address for address, body in forms if asked in body and 'class="quiet"' not in body]


def test_an_answer_about_the_workplace_is_taken_down_for_every_task_there_and_brings_the_promised_rank(
    service, reader, world
):
    bar = {"title": "Bararbejde", "employer_id": world["Kro A/S"], "activities": {"green": 1}}
    world["Bar"] = service.made("consultant", "job-orders", bar)["id"]
    path = f"/api/v1/citizens/{world['anna']}/shortlist"
    promised = {
        row["id"]: row["would_rank"] for row in service.ask("consultant", "GET", path).json()["ask"]["items"]
    }
    assert set(promised) == {world["Bar"], world["Kro"]}
    text = page(reader, world, path="call-sheet")
    for_all = f"/citizens/{world['anna']}/answers/employers/{world['Kro A/S']}"
    first, *others = first_answer(text, "avoids:alcohol_present")
    assert (first, len(others)) == (for_all, 2)
    assert text.count(">Yes, for this task alone<") == 2
    assert reader.send(for_all, {"about": "avoids:alcohol_present", "answer": "no"}).status_code == 303
    items = service.ask("consultant", "GET", path).json()["items"]
    ranks = {row["id"]: row["rank"] for row in items if row["id"] in promised}
    assert ranks == promised
    assert len(set(ranks.values())) == 2


def test_an_answer_about_the_work_and_one_about_the_only_task_are_taken_down_for_the_task(
    service, reader, world
):
    for_one = f"/citizens/{world['anna']}/answers/job-orders/{world['Kro']}"
    assert first_answer(page(reader, world, path="call-sheet"), "avoids:alcohol_present") == [for_one]
    bar = {"title": "Bararbejde", "employer_id": world["Kro A/S"], "activities": {"green": 1}}
    service.made("consultant", "job-orders", bar)
    wish = {"avoids": ["machines"]}
    service.ask("consultant", "PATCH", f"/api/v1/citizens/{world['anna']}", wish, If_Match="*")
    text = page(reader, world, path="call-sheet")
    assert for_one in first_answer(text, "avoids:machines")
    assert text.count(">Yes, for this task alone<") == 2


def test_a_bad_answer_leaves_the_task_out_and_says_so(reader, world):
    told = answer(reader, world, "job-orders", "Kro", "yes")
    assert "Kroarbejde is left out now." in reader.get(told.headers["location"]).text


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("avoids:nothing", "no"),
        ("avoids:alcohol_present", "perhaps"),
        ("max_hours", "mange"),
        ("setting:indoor", "moon"),
        ("availability", "engang"),
        ("place", "her"),
    ],
)
def test_an_answer_that_is_none_is_refused_and_changes_nothing(reader, world, about, said):
    assert answer(reader, world, "job-orders", "Kro", said, about).status_code == 422
    assert titles(page(reader, world)) == ["Havearbejde"]


@pytest.mark.parametrize(
    ("wish", "about", "said"),
    [
        ({"max_hours_per_week": 4}, "max_hours", "3"),
        ({"setting": {"indoor": "cannot"}}, "setting:indoor", "outdoor"),
        ({"availability": ["fri 9-12"]}, "availability", "fredag 9-11"),
    ],
)
def test_hours_place_and_days_are_answered_as_well(service, reader, world, wish, about, said):
    address = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", address, wish, If_Match="*")
    assert titles(page(reader, world)) == []
    told = answer(reader, world, "job-orders", "Have", said, about)
    assert "Havearbejde is now number 1" in reader.get(told.headers["location"]).text


def test_a_caution_is_answered_in_its_row_and_the_answer_undone(service, reader, world):
    anna = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", anna, {"abilities": {"driving_licence": "no"}}, If_Match="*")
    address = f"/citizens/{world['anna']}/answers/job-orders/{world['Have']}"
    assert f'action="{address}"' in page(reader, world)
    form = {"about": "check:driving_licence", "answer": "no", "view": "?order=minutes"}
    told = reader.send(address, form)
    assert told.headers["location"].startswith(f"/citizens/{world['anna']}/shortlist?order=minutes&answered=")
    assert "licence" not in told.headers["location"]
    text = reader.get(told.headers["location"]).text
    assert f'action="{address}"' not in text
    undo = re.search(rf'<form[^>]* action="{address}/undo".*?</form>', text, re.DOTALL)[0]
    undone = reader.send(f"{address}/undo", dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo)))
    text = reader.get(undone.headers["location"]).text
    assert "The answer is taken back." in text
    assert f'action="{address}"' in text


def test_a_task_that_an_answer_takes_off_the_list_is_told_above_it(service, reader, world):
    anna = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", anna, {"abilities": {"driving_licence": "no"}}, If_Match="*")
    address = f"/citizens/{world['anna']}/answers/job-orders/{world['Have']}"
    told = reader.send(address, {"about": "check:driving_licence", "answer": "yes", "view": "?"})
    text = reader.get(told.headers["location"]).text
    assert titles(text) == []
    assert f'action="{address}/undo"' in text.split('id="result"')[1].split('class="told"')[0]


def test_the_way_back_to_a_list_never_leads_elsewhere(reader, world):
    address = f"/citizens/{world['anna']}/answers/job-orders/{world['Kro']}"
    form = {"about": "avoids:alcohol_present", "answer": "no", "view": "//elsewhere.example\\"}
    assert reader.send(address, form).headers["location"] == "/"


def test_what_has_to_be_asked_leads_to_the_sheet_where_it_is_answered(reader, world):
    text = page(reader, world, "?why=kro")
    kro = world["Kro A/S"]
    link = f"/citizens/{world['anna']}/call-sheet?at={kro}#employer-{kro}"
    assert text.split('id="ask"')[1].split('id="why"')[0].count(link) == 1
    assert text.split('id="why"')[1].count(link) == 1
    assert f'id="employer-{world["Kro A/S"]}"' in page(reader, world, path="call-sheet")


def test_an_empty_list_leads_to_the_questions_below_it(reader, world):
    service_address = f"/citizens/{world['anna']}/answers/job-orders/{world['Have']}"
    reader.send(service_address, {"about": "avoids:alcohol_present", "answer": "yes"})
    assert '<a href="#ask">Begin with the questions below' in page(reader, world)


def test_a_list_without_any_open_order_says_so_and_offers_nothing_to_copy(service, reader):
    centre = service.made("coordinator", "centres", {"name": "Havnen", "place": PLACE})
    body = ANNA | {"anchors": [{"centre_id": centre["id"]}]}
    citizen = service.made("consultant", "citizens", body)
    text = reader.get(f"/citizens/{citizen['id']}/shortlist").text
    assert "<h2 data-told>No job order is open yet.</h2>" in text
    assert 'href="/intake"' in text
    for without in (
        "Nothing suits",
        "data-copies",
        ".xlsx",
        "data-prints",
        "Ask first",
        "depend on an answer",
    ):
        assert without not in text


def test_a_list_from_which_all_is_left_out_says_so_and_can_be_kept(reader, world):
    text = page(reader, world, "?max_minutes=2")
    assert "No job order is open yet." not in text
    assert "data-copies" in text


def test_employers_without_a_task_have_a_list_of_their_own(service, reader, world):
    body = {
        "name": "Blomsterbutikken",
        "place": NEAR,
        "advertising_protected": "no",
        "industry_code": "013000",
    }
    service.made("consultant", "employers", body | {"industry_system": "db25"})
    text = page(reader, world, "?kind=employers")
    assert "Blomsterbutikken" in text
    assert "Havearbejde" not in text.split('id="result"')[1]


def test_the_map_carries_the_start_its_rings_and_nothing_from_elsewhere(reader, world):
    text = page(reader, world)
    drawing = unescape(re.search(r'data-map="([^"]*)"', text)[1])
    assert '"Havnen"' in drawing
    assert "min." in drawing
    assert "http" not in drawing
    assert "GeoNames" in text


def test_an_employer_who_rests_is_counted_and_not_shown(service, reader, world):
    anew = {
        "name": "Parken",
        "place": NEAR,
        "advertising_protected": "no",
        "demands": {"alcohol_present": "no"},
    }
    employer = service.made("consultant", "employers", anew | {"industry_code": "813000"})["id"]
    employers = "?kind=employers"
    assert "Parken" in page(reader, world, employers)
    service.made("consultant", f"employers/{employer}/contacts", {"kind": "call"})
    text = page(reader, world, employers)
    assert "1 employer rests, contacted lately or until a day they have given." in " ".join(text.split())
    assert "Parken" not in text
    assert "rests after" not in page(reader, world)


def test_an_order_of_ones_own_stands_beside_the_points_with_its_reason(service, reader, world):
    made = {"title": "Rive grus", "employer_id": world["Have A/S"], "activities": {"green": 1}}
    other = service.made("consultant", "job-orders", made)["id"]
    list_id = re.search(r'name="list_id" value="(\w+)"', page(reader, world))[1]
    form = {
        "list_id": list_id,
        f"place.{world['Have']}": "2",
        f"place.{other}": "1",
        "reason": "Kender stedet",
    }
    answer = reader.send(f"/citizens/{world['anna']}/reorder", form)
    assert answer.status_code == 303
    own = reader.get(answer.headers["location"]).text.split('id="own-order"')[1].split("</details>")[0]
    assert re.findall(r"<li><a [^>]*>([^<]+)", own) == ["Rive grus", "Havearbejde"]
    assert "Kender stedet" in own
    # on paper neither order can be taken for the other
    text = page(reader, world)
    ranks = {title: str(rank) for rank, title in enumerate(titles(text), 1)}
    assert re.findall(r">([^<]+)</a> <span[^>]*>number (\d+) by points<", own) == [
        (title, ranks[title]) for title in ("Rive grus", "Havearbejde")
    ]
    printed = re.findall(
        r'<p class="printed">Number (\d+) in the order by [^,]+, number (\d+) by points', text
    )
    assert sorted(printed) == [("1", ranks["Rive grus"]), ("2", ranks["Havearbejde"])]


def test_a_row_that_is_given_the_first_number_becomes_the_first(service, reader, world):
    body = {"title": "Rive grus", "employer_id": world["Fabrik A/S"], "activities": {"green": 1}}
    other = service.made("consultant", "job-orders", body)["id"]
    text = page(reader, world)
    [first, last] = re.findall(r'name="place\.(\w+)"', text)
    listed = re.search(r'name="list_id" value="(\w+)"', text)[1]
    form = {"list_id": listed, "reason": "Kender stedet", f"place.{first}": "1", f"place.{last}": "1"}
    address = f"/citizens/{world['anna']}/reorder"
    answer = reader.send(address, form)
    own = reader.get(answer.headers["location"]).text.split('id="own-order"')[1].split("</details>")[0]
    assert re.findall(r'<li><a href="#row-(\w+)"', own) == [last, first]
    assert "Kender stedet" in own
    assert other in (first, last)
    twice = reader.send(address, form | {f"place.{first}": "3", f"place.{last}": "3"}, HX_Request="true")
    assert twice.status_code == 422
    assert "Two rows were given number 3. Give each a number of its own." in twice.text
    wrong = form | {f"place.{last}": "nr. 1"}
    refused = reader.send(address, wrong, HX_Request="true")
    assert refused.status_code == 422
    assert f'data-field="place.{last}"' in refused.text
    both = reader.send(address, wrong | {"reason": ""}, HX_Request="true").text
    assert f'data-field="place.{last}"' in both
    assert 'data-field="reason"' in both


def test_an_order_without_a_reason_is_not_kept(reader, world):
    list_id = re.search(r'id="journal"', page(reader, world)) and "none"
    form = {"list_id": list_id, f"place.{world['Have']}": "2", "reason": " "}
    assert reader.send(f"/citizens/{world['anna']}/reorder", form).status_code == 422
    assert 'id="own-order"' not in page(reader, world)


def test_a_way_to_a_place_known_by_its_district_only_is_called_an_estimate(service, reader, world):
    assert "is an estimate" not in page(reader, world)
    vague = {"name": "Vag A/S", "place": {"postcode": "4700"}, **SOBER}
    vague_id = service.made("consultant", "employers", vague)["id"]
    body = {"title": "Vagt arbejde", "employer_id": vague_id, "activities": {"green": 1}}
    service.made("consultant", "job-orders", body)
    text = page(reader, world)
    assert "the distance is an estimate: the place is known by postal district only" in text
    assert f'<a href="/employers/{vague_id}#mark">mark it on the map' in text


def test_the_only_number_is_on_the_map_however_many_questions_lie_close_by(service, reader, world):
    far = {"lat": 55.3600, "lon": 11.7605}
    firm = service.made("consultant", "employers", {"name": "Langt A/S", "place": far, **SOBER})["id"]
    near = service.made("consultant", "employers", {"name": "Bar", "place": NEAR})["id"]
    body = {"employer_id": firm, "title": "Langt væk", "activities": {"green": 1}}
    service.made("consultant", "job-orders", body)
    for number in range(9):
        asked = {"employer_id": near, "title": f"Bar {number}", "activities": {"green": 1}}
        service.made("consultant", "job-orders", asked)
    told = json.loads(unescape(re.search(r'data-map="([^"]*)"', page(reader, world, "?why=Langt"))[1]))
    # the farther of the two on the list is fourteen kilometres away
    assert told["reach"] > 14_000


def test_the_filter_says_the_kind_of_work_in_words_and_sifts_what_to_ask_first(service, reader, world):
    employer = service.made("consultant", "employers", {"name": "Parken", "place": NEAR})
    order = {
        "employer_id": employer["id"],
        "title": "Rive blade",
        "activities": {"green": 1},
        "state": "open",
    }
    service.made("consultant", "job-orders", order)
    asked = r"(\d+) depends? on an answer"
    green, other = (page(reader, world, f"?activity={one}") for one in ("green", "assembly"))
    assert "1 with Green work shown of them" in green
    assert re.search(asked, page(reader, world))[1] == re.search(asked, green)[1] == "2"
    assert re.search(asked, other)[1] == "0"
    assert "Rive blade" in green.split('id="ask"')[1]
    assert "Rive blade" not in other
