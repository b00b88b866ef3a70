"""The three municipalities written by hand: Vejle, Holstebro and Næstved.

Task texts are as employers phone them in; the task beside each is what a consultant would have confirmed of
it. Some answers are left open on purpose, as they are in life, so that there is something to ask. Dates are
counted from the day of seeding.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from api.domain.records import (
    AnchorRecord,
    Centre,
    ChainLink,
    CitizenRecord,
    ContactBasis,
    EmployerRecord,
    JobOrderRecord,
    Means,
    Origin,
    Place,
    Through,
)
from api.examples.files import Row, known, read_answers, read_data
from api.examples.industries import industry
from api.examples.municipality import SOURCE, STREET, ExampleMunicipality, identify, logins
from api.examples.numbers import cvr_numbers, p_number, phone_number
from api.examples.weeks import told_by_times
from geo import Point, Precision
from geo.errors import UnknownCode
from matching.citizens import Needs, parse_field
from matching.orders import Task
from matching.times import parse_slots
from matching.vocabulary import AnchorKind, Answer, parse_code

WRITTEN = ("0630", "0661", "0370")
"""Codes of the municipalities written by hand."""

UNKNOWN_PLACE = "unknown"

ORIGINS = {
    "parish": Origin.PARISH_COUNCIL,
    "association": Origin.VILLAGE_ASSOCIATION,
    "housing": Origin.HOUSING_ASSOCIATION,
    "sports_club": Origin.SPONSOR_EVENT,
}
"""Through whom the orders of an industry were found; all others stood on a list."""

SILENT = 13
"""Every so many orders nothing was heard for weeks."""


def example_municipality(code: str, on: date) -> ExampleMunicipality:
    """One of the three, with dates as they are on that day; raises `UnknownCode` for any other."""
    if code not in WRITTEN:
        raise UnknownCode("municipality", code, WRITTEN)
    data = known(read_data(code), "name", "towns", "centres", "citizens", "employers")
    centres = {
        row["key"]: _centre(code, number, row, data["towns"], on) for number, row in _listed(data["centres"])
    }
    employers = tuple(_employers(code, data, on))
    return ExampleMunicipality(
        code=code,
        name=data["name"],
        centres=tuple(centres.values()),
        employers=employers,
        job_orders=tuple(_job_orders(code, data["employers"], employers, on)),
        citizens=tuple(_citizen(code, number, row, centres, on) for number, row in _listed(data["citizens"])),
        users=logins(code),
    )


def _listed(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    return enumerate(rows, start=1)


def _centre(code: str, number: int, row: Row, towns: Row, on: date) -> Centre:
    known(row, "key", "name", "kind", "town", "at")
    return Centre(
        id=identify("centre", code, number),
        municipality=code,
        name=row["name"],
        kind=parse_code(AnchorKind, "kind", row["kind"]),
        place=_place(row, towns, number, on),
        phone=_phone_of_centre(code, number),
        verified_on=_before(on, 30 * number),
    )


def _phone_of_centre(code: str, number: int) -> str:
    return phone_number(int(code) * 1_000 + 900 + number)


def _place(row: Row, towns: Row, number: int, on: date) -> Place:
    """The address where the row says `at`; else as precise as it says, at the point of its town."""
    town = towns[parse_field(row["town"], towns)]
    exact = "at" in row
    precision = row.get("precision", "address") if not exact else "address"
    unknown = precision == UNKNOWN_PLACE
    return Place(
        street=STREET if exact else "",
        house_number=str(number) if exact else "",
        postcode=town["postcode"],
        town=row["town"],
        point=None if unknown else Point(*row.get("at", town["at"])),
        precision=Precision.POSTAL_DISTRICT if unknown else parse_code(Precision, "precision", precision),
        source=SOURCE,
        dated=on,
    )


def _employers(code: str, data: Row, on: date) -> Iterator[EmployerRecord]:
    company_numbers = cvr_numbers(first_body=9_800_001 + int(code) * 100)
    for (number, row), cvr in zip(_listed(data["employers"]), company_numbers, strict=False):
        known(row, *_EMPLOYER_FIELDS)
        kind = industry(row["industry"])
        said = read_answers(row)
        serial = int(code) * 1_000 + number
        yield EmployerRecord(
            id=identify("employer", code, number),
            municipality=code,
            name=row["name"],
            cvr=cvr,
            p_number=p_number(98_000_000 + serial),
            place=_place(row, data["towns"], number, on),
            municipality_code=code,
            industry_code=kind.code,
            industry_system=kind.system,
            industry=kind.title,
            employees=row.get("employees", ""),
            phone=phone_number(serial),
            contact_person=row.get("contact", ""),
            advertising_protected=parse_code(Answer, "protected", row.get("protected", "unknown")),
            contact_basis=ContactBasis.INBOUND_ORDER if row.get("orders") else None,
            source=SOURCE,
            demands=said.demands,
            supports=said.supports,
        )


def _job_orders(
    code: str, rows: list[Row], employers: tuple[EmployerRecord, ...], on: date
) -> Iterator[JobOrderRecord]:
    numbers = count(1)
    for employer, told in zip(employers, rows, strict=True):
        for row, number in zip(told.get("orders", ()), numbers, strict=False):
            known(row, *_ORDER_FIELDS)
            yield JobOrderRecord(
                id=identify("order", code, number),
                municipality=code,
                employer_id=employer.id,
                title=row["title"],
                text=row["text"],
                source=SOURCE,
                received_on=_received(on, number),
                heard_on=_received(on, number),
                origin=ORIGINS.get(told["industry"], Origin.FASIT_LIST),
                places=row.get("places", 1),
                task=_task(row, on),
            )


def _received(on: date, number: int) -> date:
    return _before(on, 1 + number % 14 if number % SILENT else 50)


def _task(row: Row, on: date) -> Task:
    said = read_answers(row)
    times = parse_slots(row.get("times", ()), "times")
    return Task(
        activities=row["activities"],
        setting=row["setting"],
        demands={**told_by_times(times), **said.demands},
        supports=said.supports,
        hours_per_week=row.get("hours"),
        pay_dkk_per_hour=row.get("pay"),
        times=times,
        starts_on=_after(on, row.get("starts")),
        ends_on=_after(on, row.get("ends")),
    )


def _citizen(code: str, number: int, row: Row, centres: dict[str, Centre], on: date) -> CitizenRecord:
    known(row, "name", "centre", "postcode", "waiting", "needs")
    centre = centres[parse_field(row["centre"], centres)]
    anchors = [AnchorRecord(kind=centre.kind, centre_id=centre.id)]
    if "postcode" in row:
        anchors.append(AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode=row["postcode"]))
    return CitizenRecord(
        id=identify("citizen", code, number),
        municipality=code,
        name=row["name"],
        anchors=tuple(anchors),
        needs=Needs.from_json(row["needs"]) if "needs" in row else Needs(),
        waiting_since=_before(on, row["waiting"]),
        chain=tuple(_chain(code, number, centre)),
    )


def _chain(code: str, number: int, centre: Centre) -> Iterator[ChainLink]:
    """Every third writes and is written to; all can be reached where they live or come."""
    serial = int(code) * 1_000
    if number % 3 == 0:
        yield ChainLink(
            through=Through.CITIZEN, means=Means.TEXT_MESSAGE, number=phone_number(serial + 500 + number)
        )
    lives_there = centre.kind is AnchorKind.SUPPORTED_HOUSING
    yield ChainLink(
        through=Through.SUPPORTED_HOUSING if lives_there else Through.DROP_IN_CENTRE,
        name=centre.name,
        number=centre.phone,
        centre_id=centre.id,
    )


def _before(on: date, days: int) -> date:
    return on - timedelta(days=days)


def _after(on: date, days: int | None) -> date | None:
    return None if days is None else on + timedelta(days=days)


_EMPLOYER_FIELDS = (
    *(
        "name",
        "industry",
        "town",
        "at",
        "precision",
        "employees",
        "contact",
        "protected",
        "yes",
        "no",
        "orders",
    ),
)

_ORDER_FIELDS = (
    *("title", "text", "activities", "setting", "yes", "no"),
    *("hours", "pay", "times", "places", "starts", "ends"),
)
