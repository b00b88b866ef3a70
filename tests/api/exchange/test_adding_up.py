"""Each row of a list is new, changed, unchanged, a duplicate or refused, and only one of them."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.casework.addresses import Addresses
from api.config import Settings
from api.domain.caller import Channel, Role
from api.domain.imports import ImportKind
from api.exchange.importing import Asked, File, LookingUp
from api.exchange.kinds import take_in
from api.store import imports, users

NOBODY_ASKED = LookingUp(addresses=Addresses.of(Settings()), seconds=0)
LISTS = {
    ImportKind.CENTRES: (
        ("Værested", "Type", "Telefon"),
        [("Havnen", "Åen", "havnen", ""), ("værested", "slot", ""), ("55 77 12 12", "", "abc")],
    ),
    ImportKind.CITIZENS: (
        ("Borger", "Værested", "Gerne"),
        [("B-1", "B-2", "b-1", ""), ("Havnen", "Ukendt", ""), ("green", "office", "ukendt")],
    ),
    ImportKind.EMPLOYERS: (
        ("Navn", "CVR-nr", "P-nr", "Telefon"),
        [
            ("Gartneriet", "Kiosken", ""),
            ("99003626", "99003627", ""),
            ("1999000367", "1999000484", ""),
            ("55 77 12 12", ""),
        ],
    ),
    ImportKind.JOB_ORDERS: (
        ("Opgave", "CVR-nr", "P-nr", "Antal"),
        [
            ("Luge bede", "Feje gård", ""),
            ("99003626", "99003627", ""),
            ("", "1999000367"),
            ("1", "2", "mange"),
        ],
    ),
}
"""For each kind its columns, and what may stand in each: known, repeated, contradicting and refused."""

KNOWN = {
    ImportKind.CENTRES: [("Havnen", "værested", "")],
    ImportKind.CITIZENS: [("B-2", "Havnen", "")],
    ImportKind.EMPLOYERS: [("Gartneriet", "99003626", "1999000367", "")],
    ImportKind.JOB_ORDERS: [("Feje gård", "99003626", "1999000367", "1")],
}
"""What the municipality has taken in before."""


@pytest.fixture
def boss(store, naestved):
    with store.unit() as unit:
        user = users.add(unit, "0370", "boss", Role.COORDINATOR)
        unit.commit()
    return users.caller_of(user, Channel.HTTP)


@pytest.fixture
def known(store, boss, csv_file):
    """Something of each kind is known, so that rows can change it or leave it as it is."""
    for kind in (ImportKind.CENTRES, ImportKind.CITIZENS, ImportKind.EMPLOYERS, ImportKind.JOB_ORDERS):
        done = taken(store, boss, kind, csv_file([LISTS[kind][0], *KNOWN[kind]]))
        assert done.stored, done.reading.refused
    return boss


def taken(store, caller, kind, data, **asked):
    file = File(data=data, name="liste.csv")
    return take_in(store, caller, kind, file, Asked(**asked), NOBODY_ASKED)


def parts(done):
    counts = done.counts
    return [counts.added, counts.changed, counts.unchanged, done.duplicates, len(done.reading.refused_rows)]


@pytest.mark.parametrize("kind", ImportKind)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_counts_of_any_list_come_to_the_rows_that_were_read(store, known, csv_file, kind, data):
    header, columns = LISTS[kind]
    cells = st.tuples(*(st.sampled_from(said) for said in columns)).filter(any)
    rows = data.draw(st.lists(cells, min_size=1, max_size=8))
    done = taken(store, known, kind, csv_file([header, *rows]), dry_run=True)
    assert sum(parts(done)) == done.reading.rows_read == len(rows)
    assert min(parts(done)) >= 0


@pytest.mark.parametrize("kind", ImportKind)
def test_what_is_kept_of_a_run_comes_to_its_rows_as_well(store, known, csv_file, kind):
    header, columns = LISTS[kind]
    good = tuple(said[0] for said in columns)
    bad = tuple("" for _ in columns[:-1]) + ("abc",)
    done = taken(store, known, kind, csv_file([header, good, good, bad]), skip_refused=True)
    assert parts(done)[3:] == [1, 1]
    with store.unit(read_only=True) as unit:
        run = imports.find(unit, known, done.run_id)
    assert (run.rows, run.duplicates, run.refused) == (3, 1, 1)
    assert json.loads(run.report)["rows"] == 3


def test_one_workplace_in_other_words_is_a_duplicate_and_nothing_unchanged(store, boss, csv_file):
    rows = [
        ("Navn", "CVR-nr", "P-nr", "Adresse", "Postnr"),
        ("Kiosken", "99003626", "1999000367", "Torvet 1", "4700"),
        ("Kiosken på torvet", "99003626", "", "Torvet 1", "4700"),
    ]
    done = taken(store, boss, ImportKind.EMPLOYERS, csv_file(rows))
    assert parts(done) == [1, 0, 0, 1, 0]


def test_a_run_of_which_no_duplicates_were_kept_has_none(store, known):
    with store.unit(read_only=True) as unit:
        run = imports.page(unit, known, list(ImportKind)).items[0]
    assert (run.duplicates, run.rows) == (0, 1)
