import inspect
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from api.domain.caller import Caller
from api.domain.records import AnchorRecord, RecordKind
from api.store import Store, access_grants, assignments, centres, citizens, versions
from api.store.errors import Duplicate, Missing, Stale
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen


def public_functions(module) -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(function)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


@pytest.mark.parametrize("module", [citizens, assignments, access_grants], ids=lambda m: m.__name__)
def test_no_query_for_a_citizen_goes_without_a_caller(module):
    functions = public_functions(module)
    assert functions
    without = {name for name, said in functions.items() if "caller" not in said.parameters}
    optional = {
        name
        for name, said in functions.items()
        if name not in without and said.parameters["caller"].default is not inspect.Parameter.empty
    }
    assert (without, optional) == (set(), set())


def test_a_citizen_comes_back_as_it_was_put_in(store: Store, naestved: Caller):
    with store.unit() as unit:
        centre = centres.add(unit, naestved, make_centre(naestved))
        anchors = (
            AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="4700"),
            AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id),
        )
        put = citizens.add(unit, naestved, make_citizen(naestved, anchors=anchors))
        assert citizens.find(unit, naestved, put.id) == put
        assert (put.version, put.updated_at) == (1, unit.at)


def test_another_municipalitys_citizen_does_not_exist(store: Store, naestved: Caller, vejle: Caller):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        thief = replace(vejle, user_id=naestved.user_id)
        for stranger in (vejle, thief):
            assert citizens.find(unit, stranger, anna.id) is None
            assert citizens.version(unit, stranger, anna.id, 1) is None
            assert citizens.page(unit, stranger).items == ()
            assert citizens.ready(unit, stranger) == ()
            assert citizens.search(unit, stranger, "anna") == ()
            assert anna.id not in citizens.assigned_to(unit, stranger)
            assert not citizens.may_open(unit, stranger, anna.id)
            assert assignments.of_citizen(unit, stranger, anna.id) == ()
            assert access_grants.of_citizen(unit, stranger, anna.id) == ()


def test_the_same_id_in_two_municipalities_is_two_citizens(store: Store, naestved: Caller, vejle: Caller):
    start = (AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="7100"),)
    thief = replace(vejle, user_id=naestved.user_id)
    with store.unit() as unit:
        here = citizens.add(unit, naestved, make_citizen(naestved, id="c-1"))
        there = citizens.add(unit, vejle, make_citizen(vejle, id="c-1", anchors=start))
        assert citizens.find(unit, naestved, "c-1") == here
        assert citizens.find(unit, vejle, "c-1") == there
        assignments.assign(unit, naestved, "c-1", naestved.user_id)
        access_grants.add(unit, naestved, "c-1", "Anna ringede til mig", timedelta(minutes=60))
        for stranger in (vejle, thief):
            assert "c-1" not in citizens.assigned_to(unit, stranger)
            assert not citizens.may_open(unit, stranger, "c-1")
            assert assignments.of_citizen(unit, stranger, "c-1") == ()
            assert access_grants.of_citizen(unit, stranger, "c-1") == ()
            assert not assignments.end(unit, stranger, "c-1", naestved.user_id)
        assert "c-1" in citizens.assigned_to(unit, naestved)


def test_another_municipalitys_citizen_can_be_neither_added_nor_changed(
    store: Store, naestved: Caller, vejle: Caller
):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        for taken in (anna, replace(anna, municipality="0630", anchors=())):
            with pytest.raises(Missing):
                citizens.replace(unit, vejle, taken, 1)
        with pytest.raises(Missing):
            citizens.add(unit, vejle, make_citizen(naestved))
        assert citizens.find(unit, naestved, anna.id) == anna


def test_a_citizen_cannot_start_from_another_municipalitys_centre(
    store: Store, naestved: Caller, vejle: Caller
):
    with store.unit() as unit:
        centre = centres.add(unit, vejle, make_centre(vejle))
        anchors = (AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id),)
        with pytest.raises(Duplicate):
            citizens.add(unit, naestved, make_citizen(naestved, anchors=anchors))


def test_replacing_makes_a_version_and_keeps_the_earlier_one(store: Store, naestved: Caller):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        moved = replace(anna, anchors=(AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="4750"),))
        second = citizens.replace(unit, naestved, replace(moved, ready=False), 1)
        assert second.version == 2
        assert citizens.find(unit, naestved, anna.id) == second
        assert citizens.version(unit, naestved, anna.id, 1) == anna
        assert citizens.version(unit, naestved, anna.id, 2) == second
        assert citizens.version(unit, naestved, anna.id, 3) is None


def test_a_change_to_an_earlier_version_is_refused_with_the_current_one(store: Store, naestved: Caller):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        second = citizens.replace(unit, naestved, replace(anna, name="Anna Bech"), 1)
        with pytest.raises(Stale) as stale:
            citizens.replace(unit, naestved, replace(anna, name="Anna Friis"), 1)
        assert stale.value.current == second
        assert citizens.find(unit, naestved, anna.id) == second


def test_a_citizen_that_is_not_there_cannot_be_changed(store: Store, naestved: Caller):
    with store.unit() as unit, pytest.raises(Missing):
        citizens.replace(unit, naestved, make_citizen(naestved), 1)


def test_pages_follow_each_other_without_gap_or_repetition(store: Store, naestved: Caller):
    with store.unit() as unit:
        people = citizens.add_all(unit, naestved, [make_citizen(naestved) for _ in range(7)])
        seen, after = [], None
        for _ in range(3):
            page = citizens.page(unit, naestved, after, 3)
            seen += page.items
            after = page.next
        assert after is None
    assert [(one.id, one.name, one.anchors, one.version) for one in seen] == [
        (one.id, one.name, one.anchors, 1) for one in sorted(people, key=lambda person: person.id)
    ]


def test_pages_follow_the_bytes_of_ids_and_not_the_alphabet_of_a_language(store: Store, naestved: Caller):
    ids = ["0aa1", "0ab1", "0z", "A", "a", "b-1", "b0", "bb", "c 1", "ø", "å"]
    with store.unit() as unit:
        citizens.add_all(unit, naestved, [make_citizen(naestved, id=id_) for id_ in reversed(ids)])
        seen, after = [], None
        while len(seen) < len(ids):
            page = citizens.page(unit, naestved, after, 2)
            seen += [person.id for person in page.items]
            after = page.next
    assert seen == sorted(ids)


def test_the_last_full_page_says_that_nothing_follows(store: Store, naestved: Caller):
    with store.unit() as unit:
        citizens.add_all(unit, naestved, [make_citizen(naestved) for _ in range(3)])
        assert citizens.page(unit, naestved, None, 3).next is None


def test_only_who_is_ready_and_has_not_objected_can_be_a_candidate(store: Store, naestved: Caller):
    with store.unit() as unit:
        ready = citizens.add(unit, naestved, make_citizen(naestved))
        citizens.add(unit, naestved, make_citizen(naestved, ready=False))
        citizens.add(unit, naestved, make_citizen(naestved, objects_to_ranking=True))
        assert citizens.ready(unit, naestved) == (ready,)


@pytest.mark.parametrize(
    ("words", "found"), [("åge", True), ("GRØN åg", True), ("Åge Bo", False), ("", False), ("%", False)]
)
def test_a_name_is_found_by_any_of_its_words(store: Store, naestved: Caller, words: str, found: bool):
    with store.unit() as unit:
        citizen = citizens.add(unit, naestved, make_citizen(naestved, name="Åge Grønbæk"))
        assert citizens.search(unit, naestved, words) == ((citizen,) if found else ())


def test_citizens_are_found_in_the_order_of_a_danish_register(store: Store, naestved: Caller):
    names = ["Øjvind Holm", "aase holm", "Zita Holm", "Åge Holm", "Ægir Holm", "Anna Holm", "Aage Holm"]
    with store.unit() as unit:
        citizens.add_all(unit, naestved, [make_citizen(naestved, name=name) for name in names])
        found = [citizen.name for citizen in citizens.search(unit, naestved, "HOLM")]
        first = [citizen.name for citizen in citizens.search(unit, naestved, "holm", limit=2)]
        spelt = [citizen.name for citizen in citizens.search(unit, naestved, "åge")]
    filed = ["Anna Holm", "Zita Holm", "Ægir Holm", "Øjvind Holm", "Aage Holm", "Åge Holm", "aase holm"]
    assert (found, first, spelt) == (filed, filed[:2], ["Aage Holm", "Åge Holm"])


def test_a_citizen_is_the_work_of_who_it_is_assigned_to_until_that_ends(
    store: Store, naestved: Caller, colleague: Caller
):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        assert anna.id not in citizens.assigned_to(unit, naestved)
        for _ in range(2):
            assignments.assign(unit, colleague, anna.id, naestved.user_id)
        assert assignments.of_citizen(unit, naestved, anna.id) == (naestved.user_id,)
        assert anna.id in citizens.assigned_to(unit, naestved)
        assert citizens.may_open(unit, naestved, anna.id)
        assert not citizens.may_open(unit, colleague, anna.id)
        assert anna.id not in citizens.assigned_to(unit, colleague)
        assert not assignments.end(unit, naestved, anna.id, colleague.user_id)
        assert assignments.end(unit, naestved, anna.id, naestved.user_id)
        assert not assignments.end(unit, naestved, anna.id, naestved.user_id)
        assert not citizens.may_open(unit, naestved, anna.id)
        assert anna.id not in citizens.assigned_to(unit, naestved)
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        assert anna.id in citizens.assigned_to(unit, naestved)


def test_a_citizen_cannot_be_assigned_to_another_municipalitys_user(
    store: Store, naestved: Caller, vejle: Caller
):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        with pytest.raises(Duplicate):
            assignments.assign(unit, naestved, anna.id, vejle.user_id)


def test_a_grant_opens_one_citizen_for_one_user_until_it_runs_out(
    store: Store, naestved: Caller, colleague: Caller
):
    with store.unit() as unit:
        anna, bent = citizens.add_all(unit, naestved, [make_citizen(naestved), make_citizen(naestved)])
        grant = access_grants.add(unit, naestved, anna.id, "Anna ringede til mig", timedelta(minutes=60))
        both = [anna.id, bent.id]
        assert citizens.open_to(unit, naestved, both) == {anna.id}
        assert citizens.open_to(unit, colleague, both) == set()
        assert anna.id not in citizens.assigned_to(unit, naestved)
        assert access_grants.of_citizen(unit, colleague, anna.id) == (grant,)
        unit.commit()
    for minutes, opened in [(59, True), (61, False)]:
        then = grant.granted_at + timedelta(minutes=minutes)
        with time_machine.travel(then, tick=False), store.unit(read_only=True) as unit:
            assert citizens.may_open(unit, naestved, anna.id) is opened


def test_a_grant_is_reviewed_once_and_never_by_who_asked_for_it(
    store: Store, naestved: Caller, colleague: Caller, vejle: Caller
):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        grant = access_grants.add(unit, naestved, anna.id, "Anna ringede til mig", timedelta(minutes=60))
        assert access_grants.unreviewed(unit, colleague, "", 10) == (grant,)
        assert access_grants.unreviewed(unit, vejle, "", 10) == ()
        assert not access_grants.review(unit, naestved, grant.id)
        assert not access_grants.review(unit, vejle, grant.id)
        assert access_grants.review(unit, colleague, grant.id)
        assert not access_grants.review(unit, colleague, grant.id)
        assert access_grants.unreviewed(unit, colleague, "", 10) == ()


def test_a_citizen_and_all_that_hangs_on_them_can_be_taken_away(store: Store, naestved: Caller):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        access_grants.add(unit, naestved, anna.id, "Anna ringede til mig", timedelta(minutes=60))
        unit.session.execute(text("DELETE FROM citizen"))
        versions.forget(unit, "0370", RecordKind.CITIZEN, anna.id)
        left = {
            table: unit.session.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("citizen_anchor", "citizen_assignment", "access_grant", "record_version")
        }
        assert set(left.values()) == {0}
        assert citizens.version(unit, naestved, anna.id, 1) is None


@pytest.mark.parametrize("few", [0, 100], ids=["all of the caller's read", "asked of them alone"])
def test_who_is_open_is_the_same_however_many_are_asked_about(store, naestved, monkeypatch, few):
    monkeypatch.setattr(citizens, "FEW", few)
    with store.unit() as unit:
        mine, other, unasked = citizens.add_all(unit, naestved, [make_citizen(naestved) for _ in range(3)])
        for one in (mine, unasked):
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        assert citizens.open_to(unit, naestved, [mine.id, other.id, "nobody"]) == {mine.id}
        assert citizens.open_to(unit, naestved, []) == frozenset()
