"""Shortlists and candidates: who may see them, what is written down, and on which state they stand.

The audit row names the versions of citizen, policy and code and the change number of the catalogue, and is
committed before anything is ranked: no audit, no data, and a past list can be replayed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.access import audit
from api.access.masking import initials
from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues, Kept
from api.casework.code_version import code_version
from api.casework.starts import anchors_of, citizen_of, starts_of
from api.casework.supply import Kind, ranked_order
from api.domain.caller import Caller
from api.store import Store, citizens, new_id
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
    policy: str
    silent_employers: int
    employer_names: Mapping[str, str]
    prospects: Mapping[str, Prospect]
    found: Shortlist


@dataclass(frozen=True, kw_only=True)
class CandidatesFound:
    """Candidates with the state they stand on; `names` holds the names of those open to the caller only."""

    list_id: str
    at: datetime
    ranked: bool
    k: int
    policy: str
    employer_name: str
    initials: Mapping[str, str]
    names: Mapping[str, str]
    versions: Mapping[str, int]
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
        employer = employers_desk.read(unit, caller, order.employer_id)
        people = citizens.ready(unit, caller)
        starts = starts_of(unit, caller.municipality)
        open_ids = citizens.open_to(unit, caller, [record.id for record in people])
    with store.unit() as unit:
        list_id, at = new_id(), unit.at
        details = {**state_of(kept), "order_version": order.version, "considered": len(people), "k": k}
        audit.record(unit, caller, "candidates_read", subject=order.id, details={**details, "list": list_id})
        unit.commit()
    anchors = {record.id: anchors_of(record, starts) for record in people}
    placed = [record for record in people if anchors[record.id]]
    persons = [
        Citizen.of(record.id, anchors[record.id], record.needs, record.waiting_since) for record in placed
    ]
    length = k if ranked else len(persons)
    result = CandidatesFound(
        list_id=list_id,
        at=at,
        ranked=ranked,
        k=k,
        policy=kept.policy.version,
        employer_name=employer.name,
        initials={record.id: initials(record.name) for record in placed},
        names={record.id: record.name for record in placed if record.id in open_ids},
        versions={record.id: record.version for record in placed},
        without_place=len(people) - len(placed),
        found=candidates(ranked_order(order, employer), persons, length, on, kept.policy),
    )
    _write_down_shown(store, caller, result)
    return result


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
    """The first k of a list: best first, or in the order of arrival where no ranking is wanted."""
    ids = result.found.ids
    in_order = indices if result.ranked else sorted(indices, key=lambda index: ids[index])
    return in_order[: result.k]


def _write_down_shown(store: Store, caller: Caller, result: CandidatesFound) -> None:
    found = result.found
    indices = [*shown(found.shown(), result), *found.shown(Group.ASKED)[: result.k]]
    in_full = [name for name in found.excluded[found.key] if name in result.names][: result.k]
    looks = [
        (citizen_id, {"version": result.versions[citizen_id], "masked": citizen_id not in result.names})
        for citizen_id in (*(found.ids[index] for index in indices), *in_full)
    ]
    with store.unit() as unit:
        audit.record_each(unit, caller, "candidate_shown", looks, subject=result.list_id)
        unit.commit()


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
