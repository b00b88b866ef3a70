"""The same thing twice in one file: a plain repeat is folded and said, a contradiction is refused."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from api.exchange.columns import Columns
from api.exchange.reports import Draft, Report, repeated
from api.exchange.tables import Note, Row
from geo.errors import N_
from geo.names import fold

Record = TypeVar("Record")


def folded_together(
    drafts: Iterable[Draft[Record]],
    key: Callable[[Record], Hashable],
    column: str,
    columns: Columns,
    report: Report,
) -> list[Draft[Record]]:
    """The first draft of each key; `column` is the header that a contradiction is told under.

    Of a row that was refused already, nobody knows whether it says the same: it stays, behind the others.
    """
    rows = {row.number: row for row in columns.rows}
    first: dict[Hashable, Draft[Record]] = {}
    aside: list[Draft[Record]] = []
    for draft in drafts:
        if draft.row in report.refused_rows:
            aside.append(draft)
            continue
        earlier = first.setdefault(key(draft.record), draft)
        if earlier is draft:
            continue
        if earlier.record == draft.record:
            report.note(
                Note(N_("The same as row {first}; taken once."), {"first": earlier.row}, row=draft.row)
            )
        else:
            differs = _headers_that_differ(columns.header, rows[earlier.row], rows[draft.row])
            report.refuse(draft.row, column, "", repeated(earlier.row, differs))
    return [*first.values(), *aside]


def _headers_that_differ(header: tuple[str, ...], one: Row, other: Row) -> tuple[str, ...]:
    """Under which headers two rows do not say the same; spelling counts only where nothing else differs."""
    titled = [(title, str(a), str(b)) for title, a, b in zip(header, one.cells, other.cells, strict=False)]
    said = tuple(title for title, a, b in titled if fold(a) != fold(b))
    return said or tuple(title for title, a, b in titled if a != b)
