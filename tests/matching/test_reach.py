"""What is too far away is found without reckoning every way, and is what a look at every way finds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Point, Precision, haversine_km, index
from geo.point import DENMARK
from matching import Anchor, Catalogue, Citizen, JobOrder, Policy
from matching import reach as reaching
from matching.assessment import Way, too_far, way_to
from matching.columns import Sites
from matching.reach import out_of_reach
from tests.matching.generated import catalogues, citizens, policies
from tests.matching.makers import CENTRE, make_citizen, make_order

POLICY = Policy.default()


def by_every_way(citizen: Citizen, catalogue: Catalogue, policy: Policy = POLICY) -> list[bool]:
    orders = catalogue.facts.orders
    found: list[bool] = too_far(citizen, way_to(citizen, orders.sites(), policy).minutes).tolist()
    return found


def found(citizen: Citizen, catalogue: Catalogue, policy: Policy = POLICY) -> list[bool]:
    told: list[bool] = out_of_reach(citizen, catalogue.facts.orders, catalogue.grid, policy).tolist()
    return told


@given(citizens(), catalogues(), policies)
def test_what_is_too_far_is_what_every_way_says(
    citizen: Citizen, listed: list[JobOrder], policy: Policy
) -> None:
    catalogue = Catalogue.from_orders(listed)
    assert found(citizen, catalogue, policy) == by_every_way(citizen, catalogue, policy)


def scattered(
    size: int, south_north: tuple[float, float] = (54.9, 57.4), west_east: tuple[float, float] = (8.4, 12.4)
) -> Catalogue:
    """Orders all over the country or a part of it, some of them known only roughly or not at all."""
    random = np.random.default_rng(11)
    lat, lon = random.uniform(*zip(south_north, west_east, strict=True), (size, 2)).T
    frame = pd.DataFrame(
        {
            "order_id": [f"o-{number}" for number in range(size)],
            "lat": np.where(random.random(size) < 0.02, np.nan, lat),
            "lon": lon,
            "precision": random.choice([str(each) for each in Precision], size),
        }
    )
    frame["lon"] = frame["lon"].where(frame["lat"].notna())
    return Catalogue.from_frame(frame)


MANY = scattered(40_000)
OTHER = Anchor(Point(55.9, 9.9))


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("minutes", [0, 4, 10, 20, 45, 90, 600])
def test_of_many_what_is_too_far_is_what_every_way_says(mode: Mode, minutes: int) -> None:
    for anchors in ([Anchor(CENTRE)], [Anchor(CENTRE), OTHER]):
        citizen = make_citizen(mode=mode, max_minutes=minutes, anchors=anchors)
        assert found(citizen, MANY) == by_every_way(citizen, MANY)


anywhere = st.builds(Anchor, st.builds(Point, st.floats(54.8, 57.5), st.floats(8.3, 12.5)))
anybody = st.builds(
    lambda anchors, mode, most: make_citizen(anchors=anchors, mode=mode, max_minutes=most),
    st.lists(anywhere, min_size=1, max_size=3),
    st.sampled_from(Mode),
    st.integers(0, 120).map(float),
)


@given(anybody)
def test_from_anywhere_what_is_too_far_is_what_every_way_says(citizen: Citizen) -> None:
    assert found(citizen, MANY) == by_every_way(citizen, MANY)


def test_in_the_middle_of_the_reach_rough_places_are_looked_at_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "PLACES_PER_CELL", 1)
    town = scattered(40_000, (55.65, 55.77), (9.43, 9.64))
    for minutes in (20, 25, 30):
        citizen = make_citizen(mode="bicycle", max_minutes=minutes)
        assert found(citizen, town) == by_every_way(citizen, town)


def test_nothing_is_too_far_without_a_limit() -> None:
    assert not any(found(make_citizen(), MANY))
    assert any(found(make_citizen(max_minutes=5), MANY))


@pytest.mark.parametrize("anchors", [[Anchor(CENTRE)], [Anchor(CENTRE), OTHER]], ids=["one anchor", "two"])
def test_a_way_is_reckoned_only_near_the_edge_of_the_reach_or_to_a_rough_place(
    monkeypatch: pytest.MonkeyPatch, anchors: list[Anchor]
) -> None:
    reckoned: list[Sites] = []

    def noted(citizen: Citizen, orders: Sites, policy: Policy) -> Way:
        reckoned.append(orders)
        return way_to(citizen, orders, policy)

    monkeypatch.setattr(reaching, "way_to", noted)
    citizen = make_citizen(mode="lift", max_minutes=80, anchors=anchors)
    found(citizen, MANY)
    (sites,) = reckoned
    points = [anchor.point for anchor in anchors]
    away = np.min([haversine_km(point.lat, point.lon, sites.lat, sites.lon) for point in points], axis=0)
    reach, exact = POLICY.pace[Mode.LIFT].reach_km(80), sites.error_km <= reaching.ROUGH_KM
    cell = 15
    assert reach > 3 * cell
    # what may be within reach is in cells that have a corner not far beyond it
    assert away.max() < reach + 1.2 * cell
    assert reach - cell < away[exact].min() < reach
    assert away[~exact].min() < cell


def test_an_order_a_few_hundred_metres_beyond_a_short_reach_is_out_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # cells of some two hundred metres, as nobody has orders enough for
    monkeypatch.setattr(index, "PLACES_PER_CELL", 4e-4)
    catalogue = Catalogue.from_orders(
        make_order(
            id=f"o-{number}",
            place=Point(CENTRE.lat + (number % 20 - 9.5) / 1_000, CENTRE.lon + (number // 20 - 9.5) / 600),
            precision=(Precision.ADDRESS, Precision.STREET)[number % 3 == 0],
        )
        for number in range(400)
    )
    for minutes in range(4, 24, 2):
        citizen = make_citizen(max_minutes=minutes)
        within = by_every_way(citizen, catalogue)
        assert found(citizen, catalogue) == within
        assert 0 < sum(within) < 400 or minutes > 16


@pytest.mark.parametrize("past_km", [-5e-8, 5e-8])
def test_what_passes_the_limit_by_less_than_a_millimetre_passes_it(
    monkeypatch: pytest.MonkeyPatch, past_km: float
) -> None:
    # as if a street were as rough as a place in the middle of a reach may be
    monkeypatch.setattr(reaching, "ROUGH_KM", Precision.STREET.error_km)
    monkeypatch.setattr(index, "PLACES_PER_CELL", 1e-5)
    grid = Catalogue.from_orders([make_order()]).grid
    (south, north), (west, east) = DENMARK["lat"], DENMARK["lon"]
    height, width = (north - south) / grid.rows, (east - west) / grid.columns
    row, column = int((CENTRE.lat - south) / height), int((CENTRE.lon - west) / width)
    middle = Point(south + (row + 0.5) * height, west + (column + 0.5) * width)
    # the southern corners are the farthest
    corner = Point(south + row * height + 1e-12, west + column * width + 1e-12)
    catalogue = Catalogue.from_orders([make_order(place=corner, precision="street")])
    pace, km = POLICY.pace[Mode.WALK], haversine_km(middle.lat, middle.lon, corner.lat, corner.lon)
    limit = float(pace.minutes(km, Precision.STREET.error_km)) - past_km * pace.detour / pace.kmh * 60
    citizen = make_citizen(anchors=[Anchor(middle)], max_minutes=limit)
    assert found(citizen, catalogue) == by_every_way(citizen, catalogue) == [past_km > 0]
