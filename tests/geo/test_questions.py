"""What leaves the machine for an address: the house and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Address, AddressQuery, Owner, Refused, parse_address
from geo.questions import question_of


def asked(address: Address) -> str | None:
    question = question_of(AddressQuery(Owner.CENTRE, address))
    return question.text if question else None


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Grøndalvej 83, 4700 Næstved", "Grøndalvej 83, 4700"),
        ("Grøndalvej 83 A, 4700 Næstved", "Grøndalvej 83A, 4700"),
        ("Ridehusgade 49, 2. th, 5000 Odense C", "Ridehusgade 49, 5000"),
        ("c/o Anna Holm, Torvet 1, 4700 Næstved", "Torvet 1, 4700"),
        ("Torvet 1, att. Anna Holm, 4700 Næstved", "Torvet 1, 4700"),
        ("10. Februar Vej 12-14, 6430 Nordborg", "10. Februar Vej 12, 6430"),
        ("H.C. Andersens Boulevard 2, 1553 København V", "H.C. Andersens Boulevard 2, 1553"),
    ],
)
def test_a_house_is_asked_for_by_street_number_and_postcode(text: str, sent: str):
    assert asked(parse_address(text)) == sent


@pytest.mark.parametrize(
    "number",
    ["49 2 th", "49 st", "49, 2. th", "49 - 51", "049"],
    ids=["floor", "ground", "comma", "range", "0"],
)
def test_floor_and_door_in_the_number_stay_here(number: str):
    address = Address(street="Ridehusgade", house_number=number, postcode="5000")
    assert asked(address) == "Ridehusgade 49, 5000"


@pytest.mark.parametrize(
    "address",
    [
        Address(street="Torvet", postcode="4700"),
        Address(street="Torvet", house_number="1"),
        Address(street="Torvet", house_number="1", town="Næstved"),
        Address(street="", house_number="1", postcode="4700"),
        Address(street="c/o Anna Holm", house_number="1", postcode="4700"),
        Address(street="Att. Anna Holm", house_number="1", postcode="4700"),
        Address(street="Anna Holm, Torvet", house_number="1", postcode="4700"),
        Address(street="anna@holm.dk", house_number="1", postcode="4700"),
        Address(street="010190-1234", house_number="1", postcode="4700"),
        Address(street="0101901234 Torvet", house_number="1", postcode="4700"),
        Address(street="Torvet" * 10, house_number="1", postcode="4700"),
        Address(street="Torvet", house_number="ved åen", postcode="4700"),
        Address(street="Torvet", house_number="1", postcode="٤٧٠٠"),
        Address(street="Torvet", house_number="1", postcode="4700 Næstved"),
    ],
)
def test_what_is_no_house_or_says_more_than_that_is_not_asked_for(address: Address):
    assert asked(address) is None


def test_of_a_range_the_first_number_is_the_same_house_but_less_surely():
    whole, alone = (
        question_of(AddressQuery.line(Owner.EMPLOYER, f"Torvet {number}, 4700 Næstved"))
        for number in ("12-14", "12")
    )
    assert whole
    assert alone
    assert (whole == alone, whole.exact, alone.exact) == (True, False, True)


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=6), st.text(min_size=1, max_size=20))
def test_whatever_stands_beside_the_house_is_never_sent(street: str, number: str, postcode: str, beside: str):
    house = Address(street=street, house_number=number, postcode=postcode)
    with_more = Address(
        street=street,
        house_number=number,
        postcode=postcode,
        floor=beside,
        door=beside,
        extra=(beside,),
        town=beside,
    )
    assert asked(house) == asked(with_more)
    assert len(asked(house) or "") <= 73


@given(st.from_regex(r"[A-ZÆØÅa-zæøå. ]{2,30} [0-9]{1,3}[A-Z]?, [0-9]{4}", fullmatch=True))
def test_a_house_as_it_is_sent_reads_as_itself(text: str):
    address = parse_address(text)
    sent = asked(address)
    if sent:
        assert asked(parse_address(sent)) == sent


@pytest.mark.parametrize("other", ["Torvet 1, 4700 Næstved", None, parse_address("Torvet 1, 4700 Næstved")])
def test_nothing_but_the_address_of_a_centre_or_an_employer_becomes_a_question(other: object):
    with pytest.raises(Refused, match="Only the address"):
        question_of(other)  # type: ignore[arg-type]
