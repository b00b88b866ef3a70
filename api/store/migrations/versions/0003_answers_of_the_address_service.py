"""Answers of the address service."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _code(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "address_answer",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("asked", _text(), nullable=False),
        sa.Column("finding", _code("finding", "found", "not_found", "several"), nullable=False),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("matched", _text(), nullable=False),
        sa.Column("grade", _code("grade", "A", "B", "C"), nullable=False),
        sa.Column("source", _text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(finding = 'found') = (lat IS NOT NULL)", name=op.f("ck_address_answer_found_somewhere")
        ),
        sa.CheckConstraint(
            "lat IS NULL OR (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180)",
            name=op.f("ck_address_answer_point_on_earth"),
        ),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_address_answer_point_whole")),
        sa.PrimaryKeyConstraint("municipality", "asked", name=op.f("pk_address_answer")),
    )


def downgrade() -> None:
    op.drop_table("address_answer")
