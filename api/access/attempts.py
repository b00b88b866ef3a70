"""Trying to sign in: every attempt counts as wrong until it was right, so that many at once are all counted.

An attempt that has to wait is turned away before any password is looked at, and alike for every name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from api.config import Settings
from api.domain.sign_in_limits import (
    FORGOTTEN_AFTER,
    Counted,
    Failures,
    Limit,
    limits,
    network_of,
    still_to_wait,
)
from api.store import Store, Unit, sign_in_failures
from geo.errors import N_, Refused


class TooManyAttempts(Refused):
    """An attempt that comes too soon after wrong ones; nothing was looked at."""

    def __init__(self, wait: timedelta) -> None:
        """`wait` is how long until the next attempt."""
        self.retry_after = ceil(wait.total_seconds())
        problem = N_("It has been tried too often with this name or from this place.")
        remedy = N_("Wait {minutes} min., then try again. Nothing is locked.")
        super().__init__("password", problem, remedy, minutes=ceil(wait / timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Attempt:
    """A name that was typed, and the address it came from; neither is kept."""

    username: str
    address: str

    def fingerprints(self, unit: Unit) -> Mapping[Counted, str]:
        """What the attempt is counted for, unreadable without the installation's key."""
        network = network_of(self.address)
        said = {
            Counted.NAME_AT_ADDRESS: (self.username, network),
            Counted.NAME: (self.username,),
            Counted.ADDRESS: (network,),
        }
        return {counted: unit.keys.fingerprint("sign-in", counted, *parts) for counted, parts in said.items()}


def refuse_too_soon(store: Store, settings: Settings, attempt: Attempt) -> None:
    """Turn away who has to wait, without waiting for anybody who writes; raises `TooManyAttempts`."""
    with store.unit(read_only=True) as unit:
        _refuse(unit, settings, attempt.fingerprints(unit))


def begin(unit: Unit, settings: Settings, attempt: Attempt) -> timedelta:
    """Count the attempt, and answer how long the next one waits if this one is wrong.

    Raises `TooManyAttempts`, and then nothing is counted.
    """
    sign_in_failures.take_turns(unit)
    sign_in_failures.forget_before(unit, unit.at - FORGOTTEN_AFTER)
    whose = attempt.fingerprints(unit)
    before = _refuse(unit, settings, whose)
    counts = {counted: 1 + before[counted].counting(unit.at) for counted in Counted}
    sign_in_failures.put(unit, {whose[counted]: count for counted, count in counts.items()})
    told = _limits(settings)
    return max(told[counted].wait(count) for counted, count in counts.items())


def succeeded(unit: Unit, attempt: Attempt) -> None:
    """Take the attempt back; whoever is let in at an address begins anew there."""
    sign_in_failures.take_turns(unit)
    whose = attempt.fingerprints(unit)
    sign_in_failures.forget(unit, whose[Counted.NAME_AT_ADDRESS])
    for counted in (Counted.NAME, Counted.ADDRESS):
        sign_in_failures.take_back(unit, whose[counted])


def _refuse(unit: Unit, settings: Settings, whose: Mapping[Counted, str]) -> Mapping[Counted, Failures]:
    kept = sign_in_failures.found(unit, whose.values())
    before = {counted: kept.get(whose[counted], Failures(0, unit.at)) for counted in Counted}
    told = _limits(settings)
    wait = max(still_to_wait(told[counted], failures, unit.at) for counted, failures in before.items())
    if wait:
        raise TooManyAttempts(wait)
    return before


def _limits(settings: Settings) -> Mapping[Counted, Limit]:
    return limits(settings.sign_in_failures, settings.sign_in_longest_wait)
