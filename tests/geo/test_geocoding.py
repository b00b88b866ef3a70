"""The ladder from house to nothing, the doubts that are said, and whose address may not be asked for."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from geo import (
    Address,
    AddressQuery,
    AddressTable,
    Gazetteer,
    Geocoded,
    Grade,
    OfflineGeocoder,
    Owner,
    Point,
    Precision,
    Refused,
    Source,
    Unplaced,
    parse_address,
)
from geo.point import in_denmark

Rows = Callable[[str], list[dict[str, str]]]


def geocode(text: str, municipality: str = "", table: AddressTable | None = None) -> Geocoded | Unplaced:
    return OfflineGeocoder(table=table).geocode(AddressQuery.line(Owner.EMPLOYER, text, municipality))


def placed(text: str, municipality: str = "", table: AddressTable | None = None) -> Geocoded:
    place = geocode(text, municipality, table)
    assert isinstance(place, Geocoded)
    return place


def said(place: Geocoded | Unplaced) -> list[str]:
    return [note.said() for note in (place.notes if isinstance(place, Geocoded) else place.tried)]


@pytest.mark.parametrize(
    ("text", "precision", "grade", "matched"),
    [
        ("Fensmark, 4684 Holmegaard", Precision.TOWN, Grade.A, "Fensmark, 4684"),
        ("Vej 3, Fensmark, 4684 Holmegaard", Precision.TOWN, Grade.A, "Fensmark, 4684"),
        ("Vej 3, 4684 Fensmark", Precision.TOWN, Grade.B, "Fensmark, 4684"),
        ("Fensmark", Precision.TOWN, Grade.B, "Fensmark"),
        ("Næstved", Precision.TOWN, Grade.B, "Næstved, 4700"),
        ("Grøndalvej 83, 4700 Næstved", Precision.POSTAL_DISTRICT, Grade.A, "4700 Næstved"),
        ("Ridehusgade 49, 2. th, 5000 Odense C", Precision.POSTAL_DISTRICT, Grade.A, "5000 Odense C"),
        ("Vej 3, 1620 København V", Precision.POSTAL_DISTRICT, Grade.A, "1500-1799 København V"),
        ("Vej 3, 1620 Kbh. V", Precision.POSTAL_DISTRICT, Grade.B, "1500-1799 København V"),
        ("Vej 3, 4700", Precision.POSTAL_DISTRICT, Grade.A, "4700 Næstved"),
        ("Vej 3, 4700 Naestved", Precision.POSTAL_DISTRICT, Grade.B, "4700 Næstved"),
        ("Vej 3, 5000 Odense", Precision.POSTAL_DISTRICT, Grade.B, "5000 Odense C"),
        ("Vej 3, 7120 Vejle", Precision.POSTAL_DISTRICT, Grade.B, "7120 Vejle Øst"),
        ("Vej 3, 4800 Nykøbing Falster", Precision.POSTAL_DISTRICT, Grade.B, "4800 Nykøbing F"),
        ("Vej 3, Næstved", Precision.POSTAL_DISTRICT, Grade.B, "4700 Næstved"),
        ("Holmegaard", Precision.POSTAL_DISTRICT, Grade.B, "4684 Holmegaard"),
        ("Næstved Kommune", Precision.MUNICIPALITY, Grade.B, "Næstved"),
    ],
)
def test_an_address_gets_the_best_known_precision(
    text: str, precision: Precision, grade: Grade, matched: str
):
    place = placed(text)
    assert (place.precision, place.grade, place.matched) == (precision, grade, matched)


def test_a_town_is_at_its_point_with_its_source_and_date():
    place = placed("Fensmark, 4684 Holmegaard")
    assert place.point == Point(55.27919, 11.80382)
    assert (place.source, place.dated) == ("GeoNames", date(2026, 9, 26))


def test_a_district_without_a_town_of_its_name_is_at_its_centroid():
    place = placed("Vej 3, 4684 Holmegaard")
    assert (place.source, place.dated) == ("DAGI 1:500,000", date(2014, 2, 13))


@pytest.mark.parametrize(
    ("text", "municipality", "doubt"),
    [
        ("Vej 3, 4700 Vejle", "", "4700 is Næstved, not Vejle."),
        ("Vej 3, 7100 Vejle Øst", "", "7100 is Vejle, not Vejle Øst."),
        ("Vej 3, 5000 Odense V", "", "5000 is Odense C, not Odense V."),
        ("Vej 3, 4700 Viby", "", "4700 is Næstved, not Viby."),
        ("Vej 3, 4581 Rødvig", "", "4581 is Rørvig, not Rødvig."),
        ("Vej 3, 4700 Næstved", "0630", "4700 Næstved does not reach into the municipality of Vejle."),
    ],
)
def test_a_contradiction_is_said_and_graded_uncertain(text: str, municipality: str, doubt: str):
    place = placed(text, municipality)
    assert place.precision is Precision.POSTAL_DISTRICT
    assert place.grade is Grade.C
    assert said(place) == [doubt]


@pytest.mark.parametrize(
    ("text", "municipality", "doubt"),
    [
        ("Vej 3, 4700 Lilleby", "", "Lilleby is not known in 4700 Næstved."),
        ("Vej 3, Næstved", "", "There is no postcode."),
        ("Vej 3, 4700 Næstved", "Ukendt", "Municipality 'Ukendt' is not known."),
    ],
)
def test_what_is_missing_or_not_known_is_said_but_contradicts_nothing(
    text: str, municipality: str, doubt: str
):
    place = placed(text, municipality)
    assert place.grade is Grade.B
    assert said(place) == [doubt]


def test_the_municipality_is_the_last_resort():
    place = placed("Vej 3, 0999 Ukendtby", "0370")
    assert (place.precision, place.grade, place.matched) == (Precision.MUNICIPALITY, Grade.B, "Næstved")
    assert said(place) == ["Postcode 0999 is not a known postal district."]


@pytest.mark.parametrize(
    ("town", "municipality", "point"),
    [
        ("Viby", "0751", Point(56.12259, 10.16)),
        ("Frederiksberg", "0340", Point(55.41618, 11.55)),
        ("Frederiksberg", "Frederiksberg", Point(55.67938, 12.53)),
    ],
    ids=["Viby in Aarhus", "Frederiksberg in Sorø, not the district 2000", "Frederiksberg itself"],
)
def test_a_municipality_settles_a_town_name_that_occurs_twice(town: str, municipality: str, point: Point):
    place = placed(town, municipality)
    assert (place.precision, place.grade) == (Precision.TOWN, Grade.B)
    assert place.point.distance_km(point) < 2


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Viby", "Viby may be any of these: Viby (Roskilde), Viby (Aarhus)."),
        ("Vej 3, Borup", "Borup may be any of these: Borup (Køge), Borup (Holbæk)."),
    ],
    ids=["no district of that name", "a district of that name"],
)
def test_a_town_name_that_occurs_twice_is_not_placed_and_both_are_named(text: str, doubt: str):
    place = geocode(text)
    assert isinstance(place, Unplaced)
    assert place.point is None
    assert doubt in said(place)


@pytest.mark.parametrize(
    "text", ["", "Ukendtby", "Vej 3", "Vej 3, 0999 København C", "Berlin", "0, 0", "???"]
)
def test_an_address_that_names_no_known_place_is_not_placed_and_says_what_was_tried(text: str):
    place = geocode(text)
    assert isinstance(place, Unplaced)
    assert place.point is None
    assert said(place)


def test_a_loaded_table_comes_before_the_gazetteer_and_keeps_the_doubts():
    house = Point(55.2143, 11.7561)
    known = [(parse_address("Grøndalvej 83, 4700 Næstved"), house)]
    table = AddressTable(known, Source("own register", date(2026, 10, 1)))
    place = placed("Grøndalvej 83, 4700 Næstved", table=table)
    assert place == Geocoded(
        house, Precision.ADDRESS, Grade.A, "Grøndalvej 83, 4700", "own register", date(2026, 10, 1)
    )
    doubtful = placed("Grøndalvej 83, 4700 Vejle", table=table)
    assert (doubtful.point, doubtful.grade) == (house, Grade.C)
    assert said(doubtful) == ["4700 is Næstved, not Vejle."]
    assert placed("Ukendt Allé 1, 4700 Næstved", table=table).precision is Precision.POSTAL_DISTRICT


def test_every_address_of_the_register_is_geocoded_offline_to_its_coordinate(reference_rows: Rows):
    rows = [row for row in reference_rows("dar_adresser_betegnelser.csv") if row["lat"]]
    points = [Point(float(row["lat"]), float(row["lon"])) for row in rows]
    known = zip((parse_address(row["adressebetegnelse"]) for row in rows), points, strict=True)
    table = AddressTable(known, Source("DAR", None))
    places = [placed(row["adressebetegnelse"], row["kommunekode"], table) for row in rows]
    exact = sum(place.point == point for place, point in zip(places, points, strict=True))
    off = [place.point.distance_km(point) for place, point in zip(places, points, strict=True)]
    assert len(rows) == 2817
    assert Counter(place.precision for place in places) == {Precision.ADDRESS: 2817}
    # one house, Eliasgade 10, stands in the register at two points 17 m apart
    assert (exact, Counter(place.grade for place in places)) == (2814, {Grade.A: 2814, Grade.B: 3})
    assert max(off) < Precision.ADDRESS.error_km


def test_every_address_of_the_register_is_in_a_known_district_of_its_municipality(reference_rows: Rows):
    rows = [row for row in reference_rows("dar_adresser_betegnelser.csv") if row["lat"]]
    places = [placed(row["adressebetegnelse"], row["kommunekode"]) for row in rows]
    assert Counter((place.precision, place.grade) for place in places) == {
        (Precision.POSTAL_DISTRICT, Grade.A): 2817
    }


def test_every_district_and_every_town_of_a_municipality_is_placed(gazetteer: Gazetteer):
    for district in gazetteer.postal_districts:
        place = placed(f"{district.number.partition('-')[0]} {district.name}")
        assert place.grade is Grade.A
        assert in_denmark(place.point.lat, place.point.lon)
    for town in gazetteer.towns:
        place = placed(town.name, town.municipality)
        assert (place.point, place.precision, place.grade) == (town.point, Precision.TOWN, Grade.B)


def test_a_districts_bare_name_is_enough_unless_towns_elsewhere_share_it(gazetteer: Gazetteer):
    shared = Counter(town.name for town in gazetteer.towns)
    not_placed = {
        district.name
        for district in gazetteer.postal_districts
        if isinstance(geocode(f"Vej 3, {district.name}"), Unplaced)
    }
    assert not_placed == {row.name for row in gazetteer.postal_districts if shared[row.name] > 1}


@pytest.mark.parametrize(
    ("text", "municipality", "matched"),
    [
        ("Vej 3, Fensmrk, 4684 Holmegaard", "", "Fensmark, 4684"),
        ("Vej 3, Fensmrk", "0370", "Fensmark"),
        ("Vej 3, 4684 Holmegard", "", "4684 Holmegaard"),
    ],
)
def test_a_slip_of_a_letter_is_seen_through_where_the_choice_is_narrow(
    text: str, municipality: str, matched: str
):
    place = placed(text, municipality)
    assert (place.grade, place.matched) == (Grade.B, matched)


@pytest.mark.parametrize("text", ["Vej 3, Fensmrk", "Sundbby", "Vej 3, Næstvd"])
def test_a_slip_of_a_letter_is_not_seen_through_in_the_whole_of_denmark(text: str):
    place = geocode(text)
    assert isinstance(place, Unplaced)
    assert any("may be any of these" in note for note in said(place))


def test_the_name_of_another_place_is_no_slip():
    assert placed("Vej 3, Rørvig").matched == "4581 Rørvig"  # not Rødvig
    beside = placed("Vej 3, Rørvig, 4673 Rødvig Stevns")
    assert (beside.precision, beside.matched) == (Precision.POSTAL_DISTRICT, "4673 Rødvig Stevns")


def test_an_owner_may_be_given_as_text():
    assert AddressQuery("centre", Address()).owner is Owner.CENTRE  # type: ignore[arg-type]


@pytest.mark.parametrize("owner", ["citizen", "", None, "CENTRE", 1, ["centre"]])
def test_an_address_of_anyone_else_is_refused(owner: object):
    with pytest.raises(Refused, match="Only the address of a drop-in centre or an employer"):
        AddressQuery(owner, parse_address("Vej 3, 4700 Næstved"))  # type: ignore[arg-type]


def test_a_citizen_can_neither_be_asked_for_nor_carried_by_a_query():
    # only here: `geo` itself knows nothing of citizens
    from matching.citizens import Anchor, Citizen

    citizen = Citizen(id="c-1", anchors=(Anchor(Point(55.7093, 9.5357)),))
    for refused in (citizen, citizen.anchors[0], "Vej 3, 4700 Næstved", None):
        with pytest.raises(Refused, match="Only the address"):
            OfflineGeocoder().geocode(refused)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Only the address") as carried:
        AddressQuery(Owner.CENTRE, citizen)  # type: ignore[arg-type]
    assert "c-1" not in str(carried.value)
