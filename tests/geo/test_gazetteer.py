"""Which place is meant, what is near, and what is only a hint."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from geo import Gazetteer, Grade, Match, Point, haversine_km
from geo.gazetteer import REACH_KM

Rows = Callable[[str], list[dict[str, str]]]
Boundaries = list[tuple[str, list[np.ndarray]]]


def names(match: Match | None) -> list[str]:
    return [row.name for row in match.candidates] if match else []


@pytest.mark.parametrize(
    ("postcode", "name"),
    [
        ("4700", "Næstved"),
        (" 4700 ", "Næstved"),
        ("1000", "København K"),
        ("1499", "København K"),
        ("1620", "København V"),
        ("1850", "Frederiksberg C"),
        ("9990", "Skagen"),
    ],
)
def test_a_postcode_answers_its_district(gazetteer: Gazetteer, postcode: str, name: str):
    district = gazetteer.postal_district(postcode)
    assert district is not None
    assert district.name == name


@pytest.mark.parametrize(
    "postcode", ["0999", "999", "1900", "9999", "", "abcd", "47000", "1500-1799x", "４７００"]
)
def test_an_unknown_postcode_is_simply_unknown(gazetteer: Gazetteer, postcode: str):
    assert gazetteer.postal_district(postcode) is None


def test_every_shipped_number_answers_its_own_district(gazetteer: Gazetteer):
    for row in gazetteer.postal_districts:
        assert gazetteer.postal_district(row.number.partition("-")[0]) is row


@pytest.mark.parametrize(
    ("said", "grade", "code"),
    [
        ("0370", Grade.A, "0370"),
        ("370", Grade.B, "0370"),
        ("Næstved", Grade.A, "0370"),
        ("Naestved", Grade.B, "0370"),
        ("Næstved Kommune", Grade.B, "0370"),
        ("næstved kommune", Grade.B, "0370"),
        ("Århus", Grade.B, "0751"),
        ("Vesthimmerland", Grade.B, "0820"),
        ("Høje-Taastrup", Grade.B, "0169"),
        ("Christiansø", Grade.A, "0411"),
    ],
)
def test_a_municipality_is_known_by_code_or_name(gazetteer: Gazetteer, said: str, grade: Grade, code: str):
    match = gazetteer.municipality(said)
    assert match is not None
    assert match.row is not None
    assert (match.grade, match.row.code) == (grade, code)


@pytest.mark.parametrize("said", ["9999", "00370", "", "Kommune", "Sverige"])
def test_an_unknown_municipality_is_simply_unknown(gazetteer: Gazetteer, said: str):
    assert gazetteer.municipality(said) is None


def test_every_municipality_is_known_by_its_code_and_its_name(gazetteer: Gazetteer):
    for row in gazetteer.municipalities:
        assert gazetteer.municipality(row.code) == Match(Grade.A, (row,))
        assert gazetteer.municipality(row.name) == Match(Grade.A, (row,))


def test_a_town_name_that_occurs_three_times_is_ambiguous_until_the_municipality_is_said(
    gazetteer: Gazetteer,
):
    match = gazetteer.town("Ejby")
    assert match is not None
    assert match.grade is Grade.C
    assert match.row is None
    assert {town.municipality for town in match.candidates} == {"0350", "0259", "0410"}
    within = gazetteer.town("Ejby", municipality="0410")
    assert within is not None
    assert within.grade is Grade.A
    assert within.row is not None
    assert within.row.municipality == "0410"


def test_a_town_name_is_settled_by_its_postal_district(gazetteer: Gazetteer):
    district = gazetteer.postal_district("4520")
    assert district is not None
    match = gazetteer.town("Svinninge", district=district)
    assert match is not None
    assert match.row is not None
    assert match.row.municipality == "0316"  # its namesake in 0306 is 19 km away


def test_a_town_of_another_municipality_is_not_found_in_this_one(gazetteer: Gazetteer):
    assert gazetteer.town("Fensmark", municipality="0630") is None


def test_every_town_is_found_in_its_municipality(gazetteer: Gazetteer):
    for town in gazetteer.towns:
        assert gazetteer.town(town.name, municipality=town.municipality) == Match(Grade.A, (town,))


def test_a_district_without_its_letter_is_nobodys_name(gazetteer: Gazetteer):
    assert names(gazetteer.postal_district_named("Odense C")) == ["Odense C"]
    assert gazetteer.postal_district_named("Odense") is None


def test_the_towns_of_a_district_share_a_municipality_and_lie_within_reach(gazetteer: Gazetteer):
    district = gazetteer.postal_district("4684")
    assert district is not None
    held = gazetteer.towns_of(district)
    assert "Fensmark" in {town.name for town in held}
    assert all(town.municipality in district.municipalities for town in held)
    assert all(town.point.distance_km(district.centre) < REACH_KM * 1.01 for town in held)


def test_a_district_touches_the_municipalities_it_reaches_into(gazetteer: Gazetteer):
    district = gazetteer.postal_district("4684")
    assert district is not None
    assert (district.largest_municipality, district.municipalities) == ("0370", ("0320", "0370"))


def test_the_nearest_district_of_an_inner_point_is_its_own(gazetteer: Gazetteer):
    for row in gazetteer.postal_districts:
        ((nearest, km),) = gazetteer.nearest_postal_districts(row.point)
        assert nearest is row
        assert km == 0.0


def test_inner_points_lie_in_a_municipality_that_their_district_touches(
    gazetteer: Gazetteer, boundaries: Boundaries
):
    """As the boundaries of 250 m have it; of the districts themselves there are none to check against."""
    inside = [
        row for row in gazetteer.postal_districts if _holding(row.point, boundaries) & {*row.municipalities}
    ]
    assert len(inside) == 592


def test_the_nearest_towns_come_nearest_first_and_agree_with_the_distances(gazetteer: Gazetteer):
    near = gazetteer.nearest_towns(Point(55.23, 11.76), k=5)
    km = [distance for _, distance in near]
    assert [town.name for town, _ in near][0] == "Næstved"
    assert km == sorted(km)
    assert km[0] == pytest.approx(
        float(haversine_km(55.23, 11.76, near[0][0].point.lat, near[0][0].point.lon))
    )


def test_the_hint_at_a_municipality_is_graded_as_well_as_it_holds(gazetteer: Gazetteer, reference_rows: Rows):
    tables = ("0370_points.csv", "0661_points.csv", "0630_points.csv", "dar_husnumre_sample.csv")
    sure = right = held = total = 0
    for row in (row for table in tables for row in reference_rows(table)):
        hint = gazetteer.municipality_of(Point(float(row["lat"]), float(row["lon"])))
        codes = [municipality.code for municipality in hint.candidates]
        assert hint.grade is not Grade.A
        total += 1
        sure += hint.grade is Grade.B
        right += hint.grade is Grade.B and codes == [row["kommunekode"]]
        held += row["kommunekode"] in codes
    assert total == 3694
    assert (sure, right) == (1539, 1539)
    assert held / total > 0.995


def test_a_point_between_municipalities_is_said_to_be_uncertain(gazetteer: Gazetteer):
    hint = gazetteer.municipality_of(Point(55.33, 11.95))  # between Næstved and Faxe
    assert hint.grade is Grade.C
    assert len(hint.candidates) > 1
    assert hint.row is None


def test_the_best_point_of_a_district_is_nearer_to_workplaces_than_centroid_and_inner_point(
    gazetteer: Gazetteer, reference_data: Path
):
    with (reference_data / "imports" / "virksomheder_naestved.csv").open(encoding="utf-8-sig") as lines:
        placed = [row for row in csv.DictReader(lines, delimiter=";") if row["Breddegrad"]]
    off: dict[str, list[float]] = {"best": [], "centroid": [], "inner": []}
    for row in placed:
        district = gazetteer.postal_district(row["Postnr"])
        assert district is not None
        if gazetteer.namesake(district):
            at = Point(*(float(row[name].replace(",", ".")) for name in ("Breddegrad", "Længdegrad")))
            off["best"].append(at.distance_km(gazetteer.best_point(district)[0]))
            off["centroid"].append(at.distance_km(district.centre))
            off["inner"].append(at.distance_km(district.point))
    medians = {name: round(float(np.median(km)), 1) for name, km in off.items()}
    assert len(off["best"]) == 363
    assert medians == {"best": 1.5, "centroid": 2.2, "inner": 3.1}


def test_the_main_point_of_a_municipality_is_one_of_its_towns(gazetteer: Gazetteer):
    for municipality in gazetteer.municipalities:
        point = gazetteer.main_point(municipality.code)
        assert point in {town.point for town in gazetteer.towns if town.municipality == municipality.code}
    assert gazetteer.main_point("9999") is None


def _holding(point: Point, boundaries: Boundaries) -> set[str]:
    """The codes of the simplified municipalities around a point, by counting crossings to the east."""
    return {code for code, rings in boundaries if sum(_crossings(ring, point) for ring in rings) % 2}


def _crossings(ring: np.ndarray, point: Point) -> int:
    lon, lat = ring[:, 0], ring[:, 1]
    straddles = (lat[:-1] > point.lat) != (lat[1:] > point.lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = lon[:-1] + (point.lat - lat[:-1]) / (lat[1:] - lat[:-1]) * (lon[1:] - lon[:-1])
    return int((straddles & (at > point.lon)).sum())
