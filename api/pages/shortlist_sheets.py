"""A shortlist as tables: the list, what to ask first, what was left out."""

from collections.abc import Iterator, Sequence

from api.casework.rankings import ShortlistFound
from api.exchange.shortlist_workbook import Cell, Sheet
from api.pages.shortlist_rests import Rests
from api.pages.shortlist_rows import Row
from api.routes.language import Translate
from geo import whole_minutes
from geo.errors import N_
from matching.language import Speech
from matching.policy import Part
from matching.sentences import LOAD, rule_heading


def sheets_of(
    found: ShortlistFound,
    rows: Sequence[Row],
    asked: Sequence[Row],
    rests: Rests,
    speech: Speech,
    translate: Translate,
) -> tuple[Sheet, ...]:
    """The three tables, with headings as people read them, and a fourth while the citizen is not able."""

    def said(row: Row) -> tuple[str, ...]:
        return tuple(rests.of_order(row.id, speech, translate))

    task, employer = translate(N_("Task")), translate(N_("Employer"))
    parts = tuple(speech.about("part", part) for part in (*Part, LOAD))
    minutes, points, note = translate(N_("Minutes")), translate(N_("Points")), translate(N_("Note"))
    told = rests.of_citizen(speech, translate)
    return (
        Sheet(
            translate(N_("List")),
            (translate(N_("No.")), task, employer, minutes, points, *parts, note),
            tuple(_listed(row, found.ranked, said(row)) for row in rows),
        ),
        Sheet(
            translate(N_("Ask first")),
            (task, employer, translate(N_("Question")), translate(N_("Points if answered well")), note),
            tuple(_asked(row, said(row)) for row in asked),
        ),
        Sheet(
            translate(N_("Left out")),
            (task, employer, translate(N_("Rule"))),
            tuple(_left_out(found, speech)),
        ),
        *([Sheet(translate(N_("Remember")), (note,), ((told,),))] if told else []),
    )


def _listed(row: Row, ranked: bool, said: Sequence[str]) -> tuple[Cell, ...]:
    lost = tuple(segment.points for segment in row.segments[1:]) or ("",) * (len(Part) + 1)
    minutes = row.ledger.travel.minutes
    note = " ".join((*said, *(warned.text for warned in row.warnings)))
    told = None if minutes is None else whole_minutes(minutes)
    return (row.number, row.title, row.employer, told, row.points if ranked else None, *lost, note)


def _asked(row: Row, said: Sequence[str]) -> tuple[Cell, ...]:
    questions = " ".join(question.text for question in row.questions)
    note = " ".join((*said, *(warned.text for warned in row.warnings)))
    return (row.title, row.employer, questions, row.points, note)


def _left_out(found: ShortlistFound, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    frame, catalogue = found.found.excluded, found.found.catalogue
    for id_, rule in zip(frame["order_id"], frame["rule"], strict=True):
        order = catalogue.order(id_)
        employer = found.employer_names.get(order.employer_id, "")
        yield order.title, employer, rule_heading(rule, speech)
