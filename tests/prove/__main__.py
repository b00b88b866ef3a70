"""How many mutants of the ranking the tests notice.

`python -m tests.prove [MODULE ...] [--resume] [--unlisted FILE]`
"""

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.evaluate.figures import Figure, Section, show
from tests.prove.mutants import Change, Mutant, as_toml, change_of, complaints, is_of, known_survivors, run

SHARE = 0.90
"""The share of all mutants that the tests have to notice."""


def section(mutants: Sequence[Mutant]) -> Section:
    """The share noticed, of each module and of all."""
    made = Counter(mutant.module for mutant in mutants)
    noticed = Counter(mutant.module for mutant in mutants if mutant.noticed)
    each = [
        Figure(
            f"{module} ({noticed[module]} of {made[module]})", noticed[module] / made[module], percent=True
        )
        for module in sorted(made)
    ]
    share = noticed.total() / max(made.total(), 1)
    total = Figure(f"all ({noticed.total()} of {made.total()})", share, at_least=SHARE, percent=True)
    return Section("Mutants noticed", (*each, total))


def main() -> int:
    """Make the mutants, try them, print the table and what is wrong; 1 when something is."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="as matching.search; all without any")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was broken off")
    parser.add_argument(
        "--unlisted", type=Path, metavar="FILE", help="write unlisted survivors there, as TOML"
    )
    asked = parser.parse_args()
    console = Console(width=None if os.isatty(1) else 100, highlight=False)
    mutants = run(asked.modules, resume=asked.resume)
    survivors: list[Change] = [change_of(mutant) for mutant in mutants if not mutant.noticed]
    known = {
        change: reason for change, reason in known_survivors().items() if is_of(change.within, asked.modules)
    }
    told = section(mutants)
    show([told], console)
    wrong = complaints(survivors, known)
    console.print(
        f"{len(survivors)} survive, {len(survivors) - len(set(survivors) - known.keys())} with a reason."
    )
    endless = sum(mutant.endless for mutant in mutants)
    console.print(f"{endless} of those noticed never end.")
    console.print("\n".join(wrong), markup=False)
    if asked.unlisted:
        asked.unlisted.write_text(as_toml(set(survivors) - known.keys()), encoding="utf-8")
    return int(bool(wrong) or told.figures[-1].met is False)


if __name__ == "__main__":
    raise SystemExit(main())
