"""Candidates as they are shown: citizens for a job order, with no more of each than is open to the caller."""

from collections import Counter
from datetime import datetime
from typing import Self

from pydantic import Field

from api.casework.rankings import CandidatesFound
from api.domain.moves import ProposalState
from api.domain.practice import CandidateOrder
from api.domain.proposals import Proposal
from api.schemas.chains import Link
from api.schemas.pairs import Asked, ExcludedGroup, Item, Named, Part, excluded, item_fields, questions_of
from api.schemas.shapes import IDS, CitizenId, ListId, OrderId, Shown, looks_like
from matching import Ledger

NOT_OPEN = "not_open"
"""Counts the citizens that a rule leaves out and whose detail is not open to the caller."""


class Person(Shown):
    """A citizen by id and initials; the name where the detail is open to the caller."""

    model_config = looks_like(initials="K.M.E.", name="Karen Marie Eksempel")

    id: CitizenId
    initials: str
    name: str | None = None


class Suggested(Shown):
    """A suggestion of this citizen for this order that waits for its answer."""

    id: str = Field(examples=[IDS["proposal_id"]])
    state: ProposalState


class CandidateItem(Item):
    """A citizen whom the job order suits; `contact_by` is the contact deadline, null while it is paused."""

    citizen: Person
    open: bool = Field(
        examples=[True], description="Whether the reasons are open to the caller; if not, they are left out"
    )
    contact_by: datetime | None = Field(examples=["2026-11-26T23:59:00+01:00"])
    chain: tuple[Link, ...] = Field(description="Through whom the citizen is contacted, the best way first")
    proposal: Suggested | None


class CandidateAsked(Asked):
    """A citizen about whom, or for whom, something has to be asked."""

    citizen: Person
    open: bool = Field(examples=[True])


class CandidateAsk(Shown):
    """Whom to ask about, most promising first, cut at k."""

    total: int = Field(examples=[6])
    items: tuple[CandidateAsked, ...]


class Candidates(Shown):
    """The citizens for one job order; `list` names this very list."""

    model_config = looks_like(
        title="Luge og rive på kirkegården",
        policy="2026-1",
        generated_at="2026-11-23T09:30:00Z",
        unranked=[],
        without_place=0,
        not_able_now=1,
    )

    job_order: OrderId
    title: str
    employer: Named
    policy: str
    list: ListId
    generated_at: datetime
    items: tuple[CandidateItem, ...]
    ask: CandidateAsk
    excluded: ExcludedGroup
    without_place: int = Field(
        description="Citizens open to the caller who are ready, but whose anchors have no known place"
    )
    by: CandidateOrder = Field(description="What the municipality orders candidates by")
    unranked: tuple[Person, ...] = Field(
        description="Citizens who want work and object to being ranked, longest waiting first; no score"
    )
    not_able_now: int = Field(description="Citizens open to the caller who can be asked again at a later day")

    @classmethod
    def of(cls, result: CandidatesFound, language: str) -> Self:
        """The list, said in one language; what is not open to the caller is left out of it."""
        found = result.found
        items = [found.ledger(index, language) for index in result.shown]
        asked = [found.ledger(index, language) for index in result.asked]
        ledgers = [found.ledger(found.ids.index(name), language) for name in result.left_out]
        rules = found.first_rules.items()
        counts = Counter(rule if name in result.open_ids else NOT_OPEN for name, rule in rules)
        return cls(
            job_order=found.order.id,
            title=found.order.title,
            employer=Named(id=found.order.employer_id, name=result.employer_name),
            policy=result.policy,
            list=result.list_id,
            generated_at=result.at,
            items=[_candidate(place, item, result) for place, item in enumerate(items, start=1)],
            ask=CandidateAsk(total=found.ask_total, items=[_asked_about(item, result) for item in asked]),
            excluded=ExcludedGroup(
                total=found.excluded_total,
                counts=counts,
                items=[excluded(ledger.citizen_id, ledger) for ledger in ledgers],
            ),
            without_place=result.without_place,
            by=result.by,
            unranked=[_person(citizen_id, result) for citizen_id in result.unranked],
            not_able_now=result.not_able_now,
        )


def _candidate(place: int, ledger: Ledger, result: CandidatesFound) -> CandidateItem:
    person = _person(ledger.citizen_id, result)
    rank, score = (place, ledger.score) if result.ranked else (None, None)
    contact = {
        "contact_by": result.clock.contact_by,
        "chain": [Link.of(link) for link in result.chains.get(ledger.citizen_id, ())],
        "proposal": _suggested(result.suggested.get(ledger.citizen_id)),
    }
    if ledger.citizen_id in result.open_ids:
        shown_item = {**item_fields(ledger, result.ranked), "rank": rank}
        return CandidateItem(citizen=person, open=True, **contact, **shown_item)
    # a reason would tell what the citizen needs, and that is not open to this caller
    silent = [
        Part(part=line.part, value=None, weight=line.weight, lost=None, reason="") for line in ledger.parts
    ]
    return CandidateItem(
        citizen=person,
        open=False,
        **contact,
        rank=rank,
        score=score,
        parts=silent,
        travel=None,
        warnings=[],
    )


def _suggested(proposal: Proposal | None) -> Suggested | None:
    return Suggested(id=proposal.id, state=proposal.state) if proposal else None


def _asked_about(ledger: Ledger, result: CandidatesFound) -> CandidateAsked:
    person, is_open = _person(ledger.citizen_id, result), ledger.citizen_id in result.open_ids
    questions, rank = (questions_of(ledger), ledger.would_rank) if is_open else ([], None)
    return CandidateAsked(
        citizen=person, open=is_open, questions=questions, score_if_answered=ledger.score, would_rank=rank
    )


def _person(citizen_id: str, result: CandidatesFound) -> Person:
    name = result.names.get(citizen_id)
    return Person(id=citizen_id, initials=result.initials[citizen_id], name=name)
