"""A list that was taken in by mistake, taken back through the pages."""

from datetime import UTC, datetime, timedelta

import pytest

from api.access import tokens
from api.casework import taking_lists_back as desk
from api.domain.imports import LONGEST
from api.exchange import taking_lists_back as behind
from api.store import audit, employers
from tests.api.pages.conftest import Reader
from tests.api.pages.test_imports import CENTRES, GOOD, HEADER, Lists, csv, stored, tally

SECOND = "Eksempel To;99003626;1999000484;;4700"
OFFER = "Take the list back"


@pytest.fixture
def lists(reader):
    return Lists(reader)


@pytest.fixture
def address(lists):
    """A list of two employers that is taken in."""
    return taken_in(lists, csv(HEADER, GOOD, SECOND))


def taken_in(lists, data, **form):
    address = lists.sent(data, **form)
    lists.looked(address)
    lists.taken_in(address)
    return address


def pressed(lists, address):
    """The page of the list after the press, and when that is done."""
    answer = lists.reader.send(f"{address}/taken-back", {})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    lists.settled()
    return lists.reader.get(address).text


def contacted(service, name):
    with service.store.unit(read_only=True) as unit:
        firm = next(one for one in employers.all_of(unit, "0370") if one.name == name)
    service.made("consultant", f"employers/{firm.id}/contacts", {"kind": "call"})
    return firm.id


def test_a_list_is_looked_at_before_it_is_taken_back_and_its_page_says_what_came_of_it(
    service, lists, reader, address
):
    assert f'href="{address}/take-back">{OFFER}</a>' in reader.get(address).text
    page = reader.get(f"{address}/take-back")
    assert tally(page) == [2, 0, 0]
    assert stored(service) == {"Eksempel Et", "Eksempel To"}
    told = pressed(lists, address)
    assert "virksomheder.csv is taken back</h1>" in told
    assert "2 records were removed." in told
    assert OFFER not in told
    assert "taken back" in reader.get("/imports").text
    assert stored(service) == set()


def test_what_was_used_since_stays_and_is_led_to_before_and_after(service, lists, reader, address):
    firm = contacted(service, "Eksempel To")
    link = f'<li data-row><a href="/employers/{firm}">Eksempel To</a></li>'
    page = reader.get(f"{address}/take-back")
    assert tally(page) == [1, 0, 1]
    told = pressed(lists, address)
    for text in (page.text, told):
        assert "1 was contacted or spoken about since, or has a day set aside" in text
        assert link in text
    assert "1 record was removed, 1 stays as it is." in told
    assert stored(service) == {"Eksempel To"}


def test_where_everything_was_used_since_nothing_is_pressed(service, lists, reader, address):
    for name in ("Eksempel Et", "Eksempel To"):
        contacted(service, name)
    page = reader.get(f"{address}/take-back").text
    assert "Nothing is left to take back" in page
    assert f'action="{address}/taken-back"' not in page
    told = pressed(lists, address)
    assert "The list was not taken back." in told
    assert "Everything that came with the list was used or changed since." in told
    assert stored(service) == {"Eksempel Et", "Eksempel To"}


def test_whoever_presses_twice_is_shown_what_came_of_it(service, lists, reader, address):
    first = pressed(lists, address)
    assert pressed(lists, address) == first
    assert reader.get(f"{address}/take-back").headers["location"] == address
    taken_in(lists, csv(HEADER, GOOD))
    pressed(lists, address)
    assert stored(service) == {"Eksempel Et"}


def test_a_colleague_is_told_who_took_a_list_back(service, lists, address):
    pressed(Lists(Reader(service, "colleague")), address)
    assert " by colleague." in pressed(lists, address)


def test_anothers_list_is_not_taken_back(service, lists, address):
    boss = Lists(Reader(service, "coordinator"))
    of_centres = taken_in(boss, CENTRES.encode(), kind="centres")
    for who, path in (("away", address), ("consultant", of_centres)):
        other = Reader(service, who)
        assert other.get(f"{path}/take-back").status_code == 404
        assert other.send(f"{path}/taken-back", {}).status_code == 404
    for path in ("take-back", "taken-back"):
        method = "GET" if path == "take-back" else "POST"
        assert Reader(service, "caseworker")._ask(method, f"{address}/{path}", {}).status_code == 403
    assert stored(service) == {"Eksempel Et", "Eksempel To"}


def test_on_a_later_day_a_list_is_not_offered_to_be_taken_back(service, lists, reader, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    address = taken_in(lists, csv(HEADER, GOOD))
    time_machine.shift(timedelta(days=1))
    page = reader.get(address).text
    assert OFFER not in page
    assert "on the working day on which it was taken in" in page
    assert reader.get(f"{address}/take-back").headers["location"] == address
    pressed(lists, address)
    assert stored(service) == {"Eksempel Et"}


def begun(service, address):
    """The state in which a list is while it is being taken back."""
    with service.store.unit() as unit:
        caller = tokens.resolve(unit, service.tokens["consultant"])
        assert desk.begin(unit, caller, address.rpartition("/")[2])
        unit.commit()


def test_whoever_waits_is_told_and_nobody_begins_a_second_time(service, lists, reader, address):
    begun(service, address)
    page = reader.get(address)
    assert "The list is being taken back." in page.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert f'hx-get="{address}" hx-trigger="every 1s"' in page.text
    assert "The list is being taken back." in pressed(lists, address)
    assert stored(service) == {"Eksempel Et", "Eksempel To"}


def test_what_was_broken_off_can_be_begun_again(service, lists, reader, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    address = taken_in(lists, csv(HEADER, GOOD))
    begun(service, address)
    time_machine.shift(LONGEST + timedelta(seconds=1))
    assert OFFER in reader.get(address).text
    assert "1 record was removed" in pressed(lists, address)
    assert stored(service) == set()


def test_a_fault_of_ours_takes_nothing_back_and_can_be_tried_again(
    service, lists, address, monkeypatch, caplog
):
    def broken(*_args):
        raise RuntimeError("Eksempel Et")

    with monkeypatch.context() as patched:
        patched.setattr(behind, "take_back", broken)
        told = pressed(lists, address)
    assert "RuntimeError at" in caplog.text
    assert "Eksempel" not in caplog.text
    assert "The service failed on this list. Nothing was taken back. Try again." in told
    assert stored(service) == {"Eksempel Et", "Eksempel To"}
    assert "2 records were removed" in pressed(lists, address)


def test_citizens_that_stay_are_named_as_in_lists_and_each_look_is_written_down(service):
    boss = Lists(Reader(service, "coordinator"))
    service.made("coordinator", "centres", {"name": "Havnen"})
    rows = "Borger;Værested\r\nAnna Holm;Havnen\r\nBo Dam;Havnen\r\n"
    address = taken_in(boss, rows.encode(), kind="citizens")
    found = service.ask("coordinator", "GET", "/api/v1/citizens").json()["items"]
    first = next(one["id"] for one in found if one["initials"] == "A.H.")
    asked = {"user_id": service.user_ids["consultant"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{first}/assignments", asked)
    page = boss.reader.get(f"{address}/take-back").text
    told = pressed(boss, address)
    for text in (page, told):
        assert "1 citizen has been worked with since" in text
        assert f'<a href="/citizens/{first}">A.H.</a>' in text
        assert "Anna" not in text
    assert "1 record was removed" in told
    with service.store.unit(read_only=True) as unit:
        log = [row.action for row in audit.entries(unit, "0370") if row.citizen_id == first]
    # before, and each time the page of the list is shown
    assert log.count("citizen_listed") == 3
