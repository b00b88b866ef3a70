"""What a loaded table of addresses knows: the house, the street, or nothing."""

import pytest

from geo import Address, AddressTable, Grade, Point, Precision, Source, parse_address

HOUSES = {
    "Grøndalvej 83, 4700 Næstved": Point(55.2143, 11.7561),
    "Grøndalvej 85, 4700 Næstved": Point(55.2145, 11.7563),
    "Smedeengen 1, 4700 Næstved": Point(55.2200, 11.8000),
    "Skovvej 2, 4700 Næstved": Point(55.2300, 11.7000),
    "Skolvej 2, 4700 Næstved": Point(55.2400, 11.7000),
    "Grøndalvej 83, 7100 Vejle": Point(55.7000, 9.5000),
}


@pytest.fixture
def table() -> AddressTable:
    known = [(parse_address(text), point) for text, point in HOUSES.items()]
    return AddressTable(known, Source("own register", None))


@pytest.mark.parametrize(
    ("written", "house", "grade"),
    [
        ("Grøndalvej 83, 4700 Næstved", "Grøndalvej 83, 4700 Næstved", Grade.A),
        ("Grøndalvej 83, 2. th, 4700 Næstved", "Grøndalvej 83, 4700 Næstved", Grade.A),
        ("Grøndalvej 83, 7100 Vejle", "Grøndalvej 83, 7100 Vejle", Grade.A),
        ("Groendalvej 83, 4700 Næstved", "Grøndalvej 83, 4700 Næstved", Grade.B),
        ("Grøndavej 83, 4700 Næstved", "Grøndalvej 83, 4700 Næstved", Grade.B),
        ("Grøndalvej 83-85, 4700 Næstved", "Grøndalvej 83, 4700 Næstved", Grade.B),
    ],
)
def test_a_known_house_answers_its_point(table: AddressTable, written: str, house: str, grade: Grade):
    found = table.find(parse_address(written))
    assert found is not None
    assert (found.point, found.precision, found.grade) == (HOUSES[house], Precision.ADDRESS, grade)


def test_an_unknown_number_answers_the_middle_of_the_street_and_says_so(table: AddressTable):
    found = table.find(parse_address("Grøndalvej 99, 4700 Næstved"))
    assert found is not None
    assert (found.precision, found.grade, found.matched) == (Precision.STREET, Grade.B, "Grøndalvej, 4700")
    assert found.point.lat == pytest.approx(55.2144)
    assert [note.said() for note in found.notes] == ["Number 99 of Grøndalvej is not known."]


def test_a_street_without_a_number_answers_its_middle_with_nothing_to_doubt(table: AddressTable):
    found = table.find(parse_address("Grøndalvej, 4700 Næstved"))
    assert found is not None
    assert (found.precision, found.grade, found.notes) == (Precision.STREET, Grade.A, ())


@pytest.mark.parametrize(
    "written",
    [
        "Ukendt Allé 3, 4700 Næstved",
        "Grøndalvej 83, 4690 Haslev",
        "Grøndalvej 83, Næstved",
        "Smedeenggen Øst 1, 4700 Næstved",
        "Skobvej 2, 4700 Næstved",
        "4700 Næstved",
        "",
    ],
    ids=[
        "other street",
        "other postcode",
        "no postcode",
        "too far off",
        "fits two streets",
        "no street",
        "nothing",
    ],
)
def test_what_the_table_does_not_hold_or_cannot_tell_is_not_known(table: AddressTable, written: str):
    assert table.find(parse_address(written)) is None


@pytest.mark.parametrize(
    ("lon", "precision", "grade"),
    [(11.8003, Precision.ADDRESS, Grade.B), (11.8300, Precision.STREET, Grade.C)],
    ids=["19 m apart", "2 km apart"],
)
def test_a_number_at_two_points_is_one_house_only_when_they_are_some_metres_apart(
    lon: float, precision: Precision, grade: Grade
):
    house = parse_address("Smedeengen 1, 4700 Næstved")
    table = AddressTable(
        [(house, Point(55.22, 11.8)), (house, Point(55.22, lon))], Source("own register", None)
    )
    found = table.find(house)
    assert found is not None
    assert (found.precision, found.grade) == (precision, grade)
    assert bool(found.notes) is (precision is Precision.STREET)


def test_rows_without_street_number_or_postcode_are_not_held():
    point = Point(55.22, 11.8)
    partly = [
        Address(street="Vej", house_number="1"),
        Address(street="Vej", postcode="4700"),
        Address(postcode="4700"),
    ]
    table = AddressTable([(address, point) for address in partly], Source("own register", None))
    assert table.find(Address(street="Vej", house_number="1", postcode="4700")) is None
