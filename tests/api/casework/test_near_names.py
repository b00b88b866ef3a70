import pytest

from api.casework.near_names import MOST_NEAR, near
from geo.names import fold

NAMES = (
    "Byggemarkedet Bakken A/S",
    "Menighedsrådet ved Alken Kirke",
    "Hedelyng Boldklub",
    "Andelsboligforeningen Skoven",
    "Lageret",
    "Nord Fisk",
)
KNOWN = [(name, fold(name)) for name in NAMES]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("bygemarked", "Byggemarkedet Bakken A/S"),
        ("byggemarkd", "Byggemarkedet Bakken A/S"),
        ("byggemarket", "Byggemarkedet Bakken A/S"),
        ("bygemarkedet baken aps", "Byggemarkedet Bakken A/S"),
        ("menighedråd", "Menighedsrådet ved Alken Kirke"),
        ("boldklup", "Hedelyng Boldklub"),
        ("boldklup hedelyng", "Hedelyng Boldklub"),
        ("boligforning", "Andelsboligforeningen Skoven"),
        ("andelsbolig", "Andelsboligforeningen Skoven"),
    ],
)
def test_a_slip_means_the_name_that_it_is_a_slip_of(words: str, meant: str):
    assert near(KNOWN, words) == [meant]


@pytest.mark.parametrize(
    "words", ["", "a/s", "nor", "fask", "boldklup bakken", "kirkekoncert", "lag", "byg", "12345678"]
)
def test_what_is_no_slip_means_nobody(words: str):
    assert near(KNOWN, words) == []


def test_the_nearest_are_told_first_and_only_a_few():
    known = [(str(number), f"baekkens bageri {number}") for number in range(9)] + [("x", "baekkens bagri")]
    found = near(known, "bækkens bagri")
    assert len(found) == MOST_NEAR
    assert found[0] == "x"
