"""Shapes that every resource shares: a strict body, a page of a list, a place, an answer, a problem."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, Strict, model_validator
from pydantic_core import PydanticCustomError

from api.casework.places import elsewhere
from api.domain.records import Place
from geo import Point, Precision, Refused
from geo.errors import N_
from matching.vocabulary import Answer, Demand, Support, parse_code

Item = TypeVar("Item")
Whole = Annotated[int, Strict()]
"""A whole number: JSON's own, and neither a text nor true or false."""

Number = Annotated[float, Strict()]
"""A number, in the same way."""

Truth = Annotated[bool, Strict()]
"""True or false, in the same way."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _written_as_day(value: object) -> object:
    """Turn away a number of seconds, or a moment, in the place of a day."""
    if isinstance(value, datetime) or not (isinstance(value, date) or _is_day(value)):
        raise PydanticCustomError("date_type", "not a day")
    return value


def _is_day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


Day = Annotated[date, BeforeValidator(_written_as_day)]
"""A day, as a text like 2026-11-21."""

Line = Annotated[str, Field(max_length=200)]
"""A text of one line."""

LONGEST_TEXT = 10_000
"""Characters of a text of several lines, wherever it comes in."""

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
"""A text of several lines."""

Code = Annotated[str, Field(max_length=40)]
"""A number or code of another register, kept as text so that leading zeros stay."""

IDS = {
    "citizen_id": "citizen-0370-01",
    "order_id": "order-0370-01",
    "other_id": "order-0370-01",
    "employer_id": "employer-0370-01",
    "centre_id": "centre-0370-01",
    "proposal_id": "01a207bda9c098c04fcbbe87f7723cd7",
    "contact_id": "01a207bda9c04c1ab3aa90b1f3c1a7e2",
    "reservation_id": "01a207bda9c05b6f8d27c0a4e9d3b815",
    "import_id": "01a207bda9c06d9e9c3b5f1a2e4d7c60",
    "list_id": "01a207bda9c0b1a4ac3baab39e161470",
    "user_id": "01a207bda9c0c114eb97ec138b7e62f7",
}
"""An id of each kind by its name in addresses: the example municipality's own, where it is not drawn anew."""

CitizenId = Annotated[str, Field(examples=[IDS["citizen_id"]])]
OrderId = Annotated[str, Field(examples=[IDS["order_id"]])]
EmployerId = Annotated[str, Field(examples=[IDS["employer_id"]])]
UserId = Annotated[str, Field(examples=[IDS["user_id"]])]
ListId = Annotated[str, Field(examples=[IDS["list_id"]])]
MunicipalityCode = Annotated[str, Field(examples=["0370"])]
Version = Annotated[int, Field(examples=[1])]
"""Counts from 1."""


def looks_like(**fields: JsonValue) -> ConfigDict:
    """The configuration of a shape with what its fields look like; those left out say it for themselves."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


class Body(BaseModel):
    """What a caller sends; a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shown(BaseModel):
    """What the service answers."""

    model_config = ConfigDict(frozen=True)


class OfCitizens(Shown):
    """What the service answers and speaks of citizens."""

    @property
    def whom(self) -> Mapping[str, bool]:
        """The citizens it speaks of, by id, and whether in detail."""
        raise NotImplementedError


class Page(Shown, Generic[Item]):
    """A stretch of a list; `next` is the cursor of the one after it, null at the end."""

    items: list[Item]
    next: str | None = Field(None, examples=[None])


class PlaceFields(Body):
    """An address, a point, or both. Without a point, the best one known for the address is looked up."""

    model_config = looks_like(street="Eksempelvej", house_number="4", postcode="4700", town="Næstved")

    street: Line = ""
    house_number: Code = ""
    postcode: Code = ""
    town: Line = ""
    lat: Number | None = Field(None, examples=[55.2306])
    lon: Number | None = Field(None, examples=[11.7605])
    precision: Precision | None = None

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Refuse half a point, and a point outside Denmark."""
        if (self.lat is None) != (self.lon is None):
            remedy = N_("Give lat and lon, or neither when the place is not known.")
            raise Refused("lat" if self.lat is None else "lon", N_("Half a point is none."), remedy)
        self.to_point()
        return self

    def to_point(self) -> Point | None:
        """The point that was sent; None when there was none."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)

    def to_place(self) -> Place:
        """The place as it was sent."""
        return Place(
            street=self.street,
            house_number=self.house_number,
            postcode=self.postcode,
            town=self.town,
            point=self.to_point(),
            precision=self.precision or Precision.ADDRESS,
        )


class PlaceShown(Shown):
    """An address and the best point known for it: how precise, where the point came from, and when."""

    model_config = looks_like(
        street="Eksempelvej",
        house_number="1",
        postcode="4700",
        town="Næstved",
        lat=55.2336,
        lon=11.7655,
        source="example data",
        dated="2026-11-23",
    )

    street: str
    house_number: str
    postcode: str
    town: str
    lat: float | None
    lon: float | None
    precision: Precision
    source: str
    dated: date | None
    elsewhere: tuple[str, ...] = Field(
        description="The municipalities it may lie in, where this one is none of them", examples=[[]]
    )

    @classmethod
    def of(cls, place: Place, municipality: str) -> Self:
        """The place as it is kept, of a record of this municipality."""
        return cls(
            street=place.street,
            house_number=place.house_number,
            postcode=place.postcode,
            town=place.town,
            lat=place.point.lat if place.point else None,
            lon=place.point.lon if place.point else None,
            precision=place.precision,
            source=place.source,
            dated=place.dated,
            elsewhere=elsewhere(place, municipality),
        )


def address_of(place: Place) -> dict[str, str]:
    """What a merge patch of a place starts from: the address; a point is sent anew or looked up anew."""
    return {
        "street": place.street,
        "house_number": place.house_number,
        "postcode": place.postcode,
        "town": place.town,
    }


class AnswerGiven(Body):
    """What somebody answered about one demand or support."""

    about: str = Field(max_length=60, examples=["alcohol_present"])
    answer: Answer = Field(examples=["no"])

    @model_validator(mode="after")
    def known(self) -> Self:
        """Refuse a code that is neither a demand nor a support."""
        self.to_code()
        return self

    def to_code(self) -> Demand | Support:
        """The demand or support that the answer is about."""
        if self.about in set(Support):
            return Support(self.about)
        return parse_code(Demand, "about", self.about)


class FieldError(Shown):
    """One thing that is wrong: the field it stands in, what is wrong, the way out."""

    field: str = Field(examples=["mode"])
    detail: str
    remedy: str | None = None


class Problem(Shown):
    """A refusal or a fault (RFC 9457); `type` is stable and meant for programs, the texts for people."""

    type: str = Field(examples=["/problems/refused"])
    title: str
    status: int
    detail: str
    field: str | None = None
    remedy: str | None = None
    errors: list[FieldError] | None = None
    current: dict[str, object] | None = Field(None, description="The current state, where a change came late")
    next_free_on: date | None = Field(
        None, description="The first day on which one more contact with the employer is possible"
    )
    request_id: str
