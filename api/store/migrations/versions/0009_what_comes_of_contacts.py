"""What an employer said when somebody got in touch, and the contact that a reserved day was used up by."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REPLIES = ("yes", "no", "not_now", "not_answered", "unknown")
USED = "fk_contact_reservation_municipality_used_by_employer_contact"
INDEX = "ix_contact_reservation_municipality_used_by"


def _altered(table: str) -> AbstractContextManager[BatchOperations]:
    """SQLite writes the table anew, so that its statement is that of a table made in one go."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(table, recreate="always" if on_sqlite else "never")


def upgrade() -> None:
    reply = sa.Enum(*REPLIES, name="contactreply", native_enum=False, create_constraint=True, length=40)
    text = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    with _altered("employer_contact") as contact:
        contact.add_column(sa.Column("reply", reply, nullable=False, server_default="unknown"))
        contact.create_check_constraint(
            op.f("ck_employer_contact_not_now"), "reply <> 'not_now' OR follow_up_on IS NOT NULL"
        )
    with _altered("employer_contact") as contact:
        contact.alter_column("reply", server_default=None)
    with _altered("contact_reservation") as reservation:
        reservation.add_column(sa.Column("used_by", text, nullable=True))
        key = ["municipality", "used_by"]
        reservation.create_foreign_key(op.f(USED), "employer_contact", key, ["municipality", "id"])
        reservation.create_index(op.f(INDEX), key)


def downgrade() -> None:
    # a day that has been used up was no row any more
    op.execute("DELETE FROM contact_reservation WHERE used_by IS NOT NULL")
    with _altered("contact_reservation") as reservation:
        reservation.drop_index(op.f(INDEX))
        reservation.drop_constraint(op.f(USED), type_="foreignkey")
        reservation.drop_column("used_by")
    with _altered("employer_contact") as contact:
        contact.drop_constraint(op.f("ck_employer_contact_not_now"), type_="check")
        contact.drop_constraint(op.f("ck_employer_contact_contactreply"), type_="check")
    with _altered("employer_contact") as contact:
        contact.drop_column("reply")
