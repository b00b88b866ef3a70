"""The refused rows as a file: the original cells and why, to be corrected and imported again."""

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from api.domain.civil_numbers import without_civil_numbers
from api.exchange.columns import REASON_COLUMN, folded
from api.exchange.formulas import guarded
from api.exchange.reports import Reading, RefusedCell
from api.exchange.tables import Row
from api.exchange.telling import ENGLISH, Voice
from api.exchange.values import as_text, discreet
from geo.errors import N_


def refused_rows_csv(reading: Reading[object], voice: Voice = ENGLISH) -> bytes:
    """Header, refused rows and a last column 'Afvist fordi', as Danish Excel reads CSV.

    Cells that a spreadsheet would take for a formula are guarded with an apostrophe, which importing the file
    again takes off. A civil registration number is not repeated. The reasons are said by `voice`.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    kept = [at for at, title in enumerate(reading.header) if folded(title) != folded(REASON_COLUMN)]
    reasons = _reasons(reading.refused, voice)
    bare = _civil_numbers(reading)
    unsaid = voice.translate(N_("See the report after the rows above are corrected."))
    writer.writerow([*(guarded(reading.header[at]) for at in kept), REASON_COLUMN])
    for row in reading.refused_rows:
        # cells beyond the header stay beyond it, so that they are seen and not lost
        beyond = _cells(row, range(len(reading.header), len(row.cells)))
        writer.writerow(
            [*_cells(row, kept, bare.get(row.number, ())), guarded(reasons.get(row.number, unsaid)), *beyond]
        )
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _reasons(refused: Iterable[RefusedCell], voice: Voice) -> dict[int, str]:
    said = defaultdict(list)
    for cell in refused:
        text = voice.refused(cell.reason)
        said[cell.row].append(f"{cell.column}: {text}" if cell.column else text)
    return {row: " ".join(texts) for row, texts in said.items()}


def _civil_numbers(reading: Reading[object]) -> dict[int, list[int]]:
    """By row, the columns that were refused because a civil registration number stands there."""
    found = defaultdict(list)
    for row, column in reading.civil:
        if column in reading.header:
            found[row].append(reading.header.index(column))
    return found


def _cells(row: Row, kept: Sequence[int], civil: Collection[int] = ()) -> list[str]:
    def told(at: int) -> str:
        text = as_text(row.cells[at]) if at < len(row.cells) else ""
        return guarded(without_civil_numbers(text) if at in civil else discreet(text))

    return [told(at) for at in kept]
