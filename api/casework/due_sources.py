"""What can be due, kind by kind: each source answers the items that are somebody's, by ids and without names.

`SOURCES` is the table of them: a further kind is one more line in it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from api.access.scopes import Scope
from api.casework import left_alone, refusals
from api.casework.centres import closing_told_at
from api.casework.clocks import clocks_of, due_by
from api.casework.practices import Practices, practice_of
from api.casework.silence import paused_orders, silent_orders
from api.domain.caller import Caller
from api.domain.due import Desk, DueKind, Waiting
from api.domain.moves import ProposalState
from api.domain.practice import Practice
from api.domain.questions import Stakes, open_questions
from api.domain.records import Centre, JobOrderRecord, OrderState
from api.domain.working_days import contact_deadline, day_of, end_of, start_of
from api.store import Unit, centres, citizens, clock_pauses, contacts, employers, job_orders, proposals


def _contact_deadlines(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Citizens who were suggested and have not been contacted; not while the order's clock stands still."""
    found = proposals.in_states(unit, caller, [ProposalState.PROPOSED])
    mine = [(one, why) for one in found if (why := desk.of_proposal(one.citizen_id, one.held_by))]
    pauses = clock_pauses.of(unit, caller, {one.order_id for one, _ in mine})
    practices = Practices(unit, caller.municipality)
    for one, why in mine:
        by = due_by(one.clock_from, pauses.get(one.order_id, ()), practices.of(one.clock_practice))
        if by is not None:
            yield Waiting(
                kind=DueKind.PROPOSAL_DEADLINE,
                id=one.id,
                why=why,
                since=one.clock_from,
                by=by,
                citizen_id=one.citizen_id,
                order_id=one.order_id,
            )


def _yeses(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Citizens who have said yes and have not begun: until a first day is agreed on, and again on that day.

    No source gives a number of days from the yes to the call (Holstebro's three end with the contact), so the
    practice's days for a contact hold for it too, or the day on which the employer wants somebody to begin,
    if that is sooner and was still to come. An order that was sent back or ended meanwhile leaves it due:
    somebody was promised work.
    """
    found = proposals.to_begin(unit, caller)
    mine = [(one, why) for one in found if (why := desk.of_proposal(one.citizen_id, one.held_by))]
    orders = job_orders.some(unit, caller, {one.order_id for one, _ in mine})
    practices = Practices(unit, caller.municipality)
    for one, why in mine:
        said_yes_at = one.updated_at or one.created_at
        agreed = one.starts_on
        if agreed and agreed > day_of(unit.at):
            continue
        yield Waiting(
            kind=DueKind.BEGINNING if agreed else DueKind.AGREE_START,
            id=one.id,
            why=why,
            since=start_of(agreed) if agreed else said_yes_at,
            by=None
            if agreed
            else _call_by(orders[one.order_id], said_yes_at, practices.of(one.clock_practice)),
            citizen_id=one.citizen_id,
            order_id=one.order_id,
        )


def _call_by(order: JobOrderRecord, said_yes_at: datetime, practice: Practice) -> datetime | None:
    """Until when the employer is called: the day of work itself is not when somebody has to act."""
    by, day = due_by(said_yes_at, (), practice), order.task.starts_on
    if day is None or day < day_of(said_yes_at):
        return by
    return min(by, end_of(day)) if by else end_of(day)


def _orders(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Job orders with a free place for which nobody is suggested, new ones and those sent back.

    Once a citizen was contacted, the deadline is met: whatever came of it, another is found without one.
    """
    found = job_orders.unanswered(unit, caller)
    refused = refusals.of_orders(unit, caller, [one.id for one in found])
    wanted = [one for one in found if one.id not in refused]
    mine = [(one, why) for one in wanted if (why := desk.of_order(one.taken_by))]
    clocks = clocks_of(unit, caller, [one for one, _ in mine])
    for one, why in mine:
        clock = clocks[one.id]
        # a pause puts a deadline off; one that was missed before it stays missed
        if clock.contact_by or not clock.paused:
            returned = one.state is OrderState.RETURNED
            yield Waiting(
                kind=DueKind.RETURNED_ORDER if returned else DueKind.ORDER_DEADLINE,
                id=one.id,
                why=why,
                since=one.clock_met_at or one.clock_from or unit.at,
                by=clock.contact_by if clock.running else None,
                order_id=one.id,
                employer_id=one.employer_id,
            )


def _refused(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Job orders to which their employer has said no: somebody closes them, or hears that they are wanted.

    Nothing else is due of them. One that nobody looks after waits for who wrote the no down.
    """
    for one in refusals.of_everybody(unit, caller).values():
        order, contact = one.order, one.contact
        why = desk.of_order(order.taken_by) if order.taken_by else desk.of_contact(contact.by)
        if why:
            yield Waiting(
                kind=DueKind.EMPLOYER_SAID_NO,
                id=order.id,
                why=why,
                since=start_of(contact.on),
                order_id=order.id,
                employer_id=order.employer_id,
            )


def _reviews(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Citizens who were not able and whose day to be asked again has come."""
    for one in proposals.to_review(unit, caller, day_of(unit.at)):
        why = desk.of_proposal(one.citizen_id, one.held_by)
        if why and one.review_on:
            yield Waiting(
                kind=DueKind.REVIEW,
                id=one.id,
                why=why,
                since=start_of(one.review_on),
                citizen_id=one.citizen_id,
                order_id=one.order_id,
            )


def _questions(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Job orders with answers that the practice requires and nobody has given; one item an order.

    What one answer settles for a whole workplace is asked with the first of its orders, and nobody before
    the day until which they asked to be left alone.
    """
    listed = job_orders.taken_down(unit, caller, desk.only_by)
    refused = refusals.of_orders(unit, caller, [one.id for one in listed])
    resting = left_alone.of_orders(unit, caller, [one.id for one in listed])
    taken = [one for one in listed if one.id not in refused and one.id not in resting]
    works = employers.some(unit, caller, {one.employer_id for one in taken})
    required = practice_of(unit, caller.municipality).required_answers
    for employer in works.values():
        theirs = [one for one in taken if one.employer_id == employer.id]
        asked = open_questions(employer, theirs, required, _NO_STAKES)
        for order in theirs:
            here = (order.id, None) if order is theirs[0] else (order.id,)
            about = tuple(one.about for one in asked if one.order_id in here)
            why = desk.of_order(order.taken_by)
            if about and why:
                yield Waiting(
                    kind=DueKind.QUESTION,
                    id=order.id,
                    why=why,
                    since=_since(order.received_on, unit.at),
                    order_id=order.id,
                    employer_id=employer.id,
                    about=about,
                )


def _silent(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Job orders of which nothing was heard for as long as the practice says, and pauses without an end."""
    taken_by = desk.only_by
    quiet = (*silent_orders(unit, caller, taken_by=taken_by), *paused_orders(unit, caller, taken_by))
    asked = [one.order.id for one in quiet]
    waits = refusals.of_orders(unit, caller, asked).keys() | left_alone.of_orders(unit, caller, asked).keys()
    for one in quiet:
        why = desk.of_order(one.order.taken_by)
        if why and one.order.id not in waits:
            yield Waiting(
                kind=DueKind.STILL_PAUSED if one.paused else DueKind.STILL_WANTED,
                id=one.order.id,
                why=why,
                since=start_of(one.heard_on),
                order_id=one.order.id,
                employer_id=one.order.employer_id,
            )


def _follow_ups(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Contacts with employers that have to be come back to; whom one was about is not told here."""
    for one in contacts.due(unit, caller, day_of(unit.at)):
        why = desk.of_contact(one.by)
        if why and one.follow_up_on:
            yield Waiting(
                kind=DueKind.CALL_BACK,
                id=one.id,
                why=why,
                since=start_of(one.follow_up_on),
                order_id=one.order_id,
                employer_id=one.employer_id,
            )


def _closed_starts(unit: Unit, caller: Caller, desk: Desk) -> Iterator[Waiting]:
    """Citizens whose way can start at a centre that closes: they are asked where they come now.

    By the day on which it closes; where that is said late, in as many working days as a contact takes.
    """
    closing = {one.id: one for one in centres.all_of(unit, caller.municipality) if one.closed_from}
    if not closing:
        return
    practice, starting = practice_of(unit, caller.municipality), citizens.starting_from(unit, caller, closing)
    told = {id_: closing_told_at(unit, caller, closing[id_]) for id_ in set(starting.values())}
    for citizen_id, centre_id in starting.items():
        if why := desk.of_citizen(citizen_id):
            yield Waiting(
                kind=DueKind.START_CLOSED,
                id=citizen_id,
                why=why,
                since=told[centre_id],
                by=_moved_by(closing[centre_id], told[centre_id], practice),
                citizen_id=citizen_id,
                centre_id=centre_id,
            )


def _moved_by(centre: Centre, told_at: datetime, practice: Practice) -> datetime | None:
    """By when those who start at a closing centre start elsewhere; None where no working day comes."""
    in_time = contact_deadline(told_at, practice.contact_days, practice.calendar)
    if in_time is None or centre.closed_from is None:
        return None
    return max(in_time, start_of(centre.closed_from))


def _since(day: date | None, at: datetime) -> datetime:
    return start_of(day) if day else at


_NO_STAKES = Stakes(hard={}, soft={})
"""The order of the questions of one order does not matter here."""

Source = Callable[[Unit, Caller, Desk], Iterable[Waiting]]
DEADLINES: tuple[tuple[Scope, Source], ...] = (
    (Scope.PROPOSALS_READ, _contact_deadlines),
    (Scope.PROPOSALS_READ, _yeses),
    (Scope.JOB_ORDERS_WRITE, _orders),
)
"""What can be overdue."""

SOURCES: tuple[tuple[Scope, Source], ...] = (
    *DEADLINES,
    (Scope.JOB_ORDERS_WRITE, _refused),
    (Scope.PROPOSALS_READ, _reviews),
    (Scope.CITIZENS_WRITE, _closed_starts),
    (Scope.JOB_ORDERS_WRITE, _questions),
    (Scope.JOB_ORDERS_WRITE, _silent),
    (Scope.EMPLOYERS_WRITE, _follow_ups),
)
"""What can be due, and the scope without which it is nobody's business."""
