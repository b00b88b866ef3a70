"""A shortlist as tables: the list, what to ask first, what was left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.casework.rankings import ShortlistFound
from api.domain.telephones import telephone_shown
from api.exchange.shortlist_workbook import Cell, Sheet
from api.pages.shortlist_rests import Rests
from api.pages.shortlist_rows import Row
from api.pages.trial import Trial
from api.routes.language import Translate
from geo import whole_minutes
from geo.errors import N_
from matching.language import Speech
from matching.policy import Part
from matching.sentences import LOAD, rule_heading, sentence


@dataclass(frozen=True, slots=True)
class Listed:
    """What the tables are made of; `telephones` by employer's id, None for who may not look employers up."""

    found: ShortlistFound
    rows: Sequence[Row]
    asked: Sequence[Row]
    rests: Rests
    trial: Trial | None
    telephones: Mapping[str, str] | None


def sheets_of(listed: Listed, speech: Speech, translate: Translate) -> tuple[Sheet, ...]:
    """The three tables, with headings as people read them, and a fourth with what holds for all of them."""
    writer = _Writer(listed, speech, translate)
    remembered = tuple(writer.remembered())
    return (
        Sheet(translate(N_("List")), writer.list_headings(), tuple(map(writer.ranked, listed.rows))),
        Sheet(translate(N_("Ask first")), writer.ask_headings(), tuple(map(writer.asked, listed.asked))),
        Sheet(
            translate(N_("Left out")),
            (*writer.named(), translate(N_("Rule"))),
            tuple(_left_out(listed.found, speech)),
        ),
        *([Sheet(translate(N_("Remember")), (writer.note(),), remembered)] if remembered else []),
    )


_TASK_FACTS = ("hours_per_week", "times", "pay_dkk_per_hour")
"""What every row says of the work."""


@dataclass(frozen=True, slots=True)
class _Writer:
    listed: Listed
    speech: Speech
    translate: Translate

    def named(self) -> tuple[str, str]:
        return self.translate(N_("Task")), self.translate(N_("Employer"))

    def note(self) -> str:
        return self.translate(N_("Note"))

    def list_headings(self) -> tuple[str, ...]:
        # points that are lost are not to be read as points that are won
        loses = self.translate(N_("Loses on {part}"))
        parts = (loses.format(part=self.speech.about("part", part)) for part in (*Part, LOAD))
        minutes, points = self.translate(N_("Minutes")), self.translate(N_("Points"))
        return (self.translate(N_("No.")), *self.named(), minutes, points, *parts, *self._work(), self.note())

    def ask_headings(self) -> tuple[str, ...]:
        question, points = self.translate(N_("Question")), self.translate(N_("Points if answered well"))
        return (*self.named(), question, points, *self._work(), self.note())

    def ranked(self, row: Row) -> tuple[Cell, ...]:
        lost = tuple(segment.points for segment in row.segments[1:]) or ("",) * (len(Part) + 1)
        minutes = row.ledger.travel.minutes
        way = None if minutes is None else whole_minutes(minutes)
        points = row.points if self.listed.found.ranked else None
        told = (row.number, row.title, row.employer, way, points)
        return (*told, *lost, *self._work_of(row), self._note_of(row))

    def asked(self, row: Row) -> tuple[Cell, ...]:
        questions = " ".join(question.text for question in row.questions)
        return (row.title, row.employer, questions, row.points, *self._work_of(row), self._note_of(row))

    def remembered(self) -> Iterator[tuple[Cell, ...]]:
        if self.listed.trial:
            yield (self.listed.trial.told(self.speech, self.translate),)
        if told := self.listed.rests.of_citizen(self.speech, self.translate):
            yield (told,)

    def _work(self) -> tuple[str, ...]:
        facts = tuple(sentence(self.speech.about("reading", name)) for name in _TASK_FACTS)
        return facts if self.listed.telephones is None else (*facts, self.translate(N_("Telephone")))

    def _work_of(self, row: Row) -> tuple[Cell, ...]:
        order, telephones = row.order, self.listed.telephones
        times = ", ".join(self.speech.slot(slot) for slot in order.times)
        facts = (order.hours_per_week, times, order.pay_dkk_per_hour)
        if telephones is None:
            return facts
        return (*facts, telephone_shown(telephones.get(row.employer_id, "")))

    def _note_of(self, row: Row) -> str:
        said = self.listed.rests.of_order(row.id, self.speech, self.translate)
        return " ".join((*said, *(warned.text for warned in row.warnings)))


def _left_out(found: ShortlistFound, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    frame, catalogue = found.found.excluded, found.found.catalogue
    for id_, rule in zip(frame["order_id"], frame["rule"], strict=True):
        order = catalogue.order(id_)
        employer = found.employer_names.get(order.employer_id, "")
        yield order.title, employer, rule_heading(rule, speech)
