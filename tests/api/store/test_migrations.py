from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Column,
    Engine,
    Enum,
    MetaData,
    String,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    text,
)

from api.config import Settings
from api.store.engine import connect
from api.store.errors import StorageFailed
from api.store.migrations import migrate, migrate_down, revision_of, revisions
from api.store.tables import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Connections to a database with nothing in it, not even tables."""
    with ExitStack() as stack:
        address = f"sqlite:///{tmp_path}/frikortmatch.db"
        if request.param == "postgresql":
            address = stack.enter_context(request.getfixturevalue("postgresql_server").database())
        engine = connect(make_url(address), 1)
        stack.callback(engine.dispose)
        yield engine


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrations_go_up_down_and_up_again(engine: Engine):
    migrate(engine)
    first = tables(engine)
    migrate_down(engine)
    assert tables(engine) == set()
    migrate(engine)
    assert tables(engine) == first == set(Base.metadata.tables)
    with engine.connect() as connection:
        assert revision_of(connection) == revisions()[0]


def test_every_step_goes_down_and_up_again(engine: Engine):
    steps = revisions()[::-1]
    for before, step in zip(["base", *steps], steps, strict=False):
        migrate(engine, step)
        made = tables(engine)
        migrate_down(engine, before)
        migrate(engine, step)
        assert tables(engine) == made
    assert made == set(Base.metadata.tables)


def test_clocks_that_run_keep_the_practice_of_the_day_they_were_migrated(engine: Engine):
    migrate(engine, "0006")
    with engine.begin() as connection:
        before = MetaData()
        before.reflect(connection)

        def add(name: str, **told: object) -> None:
            columns = before.tables[name].columns
            row = {column.name: least(column) for column in columns if not column.nullable}
            connection.execute(insert(before.tables[name]), [row | told])

        for code in ("0370", "0630"):
            add("municipality", code=code)
            add("employer", municipality=code, id="firm")
            for id_, clock_from in (("posting", None), ("running", MOMENT)):
                add("job_order", municipality=code, id=id_, employer_id="firm", clock_from=clock_from)
        add("practice", municipality="0370", version=3)
    migrate(engine, "0007")
    asked = text("SELECT municipality, id, clock_practice FROM job_order ORDER BY municipality, id")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(asked)]
    told = {("0370", "running"): 3, ("0630", "running"): 0}
    assert {(code, id_): version for code, id_, version in found if id_ == "running"} == told
    assert [version for _, id_, version in found if id_ == "posting"] == [None, None]


MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)
CODES = {
    "industry_system": "db07",
    "state": "open",
    "precision": "address",
    "advertising_protected": "unknown",
}
LEAST = {int: 1, float: 0.0, bool: False, bytes: b"-", dict: {}, date: MOMENT.date(), datetime: MOMENT}


def least(column: Column[object]) -> object:
    """A value for a column that has to have one."""
    return CODES.get(column.name, LEAST.get(column.type.python_type, ""))


def test_texts_are_sorted_by_their_bytes_whatever_language_the_database_was_made_for(engine: Engine):
    """A column that fails here needs `PlainText` in its table, and the same in its migration."""
    migrate(engine)
    inspected = inspect(engine)
    other = [
        (table.name, column["name"])
        for table in Base.metadata.sorted_tables
        for column in inspected.get_columns(table.name)
        if isinstance(column["type"], String) and not isinstance(table.c[column["name"]].type, Enum)
        if getattr(column["type"], "collation", None) != ("C" if engine.name == "postgresql" else None)
    ]
    assert other == []


def test_migrating_twice_does_nothing_the_second_time(engine: Engine):
    migrate(engine)
    migrate(engine)
    assert tables(engine) == set(Base.metadata.tables)


def test_the_migrated_schema_is_the_one_the_models_describe(engine: Engine):
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrated_checks_and_keys_are_those_the_models_describe(sqlite_settings: Settings):
    """Alembic's own comparison does not look at CHECK constraints; SQLite keeps the whole statement."""
    migrated = connect(make_url(sqlite_settings.db.get_secret_value()), 1)
    migrate(migrated)
    described = create_engine("sqlite://")
    Base.metadata.create_all(described)
    assert statements(migrated) == statements(described)
    migrated.dispose()
    described.dispose()


def statements(engine: Engine) -> dict[str, set[str]]:
    asked = text("SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version' AND sql IS NOT NULL")
    with engine.connect() as connection:
        found = connection.execute(asked).all()
    # the order of a table's lines says nothing; a table that was written anew has its name in quotes
    return {
        name: {line.strip().rstrip(",").replace('"', "") for line in sql.splitlines()} for name, sql in found
    }


def test_a_migration_that_is_stopped_half_way_leaves_the_old_schema(engine: Engine):
    seen = []

    @event.listens_for(engine, "before_cursor_execute")
    def stop(connection, cursor, statement, *rest):
        seen.append(statement)
        if sum("CREATE TABLE" in said for said in seen) == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(engine)
    event.remove(engine, "before_cursor_execute", stop)
    assert tables(engine) == set()
    migrate(engine)
    assert tables(engine) == set(Base.metadata.tables)


def test_every_constraint_has_a_name_so_that_it_can_be_changed_later():
    nameless = [
        (table.name, constraint)
        for table in Base.metadata.tables.values()
        for constraint in [*table.constraints, *table.indexes]
        if not constraint.name
    ]
    assert nameless == []


def test_every_table_names_the_municipality_in_its_key_but_those_of_the_whole_installation():
    without = {
        table.name
        for table in Base.metadata.tables.values()
        if "municipality" not in {column.name for column in table.primary_key}
    }
    # a name that was typed to sign in may be nobody's
    assert without == {"meta", "municipality", "sign_in_failure"}


def test_rows_that_point_nowhere_after_a_migration_are_refused(sqlite_settings: Settings):
    engine = connect(make_url(sqlite_settings.db.get_secret_value()), 1)
    migrate(engine)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(text("INSERT INTO practice VALUES ('0370', '{}', 1, 'u', '2026-11-22')"))
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(StorageFailed, match="foreign keys"):
        migrate(engine)
    engine.dispose()
