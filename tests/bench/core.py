"""The core budgets: the search, the whole answer and the catalogue, from a thousand orders to a million.

Whatever claims the same list is held against the search for every citizen before it is timed.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from time import perf_counter

import numpy as np
import pandas as pd
import psycopg

from geo import haversine_km
from matching import Catalogue, Citizen, Policy, Shortlist, shortlists
from matching.search import best
from matching.standing import Group, Sieve
from matching.workplaces import Workplaces
from tests.bench.baselines import fastest_scan, one_pass, pandas_scan, plain_scan
from tests.bench.country import SEED, TODAY, citizens, orders
from tests.bench.figures import Budget, Figures, Measured, Way, below, ratio, timed
from tests.bench.nearest import BallTreeIndex, Index, grown_until_exact, nearest_that_pass
from tests.bench.postgis import SHORT, PostgisIndex

K = 20
POLICY = Policy.default()
CHANGES = 2_500
"""Enough for what came to be sorted in some times over."""
FIRSTS = 10
SLOW_SHARE = 10
"""Every tenth citizen is timed on what takes long, whoever that is; the constraints go in turns of seven."""

PASS = Way("one pass over the columns", "the greatest value of every column, the unit of two budgets")
IDS = Way("ids of the exact top 20", "the rows of the best 20 by score, ties included")
WHOLE = Way(
    "whole answer: items, ask, counts",
    "20 to propose, 20 to ask about, and how many orders each rule stops",
)
LEDGER = Way(
    "ledger of 20 rows",
    "everything that is said of each of the 20 in an answer that was given, every sentence in Danish",
)
WAY_IN = Way(
    "the way in of 20 questions",
    "what would bring each of 20 in, in sentences, with the rank that it promises beside the employer's other"
    " orders that hang on the same answer",
)
FIRST = Way(
    "orders of one employer, first look-up", "all rows of an employer in a catalogue nobody asked yet"
)
CHANGE = Way(
    "one order changed",
    "a catalogue in which one order has other answers; the most counts too, since what came is sorted in",
)
SCAN = Way("fastest full scan in NumPy", "the same list, checked for every citizen")
PLAIN = Way("plain full scan, every pair judged", "the same list, checked, and every pair's parts and rules")
PANDAS = Way(
    "pandas, masks and a sort",
    "20 that keep avoids, needs and hours, by nearness and activities",
    "abilities, times, settings, the limit in minutes, soft wishes, openness, load and the rule for ties, so"
    " its list is another and is not checked",
)
TREE = Way(
    "ball tree, nearest that pass",
    "the nearest 20 that pass every constraint, distances checked by sorting all of them",
    "the score, and other starting points than one; the travel mode counts for the limit in minutes only",
)
TREE_EXACT = Way(
    "ball tree, grown until exact", "the same list as the search, checked, by scikit-learn's index"
)
POSTGIS = Way(
    "PostGIS, nearest that pass",
    "the nearest 20 that pass (geom <-> point, the rules in WHERE), distances checked to 0.5 %",
    TREE.leaves_out,
)
POSTGIS_EXACT = Way(
    "PostGIS, grown until exact",
    "the same list as the search, checked: a growing LIMIT, the score in NumPy",
)
COUNTRY = Way("12,000 citizens x 350,000 employers", "the rows of the best 20 of each, on all cores")
WAYS = (
    PASS,
    IDS,
    WHOLE,
    LEDGER,
    WAY_IN,
    FIRST,
    CHANGE,
    SCAN,
    PLAIN,
    PANDAS,
    TREE,
    TREE_EXACT,
    POSTGIS,
    POSTGIS_EXACT,
)


def measure(found: Figures, size: int, people: list[Citizen], postgis: psycopg.Connection | None) -> None:
    """Everything at one size; the budgets are those of the size measured last."""
    frame = orders(size)
    with found.stage(f"catalogue of {size:,} orders, built"):
        began = perf_counter()
        catalogue = Catalogue.from_frame(frame)
        built = perf_counter() - began
    with found.stage(f"lists from {size:,} orders"):
        at_size = [*own(catalogue, people), *changed(catalogue)]
    at_size += baselines(frame, catalogue, people)
    if postgis:
        index = PostgisIndex(postgis, frame, catalogue)
        found.sizes_mb[f"PostGIS table and index of {size:,} orders, on disk"] = index.megabytes
        at_size += indexed(index, catalogue, people[::SLOW_SHARE], POSTGIS, POSTGIS_EXACT)
    found.measured += at_size
    found.sizes_mb[f"columns of {size:,} orders"] = columns_mb(catalogue)
    found.sizes_mb[f"packed facts of {size:,} orders"] = catalogue.facts.nbytes / 1e6
    found.budgets = list(budgets({one.what: one for one in at_size}, catalogue, built))


def own(catalogue: Catalogue, people: list[Citizen]) -> Iterator[Measured]:
    """What the product does."""
    size = len(catalogue)

    def whole_of(listed: Shortlist) -> object:
        return listed.items, listed.ask, listed.totals

    def whole(person: Citizen) -> object:
        return whole_of(Shortlist(person, catalogue, K, TODAY, POLICY))

    def written(listed: Shortlist) -> object:
        return [listed.ledger(row).told for row in listed.shown()]

    def brought_in(listed: Shortlist) -> object:
        return [listed.ledger(row).told for row in listed.shown(Group.ASKED)]

    ready = [Shortlist(person, catalogue, K, TODAY, POLICY) for person in people]
    for listed in ready:
        whole_of(listed)
    yield timed(PASS.what, size, people, lambda _: one_pass(catalogue))
    yield timed(IDS.what, size, people, lambda one: searched(one, catalogue))
    yield timed(WHOLE.what, size, people, whole)
    yield timed(LEDGER.what, size, ready, written)
    yield looked_up(catalogue)
    yield timed(WAY_IN.what, size, ready, brought_in)


def looked_up(catalogue: Catalogue) -> Measured:
    """An employer in a catalogue that was just built, some times over."""
    taken = []
    for places in [Workplaces(catalogue.employer_ids) for _ in range(FIRSTS)]:
        began = perf_counter()
        rows = places.rows(catalogue.employer_ids[0])
        taken.append((perf_counter() - began) * 1000)
        if rows.tolist() != catalogue.rows_of(catalogue.employer_ids[0]).tolist():
            raise AssertionError(f"{FIRST.what}: other rows than in the catalogue")
    return Measured.of(FIRST.what, len(catalogue), taken)


def changed(catalogue: Catalogue) -> Iterator[Measured]:
    """Orders drawn by the seed take one more proposal each, one after another, as a day at the desk goes."""
    drawn = np.random.default_rng(SEED).choice(catalogue.ids, CHANGES).tolist()
    first = {id_: catalogue.order(id_) for id_ in drawn}
    latest, taken = catalogue, []
    for id_ in drawn:
        before = latest.order(id_)
        after = replace(before, open_proposals=before.open_proposals + 1)
        began = perf_counter()
        latest = latest.with_order(after)
        taken.append((perf_counter() - began) * 1000)
        if latest.order(id_) != after or catalogue.order(id_) != first[id_]:
            raise AssertionError(f"{CHANGE.what}: {id_} is not as it was changed")
    yield Measured.of(CHANGE.what, len(catalogue), taken)


def baselines(frame: pd.DataFrame, catalogue: Catalogue, people: list[Citizen]) -> Iterator[Measured]:
    """What the product is held against in this process."""
    size, few = len(catalogue), people[::SLOW_SHARE]
    fewer = few if size >= 100_000 else people

    def scan(person: Citizen) -> list[int]:
        return fastest_scan(person, catalogue, K, POLICY)

    def plain(person: Citizen) -> list[int]:
        return plain_scan(person, catalogue, K, POLICY)

    agree(SCAN, people, catalogue, scan)
    agree(PLAIN, few, catalogue, plain)
    yield timed(SCAN.what, size, people, scan)
    yield timed(PLAIN.what, size, fewer, plain)
    yield timed(PANDAS.what, size, fewer, lambda one: pandas_scan(one, frame, K, POLICY))
    yield from indexed(BallTreeIndex(catalogue, POLICY), catalogue, fewer, TREE, TREE_EXACT)


def indexed(
    index: Index, catalogue: Catalogue, people: list[Citizen], near: Way, exact: Way
) -> Iterator[Measured]:
    """An index of places, both ways."""

    def nearest(person: Citizen) -> list[int]:
        return nearest_that_pass(index, person, catalogue, K, POLICY)

    def grown(person: Citizen) -> list[int]:
        return grown_until_exact(index, person, catalogue, K, POLICY)

    for person in people:
        check_nearest(near, person, catalogue, nearest(person))
    agree(exact, people, catalogue, grown)
    yield timed(near.what, len(catalogue), people, nearest)
    yield timed(exact.what, len(catalogue), people, grown)


def searched(person: Citizen, catalogue: Catalogue) -> list[int]:
    """The product's own list."""
    return best(Sieve(person, catalogue, TODAY, POLICY), K, Group.RANKED)


def agree(
    way: Way, people: list[Citizen], catalogue: Catalogue, listed: Callable[[Citizen], list[int]]
) -> None:
    """Fail unless a way has the list of the search for every citizen."""
    for person in people:
        if listed(person) != searched(person, catalogue):
            raise AssertionError(f"{way.what}: another list than the search for {person.id}")


def check_nearest(way: Way, person: Citizen, catalogue: Catalogue, rows: list[int]) -> None:
    """Fail unless the rows pass, and are as near as the nearest that pass by sorting all distances."""
    columns = catalogue.columns
    passing = np.flatnonzero(Sieve(person, catalogue, TODAY, POLICY).group(Group.RANKED))
    here = person.anchors[0].point
    nearest = np.sort(haversine_km(here.lat, here.lon, columns.lat[passing], columns.lon[passing]))[:K]
    reached = haversine_km(here.lat, here.lon, columns.lat[rows], columns.lon[rows])
    right = set(rows) <= set(passing.tolist()) and len(rows) == len(nearest)
    if not right or not np.allclose(np.sort(reached), nearest, rtol=1 - SHORT, atol=1e-6):
        raise AssertionError(f"{way.what}: not the nearest that pass for {person.id}")


def columns_mb(catalogue: Catalogue) -> float:
    """Megabytes of the catalogue's columns."""
    columns = [getattr(catalogue.columns, item.name) for item in fields(catalogue.columns)]
    return sum(column.nbytes for column in columns if isinstance(column, np.ndarray)) / 1e6


def budgets(found: dict[str, Measured], catalogue: Catalogue, built: float) -> Iterator[Budget]:
    """The core budgets at one size."""
    ids, once, scan = found[IDS.what], found[PASS.what], found[SCAN.what]
    yield ratio("ids of the top 20, against one pass", ids.p95_ms / once.p95_ms, 1.0)
    yield ratio("fastest full scan, against the ids", scan.p95_ms / ids.p95_ms, 10.0, at_least=True)
    yield ratio("whole answer, against one pass", found[WHOLE.what].p95_ms / once.p95_ms, 3.0)
    yield below("ledger of 20 rows", found[LEDGER.what].p95_ms, 2, "ms")
    yield below("one order changed", found[CHANGE.what].p95_ms, 1, "ms")
    yield below("columns of the catalogue", columns_mb(catalogue), 120, "MB")
    yield below("catalogue from a frame", built, 4, "s")


def country(found: Figures) -> None:
    """Every citizen in the country, once, with the items of each list."""
    catalogue, people = Catalogue.from_frame(orders(350_000)), citizens(12_000)
    with found.stage(COUNTRY.what):
        began = perf_counter()
        listed = shortlists(people, catalogue, K, TODAY, POLICY)
        assert all(len(one.items) <= K for one in listed)
        taken = perf_counter() - began
    of_one = {one.citizen.id: one.shown() for one in listed}
    agree(COUNTRY, people[::1_000], catalogue, lambda one: of_one[one.id])
    found.budgets.append(below(COUNTRY.what, taken, 30, "s"))


def light_import(found: Figures) -> None:
    """What `import matching` brings in."""
    asked = "import sys, matching; print(*sorted({'scipy', 'sklearn'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    brought = said.stdout.split()
    allowed = "no scipy, no scikit-learn"
    found.budgets.append(Budget("import matching", allowed, " ".join(brought) or "neither", not brought))
