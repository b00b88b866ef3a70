"""The branches of `matching` that the tests take: `python -m tests.prove.branches REPORT`.

The report is the JSON of coverage.py. Only branches are counted: lines are covered by the way, and would hide
a branch that is not.
"""

import json
import os
import sys
from pathlib import Path

from rich.console import Console

from tests.evaluate.figures import Figure, Section, show

SHARE = 0.95
"""The share of branches that the tests have to take."""


def section(report: dict[str, dict[str, float]]) -> Section:
    """The share of branches taken, beside its target."""
    taken, made = report["totals"]["covered_branches"], report["totals"]["num_branches"]
    name = f"branches of matching ({taken} of {made})"
    return Section("Coverage", (Figure(name, taken / made, at_least=SHARE, percent=True),))


def main() -> int:
    """Print the share; 1 when it is too small."""
    told = section(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    show([told], Console(width=None if os.isatty(1) else 100, highlight=False))
    return int(told.figures[0].met is False)


if __name__ == "__main__":
    raise SystemExit(main())
