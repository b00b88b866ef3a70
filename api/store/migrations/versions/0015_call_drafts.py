"""Calls that are half taken down."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "call_draft",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("by", _text(), nullable=False),
        sa.Column("form", _text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "by"],
            ["user_account.municipality", "user_account.id"],
            name=op.f("fk_call_draft_municipality_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "by", "form", name=op.f("pk_call_draft")),
    )
    op.create_index(op.f("ix_call_draft_expires_at"), "call_draft", ["expires_at"])


def downgrade() -> None:
    op.drop_table("call_draft")
