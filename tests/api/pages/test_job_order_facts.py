"""The task of a job order corrected afterwards, in the form in which it was taken down."""

import re
from html import unescape

import pytest

from tests.api.pages.conftest import Reader
from tests.api.pages.test_intake import chip, fields

TASK = {
    "activities": {"green": 0.75, "outdoor_upkeep": 0.25},
    "demands": {"machines": "no"},
    "pay_dkk_per_hour": 150,
    "times": ["fri 9-12"],
    "ends_on": "2050-12-31",
}


@pytest.fixture
def order(service):
    """The page of an order as it was taken down on the telephone."""
    employer = service.made("consultant", "employers", {"name": "Gartneriet"})["id"]
    body = {"title": "Luge bede", "text": "Luge bede, ingen maskiner", "employer_id": employer, **TASK}
    return f"/job-orders/{service.made('consultant', 'job-orders', body)['id']}"


def kept(service, order):
    return service.ask("consultant", "GET", f"/api/v1{order}").json()


def form(reader, order):
    answer = reader.get(f"{order}/facts")
    assert answer.status_code == 200, answer.text
    return fields(answer.text)


def save(reader, order, sent):
    return reader.send(f"{order}/facts", sent)


def test_the_order_page_leads_to_the_form_with_everything_that_is_known_in_it(reader, order):
    assert f'href="{order}/facts"' in reader.get(order).text
    text = reader.get(f"{order}/facts").text
    known, _, open_part = text.partition(">Not known yet<")
    assert 'value="no" checked' in chip(known, "demand.machines")
    assert "“ingen maskiner”" in chip(known, "demand.machines")
    assert 'id="f-hours_per_week"' in open_part
    assert 'id="f-support.contact_person"' in open_part
    sent = fields(text)
    assert (sent["title"], sent["pay_dkk_per_hour"], sent["times"]) == ("Luge bede", "150", "Fri 9-12")


def test_what_is_corrected_is_kept_and_what_is_not_asked_stays(service, reader, order):
    sent = form(reader, order) | {"demand.machines": "yes", "support.contact_person": "yes"}
    sent |= {"hours_per_week": "2,5", "times": "mandag 10-12", "setting": "outdoor", "places": "2"}
    answer = save(reader, order, sent)
    assert answer.status_code == 303
    assert "The task is corrected" in reader.get(answer.headers["location"]).text
    now = kept(service, order)
    told = (now["demands"], now["supports"], now["hours_per_week"], now["times"], now["setting"])
    assert told == ({"machines": "yes"}, {"contact_person": "yes"}, 2.5, ["mon 10-12"], "outdoor")
    assert (now["activities"], now["ends_on"], now["places"]) == (TASK["activities"], TASK["ends_on"], 2)
    assert now["reading"]["confirmed"]["demands"] == {"machines": "yes"}


def test_an_answer_that_is_emptied_is_not_known_any_more(service, reader, order):
    save(reader, order, form(reader, order) | {"demand.machines": "", "pay_dkk_per_hour": ""})
    now = kept(service, order)
    assert (now["demands"], now["pay_dkk_per_hour"]) == ({}, None)


def test_a_correction_is_undone_where_it_is_told(service, reader, order):
    before = kept(service, order)
    told = reader.get(save(reader, order, form(reader, order) | {"title": "Rive"}).headers["location"]).text
    undoing = re.search(rf'action="{order}/facts/undo">(.*?)</form>', told, re.DOTALL)[1]
    back = reader.send(f"{order}/facts/undo", dict(re.findall(r'name="(\w+)" value="(\d+)"', undoing)))
    assert "The change was undone." in reader.get(back.headers["location"]).text
    assert kept(service, order)["title"] == before["title"]
    assert "/facts/undo" not in reader.get(order).text


def test_a_form_that_says_nothing_new_changes_nothing(service, reader, order):
    before = kept(service, order)
    assert save(reader, order, form(reader, order)).headers["location"] == order
    assert kept(service, order)["version"] == before["version"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "In short: Nothing is written here."),
        ({"pay_dkk_per_hour": "mange"}, "is not a number"),
        ({"times": "engang"}, "tells no day and hours"),
        ({"starts_on": "31-02-2027"}, "starts_on"),
        ({"demand.machines": "maybe"}, "is not known"),
        ({"places": "-1"}, "is out of range"),
    ],
)
def test_what_cannot_be_kept_is_told_with_what_was_written_and_nothing_is_stored(
    service, reader, order, wrong, said
):
    before = kept(service, order)
    answer = save(reader, order, form(reader, order) | {"support.lift_offered": "yes"} | wrong)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert fields(answer.text)["support.lift_offered"] == "yes"
    assert kept(service, order) == before


def test_the_last_day_is_shown_corrected_and_taken_away(service, reader, order):
    for typed, told in (("05-12-2026", "2026-12-05"), ("", None)):
        save(reader, order, form(reader, order) | {"ends_on": typed})
        assert kept(service, order)["ends_on"] == told
        assert form(reader, order)["ends_on"] == typed


def test_who_corrects_it_in_two_windows_is_told_so(service, reader, order):
    mine = form(reader, order) | {"pay_dkk_per_hour": "160"}
    save(reader, order, form(reader, order) | {"pay_dkk_per_hour": "155"})
    answer = save(reader, order, mine)
    assert answer.status_code == 412
    assert "You have changed it yourself in another window" in answer.text
    assert "Saved in the other window" in answer.text
    assert "omebody else" not in answer.text


def test_when_two_have_corrected_it_both_versions_are_shown_and_one_is_chosen(service, reader, order):
    mine = form(reader, order) | {"pay_dkk_per_hour": "160", "title": "Luge bede og rive"}
    colleague = Reader(service, "colleague")
    save(colleague, order, form(colleague, order) | {"pay_dkk_per_hour": "155", "hours_per_week": "3"})
    answer = save(reader, order, mine)
    assert answer.status_code == 412
    assert "Somebody else has corrected this job order in the meantime" in answer.text
    chosen = dict(re.findall(r'type="radio" name="([\w.]+)" value="([^"]*)" required checked', answer.text))
    # what only one of the two has changed is chosen already
    assert chosen == {"title": "Luge bede og rive", "hours_per_week": "3"}
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    settled = {name: unescape(value) for name, value in hidden} | chosen | {"pay_dkk_per_hour": "160"}
    assert save(reader, order, settled).status_code == 303
    now = kept(service, order)
    assert (now["title"], now["hours_per_week"], now["pay_dkk_per_hour"]) == ("Luge bede og rive", 3, 160)
    assert (now["text"], now["demands"]) == ("Luge bede, ingen maskiner", {"machines": "no"})


def test_what_somebody_has_changed_beside_the_form_is_no_conflict(service, reader, order):
    mine = form(reader, order) | {"title": "Rive"}
    assert reader.send(f"{order}/still-wanted", {"note": "Ringede"}).status_code == 303
    assert save(reader, order, mine).status_code == 303
    assert kept(service, order)["title"] == "Rive"


def test_who_only_reads_orders_is_offered_no_form(service, order):
    analyst = Reader(service, "analyst")
    assert "/facts" not in analyst.get(order).text
    assert analyst.get(f"{order}/facts").status_code == 403


def test_words_that_are_markup_stand_as_they_were_said(reader, order):
    save(reader, order, form(reader, order) | {"text": "<script>alert(1)</script>", "title": "<b>Rive</b>"})
    page = reader.get(f"{order}/facts").text
    assert "<script>alert" not in page
    assert "<b>Rive" not in page
    assert form(reader, order)["text"] == "<script>alert(1)</script>"
