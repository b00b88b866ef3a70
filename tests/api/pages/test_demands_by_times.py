"""What the times of an order say of early and late work goes with them; what was said in words stays."""

import re

import pytest

from tests.api.pages.conftest import Reader
from tests.api.pages.test_intake import chip, fields, registered, shown

NEAR = {"lat": 55.2350, "lon": 11.7700}
ALL_DAY = [f"{day} 0-24" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]


@pytest.fixture
def anna(service):
    """A citizen who avoids an early start."""
    place = {"name": "Havnen", "place": {"lat": 55.2306, "lon": 11.7605}}
    centre = service.made("coordinator", "centres", place)["id"]
    wishes = {"attitudes": {"green": "gladly"}, "avoids": ["early_start"], "availability": ALL_DAY}
    person = {"name": "Anna Marie Holm", "anchors": [{"centre_id": centre}], "mode": "bicycle", **wishes}
    return service.made("consultant", "citizens", person)["id"]


@pytest.fixture
def firm(service):
    return service.made("consultant", "employers", {"name": "Gartneriet", "place": NEAR})["id"]


@pytest.fixture
def taken_down(reader, firm):
    """Takes an order down as the intake reads its words; its id."""

    def take(words):
        return registered(reader, fields(shown(reader, text=words)) | {"employer_id": firm})["id"]

    return take


def standing(service, anna, order):
    """Where the order stands on Anna's list: ranked, to be asked about, or left out and by which rule."""
    found = service.ask("consultant", "GET", f"/api/v1/citizens/{anna}/shortlist?kind=job-orders").json()
    if order in {one["id"] for one in found["items"]}:
        return "ranked"
    asked = {one["id"]: one["questions"][0]["about"] for one in found["ask"]["items"]}
    return asked.get(order) or next(one["rule"] for one in found["excluded"]["items"] if one["id"] == order)


def correct(reader, order, **said):
    sent = fields(reader.get(f"/job-orders/{order}/facts").text) | said
    answer = reader.send(f"/job-orders/{order}/facts", sent)
    assert answer.status_code == 303, answer.text
    return reader.get(answer.headers["location"]).text


def known(text):
    listed = text.split('class="answered-list"')[1].split("</ul>")[0] if "answered-list" in text else ""
    return re.sub(r"<[^>]+>", "", listed)


def test_times_that_are_corrected_or_taken_back_shut_nobody_out_any_more(service, reader, anna, taken_down):
    order = taken_down("Luge bede fredag 6-9")
    assert standing(service, anna, order) == "avoids:early_start"
    assert "a start before 8: yes by the times" in known(reader.get(f"/job-orders/{order}").text)
    assert "a start before 8: no by the times" in known(correct(reader, order, times="fredag 9-12"))
    assert standing(service, anna, order) == "ranked"
    assert "a start before 8" not in known(correct(reader, order, times=""))
    kept = service.ask("consultant", "GET", f"/api/v1/citizens/{anna}/shortlist?kind=job-orders").json()
    (asked,) = kept["ask"]["items"]
    assert {one["about"] for one in asked["questions"]} == {"avoids:early_start", "availability"}


def test_an_early_start_said_in_so_many_words_stays_when_the_times_change(service, reader, anna, taken_down):
    order = taken_down("Luge bede fredag 9-12. Vi møder tidligt.")
    correct(reader, order, times="fredag 10-12")
    assert standing(service, anna, order) == "avoids:early_start"


def test_an_answer_of_times_is_undone_where_it_is_told_with_what_follows_from_it(
    service, reader, anna, taken_down
):
    order = taken_down("Luge bede")
    answer = {"about": "availability", "answer": "fredag 6-9"}
    told = reader.send(f"/job-orders/{order}/answers", answer)
    text = reader.get(told.headers["location"]).text
    assert standing(service, anna, order) == "avoids:early_start"
    form = text.split(f'action="/job-orders/{order}/answers/undo"')[1].split("</form>")[0]
    undo = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert undo["about"] == "availability"
    assert reader.send(f"/job-orders/{order}/answers/undo", undo).status_code == 303
    assert "a start before 8" not in known(reader.get(f"/job-orders/{order}").text)
    assert standing(service, anna, order) in ("avoids:early_start", "availability")
    found = service.ask("consultant", "GET", f"/api/v1/citizens/{anna}/shortlist?kind=job-orders").json()
    assert [one["id"] for one in found["ask"]["items"]] == [order]


def test_what_follows_from_the_times_of_a_form_is_told_there_and_kept_nowhere(service, reader, firm):
    text = shown(reader, text="Luge bede fredag 6-9", employer_id=firm)
    assert "by the times: yes" in chip(text, "demand.early_start")
    sent = fields(text)
    assert sent["demand.early_start"] == ""
    again = shown(reader, **(sent | {"times": "fredag 9-12"}))
    assert "by the times: no" in chip(again, "demand.early_start")
    order = registered(reader, fields(again))
    assert (order["times"], order["demands"]) == (["fri 9-12"], {})


def test_those_who_only_read_are_told_of_it_too(service, reader, taken_down):
    order = taken_down("Luge bede fredag 6-9")
    text = Reader(service, "analyst").get(f"/job-orders/{order}").text
    assert "a start before 8: yes by the times" in known(text)
