"""Lists that a person has put into another order."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "list_reorder",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("id", _text(), nullable=False),
        sa.Column("list_id", _text(), nullable=False),
        sa.Column("citizen_id", _text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", _text(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "citizen_id"],
            ["citizen.municipality", "citizen.id"],
            name=op.f("fk_list_reorder_municipality_citizen_id_citizen"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_list_reorder")),
    )
    op.create_index(
        op.f("ix_list_reorder_municipality_citizen_id"), "list_reorder", ["municipality", "citizen_id"]
    )


def downgrade() -> None:
    op.drop_table("list_reorder")
