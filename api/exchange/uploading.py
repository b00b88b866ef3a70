"""A file from a browser, step by step: received, its columns named, looked through, then taken in.

Looking through is a dry run of the import, and taking in is the import that the command line has; both are
long enough for a large file to be done in the background, and say here how far they have come. A file is
taken in under the id of its upload, so that nobody stores it twice by pressing twice.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from api.casework import failures
from api.domain.caller import Caller
from api.domain.failed_work import Work
from api.domain.imports import ImportKind
from api.domain.uploads import KEPT_FOR, WORKING, Step, Upload
from api.exchange import employers as employer_list
from api.exchange.citizens import refuse_what_is_not_kept
from api.exchange.columns import Offer, folded, offered_columns
from api.exchange.files import read_table
from api.exchange.firsts import first_rows
from api.exchange.importing import Asked, File, Imported, LookingUp
from api.exchange.kinds import FIELDS, REQUIRED, reading_of
from api.exchange.kinds import take_in as import_list
from api.exchange.refused_rows import refused_rows_csv
from api.exchange.tables import Table
from api.exchange.telling import Voice, refusal, told_of
from api.exchange.workbooks import read_sheets
from api.store import Store, Unit, imports, new_id, uploads
from api.store.errors import Busy, Duplicate, Missing, StorageFailed
from geo import Refused
from geo.errors import N_

LONGEST_NAME = 120
FAILED = "failed"
"""What is told of a look or an import that came to nothing."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What there is to choose: the columns of a sheet, with the fields they are now taken for."""

    columns: tuple[Offer, ...]
    sheet: str | None
    sheets: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Means:
    """What the work in the background needs: the store, who asked for it, and in which language."""

    store: Store
    caller: Caller
    voice: Voice
    looking_up: LookingUp


def receive(
    unit: Unit, caller: Caller, kind: ImportKind, data: bytes, name: str, like: Upload | None = None
) -> Upload:
    """Keep a file for its next step; raises `Refused` for one that cannot be read, or that must not be kept.

    Its columns are what those of `like` were, where it has the same ones: rows that were refused come back
    corrected, and nobody wants to choose their columns again.
    """
    file_name = base_name(name)
    table = _likeliest(kind, data, file_name)
    headers = {column.header for column in offered_columns(table, FIELDS[kind])}
    alike = like and like.kind is kind and like.mapping and set(like.mapping.values()) - {""} <= headers
    if kind is ImportKind.CITIZENS:
        refuse_what_is_not_kept(table, like.mapping if like and alike else None)
        _refuse_other_sheets(table, data)
    _refuse_job_orders(kind, headers)
    upload = Upload(
        id=new_id(),
        municipality=caller.municipality,
        kind=kind,
        file_name=file_name,
        content=data,
        sheet=table.sheet if len(table.sheets) > 1 else None,
        mapping=like.mapping if like and alike else None,
        since=unit.at,
        by=caller.user_id,
        expires_at=unit.at + KEPT_FOR,
    )
    uploads.add(unit, upload)
    return upload


def base_name(name: str) -> str:
    """The name of a file without the folders that some browsers send along."""
    return name.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]


def opened(unit: Unit, caller: Caller, upload_id: str, *, content: bool = True) -> Upload:
    """The caller's own file where it stands now; raises `Missing`."""
    found = uploads.find(unit, caller, upload_id, content=content)
    if found is None:
        raise Missing("import", upload_id)
    return replace(found, step=found.standing(unit.at))


def offered(upload: Upload, sheet: str | None = None, chosen: Mapping[str, str] | None = None) -> Offered:
    """The columns to choose for, as they are chosen (header to field) or were, else as they seem to be.

    `sheet` looks at another sheet than the one that was chosen.
    """
    table = read_table(upload.content or b"", upload.file_name, sheet=sheet or upload.sheet)
    columns = offered_columns(table, FIELDS[upload.kind])
    if chosen is None and upload.mapping is not None and sheet in (None, upload.sheet):
        chosen = {header: field for field, header in upload.mapping.items() if header}
    if chosen is not None:
        columns = tuple(replace(column, field=chosen.get(column.header, "")) for column in columns)
    return Offered(columns=columns, sheet=table.sheet, sheets=table.sheets)


def missing(kind: ImportKind, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The first group of fields of which one has to be `chosen` (header to field) and none is; else ()."""
    fields = set(chosen.values())
    return next((group for group in REQUIRED[kind] if not fields & set(group)), ())


def keep(unit: Unit, upload: Upload, chosen: Mapping[str, str], sheet: str | None) -> Upload:
    """Keep what is chosen so far (header to field); what was told of an earlier choice is told no more.

    Raises `Refused` where two columns are to be the same field, and where the file is worked on already.
    """
    _refuse_working(upload)
    mapping = _mapping(upload, chosen)
    kept = replace(upload, mapping=mapping, sheet=sheet, told={}, step=Step.COLUMNS, since=unit.at)
    uploads.replace(unit, kept)
    return kept


def choose(unit: Unit, upload: Upload, chosen: Mapping[str, str], sheet: str | None) -> Upload:
    """Keep which header each field has (`chosen` is header to field) and begin to look.

    Raises `Refused` where two columns are to be the same field, and where the file is worked on already.
    """
    _refuse_working(upload)
    _refuse_left_out(upload, chosen, sheet)
    mapping = _mapping(upload, chosen)
    kept = replace(upload, mapping=mapping, sheet=sheet, told={}, step=Step.LOOKING, since=unit.at)
    uploads.replace(unit, kept)
    return kept


def begin(unit: Unit, upload: Upload) -> Upload:
    """Say that a file which was looked through is being taken in; raises `Refused` before that."""
    _refuse_working(upload)
    if upload.step is not Step.LOOKED or FAILED in upload.told:
        problem, remedy = N_("The file was not looked through yet."), N_("Choose its columns first.")
        raise Refused("import", problem, remedy)
    kept = replace(upload, step=Step.STORING, since=unit.at)
    uploads.replace(unit, kept)
    return kept


def look(means: Means, upload: Upload) -> None:
    """Do all of the import but keep it, and keep what it would come to.

    Where the service itself fails, that is kept for who coordinates as well.
    """
    tried = _tried(means, upload, Asked(dry_run=True), Work.LOOKING)
    with means.store.unit() as unit:
        now = uploads.find(unit, means.caller, upload.id, content=False)
        # the columns may have been chosen anew in the meantime
        if now and (now.step, now.since) == (upload.step, upload.since):
            uploads.replace(unit, replace(now, told=tried.told, step=Step.LOOKED))
            unit.commit()


def take_in(means: Means, upload: Upload, skip_refused: bool) -> None:
    """Import the file; of what it held, the refused rows are kept to be fetched."""
    tried = _tried(means, upload, Asked(skip_refused=skip_refused, run_id=upload.id), Work.STORING)
    with means.store.unit() as unit:
        now = uploads.find(unit, means.caller, upload.id, content=False)
        if now and now.step is Step.STORING:
            stored = replace(now, told={}, content=tried.refused_rows, step=Step.STORED)
            back = replace(now, told=tried.told, step=Step.LOOKED)
            uploads.replace(unit, stored if tried.stored else back)
            unit.commit()


def refused_rows(unit: Unit, caller: Caller, upload: Upload, voice: Voice) -> bytes:
    """The refused rows as a file to correct; b"" when every row was taken."""
    if upload.step is Step.STORED:
        return upload.content or b""
    reading = reading_of(unit, caller, upload.kind, _file(upload))
    return refused_rows_csv(reading, voice) if reading.refused_rows else b""


def drop(unit: Unit, upload: Upload) -> None:
    """Forget a file that was not taken in."""
    uploads.drop(unit, upload)


def _likeliest(kind: ImportKind, data: bytes, name: str) -> Table:
    """The sheet in which most columns are known: lists often come behind a sheet that explains them."""
    first = read_table(data, name)
    if len(first.sheets) < 2 or kind is ImportKind.CITIZENS:
        return first
    best, most = first, _known_columns(kind, first)
    # a sheet that cannot be read is none that was meant
    with suppress(Refused):
        for table in read_sheets(data, name):
            if table.sheet in first.sheets and (known := _known_columns(kind, table)) > most:
                best, most = table, known
    return best


def _known_columns(kind: ImportKind, table: Table) -> int:
    try:
        return sum(bool(column.field) for column in offered_columns(table, FIELDS[kind]))
    except Refused:
        # a sheet that somebody has to look at first
        return 0


def _refuse_other_sheets(table: Table, data: bytes) -> None:
    """Of a citizen nothing is kept that was not looked at, so the list is all that a workbook may hold."""
    for other in read_sheets(data, table.name) if table.unread else ():
        if other.sheet in table.unread:
            problem, remedy = (
                N_("Beside the citizens, the workbook holds the sheet {sheet!r}."),
                N_("Save the list of citizens as a file of its own."),
            )
            raise Refused("file", problem, remedy, sheet=other.sheet)


def _refuse_left_out(upload: Upload, chosen: Mapping[str, str], sheet: str | None) -> None:
    """A list of citizens is read whole: what is to be left out is not sent."""
    if upload.kind is not ImportKind.CITIZENS:
        return
    for column in offered(upload, sheet, chosen).columns:
        if not column.field:
            problem = N_("The column {value!r} is left out, and of a citizen nothing is left over.")
            remedy = N_("Say what it is, or drop the file and send it without the column.")
            raise Refused(column.header, problem, remedy, value=column.header)


def _refuse_job_orders(kind: ImportKind, headers: Iterable[str]) -> None:
    telling = {folded(header) for header in employer_list.ORDER_HEADERS}
    for header in headers:
        if kind is ImportKind.EMPLOYERS and folded(header) in telling:
            problem = N_("This is a list of job orders: it has the column {header!r}.")
            raise Refused("kind", problem, N_("Say that the file holds job orders."), header=header)


def _mapping(upload: Upload, chosen: Mapping[str, str]) -> dict[str, str]:
    """Which header each field has, "" for none; raises `Refused` where a field has two."""
    mapping = {field.name: "" for field in FIELDS[upload.kind]}
    for header, field in chosen.items():
        if mapping.get(field):
            problem = N_("The columns {first!r} and {value!r} are both chosen for the same.")
            remedy = N_("Choose it for one of them, and leave the other out.")
            raise Refused(header, problem, remedy, first=mapping[field], value=header)
        if field in mapping:
            mapping[field] = header
    return mapping


def _refuse_working(upload: Upload) -> None:
    if upload.step in WORKING:
        raise Refused("import", N_("The file is being worked on."), N_("Wait until that is done."))


@dataclass(frozen=True, kw_only=True)
class _Tried:
    told: dict[str, Any]
    stored: bool = False
    refused_rows: bytes = b""


def _tried(means: Means, upload: Upload, asked: Asked, work: Work) -> _Tried:
    """What an import came to, or why it came to nothing."""
    try:
        done = import_list(means.store, means.caller, upload.kind, _file(upload), asked, means.looking_up)
    except Duplicate as refused:
        # somebody pressed twice, and the other stored it; or somebody was faster with one of its rows
        with means.store.unit(read_only=True) as unit:
            stored = imports.find(unit, means.caller, upload.id) is not None
        return _Tried(told={} if stored else {FAILED: refusal(refused)}, stored=stored)
    except Refused as refused:
        if isinstance(refused, Busy | StorageFailed):
            failures.note(means.store, means.caller, work, refused, upload.id, upload.kind)
        return _Tried(told={FAILED: refusal(refused)})
    except Exception as fault:
        failures.note(means.store, means.caller, work, fault, upload.id, upload.kind)
        problem = N_("The service failed on this file. Nothing was stored.")
        return _Tried(told={FAILED: refusal(Refused("file", problem, N_("Try again.")))})
    failures.works(means.store, means.caller, work, upload.id)
    rows = refused_rows_csv(done.reading, means.voice) if done.reading.refused_rows else b""
    return _Tried(told=_told(done), stored=done.stored, refused_rows=rows)


def _told(done: Imported[Any]) -> dict[str, Any]:
    return {
        **told_of(done.reading),
        "added": done.counts.added,
        "changed": done.counts.changed,
        "unchanged": done.counts.unchanged,
        "duplicates": done.duplicates,
        "not_to_be_called": done.not_to_be_called,
        "unnumbered": done.unnumbered,
        "bases": done.counts.bases,
        "first": first_rows(done.reading),
    }


def _file(upload: Upload) -> File:
    return File(data=upload.content or b"", name=upload.file_name, sheet=upload.sheet, mapping=upload.mapping)
