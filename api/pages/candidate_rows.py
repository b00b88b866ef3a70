"""The candidates of a job order as rows: no more of each than is open to whoever looks.

Of a citizen who is somebody else's work initials and points are shown, and no reason: a reason would tell
what the citizen needs.
"""

from dataclasses import dataclass
from datetime import date

from api.casework.rankings import CandidatesFound
from api.domain.records import ChainLink
from api.pages.shortlist_rows import Segment, segments_of
from matching import Ledger
from matching.constraints import Party
from matching.language import Speech
from matching.sentences import rule_heading


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A citizen on the list; without `name`, initials and points are all there is."""

    number: int
    id: str
    name: str
    initials: str
    points: int | None
    waiting_since: date | None
    ledger: Ledger | None = None
    segments: tuple[Segment, ...] = ()
    chain: tuple[ChainLink, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the citizen is open to the caller."""
        return self.ledger is not None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that leaves citizens out, and how many; only of those who are open to the caller."""

    heading: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rows, whom to ask about, who is not ranked, and how many were left out."""

    list_id: str
    policy: str
    by: str
    rows: tuple[CandidateRow, ...]
    total: int
    asked: tuple[CandidateRow, ...]
    asked_total: int
    unranked: tuple[CandidateRow, ...]
    rules: tuple[Rule, ...]
    left_out: int
    not_open: int
    not_able_now: int
    without_place: int

    @property
    def questions(self) -> dict[str, int]:
        """What the employer is asked for candidates who are open here: the rule, and for how many."""
        found: dict[str, int] = {}
        for row in self.asked:
            for question in row.ledger.questions if row.ledger else ():
                if question.of is Party.EMPLOYER:
                    found[question.about] = found.get(question.about, 0) + 1
        return dict(sorted(found.items(), key=lambda one: -one[1]))


def candidates_of(result: CandidatesFound, speech: Speech) -> Candidates:
    """The list as it is shown."""
    found = result.found
    stopped = zip(found.excluded[found.key], found.excluded["rule"], strict=True)
    rules = [str(rule) for citizen_id, rule in stopped if citizen_id in result.open_ids]
    return Candidates(
        list_id=result.list_id,
        policy=result.policy,
        by=str(result.by),
        rows=tuple(_row(result, index, place, speech) for place, index in enumerate(result.shown, start=1)),
        total=found.items_total,
        asked=tuple(_row(result, index, place, speech) for place, index in enumerate(result.asked, start=1)),
        asked_total=found.ask_total,
        unranked=tuple(_named(result, citizen_id) for citizen_id in result.unranked),
        rules=tuple(Rule(rule_heading(rule, speech), rules.count(rule)) for rule in dict.fromkeys(rules)),
        left_out=found.excluded_total,
        not_open=found.excluded_total - len(rules),
        not_able_now=result.not_able_now,
        without_place=result.without_place,
    )


def _row(result: CandidatesFound, index: int, number: int, speech: Speech) -> CandidateRow:
    citizen_id = result.found.ids[index]
    ledger = result.found.ledger(index, speech.language)
    is_open = citizen_id in result.names
    return CandidateRow(
        number=number,
        id=citizen_id,
        name=result.names.get(citizen_id, ""),
        initials=result.initials[citizen_id],
        points=ledger.points,
        waiting_since=result.found.pair(index).citizen.waiting_since if is_open else None,
        ledger=ledger if is_open else None,
        segments=segments_of(ledger) if is_open else (),
        chain=tuple(result.chains.get(citizen_id, ())),
    )


def _named(result: CandidatesFound, citizen_id: str) -> CandidateRow:
    name = result.names.get(citizen_id, "")
    chain = tuple(result.chains.get(citizen_id, ()))
    return CandidateRow(0, citizen_id, name, result.initials[citizen_id], None, None, chain=chain)
