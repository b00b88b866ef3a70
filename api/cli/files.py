"""`import`: lists of employers and job orders from other systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from api.casework.municipalities import caller_at, taken_on
from api.cli import options
from api.cli.terminal import console, language_of, say_json, the_store
from api.domain.caller import Caller
from api.domain.records import EmployerRecord, JobOrderRecord
from api.exchange.importing import (
    Asked,
    File,
    Imported,
    import_employers,
    import_job_orders,
    mapping_from,
)
from api.exchange.refused_rows import refused_rows_csv
from api.routes.language import Translate, translator
from api.store import Store
from geo import Refused
from geo.errors import N_

SHOWN = 20
"""Refused cells, and notes, that are shown; the rest is counted."""

importing = typer.Typer(help="Take in lists of employers and job orders, CSV or XLSX.", no_args_is_help=True)

Source = Annotated[Path, typer.Argument(metavar="FILE.{csv,xlsx}", help="The list.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look: report what would happen.")]
Skip = Annotated[
    bool, typer.Option("--skip-refused", help="Store the other rows; the refused ones go to a file.")
]
AnyImported = Imported[EmployerRecord] | Imported[JobOrderRecord]


@dataclass(frozen=True)
class Telling:
    """How the outcome is told: in which language, as text or JSON, and where refused rows go."""

    translate: Translate
    as_json: bool
    refused_to: Path | None


@importing.command("employers")
def employers(
    file: Source,
    municipality: options.Municipality,
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    dry_run: DryRun = False,
    skip_refused: Skip = False,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Take in employers: new ones are added, known ones brought up to date.

    Example: frikortmatch import employers virksomheder.csv --municipality 0370 --dry-run
    """
    telling = _telling(file, skip_refused and not dry_run, language, as_json)
    with the_store(db, create=True) as store:
        caller = _caller(store, municipality)
        done = import_employers(store, caller, _read(file, mapping, sheet), _asked(dry_run, skip_refused))
    _tell(done, telling, dry_run)


@importing.command("job-orders")
def orders(
    file: Source,
    municipality: options.Municipality,
    mapping: options.Mapping = None,
    sheet: options.Sheet = None,
    dry_run: DryRun = False,
    skip_refused: Skip = False,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Take in job orders of employers who are known, reading each task out of its words.

    Example: frikortmatch import job-orders jobordrer.csv --municipality 0370
    """
    telling = _telling(file, skip_refused and not dry_run, language, as_json)
    with the_store(db, create=True) as store:
        caller = _caller(store, municipality)
        done = import_job_orders(store, caller, _read(file, mapping, sheet), _asked(dry_run, skip_refused))
    _tell(done, telling, dry_run)


def _telling(file: Path, to_file: bool, language: options.Say, as_json: bool) -> Telling:
    refused_to = file.with_name(f"{file.stem}-refused.csv") if to_file else None
    return Telling(translator(language_of(language)), as_json, refused_to)


def _asked(dry_run: bool, skip_refused: bool) -> Asked:
    return Asked(dry_run=dry_run, skip_refused=skip_refused)


def _caller(store: Store, municipality: str) -> Caller:
    with store.unit() as unit:
        taken_on(unit, municipality)
        unit.commit()
    return caller_at(municipality)


def _read(file: Path, mapping: Path | None, sheet: str | None) -> File:
    told = mapping_from(_bytes(mapping), mapping.name) if mapping else None
    return File(data=_bytes(file), name=file.name, sheet=sheet, mapping=told)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = N_("{value} cannot be read ({reason}).")
        raise Refused(
            "file", problem, N_("Name a file that is there."), value=path, reason=error.strerror
        ) from None


def _tell(done: AnyImported, telling: Telling, dry_run: bool) -> None:
    """Say what became of the file; ends the command with status 1 when it was refused."""
    reading, counts, _ = done.reading, done.counts, telling.translate
    if telling.refused_to and reading.refused_rows:
        telling.refused_to.write_bytes(refused_rows_csv(reading, _))
    if telling.as_json:
        say_json(_as_json(done, _))
    else:
        _tell_rows(done, telling)
        out = console()
        what = N_("Would be stored: ") if not done.stored else N_("Stored: ")
        told = N_("{added} new, {changed} changed, {unchanged} unchanged of {rows} rows.")
        facts = {"added": counts.added, "changed": counts.changed, "unchanged": counts.unchanged}
        out.print(_(what) + _(told).format(**facts, rows=reading.rows_read), style="bold")
        silent = _silent([draft.record for draft in reading.drafts])
        if silent:
            text = N_(
                "{count} are not suggested for first contact: protected from advertising, or not known."
            )
            out.print(_(text).format(count=silent))
    if not done.stored and not dry_run:
        problem = N_("{count} rows are refused, so nothing was stored.")
        remedy = N_("Correct them in the file, or leave them out with --skip-refused.")
        raise Refused("file", problem, remedy, count=len(reading.refused_rows))


def _tell_rows(done: AnyImported, telling: Telling) -> None:
    reading, out, _ = done.reading, console(), telling.translate
    for cell in reading.refused[:SHOWN]:
        where = _(N_("row {row}, {column}")).format(row=cell.row, column=cell.column or "–")
        said = f"{where}: {cell.reason.said(_)}"
        out.print(Padding(Text(said, style="red"), (0, 0, 0, 2)))
    for note in reading.notes[:SHOWN]:
        row = (
            _(N_("row {row}, {column}")).format(row=note.row, column=note.column or "–") if note.row else "–"
        )
        out.print(Padding(Text(f"{row}: {note.said(_)}", style="dim"), (0, 0, 0, 2)))
    for shown, total in (
        (len(reading.refused), reading.refused_total),
        (len(reading.notes), reading.notes_total),
    ):
        if total > min(shown, SHOWN):
            out.print(
                Padding(_(N_("… and {count} more")).format(count=total - min(shown, SHOWN)), (0, 0, 0, 2))
            )
    if telling.refused_to and reading.refused_rows:
        text = N_("The {count} refused rows stand in {path}, to be corrected and imported again.")
        out.print(_(text).format(count=len(reading.refused_rows), path=telling.refused_to))


def _silent(records: Sequence[EmployerRecord | JobOrderRecord]) -> int:
    return sum(isinstance(record, EmployerRecord) and not record.may_be_contacted_first for record in records)


def _as_json(done: AnyImported, translate: Translate) -> dict[str, object]:
    reading, counts = done.reading, done.counts
    return {
        "stored": done.stored,
        "rows": reading.rows_read,
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused_total": reading.refused_total,
        "refused": [
            {
                "row": cell.row,
                "column": cell.column,
                "value": cell.value,
                "reason": cell.reason.said(translate),
            }
            for cell in reading.refused
        ],
        "notes_total": reading.notes_total,
        "notes": [
            {"row": note.row, "column": note.column, "text": note.said(translate)} for note in reading.notes
        ],
    }
