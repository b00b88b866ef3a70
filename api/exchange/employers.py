"""A list of employers, as a case system or the business register exports it, to drafts.

A workplace is recognised by its P-number, else by CVR number and address, else by name and address. What the
list does not say stays unknown; an unknown protection from advertising forbids a first contact as a yes does.
"""

from collections.abc import Mapping
from dataclasses import replace

from api.domain.identity import employer_key
from api.domain.records import EmployerRecord, IndustrySystem
from api.exchange import codes, values
from api.exchange.columns import Columns, Field, find_columns, folded, refuse_no_rows
from api.exchange.duplicates import folded_together
from api.exchange.places import ADDRESS, COORDINATES, PHONE, Placing, read_place
from api.exchange.reports import Draft, Reading, Report
from api.exchange.rows import Fields
from api.exchange.tables import Note, Row, Table
from geo import Refused
from geo.errors import N_
from geo.geocoding import OfflineGeocoder, Places
from matching.vocabulary import Answer, Demand, Support

NAME_HEADERS = (
    "Virksomhedsnavn",
    "Virksomhed",
    "Navn",
    "Firmanavn",
    "Firma",
    "Arbejdssted",
    "Arbejdsgiver",
    "Company",
    "Company name",
    "Employer",
    "LegalUnitName",
)
CVR = Field("cvr", ("CVR-nr", "CVR", "CVR-nummer", "CVRnumberIdentifier"))
P_NUMBER = Field(
    "p_number",
    ("P-nr", "P-nummer", "PNR", "Produktionsenhed", "Produktionsenhedsnummer", "ProductionUnitIdentifier"),
)
SOURCE = Field("source", ("Kilde",))
ANSWERS = (
    *(Field(f"demands.{code}", (code,)) for code in Demand),
    # "contact person" is who to ask for; that somebody stands by is only meant where it says so
    *(Field(f"supports.{code}", () if code is Support.CONTACT_PERSON else (code,)) for code in Support),
)
"""One column per demand and support, named by its code or as `demands.machines`."""

FIELDS = (
    Field("name", NAME_HEADERS),
    CVR,
    P_NUMBER,
    *ADDRESS,
    Field("municipality_code", ("Kommunekode", "Kommunenr", "Kommunenummer")),
    Field(
        "industry_code",
        ("Branchekode", "Hovedbranchekode", "Branchekode DB07", "Branchekode DB25", "DB07", "DB25"),
    ),
    Field("industry_system", ("Branchekodesystem", "Kodesystem")),
    Field("industry", ("Branche", "Branchetekst", "Branchenavn", "Hovedbranche")),
    Field(
        "employees", ("Antal ansatte", "Ansatte", "Antal medarbejdere", "Medarbejdere", "Number of employees")
    ),
    *COORDINATES,
    PHONE,
    Field("contact_person", ("Kontaktperson", "Kontakt", "Virksomhedens kontaktperson", "Contact")),
    Field("advertising_protected", ("Reklamebeskyttet", "Reklamebeskyttelse")),
    Field("contact_basis", ("Kontaktgrundlag", "Grundlag for kontakt")),
    Field("contact_basis_note", ("Note til kontaktgrundlag",)),
    SOURCE,
    Field("last_contact_on", ("Sidst kontaktet", "Sidste kontakt", "Seneste kontakt", "Last contact")),
    *ANSWERS,
)
"""Every field of a list of employers, with the headers it is recognised by."""

REQUIRED = (("name",), ("cvr", "p_number"))

ORDER_HEADERS = ("Opgave", "Opgavebeskrivelse", "Ordrenr", "Ordrenummer", "Jobordre", "Jobordrenr")
"""Headers that only a list of job orders has."""

EmployerDraft = Draft[EmployerRecord]
"""A row's employer; its id is empty until it is stored."""


def read_employers(
    table: Table,
    *,
    municipality: str,
    mapping: Mapping[str, str] | None = None,
    geocoder: Places | None = None,
    industry_system: IndustrySystem = IndustrySystem.UNKNOWN,
) -> Reading[EmployerRecord]:
    """The employers of a table, for the municipality whose list it is.

    `industry_system` says which list the industry codes are from where the file does not. Raises `Refused`
    when the columns cannot be told; whatever is wrong with a single row is in the reading.
    """
    report = Report.about(table)
    columns = find_columns(table, FIELDS, REQUIRED, mapping, report)
    refuse_no_rows(columns)
    _refuse_job_orders(columns)
    placing = Placing(municipality, geocoder or OfflineGeocoder())
    system = _system_in_header(columns) or industry_system
    drafts = [draft for row in columns.rows if (draft := _draft(row, columns, report, placing, system))]
    column = columns.title("p_number", "cvr")
    once = folded_together(drafts, employer_key, column, columns, report)
    titles = {"last_contact_on": columns.title("last_contact_on")}
    return replace(report.reading(columns.header, columns.rows, once), titles=titles)


def _refuse_job_orders(columns: Columns) -> None:
    """Refuse a list of job orders, which names employers too and would be taken for a poor list of them."""
    orders = {folded(header) for header in ORDER_HEADERS}
    for header in columns.header:
        if folded(header) in orders:
            problem = N_("This is a list of job orders: it has the column {header!r}.")
            remedy = N_("Take it in as job orders, with: import job-orders.")
            raise Refused("file", problem, remedy, header=header)


def _system_in_header(columns: Columns) -> IndustrySystem | None:
    title = columns.title("industry_code").casefold()
    return next((system for system in IndustrySystem if system in title), None)


def _draft(
    row: Row, columns: Columns, report: Report, placing: Placing, system: IndustrySystem
) -> EmployerDraft | None:
    fields = Fields(row, columns, report)
    record = _record(fields, placing, system)
    if not record.name and "name" not in fields.wrong:
        fields.refuse("name", Refused("name", N_("The employer has no name."), N_("Write the name.")))
    if not record.is_numbered and not fields.failed:
        told = N_("Neither a P-number nor a CVR number: known again by name and address.")
        report.note(Note(told, row=row.number, column=columns.title("cvr", "p_number")))
    return None if fields.failed else Draft(row.number, record)


def _record(fields: Fields, placing: Placing, system: IndustrySystem) -> EmployerRecord:
    stated = fields.get("industry_system", codes.industry_system, IndustrySystem.UNKNOWN)
    get, text = fields.get, fields.text
    code = get("municipality_code", codes.municipality_code, "")
    return EmployerRecord(
        id="",
        municipality=placing.municipality,
        name=text("name"),
        cvr=get("cvr", codes.cvr, ""),
        p_number=get("p_number", codes.p_number, ""),
        municipality_code=code,
        industry_code=get("industry_code", codes.industry_code, ""),
        industry_system=system if stated is IndustrySystem.UNKNOWN else stated,
        industry=text("industry"),
        employees=get("employees", codes.employees, ""),
        phone=get("phone", codes.telephone, ""),
        contact_person=text("contact_person"),
        advertising_protected=get("advertising_protected", values.answer, Answer.UNKNOWN),
        contact_basis=get("contact_basis", codes.contact_basis, None),
        contact_basis_note=text("contact_basis_note"),
        source=text("source"),
        last_contact_on=get("last_contact_on", values.day, None),
        demands=fields.answers("demands", Demand),
        supports=fields.answers("supports", Support),
        place=read_place(fields, placing, code),
    )
