"""What people say that task texts mean: read from JSON Lines and checked against the vocabulary and RULES.md.

Everything wrong in a file is told at once, since these files are written by hand.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from geo import Refused
from matching.times import Slot, Weekday
from matching.vocabulary import Activity, Answer, Code, Demand, Setting, Support, parse_code

HERE = Path(__file__).parent
SENTENCES = HERE / "sentences.jsonl"
FIRST = HERE / "labels_first.jsonl"
SECOND = HERE / "labels_second.jsonl"
ORDERS = HERE / "labels_orders.jsonl"

FIRST_CORPUS, SECOND_CORPUS = HERE, HERE / "second"
"""Each has its texts and labels in files of these names."""

NOT_KNOWN = "unknown"
"""As `main`: no activity is said, or none of the vocabulary's."""

MOST_FURTHER = 2
"""A task has one to three activities."""


class Mislabelled(ValueError):
    """A file of labels or texts that does not keep the rules; says each line and what is wrong with it."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        super().__init__("\n".join((f"{path.name}:", *problems)))


class Span(NamedTuple):
    """From this number to that one; without an upper end when `high` is None. A plain number is both."""

    low: float
    high: float | None


@dataclass(frozen=True)
class Label:
    """What one person says that one text means. None and empty: nothing is said."""

    id: str
    main: Activity | None
    setting: Setting
    further: tuple[Activity, ...] = ()
    demands: Mapping[Demand, Answer] = field(default_factory=dict)
    supports: Mapping[Support, Answer] = field(default_factory=dict)
    hours_per_week: Span | None = None
    hours_total: Span | None = None
    weekdays: tuple[Weekday, ...] = ()
    times: tuple[Slot, ...] = ()
    clock: tuple[str, ...] = ()
    pay_dkk_per_hour: Span | None = None
    places: Span | None = None
    starts_on: date | None = None
    implied: frozenset[Demand] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        if self.main is None and self.further:
            raise ValueError("further activities without a main one")
        if len({self.main, *self.further}) != 1 + len(self.further):
            raise ValueError("an activity is named twice")
        if len(self.further) > MOST_FURTHER:
            raise ValueError(f"more than {MOST_FURTHER} further activities")
        if said := self.implied & set(self.demands):
            raise ValueError(f"both said and implied: {', '.join(sorted(said))}")
        if days := {slot.day for slot in self.times} - set(self.weekdays):
            raise ValueError(f"times on days that weekdays lack: {', '.join(sorted(days))}")


def read_texts(path: Path = SENTENCES) -> dict[str, str]:
    """The texts by id, in the order of the file; raises `Mislabelled`."""
    texts: dict[str, str] = {}
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        if set(row) != {"id", "text"}:
            problems.append(f"line {number}: has other fields than id and text")
        elif row["id"] in texts or row["text"] in texts.values():
            problems.append(f"{row['id']}: stands there twice")
        else:
            texts[row["id"]] = row["text"]
    if problems:
        raise Mislabelled(path, problems)
    return texts


def read_labels(path: Path, ids: Iterable[str]) -> dict[str, Label]:
    """The labels by id, one for each of `ids` and none besides; raises `Mislabelled` with every fault."""
    labels: dict[str, Label] = {}
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            label = label_of(json.loads(line))
        except (ValueError, Refused) as error:
            problems.append(f"line {number}: {error}")
            continue
        if label.id in labels:
            problems.append(f"line {number}: {label.id} is labelled twice")
        labels[label.id] = label
    known = set(ids)
    problems += [f"{one} is not labelled" for one in sorted(known - set(labels))]
    problems += [f"{one} is no text" for one in sorted(set(labels) - known)]
    if problems:
        raise Mislabelled(path, problems)
    return labels


def label_of(row: Mapping[str, Any]) -> Label:
    """A line as a label; raises `ValueError` or `Refused` for a field, code, time or number that is not."""
    if unknown := sorted(set(row) - {"id", *_READ}):
        raise ValueError(f"no such field: {', '.join(unknown)}")
    if missing := sorted({"id", "main", "setting"} - set(row)):
        raise ValueError(f"lacks {', '.join(missing)}")
    return Label(id=row["id"], **{name: _READ[name](row[name]) for name in row if name != "id"})


def _main(value: str) -> Activity | None:
    return None if value == NOT_KNOWN else parse_code(Activity, "main", value)


def _listed(kind: type[Code], name: str) -> Callable[[list[str]], tuple[Code, ...]]:
    return lambda values: tuple(parse_code(kind, name, value) for value in values)


def _answers(kind: type[Code], name: str) -> Callable[[dict[str, str]], dict[Code, Answer]]:
    def read(answers: dict[str, str]) -> dict[Code, Answer]:
        said = frozenset({Answer.YES, Answer.NO})
        return {
            parse_code(kind, name, code): parse_code(Answer, name, a, said) for code, a in answers.items()
        }

    return read


def _weekdays(values: list[str]) -> tuple[Weekday, ...]:
    days = tuple(parse_code(Weekday, "weekdays", value) for value in values)
    if list(days) != [day for day in Weekday if day in days]:
        raise ValueError("weekdays are not in the order of the week")
    return days


def _clock(values: list[str]) -> tuple[str, ...]:
    return tuple(Slot.parse(f"{Weekday.MON} {value}", "clock").hours for value in values)


def _span(value: float | list[float | None]) -> Span:
    low, high = value if isinstance(value, list) else (value, value)
    if low is None or low < 0 or (high is not None and high < low):
        raise ValueError(f"{value} runs from nothing to nothing")
    return Span(low, high)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "main": _main,
    "further": _listed(Activity, "further"),
    "setting": lambda value: parse_code(Setting, "setting", value),
    "demands": _answers(Demand, "demands"),
    "supports": _answers(Support, "supports"),
    "hours_per_week": _span,
    "hours_total": _span,
    "weekdays": _weekdays,
    "times": lambda values: tuple(sorted(Slot.parse(value) for value in values)),
    "clock": _clock,
    "pay_dkk_per_hour": _span,
    "places": _span,
    "starts_on": date.fromisoformat,
    "implied": lambda values: frozenset(_listed(Demand, "implied")(values)),
}
