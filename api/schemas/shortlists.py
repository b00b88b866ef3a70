"""Shortlists and candidates, as they are shown: what to propose, what to ask, what was left out and why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Self

from pydantic import Field

from api.casework.catalogues import Kind
from api.casework.rankings import CandidatesFound, ShortlistFound, shown
from api.schemas.shapes import Shown
from geo import Mode, Precision
from matching import Ledger, Needs
from matching.industries import IndustrySystem
from matching.prospects import Prospect
from matching.search import Group
from matching.vocabulary import AnchorKind

NOT_OPEN = "not_open"
"""Counts the citizens that a rule leaves out and whose detail is not open to the caller."""


class Part(Shown):
    """A part of the score: its value and weight (null for the load), the points it loses, and why."""

    part: str
    value: float | None
    weight: float | None
    lost: float | None
    reason: str


class Travel(Shown):
    """The way: kilometres and minutes (null where the place is unknown), from which anchor, how precise."""

    mode: Mode
    km: float | None
    minutes: float | None
    anchor: AnchorKind
    precision: Precision


class Warned(Shown):
    """Something to know before proposing; it moves nothing."""

    rule: str
    text: str


class Question(Shown):
    """What has to be asked, and of whom."""

    of: str
    about: str
    text: str


class Change(Shown):
    """One of the changes that would together bring a pair in: what it settles, and whose word it is."""

    settles: tuple[str, ...]
    of: str
    text: str


class Named(Shown):
    """An employer by id and name."""

    id: str
    name: str


class Person(Shown):
    """A citizen by id and initials; the name where the detail is open to the caller."""

    id: str
    initials: str
    name: str | None = None


class Item(Shown):
    """A place in a list; `rank` and `score` are null in a list without ranking."""

    rank: int | None
    score: float | None
    parts: tuple[Part, ...] = Field(description="Always five; the points lost add up to 100 minus the score")
    travel: Travel | None
    warnings: tuple[Warned, ...]


class Prospective(Shown):
    """What to ask an employer without an open order for, and what that is guessed from."""

    ask_for: tuple[str, ...] = Field(description="What the citizen does gladly first; nothing they cannot do")
    industry_system: IndustrySystem = Field(description="Which list the industry code is from")
    because: str = Field(description="Why this is asked for here, or why nothing can be said")


class ShortlistItem(Item):
    """A job order that suits the citizen."""

    kind: Kind
    id: str
    title: str
    employer: Named


class EmployerItem(Prospective, ShortlistItem):
    """An employer without an open order who may have work that suits the citizen."""


class CandidateItem(Item):
    """A citizen whom the job order suits; `contact_by` is the contact deadline, null where none is set."""

    citizen: Person
    open: bool = Field(description="Whether the reasons are open to the caller; if not, they are left out")
    contact_by: date | None


class Asked(Shown):
    """A pair that hangs on an answer, and the score and rank it has if the answer is a good one.

    `would_rank` is null where the answer would change the list for others too, or decides the points.
    """

    questions: tuple[Question, ...]
    score_if_answered: float | None
    would_rank: int | None


class ShortlistAsked(Asked):
    """A job order that hangs on an answer."""

    kind: Kind
    id: str
    title: str
    employer: Named


class EmployerAsked(Prospective, ShortlistAsked):
    """An employer without an open order of whom something has to be known first."""


class CandidateAsked(Asked):
    """A citizen about whom, or for whom, something has to be asked."""

    citizen: Person
    open: bool


class Excluded(Shown):
    """A pair that a rule stops: the first that applies, all of them, what would change it, and to which rank.

    `would_rank` is null as it is for a pair that hangs on an answer.
    """

    id: str
    rule: str
    rules: tuple[str, ...]
    text: str
    would_change: tuple[str, ...]
    would_rank: int | None


class ShortlistAsk(Shown):
    """What to ask, most promising first, cut at k."""

    total: int
    items: tuple[EmployerAsked | ShortlistAsked, ...]


class CandidateAsk(Shown):
    """Whom to ask about, most promising first, cut at k."""

    total: int
    items: tuple[CandidateAsked, ...]


class ExcludedGroup(Shown):
    """What was left out: counted by the first rule that applies; the k that fit best otherwise in detail."""

    total: int
    counts: dict[str, int]
    items: tuple[Excluded, ...]


class Shortlist(Shown):
    """The job orders, or employers, for one citizen; `list` names this very list."""

    citizen: str
    policy: str
    list: str
    generated_at: datetime
    items: tuple[EmployerItem | ShortlistItem, ...]
    ask: ShortlistAsk
    excluded: ExcludedGroup
    without_contact_basis: int | None = Field(
        None, description="Employers that must not be contacted first and are therefore not here"
    )

    @classmethod
    def of(cls, result: ShortlistFound, language: str) -> Self:
        """The list, said in one language."""
        found = result.found
        titles = dict(zip(found.ids, found.catalogue.titles, strict=True))
        employers = dict(zip(found.ids, found.catalogue.employer_ids, strict=True))

        def pair(ledger: Ledger) -> dict[str, object]:
            employer_id = employers[ledger.order_id]
            employer = Named(id=employer_id, name=result.employer_names.get(employer_id, ""))
            order = {"id": ledger.order_id, "title": titles[ledger.order_id]}
            return {"kind": result.kind, **order, "employer": employer, **prospective(ledger)}

        def prospective(ledger: Ledger) -> dict[str, object]:
            prospect = result.prospects.get(ledger.order_id)
            return _prospective(prospect, found.citizen, language) if prospect else {}

        shown_items = [found.ledger(index, language) for index in shown(found.shown(), result)]
        asked = [found.ledger(index, language) for index in found.shown(Group.ASKED)[: result.k]]
        stopped = [found.ledger(index, language) for index in found.shown(Group.EXCLUDED)[: result.k]]
        employing = result.kind is Kind.EMPLOYERS
        item_kind, asked_kind = (
            (EmployerItem, EmployerAsked) if employing else (ShortlistItem, ShortlistAsked)
        )
        return cls(
            citizen=result.citizen_id,
            policy=result.policy,
            list=result.list_id,
            generated_at=result.at,
            items=[item_kind(**pair(item), **_item(item, result.ranked)) for item in shown_items],
            ask=ShortlistAsk(
                total=found.ask_total,
                items=[asked_kind(**pair(item), **_asked(item)) for item in asked],
            ),
            excluded=ExcludedGroup(
                total=found.excluded_total,
                counts=found.excluded_counts,
                items=[_excluded(item.order_id, item) for item in stopped],
            ),
            without_contact_basis=result.silent_employers if employing else None,
        )


class Candidates(Shown):
    """The citizens for one job order; `list` names this very list."""

    job_order: str
    title: str
    employer: Named
    policy: str
    list: str
    generated_at: datetime
    items: tuple[CandidateItem, ...]
    ask: CandidateAsk
    excluded: ExcludedGroup
    without_place: int = Field(description="Citizens who are ready, but whose anchors have no known place")

    @classmethod
    def of(cls, result: CandidatesFound, language: str) -> Self:
        """The list, said in one language; what is not open to the caller is left out of it."""
        found = result.found
        items = [found.ledger(index, language) for index in shown(found.shown(), result)]
        asked = [found.ledger(index, language) for index in found.shown(Group.ASKED)[: result.k]]
        stopped = [name for name in found.excluded[found.key] if name in result.names][: result.k]
        ledgers = [found.ledger(found.ids.index(name), language) for name in stopped]
        counts = _counted(found.excluded["rule"], found.excluded[found.key], result.names)
        return cls(
            job_order=found.order.id,
            title=found.order.title,
            employer=Named(id=found.order.employer_id, name=result.employer_name),
            policy=result.policy,
            list=result.list_id,
            generated_at=result.at,
            items=[_candidate(item, result) for item in items],
            ask=CandidateAsk(total=found.ask_total, items=[_asked_about(item, result) for item in asked]),
            excluded=ExcludedGroup(
                total=found.excluded_total,
                counts=counts,
                items=[_excluded(ledger.citizen_id, ledger) for ledger in ledgers],
            ),
            without_place=result.without_place,
        )


class Explanation(Shown):
    """Why one pair stands where it stands, shown in a list or not."""

    citizen: str
    id: str
    standing: str
    rank: int | None
    score: float | None
    parts: tuple[Part, ...]
    travel: Travel
    warnings: tuple[Warned, ...]
    questions: tuple[Question, ...]
    rules: tuple[str, ...]
    texts: tuple[str, ...]
    changes: tuple[Change, ...]
    would_change: tuple[str, ...]
    would_rank: int | None

    @classmethod
    def of(cls, ledger: Ledger) -> Self:
        """The ledger of the pair."""
        return cls(
            citizen=ledger.citizen_id,
            id=ledger.order_id,
            standing=str(ledger.standing),
            rank=ledger.rank,
            score=ledger.score,
            parts=_parts(ledger),
            travel=_travel(ledger),
            warnings=_warnings(ledger),
            questions=_questions(ledger),
            rules=list(ledger.rules),
            texts=[line.text for line in ledger.stopped_by],
            changes=[
                Change(settles=list(line.settles), of=str(line.of), text=line.text) for line in ledger.changes
            ],
            would_change=list(ledger.would_change),
            would_rank=ledger.would_rank,
        )


def _candidate(ledger: Ledger, result: CandidatesFound) -> CandidateItem:
    person = _person(ledger.citizen_id, result)
    rank, score = (ledger.rank, ledger.score) if result.ranked else (None, None)
    if ledger.citizen_id in result.names:
        shown_item = _item(ledger, result.ranked)
        return CandidateItem(citizen=person, open=True, contact_by=None, **shown_item)
    # a reason would tell what the citizen needs, and that is not open to this caller
    silent = [
        Part(part=line.part, value=None, weight=line.weight, lost=None, reason="") for line in ledger.parts
    ]
    return CandidateItem(
        citizen=person,
        open=False,
        contact_by=None,
        rank=rank,
        score=score,
        parts=silent,
        travel=None,
        warnings=[],
    )


def _asked_about(ledger: Ledger, result: CandidatesFound) -> CandidateAsked:
    person, is_open = _person(ledger.citizen_id, result), ledger.citizen_id in result.names
    questions, rank = (_questions(ledger), ledger.would_rank) if is_open else ([], None)
    return CandidateAsked(
        citizen=person, open=is_open, questions=questions, score_if_answered=ledger.score, would_rank=rank
    )


def _person(citizen_id: str, result: CandidatesFound) -> Person:
    name = result.names.get(citizen_id)
    return Person(id=citizen_id, initials=result.initials[citizen_id], name=name)


def _counted(rules: object, ids: object, names: Mapping[str, str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for rule, name in zip(rules, ids, strict=True):  # type: ignore[call-overload]
        counted = rule if name in names else NOT_OPEN
        counts[counted] = counts.get(counted, 0) + 1
    return counts


def _item(ledger: Ledger, ranked: bool) -> dict[str, object]:
    return {
        "rank": ledger.rank if ranked else None,
        "score": ledger.score if ranked else None,
        "parts": _parts(ledger),
        "travel": _travel(ledger),
        "warnings": _warnings(ledger),
    }


def _asked(ledger: Ledger) -> dict[str, object]:
    return {
        "questions": _questions(ledger),
        "score_if_answered": ledger.score,
        "would_rank": ledger.would_rank,
    }


def _excluded(other_id: str, ledger: Ledger) -> Excluded:
    rules = list(ledger.rules)
    text = ledger.stopped_by[0].text
    return Excluded(
        id=other_id,
        rule=rules[0],
        rules=rules,
        text=text,
        would_change=list(ledger.would_change),
        would_rank=ledger.would_rank,
    )


def _prospective(prospect: Prospect, needs: Needs, language: str) -> dict[str, object]:
    return {
        "ask_for": prospect.ask_for(needs, language),
        "industry_system": prospect.system,
        "because": prospect.because(language),
    }


def _parts(ledger: Ledger) -> list[Part]:
    return [
        Part(part=line.part, value=line.value, weight=line.weight, lost=line.lost, reason=line.reason)
        for line in ledger.parts
    ]


def _travel(ledger: Ledger) -> Travel:
    way = ledger.travel
    return Travel(mode=way.mode, km=way.km, minutes=way.minutes, anchor=way.anchor, precision=way.precision)


def _questions(ledger: Ledger) -> list[Question]:
    return [Question(of=str(item.of), about=item.about, text=item.text) for item in ledger.questions]


def _warnings(ledger: Ledger) -> list[Warned]:
    return [Warned(rule=item.rule, text=item.text) for item in ledger.warnings]
