"""Job cafés that are kept until some days after their day, and who comes to them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "cafe",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("id", _text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("made_by", _text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("updated_by", _text(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("former", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_cafe_version")),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_cafe_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_cafe")),
    )
    op.create_index(op.f("ix_cafe_municipality_day"), "cafe", ["municipality", "day"])
    op.create_index(op.f("ix_cafe_expires_on"), "cafe", ["expires_on"])
    op.create_table(
        "cafe_guest",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("cafe_id", _text(), nullable=False),
        sa.Column("citizen_id", _text(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=True),
        sa.Column("former", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality", "cafe_id"],
            ["cafe.municipality", "cafe.id"],
            name=op.f("fk_cafe_guest_municipality_cafe_id_cafe"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "citizen_id"],
            ["citizen.municipality", "citizen.id"],
            name=op.f("fk_cafe_guest_municipality_citizen_id_citizen"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality", "cafe_id", "citizen_id", name=op.f("pk_cafe_guest")),
    )
    op.create_index(
        op.f("ix_cafe_guest_municipality_citizen_id"), "cafe_guest", ["municipality", "citizen_id"]
    )


def downgrade() -> None:
    op.drop_table("cafe_guest")
    op.drop_table("cafe")
