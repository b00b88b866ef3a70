"""The telephone of a centre, and lists of centres and citizens."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = ("employers", "job-orders")
KINDS = ("centres", "citizens", *BEFORE)
TABLES = ("import_run", "upload")


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _allow(kinds: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    for table in TABLES:
        name = op.f(f"ck_{table}_importkind")
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(name, type_="check")
        with op.batch_alter_table(table) as changed:
            changed.create_check_constraint(name, f"kind IN ({allowed})")


def upgrade() -> None:
    _allow(KINDS)
    with op.batch_alter_table("centre") as centre:
        centre.add_column(sa.Column("phone", _text(), nullable=False, server_default=""))
    with op.batch_alter_table("centre") as centre:
        centre.alter_column("phone", server_default=None)


def downgrade() -> None:
    op.drop_column("centre", "phone")
    for table in TABLES:
        op.execute(f"DELETE FROM {table} WHERE kind IN ('centres', 'citizens')")
    _allow(BEFORE)
