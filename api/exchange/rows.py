"""One row on its way to a draft: its cells by field, and every problem of it told at once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from api.domain.civil_numbers import IS_CIVIL_NUMBER, without_civil_numbers
from api.exchange import values
from api.exchange.columns import Columns
from api.exchange.reports import Report
from api.exchange.tables import Cell, Note, Row
from api.exchange.values import Given, cleaned
from geo import Refused
from geo.errors import N_
from matching.vocabulary import Answer, Code

Value = TypeVar("Value")


class Fields:
    """The cells of one row by the name of our field. Problems go to the report; reading goes on."""

    def __init__(self, row: Row, columns: Columns, report: Report) -> None:
        """Refuse at once a row with more cells than headers: a text may hold a stray delimiter."""
        self.row = row
        self.columns = columns
        self.report = report
        self.wrong: set[str] = set()
        """The fields at fault, "" for the row as a whole."""
        self._check_width()

    def _check_width(self) -> None:
        width, beyond = len(self.columns.header), self.row.cells[len(self.columns.header) :]
        if any(cell != "" for cell in beyond):
            problem = N_("The row has {cells} cells and the header {width}.")
            remedy = N_("Is there a delimiter inside a text? Put that text in quotation marks.")
            self.refuse("", Refused("row", problem, remedy, cells=len(self.row.cells), width=width))
        elif len(self.row.cells) < width:
            text = N_(
                "The row has {cells} cells and the header {width}; the missing ones were taken as blank."
            )
            facts = {"cells": len(self.row.cells), "width": width}
            self.report.note(Note(text, facts, row=self.row.number))

    @property
    def failed(self) -> bool:
        """Whether anything of the row is at fault."""
        return bool(self.wrong)

    def has(self, field: str) -> bool:
        """Whether the file has a column for the field."""
        return field in self.columns.place

    def cell(self, field: str) -> Cell:
        """The cell as it stands; blank when there is no such column."""
        at = self.columns.place.get(field, len(self.row.cells))
        return self.row.cells[at] if at < len(self.row.cells) else ""

    def get(self, field: str, parse: Callable[[Given], Value], otherwise: Value) -> Value:
        """The parsed cell; `otherwise` when there is no such column or the cell was refused."""
        if not self.has(field):
            return otherwise
        tell = self.report.teller(self.row.number, self.columns.title(field))
        try:
            return parse(cleaned(Given(field, self.cell(field), tell)))
        except Refused as reason:
            self.refuse(field, reason)
            return otherwise

    def text(self, field: str) -> str:
        """One line of text without anybody's civil registration number; '' when not known."""
        return self.get(field, values.impersonal, "")

    def answers(self, group: str, kind: type[Code]) -> Mapping[Code, Answer]:
        """The answers of the columns `group.code` for the codes of `kind`, unknown ones left out."""
        given = {code: self.get(f"{group}.{code}", values.answer, Answer.UNKNOWN) for code in kind}
        return {code: answer for code, answer in given.items() if answer is not Answer.UNKNOWN}

    def refuse(self, field: str, reason: Refused) -> None:
        """Refuse the row for a field; '' for the row as a whole."""
        self.wrong.add(field)
        title = self.columns.title(field) if field else ""
        value = values.shown(self.cell(field)) if field else ""
        if reason.problem == IS_CIVIL_NUMBER:
            value = without_civil_numbers(value)
        self.report.refuse(self.row.number, title, value, reason)

    def tell(self, field: str, text: str, **facts: object) -> None:
        """Note something about a field."""
        self.report.teller(self.row.number, self.columns.title(field))(text, **facts)
