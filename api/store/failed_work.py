"""Work in the background that failed, by municipality: a row for each thing that has not worked since."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from api.domain.caller import Caller
from api.domain.failed_work import FailedWork, Work
from api.store.tables import FailedWorkRow
from api.store.unit import Unit


def note(unit: Unit, caller: Caller, failed: FailedWork) -> None:
    """Keep that something failed, once more where it has failed before."""
    unit.take_turns(f"failed work {caller.municipality}")
    again = {"times": FailedWorkRow.times + 1, "last_at": failed.last_at, "cause": failed.cause}
    known = update(FailedWorkRow).where(*_is(caller, failed.work, failed.subject)).values(**again)
    if unit.change(known):
        return
    row = {name: getattr(failed, name) for name in _COLUMNS} | {"municipality": caller.municipality}
    unit.session.execute(insert(FailedWorkRow), [row])


def forget(unit: Unit, caller: Caller, work: Work, subject: str = "") -> bool:
    """Forget what failed: it works again, or somebody has seen to it. Answers whether it was there."""
    return unit.change(delete(FailedWorkRow).where(*_is(caller, work, subject))) > 0


def find(unit: Unit, caller: Caller, work: Work, subject: str = "") -> FailedWork | None:
    """One thing that failed, None when it works."""
    row = unit.session.scalar(select(FailedWorkRow).where(*_is(caller, work, subject)))
    return _failed(row) if row else None


def all_of(unit: Unit, caller: Caller) -> tuple[FailedWork, ...]:
    """Everything of the municipality that failed, the last first."""
    asked = select(FailedWorkRow).where(FailedWorkRow.municipality == caller.municipality)
    rows: Iterable[FailedWorkRow] = unit.session.scalars(asked.order_by(FailedWorkRow.last_at.desc()))
    return tuple(map(_failed, rows))


def count_everywhere(unit: Unit) -> int:
    """How many things failed in the whole installation; nothing is told of whose they are."""
    return unit.session.scalar(select(func.count()).select_from(FailedWorkRow)) or 0


_COLUMNS = ("work", "subject", "kind", "by", "cause", "first_at", "last_at", "times")


def _is(caller: Caller, work: Work, subject: str) -> tuple[ColumnElement[bool], ...]:
    return (
        FailedWorkRow.municipality == caller.municipality,
        FailedWorkRow.work == work,
        FailedWorkRow.subject == subject,
    )


def _failed(row: FailedWorkRow) -> FailedWork:
    return FailedWork(**{name: getattr(row, name) for name in _COLUMNS})
