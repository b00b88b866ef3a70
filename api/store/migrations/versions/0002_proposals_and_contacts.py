"""The desk: intake and clock of job orders, proposals and their log, contacts with employers."""

from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CHANNELS = ("phone", "mail", "form", "meeting")
ORIGINS = (
    "employer",
    "fasit_list",
    "lions",
    "rotary",
    "business_council",
    "parish_council",
    "village_association",
    "housing_association",
    "fair",
    "award_event",
    "sponsor_event",
    "other",
)
PROPOSAL_STATES = ("proposed", "contacted", "accepted", "declined", "not_able_now", "withdrawn")
THROUGH = ("drop_in_centre", "supported_housing", "caseworker", "citizen", "other")
REASONS = ("task", "times", "place", "pay", "taken_otherwise", "not_answered", "other")
CONTACTS = ("call", "visit", "letter", "mail", "event")
ABOUT = ("new_work", "job_order", "employee", "other")
OPEN = "state IN ('proposed', 'contacted')"


def _code(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    by_bytes = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, by_bytes, nullable=nullable)


def _sealed(name: str, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, INSTANT, nullable=nullable)


def _day(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{name}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _of(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality_{column}_{target}")
    there = [f"{target}.municipality", f"{target}.id"]
    return sa.ForeignKeyConstraint(["municipality", column], there, name=name, ondelete=ondelete)


def _where(rule: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(rule), "postgresql_where": sa.text(rule)}


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _altered(table: str) -> AbstractContextManager[BatchOperations]:
    """SQLite writes the table anew, so that its statement is that of a table made in one go."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(table, recreate="always" if on_sqlite else "never")


def upgrade() -> None:
    _add_to_citizens()
    _add_to_job_orders()
    _add_proposals()
    _add_moves("proposal_move", "proposal")
    _add_moves("job_order_move", "job_order")
    _add_pauses()
    _add_contacts()


def _add_to_citizens() -> None:
    with _altered("citizen") as citizen:
        citizen.add_column(_day("not_able_until"))
        citizen.add_column(_sealed("chain", nullable=True))


def _add_to_job_orders() -> None:
    with _altered("job_order") as order:
        order.add_column(sa.Column("channel", _code("intakechannel", *CHANNELS), nullable=True))
        order.add_column(sa.Column("origin", _code("origin", *ORIGINS), nullable=True))
        order.add_column(_text("taken_by", nullable=True))
        order.add_column(_day("heard_on"))
        order.add_column(_moment("clock_from", nullable=True))
        order.add_column(_moment("clock_met_at", nullable=True))
        order.add_column(_sealed("reading", nullable=True))


def _add_proposals() -> None:
    op.create_table(
        "proposal",
        _text("municipality"),
        _text("id"),
        _text("citizen_id"),
        _text("order_id"),
        sa.Column("started_from", _code("startedfrom", "citizen", "job_order"), nullable=False),
        sa.Column("state", _code("proposalstate", *PROPOSAL_STATES), nullable=False),
        _sealed("note"),
        _text("list_id"),
        _moment("clock_from"),
        _moment("created_at"),
        _text("created_by"),
        _moment("contacted_at", nullable=True),
        sa.Column("contacted_through", _code("through", *THROUGH), nullable=True),
        sa.Column("declined_by", _code("side", "citizen", "employer"), nullable=True),
        sa.Column("reason", _code("declinereason", *REASONS), nullable=True),
        _day("review_on"),
        _moment("updated_at"),
        _check("proposal_review", "(state = 'not_able_now') = (review_on IS NOT NULL)"),
        _check(
            "proposal_declined",
            "(state = 'declined') = (reason IS NOT NULL AND declined_by IS NOT NULL)",
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.code"], name=op.f("fk_proposal_municipality_municipality")
        ),
        _of("proposal", "citizen_id", "citizen", ondelete="CASCADE"),
        _of("proposal", "order_id", "job_order"),
        _key("proposal", "municipality", "id"),
    )
    for column in ("citizen_id", "order_id", "state"):
        _index("proposal", "municipality", column)
    columns = ["municipality", "order_id", "citizen_id"]
    op.create_index("uq_proposal_open", "proposal", columns, unique=True, **_where(OPEN))


def _add_moves(table: str, target: str) -> None:
    op.create_table(
        table,
        _text("municipality"),
        _text("record_id"),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at"),
        _text("by"),
        _text("before", nullable=True),
        _text("after"),
        _text("cause"),
        _sealed("note"),
        _check(f"{table}_seq", "seq >= 1"),
        _of(table, "record_id", target, ondelete="CASCADE"),
        _key(table, "municipality", "record_id", "seq"),
    )


def _add_pauses() -> None:
    op.create_table(
        "clock_pause",
        _text("municipality"),
        _text("id"),
        _text("order_id"),
        _moment("since"),
        _moment("until", nullable=True),
        _sealed("reason"),
        _text("by"),
        _check("clock_pause_forward", "until IS NULL OR until >= since"),
        _of("clock_pause", "order_id", "job_order", ondelete="CASCADE"),
        _key("clock_pause", "municipality", "id"),
    )
    _index("clock_pause", "municipality", "order_id")
    columns = ["municipality", "order_id"]
    op.create_index("uq_clock_pause_running", "clock_pause", columns, unique=True, **_where("until IS NULL"))


def _add_contacts() -> None:
    op.create_table(
        "employer_contact",
        _text("municipality"),
        _text("id"),
        _text("employer_id"),
        sa.Column("kind", _code("contactkind", *CONTACTS), nullable=False),
        _day("on", nullable=False),
        sa.Column("by_employer", sa.Boolean(), nullable=False),
        sa.Column("about", _code("contactabout", *ABOUT), nullable=False),
        _text("order_id", nullable=True),
        _text("citizen_id", nullable=True),
        _text("team"),
        _sealed("note"),
        _text("by"),
        _moment("at"),
        _day("follow_up_on"),
        _moment("settled_at", nullable=True),
        _check("employer_contact_settled", "settled_at IS NULL OR follow_up_on IS NOT NULL"),
        _of("employer_contact", "employer_id", "employer", ondelete="CASCADE"),
        _of("employer_contact", "order_id", "job_order"),
        _of("employer_contact", "citizen_id", "citizen"),
        _key("employer_contact", "municipality", "id"),
    )
    _index("employer_contact", "municipality", "employer_id", "on")
    _index("employer_contact", "municipality", "follow_up_on")
    op.create_table(
        "contact_reservation",
        _text("municipality"),
        _text("id"),
        _text("employer_id"),
        _day("on", nullable=False),
        _text("by"),
        _moment("at"),
        _sealed("reason"),
        _of("contact_reservation", "employer_id", "employer", ondelete="CASCADE"),
        _key("contact_reservation", "municipality", "id"),
    )
    _index("contact_reservation", "municipality", "employer_id", "on")


def downgrade() -> None:
    for table in (
        "contact_reservation",
        "employer_contact",
        "clock_pause",
        "job_order_move",
        "proposal_move",
        "proposal",
    ):
        op.drop_table(table)
    with _altered("job_order") as order:
        order.drop_constraint(op.f("ck_job_order_intakechannel"), type_="check")
        order.drop_constraint(op.f("ck_job_order_origin"), type_="check")
        for column in (
            "reading",
            "clock_met_at",
            "clock_from",
            "heard_on",
            "taken_by",
            "origin",
            "channel",
        ):
            order.drop_column(column)
    with _altered("citizen") as citizen:
        citizen.drop_column("chain")
        citizen.drop_column("not_able_until")
