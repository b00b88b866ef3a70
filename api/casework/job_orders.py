"""The desk of job orders: taken down, confirmed, changed, answered about, ended.

The reading of the employer's words is kept as it was proposed and as a person confirmed or corrected it.
"""

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import date, datetime

from api.access import audit
from api.access.scopes import Scope, may
from api.casework import practices
from api.casework.contacts import NewContact
from api.casework.contacts import record as record_contact
from api.casework.employers import ENTERED, answered, note_inbound_order
from api.casework.errors import ReferenceTaken
from api.casework.readings import reading_of
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.contacts import BY_CHANNEL, ContactAbout, ContactKind
from api.domain.job_orders import opened_by_places, require_days
from api.domain.moves import Move, ProposalState, ReturnCause, require_order_move
from api.domain.records import EmployerRecord, JobOrderRecord, KeptReading, OrderState
from api.domain.working_days import day_of, start_of
from api.store import Unit, citizens, contacts, employers, job_orders, moves, proposals
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_
from matching.orders import Task
from matching.vocabulary import Answer, Demand, Support


def read(unit: Unit, caller: Caller, order_id: str) -> JobOrderRecord:
    """A job order of the own municipality; raises `Missing`."""
    found = job_orders.find(unit, caller, order_id)
    if found is None:
        raise Missing("job order", order_id)
    return found


def register(unit: Unit, caller: Caller, order: JobOrderRecord) -> JobOrderRecord:
    """Take down a new job order: its words are read, its clock starts, who took it down is kept.

    A task that comes with it is the reading as the caller confirmed or corrected it. The employer who asks
    for help may be called about it, and having asked stands among the contacts. Raises `ReferenceTaken`, and
    `Refused` when the employer is not here, for a day to come or years away, and for a civil registration
    number in its words.
    """
    employer = _employer_of(unit, caller, order)
    if order.state is OrderState.RETURNED:
        raise _returned_by_hand()
    require_days(order, day_of(unit.at))
    _refuse_persons(order)
    _refuse_same_reference(unit, caller, order)
    received_on = order.received_on or day_of(unit.at)
    taken = replace(
        order,
        source=order.source or ENTERED,
        received_on=received_on,
        heard_on=order.heard_on or received_on,
        taken_by=caller.user_id,
        clock_from=_received_at(received_on, unit.at),
        clock_practice=practices.version_now(unit, caller),
    )
    kept = job_orders.add(unit, caller, _with_reading(unit, caller, taken))
    moves.keep(unit, caller, moves.OF_ORDERS, kept.id, None, kept.state)
    audit.record(unit, caller, "job_order_registered", subject=kept.id)
    if kept.channel is not None:
        if not employer.may_be_contacted_first:
            note_inbound_order(unit, caller, employer, order.reference)
        _note_contact(unit, caller, kept, BY_CHANNEL[kept.channel], received_on)
    return kept


def change(
    unit: Unit, caller: Caller, before: JobOrderRecord, after: JobOrderRecord, seen: Set[int] | None
) -> JobOrderRecord:
    """Replace a job order; a task that differs, or taking it up, confirms what was read.

    What says nothing new makes no version.
    Other words are read anew beside the task, which stays as it was recorded until somebody corrects it.
    A corrected day of receipt moves the first clock, and what is suggested on it, never that of a return.
    Ending an order withdraws what is still suggested for it; more places open a filled one again. Raises
    `Stale` with the current state, `NotFromHere`, `ReferenceTaken`, and `Refused` for a new day of receipt or
    of being heard of that is to come, for one that is years away, and for a civil registration number in new
    words.
    """
    expected = require_seen("job order", before, seen)
    if after == before:
        return before
    _refuse_persons(after, before)
    if after.reference != before.reference:
        _refuse_same_reference(unit, caller, after)
    after = opened_by_places(before, after)
    _require_possible(before, after, day_of(unit.at))
    after = _with_first_clock(unit, caller, before, after)
    kept = job_orders.replace(unit, caller, _reread(unit, caller, before, after), expected)
    if before.clock_from and kept.clock_from and before.clock_from != kept.clock_from:
        proposals.reckon_from(unit, caller, kept.id, before.clock_from, kept.clock_from)
    if kept.state is not before.state:
        moves.keep(unit, caller, moves.OF_ORDERS, kept.id, before.state, kept.state)
    if kept.state is OrderState.ENDED:
        kept = close_proposals(unit, caller, kept, ProposalState.WITHDRAWN, "order_ended")
    audit.record(unit, caller, "job_order_changed", subject=kept.id, details={"version": kept.version})
    return kept


def _require_possible(before: JobOrderRecord, after: JobOrderRecord, today: date) -> None:
    if after.state is not before.state:
        if after.state is OrderState.RETURNED:
            raise _returned_by_hand()
        require_order_move(before.state, after.state)
    require_days(after, today, before)


def _with_first_clock(
    unit: Unit, caller: Caller, before: JobOrderRecord, after: JobOrderRecord
) -> JobOrderRecord:
    corrected = after.received_on if after.received_on != before.received_on else None
    if corrected and before.clock_from and not _has_been_returned(unit, caller, before):
        return replace(after, clock_from=_received_at(corrected, unit.at))
    return after


def put_back(
    unit: Unit, caller: Caller, order_id: str, version: int, seen: Set[int] | None
) -> JobOrderRecord:
    """Undo: what was told of the task as at an earlier version, and nothing else; raises as `change` does.

    A place that somebody has got since is not given once more; without one left, an open order is filled.
    """
    now, before = read(unit, caller, order_id), at_version(unit, caller, order_id, version)
    since = before.updated_at or now.updated_at or unit.at
    taken = proposals.taken_since(unit, caller, order_id, since)
    after = replace(
        now, title=before.title, text=before.text, places=max(before.places - taken, 0), task=before.task
    )
    if now.state is OrderState.OPEN and now.places > after.places == 0 < before.places:
        after = replace(after, state=OrderState.FILLED)
    return change(unit, caller, now, after, seen)


def opened_again(unit: Unit, caller: Caller, before: JobOrderRecord) -> JobOrderRecord:
    """An order as it is opened again by hand, with a place at least.

    Raises `Refused` while everybody who got a place still has it: the place would be given twice when one of
    them gives it back.
    """
    if before.state is OrderState.FILLED and before.places < 1:
        found = proposals.of_order(unit, caller, before.id)
        if any(one.state is ProposalState.ACCEPTED for one in found):
            problem = N_("Every place is taken by somebody who has said yes.")
            remedy = N_("Record what became of them, or give the task one more place.")
            raise Refused("places", problem, remedy)
    return replace(before, state=OrderState.OPEN, places=max(before.places, 1))


def at_version(unit: Unit, caller: Caller, order_id: str, version: int) -> JobOrderRecord:
    """A job order as at an earlier version; raises `Missing`."""
    found = job_orders.version(unit, caller, order_id, version)
    if found is None:
        raise Missing("version", str(version))
    return found


def close_proposals(
    unit: Unit,
    caller: Caller,
    order: JobOrderRecord,
    state: ProposalState,
    cause: str,
) -> JobOrderRecord:
    """Move every open proposal of an order to one state; answers the order without their load."""
    standing = [one for one in proposals.of_order(unit, caller, order.id) if one.is_open]
    for one in standing:
        proposals.move(unit, caller, one, replace(one, state=state, former=None), cause)
        audit.record(
            unit,
            caller,
            f"proposal_{state}",
            citizen_id=one.citizen_id,
            subject=one.id,
            details={"cause": cause},
        )
    if not standing and order.open_proposals == 0:
        return order
    return job_orders.replace(unit, caller, replace(order, open_proposals=0), order.version)


def history(unit: Unit, caller: Caller, order_id: str) -> tuple[Move, ...]:
    """Every state a job order has been in, oldest first; raises `Missing`.

    Notes are for those who may know of citizens at all. One that was written when citizens were asked no
    more is for whom all of them are open; one about a citizen whom no suggestion names, for who wrote it.
    """
    read(unit, caller, order_id)
    log = moves.of(unit, caller, moves.OF_ORDERS, order_id)
    noted = [move for move in log if move.note and may(caller, Scope.CITIZENS_LIST)]
    shown = _shown_notes(unit, caller, order_id, noted) if noted else frozenset()
    return tuple(move if move.seq in shown else replace(move, note="") for move in log)


def answer(
    unit: Unit,
    caller: Caller,
    order_id: str,
    about: Demand | Support,
    said: Answer,
    seen: Set[int] | None = None,
) -> JobOrderRecord:
    """Record what was answered about this order; it counts before the employer's own answers.

    The same answer on the same day changes nothing. Raises `Missing`, and `Stale` with the current state.
    """
    before = job_orders.held(unit, caller, order_id)
    require_seen("job order", before, seen)
    task = replace(before.task, **answered(before.task, about, said))
    # whoever answers about an order still wants it
    after = replace(before, task=task, heard_on=day_of(unit.at))
    if after == before:
        return before
    kept = job_orders.replace(unit, caller, after, before.version)
    details = {"about": str(about), "answer": str(said), "version": kept.version}
    audit.record(unit, caller, "job_order_answered", subject=kept.id, details=details)
    return kept


def _employer_of(unit: Unit, caller: Caller, order: JobOrderRecord) -> EmployerRecord:
    """The employer who asks, held: a colleague may be writing down a contact with them just now."""
    try:
        return employers.held(unit, caller, order.employer_id)
    except Missing:
        remedy = N_("Register the employer first.")
        problem = N_("There is no employer {value!r}.")
        raise Refused("employer_id", problem, remedy, value=order.employer_id) from None


def _note_contact(
    unit: Unit, caller: Caller, order: JobOrderRecord, kind: ContactKind, received_on: date
) -> None:
    """Write down that the employer was in touch, which is no contact of ours and counts against no limit."""
    # whoever rang and was given the order has written that conversation down, and so has a second order of it
    if contacts.has_written_down(unit, caller, order.employer_id, kind, received_on):
        return
    brought = NewContact(
        kind=kind, on=received_on, by_employer=True, about=ContactAbout.JOB_ORDER, order_id=order.id
    )
    record_contact(unit, caller, order.employer_id, brought)


def _refuse_persons(order: JobOrderRecord, before: JobOrderRecord | None = None) -> None:
    # a title is made of the words: put right there, it is right too
    words = ("text", "times_text", "title", "reference")
    said = {name: getattr(order, name) for name in words}
    refuse_civil_numbers(
        {name: text for name, text in said.items() if before is None or text != getattr(before, name)}
    )


def _refuse_same_reference(unit: Unit, caller: Caller, order: JobOrderRecord) -> None:
    there = job_orders.by_reference(unit, caller, order.reference)
    if there and there.id != order.id:
        raise ReferenceTaken(there.id)


def _shown_notes(unit: Unit, caller: Caller, order_id: str, noted: Iterable[Move]) -> frozenset[int]:
    """Those of an order's moves, by number, whose note the caller may read."""
    suggested = {one.id: one.citizen_id for one in proposals.of_order(unit, caller, order_id)}
    opened = citizens.open_to(unit, caller, suggested.values())
    moved = moves.by_moment(unit, caller, moves.OF_PROPOSALS, suggested)
    return frozenset(
        move.seq
        for move in noted
        if _may_read(move, caller, {suggested[id_] for id_ in moved.get(move.at, ())}, opened)
    )


def _may_read(move: Move, caller: Caller, about: Set[str], opened: Set[str]) -> bool:
    if move.cause == ReturnCause.CITIZEN_NOT_ABLE and not about:
        return move.by == caller.user_id
    return about <= opened


def _received_at(received_on: date, at: datetime) -> datetime:
    """The moment of receipt: now for today, else the beginning of its day, which does not count anyway."""
    return at if received_on == day_of(at) else start_of(received_on)


def _has_been_returned(unit: Unit, caller: Caller, order: JobOrderRecord) -> bool:
    log = moves.of(unit, caller, moves.OF_ORDERS, order.id)
    return any(line.after == OrderState.RETURNED for line in log)


def _returned_by_hand() -> Refused:
    remedy = N_("Send it back with a cause: POST /api/v1/job-orders/ID/return.")
    return Refused("state", N_("A job order is returned with a cause."), remedy)


def _with_reading(unit: Unit, caller: Caller, order: JobOrderRecord) -> JobOrderRecord:
    if not order.text and not order.times_text:
        return order
    reading = KeptReading(proposed=reading_of(order.text, order.times_text, order.received_on).to_json())
    if order.task != Task() or order.state is not OrderState.RECEIVED:
        reading = _confirmed(unit, caller, reading, order.task)
    return replace(order, reading=reading)


def _reread(unit: Unit, caller: Caller, before: JobOrderRecord, after: JobOrderRecord) -> JobOrderRecord:
    reading = before.reading
    if (after.text, after.times_text) != (before.text, before.times_text):
        proposed = reading_of(after.text, after.times_text, after.received_on).to_json()
        reading = KeptReading(proposed=proposed)
    taken_up = before.state is OrderState.RECEIVED and after.state is OrderState.OPEN
    if reading and (taken_up or after.task != before.task):
        reading = _confirmed(unit, caller, reading, after.task)
    return replace(after, reading=reading)


def _confirmed(unit: Unit, caller: Caller, reading: KeptReading, task: Task) -> KeptReading:
    return replace(reading, confirmed=task.to_json(), confirmed_by=caller.user_id, confirmed_at=unit.at)
