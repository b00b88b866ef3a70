"""The national address service: what is asked, what is believed, and what it may do without harm."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import BaseAsyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import AsyncRateLimiter, RateLimiter

from geo import Address, AddressQuery, Grade, Owner, Point, Refused, parse_address
from geo.adressevaelger import Adressevaelger, SeveralHouses
from geo.guarded_adapter import LARGEST
from tests.geo.address_stub import (
    FOUND,
    HOUSE,
    NEAR_NAESTVED,
    OTHER_HOUSE,
    QUERY,
    Said,
    Stub,
    as_json,
    hit,
    house,
    says,
    search,
    serving,
)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as served:
        yield served


def asking(stub: Stub, **known: Any) -> Adressevaelger:
    said = {"domain": stub.domain, "scheme": "http", "proxies": {}, "timeout": 5.0, **known}
    return Adressevaelger("a-token", **said)


def test_a_house_is_searched_for_and_then_looked_up(stub: Stub):
    stub.answer = says(FOUND, house())
    found = asking(stub).geocode(QUERY)
    # of pyproj's own making, from the metres that the stub answers
    assert Point(found.latitude, found.longitude).distance_km(Point(55.2336, 11.7586)) < 0.2
    assert (found.address, found.raw["grade"]) == ("Grøndalvej 83, 4700 Næstved", Grade.A)
    searched, looked_up = (urlsplit(line.split()[1]) for line in stub.requests)
    assert searched.path == "/husnumre/soeg"
    assert parse_qs(searched.query) == {
        "tekst": ["Grøndalvej 83, 4700"],
        "maksimum": ["20"],
        "token": ["a-token"],
    }
    assert looked_up.path == f"/husnumre/{HOUSE}"
    assert parse_qs(looked_up.query) == {"token": ["a-token"]}


def test_by_geopys_convention_the_answer_is_a_list_unless_exactly_one_is_asked_for(stub: Stub):
    stub.answer = says(FOUND, house())
    (found,) = asking(stub).geocode(QUERY, exactly_one=False)
    assert found.address == "Grøndalvej 83, 4700 Næstved"


def test_the_point_may_be_written_as_a_geometry(stub: Stub):
    geometry = {"geometri": {"type": "Point", "coordinates": [*NEAR_NAESTVED]}}
    stub.answer = says(
        FOUND, as_json({"husnummer": {"adgangspunkt": geometry, "postnummer": {"postnr": 4700}}})
    )
    found = asking(stub).geocode(QUERY)
    assert Point(found.latitude, found.longitude).distance_km(Point(55.2336, 11.7586)) < 0.2


@pytest.mark.parametrize(
    ("titles", "grade"),
    [
        (["Grøndalvej 83, 4700 Næstved"], Grade.A),
        (["Grøndalsvej 83, 4700 Næstved"], Grade.B),
        (["Groendalvej 83, 4700 Næstved"], Grade.B),
        (["Grøndalvej 83, Rønnebæk, 4700 Næstved"], Grade.A),
        (["Grøndalvej 83A, 4700 Næstved", "Grøndalvej 83, 4700 Næstved"], Grade.A),
        (["Grøndalvej 83, 4690 Haslev", "Grøndalvej 83, 4700 Næstved"], Grade.A),
    ],
)
def test_of_what_is_found_only_the_house_that_agrees_is_taken(stub: Stub, titles: list[str], grade: Grade):
    ids = [OTHER_HOUSE] * (len(titles) - 1) + [HOUSE]
    stub.answer = says(search(*map(hit, titles, ids)), house())
    found = asking(stub).geocode(QUERY)
    assert (found.raw["id"], found.raw["grade"]) == (HOUSE, grade)


@pytest.mark.parametrize(
    "hits",
    [
        [],
        [hit("Grøndalvej", kind="vejnavn"), hit("Grøndalvej 4700 Næstved", kind="navngivenvejpostnummer")],
        [hit("Grøndalvej 81, 4700 Næstved"), hit("Grøndalvej 83B, 4700 Næstved")],
        [hit("Grøndalvej 83, 4690 Haslev")],
        [hit("Egegade 83, 4700 Næstved")],
        [hit("Grønlandsvej 83, 4700 Næstved")],
        [hit("83")],
    ],
    ids=[
        "nothing",
        "roads",
        "other numbers",
        "other district",
        "other street",
        "two letters off",
        "no address",
    ],
)
def test_a_house_that_does_not_agree_is_not_the_house(stub: Stub, hits: list[dict[str, str]]):
    stub.answer = says(search(*hits))
    assert asking(stub).geocode(QUERY) is None
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    "titles",
    [
        ("Grøndalvej 83, 4700 Næstved", "Grøndalvej 83, Rønnebæk, 4700 Næstved"),
        ("Grøndalsvej 83, 4700 Næstved", "Grøndelvej 83, 4700 Næstved"),
    ],
    ids=["twice in the district", "two streets a letter off"],
)
def test_of_several_houses_none_is_picked(stub: Stub, titles: tuple[str, str]):
    stub.answer = says(search(hit(titles[0]), hit(titles[1], OTHER_HOUSE)))
    with pytest.raises(SeveralHouses):
        asking(stub).geocode(QUERY)


def test_the_same_house_told_twice_is_one_house(stub: Stub):
    stub.answer = says(search(*[hit("Grøndalvej 83, 4700 Næstved")] * 2), house())
    assert asking(stub).geocode(QUERY).raw["id"] == HOUSE


DEEP = b"[" * 100_000
NOT_ITSELF = {
    "nothing": says(b""),
    "no JSON": says(b"<html>Vi er straks tilbage</html>"),
    "no text": says(b"\xff\xfe\x00"),
    "NaN": says(FOUND, b'{"husnummer": {"adgangspunkt": {"koordinater": {"x": NaN, "y": 1}}}}'),
    "too deep": says(DEEP),
    "a list": says(b"[]"),
    "a fault": says(as_json({"status": "fejl", "beskrivelse": "Ukendt token", "fund": []})),
    "no list": says(as_json({"status": "ok", "fund": {"id": HOUSE}})),
    "an id that leads elsewhere": says(search(hit("Grøndalvej 83, 4700 Næstved", "../../admin?x="))),
    "an empty house": says(FOUND, b"{}"),
    "no point": says(FOUND, as_json({"husnummer": {"postnummer": {"postnr": "4700"}}})),
    "half a point": says(FOUND, house(y=None)),
    "Null Island": says(FOUND, house(0, 0)),
    "Hamburg": says(FOUND, house(566_000, 5_934_000)),
    "degrees": says(FOUND, house(11.7586, 55.2336)),
    "swapped": says(FOUND, house(NEAR_NAESTVED[1], NEAR_NAESTVED[0])),
    "infinity in words": says(FOUND, house("inf", "inf")),
    "another district": says(FOUND, house(postcode="4690")),
}


@pytest.mark.parametrize("answer", NOT_ITSELF.values(), ids=NOT_ITSELF.keys())
def test_an_answer_that_cannot_be_believed_is_an_error_of_the_service(
    stub: Stub, answer: Callable[[str], Said]
):
    stub.answer = answer
    with pytest.raises(GeocoderParseError):
        asking(stub).geocode(QUERY)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says(Said(b"nej", 500)), GeocoderServiceError),
        (says(Said(b"nej", 503)), GeocoderTimedOut),
        (says(Said(b"nej", 400)), GeocoderQueryError),
        (says(FOUND, Said(b"", 404)), GeocoderServiceError),
        (says(Said(b" " * (LARGEST + 1))), GeocoderServiceError),
        (says(Said(b"", headers={"Content-Length": "100"})), GeocoderServiceError),
    ],
    ids=["500", "503", "400", "404 for a house that was just found", "a huge body", "a body cut short"],
)
def test_a_failure_is_one_of_geopys_errors(stub: Stub, answer: Callable[[str], Said], error: type[Exception]):
    stub.answer = answer
    with pytest.raises(error):
        asking(stub).geocode(QUERY)


def test_a_service_that_wants_less_says_when_to_come_again(stub: Stub):
    stub.answer = says(Said(b"", 429, {"Retry-After": "120"}))
    with pytest.raises(GeocoderRateLimited) as error:
        asking(stub).geocode(QUERY)
    assert error.value.retry_after == 120


def test_a_service_that_hangs_is_not_waited_for(stub: Stub):
    stub.answer = says(Said(FOUND, hangs=True))
    with pytest.raises(GeocoderTimedOut):
        asking(stub, timeout=0.05).geocode(QUERY)


def test_a_redirect_is_not_followed(stub: Stub):
    with serving(Stub()) as elsewhere:
        for target in (f"{elsewhere.url}/husnumre/soeg?tekst=a", "file:///etc/hostname"):
            stub.answer = says(Said(b"", 302, {"Location": target}))
            with pytest.raises(GeocoderServiceError):
                asking(stub).geocode(QUERY)
        assert elsewhere.requests == []
    assert len(stub.requests) == 2


def test_a_host_that_does_not_answer_is_unavailable(stub: Stub):
    with serving(Stub()) as gone:
        pass
    with pytest.raises(GeocoderUnavailable):
        asking(gone).geocode(QUERY)


def test_no_error_and_no_log_repeats_the_address_or_the_token(stub: Stub, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    told = []
    for answer in (*NOT_ITSELF.values(), says(Said(b"Gr\xc3\xb8ndalvej a-token", 500)), says(Said(b"", 302))):
        stub.answer = answer
        with pytest.raises(GeocoderServiceError) as error:
            asking(stub).geocode(QUERY)
        told.append(repr(error.value))
    said = f"{told} {caplog.text}"
    assert "a-token" not in said
    assert "ndalvej" not in said


class Waiting(BaseAsyncAdapter):
    """Answers as the stub does, when it is awaited."""

    answers: tuple[object, ...] = ()

    async def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> object:
        import json

        return json.loads(FOUND if "/soeg" in url else house())

    async def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        raise NotImplementedError


def test_it_works_asynchronously_and_under_geopys_rate_limiters(stub: Stub):
    stub.answer = says(FOUND, house())

    async def awaited() -> Any:
        async with Adressevaelger(adapter_factory=Waiting) as geocoder:
            limited = AsyncRateLimiter(geocoder.geocode, swallow_exceptions=False)
            return await geocoder.geocode(QUERY), await limited(QUERY)

    limited = RateLimiter(asking(stub).geocode, swallow_exceptions=False)
    assert {found.raw["id"] for found in (*asyncio.run(awaited()), limited(QUERY))} == {HOUSE}


def test_an_address_without_a_house_is_not_asked_for(stub: Stub):
    with pytest.raises(GeocoderQueryError):
        asking(stub).geocode(replace(QUERY, address=Address(postcode="4700")))
    assert stub.requests == []


def test_nobody_else_can_be_asked_for(stub: Stub):
    # only here: `geo` itself knows nothing of citizens
    from matching.citizens import Anchor, Citizen

    citizen = Citizen(id="c-1", anchors=(Anchor(Point(55.7093, 9.5357)),))
    geocoder = asking(stub)
    for other in (citizen, citizen.anchors[0], "Grøndalvej 83, 4700 Næstved", None, parse_address("A 1")):
        with pytest.raises(Refused, match="Only the address"):
            geocoder.geocode(other)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Only the address"):
        geocoder.geocode(AddressQuery("citizen", QUERY.address))  # type: ignore[arg-type]
    assert AddressQuery(Owner.CENTRE, QUERY.address).owner is Owner.CENTRE
    assert stub.requests == []
