"""A shortlist as plain text for the citizen's file: who looked when, what suits and why, what is to be done.

It is short enough to be read there: the first few of each, with the number of the list, by which all of it
can be called up again. No name of the citizen stands in it: it goes into the citizen's own file, and a
clipboard is read by every program. The duty to file is that of offentlighedsloven § 15.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from api.casework.proposals import ProposalSeen
from api.casework.rankings import ShortlistFound
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.domain.working_days import day_of
from api.pages.own_order import OwnOrder
from api.pages.shortlist_rests import Rests
from api.pages.shortlist_rows import Row, total_of
from api.pages.shortlist_view import View
from api.routes.language import Translate, label
from geo.errors import N_
from matching.language import Speech
from matching.sentences import rule_heading
from matching.times import DENMARK_TIME
from matching.vocabulary import Activity

MOST = 5
"""Rows of each list in a note."""

WIDTH = 80
"""Characters of a line: systems for files break longer ones where they like."""

LIKED, TOLD_WHERE_LOST = "suitability", ("wishes", "load")
"""The part whose reason every row says, and those whose reason is said where it costs a point or more."""

_MARK = re.compile(r"- |\d+\. | +")
"""What a line of a list begins with."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note is made of: the list as it was looked at, by whom, and what was suggested before."""

    caller: Caller
    found: ShortlistFound
    view: View
    rows: Sequence[Row]
    asked: Sequence[Row]
    suggested: Sequence[ProposalSeen]
    own_order: OwnOrder | None
    rests: Rests


def journal_note(noted: Noted, speech: Speech, translate: Translate) -> str:
    """The note: paragraphs with a blank line between them, no line longer than `WIDTH`."""
    writer = _Writer(noted, speech, translate)
    lists = (writer.ranked(), writer.asked(), writer.left_out(), writer.suggested())
    paragraphs = (writer.head(), *lists, writer.foot())
    return "\n\n".join(filter(None, ("\n".join(_broken(one)) for one in paragraphs)))


def counts_line(head: str, counted: Sequence[tuple[str, int]], others: str) -> str:
    """A head and as many counts as fit behind it, at least the first; what does not is counted as `others`.

    The numbers in brackets add up to all that is counted.
    """
    told = [head]
    for shown in range(1, len(counted) + 1):
        left = sum(count for _, count in counted[shown:])
        parts = [*counted[:shown], *([(others, left)] if left else [])]
        told.append(f"{head} {', '.join(f'{name} ({count})' for name, count in parts)}")
    return next((line for line in reversed(told[1:]) if len(line) <= WIDTH), told[min(1, len(counted))])


def _broken(lines: Iterator[str]) -> Iterator[str]:
    """Each line within the width, what goes on set in below the words that it began with."""
    for line in lines:
        mark = _MARK.match(line)
        inset = " " * mark.end() if mark else ""
        yield from wrap(line, WIDTH, subsequent_indent=inset, break_on_hyphens=False)


@dataclass(frozen=True, slots=True)
class _Writer:
    noted: Noted
    speech: Speech
    translate: Translate

    def head(self) -> Iterator[str]:
        """What it is, who looked at it when, where the way starts, and what the list was sifted by."""
        found, view, caller = self.noted.found, self.noted.view, self.noted.caller
        at, citizen = found.at.astimezone(DENMARK_TIME), found.found.citizen
        yield self._say(N_("Shortlist for citizen {citizen}"), citizen=found.citizen_id)
        when = self._say(N_("{day} at {clock}"), day=self.speech.day(at.date()), clock=self.speech.clock(at))
        yield f"{when}, {caller.called}, {label(self.speech.language, 'role', caller.role)}"
        mode = self.speech.label(citizen.mode)
        start = self._say(N_("Start: {place}, {mode}"), place=citizen.anchors[0].name, mode=mode)
        if citizen.max_minutes is not None:
            start += self._say(N_(", at most {minutes} min."), minutes=self.speech.brief(citizen.max_minutes))
        yield start
        if view.activity:
            # the file must not take a part of the list for all of it
            yield self._say(N_("Only: {activity}"), activity=self.speech.label(Activity(view.activity)))
        if view.places:
            yield self.translate(view.places)
        if told := self.noted.rests.of_citizen(self.speech, self.translate):
            yield told

    def ranked(self) -> Iterator[str]:
        """What suits, each with its points and why in a line, then what to remember of which of them."""
        rows, total = self.noted.rows[:MOST], total_of(self.noted.found, self.noted.view)
        if not rows:
            none = N_("Nothing of this kind suits without asking first.")
            yield self.translate(
                none if self.noted.view.activity else N_("Nothing suits without asking first.")
            )
            return
        cut = N_("The first {shown} of {total} that suit:") if len(rows) < total else N_("What suits:")
        yield self._say(cut, shown=len(rows), total=total)
        warned: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            points = self._say(N_("{points} points"), points=row.points) if self.noted.found.ranked else ""
            yield f"{row.number}. {', '.join(filter(None, (_task(row), points)))}"
            yield f"   {self._why(row)}"
            for text in (*(warning.text for warning in row.warnings), *self._said_by_employer(row)):
                warned[text].append(str(row.number))
        yield from self._remembered(warned, ", ")

    def asked(self) -> Iterator[str]:
        """Every question that something hangs on, once, with the tasks that hang on it."""
        rows, total = self.noted.asked[:MOST], self.noted.found.found.ask_total
        if not rows:
            return
        cut = N_("Ask first, the first {shown} of {total}:") if len(rows) < total else N_("Ask first:")
        yield self._say(cut, shown=len(rows), total=total)
        tasks: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            for question in row.questions:
                tasks[question.text].append(_task(row))
        for text, named in tasks.items():
            yield f"- {text} {'; '.join(named)}"
        warned: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            for text in (*(warning.text for warning in row.warnings), *self._said_by_employer(row)):
                warned[text].append(_task(row))
        yield from self._remembered(warned, "; ")

    def left_out(self) -> Iterator[str]:
        """How many are left out and why, the commonest reasons first, as far as they fit into the line."""
        found = self.noted.found.found
        if not found.excluded_total:
            return
        head = self._say(N_("{number} left out:"), number=found.excluded_total)
        commonest = sorted(found.excluded_counts.items(), key=lambda each: (-each[1], each[0]))
        counted = [(rule_heading(rule, self.speech), count) for rule, count in commonest]
        yield counts_line(head, counted, self.translate(N_("something else")))

    def suggested(self) -> Iterator[str]:
        """What was suggested and agreed, with what falls due, and the order that a person gave the list."""
        own = self.noted.own_order
        if self.noted.suggested or own:
            yield self.translate(N_("Suggested and agreed:"))
        for one in self.noted.suggested:
            employer = self.noted.found.employer_names.get(one.order.employer_id, "")
            named = ", ".join(filter(None, (one.order.title, employer)))
            yield f"- {named}: {', '.join(self._became(one))}"
        if own:
            order = self._say(
                N_("Another order by {name}, {day}"), name=own.by, day=self.speech.day(own.at.date())
            )
            yield f"- {order}: {own.reason}"

    def foot(self) -> Iterator[str]:
        """By what it can be called up again, and that a person decides."""
        told = N_("List {list}, policy {policy}.")
        yield self._say(told, list=self.noted.found.list_id, policy=self.noted.found.policy)
        yield self.translate(N_("The order is advice; a person decides."))

    def _said_by_employer(self, row: Row) -> Iterator[str]:
        return self.noted.rests.of_order(row.id, self.speech, self.translate)

    def _remembered(self, warned: Mapping[str, Sequence[str]], between: str) -> Iterator[str]:
        for text, named in warned.items():
            yield self._say(N_("- Remember: {text} ({numbers})"), text=text, numbers=between.join(named))

    def _why(self, row: Row) -> str:
        travel, parts = row.ledger.travel, {line.part: line for line in row.ledger.parts}
        minutes = "" if travel.minutes is None else self.speech.minutes(travel.minutes)
        way = self._say(N_("{minutes} min. {mode}"), minutes=minutes, mode=self.speech.label(travel.mode))
        if row.is_estimated:
            way = ", ".join((way, self.translate(N_("the distance is an estimate"))))
        lost = (parts[part].reason for part in TOLD_WHERE_LOST if (parts[part].lost or 0) >= 1)
        return "; ".join(filter(None, (way if minutes else "", parts[LIKED].reason, *lost)))

    def _became(self, one: ProposalSeen) -> Iterator[str]:
        """Where a suggestion stands, through whom and since when, why not, and what is to be done by when."""
        proposal, language = one.proposal, self.speech.language
        moved = proposal.updated_at if proposal.state is not ProposalState.PROPOSED else None
        state = label(language, "proposal_state", proposal.state)
        yield f"{state} {self.speech.day(day_of(moved or proposal.created_at))}"
        if proposal.state is ProposalState.CONTACTED and proposal.contacted_through:
            yield label(language, "through", proposal.contacted_through)
        if proposal.declined_by and proposal.reason:
            yield label(language, "side", proposal.declined_by)
            yield label(language, "decline_reason", proposal.reason)
        if one.contact_by:
            yield self._say(N_("contact by {day}"), day=self.speech.day(day_of(one.contact_by)))
        if proposal.review_on:
            yield self._say(N_("ask again on {day}"), day=self.speech.day(proposal.review_on))
        if proposal.note:
            yield self._say(N_("note: {note}"), note=" ".join(proposal.note.split()))

    def _say(self, message: str, **facts: object) -> str:
        return self.translate(message).format(**facts)


def _task(row: Row) -> str:
    return ", ".join(dict.fromkeys(filter(None, (row.title, row.employer))))
