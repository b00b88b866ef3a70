"""The job orders of a municipality, held as columns for the ranking.

Built from objects or from a DataFrame, by one and the same way; an order that goes in comes out equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from geo import Refused
from geo.errors import N_
from geo.index import Grid, lay_grid
from matching.columns import Columns
from matching.frames import check_columns, frame_of, read_columns, read_ids, read_texts
from matching.orders import JobOrder


@dataclass(frozen=True)
class Catalogue:
    """n job orders, sorted into the cells of `grid`, those without a place last.

    `ids`, `employer_ids` and `titles` stand in the order of the rows of `columns`.
    """

    ids: list[str]
    employer_ids: list[str]
    titles: list[str]
    columns: Columns
    grid: Grid
    _rows: dict[str, int]

    @classmethod
    def from_frame(cls, orders: pd.DataFrame) -> "Catalogue":
        """One row per job order; a missing column means unknown.

        Raises `Refused` with the column, the order and the way out for an unknown column, code or unit, an id
        that is missing or stands twice, and a place outside Denmark.
        """
        check_columns(orders)
        ids = read_ids(orders)
        columns = read_columns(orders, ids)
        grid, sorted_rows = lay_grid(columns.lat, columns.lon)
        rows = sorted_rows.tolist()

        def in_cells(values: list[str]) -> list[str]:
            return [values[row] for row in rows]

        sorted_ids = in_cells(ids)
        return cls(
            ids=sorted_ids,
            employer_ids=in_cells(read_texts(orders, "employer_id")),
            titles=in_cells(read_texts(orders, "title")),
            columns=columns.take(sorted_rows),
            grid=grid,
            _rows={order_id: row for row, order_id in enumerate(sorted_ids)},
        )

    @classmethod
    def from_orders(cls, orders: Iterable[JobOrder]) -> "Catalogue":
        """The catalogue of some job orders."""
        return cls.from_frame(frame_of(orders))

    def __len__(self) -> int:
        """How many orders."""
        return len(self.ids)

    def __contains__(self, order_id: object) -> bool:
        """Whether an order of this id is here."""
        return order_id in self._rows

    def row(self, order_id: str) -> int:
        """The row of an order; raises `Refused` when it is not here."""
        if order_id not in self._rows:
            raise Refused("order_id", N_("There is no job order {value!r}."), value=order_id)
        return self._rows[order_id]

    def order(self, order_id: str) -> JobOrder:
        """The order of this id; raises `Refused` when it is not here."""
        row = self.row(order_id)
        bare = self.columns.order(row)
        return replace(bare, id=order_id, employer_id=self.employer_ids[row], title=self.titles[row])
