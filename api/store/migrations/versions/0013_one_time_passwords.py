"""Until when a password that somebody else gave lets its owner in; null for one that the owner chose."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _altered() -> AbstractContextManager[BatchOperations]:
    """SQLite writes the table anew, so that its statement is that of a table made in one go."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table("user_account", recreate="always" if on_sqlite else "never")


def upgrade() -> None:
    with _altered() as user:
        user.add_column(sa.Column("one_time_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with _altered() as user:
        user.drop_column("one_time_until")
