"""A list of drop-in centres and supported housing, to drafts. A centre is recognised by its name.

What a cell says that cannot be read raises `Refused`.
"""

from collections.abc import Mapping
from dataclasses import replace

from api.casework.own_lists import ToldCentre
from api.domain.records import Centre
from api.exchange import codes
from api.exchange.columns import Columns, Field, find_columns, folded, refuse_no_rows
from api.exchange.duplicates import folded_together
from api.exchange.places import ADDRESS, COORDINATES, PHONE, Placing, read_place
from api.exchange.reports import Draft, Reading, Report
from api.exchange.rows import Fields
from api.exchange.tables import Row, Table
from api.exchange.values import Given
from geo import Owner, Refused
from geo.errors import N_
from geo.geocoding import OfflineGeocoder, Places
from geo.names import fold
from matching.vocabulary import AnchorKind

NAME = Field("centre_name", ("Værested", "Bosted", "Sted", "Stedets navn", "Navn", "Name", "Drop-in centre"))
FIELDS = (NAME, Field("centre_kind", ("Slags", "Type", "Kind")), *ADDRESS, PHONE, *COORDINATES)
"""Every field of a list of centres, with the headers it is recognised by."""

REQUIRED = ((NAME.name,),)

_KINDS = {
    AnchorKind.DROP_IN_CENTRE: ("drop_in_centre", "værested", "varmestue", "drop-in centre"),
    AnchorKind.SUPPORTED_HOUSING: ("supported_housing", "bosted", "botilbud", "supported housing"),
}
_KIND_OF = {folded(word): kind for kind, words in _KINDS.items() for word in words}


def read_centres(
    table: Table,
    *,
    municipality: str,
    mapping: Mapping[str, str] | None = None,
    geocoder: Places | None = None,
) -> Reading[ToldCentre]:
    """The centres of a table, for the municipality whose list it is.

    Raises `Refused` when the columns cannot be told; whatever is wrong with a single row is in the reading.
    """
    report = Report.about(table)
    columns = find_columns(table, FIELDS, REQUIRED, mapping, report)
    refuse_no_rows(columns)
    placing = Placing(municipality, geocoder or OfflineGeocoder(), Owner.CENTRE)
    drafts = [draft for row in columns.rows if (draft := _draft(row, columns, report, placing))]
    once = folded_together(
        drafts, lambda told: fold(told.centre.name), columns.title(NAME.name), columns, report
    )
    reading = report.reading(columns.header, columns.rows, once)
    return replace(reading, titles={NAME.name: columns.title(NAME.name)})


def kind(given: Given) -> AnchorKind | None:
    """Drop-in centre or supported housing, as a code or as people call it; None when blank."""
    if not given.text:
        return None
    found = _KIND_OF.get(folded(given.text))
    if found is None:
        remedy = N_("Write drop-in centre or supported housing, or leave it blank.")
        raise given.refused(N_("{value!r} is not a kind of centre."), remedy)
    return found


def _draft(row: Row, columns: Columns, report: Report, placing: Placing) -> Draft[ToldCentre] | None:
    fields = Fields(row, columns, report)
    centre = Centre(
        id="",
        municipality=placing.municipality,
        name=fields.text(NAME.name),
        phone=fields.get("phone", codes.telephone, ""),
        place=read_place(fields, placing, ""),
    )
    if not centre.name and NAME.name not in fields.wrong:
        fields.refuse(NAME.name, Refused("name", N_("The centre has no name."), N_("Write the name.")))
    told = ToldCentre(centre=centre, kind=fields.get("centre_kind", kind, None))
    return None if fields.failed else Draft(row.number, told)
