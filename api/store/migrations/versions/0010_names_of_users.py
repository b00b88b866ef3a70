"""What colleagues call somebody who can sign in; empty where nobody has said it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _text() -> sa.String:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("user_account") as user:
        user.add_column(sa.Column("name", _text(), nullable=False, server_default=""))
    with op.batch_alter_table("user_account") as user:
        user.alter_column("name", server_default=None)


def downgrade() -> None:
    op.drop_column("user_account", "name")
