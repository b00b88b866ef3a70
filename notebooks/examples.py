"""The example municipalities as a notebook uses them: job orders in a DataFrame, citizens at their centres.

Nobody in them exists. The small municipality is the one written by hand; the large one has a hundred citizens
and three hundred job orders beside it, made up from a seed, so that there is something to count.
"""

from dataclasses import replace
from datetime import date

import pandas as pd

from api.casework.supply import ranked_order
from api.domain.records import AnchorRecord
from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality
from api.examples.written import WRITTEN, example_municipality
from geo import Gazetteer
from matching import Anchor, Citizen
from matching.frames import frame_of

SEED = 7
"""The same seed gives the same municipality, and so the same numbers in every sentence of a notebook."""


def large_municipality(code: str, on: date, seed: int = SEED) -> ExampleMunicipality:
    """One of the three written municipalities together with what is made up beside it."""
    written = example_municipality(code, on)
    (made,) = (one for one in generate(seed, municipalities=len(WRITTEN), on=on) if one.code == code)
    kinds = ("centres", "employers", "job_orders", "citizens")
    return replace(written, **{kind: getattr(written, kind) + getattr(made, kind) for kind in kinds})


def orders_of(example: ExampleMunicipality) -> pd.DataFrame:
    """The job orders of a municipality, one row each, with what their employers have answered."""
    employers = {employer.id: employer for employer in example.employers}
    return frame_of(ranked_order(order, employers[order.employer_id]) for order in example.job_orders)


def people_of(example: ExampleMunicipality) -> list[Citizen]:
    """The citizens of a municipality, each at the places where their way begins."""
    return [
        Citizen.of(
            record.id, [_anchor(example, at) for at in record.anchors], record.needs, record.waiting_since
        )
        for record in example.citizens
    ]


def _anchor(example: ExampleMunicipality, record: AnchorRecord) -> Anchor:
    if record.postcode:
        gazetteer = Gazetteer.shipped()
        district = gazetteer.postal_district(record.postcode)
        return Anchor(gazetteer.best_point(district)[0], record.kind, f"{district.number} {district.name}")
    (centre,) = (centre for centre in example.centres if centre.id == record.centre_id)
    return Anchor(centre.place.point, centre.kind, centre.name)
