"""What the benchmark finds and how it is printed: milliseconds, budgets, memory, what each way answers."""

import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log10
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Way:
    """One way to an answer: what it answers, and what it leaves out that the product's own answer has."""

    what: str
    answers: str
    leaves_out: str = ""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one thing at one size: median, 95th percentile and the most, over so many runs."""

    what: str
    size: int
    p50_ms: float
    p95_ms: float
    most_ms: float
    runs: int

    @classmethod
    def of(cls, what: str, size: int, taken_ms: Sequence[float]) -> "Measured":
        """The percentiles of what was taken."""
        p50, p95 = np.percentile(taken_ms, (50, 95))
        return cls(what, size, float(p50), float(p95), max(taken_ms), len(taken_ms))


@dataclass(frozen=True)
class Budget:
    """A promise, the figure reached, and whether it is kept."""

    what: str
    budget: str
    reached: str
    kept: bool


@dataclass(frozen=True)
class Memory:
    """Megabytes that a stage found resident, and the most that were resident while it ran."""

    stage: str
    before_mb: float
    peak_mb: float


@dataclass
class Figures:
    """Everything one run found."""

    measured: list[Measured] = field(default_factory=list)
    budgets: list[Budget] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    sizes_mb: dict[str, float] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Note the most memory that was resident while a stage ran."""
        before = _reset_high_water_mb()
        yield
        self.memory.append(Memory(name, before, high_water_mb()))


def timed(what: str, size: int, asked: Sequence[Asked], work: Callable[[Asked], object]) -> Measured:
    """Run `work` once for every one that asks, after a warm-up of three."""
    for one in asked[:3]:
        work(one)
    taken = []
    for one in asked:
        began = perf_counter()
        work(one)
        taken.append((perf_counter() - began) * 1000)
    return Measured.of(what, size, taken)


def ratio(what: str, reached: float, budget: float, *, at_least: bool = False) -> Budget:
    """A budget that is a ratio."""
    kept = reached >= budget if at_least else reached <= budget
    return Budget(what, f"{'>=' if at_least else '<='} {budget:g} x", f"{reached:.2f} x", kept)


def below(what: str, reached: float, budget: float, unit: str) -> Budget:
    """A budget that is a time or a size."""
    return Budget(what, f"< {budget:g} {unit}", f"{reached:.4g} {unit}", reached < budget)


def high_water_mb(pid: int | str = "self") -> float:
    """The most megabytes that a process held; where Linux does not say, those of this one's whole run."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _reset_high_water_mb() -> float:
    """Let the mark of this process begin again where Linux can, and answer where it stands."""
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5")
    return high_water_mb()


def show(found: Figures, ways: Iterable[Way], console: Console) -> None:
    """Everything, in tables."""
    _show_ways(ways, {one.what for one in found.measured}, console)
    for percentile in ("p50", "p95", "most"):
        _show_times(found.measured, percentile, console)
    _show_memory(found, console)
    for line in found.left_out:
        console.print(f"Left out: {line}")
    table = Table("budget", "", box=None, pad_edge=False)
    table.add_column("allowed", justify="right")
    table.add_column("reached", justify="right")
    for one in found.budgets:
        table.add_row(one.what, "kept" if one.kept else "MISSED", one.budget, one.reached)
    console.print(table)


def _show_ways(ways: Iterable[Way], measured: set[str], console: Console) -> None:
    console.print("\nWhat is timed\n")
    for way in ways:
        if way.what in measured:
            console.print(f"  {way.what}: {way.answers}.", soft_wrap=True)
            if way.leaves_out:
                console.print(f"    Leaves out {way.leaves_out}.", soft_wrap=True)
    console.print()


def _show_times(measured: Sequence[Measured], percentile: str, console: Console) -> None:
    """One percentile of everything by size; the last column is the factor for ten times as many."""
    sizes = sorted({one.size for one in measured})
    table = Table(f"{percentile}, ms", box=None, pad_edge=False)
    for size in sizes:
        table.add_column(f"{size:,}", justify="right")
    table.add_column("per tenfold", justify="right")
    table.add_column("runs", justify="right")
    for what in dict.fromkeys(one.what for one in measured):
        rows = {one.size: one for one in measured if one.what == what}
        taken = {size: float(getattr(one, f"{percentile}_ms")) for size, one in rows.items()}
        cells = [f"{taken[size]:,.2f}" if size in taken else "" for size in sizes]
        runs = " ".join(map(str, dict.fromkeys(one.runs for one in rows.values())))
        table.add_row(what, *cells, _growth(taken), runs)
    console.print(table)
    console.print()


def _growth(taken: dict[int, float]) -> str:
    """By what factor a time grows when the size grows tenfold, from the smallest to the largest."""
    least, most = min(taken), max(taken)
    if least == most:
        return ""
    return f"x {(taken[most] / taken[least]) ** (1 / log10(most / least)):.1f}"


def _show_memory(found: Figures, console: Console) -> None:
    table = Table("memory, MB", box=None, pad_edge=False)
    table.add_column("before", justify="right")
    table.add_column("at most", justify="right")
    for one in found.memory:
        table.add_row(one.stage, f"{one.before_mb:,.0f}", f"{one.peak_mb:,.0f}")
    for what, megabytes in found.sizes_mb.items():
        table.add_row(what, "", f"{megabytes:,.1f}")
    console.print(table)
    console.print()
