"""Asking the address service for employers and drop-in centres, in batches and before a unit that writes.

Citizens are never asked for, nor the supported housing where some of them live: its address is their home.
What was answered is kept; a service that is slow or dead makes nothing fail.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from api.casework import failures
from api.config import Settings
from api.domain.caller import Caller
from api.domain.failed_work import Work
from api.domain.records import BY_HAND, Centre, EmployerRecord, Place
from api.store import Store, address_answers
from geo import Address, AddressQuery, Owner, Precision
from geo.address_service import AddressService, Answer, Answers, Finding, Silence, ask_all
from geo.adressevaelger import Adressevaelger
from geo.geocoding import not_to_be_placed
from geo.questions import Question, question_of
from matching.times import today_in_denmark
from matching.vocabulary import AnchorKind

NOTHING_ASKED: Answers = {}
"""The answers where no service is set, or none was asked."""

GOOD_FOR = {
    Finding.FOUND: timedelta(days=365),
    Finding.NOT_FOUND: timedelta(days=30),
    Finding.SEVERAL: timedelta(days=30),
}
"""How old an answer may be before the house is asked for again: new houses come sooner than houses move."""


class Addresses:
    """The address service of an installation, or none. Shared between threads."""

    def __init__(self, service: AddressService | None = None) -> None:
        """Without a service, nothing is ever asked."""
        self._service = service

    @classmethod
    def of(cls, settings: Settings) -> "Addresses":
        """The service that the settings name; none unless they do."""
        if not settings.address_service:
            return cls()
        where = urlsplit(settings.address_service)
        token = settings.address_token.get_secret_value()
        geocoder = Adressevaelger(
            token, domain=where.netloc + where.path, scheme=where.scheme, timeout=settings.address_seconds
        )
        return cls(AddressService(geocoder, min_delay_seconds=1 / settings.addresses_per_second))

    @property
    def asks(self) -> bool:
        """Whether there is a service to ask."""
        return self._service is not None

    @property
    def paused(self) -> bool:
        """Whether the service is being left alone because it failed."""
        return self._service is not None and self._service.paused

    def ask(
        self,
        store: Store,
        caller: Caller,
        records: Iterable[Centre | EmployerRecord],
        seconds: float | None = None,
    ) -> Answers:
        """What the service knows of their houses, for about `seconds` at most; what is answered is kept.

        Raises `Refused` for anybody but employers and centres. Never call it while a unit writes: everybody
        else would wait for the service.
        """
        houses = houses_of(records)
        if self._service is None or not houses:
            return NOTHING_ASKED
        today = today_in_denmark()
        known = self.known(store, caller, houses)
        asking = [query for house, query in houses.items() if house not in known]
        fresh = dict(ask_all(self._service, asking, today, seconds))
        answered = {house: answer for house, answer in fresh.items() if isinstance(answer, Answer)}
        if answered:
            with store.unit() as unit:
                address_answers.keep(unit, caller, answered)
                unit.commit()
        _tell_of_silence(store, caller, fresh)
        return {**known, **fresh}

    def known(self, store: Store, caller: Caller, houses: Collection[Question]) -> Mapping[Question, Answer]:
        """What was answered of the houses and is not too old; asks nobody."""
        today = today_in_denmark()
        with store.unit(read_only=True) as unit:
            found = address_answers.find(unit, caller, houses)
        return {
            house: answer for house, answer in found.items() if today - answer.on < GOOD_FOR[answer.finding]
        }


def _tell_of_silence(store: Store, caller: Caller, fresh: Answers) -> None:
    """Keep that the service fails, or that it answers again; that there was no time for it tells neither."""
    if Silence.NO_ANSWER in fresh.values():
        failures.note(store, caller, Work.ADDRESSES, Silence.NO_ANSWER.value)
    elif any(isinstance(answer, Answer) for answer in fresh.values()):
        failures.works(store, caller, Work.ADDRESSES)


def houses_of(records: Iterable[Centre | EmployerRecord]) -> dict[Question, AddressQuery]:
    """The houses that may be asked for and are not known yet.

    Raises `Refused` for anybody but employers and centres.
    """
    queries = [query for record in records if (query := _query(record))]
    return {house: query for query in queries if (house := question_of(query))}


def address_of(place: Place) -> Address:
    """The address of a place, as a geocoder takes it."""
    return Address(
        street=place.street, house_number=place.house_number, postcode=place.postcode, town=place.town
    )


def is_at_house(place: Place) -> bool:
    """Whether the point of a place is the house's own, or was marked by hand: nothing better can be asked."""
    return place.source == BY_HAND or (place.point is not None and place.precision is Precision.ADDRESS)


def _query(record: Centre | EmployerRecord) -> AddressQuery | None:
    if not isinstance(record, Centre | EmployerRecord):
        raise not_to_be_placed("record", record)
    at_home = isinstance(record, Centre) and record.kind is not AnchorKind.DROP_IN_CENTRE
    if at_home or is_at_house(record.place):
        return None
    owner = Owner.CENTRE if isinstance(record, Centre) else Owner.EMPLOYER
    return AddressQuery(owner, address_of(record.place))
