"""Where an employer or a centre is, as a form: the address, and the mark on the map with its precision."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form

from api.casework.places import Mark
from api.domain.records import Place
from api.pages.place_map import spot
from geo import Point, Precision, Refused
from geo.errors import N_
from matching.vocabulary import parse_code

MARKED_AS = (Precision.ADDRESS, Precision.STREET, Precision.TOWN)
"""How precisely somebody can mean a mark on a map that shows no houses."""

Line = Annotated[str, Form(max_length=200)]
Degrees = Annotated[str, Form(max_length=20)]


@dataclass(frozen=True, slots=True)
class SentMark:
    """A mark as a form sends it."""

    lat: Degrees = ""
    lon: Degrees = ""
    precision: Annotated[str, Form(max_length=40)] = str(Precision.ADDRESS)

    def to_mark(self) -> Mark:
        """The mark; raises `Refused` for what are no degrees of a point in Denmark."""
        point = Point(_degrees("lat", self.lat), _degrees("lon", self.lon))
        return Mark(point=point, precision=parse_code(Precision, "precision", self.precision))


@dataclass(frozen=True, slots=True)
class SentAddress:
    """An address as a form sends it."""

    street: Line = ""
    house_number: Line = ""
    postcode: Line = ""
    town: Line = ""

    def to_place(self) -> Place:
        """The place with this address, to be looked up."""
        return Place(
            street=" ".join(self.street.split()),
            house_number=" ".join(self.house_number.split()),
            postcode=" ".join(self.postcode.split()),
            town=" ".join(self.town.split()),
        )


def meant(place: Place) -> Precision:
    """How precise a mark is until somebody says otherwise: as the place is known, else to the address."""
    if place.point is None:
        return Precision.ADDRESS
    return place.precision if place.precision in MARKED_AS else MARKED_AS[-1]


def refuse_unmoved(before: Place, mark: Mark) -> None:
    """Nobody knows a place better for having pressed a button: a finer mark is another one."""
    if before.point is None or spot(before.point) != spot(mark.point):
        return
    if mark.precision.error_km < before.precision.error_km:
        raise Refused(
            "precision",
            N_("The mark has not been moved, and is no more precise than before."),
            N_("Click on the map where it is, and save the mark then."),
        )


def _degrees(field: str, text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        remedy = N_("Write degrees like 55.2299, or mark the place on the map.")
        raise Refused(field, N_("{value!r} is not a coordinate."), remedy, value=text) from None
