"""What is out of a citizen's reach is what the way to every order says, though few ways are reckoned."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Point, Precision
from matching import Anchor, Catalogue, Policy
from matching import reach as reaching
from matching.assessment import Way, too_far, way_to
from matching.citizens import Citizen
from matching.columns import Sites
from matching.reach import out_of_reach
from tests.matching.makers import CENTRE, make_citizen

SIZE = 20_000
RANDOM = np.random.default_rng(7)
PRECISIONS = [str(precision) for precision in Precision]
POLICY = Policy.default()
PLACELESS = RANDOM.random(SIZE) < 0.02
CATALOGUE = Catalogue.from_frame(
    pd.DataFrame(
        {
            "order_id": [f"o-{number}" for number in range(SIZE)],
            "lat": np.where(PLACELESS, np.nan, RANDOM.uniform(55.2, 56.2, SIZE)),
            "lon": np.where(PLACELESS, np.nan, RANDOM.uniform(9.0, 10.8, SIZE)),
            "precision": RANDOM.choice(PRECISIONS, SIZE, p=[0.6, 0.1, 0.1, 0.1, 0.1]),
        }
    )
)
COLUMNS = CATALOGUE.facts.orders

anchors = st.lists(
    st.builds(Anchor, st.builds(Point, st.floats(55.0, 56.4), st.floats(8.8, 11.0))), min_size=1, max_size=3
)
anybody = st.builds(
    lambda starts, mode, most: make_citizen(anchors=starts, mode=mode, max_minutes=most),
    anchors,
    st.sampled_from(Mode),
    st.integers(0, 120).map(float),
)


@given(anybody)
def test_what_is_out_of_reach_is_what_every_way_says(citizen: Citizen) -> None:
    every_way = too_far(citizen, way_to(citizen, COLUMNS.sites(), POLICY).minutes)
    assert np.array_equal(out_of_reach(citizen, COLUMNS, CATALOGUE.grid, POLICY), every_way)


def test_nothing_is_out_of_reach_without_a_limit() -> None:
    assert not out_of_reach(make_citizen(), COLUMNS, CATALOGUE.grid, POLICY).any()


def test_few_ways_are_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned = []

    def counted(citizen: Citizen, sites: Sites, policy: Policy) -> Way:
        reckoned.append(len(sites.lat))
        return way_to(citizen, sites, policy)

    monkeypatch.setattr(reaching, "way_to", counted)
    out_of_reach(make_citizen(mode="lift", max_minutes=60), COLUMNS, CATALOGUE.grid, POLICY)
    around = CATALOGUE.grid.within_km(CENTRE, POLICY.pace[Mode.LIFT].reach_km(60))
    assert 0 < sum(reckoned) < 0.8 * CATALOGUE.grid.count(around)
