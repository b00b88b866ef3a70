"""Shortlists as they are shown: what to propose, what to ask, what was left out and why."""

from datetime import date, datetime
from typing import Self

from pydantic import Field

from api.casework.rankings import ShortlistFound, shown
from api.casework.supply import Kind
from api.schemas.pairs import Asked, ExcludedGroup, Item, Named, asked_fields, excluded, item_fields
from api.schemas.shapes import CitizenId, ListId, OrderId, Shown, looks_like
from matching import Ledger, Needs
from matching.industries import IndustrySystem
from matching.prospects import Prospect
from matching.standing import Group


class Prospective(Shown):
    """What to ask an employer without an open order for, and what that is guessed from."""

    ask_for: tuple[str, ...] = Field(description="What the citizen does gladly first; nothing they cannot do")
    industry_system: IndustrySystem = Field(description="Which list the industry code is from")
    because: str = Field(description="Why this is asked for here, or why nothing can be said")


class ShortlistItem(Item):
    """A job order that suits the citizen."""

    kind: Kind
    id: OrderId
    title: str = Field(examples=["Luge og rive på kirkegården"])
    employer: Named


class EmployerItem(Prospective, ShortlistItem):
    """An employer without an open order who may have work that suits the citizen."""


class ShortlistAsked(Asked):
    """A job order that hangs on an answer."""

    kind: Kind
    id: str = Field(examples=["order-0370-05"])
    title: str = Field(examples=["Klippe hæk langs parkeringspladsen"])
    employer: Named


class EmployerAsked(Prospective, ShortlistAsked):
    """An employer without an open order of whom something has to be known first."""


class ShortlistAsk(Shown):
    """What to ask, most promising first, cut at k."""

    total: int = Field(examples=[18])
    items: tuple[ShortlistAsked | EmployerAsked, ...]


class Resting(Named):
    """An employer who was contacted lately or has given a day to come back on, and until when it rests."""

    next_free_on: date


class RestingGroup(Shown):
    """Employers who are left out for now, the first to be free again first; cut at k."""

    total: int
    items: tuple[Resting, ...]


class Shortlist(Shown):
    """The job orders, or employers, for one citizen; `list` names this very list."""

    model_config = looks_like(policy="2026-1", generated_at="2026-11-23T09:30:00Z")

    citizen: CitizenId
    policy: str
    list: ListId
    generated_at: datetime
    items: tuple[ShortlistItem | EmployerItem, ...]
    ask: ShortlistAsk
    excluded: ExcludedGroup
    without_contact_basis: int | None = Field(
        None, description="Employers that must not be contacted first and are therefore not here"
    )
    resting: RestingGroup | None = Field(
        None, description="Employers that were contacted lately, or have given a later day"
    )

    @classmethod
    def of(cls, result: ShortlistFound, language: str) -> Self:
        """The list, said in one language."""
        found, employing = result.found, result.kind is Kind.EMPLOYERS
        item_kind, asked_kind = (
            (EmployerItem, EmployerAsked) if employing else (ShortlistItem, ShortlistAsked)
        )
        shown_items, asked, stopped = (
            [found.ledger(index, language) for index in indices]
            for indices in (
                shown(result),
                found.shown(Group.ASKED)[: result.k],
                found.shown(Group.EXCLUDED)[: result.k],
            )
        )
        return cls(
            citizen=result.citizen_id,
            policy=result.policy,
            list=result.list_id,
            generated_at=result.at,
            items=[
                item_kind(**_pair(result, item, language), **item_fields(item, result.ranked))
                for item in shown_items
            ],
            ask=ShortlistAsk(
                total=found.ask_total,
                items=[asked_kind(**_pair(result, item, language), **asked_fields(item)) for item in asked],
            ),
            excluded=ExcludedGroup(
                total=found.excluded_total,
                counts=found.excluded_counts,
                items=[excluded(item.order_id, item) for item in stopped],
            ),
            without_contact_basis=result.silent_employers if employing else None,
            resting=_resting(result) if employing else None,
        )


def _pair(result: ShortlistFound, ledger: Ledger, language: str) -> dict[str, object]:
    """What every row says of its order or employer."""
    catalogue, prospect = result.found.catalogue, result.prospects.get(ledger.order_id)
    row = catalogue.row(ledger.order_id)
    employer_id = catalogue.employer_ids[row]
    employer = Named(id=employer_id, name=result.employer_names.get(employer_id, ""))
    told = {"kind": result.kind, "id": ledger.order_id, "title": catalogue.titles[row], "employer": employer}
    return {**told, **(_prospective(prospect, result.found.citizen, language) if prospect else {})}


def _resting(result: ShortlistFound) -> RestingGroup:
    soonest = sorted(result.resting, key=lambda id_: (result.resting[id_], id_))
    items = [
        Resting(id=id_, name=result.employer_names[id_], next_free_on=result.resting[id_])
        for id_ in soonest[: result.k]
    ]
    return RestingGroup(total=len(soonest), items=items)


def _prospective(prospect: Prospect, needs: Needs, language: str) -> dict[str, object]:
    return {
        "ask_for": prospect.ask_for(needs, language),
        "industry_system": prospect.system,
        "because": prospect.because(language),
    }
