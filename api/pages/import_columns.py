"""Which column of a file is which: as it is guessed or was chosen, as many columns at once as a page carries.

What is chosen is kept as somebody goes on to other columns, so that nothing of it is lost on the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from api.domain.imports import ImportKind
from api.domain.uploads import Upload
from api.exchange import uploading
from api.exchange.columns import Offer
from api.exchange.kinds import FIELDS
from api.exchange.uploading import Offered
from api.pages.part_by_weight import Part, part_at, weight_of
from api.routes.language import label
from geo import Refused
from geo.errors import N_
from matching.language import Language
from matching.vocabulary import Demand, Support

HEAVIEST, COLUMN, OPTION = 80_000, 700, 85
"""Bytes of columns that a page holds, those of one beside its name and its choices, and those of a choice."""

NAMED = 10
"""So many of the columns that were not recognised are named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that a column can be; `group` is which half of an employer's answers it belongs to, or ""."""

    name: str
    group: str
    code: Demand | Support | None = None


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """Which column is which, as it is guessed or was chosen; `part` are the columns that are looked at."""

    upload: Upload
    offered: Offered
    part: Part[Offer]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    wrong: str = ""
    named: int = NAMED
    template: str = "import_columns.html"

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The columns of which nobody has said what they are."""
        return tuple(column.header for column in self.offered.columns if not column.field)

    @property
    def leaves_out(self) -> bool:
        """Whether a column may be passed over: of a list of citizens none is kept that would be."""
        return self.upload.kind is not ImportKind.CITIZENS


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a form says: the field of each column looked at, and the part to go on with; 0 for none."""

    fields: Mapping[str, str]
    sheet: str | None
    part: int
    to: int

    @classmethod
    def of(cls, sent: Sequence[tuple[str, str]]) -> "Choosing":
        """Out of pairs of `header.N` and `field.N`, the sheet, the part and the one to go on with."""
        told = dict(sent)
        numbers = [name.removeprefix("header.") for name in told if name.startswith("header.")]
        fields = {told[f"header.{number}"]: told.get(f"field.{number}", "") for number in numbers}
        part, to = (_number(told.get(name, "")) for name in ("part", "to"))
        return cls(fields, told.get("sheet") or None, part, to)

    def among_all(self, upload: Upload) -> dict[str, str]:
        """Header to field, with what was guessed or chosen of the columns that were not looked at."""
        known = {one.header: one.field for one in uploading.offered(upload, self.sheet).columns}
        return {header: field for header, field in {**known, **self.fields}.items() if field}


def columns_page(
    upload: Upload,
    sheet: str | None = None,
    part: int = 1,
    chosen: Mapping[str, str] | None = None,
    wrong: str = "",
) -> ColumnsPage:
    """The part of that number of the columns of a sheet, as they are chosen or were or seem to be."""
    offered = uploading.offered(upload, sheet, chosen)
    choices = _choices(upload.kind)
    weigh = partial(_weight_of, OPTION * sum(len(group) for _, group in choices))
    return ColumnsPage(upload, offered, part_at(offered.columns, weigh, HEAVIEST, part), choices, wrong)


def refuse_missing(language: Language, upload: Upload, chosen: Mapping[str, str]) -> None:
    """Refuse, in the words of the form, columns among which something is missing that every list needs."""
    if group := uploading.missing(upload.kind, chosen):
        said = " / ".join(label(language, "field", name) for name in group)
        problem, remedy = (
            N_("No column is chosen as: {fields}."),
            N_("Choose it for the column that holds it."),
        )
        raise Refused("columns", problem, remedy, fields=said)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _weight_of(choosing: int, column: Offer) -> int:
    # a name stands there to be read, and in the form
    return COLUMN + choosing + 2 * weight_of(column.header)


def _choices(kind: ImportKind) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What a column can be, in the groups in which people look for it."""
    choices = (_choice(field.name) for field in FIELDS[kind])
    return tuple((group, tuple(found)) for group, found in groupby(choices, lambda choice: choice.group))


def _choice(name: str) -> Choice:
    group, _, code = name.rpartition(".")
    if group == "demands":
        return Choice(name, group, Demand(code))
    return Choice(name, group, Support(code) if group == "supports" else None)
