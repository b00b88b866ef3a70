"""Contacts with employers and days reserved for them, as they are sent and shown."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from api.casework.contacts import ContactSeen, LimitState, NewContact
from api.domain.contacts import ContactAbout, ContactKind, ContactReply, Reservation, WhyResting
from api.schemas.candidates import Person
from api.schemas.shapes import (
    IDS,
    Body,
    Day,
    EmployerId,
    Line,
    OfCitizens,
    Shown,
    Text,
    Truth,
    UserId,
    looks_like,
)

OneId = Annotated[str, Field(max_length=64)]


class ContactCreate(Body):
    """A contact that has been. Without `on` it was today; it may also be one that the employer began."""

    model_config = looks_like(about="new_work", reply="not_now", follow_up_on="2027-01-04")

    kind: ContactKind
    on: Day | None = Field(None, examples=["2026-11-20"])
    by_employer: Truth = Field(
        False, description="The employer began it: it does not count against the limit"
    )
    about: ContactAbout = ContactAbout.NEW_WORK
    order_id: OneId | None = None
    citizen_id: OneId | None = None
    team: Line = Field("", examples=["Job og kompetence"])
    note: Text = Field("", examples=["Ring igen efter jul"])
    reply: ContactReply = Field(
        ContactReply.UNKNOWN,
        description="What the employer said; yes and no to a contact about new work that names neither an "
        "order nor a citizen count in the employer's openness; not_now goes with follow_up_on, until when "
        "the employer rests; a call or visit with not_answered does not count against the limit",
    )
    follow_up_on: Day | None = Field(None, description="When somebody has to come back to it")
    reservation_id: OneId | None = Field(
        None, description="The reserved day it uses up if it counts; left out: the caller's own nearest one"
    )

    def to_contact(self) -> NewContact:
        """The contact as the desk takes it."""
        return NewContact(**self.model_dump())


class NoteCorrected(Body):
    """What is to stand in the place of a contact's note; an empty text takes it away."""

    note: Text = Field(examples=["Ring igen efter jul"])


class ReplyCorrected(Body):
    """What is to stand in the place of what the employer said, and of the day to come back to it."""

    model_config = looks_like(reply="not_now", follow_up_on="2027-03-01")

    reply: ContactReply
    follow_up_on: Day | None = Field(None, description="Left out: nobody has to come back to it")


class ContactShown(OfCitizens):
    """A contact with an employer; what was said goes with the citizen, whom others see by initials."""

    model_config = looks_like(
        id=IDS["contact_id"],
        on="2026-11-20",
        by_employer=False,
        about="new_work",
        citizen=None,
        team="Job og kompetence",
        note="Ring igen efter jul",
        reply="not_now",
        at="2026-11-20T12:15:00Z",
        follow_up_on="2027-01-04",
    )

    id: str
    employer_id: EmployerId
    kind: ContactKind
    on: date
    by_employer: bool
    about: ContactAbout
    order_id: str | None
    citizen: Person | None
    team: str
    note: str
    reply: ContactReply
    by: UserId = Field(description="The user who wrote it down")
    at: datetime
    follow_up_on: date | None
    settled_at: datetime | None = Field(description="When somebody came back to it")

    @property
    def whom(self) -> Mapping[str, bool]:
        """The citizen it is about, and whether by name."""
        return {self.citizen.id: self.citizen.name is not None} if self.citizen else {}

    @classmethod
    def of(cls, seen: ContactSeen) -> Self:
        """The contact as far as it is open to the caller."""
        contact, citizen = seen.contact, None
        if contact.citizen_id is not None:
            citizen = Person(id=contact.citizen_id, initials=seen.initials, name=seen.name)
        plain = {name: getattr(contact, name) for name in cls.model_fields if name != "citizen"}
        return cls(citizen=citizen, **plain)


class Limit(Shown):
    """How far the limit of contacts with an employer is used up: `most` in any `window_days` days."""

    model_config = looks_like(most=1, window_days=28)

    most: int
    window_days: int
    taken: tuple[date, ...] = Field(
        description="The days that count: contacts of all teams within the window, and days reserved",
        examples=[["2026-11-20"]],
    )
    next_free_on: date = Field(
        description="The first day from today on which one more contact is possible", examples=["2026-12-18"]
    )
    why: WhyResting | None = Field(
        description="Why not today: the limit, the employer's own word, or nobody answered today",
        examples=["contact_limit"],
    )

    @classmethod
    def of(cls, state: LimitState) -> Self:
        """The limit as it stands."""
        return cls(
            most=state.limit.most,
            window_days=state.limit.window_days,
            taken=state.taken,
            next_free_on=state.next_free_on,
            why=state.why,
        )


class ContactHistory(Shown):
    """Contacts with an employer, the latest first, and how far the limit is used up."""

    items: tuple[ContactShown, ...]
    next: str | None
    limit: Limit

    @classmethod
    def of(cls, items: Iterable[ContactSeen], next_: str | None, state: LimitState) -> Self:
        """A stretch of the history."""
        return cls(items=[ContactShown.of(one) for one in items], next=next_, limit=Limit.of(state))


class ReservationCreate(Body):
    """A day for a contact to come; a `reason` lets it pass over the limit, and is written down."""

    on: Day | None = Field(None, description="Left out: today", examples=["2026-12-18"])
    reason: str = Field("", max_length=1000, examples=["Bestyreren bad os ringe i dag"])


class ReservationShown(Shown):
    """A day reserved for a contact with an employer; it is free again once it has gone by unused."""

    model_config = looks_like(
        id=IDS["reservation_id"],
        on="2026-12-18",
        at="2026-11-23T09:30:00Z",
        reason="Bestyreren bad os ringe i dag",
    )

    id: str
    employer_id: EmployerId
    on: date
    by: UserId
    at: datetime
    reason: str

    @classmethod
    def of(cls, reservation: Reservation) -> Self:
        """The reservation as it is kept."""
        return cls(**{name: getattr(reservation, name) for name in cls.model_fields})


class Reservations(Shown):
    """Days reserved for contacts with an employer, in order, and how far the limit is used up."""

    items: tuple[ReservationShown, ...]
    next: str | None
    limit: Limit

    @classmethod
    def of(cls, items: Iterable[Reservation], next_: str | None, state: LimitState) -> Self:
        """A stretch of the reserved days."""
        return cls(items=[ReservationShown.of(one) for one in items], next=next_, limit=Limit.of(state))
