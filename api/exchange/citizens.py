"""A list of citizens to drafts: a name or reference, where the way starts, whose work, and what was said.

Only the words of the vocabulary are read, and nothing of the file may be left over: a column for a diagnosis,
an age, an address or anything else that is not asked for is refused with the whole file, and so is what looks
like a CPR number, wherever it stands. A citizen is never looked up by an address.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from api.domain.civil_numbers import holds_civil_number
from api.domain.names import LONGEST_REFERENCE, require_at_most
from api.exchange import amounts, values
from api.exchange.columns import REASON_COLUMN, Columns, Field, find_columns, folded, headed, refuse_no_rows
from api.exchange.duplicates import folded_together
from api.exchange.reports import Draft, Reading, Report
from api.exchange.rows import Fields
from api.exchange.tables import Cell, Row, Table
from api.exchange.values import Given, as_text
from api.exchange.words import Words
from geo import Mode, Refused
from geo.errors import N_
from geo.names import fold
from matching.citizens import SETTINGS, Needs
from matching.reading import read_times
from matching.times import Slot
from matching.vocabulary import (
    EXPOSURES,
    REQUIREMENTS,
    Activity,
    Answer,
    Attitude,
    Demand,
    Setting,
    Support,
)

NAME = Field(
    "citizen",
    ("Navn", "Borger", "Borgerens navn", "Reference", "Navn eller reference", "Name", "Name or reference"),
)
CENTRE = Field(
    "centre", ("Værested", "Bosted", "Udgangspunkt", "Starter fra", "Drop-in centre", "Starts from")
)
CONSULTANT = Field("consultant", ("Konsulent", "Virksomhedskonsulent", "Brugernavn", "Sign-in name"))
ATTITUDES = {
    "gladly": Attitude.GLADLY,
    "can": Attitude.CAN,
    "rather_not": Attitude.RATHER_NOT,
    "cannot": Attitude.CANNOT,
}
FIELDS = (
    NAME,
    CENTRE,
    CONSULTANT,
    Field("mode", ("Transport", "Transportmiddel", "Kommer", "Comes")),
    Field("max_minutes", ("Højst minutter", "Minutter", "Højst minutter hver vej", "Minutes")),
    Field("max_hours_per_week", ("Højst timer om ugen", "Timer om ugen", "Timer", "Hours a week")),
    Field("availability", ("Kan komme", "Kan møde", "Dage og tider", "Dag og tid", "Tider", "Times")),
    Field("waiting_since", ("Venter siden", "Ventet siden")),
    Field("gladly", ("Gerne", "Vil gerne", "Kan lide", "Likes")),
    Field("can", ("Kan",)),
    Field("rather_not", ("Helst ikke",)),
    Field("cannot", ("Kan ikke",)),
    Field("avoids", ("Skal undgå", "Skal undgås", "Undgår", "Must avoid")),
    Field("prefers_not", ("Undgår helst", "Vil helst undgå", "Would rather avoid")),
    Field("needs", ("Skal have", "Behøver", "Har brug for")),
    Field("wishes", ("Ønsker",)),
    Field("has", ("Har", "Har og kan")),
    Field("has_not", ("Har ikke", "Lacks")),
)
"""Every field of a list of citizens, with the headers it is recognised by."""

REQUIRED = ((NAME.name,), (CENTRE.name,))

_NOT_KEPT = (
    "cpr",
    "personnummer",
    "diagnos",
    "sygdom",
    "misbrug",
    "lidelse",
    "handicap",
    "medicin",
    "helbred",
)
"""Beginnings and parts of headers above what is not even taken in to be looked at."""

_NOT_ASKED = ("adresse", "foedt", "foedsel", "bemaerkning", "telefon", "mail")
_NOT_ASKED_FIRST = ("alder", "note", "notat")
"""The same of what is asked of no citizen here, and so stays outside as well; the last begin a header."""

_CPR_DIGITS = 10
_NO_TIMES: tuple[Slot, ...] = ()


def _words(codes: Iterable[StrEnum]) -> Words:
    return Words(tuple(codes), personal=True)


WORDS: Mapping[str, Words] = {
    **dict.fromkeys(ATTITUDES, _words((*Activity, *(code for code in Setting if code in SETTINGS)))),
    **dict.fromkeys(("avoids", "prefers_not"), _words(code for code in Demand if code in EXPOSURES)),
    **dict.fromkeys(("needs", "wishes"), _words(Support)),
    **dict.fromkeys(("has", "has_not"), _words(code for code in Demand if code in REQUIREMENTS)),
    "mode": _words(Mode),
}
"""The words that each column may hold, by field."""


@dataclass(frozen=True, kw_only=True)
class NamedCitizen:
    """A citizen whose centre and consultant are names still."""

    name: str
    centre: str
    consultant: str
    needs: Needs
    waiting_since: date | None


def read_citizens(table: Table, *, mapping: Mapping[str, str] | None = None) -> Reading[NamedCitizen]:
    """The citizens of a table.

    Raises `Refused` when the columns cannot be told, and for what is not kept of citizens; whatever is wrong
    with a single row is in the reading.
    """
    report = Report.about(table)
    columns = _columns_of_ours(table, mapping, report)
    refuse_no_rows(columns)
    drafts = [_draft(row, columns, report) for row in columns.rows]
    once = folded_together(drafts, lambda told: fold(told.name), columns.title(NAME.name), columns, report)
    judged = (NAME.name, CENTRE.name, CONSULTANT.name, "waiting_since")
    titles = {name: columns.title(name) for name in judged}
    return replace(report.reading(columns.header, columns.rows, once), titles=titles)


def refuse_what_is_not_kept(table: Table, mapping: Mapping[str, str] | None = None) -> None:
    """Raise `Refused` for a table with what no list of citizens may hold, or in which a CPR number stands.

    It is asked before anything of the file is kept; neither a number nor a cell is repeated. Columns that are
    not recognised are left to be named by whoever sends the file.
    """
    header, rows = headed(table, FIELDS, mapping)
    _refuse_not_kept(header)
    _refuse_civil_numbers(table)
    _refuse_unheaded(header, rows)


def _columns_of_ours(table: Table, mapping: Mapping[str, str] | None, report: Report) -> Columns:
    refuse_what_is_not_kept(table, mapping)
    columns = find_columns(table, FIELDS, REQUIRED, mapping, report)
    _refuse_left_over(columns)
    return columns


def _refuse_not_kept(headers: Iterable[str]) -> None:
    for header in headers:
        plain = folded(header)
        if plain.startswith(_NOT_ASKED_FIRST) or any(part in plain for part in _NOT_ASKED):
            problem = N_("The column {column!r} is not kept of a citizen.")
            remedy = N_("Take it out of the file: address, age, telephone and remarks are not asked for.")
            raise Refused("file", problem, remedy, column=header)
        if any(part in plain for part in _NOT_KEPT):
            problem = N_("The column {column!r} is not kept of a citizen.")
            remedy = N_("Take it out of the file. What work must allow is written down, never why.")
            raise Refused("file", problem, remedy, column=header)


def _refuse_civil_numbers(table: Table) -> None:
    above: dict[int, str] = {}
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if _is_cpr(cell):
                problem = N_("Row {row}, column {column!r}: a CPR number, as it looks, and none is kept.")
                remedy = N_("Take such numbers out of the file; a name or a reference of your own is enough.")
                raise Refused("file", problem, remedy, row=row.number, column=above.get(at, ""))
            # the first text of a column is as a rule its header
            above.setdefault(at, as_text(cell))


def _is_cpr(cell: Cell) -> bool:
    # a number has lost the zero in front of a day below ten
    text = as_text(cell)
    return holds_civil_number(text if isinstance(cell, str) else text.zfill(_CPR_DIGITS))


def _refuse_left_over(columns: Columns) -> None:
    taken = set(columns.place.values())
    for at, title in enumerate(columns.header):
        if title and at not in taken and folded(title) != folded(REASON_COLUMN):
            problem = N_("The column {column!r} is none of a list of citizens.")
            remedy = N_("Say what it is, or take it out of the file: nothing is left over of a citizen.")
            raise Refused("file", problem, remedy, column=title)


def _refuse_unheaded(header: Sequence[str], rows: Iterable[Row]) -> None:
    for row in rows:
        for at, cell in enumerate(row.cells):
            if not (at < len(header) and header[at]) and as_text(cell).strip():
                problem = N_("Row {row}: something stands below no header, in column number {column}.")
                remedy = N_("Say what it is, or take it out of the file: nothing is left over of a citizen.")
                raise Refused("file", problem, remedy, row=row.number, column=at + 1)


def _draft(row: Row, columns: Columns, report: Report) -> Draft[NamedCitizen]:
    """What a row says; of one that is refused, what of it could be read."""
    fields = Fields(row, columns, report)
    name, centre = fields.text(NAME.name), fields.text(CENTRE.name)
    if not name:
        problem = N_("The citizen has no name or reference.")
        fields.refuse(NAME.name, Refused("name", problem, N_("Write what you know the citizen by.")))
    try:
        require_at_most(LONGEST_REFERENCE, name)
    except Refused as refused:
        fields.refuse(NAME.name, refused)
    if not centre:
        problem = N_("It is not said where the way starts.")
        fields.refuse(CENTRE.name, Refused("centre", problem, N_("Write the name of the drop-in centre.")))
    needs = _needs(fields)
    waiting_since = fields.get("waiting_since", values.day, None)
    consultant = fields.text(CONSULTANT.name)
    told = NamedCitizen(
        name=name, centre=centre, consultant=consultant, needs=needs, waiting_since=waiting_since
    )
    return Draft(row.number, told)


def _needs(fields: Fields) -> Needs:
    said = _apart(fields, ATTITUDES)
    attitudes = {code: ATTITUDES[name] for name, codes in said.items() for code in codes}
    exposure = _apart(fields, ("avoids", "prefers_not"))
    support = _apart(fields, ("needs", "wishes"))
    ability = _apart(fields, ("has", "has_not"))
    known: dict[str, Any] = {
        "attitudes": {code: word for code, word in attitudes.items() if code in set(Activity)},
        "setting": {code: word for code, word in attitudes.items() if code in SETTINGS},
        **exposure,
        **support,
        "abilities": dict.fromkeys(ability["has"], Answer.YES) | dict.fromkeys(ability["has_not"], Answer.NO),
        "mode": fields.get("mode", WORDS["mode"].one, None) or Mode.WALK,
        "max_minutes": fields.get("max_minutes", amounts.minutes, None),
        "max_hours_per_week": fields.get("max_hours_per_week", amounts.hours_per_week, None),
        "availability": fields.get("availability", times, _NO_TIMES),
    }
    return Needs() if fields.failed else Needs(**known)


def times(given: Given) -> tuple[Slot, ...]:
    """When somebody can come, "man-fre 9-12, søn 10-14"; nothing when blank.

    Raises `Refused` when a day has no hours: how long somebody can stay is not guessed.
    """
    if not given.text:
        return _NO_TIMES
    found = read_times(given.text)
    if found.unread or not found.slots or set(found.weekdays) != {slot.day for slot in found.slots}:
        problem = N_("{value!r} does not say the days and from when to when.")
        raise given.refused(problem, N_("Write it like man-fre 9-12, or leave it blank."))
    return found.slots


def _apart(fields: Fields, family: Iterable[str]) -> dict[str, tuple[StrEnum, ...]]:
    """The words of columns that stand against one another; a word in two of them refuses the row."""
    nothing: tuple[StrEnum, ...] = ()
    said = {name: fields.get(name, WORDS[name].several, nothing) for name in family}
    first: dict[StrEnum, str] = {}
    for name, codes in said.items():
        for code in codes:
            if first.setdefault(code, name) != name:
                problem = N_("{code} stands in the column {other!r} as well.")
                other = fields.columns.title(first[code])
                remedy = N_("Leave it in one of the two.")
                fields.refuse(name, Refused(name, problem, remedy, code=code, other=other))
    return said
