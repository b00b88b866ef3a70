"""What the address service answered, so that a house is not asked for again."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables.base import Base, point_on_earth, point_whole
from geo.address_service import Finding
from geo.names import Grade


class AddressAnswerRow(Base):
    """One house as it was asked for, what the service knew of it, and when.

    `municipality` points nowhere: a list can be looked up before anything of its municipality is kept.
    """

    __tablename__ = "address_answer"
    __table_args__ = (
        point_whole(),
        point_on_earth(),
        CheckConstraint("(finding = 'found') = (lat IS NOT NULL)", name="found_somewhere"),
    )

    municipality: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str] = mapped_column(primary_key=True)
    finding: Mapped[Finding]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    matched: Mapped[str] = mapped_column(default="")
    grade: Mapped[Grade]
    source: Mapped[str]
    dated: Mapped[date]
