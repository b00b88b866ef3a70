"""Which column is which: the header row, found below titles, and its headers as our field names.

Headers are compared without case, blanks, hyphens and the spelling of æ, ø and å. A mapping, our field name
to the file's header, goes before what is recognised; mapped to "", a field has no column.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.domain.civil_numbers import without_civil_numbers
from api.exchange.reports import Report
from api.exchange.tables import Note, Row, Table
from api.exchange.values import as_text, discreet
from geo import Refused, UnknownCode
from geo.errors import N_, nearest

REASON_COLUMN = "Afvist fordi"
"""The column that refused rows are handed back with; it is passed over when they come again."""

_HEADER_WITHIN = 30
_SAMPLES = 3
_DIGRAPHS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})
_PLAIN = str.maketrans({"æ": "a", "ä": "a", "ø": "o", "ö": "o", "å": "a"})


@dataclass(frozen=True)
class Field:
    """A field of ours and the headers it is known by; its own name is always one of them."""

    name: str
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The header row of a table, the rows below it, and where each field stands."""

    header: tuple[str, ...]
    place: Mapping[str, int]
    rows: tuple[Row, ...]

    def title(self, *fields: str) -> str:
        """The file's own header of the first of these fields that it has; "", the whole row, with none."""
        return next((self.header[self.place[name]] for name in fields if name in self.place), "")


def find_columns(
    table: Table,
    fields: Sequence[Field],
    required: Iterable[tuple[str, ...]],
    mapping: Mapping[str, str] | None,
    report: Report,
) -> Columns:
    """Answer where each field stands; what is not recognised is noted in `report`.

    `required` are groups of fields of which one must be there. Raises `Refused` for a missing required
    column, the same header twice, two headers for one field, or a mapping that names what is not there.
    """
    mapping = mapping or {}
    for name in mapping:
        if name not in {field.name for field in fields}:
            raise UnknownCode("mapping", name, [field.name for field in fields])
    header, rows = headed(table, fields, mapping)
    _refuse_twice(header)
    _refuse_unmapped(header, mapping)
    place = _places(header, _known(fields, mapping), fields)
    _refuse_missing(header, place, required, fields)
    _note_the_rest(header, place, rows, report)
    return Columns(header=header, place=place, rows=rows)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A column of a file: its header, some of what stands below, and the field it is taken for, or ""."""

    header: str
    samples: tuple[str, ...]
    field: str


def offered_columns(table: Table, fields: Sequence[Field]) -> tuple[Offer, ...]:
    """The columns with a header, for somebody to say what they are; raises `Refused` for a header twice.

    Of two columns that seem to be the same field, the first is taken for it.
    """
    known = _known(fields, {})
    header, rows = headed(table, fields)
    _refuse_twice(header)
    taken: set[str] = set()
    offers = []
    for place, title in enumerate(header):
        if title and folded(title) != folded(REASON_COLUMN):
            name = _field_of(title, known) or ""
            offers.append(
                Offer(
                    header=title,
                    samples=_samples(rows, place, name),
                    field="" if name in taken else name,
                )
            )
            taken.add(name)
    return tuple(offers)


def headed(
    table: Table, fields: Sequence[Field], mapping: Mapping[str, str] | None = None
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The headers as they are found, and the rows below them."""
    at = _header_row(table, _known(fields, mapping or {}))
    return tuple(" ".join(as_text(cell).split()) for cell in table.rows[at].cells), table.rows[at + 1 :]


def _samples(rows: Sequence[Row], place: int, name: str) -> tuple[str, ...]:
    """Some of what stands in a column, nobody's civil registration number repeated."""
    # of ten figures alone, those of a P-number often make a day of birth as well
    quoted = discreet if name == "p_number" else without_civil_numbers
    below = (quoted(as_text(row.cells[place])) for row in rows[:_HEADER_WITHIN] if place < len(row.cells))
    return tuple(list(dict.fromkeys(filter(str.strip, below)))[:_SAMPLES])


def refuse_no_rows(columns: Columns) -> None:
    """Raise `Refused` for a list that is only its headers."""
    if not columns.rows:
        remedy = N_("Choose the file or the sheet that holds the rows.")
        raise Refused(
            "file",
            N_("There is nothing below the headers {header}."),
            remedy,
            header=", ".join(filter(None, columns.header))[:500],
        )


def folded(header: str) -> str:
    """A header without what people vary."""
    return _plain_letters(header.casefold().translate(_DIGRAPHS))


def _plain_letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", text))


def _known(fields: Sequence[Field], mapping: Mapping[str, str]) -> dict[str, str]:
    """Folded header to field; a mapped field answers to its mapped header alone."""
    known: dict[str, str] = {}
    for field in fields:
        if field.name not in mapping:
            for title in (field.name, *field.headers):
                known.setdefault(_plain_letters(title.casefold().translate(_PLAIN)), field.name)
                known[folded(title)] = field.name
    return known | {folded(title): name for name, title in mapping.items() if title}


def _field_of(header: str, known: Mapping[str, str]) -> str | None:
    """The field of a header, also of one with a unit behind it: 'Timeløn (kr.)'."""
    return known.get(folded(header)) or known.get(folded(re.sub(r"\s*[(\[].*", "", header)))


def _header_row(table: Table, known: Mapping[str, str]) -> int:
    """The place of the row in which most fields are recognised; 0 when no row has any."""
    scores = [
        len({_field_of(cell, known) for cell in row.cells if isinstance(cell, str)} - {None})
        for row in table.rows[:_HEADER_WITHIN]
    ]
    if max(scores) == 0:
        return max(range(len(scores)), key=lambda at: sum(cell != "" for cell in table.rows[at].cells))
    return scores.index(max(scores))


def _refuse_twice(header: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for title in header:
        if title and folded(title) in seen:
            problem = N_("The column {value!r} is there twice.")
            raise Refused(title, problem, N_("Take one of them out, or rename it."), value=title)
        seen[folded(title)] = title


def _refuse_unmapped(header: Sequence[str], mapping: Mapping[str, str]) -> None:
    titles = {folded(title) for title in header if title}
    for name, title in mapping.items():
        if title and folded(title) not in titles:
            near = nearest(title, [known for known in header if known])
            remedy = N_("Did you mean {near!r}?") if near else N_("The file has: {known}.")
            problem = N_("The mapping of {name!r} names the column {value!r}, which the file does not have.")
            known = ", ".join(filter(None, header))
            raise Refused("mapping", problem, remedy, name=name, value=title, near=near, known=known)


def _places(header: Sequence[str], known: Mapping[str, str], fields: Sequence[Field]) -> dict[str, int]:
    place: dict[str, int] = {}
    for at, title in enumerate(header):
        name = _field_of(title, known)
        if name in place:
            problem = N_("The columns {first!r} and {value!r} are both taken for {name!r}.")
            remedy = N_("Take one of them out, or say in a mapping file which one counts.")
            facts = {"first": header[place[name]], "value": title, "name": _titles(fields)[name]}
            raise Refused(title, problem, remedy, **facts)
        if name:
            place[name] = at
    return place


def _refuse_missing(
    header: Sequence[str],
    place: Mapping[str, int],
    required: Iterable[tuple[str, ...]],
    fields: Sequence[Field],
) -> None:
    titles = _titles(fields)
    for group in required:
        if not any(name in place for name in group):
            problem = N_("No column was found for {looked}. The header row reads: {header}.")
            remedy = N_('Name the column in the file so, or map it: {ours} = "the header in the file".')
            looked = " / ".join(repr(titles[name]) for name in group)
            facts = {"looked": looked, "header": ", ".join(filter(None, header))[:500], "ours": group[0]}
            raise Refused("file", problem, remedy, **facts)


def _titles(fields: Sequence[Field]) -> Mapping[str, str]:
    """What people call each field: the first of its headers."""
    return {field.name: field.headers[0] if field.headers else field.name for field in fields}


def _note_the_rest(
    header: Sequence[str], place: Mapping[str, int], rows: Iterable[Row], report: Report
) -> None:
    taken = set(place.values())
    for at, title in enumerate(header):
        if title and at not in taken and folded(title) != folded(REASON_COLUMN):
            report.note(
                Note(N_("The column {name!r} is not known and was left out."), {"name": title}, column=title)
            )
    untitled = {at for at, title in enumerate(header) if not title}
    if untitled and any(cell != "" for row in rows for at, cell in enumerate(row.cells) if at in untitled):
        report.note(Note(N_("Columns without a header were left out.")))
