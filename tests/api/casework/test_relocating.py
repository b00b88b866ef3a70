"""All citizens of a centre that closes are moved to another one, and back, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from api.casework import centres as centres_desk
from api.casework import citizens as citizens_desk
from api.casework import erasure
from api.casework import relocating as desk
from api.casework.errors import NothingToTakeBack
from api.domain.caller import Role
from api.domain.records import AnchorRecord, ChainLink, Place, Through
from api.domain.working_days import day_of
from api.store import audit, centres, citizens, users
from api.store.errors import Missing
from geo import Refused
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen


@pytest.fixture
def unit(store, naestved, vejle):
    with store.unit() as unit:
        yield unit


@pytest.fixture
def boss(unit):
    return users.caller_of(users.add(unit, "0370", "boss", Role.COORDINATOR), "http")


@pytest.fixture
def old(unit, boss):
    """A centre that closes."""
    centre = centres.add(unit, boss, make_centre(boss, name="Havnen"))
    return centres_desk.close(unit, boss, centre.id, day_of(unit.at) + timedelta(days=30), None)


@pytest.fixture
def new(unit, boss):
    return centres.add(unit, boss, make_centre(boss, name="Broen", kind=AnchorKind.SUPPORTED_HOUSING))


def at(centre):
    return AnchorRecord(kind=centre.kind, centre_id=centre.id)


@pytest.fixture
def three(unit, naestved, old, new):
    """Somebody who starts there, somebody who starts at both, and somebody who starts elsewhere."""
    postal = AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="4700")
    anchors = ((postal, at(old)), (at(old), at(new)), (at(new),))
    return [citizens.add(unit, naestved, make_citizen(naestved, anchors=theirs)) for theirs in anchors]


def starts(unit, boss, citizen):
    return [one.centre_id or one.postcode for one in citizens.find(unit, boss, citizen.id).anchors]


def moved(unit, boss, old, new):
    seen = desk.coming(unit, boss, old.id, new.id, 9).seen
    return desk.relocate(unit, boss, old.id, new.id, seen)


def test_it_is_said_who_would_move_and_nobody_is_moved_by_looking(unit, boss, old, new, three):
    link = ChainLink(through=Through.DROP_IN_CENTRE, centre_id=old.id)
    citizens.replace(unit, boss, replace(three[1], chain=(link,)), 1)
    coming = desk.coming(unit, boss, old.id, new.id, 1)
    assert coming.seen == {three[0].id: 1, three[1].id: 2}
    assert [len(coming.shown), coming.reached_there, coming.other] == [1, 1, new]
    assert starts(unit, boss, three[0]) == ["4700", old.id]
    unit.commit()
    looks = [row.citizen_id for row in audit.entries(unit, "0370") if row.action == "citizen_listed"]
    assert looks == [coming.shown[0].id]


def test_all_move_each_with_a_version_and_a_row_in_the_log(unit, boss, old, new, three):
    done = moved(unit, boss, old, new)
    assert (done.moved, done.stayed) == (2, 0)
    assert [starts(unit, boss, one) for one in three] == [["4700", new.id], [new.id], [new.id]]
    assert citizens.find(unit, boss, three[0].id).anchors[1].kind is new.kind
    unit.commit()
    rows = [one for one in audit.entries(unit, "0370") if one.subject == old.id]
    changed = [(one.citizen_id, dict(one.details)) for one in rows if one.action == "citizen_changed"]
    assert sorted(changed) == sorted((one.id, {"version": 2, "to": new.id}) for one in three[:2])
    assert dict(rows[-1].details) == {"citizens": 2, "to": new.id}


def chain(unit, boss, citizen):
    links = citizens.find(unit, boss, citizen.id).chain
    return [(one.name, one.number, one.centre_id) for one in links]


def with_chain(unit, boss, citizen, *links):
    citizens.replace(unit, boss, replace(citizen, chain=links), citizen.version)
    return links


@pytest.mark.parametrize("with_chains", [True, False])
def test_the_ways_to_reach_them_move_along_where_it_is_said_and_back_by_the_same_press(
    unit, boss, old, new, three, with_chains
):
    there = {"through": Through.DROP_IN_CENTRE, "centre_id": old.id}
    at_old = ChainLink(**there, name="Kirsten", number="55 55 33 44")
    at_new = ChainLink(through=Through.DROP_IN_CENTRE, centre_id=new.id)
    own = ChainLink(through=Through.CITIZEN, number="12 34 56 78")
    with_chain(unit, boss, three[0], own, at_old)
    with_chain(unit, boss, three[1], ChainLink(**there), at_new)
    before = [chain(unit, boss, one) for one in three]
    seen = desk.coming(unit, boss, old.id, new.id, 9).seen
    done = desk.relocate(unit, boss, old.id, new.id, seen, with_chains=with_chains)
    mended = [[("", "12 34 56 78", None), ("Kirsten", "55 55 33 44", new.id)], [("", "", new.id)], []]
    assert [chain(unit, boss, one) for one in three] == (mended if with_chains else before)
    desk.undo(unit, boss, old.id, done.at)
    assert [chain(unit, boss, one) for one in three] == before
    unit.commit()
    told = [dict(one.details) for one in audit.entries(unit, "0370") if one.action == "citizens_relocated"]
    assert told == [{"citizens": 2, "to": new.id} | ({"chains": True} if with_chains else {})]


@pytest.mark.parametrize(
    ("centre", "written", "other", "then"),
    [
        ("55 55 11 11", "+4555551111", "55 55 22 22", "55 55 22 22"),
        ("55 55 11 11", "55551111", "", "55551111"),
        ("55 55 11 11", "20 20 20 20", "55 55 22 22", "20 20 20 20"),
        ("", "", "55 55 22 22", ""),
    ],
    ids=["the centre's own", "the other has none", "somebody's own", "none"],
)
def test_the_number_of_the_centre_becomes_the_other_one_s_and_no_other(
    unit, boss, old, new, three, centre, written, other, then
):
    for one, phone in ((old, centre), (new, other)):
        now = centres.find(unit, boss, one.id)
        centres.replace(unit, boss, replace(now, phone=phone), now.version)
    link = ChainLink(through=Through.DROP_IN_CENTRE, number=written, centre_id=old.id)
    with_chain(unit, boss, three[0], link)
    seen = desk.coming(unit, boss, old.id, new.id, 9).seen
    desk.relocate(unit, boss, old.id, new.id, seen, with_chains=True)
    assert chain(unit, boss, three[0]) == [("", then, new.id)]


def test_who_was_changed_or_has_come_since_stays_and_is_counted(unit, boss, old, new, three):
    seen = desk.coming(unit, boss, old.id, new.id, 9).seen
    citizens.replace(unit, boss, replace(three[0], name="Anna Holm"), 1)
    citizens.add(unit, boss, make_citizen(boss, anchors=(at(old),)))
    done = desk.relocate(unit, boss, old.id, new.id, seen)
    assert (done.moved, done.stayed) == (1, 2)
    assert starts(unit, boss, three[0]) == ["4700", old.id]


def test_who_was_erased_or_chose_another_start_meanwhile_stops_nobody(unit, boss, old, new, three):
    seen = desk.coming(unit, boss, old.id, new.id, 9).seen
    erasure.erase(unit, boss, three[0].id)
    citizens.replace(unit, boss, replace(three[1], anchors=make_citizen(boss).anchors), 1)
    done = desk.relocate(unit, boss, old.id, new.id, {**seen, three[2].id: 1, "nobody": 1})
    assert (done.moved, done.stayed) == (0, 0)
    assert starts(unit, boss, three[2]) == [new.id]


def test_a_press_puts_all_back_who_were_not_changed_since(unit, boss, old, new, three):
    done = moved(unit, boss, old, new)
    assert desk.may_be_undone(unit, boss, old.id, done.at) == 2
    now, later = citizens.find(unit, boss, three[1].id), replace(unit, at=unit.at + timedelta(seconds=1))
    citizens.replace(later, boss, replace(now, name="Bo Lund"), 2)
    assert desk.may_be_undone(later, boss, old.id, done.at) == 1
    back = desk.undo(later, boss, old.id, done.at)
    assert (back.moved, back.stayed) == (1, 1)
    assert starts(unit, boss, three[0]) == ["4700", old.id]
    assert starts(unit, boss, three[1]) == [new.id]
    assert citizens.find(unit, boss, three[0].id).version == 3


def test_nobody_else_and_nobody_later_moves_them_back(unit, boss, old, new, three):
    done = moved(unit, boss, old, new)
    other = users.caller_of(users.add(unit, "0370", "other", Role.COORDINATOR), "http")
    for caller, when in ((other, done.at), (boss, done.at - timedelta(seconds=1))):
        with pytest.raises(NothingToTakeBack):
            desk.undo(unit, caller, old.id, when)
    later = replace(unit, at=unit.at + timedelta(days=6))
    assert desk.may_be_undone(later, boss, old.id, done.at) == 0
    with pytest.raises(NothingToTakeBack):
        desk.undo(later, boss, old.id, done.at)
    assert starts(unit, boss, three[1]) == [new.id]


def test_they_are_put_back_once(unit, boss, old, new, three):
    done = moved(unit, boss, old, new)
    desk.undo(unit, boss, old.id, done.at)
    assert desk.undo(unit, boss, old.id, done.at) == desk.Relocated(0, 0, done.at)
    assert citizens.find(unit, boss, three[0].id).version == 3


def test_a_form_that_is_sent_twice_moves_them_once_and_says_when_that_was(unit, boss, old, new, three):
    seen = desk.coming(unit, boss, old.id, new.id, 9).seen
    done = desk.relocate(unit, boss, old.id, new.id, seen)
    later = replace(unit, at=unit.at + timedelta(seconds=2))
    assert desk.relocate(later, boss, old.id, new.id, seen) == desk.Relocated(0, 0, done.at)
    # what another has moved was moved by nobody's earlier press of one's own
    other = users.caller_of(users.add(unit, "0370", "other", Role.COORDINATOR), "http")
    assert desk.relocate(later, other, old.id, new.id, seen).at is None
    rows = [one.action for one in audit.entries(unit, "0370", limit=1000)]
    assert rows.count("citizens_relocated") == 1


def test_nobody_moves_from_a_centre_that_stays_or_to_where_nobody_can_start(unit, boss, vejle, old, new):
    nowhere = centres.add(unit, boss, make_centre(boss, name="Uden mærke", place=Place()))
    closing = centres.add(unit, boss, make_centre(boss, name="Lukker", valid_to=day_of(unit.at)))
    foreign = centres.add(unit, vejle, make_centre(vejle))
    assert desk.open_to_all(unit, boss, old) == (new,)
    for to in (old, nowhere, closing, foreign):
        with pytest.raises(Refused) as refused:
            desk.relocate(unit, boss, old.id, to.id, {})
        assert refused.value.field == "to"
    with pytest.raises(Refused, match="does not close"):
        desk.coming(unit, boss, new.id, old.id, 9)
    for ask in (desk.coming, desk.relocate):
        with pytest.raises(Missing):
            ask(unit, vejle, old.id, new.id, {} if ask is desk.relocate else 9)
    with pytest.raises(Missing):
        desk.undo(unit, vejle, old.id, unit.at)


def test_who_was_moved_is_not_asked_where_they_come_now(unit, boss, old, new, three):
    assert len(citizens_desk.starting_from(unit, boss, old.id, 9)[0]) == 2
    moved(unit, boss, old, new)
    assert citizens_desk.starting_from(unit, boss, old.id, 9) == ([], 0, "")
