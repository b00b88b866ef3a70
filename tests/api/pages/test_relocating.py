"""From the page of a centre that closes all who start there are moved to another one."""

import re
from urllib.parse import quote

import pytest

from tests.api.pages.conftest import Reader

DAY = "02-11-2026"


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


@pytest.fixture
def ids(service, boss):
    """A centre that has closed, an open one, and a citizen of the consultant's who starts at the first."""
    place = {"street": "Havnevej", "house_number": "1", "postcode": "4700", "town": "Næstved"}
    bodies = [{"name": name, "place": place} for name in ("Havnen", "Broen")]
    old, new = (service.made("coordinator", "centres", body)["id"] for body in bodies)
    anchors = [{"kind": "drop_in_centre", "centre_id": old}]
    citizen = service.made("consultant", "citizens", {"name": "Dorte Dam", "anchors": anchors})["id"]
    assert boss.send(f"/centres/{old}/closed", {"seen": "1", "closed_from": DAY}).status_code == 303
    return {"old": old, "new": new, "citizen": citizen}


def looked(boss, ids):
    """The form that moves everybody, as the page before it holds it."""
    page = boss.get(f"/centres/{ids['old']}/relocation?to={ids['new']}")
    assert page.status_code == 200
    return {"to": ids["new"], "seen": re.search(r'name="seen" value="([^"]*)"', page.text)[1]}, page.text


def start(service, ids):
    citizen = service.ask("consultant", "GET", f"/api/v1/citizens/{ids['citizen']}").json()
    return [one["centre_id"] for one in citizen["anchors"]]


def test_the_page_of_a_closing_centre_leads_to_who_would_move_by_initials(service, boss, ids):
    page = boss.get(f"/centres/{ids['old']}").text
    assert "Does the whole house move?" in page
    assert f'<option value="{ids["new"]}">Broen</option>' in page
    _, preview = looked(boss, ids)
    assert "1 citizen would start at Broen. Nobody is moved yet." in preview
    assert "D.D." in preview
    assert "Dorte" not in preview
    assert start(service, ids) == [ids["old"]]


def test_all_are_moved_by_one_press_and_back_by_another(service, boss, ids):
    address = f"/centres/{ids['old']}"
    form, _ = looked(boss, ids)
    answer = boss.send(f"{address}/relocation", form)
    assert answer.status_code == 303
    assert start(service, ids) == [ids["new"]]
    page = boss.get(answer.headers["location"]).text
    assert "1 citizen starts elsewhere now." in page
    at = re.search(r'name="at" value="([^"]+)"', page)[1]
    back = boss.send(f"{address}/relocation/undone", {"at": at})
    assert back.status_code == 303
    assert "They start here again." in boss.get(back.headers["location"]).text
    assert start(service, ids) == [ids["old"]]
    # what is settled is not offered again, and sent again it says so
    assert 'name="at"' not in boss.get(answer.headers["location"]).text
    again = boss.send(f"{address}/relocation/undone", {"at": at})
    assert again.status_code == 303
    assert "They were moved back already." in boss.get(again.headers["location"]).text


def test_a_form_that_is_sent_twice_says_that_they_were_moved_already_and_offers_to_undo_it(
    service, boss, ids
):
    address = f"/centres/{ids['old']}/relocation"
    form, _ = looked(boss, ids)
    boss.send(address, form)
    page = boss.get(boss.send(address, form).headers["location"]).text
    assert "They were moved already, when the form was sent before." in page
    at = re.search(r'name="at" value="([^"]+)"', page)[1]
    assert boss.send(f"{address}/undone", {"at": at}).status_code == 303
    assert start(service, ids) == [ids["old"]]


def reached(service, ids):
    answer = service.ask("consultant", "GET", f"/api/v1/citizens/{ids['citizen']}/contact-chain").json()
    return [one["centre_id"] for one in answer["links"]]


def test_the_ways_to_reach_them_move_in_the_same_step_and_back_with_it(service, boss, ids):
    address, link = f"/centres/{ids['old']}", {"through": "drop_in_centre", "centre_id": ids["old"]}
    path = f"/api/v1/citizens/{ids['citizen']}/contact-chain"
    assert service.ask("consultant", "PUT", path, {"links": [link]}, If_Match="*").status_code == 200
    form, preview = looked(boss, ids)
    assert "1 is contacted through Havnen: contact them through Broen from now on" in preview
    assert 'name="chains" value="yes" checked' in preview
    answer = boss.send(f"{address}/relocation", form | {"chains": "yes"})
    assert reached(service, ids) == [ids["new"]]
    at = re.search(r'name="at" value="([^"]+)"', boss.get(answer.headers["location"]).text)[1]
    boss.send(f"{address}/relocation/undone", {"at": at})
    assert reached(service, ids) == [ids["old"]]
    # who takes the tick away moves where the ways start, and nothing else
    form, _ = looked(boss, ids)
    assert boss.send(f"{address}/relocation", form).status_code == 303
    assert (start(service, ids), reached(service, ids)) == ([ids["new"]], [ids["old"]])


def test_who_was_changed_meanwhile_stays_and_is_told(service, boss, ids):
    form, _ = looked(boss, ids)
    path = f"/api/v1/citizens/{ids['citizen']}"
    assert service.ask("consultant", "PATCH", path, {"name": "Dorte Holm"}, If_Match="*").status_code == 200
    answer = boss.send(f"/centres/{ids['old']}/relocation", form)
    page = boss.get(answer.headers["location"]).text
    assert "Nobody was moved" in page
    assert "1 stands below still: changed, or new here, since you looked." in page
    assert start(service, ids) == [ids["old"]]


def test_who_looks_when_nobody_starts_there_any_more_is_told_so(service, boss, ids):
    path = f"/api/v1/citizens/{ids['citizen']}"
    anchors = [{"kind": "drop_in_centre", "centre_id": ids["new"]}]
    assert service.ask("consultant", "PATCH", path, {"anchors": anchors}, If_Match="*").status_code == 200
    page = boss.get(f"/centres/{ids['old']}/relocation?to={ids['new']}").text
    assert "Nobody starts here any more." in page
    assert "<form method" not in page.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("seen", ["x", ":1", "a:b", "a:1 b", "a:9999999999"])
def test_a_form_that_says_nobody_is_refused(service, boss, ids, seen):
    answer = boss.send(f"/centres/{ids['old']}/relocation", {"to": ids["new"], "seen": seen})
    assert answer.status_code == 422
    assert start(service, ids) == [ids["old"]]


NO_MOMENTS = ["", "i går", "2026-11-20T09:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]


@pytest.mark.parametrize("at", NO_MOMENTS)
def test_a_moment_that_is_none_is_refused(boss, ids, at):
    assert boss.send(f"/centres/{ids['old']}/relocation/undone", {"at": at}).status_code == 422
    page = boss.get(f"/centres/{ids['old']}?done=moved&stayed=1&at={quote(at)}")
    assert page.status_code == 422
    assert "<h1>Havnen</h1>" in page.text


@pytest.mark.parametrize("to", ["old", "nobody"])
def test_where_nobody_can_be_moved_is_a_page_that_says_so(boss, ids, to):
    answer = boss.get(f"/centres/{ids['old']}/relocation?to={ids.get(to, to)}")
    assert answer.status_code == 422
    assert "Choose a centre that stays open" in answer.text


def test_who_says_no_centre_is_led_to_where_one_is_chosen(boss, ids):
    led = boss.get(f"/centres/{ids['old']}/relocation")
    assert (led.status_code, led.headers["location"]) == (303, f"/centres/{ids['old']}#closing")
    assert boss.get("/centres/nobody/relocation").status_code == 404


def test_who_does_not_say_whose_work_citizens_are_is_not_offered_it(service, ids):
    for who in ("consultant", "operator"):
        assert "whole house" not in Reader(service, who).get(f"/centres/{ids['old']}").text
