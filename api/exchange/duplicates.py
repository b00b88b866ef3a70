"""The same thing twice in one file: a plain repeat is folded and said, a contradiction is refused."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from api.exchange.reports import Draft, Report, repeated
from api.exchange.tables import Note
from geo.errors import N_

Record = TypeVar("Record")


def folded_together(
    drafts: Iterable[Draft[Record]], key: Callable[[Record], Hashable], column: str, report: Report
) -> list[Draft[Record]]:
    """The first draft of each key; `column` is the header that a contradiction is told under.

    Of a row that was refused already, nobody knows whether it says the same: it stays, behind the others.
    """
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
            report.refuse(draft.row, column, "", repeated(earlier.row))
    return [*first.values(), *aside]
