"""A list that was taken in by mistake is taken back, on both databases: as if it had not come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table

from api.casework import contact_basis
from api.casework import contacts as contacts_desk
from api.casework import employers as employers_desk
from api.casework import proposals as proposals_desk
from api.casework import taking_lists_back as desk
from api.casework.catalogues import Catalogues
from api.casework.contacts import NewContact
from api.casework.errors import NothingToTakeBack
from api.casework.imports import ToldOrder, take_in_employers, take_in_job_orders
from api.casework.own_lists import ToldCentre, ToldCitizen, take_in_centres, take_in_citizens
from api.casework.proposals import NewProposal
from api.casework.supply import Kind
from api.domain.caller import Role
from api.domain.contacts import ContactKind
from api.domain.imports import ImportKind, ImportRun, Stays
from api.domain.proposals import StartedFrom
from api.domain.records import AnchorRecord, ChainLink, ContactBasis, OrderState, RecordKind, Through
from api.store import (
    assignments,
    audit,
    cafes,
    centres,
    citizens,
    contacts,
    employers,
    imports,
    job_orders,
    moves,
    new_id,
    users,
    uses,
    versions,
)
from api.store.errors import Missing
from api.store.tables import Base
from matching.vocabulary import AnchorKind, Answer, Demand
from tests.api.makers import make_afternoon, make_cafe, make_centre, make_citizen, make_employer, make_order
from tests.api.meanwhile import meanwhile

TAKE = {
    ImportKind.CENTRES: take_in_centres,
    ImportKind.CITIZENS: take_in_citizens,
    ImportKind.EMPLOYERS: take_in_employers,
    ImportKind.JOB_ORDERS: take_in_job_orders,
}
P, OTHER_P, THIRD_P = "1999000367", "1999000484", "1999000999"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def boss(store, naestved):
    with store.unit() as unit:
        found = users.caller_of(users.add(unit, "0370", "boss", Role.COORDINATOR), "http")
        unit.commit()
    return found


@pytest.fixture
def take(store, boss):
    """Takes in a list as a committed import does; the id of the run."""

    def take_in(kind, *told, by=boss):
        with store.unit() as unit:
            counts = TAKE[kind](unit, by, told)
            run = ImportRun(
                id=new_id(),
                municipality=by.municipality,
                kind=kind,
                file_name="liste.csv",
                file_hash="0" * 64,
                added=counts.added,
                changed=counts.changed,
                unchanged=counts.unchanged,
            )
            imports.add(unit, by, run)
            unit.commit()
        return run.id

    return take_in


@pytest.fixture
def back(store, boss):
    """Takes a list back; what it came to."""

    def take_back(run_id, by=boss):
        with store.unit() as unit:
            run = desk.take_back(unit, by, run_id)
            unit.commit()
        return run.taken_back

    return take_back


@pytest.fixture
def kept(store, boss):
    """Everything that lists can bring, as it stands; how often it was changed apart."""

    def look():
        with store.unit(read_only=True) as unit:
            found = (
                *employers.all_of(unit, boss.municipality),
                *job_orders.all_of(unit, boss.municipality),
                *centres.all_of(unit, boss.municipality),
                *citizens.some(unit, boss, citizens.names(unit, boss)).values(),
            )
        return {one.id: replace(one, version=1, updated_at=None) for one in found}

    return look


def told_firm(caller, p_number=P, **known):
    said = {"id": "", "cvr": "99003626", "contact_basis": None, "contact_basis_note": "", **known}
    return make_employer(caller, p_number=p_number, **said)


def told_order(firm, reference="JO-1", **known):
    return ToldOrder(order=make_order(firm, id="", reference=reference, **known))


def told_citizen(caller, name, user_id=None):
    return ToldCitizen(record=make_citizen(caller, id="", name=name), user_id=user_id)


def stored(store, caller, add, record):
    with store.unit() as unit:
        made = add(unit, caller, record)
        unit.commit()
    return made


def done(store, work):
    with store.unit() as unit:
        found = work(unit)
        unit.commit()
    return found


def the(kept, word):
    """The one record of this title or name."""
    return next(one for one in kept().values() if getattr(one, "title", getattr(one, "name", "")) == word)


# what goes, and what goes back


def test_what_a_list_has_added_goes_and_what_it_has_changed_goes_back(store, boss, take, back, kept):
    take(ImportKind.EMPLOYERS, told_firm(boss, phone="11 11 11 11"))
    before = kept()
    run = take(
        ImportKind.EMPLOYERS,
        told_firm(boss, phone="22 22 22 22", demands={Demand.NOISE: Answer.YES}),
        told_firm(boss, OTHER_P, name="Smedjen"),
    )
    assert len(kept()) == 2
    came_to = back(run)
    assert (came_to.removed, came_to.restored, came_to.stays) == (1, 1, {})
    assert kept() == before


def test_the_basis_that_an_order_has_given_its_employer_goes_with_the_order(store, boss, take, back, kept):
    firm = stored(store, boss, employers.add, told_firm(boss, id="e-1"))
    before = kept()
    run = take(ImportKind.JOB_ORDERS, told_order(firm))
    assert kept()["e-1"].contact_basis is ContactBasis.INBOUND_ORDER
    assert (back(run).removed, kept()) == (1, before)


def test_an_order_that_a_list_has_opened_is_filled_again_and_its_log_says_so(store, boss, take, back, kept):
    firm = stored(store, boss, employers.add, make_employer(boss))
    filled = make_order(firm, reference="JO-1", places=0, state=OrderState.FILLED)
    order = stored(store, boss, job_orders.add, filled)
    before = kept()
    run = take(ImportKind.JOB_ORDERS, ToldOrder(order=replace(order, id="", places=2), places=2))
    assert kept()[order.id].state is OrderState.OPEN
    assert (back(run).restored, kept()) == (1, before)
    log = done(store, lambda unit: moves.of(unit, boss, moves.OF_ORDERS, order.id))
    assert [(one.before, one.after, one.cause) for one in log] == [
        ("filled", "open", ""),
        ("open", "filled", "taken_back"),
    ]


def test_citizens_go_as_everybody_is_erased_and_their_centres_after_them(
    store, boss, naestved, take, back, kept
):
    of_centres = take(ImportKind.CENTRES, ToldCentre(centre=make_centre(boss, name="Havnen")))
    centre = the(kept, "Havnen")
    at = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id)
    anna = make_citizen(boss, id="", name="Anna", anchors=(at,))
    run = take(ImportKind.CITIZENS, ToldCitizen(record=anna, user_id=naestved.user_id))
    anna = the(kept, "Anna")
    with pytest.raises(NothingToTakeBack):
        back(of_centres)
    assert back(run).removed == 1
    with store.unit(read_only=True) as unit:
        assert versions.count(unit, "0370", RecordKind.CITIZEN, anna.id) == 0
        erased = [row.citizen_id for row in audit.entries(unit, "0370") if row.action == "citizen_erased"]
    assert erased == [anna.id]
    assert back(of_centres).removed == 1
    assert kept() == {}


def test_lists_that_built_on_one_another_are_taken_back_the_last_one_first(store, boss, take, back, kept):
    of_firms = take(ImportKind.EMPLOYERS, told_firm(boss, name="Smedjen"))
    of_orders = take(ImportKind.JOB_ORDERS, told_order(the(kept, "Smedjen")))
    with pytest.raises(NothingToTakeBack):
        back(of_firms)
    back(of_orders)
    assert back(of_firms).removed == 1
    assert kept() == {}


def test_past_lists_can_still_be_told_of_what_is_gone(store, boss, take, back, kept):
    run = take(ImportKind.EMPLOYERS, told_firm(boss, name="Smedjen"))
    firm = the(kept, "Smedjen")
    back(run)
    assert done(store, lambda unit: employers.version(unit, boss, firm.id, 1)).name == "Smedjen"


def test_the_log_says_who_took_the_list_back_and_what_came_of_it(store, boss, take, back):
    run = take(ImportKind.EMPLOYERS, told_firm(boss))
    back(run)
    with store.unit(read_only=True) as unit:
        row = list(audit.entries(unit, "0370"))[-1]
    assert (row.action, row.subject, row.user_id) == ("file_taken_back", run, boss.user_id)
    assert dict(row.details) == {"kind": "employers", "removed": 1, "restored": 0, "stayed": 0}


firms = st.builds(
    lambda number, phone, noise: ("firm", number, {"phone": phone, "demands": noise}),
    st.integers(0, 3),
    st.sampled_from(["", "11 11 11 11", "22 22 22 22"]),
    st.sampled_from([{}, {Demand.NOISE: Answer.YES}, {Demand.NOISE: Answer.NO}]),
)
asked = st.builds(
    lambda number, firm, places, text: ("order", number, firm, places, text),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([None, 1, 3]),
    st.sampled_from(["Luge bede", "Feje gården"]),
)


rows = st.lists(st.one_of(firms, asked), max_size=6)


@given(rows, rows)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_list_that_is_taken_in_and_back_leaves_the_records_as_they_were(
    store, boss, take, back, kept, first, second
):
    # every example has employers of its own
    own = new_id()
    taken_in(boss, take, kept, own, first)
    before = kept()
    for run in reversed(taken_in(boss, take, kept, own, second)):
        with store.unit(read_only=True) as unit:
            counts = imports.find(unit, boss, run)
        if counts.added or counts.changed:
            assert back(run).stays == {}
    assert kept() == before


def taken_in(boss, take, kept, own, rows):
    """The runs of a list of employers, and of one of orders to those who are there then."""
    told = [
        told_firm(boss, "", cvr="", name=f"Firma {number} {own}", **said)
        for number, said in (row[1:] for row in rows if row[0] == "firm")
    ]
    runs = [take(ImportKind.EMPLOYERS, *told)] if told else []
    there = [one for one in kept().values() if own in getattr(one, "name", "")]
    orders = [
        told_place(there[firm % len(there)], f"{number} {own}", places, text)
        for number, firm, places, text in (row[1:] for row in rows if row[0] == "order" and there)
    ]
    return [*runs, take(ImportKind.JOB_ORDERS, *orders)] if orders else runs


def told_place(firm, reference, places, text):
    order = make_order(firm, id="", reference=reference, text=text, places=places or 1)
    return ToldOrder(order=order, places=places)


# what stays, and why


def uses_of_an_employer(store, boss, firm):
    order = make_order(firm, reference="")
    call = NewContact(kind=ContactKind.CALL)
    cafe = make_cafe(boss, now=make_afternoon(seats={firm.id: 1}), expires_on=date(2099, 12, 31))
    return {
        "an order": (Stays.ORDERED, lambda unit: job_orders.add(unit, boss, order)),
        "a contact": (Stays.CONTACTED, lambda unit: contacts_desk.record(unit, boss, firm.id, call)),
        "an answer": (
            Stays.CHANGED,
            lambda unit: employers_desk.answer(unit, boss, firm.id, Demand.HEIGHTS, Answer.NO),
        ),
        "a café": (Stays.PLANNED, lambda unit: cafes.add(unit, boss, cafe)),
    }


@pytest.mark.parametrize("use", ["an order", "a contact", "an answer", "a café"])
@pytest.mark.parametrize("new", [True, False], ids=["added", "changed"])
def test_an_employer_that_was_used_since_stays_as_it_is_with_the_reason(
    store, boss, take, back, kept, use, new
):
    if not new:
        take(ImportKind.EMPLOYERS, told_firm(boss, name="Smedjen", phone="11 11 11 11"))
    told = told_firm(boss, name="Smedjen", phone="22 22 22 22")
    run = take(ImportKind.EMPLOYERS, told, told_firm(boss, OTHER_P, name="Andre"))
    why, work = uses_of_an_employer(store, boss, the(kept, "Smedjen"))[use]
    done(store, work)
    if use == "a café" and not new:
        # nothing tells since when the café has it, and the employer stays
        assert back(run).restored == 1
        return
    before = the(kept, "Smedjen")
    came_to = back(run)
    assert came_to.stays == {why: ((RecordKind.EMPLOYER, before.id),)}
    assert (came_to.removed, the(kept, "Smedjen")) == (1, before)


def test_what_was_changed_and_changed_back_has_not_been_changed(store, boss, take, back, kept):
    run = take(ImportKind.EMPLOYERS, told_firm(boss, name="Smedjen"))
    firm = the(kept, "Smedjen")
    for said in (Answer.NO, Answer.UNKNOWN):
        done(store, lambda unit, said=said: employers_desk.answer(unit, boss, firm.id, Demand.HEIGHTS, said))
    assert back(run).removed == 1


def test_an_order_that_somebody_was_suggested_for_stays_and_so_does_the_basis_it_gave(
    store, boss, take, back, kept
):
    firm = stored(store, boss, employers.add, told_firm(boss, id="e-1"))
    run = take(ImportKind.JOB_ORDERS, told_order(firm), told_order(firm, "JO-2", title="Feje", text="Feje"))
    order = the(kept, "Luge bede")
    anna = stored(store, boss, citizens.add, make_citizen(boss))
    new = NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    done(store, lambda unit: assignments.assign(unit, boss, anna.id, boss.user_id))
    done(store, lambda unit: proposals_desk.propose(unit, boss, new))
    came_to = back(run)
    assert came_to.stays == {
        Stays.ORDERED: ((RecordKind.EMPLOYER, "e-1"),),
        Stays.SUGGESTED: ((RecordKind.JOB_ORDER, order.id),),
    }
    assert kept()["e-1"].contact_basis is ContactBasis.INBOUND_ORDER
    assert came_to.removed == 1


def test_a_basis_that_was_taken_back_by_hand_is_not_touched_again(store, boss, take, back, kept):
    firm = stored(store, boss, employers.add, told_firm(boss, id="e-1"))
    run = take(ImportKind.JOB_ORDERS, told_order(firm))
    done(store, lambda unit: contact_basis.record(unit, boss, "e-1", None, "Vil ikke", None))
    came_to = back(run)
    assert (came_to.removed, came_to.stays) == (1, {Stays.CHANGED: ((RecordKind.EMPLOYER, "e-1"),)})
    assert kept()["e-1"].contact_basis_note == "Vil ikke"


def test_a_citizen_whom_somebody_works_with_stays(store, boss, naestved, colleague, take, back, kept):
    told = [told_citizen(boss, name, naestved.user_id) for name in ("Anna", "Bo", "Carla", "Dan")]
    run = take(ImportKind.CITIZENS, *told)
    anna, bo, carla = (the(kept, name) for name in ("Anna", "Bo", "Carla"))
    done(store, lambda unit: assignments.assign(unit, boss, anna.id, colleague.user_id))
    done(store, lambda unit: citizens.replace(unit, boss, replace(bo, ready=False), 1))
    done(store, lambda unit: assignments.end(unit, boss, carla.id, naestved.user_id))
    came_to = back(run)
    assert came_to.removed == 1
    assert came_to.stays == {
        Stays.CHANGED: ((RecordKind.CITIZEN, bo.id),),
        Stays.WORKED_WITH: tuple((RecordKind.CITIZEN, id_) for id_ in sorted((anna.id, carla.id))),
    }


def test_a_centre_through_which_somebody_is_reached_stays(store, boss, take, back, kept):
    told = [ToldCentre(centre=make_centre(boss, name=name)) for name in ("Havnen", "Broen")]
    run = take(ImportKind.CENTRES, *told)
    link = ChainLink(through=Through.DROP_IN_CENTRE, centre_id=the(kept, "Havnen").id)
    stored(store, boss, citizens.add, make_citizen(boss, chain=(link,)))
    came_to = back(run)
    assert (came_to.removed, list(came_to.stays)) == (1, [Stays.VISITED])
    assert the(kept, "Havnen").id == link.centre_id


def test_every_table_that_points_to_a_record_is_looked_into():
    of = {"employer": RecordKind.EMPLOYER, "job_order": RecordKind.JOB_ORDER}
    of |= {"centre": RecordKind.CENTRE, "citizen": RecordKind.CITIZEN}
    # a citizen's own starts are the citizen's, and whose work one is has a question of its own
    told = {("citizen_anchor", "citizen_id"), ("citizen_assignment", "citizen_id")}
    columns = [named for found in uses.NAMED.values() for _, (named, _) in found]
    told |= {(named.class_.__tablename__, named.key) for named in columns}
    pointing = set()
    for table in Base.metadata.tables.values():
        assert isinstance(table, Table)
        for key in table.foreign_key_constraints:
            if key.referred_table.name in of:
                pointing |= {(table.name, name) for name in key.column_keys if name != "municipality"}
    assert told == pointing


# who, when, and how often


def test_a_list_is_taken_back_once(store, boss, take, back, kept):
    run = take(ImportKind.EMPLOYERS, told_firm(boss))
    back(run)
    with pytest.raises(NothingToTakeBack, match="already"):
        back(run)


def test_a_list_in_which_nothing_is_left_to_take_back_stays_and_may_be_asked_about_again(
    store, boss, take, back, kept
):
    run = take(ImportKind.EMPLOYERS, told_firm(boss, name="Smedjen"))
    firm = the(kept, "Smedjen")
    order = stored(store, boss, job_orders.add, make_order(firm))
    with pytest.raises(NothingToTakeBack, match="used or changed"):
        back(run)
    done(store, lambda unit: job_orders.remove(unit, boss, [order.id]))
    assert back(run).removed == 1


def test_a_list_of_an_earlier_working_day_is_not_taken_back(store, boss, take, back):
    with time_machine.travel(MONDAY, tick=False):
        run = take(ImportKind.EMPLOYERS, told_firm(boss))
    tuesday = MONDAY + timedelta(days=1)
    with time_machine.travel(tuesday, tick=False), pytest.raises(NothingToTakeBack, match="day"):
        back(run)
    with time_machine.travel(MONDAY + timedelta(hours=5), tick=False):
        assert back(run).removed == 1


def test_a_colleague_takes_back_what_they_may_take_in(store, boss, naestved, colleague, vejle, take, back):
    of_firms = take(ImportKind.EMPLOYERS, told_firm(boss), by=naestved)
    of_citizens = take(ImportKind.CITIZENS, told_citizen(boss, "Anna"))
    for run, stranger in ((of_firms, vejle), (of_citizens, colleague)):
        with pytest.raises(Missing):
            back(run, by=stranger)
    assert back(of_firms, by=colleague).by == colleague.user_id


def test_of_two_who_take_a_list_back_at_once_one_is_told_that_it_is_done(patient, boss, take, kept):
    run = take(ImportKind.EMPLOYERS, told_firm(boss))

    def second():
        with patient.unit() as unit:
            try:
                desk.take_back(unit, boss, run)
            except NothingToTakeBack as refused:
                return refused.said()
            unit.commit()
        return "done"

    with patient.unit() as unit:
        desk.take_back(unit, boss, run)
        waiting = meanwhile(patient, second)
        unit.commit()
    assert "already" in waiting.result(timeout=60)
    assert kept() == {}


def test_what_is_written_down_while_a_list_is_taken_back_is_not_lost_with_it(patient, boss, take, kept):
    run = take(ImportKind.EMPLOYERS, told_firm(boss, name="Smedjen"))
    firm = the(kept, "Smedjen")

    def back():
        with patient.unit() as unit:
            try:
                desk.take_back(unit, boss, run)
            except NothingToTakeBack as refused:
                return refused.said()
            unit.commit()
        return "done"

    with patient.unit() as unit:
        contacts_desk.record(unit, boss, firm.id, NewContact(kind=ContactKind.CALL))
        waiting = meanwhile(patient, back, "employer")
        unit.commit()
    assert "used or changed" in waiting.result(timeout=60)
    assert the(kept, "Smedjen").id == firm.id
    found, _ = done(patient, lambda unit: contacts.of_employer(unit, boss, firm.id))
    assert len(found) == 1


def test_an_order_of_the_list_is_held_after_its_employer_as_everywhere(patient, boss, take, kept):
    unasked = make_employer(boss, contact_basis=None, contact_basis_note="")
    firm = stored(patient, boss, employers.add, unasked)
    run = take(ImportKind.JOB_ORDERS, told_order(firm, title="Luge bede"))
    order = the(kept, "Luge bede")

    def back():
        with patient.unit() as unit:
            desk.take_back(unit, boss, run)
            unit.commit()
        return "done"

    with patient.unit() as unit:
        employers.held(unit, boss, firm.id)
        waiting = meanwhile(patient, back, "employer")
        assert job_orders.held(unit, boss, order.id).title == "Luge bede"
        unit.commit()
    assert waiting.result(timeout=60) == "done"
    assert set(kept()) == {firm.id}


def test_whoever_ranks_elsewhere_ranks_no_more_what_was_taken_back(store, boss, take, back, kept):
    firm = stored(store, boss, employers.add, make_employer(boss))
    before = kept()
    smithy = told_firm(boss, OTHER_P, name="Smedjen", advertising_protected=Answer.NO)
    runs = [take(ImportKind.EMPLOYERS, smithy)]
    second = told_order(the(kept, "Smedjen"), "JO-2", text="Feje")
    runs.append(take(ImportKind.JOB_ORDERS, told_order(firm), second))
    here, there = Catalogues(), Catalogues()

    def ranked(catalogues):
        with store.unit(read_only=True) as unit:
            supply = catalogues.of(unit, boss).supply
        lists = [*map(supply.catalogue, Kind)]
        return {id_ for one in lists for id_ in one.ids if id_ in one} | supply.employers.keys()

    brought = set(kept())
    assert ranked(here) == ranked(there) == brought
    for run in reversed(runs):
        back(run)
    assert kept() == before
    assert ranked(here) == ranked(there) == ranked(Catalogues()) == {firm.id}
