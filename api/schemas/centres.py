"""Drop-in centres and supported housing, as they are sent and shown."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field

from api.domain.records import Centre as CentreRecord
from api.schemas.shapes import (
    IDS,
    Body,
    Day,
    Line,
    MunicipalityCode,
    PlaceFields,
    PlaceShown,
    Shown,
    Version,
    address_of,
    looks_like,
)
from matching.vocabulary import AnchorKind

Name = Annotated[str, Field(min_length=1, max_length=200, examples=["Værestedet Havnen (eksempel)"])]

OPEN_UNTIL = "The last day on which it is open; null while it does not close"


class CentreCreate(Body):
    """A new centre of the caller's municipality."""

    name: Name
    kind: AnchorKind = AnchorKind.DROP_IN_CENTRE
    place: PlaceFields = PlaceFields()
    phone: Line = Field("", examples=["+45 00 37 00 11"])
    verified_on: Day | None = Field(None, examples=["2026-10-24"])
    valid_to: Day | None = Field(None, description=OPEN_UNTIL)

    @classmethod
    def base(cls, record: CentreRecord) -> dict[str, Any]:
        """What a merge patch starts from."""
        shown = Centre.of(record).model_dump(mode="json", include=set(cls.model_fields))
        return {**shown, "place": address_of(record.place)}


class CentreUpdate(Body):
    """A merge patch of a centre: what is sent replaces, null takes away."""

    model_config = looks_like(name="Værestedet Åen (eksempel)", verified_on="2026-11-23")

    name: Line | None = None
    kind: AnchorKind | None = None
    place: PlaceFields | None = None
    phone: Line | None = None
    verified_on: Day | None = None
    valid_to: Day | None = Field(None, description=OPEN_UNTIL)


class Centre(Shown):
    """A centre as it stands."""

    model_config = looks_like(
        id=IDS["centre_id"], name="Værestedet Åen (eksempel)", phone="", verified_on="2026-10-24"
    )

    id: str
    municipality: MunicipalityCode
    name: str
    kind: AnchorKind
    place: PlaceShown
    phone: Line
    verified_on: date | None
    valid_to: date | None = Field(description=OPEN_UNTIL)
    version: Version

    @classmethod
    def of(cls, record: CentreRecord) -> Self:
        """The centre as it is kept."""
        return cls(
            id=record.id,
            municipality=record.municipality,
            name=record.name,
            kind=record.kind,
            place=PlaceShown.of(record.place, record.municipality),
            phone=record.phone,
            verified_on=record.verified_on,
            valid_to=record.valid_to,
            version=record.version,
        )
