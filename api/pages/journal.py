"""A shortlist as plain text for the citizen's file: who looked when, what suits and why, what is to be done.

It is short enough to be read there: the first few of each. What somebody has said no to does not stand among
what suits, an order that a person gave is the order, and a trial is called one. All of it is found again in
the citizen's log by the day, the hour and who looked. No name of the citizen stands in it, not in what
somebody wrote either, and no number of ours: it goes into the citizen's own file, and a clipboard is read by
every program. The duty to file is that of offentlighedsloven § 15.
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
from api.pages.trial import Trial, start_of
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

_NAME = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"- |\d+\. | +")
"""What a line of a list begins with."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note is made of: the list as it was looked at, by whom, and what was suggested before.

    `remarks` are what was noted with what came last of a suggestion, by its id.
    """

    caller: Caller
    found: ShortlistFound
    view: View
    rows: Sequence[Row]
    asked: Sequence[Row]
    suggested: Sequence[ProposalSeen]
    remarks: Mapping[str, str]
    own_order: OwnOrder | None
    rests: Rests
    trial: Trial | None

    @property
    def refused(self) -> frozenset[str]:
        """The ids of the tasks to which the citizen or the employer has said no."""
        by_citizen = (one.order.id for one in self.suggested if one.proposal.state is ProposalState.DECLINED)
        return frozenset(by_citizen) | frozenset(self.rests.refused)

    @property
    def fitting(self) -> tuple[Row, ...]:
        """What suits and nobody has said no to, in the order of whoever put it into another one."""
        places = {
            id_: place for place, (id_, _) in enumerate(self.own_order.titles if self.own_order else ())
        }
        left = [row for row in self.rows if row.id not in self.refused]
        return tuple(sorted(left, key=lambda row: places.get(row.id, len(places))))


def journal_note(noted: Noted, speech: Speech, translate: Translate) -> str:
    """The note: paragraphs with a blank line between them, no line longer than `WIDTH`."""
    writer = _Writer(noted, speech, translate)
    lists = (writer.ranked(), writer.asked(), writer.refused(), writer.left_out(), writer.suggested())
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
        at = found.at.astimezone(DENMARK_TIME)
        yield self.translate(N_("Tasks that may suit"))
        when = self._say(N_("{day} at {clock}"), day=self.speech.day(at.date()), clock=self.speech.clock(at))
        yield f"{when}, {caller.called}, {label(self.speech.language, 'role', caller.role)}"
        citizen = found.found.citizen
        yield start_of(citizen.anchors[0].name, citizen, self.noted.trial, self.speech, self.translate)
        if view.activity:
            # the file must not take a part of the list for all of it
            yield self._say(N_("Only: {activity}"), activity=self.speech.label(Activity(view.activity)))
        if view.places and not self.noted.own_order:
            yield self.translate(view.places)
        if told := self.noted.rests.of_citizen(self.speech, self.translate):
            yield told

    def ranked(self) -> Iterator[str]:
        """What suits, each with its points and why in a line, then what to remember of which of them."""
        fitting = self.noted.fitting
        rows = fitting[:MOST]
        if not rows:
            none = N_("Nothing of this kind suits without asking first.")
            yield self.translate(
                none if self.noted.view.activity else N_("Nothing suits without asking first.")
            )
            return
        # rows beyond those that were looked at count as they do on the page
        total = total_of(self.noted.found, self.noted.view) - len(self.noted.rows) + len(fitting)
        cut = N_("The first {shown} of {total} that suit:") if len(rows) < total else N_("What suits:")
        yield self._say(cut, shown=len(rows), total=total)
        yield from self._own_order()
        warned: defaultdict[str, list[str]] = defaultdict(list)
        for number, row in enumerate(rows, start=1):
            points = self._say(N_("{points} points"), points=row.points) if self.noted.found.ranked else ""
            yield f"{number}. {', '.join(filter(None, (_task(row), points)))}"
            yield f"   {self._why(row)}"
            for text in (*(warning.text for warning in row.warnings), *self._said_by_employer(row)):
                warned[text].append(str(number))
        yield from self._remembered(warned, ", ")

    def asked(self) -> Iterator[str]:
        """Every question that something hangs on, once, with the tasks that hang on it."""
        asked = [row for row in self.noted.asked if row.id not in self.noted.refused]
        rows = asked[:MOST]
        if not rows:
            return
        total = self.noted.found.found.ask_total - len(self.noted.asked) + len(asked)
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

    def refused(self) -> Iterator[str]:
        """The tasks of the list to which their employer has said no, and when."""
        no = self.noted.rests.refused
        rows = [row for row in (*self.noted.rows, *self.noted.asked) if row.id in no][:MOST]
        if rows:
            yield self.translate(N_("The employer has said no:"))
        for row in rows:
            yield f"- {_task(row)}: {self.speech.day(no[row.id].contact.on)}"

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
        """What was suggested and agreed, with what falls due."""
        if self.noted.suggested:
            yield self.translate(N_("Suggested and agreed:"))
        for one in self.noted.suggested:
            employer = self.noted.found.employer_names.get(one.order.employer_id, "")
            named = ", ".join(filter(None, (one.order.title, employer)))
            yield f"- {named}: {', '.join(self._became(one))}"

    def foot(self) -> Iterator[str]:
        """That a person decides, and by what it can be called up again."""
        yield self.translate(N_("The order is advice; a person decides."))
        yield self.translate(
            N_("The list can be found again in the citizen's log by the day and time above.")
        )

    def _own_order(self) -> Iterator[str]:
        if own := self.noted.own_order:
            told = N_("In the order that {name} gave on {day}: {reason}")
            yield self._say(
                told, name=own.by, day=self.speech.day(own.at.date()), reason=self._unnamed(own.reason)
            )

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
        for note in filter(None, (proposal.note, self.noted.remarks.get(proposal.id))):
            yield self._say(N_("note: {note}"), note=self._unnamed(" ".join(note.split())))

    def _unnamed(self, text: str) -> str:
        """What somebody wrote, each name of the citizen in it as its first letter."""
        names = sorted(set(_NAME.findall(self.noted.found.citizen_name)), key=len, reverse=True)
        # two letters may be a word: "bo"
        told = "|".join(one if len(one) > 2 else f"(?-i:{one})" for one in names if len(one) > 1)
        if not told:
            return text
        found = re.compile(rf"\b(?:{told})(?=s?\b)", re.IGNORECASE)
        return found.sub(lambda name: f"{name[0][0].upper()}.", text)

    def _say(self, message: str, **facts: object) -> str:
        return self.translate(message).format(**facts)


def _task(row: Row) -> str:
    return ", ".join(dict.fromkeys(filter(None, (row.title, row.employer))))
