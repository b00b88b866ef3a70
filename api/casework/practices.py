"""A municipality's practice: read for every deadline, changed only from the version seen."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from api.access import audit
from api.domain.caller import Caller
from api.domain.plausible_days import require_not_years_away
from api.domain.practice import PRACTICE_FIELDS, Practice
from api.domain.working_days import day_of
from api.store import Unit, practices
from api.store.errors import Missing, Stale


@dataclass(frozen=True)
class PracticeSeen:
    """The practice that counts and its version, 0 while the municipality has said nothing."""

    practice: Practice
    version: int


@dataclass(frozen=True)
class DatedPractice:
    """A version of the practice: since when it counts, who put it there, and which fields it changed.

    Version 0 is what counts where nobody has said anything; it has neither.
    """

    version: int
    practice: Practice
    at: datetime | None = None
    by: str = ""
    changed: tuple[str, ...] = ()


def history(unit: Unit, caller: Caller) -> tuple[DatedPractice, ...]:
    """Every version of the municipality's practice, the newest first, down to what counts without one."""
    found = [DatedPractice(0, Practice())]
    for kept in practices.history(unit, caller.municipality):
        practice, before = Practice.from_json(json.loads(kept.body)), found[-1].practice
        changed = (name for name in PRACTICE_FIELDS if getattr(practice, name) != getattr(before, name))
        found.append(DatedPractice(kept.version, practice, kept.at, kept.by, tuple(changed)))
    return tuple(reversed(found))


def practice_of(unit: Unit, municipality: str) -> Practice:
    """The practice that counts in a municipality."""
    return seen(unit, municipality).practice


def seen(unit: Unit, municipality: str) -> PracticeSeen:
    """The same with its version."""
    kept = practices.find(unit, municipality)
    return PracticeSeen(Practice.from_json(kept.body), kept.version) if kept else PracticeSeen(Practice(), 0)


def version_now(unit: Unit, caller: Caller) -> int:
    """The version of the practice that a clock is started by now."""
    return seen(unit, caller.municipality).version


class Practices:
    """The practices that clocks were started by, each version read once; the one that counts for None.

    A deadline that has been told stays where it is when the practice changes afterwards.
    """

    def __init__(self, unit: Unit, municipality: str) -> None:
        """Nothing but the practice that counts is read before it is asked for."""
        self._unit, self._municipality = unit, municipality
        now = seen(unit, municipality)
        self.now = now.practice
        self._known = {now.version: now.practice}

    def of(self, version: int | None) -> Practice:
        """The practice of a version, 0 for what counts where nobody has said anything."""
        if version is None:
            return self.now
        if version not in self._known:
            told = practices.at_version(self._unit, self._municipality, version)
            self._known[version] = Practice.from_json(told or {})
        return self._known[version]


def put_back(unit: Unit, caller: Caller, version: int, seen_versions: Set[int] | None) -> PracticeSeen:
    """Put the practice of an earlier version, 0 for the defaults, back as a new one.

    Raises `Missing` for a version that never was, else as `change` does.
    """
    told = practices.at_version(unit, caller.municipality, version) if version else Practice().to_json()
    if told is None:
        raise Missing("version", str(version))
    return change(unit, caller, Practice.from_json(told).to_json(), seen_versions)


def change(unit: Unit, caller: Caller, said: Mapping[str, object], versions: Set[int] | None) -> PracticeSeen:
    """Put what is said in the place of what was; what says nothing new makes no version.

    Raises `Stale` with the current state, or `Refused`.
    """
    before = seen(unit, caller.municipality)
    if versions is not None and before.version not in versions:
        raise Stale("practice", before)
    # null puts the default back
    default = Practice().to_json()
    practice = before.practice.changed(
        {name: default.get(name) if value is None else value for name, value in said.items()}
    )
    if practice == before.practice:
        return before
    for day in set(practice.extra_days_off) - set(before.practice.extra_days_off):
        require_not_years_away("extra_days_off", day, day_of(unit.at))
    kept = practices.put(unit, caller, practice.to_json(), before.version)
    audit.record(unit, caller, "practice_changed", details={"version": kept.version, "fields": sorted(said)})
    return PracticeSeen(practice, kept.version)
