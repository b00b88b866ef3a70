"""Shortlists and candidates: who may see them, what is written down, and on which state they stand.

The audit row names the versions of citizen, policy and code and the change number of the catalogue, and is
committed before anything is ranked: no audit, no data, and a past list can be replayed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from api.access import audit
from api.access.masking import initials
from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues, Kept, Kind, ranked_order
from api.casework.code_version import code_version
from api.domain.caller import Caller
from api.domain.records import CitizenRecord
from api.store import Store, Unit, centres, citizens, new_id
from api.store.errors import Missing
from geo import Gazetteer, Mode
from matching import Anchor, CandidateList, Citizen, Ledger, Shortlist, candidates, shortlist
from matching.search import Group
from matching.vocabulary import AnchorKind


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
    """A shortlist with the state it stands on; `employer_names` names the employers of the orders."""

    list_id: str
    at: datetime
    kind: Kind
    ranked: bool
    k: int
    citizen_id: str
    policy: str
    silent_employers: int
    employer_names: Mapping[str, str]
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
    kept = _kept(store, kept_in, caller)
    with store.unit() as unit:
        record = citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
        person = _citizen(record, _places(unit, caller.municipality))
        list_id, at = new_id(), unit.at
        details = {**_state(kept), "citizen_version": record.version, "kind": str(wanted.kind), "k": wanted.k}
        audit.record(unit, caller, "shortlist_read", citizen_id=record.id, subject=list_id, details=details)
        unit.commit()
    catalogue = kept.catalogue(wanted.kind)
    k = wanted.k if wanted.ranked else len(catalogue)
    return ShortlistFound(
        list_id=list_id,
        at=at,
        kind=wanted.kind,
        ranked=wanted.ranked,
        k=wanted.k,
        citizen_id=record.id,
        policy=kept.policy.version,
        silent_employers=kept.silent_employers,
        employer_names=kept.employer_names,
        found=shortlist(_travelling(person, wanted), catalogue, k, on, kept.policy),
    )


def for_order(
    store: Store, kept_in: Catalogues, caller: Caller, order_id: str, k: int, ranked: bool, on: date
) -> CandidatesFound:
    """The candidates of a job order among the municipality's citizens who are ready.

    One audit row for the list and one for each citizen it shows, all of them before the answer.
    """
    kept = _kept(store, kept_in, caller)
    with store.unit() as unit:
        order = orders_desk.read(unit, caller, order_id)
        employer = employers_desk.read(unit, caller, order.employer_id)
        people = citizens.ready(unit, caller)
        places = _places(unit, caller.municipality)
        open_ids = citizens.open_to(unit, caller, [record.id for record in people])
        list_id, at = new_id(), unit.at
        details = {**_state(kept), "order_version": order.version, "considered": len(people), "k": k}
        audit.record(unit, caller, "candidates_read", subject=order.id, details={**details, "list": list_id})
        unit.commit()
    anchors = {record.id: _anchors(record, places) for record in people}
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
    kept = _kept(store, kept_in, caller)
    with store.unit() as unit:
        record = citizens_desk.opened(unit, caller, citizen_id, "explanation_read")
        holding = [catalogue for catalogue in map(kept.catalogue, Kind) if other_id in catalogue]
        if not holding:
            raise Missing("job order", other_id)
        person = _citizen(record, _places(unit, caller.municipality))
        details = {**_state(kept), "citizen_version": record.version}
        audit.record(
            unit, caller, "explanation_read", citizen_id=record.id, subject=other_id, details=details
        )
        unit.commit()
    return shortlist(person, holding[0], 0, on, kept.policy).explain(other_id, language)


def shown(indices: list[int], result: ShortlistFound | CandidatesFound) -> list[int]:
    """The first k of a list: best first, or in the order of arrival where no ranking is wanted."""
    ids = result.found.ids
    in_order = indices if result.ranked else sorted(indices, key=lambda index: ids[index])
    return in_order[: result.k]


def _write_down_shown(store: Store, caller: Caller, result: CandidatesFound) -> None:
    found = result.found
    indices = [*shown(found.shown(), result), *found.shown(Group.ASKED)[: result.k]]
    in_full = [name for name in found.excluded[found.key] if name in result.names][: result.k]
    with store.unit() as unit:
        for citizen_id in (*(found.ids[index] for index in indices), *in_full):
            masked = citizen_id not in result.names
            details = {"version": result.versions[citizen_id], "masked": masked}
            audit.record(
                unit,
                caller,
                "candidate_shown",
                citizen_id=citizen_id,
                subject=result.list_id,
                details=details,
            )
        unit.commit()


def _kept(store: Store, kept_in: Catalogues, caller: Caller) -> Kept:
    # read before the audit row is written, so that building a catalogue holds no writer up
    with store.unit(read_only=True) as unit:
        return kept_in.of(unit, caller)


def _state(kept: Kept) -> dict[str, object]:
    return {"catalogue_seq": kept.seq, "policy": kept.policy.version, "code": code_version()}


def _travelling(person: Citizen, wanted: Wanted) -> Citizen:
    most = person.max_minutes if wanted.max_minutes is None else wanted.max_minutes
    return replace(person, mode=wanted.mode or person.mode, max_minutes=most)


Places = Mapping[str, Anchor]


def _places(unit: Unit, municipality: str) -> Places:
    return {
        centre.id: Anchor(centre.place.point, centre.kind, centre.name)
        for centre in centres.all_of(unit, municipality)
        if centre.place.point
    }


def _citizen(record: CitizenRecord, places: Places) -> Citizen:
    return Citizen.of(record.id, _anchors(record, places), record.needs, record.waiting_since)


def _anchors(record: CitizenRecord, places: Places) -> list[Anchor]:
    """The anchors whose place is known; a centre without a point is no place to start from."""
    known = (
        _district(anchor.postcode or "")
        if anchor.kind is AnchorKind.POSTAL_DISTRICT
        else places.get(anchor.centre_id or "")
        for anchor in record.anchors
    )
    return [place for place in known if place]


@lru_cache(maxsize=2000)
def _district(postcode: str) -> Anchor | None:
    gazetteer = Gazetteer.shipped()
    district = gazetteer.postal_district(postcode)
    if district is None:
        return None
    point, _ = gazetteer.best_point(district)
    return Anchor(point, AnchorKind.POSTAL_DISTRICT, f"{postcode} {district.name}")
