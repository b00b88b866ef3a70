import random
import unicodedata

import pytest
from sqlalchemy import NullPool, create_engine, text

from api.domain.names import filed_as
from tests.api.postgresql import Server

FILED = [
    "Abel",
    "André",
    "Andrea",
    "anna",
    "Anna",
    "Müller",
    "Myrup",
    "Zacho",
    "Ægir",
    "Ærø",
    "Østergaard",
    "Aaberg",
    "Åberg",
    "Aagaard",
    "Ågård",
]


def test_names_are_filed_as_in_a_danish_register():
    shuffled = random.Random(7).sample(FILED, len(FILED))
    found = sorted(shuffled, key=filed_as)
    assert [name.casefold() for name in found] == [name.casefold() for name in FILED]


@pytest.mark.parametrize("name", ["Åge", "Ærø", "André"])
def test_a_letter_written_in_two_characters_is_filed_as_the_one_it_is(name: str):
    assert filed_as(unicodedata.normalize("NFD", name))[0] == filed_as(name)[0]


def test_names_that_differ_in_case_only_have_one_order():
    assert sorted(["anna", "Anna"], key=filed_as) == sorted(["Anna", "anna"], key=filed_as)


def test_the_database_s_own_danish_order_is_the_same(postgresql_server: Server):
    """The order that PostgreSQL takes from ICU is the judge, but for names that differ in case alone."""
    names = [
        *FILED,
        "Ole Ågård",
        "Ole Zacho",
        "Oleana",
        "Ärlig",
        "Öberg",
        "Isaac",
        "Jóhanna",
        "Þóra",
        "Guðrún",
    ]
    engine = create_engine(postgresql_server.address("postgres"), poolclass=NullPool)
    asked = text('SELECT name FROM unnest(CAST(:names AS text[])) AS name ORDER BY name COLLATE "da-x-icu"')
    with engine.connect() as connection:
        found = list(connection.scalars(asked, {"names": names}))
    assert [filed_as(name)[0] for name in found] == sorted(filed_as(name)[0] for name in names)
