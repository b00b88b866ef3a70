"""The budgets beside their baselines in one run.

`python -m tests.bench [--json FILE] [--sizes N ...] [--only core country service]`
"""

import argparse
import json
import os
import platform
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import numpy as np
from rich.console import Console

from tests.bench import core, postgis, service
from tests.bench.country import citizens
from tests.bench.figures import Figures, show

PEOPLE = 200
SIZES = (1_000, 10_000, 100_000, 1_000_000)
STAGES = ("core", "country", "service")


def measure(found: Figures, sizes: list[int], stages: list[str], console: Console) -> None:
    """The stages that are asked for, one after another."""
    if "core" in stages:
        people = citizens(PEOPLE)
        programs = postgis.programs()
        if programs is None:
            found.left_out.append(postgis.MISSING)
        with ExitStack() as stack:
            connection = stack.enter_context(postgis.cluster(programs)) if programs else None
            for size in sorted(sizes):
                console.print(f"{size:,} orders …")
                core.measure(found, size, people, connection)
        core.light_import(found)
    if "country" in stages:
        console.print("12,000 citizens …")
        core.country(found)
    if "service" in stages:
        console.print("the service …")
        service.measure(found)


def main() -> None:
    """Measure, print and, when asked for, write the figures to a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=list(STAGES))
    asked = parser.parse_args()
    console = Console(width=None if os.isatty(1) else 120, highlight=False)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    console.print(f"{machine}, NumPy {np.__version__}\n")
    found = Figures()
    measure(found, asked.sizes, asked.only, console)
    show(found, (*core.WAYS, *service.EVERY), console)
    if asked.json:
        told = {"machine": machine, **asdict(found)}
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
