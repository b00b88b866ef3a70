"""Asking an address service at a bearable pace, and placing addresses by what it answered.

The two are apart: answers are fetched in a batch, before anything waits for them, and placing is then pure. A
service that is slow or dead is an answer like any other: the gazetteer places the address, and says so.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from time import monotonic
from typing import Any, Protocol

from geopy.exc import GeocoderRateLimited, GeopyError
from geopy.extra.rate_limiter import RateLimiter

from geo.adressevaelger import SeveralHouses
from geo.circuit import Circuit
from geo.errors import N_
from geo.geocoding import AddressQuery, Geocoded, OfflineGeocoder, Places, Unplaced
from geo.names import Grade, Note
from geo.point import Point, Precision
from geo.questions import Question, question_of

SOURCE = "Adressevælger"

log = logging.getLogger(__name__)


class Finding(StrEnum):
    """What the service knows of a house."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    SEVERAL = "several"


class Silence(StrEnum):
    """Why there is no answer: the service failed or is being left alone, or the time was up."""

    NO_ANSWER = "no_answer"
    NO_TIME = "no_time"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the service said of a house, and on which day; only a house that was found has a point."""

    finding: Finding
    on: date
    point: Point | None = None
    matched: str = ""
    grade: Grade = Grade.A


Answers = Mapping[Question, Answer | Silence]


class GeopyGeocoder(Protocol):
    """What is asked of a geopy geocoder here."""

    def geocode(self, query: AddressQuery) -> Any:
        """A `geopy.Location` or None."""


class AddressService:
    """A geocoder that is asked no faster than agreed, and left alone while it fails. Shared by threads."""

    def __init__(
        self, geocoder: GeopyGeocoder, *, min_delay_seconds: float = 0.2, circuit: Circuit | None = None
    ) -> None:
        """`min_delay_seconds` lie between the beginnings of two look-ups."""
        self._ask = RateLimiter(
            geocoder.geocode,
            min_delay_seconds=min_delay_seconds,
            error_wait_seconds=min_delay_seconds,
            # what failed is asked again another time; an import does not wait for it
            max_retries=0,
            swallow_exceptions=False,
        )
        self._circuit = circuit or Circuit()

    @property
    def paused(self) -> bool:
        """Whether the service is being left alone."""
        return self._circuit.paused

    def ask(self, query: AddressQuery, on: date) -> Answer | Silence:
        """What the service says today, `on`; raises `Refused` for what must not be asked for."""
        if question_of(query) is None:
            return Answer(finding=Finding.NOT_FOUND, on=on)
        if self.paused:
            return Silence.NO_ANSWER
        try:
            found = self._ask(query)
        except SeveralHouses:
            self._circuit.succeeded()
            return Answer(finding=Finding.SEVERAL, on=on)
        except GeocoderRateLimited as error:
            return self._failed(error, error.retry_after)
        except GeopyError as error:
            return self._failed(error, None)
        self._circuit.succeeded()
        return _answer(found, on)

    def _failed(self, error: GeopyError, wait_seconds: float | None) -> Silence:
        self._circuit.failed(wait_seconds)
        log.warning("The address service did not answer: %s", type(error).__name__)
        return Silence.NO_ANSWER


def ask_all(
    service: AddressService,
    queries: Iterable[AddressQuery],
    on: date,
    seconds: float | None = None,
    clock: Callable[[], float] = monotonic,
) -> Iterator[tuple[Question, Answer | Silence]]:
    """Ask for each house once, in order, for about `seconds` at most (None: as long as it takes)."""
    houses = {asked: query for query in queries if (asked := question_of(query))}
    began = clock()
    for asked, query in houses.items():
        in_time = seconds is None or clock() - began < seconds
        yield asked, service.ask(query, on) if in_time else Silence.NO_TIME


class AnsweredGeocoder:
    """Places addresses by answers that are there already, else by the gazetteer. Asks nobody."""

    def __init__(self, answers: Answers, otherwise: Places | None = None) -> None:
        """`otherwise` places what the answers do not; the offline geocoder unless given."""
        self.answers = answers
        self.otherwise = otherwise or OfflineGeocoder()

    def geocode(self, query: AddressQuery) -> Geocoded | Unplaced:
        """The house where it was found, else what the gazetteer knows, with a note that the house was not."""
        asked = question_of(query)
        answer = self.answers.get(asked) if asked else None
        known = self.otherwise.geocode(query)
        if asked is None or answer is None or _is_at_house(known):
            return known
        if isinstance(answer, Answer) and answer.point:
            grade = answer.grade if asked.exact else max(answer.grade, Grade.B)
            return Geocoded(answer.point, Precision.ADDRESS, grade, answer.matched, SOURCE, answer.on)
        return _with(known, Note.of(_SAID[_kind(answer)], address=asked.text))


_SAID = {
    Finding.NOT_FOUND: N_("The address service does not know {address}."),
    Finding.SEVERAL: N_("The address service knows several houses {address}."),
    Silence.NO_ANSWER: N_("The address service did not answer for {address}."),
    Silence.NO_TIME: N_("There was no time left to ask the address service for {address}."),
}


def _kind(answer: Answer | Silence) -> Finding | Silence:
    return answer.finding if isinstance(answer, Answer) else answer


def _is_at_house(known: Geocoded | Unplaced) -> bool:
    return isinstance(known, Geocoded) and known.precision is Precision.ADDRESS


def _with(known: Geocoded | Unplaced, note: Note) -> Geocoded | Unplaced:
    if isinstance(known, Geocoded):
        return replace(known, notes=(*known.notes, note))
    return replace(known, tried=(*known.tried, note))


def _answer(found: Any, on: date) -> Answer:
    if found is None:
        return Answer(finding=Finding.NOT_FOUND, on=on)
    point = Point(found.latitude, found.longitude)
    return Answer(finding=Finding.FOUND, on=on, point=point, matched=found.address, grade=found.raw["grade"])
