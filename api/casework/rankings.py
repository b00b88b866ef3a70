"""Shortlists and candidates: who may see them, what is written down, and on which state they stand.

The audit row names the versions of citizen, policy and code and the change number of the catalogue, and is
committed before anything is ranked: no audit, no data, and a past list can be replayed.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.access import audit
from api.access.masking import initials
from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues, Kept
from api.casework.clocks import Clock, clock_of
from api.casework.code_version import code_version
from api.casework.practices import practice_of
from api.casework.starts import Starts, anchors_of, citizen_of, starts_of
from api.casework.supply import Kind, ranked_order
from api.domain.caller import Caller
from api.domain.practice import CandidateOrder
from api.domain.proposals import Proposal
from api.domain.records import ChainLink, CitizenRecord, EmployerRecord, JobOrderRecord
from api.store import Store, Unit, citizens, new_id, proposals
from api.store.errors import Missing
from geo import Mode
from matching import CandidateList, Citizen, Ledger, Shortlist, candidates, shortlist
from matching.prospects import Prospect
from matching.standing import Group


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: how many, of which kind, and how the citizen would travel this time."""

    kind: Kind = Kind.JOB_ORDERS
    k: int = 20
    mode: Mode | None = None
    max_minutes: float | None = None
    ranked: bool = True


@dataclass(frozen=True, kw_only=True)
class ShortlistFound:
    """A shortlist with the state it stands on; `employer_names` names the employers of the orders.

    `prospects` holds the employers of a shortlist of employers, by id.
    """

    list_id: str
    at: datetime
    kind: Kind
    ranked: bool
    k: int
    citizen_id: str
    citizen_name: str
    policy: str
    silent_employers: int
    employer_names: Mapping[str, str]
    prospects: Mapping[str, Prospect]
    found: Shortlist


@dataclass(frozen=True, kw_only=True)
class CandidatesFound:
    """Candidates with the state they stand on; `names` and `chains` hold those open to the caller only.

    `by` is the order they are shown in. `clock` says until when a citizen has to be contacted. `unranked` are
    citizens who want work and object to being ranked, `suggested` the open suggestions for this order, by
    citizen. `not_able_now` counts those who are ready again at a later day.
    """

    list_id: str
    at: datetime
    ranked: bool
    by: CandidateOrder
    k: int
    policy: str
    clock: Clock
    employer_name: str
    initials: Mapping[str, str]
    names: Mapping[str, str]
    chains: Mapping[str, Sequence[ChainLink]]
    versions: Mapping[str, int]
    waiting_since: Mapping[str, date | None]
    suggested: Mapping[str, Proposal]
    unranked: tuple[str, ...]
    not_able_now: int
    without_place: int
    found: CandidateList


def for_citizen(
    store: Store, kept_in: Catalogues, caller: Caller, citizen_id: str, wanted: Wanted, on: date
) -> ShortlistFound:
    """The shortlist of a citizen; raises as `citizens.opened` does."""
    kept = kept_now(store, kept_in, caller)
    with store.unit() as unit:
        record = citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
        person = citizen_of(record, starts_of(unit, caller.municipality))
        list_id, at = new_id(), unit.at
        stood_on = {**state_of(kept), "citizen_version": record.version}
        details = {**stood_on, "kind": str(wanted.kind), "k": wanted.k}
        audit.record(unit, caller, "shortlist_read", citizen_id=record.id, subject=list_id, details=details)
        unit.commit()
    catalogue = kept.supply.catalogue_for(person, wanted.kind)
    k = wanted.k if wanted.ranked else len(catalogue)
    return ShortlistFound(
        list_id=list_id,
        at=at,
        kind=wanted.kind,
        ranked=wanted.ranked,
        k=wanted.k,
        citizen_id=record.id,
        citizen_name=record.name,
        policy=kept.policy.version,
        silent_employers=kept.supply.silent_employers,
        employer_names=kept.supply.employer_names,
        prospects=kept.supply.prospects if wanted.kind is Kind.EMPLOYERS else {},
        found=shortlist(_travelling(person, wanted), catalogue, k, on, kept.policy),
    )


def for_order(
    store: Store, kept_in: Catalogues, caller: Caller, order_id: str, k: int, ranked: bool, on: date
) -> CandidatesFound:
    """The candidates of a job order among the municipality's citizens who are ready.

    One audit row for the list and one for each citizen it shows, all of them before the answer.
    """
    # everybody is read before the audit row is written, so that reading them holds no writer up
    with store.unit(read_only=True) as unit:
        kept = kept_in.of(unit, caller)
        order = orders_desk.read(unit, caller, order_id)
        considered = _consider(unit, caller, order)
    with store.unit() as unit:
        _write_down_considered(unit, caller, kept, considered, k)
        unit.commit()
    result = _rank(considered, kept, k, ranked, on)
    with store.unit() as unit:
        _write_down_shown(unit, caller, result)
        unit.commit()
    return result


def ranked_in(
    unit: Unit,
    caller: Caller,
    kept: Kept,
    order: JobOrderRecord,
    k: int,
    on: date,
    without: Set[str] = frozenset(),
) -> CandidatesFound:
    """The same for an order that this unit has changed, within it; `without` names who is left out.

    `kept` is asked for its policy only, so that nothing uncommitted gets into a catalogue.
    """
    considered = _consider(unit, caller, order, without)
    _write_down_considered(unit, caller, kept, considered, k)
    result = _rank(considered, kept, k, True, on)
    _write_down_shown(unit, caller, result)
    return result


@dataclass(frozen=True, kw_only=True)
class _Considered:
    list_id: str
    at: datetime
    order: JobOrderRecord
    employer: EmployerRecord
    people: Sequence[CitizenRecord]
    starts: Starts
    open_ids: Set[str]
    suggested: Mapping[str, Proposal]
    not_able_now: int
    clock: Clock
    by: CandidateOrder


def _consider(
    unit: Unit, caller: Caller, order: JobOrderRecord, without: Set[str] = frozenset()
) -> _Considered:
    """Everything that a list of candidates stands on."""
    people = [record for record in citizens.willing(unit, caller) if record.id not in without]
    return _Considered(
        list_id=new_id(),
        at=unit.at,
        order=order,
        employer=employers_desk.read(unit, caller, order.employer_id),
        people=people,
        starts=starts_of(unit, caller.municipality),
        open_ids=citizens.open_to(unit, caller, [record.id for record in people]),
        suggested={one.citizen_id: one for one in proposals.of_order(unit, caller, order.id) if one.is_open},
        not_able_now=citizens.not_able_now(unit, caller),
        clock=clock_of(unit, caller, order),
        by=practice_of(unit, caller.municipality).candidates_by,
    )


def _write_down_considered(unit: Unit, caller: Caller, kept: Kept, found: _Considered, k: int) -> None:
    details = {
        **state_of(kept),
        "order_version": found.order.version,
        "considered": len(found.people),
        "k": k,
    }
    details |= {"list": found.list_id, "by": str(found.by)}
    audit.record(unit, caller, "candidates_read", subject=found.order.id, details=details)


def _rank(considered: _Considered, kept: Kept, k: int, ranked: bool, on: date) -> CandidatesFound:
    ranking = [record for record in considered.people if not record.objects_to_ranking]
    objecting = [record for record in considered.people if record.objects_to_ranking]
    anchors = {record.id: anchors_of(record, considered.starts) for record in ranking}
    placed = [record for record in ranking if anchors[record.id]]
    persons = [
        Citizen.of(record.id, anchors[record.id], record.needs, record.waiting_since) for record in placed
    ]
    by_score = ranked and considered.by is CandidateOrder.SCORE
    told = [*placed, *objecting]
    named = [record for record in told if record.id in considered.open_ids]
    order = ranked_order(considered.order, considered.employer)
    return CandidatesFound(
        list_id=considered.list_id,
        at=considered.at,
        ranked=ranked,
        by=considered.by,
        k=k,
        policy=kept.policy.version,
        clock=considered.clock,
        employer_name=considered.employer.name,
        initials={record.id: initials(record.name) for record in told},
        names={record.id: record.name for record in named},
        chains={record.id: record.chain for record in named},
        versions={record.id: record.version for record in told},
        waiting_since={record.id: record.waiting_since for record in told},
        suggested=considered.suggested,
        unranked=tuple(record.id for record in sorted(objecting, key=_longest_waiting)[:k]),
        not_able_now=considered.not_able_now,
        without_place=len(ranking) - len(placed),
        found=candidates(order, persons, k if by_score else len(persons), on, kept.policy),
    )


def explained(
    store: Store, kept_in: Catalogues, caller: Caller, citizen_id: str, other_id: str, on: date, language: str
) -> Ledger:
    """Why one pair stands where it stands; `other_id` is a job order or an employer of the municipality.

    Raises as `citizens.opened` does, and `Missing` for an order that is not open for ranking.
    """
    kept = kept_now(store, kept_in, caller)
    with store.unit() as unit:
        record = citizens_desk.opened(unit, caller, citizen_id, "explanation_read")
        holding = [kind for kind in Kind if other_id in kept.supply.catalogue(kind)]
        if not holding:
            raise Missing("job order", other_id)
        person = citizen_of(record, starts_of(unit, caller.municipality))
        details = {**state_of(kept), "citizen_version": record.version}
        audit.record(
            unit, caller, "explanation_read", citizen_id=record.id, subject=other_id, details=details
        )
        unit.commit()
    catalogue = kept.supply.catalogue_for(person, holding[0])
    return shortlist(person, catalogue, 0, on, kept.policy).explain(other_id, language)


def shown(indices: list[int], result: ShortlistFound | CandidatesFound) -> list[int]:
    """The first k of a list: best first, longest waiting first where the practice says so, or by arrival."""
    ids = result.found.ids
    if not result.ranked:
        return sorted(indices, key=lambda index: ids[index])[: result.k]
    if isinstance(result, CandidatesFound) and result.by is CandidateOrder.WAITING_TIME:
        since = result.waiting_since
        in_order = sorted(indices, key=lambda index: (since[ids[index]] or date.max, ids[index]))
        return in_order[: result.k]
    return indices[: result.k]


def _longest_waiting(record: CitizenRecord) -> tuple[date, str]:
    return record.waiting_since or date.max, record.id


def _write_down_shown(unit: Unit, caller: Caller, result: CandidatesFound) -> None:
    found = result.found
    indices = [*shown(found.shown(), result), *found.shown(Group.ASKED)[: result.k]]
    in_full = [name for name in found.excluded[found.key] if name in result.names][: result.k]
    looks = [
        (citizen_id, {"version": result.versions[citizen_id], "masked": citizen_id not in result.names})
        for citizen_id in (*(found.ids[index] for index in indices), *in_full, *result.unranked)
    ]
    audit.record_each(unit, caller, "candidate_shown", looks, subject=result.list_id)


def kept_now(store: Store, kept_in: Catalogues, caller: Caller) -> Kept:
    """What of the caller's municipality can be ranked now."""
    # read before the audit row is written, so that building a catalogue holds no writer up
    with store.unit(read_only=True) as unit:
        return kept_in.of(unit, caller)


def state_of(kept: Kept) -> dict[str, object]:
    """What an audit row says of the state that a list stands on."""
    return {"catalogue_seq": kept.seq, "policy": kept.policy.version, "code": code_version()}


def _travelling(person: Citizen, wanted: Wanted) -> Citizen:
    most = person.max_minutes if wanted.max_minutes is None else wanted.max_minutes
    return replace(person, mode=wanted.mode or person.mode, max_minutes=most)
