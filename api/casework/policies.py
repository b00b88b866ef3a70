"""Policies compared before one is adopted: whose place would move among those who wait.

Nobody's needs and no reasons are told, only ids, initials and ranks; the audit row says who compared what
over how many citizens, and is committed before anything is ranked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.access import audit
from api.access.masking import initials
from api.casework.catalogues import Catalogues
from api.casework.rankings import kept_now, state_of
from api.casework.starts import anchors_of, citizen_of, starts_of
from api.casework.supply import Kind
from api.domain.caller import Caller
from api.store import Store, citizens, proposals
from matching import Citizen, Policy
from matching.policy_diff import PolicyDiff, diff_policies

Followed = Callable[[Sequence[Citizen]], Iterable[Citizen]]
"""Hands the citizens on one by one, and may tell how far it has come."""


@dataclass(frozen=True, kw_only=True)
class PoliciesCompared:
    """What another policy would change in a municipality; `titles` names the job orders by id.

    `without_place` counts the citizens who are ready, but whose anchors have no known place.
    """

    at: datetime
    diff: PolicyDiff
    initials: Mapping[str, str]
    titles: Mapping[str, str]
    without_place: int


def compare(
    store: Store,
    kept_in: Catalogues,
    caller: Caller,
    old: Policy,
    new: Policy,
    k: int,
    on: date,
    followed: Followed = iter,
) -> PoliciesCompared:
    """Rank the open job orders for every citizen who is ready, under both policies."""
    kept = kept_now(store, kept_in, caller)
    with store.unit() as unit:
        starts = starts_of(unit, caller.municipality)
        ready = citizens.ready(unit, caller)
        placed = [record for record in ready if anchors_of(record, starts)]
        at, own = unit.at, proposals.open_orders(unit, caller)
        compared = {"old": old.version, "new": new.version, "considered": len(placed), "k": k}
        details = {**state_of(kept), **compared, "open_proposals": proposals.open_ids(unit, caller)}
        audit.record(unit, caller, "policies_compared", details=details)
        unit.commit()
    people = [citizen_of(record, starts) for record in placed]
    catalogue, aged_anew = (
        kept.supply.as_of(on, policy.half_life_months).catalogue(Kind.JOB_ORDERS) for policy in (old, new)
    )
    return PoliciesCompared(
        at=at,
        diff=diff_policies(followed(people), catalogue, k, on, old, new, aged_anew, own=own),
        initials={record.id: initials(record.name) for record in placed},
        titles=dict(zip(catalogue.ids, catalogue.titles, strict=True)),
        without_place=len(ready) - len(placed),
    )
