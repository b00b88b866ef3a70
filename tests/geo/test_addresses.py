"""Danish addresses taken apart, as the register writes them and as people do."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Address, Refused, parse_address
from geo.addresses import LONGEST, house_number

Rows = Callable[[str], list[dict[str, str]]]
NAESTVED = Address(street="Grøndalvej", house_number="83", postcode="4700", town="Næstved")


@pytest.mark.parametrize(
    "written",
    [
        "Grøndalvej 83, 4700 Næstved",
        "Grøndalvej 83 4700 Næstved",
        "Grøndalvej 83\n4700 Næstved\nDanmark",
        "  Grøndalvej   83 ,  4700   Næstved  ",
        "Grøndalvej 83; DK-4700 Næstved",
        "Grøndalvej 83, 4700, Næstved",
        "Grøndalvej 83,, 4700 Næstved,",
        "Grøndalvej 083, 4700 Næstved",
    ],
)
def test_the_same_address_written_differently_is_the_same(written: str):
    assert parse_address(written) == NAESTVED


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Vej 49, 2. th, 5000 Odense C", {"house_number": "49", "floor": "2", "door": "th"}),
        ("Vej 41N, st. 2, 5000 Odense C", {"house_number": "41N", "floor": "st", "door": "2"}),
        ("Vej 41 n, 5000 Odense C", {"house_number": "41N"}),
        ("Vej 5 2. th, 5000 Odense C", {"house_number": "5", "floor": "2", "door": "th"}),
        ("Vej 5, 1. sal tv., 5000 Odense C", {"house_number": "5", "floor": "1", "door": "tv"}),
        ("Vej 5, stuen, 5000 Odense C", {"house_number": "5", "floor": "stuen"}),
        ("Vej 5, kl., 5000 Odense C", {"house_number": "5", "floor": "kl"}),
        ("Vej 5, 3., 5000 Odense C", {"house_number": "5", "floor": "3"}),
        ("Vej 5, 12, 5000 Odense C", {"house_number": "5", "door": "12"}),
        ("Vej 5, 1. 12b, 5000 Odense C", {"house_number": "5", "floor": "1", "door": "12b"}),
        ("Vej 83-85, 5000 Odense C", {"house_number": "83-85"}),
        ("c/o Hansen, Vej 5, 5000 Odense C", {"house_number": "5", "extra": ("c/o Hansen",)}),
        ("Vej 5, c/o Hansen 3, 5000 Odense C", {"house_number": "5", "extra": ("c/o Hansen 3",)}),
        (
            "Vej 5, st. tv, Bolbro, 5000 Odense C",
            {"house_number": "5", "floor": "st", "door": "tv", "extra": ("Bolbro",)},
        ),
        ("Slagter Eksempel, Vej 5, 5000 Odense C", {"house_number": "5", "extra": ("Slagter Eksempel",)}),
    ],
)
def test_number_floor_door_and_the_rest_are_told_apart(written: str, parts: dict[str, object]):
    whole = {"street": "Vej", "postcode": "5000", "town": "Odense C", **parts}
    assert parse_address(written) == Address(**whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Fensmark, 4684 Holmegaard", Address(street="Fensmark", postcode="4684", town="Holmegaard")),
        ("Postboks 12, 4700 Næstved", Address(extra=("Postboks 12",), postcode="4700", town="Næstved")),
        ("4700 Næstved", Address(postcode="4700", town="Næstved")),
        ("4700", Address(postcode="4700")),
        ("0999", Address(postcode="0999")),
        ("Næstved", Address(town="Næstved")),
        ("Grøndalvej 83, Næstved", Address(street="Grøndalvej", house_number="83", town="Næstved")),
        ("", Address()),
        (" , ;\n", Address()),
    ],
)
def test_an_address_is_read_from_the_back(written: str, address: Address):
    assert parse_address(written) == address


@pytest.mark.parametrize(
    "street",
    ["H.C. Andersens Boulevard", "10. Februar Vej", "Chr. IX Gade", "Vejrup-Vej", "Skt. Peders Stræde"],
)
@pytest.mark.parametrize("number", ["7", "12A", "1200"])
def test_a_street_with_dots_dashes_or_digits_keeps_its_name(street: str, number: str):
    whole = Address(street=street, house_number=number, postcode="4700", town="Næstved")
    assert parse_address(f"{street} {number}, 4700 Næstved") == whole
    assert parse_address(f"{street} {number} 4700 Næstved") == whole


def test_all_addresses_of_the_register_come_apart_and_together_again(reference_rows: Rows):
    written = [
        row["adressebetegnelse"] for row in reference_rows("dar_adresser_betegnelser.csv") if row["lat"]
    ]
    parsed = [parse_address(text) for text in written]
    assert len(written) == 2817
    assert all(part.street and part.house_number and part.postcode and part.town for part in parsed)
    assert [str(address) for address in parsed] == written


def test_the_streets_and_numbers_of_the_register_are_those_that_are_parsed(reference_rows: Rows):
    houses = {(row["vejnavn"], row["husnr"]) for row in reference_rows("dar_husnumre_sample.csv")}
    for street, number in houses:
        parsed = parse_address(f"{street} {number}, 5000 Odense C")
        assert (parsed.street, parsed.house_number) == (street, number)


@given(st.text(max_size=LONGEST))
def test_any_text_that_is_short_enough_is_taken_apart(text: str):
    parsed = parse_address(text)
    assert parsed.postcode == "" or len(parsed.postcode) == 4


def test_a_text_longer_than_any_address_is_refused_unread():
    with pytest.raises(Refused, match="cannot be read") as refused:
        parse_address("1 " * LONGEST)
    assert refused.value.field == "address"
    assert str(LONGEST) in refused.value.said()


@pytest.mark.parametrize(
    ("written", "number"), [("041 n", "41N"), ("7", "7"), ("83 - 85", "83-85"), ("", "")]
)
def test_a_house_number_is_brought_to_the_registers_form(written: str, number: str):
    assert house_number(written) == number
