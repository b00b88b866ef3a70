"""The store takes the example data as it is: every key, every number and every date."""

from datetime import date

from api.domain.caller import Caller, Channel, Role
from api.domain.records import Municipality
from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality
from api.store import (
    Store,
    Unit,
    assignments,
    centres,
    citizens,
    employers,
    job_orders,
    municipalities,
    users,
)


def keep(unit: Unit, one: ExampleMunicipality) -> Caller:
    """Add all that a municipality holds; answers its coordinator."""
    if municipalities.find(unit, one.code) is None:
        municipalities.add(unit, Municipality(code=one.code, name=one.name, example=True))
    added = {user.role: users.add(unit, one.code, user.username, user.role) for user in one.users}
    caller = users.caller_of(added[Role.COORDINATOR], Channel.COMMAND_LINE)
    centres.add_all(unit, caller, one.centres)
    employers.add_all(unit, caller, one.employers)
    job_orders.add_all(unit, caller, one.job_orders)
    citizens.add_all(unit, caller, one.citizens)
    for citizen_id, role in one.assignments:
        assignments.assign(unit, caller, citizen_id, added[role].id)
    return caller


def test_the_written_municipalities_are_stored_as_they_are(
    store: Store, written: dict[str, ExampleMunicipality]
):
    for one in written.values():
        with store.unit() as unit:
            caller = keep(unit, one)
            unit.commit()
        with store.unit() as unit:
            for was in one.citizens:
                found = citizens.find(unit, caller, was.id)
                assert found is not None
                assert (found.name, found.needs, found.anchors) == (was.name, was.needs, was.anchors)
            for order in one.job_orders:
                kept = job_orders.find(unit, caller, order.id)
                assert kept is not None
                assert (kept.text, kept.task, kept.employer_id) == (order.text, order.task, order.employer_id)


def test_made_up_municipalities_are_stored_together(store: Store, on: date):
    for one in generate(7, municipalities=4, citizens=5, employers=20, orders=30, on=on):
        with store.unit() as unit:
            caller = keep(unit, one)
            assert len(job_orders.page(unit, caller, limit=100).items) == 30
            unit.commit()
