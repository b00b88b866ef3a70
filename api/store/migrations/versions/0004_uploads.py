"""Files on their way in."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _code(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("id", _text(), nullable=False),
        sa.Column("by", _text(), nullable=False),
        sa.Column("kind", _code("importkind", "employers", "job-orders"), nullable=False),
        sa.Column("step", _code("step", "columns", "looking", "looked", "storing", "stored"), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "by"],
            ["user_account.municipality", "user_account.id"],
            name=op.f("fk_upload_municipality_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_expires_at"), "upload", ["expires_at"])


def downgrade() -> None:
    op.drop_table("upload")
