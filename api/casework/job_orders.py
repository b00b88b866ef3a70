"""The desk of job orders: taken down, changed, and answered about."""

from collections.abc import Set
from dataclasses import replace

from api.access import audit
from api.casework.employers import ENTERED, answered
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.records import JobOrderRecord
from api.store import Unit, employers, job_orders
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_
from matching.vocabulary import Answer, Demand, Support


def read(unit: Unit, caller: Caller, order_id: str) -> JobOrderRecord:
    """A job order of the own municipality; raises `Missing`."""
    found = job_orders.find(unit, caller, order_id)
    if found is None:
        raise Missing("job order", order_id)
    return found


def register(unit: Unit, caller: Caller, order: JobOrderRecord) -> JobOrderRecord:
    """Keep a new job order; raises `Refused` when its employer is not here."""
    if employers.find(unit, caller, order.employer_id) is None:
        remedy = N_("Register the employer first.")
        raise Refused("employer_id", N_("There is no employer {value!r}."), remedy, value=order.employer_id)
    kept = job_orders.add(unit, caller, replace(order, source=ENTERED))
    audit.record(unit, caller, "job_order_registered", subject=kept.id)
    return kept


def change(
    unit: Unit, caller: Caller, before: JobOrderRecord, after: JobOrderRecord, seen: Set[int] | None
) -> JobOrderRecord:
    """Replace a job order; raises `Stale` with the current state."""
    expected = require_seen("job order", before, seen)
    kept = job_orders.replace(unit, caller, after, expected)
    audit.record(unit, caller, "job_order_changed", subject=kept.id, details={"version": kept.version})
    return kept


def answer(
    unit: Unit, caller: Caller, order_id: str, about: Demand | Support, said: Answer
) -> JobOrderRecord:
    """Record what was answered about this order; it counts before the employer's own answers."""
    before = read(unit, caller, order_id)
    after = replace(before, task=replace(before.task, **answered(before.task, about, said)))
    kept = job_orders.replace(unit, caller, after, before.version)
    details = {"about": str(about), "answer": str(said), "version": kept.version}
    audit.record(unit, caller, "job_order_answered", subject=kept.id, details=details)
    return kept
