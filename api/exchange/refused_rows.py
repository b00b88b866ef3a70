"""The refused rows as a file: the original cells and why, to be corrected and imported again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence

from api.exchange.columns import REASON_COLUMN, folded
from api.exchange.formulas import guarded
from api.exchange.reports import Reading, RefusedCell
from api.exchange.tables import Row
from api.exchange.telling import ENGLISH, Voice
from api.exchange.values import as_text
from geo.errors import N_


def refused_rows_csv(reading: Reading[object], voice: Voice = ENGLISH) -> bytes:
    """Header, refused rows and a last column 'Afvist fordi', as Danish Excel reads CSV.

    Cells that a spreadsheet would take for a formula are guarded with an apostrophe, which importing the file
    again takes off. The reasons are said by `voice`.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    kept = [at for at, title in enumerate(reading.header) if folded(title) != folded(REASON_COLUMN)]
    reasons = _reasons(reading.refused, voice)
    unsaid = voice.translate(N_("See the report after the rows above are corrected."))
    writer.writerow([*(guarded(reading.header[at]) for at in kept), REASON_COLUMN])
    for row in reading.refused_rows:
        # cells beyond the header stay beyond it, so that they are seen and not lost
        beyond = _cells(row, range(len(reading.header), len(row.cells)))
        writer.writerow([*_cells(row, kept), guarded(reasons.get(row.number, unsaid)), *beyond])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _reasons(refused: Iterable[RefusedCell], voice: Voice) -> dict[int, str]:
    said = defaultdict(list)
    for cell in refused:
        text = voice.refused(cell.reason)
        said[cell.row].append(f"{cell.column}: {text}" if cell.column else text)
    return {row: " ".join(texts) for row, texts in said.items()}


def _cells(row: Row, kept: Sequence[int]) -> list[str]:
    return [guarded(as_text(row.cells[at])) if at < len(row.cells) else "" for at in kept]
