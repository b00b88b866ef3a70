"""What an employer has answered is felt by the next list of every process, and ages from day to day."""

from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources

import pytest
import time_machine

from api.casework import contact_corrections as corrections
from api.casework import contacts as contacts_desk
from api.casework import explanations, rankings, returns
from api.casework import policies as policies_desk
from api.casework import proposals as proposals_desk
from api.casework.catalogues import Catalogues
from api.casework.erasure import erase
from api.casework.rankings import Wanted
from api.casework.supply import Kind
from api.domain.contacts import ContactKind, ContactReply
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.working_days import day_of
from api.store import assignments, citizens, employers, job_orders, policies
from matching import Catalogue, Policy
from matching.citizens import Needs
from tests.api.casework.test_catalogues import kept
from tests.api.makers import make_citizen, make_employer, make_order

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
NEXT_YEAR = NOON.replace(year=2027)
ACCEPTED = proposals_desk.CameOf(state=ProposalState.ACCEPTED)
EMPLOYER_S_NO = proposals_desk.CameOf(
    state=ProposalState.DECLINED, declined_by=Side.EMPLOYER, reason=DeclineReason.TASK
)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def world(store, naestved):
    """Anna, a firm with two orders and a prospect that had one; nobody has answered anything."""
    with store.unit() as unit:
        anna = citizens.add(
            unit, naestved, make_citizen(naestved, needs=Needs(attitudes={"green": "gladly"}))
        )
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        firm, other = (
            employers.add(unit, naestved, make_employer(naestved, p_number=f"100000000{number}"))
            for number in (1, 2)
        )
        for id_ in ("o-1", "o-2"):
            job_orders.add(unit, naestved, make_order(firm, id=id_, places=3))
        job_orders.add(unit, naestved, make_order(other, id="o-3", places=1))
        unit.commit()
    return anna, firm, other


def answered(store, caller, order_id, came=EMPLOYER_S_NO):
    """What came of a suggestion of somebody else for an order; answers for whom."""
    with store.unit() as unit:
        citizen = citizens.add(unit, caller, make_citizen(caller))
        assignments.assign(unit, caller, citizen.id, caller.user_id)
        new = proposals_desk.NewProposal(
            citizen_id=citizen.id, order_id=order_id, started_from=StartedFrom.CITIZEN
        )
        made = proposals_desk.propose(unit, caller, new)
        proposals_desk.record(unit, caller, made.proposal.id, came)
        unit.commit()
    return citizen


def histories(store, catalogues, caller, kind=Kind.JOB_ORDERS):
    catalogue = kept(store, catalogues, caller).supply.catalogue(kind)
    orders = [catalogue.order(id_) for id_ in catalogue.ids if id_ in catalogue]
    return {order.id: (order.employer_yes, order.employer_no) for order in orders}


def scores(store, catalogues, caller, citizen, kind=Kind.JOB_ORDERS):
    found = rankings.for_citizen(store, catalogues, caller, citizen.id, Wanted(kind=kind), NOON.date()).found
    return {found.ids[index]: found.pair(index).score for index in found.shown()}


@pytest.mark.parametrize(("came", "moves"), [(EMPLOYER_S_NO, "down"), (ACCEPTED, "up")], ids=["no", "yes"])
def test_an_answer_moves_all_orders_of_its_employer_in_the_next_list_of_every_process(
    store, naestved, world, came, moves
):
    anna, *_ = world
    here, there = Catalogues(), Catalogues()
    before = [scores(store, each, naestved, anna) for each in (here, there)]
    answered(store, naestved, "o-1", came)
    after = [scores(store, each, naestved, anna) for each in (here, there)]
    assert before[0] == before[1]
    assert after[0] == after[1]
    # of the order that was answered about a place is gone or not; its sibling has only the answer
    moved = (after[0]["o-2"] > before[0]["o-2"]) - (after[0]["o-2"] < before[0]["o-2"])
    assert moved == {"down": -1, "up": 1}[moves]
    assert after[0]["o-3"] == before[0]["o-3"]
    expected = (0.0, 1.0) if came is EMPLOYER_S_NO else (1.0, 0.0)
    assert histories(store, here, naestved) == {"o-1": expected, "o-2": expected, "o-3": (0.0, 0.0)}


def test_a_pair_has_one_score_from_both_ends_and_in_its_explanation(store, naestved, world):
    anna, *_ = world
    answered(store, naestved, "o-1", ACCEPTED)
    answered(store, naestved, "o-1")
    catalogues, on = Catalogues(), NOON.date()
    listed = scores(store, catalogues, naestved, anna)["o-2"]
    candidates = rankings.for_order(store, catalogues, naestved, "o-2", 20, True, on).found
    ledger = explanations.explained(store, catalogues, naestved, anna.id, "o-2", on, "da").ledger
    assert candidates.pair(candidates.ids.index(anna.id)).score == listed == ledger.score
    assert "Virksomhedens tidligere svar: 1 ja, 1 nej" in ledger.reasons


def test_an_employer_whose_only_order_was_filled_is_a_prospect_who_has_said_yes(store, naestved, world):
    *_, other = world
    catalogues = Catalogues()
    assert other.id not in histories(store, catalogues, naestved, Kind.EMPLOYERS)
    answered(store, naestved, "o-3", ACCEPTED)
    assert histories(store, catalogues, naestved, Kind.EMPLOYERS) == {other.id: (1.0, 0.0)}


def test_an_order_that_is_called_off_is_a_no_of_its_employer(store, naestved, world):
    catalogues = Catalogues()
    before = kept(store, catalogues, naestved)
    with store.unit() as unit:
        returns.return_order(
            unit, naestved, before, "o-1", returns.Returned(cause=ReturnCause.EMPLOYER_WITHDREW)
        )
        unit.commit()
    assert histories(store, catalogues, naestved) == {"o-2": (0.0, 1.0), "o-3": (0.0, 0.0)}


@pytest.mark.parametrize(
    ("side", "reason"),
    [
        (Side.CITIZEN, DeclineReason.TASK),
        (Side.EMPLOYER, DeclineReason.NOT_ANSWERED),
        (Side.EMPLOYER, DeclineReason.TAKEN_OTHERWISE),
    ],
)
def test_no_list_tells_a_citizen_s_no_from_silence_or_from_a_place_that_was_gone(
    store, naestved, world, side, reason
):
    anna, *_ = world
    catalogues = Catalogues()
    before = scores(store, catalogues, naestved, anna)
    came = proposals_desk.CameOf(state=ProposalState.DECLINED, declined_by=side, reason=reason)
    answered(store, naestved, "o-1", came)
    assert scores(store, catalogues, naestved, anna) == before


def test_what_is_kept_is_aged_by_the_first_list_of_a_new_day_and_not_built_anew(
    store, naestved, world, at_noon, monkeypatch
):
    answered(store, naestved, "o-1", ACCEPTED)
    catalogues = Catalogues()
    before = kept(store, catalogues, naestved)
    assert kept(store, catalogues, naestved) is before
    at_noon.move_to(NEXT_YEAR)
    monkeypatch.delattr(Catalogue, "_sorted")
    after = kept(store, catalogues, naestved)
    assert after.seq == before.seq
    assert histories(store, catalogues, naestved)["o-1"] == (0.5, 0.0)
    # and once a day only
    assert kept(store, catalogues, naestved) is after
    # who began before midnight takes what is kept
    at_noon.move_to(NOON)
    assert kept(store, catalogues, naestved) is after


def test_an_answer_of_the_new_day_counts_whole_beside_older_ones(store, naestved, world, at_noon):
    answered(store, naestved, "o-1", ACCEPTED)
    catalogues = Catalogues()
    kept(store, catalogues, naestved)
    at_noon.move_to(NEXT_YEAR)
    answered(store, naestved, "o-2")
    assert histories(store, catalogues, naestved)["o-1"] == (0.5, 1.0)
    assert histories(store, Catalogues(), naestved) == histories(store, catalogues, naestved)


def test_a_list_of_another_day_has_the_answers_as_old_as_they_were_then(store, naestved, world):
    anna, *_ = world
    fresh = scores(store, Catalogues(), naestved, anna)
    answered(store, naestved, "o-1")
    catalogues = Catalogues()
    found = [
        rankings.for_citizen(store, catalogues, naestved, anna.id, Wanted(), on.date()).found
        for on in (NOON.replace(month=11), NEXT_YEAR)
    ]
    past, coming = ({each.ids[index]: each.pair(index) for index in each.shown()}["o-2"] for each in found)
    # what was answered later was not known on an earlier day
    assert past.score == fresh["o-2"]
    assert coming.assessment.orders.employer_no[coming.row] == 0.5


def test_another_half_life_is_felt_when_it_is_adopted_and_told_before(store, naestved, world, at_noon):
    anna, *_ = world
    for _ in range(6):
        answered(store, naestved, "o-1")
    at_noon.move_to(NEXT_YEAR)
    for _ in range(4):
        answered(store, naestved, "o-3")
    catalogues = Catalogues()
    assert histories(store, catalogues, naestved) == {"o-1": (0, 3), "o-2": (0, 3), "o-3": (0, 4)}
    text = (resources.files("matching") / "policy.toml").read_text("utf-8")
    text = text.replace("2026-1", "2027-1").replace(
        "half_life_months = { value = 12", "half_life_months = { value = 120"
    )
    new = Policy.from_toml(text)
    told = policies_desk.compare(store, catalogues, naestved, Policy.default(), new, 3, NEXT_YEAR.date())
    # the older answers of one employer weigh nearly whole, and its orders fall behind the other's
    moves = {(move.order_id, move.new_rank) for change in told.diff.changed for move in change.moves}
    assert moves == {("o-1", 2), ("o-2", 3), ("o-3", 1)}
    with store.unit() as unit:
        policies.add(unit, naestved, "2027-1", text)
        policies.adopt(unit, naestved, "2027-1")
        unit.commit()
    assert histories(store, catalogues, naestved)["o-2"][1] == pytest.approx(6 * 0.5**0.1)


def test_what_an_employer_said_to_somebody_who_is_erased_goes_with_them(store, naestved, world):
    citizen = answered(store, naestved, "o-1", ACCEPTED)
    here, there = Catalogues(), Catalogues()
    for catalogues in (here, there):
        assert histories(store, catalogues, naestved)["o-2"] == (1.0, 0.0)
    with store.unit() as unit:
        erase(unit, naestved, citizen.id)
        unit.commit()
    for catalogues in (here, there):
        assert histories(store, catalogues, naestved)["o-2"] == (0.0, 0.0)


def test_an_answer_that_is_undone_counts_no_more(store, naestved, world):
    catalogues = Catalogues()
    with store.unit() as unit:
        citizen = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, citizen.id, naestved.user_id)
        new = proposals_desk.NewProposal(
            citizen_id=citizen.id, order_id="o-1", started_from=StartedFrom.CITIZEN
        )
        made = proposals_desk.propose(unit, naestved, new).proposal
        proposals_desk.record(unit, naestved, made.id, ACCEPTED)
        unit.commit()
    assert histories(store, catalogues, naestved)["o-2"] == (1.0, 0.0)
    with store.unit() as unit:
        proposals_desk.record(unit, naestved, made.id, replace(ACCEPTED, state=ProposalState.WITHDRAWN))
        unit.commit()
    assert histories(store, catalogues, naestved)["o-2"] == (0.0, 0.0)


def test_the_day_is_denmark_s(store, naestved, world, at_noon):
    answered(store, naestved, "o-1")
    catalogues = Catalogues()
    at_noon.move_to(datetime(2026, 12, 1, 22, 59, tzinfo=UTC))
    before = kept(store, catalogues, naestved)
    at_noon.move_to(datetime(2026, 12, 1, 23, 1, tzinfo=UTC))
    after = kept(store, catalogues, naestved)
    assert (before.supply.openness.on, after.supply.openness.on) == (
        NOON.date(),
        day_of(datetime(2026, 12, 2, tzinfo=UTC)),
    )


def rung_up(store, caller, firm, reply, **said):
    with store.unit() as unit:
        new = contacts_desk.NewContact(kind=ContactKind.CALL, reply=reply, **said)
        contact = contacts_desk.record(unit, caller, firm.id, new).contact
        unit.commit()
    return contact


def test_what_is_said_on_the_telephone_is_felt_by_every_process_corrected_and_taken_back(
    store, naestved, world
):
    _, firm, _ = world
    here, there = Catalogues(), Catalogues()

    def told():
        found = [histories(store, each, naestved) for each in (here, there)]
        assert found[0] == found[1]
        assert found[0]["o-1"] == found[0]["o-2"]
        return found[0]["o-2"]

    assert told() == (0.0, 0.0)
    contact = rung_up(store, naestved, firm, ContactReply.NO, by_employer=True)
    assert told() == (0.0, 1.0)
    with store.unit() as unit:
        corrections.correct_reply(unit, naestved, firm.id, contact.id, ContactReply.YES)
        unit.commit()
    assert told() == (1.0, 0.0)
    with store.unit() as unit:
        corrections.take_back(unit, naestved, firm.id, contact.id)
        unit.commit()
    assert told() == (0.0, 0.0)


def test_not_now_moves_no_score(store, naestved, world):
    anna, firm, _ = world
    catalogues = Catalogues()
    before = scores(store, catalogues, naestved, anna)
    rung_up(store, naestved, firm, ContactReply.NOT_NOW, follow_up_on=NEXT_YEAR.date())
    assert scores(store, catalogues, naestved, anna) == before


def test_what_was_said_of_a_citizen_is_no_answer_before_nor_after_who_it_was_is_forgotten(
    store, naestved, world
):
    anna, firm, _ = world
    rung_up(store, naestved, firm, ContactReply.NO, citizen_id=anna.id)
    catalogues = Catalogues()
    assert histories(store, catalogues, naestved)["o-2"] == (0.0, 0.0)
    with store.unit() as unit:
        erase(unit, naestved, anna.id)
        unit.commit()
    for each in (catalogues, Catalogues()):
        assert histories(store, each, naestved)["o-2"] == (0.0, 0.0)
