"""A file from its bytes to the store, employers or job orders: all or nothing, unless rows may be left out.

A dry run does everything but keep it. The run is written down with what became of its rows, and one audit row
says who did it; the file itself is not kept.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from api.access import audit
from api.casework.addresses import Addresses, houses_of
from api.casework.directories import Directory
from api.casework.imports import TakenIn, ToldOrder, take_in_employers, take_in_job_orders
from api.casework.municipalities import taken_on
from api.casework.own_lists import ToldCentre, ToldCitizen
from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun
from api.domain.job_orders import require_days
from api.domain.records import Centre, EmployerRecord
from api.domain.working_days import day_of
from api.domain.workplaces import require_last_contact
from api.exchange import values
from api.exchange.employers import read_employers
from api.exchange.files import read_table
from api.exchange.job_orders import KeyedOrder, read_job_orders
from api.exchange.mappings import read_mapping
from api.exchange.reports import Draft, Reading, RefusedCell
from api.exchange.telling import told_of
from api.store import Store, Unit, employers, imports, new_id
from geo import Refused
from geo.address_service import AnsweredGeocoder, Answers

Record = TypeVar("Record", EmployerRecord, ToldOrder, ToldCentre, ToldCitizen)
Dated = TypeVar("Dated")


@dataclass(frozen=True, kw_only=True)
class File:
    """What was handed in: the bytes, the name they came under, and how to read them."""

    data: bytes
    name: str
    sheet: str | None = None
    mapping: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to do with the file: only look (`dry_run`), and whether refused rows may be left out.

    Under a `run_id` of one's own a file is stored once at most: the second time raises `Duplicate`.
    """

    dry_run: bool = False
    skip_refused: bool = False
    run_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class LookingUp:
    """The address service that is asked for bare addresses, for about so many seconds at most."""

    addresses: Addresses
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Imported(Generic[Record]):
    """What became of a file.

    `stored` says whether anything was kept: not on a dry run, and not when rows were refused and not to be
    skipped; the counts then say what would have become of the rows that were taken.
    """

    run_id: str
    stored: bool
    counts: TakenIn
    reading: Reading[Record]
    not_to_be_called: int = 0
    """Employers of the list who are not suggested for first contact, by all that is now known of them."""

    unnumbered: int = 0
    """Employers of the list with neither a P-number nor a CVR number, known by name and address."""

    @property
    def duplicates(self) -> int:
        """How many rows speak of what an earlier row speaks of, in the same words or in others.

        With those that are new, changed, unchanged and refused they are all rows that were read.
        """
        return self.reading.duplicates + self.counts.duplicates


def import_employers(
    store: Store, caller: Caller, file: File, asked: Asked, looking_up: LookingUp | None = None
) -> Imported[EmployerRecord]:
    """Take in a list of employers; raises `Refused` when the file or its columns cannot be read.

    With `looking_up`, houses are asked for before anything is written; a dry run goes by earlier answers.
    """
    table = read_table(file.data, file.name, sheet=file.sheet)
    reading = read_employers(table, municipality=caller.municipality, mapping=file.mapping)
    told = [draft.record for draft in reading.drafts]
    if looking_up and (answers := answers_of(store, caller, asked, looking_up, told)):
        geocoder = AnsweredGeocoder(answers)
        reading = read_employers(
            table, municipality=caller.municipality, mapping=file.mapping, geocoder=geocoder
        )
        told = [draft.record for draft in reading.drafts]
    with store.unit() as unit:
        taken_on(unit, caller.municipality)
        reading = _with_days(reading, partial(require_last_contact, today=day_of(unit.at)))
        told = [draft.record for draft in reading.drafts]
        counts = take_in_employers(unit, caller, told)
        kept = Directory(employers.all_of(unit, caller.municipality))
        silent = sum(not (kept.same_as(one) or one).may_be_contacted_first for one in told)
        done = settled(unit, caller, ImportKind.EMPLOYERS, file, asked, reading, counts)
        unnumbered = sum(not (kept.same_as(one) or one).is_numbered for one in told)
        return replace(done, not_to_be_called=silent, unnumbered=unnumbered)


def import_job_orders(store: Store, caller: Caller, file: File, asked: Asked) -> Imported[ToldOrder]:
    """Take in a list of job orders, each to an employer who is known; raises as `import_employers` does."""
    table = read_table(file.data, file.name, sheet=file.sheet)
    told = read_job_orders(table, municipality=caller.municipality, mapping=file.mapping)
    with store.unit() as unit:
        taken_on(unit, caller.municipality)
        reading = as_kept_here(unit, caller, told)
        counts = take_in_job_orders(unit, caller, [draft.record for draft in reading.drafts], file.name)
        return settled(unit, caller, ImportKind.JOB_ORDERS, file, asked, reading, counts)


def answers_of(
    store: Store,
    caller: Caller,
    asked: Asked,
    looking_up: LookingUp,
    told: Sequence[Centre | EmployerRecord],
) -> Answers:
    """What is known of the houses; a dry run asks nobody."""
    if asked.dry_run:
        return looking_up.addresses.known(store, caller, houses_of(told))
    return looking_up.addresses.ask(store, caller, told, looking_up.seconds)


def mapping_from(data: bytes | None, name: str) -> Mapping[str, str] | None:
    """The mapping of a mapping file, or None without one."""
    return None if data is None else read_mapping(data, name)


def as_kept_here(unit: Unit, caller: Caller, told: Reading[KeyedOrder]) -> Reading[ToldOrder]:
    """What only the desk can know of a list: which employers there are, and what day it is."""
    directory = Directory(employers.all_of(unit, caller.municipality))
    today = day_of(unit.at)
    return _with_employers(_with_days(told, lambda one: require_days(one.order, today)), directory)


def _with_days(told: Reading[Dated], require: Callable[[Dated], None]) -> Reading[Dated]:
    """What was read, without the rows that have a day which cannot be meant."""
    refused = []
    for draft in (*told.drafts, *told.set_aside):
        try:
            require(draft.record)
        except Refused as reason:
            said = reason.facts["value"]
            day = values.shown(said) if isinstance(said, date) else str(said)
            refused.append(RefusedCell(draft.row, told.titles.get(reason.field, reason.field), day, reason))
    return told.refusing(refused)


def _with_employers(told: Reading[KeyedOrder], directory: Directory) -> Reading[ToldOrder]:
    """The orders with the ids of their employers; a row whose employer is not known is refused."""
    drafts, unknown = [], []
    for draft in told.drafts:
        keyed = draft.record
        try:
            employer = _employer_of(keyed, directory)
        except Refused as reason:
            unknown.append(_unknown_employer(told, draft, reason))
        else:
            order = replace(keyed.order, employer_id=employer.id)
            told_order = ToldOrder(order=order, stated=keyed.stated, places=keyed.places)
            drafts.append(Draft(draft.row, told_order))
    for draft in told.set_aside:
        # a row that does not say whose it is was refused for that
        if draft.record.says_whose:
            try:
                _employer_of(draft.record, directory)
            except Refused as reason:
                unknown.append(_unknown_employer(told, draft, reason))
    return told.turned(drafts, unknown)


def _employer_of(keyed: KeyedOrder, directory: Directory) -> EmployerRecord:
    return directory.find(keyed.cvr, keyed.p_number, keyed.employer_name)


def _unknown_employer(told: Reading[KeyedOrder], draft: Draft[KeyedOrder], reason: Refused) -> RefusedCell:
    keyed = draft.record
    said = keyed.p_number or keyed.cvr or keyed.employer_name
    return RefusedCell(draft.row, told.titles.get(reason.field, reason.field), said, reason)


def settled(
    unit: Unit,
    caller: Caller,
    kind: ImportKind,
    file: File,
    asked: Asked,
    reading: Reading[Record],
    counts: TakenIn,
    quoting: bool = True,
) -> Imported[Record]:
    """Keep what was taken in, with the run and its audit row, or let the unit undo it all.

    Without `quoting`, nothing that stood in the file is in the report that is kept.
    """
    stored = not asked.dry_run and (reading.clean or asked.skip_refused)
    done = Imported(run_id=asked.run_id or new_id(), stored=stored, counts=counts, reading=reading)
    if stored:
        run = _run(caller, kind, file, done, told_of(reading if quoting else reading.discreet()))
        imports.add(unit, caller, run)
        told = {"kind": str(kind), "added": run.added, "changed": run.changed, "refused": run.refused}
        audit.record(unit, caller, "file_imported", subject=run.id, details=told)
        unit.commit()
    return done


def _run(
    caller: Caller, kind: ImportKind, file: File, done: Imported[Record], told: Mapping[str, object]
) -> ImportRun:
    """The run as it is kept, with what is `told` of the rows."""
    report = {**told, "duplicates": done.duplicates, "bases": done.counts.bases}
    return ImportRun(
        id=done.run_id,
        municipality=caller.municipality,
        kind=kind,
        file_name=file.name,
        file_hash=hashlib.sha256(file.data).hexdigest(),
        added=done.counts.added,
        changed=done.counts.changed,
        unchanged=done.counts.unchanged,
        refused=len(done.reading.refused_rows),
        report=json.dumps(report, ensure_ascii=False),
    )
