"""The first rows of a list as they would be stored, for somebody to see whether the columns are right."""

from collections.abc import Iterable
from typing import Any

from api.casework.imports import ToldOrder
from api.casework.own_lists import ToldCentre, ToldCitizen
from api.domain.portfolio import EmployerLine
from api.domain.records import EmployerRecord, Place
from api.exchange.reports import Reading
from geo.gazetteer import Gazetteer
from matching.times import Slot
from matching.vocabulary import Attitude

SHOWN = 5
"""Rows that are shown; more would be read by nobody."""


def first_rows(reading: Reading[object]) -> list[dict[str, Any]]:
    """What was understood of the first rows that were taken, as JSON: texts, numbers and codes."""
    return [{"row": draft.row, **_shown(draft.record)} for draft in reading.drafts[:SHOWN]]


def _shown(record: object) -> dict[str, Any]:
    if isinstance(record, EmployerRecord):
        return _employer(record)
    if isinstance(record, ToldCentre):
        return _centre(record)
    if isinstance(record, ToldCitizen):
        return _citizen(record)
    assert isinstance(record, ToldOrder)
    return _order(record)


def _employer(employer: EmployerRecord) -> dict[str, Any]:
    place = employer.place
    return {
        "name": employer.name,
        "cvr": employer.cvr,
        "p_number": employer.p_number,
        "address": address_line(place),
        "precision": str(place.precision) if place.point else None,
        "industry": employer.industry or employer.industry_code,
        "phone": employer.phone,
        "contact_person": employer.contact_person,
    }


def _centre(told: ToldCentre) -> dict[str, Any]:
    centre = told.centre
    return {
        "name": centre.name,
        "kind": str(told.kind or centre.kind),
        "address": address_line(centre.place),
        "precision": str(centre.place.precision) if centre.place.point else None,
        "phone": centre.phone,
    }


def _citizen(told: ToldCitizen) -> dict[str, Any]:
    needs = told.record.needs
    return {
        "name": told.record.name,
        "gladly": [str(code) for code, word in needs.attitudes.items() if word is Attitude.GLADLY],
        "cannot": [str(code) for code, word in needs.attitudes.items() if word is Attitude.CANNOT],
        "avoids": sorted(map(str, needs.avoids)),
        "needs": sorted(map(str, needs.needs)),
        "week": _week(needs.availability),
        "centre": told.centre,
        "consultant": told.consultant,
    }


def _order(told: ToldOrder) -> dict[str, Any]:
    order, task = told.order, told.order.task
    return {
        "title": order.title,
        "reference": order.reference,
        "activities": [str(code) for code in task.activities],
        "hours_per_week": task.hours_per_week,
        "pay_dkk_per_hour": task.pay_dkk_per_hour,
        "times": order.times_text,
        "week": _week(task.times),
        "places": order.places,
    }


def _week(slots: Iterable[Slot]) -> list[tuple[list[str], str]]:
    """Weekdays with the same hours together: the days, and "9-12:30"."""
    days: dict[str, list[str]] = {}
    for slot in slots:
        days.setdefault(slot.hours, []).append(str(slot.day))
    return [(named, hours) for hours, named in days.items()]


def address_line(place: Place | EmployerLine) -> str:
    """Street and number, postcode and town, as one line; the town as its postal district spells it."""
    street = " ".join(filter(None, (place.street, place.house_number)))
    town = " ".join(filter(None, (place.postcode, _town(place))))
    return ", ".join(filter(None, (street, town)))


def _town(place: Place | EmployerLine) -> str:
    district = Gazetteer.shipped().postal_district(place.postcode) if place.postcode else None
    if district and place.town.casefold() in ("", district.name.casefold()):
        return district.name
    return place.town
