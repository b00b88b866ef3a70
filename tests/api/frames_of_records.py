"""The way of a notebook: records to a DataFrame and to citizens, without store, audit or HTTP."""

import pandas as pd

from api.casework.supply import ranked_order
from api.domain.records import AnchorRecord, CitizenRecord
from api.examples.municipality import ExampleMunicipality
from geo import Gazetteer
from matching import Anchor, Citizen
from matching.frames import frame_of


def orders_of(one: ExampleMunicipality) -> pd.DataFrame:
    """The job orders of a municipality in the columns of the contract."""
    employers = {employer.id: employer for employer in one.employers}
    return frame_of(ranked_order(order, employers[order.employer_id]) for order in one.job_orders)


def person_of(one: ExampleMunicipality, record: CitizenRecord) -> Citizen:
    """A citizen with every anchor at its place."""
    anchors = [_anchor(one, anchor) for anchor in record.anchors]
    return Citizen.of(record.id, anchors, record.needs, record.waiting_since)


def _anchor(one: ExampleMunicipality, anchor: AnchorRecord) -> Anchor:
    if anchor.postcode:
        gazetteer = Gazetteer.shipped()
        district = gazetteer.postal_district(anchor.postcode)
        assert district is not None
        return Anchor(gazetteer.best_point(district)[0], anchor.kind, f"{district.number} {district.name}")
    (centre,) = [centre for centre in one.centres if centre.id == anchor.centre_id]
    assert centre.place.point is not None
    return Anchor(centre.place.point, centre.kind, centre.name)
