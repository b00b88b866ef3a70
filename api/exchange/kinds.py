"""Every kind of list by its word: the fields of its columns, its reading, and how it is taken in."""

from collections.abc import Mapping
from typing import Any

from api.domain.caller import Caller
from api.domain.imports import ImportKind
from api.exchange import centres as centre_list
from api.exchange import citizens as citizen_list
from api.exchange import employers as employer_list
from api.exchange import job_orders as order_list
from api.exchange import tasks
from api.exchange.columns import Field
from api.exchange.files import read_table
from api.exchange.importing import (
    Asked,
    File,
    Imported,
    LookingUp,
    as_kept_here,
    import_employers,
    import_job_orders,
)
from api.exchange.own_lists import centres_told_apart, citizens_at_home, import_centres, import_citizens
from api.exchange.reports import Reading
from api.exchange.words import Words
from api.store import Store, Unit

FIELDS: Mapping[ImportKind, tuple[Field, ...]] = {
    ImportKind.CENTRES: centre_list.FIELDS,
    ImportKind.CITIZENS: citizen_list.FIELDS,
    ImportKind.EMPLOYERS: employer_list.FIELDS,
    ImportKind.JOB_ORDERS: order_list.FIELDS,
}
"""The fields that the columns of each kind of list can be."""

REQUIRED: Mapping[ImportKind, tuple[tuple[str, ...], ...]] = {
    ImportKind.CENTRES: centre_list.REQUIRED,
    ImportKind.CITIZENS: citizen_list.REQUIRED,
    ImportKind.EMPLOYERS: employer_list.REQUIRED,
    ImportKind.JOB_ORDERS: order_list.REQUIRED,
}
"""Groups of fields of which one has to have a column."""

WORDS: Mapping[ImportKind, Mapping[str, Words]] = {
    ImportKind.CENTRES: {},
    ImportKind.CITIZENS: citizen_list.WORDS,
    ImportKind.EMPLOYERS: {},
    ImportKind.JOB_ORDERS: tasks.WORDS,
}
"""The words that columns hold, by field, where they hold words of the vocabulary."""


def take_in(
    store: Store, caller: Caller, kind: ImportKind, file: File, asked: Asked, looking_up: LookingUp
) -> Imported[Any]:
    """Take in a list; raises `Refused` when the file or its columns cannot be read."""
    match kind:
        case ImportKind.CENTRES:
            return import_centres(store, caller, file, asked, looking_up)
        case ImportKind.CITIZENS:
            return import_citizens(store, caller, file, asked)
        case ImportKind.EMPLOYERS:
            return import_employers(store, caller, file, asked, looking_up)
        case ImportKind.JOB_ORDERS:
            return import_job_orders(store, caller, file, asked)


def reading_of(unit: Unit, caller: Caller, kind: ImportKind, file: File) -> Reading[Any]:
    """What a file holds and which of its rows are refused, without asking anybody for houses."""
    table, code = read_table(file.data, file.name, sheet=file.sheet), caller.municipality
    match kind:
        case ImportKind.CENTRES:
            found = centre_list.read_centres(table, municipality=code, mapping=file.mapping)
            return centres_told_apart(unit, caller, found)
        case ImportKind.CITIZENS:
            return citizens_at_home(unit, caller, citizen_list.read_citizens(table, mapping=file.mapping))
        case ImportKind.EMPLOYERS:
            return employer_list.read_employers(table, municipality=code, mapping=file.mapping)
        case ImportKind.JOB_ORDERS:
            told = order_list.read_job_orders(table, municipality=code, mapping=file.mapping)
            return as_kept_here(unit, caller, told)
