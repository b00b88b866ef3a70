"""The job orders of a municipality, held as columns for the ranking.

Built from objects or from a DataFrame, by one and the same way; an order that goes in comes out equal. One
that comes, changes or goes later does not build the others anew: a catalogue never changes, but the next one
shares its columns with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo import Refused
from geo.errors import N_
from geo.index import Grid, lay_grid
from matching.columns import WEIGHED, Columns
from matching.decoding import order_in
from matching.encoding import row_of
from matching.facts import PackedFacts
from matching.orders import JobOrder
from matching.room import Room, Texts
from matching.workplaces import Rows, Workplaces

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Catalogue:
    """n job orders, sorted into the cells of `grid`, those without a place and those that came later last.

    `ids`, `employer_ids` and `titles` stand in the order of the rows of `columns`. A row that is not
    `columns.present` is an order as it was before, and no longer one of the n.
    """

    ids: Sequence[str]
    employer_ids: Sequence[str]
    titles: Sequence[str]
    columns: Columns
    grid: Grid
    facts: PackedFacts
    """What the rules ask of the orders that were there when the grid was laid.

    Columns that no rule reads may have been replaced in `columns` since.
    """
    workplaces: Workplaces
    """Which of these orders are of the same employer."""
    _rows: Mapping[str, int]
    _room: Room
    _moved: Mapping[str, int | None] = field(default_factory=dict)
    """The rows of orders that came or went since."""

    @classmethod
    def from_frame(cls, orders: "pd.DataFrame") -> "Catalogue":
        """One row per job order; a missing column means unknown.

        Raises `Refused` with the column, the order and the way out for an unknown column, code or unit, an id
        that is missing or stands twice, and a place outside Denmark.
        """
        # pandas takes long to load: only who has job orders waits for it, and not who adds a user
        from matching.frames import check_columns, read_columns, read_ids, read_texts

        check_columns(orders)
        ids = read_ids(orders)
        texts = [ids, read_texts(orders, "employer_id"), read_texts(orders, "title")]
        return cls._laid(texts, read_columns(orders, ids))

    @classmethod
    def from_orders(cls, orders: Iterable[JobOrder]) -> "Catalogue":
        """The catalogue of some job orders."""
        from matching.frames import frame_of

        return cls.from_frame(frame_of(orders))

    @classmethod
    def _laid(cls, texts: Iterable[Sequence[str]], columns: Columns) -> "Catalogue":
        """Orders sorted into the cells of a grid of their own."""
        grid, order = lay_grid(columns.lat, columns.lon)
        rows = order.tolist()
        ids, employer_ids, titles = ([text[row] for row in rows] for text in texts)
        room = Room.behind(columns.take(order))
        settled = room.columns
        numbers = {order_id: row for row, order_id in enumerate(ids)}
        facts, workplaces = PackedFacts(settled), Workplaces(employer_ids)
        return cls(ids, employer_ids, titles, settled, grid, facts, workplaces, numbers, room)

    def with_order(self, order: JobOrder) -> "Catalogue":
        """The catalogue with an order, new or in the place of the one of its id; this one stays as it is."""
        row = row_of(order, self.columns.mixes, self.columns.timetables)
        grown = self._room.add(row, self.columns)
        if grown is None:
            return self._tidied().with_order(order)
        room, columns = grown
        added = replace(
            self,
            _room=room,
            ids=Texts.joined(self.ids, order.id),
            employer_ids=Texts.joined(self.employer_ids, order.employer_id),
            titles=Texts.joined(self.titles, order.title),
            columns=replace(columns, mixes=row.mixes, timetables=row.timetables),
        )
        return added._without(order.id, moved_to=len(self.columns))

    def without_order(self, order_id: str) -> "Catalogue":
        """The catalogue without an order; raises `Refused` when it is not here."""
        self.row(order_id)
        return self._without(order_id, moved_to=None)

    def without_orders(self, order_ids: Iterable[str]) -> "Catalogue":
        """The catalogue without several orders at once; raises `Refused` for one that is not here."""
        rows = {order_id: self.row(order_id) for order_id in order_ids}
        present = self.columns.present.copy()
        present[list(rows.values())] = False
        moved = {**self._moved, **dict.fromkeys(rows)}
        return replace(self, columns=replace(self.columns, present=present), _moved=moved)

    def with_columns(self, columns: Columns) -> "Catalogue":
        """The same orders in the same rows and places, other facts of theirs being replaced."""
        if columns.differing(self.columns) <= WEIGHED:
            return replace(self, columns=columns)
        return replace(self, columns=columns, facts=PackedFacts(columns.take(slice(len(self.facts.orders)))))

    def _without(self, order_id: str, moved_to: int | None) -> "Catalogue":
        present = self.columns.present.copy()
        if (row := self._row(order_id)) is not None:
            present[row] = False
        moved = {**self._moved, order_id: moved_to}
        return replace(self, columns=replace(self.columns, present=present), _moved=moved)

    def _tidied(self) -> "Catalogue":
        """The same orders, all sorted into cells, with room for others."""
        rows = np.flatnonzero(self.columns.present)
        texts = [[text[row] for row in rows.tolist()] for text in (self.ids, self.employer_ids, self.titles)]
        return self._laid(texts, self.columns.take(rows))

    @cached_property
    def loose(self) -> Columns:
        """The rows of orders that came since the grid was laid; no cell holds them."""
        return self.columns.take(slice(len(self.facts.orders), None))

    def __len__(self) -> int:
        """How many orders."""
        return self._size

    @cached_property
    def _size(self) -> int:
        return int(np.count_nonzero(self.columns.present))

    def __contains__(self, order_id: object) -> bool:
        """Whether an order of this id is here."""
        return isinstance(order_id, str) and self._row(order_id) is not None

    def row(self, order_id: str) -> int:
        """The row of an order; raises `Refused` when it is not here."""
        row = self._row(order_id)
        if row is None:
            raise Refused("order_id", N_("There is no job order {value!r}."), value=order_id)
        return row

    def _row(self, order_id: str) -> int | None:
        return self._moved[order_id] if order_id in self._moved else self._rows.get(order_id)

    def rows_of(self, employer_id: str) -> Rows:
        """The rows of all orders of an employer; none of an empty id."""
        settled = self.workplaces.rows(employer_id)
        if employer_id and isinstance(self.employer_ids, Texts):
            begin = len(self.facts.orders)
            later = [begin + i for i, each in enumerate(self.employer_ids.later) if each == employer_id]
            settled = np.concatenate((settled, np.array(later, np.intp)))
        return settled[self.columns.present[settled]]

    def order(self, order_id: str) -> JobOrder:
        """The order of this id; raises `Refused` when it is not here."""
        row = self.row(order_id)
        bare = order_in(self.columns, row)
        return replace(bare, id=order_id, employer_id=self.employer_ids[row], title=self.titles[row])
