"""Asking at a bearable pace, leaving a failing service alone, and placing by what was answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from geopy.exc import GeocoderRateLimited, GeocoderTimedOut
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from geo import (
    AddressQuery,
    AddressTable,
    Geocoded,
    Grade,
    OfflineGeocoder,
    Owner,
    Point,
    Precision,
    Refused,
    Source,
    Unplaced,
    parse_address,
)
from geo.address_service import AddressService, Answer, AnsweredGeocoder, Finding, Silence, ask_all
from geo.adressevaelger import SeveralHouses
from geo.circuit import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Circuit
from geo.questions import Question, question_of
from tests.geo.address_stub import QUERY

TODAY = date(2026, 11, 22)
HOUSE = Question("Grøndalvej", "83", "4700")
POINT = Point(55.2336, 11.7586)
FOUND = Answer(finding=Finding.FOUND, on=TODAY, point=POINT, matched="Grøndalvej 83, 4700 Næstved")
UNKNOWN = Answer(finding=Finding.NOT_FOUND, on=TODAY)
LOCATION = Location(FOUND.matched, (POINT.lat, POINT.lon), {"grade": Grade.A})


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Scripted:
    """A geocoder that answers, or fails, as it is told; it counts how often it was asked."""

    answers: Iterator[object]
    asked: list[AddressQuery] = field(default_factory=list)

    def geocode(self, query: AddressQuery) -> Any:
        self.asked.append(query)
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


def service(*answers: object, clock: Clock | None = None) -> tuple[AddressService, Scripted]:
    geocoder = Scripted(iter(answers))
    return AddressService(geocoder, min_delay_seconds=0, circuit=Circuit(clock or Clock())), geocoder


def houses(count: int) -> list[AddressQuery]:
    return [AddressQuery.line(Owner.EMPLOYER, f"Grøndalvej {n}, 4700 Næstved") for n in range(1, count + 1)]


def test_what_is_found_comes_with_its_point_and_its_day():
    asked, _ = service(LOCATION)
    assert asked.ask(QUERY, TODAY) == FOUND


def test_a_house_that_is_not_known_or_not_clear_is_an_answer_too():
    asked, _ = service(None, SeveralHouses("two"))
    assert asked.ask(QUERY, TODAY) == UNKNOWN
    assert asked.ask(QUERY, TODAY) == Answer(finding=Finding.SEVERAL, on=TODAY)


def test_what_fails_is_silence_and_never_an_error():
    asked, _ = service(GeocoderTimedOut(), GeocoderRateLimited("", retry_after=None))
    assert {asked.ask(QUERY, TODAY), asked.ask(QUERY, TODAY)} == {Silence.NO_ANSWER}


def test_after_three_failures_in_a_row_the_service_is_left_alone_for_a_while():
    clock = Clock()
    asked, geocoder = service(*[GeocoderTimedOut()] * 3, LOCATION, clock=clock)
    assert [asked.ask(QUERY, TODAY) for _ in range(10)] == [Silence.NO_ANSWER] * 10
    assert (len(geocoder.asked), asked.paused) == (3, True)
    clock.now += FIRST_PAUSE_SECONDS
    assert asked.ask(QUERY, TODAY) == FOUND
    assert not asked.paused


def test_failures_with_an_answer_between_them_pause_nothing():
    asked, _ = service(*[GeocoderTimedOut(), GeocoderTimedOut(), None] * 5)
    for _ in range(15):
        asked.ask(QUERY, TODAY)
        assert not asked.paused


@pytest.mark.parametrize(("said", "pause"), [(40, 40), (10**9, LONGEST_PAUSE_SECONDS)])
def test_a_service_that_says_how_long_is_left_alone_so_long_but_not_for_ever(said: int, pause: float):
    clock = Clock()
    asked, geocoder = service(GeocoderRateLimited("", retry_after=said), LOCATION, clock=clock)
    asked.ask(QUERY, TODAY)
    clock.now += pause - 1
    assert asked.ask(QUERY, TODAY) is Silence.NO_ANSWER
    clock.now += 1
    assert asked.ask(QUERY, TODAY) == FOUND
    assert len(geocoder.asked) == 2


@given(st.integers(min_value=3, max_value=2000))
def test_pauses_grow_and_stay_bearable(failures: int):
    clock = Clock()
    circuit = Circuit(clock)
    pauses = []
    for _ in range(failures):
        circuit.failed()
        began = clock.now
        while circuit.paused:
            clock.now += FIRST_PAUSE_SECONDS
        pauses.append(clock.now - began)
    assert pauses == sorted(pauses)
    assert pauses[:3] == [0, 0, FIRST_PAUSE_SECONDS]
    assert pauses[-1] <= LONGEST_PAUSE_SECONDS


def test_each_house_is_asked_for_once_however_many_are_in_it():
    asked, geocoder = service(LOCATION, None)
    upstairs = AddressQuery.line(Owner.CENTRE, "Grøndalvej 83, 1. tv, 4700 Næstved")
    no_house = AddressQuery.line(Owner.CENTRE, "4700 Næstved")
    told = dict(ask_all(asked, [QUERY, upstairs, no_house, *houses(1)], TODAY))
    assert told == {HOUSE: FOUND, Question("Grøndalvej", "1", "4700"): UNKNOWN}
    assert len(geocoder.asked) == 2


def test_when_the_time_is_up_the_rest_is_left_and_said_to_be():
    clock = Clock()

    def slowly() -> Iterator[object]:
        while True:
            clock.now += 4
            yield LOCATION

    asked = AddressService(Scripted(slowly()), min_delay_seconds=0, circuit=Circuit(clock))
    told = [answer for _, answer in ask_all(asked, houses(5), TODAY, seconds=10, clock=clock)]
    assert told == [FOUND] * 3 + [Silence.NO_TIME] * 2


def test_the_pace_is_the_one_agreed(monkeypatch: pytest.MonkeyPatch):
    clock, slept = Clock(), []

    def sleep(_: object, seconds: float) -> None:
        slept.append(round(seconds, 6))
        clock.now += seconds

    monkeypatch.setattr("geopy.extra.rate_limiter.RateLimiter._sleep", sleep)
    monkeypatch.setattr("geopy.extra.rate_limiter.RateLimiter._clock", lambda _: clock.now)
    asked = AddressService(Scripted(iter([LOCATION] * 3)), min_delay_seconds=0.2)
    list(ask_all(asked, houses(3), TODAY))
    assert slept == [0.2, 0.2]


def test_a_house_that_was_found_is_placed_there_with_source_and_day():
    place = AnsweredGeocoder({HOUSE: FOUND}).geocode(QUERY)
    assert place == Geocoded(
        POINT, Precision.ADDRESS, Grade.A, "Grøndalvej 83, 4700 Næstved", "Adressevælger", TODAY
    )


def test_the_first_house_of_a_range_is_less_sure():
    place = AnsweredGeocoder({HOUSE: FOUND}).geocode(
        AddressQuery.line(Owner.EMPLOYER, "Grøndalvej 83-85, 4700 Næstved")
    )
    assert isinstance(place, Geocoded)
    assert (place.point, place.grade) == (POINT, Grade.B)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (UNKNOWN, "The address service does not know Grøndalvej 83, 4700."),
        (
            Answer(finding=Finding.SEVERAL, on=TODAY),
            "The address service knows several houses Grøndalvej 83, 4700.",
        ),
        (Silence.NO_ANSWER, "The address service did not answer for Grøndalvej 83, 4700."),
        (
            Silence.NO_TIME,
            "There was no time left to ask the address service for Grøndalvej 83, 4700.",
        ),
    ],
)
def test_otherwise_the_gazetteer_places_it_with_its_own_precision_and_says_why(
    answer: Answer | Silence, said: str
):
    place = AnsweredGeocoder({HOUSE: answer}).geocode(QUERY)
    offline = OfflineGeocoder().geocode(QUERY)
    assert isinstance(place, Geocoded)
    assert isinstance(offline, Geocoded)
    assert (place.point, place.precision, place.source) == (
        offline.point,
        Precision.POSTAL_DISTRICT,
        offline.source,
    )
    assert [note.said() for note in place.notes] == [said]


def test_an_address_that_nobody_knows_says_both():
    nowhere = AddressQuery.line(Owner.EMPLOYER, "Vej 3, 0999 Ukendtby")
    asked = question_of(nowhere)
    assert asked
    place = AnsweredGeocoder({asked: UNKNOWN}).geocode(nowhere)
    assert isinstance(place, Unplaced)
    assert place.tried[-1].said() == "The address service does not know Vej 3, 0999."


def test_a_table_of_the_municipality_comes_before_the_service():
    table = AddressTable([(parse_address("Grøndalvej 83, 4700 Næstved"), POINT)], Source("own", TODAY))
    elsewhere = Answer(finding=Finding.FOUND, on=TODAY, point=Point(55.3, 11.8))
    place = AnsweredGeocoder({HOUSE: elsewhere}, OfflineGeocoder(table=table)).geocode(QUERY)
    assert isinstance(place, Geocoded)
    assert (place.point, place.source) == (POINT, "own")


@pytest.mark.parametrize("ask", [lambda one: service()[0].ask(one, TODAY), AnsweredGeocoder({}).geocode])
def test_nobody_else_is_asked_for_or_placed(ask: Callable[[Any], object]):
    for other in ("Grøndalvej 83, 4700 Næstved", None, parse_address("Grøndalvej 83, 4700 Næstved")):
        with pytest.raises(Refused, match="Only the address"):
            ask(other)
