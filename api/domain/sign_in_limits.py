"""How long wrong sign-ins make the next one wait: longer with each, and never for long.

Counted are a name from one address, a name from anywhere, and an address with any name. Whoever guesses from
one address waits there; a colleague of that name at another address notices nothing before many have guessed,
and waits a minute at most then, so that nobody can shut a colleague out (OWASP ASVS 5.0, 6.3.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_network


class Counted(StrEnum):
    """What wrong sign-ins are counted for."""

    NAME_AT_ADDRESS = "name_at_address"
    NAME = "name"
    ADDRESS = "address"


FORGOTTEN_AFTER = timedelta(hours=1)
"""Wrong sign-ins count no more when there was none for so long."""

_SKEW = timedelta(minutes=1)
"""How far the clocks of two processes may differ; who waited for another's turn seems early as well."""

_TIMES: Mapping[Counted, int] = {Counted.NAME_AT_ADDRESS: 1, Counted.NAME: 4, Counted.ADDRESS: 10}
"""How many times as many are free: a whole town hall may share one address, and mistype each morning."""

_SHARE_OF_LONGEST = 5
"""Where others may be waiting as well, the longest wait is so many times shorter."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The `free`-th wrong sign-in in a row begins a wait: `first`, doubled by each more, up to `longest`."""

    free: int
    longest: timedelta
    first: timedelta = timedelta(seconds=10)

    def wait(self, failures: int) -> timedelta:
        """How long the next attempt waits after so many wrong ones."""
        if failures < self.free:
            return timedelta(0)
        # twenty doublings are beyond any longest wait, and the number stays small
        doubled: int = 2 ** min(failures - self.free, 20)
        return min(self.first * doubled, self.longest)


@dataclass(frozen=True, slots=True)
class Failures:
    """How many wrong sign-ins in a row there were, and when the last one was."""

    count: int
    last_at: datetime

    def counting(self, now: datetime) -> int:
        """How many of them still count; those of a clock that has been set back do not."""
        return self.count if -_SKEW < now - self.last_at < FORGOTTEN_AFTER else 0


def limits(free: int, longest: timedelta) -> Mapping[Counted, Limit]:
    """The limits of an installation: `free` and `longest` are those of a name from one address."""
    return {
        counted: Limit(
            free * times, longest if counted is Counted.NAME_AT_ADDRESS else longest / _SHARE_OF_LONGEST
        )
        for counted, times in _TIMES.items()
    }


def still_to_wait(limit: Limit, failures: Failures, now: datetime) -> timedelta:
    """How long there is still to wait now."""
    wait = limit.wait(failures.counting(now))
    return min(wait, max(timedelta(0), failures.last_at + wait - now))


def network_of(address: str) -> str:
    """What counts as one address: IPv6 hands a whole /64 to one line; anything else is taken as it stands."""
    try:
        return str(ip_network((address, 64 if ":" in address else 32), strict=False))
    except ValueError:
        return address
