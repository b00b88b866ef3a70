"""A job café as it is kept: what was chosen, what each guest was told, and how both stood before.

Employers are seated for the afternoon; a guest has a task or none, and a talk in each of some slots. What
stood before the last change is what an undo goes back to, and tells whose task or times have changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Afternoon:
    """When and where, what lies on which table, and under which list and policy it was planned.

    `centre_id` is where its people start from, `place` where it is held, in words, if that was said. `start`
    is written as 13.00; `minutes` is how long the café lasts and `talk` how long a talk. `seats` are the
    numbers of the employers' tables, as well of those whom nobody meets any more.
    """

    day: date
    centre_id: str
    start: str
    minutes: int
    talk: int
    tables: int
    order_ids: tuple[str, ...]
    seats: Mapping[str, int]
    list_id: str
    policy: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one guest was told: the task and, by employer, the slot of each talk; `left` who comes no more."""

    left: bool = False
    order_id: str | None = None
    slots: Mapping[str, int] = field(default_factory=dict)


Guests = Mapping[str, Told]
"""What each guest was told, by the citizen's id."""


@dataclass(frozen=True, kw_only=True)
class KeptCafe:
    """A café of a municipality; `former` and `former_guests` are how it stood before its last change.

    It is there until the end of `expires_on`. Its ids of citizens are not everybody's to see.
    """

    id: str
    municipality: str
    version: int
    made_by: str
    made_at: datetime
    updated_by: str
    updated_at: datetime
    expires_on: date
    now: Afternoon
    guests: Guests
    former: Afternoon | None = None
    former_guests: Guests = field(default_factory=dict)
