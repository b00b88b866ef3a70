"""Whose place another policy would move: told of the lists that people have, suggestions and all."""

from dataclasses import replace
from datetime import date

import pytest

from api.casework import policies as desk
from api.casework import rankings
from api.casework.catalogues import Catalogues
from api.casework.proposals import NewProposal, propose
from api.casework.rankings import Wanted
from api.domain.proposals import StartedFrom
from api.store import assignments, citizens, employers, job_orders
from geo import Point
from matching import Policy
from matching.citizens import Needs
from tests.api.makers import SQUARE, make_citizen, make_employer, make_order
from tests.matching.makers import policy_with

ON = date(2026, 12, 1)
FREE = policy_with({"load.points": 0})


@pytest.fixture(autouse=True)
def town(store, naestved):
    """Anna, who is suggested for the nearer of two orders, and Bent, who is suggested for none."""
    with store.unit() as unit:
        for name in ("anna", "bent"):
            green = Needs(attitudes={"green": "gladly"})
            one = citizens.add(unit, naestved, make_citizen(naestved, id=name, needs=green))
            assignments.assign(unit, naestved, one.id, naestved.user_id)
        farther = replace(SQUARE, point=Point(55.2340, 11.7650))
        for id_, place in (("near", SQUARE), ("far", farther)):
            firm = employers.add(unit, naestved, make_employer(naestved, place=place, cvr=""))
            job_orders.add(unit, naestved, make_order(firm, id=id_, places=1))
        propose(
            unit,
            naestved,
            NewProposal(citizen_id="anna", order_id="near", started_from=StartedFrom.CITIZEN),
        )
        unit.commit()


def listed(store, caller, citizen_id):
    found = rankings.for_citizen(store, Catalogues(), caller, citizen_id, Wanted(), ON).found
    return [found.ids[row] for row in found.shown()]


def moves(store, caller, old, new):
    diff = desk.compare(store, Catalogues(), caller, old, new, 3, ON).diff
    return {
        change.citizen_id: {(move.order_id, move.old_rank, move.new_rank) for move in change.moves}
        for change in diff.changed
    }


def test_the_ranks_that_move_are_those_of_the_list_that_a_citizen_has(store, naestved):
    assert listed(store, naestved, "anna") == ["near", "far"]
    assert listed(store, naestved, "bent") == ["far", "near"]
    # what Anna is suggested for costs others a place, and would not any more
    assert moves(store, naestved, Policy.default(), FREE) == {"bent": {("far", 1, 2), ("near", 2, 1)}}


def test_the_same_policy_moves_nobody(store, naestved):
    assert moves(store, naestved, Policy.default(), Policy.default()) == {}
