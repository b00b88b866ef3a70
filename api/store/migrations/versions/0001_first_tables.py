"""First tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ROLES = ("consultant", "caseworker", "coordinator", "centre_staff", "analyst", "auditor", "operator")
RECORD_KINDS = ("citizen", "centre", "employer", "job_order", "policy", "practice")
ANCHOR_KINDS = ("drop_in_centre", "supported_housing", "postal_district", "other")
PRECISIONS = ("address", "street", "town", "postal_district", "municipality")


def _text(length: int | None = None) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _code(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, _text(), nullable=False) for name in names]


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{name}"))


def _of_municipality(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality_municipality")
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.code"], name=name)


def _of(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality_{column}_{target}")
    there = [f"{target}.municipality", f"{target}.id"]
    return sa.ForeignKeyConstraint(["municipality", column], there, name=name, ondelete=ondelete)


def _where(rule: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(rule), "postgresql_where": sa.text(rule)}


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("user_id", _text(), nullable=False),
        sa.Column("role", _code("role", *ROLES), nullable=True),
        sa.Column("channel", _code("channel", "http", "browser", "command_line"), nullable=False),
        sa.Column("action", _text(), nullable=False),
        sa.Column("citizen_id", _text(), nullable=True),
        sa.Column("subject", _text(), nullable=False),
        sa.Column("outcome", _code("outcome", "permitted", "denied"), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("hash", _text(64), nullable=False),
        _check("audit_hash", "length(hash) = 64"),
        _check("audit_seq", "seq >= 1"),
        sa.PrimaryKeyConstraint("municipality", "seq", name=op.f("pk_audit")),
    )
    op.create_index(
        op.f("ix_audit_municipality_citizen_id_seq"), "audit", ["municipality", "citizen_id", "seq"]
    )
    op.create_table(
        "audit_chain",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("first_hash", _text(64), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_hash", _text(64), nullable=False),
        _check("audit_chain_forward", "last_seq >= first_seq"),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_audit_chain")),
    )
    op.create_table("meta", *_texts("name", "value"), sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")))
    op.create_table(
        "municipality",
        *_texts("code", "name"),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("change_seq", sa.Integer(), nullable=False),
        _check("municipality_change_seq", "change_seq >= 0"),
        _check("municipality_code_of_four_digits", "length(code) = 4"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipality")),
    )
    op.create_table(
        "catalogue_change",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", _code("recordkind", *RECORD_KINDS), nullable=False),
        sa.Column("record_id", _text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _check("catalogue_change_seq", "seq >= 1"),
        _of_municipality("catalogue_change"),
        sa.PrimaryKeyConstraint("municipality", "seq", name=op.f("pk_catalogue_change")),
    )
    op.create_table(
        "centre",
        *_texts("municipality", "id", "name"),
        sa.Column("kind", _code("anchorkind", *ANCHOR_KINDS), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        *_texts("street", "house_number", "postcode", "town"),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("precision", _code("precision", *PRECISIONS), nullable=False),
        sa.Column("place_source", _text(), nullable=False),
        sa.Column("place_dated", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _check("centre_point_whole", "(lat IS NULL) = (lon IS NULL)"),
        _check(
            "centre_point_on_earth", "lat IS NULL OR (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180)"
        ),
        _check("centre_version", "version >= 1"),
        _of_municipality("centre"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_centre")),
    )
    op.create_table(
        "citizen",
        *_texts("municipality", "id"),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("needs", sa.LargeBinary(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("objects_to_ranking", sa.Boolean(), nullable=False),
        sa.Column("waiting_since", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _check("citizen_version", "version >= 1"),
        _of_municipality("citizen"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_citizen")),
    )
    op.create_table(
        "employer",
        *_texts("municipality", "id", "name", "cvr", "p_number", "municipality_code", "industry_code"),
        sa.Column("industry_system", _code("industrysystem", "db07", "db25", "unknown"), nullable=False),
        *_texts("industry", "employees"),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("contact_person", sa.LargeBinary(), nullable=False),
        sa.Column("advertising_protected", _code("answer", "yes", "no", "unknown"), nullable=False),
        sa.Column(
            "contact_basis", _code("contactbasis", "own_relation", "inbound_order", "consent"), nullable=True
        ),
        sa.Column("contact_basis_note", sa.LargeBinary(), nullable=False),
        sa.Column("source", _text(), nullable=False),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("demands", sa.JSON(), nullable=False),
        sa.Column("supports", sa.JSON(), nullable=False),
        *_texts("street", "house_number", "postcode", "town"),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("precision", _code("precision", *PRECISIONS), nullable=False),
        sa.Column("place_source", _text(), nullable=False),
        sa.Column("place_dated", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _check("employer_cvr", "cvr = '' OR length(cvr) = 8"),
        _check("employer_p_number", "p_number = '' OR length(p_number) = 10"),
        _check("employer_point_whole", "(lat IS NULL) = (lon IS NULL)"),
        _check(
            "employer_point_on_earth", "lat IS NULL OR (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180)"
        ),
        _check("employer_version", "version >= 1"),
        _of_municipality("employer"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_employer")),
    )
    op.create_index(op.f("ix_employer_municipality_cvr"), "employer", ["municipality", "cvr"])
    op.create_index(
        "uq_employer_p_number",
        "employer",
        ["municipality", "p_number"],
        unique=True,
        **_where("p_number <> ''"),
    )
    op.create_table(
        "import_run",
        *_texts("municipality", "id"),
        sa.Column("kind", _code("importkind", "employers", "job-orders"), nullable=False),
        *_texts("file_name", "file_hash"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", _text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        _check("import_run_counts", "added >= 0 AND changed >= 0 AND unchanged >= 0 AND refused >= 0"),
        _of_municipality("import_run"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "policy",
        *_texts("municipality", "version", "text", "created_by"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("adopted_by", _text(), nullable=True),
        sa.Column("adopted_at", INSTANT, nullable=True),
        _check("policy_version", "version <> ''"),
        _check("policy_adopted_whole", "(adopted_at IS NULL) = (adopted_by IS NULL)"),
        _of_municipality("policy"),
        sa.PrimaryKeyConstraint("municipality", "version", name=op.f("pk_policy")),
    )
    op.create_table(
        "practice",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_by", _text(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _check("practice_version", "version >= 1"),
        _of_municipality("practice"),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_practice")),
    )
    op.create_table(
        "record_version",
        sa.Column("municipality", _text(), nullable=False),
        sa.Column("kind", _code("recordkind", *RECORD_KINDS), nullable=False),
        sa.Column("record_id", _text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", _text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _check("record_version_version", "version >= 1"),
        _of_municipality("record_version"),
        sa.PrimaryKeyConstraint(
            "municipality", "kind", "record_id", "version", name=op.f("pk_record_version")
        ),
    )
    op.create_table(
        "user_account",
        *_texts("municipality", "id", "username"),
        sa.Column("role", _code("role", *ROLES), nullable=False),
        sa.Column("password_hash", _text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        _check("user_account_username", "username <> ''"),
        _of_municipality("user_account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("username", name=op.f("uq_user_account_username")),
    )
    op.create_table(
        "access_grant",
        *_texts("municipality", "id", "citizen_id", "user_id"),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", INSTANT, nullable=True),
        sa.Column("reviewed_by", _text(), nullable=True),
        _check("access_grant_reviewed_whole", "(reviewed_at IS NULL) = (reviewed_by IS NULL)"),
        _check("access_grant_expires_later", "expires_at > granted_at"),
        _of("access_grant", "citizen_id", "citizen", ondelete="CASCADE"),
        _of("access_grant", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_access_grant")),
    )
    op.create_index(
        op.f("ix_access_grant_municipality_citizen_id_user_id"),
        "access_grant",
        ["municipality", "citizen_id", "user_id"],
    )
    op.create_table(
        "api_token",
        *_texts("municipality", "id", "user_id", "label", "secret_hash"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        _check("api_token_secret_hash", "length(secret_hash) = 64"),
        _of("api_token", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_token_secret_hash")),
    )
    op.create_index(op.f("ix_api_token_municipality_user_id"), "api_token", ["municipality", "user_id"])
    op.create_table(
        "browser_session",
        *_texts("municipality", "id", "user_id", "secret_hash"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _check("browser_session_expires_later", "expires_at > created_at"),
        _check("browser_session_secret_hash", "length(secret_hash) = 64"),
        _of("browser_session", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_browser_session_secret_hash")),
    )
    op.create_index(
        op.f("ix_browser_session_municipality_user_id"), "browser_session", ["municipality", "user_id"]
    )
    op.create_table(
        "citizen_anchor",
        *_texts("municipality", "citizen_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _code("anchorkind", *ANCHOR_KINDS), nullable=False),
        sa.Column("centre_id", _text(), nullable=True),
        sa.Column("postcode", _text(), nullable=True),
        _check("citizen_anchor_centre_or_postcode", "(centre_id IS NULL) <> (postcode IS NULL)"),
        _check("citizen_anchor_postcode", "postcode IS NULL OR length(postcode) = 4"),
        _of("citizen_anchor", "centre_id", "centre"),
        _of("citizen_anchor", "citizen_id", "citizen", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "citizen_id", "position", name=op.f("pk_citizen_anchor")),
    )
    op.create_index(
        op.f("ix_citizen_anchor_municipality_centre_id"), "citizen_anchor", ["municipality", "centre_id"]
    )
    op.create_table(
        "citizen_assignment",
        *_texts("municipality", "id", "citizen_id", "user_id"),
        sa.Column("assigned_at", INSTANT, nullable=False),
        sa.Column("assigned_by", _text(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _of("citizen_assignment", "citizen_id", "citizen", ondelete="CASCADE"),
        _of("citizen_assignment", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_citizen_assignment")),
    )
    op.create_index(
        op.f("ix_citizen_assignment_municipality_user_id"), "citizen_assignment", ["municipality", "user_id"]
    )
    op.create_index(
        "uq_citizen_assignment_running",
        "citizen_assignment",
        ["municipality", "citizen_id", "user_id"],
        unique=True,
        **_where("ended_at IS NULL"),
    )
    op.create_table(
        "idempotency",
        *_texts("municipality", "user_id", "key", "request_hash"),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _check("idempotency_status", "status BETWEEN 100 AND 599"),
        _of("idempotency", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("municipality", "user_id", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_at"), "idempotency", ["at"])
    op.create_table(
        "job_order",
        *_texts("municipality", "id", "employer_id", "title"),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("times_text", sa.LargeBinary(), nullable=False),
        *_texts("reference", "source"),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column(
            "state", _code("orderstate", "received", "open", "filled", "returned", "ended"), nullable=False
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("open_proposals", sa.Integer(), nullable=False),
        sa.Column("task", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _check("job_order_open_proposals", "open_proposals >= 0"),
        _check("job_order_places", "places >= 0"),
        _check("job_order_version", "version >= 1"),
        _of("job_order", "employer_id", "employer"),
        _of_municipality("job_order"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_job_order")),
    )
    op.create_index(
        op.f("ix_job_order_municipality_employer_id"), "job_order", ["municipality", "employer_id"]
    )
    op.create_index(op.f("ix_job_order_municipality_state"), "job_order", ["municipality", "state"])
    op.create_index(
        "uq_job_order_reference",
        "job_order",
        ["municipality", "reference"],
        unique=True,
        **_where("reference <> ''"),
    )


def downgrade() -> None:
    for table in (
        "job_order",
        "idempotency",
        "citizen_assignment",
        "citizen_anchor",
        "browser_session",
        "api_token",
        "access_grant",
        "user_account",
        "record_version",
        "practice",
        "policy",
        "import_run",
        "employer",
        "citizen",
        "centre",
        "catalogue_change",
        "municipality",
        "meta",
        "audit_chain",
        "audit",
    ):
        op.drop_table(table)
