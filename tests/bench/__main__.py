"""The budgets beside their baselines in one run: `python -m tests.bench [--json FILE] [--sizes 1000 ...]`."""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from matching import Catalogue, Citizen, Policy, Shortlist, shortlists
from matching.search import best
from matching.standing import Group, Standing
from tests.bench.baselines import TreeThenFilter, fastest_scan, one_pass, pandas_scan, plain_scan
from tests.bench.country import TODAY, citizens, orders

K = 20
PEOPLE = 200
SIZES = (1_000, 10_000, 100_000, 1_000_000)
POLICY = Policy.default()
SLOW_SHARE = 10
"""Every tenth citizen is timed on baselines that take over 50 ms each."""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one thing at one size: median and 95th percentile, over so many citizens."""

    what: str
    size: int
    p50_ms: float
    p95_ms: float
    runs: int


@dataclass(frozen=True)
class Budget:
    """A promise, the figure reached, and whether it is kept."""

    what: str
    budget: str
    reached: str
    kept: bool


def timed(what: str, size: int, people: list[Citizen], work: Callable[[Citizen], object]) -> Measured:
    """Run `work` once for every citizen after a warm-up of three."""
    for person in people[:3]:
        work(person)
    taken = []
    for person in people:
        began = perf_counter()
        work(person)
        taken.append((perf_counter() - began) * 1000)
    return Measured(what, size, float(np.median(taken)), float(np.percentile(taken, 95)), len(taken))


def at_size(size: int, people: list[Citizen]) -> tuple[list[Measured], Catalogue, float]:
    """Everything that is timed on a catalogue of one size, and the seconds it took to build."""
    frame = orders(size)
    began = perf_counter()
    catalogue = Catalogue.from_frame(frame)
    built = perf_counter() - began
    few = people[::SLOW_SHARE] if size >= 100_000 else people
    tree = TreeThenFilter(catalogue)

    def found(person: Citizen) -> list[int]:
        return best(Standing(person, catalogue, TODAY, POLICY), K, Group.RANKED)

    def whole(person: Citizen) -> object:
        listed = Shortlist(person, catalogue, K, TODAY, POLICY)
        return listed.items, listed.ask, listed.totals

    for person in people:
        scanned = fastest_scan(person, catalogue, K, POLICY)
        assert found(person) == scanned, f"{person.id}: the search differs from the scan"
    for person in people[::SLOW_SHARE]:
        assert found(person) == plain_scan(person, catalogue, K, POLICY)
    ledgers = [Shortlist(person, catalogue, K, TODAY, POLICY) for person in people]
    shown = {listed.citizen.id: (listed, listed.shown()) for listed in ledgers}

    def written(person: Citizen) -> object:
        listed, rows = shown[person.id]
        return [listed.ledger(row) for row in rows]

    return (
        [
            timed("one pass over the columns", size, people, lambda _: one_pass(catalogue)),
            timed("ids of the exact top 20", size, people, found),
            timed(
                "fastest full scan in NumPy",
                size,
                people,
                lambda one: fastest_scan(one, catalogue, K, POLICY),
            ),
            timed(
                "plain full scan, every pair judged",
                size,
                few,
                lambda one: plain_scan(one, catalogue, K, POLICY),
            ),
            timed("pandas, masks and a sort", size, few, lambda one: pandas_scan(one, frame, K, POLICY)),
            timed("ball tree, nearest that pass", size, people, lambda one: tree.nearest(one, K)),
            timed("whole answer: items, ask, counts", size, people, whole),
            timed("ledger of 20 rows", size, people, written),
        ],
        catalogue,
        built,
    )


def budgets(found: dict[str, Measured], catalogue: Catalogue, built: float) -> Iterator[Budget]:
    """The core budgets at the largest size."""
    ids, once = found["ids of the exact top 20"], found["one pass over the columns"]
    scan, whole = found["fastest full scan in NumPy"], found["whole answer: items, ask, counts"]
    ledger = found["ledger of 20 rows"]
    yield ratio("ids of the top 20, against one pass", ids.p95_ms / once.p95_ms, 1.0)
    yield ratio("fastest full scan, against the ids", scan.p95_ms / ids.p95_ms, 10.0, at_least=True)
    yield ratio("whole answer, against one pass", whole.p95_ms / once.p95_ms, 3.0)
    yield Budget("ledger of 20 rows", "< 2 ms", f"{ledger.p95_ms:.2f} ms", ledger.p95_ms < 2)
    columns = [getattr(catalogue.columns, item.name) for item in fields(catalogue.columns)]
    megabytes = sum(column.nbytes for column in columns if isinstance(column, np.ndarray)) / 1e6
    yield Budget("columns of the catalogue", "< 120 MB", f"{megabytes:.0f} MB", megabytes < 120)
    yield Budget("catalogue from a frame", "< 4 s", f"{built:.2f} s", built < 4)


def ratio(what: str, reached: float, budget: float, *, at_least: bool = False) -> Budget:
    """A budget that is a ratio."""
    kept = reached >= budget if at_least else reached <= budget
    return Budget(what, f"{'>=' if at_least else '<='} {budget:g} x", f"{reached:.2f} x", kept)


def country() -> Budget:
    """Every citizen in the country, once."""
    catalogue, people = Catalogue.from_frame(orders(350_000)), citizens(12_000)
    began = perf_counter()
    found = shortlists(people, catalogue, K, TODAY, POLICY)
    taken = perf_counter() - began
    assert len(found) == len(people)
    return Budget("12,000 citizens x 350,000 employers", "< 30 s", f"{taken:.1f} s", taken < 30)


def light_import() -> Budget:
    """What `import matching` brings in."""
    asked = "import sys, matching; print(*sorted({'scipy', 'sklearn'} & set(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    return Budget("import matching", "no scipy, no scikit-learn", " ".join(said) or "neither", not said)


def show(measured: list[Measured], held: list[Budget], console: Console) -> None:
    """Both tables."""
    sizes = sorted({one.size for one in measured})
    table = Table("milliseconds", *(f"{size:,}" for size in sizes), box=None)
    for what in dict.fromkeys(one.what for one in measured):
        row = [f"{one.p50_ms:.2f} / {one.p95_ms:.2f}" for one in measured if one.what == what]
        table.add_row(what, *row)
    console.print(table)
    console.print("\np50 / p95 over the same seeded citizens; slow baselines over every tenth of them.\n")
    table = Table("budget", "allowed", "reached", "", box=None)
    for one in held:
        table.add_row(one.what, one.budget, one.reached, "kept" if one.kept else "MISSED")
    console.print(table)


def main() -> None:
    """Measure, print and, when asked for, write the figures to a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    asked = parser.parse_args()
    console = Console(width=None if os.isatty(1) else 120, highlight=False)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    console.print(f"{machine}, NumPy {np.__version__}\n")
    people, measured, held = citizens(PEOPLE), [], []
    for size in sorted(asked.sizes):
        console.print(f"{size:,} orders …")
        found, catalogue, built = at_size(size, people)
        measured += found
        held = list(budgets({one.what: one for one in found}, catalogue, built))
    held += [country(), light_import()]
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in both)
    show(measured, held, console)
    console.print(f"\npeak memory of the run: {peak / 1024:.0f} MB")
    if asked.json:
        told = {"measured": [asdict(one) for one in measured], "budgets": [asdict(one) for one in held]}
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
