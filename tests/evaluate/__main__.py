"""How evenly lists spread, how well a job café goes, how well task texts are read.

`python -m tests.evaluate [lists] [reading] [--json FILE]`; without a name, all of them.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rich.console import Console

from tests.evaluate import cafes, load, readings
from tests.evaluate.figures import Section, show
from tests.evaluate.told import job_orders

ROOT = Path(__file__).resolve().parents[2]


def of_lists(reference_data: Path, console: Console) -> Iterator[Section]:
    """How lists and job cafés behave, one figure after another."""
    if (reference_data / "evaluation").is_dir():
        for name in load.BIDS:
            yield load.bids(name, reference_data)
    else:
        console.print(f"No bids at {reference_data}; set FRIKORTMATCH_REFERENCE_DATA to measure on them.\n")
    for popularity in (0.0, 0.3, 0.6):
        yield load.graded_scores(popularity)
    yield load.town()
    yield load.prices()
    yield load.equals()
    yield from cafes.sections()


def of_reading(reference_data: Path, console: Console) -> Iterator[Section]:
    """How well task texts are read."""
    if not job_orders(reference_data):
        console.print(f"No job orders at {reference_data}; set FRIKORTMATCH_REFERENCE_DATA to read them.\n")
    yield from readings.sections(reference_data)


SUBJECTS: Mapping[str, Callable[[Path, Console], Iterator[Section]]] = {
    "lists": of_lists,
    "reading": of_reading,
}


def main() -> None:
    """Measure, print and, when asked for, write the figures to a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=f"{' or '.join(SUBJECTS)}; all by default"
    )
    asked = parser.parse_args()
    if unknown := sorted(set(asked.subjects) - set(SUBJECTS)):
        parser.error(f"no such subject: {', '.join(unknown)}")
    console = Console(width=None if os.isatty(1) else 100, highlight=False)
    folder = Path(os.environ.get("FRIKORTMATCH_REFERENCE_DATA", ROOT.parent / "shared" / "data"))
    measured = []
    for subject in asked.subjects or SUBJECTS:
        for section in SUBJECTS[subject](folder, console):
            show([section], console)
            measured.append(section)
    missed = [(section, figure) for section in measured for figure in section.figures if figure.met is False]
    console.print("Missed:" if missed else "Every target is met.")
    for section, figure in missed:
        console.print(f"  {section.title}: {figure.name.strip()} {figure.said}, target {figure.target}")
    if asked.json:
        told = [section.to_json() for section in measured]
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
