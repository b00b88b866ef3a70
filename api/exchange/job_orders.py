"""A list of job orders, as phoned in and noted, to drafts: the employer's key and the task.

The text is the employer's own; what the columns say goes before what is read out of it.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

from api.domain.records import JobOrderRecord
from api.exchange import amounts, codes, values
from api.exchange.columns import Columns, Field, find_columns, refuse_no_rows
from api.exchange.duplicates import folded_together
from api.exchange.employers import ANSWERS, CVR, NAME_HEADERS, P_NUMBER, SOURCE
from api.exchange.reports import Draft, Reading, Report
from api.exchange.rows import Fields
from api.exchange.tables import Row, Table
from api.exchange.tasks import told_task
from geo import Refused
from geo.errors import N_
from geo.names import fold
from matching.orders import Task

TITLE_CHARACTERS = 80
EMPLOYER_NAME = Field("employer_name", NAME_HEADERS)
RECEIVED_ON = Field(
    "received_on", ("Modtaget", "Modtagelsesdato", "Modtaget dato", "Dato modtaget", "Received")
)

FIELDS = (
    Field(
        "text",
        (
            "Opgave",
            "Opgaver",
            "Opgavebeskrivelse",
            "Opgavetekst",
            "Beskrivelse",
            "Tekst",
            "Task",
            "Description",
        ),
    ),
    Field("title", ("Titel", "Overskrift")),
    CVR,
    P_NUMBER,
    EMPLOYER_NAME,
    Field(
        "reference",
        ("Ordrenr", "Ordrenummer", "Jobordre", "Jobordrenr", "Jobordrenummer", "Order number", "Order no"),
    ),
    RECEIVED_ON,
    Field("hours_per_week", ("Timer pr. uge", "Timer", "Timer/uge", "Ugentlige timer", "Timetal", "Hours")),
    Field("pay_dkk_per_hour", ("Timeløn", "Løn pr. time", "Løn", "Kr. pr. time", "Hourly pay", "Pay")),
    Field(
        "times_text", ("Dag og tid", "Dage og tider", "Tidspunkt", "Tider", "Arbejdstid", "Hvornår", "Times")
    ),
    Field("places", ("Antal pladser", "Pladser", "Antal personer", "Number of places")),
    Field("starts_on", ("Startdato", "Start", "Starter", "Fra dato", "Begynder", "Start date")),
    Field("ends_on", ("Slutdato", "Slut", "Slutter", "Til dato", "End date")),
    Field("activities", ("Aktiviteter",)),
    Field("setting", ("Inde/ude", "Inde eller ude")),
    SOURCE,
    *ANSWERS,
)
"""Every field of a list of job orders, with the headers it is recognised by."""

REQUIRED = (("text",), ("cvr", "p_number"))
_WHOSE = {"cvr", "p_number", "employer_name"}

_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÆØÅ])|\n")


@dataclass(frozen=True, kw_only=True)
class KeyedOrder:
    """A job order and what its employer is found by; the order's own ids are empty until it is stored.

    `stated` and `places` are what the columns say of the task, without what was read out of its text.
    """

    order: JobOrderRecord
    stated: Task = field(default_factory=Task)
    places: int | None = None
    cvr: str = ""
    p_number: str = ""
    employer_name: str = ""

    @property
    def says_whose(self) -> bool:
        """Whether there is anything to find its employer by."""
        return bool(self.cvr or self.p_number or self.employer_name)


JobOrderDraft = Draft[KeyedOrder]


def read_job_orders(
    table: Table, *, municipality: str, mapping: Mapping[str, str] | None = None
) -> Reading[KeyedOrder]:
    """The job orders of a table.

    Raises `Refused` when the columns cannot be told; whatever is wrong with a single row is in the reading.
    """
    report = Report.about(table)
    columns = find_columns(table, FIELDS, REQUIRED, mapping, report)
    refuse_no_rows(columns)
    drafts = [_draft(row, columns, report, municipality) for row in columns.rows]
    once = folded_together(drafts, order_key, columns.title("reference"), columns, report)
    judged = (CVR.name, P_NUMBER.name, EMPLOYER_NAME.name, RECEIVED_ON.name, "starts_on", "ends_on")
    titles = {name: columns.title(name) for name in judged}
    return replace(report.reading(columns.header, columns.rows, once), titles=titles)


def order_key(told: KeyedOrder) -> Hashable:
    """What tells a job order: its number where it came from, else everything that was said of it."""
    if told.order.reference:
        return told.order.reference
    task = told.order.task
    whose = told.p_number or told.cvr or fold(told.employer_name)
    return whose, told.order.text, told.order.times_text, task.starts_on, task.ends_on


def title_of(text: str) -> str:
    """The first sentence, cut at a word to at most 80 characters."""
    first = " ".join(_SENTENCE_END.split(text, maxsplit=1)[0].split()).rstrip(".!? ")
    if len(first) <= TITLE_CHARACTERS:
        return first
    cut = first[: TITLE_CHARACTERS - 1]
    whole_words = cut[: cut.rfind(" ")] if " " in cut else cut
    return whole_words.rstrip(" ,;:") + "…"


def _draft(row: Row, columns: Columns, report: Report, municipality: str) -> JobOrderDraft:
    """What a row says; of one that is refused, what of it could be read."""
    fields = Fields(row, columns, report)
    text = fields.get("text", values.long_text, "")
    cvr, p_number = fields.get("cvr", codes.cvr, ""), fields.get("p_number", codes.p_number, "")
    name = fields.text("employer_name")
    _refuse_blank(fields, text, cvr or p_number or name)
    told = _told(fields, text, municipality)
    if fields.wrong & _WHOSE:
        # by what is left, another employer would be looked for
        return Draft(row.number, told)
    return Draft(row.number, replace(told, cvr=cvr, p_number=p_number, employer_name=name))


def _refuse_blank(fields: Fields, text: str, employer: str) -> None:
    if not text and "text" not in fields.wrong:
        problem = N_("The job order does not say what the task is.")
        fields.refuse("text", Refused("text", problem, N_("Write what is to be done.")))
    if not employer and not fields.wrong & _WHOSE:
        problem = N_("The job order does not say whose it is.")
        remedy = N_("Write the P-number of the workplace, or the CVR number.")
        fields.refuse("cvr", Refused("cvr", problem, remedy))


def _told(fields: Fields, text: str, municipality: str) -> KeyedOrder:
    times_text = fields.get("times_text", values.long_text, "")
    places = fields.get("places", amounts.count, None)
    if places == 0:
        problem = N_("A job order has at least one place.")
        fields.refuse("places", Refused("places", problem, N_("Give a whole number from 1 up.")))
    received_on = fields.get("received_on", values.day, None)
    told = told_task(fields, text, times_text, received_on)
    order = JobOrderRecord(
        id="",
        municipality=municipality,
        employer_id="",
        title=title_of(fields.text("title") or text),
        text=text,
        times_text=times_text,
        reference=fields.text("reference"),
        source=fields.text("source"),
        received_on=received_on,
        places=places or told.places or 1,
        task=told.task,
    )
    return KeyedOrder(order=order, stated=told.stated, places=places)
