"""Taking in lists from other systems: what is new is added, what is known is brought up to date.

A list never takes anything away. A blank cell leaves what is kept, answers that employers gave stand beside
what the list says, a place that is known better than the list knows it stays, and a task that a consultant
has corrected is read anew only when its words have changed; answers about facts that did not change with the
words stay even then. So the same file taken in again changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Generic, TypeVar

from api.casework.directories import Directory, Orders
from api.casework.employers import note_inbound_order
from api.casework.readings import task_in
from api.domain.caller import Caller
from api.domain.identity import address_key
from api.domain.job_orders import opened_by_places
from api.domain.records import BY_HAND, Centre, EmployerRecord, JobOrderRecord, Place
from api.domain.tasks import joined, reworded
from api.store import Unit, employers, job_orders, moves, new_id, proposals
from geo import Precision
from geo.names import fold
from matching.orders import Task
from matching.vocabulary import Answer

_Kept = TypeVar("_Kept", Centre, EmployerRecord, JobOrderRecord)
_Told = TypeVar("_Told")
_WITH_CARE = {"place", "demands", "supports", "last_contact_on", "task", "title", "places"}
"""Fields that are brought together with more care than the rest."""
_NOT_BROUGHT = {"id", "municipality", "version", "updated_at", "state", "open_proposals"}
FROM_LIST = "fra listen {file}"
"""The note of a basis that a list has brought: it is kept with the employer, in the municipality's words."""

_ADDRESS = ("street", "house_number", "postcode", "town")


@dataclass(frozen=True, kw_only=True)
class ToldOrder:
    """A job order as a list tells it: `stated` and `places` are what its columns say, without the text."""

    order: JobOrderRecord
    stated: Task = field(default_factory=Task)
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """How many things a list has added, changed and left as they were, and how many rows spoke of one again.

    The four come to the rows that were taken. `bases` are the employers who may be contacted from now on
    because an order of theirs is on the list.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    bases: int = 0


@dataclass(frozen=True)
class Outcome(Generic[_Kept]):
    """What a list comes to: new records, changed ones, and how many rows spoke of them."""

    new: Sequence[_Kept]
    changed: Sequence[_Kept]
    before: Mapping[str, _Kept]
    told: int

    @property
    def counts(self) -> TakenIn:
        """The same as numbers; rows beyond the first of a record are its duplicates."""
        new, changed, known = len(self.new), len(self.changed), len(self.before)
        return TakenIn(
            added=new, changed=changed, unchanged=known - changed, duplicates=self.told - new - known
        )


def take_in_employers(unit: Unit, caller: Caller, told: Sequence[EmployerRecord]) -> TakenIn:
    """Add or update employers, none of which has an id yet."""
    take_turns(unit, caller)
    known = Directory(employers.all_of(unit, caller.municipality))
    # what is told surely goes first: what it leaves to the vaguer rows is then the same at every run
    surest_first = sorted(told, key=lambda one: (not one.p_number, not one.cvr, not address_key(one.place)))
    outcome = brought_together(
        surest_first, known.same_as, known.put, _employer_with, lambda one: _own(one, caller)
    )
    employers.add_all(unit, caller, outcome.new)
    for record in outcome.changed:
        employers.replace(unit, caller, record, record.version)
    return outcome.counts


def take_in_job_orders(unit: Unit, caller: Caller, told: Sequence[ToldOrder], file_name: str = "") -> TakenIn:
    """Add or update job orders, whose employers are known and named by `employer_id`.

    An employer who has asked for help may be called about it: a new order is recorded as the basis for
    contact where none was (CVR-loven §§ 19 and 22 protect from approaches without one). An order that is
    known gives none, so that a basis that was taken back stays away when its list comes in again. Nobody has
    stated that basis: it names `file_name`, the list that it rests on. A list
    tells of all places: those that somebody has accepted are not free, and more of them open a filled order.
    """
    take_turns(unit, caller)
    known = Orders(job_orders.all_of(unit, caller.municipality))
    accepted = proposals.accepted(unit, caller)
    outcome = brought_together(
        told,
        lambda one: known.same_as(one.order),
        known.put,
        lambda before, one: _order_with(before, one, accepted.get(before.id, 0)),
        lambda one: _own(one.order, caller),
    )
    job_orders.add_all(unit, caller, outcome.new)
    for record in outcome.changed:
        _replace_order(unit, caller, outcome.before[record.id], record)
    return replace(outcome.counts, bases=_note_bases(unit, caller, outcome.new, file_name))


def take_turns(unit: Unit, caller: Caller) -> None:
    """Wait until no other list of the municipality is being taken in."""
    # of two lists with the same new workplaces, the second has to find those of the first
    unit.take_turns(f"import {caller.municipality}")


def brought_together(
    told: Sequence[_Told],
    same_as: Callable[[_Told], _Kept | None],
    put: Callable[[_Kept], None],
    merged: Callable[[_Kept, _Told], _Kept],
    own: Callable[[_Told], _Kept],
) -> Outcome[_Kept]:
    """What is new and what comes out different, each record once, however many rows speak of it."""
    before: dict[str, _Kept | None] = {}
    after: dict[str, _Kept] = {}
    for one in told:
        known = same_as(one)
        record = own(one) if known is None else merged(known, one)
        before.setdefault(record.id, known)
        after[record.id] = record
        put(record)
    new = [after[id_] for id_, was in before.items() if was is None]
    changed = [after[id_] for id_, was in before.items() if was is not None and after[id_] != was]
    kept = {id_: was for id_, was in before.items() if was is not None}
    return Outcome(new, changed, kept, len(told))


def _replace_order(unit: Unit, caller: Caller, before: JobOrderRecord, after: JobOrderRecord) -> None:
    kept = job_orders.replace(unit, caller, after, after.version)
    if kept.state is not before.state:
        moves.keep(unit, caller, moves.OF_ORDERS, kept.id, before.state, kept.state)


def _employer_with(before: EmployerRecord, told: EmployerRecord) -> EmployerRecord:
    return replace(
        _with_said(before, told),
        place=better(before.place, told.place),
        demands={**before.demands, **told.demands},
        supports={**before.supports, **told.supports},
        # a list may be older than the last contact that was written down here
        last_contact_on=max(filter(None, (before.last_contact_on, told.last_contact_on)), default=None),
    )


def _order_with(before: JobOrderRecord, told: ToldOrder, accepted: int) -> JobOrderRecord:
    order = told.order
    # hours that the list leaves blank are not other hours
    same_words = order.text == before.text and order.times_text in ("", before.times_text)
    task = joined(before.task, told.stated) if same_words else _reworded(before, told)
    if not order.times_text and not task.times:
        task = replace(task, times=before.task.times)
    silent = same_words and told.places is None
    after = replace(
        _with_said(before, order),
        task=task,
        title=before.title if same_words else order.title,
        places=before.places if silent else max(order.places - accepted, 0),
    )
    return opened_by_places(before, after)


def _reworded(before: JobOrderRecord, told: ToldOrder) -> Task:
    """The task of other words; what was recorded about facts that did not change stays with it."""
    was_read = task_in(before.text, before.times_text, before.received_on)
    return joined(reworded(before.task, was_read, told.order.task), told.stated)


def _with_said(before: _Kept, told: _Kept) -> _Kept:
    """`before` with every plain field that the list says something in."""
    silent = ("", None, Answer.UNKNOWN)
    brought = {
        item.name: value
        for item in fields(told)
        if item.name not in _WITH_CARE | _NOT_BROUGHT and (value := getattr(told, item.name)) not in silent
    }
    return replace(before, **brought)


def better(before: Place, told: Place) -> Place:
    """The place that is known better; an address that has changed is a new place."""
    said = {name: value for name in _ADDRESS if (value := getattr(told, name))}
    if any((was := getattr(before, name)) and fold(was) != fold(value) for name, value in said.items()):
        return told
    # what was known of the address stands as it was written; what was blank is filled in
    address = {name: getattr(before, name) or said.get(name, "") for name in _ADDRESS}
    return replace(told if finer(before, told) else before, **address)


def finer(before: Place, told: Place) -> bool:
    """Whether the told point is the better one; among equals, a list only corrects its own kind.

    What somebody has marked on a map stands above every list.
    """
    if told.point is None or told.point == before.point or before.source == BY_HAND:
        return False
    if before.point is None:
        return True
    fineness = tuple(Precision).index
    if fineness(told.precision) == fineness(before.precision):
        return told.source == before.source
    return fineness(told.precision) < fineness(before.precision)


def _own(record: _Kept, caller: Caller) -> _Kept:
    return replace(record, id=new_id(), municipality=caller.municipality)


def _note_bases(unit: Unit, caller: Caller, orders: Iterable[JobOrderRecord], file_name: str) -> int:
    references = {order.employer_id: order.reference for order in orders}
    found = employers.some(unit, caller, references).values()
    silent = [employer for employer in found if not employer.may_be_contacted_first]
    source = FROM_LIST.format(file=file_name) if file_name else ""
    for employer in silent:
        note = ", ".join(filter(None, (source, references[employer.id])))
        note_inbound_order(unit, caller, employer, note)
    return len(silent)
