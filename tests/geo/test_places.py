"""The shipped tables: complete, and row by row what their sources say."""

from collections import Counter
from collections.abc import Callable

import pytest

from geo import ATTRIBUTION, Point
from geo.places import DAGI, GEONAMES, municipalities, postal_districts, towns

Rows = Callable[[str], list[dict[str, str]]]


def test_the_tables_have_the_rows_they_should():
    assert (len(postal_districts()), len(towns()), len(municipalities())) == (592, 435, 98 + 1)


def test_every_postal_district_agrees_with_its_source(reference_rows: Rows):
    source = [
        (
            row["postnr"],
            row["navn"],
            Point(float(row["punkt_lat"]), float(row["punkt_lon"])),
            Point(float(row["centroid_lat"]), float(row["centroid_lon"])),
            row["kommunekode_stoerst"],
            tuple(row["kommunekoder"].split("|")),
        )
        for row in reference_rows("postnumre_dagi2014.csv")
    ]
    shipped = [
        (row.number, row.name, row.point, row.centre, row.largest_municipality, row.municipalities)
        for row in postal_districts()
    ]
    assert shipped == source


def test_every_municipality_agrees_with_its_source(reference_rows: Rows):
    source = [(row["kommunekode"], row["navn"]) for row in reference_rows("kommuner.csv")]
    assert [(row.code, row.name) for row in municipalities()] == source


def test_every_town_agrees_with_its_source(reference_rows: Rows):
    source = Counter(
        (row["navn"], Point(float(row["lat"]), float(row["lon"])), row["kommunekode"])
        for row in reference_rows("geonames_cities_dk.csv")
    )
    assert Counter((town.name, town.point, town.municipality) for town in towns()) == source


def test_codes_point_to_known_municipalities_and_every_municipality_has_a_town_and_a_district():
    codes = {row.code for row in municipalities()}
    assert {town.municipality for town in towns()} == codes
    assert {code for row in postal_districts() for code in row.municipalities} == codes
    assert all(row.largest_municipality in row.municipalities for row in postal_districts())


def test_postal_districts_share_neither_numbers_nor_names():
    assert len({row.number for row in postal_districts()}) == 592
    assert len({row.name for row in postal_districts()}) == 592


def test_the_attribution_names_both_sources_and_their_terms():
    assert ATTRIBUTION == (
        "Indeholder data fra Geodatastyrelsen (nu Klimadatastyrelsen), DAGI, februar 2014.",
        "GeoNames (geonames.org), CC BY 4.0",
    )
    assert DAGI.dated is not None
    assert GEONAMES.dated is not None


@pytest.mark.parametrize(
    ("number", "postcode", "held"),
    [
        ("4700", "4700", True),
        ("4700", "4701", False),
        ("4700", "470", False),
        ("1500-1799", "1500", True),
        ("1500-1799", "1620", True),
        ("1500-1799", "1799", True),
        ("1500-1799", "1800", False),
        ("1500-1799", "162", False),
        ("1500-1799", "16200", False),
    ],
)
def test_a_district_holds_its_number_or_the_whole_of_its_range(number: str, postcode: str, held: bool):
    district = next(row for row in postal_districts() if row.number == number)
    assert district.holds(postcode) is held
