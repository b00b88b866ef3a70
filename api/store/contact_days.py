"""What the rest of an employer hangs on: days of contacts and reservations, and when to come back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, select, tuple_
from sqlalchemy.orm import aliased

from api.domain.caller import Caller
from api.domain.contacts import REACHES_NOBODY, SAID, ContactDays, ContactReply, EmployerContact
from api.domain.practice import LONGEST
from api.domain.working_days import day_of
from api.store.tables import EmployerContactRow, ReservationRow
from api.store.unit import Unit
from api.store.versioned import chunks

Days = defaultdict[str, list[date]]
"""Some days of each employer, by id."""


def of(unit: Unit, municipality: str, employer_ids: Iterable[str] | None = None) -> Mapping[str, ContactDays]:
    """What an employer's rest hangs on, by employer, of some or of all; who has none of it is left out.

    Contacts that we began and reservations are left out where no window reaches back to them.
    """
    since = day_of(unit.at) - timedelta(days=LONGEST)
    chosen = [None] if employer_ids is None else list(chunks(employer_ids))
    return dict(found for ids in chosen for found in _of_some(unit, municipality, since, ids))


def is_counted(unit: Unit, caller: Caller, contact: EmployerContact) -> bool:
    """Whether the conversation of one person on one day that a contact belongs to counts by another one."""
    asked = select(EmployerContactRow).where(
        EmployerContactRow.municipality == caller.municipality,
        EmployerContactRow.employer_id == contact.employer_id,
        EmployerContactRow.by == contact.by,
        EmployerContactRow.kind == contact.kind,
        EmployerContactRow.on == contact.on,
        EmployerContactRow.id != contact.id,
        _OURS,
        ~_MISSED,
    )
    return bool(unit.session.scalar(select(asked.exists())))


_OURS = EmployerContactRow.by_employer.is_(False)
_MISSED = and_(
    EmployerContactRow.reply == ContactReply.NOT_ANSWERED,
    EmployerContactRow.kind.in_(REACHES_NOBODY),
    EmployerContactRow.citizen_id.is_(None),
)
"""As `EmployerContact.counts` says it of those that we began."""

_TOLD = (_MISSED, EmployerContactRow.by, EmployerContactRow.kind)
"""Beside employer and day, what tells one conversation from another."""


def _of_some(
    unit: Unit, municipality: str, since: date, ids: list[str] | None
) -> Iterator[tuple[str, ContactDays]]:
    contacted, tried = _begun_by_us(unit, municipality, since, ids)
    reserved: Days = defaultdict(list)
    free = _days_of(ReservationRow, municipality, since, ids).where(ReservationRow.used_by.is_(None))
    for employer_id, day in unit.session.execute(free):
        reserved[employer_id].append(day)
    back = {id_: day for id_, day in unit.session.execute(_back_on(municipality, ids)) if day}
    for employer_id in contacted.keys() | reserved.keys() | tried.keys() | back.keys():
        yield (
            employer_id,
            ContactDays(
                tuple(sorted(contacted.get(employer_id, ()))),
                tuple(sorted(reserved.get(employer_id, ()))),
                max(tried.get(employer_id, ()), default=None),
                back.get(employer_id),
            ),
        )


def _begun_by_us(unit: Unit, municipality: str, since: date, ids: list[str] | None) -> tuple[Days, Days]:
    """The days on which an employer was spoken with, and those on which nobody answered."""
    contacted: Days = defaultdict(list)
    tried: Days = defaultdict(list)
    ours = _days_of(EmployerContactRow, municipality, since, ids).where(_OURS).add_columns(*_TOLD)
    # what one person writes down of one conversation, order by order, counts once
    for employer_id, day, missed, _, _ in set(map(tuple, unit.session.execute(ours))):
        (tried if missed else contacted)[employer_id].append(day)
    return contacted, tried


def _days_of(
    row: type[EmployerContactRow] | type[ReservationRow],
    municipality: str,
    since: date,
    ids: list[str] | None,
) -> Select[str, date]:
    asked = select(row.employer_id, row.on).where(row.municipality == municipality, row.on >= since)
    return asked if ids is None else asked.where(row.employer_id.in_(ids))


_LATER = aliased(EmployerContactRow)


def _back_on(municipality: str, ids: list[str] | None) -> Select[str, date | None]:
    """The days that employers have given who said "not now", and nothing else since."""
    row = EmployerContactRow
    return select(row.employer_id, row.follow_up_on).where(*stands_not_now(municipality, ids))


def stands_not_now(municipality: str, ids: list[str] | None) -> tuple[ColumnElement[bool], ...]:
    """The contacts in which employers, some or all, said "not now", and nothing else since."""
    row = EmployerContactRow
    when, later = tuple_(row.on, row.at, row.id), tuple_(_LATER.on, _LATER.at, _LATER.id)
    since = select(_LATER.id).where(
        _LATER.municipality == row.municipality,
        _LATER.employer_id == row.employer_id,
        _LATER.reply.in_(SAID),
        _LATER.citizen_id.is_(None),
        later > when,
    )
    told = (
        row.municipality == municipality,
        row.reply == ContactReply.NOT_NOW,
        row.citizen_id.is_(None),
        ~since.exists(),
    )
    return told if ids is None else (*told, row.employer_id.in_(ids))
