"""Answers as they are given on the telephone: which ones came in since a moment, and one taken back.

Nothing is kept of a call: the versions of the order, the employer and the citizen tell what was answered.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from api.access import audit
from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.versions import require_seen
from api.domain.answers import Answering, Given, as_in, facts_of, given_in
from api.domain.caller import Caller
from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from api.store import Unit, citizens, employers, job_orders
from api.store.errors import Missing
from matching.vocabulary import REQUIREMENTS, Answer, Demand, parse_code

Answers = Mapping[str, Mapping[str, Given]]
"""What was answered, by the id of the record and the fact."""


def since(unit: Unit, caller: Caller, records: Iterable[Answering], moment: datetime) -> Answers:
    """The answers that came to stand after a moment about each of these records, as they are now.

    A citizen must be open to the caller. Records that have not changed since are not read again.
    """
    changed = (one for one in records if one.updated_at and one.updated_at > moment)
    found = {one.id: given_in(_past(unit, caller, one, moment)) for one in changed}
    return {id_: given for id_, given in found.items() if given}


def last(unit: Unit, caller: Caller, record: Answering) -> Given | None:
    """The answer that the last change of a record was; None where that was something else."""
    before = _version(unit, caller, record, record.version - 1)
    given = given_in([before, record]) if before else {}
    return next(iter(given.values())) if len(given) == 1 else None


def _version(unit: Unit, caller: Caller, record: Answering, version: int) -> Answering | None:
    if isinstance(record, CitizenRecord):
        return citizens.version(unit, caller, record.id, version)
    if isinstance(record, EmployerRecord):
        return employers.version(unit, caller, record.id, version)
    return job_orders.version(unit, caller, record.id, version)


def _past(unit: Unit, caller: Caller, record: Answering, moment: datetime) -> tuple[Answering, ...]:
    if isinstance(record, CitizenRecord):
        return citizens.since(unit, caller, record.id, moment)
    if isinstance(record, EmployerRecord):
        return employers.since(unit, caller, record.id, moment)
    return job_orders.since(unit, caller, record.id, moment)


def answer_of_citizen(unit: Unit, caller: Caller, citizen_id: str, about: str, answer: str) -> CitizenRecord:
    """Record whether a citizen has what a requirement asks for; raises as `citizens.opened` does."""
    requirement = parse_code(Demand, "about", about, REQUIREMENTS)
    said = parse_code(Answer, "answer", answer)
    before = citizens_desk.opened(unit, caller, citizen_id, "citizen_changed")
    return citizens_desk.answer(unit, caller, before, requirement, said)


def take_back_of_order(
    unit: Unit, caller: Caller, order_id: str, fact: str, version: int, seen: int
) -> JobOrderRecord:
    """One fact of an order as at an earlier version; raises `Missing`, and `Stale` as `_untouched` says."""
    now = orders_desk.read(unit, caller, order_id)
    earlier = orders_desk.at_version(unit, caller, order_id, version)
    stood = orders_desk.at_version(unit, caller, order_id, seen)
    return orders_desk.change(unit, caller, now, as_in(now, earlier, fact), _untouched(now, stood, fact))


def take_back_of_employer(
    unit: Unit, caller: Caller, employer_id: str, fact: str, version: int, seen: int
) -> EmployerRecord:
    """The same for a fact that holds for every task of an employer, the place among them, to the point."""
    now = employers_desk.read(unit, caller, employer_id)
    earlier = _found(employers.version(unit, caller, employer_id, version), version)
    stood = _found(employers.version(unit, caller, employer_id, seen), seen)
    expected = require_seen("employer", now, _untouched(now, stood, fact))
    kept = employers.replace(unit, caller, as_in(now, earlier, fact), expected)
    audit.record(unit, caller, "employer_changed", subject=kept.id, details={"version": kept.version})
    return kept


def take_back_of_citizen(
    unit: Unit, caller: Caller, citizen_id: str, fact: str, version: int, seen: int
) -> CitizenRecord:
    """The same for what a citizen can; raises as `citizens.opened` does as well."""
    now = citizens_desk.opened(unit, caller, citizen_id, "citizen_changed")
    earlier = citizens_desk.version(unit, caller, citizen_id, version)
    stood = citizens_desk.version(unit, caller, citizen_id, seen)
    return citizens_desk.change(unit, caller, now, as_in(now, earlier, fact), _untouched(now, stood, fact))


def _untouched(now: Answering, stood: Answering, fact: str) -> set[int]:
    """The version that may be replaced: what somebody changed elsewhere in the record is no conflict."""
    same = facts_of(now).get(fact) == facts_of(stood).get(fact)
    return {now.version if same else stood.version}


def _found(record: EmployerRecord | None, version: int) -> EmployerRecord:
    if record is None:
        raise Missing("version", str(version))
    return record
