"""The order of a call sheet, which stays as it was put until somebody asks for a new one.

Whoever presses twice while a list moves answers for the wrong employer. So the order travels with every form,
and with it the moment from which answers count as given in this sitting; nothing is kept of either.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from api.casework.rankings import ShortlistFound
from api.pages.answers import Asked, asked_as
from api.pages.shortlist_rows import Row, asked_rows, orders_of, ranked_rows, row_of
from api.pages.shortlist_view import SHOWN, View

MARK, MOST = 8, 60
"""Characters that stand for a task in an order, and how many tasks an order may hold."""

LENGTH = 34 + (MOST + SHOWN) * MARK
"""How long an order may be, as forms and addresses carry it."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Since when somebody rings, and the marks of the tasks in the order in which they were put.

    `listed` are those of the list as it was when the page was made, the first one first. A long order is
    rung in parts, of which `part` is the one at hand.
    """

    since: datetime
    marks: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    part: int = 1

    def __str__(self) -> str:
        """As forms and addresses carry it."""
        since = (self.since - _BEGINNING) // _TICK
        return f"{since}-{''.join(self.marks)}-{''.join(self.listed)}-{self.part}"

    @classmethod
    def read(cls, text: str, now: datetime) -> "Sheet":
        """What a form or an address carries; a sheet that begins now for anything else."""
        since, marks, listed, part = (*text.split("-", 3), "", "", "")[:4]
        if not _is_number(since, 17):
            return cls(now)
        begun = min(_BEGINNING + int(since) * _TICK, now)
        number = int(part) if _is_number(part, 2) else 1
        return cls(begun, _parted(marks, MOST), _parted(listed, SHOWN), max(1, number))

    def of(self, rows: Iterable[Row], listed: Iterable[Row]) -> "Sheet":
        """The same sitting with its tasks in this order, and the list as it is now."""
        marks, places = (tuple(_mark(row.id) for row in found) for found in (rows, listed))
        return Sheet(self.since, marks[:MOST], places[:SHOWN], self.part)

    def before(self, rows: Iterable[Row]) -> Mapping[str, int]:
        """Which number each of these tasks had on the list before, by id; absent who was not on it."""
        places = {mark: number for number, mark in enumerate(self.listed, start=1)}
        return {row.id: places[mark] for row in rows if (mark := _mark(row.id)) in places}


def asking_rows(found: ShortlistFound, language: str) -> tuple[Row, ...]:
    """Every task that asks its employer something: what hangs on it first, then what a caution is about."""
    cautioned = (row for row in ranked_rows(found, View(), language) if asks_employer(row))
    return (*asked_rows(found, View(), language), *cautioned)


def asks_employer(row: Row) -> bool:
    """Whether a warning on the row is a question that an employer answers."""
    return any(asked_as(one.rule) is not Asked.ELSEWHERE for one in row.warnings)


def refused_last(rows: Iterable[Row], refused: Container[str]) -> tuple[Row, ...]:
    """The rows in their order, those to which the employer has said no after the others."""
    return tuple(sorted(rows, key=lambda row: row.id in refused))


def kept_rows(found: ShortlistFound, sheet: Sheet, language: str) -> tuple[Row, ...]:
    """The tasks of the sheet in its order, settled ones too, then those that ask something by now."""
    asked = {_mark(row.id): row for row in asking_rows(found, language)}
    if not sheet.marks:
        return tuple(asked.values())
    gone = {mark for mark in sheet.marks if mark not in asked}
    ids = {_mark(id_): id_ for id_, _, _ in orders_of(found)} if gone else {}
    settled = {
        mark: row_of(found, found.found.catalogue.row(ids[mark]), 0, language) for mark in gone & ids.keys()
    }
    there = {**asked, **settled}
    first = [mark for mark in dict.fromkeys(sheet.marks) if mark in there]
    return tuple(there[mark] for mark in dict.fromkeys([*first, *asked]))


def displaced(shown: Sequence[str], now: Sequence[str]) -> int:
    """How many of `shown` stand elsewhere in the order as it would be now, or nowhere in it any more.

    The fewest that would have to be taken out and put elsewhere.
    """
    places = {id_: place for place, id_ in enumerate(now)}
    ends: list[int] = []
    for place in (places[id_] for id_ in shown if id_ in places):
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(shown) - len(ends)


def _parted(marks: str, most: int) -> tuple[str, ...]:
    told = (marks[start : start + MARK] for start in range(0, most * MARK, MARK))
    return tuple(filter(None, told))


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits


def _mark(id_: str) -> str:
    return f"{crc32(id_.encode()):0{MARK}x}"
