"""What a program has used: the processor time and the memory of its process and of those it has started."""

import os
from pathlib import Path

from tests.bench.figures import high_water_mb


def processes(pid: int) -> tuple[int, ...]:
    """The process and all that it has started, as Linux tells; elsewhere the process alone."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    children = told.read_text().split() if told.exists() else []
    return (pid, *(each for child in children for each in processes(int(child))))


def cpu_ms(pid: int) -> float:
    """Milliseconds that a program has reckoned so far; not a number where Linux does not say."""
    return sum(map(_cpu_ms, processes(pid)))


def most_mb(pid: int) -> float:
    """The most megabytes that each process of a program held, summed."""
    return sum(map(high_water_mb, processes(pid)))


def _cpu_ms(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return float("nan")
    # the name in brackets may hold blanks; user and system ticks are the 14th and 15th field
    ticks = told.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") * 1000
