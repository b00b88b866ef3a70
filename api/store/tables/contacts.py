"""Contacts with employers, of any team, and the days that are reserved for the next one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.store.sealing import Sealed
from api.store.tables.base import Base

EMPLOYER = ["employer.municipality", "employer.id"]


class EmployerContactRow(Base):
    """One contact with an employer; what was said is sealed, and so is whom it was about."""

    __tablename__ = "employer_contact"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "employer_id"], EMPLOYER, ondelete="CASCADE"),
        ForeignKeyConstraint(["municipality", "order_id"], ["job_order.municipality", "job_order.id"]),
        ForeignKeyConstraint(["municipality", "citizen_id"], ["citizen.municipality", "citizen.id"]),
        CheckConstraint("settled_at IS NULL OR follow_up_on IS NOT NULL", name="settled"),
        CheckConstraint("reply <> 'not_now' OR follow_up_on IS NOT NULL", name="not_now"),
        Index(None, "municipality", "employer_id", "on"),
        Index(None, "municipality", "follow_up_on"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[str]
    kind: Mapped[ContactKind]
    on: Mapped[date]
    by_employer: Mapped[bool]
    about: Mapped[ContactAbout]
    order_id: Mapped[str | None]
    citizen_id: Mapped[str | None]
    team: Mapped[str] = mapped_column(default="")
    note: Mapped[Sealed]
    reply: Mapped[ContactReply]
    by: Mapped[str]
    at: Mapped[datetime]
    follow_up_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]


class ReservationRow(Base):
    """A day on which somebody may contact an employer; the reason for going over the limit is sealed.

    The contact that has used it up is named, so that the day is there again when that is taken back.
    """

    __tablename__ = "contact_reservation"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "employer_id"], EMPLOYER, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["municipality", "used_by"], ["employer_contact.municipality", "employer_contact.id"]
        ),
        Index(None, "municipality", "employer_id", "on"),
        Index(None, "municipality", "used_by"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[str]
    on: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[Sealed]
    used_by: Mapped[str | None]
