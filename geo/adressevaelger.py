"""Adressevælger, the national address service, as a geopy geocoder: search for the house, then look it up.

Shapes after its public clients (https://confluence.sdfi.dk/x/coEYDg, https://confluence.sdfi.dk/x/g4EYDg): a
search answers ids and titles, a look-up the access point in ETRS89/UTM32. Nothing that comes back is taken
for the house that was asked for before number, street and postcode agree.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from ssl import SSLContext
from typing import Any
from urllib.parse import urlencode

from geopy.adapters import BaseAdapter
from geopy.exc import GeocoderParseError, GeocoderQueryError, GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geo.addresses import Address, parse_address
from geo.errors import Refused
from geo.geocoding import AddressQuery
from geo.guarded_adapter import GuardedAdapter
from geo.names import Grade, Names
from geo.questions import Question, question_of
from geo.utm32 import point_from_utm32

DOMAIN = "adressevaelger.dk"
MOST_HITS = 20
USER_AGENT = "municipal-address-lookup"
"""Says nothing of what the address is looked up for."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class SeveralHouses(GeopyError):  # type: ignore[misc]
    """More than one house answers to the address; none of them is picked."""


@dataclass(frozen=True, slots=True)
class _Hit:
    id: str
    title: str
    address: Address


class Adressevaelger(Geocoder):  # type: ignore[misc]
    """Places the address of a centre or an employer at its house.

    Works with synchronous and asynchronous adapters of geopy, and under its rate limiters.
    """

    def __init__(
        self,
        token: str = "",
        *,
        domain: str = DOMAIN,
        scheme: str | None = None,
        timeout: float = 2.0,
        proxies: Any = DEFAULT_SENTINEL,
        user_agent: str = USER_AGENT,
        ssl_context: SSLContext | Any = DEFAULT_SENTINEL,
        adapter_factory: type[BaseAdapter] = GuardedAdapter,
    ) -> None:
        """`timeout` is in seconds, for each of the two requests; the rest is as geopy has it."""
        super().__init__(
            scheme=scheme,
            timeout=timeout,
            proxies=proxies,
            user_agent=user_agent,
            ssl_context=ssl_context,
            adapter_factory=adapter_factory,
        )
        self.domain = domain.strip("/")
        self.token = token

    def geocode(
        self, query: AddressQuery, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Any:
        """The house as a `Location` (in a list unless `exactly_one`), None when it is not known.

        `raw` holds what was answered and the `grade` of the match. With an asynchronous adapter, an awaitable
        of it. Raises `Refused` for anything but the address of a centre or an employer, `SeveralHouses`, and
        geopy's own errors.
        """
        asked = question_of(query)
        if asked is None:
            raise GeocoderQueryError("The address names no house.")
        found = partial(self._look_up, asked, exactly_one, timeout)
        url = self._url("husnumre/soeg", {"tekst": asked.text, "maksimum": MOST_HITS})
        return self._call_geocoder(url, found, timeout=timeout)

    def _look_up(self, asked: Question, exactly_one: bool, timeout: Any, answer: object) -> Any:
        hits = _agreeing(asked, _hits(answer))
        if not hits:
            return None
        if len(hits) > 1:
            raise SeveralHouses(", ".join(hit.title for hit, _ in hits))
        ((hit, grade),) = hits
        found = partial(_location, asked, hit, grade, exactly_one)
        return self._call_geocoder(self._url(f"husnumre/{hit.id}", {}), found, timeout=timeout)

    def _url(self, path: str, parameters: Mapping[str, object]) -> str:
        sent = {**parameters, "token": self.token} if self.token else parameters
        return "?".join(filter(None, (f"{self.scheme}://{self.domain}/{path}", urlencode(sent))))


def _hits(answer: object) -> Iterable[_Hit]:
    """The houses among what was found, each once; roads and the like are no houses."""
    found = _part(answer, "fund")
    if _part(answer, "status") != "ok" or not isinstance(found, list):
        raise GeocoderParseError("The search has no result.")
    hits = {}
    for one in found:
        id_, title = _part(one, "id"), _part(one, "titel")
        if _part(one, "type") == "husnummer" and isinstance(id_, str) and isinstance(title, str):
            if not _ID.fullmatch(id_):
                raise GeocoderParseError("A house has no id.")
            hits[id_] = _Hit(id_, title[:200], parse_address(title[:200]))
    return hits.values()


def _agreeing(asked: Question, hits: Iterable[_Hit]) -> list[tuple[_Hit, Grade]]:
    """Those of the right number and postcode whose street is the one meant, by the grade of its name."""
    here = [
        hit
        for hit in hits
        if hit.address.house_number == asked.number and hit.address.postcode == asked.postcode
    ]
    match = Names(here, lambda hit: hit.address.street).match(asked.street)
    # one house two letters off is another house; several one letter off are several
    if match is None or (match.row and match.grade is Grade.C):
        return []
    return [(hit, match.grade) for hit in match.candidates]


def _location(asked: Question, hit: _Hit, grade: Grade, exactly_one: bool, answer: object) -> Any:
    house = _part(answer, "husnummer")
    postcode = _part(house, "postnummer", "postnr")
    if str(postcode).zfill(4) != asked.postcode:
        raise GeocoderParseError("The house is in another postal district.")
    try:
        point = point_from_utm32(*_metres(_part(house, "adgangspunkt")))
    except Refused:
        raise GeocoderParseError("The house has no place in Denmark.") from None
    raw = {"id": hit.id, "husnummer": house, "grade": grade}
    location = Location(hit.title, (point.lat, point.lon), raw)
    return location if exactly_one else [location]


def _metres(access_point: object) -> tuple[Any, Any]:
    written = _part(access_point, "koordinater")
    if isinstance(written, dict):
        return written.get("x"), written.get("y")
    drawn = _part(access_point, "geometri", "coordinates")
    if isinstance(drawn, list) and len(drawn) >= 2:
        return drawn[0], drawn[1]
    return None, None


def _part(answer: object, *path: str) -> object:
    """What stands at a path of keys, None where there is nothing of that shape."""
    for key in path:
        answer = answer.get(key) if isinstance(answer, dict) else None
    return answer
