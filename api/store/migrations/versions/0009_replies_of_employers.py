"""What an employer said when somebody got in touch."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REPLIES = ("yes", "no", "not_now", "not_answered", "unknown")


def upgrade() -> None:
    # SQLite writes the table anew, so that its statement is that of a table made in one go
    recreate: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    reply = sa.Enum(*REPLIES, name="contactreply", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("employer_contact", recreate=recreate) as contact:
        contact.add_column(sa.Column("reply", reply, nullable=False, server_default="unknown"))
        contact.create_check_constraint(
            op.f("ck_employer_contact_not_now"), "reply <> 'not_now' OR follow_up_on IS NOT NULL"
        )
    with op.batch_alter_table("employer_contact", recreate=recreate) as contact:
        contact.alter_column("reply", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("employer_contact") as contact:
        contact.drop_constraint(op.f("ck_employer_contact_not_now"), type_="check")
        contact.drop_constraint(op.f("ck_employer_contact_contactreply"), type_="check")
    with op.batch_alter_table("employer_contact") as contact:
        contact.drop_column("reply")
