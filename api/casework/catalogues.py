"""What rankings of a municipality stand on, kept in memory: its catalogues, its policy, its citizens."""

from dataclasses import dataclass
from functools import lru_cache

from api.casework import people
from api.casework.following import Changed, Following
from api.casework.municipalities import caller_at
from api.casework.people import People
from api.casework.supply import Supply
from api.domain.caller import Caller
from api.domain.records import RecordKind
from api.store import Store, Unit, contacts, employers, job_orders, municipalities, policies
from matching import Policy

FEW = 3
"""So many municipalities are an office of its own, or the example; of a whole country few are asked for."""


@dataclass(frozen=True)
class Kept:
    """What of a municipality can be ranked, at one change number, and by which numbers.

    The supply stays the same object while only others change.
    """

    seq: int
    policy: Policy
    supply: Supply


class Catalogues:
    """Catalogues and citizens of all municipalities asked for, shared by the threads of one process."""

    def __init__(self) -> None:
        """Nothing is built before it is asked for."""
        self._kept = Following(_read, _followed)
        self._people = Following(people.read, people.followed)

    def of(self, unit: Unit, caller: Caller) -> Kept:
        """The catalogues of the caller's municipality, as of the last change that `unit` can see or later."""
        return self._kept.of(unit, caller)

    def read_ahead(self, store: Store) -> None:
        """Build the catalogues of a few municipalities before somebody asks; of many, none is."""
        with store.unit(read_only=True) as unit:
            codes = [each.code for each in municipalities.all_of(unit)]
        for code in codes if len(codes) <= FEW else ():
            with store.unit(read_only=True) as unit:
                self.of(unit, caller_at(code))

    def people(self, unit: Unit, caller: Caller) -> People:
        """The citizens of the caller's municipality who want work, as of the same."""
        return self._people.of(unit, caller)


def _read(unit: Unit, caller: Caller, seq: int) -> Kept:
    code = caller.municipality
    supply = Supply.of(
        employers.all_of(unit, code), job_orders.open_of(unit, code), contacts.days(unit, code)
    )
    return Kept(seq, _policy(unit, code), supply)


def _followed(unit: Unit, caller: Caller, seq: int, kept: Kept, changed: Changed) -> Kept:
    supply = kept.supply
    # citizens, centres and policies change all day, and no catalogue holds any of them
    if changed[RecordKind.EMPLOYER] or changed[RecordKind.JOB_ORDER]:
        met = employers.some(unit, caller, changed[RecordKind.EMPLOYER])
        orders = job_orders.some(unit, caller, changed[RecordKind.JOB_ORDER])
        supply = supply.followed(met, orders, contacts.days(unit, caller.municipality, met))
    return Kept(seq, _policy(unit, caller.municipality), supply)


def _policy(unit: Unit, municipality: str) -> Policy:
    adopted = policies.current(unit, municipality)
    return _read_policy(adopted.text) if adopted else Policy.default()


@lru_cache(maxsize=100)
def _read_policy(text: str) -> Policy:
    return Policy.from_toml(text)
