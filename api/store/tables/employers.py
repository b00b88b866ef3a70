"""Employers and the job orders they gave."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.domain.records import ContactBasis, IndustrySystem, IntakeChannel, OrderState, Origin
from api.store.sealing import Sealed
from api.store.tables.base import (
    Base,
    PlaceColumns,
    RecordColumns,
    point_on_earth,
    point_whole,
    version_from_1,
)
from matching.vocabulary import Answer


class EmployerRow(RecordColumns, PlaceColumns, Base):
    """A workplace; who to ask for there, and on which telephone, is sealed."""

    __tablename__ = "employer"
    __table_args__ = (
        version_from_1(),
        point_whole(),
        point_on_earth(),
        CheckConstraint("cvr = '' OR length(cvr) = 8", name="cvr"),
        CheckConstraint("p_number = '' OR length(p_number) = 10", name="p_number"),
        Index(
            "uq_employer_p_number",
            "municipality",
            "p_number",
            unique=True,
            sqlite_where=text("p_number <> ''"),
            postgresql_where=text("p_number <> ''"),
        ),
        Index(None, "municipality", "cvr"),
    )

    name: Mapped[str]
    cvr: Mapped[str] = mapped_column(default="")
    p_number: Mapped[str] = mapped_column(default="")
    municipality_code: Mapped[str] = mapped_column(default="")
    industry_code: Mapped[str] = mapped_column(default="")
    industry_system: Mapped[IndustrySystem]
    industry: Mapped[str] = mapped_column(default="")
    employees: Mapped[str] = mapped_column(default="")
    phone: Mapped[Sealed]
    contact_person: Mapped[Sealed]
    advertising_protected: Mapped[Answer]
    contact_basis: Mapped[ContactBasis | None]
    contact_basis_note: Mapped[Sealed]
    source: Mapped[str] = mapped_column(default="")
    last_contact_on: Mapped[date | None]
    demands: Mapped[dict[str, Any]]
    supports: Mapped[dict[str, Any]]


class JobOrderRow(RecordColumns, Base):
    """A job order; the employer's own words are sealed, as nobody knows what was said on the telephone."""

    __tablename__ = "job_order"
    __table_args__ = (
        ForeignKeyConstraint(["municipality", "employer_id"], ["employer.municipality", "employer.id"]),
        version_from_1(),
        CheckConstraint("places >= 0", name="places"),
        CheckConstraint("open_proposals >= 0", name="open_proposals"),
        Index(
            "uq_job_order_reference",
            "municipality",
            "reference",
            unique=True,
            sqlite_where=text("reference <> ''"),
            postgresql_where=text("reference <> ''"),
        ),
        Index(None, "municipality", "employer_id"),
        Index(None, "municipality", "state"),
    )

    employer_id: Mapped[str]
    title: Mapped[str]
    text: Mapped[Sealed]
    times_text: Mapped[Sealed]
    reference: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None]
    state: Mapped[OrderState]
    places: Mapped[int]
    open_proposals: Mapped[int] = mapped_column(default=0)
    task: Mapped[dict[str, Any]]
    channel: Mapped[IntakeChannel | None]
    origin: Mapped[Origin | None]
    taken_by: Mapped[str | None]
    heard_on: Mapped[date | None]
    clock_from: Mapped[datetime | None]
    clock_met_at: Mapped[datetime | None]
    reading: Mapped[Sealed | None]
    clock_practice: Mapped[int | None]
