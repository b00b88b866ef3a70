"""Citizens as the ranking knows them: their needs, and the places that their way can start from."""

from collections.abc import Mapping
from functools import lru_cache

from api.domain.records import CitizenRecord, ListedCitizen
from api.store import Unit, centres
from geo import Gazetteer
from matching import Anchor, Citizen
from matching.vocabulary import AnchorKind

Starts = Mapping[str, Anchor]
"""The centres of a municipality whose place is known, by id."""


def starts_of(unit: Unit, municipality: str) -> Starts:
    """The centres that a way can start from; one without a point is no place to start."""
    return {
        centre.id: Anchor(centre.place.point, centre.kind, centre.name)
        for centre in centres.all_of(unit, municipality)
        if centre.place.point
    }


def citizen_of(record: CitizenRecord, starts: Starts) -> Citizen:
    """The citizen as the ranking knows one; raises `Refused` where no place to start from is known."""
    return Citizen.of(record.id, anchors_of(record, starts), record.needs, record.waiting_since)


def anchors_of(record: CitizenRecord | ListedCitizen, starts: Starts) -> list[Anchor]:
    """The anchors whose place is known."""
    known = (
        _district(anchor.postcode or "")
        if anchor.kind is AnchorKind.POSTAL_DISTRICT
        else starts.get(anchor.centre_id or "")
        for anchor in record.anchors
    )
    return [place for place in known if place]


@lru_cache(maxsize=2000)
def _district(postcode: str) -> Anchor | None:
    gazetteer = Gazetteer.shipped()
    district = gazetteer.postal_district(postcode)
    if district is None:
        return None
    point, _ = gazetteer.best_point(district)
    return Anchor(point, AnchorKind.POSTAL_DISTRICT, f"{postcode} {district.name}")
