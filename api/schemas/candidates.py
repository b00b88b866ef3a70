"""Candidates as they are shown: citizens for a job order, with no more of each than is open to the caller."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Self

from pydantic import Field

from api.casework.rankings import CandidatesFound
from api.domain.moves import ProposalState
from api.domain.practice import CandidateOrder
from api.domain.proposals import Proposal
from api.schemas.chains import Link
from api.schemas.pairs import Asked, ExcludedGroup, Item, Named, Part, asked_fields, excluded, item_fields
from api.schemas.shapes import IDS, CitizenId, ListId, OfCitizens, OrderId, Shown, looks_like
from matching import Ledger
from matching.policy import Part as Scored
from matching.sentences import LOAD


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


class SuggestedElsewhere(Shown):
    """Another job order that this citizen is suggested for, or has said yes to."""

    id: str = Field(examples=[IDS["proposal_id"]])
    state: ProposalState
    job_order: OrderId
    title: str = Field(examples=["Feje gårdsplads"])


class CandidateItem(Item):
    """A citizen whom the job order suits; `contact_by` is the contact deadline, null while it is paused.

    Of a citizen who is not open to the caller, an item says nothing about whether the order suits.
    """

    citizen: Person
    open: bool = Field(
        examples=[True],
        description="Whether the citizen is open to the caller; if not, there is neither rank nor score",
    )
    contact_by: datetime | None = Field(examples=["2026-11-26T23:59:00+01:00"])
    chain: tuple[Link, ...] = Field(description="Through whom the citizen is contacted, the best way first")
    proposal: Suggested | None
    elsewhere: tuple[SuggestedElsewhere, ...] = Field(
        description="What else the citizen is suggested for or has said yes to; empty for who is not open"
    )


class CandidateAsked(Asked):
    """A citizen about whom, or for whom, something has to be asked."""

    citizen: Person
    elsewhere: tuple[SuggestedElsewhere, ...] = Field(
        description="What else the citizen is suggested for or has said yes to"
    )


class CandidateAsk(Shown):
    """Whom to ask about, most promising first, cut at k."""

    total: int = Field(examples=[6])
    items: tuple[CandidateAsked, ...]


class Candidates(OfCitizens):
    """The citizens for one job order; `list` names this very list.

    Those open to the caller are ranked and counted by group. The others fill up `items` after them, longest
    waiting first, whether the order suits them or not.
    """

    model_config = looks_like(
        title="Luge og rive på kirkegården",
        policy="2026-1",
        generated_at="2026-11-23T09:30:00Z",
        unranked=[],
        not_open=0,
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
    not_open: int = Field(description="Citizens who want work and are not open to the caller")
    without_place: int = Field(
        description="Citizens open to the caller who are ready, but whose anchors have no known place"
    )
    by: CandidateOrder = Field(description="What the municipality orders candidates by")
    unranked: tuple[Person, ...] = Field(
        description="Citizens who want work and object to being ranked, longest waiting first; no score"
    )
    not_able_now: int = Field(description="Citizens open to the caller who can be asked again at a later day")

    @property
    def whom(self) -> Mapping[str, bool]:
        """Everybody who stands in the list, and whether by name or need."""
        ranked, asked = ([item.citizen for item in items] for items in (self.items, self.ask.items))
        people = [*ranked, *asked, *self.unranked]
        named = {person.id: person.name is not None for person in people}
        return named | {left_out.id: True for left_out in self.excluded.items}

    @classmethod
    def of(cls, result: CandidatesFound, language: str) -> Self:
        """The list, said in one language; what is not open to the caller is left out of it."""
        found = result.found
        items = [found.ledger(index, language) for index in result.shown]
        asked = [found.ledger(index, language) for index in result.asked]
        ledgers = [found.ledger(found.ids.index(name), language) for name in result.left_out]
        return cls(
            job_order=found.order.id,
            title=found.order.title,
            employer=Named(id=found.order.employer_id, name=result.employer_name),
            policy=result.policy,
            list=result.list_id,
            generated_at=result.at,
            items=[
                *(_candidate(place, item, result) for place, item in enumerate(items, start=1)),
                *(_masked(citizen_id, result) for citizen_id in result.others),
            ],
            ask=CandidateAsk(total=found.ask_total, items=[_asked_about(item, result) for item in asked]),
            excluded=ExcludedGroup(
                total=found.excluded_total,
                counts=Counter(found.first_rules.values()),
                items=[excluded(ledger.citizen_id, ledger) for ledger in ledgers],
            ),
            not_open=result.not_open,
            without_place=result.without_place,
            by=result.by,
            unranked=[_person(citizen_id, result) for citizen_id in result.unranked],
            not_able_now=result.not_able_now,
        )


def _candidate(place: int, ledger: Ledger, result: CandidatesFound) -> CandidateItem:
    fields = {**item_fields(ledger, result.ranked), "rank": place if result.ranked else None}
    return CandidateItem(open=True, **_contact(ledger.citizen_id, result), **fields)


def _masked(citizen_id: str, result: CandidatesFound) -> CandidateItem:
    """A citizen who is not open: from scores for a few orders one could reckon where somebody lives."""
    silent = [Part(part=part, value=None, weight=None, lost=None, reason="") for part in (*Scored, LOAD)]
    nothing = {"rank": None, "score": None, "parts": silent, "travel": None, "warnings": []}
    return CandidateItem(open=False, **_contact(citizen_id, result), **nothing)


def _contact(citizen_id: str, result: CandidatesFound) -> dict[str, object]:
    return {
        "citizen": _person(citizen_id, result),
        "contact_by": result.clock.contact_by,
        "chain": [Link.of(link) for link in result.chains.get(citizen_id, ())],
        "proposal": _suggested(result.suggested.get(citizen_id)),
        "elsewhere": _elsewhere(citizen_id, result),
    }


def _elsewhere(citizen_id: str, result: CandidatesFound) -> list[SuggestedElsewhere]:
    return [
        SuggestedElsewhere(
            id=one.proposal.id, state=one.proposal.state, job_order=one.order.id, title=one.order.title
        )
        for one in result.elsewhere.get(citizen_id, ())
    ]


def _suggested(proposal: Proposal | None) -> Suggested | None:
    return Suggested(id=proposal.id, state=proposal.state) if proposal else None


def _asked_about(ledger: Ledger, result: CandidatesFound) -> CandidateAsked:
    person, besides = _person(ledger.citizen_id, result), _elsewhere(ledger.citizen_id, result)
    return CandidateAsked(citizen=person, elsewhere=besides, **asked_fields(ledger))


def _person(citizen_id: str, result: CandidatesFound) -> Person:
    name = result.names.get(citizen_id)
    return Person(id=citizen_id, initials=result.initials[citizen_id], name=name)
