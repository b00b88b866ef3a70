"""`import`: lists of centres, citizens, employers and job orders from other systems."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console

from api.casework.addresses import Addresses
from api.casework.municipalities import caller_at, name_of
from api.cli import options
from api.cli.paths import promised, read_bytes
from api.cli.terminal import console, language_of, say_json, the_store, write
from api.config import read_settings
from api.domain.imports import ImportKind
from api.exchange.importing import Asked, File, Imported, LookingUp, mapping_from
from api.exchange.kinds import take_in
from api.exchange.refused_rows import refused_rows_csv
from api.exchange.telling import Voice
from api.routes.language import Translate, translator
from geo import Refused
from geo.errors import N_
from matching.language import Language

_PLACED = (ImportKind.CENTRES, ImportKind.EMPLOYERS)
"""Lists of which houses are looked up."""

SHOWN = 20
"""Refused cells, and notes, that are shown; the rest is counted."""

importing = typer.Typer(
    help="Take in lists, CSV or XLSX: centres, citizens, employers, job orders.", no_args_is_help=True
)

Source = Annotated[Path, typer.Argument(metavar="FILE.{csv,xlsx}", help="The list.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look: report what would happen.")]
Skip = Annotated[
    bool, typer.Option("--skip-refused", help="Store the other rows; the refused ones go to a file.")
]


@dataclass(frozen=True)
class Telling:
    """How the outcome is told: in which language, as text or JSON, and where refused rows go."""

    language: Language
    as_json: bool
    refused_to: Path | None

    @property
    def voice(self) -> Voice:
        """Says refusals and notes in that language."""
        return Voice(self.language, translator(self.language))

    @property
    def translate(self) -> Translate:
        """The messages in that language."""
        return self.voice.translate


HELP = {
    ImportKind.CENTRES: """
    Take in drop-in centres and supported housing: new ones are added, known ones brought up to date.

    Example: frikortmatch import centres vaeresteder.csv --municipality 0370
    """,
    ImportKind.CITIZENS: """
    Take in citizens by name or reference, at centres that are known; those who are known stay as they are.

    Only the words of the vocabulary are read. A file with CPR numbers, diagnoses or columns that are none of
    a list of citizens is refused as a whole.

    Example: frikortmatch import citizens borgere.csv --municipality 0370
    """,
    ImportKind.EMPLOYERS: """
    Take in employers: new ones are added, known ones brought up to date.

    Example: frikortmatch import employers virksomheder.csv --municipality 0370 --dry-run
    """,
    ImportKind.JOB_ORDERS: """
    Take in job orders of employers who are known, reading each task out of its words.

    Example: frikortmatch import job-orders jobordrer.csv --municipality 0370
    """,
}
"""What each command says of itself; all of them take the same options."""


def _command(kind: ImportKind) -> Callable[..., None]:
    """The command that takes in one kind of list."""

    def import_list(
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
        asked = Asked(dry_run=dry_run, skip_refused=skip_refused)
        telling = _telling(file, asked, language, as_json)
        with _looking_up(kind, telling, asked) as looking_up:
            _take_in(kind, municipality, _read(file, mapping, sheet), asked, looking_up, telling, db)

    return import_list


for _kind, _says in HELP.items():
    importing.command(str(_kind), help=cleandoc(_says))(_command(_kind))


@contextmanager
def _looking_up(kind: ImportKind, telling: Telling, asked: Asked) -> Iterator[LookingUp]:
    """The address service of the settings; while it is asked, standard error says what is waited for."""
    settings = read_settings()
    addresses = Addresses.of(settings)
    text = telling.translate(N_("Looking for houses"))
    waits = kind in _PLACED and addresses.asks and not asked.dry_run
    with Console(stderr=True).status(text) if waits else nullcontext():
        yield LookingUp(addresses=addresses, seconds=settings.address_import_seconds)


def _telling(file: Path, asked: Asked, language: options.Say, as_json: bool) -> Telling:
    to_file = asked.skip_refused and not asked.dry_run
    return Telling(language_of(language), as_json, _free_name(file) if to_file else None)


def _free_name(file: Path) -> Path:
    """Beside the list, and never over rows that somebody may be correcting."""
    names = (f"{file.stem}-refused{number}.csv" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next((path for name in names if not (path := file.with_name(name)).exists()), file)


def _read(file: Path, mapping: Path | None, sheet: str | None) -> File:
    told = mapping_from(read_bytes(mapping), mapping.name) if mapping else None
    return File(data=read_bytes(file), name=file.name, sheet=sheet, mapping=told)


def _take_in(
    kind: ImportKind,
    municipality: str,
    file: File,
    asked: Asked,
    looking_up: LookingUp,
    telling: Telling,
    db: str | None,
) -> None:
    """Import and say what became of the file; raises `Refused` when rows were and nothing was stored."""
    name_of(municipality)
    with _refused_file(telling.refused_to) as refused, the_store(db, create=True) as store:
        done = take_in(store, caller_at(municipality), kind, file, asked, looking_up)
        if refused and done.reading.refused_rows:
            refused.write(refused_rows_csv(done.reading, telling.voice))
    if telling.as_json:
        say_json(_as_json(done, telling))
    else:
        _tell(done, telling, asked)
    if not done.stored and not asked.dry_run:
        remedy = N_("Correct them in the file, or leave them out with --skip-refused.")
        raise Refused("file", _NOTHING, remedy, count=len(done.reading.refused_rows))


_NOTHING = N_("Refused rows: {count}. As the file is, nothing is stored.")


@contextmanager
def _refused_file(path: Path | None) -> Iterator[BinaryIO | None]:
    """Where refused rows go, opened before anything is stored."""
    if path is None:
        yield None
        return
    with promised(path) as file:
        yield file


def _tell(done: Imported[Any], telling: Telling, asked: Asked) -> None:
    reading, counts, _, out = done.reading, done.counts, telling.translate, console()
    _tell_rows(done, telling)
    what = N_("Stored: ") if done.stored else N_("Would be stored: ")
    told = N_(
        "new {added}, changed {changed}, unchanged {unchanged}, repeated {duplicates}, refused {refused}."
        " Rows read: {rows}."
    )
    facts = {
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "duplicates": done.duplicates,
        "refused": len(reading.refused_rows),
    }
    write(out, _(what) + _(told).format(**facts, rows=reading.rows_read), style="bold")
    if silent := done.not_to_be_called:
        text = N_("{count} are not suggested for first contact: protected from advertising, or not known.")
        write(out, _(text).format(count=silent))
    if unnumbered := done.unnumbered:
        text = N_("{count} have neither a P-number nor a CVR number: known again by name and address.")
        write(out, _(text).format(count=unnumbered))
    if counts.bases:
        text = N_("{count} may be contacted from now on, because they stand with a job order on the list.")
        write(out, _(text).format(count=counts.bases))
    if asked.dry_run and reading.refused_rows and not asked.skip_refused:
        write(out, _(_NOTHING).format(count=len(reading.refused_rows)))
    if telling.refused_to and reading.refused_rows:
        text = N_("The {count} refused rows stand in {path}, to be corrected and imported again.")
        # a path is there to be copied, so it is not broken
        out.print(_(text).format(count=len(reading.refused_rows), path=telling.refused_to), soft_wrap=True)


def _tell_rows(done: Imported[Any], telling: Telling) -> None:
    """The first refused cells and notes, and how many more there are."""
    reading, out, _ = done.reading, console(), telling.translate
    for cell in reading.refused[:SHOWN]:
        text = f"{_where(cell.row, cell.column, _)}: {telling.voice.refused(cell.reason)}"
        write(out, text, indent=2, hanging=2, style="red")
    _more(reading.refused_total, _, out)
    for note in reading.notes[:SHOWN]:
        where = f"{_where(note.row, note.column, _)}: " if note.row else ""
        write(out, where + telling.voice.noted(note), indent=2, hanging=2, style="dim")
    _more(reading.notes_total, _, out)


def _where(row: int, column: str | None, translate: Translate) -> str:
    if not column:
        return translate(N_("row {row}")).format(row=row)
    return translate(N_("row {row}, {column}")).format(row=row, column=column)


def _more(total: int, translate: Translate, out: Console) -> None:
    if total > SHOWN:
        write(out, translate(N_("… and {count} more")).format(count=total - SHOWN), indent=2)


def _as_json(done: Imported[Any], telling: Telling) -> dict[str, object]:
    reading, counts = done.reading, done.counts
    refused_to = telling.refused_to if reading.refused_rows else None
    return {
        "stored": done.stored,
        "rows": reading.rows_read,
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "duplicates": done.duplicates,
        "refused_rows": len(reading.refused_rows),
        "refused_to": str(refused_to) if refused_to else None,
        "refused_total": reading.refused_total,
        "refused": [
            {
                "row": cell.row,
                "column": cell.column,
                "value": cell.value,
                "reason": telling.voice.refused(cell.reason),
            }
            for cell in reading.refused
        ],
        "notes_total": reading.notes_total,
        "notes": [
            {"row": note.row, "column": note.column, "text": telling.voice.noted(note)}
            for note in reading.notes
        ],
    }
