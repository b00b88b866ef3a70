"""From a colleague's page everything that the colleague has is handed over, and put back."""

import re

import pytest

from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import world

__all__ = ["world"]


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


@pytest.fixture
def address(service):
    return f"/colleagues/{service.user_ids['consultant']}"


def test_what_a_colleague_has_stands_on_the_page_and_goes_over_by_one_press(service, boss, address, world):
    page = boss.get(address).text
    assert re.findall(r'name="(?:citizen|order)" value="(\w+)" checked> ([^<]+)<', page) == [
        *sorted([(world["anna"], "A.H."), (world["bent"], "B.H.")]),
        (world["order"], "Luge bede"),
    ]
    assert "Anna" not in page
    to = service.user_ids["colleague"]
    form = {"to": to, "citizen": [world["anna"], world["bent"]], "order": [world["order"]]}
    answer = boss.send(f"{address}/handed-over", form)
    assert answer.status_code == 303
    after = boss.get(answer.headers["location"].partition("#")[0]).text
    assert "It is handed over" in after
    assert 'id="h-work"' not in after
    assert "A.H." in boss.get(f"/colleagues/{to}").text
    at = re.search(r'name="at" value="([^"]+)"', after)[1]
    back = boss.send(f"{address}/handed-over/undone", {"at": at})
    assert back.status_code == 303
    assert "A.H." in boss.get(address).text


def test_what_is_sent_twice_is_done_once_and_can_be_undone_from_the_second_answer(
    service, boss, address, world
):
    form = {"to": service.user_ids["colleague"], "citizen": [world["anna"]], "order": [world["order"]]}
    boss.send(f"{address}/handed-over", form)
    again = boss.send(f"{address}/handed-over", form)
    page = boss.get(again.headers["location"].partition("#")[0]).text
    assert "It was handed over before you pressed" in page
    at = re.search(r'name="at" value="([^"]+)"', page)[1]
    answers = [boss.send(f"{address}/handed-over/undone", {"at": at}) for _ in range(2)]
    told = [boss.get(one.headers["location"].partition("#")[0]).text for one in answers]
    assert "It is put back." in told[0]
    assert "It is put back already." in told[1]
    assert 'name="at"' not in told[1]


def test_what_had_gone_to_somebody_else_meanwhile_is_counted_when_the_rest_is_handed_over(
    service, boss, address, world
):
    to = service.user_ids["colleague"]
    boss.send(f"{address}/handed-over", {"to": to, "citizen": [world["anna"]]})
    form = {"to": to, "citizen": [world["anna"], world["bent"]]}
    answer = boss.send(f"{address}/handed-over", form)
    page = boss.get(answer.headers["location"].partition("#")[0]).text
    assert "1 of what was ticked was somebody else's by then and stays there." in page


def test_with_nothing_ticked_that_is_said_on_the_page(service, boss, address, world):
    answer = boss.send(f"{address}/handed-over", {"to": service.user_ids["colleague"]})
    assert answer.status_code == 422
    assert "Nothing is ticked." in answer.text


def test_everything_goes_over_whatever_is_ticked_and_a_short_desk_needs_no_button_for_it(
    service, boss, address, world
):
    assert 'name="everything"' not in boss.get(address).text
    form = {"to": service.user_ids["colleague"], "citizen": [world["anna"]], "everything": "yes"}
    assert boss.send(f"{address}/handed-over", form).status_code == 303
    assert 'id="h-work"' not in boss.get(address).text


def test_without_a_colleague_nothing_is_handed_over(service, boss, address, world):
    answer = boss.send(f"{address}/handed-over", {"citizen": [world["anna"]]})
    assert answer.status_code == 422
    assert "Nobody is chosen." in answer.text
    assert "A.H." in answer.text


def test_the_day_counts_who_has_nobody_in_the_place_of_a_colleague_who_is_shut_out(
    service, boss, address, world
):
    seen = re.search(r'name="seen" value="(\d+)"', boss.get(address).text)[1]
    assert boss.send(f"{address}/disabled", {"seen": seen}).status_code == 303
    today = " ".join(boss.get("/today").text.split())
    assert "consultant is shut out, and 2 citizens have got nobody in their place" in today
    assert f'href="{address}#work"' in today
    form = {"to": service.user_ids["colleague"], "citizen": [world["anna"], world["bent"]]}
    boss.send(f"{address}/handed-over", form)
    assert "have got nobody in their place" not in boss.get("/today").text


def test_what_a_leaver_has_promised_employers_stands_on_the_page_with_its_day(service, boss, address, world):
    said = {"kind": "call", "about": "new_work", "on": "2026-11-02", "follow_up_on": "2026-11-09"}
    path = f"/api/v1/employers/{world['employer']}/contacts"
    made = service.ask("consultant", "POST", path, said)
    assert made.status_code == 201, made.text
    promised = boss.get(address).text.partition("Promised to come back to")[2]
    assert "<li>09-11-2026: " in promised
    others = boss.get(f"/colleagues/{service.user_ids['colleague']}").text
    assert "Promised to come back to" not in others
