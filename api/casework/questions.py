"""What is still to be asked of a job order or an employer, by the answers that the practice requires.

Citizens are only counted, so that the questions on which most of them hang come first; and only those who are
open to the caller, as a count that moves with one citizen tells what that citizen's work must allow.
"""

from collections.abc import Sequence

from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues
from api.casework.practices import practice_of
from api.domain import questions
from api.domain.caller import Caller
from api.domain.questions import Asked, OpenAnswer, Stakes
from api.domain.records import EmployerRecord, JobOrderRecord
from api.domain.working_days import day_of
from api.store import Unit, citizens, job_orders


def of_order(
    unit: Unit, caller: Caller, kept_in: Catalogues, order_id: str, also: Sequence[Asked] = ()
) -> tuple[OpenAnswer, ...]:
    """What is still to be asked about one job order; raises `Missing`. The unit has changed nothing.

    `also` is what candidates wait for beyond what the municipality wants to know of every order.
    """
    order = orders_desk.read(unit, caller, order_id)
    employer = employers_desk.read(unit, caller, order.employer_id)
    return open_questions(unit, caller, employer, [order], stakes_of(unit, caller, kept_in), also)


def of_employer(unit: Unit, caller: Caller, kept_in: Catalogues, employer_id: str) -> tuple[OpenAnswer, ...]:
    """What is still to be asked of a workplace and about its received and open orders.

    Raises `Missing`. The unit has changed nothing.
    """
    employer = employers_desk.read(unit, caller, employer_id)
    orders = job_orders.of_employer(unit, caller, employer_id)
    waiting = [order for order in orders if order.state in job_orders.RANKED]
    return open_questions(unit, caller, employer, waiting, stakes_of(unit, caller, kept_in))


def open_questions(
    unit: Unit,
    caller: Caller,
    employer: EmployerRecord,
    orders: Sequence[JobOrderRecord],
    stakes: Stakes,
    also: Sequence[Asked] = (),
) -> tuple[OpenAnswer, ...]:
    """The same for records that are at hand; `stakes_of` is asked once where there are many employers."""
    required = practice_of(unit, caller.municipality).required_answers
    return questions.open_questions(employer, orders, [*required, *also], stakes)


def stakes_of(unit: Unit, caller: Caller, kept_in: Catalogues) -> Stakes:
    """For how many of the citizens who can be asked today, and are open to the caller, each answer decides.

    They are held in memory, so the unit must not have changed anything that may yet be undone.
    """
    people, today = kept_in.people(unit, caller).by_id, day_of(unit.at)
    able = {id_: one.citizen for id_, one in people.items() if one.citizen and one.able(today)}
    open_ids = citizens.open_to(unit, caller, able)
    return Stakes.of(needs for id_, needs in able.items() if id_ in open_ids)
