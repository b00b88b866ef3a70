"""The job orders of a municipality, held as columns for the ranking.

Built from objects or from a DataFrame, by one and the same way; an order that goes in comes out equal. One
that comes, changes or goes later does not build the others anew: a catalogue never changes, but the next one
shares its columns with it, and each carries on a little with sorting in what came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import Refused
from geo.errors import N_
from geo.index import Grid, lay_grid
from matching.columns import WEIGHED, Columns
from matching.decoding import order_in
from matching.encoding import row_of
from matching.entries import NO_ROW, Entries, Entry, Numbering
from matching.facts import PackedFacts, Rows
from matching.orders import JobOrder
from matching.room import Room
from matching.tidying import Laid, Tidying

if TYPE_CHECKING:
    import pandas as pd

UNTIDY_ROWS = 512
"""From so many rows on that no cell holds, or no order any longer, sorting begins; half the room is left."""


@dataclass(frozen=True, eq=False, repr=False)
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
    _entries: Entries
    _numbering: Numbering
    _room: Room
    _moved: Mapping[str, int | None] = field(default_factory=dict)
    """The entries of orders that came or went since the rows were sorted."""
    _moved_before: Mapping[str, int | None] = field(default_factory=dict)
    """Of those that did before, since the catalogue was laid."""
    _work: "tuple[Catalogue, Tidying] | None" = None
    """The sorting of these orders that changes are carrying on, and the catalogue that it began from."""

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
        return cls._sorted(texts, read_columns(orders, ids))

    @classmethod
    def from_orders(cls, orders: Iterable[JobOrder]) -> "Catalogue":
        """The catalogue of some job orders."""
        from matching.frames import frame_of

        return cls.from_frame(frame_of(orders))

    @classmethod
    def _sorted(cls, texts: Iterable[Sequence[str]], columns: Columns) -> "Catalogue":
        """Orders sorted into the cells of a grid of their own."""
        grid, order = lay_grid(columns.lat, columns.lon)
        rows = order.tolist()
        ids, employer_ids, titles = ([text[row] for row in rows] for text in texts)
        room = Room.behind(columns.take(order))
        settled, numbers = room.first(len(ids)), np.arange(len(ids), dtype=np.int32)
        return cls(
            *(ids, employer_ids, titles, settled, grid, PackedFacts(settled)),
            Entries(ids, employer_ids, titles),
            Numbering(numbers, numbers),
            room,
        )

    def with_order(self, order: JobOrder) -> "Catalogue":
        """The catalogue with an order, new or in the place of the one of its id; this one stays as it is."""
        row = row_of(order, self.columns.mixes, self.columns.timetables)
        grown = self._room.add(row, self.columns, self._written)
        if grown is None:
            return self._sorted_anew().with_order(order)
        room, columns = grown
        self._entries.write(Entry(order.id, order.employer_id, order.title))
        added = self._called(self._numbering, columns, _room=room)
        return added._without(order.id, moved_to=self._written)._tidier()

    def _called(self, numbering: Numbering, columns: Columns, **other: Any) -> "Catalogue":
        """The catalogue of other columns and what those orders are called."""
        ids, employer_ids, titles = self._entries.texts(numbering, len(columns))
        return replace(
            self,
            ids=ids,
            employer_ids=employer_ids,
            titles=titles,
            columns=columns,
            _numbering=numbering,
            **other,
        )

    @property
    def _written(self) -> int:
        """How many entries there were when this catalogue was made."""
        return len(self._numbering.rows) + len(self.columns) - len(self._numbering.entries)

    def without_order(self, order_id: str) -> "Catalogue":
        """The catalogue without an order; raises `Refused` when it is not here."""
        self.row(order_id)
        return self._without(order_id, moved_to=None)._tidier()

    def without_orders(self, order_ids: Iterable[str]) -> "Catalogue":
        """The catalogue without several orders at once; raises `Refused` for one that is not here."""
        rows = {order_id: self.row(order_id) for order_id in order_ids}
        present = self.columns.present.copy()
        present[list(rows.values())] = False
        moved = {**self._moved, **dict.fromkeys(rows)}
        return replace(self, columns=replace(self.columns, present=present), _moved=moved)

    def with_columns(self, columns: Columns) -> "Catalogue":
        """The same orders in the same rows and places, other facts of theirs being replaced."""
        # what is being sorted are the columns as they were
        changed = replace(self, columns=columns, _work=None)
        if columns.differing(self.columns) <= WEIGHED:
            return changed
        return replace(changed, facts=PackedFacts(columns.take(slice(len(self.facts.orders)))))

    def _without(self, order_id: str, moved_to: int | None) -> "Catalogue":
        present = self.columns.present.copy()
        if (row := self._row(order_id)) is not None:
            present[row] = False
        moved = {**self._moved, order_id: moved_to}
        return replace(self, columns=replace(self.columns, present=present), _moved=moved)

    def _tidier(self) -> "Catalogue":
        """The same orders, a step nearer to all of them being sorted into cells and nothing else kept."""
        rows = len(self.columns)
        if self._work is None and (rows - len(self.facts.orders)) + (rows - len(self)) < UNTIDY_ROWS:
            return self
        begun = self._work or (self, Tidying(self.columns, self.grid, self._numbering, self._room))
        before, tidying = begun
        # so many were written that each of them has paid for a row or two
        if not tidying.worth_it or self._written > 2 * len(self):
            return self._sorted_anew()
        laid = tidying.advance()
        return self._since(before, laid) if laid else replace(self, _work=begun)

    def _since(self, before: "Catalogue", laid: Laid) -> "Catalogue":
        """These orders, those of a catalogue before them having been sorted."""
        moved = {id_: entry for id_, entry in self._moved.items() if before._moved.get(id_, NO_ROW) != entry}
        were = [entry for entry in map(before._entry, moved) if entry is not None]
        present = np.ones(laid.size, np.bool_)
        present[laid.numbering.rows[were]] = False
        columns = laid.room.joined(present, self.columns.take(slice(len(before.columns), None)))
        return self._called(
            laid.numbering,
            columns,
            grid=laid.grid,
            facts=PackedFacts(columns.take(slice(laid.size))),
            _room=laid.room,
            _moved=moved,
            _moved_before={**before._moved_before, **before._moved},
            _work=None,
        )

    def _sorted_anew(self) -> "Catalogue":
        """The same orders, all sorted into cells, with room for others."""
        rows = np.flatnonzero(self.columns.present)
        texts = (text.some(rows) for text in self._entries.texts(self._numbering, len(self.columns)))
        return self._sorted(texts, self.columns.take(rows))

    @cached_property
    def loose(self) -> Columns:
        """The rows of orders that came since the grid was laid; no cell holds them."""
        return self.columns.take(slice(len(self.facts.orders), None))

    def __len__(self) -> int:
        """How many orders."""
        return self._size

    def __repr__(self) -> str:
        """How many orders; the columns of a million would fill a notebook."""
        return f"<Catalogue of {len(self)} job orders>"

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
        entry = self._entry(order_id)
        return None if entry is None else self._numbering.row(entry)

    def _entry(self, order_id: str) -> int | None:
        for moved in (self._moved, self._moved_before):
            if order_id in moved:
                return moved[order_id]
        return self._entries.number(order_id)

    def rows_of(self, employer_id: str) -> Rows:
        """The rows of all orders of an employer, ascending; none of an empty id."""
        theirs = (entry for entry in self._entries.of_employer(employer_id) if entry < self._written)
        rows = sorted(row for entry in theirs if (row := self._numbering.row(entry)) is not None)
        found = np.array(rows, np.intp)
        return found[self.columns.present[found]]

    def order(self, order_id: str) -> JobOrder:
        """The order of this id; raises `Refused` when it is not here."""
        row = self.row(order_id)
        bare = order_in(self.columns, row)
        return replace(bare, id=order_id, employer_id=self.employer_ids[row], title=self.titles[row])
