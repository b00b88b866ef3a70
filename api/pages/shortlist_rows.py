"""The rows of a shortlist: what stands in each, with bars whose points add up to a hundred."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from api.casework.rankings import ShortlistFound, shown
from api.pages.shortlist_view import SHOWN, Order, View
from geo import Point, Precision
from matching import Ledger
from matching.ledger import Question, Warned
from matching.orders import JobOrder
from matching.standing import Group

WHOLE = 100
"""Points of a pair that loses nothing."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: the points it takes, from where, and why it takes them."""

    part: str
    start: int
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A task, or an employer without one, in a list; `number` is its place there, and on the map."""

    number: int
    id: str
    title: str
    employer: str
    employer_id: str
    ledger: Ledger
    order: JobOrder
    segments: tuple[Segment, ...]
    ask_for: tuple[str, ...] = ()
    because: str = ""

    @property
    def points(self) -> int | None:
        """Whole points."""
        return self.ledger.points

    @property
    def place(self) -> Point | None:
        """Where it is, when that is known."""
        return self.order.place

    @property
    def is_estimated(self) -> bool:
        """Whether the way is reckoned from the middle of a town or a district, not from a house or a road."""
        return self.order.precision.error_km > Precision.STREET.error_km

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be asked first."""
        return self.ledger.questions

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What to know before proposing it."""
        return self.ledger.warnings

    @property
    def checks(self) -> tuple[Warned, ...]:
        """Those of the warnings that an answer of the employer's settles."""
        return tuple(one for one in self.warnings if one.rule.startswith("check:"))


def ranked_rows(found: ShortlistFound, view: View, language: str) -> tuple[Row, ...]:
    """The rows of the list as the view wants them, at most `SHOWN`."""
    listed = _sifted(found, view)
    if view.order is Order.MINUTES:
        listed = sorted(listed, key=lambda index: _minutes(found, index))
    elif view.order is Order.TITLE:
        listed = sorted(listed, key=lambda index: _order(found, index).title.casefold())
    return tuple(
        row_of(found, index, number, language) for number, index in enumerate(listed[:SHOWN], start=1)
    )


def total_of(found: ShortlistFound, view: View) -> int:
    """How many tasks suit as the view wants them, shown or not."""
    return len(_sifted(found, view)) if view.activity else found.found.items_total


def _sifted(found: ShortlistFound, view: View) -> list[int]:
    return _of_kind(found, view, shown(found))


def _of_kind(found: ShortlistFound, view: View, group: Iterable[int]) -> list[int]:
    """Those of a group with the activity that the view wants, all where it wants none."""
    wanted = view.activity
    return [index for index in group if not wanted or wanted in _order(found, index).activities]


def asked_total_of(found: ShortlistFound, view: View) -> int:
    """How many hang on an answer as the view wants them, shown or not."""
    return (
        len(_of_kind(found, view, found.found.shown(Group.ASKED))) if view.activity else found.found.ask_total
    )


def asked_rows(found: ShortlistFound, view: View, language: str) -> tuple[Row, ...]:
    """What hangs on an answer and is of the kind the view wants, most promising first, at most `SHOWN`."""
    asked = _of_kind(found, view, found.found.shown(Group.ASKED))[:SHOWN]
    return tuple(row_of(found, index, number, language) for number, index in enumerate(asked, start=1))


def row_of(found: ShortlistFound, index: int, number: int, language: str) -> Row:
    """One row of the list or of any other group."""
    ledger = found.found.ledger(index, language)
    order = _order(found, index)
    prospect = found.prospects.get(order.id)
    return Row(
        number=number,
        id=order.id,
        title=order.title or found.employer_names.get(order.employer_id, ""),
        employer=found.employer_names.get(order.employer_id, ""),
        employer_id=order.employer_id,
        ledger=ledger,
        order=order,
        segments=segments_of(ledger),
        ask_for=prospect.ask_for(found.found.citizen, language) if prospect else (),
        because=prospect.because(language) if prospect else "",
    )


def orders_of(found: ShortlistFound) -> Iterator[tuple[str, str, str]]:
    """Id, title and employer's id of everything that can be on the list, as it is now."""
    catalogue = found.found.catalogue
    for row in np.flatnonzero(catalogue.columns.present).tolist():
        yield catalogue.ids[row], catalogue.titles[row], catalogue.employer_ids[row]


def segments_of(ledger: Ledger) -> tuple[Segment, ...]:
    """The whole points, then what each part took, in whole points that add up to a hundred."""
    if ledger.points is None:
        return ()
    taken = [line.lost or 0.0 for line in ledger.parts]
    return tuple(_laid(ledger, whole_shares(taken, WHOLE - ledger.points)))


def whole_shares(parts: Sequence[float], total: int) -> list[int]:
    """Whole numbers near the parts that add up to the total: the largest remainders are rounded up."""
    floors = [floor(part) for part in parts]
    missing = total - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place], place))
    raised = set(by_remainder[: max(missing, 0)])
    return [whole + (place in raised) for place, whole in enumerate(floors)]


def _laid(ledger: Ledger, lost: Sequence[int]) -> Iterator[Segment]:
    yield Segment("score", 0, ledger.points or 0, "")
    start = ledger.points or 0
    for line, points in zip(ledger.parts, lost, strict=True):
        yield Segment(line.part, start, points, line.reason)
        start += points


def _order(found: ShortlistFound, index: int) -> JobOrder:
    return found.found.catalogue.order(found.found.ids[index])


def _minutes(found: ShortlistFound, index: int) -> float:
    minutes = found.found.pair(index).minutes
    return float("inf") if minutes is None else minutes
