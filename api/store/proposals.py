"""Suggested pairs of a municipality, newest last. What was noted about one is sealed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, insert, select, update

from api.domain.caller import Caller
from api.domain.moves import (
    OPEN_PROPOSALS,
    TAKEN_BACK,
    NotFromHere,
    ProposalState,
    require_proposal_move,
    require_taking_back,
)
from api.domain.proposals import Former, Proposal
from api.store import moves
from api.store.errors import Missing
from api.store.paging import Page, page_of
from api.store.tables import ProposalMoveRow, ProposalRow
from api.store.unit import Unit
from api.store.versioned import chunks


def find(unit: Unit, caller: Caller, proposal_id: str) -> Proposal | None:
    """One proposal of the caller's municipality; says nothing about whose work its citizen is."""
    found = _ask(unit, _own(caller).where(ProposalRow.id == proposal_id))
    return found[0] if found else None


def page(
    unit: Unit,
    caller: Caller,
    *,
    order_id: str | None = None,
    citizen_ids: Collection[str] | None = None,
    state: ProposalState | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Proposal]:
    """The next proposals in the order they were made, of one order, some citizens or in one state."""
    asked = _own(caller).where(ProposalRow.id > (after or ""))
    if order_id is not None:
        asked = asked.where(ProposalRow.order_id == order_id)
    if citizen_ids is not None:
        asked = asked.where(ProposalRow.citizen_id.in_(citizen_ids))
    if state is not None:
        asked = asked.where(ProposalRow.state == state)
    found = _ask(unit, asked.order_by(ProposalRow.id).limit(limit + 1))
    return page_of(found, [one.id for one in found], limit)


def of_order(unit: Unit, caller: Caller, order_id: str) -> tuple[Proposal, ...]:
    """Everybody who was ever suggested for a job order."""
    asked = _own(caller).where(ProposalRow.order_id == order_id)
    return tuple(_ask(unit, asked.order_by(ProposalRow.id)))


def of_citizen(unit: Unit, caller: Caller, citizen_id: str) -> tuple[Proposal, ...]:
    """Every job order that a citizen was ever suggested for, oldest first."""
    asked = _own(caller).where(ProposalRow.citizen_id == citizen_id)
    return tuple(_ask(unit, asked.order_by(ProposalRow.id)))


def in_states(unit: Unit, caller: Caller, states: Iterable[ProposalState]) -> tuple[Proposal, ...]:
    """All proposals of the municipality that stand in one of the states."""
    asked = _own(caller).where(ProposalRow.state.in_(tuple(states)))
    return tuple(_ask(unit, asked.order_by(ProposalRow.id)))


def some(unit: Unit, caller: Caller, proposal_ids: Iterable[str]) -> dict[str, Proposal]:
    """Those of the ids that the caller's municipality has, by id."""
    found: dict[str, Proposal] = {}
    for ids in chunks(proposal_ids):
        found |= {one.id: one for one in _ask(unit, _own(caller).where(ProposalRow.id.in_(ids)))}
    return found


def to_review(unit: Unit, caller: Caller, on: date) -> tuple[Proposal, ...]:
    """Proposals of citizens who were not able, and whose day to be asked again has come by a day."""
    asked = _own(caller).where(ProposalRow.state == ProposalState.NOT_ABLE_NOW, ProposalRow.review_on <= on)
    return tuple(_ask(unit, asked.order_by(ProposalRow.id)))


def to_begin(unit: Unit, caller: Caller) -> tuple[Proposal, ...]:
    """Proposals that stand accepted and have not begun, as far as is written down."""
    asked = _own(caller).where(ProposalRow.state == ProposalState.ACCEPTED, ProposalRow.began_on.is_(None))
    return tuple(_ask(unit, asked.order_by(ProposalRow.id)))


def proposed_citizens(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> frozenset[str]:
    """Those of the citizens for whom a suggestion is open."""
    found: set[str] = set()
    for ids in chunks(citizen_ids):
        asked = select(ProposalRow.citizen_id).where(
            ProposalRow.municipality == caller.municipality,
            ProposalRow.citizen_id.in_(ids),
            ProposalRow.state.in_(OPEN_PROPOSALS),
        )
        found.update(unit.session.scalars(asked))
    return frozenset(found)


def pending_citizens(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> frozenset[str]:
    """Those of the citizens with a suggestion that waits for an answer, or with a yes that has not begun."""
    is_to_begin = (ProposalRow.state == ProposalState.ACCEPTED) & ProposalRow.began_on.is_(None)
    found: set[str] = set()
    for ids in chunks(citizen_ids):
        asked = select(ProposalRow.citizen_id).where(
            ProposalRow.municipality == caller.municipality,
            ProposalRow.citizen_id.in_(ids),
            ProposalRow.state.in_(OPEN_PROPOSALS) | is_to_begin,
        )
        found.update(unit.session.scalars(asked))
    return frozenset(found)


def standing_of(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> tuple[Proposal, ...]:
    """What waits for an answer or was answered by a yes, of the citizens; oldest first."""
    states = (*OPEN_PROPOSALS, ProposalState.ACCEPTED)
    found: list[Proposal] = []
    for ids in chunks(citizen_ids):
        theirs = ProposalRow.citizen_id.in_(ids), ProposalRow.state.in_(states)
        found += _ask(unit, _own(caller).where(*theirs).order_by(ProposalRow.id))
    return tuple(found)


def open_orders_of(unit: Unit, caller: Caller, citizen_id: str) -> frozenset[str]:
    """The job orders for which an open suggestion of a citizen waits for its answer."""
    return _orders_of(unit, caller, OPEN_PROPOSALS, citizen_id).get(citizen_id, frozenset())


def open_orders(unit: Unit, caller: Caller) -> dict[str, frozenset[str]]:
    """The same for every citizen of the municipality who has one, by the citizen's id."""
    return _orders_of(unit, caller, OPEN_PROPOSALS)


def accepted_orders_of(unit: Unit, caller: Caller, citizen_id: str) -> frozenset[str]:
    """The job orders to which a citizen has said yes, begun or not: they are not offered again."""
    return _orders_of(unit, caller, _YES, citizen_id).get(citizen_id, frozenset())


def accepted_orders(unit: Unit, caller: Caller) -> dict[str, frozenset[str]]:
    """The same for every citizen of the municipality who has one, by the citizen's id."""
    return _orders_of(unit, caller, _YES)


def open_ids(unit: Unit, caller: Caller) -> tuple[str, ...]:
    """Every open suggestion of the municipality: what each pair's own price is reckoned without."""
    asked = select(ProposalRow.id).where(
        ProposalRow.municipality == caller.municipality, ProposalRow.state.in_(OPEN_PROPOSALS)
    )
    return tuple(unit.session.scalars(asked.order_by(ProposalRow.id)))


def open_for(unit: Unit, caller: Caller, order_id: str) -> int:
    """How many suggestions for a job order are not answered yet."""
    asked = select(func.count()).where(
        ProposalRow.municipality == caller.municipality,
        ProposalRow.order_id == order_id,
        ProposalRow.state.in_(OPEN_PROPOSALS),
    )
    return unit.session.scalar(asked) or 0


def taken_since(unit: Unit, caller: Caller, order_id: str, at: datetime) -> int:
    """How many places of a job order were taken after a moment, less those that were given back."""
    theirs = select(ProposalRow.id).where(
        ProposalRow.municipality == caller.municipality, ProposalRow.order_id == order_id
    )
    asked = select(ProposalMoveRow.before, ProposalMoveRow.after).where(
        ProposalMoveRow.municipality == caller.municipality,
        ProposalMoveRow.record_id.in_(theirs),
        ProposalMoveRow.at > at,
    )
    yes = ProposalState.ACCEPTED
    return sum((after == yes) - (before == yes) for before, after in unit.session.execute(asked))


def accepted(unit: Unit, caller: Caller) -> dict[str, int]:
    """How many suggestions of each of the municipality's job orders were accepted; none is left out."""
    asked = select(ProposalRow.order_id, func.count()).where(
        ProposalRow.municipality == caller.municipality, ProposalRow.state == ProposalState.ACCEPTED
    )
    return {order_id: count for order_id, count in unit.session.execute(asked.group_by(ProposalRow.order_id))}


def add(unit: Unit, caller: Caller, proposal: Proposal) -> Proposal:
    """Keep a new proposal and begin its log; raises `Duplicate` when the pair has an open one."""
    if proposal.municipality != caller.municipality:
        raise Missing("proposal", proposal.id)
    fresh = replace(proposal, updated_at=unit.at)
    unit.session.execute(insert(ProposalRow), [_columns(unit, fresh)])
    moves.keep(unit, caller, moves.OF_PROPOSALS, fresh.id, None, fresh.state)
    return fresh


def move(
    unit: Unit, caller: Caller, before: Proposal, after: Proposal, cause: str = "", note: str = ""
) -> Proposal:
    """Put `after` in the place of `before` with a line in its log; raises `NotFromHere`.

    A proposal that somebody else has moved in the meantime is refused the same way.
    """
    require_proposal_move(before.state, after.state)
    return _put(unit, caller, before, after, cause, note)


def step(unit: Unit, caller: Caller, before: Proposal, after: Proposal, cause: str, note: str) -> Proposal:
    """Keep what has come of a proposal that stays in its state, with a line in its log; raises as `move`."""
    return _put(unit, caller, before, after, cause, note)


def take_back(unit: Unit, caller: Caller, before: Proposal, after: Proposal, note: str = "") -> Proposal:
    """The same for a move that was a mistake: `after` is how the proposal stood before it."""
    require_taking_back(before.state, after.state)
    return _put(unit, caller, before, after, TAKEN_BACK, note)


def _put(unit: Unit, caller: Caller, before: Proposal, after: Proposal, cause: str, note: str) -> Proposal:
    fresh = replace(after, updated_at=unit.at)
    theirs = (
        ProposalRow.municipality == caller.municipality,
        ProposalRow.id == before.id,
        ProposalRow.state == before.state,
    )
    if unit.change(update(ProposalRow).where(*theirs).values(_columns(unit, fresh))) == 0:
        current = find(unit, caller, before.id)
        if current is None:
            raise Missing("proposal", before.id)
        raise NotFromHere(current.state, after.state, frozenset())
    moves.keep(unit, caller, moves.OF_PROPOSALS, fresh.id, before.state, fresh.state, cause, note)
    return fresh


def hand(unit: Unit, caller: Caller, proposal: Proposal, user_id: str, cause: str) -> None:
    """Let a proposal stand on somebody's desk, with a line in its log. Its version stays."""
    theirs = (ProposalRow.municipality == caller.municipality, ProposalRow.id == proposal.id)
    taken_by = "" if user_id == proposal.created_by else user_id
    unit.change(update(ProposalRow).where(*theirs).values(taken_by=taken_by))
    moves.keep(unit, caller, moves.OF_PROPOSALS, proposal.id, proposal.state, proposal.state, cause)


def reckon_from(unit: Unit, caller: Caller, order_id: str, before: datetime, after: datetime) -> None:
    """Reckon the deadlines of an order's suggestions from `after` where they were reckoned from `before`.

    Nobody has moved them: their state, version and log stay as they are.
    """
    theirs = (
        ProposalRow.municipality == caller.municipality,
        ProposalRow.order_id == order_id,
        ProposalRow.clock_from == before,
    )
    unit.change(update(ProposalRow).where(*theirs).values(clock_from=after))


_YES = (ProposalState.ACCEPTED,)


def _orders_of(
    unit: Unit, caller: Caller, states: Iterable[ProposalState], citizen_id: str | None = None
) -> dict[str, frozenset[str]]:
    asked = select(ProposalRow.citizen_id, ProposalRow.order_id).where(
        ProposalRow.municipality == caller.municipality, ProposalRow.state.in_(tuple(states))
    )
    if citizen_id is not None:
        asked = asked.where(ProposalRow.citizen_id == citizen_id)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for whose, order_id in unit.session.execute(asked):
        found[whose].add(order_id)
    return {whose: frozenset(orders) for whose, orders in found.items()}


def _own(caller: Caller) -> Select[ProposalRow]:
    return select(ProposalRow).where(ProposalRow.municipality == caller.municipality)


def _ask(unit: Unit, asked: Select[ProposalRow]) -> list[Proposal]:
    return [_record(unit, row) for row in unit.session.scalars(asked)]


_FORMER = TypeAdapter(Former)
_PLAIN = tuple(item.name for item in fields(Proposal) if item.name not in ("note", "former"))


def _record(unit: Unit, row: ProposalRow) -> Proposal:
    note = unit.keys.open(row.note, ProposalRow.note, row.municipality, row.id)
    former = _FORMER.validate_python(row.former) if row.former else None
    return Proposal(note=note, former=former, **{name: getattr(row, name) for name in _PLAIN})


def _columns(unit: Unit, proposal: Proposal) -> dict[str, Any]:
    note = unit.keys.seal(proposal.note, ProposalRow.note, proposal.municipality, proposal.id)
    former = proposal.former and _FORMER.dump_python(proposal.former, mode="json")
    return {"note": note, "former": former, **{name: getattr(proposal, name) for name in _PLAIN}}
