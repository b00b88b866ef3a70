"""Days reserved for the next contact with an employer, so that two teams do not both take the last one.

The employer is held while its days are counted: of two who reserve the last contact at once, the second
counts the first one's day and is told the next free one.
"""

from datetime import date

from api.access import audit
from api.casework import employers as employers_desk
from api.casework.contacts import LimitState, state_of
from api.casework.errors import ContactLimitReached
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.contacts import Reservation
from api.domain.plausible_days import require_not_far_off
from api.domain.records import EmployerRecord
from api.domain.working_days import day_of
from api.store import Unit, employers, new_id
from api.store import reservations as store
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_


def reserve(
    unit: Unit, caller: Caller, employer_id: str, on: date | None = None, reason: str = ""
) -> Reservation:
    """Keep a day, today without one, for a contact with an employer.

    Raises `ContactLimitReached` with the next free working day when the limit would be broken, or the
    employer has asked to be left alone, unless there is a `reason`: then the day is kept and the audit log
    says so. Raises `Missing`, and `Refused` for a day that has been, and for an employer who must not be
    contacted first (CVR-loven §§ 19 and 22), whatever the reason.
    """
    employer = employers.held(unit, caller, employer_id)
    _require_basis(employer)
    refuse_civil_numbers({"reason": reason})
    day = _day_to_come(on, day_of(unit.at))
    state = state_of(unit, caller, employer, day)
    if state.why and not reason.strip():
        raise ContactLimitReached(state.limit, state.offered_on, state.why)
    kept = store.add(
        unit,
        caller,
        Reservation(
            id=new_id(),
            municipality=caller.municipality,
            employer_id=employer_id,
            on=day,
            by=caller.user_id,
            at=unit.at,
            reason=reason,
        ),
    )
    details = {"reservation": kept.id, "on": day.isoformat(), "beyond_limit": state.why is not None}
    details |= {"why": str(state.why)} if state.why else {}
    audit.record(unit, caller, "contact_reserved", subject=employer_id, details=details)
    return kept


def _require_basis(employer: EmployerRecord) -> None:
    if not employer.may_be_contacted_first:
        problem = N_("The register protects this employer from advertising, or nobody knows whether it does.")
        remedy = N_("Record a basis for contact first: a job order of its own, a relation or a consent.")
        raise Refused("contact_basis", problem, remedy)


def _day_to_come(on: date | None, today: date) -> date:
    day = on or today
    if day < today:
        remedy = N_("Give a day to come.")
        raise Refused("on", N_("{value} has been already."), remedy, value=day)
    require_not_far_off("on", day, today)
    return day


def of_employer(
    unit: Unit, caller: Caller, employer_id: str, after: store.Key | None = None, limit: int = 50
) -> tuple[tuple[Reservation, ...], store.Key | None, LimitState]:
    """The days reserved at an employer, in order, the key to go on after, and how far the limit is used."""
    employer = employers_desk.read(unit, caller, employer_id)
    found, next_key = store.of_employer(unit, caller, employer_id, after, limit)
    return found, next_key, state_of(unit, caller, employer)


def give_back(unit: Unit, caller: Caller, employer_id: str, reservation_id: str) -> LimitState:
    """Free a reserved day, whoever reserved it; answers what is free now. Raises `Missing`."""
    employer = employers.held(unit, caller, employer_id)
    if not store.give_back(unit, caller, employer_id, reservation_id):
        raise Missing("reservation", reservation_id)
    details = {"reservation": reservation_id}
    audit.record(unit, caller, "contact_reservation_given_back", subject=employer_id, details=details)
    return state_of(unit, caller, employer)
