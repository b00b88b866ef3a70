"""The reviewed words: what is looked for, and what each of it means.

The files in `lexicon/` are written to be read by people who know the work; every entry carries a sentence it
must be read in, and every such sentence is a test. They are compiled at first use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from matching.reading.kinds import read_lexicon, spelt_out
from matching.reading.patterns import Finder, Pattern
from matching.vocabulary import Activity, Demand, Setting, Support, parse_code


class Part(StrEnum):
    """The parts of the vocabulary, each with its file."""

    ACTIVITIES = "activities"
    SETTING = "setting"
    DEMANDS = "demands"
    SUPPORTS = "supports"
    IMPLIED = "implied"
    """Demands that go with what the work is."""


class Says(StrEnum):
    """What the words of an entry say about its code."""

    YES = "yes"
    NO = "no"
    MENTION = "mention"
    """They are there, which is a yes unless anything else is said of it."""

    MATTER = "matter"
    """They name the thing only: "no" when denied, else nothing."""

    NEITHER = "neither"
    """They look like it and are something else ("opvaskemaskine"): what is found in them says nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    part: Part
    code: Activity | Setting | Demand | Support
    says: Says
    pattern: Pattern
    example: str
    sure: float
    setting: Setting | None = None


@dataclass(frozen=True)
class Lexicon:
    """All entries, by pattern, and the finder that looks for them in one walk."""

    entries: Mapping[Pattern, tuple[Entry, ...]]
    finder: Finder

    def all_entries(self) -> list[Entry]:
        """Every entry, in the order of the files."""
        return [entry for entries in self.entries.values() for entry in entries]


_KIND: Mapping[Part, type[Activity] | type[Setting] | type[Demand] | type[Support]] = {
    Part.ACTIVITIES: Activity,
    Part.SETTING: Setting,
    Part.DEMANDS: Demand,
    Part.SUPPORTS: Support,
    Part.IMPLIED: Demand,
}
_SURE_OF_PAIR, _SURE_OF_WORD, _SURE_OF_ANSWER, _SURE_OF_IMPLIED = 0.95, 0.9, 0.9, 0.7


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, compiled once."""
    by_pattern: dict[Pattern, tuple[Entry, ...]] = {}
    for part in Part:
        for entry in entries_of(part, read_lexicon(f"{part}")):
            by_pattern[entry.pattern] = (*by_pattern.get(entry.pattern, ()), entry)
    activities = [
        pattern for pattern, entries in by_pattern.items() if any(e.part is Part.ACTIVITIES for e in entries)
    ]
    return Lexicon(by_pattern, Finder(by_pattern, verbs_of=activities))


def entries_of(part: Part, table: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries of one file; a code that is not in the vocabulary raises `UnknownCode`."""
    for name, listed in table.items():
        code = parse_code(_KIND[part], str(part), name)
        by_meaning = listed if isinstance(listed, dict) else {Says.YES: listed}
        for meaning, rows in by_meaning.items():
            says = parse_code(Says, f"{part}.{name}", meaning)
            yield from (_entry(part, code, says, row) for row in rows)


def _entry(part: Part, code: Any, says: Says, row: Mapping[str, Any]) -> Entry:
    pattern = Pattern.parse(spelt_out(row["say"]))
    usual = _SURE_OF_PAIR if len(pattern.parts) > 1 else _SURE_OF_WORD
    if part in {Part.DEMANDS, Part.SUPPORTS}:
        usual = _SURE_OF_ANSWER
    elif part is Part.IMPLIED:
        usual = _SURE_OF_IMPLIED
    setting = parse_code(Setting, "setting", row["setting"]) if "setting" in row else None
    return Entry(part, code, says, pattern, row["example"], row.get("sure", usual), setting)
