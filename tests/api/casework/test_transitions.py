"""Job orders and proposals moved at random: only as the tables say, with load, places and logs that agree."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from api.casework import job_orders as orders_desk
from api.casework import proposals as desk
from api.casework.catalogues import Catalogues
from api.casework.errors import AlreadyProposed, NoPlaceLeft, NotCandidate, NothingToTakeBack
from api.casework.returns import Returned, return_order
from api.casework.taking_back import take_back
from api.domain.caller import Caller
from api.domain.moves import (
    HEARD,
    OPEN_PROPOSALS,
    ORDER_MOVES,
    PROPOSAL_MOVES,
    TAKEN_BACK,
    NotFromHere,
    ProposalState,
    ReturnCause,
)
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState
from api.store import Store, assignments, changes, citizens, employers, job_orders, moves, proposals
from geo import Refused
from tests.api.makers import make_citizen, make_employer, make_order

PEOPLE, ORDERS = 3, 2
outcomes = st.sampled_from(sorted(ProposalState))
REASON: dict[str, Any] = {"declined_by": Side.CITIZEN, "reason": DeclineReason.TASK}


class Desk(RuleBasedStateMachine):
    """The desk beside a model of it: what stands where, and how many places are left."""

    store: Store
    caller: Caller

    def __init__(self) -> None:
        super().__init__()
        self.proposals: dict[str, tuple[str, str, ProposalState]] = {}
        self.slips: dict[str, ProposalState | None] = {}
        with self.store.unit() as unit:
            employer = employers.add(unit, self.caller, make_employer(self.caller))
            people = citizens.add_all(unit, self.caller, [make_citizen(self.caller) for _ in range(PEOPLE)])
            for person in people:
                assignments.assign(unit, self.caller, person.id, self.caller.user_id)
            taken = [make_order(employer, places=1 + n) for n in range(ORDERS)]
            self.orders = {}
            for order in (orders_desk.register(unit, self.caller, one) for one in taken):
                self.orders[order.id] = (order.state, order.places)
            unit.commit()
        self.people = [person.id for person in people]
        self.resting: set[str] = set()

    @rule(person=st.integers(0, PEOPLE - 1), order=st.integers(0, ORDERS - 1))
    def propose(self, person: int, order: int) -> None:
        citizen_id, order_id = self.people[person], list(self.orders)[order]
        state, places = self.orders[order_id]
        taken = any(
            (who, what) == (citizen_id, order_id) and stands in OPEN_PROPOSALS
            for who, what, stands in self.proposals.values()
        )
        possible = (
            citizen_id not in self.resting
            and not taken
            and places > 0
            and state not in (OrderState.FILLED, OrderState.ENDED)
        )
        new = desk.NewProposal(citizen_id=citizen_id, order_id=order_id, started_from=StartedFrom.JOB_ORDER)
        with self.store.unit() as unit:
            try:
                made = desk.propose(unit, self.caller, new)
            except (AlreadyProposed, NoPlaceLeft, NotCandidate):
                assert not possible
                return
            unit.commit()
        assert possible
        self.proposals[made.proposal.id] = (citizen_id, order_id, ProposalState.PROPOSED)
        self.slips[made.proposal.id] = None
        self.orders[order_id] = (OrderState.OPEN, places)

    @rule(which=st.integers(0, 9), state=outcomes)
    def record(self, which: int, state: ProposalState) -> None:
        if which >= len(self.proposals):
            return
        proposal_id = list(self.proposals)[which]
        citizen_id, order_id, before = self.proposals[proposal_id]
        order_state, places = self.orders[order_id]
        goes_on = state in (ProposalState.CONTACTED, ProposalState.ACCEPTED)
        full = state is ProposalState.ACCEPTED and places == 0
        full = full or (goes_on and order_state is OrderState.ENDED)
        said = REASON if state is ProposalState.DECLINED else {}
        with self.store.unit() as unit:
            try:
                desk.record(unit, self.caller, proposal_id, desk.CameOf(state=state, **said))
            except NotFromHere:
                assert state not in PROPOSAL_MOVES[before]
                return
            except NoPlaceLeft:
                assert full
                return
            unit.commit()
        self.slips[proposal_id] = before
        assert state in PROPOSAL_MOVES[before]
        assert not full
        self.proposals[proposal_id] = (citizen_id, order_id, state)
        if state is ProposalState.NOT_ABLE_NOW:
            self.resting.add(citizen_id)
        self._follow(order_id, order_state, places, before, state)

    @rule(which=st.integers(0, 9))
    def take_back(self, which: int) -> None:
        if which >= len(self.proposals):
            return
        proposal_id = list(self.proposals)[which]
        citizen_id, order_id, before = self.proposals[proposal_id]
        order_state, places = self.orders[order_id]
        former = self.slips.get(proposal_id, before)
        after = former or ProposalState.WITHDRAWN
        with self.store.unit() as unit:
            try:
                take_back(unit, self.caller, proposal_id)
            except NothingToTakeBack:
                gone_on = after in (*OPEN_PROPOSALS, ProposalState.ACCEPTED)
                gone_on = gone_on and order_state in (OrderState.RETURNED, OrderState.ENDED)
                assert proposal_id not in self.slips or gone_on
                return
            except AlreadyProposed:
                assert after in OPEN_PROPOSALS
                return
            except NoPlaceLeft:
                assert after is ProposalState.ACCEPTED
                assert places == 0
                return
            unit.commit()
        assert proposal_id in self.slips
        del self.slips[proposal_id]
        self.proposals[proposal_id] = (citizen_id, order_id, after)
        with self.store.unit(read_only=True) as unit:
            order = job_orders.find(unit, self.caller, order_id)
            resting = citizens.find(unit, self.caller, citizen_id).not_able_until
        # no place is made or lost by it, and an order with a place for nobody is filled
        taken = (after is ProposalState.ACCEPTED) - (before is ProposalState.ACCEPTED)
        assert order.places == places - taken
        self.orders[order_id] = (order.state, order.places)
        self.resting = self.resting - {citizen_id} | ({citizen_id} if resting else set())

    def _follow(self, order_id, order_state, places, before, after) -> None:
        taken = (after is ProposalState.ACCEPTED) - (before is ProposalState.ACCEPTED)
        places -= taken
        goes_on = after in (ProposalState.CONTACTED, ProposalState.ACCEPTED)
        if goes_on and order_state in (OrderState.RECEIVED, OrderState.RETURNED):
            order_state = OrderState.OPEN
        if taken > 0 and places == 0:
            order_state = OrderState.FILLED
        elif taken < 0 and order_state is OrderState.FILLED:
            order_state = OrderState.OPEN
        self.orders[order_id] = (order_state, places)

    @rule(which=st.integers(0, ORDERS - 1), state=st.sampled_from(OrderState))
    def move_order(self, which: int, state: OrderState) -> None:
        order_id = list(self.orders)[which]
        before, places = self.orders[order_id]
        with self.store.unit() as unit:
            order = orders_desk.read(unit, self.caller, order_id)
            try:
                orders_desk.change(unit, self.caller, order, replace(order, state=state), None)
            except (NotFromHere, Refused):
                assert state not in ORDER_MOVES[before] or state is OrderState.RETURNED
                return
            unit.commit()
        assert state is before or state in ORDER_MOVES[before]
        self.orders[order_id] = (state, places)
        if state is OrderState.ENDED:
            self._close(order_id)

    @rule(
        which=st.integers(0, ORDERS - 1), cause=st.sampled_from([ReturnCause.NO_CANDIDATE, ReturnCause.OTHER])
    )
    def send_back(self, which: int, cause: ReturnCause) -> None:
        order_id = list(self.orders)[which]
        before, places = self.orders[order_id]
        with self.store.unit(read_only=True) as unit:
            kept = Catalogues().of(unit, self.caller)
        with self.store.unit() as unit:
            try:
                back = return_order(unit, self.caller, kept, order_id, Returned(cause=cause))
            except NotFromHere:
                assert OrderState.RETURNED not in ORDER_MOVES[before]
                return
            unit.commit()
        suggested = self._suggested_for(order_id)
        assert back.next is not None
        assert suggested.isdisjoint(back.next.found.ids)
        self.orders[order_id] = (OrderState.RETURNED, places)
        self._close(order_id)

    def _suggested_for(self, order_id: str) -> set[str]:
        with self.store.unit(read_only=True) as unit:
            return {one.citizen_id for one in desk.suggested_for(unit, self.caller, order_id)}

    def _close(self, order_id: str) -> None:
        for proposal_id, (who, what, stands) in self.proposals.items():
            if what == order_id and stands in OPEN_PROPOSALS:
                self.proposals[proposal_id] = (who, what, ProposalState.WITHDRAWN)
                self.slips.pop(proposal_id, None)

    @invariant()
    def the_desk_stands_where_the_model_does(self) -> None:
        with self.store.unit(read_only=True) as unit:
            for order_id, (state, places) in self.orders.items():
                order = job_orders.find(unit, self.caller, order_id)
                assert (order.state, order.places) == (state, places)
                mine = [stands for _, what, stands in self.proposals.values() if what == order_id]
                assert order.open_proposals == sum(stands in OPEN_PROPOSALS for stands in mine)
                assert (order.clock_met_at is None) or any(
                    stands in HEARD for stands in _ever(unit, self, order_id)
                )
                spoken = {one.contacted_at for one in proposals.of_order(unit, self.caller, order_id)}
                assert order.clock_met_at in {None, *spoken}
                unmet = order.clock_from and order.clock_met_at is None
                assert not (unmet and any(at >= order.clock_from for at in spoken if at))
                log = moves.of(unit, self.caller, moves.OF_ORDERS, order_id)
                assert log[-1].after == state
                told = [line for line in log[1:] if line.cause != TAKEN_BACK]
                assert all(line.after in ORDER_MOVES[OrderState(line.before)] for line in told)
            for proposal_id, (_, _, state) in self.proposals.items():
                found = proposals.find(unit, self.caller, proposal_id)
                assert found.state is state
                log = moves.of(unit, self.caller, moves.OF_PROPOSALS, proposal_id)
                assert log[-1].after == state
                for line in log[1:]:
                    before, after = ProposalState(line.before), ProposalState(line.after)
                    back = (after, before) if line.cause == TAKEN_BACK else (before, after)
                    made = (before, after) == (ProposalState.PROPOSED, ProposalState.WITHDRAWN)
                    assert back[1] in PROPOSAL_MOVES[back[0]] or made
                assert [line.seq for line in log] == list(range(1, len(log) + 1))


def _ever(unit, desk, order_id):
    return [
        ProposalState(line.after)
        for proposal_id, (_, what, _) in desk.proposals.items()
        if what == order_id
        for line in moves.of(unit, desk.caller, moves.OF_PROPOSALS, proposal_id)
    ]


def test_any_way_of_moving_orders_and_proposals_keeps_to_the_tables(store: Store, naestved: Caller):
    machine = type("OneDesk", (Desk,), {"store": store, "caller": naestved})
    few = hypothesis_settings(max_examples=8, stateful_step_count=25)
    run_state_machine_as_test(machine, settings=few)


def test_a_load_that_changes_is_noted_for_every_list_in_the_same_commit(store: Store, naestved: Caller):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer))
        seq = changes.seq(unit, "0370")
        unit.commit()
    kept_in = Catalogues()
    with store.unit(read_only=True) as unit:
        assert kept_in.of(unit, naestved).supply.orders[order.id].open_proposals == 0
    new = desk.NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    with store.unit() as unit:
        desk.propose(unit, naestved, new)
        assert [change.record_id for change in changes.since(unit, "0370", seq)] == [order.id]
    with store.unit(read_only=True) as unit:
        # what was undone weighs nothing
        assert kept_in.of(unit, naestved).supply.orders[order.id].open_proposals == 0
    with store.unit() as unit:
        desk.propose(unit, naestved, new)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert kept_in.of(unit, naestved).supply.orders[order.id].open_proposals == 1


@pytest.mark.parametrize("state", [OrderState.FILLED, OrderState.ENDED])
def test_nobody_is_suggested_for_an_order_that_is_done(store: Store, naestved: Caller, state: OrderState):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer, state=state))
        new = desk.NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
        with pytest.raises(NoPlaceLeft):
            desk.propose(unit, naestved, new)
