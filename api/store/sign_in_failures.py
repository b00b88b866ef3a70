"""Wrong sign-ins in a row, by what they are counted for; neither a name nor an address can be read here."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from api.domain.sign_in_limits import Failures
from api.store.tables import SignInFailureRow
from api.store.unit import Unit


def found(unit: Unit, whose: Iterable[str]) -> Mapping[str, Failures]:
    """The wrong sign-ins of each fingerprint that has some."""
    asked = select(SignInFailureRow).where(SignInFailureRow.whose.in_(tuple(whose)))
    return {row.whose: Failures(row.failures, row.last_at) for row in unit.session.scalars(asked)}


def take_turns(unit: Unit) -> None:
    """Wait for every other attempt that is being counted: no two are the same one."""
    unit.take_turns("sign-in failures")


def put(unit: Unit, counts: Mapping[str, int]) -> None:
    """Keep how many there are now, the last one this moment."""
    unit.change(delete(SignInFailureRow).where(SignInFailureRow.whose.in_(tuple(counts))))
    rows = [{"whose": whose, "failures": count, "last_at": unit.at} for whose, count in counts.items()]
    unit.session.execute(insert(SignInFailureRow), rows)


def take_back(unit: Unit, whose: str) -> None:
    """Count one less: it was no failure."""
    theirs = SignInFailureRow.whose == whose
    unit.change(delete(SignInFailureRow).where(theirs, SignInFailureRow.failures <= 1))
    unit.change(update(SignInFailureRow).where(theirs).values(failures=SignInFailureRow.failures - 1))


def forget(unit: Unit, whose: str) -> None:
    """Count from the start again."""
    unit.change(delete(SignInFailureRow).where(SignInFailureRow.whose == whose))


def forget_before(unit: Unit, moment: datetime) -> int:
    """Remove what was last counted before a moment; answers how many there were."""
    return unit.change(delete(SignInFailureRow).where(SignInFailureRow.last_at < moment))
