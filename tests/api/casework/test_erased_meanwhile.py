"""A citizen who is erased between being found and being shown is left out, or is missing: on both databases.

What was read before stands for what another transaction had seen before the erasing was committed.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.casework import beginnings, cafes, people, rankings, taking_back
from api.casework import centres as centres_desk
from api.casework import contacts as contacts_desk
from api.casework import due as due_desk
from api.casework import proposals as desk
from api.casework.catalogues import Catalogues
from api.casework.erasure import erase
from api.casework.follow_ups import to_come_back_to
from api.casework.unsuggested import unsuggested
from api.domain.contacts import ContactKind
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import AnchorRecord
from api.domain.working_days import day_of
from api.pages.go_between import go_betweens
from api.pages.outcomes import recorded_of
from api.store import assignments, audit, centres, citizens, contacts, employers, job_orders, proposals
from api.store.errors import Missing
from matching.talks import Talk
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen, make_employer, make_order
from tests.api.meanwhile import after


@pytest.fixture
def world(store, naestved):
    """Two citizens of the consultant's, and an order with two places for which the first is suggested."""
    with store.unit() as unit:
        named = [make_citizen(naestved, name=name) for name in ("Anna Holm", "Bent Holm")]
        anna, bent = (citizens.add(unit, naestved, one) for one in named)
        for one in (anna, bent):
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = job_orders.add(unit, naestved, make_order(employer, places=2))
        new = desk.NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
        made = desk.propose(unit, naestved, new).proposal
        unit.commit()
    return anna, bent, order, made


@pytest.fixture
def unit(store, world, colleague):
    with store.unit() as unit:
        yield unit


def erased(store, caller, citizen):
    with store.unit() as unit:
        erase(unit, caller, citizen.id)
        unit.commit()


@pytest.mark.parametrize("ranked", [True, False])
def test_who_is_erased_while_candidates_are_ranked_is_not_on_the_list(
    store, naestved, world, monkeypatch, ranked
):
    anna, bent, order, _ = world
    after(monkeypatch, rankings, "rank", lambda: erased(store, naestved, anna))
    found = rankings.for_order(store, Catalogues(), naestved, order.id, 10, ranked, date(2026, 12, 1))
    assert found.initials.keys() == {bent.id}
    listed = {found.found.ids[index] for index in (*found.shown, *found.asked)}
    assert listed | {*found.unranked, *found.left_out, *found.others} == {bent.id}
    with store.unit(read_only=True) as unit:
        looks = [row.citizen_id for row in audit.entries(unit, "0370") if row.action == "candidate_shown"]
    assert looks == [bent.id]


def test_an_erased_stranger_is_not_among_the_others(store, naestved, colleague, world, monkeypatch):
    anna, bent, order, _ = world
    after(monkeypatch, rankings, "rank", lambda: erased(store, naestved, anna))
    found = rankings.for_order(store, Catalogues(), colleague, order.id, 10, True, date(2026, 12, 1))
    assert found.others == (bent.id,)
    assert found.initials.keys() == {bent.id}


def test_who_is_erased_as_a_shortlist_is_asked_for_is_missing(store, naestved, world, monkeypatch):
    anna, *_ = world
    after(monkeypatch, rankings, "kept_now", lambda: erased(store, naestved, anna))
    with pytest.raises(Missing):
        rankings.for_citizen(store, Catalogues(), naestved, anna.id, rankings.Wanted(), date(2026, 12, 1))


def test_a_suggestion_of_who_was_erased_is_left_out_of_lists(unit, naestved, world):
    anna, bent, order, made = world
    new = desk.NewProposal(citizen_id=bent.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    other = desk.propose(unit, naestved, new).proposal
    erase(unit, naestved, anna.id)
    assert [one.proposal.id for one in desk.seen_by(unit, naestved, [made, other])] == [other.id]
    assert [one.proposal.id for one in desk.listed(unit, naestved, [made, other], "x")] == [other.id]
    with pytest.raises(Missing):
        desk.seen_one(unit, naestved, made)


RECORDED = {
    "outcome": lambda unit, caller, id_: desk.record(
        unit, caller, id_, desk.CameOf(state=ProposalState.CONTACTED)
    ),
    "outcome of a version": lambda unit, caller, id_: desk.record(
        unit, caller, id_, desk.CameOf(state=ProposalState.CONTACTED), 7
    ),
    "taken back": lambda unit, caller, id_: taking_back.take_back(unit, caller, id_),
    "begun": lambda unit, caller, id_: beginnings.begin(unit, caller, id_, beginnings.Step()),
}


@pytest.mark.parametrize("what", RECORDED)
def test_nothing_is_recorded_of_who_was_erased_while_the_order_was_waited_for(
    unit, naestved, world, monkeypatch, what
):
    anna, _, _, made = world
    after(monkeypatch, desk, "_answerable", lambda: erase(unit, naestved, anna.id))
    with pytest.raises(Missing):
        RECORDED[what](unit, naestved, made.id)


def test_nobody_is_suggested_who_was_erased_while_the_order_was_waited_for(
    unit, naestved, world, monkeypatch
):
    _, bent, order, _ = world
    after(monkeypatch, desk.job_orders, "held", lambda: erase(unit, naestved, bent.id))
    new = desk.NewProposal(citizen_id=bent.id, order_id=order.id, started_from=StartedFrom.CITIZEN)
    with pytest.raises(Missing):
        desk.propose(unit, naestved, new)


def test_what_was_recorded_just_now_of_who_is_erased_is_not_told(unit, naestved, world, monkeypatch):
    anna, _, _, made = world
    after(monkeypatch, proposals, "find", lambda: erase(unit, naestved, anna.id))
    assert recorded_of(unit, naestved, made.id) is None


def test_whose_work_an_erased_citizen_was_is_not_asked(unit, naestved, colleague, world):
    anna, bent, order, _ = world
    new = desk.NewProposal(citizen_id=bent.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    seen = desk.propose(unit, colleague, new)
    assert go_betweens(unit, colleague, [seen]).keys() == {bent.id}
    erase(unit, naestved, bent.id)
    assert go_betweens(unit, colleague, [seen]) == {}


def test_a_contact_about_who_was_erased_names_nobody_and_says_nothing(unit, naestved, world):
    anna, _, order, _ = world
    said = contacts_desk.NewContact(kind=ContactKind.CALL, citizen_id=anna.id, note="Anna kommer fredag")
    contact = contacts_desk.record(unit, naestved, order.employer_id, said).contact
    erase(unit, naestved, anna.id)
    (seen,) = contacts_desk.listed(unit, naestved, [contact], "contact_listed")
    assert (seen.initials, seen.name, seen.contact.citizen_id, seen.contact.note) == ("", None, None, "")
    (kept,) = contacts.some(unit, naestved, [contact.id])
    assert seen.contact == kept
    assert to_come_back_to(unit, naestved, [contact.id])[contact.id].seen.contact == kept


def test_who_is_erased_meanwhile_is_not_due(unit, naestved, world, monkeypatch):
    anna, *_ = world
    centre = centres.add(unit, naestved, make_centre(naestved))
    start = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id)
    citizens.replace(unit, naestved, replace(anna, anchors=(start,)), 1)
    centres_desk.close(unit, naestved, centre.id, day_of(unit.at) + timedelta(days=9), None)
    assert len(due_desk.due(unit, naestved).items) > 1
    after(monkeypatch, due_desk, "in_order", lambda: erase(unit, naestved, anna.id))
    found = due_desk.due(unit, naestved).items
    assert anna.id not in {one.waiting.citizen_id for one in found}


def test_who_is_erased_meanwhile_is_not_among_those_without_a_suggestion(unit, naestved, world):
    _, bent, *_ = world
    before = people.read(unit, naestved)
    assert [one.id for one in unsuggested(unit, naestved, before, 5).shown] == [bent.id]
    erase(unit, naestved, bent.id)
    assert list(unsuggested(unit, naestved, before, 5).shown) == []


@pytest.mark.parametrize("planned", [False, True])
def test_who_is_erased_as_a_cafe_is_made_does_not_come(store, naestved, world, monkeypatch, planned):
    anna, bent, order, _ = world
    real = cafes._able

    def able(unit, *rest):
        found = real(unit, *rest)
        erase(unit, naestved, anna.id)
        return found

    monkeypatch.setattr(cafes, "_able", able)
    if not planned:
        room = cafes.room(store, Catalogues(), naestved, date(2026, 12, 1))
        assert [one.id for one in room.people] == [bent.id]
        return
    wanted = cafes.Wanted(
        day=date(2026, 12, 1), citizen_ids=(anna.id, bent.id), order_ids=(order.id,), slots=4, tables=3
    )
    found = cafes.planned(store, Catalogues(), naestved, wanted)
    assert (found.people.keys(), found.lost) == ({bent.id}, 1)


def test_a_plan_that_hangs_is_made_anew_without_who_was_erased(store, naestved, world):
    anna, bent, order, _ = world
    wanted = cafes.Wanted(
        day=date(2026, 12, 1), citizen_ids=(anna.id, bent.id), order_ids=(order.id,), slots=4, tables=3
    )
    told = {Talk(one.id, order.employer_id): slot for slot, one in enumerate((anna, bent))}
    erased(store, naestved, anna)
    hanging = cafes.Hanging(tasks={anna.id: order.id, bent.id: order.id}, slots=told)
    again = cafes.planned(
        store, Catalogues(), naestved, replace(wanted, hanging=hanging, gone_ids=(anna.id,))
    )
    assert (again.people.keys(), again.gone, again.lost) == ({bent.id}, {}, 1)
    assert anna.id not in {talk.citizen_id for talk in again.plan.slot_of}
