"""A shortlist as plain text, to be put into the citizen's file: the points, their reasons, what to ask.

No name stands in it: it goes into the citizen's own file, and a clipboard is read by every program.
"""

from collections.abc import Iterator, Mapping, Sequence

from api.casework.rankings import ShortlistFound
from api.domain.moves import ProposalState
from api.domain.proposals import Proposal
from api.domain.working_days import day_of
from api.pages.shortlist_rows import Row, total_of
from api.pages.shortlist_view import View
from api.routes.language import Translate
from geo.errors import N_
from matching.language import Speech
from matching.times import DENMARK_TIME
from matching.vocabulary import Activity

MOST = 10
"""Rows of each list in a note."""


def journal_note(
    found: ShortlistFound,
    rows: Sequence[Row],
    asked: Sequence[Row],
    speech: Speech,
    translate: Translate,
    view: View,
    suggested: Mapping[str, Proposal],
) -> str:
    """The note, line by line; what the rows were sifted and sorted by is said.

    `suggested` are the citizen's proposals by the task; the day of those that stand is said of their tasks.
    """
    days = {id_: _suggested(one, speech, translate) for id_, one in suggested.items() if _stands(one)}
    return "\n".join(_lines(found, rows, asked, speech, translate, view, days))


def _stands(one: Proposal) -> bool:
    return one.is_open or one.state is ProposalState.ACCEPTED


def _suggested(one: Proposal, speech: Speech, translate: Translate) -> str:
    return translate(N_("suggested {day}")).format(day=speech.day(day_of(one.created_at)))


def _lines(
    found: ShortlistFound,
    rows: Sequence[Row],
    asked: Sequence[Row],
    speech: Speech,
    translate: Translate,
    view: View,
    suggested: Mapping[str, str],
) -> Iterator[str]:
    at, citizen = found.at.astimezone(DENMARK_TIME), found.found.citizen
    heading = translate(N_("Shortlist for citizen {citizen}, {day} at {clock}"))
    yield heading.format(citizen=found.citizen_id, day=speech.day(at.date()), clock=at.strftime("%H.%M"))
    start = translate(N_("Start: {place}, {mode}")).format(
        place=citizen.anchors[0].name, mode=speech.label(citizen.mode)
    )
    limit = translate(N_(", at most {minutes} min.")) if citizen.max_minutes is not None else ""
    yield start + limit.format(minutes=speech.brief(citizen.max_minutes or 0))
    if view.activity:
        # the file must not take a part of the list for all of it
        yield translate(N_("Only: {activity}")).format(activity=speech.label(Activity(view.activity)))
    if view.places:
        yield translate(view.places)
    yield ""
    yield from _cut(N_("The first {shown} of {total} that suit:"), rows, total_of(found, view), translate)
    for row in rows[:MOST]:
        points = translate(N_("{points} points")).format(points=row.points) if found.ranked else ""
        yield ", ".join(
            filter(None, (f"{row.number}. {row.title}", row.employer, points, suggested.get(row.id)))
        )
        yield from (f"   {line}" for line in row.ledger.reasons)
        yield from (f"   {translate(N_('Note:'))} {warned.text}" for warned in row.warnings)
    if not rows:
        none = N_("Nothing of this kind suits without asking first.")
        yield translate(none if view.activity else N_("Nothing suits without asking first."))
    if asked:
        yield ""
        cut = N_("Ask first, the first {shown} of {total}:")
        yield from _cut(cut, asked, found.found.ask_total, translate) or [translate(N_("Ask first:"))]
    for row in asked[:MOST]:
        questions = " ".join(question.text for question in row.questions)
        named = filter(None, (row.title, row.employer, suggested.get(row.id)))
        yield f"- {', '.join(named)}: {questions}"
    yield ""
    told = translate(N_("List {list}, policy {policy}. The order is advice; a person decides."))
    yield told.format(list=found.list_id, policy=found.policy)


def _cut(heading: str, rows: Sequence[Row], total: int, translate: Translate) -> list[str]:
    """A line that says how many of all stand here; none where all of them do."""
    shown = len(rows[:MOST])
    return [translate(heading).format(shown=shown, total=total)] if 0 < shown < total else []
