"""Employers, as they are sent and shown."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from api.casework.places import Mark
from api.domain.records import ContactBasis, EmployerRecord, IndustrySystem
from api.schemas.shapes import (
    Body,
    Code,
    Day,
    EmployerId,
    Line,
    MunicipalityCode,
    Number,
    PlaceFields,
    PlaceShown,
    Shown,
    Text,
    Version,
    address_of,
    looks_like,
)
from geo import Point, Precision
from matching.vocabulary import Answer, Demand, Support

Name = Annotated[str, Field(min_length=1, max_length=200, examples=["Havnens Planteskole (eksempel)"])]


class EmployerCreate(Body):
    """A new employer of the caller's municipality; `demands` and `supports` hold for every task there."""

    model_config = looks_like(
        industry="Planteskole",
        employees="2-4",
        phone="+45 00 37 00 51",
        contact_person="Bo Eksempel",
        advertising_protected="no",
    )

    name: Name
    cvr: Annotated[str, Field(pattern=r"^(\d{8})?$", examples=["12345674"])] = ""
    p_number: Annotated[str, Field(pattern=r"^(\d{10})?$")] = ""
    place: PlaceFields = PlaceFields()
    municipality_code: Annotated[str, Field(pattern=r"^(\d{4})?$")] = ""
    industry_code: Code = ""
    industry_system: IndustrySystem = IndustrySystem.UNKNOWN
    industry: Line = ""
    employees: Line = ""
    phone: Line = ""
    contact_person: Line = ""
    advertising_protected: Answer = Answer.UNKNOWN
    contact_basis: ContactBasis | None = None
    contact_basis_note: Text = ""
    last_contact_on: Day | None = None
    demands: dict[Demand, Answer] = Field({}, examples=[{"alcohol_present": "no"}])
    supports: dict[Support, Answer] = Field({}, examples=[{"contact_person": "yes"}])

    def to_record(self, employer_id: str, municipality: str) -> EmployerRecord:
        """The employer as the desk takes it."""
        return EmployerRecord(id=employer_id, municipality=municipality, **self.to_fields())

    def to_fields(self) -> dict[str, Any]:
        """What was sent of the employer, by field of the record."""
        plain = {name: getattr(self, name) for name in EmployerCreate.model_fields}
        return {**plain, "place": self.place.to_place()}

    @classmethod
    def base(cls, record: EmployerRecord) -> dict[str, Any]:
        """What a merge patch starts from."""
        shown = Employer.of(record).model_dump(mode="json", include=set(cls.model_fields))
        return {**shown, "place": address_of(record.place)}


class EmployerUpdate(Body):
    """A merge patch of an employer: what is sent replaces, null takes away."""

    model_config = looks_like(
        phone="+45 00 37 00 01",
        contact_person="graveren",
        contact_basis="own_relation",
        contact_basis_note="Har haft to i praktik",
    )

    name: Line | None = None
    cvr: Code | None = None
    p_number: Code | None = None
    place: PlaceFields | None = None
    municipality_code: Code | None = None
    industry_code: Code | None = None
    industry_system: IndustrySystem | None = None
    industry: Line | None = None
    employees: Line | None = None
    phone: Line | None = None
    contact_person: Line | None = None
    advertising_protected: Answer | None = None
    contact_basis: ContactBasis | None = None
    contact_basis_note: Text | None = None
    last_contact_on: Day | None = None
    demands: dict[Demand, Answer | None] | None = None
    supports: dict[Support, Answer | None] | None = None


class PlaceMarked(Body):
    """A point that somebody has marked on a map, in degrees, and how precisely it is meant."""

    lat: Number = Field(examples=[55.2299])
    lon: Number = Field(examples=[11.7609])
    precision: Precision = Precision.ADDRESS

    @model_validator(mode="after")
    def in_denmark(self) -> Self:
        """Refuse a point that is nowhere here."""
        self.to_mark()
        return self

    def to_mark(self) -> Mark:
        """The mark as it was made."""
        return Mark(point=Point(self.lat, self.lon), precision=self.precision)


class Employer(Shown):
    """An employer as it stands; `may_be_contacted_first` follows from protection and recorded basis."""

    model_config = looks_like(
        name="Eksempel Sogns Menighedsråd",
        cvr="98370013",
        p_number="1998370001",
        municipality_code="0370",
        industry_code="949100",
        industry_system="db07",
        industry="Religiøse institutioner og foreninger",
        employees="5-9",
        phone="+45 00 37 00 01",
        contact_person="graveren",
        advertising_protected="no",
        contact_basis="inbound_order",
        contact_basis_note="",
        may_be_contacted_first=True,
        source="example data",
        demands={"alcohol_present": "no"},
        supports={"contact_person": "yes"},
        updated_at="2026-11-23T09:30:00Z",
    )

    id: EmployerId
    municipality: MunicipalityCode
    name: str
    cvr: str
    p_number: str
    place: PlaceShown
    municipality_code: str
    industry_code: str
    industry_system: IndustrySystem
    industry: str
    employees: str
    phone: str
    contact_person: str
    advertising_protected: Answer
    contact_basis: ContactBasis | None
    contact_basis_note: str
    may_be_contacted_first: bool
    source: str
    last_contact_on: date | None
    demands: dict[Demand, Answer]
    supports: dict[Support, Answer]
    version: Version
    updated_at: datetime | None

    @classmethod
    def of(cls, record: EmployerRecord) -> Self:
        """The employer as it is kept."""
        plain = {name: getattr(record, name) for name in cls.model_fields if name != "place"}
        return cls(place=PlaceShown.of(record.place, record.municipality), **plain)
