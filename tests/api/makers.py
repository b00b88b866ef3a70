"""Records for tests: everything is filled in but what the test is about."""

from datetime import UTC, date, datetime
from typing import Any

from api.domain.cafes import Afternoon, KeptCafe
from api.domain.caller import Caller
from api.domain.imports import ImportKind
from api.domain.records import (
    AnchorRecord,
    Centre,
    CitizenRecord,
    ContactBasis,
    EmployerRecord,
    IndustrySystem,
    JobOrderRecord,
    Place,
)
from api.domain.uploads import KEPT_FOR, Upload
from api.store import new_id
from geo import Point, Precision
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import AnchorKind, Answer, Demand, Support

SQUARE = Place(
    street="Torvet",
    house_number="1 A",
    postcode="4700",
    town="Næstved",
    point=Point(55.2306, 11.7605),
    precision=Precision.STREET,
    source="gazetteer",
    dated=date(2026, 11, 1),
)


def make_centre(caller: Caller, **known: Any) -> Centre:
    said: dict[str, Any] = {"name": "Værestedet på Torvet", "place": SQUARE, "verified_on": date(2026, 10, 1)}
    return Centre(**{"id": new_id(), "municipality": caller.municipality, **said, **known})


def make_citizen(caller: Caller, **known: Any) -> CitizenRecord:
    said: dict[str, Any] = {
        "name": "Anna Marie Holm",
        "anchors": (AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="4700"),),
        "needs": Needs(
            attitudes={"green": "gladly"},
            avoids={"machines", "alcohol_present"},
            availability=["fri 9-12"],
            max_hours_per_week=6,
        ),
        "waiting_since": date(2026, 9, 1),
    }
    return CitizenRecord(**{"id": new_id(), "municipality": caller.municipality, **said, **known})


def make_employer(caller: Caller, **known: Any) -> EmployerRecord:
    said: dict[str, Any] = {
        "name": "Åens Gartneri",
        "cvr": "12345674",
        "place": SQUARE,
        "municipality_code": "0370",
        "industry_code": "013000",
        "industry_system": IndustrySystem.DB25,
        "industry": "Planteformering",
        "employees": "2-4",
        "phone": "+45 55 55 12 12",
        "contact_person": "Bo Bæk",
        "advertising_protected": Answer.YES,
        "contact_basis": ContactBasis.INBOUND_ORDER,
        "contact_basis_note": "Ringede selv",
        "source": "cvr.csv",
        "last_contact_on": date(2026, 11, 2),
        "demands": {Demand.MACHINES: Answer.NO},
        "supports": {Support.CONTACT_PERSON: Answer.YES},
    }
    return EmployerRecord(**{"id": new_id(), "municipality": caller.municipality, **said, **known})


def make_order(employer: EmployerRecord, **known: Any) -> JobOrderRecord:
    said: dict[str, Any] = {
        "title": "Luge bede",
        "text": "Luge bede fredag formiddag, spørg efter Bo",
        "times_text": "fredag 9-12",
        "source": "phone",
        "received_on": date(2026, 11, 20),
        "task": Task(
            activities={"green": 0.5, "outdoor_upkeep": 0.5},
            setting="outdoor",
            demands={"machines": "no"},
            hours_per_week=3,
            pay_dkk_per_hour=140,
            times=["fri 9-12"],
            starts_on=date(2026, 12, 1),
        ),
    }
    mine = {"id": new_id(), "municipality": employer.municipality, "employer_id": employer.id}
    return JobOrderRecord(**{**mine, **said, **known})


def make_upload(caller: Caller, **known: Any) -> Upload:
    now = datetime.now(UTC)
    said: dict[str, Any] = {
        "kind": ImportKind.EMPLOYERS,
        "file_name": "virksomheder.csv",
        "content": "Virksomhedsnavn;CVR-nr\r\nÅens Gartneri;12345674".encode("utf-8-sig"),
        "since": now,
        "by": caller.user_id,
        "expires_at": now + KEPT_FOR,
    }
    return Upload(**{"id": new_id(), "municipality": caller.municipality, **said, **known})


def make_afternoon(*orders: JobOrderRecord, **known: Any) -> Afternoon:
    said: dict[str, Any] = {
        "day": date(2026, 12, 3),
        "centre_id": "",
        "start": "13.00",
        "minutes": 90,
        "talk": 15,
        "tables": 2,
        "order_ids": tuple(order.id for order in orders),
        "seats": {order.employer_id: place for place, order in enumerate(orders, 1)},
        "list_id": new_id(),
        "policy": "1",
    }
    return Afternoon(**said | known)


def make_cafe(caller: Caller, **known: Any) -> KeptCafe:
    now = datetime.now(UTC)
    said: dict[str, Any] = {
        "version": 1,
        "made_by": caller.user_id,
        "made_at": now,
        "updated_by": caller.user_id,
        "updated_at": now,
        "expires_on": date(2026, 12, 10),
        "now": make_afternoon(),
        "guests": {},
    }
    return KeptCafe(**{"id": new_id(), "municipality": caller.municipality, **said, **known})
