"""The candidates of a job order as rows: no more of each than is open to whoever looks.

Of a citizen who is somebody else's work initials are shown, neither points nor reason: points for a few
orders would tell where the citizen starts from, a reason what the citizen needs.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.casework.proposals import ProposalSeen
from api.casework.rankings import CandidatesFound
from api.domain.records import ChainLink
from api.pages.order_questions import rule_of
from api.pages.shortlist_rows import Segment, segments_of
from matching import Ledger
from matching.cautions import CHECK
from matching.constraints import Party
from matching.language import Speech
from matching.sentences import rule_heading
from matching.vocabulary import Demand


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A citizen on the list; without `ledger`, there are no points."""

    number: int
    id: str
    name: str
    initials: str
    points: int | None
    waiting_since: date | None
    ledger: Ledger | None = None
    segments: tuple[Segment, ...] = ()
    chain: tuple[ChainLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that leaves citizens out, and how many."""

    heading: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rows, whom to ask about, who is not ranked, others' citizens, and how many were left out."""

    list_id: str
    policy: str
    by: str
    rows: tuple[CandidateRow, ...]
    total: int
    asked: tuple[CandidateRow, ...]
    asked_total: int
    unranked: tuple[CandidateRow, ...]
    others: tuple[CandidateRow, ...]
    rules: tuple[Rule, ...]
    left_out: int
    not_open: int
    not_able_now: int
    without_place: int
    elsewhere: Mapping[str, tuple[ProposalSeen, ...]]

    @property
    def weighed(self) -> bool:
        """Whether anybody who is open here was held against the order, or would be if they could just now."""
        return any((self.total, self.asked_total, self.left_out, self.not_able_now, self.without_place))

    @property
    def warns(self) -> bool:
        """Whether a row has a caution that the employer's answer settles."""
        return any(_checks(row.ledger) for row in self.rows if row.ledger)

    @property
    def asks_employer(self) -> bool:
        """Whether somebody hangs on an answer of the employer's."""
        ledgers = [row.ledger for row in self.asked if row.ledger]
        return any(question.of is Party.EMPLOYER for ledger in ledgers for question in ledger.questions)

    @property
    def hanging(self) -> list[tuple[tuple[Party, str], ...]]:
        """What is asked about each candidate who is open here: whom to ask, and about which rule.

        What they hang on, and what a caution beside them says to ask the employer.
        """
        return [_asked_about(row.ledger) for row in (*self.rows, *self.asked) if row.ledger]


def candidates_of(result: CandidatesFound, speech: Speech) -> Candidates:
    """The list as it is shown."""
    found = result.found
    rules = Counter(found.first_rules.values())
    return Candidates(
        list_id=result.list_id,
        policy=result.policy,
        by=str(result.by),
        rows=tuple(_row(result, index, place, speech) for place, index in enumerate(result.shown, start=1)),
        total=found.items_total,
        asked=tuple(_row(result, index, place, speech) for place, index in enumerate(result.asked, start=1)),
        asked_total=found.ask_total,
        unranked=tuple(_named(result, citizen_id) for citizen_id in result.unranked),
        others=tuple(_named(result, citizen_id) for citizen_id in result.others),
        rules=tuple(Rule(rule_heading(rule, speech), count) for rule, count in rules.items()),
        left_out=found.excluded_total,
        not_open=result.not_open,
        not_able_now=result.not_able_now,
        without_place=result.without_place,
        elsewhere=result.elsewhere,
    )


def _checks(ledger: Ledger) -> list[Demand]:
    """What a caution says to ask the employer."""
    rules = (one.rule.partition(":") for one in ledger.warnings)
    return [Demand(code) for family, _, code in rules if family == CHECK]


def _asked_about(ledger: Ledger) -> tuple[tuple[Party, str], ...]:
    return (
        *((one.of, one.about) for one in ledger.questions),
        *((Party.EMPLOYER, rule_of(demand)) for demand in _checks(ledger)),
    )


def _row(result: CandidatesFound, index: int, number: int, speech: Speech) -> CandidateRow:
    citizen_id = result.found.ids[index]
    ledger = result.found.ledger(index, speech.language)
    return CandidateRow(
        number=number,
        id=citizen_id,
        name=result.names[citizen_id],
        initials=result.initials[citizen_id],
        points=ledger.points,
        waiting_since=result.found.pair(index).citizen.waiting_since,
        ledger=ledger,
        segments=segments_of(ledger),
        chain=tuple(result.chains.get(citizen_id, ())),
    )


def _named(result: CandidatesFound, citizen_id: str) -> CandidateRow:
    name = result.names.get(citizen_id, "")
    chain = tuple(result.chains.get(citizen_id, ()))
    return CandidateRow(0, citizen_id, name, result.initials[citizen_id], None, None, chain=chain)
