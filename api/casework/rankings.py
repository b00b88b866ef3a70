"""Shortlists and candidates: who may see them, what is written down, and on which state they stand.

The audit row names the versions of citizen, policy and code and the change number of the catalogue, and is
committed before anything is ranked: no audit, no data, and a past list can be replayed. It names the open
suggestions too, which cost their own pair nothing.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.access import audit
from api.access.masking import initials
from api.casework import citizens as citizens_desk
from api.casework import job_orders as orders_desk
from api.casework import people
from api.casework import proposals as proposals_desk
from api.casework.catalogues import Catalogues, Kept
from api.casework.clocks import Clock
from api.casework.code_version import code_version
from api.casework.considering import Considered, Ranking, consider, rank
from api.casework.practices import practice_of
from api.casework.proposals import ProposalSeen
from api.casework.starts import citizen_of, starts_of
from api.casework.suggestions import elsewhere
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.domain.practice import CandidateOrder
from api.domain.proposals import Proposal
from api.domain.records import ChainLink, CitizenRecord, JobOrderRecord
from api.store import Store, Unit, citizens, new_id, proposals
from geo import Mode
from matching import CandidateList, Citizen, Shortlist, shortlist
from matching.load import without_own
from matching.prospects import Prospect


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

    `prospects` holds the employers of a shortlist of employers, by id. `resting` are left out of it,
    contacted as often as the practice allows or asking to be left alone, until the day that stands with them.
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
    resting: Mapping[str, date]
    found: Shortlist


@dataclass(frozen=True, kw_only=True)
class CandidatesFound:
    """Candidates with the state they stand on.

    Only citizens who are open to the caller are ranked, asked about, counted or left out: where anybody else
    stands would tell what they need and where they start. `others` are the first of these, longest waiting
    first, `not_open` how many there are. `initials` holds all who are shown, `names` and `chains` the open
    ones. `by` is the order they are shown in. `clock` says until when a citizen has to be contacted.
    `unranked` are citizens who want work and object to being ranked, `left_out` the first that a rule stops,
    `suggested` the open suggestions for this order, by citizen, and `elsewhere` what those who are open are
    suggested for or have said yes to besides. `not_able_now` counts those who are ready
    again at a later day, `without_place` those whose anchors have no known place.
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
    suggested: Mapping[str, Proposal]
    elsewhere: Mapping[str, tuple[ProposalSeen, ...]]
    shown: tuple[int, ...]
    asked: tuple[int, ...]
    unranked: tuple[str, ...]
    left_out: tuple[str, ...]
    others: tuple[str, ...]
    not_open: int
    not_able_now: int
    without_place: int
    found: CandidateList


def for_citizen(
    store: Store, kept_in: Catalogues, caller: Caller, citizen_id: str, wanted: Wanted, on: date
) -> ShortlistFound:
    """The shortlist of a citizen; raises as `citizens.opened` does."""
    kept = kept_now(store, kept_in, caller).as_of(on)
    with store.unit() as unit:
        record = citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
        person = citizen_of(record, starts_of(unit, caller.municipality))
        list_id, at, own = new_id(), unit.at, proposals.open_orders_of(unit, caller, citizen_id)
        has = proposals.accepted_orders_of(unit, caller, citizen_id)
        details = {**stood_on(kept, record, own), "kind": str(wanted.kind), "k": wanted.k}
        details |= {"accepted": sorted(has)} if has else {}
        audit.record(unit, caller, "shortlist_read", citizen_id=record.id, subject=list_id, details=details)
        limit = practice_of(unit, caller.municipality).limit
        unit.commit()
    resting = kept.supply.resting(limit, on) if wanted.kind is Kind.EMPLOYERS else {}
    listed = kept.supply.catalogue_for(person, wanted.kind, without=resting.keys())
    # what somebody has said yes to is theirs, and not offered again
    catalogue = without_own(listed.without_orders([id_ for id_ in has if id_ in listed]), own)
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
        resting=resting,
        found=shortlist(_travelling(person, wanted), catalogue, k, on, kept.policy),
    )


def for_order(
    store: Store,
    kept_in: Catalogues,
    caller: Caller,
    order_id: str,
    k: int,
    ranked: bool,
    on: date,
    *,
    again: bool = True,
) -> CandidatesFound:
    """The candidates of a job order among the municipality's citizens who are ready.

    `again` says whether those who were suggested for it before are among them. One audit row for the list and
    one for each citizen it shows, all of them before the answer.
    """
    # everybody is read before the audit row is written, so that reading them holds no writer up
    with store.unit(read_only=True) as unit:
        kept = kept_in.of(unit, caller).as_of(on)
        order = orders_desk.read(unit, caller, order_id)
        passed = () if again else proposals_desk.suggested_for(unit, caller, order.id)
        everybody = kept_in.people(unit, caller)
        considered = consider(unit, caller, order, everybody, frozenset(one.citizen_id for one in passed))
    with store.unit() as unit:
        _write_down_considered(unit, caller, kept, considered, k)
        unit.commit()
    ranking = rank(considered, kept, k, ranked, on)
    with store.unit() as unit:
        result = _shown(unit, caller, considered, kept, ranking)
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

    `kept` is asked for its policy and for what the employer had answered before, and the citizens are read
    anew, so that nothing uncommitted gets into what is held in memory.
    """
    considered = consider(unit, caller, order, people.read(unit, caller), without)
    _write_down_considered(unit, caller, kept, considered, k)
    return _shown(unit, caller, considered, kept, rank(considered, kept, k, True, on))


def _write_down_considered(unit: Unit, caller: Caller, kept: Kept, found: Considered, k: int) -> None:
    details = {
        **state_of(kept),
        "order_version": found.order.version,
        "considered": len(found.people),
        "k": k,
    }
    # whose pairs are not priced for their own suggestion
    suggested = sorted(found.suggested.keys() & found.open_ids)
    details |= {"list": found.list_id, "by": str(found.by), "suggested": suggested}
    audit.record(unit, caller, "candidates_read", subject=found.order.id, details=details)


def _shown(
    unit: Unit, caller: Caller, considered: Considered, kept: Kept, ranking: Ranking
) -> CandidatesFound:
    """The list with what people are called, read and written down for those who are shown.

    Who was erased while it was ranked is not on it.
    """
    records = citizens.some(unit, caller, ranking.looked_at)
    ranking = ranking.of_those(records.keys())
    looks = [
        (id_, {"version": considered.people[id_].version, "masked": id_ not in considered.open_ids})
        for id_ in ranking.looked_at
    ]
    audit.record_each(unit, caller, "candidate_shown", looks, subject=considered.list_id)
    named = {id_: record for id_, record in records.items() if id_ in considered.open_ids}
    return CandidatesFound(
        list_id=considered.list_id,
        at=considered.at,
        ranked=ranking.ranked,
        by=considered.by,
        k=ranking.k,
        policy=kept.policy.version,
        clock=considered.clock,
        employer_name=considered.employer.name,
        initials={id_: initials(record.name) for id_, record in records.items()},
        names={id_: record.name for id_, record in named.items()},
        chains={id_: record.chain for id_, record in named.items()},
        suggested=considered.suggested,
        elsewhere=elsewhere(unit, caller, named.keys(), considered.order.id),
        shown=ranking.shown,
        asked=ranking.asked,
        unranked=ranking.unranked,
        left_out=ranking.left_out,
        others=ranking.others,
        not_open=len(considered.others),
        not_able_now=considered.not_able_now,
        without_place=ranking.without_place,
        found=ranking.found,
    )


def shown(result: ShortlistFound) -> list[int]:
    """The first k of a shortlist: best first, or without ranking in the order of the ids."""
    indices = result.found.shown()
    return indices if result.ranked else sorted(indices, key=result.found.ids.__getitem__)[: result.k]


def kept_now(store: Store, kept_in: Catalogues, caller: Caller) -> Kept:
    """What of the caller's municipality can be ranked now."""
    # read before the audit row is written, so that building a catalogue holds no writer up
    with store.unit(read_only=True) as unit:
        return kept_in.of(unit, caller)


def state_of(kept: Kept) -> dict[str, object]:
    """What an audit row says of the state that a list stands on."""
    return {"catalogue_seq": kept.seq, "policy": kept.policy.version, "code": code_version()}


def stood_on(kept: Kept, record: CitizenRecord, own: Iterable[str]) -> dict[str, object]:
    """The same of a list of one citizen, whose pairs are not priced for the `own` open suggestions."""
    return {**state_of(kept), "citizen_version": record.version, "own_proposals": sorted(own)}


def _travelling(person: Citizen, wanted: Wanted) -> Citizen:
    most = person.max_minutes if wanted.max_minutes is None else wanted.max_minutes
    return replace(person, mode=wanted.mode or person.mode, max_minutes=most)
