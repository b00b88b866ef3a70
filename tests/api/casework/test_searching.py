from datetime import date

import pytest

from api.casework import searching
from api.casework.searching import Sort
from api.domain.caller import Caller
from api.store import Store, assignments, audit, centres, citizens, employers, job_orders
from tests.api.makers import make_centre, make_citizen, make_employer, make_order

BAKERY = {"name": "Ærø Bageri", "cvr": "31415926", "p_number": "1003141592", "phone": "+45 75 82 10 20"}


@pytest.fixture
def desk(store: Store, naestved: Caller, vejle: Caller) -> dict[str, str]:
    """A citizen of each end, an employer with its order and a centre, and the same names elsewhere."""
    with store.unit() as unit:
        bakery = employers.add(unit, naestved, make_employer(naestved, **BAKERY))
        told = {"title": "Feje gård", "text": "Ring til købmanden om kagerne", "reference": "r-1"}
        order = job_orders.add(unit, naestved, make_order(bakery, **told))
        centre = centres.add(unit, naestved, make_centre(naestved, name="Café Åsen", phone="55 77 66 55"))
        per = citizens.add(unit, naestved, make_citizen(naestved, name="Per Kaj Eg"))
        eva = citizens.add(unit, naestved, make_citizen(naestved, name="Eva Kok Pedersen"))
        assignments.assign(unit, naestved, per.id, naestved.user_id)
        assignments.assign(unit, naestved, eva.id, naestved.user_id)
        elsewhere = {**BAKERY, "p_number": ""}
        employers.add(unit, vejle, make_employer(vejle, **elsewhere))
        citizens.add(unit, vejle, make_citizen(vejle, name="Per Kaj Eg"))
        unit.commit()
    return {"bakery": bakery.id, "order": order.id, "centre": centre.id, "per": per.id, "eva": eva.id}


def ids(store: Store, caller: Caller, words: str, **known: Sort) -> list[str]:
    with store.unit() as unit:
        found = searching.search(unit, caller, words, **known)
    return [
        *(one.id for one in found.citizens),
        *(one.order.id for one in found.job_orders),
        *(one.id for one in found.employers),
        *(one.id for one in found.centres),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("per kaj", ["per"]),
        ("PEDERSEN", ["eva"]),
        ("P.K.E.", ["per"]),
        ("E. K. P.", ["eva"]),
        ("feje gaard", ["order"]),
        ("kagerne", ["order"]),
        ("aeroe", ["bakery"]),
        ("31415926", ["bakery"]),
        ("CVR-nr. 31 41 59 26", ["bakery"]),
        ("1003141592", ["bakery"]),
        ("75821020", ["bakery"]),
        ("+45 75 82 10 20", ["bakery"]),
        ("0045 7582-1020", ["bakery"]),
        ("tlf. (75) 82.10.20", ["bakery"]),
        ("7582", ["bakery"]),
        ("cafe aasen", ["centre"]),
        ("55776655", ["centre"]),
        ("p", []),
        ("758", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_word_or_a_number_finds_what_it_names_and_nothing_else(
    store: Store, naestved: Caller, desk: dict[str, str], words: str, found: list[str]
):
    assert ids(store, naestved, words) == [desk[one] for one in found]


def test_initials_do_not_find_everybody_who_has_the_letters(
    store: Store, naestved: Caller, desk: dict[str, str]
):
    with store.unit() as unit:
        citizens.add(unit, naestved, make_citizen(naestved, name="Anna Pernille Skærbek"))
        unit.commit()
        assert searching.search(unit, naestved, "p.k.e.").totals[Sort.CITIZENS] == 1


def test_a_title_comes_before_a_text_and_the_newest_before_older_ones(
    store: Store, naestved: Caller, desk: dict[str, str]
):
    with store.unit() as unit:
        bakery = employers.find(unit, naestved, desk["bakery"])
        assert bakery
        older, newer = (
            job_orders.add(
                unit, naestved, make_order(bakery, title="Kagerne bæres ud", received_on=date(2026, 1, day))
            )
            for day in (1, 2)
        )
        unit.commit()
    assert ids(store, naestved, "kagerne") == [newer.id, older.id, desk["order"]]


def test_a_handful_is_shown_and_one_kind_alone_shows_more(store: Store, naestved: Caller):
    with store.unit() as unit:
        for number in range(7):
            employers.add(
                unit, naestved, make_employer(naestved, name=f"Gartneri {number}", cvr="", p_number="")
            )
        unit.commit()
        found = searching.search(unit, naestved, "gartneri")
        assert (len(found.employers), found.totals[Sort.EMPLOYERS]) == (searching.HANDFUL, 7)
        assert len(searching.search(unit, naestved, "gartneri", Sort.EMPLOYERS).employers) == 7
        assert searching.search(unit, naestved, "gartneri", Sort.CENTRES).total == 0


def test_somebody_elses_citizen_stands_by_initials_below_ones_own(
    store: Store, naestved: Caller, colleague: Caller, desk: dict[str, str]
):
    with store.unit() as unit:
        other = citizens.add(unit, naestved, make_citizen(naestved, name="Aja Eg"))
        unit.commit()
        found = searching.search(unit, naestved, "eg")
        assert [one.id for one in found.citizens] == [desk["per"], other.id]
        assert "Aja" not in repr(found.citizens)
        assert searching.only_one(searching.search(unit, naestved, "aja eg"), "aja eg") is None


def test_who_is_shown_is_written_down_and_nobody_else(store: Store, naestved: Caller, desk: dict[str, str]):
    ids(store, naestved, "per kaj")
    with store.unit() as unit:
        searching.search(unit, naestved, "per kaj")
        rows = [
            (one.action, one.citizen_id)
            for one in audit.entries(unit, "0370")
            if one.action in ("citizens_searched", "citizen_found")
        ]
    assert rows == [("citizens_searched", None), ("citizen_found", desk["per"])]


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("per kaj eg", (Sort.CITIZENS, "per")),
        ("Feje gård", (Sort.JOB_ORDERS, "order")),
        ("ærø bageri", (Sort.EMPLOYERS, "bakery")),
        ("75 82 10 20", (Sort.EMPLOYERS, "bakery")),
        ("Cafe Åsen", (Sort.CENTRES, "centre")),
    ],
)
def test_the_only_hit_is_told_where_it_is_named_in_full(
    store: Store, naestved: Caller, desk: dict[str, str], words: str, one: tuple[Sort, str]
):
    with store.unit() as unit:
        sort, key = one
        assert searching.only_one(searching.search(unit, naestved, words), words) == (sort, desk[key])


@pytest.mark.parametrize("words", ["per kaj", "7582", "kagerne", "zzzz"])
def test_a_part_opens_nothing(store: Store, naestved: Caller, desk: dict[str, str], words: str):
    with store.unit() as unit:
        assert searching.only_one(searching.search(unit, naestved, words), words) is None
