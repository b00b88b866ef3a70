"""Task texts beside what people say that they mean.

Of the blind ones nobody who writes the reading sees more than sums. The first corpus was blind once; since
its errors were studied it measures only what was learnt.
"""

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from matching.vocabulary import Demand, Support
from tests.evaluate.reading.labels import (
    FIRST,
    FIRST_CORPUS,
    ORDERS,
    SECOND,
    SECOND_CORPUS,
    SENTENCES,
    Label,
    label_of,
    read_labels,
    read_texts,
)

STEERING = Path(__file__).with_name("steering.toml")
STATEMENTS = Path(__file__).with_name("statements.toml")
WORKS = Path(__file__).with_name("works.toml")


class Told(NamedTuple):
    """A text and what somebody says that it means."""

    text: str
    label: Label


def to_steer_by(path: Path = STEERING) -> list[Told]:
    """The texts that we look at."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["told"]
    return [Told(row["text"], label_of(_line(str(at), row))) for at, row in enumerate(rows)]


def statements() -> list[Told]:
    """Ways to say yes, no or neither of one demand or support; the label holds that one only."""
    table = tomllib.loads(STATEMENTS.read_text(encoding="utf-8"))
    return [
        Told(text, label_of(_line(text, {} if answer == "open" else {answer: [code]})))
        for code, by_answer in table.items()
        for answer, texts in by_answer.items()
        for text in texts
    ]


def works() -> list[Told]:
    """Texts with what the work is and where: the label holds nothing else."""
    rows = tomllib.loads(WORKS.read_text(encoding="utf-8"))["told"]
    return [
        Told(text, label_of(_line(str(at), {"main": main or "unknown", "setting": setting})))
        for at, (text, main, setting) in enumerate(rows)
    ]


def studied() -> list[Told]:
    """The first corpus, which the reading has learnt from its errors in."""
    return _labelled(FIRST_CORPUS, FIRST)


def blind() -> list[Told]:
    """The texts that nobody who writes the reading has seen; nothing of them but sums is ever shown."""
    return _labelled(SECOND_CORPUS, FIRST)


def blind_corpora() -> Mapping[str, list[Told]]:
    """The blind texts by whoever labelled them."""
    there = {"first labels": FIRST, "second labels": SECOND}
    return {
        name: _labelled(SECOND_CORPUS, path)
        for name, path in there.items()
        if (SECOND_CORPUS / path.name).is_file()
    }


def job_orders(reference_data: Path) -> list[Told]:
    """The job orders of the reference data; none where it is not there."""
    texts = order_texts(reference_data)
    return _joined(texts, ORDERS) if texts else []


def order_texts(reference_data: Path) -> dict[str, str]:
    """What the job orders of the reference data ask for, by their number; nothing where it is not there."""
    path = reference_data / "imports" / "jobordrer_naestved.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["Ordrenr"]: row["Opgave"] for row in csv.DictReader(lines, delimiter=";")}


def _labelled(corpus: Path, labels: Path) -> list[Told]:
    return _joined(read_texts(corpus / SENTENCES.name), corpus / labels.name)


def _joined(texts: Mapping[str, str], labels: Path) -> list[Told]:
    said = read_labels(labels, texts)
    return [Told(text, said[at]) for at, text in texts.items()]


_RENAMED = {"hours": "hours_per_week", "pay": "pay_dkk_per_hour", "also": "further"}


def _line(at: str, row: Mapping[str, Any]) -> dict[str, Any]:
    answers = {code: answer for answer in ("yes", "no") for code in row.get(answer, ())}
    line: dict[str, Any] = {"id": at, "main": "unknown", "setting": "unknown"}
    line |= {
        _RENAMED.get(name, name): value for name, value in row.items() if name not in {"text", "yes", "no"}
    }
    line["demands"] = {code: answer for code, answer in answers.items() if code in list(Demand)}
    line["supports"] = {code: answer for code, answer in answers.items() if code in list(Support)}
    return line
