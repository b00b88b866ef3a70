"""What all tables share: the naming of constraints, the types, and the columns of a place."""

import enum
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, Enum, Float, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.store.columns import Instant, PlainText, SealedText, WholeNumber
from api.store.sealing import Sealed
from geo import Precision

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can change it on either database."""


def _codes(kind: type[enum.Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """A table. Codes are kept with a CHECK over their vocabulary, moments in UTC, secrets sealed."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: PlainText(),
        int: WholeNumber(),
        float: Float(53),
        date: Date,
        datetime: Instant,
        Sealed: SealedText,
        dict[str, Any]: JSON,
        enum.StrEnum: Enum(
            enum.Enum, native_enum=False, create_constraint=True, values_callable=_codes, length=40
        ),
    }


class RecordColumns:
    """What every record with versions has: whose it is, which one, and how often it was changed."""

    municipality: Mapped[str] = mapped_column(
        ForeignKey("municipality.code"), primary_key=True, sort_order=-2
    )
    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-1)
    version: Mapped[int] = mapped_column(default=1, sort_order=1)
    updated_at: Mapped[datetime] = mapped_column(sort_order=1)


class PlaceColumns:
    """An address and the best point known for it, where the point came from and when."""

    street: Mapped[str] = mapped_column(default="")
    house_number: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    precision: Mapped[Precision]
    place_source: Mapped[str] = mapped_column(default="")
    place_dated: Mapped[date | None]


def version_from_1() -> CheckConstraint:
    """Versions count from 1."""
    return CheckConstraint("version >= 1", name="version")


def point_whole() -> CheckConstraint:
    """A place has both coordinates, or it is not known: there is no half point."""
    return CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point_whole")


def point_on_earth() -> CheckConstraint:
    """Degrees are degrees; `geo.Point` keeps them to Denmark."""
    within = "lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180"
    return CheckConstraint(f"lat IS NULL OR ({within})", name="point_on_earth")
