"""Which later contact with an employer keeps the promise of an earlier one to come back to it.

Read off the contacts and never written, so that taking the later one back, or putting right what was said,
brings the promise back.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from api.domain.caller import Caller
from api.domain.contacts import REACHES_NOBODY, SAID, ContactAbout, ContactReply
from api.store.tables import EmployerContactRow
from api.store.unit import Unit
from api.store.versioned import chunks

_PROMISE, _LATER = EmployerContactRow, aliased(EmployerContactRow)


def unkept() -> ColumnElement[bool]:
    """That nobody has come back to a contact: neither said so, nor been in contact about the same matter."""
    return and_(_PROMISE.settled_at.is_(None), ~exists().where(_keeps()))


def kept_on(unit: Unit, caller: Caller, contact_ids: Iterable[str]) -> Mapping[str, date]:
    """The day of the first contact that kept the promise of each; those that nobody kept are left out."""
    found: dict[str, date] = {}
    for ids in chunks(contact_ids):
        asked = (
            select(_PROMISE.id, func.min(_LATER.on))
            .join(_LATER, _keeps())
            .where(_PROMISE.municipality == caller.municipality, _PROMISE.id.in_(ids))
        )
        found |= {id_: day for id_, day in unit.session.execute(asked.group_by(_PROMISE.id))}
    return found


def _keeps() -> ColumnElement[bool]:
    """A later contact about the same matter keeps a promise when the employer said something in it.

    From the promised day on it is enough that somebody was reached, or that it promises another day itself: a
    call in vain that promises none leaves the old promise standing. What was said of a citizen is not looked
    at, as who may not read it could read it off; such a contact counts as one that reached somebody.
    """
    of_nobody = _LATER.citizen_id.is_(None)
    said = and_(of_nobody, _LATER.reply.in_(SAID))
    reached = and_(
        _LATER.kind.in_(REACHES_NOBODY), or_(_LATER.reply != ContactReply.NOT_ANSWERED, ~of_nobody)
    )
    in_time = and_(_LATER.on >= _PROMISE.follow_up_on, or_(reached, _LATER.follow_up_on.is_not(None)))
    when, later = (tuple_(row.on, row.at, row.id) for row in (_PROMISE, _LATER))
    return and_(_is_same_matter(), later > when, or_(said, in_time))


def _is_same_matter() -> ColumnElement[bool]:
    """The same job order, the same citizen, or both times new work; anything else may be two matters."""
    both_new_work = and_(
        _PROMISE.about == ContactAbout.NEW_WORK,
        _LATER.about == ContactAbout.NEW_WORK,
        _PROMISE.citizen_id.is_(None),
    )
    no_order = and_(_PROMISE.order_id.is_(None), _LATER.order_id.is_(None))
    same_citizen = or_(
        _PROMISE.citizen_id == _LATER.citizen_id,
        and_(_PROMISE.citizen_id.is_(None), _LATER.citizen_id.is_(None)),
    )
    return and_(
        _LATER.municipality == _PROMISE.municipality,
        _LATER.employer_id == _PROMISE.employer_id,
        same_citizen,
        or_(
            _PROMISE.order_id == _LATER.order_id,
            and_(no_order, or_(_PROMISE.citizen_id.is_not(None), both_new_work)),
        ),
    )
