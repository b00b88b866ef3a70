"""What an answer about what work must allow does to the list of tasks is told as it is saved."""

import re

import pytest

from tests.api.pages.conftest import Reader

FORM = {"name": "Anna", "anchor.0": "postcode:4700", "ready": "yes"}


def told(page):
    """The sentence about tasks beside "Saved", or nothing."""
    found = re.search(r"<span>(Now [^<]+)</span>", page.text)
    return found and " ".join(found[1].split())


@pytest.fixture
def anna(service):
    """Three tasks: one with machines, one without, and one of which nobody has said."""
    place = {"lat": 55.2350, "lon": 11.7700}
    employer = service.made("consultant", "employers", {"name": "Gartneriet", "place": place})["id"]
    for demands in ({"machines": "yes"}, {"machines": "no"}, {}):
        order = {"employer_id": employer, "title": "Luge", "activities": {"green": 1}, "demands": demands}
        service.made("consultant", "job-orders", order)
    anchors = [{"kind": "postal_district", "postcode": "4700"}]
    return service.made("consultant", "citizens", {"name": "Anna", "anchors": anchors, "ready": True})["id"]


def saved(reader, citizen, seen, **answers):
    form = {**FORM, **answers, "seen": str(seen)}
    return reader.send(f"/citizens/{citizen}", form, HX_Request="true")


def test_an_answer_says_how_many_tasks_it_closes_and_how_many_hang_on_a_question(reader, anna):
    page = saved(reader, anna, 1, **{"exposure.machines": "avoids"})
    assert told(page) == "Now 1 task, 2 fewer than before; 1 to ask about first, 1 more than before."


def test_taking_it_back_says_what_it_opens_again(reader, anna):
    saved(reader, anna, 1, **{"exposure.machines": "avoids"})
    page = saved(reader, anna, 2)
    assert told(page) == "Now 3 tasks, 2 more than before; 0 to ask about first, 1 fewer than before."


def test_an_undo_says_it_too_and_so_does_a_form_that_is_sent_without_scripts(reader, anna):
    answer = reader.send(f"/citizens/{anna}", {**FORM, "exposure.machines": "avoids", "seen": "1"})
    assert told(reader.get(answer.headers["location"])).startswith("Now 1 task, 2 fewer")
    undone = reader.send(f"/citizens/{anna}/undo", {"version": "1", "seen": "2"})
    assert told(reader.get(undone.headers["location"])).startswith("Now 3 tasks, 2 more")


def test_an_answer_that_moves_no_task_says_nothing_of_tasks(reader, anna):
    page = saved(reader, anna, 1, **{"exposure.children_present": "prefers_not"})
    assert "Saved at" in page.text
    assert told(page) is None
    assert (
        told(saved(reader, anna, 2, name="Anna Holm", **{"exposure.children_present": "prefers_not"})) is None
    )


def test_a_page_that_is_only_opened_says_nothing_of_tasks(reader, anna):
    saved(reader, anna, 1, **{"exposure.machines": "avoids"})
    assert told(reader.get(f"/citizens/{anna}")) is None


def test_versions_that_nobody_has_made_are_no_reason_to_count(reader, anna):
    for back in (0, 1, 7):
        page = reader.get(f"/citizens/{anna}?done=saved&back={back}")
        assert page.status_code == 200
        assert told(page) is None


def test_who_sees_no_shortlist_is_told_of_none(service, anna):
    assert Reader(service, "auditor").get(f"/citizens/{anna}?done=saved&back=1").status_code == 403
