"""Taking in lists from other systems: what is new is added, what is known is brought up to date.

A list never takes anything away. A blank cell leaves what is kept, answers that employers gave stand beside
what the list says, a place that is known better than the list knows it stays, and a task that a consultant
has corrected is read anew only when its words have changed. So the same file taken in again changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from api.domain.caller import Caller
from api.domain.identity import employer_key, order_key
from api.domain.records import ContactBasis, EmployerRecord, JobOrderRecord, Place
from api.store import Unit, employers, job_orders, new_id
from geo import Precision, Refused
from geo.errors import N_
from matching.orders import TASK_FIELDS, Task
from matching.vocabulary import Answer

_Kept = TypeVar("_Kept", EmployerRecord, JobOrderRecord)
_OWN = {"id", "municipality", "version", "updated_at", "place", "demands", "supports", "task", "state"}
"""Fields that a list does not bring, or that are brought together with more care."""
_FROM_COLUMNS = ("hours_per_week", "pay_dkk_per_hour", "starts_on", "ends_on")


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """How many records a list added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class Directory:
    """The employers of a municipality, found as a list of job orders names them."""

    def __init__(self, known: Iterable[EmployerRecord]) -> None:
        """`known` are all workplaces that an order may belong to."""
        self._by_p_number: dict[str, EmployerRecord] = {}
        self._by_cvr: defaultdict[str, list[EmployerRecord]] = defaultdict(list)
        for employer in known:
            if employer.p_number:
                self._by_p_number[employer.p_number] = employer
            self._by_cvr[employer.cvr].append(employer)

    def find(self, cvr: str, p_number: str) -> EmployerRecord:
        """The workplace of a P-number, else the only one of a CVR number; raises `Refused` otherwise."""
        remedy = N_("Import the employers first, or correct the number.")
        if p_number:
            if p_number not in self._by_p_number:
                problem = N_("There is no employer with P-number {value}.")
                raise Refused("p_number", problem, remedy, value=p_number)
            return self._by_p_number[p_number]
        workplaces = self._by_cvr[cvr]
        if not workplaces:
            raise Refused("cvr", N_("There is no employer with CVR number {value}."), remedy, value=cvr)
        if len(workplaces) > 1:
            problem = N_("CVR number {value} has {count} workplaces here.")
            say_which = N_("Give the P-number of the one that is meant.")
            raise Refused("cvr", problem, say_which, value=cvr, count=len(workplaces))
        return workplaces[0]


def take_in_employers(unit: Unit, caller: Caller, told: Sequence[EmployerRecord]) -> TakenIn:
    """Add or update employers; each of `told` is a different workplace and has no id yet."""
    known = {employer_key(record): record for record in employers.all_of(unit, caller.municipality)}
    new, changed = _sorted_out(told, known, employer_key, _employer_with)
    employers.add_all(unit, caller, (_own(record, caller) for record in new))
    for record in changed:
        employers.replace(unit, caller, record, record.version)
    return _counted(told, new, changed)


def take_in_job_orders(unit: Unit, caller: Caller, told: Sequence[JobOrderRecord]) -> TakenIn:
    """Add or update job orders, whose employers are known and named by `employer_id`.

    An employer who has asked for help may be called about it: the order is recorded as the basis for contact
    where none was (CVR-loven §§ 19 and 22 protect from approaches without one).
    """
    known = {order_key(record): record for record in job_orders.all_of(unit, caller.municipality)}
    new, changed = _sorted_out(told, known, order_key, _order_with)
    job_orders.add_all(unit, caller, (_own(record, caller) for record in new))
    for record in changed:
        job_orders.replace(unit, caller, record, record.version)
    _note_bases(unit, caller, new)
    return _counted(told, new, changed)


def _sorted_out(
    told: Iterable[_Kept],
    known: Mapping[Hashable, _Kept],
    key: Callable[[_Kept], Hashable],
    merged: Callable[[_Kept, _Kept], _Kept],
) -> tuple[list[_Kept], list[_Kept]]:
    """The records that are new, and those that are known and come out different."""
    new: list[_Kept] = []
    changed: list[_Kept] = []
    for record in told:
        before = known.get(key(record))
        if before is None:
            new.append(record)
        elif (after := merged(before, record)) != before:
            changed.append(after)
    return new, changed


def _employer_with(before: EmployerRecord, told: EmployerRecord) -> EmployerRecord:
    return replace(
        _with_said(before, told),
        place=_better(before.place, told.place),
        demands={**before.demands, **told.demands},
        supports={**before.supports, **told.supports},
    )


def _order_with(before: JobOrderRecord, told: JobOrderRecord) -> JobOrderRecord:
    same_words = (before.text, before.times_text) == (told.text, told.times_text)
    task = _columns_of(before.task, told.task) if same_words else told.task
    title = before.title if same_words else told.title
    return replace(_with_said(before, told), task=task, title=title)


def _columns_of(before: Task, told: Task) -> Task:
    """The task as it was confirmed, with what the list has in columns of their own."""
    brought = {name: getattr(told, name) for name in _FROM_COLUMNS}
    said = {name: getattr(before, name) for name in TASK_FIELDS}
    return Task(**said | {name: value for name, value in brought.items() if value is not None})


def _with_said(before: _Kept, told: _Kept) -> _Kept:
    """`before` with every field that the list says something in."""
    silent = ("", None, Answer.UNKNOWN)
    brought = {
        item.name: value
        for item in fields(told)
        if item.name not in _OWN and (value := getattr(told, item.name)) not in silent
    }
    return replace(before, **brought)


def _better(before: Place, told: Place) -> Place:
    """The place that is known better; an address that has changed is a new place."""
    if told == Place():
        return before
    precisions = tuple(Precision)
    moved = (before.street, before.house_number, before.postcode) != (
        told.street,
        told.house_number,
        told.postcode,
    )
    finer = told.point is not None and (
        before.point is None or precisions.index(told.precision) <= precisions.index(before.precision)
    )
    # the date of a point says when it was found; finding the same one again is no news
    same = replace(before, dated=told.dated) == told
    return told if (moved or finer) and not same else before


def _own(record: _Kept, caller: Caller) -> _Kept:
    return replace(record, id=new_id(), municipality=caller.municipality)


def _note_bases(unit: Unit, caller: Caller, orders: Iterable[JobOrderRecord]) -> None:
    references = {order.employer_id: order.reference for order in orders}
    for employer in employers.some(unit, caller, references).values():
        if not employer.may_be_contacted_first:
            noted = replace(
                employer,
                contact_basis=ContactBasis.INBOUND_ORDER,
                contact_basis_note=references[employer.id],
            )
            employers.replace(unit, caller, noted, employer.version)


def _counted(told: Sequence[_Kept], new: Sequence[_Kept], changed: Sequence[_Kept]) -> TakenIn:
    return TakenIn(added=len(new), changed=len(changed), unchanged=len(told) - len(new) - len(changed))
