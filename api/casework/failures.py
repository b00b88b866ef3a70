"""What failed behind the pages: kept as it happens, told to who coordinates, gone when it works again.

What could not be kept because the database itself fails stands in the log alone; a list that was broken off
by the end of the service is told by its file, which is worked on for longer than anything takes.
"""

import logging
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from api.access import audit
from api.access.scopes import Scope, may, require
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.failed_work import FailedWork, Work
from api.domain.imports import ImportKind
from api.domain.uploads import Step, Upload
from api.store import Store, Unit, failed_work, uploads
from api.store.errors import Busy, Missing, StorageFailed

log = logging.getLogger("frikortmatch.background")

_LONGEST_CAUSE = 60


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What failed, and what people call who began it; "" where nobody did."""

    failed: FailedWork
    who: str


def note(
    store: Store,
    caller: Caller,
    work: Work,
    fault: BaseException | str,
    subject: str = "",
    kind: ImportKind | None = None,
) -> None:
    """Keep that something failed, in a unit of its own; `fault` is what was raised, or a word for it.

    Never raises because the database is busy or broken: then the log has it.
    """
    cause = tell_the_log(work, subject or caller.municipality, fault)
    now = datetime.now(UTC)
    failed = FailedWork(
        work=work,
        subject=subject,
        kind=kind,
        by=caller.user_id,
        cause=cause[:_LONGEST_CAUSE],
        first_at=now,
        last_at=now,
    )
    with suppress(Busy, StorageFailed), store.unit() as unit:
        failed_work.note(unit, caller, failed)
        unit.commit()


def tell_the_log(what: str, about: str, fault: BaseException | str) -> str:
    """Let the log say what failed and where, and answer the kind of the fault; not what its text says."""
    cause = fault if isinstance(fault, str) else type(fault).__name__
    log.error("%s %s: %s%s", what, about, cause, _where(fault))
    return cause


def works(store: Store, caller: Caller, work: Work, subject: str = "") -> None:
    """Forget that something failed, because it works; writes nothing where nothing had failed."""
    with suppress(Busy, StorageFailed):
        with store.unit(read_only=True) as unit:
            known = failed_work.find(unit, caller, work, subject)
        if known:
            with store.unit() as unit:
                failed_work.forget(unit, caller, work, subject)
                unit.commit()


def listed(unit: Unit, caller: Caller) -> tuple[Failure, ...]:
    """Everything that failed and has not worked since, the last first; raises `Denied`."""
    require(caller, Scope.FAILURES_READ)
    found = [*failed_work.all_of(unit, caller), *map(_broken_off, uploads.broken_off(unit, caller))]
    names = names_of(unit, caller, {one.by for one in found})
    found.sort(key=lambda one: one.last_at, reverse=True)
    return tuple(Failure(failed=one, who=names.get(one.by, "")) for one in found)


def count(unit: Unit, caller: Caller) -> int:
    """How many things failed; 0 for who is not told of them."""
    if not may(caller, Scope.FAILURES_READ):
        return 0
    return len(failed_work.all_of(unit, caller)) + len(uploads.broken_off(unit, caller))


def see_to(unit: Unit, caller: Caller, work: Work, subject: str) -> None:
    """Take away what the caller has seen to; it comes back when it fails again.

    Raises `Denied`, and `Missing` for what works by now.
    """
    require(caller, Scope.FAILURES_READ)
    if not failed_work.forget(unit, caller, work, subject):
        raise Missing("failure", subject or work)
    audit.record(unit, caller, "failure_seen_to", subject=subject, details={"work": str(work)})


def _broken_off(upload: Upload) -> FailedWork:
    return FailedWork(
        work=Work.LOOKING if upload.step is Step.LOOKING else Work.STORING,
        subject=upload.id,
        kind=upload.kind,
        by=upload.by,
        first_at=upload.since,
        last_at=upload.since,
    )


def _where(fault: BaseException | str) -> str:
    """The places in the code, without the fault's text, which may hold what somebody sent."""
    if isinstance(fault, str):
        return ""
    frames = traceback.extract_tb(fault.__traceback__)
    return " at " + " < ".join(f"{one.filename}:{one.lineno} {one.name}" for one in reversed(frames))
