"""The practice that a clock was started by, and how a proposal stood before its last move.

Deadlines that run already stay as they are told on the day of this step: by the practice that counts then.
"""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEPT = "(SELECT version FROM practice WHERE practice.municipality = {table}.municipality)"


def _altered(table: str) -> AbstractContextManager[BatchOperations]:
    """SQLite writes the table anew, so that its statement is that of a table made in one go."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(table, recreate="always" if on_sqlite else "never")


def upgrade() -> None:
    with _altered("job_order") as order:
        order.add_column(sa.Column("clock_practice", sa.Integer(), nullable=True))
    with _altered("proposal") as proposal:
        proposal.add_column(sa.Column("clock_practice", sa.Integer(), nullable=True))
        proposal.add_column(sa.Column("former", sa.JSON(), nullable=True))
    for table in ("job_order", "proposal"):
        counts = KEPT.format(table=table)
        running = "WHERE clock_from IS NOT NULL" if table == "job_order" else ""
        op.execute(f"UPDATE {table} SET clock_practice = COALESCE({counts}, 0) {running}")


def downgrade() -> None:
    with _altered("proposal") as proposal:
        proposal.drop_column("former")
        proposal.drop_column("clock_practice")
    with _altered("job_order") as order:
        order.drop_column("clock_practice")
