"""The municipality's catalogues, kept in memory and never older than the last change.

Every change that a ranking can feel has a number in the database; what is kept remembers the number it stands
at and first takes in what came after, so that all processes agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from threading import Lock

from api.domain.caller import Caller
from api.domain.records import EmployerRecord, JobOrderRecord, RecordKind
from api.store import Unit, changes, employers, job_orders, policies
from matching import Catalogue, Employer, JobOrder, Needs, Policy
from matching.prospects import Prospect, catalogue_of, open_to

MOST_CHANGES = 500
"""After more changes than this, as after an import, everything is read anew."""


class Kind(StrEnum):
    """What a shortlist is made of."""

    JOB_ORDERS = "job-orders"
    EMPLOYERS = "employers"


@dataclass(frozen=True)
class Supply:
    """The employers and the open orders of a municipality; their catalogues are built when asked for."""

    employers: Mapping[str, EmployerRecord]
    orders: Mapping[str, JobOrderRecord]

    def catalogue(self, kind: Kind) -> Catalogue:
        """The job orders that are open, or the employers without one that may be contacted first."""
        return self._job_orders if kind is Kind.JOB_ORDERS else self._employers

    def catalogue_for(self, citizen: Needs, kind: Kind) -> Catalogue:
        """The same for one citizen: of an employer nothing is asked for that the citizen cannot do."""
        catalogue = self.catalogue(kind)
        return catalogue if kind is Kind.JOB_ORDERS else open_to(catalogue, citizen)

    @cached_property
    def prospects(self) -> dict[str, Prospect]:
        """The employers without an open order that may be contacted first, by id."""
        open_to_contact = (record for record in self._without_order if record.may_be_contacted_first)
        return {record.id: _prospect(record) for record in open_to_contact}

    @cached_property
    def silent_employers(self) -> int:
        """How many employers must not be contacted first: protection is yes or not known, without a basis."""
        return sum(not record.may_be_contacted_first for record in self._without_order)

    @cached_property
    def employer_names(self) -> dict[str, str]:
        """The employers' names, by id."""
        return {record.id: record.name for record in self.employers.values()}

    @cached_property
    def _job_orders(self) -> Catalogue:
        orders = self.orders.values()
        return Catalogue.from_orders(
            ranked_order(order, self.employers[order.employer_id]) for order in orders
        )

    @cached_property
    def _employers(self) -> Catalogue:
        return catalogue_of(self.prospects.values())

    @cached_property
    def _without_order(self) -> list[EmployerRecord]:
        asking = {order.employer_id for order in self.orders.values()}
        return [record for record in self.employers.values() if record.id not in asking]


@dataclass(frozen=True)
class Kept:
    """What of a municipality can be ranked, at one change number, and by which numbers.

    The supply stays the same object, with the catalogues that it has built, while only others change.
    """

    seq: int
    policy: Policy
    supply: Supply


class Catalogues:
    """The catalogues of all municipalities asked for, shared by the threads of one process."""

    def __init__(self) -> None:
        """Nothing is built before it is asked for."""
        self._kept: dict[str, Kept] = {}
        self._lock = Lock()

    def of(self, unit: Unit, caller: Caller) -> Kept:
        """The catalogues of the caller's municipality as of the last change that `unit` can see."""
        code = caller.municipality
        seq, policy = changes.seq(unit, code), _policy(unit, code)
        with self._lock:
            kept = self._kept.get(code)
            if kept is None or kept.seq > seq:
                # a unit may be older than one that another thread has read meanwhile; its own view counts
                kept = _read(unit, code, seq, policy)
            elif kept.seq < seq:
                kept = _followed(unit, caller, kept, seq)
            if kept.policy != policy:
                kept = replace(kept, policy=policy)
            self._kept[code] = kept
        return kept


def _read(unit: Unit, municipality: str, seq: int, policy: Policy) -> Kept:
    supply = Supply(
        employers={record.id: record for record in employers.all_of(unit, municipality)},
        orders={record.id: record for record in job_orders.open_of(unit, municipality)},
    )
    return Kept(seq=seq, policy=policy, supply=supply)


def _followed(unit: Unit, caller: Caller, kept: Kept, seq: int) -> Kept:
    """What is kept with the changes since applied, record by record; anew after very many of them."""
    changed = changes.since(unit, caller.municipality, kept.seq)
    if len(changed) > MOST_CHANGES:
        return _read(unit, caller.municipality, seq, kept.policy)
    ids = {kind: {each.record_id for each in changed if each.kind is kind} for kind in RecordKind}
    if not ids[RecordKind.JOB_ORDER] and not ids[RecordKind.EMPLOYER]:
        # citizens, centres and policies change all day, and no catalogue holds any of them
        return replace(kept, seq=seq)
    told = job_orders.some(unit, caller, ids[RecordKind.JOB_ORDER])
    orders, firms = kept.supply.orders, kept.supply.employers
    before = {id_: order for id_, order in orders.items() if id_ not in ids[RecordKind.JOB_ORDER]}
    again = {id_: order for id_, order in told.items() if order.state in job_orders.RANKED}
    met = employers.some(unit, caller, ids[RecordKind.EMPLOYER])
    return replace(kept, seq=seq, supply=Supply({**firms, **met}, {**before, **again}))


def ranked_order(order: JobOrderRecord, employer: EmployerRecord) -> JobOrder:
    """A job order as a pair sees it: its own answers first, then the employer's."""
    return JobOrder.of(
        order.id,
        _employer(employer),
        order.task,
        title=order.title,
        places=order.places,
        open_proposals=order.open_proposals,
    )


def _prospect(record: EmployerRecord) -> Prospect:
    return Prospect(
        employer=_employer(record),
        code=record.industry_code,
        system=record.industry_system,
        title=record.industry,
    )


def _employer(record: EmployerRecord) -> Employer:
    return Employer(
        id=record.id,
        name=record.name,
        place=record.place.point,
        precision=record.place.precision,
        demands=record.demands,
        supports=record.supports,
    )


def _policy(unit: Unit, municipality: str) -> Policy:
    adopted = policies.current(unit, municipality)
    return _read_policy(adopted.text) if adopted else Policy.default()


@lru_cache(maxsize=100)
def _read_policy(text: str) -> Policy:
    return Policy.from_toml(text)
