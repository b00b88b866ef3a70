"""PostGIS on a cluster of its own that is thrown away: nearest first by the index, with the rules in WHERE.

Only looks for what is installed (Debian: `apt-get install postgresql-15-postgis-3`). The cluster listens on a
socket in its temporary folder and nowhere else; PostgreSQL refuses to run as root, so root hands it over to
the user that the package made.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

import numpy as np
import pandas as pd
import psycopg
from numpy.typing import NDArray
from psycopg import sql
from pyproj import Transformer

from matching import Catalogue, Citizen
from matching.times import Slot, Weekday
from matching.vocabulary import REQUIREMENTS, Answer, Attitude, Demand, Setting, Support

MISSING = "PostGIS is not installed here (Debian: apt-get install postgresql-15-postgis-3)"
SHORT = 0.995
"""UTM32 kilometres times this are never more than those of the product's sphere, anywhere in Denmark."""

_SETTINGS = ("shared_buffers=512MB", "work_mem=64MB", "maintenance_work_mem=256MB", "jit=off", "fsync=off")
_CODES = [str(code) for kind in (Demand, Support) for code in kind]
_DAYS = {day: number * 24 * 60 for number, day in enumerate(Weekday)}
_TO_UTM32 = Transformer.from_crs("EPSG:4326", "EPSG:25832")
_COLUMNS = ("number", "geom", "activities", "setting", "hours", "places", "starts", "ends", *_CODES)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest that has PostGIS; None where there is none."""
    on_path = shutil.which("initdb")
    listed = [Path(on_path).resolve().parent] if on_path else []
    listed += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in listed if (folder / "initdb").exists() and _has_postgis(folder)), None)


def _has_postgis(folder: Path) -> bool:
    if not (folder / "pg_config").exists():
        return False
    asked = [folder / "pg_config", "--sharedir"]
    shared = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    return (Path(shared) / "extension" / "postgis.control").exists()


@contextmanager
def cluster(found: Path) -> Iterator[psycopg.Connection]:
    """A connection to a fresh cluster with PostGIS, gone afterwards."""
    with TemporaryDirectory(prefix="frikortmatch-bench-") as name:
        folder = Path(name)
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        quiet: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        data = folder / "data"
        made = [found / "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(made, check=True, **quiet, **who)
        options = [part for setting in _SETTINGS for part in ("-c", setting)]
        listening = ["-c", "listen_addresses=", "-k", folder]
        server = subprocess.Popen([found / "postgres", "-D", data, *listening, *options], **quiet, **who)
        try:
            with _connected(folder, server) as connection:
                connection.execute("CREATE EXTENSION postgis")
                yield connection
        finally:
            server.terminate()
            server.wait(60)


def _connected(folder: Path, server: subprocess.Popen[bytes]) -> psycopg.Connection:
    for _ in range(300):
        try:
            return psycopg.connect(host=str(folder), user="bench", dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise
            sleep(0.1)
    raise TimeoutError("PostgreSQL did not start within 30 s")


class PostgisIndex:
    """A table of the orders, a column per answer, with an index over their places in ETRS89/UTM32."""

    def __init__(self, connection: psycopg.Connection, frame: pd.DataFrame, catalogue: Catalogue) -> None:
        """Fill the table anew and build its index."""
        self._connection = connection
        bools = sql.SQL(", ").join(sql.SQL("{} boolean").format(sql.Identifier(code)) for code in _CODES)
        table = sql.SQL(
            "DROP TABLE IF EXISTS orders; CREATE UNLOGGED TABLE orders (number int,"
            " geom geometry(Point, 25832), activities text[], setting text, hours float8, places int,"
            " starts int, ends int, {})"
        )
        connection.execute(table.format(bools))
        rows = np.array([catalogue.row(name) for name in frame["order_id"]])
        names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
        with connection.cursor().copy(
            sql.SQL("COPY orders ({}) FROM STDIN (FORMAT csv)").format(names)
        ) as copy:
            for start in range(0, len(frame), 50_000):
                part = slice(start, start + 50_000)
                copy.write(_as_csv(frame.iloc[part], rows[part]))
        connection.execute("CREATE INDEX ON orders USING gist (geom)")
        connection.execute("VACUUM ANALYZE orders")

    @property
    def megabytes(self) -> float:
        """The table and its index on the disk."""
        (size,) = self._connection.execute("SELECT pg_total_relation_size('orders')").fetchone() or (0,)
        return float(size) / 1e6

    def passing(self, citizen: Citizen, wanted: int, within_km: float) -> tuple[NDArray[np.intp], float]:
        """As `nearest.Index` says."""
        (anchor,) = citizen.anchors
        east, north = _TO_UTM32.transform(anchor.point.lat, anchor.point.lon)
        here = sql.SQL("ST_SetSRID(ST_MakePoint({}, {}), 25832)").format(float(east), float(north))
        rules = [*_rules(citizen), sql.SQL("geom IS NOT NULL")]
        if within_km != inf:
            metres = within_km * 1000 / SHORT
            rules.append(sql.SQL("ST_DWithin(geom, {}, {})").format(here, metres))
        asked = sql.SQL("SELECT number, geom <-> {here} FROM orders WHERE {rules} ORDER BY 2 LIMIT {wanted}")
        found = self._connection.execute(
            asked.format(here=here, rules=sql.SQL(" AND ").join(rules), wanted=wanted)
        ).fetchall()
        settled_km = found[-1][1] / 1000 * SHORT if len(found) == wanted else inf
        return np.array([row for row, _ in found], np.intp), settled_km


def _as_csv(frame: pd.DataFrame, rows: NDArray[np.intp]) -> str:
    """Some orders as PostgreSQL copies them in; what is not known is empty."""
    told = frame["lat"].notna().to_numpy()
    east, north = _TO_UTM32.transform(frame["lat"].to_numpy(), frame["lon"].to_numpy())
    slots = [Slot.parse(text) for (text,) in frame["times"]]
    table = {
        "number": rows,
        "geom": [
            f"SRID=25832;POINT({e} {n})" if at else None for e, n, at in zip(east, north, told, strict=True)
        ],
        "activities": ["{" + ",".join(codes) + "}" for codes in frame["activities"]],
        "setting": frame["setting"].to_numpy(),
        "hours": frame["hours_per_week"].to_numpy(),
        "places": frame["places"].to_numpy(),
        "starts": [_DAYS[slot.day] + slot.start for slot in slots],
        "ends": [_DAYS[slot.day] + slot.end for slot in slots],
        **{code: frame[code].to_numpy(object, na_value=None) for code in _CODES},
    }
    return str(pd.DataFrame(table, columns=list(_COLUMNS)).to_csv(header=False, index=False))


def _rules(citizen: Citizen) -> Iterator[sql.Composable]:
    """Every constraint but the way's, met for certain, as the WHERE of a statement."""
    has = {code for code, answer in citizen.abilities.items() if answer is Answer.YES}
    for codes, test in (
        (citizen.avoids, "{} IS FALSE"),
        (citizen.needs, "{} IS TRUE"),
        (REQUIREMENTS - has, "{} IS NOT TRUE"),
    ):
        yield from (sql.SQL(test).format(sql.Identifier(code)) for code in sorted(codes))
    cannot = sorted(str(code) for code, word in citizen.attitudes.items() if word is Attitude.CANNOT)
    if cannot:
        yield sql.SQL("activities <> '{{}}' AND NOT activities && {}::text[]").format(cannot)
    barred = sorted(str(code) for code, word in citizen.setting.items() if word is Attitude.CANNOT)
    if barred:
        also = [*barred, str(Setting.BOTH), str(Setting.UNKNOWN)]
        yield sql.SQL("setting <> ALL ({}::text[])").format(also)
    if citizen.max_hours_per_week is not None:
        yield sql.SQL("hours <= {}").format(citizen.max_hours_per_week)
    if citizen.availability:
        fits = sql.SQL("least(ends, {}) - greatest(starts, {}) >= least(60, ends - starts)")
        either = (
            fits.format(_DAYS[slot.day] + slot.end, _DAYS[slot.day] + slot.start)
            for slot in citizen.availability
        )
        yield sql.SQL("({})").format(sql.SQL(" OR ").join(either))
    yield sql.SQL("places > 0")
