"""Saving an employer or a centre: its house is asked for before anything is written."""

from collections.abc import Iterator

import pytest

from api.app import create_app
from api.casework.addresses import Addresses
from api.config import Settings
from tests.api.service import Service
from tests.geo.address_stub import Said, Stub, known_everywhere, says, serving

EMPLOYERS, CENTRES = "/api/v1/employers", "/api/v1/centres"
PLACE = {"street": "Torvet", "house_number": "1", "postcode": "4700", "town": "Næstved"}


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as served:
        yield served


@pytest.fixture
def asking(service: Service, stub: Stub) -> Service:
    """The service with an address service set."""
    set_to = Settings(address_service=stub.url, address_seconds=5, addresses_per_second=100)
    service.client.app.state.addresses = Addresses.of(set_to)
    return service


def test_a_new_employer_and_a_new_centre_stand_at_their_house(asking, stub):
    employer = asking.made("consultant", "employers", {"name": "Eksempel", "place": PLACE})
    centre = asking.made("coordinator", "centres", {"name": "Eksempel", "place": PLACE})
    for made in (employer, centre):
        assert (made["place"]["precision"], made["place"]["source"]) == ("address", "Adressevælger")
        assert made["place"]["dated"]
    assert stub.searched == ["Torvet 1, 4700"]


def test_a_service_that_fails_leaves_the_address_to_the_gazetteer(asking, stub):
    stub.answer = says(Said(b"", 500))
    made = asking.made("consultant", "employers", {"name": "Eksempel", "place": PLACE})
    assert (made["place"]["precision"], made["place"]["source"]) == ("postal_district", "GeoNames")


def test_supported_housing_is_not_asked_for(asking, stub):
    asking.made("coordinator", "centres", {"name": "Bo", "kind": "supported_housing", "place": PLACE})
    assert stub.requests == []


def test_a_point_that_is_sent_is_taken_and_nobody_asked(asking, stub):
    sent = {**PLACE, "lat": 55.23, "lon": 11.76}
    made = asking.made("consultant", "employers", {"name": "Eksempel", "place": sent})
    assert (made["place"]["lat"], made["place"]["source"], stub.requests) == (55.23, "given", [])


def test_only_an_address_that_changes_is_asked_for(asking, stub):
    made = asking.made("consultant", "employers", {"name": "Eksempel", "place": PLACE})
    stub.requests.clear()
    where = f"{EMPLOYERS}/{made['id']}"
    named = asking.ask("consultant", "PATCH", where, {"name": "Ny"}, If_Match='"1"').json()
    assert (named["place"], stub.requests) == (made["place"], [])
    moved = asking.ask("consultant", "PATCH", where, {"place": {"house_number": "2"}}, If_Match='"2"').json()
    assert (moved["place"]["house_number"], moved["place"]["precision"]) == ("2", "address")
    assert stub.searched == ["Torvet 2, 4700"]
    centre = asking.made("coordinator", "centres", {"name": "Eksempel", "place": PLACE})
    patch = {"place": {"house_number": "3"}}
    asking.ask("coordinator", "PATCH", f"{CENTRES}/{centre['id']}", patch, If_Match='"1"')
    assert stub.searched[-1] == "Torvet 3, 4700"


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("analyst", 403), ("away", 404)], ids=["stranger", "analyst", "foreign"]
)
def test_who_may_not_save_has_nothing_looked_up(asking, stub, who, status):
    made = asking.made("consultant", "employers", {"name": "Eksempel"})
    change = {"place": PLACE}
    answer = asking.ask(who, "PATCH", f"{EMPLOYERS}/{made['id']}", change, If_Match='"1"')
    assert (answer.status_code, stub.requests) == (status, [])


def test_what_is_wrong_is_said_once_and_not_looked_up(asking, stub):
    answer = asking.ask("consultant", "POST", EMPLOYERS, {"cvr": "1", "place": PLACE})
    assert [error["field"] for error in answer.json()["errors"]] == ["name", "cvr"]
    assert stub.requests == []


def test_while_the_service_is_asked_everybody_else_can_write(asking, stub):
    """The stand-in writes to the same database before it answers; an open unit would be in its way."""
    written = []

    def writes(path: str) -> Said:
        with asking.store.unit() as unit:
            unit.commit()
            written.append(path)
        return known_everywhere(path)

    stub.answer = writes
    made = asking.made("consultant", "employers", {"name": "Eksempel", "place": PLACE})
    patch = {"place": {"house_number": "2"}}
    asking.ask("consultant", "PATCH", f"{EMPLOYERS}/{made['id']}", patch, If_Match='"1"')
    assert len(written) == 4


def test_an_application_asks_nobody_unless_it_is_set_to():
    assert not create_app(Settings()).state.addresses.asks
    assert create_app(Settings(address_service="https://adressevaelger.dk")).state.addresses.asks
