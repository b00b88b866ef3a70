"""How far two people label texts alike: `python -m tests.evaluate.reading.agreement [FIRST SECOND]`.

A share is easily high where nothing is said in most texts. So each field tells two more figures: the share
among the texts in which either of the two says something, and Cohen's kappa, which takes off what chance
reaches.
"""

import argparse
import os
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from matching.vocabulary import Activity, Answer, Demand, Setting, Support
from tests.evaluate.reading.labels import FIRST, SECOND, SENTENCES, Label, read_labels, read_texts

Said = Hashable
"""What one label says of one field; None and empty are nothing."""

SILENT: tuple[Said, ...] = (None, Answer.UNKNOWN, Setting.UNKNOWN, (), frozenset())


@dataclass(frozen=True)
class Agreement:
    """One field: texts, agreed ones, the same among texts where either of the two says something, kappa."""

    field: str
    texts: int
    agreed: int
    said: int
    agreed_said: int
    kappa: float | None

    @property
    def share(self) -> float:
        """Of all texts, those on which the two agree."""
        return self.agreed / self.texts

    @property
    def share_said(self) -> float | None:
        """The same among texts in which at least one says something; None when neither ever does."""
        return self.agreed_said / self.said if self.said else None


def cohen_kappa(first: Sequence[Said], second: Sequence[Said]) -> float | None:
    """Agreement beyond chance, 1 at best, 0 as by chance; None when both always say the same one thing."""
    texts = len(first)
    one, other = Counter(first), Counter(second)
    by_chance = sum(one[value] * other[value] for value in one) / texts**2
    if by_chance == 1:
        return None
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / texts
    return (observed - by_chance) / (1 - by_chance)


def compare(first: Mapping[str, Label], second: Mapping[str, Label]) -> list[Agreement]:
    """Every field, then every demand and support; raises `ValueError` when the two label different texts."""
    if set(first) != set(second):
        raise ValueError("The two label different texts.")
    pairs = [(label, second[one]) for one, label in first.items()]
    return [
        _agreement(name, *zip(*((of(a), of(b)) for a, b in pairs), strict=True))
        for name, of in FIELDS.items()
    ]


def _agreement(name: str, first: Sequence[Said], second: Sequence[Said]) -> Agreement:
    said = [(a, b) for a, b in zip(first, second, strict=True) if a not in SILENT or b not in SILENT]
    agreed_said = sum(a == b for a, b in said)
    agreed = len(first) - len(said) + agreed_said
    return Agreement(name, len(first), agreed, len(said), agreed_said, cohen_kappa(first, second))


def _demand(code: Demand) -> Callable[[Label], Said]:
    return lambda label: label.demands.get(code, Answer.UNKNOWN)


def _support(code: Support) -> Callable[[Label], Said]:
    return lambda label: label.supports.get(code, Answer.UNKNOWN)


FIELDS: Mapping[str, Callable[[Label], Said]] = {
    "main": lambda label: label.main,
    "further": lambda label: frozenset(label.further),
    "setting": lambda label: label.setting,
    "hours_per_week": lambda label: label.hours_per_week,
    "hours_total": lambda label: label.hours_total,
    "weekdays": lambda label: label.weekdays,
    "times": lambda label: label.times,
    "clock": lambda label: label.clock,
    "pay_dkk_per_hour": lambda label: label.pay_dkk_per_hour,
    "places": lambda label: label.places,
    "starts_on": lambda label: label.starts_on,
    "implied": lambda label: label.implied,
    **{f"demands.{code}": _demand(code) for code in Demand},
    **{f"supports.{code}": _support(code) for code in Support},
}


def differences(
    first: Mapping[str, Label], second: Mapping[str, Label], field: str
) -> dict[str, tuple[Said, Said]]:
    """What the two say where they do not agree, by text: for settling them, and for sharper rules."""
    of = FIELDS[field]
    return {one: (of(label), of(second[one])) for one, label in first.items() if of(label) != of(second[one])}


def agreement_table(agreements: Sequence[Agreement]) -> Table:
    """A row per field, in figures of two decimals."""
    table = Table("field", "agreed", "of texts said", "said in", "kappa", box=None)
    for one in agreements:
        table.add_row(
            one.field, f"{one.share:.2f}", _figure(one.share_said), str(one.said), _figure(one.kappa)
        )
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def said_table(labels: Mapping[str, Label]) -> Table:
    """How often one labeller says each activity, and each answer to each demand and support."""
    table = Table("said", "main / yes", "further / no", box=None)
    told = list(labels.values())
    for activity in Activity:
        mains, furthers = (
            (label.main == activity for label in told),
            (activity in label.further for label in told),
        )
        table.add_row(activity, str(sum(mains)), str(sum(furthers)))
    table.add_row("no activity", str(sum(label.main is None for label in told)), "")
    for name, of in FIELDS.items():
        if name.startswith(("demands.", "supports.")):
            answers = Counter(of(label) for label in told)
            table.add_row(name, str(answers[Answer.YES]), str(answers[Answer.NO]))
    return table


def main(argv: Sequence[str] | None = None) -> None:
    """Check the labels, then print their agreement; what the first says, while there is no second."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate.reading.agreement", description=__doc__)
    parser.add_argument("first", nargs="?", type=Path, default=FIRST)
    parser.add_argument("second", nargs="?", type=Path, default=SECOND)
    parser.add_argument("--texts", type=Path, default=SENTENCES)
    parser.add_argument("--differences", choices=FIELDS, metavar="FIELD", help="list where the two differ")
    asked = parser.parse_args(argv)
    console = Console(width=None if os.isatty(1) else 120, highlight=False, markup=False)
    texts = read_texts(asked.texts)
    first = read_labels(asked.first, texts)
    if not asked.second.exists():
        console.print(f"{len(first)} texts labelled once; there is no {asked.second.name} yet.\n")
        console.print(said_table(first))
        return
    second = read_labels(asked.second, texts)
    console.print(f"{len(first)} texts labelled twice.\n")
    console.print(agreement_table(compare(first, second)))
    if asked.differences:
        for one, (a, b) in differences(first, second, asked.differences).items():
            console.print(f"\n{one} {texts[one]}\n  {a} / {b}")


if __name__ == "__main__":
    main()
