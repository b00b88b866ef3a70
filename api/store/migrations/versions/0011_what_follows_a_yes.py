"""What follows a yes: the first day as agreed, the day on which the work began, and who takes it over."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BEGINS = "ck_proposal_begins"


def _altered() -> AbstractContextManager[BatchOperations]:
    """SQLite writes the table anew, so that its statement is that of a table made in one go."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table("proposal", recreate="always" if on_sqlite else "never")


def upgrade() -> None:
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    with _altered() as proposal:
        proposal.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        proposal.add_column(sa.Column("began_on", sa.Date(), nullable=True))
        proposal.add_column(sa.Column("taken_by", text, nullable=False, server_default=""))
        proposal.create_check_constraint(
            op.f(BEGINS), "state = 'accepted' OR (starts_on IS NULL AND began_on IS NULL)"
        )
    with _altered() as proposal:
        proposal.alter_column("taken_by", server_default=None)


def downgrade() -> None:
    with _altered() as proposal:
        proposal.drop_constraint(op.f(BEGINS), type_="check")
        for name in ("taken_by", "began_on", "starts_on"):
            proposal.drop_column(name)
