"""The desk of employers: what they are, and what they answered."""

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

from api.access import audit
from api.casework.addresses import NOTHING_ASKED
from api.casework.places import Mark, marked, moved, placed
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.records import ContactBasis, EmployerRecord
from api.domain.working_days import day_of
from api.domain.workplaces import refusals, require_last_contact
from api.store import Unit, employers
from api.store.errors import Missing
from geo import Owner, Refused
from geo.address_service import Answers
from geo.errors import N_
from matching.orders import Task
from matching.vocabulary import Answer, Code, Demand, Support

Answering = EmployerRecord | Task
"""What holds answers about demands and supports."""

ENTERED = "entered"
"""The source of what somebody of the municipality wrote down themselves."""


def read(unit: Unit, caller: Caller, employer_id: str) -> EmployerRecord:
    """An employer of the own municipality; raises `Missing`."""
    found = employers.find(unit, caller, employer_id)
    if found is None:
        raise Missing("employer", employer_id)
    return found


def register(
    unit: Unit, caller: Caller, employer: EmployerRecord, answers: Answers = NOTHING_ASKED
) -> EmployerRecord:
    """Keep a new employer, with the best point known for its address; `answers` are the address service's.

    Raises `Refused` for the first thing that is wrong with it (`domain.workplaces`), and for a P-number that
    is there already.
    """
    _check(unit, caller, employer)
    municipality = employer.municipality_code or caller.municipality
    place = placed(employer.place, Owner.EMPLOYER, municipality, answers)
    kept = employers.add(unit, caller, replace(employer, place=place, source=ENTERED))
    audit.record(unit, caller, "employer_registered", subject=kept.id)
    return kept


def change(
    unit: Unit,
    caller: Caller,
    before: EmployerRecord,
    after: EmployerRecord,
    seen: Set[int] | None,
    answers: Answers = NOTHING_ASKED,
) -> EmployerRecord:
    """Replace an employer; what says nothing new makes no version.

    Raises `Stale` with the current state, and for what has changed as `register`.
    """
    expected = require_seen("employer", before, seen)
    _check(unit, caller, after, before)
    municipality = after.municipality_code or caller.municipality
    after = replace(after, place=moved(before.place, after.place, Owner.EMPLOYER, municipality, answers))
    if after == before:
        return before
    kept = employers.replace(unit, caller, after, expected)
    audit.record(unit, caller, "employer_changed", subject=kept.id, details={"version": kept.version})
    return kept


def mark_by_hand(
    unit: Unit, caller: Caller, employer_id: str, mark: Mark, seen: Set[int] | None
) -> EmployerRecord:
    """Put an employer where somebody has marked it on a map; raises `Missing`, and `Stale` as `change`."""
    before = read(unit, caller, employer_id)
    expected = require_seen("employer", before, seen)
    kept = employers.replace(unit, caller, replace(before, place=marked(unit, before.place, mark)), expected)
    details = {"version": kept.version, "precision": str(mark.precision)}
    audit.record(unit, caller, "employer_marked", subject=kept.id, details=details)
    return kept


def answer(
    unit: Unit,
    caller: Caller,
    employer_id: str,
    about: Demand | Support,
    said: Answer,
    seen: Set[int] | None = None,
) -> EmployerRecord:
    """Record what an employer answered for every task there; `unknown` takes an answer back.

    The same answer changes nothing. Raises `Missing`, and `Stale` with the current state.
    """
    before = employers.held(unit, caller, employer_id)
    require_seen("employer", before, seen)
    after = replace(before, **answered(before, about, said))
    if after == before:
        return before
    kept = employers.replace(unit, caller, after, before.version)
    details = {"about": str(about), "answer": str(said), "version": kept.version}
    audit.record(unit, caller, "employer_answered", subject=kept.id, details=details)
    return kept


def note_inbound_order(unit: Unit, caller: Caller, employer: EmployerRecord, reference: str) -> None:
    """Record an employer's own order as the basis for contact (CVR-loven §§ 19 and 22 ask for one)."""
    noted = replace(employer, contact_basis=ContactBasis.INBOUND_ORDER, contact_basis_note=reference)
    employers.replace(unit, caller, noted, employer.version)


def answered(before: Answering, about: Demand | Support, said: Answer) -> dict[str, Any]:
    """The field `demands` or `supports` of `before` with one more answer in it; unknown takes one back."""
    if isinstance(about, Demand):
        return {"demands": _with(before.demands, about, said)}
    return {"supports": _with(before.supports, about, said)}


def _with(answers: Mapping[Code, Answer], about: Code, said: Answer) -> dict[Code, Answer]:
    others = {code: answer for code, answer in answers.items() if code != about}
    return others if said is Answer.UNKNOWN else {**others, about: said}


def _check(
    unit: Unit, caller: Caller, employer: EmployerRecord, before: EmployerRecord | None = None
) -> None:
    for refused in refusals(employer, before):
        raise refused
    if before is None or employer.last_contact_on != before.last_contact_on:
        require_last_contact(employer, day_of(unit.at))
    there = employers.by_p_number(unit, caller, employer.p_number) if employer.p_number else None
    if there and there.id != employer.id:
        problem = N_("The employer {value} has this P-number already.")
        raise Refused("p_number", problem, N_("Change that one instead."), value=there.id)
