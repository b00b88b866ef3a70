"""Contacts of the whole municipality with an employer, and the limit that keeps them few.

An employer can answer about one request a month. At most `limit` contacts of all teams together fall into any
stretch of `window_days` days; a date reserved for a contact to come counts like a contact, until it has gone
by unused. What the employer began is written down but wears nobody out, and does not count; nor does a call
or a visit that reached nobody, after which the employer rests until the next day. Who has said "not now"
rests until the day that they have given; from then on one contact is at their own wish, whatever the limit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from api.domain.records import IntakeChannel
from geo import Refused
from geo.errors import N_


class ContactKind(StrEnum):
    """How an employer was contacted."""

    CALL = "call"
    VISIT = "visit"
    LETTER = "letter"
    MAIL = "mail"
    EVENT = "event"


BY_CHANNEL: Mapping[IntakeChannel, ContactKind] = {
    IntakeChannel.PHONE: ContactKind.CALL,
    IntakeChannel.MAIL: ContactKind.MAIL,
    IntakeChannel.FORM: ContactKind.MAIL,
    IntakeChannel.MEETING: ContactKind.VISIT,
}
"""How the employer was in touch who brought something in by a channel."""


class ContactAbout(StrEnum):
    """What a contact was about."""

    NEW_WORK = "new_work"
    JOB_ORDER = "job_order"
    EMPLOYEE = "employee"
    OTHER = "other"


class ContactReply(StrEnum):
    """What the employer said when contacted; `unknown` is that nobody has written it down.

    `not_now` goes with the day to come back on; with `not_answered`, nobody was reached or wrote back.
    """

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"
    NOT_ANSWERED = "not_answered"
    UNKNOWN = "unknown"


SAID = (ContactReply.YES, ContactReply.NO, ContactReply.NOT_NOW)
"""What takes the place of what an employer said before; that nobody answered leaves it standing."""

REACHES_NOBODY = (ContactKind.CALL, ContactKind.VISIT)
"""What has bothered nobody when nobody answered; a letter or a mail lies there to be read."""


class WhyResting(StrEnum):
    """Why an employer is not to be contacted before a day."""

    CONTACT_LIMIT = "contact_limit"
    EMPLOYER_ASKED = "employer_asked"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True, kw_only=True)
class EmployerContact:
    """One contact. `note` and `citizen_id` are the desk's own; `team` is whoever made it, in their own word.

    `follow_up_on` is the day on which somebody has to come back to it, until `settled_at`.
    """

    id: str
    municipality: str
    employer_id: str
    kind: ContactKind
    on: date
    by_employer: bool = False
    about: ContactAbout = ContactAbout.NEW_WORK
    order_id: str | None = None
    citizen_id: str | None = None
    team: str = ""
    note: str = ""
    reply: ContactReply = ContactReply.UNKNOWN
    by: str
    at: datetime
    follow_up_on: date | None = None
    settled_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts against the limit: we began it, and it reached somebody as far as is known.

        What was answered about a citizen weighs nothing here, as who may not read it could read it off.
        """
        reached = self.reply is not ContactReply.NOT_ANSWERED or self.kind not in REACHES_NOBODY
        return not self.by_employer and (reached or self.citizen_id is not None)


@dataclass(frozen=True, kw_only=True)
class LastReply:
    """What an employer said last, on which day, and when somebody has to come back to it."""

    reply: ContactReply
    on: date
    follow_up_on: date | None


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """A day on which somebody may contact an employer; over the limit only with a `reason`."""

    id: str
    municipality: str
    employer_id: str
    on: date
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactLimit:
    """At most `most` contacts of an employer in any `window_days` days, by all teams together."""

    most: int = 1
    window_days: int = 28

    def next_free_on(self, taken: Sequence[date], on: date) -> date:
        """The first day from `on` on which one more contact keeps to the limit, beside those `taken`."""
        return next_free_on(taken, self.most, self.window_days, on)


@dataclass(frozen=True, kw_only=True)
class Rest:
    """Until when an employer is not to be contacted, and why."""

    until: date
    why: WhyResting


@dataclass(frozen=True)
class ContactDays:
    """The days on which the municipality contacted an employer, and those reserved for the next contacts.

    `tried_on` is the last day on which somebody rang or came by and nobody was reached, `back_on` the day
    that the employer has given for the next contact, to come or past, as long as that is what it said last.
    """

    contacted: tuple[date, ...] = ()
    reserved: tuple[date, ...] = ()
    tried_on: date | None = None
    back_on: date | None = None

    def with_last(self, last_contact_on: date | None) -> "ContactDays":
        """The same with the last contact that a list or somebody by hand has told of, counted once."""
        if last_contact_on is None or last_contact_on in self.contacted:
            return self
        return replace(self, contacted=tuple(sorted((*self.contacted, last_contact_on))))

    @property
    def latest(self) -> date:
        """The last of them; the first day there is when there are none."""
        others = (day for day in (self.tried_on, self.back_on) if day)
        return max((*self.contacted, *self.reserved, *others), default=date.min)

    def taken(self, today: date) -> tuple[date, ...]:
        """What counts on a day, in order: every contact, and the reservations that have not gone by."""
        return tuple(sorted((*self.contacted, *(day for day in self.reserved if day >= today))))

    def waits_until(self, on: date) -> date:
        """The first day from `on` that is not before the one the employer gave, nor the one tried."""
        after_trying = self.tried_on + timedelta(days=1) if self.tried_on else on
        return max(on, self.back_on or on, after_trying)

    def free_on(self, limit: ContactLimit, today: date, on: date) -> date:
        """The first day from `on` on which the employer may be contacted once more."""
        taken, day = self.taken(today), self.waits_until(on)
        return day if self._is_asked_for(day, taken) else limit.next_free_on(taken, day)

    def rest(self, limit: ContactLimit, today: date, on: date) -> Rest | None:
        """Until when the employer is left alone, and what asks for the longest; None when it is not."""
        waits_until, free = self.waits_until(on), self.free_on(limit, today, on)
        if free == on:
            return None
        why = WhyResting.EMPLOYER_ASKED if self.back_on == waits_until else WhyResting.NOT_ANSWERED
        return Rest(until=free, why=WhyResting.CONTACT_LIMIT if free > waits_until else why)

    def _is_asked_for(self, day: date, taken: Iterable[date]) -> bool:
        """Whether the employer has asked to be contacted from a day up to this one, and nobody has since."""
        back_on = self.back_on
        return back_on is not None and back_on <= day and not any(each >= back_on for each in taken)


def require_follow_up(on: date, reply: ContactReply, follow_up_on: date | None) -> None:
    """Raise `Refused` for a day to come back before the contact, and for "not now" without any."""
    if follow_up_on is None and reply is ContactReply.NOT_NOW:
        problem = N_("It is not said when to come back to it.")
        raise Refused("follow_up_on", problem, N_("Give the day on which the employer may be asked again."))
    if follow_up_on is not None and follow_up_on < on:
        problem = N_("{value} is before the contact.")
        raise Refused("follow_up_on", problem, N_("Give a later day."), value=follow_up_on)


def next_free_on(taken: Sequence[date], limit: int, window_days: int, on: date) -> date:
    """The first day from `on` on which one more contact keeps every stretch of the window within the limit.

    `taken` are the days of contacts and reservations, one entry each.

    >>> next_free_on([date(2026, 11, 2)], 1, 28, date(2026, 11, 20))
    datetime.date(2026, 11, 30)
    """
    days = sorted(taken)
    day = on
    while (later := _frees(days, limit, window_days, day)) is not None:
        day = later
    return day


def _frees(days: Sequence[date], limit: int, window_days: int, day: date) -> date | None:
    """None when `day` is free; else the next day on which that can change."""
    window = timedelta(days=window_days)
    near = [each for each in days if day - window < each < day + window]
    starts = [each for each in (*near, day) if each <= day]
    full = [start for start in starts if sum(start <= each < start + window for each in near) >= limit]
    return min(each for each in near if each + window > day) + window if full else None
