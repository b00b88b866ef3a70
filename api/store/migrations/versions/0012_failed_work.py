"""Work in the background that failed and has not worked since."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _code(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "failed_work",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("work", _code("work", "looking", "storing", "addresses", "catalogues"), nullable=False),
        sa.Column("subject", _text(), nullable=False),
        sa.Column(
            "kind", _code("importkind", "centres", "citizens", "employers", "job-orders"), nullable=True
        ),
        sa.Column("by", _text(), nullable=False),
        sa.Column("cause", _text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_failed_work_times")),
        sa.PrimaryKeyConstraint("municipality", "work", "subject", name=op.f("pk_failed_work")),
    )


def downgrade() -> None:
    op.drop_table("failed_work")
