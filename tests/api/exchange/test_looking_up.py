"""A list of employers with bare addresses: looked up in one go, and never stopped by a service that fails."""

from collections.abc import Iterator

import pytest

from api.casework import employers as desk
from api.casework.addresses import Addresses
from api.casework.places import Mark
from api.config import Settings
from api.exchange.importing import Asked, File, LookingUp, import_employers
from api.store import employers
from geo import Point, Precision
from tests.geo.address_stub import Said, Stub, as_json, house, known_everywhere, says, serving

HEADER = ["Navn", "CVR-nr", "P-nr", "Vej", "Husnr", "Postnr", "By"]


@pytest.fixture
def settings(one_settings):
    """One database is enough: what differs between the two is tested below the store."""
    return one_settings


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as served:
        yield served


@pytest.fixture
def take_in(store, naestved, csv_file):
    """Imports some employers, one in each house of a street, and answers what is kept of them."""

    def imported(stub, rows=3, asked=None, seconds=60.0, address_seconds=5.0):
        listed = [
            [f"Eksempel {n}", "99003626", 1_999_000_000 + n, "Torvet", n, "4700", "Næstved"]
            for n in range(1, rows + 1)
        ]
        set_to = Settings(address_service=stub.url, address_seconds=address_seconds, addresses_per_second=100)
        done = import_employers(
            store,
            naestved,
            File(data=csv_file([HEADER, *listed]), name="liste.csv"),
            asked or Asked(),
            LookingUp(addresses=Addresses.of(set_to), seconds=seconds),
        )
        with store.unit(read_only=True) as unit:
            return done, [one.place for one in employers.all_of(unit, "0370")]

    return imported


def notes(done) -> list[str]:
    return [note.said() for note in done.reading.notes]


def test_bare_addresses_are_placed_at_their_houses(take_in, stub):
    done, places = take_in(stub)
    assert done.counts.added == 3
    assert [(place.precision, place.source) for place in places] == [(Precision.ADDRESS, "Adressevælger")] * 3
    assert all(place.dated for place in places)
    assert sorted(stub.searched) == ["Torvet 1, 4700", "Torvet 2, 4700", "Torvet 3, 4700"]


def test_the_same_list_again_asks_nobody_and_changes_nothing(take_in, stub):
    _, before = take_in(stub)
    stub.requests.clear()
    again, after = take_in(stub)
    assert (again.counts.unchanged, after, stub.requests) == (3, before, [])


FAILING = {
    "500": says(Said(b"", 500)),
    "429": says(Said(b"", 429, {"Retry-After": "60"})),
    "garbage": says(b"<html>"),
    "nothing": says(b""),
    "a redirect": says(Said(b"", 302, {"Location": "http://127.0.0.1:9/"})),
    "outside Denmark": lambda path: known_everywhere(path) if "/soeg" in path else Said(house(0, 0)),
    "a fault": says(as_json({"status": "fejl", "fund": []})),
}


@pytest.mark.parametrize("answer", FAILING.values(), ids=FAILING.keys())
def test_a_service_that_fails_leaves_the_import_to_the_gazetteer_and_the_rows_say_so(take_in, stub, answer):
    stub.answer = answer
    done, places = take_in(stub, rows=8)
    assert (done.stored, done.counts.added) == (True, 8)
    assert {(place.precision, place.source) for place in places} == {(Precision.POSTAL_DISTRICT, "GeoNames")}
    unanswered = [note for note in notes(done) if "The address service did not answer for Torvet" in note]
    assert len(unanswered) == 8
    assert len(stub.requests) <= 6


def test_a_service_that_hangs_is_given_up_after_a_few_rows(take_in, stub):
    stub.answer = says(Said(hangs=True))
    done, _ = take_in(stub, rows=50, address_seconds=0.1)
    assert (done.counts.added, len(stub.requests)) == (50, 3)


def test_a_service_that_is_not_there_stops_nothing(take_in):
    with serving(Stub()) as gone:
        pass
    assert take_in(gone)[0].counts.added == 3


def test_what_there_is_no_time_for_is_said_and_left_for_later(take_in, stub):
    done, _ = take_in(stub, seconds=0)
    assert (done.counts.added, stub.requests) == (3, [])
    assert sum("There was no time left" in note for note in notes(done)) == 3
    later, places = take_in(stub)
    assert later.counts.changed == 3
    assert {place.precision for place in places} == {Precision.ADDRESS}


def test_houses_that_are_not_known_are_said_and_not_asked_for_again(take_in, stub):
    stub.answer = says(as_json({"status": "ok", "fund": []}))
    assert sum("does not know" in note for note in notes(take_in(stub)[0])) == 3
    stub.requests.clear()
    assert sum("does not know" in note for note in notes(take_in(stub)[0])) == 3
    assert stub.requests == []


def test_a_dry_run_asks_nobody_but_goes_by_what_was_answered(take_in, stub):
    dry = Asked(dry_run=True)
    done, places = take_in(stub, asked=dry)
    assert (done.counts.added, places, stub.requests) == (3, [], [])
    take_in(stub)
    stub.requests.clear()
    done, _ = take_in(stub, asked=dry)
    assert (done.counts.unchanged, stub.requests) == (3, [])


def test_what_was_answered_is_remembered_even_when_the_list_is_refused(store, naestved, csv_file, stub):
    rows = [["Eksempel 1", "99003626", 1_999_000_001, "Torvet", 1, "4700", "Næstved"]]
    bad = ["Eksempel 2", "99003627", 1_999_000_002, "Torvet", 2, "4700", "Næstved"]
    looking_up = LookingUp(addresses=Addresses.of(Settings(address_service=stub.url)), seconds=60)
    for listed in ([*rows, bad], rows):
        file = File(data=csv_file([HEADER, *listed]), name="liste.csv")
        done = import_employers(store, naestved, file, Asked(), looking_up)
    assert done.counts.added == 1
    assert stub.searched == ["Torvet 1, 4700"]


def test_a_list_does_not_move_what_somebody_has_marked(store, naestved, take_in, stub):
    take_in(stub, rows=1, seconds=0)
    mark = Mark(point=Point(55.25, 11.8), precision=Precision.STREET)
    with store.unit() as unit:
        (employer,) = employers.all_of(unit, "0370")
        marked = desk.mark_by_hand(unit, naestved, employer.id, mark, None)
        unit.commit()
    done, (place,) = take_in(stub, rows=1)
    assert (done.counts.unchanged, place) == (1, marked.place)
