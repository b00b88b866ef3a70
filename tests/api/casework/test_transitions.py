"""Job orders and proposals moved at random: only as the tables say, with load, places and logs that agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from api.casework import job_orders as orders_desk
from api.casework import proposals as desk
from api.casework.catalogues import Catalogues
from api.casework.errors import NoPlaceLeft
from api.casework.returns import Returned, return_order
from api.domain import moves as product
from api.domain.caller import Caller
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import StartedFrom
from api.domain.records import OrderState
from api.store import Store, assignments, changes, citizens, employers, moves
from tests.api.casework.tables import ORDER_MOVES, PROPOSAL_MOVES, TABLE
from tests.api.casework.walks import Desk, came_of
from tests.api.makers import make_citizen, make_employer, make_order

PROVING = hypothesis_settings.get_current_profile_name() == "prove"
WALKS, STEPS = (200, 50) if PROVING else (6, 36)


# marked, as it is no test of Hypothesis by itself, for `make prove` to find it
@pytest.mark.hypothesis
def test_any_way_of_moving_orders_and_proposals_keeps_to_the_tables(store: Store, naestved: Caller):
    machine = type("OneDesk", (Desk,), {"store": store, "caller": naestved, "made": set()})
    walks = hypothesis_settings(max_examples=WALKS, stateful_step_count=STEPS)
    run_state_machine_as_test(machine, settings=walks)
    assert machine.made <= TABLE
    if PROVING:
        # so many walks come by every move there is, or something keeps them from it
        assert machine.made == TABLE


def test_the_tables_have_the_moves_that_were_agreed_on_and_no_other():
    assert product.ORDER_MOVES == ORDER_MOVES
    assert product.PROPOSAL_MOVES == PROPOSAL_MOVES


def ways(table: Mapping[Any, Iterable[Any]], begun: Any) -> Iterator[tuple[Any, ...]]:
    """For each move of a table the states from its beginning up to the move, by the shortest way."""
    way, found = {begun: (begun,)}, [begun]
    for state in found:
        for after in sorted(table[state]):
            yield (*way[state], after)
            if after not in way:
                way[after] = (*way[state], after)
                found.append(after)


def test_every_move_of_a_proposal_that_the_table_has_can_be_made(store: Store, naestved: Caller):
    tried = list(ways(PROPOSAL_MOVES, ProposalState.PROPOSED))
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer, places=len(tried)))
        for way in tried:
            anna = citizens.add(unit, naestved, make_citizen(naestved))
            assignments.assign(unit, naestved, anna.id, naestved.user_id)
            new = desk.NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
            made = desk.propose(unit, naestved, new).proposal
            for state in way[1:]:
                desk.record(unit, naestved, made.id, came_of(state))
            log = moves.of(unit, naestved, moves.OF_PROPOSALS, made.id)
            assert tuple(line.after for line in log) == way


def test_every_move_of_a_job_order_that_the_table_has_can_be_made(store: Store, naestved: Caller):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        for way in ways(ORDER_MOVES, OrderState.RECEIVED):
            order = orders_desk.register(unit, naestved, make_order(employer, state=OrderState.RECEIVED))
            for state in way[1:]:
                if state is OrderState.RETURNED:
                    kept = Catalogues().of(unit, naestved)
                    back = Returned(cause=ReturnCause.NO_CANDIDATE)
                    order = return_order(unit, naestved, kept, order.id, back).order
                else:
                    order = orders_desk.change(unit, naestved, order, replace(order, state=state), None)
            log = moves.of(unit, naestved, moves.OF_ORDERS, order.id)
            assert tuple(line.after for line in log) == way


def test_a_load_that_changes_is_noted_for_every_list_in_the_same_commit(store: Store, naestved: Caller):
    with store.unit() as unit:
        employer = employers.add(unit, naestved, make_employer(naestved))
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        order = orders_desk.register(unit, naestved, make_order(employer))
        unit.commit()
        seq = changes.seq(unit, "0370")
    kept_in = Catalogues()
    with store.unit(read_only=True) as unit:
        assert kept_in.of(unit, naestved).supply.orders[order.id].open_proposals == 0
    new = desk.NewProposal(citizen_id=anna.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    with store.unit() as unit:
        desk.propose(unit, naestved, new)
    with store.unit(read_only=True) as unit:
        # what was undone weighs nothing
        assert kept_in.of(unit, naestved).supply.orders[order.id].open_proposals == 0
    with store.unit() as unit:
        desk.propose(unit, naestved, new)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert [change.record_id for change in changes.since(unit, "0370", seq)] == [order.id]
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
