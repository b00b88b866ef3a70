"""What rankings of a municipality stand on, kept in memory: its catalogues, its policy, its citizens."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from api.casework import failures, people
from api.casework.following import Changed, Following
from api.casework.latest import Latest
from api.casework.municipalities import caller_at
from api.casework.people import People
from api.casework.prospecting import Calls, Footing, calls_on
from api.casework.supply import Supply
from api.domain.caller import Caller
from api.domain.failed_work import Work
from api.domain.openness import Openness
from api.domain.records import RecordKind
from api.domain.working_days import day_of
from api.store import (
    Store,
    Unit,
    contact_days,
    employer_answers,
    employers,
    job_orders,
    municipalities,
    policies,
)
from matching import Policy

FEW = 3
"""So many municipalities are an office of its own, or the example; of a whole country few are asked for."""


@dataclass(frozen=True)
class Kept:
    """What of a municipality can be ranked, at one change number, and by which numbers.

    The supply stays the same object while only others change. What employers have answered is aged to the
    day of the unit that asked, so that the first to ask on a new day has it aged, once.
    """

    seq: int
    policy: Policy
    supply: Supply

    def as_of(self, on: date) -> "Kept":
        """The same with the employers' answers aged to another day; later ones were not known then."""
        return replace(self, supply=self.supply.as_of(on, self.policy.half_life_months))


class Catalogues:
    """Catalogues and citizens of all municipalities asked for, shared by the threads of one process."""

    def __init__(self) -> None:
        """Nothing is built before it is asked for."""
        self._kept = Following(_read, _followed, _of_an_earlier_day)
        self._people = Following(people.read, people.followed)
        self._calls = Latest(calls_on)

    def of(self, unit: Unit, caller: Caller) -> Kept:
        """The catalogues of the caller's municipality, as of the last change that `unit` can see or later."""
        return self._kept.of(unit, caller)

    def read_ahead(self, store: Store) -> None:
        """Build the catalogues of a few municipalities before somebody asks; of many, none is.

        One that fails is kept for who coordinates, and keeps none of the others from being built.
        """
        with store.unit(read_only=True) as unit:
            codes = [each.code for each in municipalities.all_of(unit)]
        for code in codes if len(codes) <= FEW else ():
            self._read_one_ahead(store, caller_at(code))

    def _read_one_ahead(self, store: Store, caller: Caller) -> None:
        try:
            with store.unit(read_only=True) as unit:
                self.of(unit, caller)
        except Exception as fault:
            failures.note(store, caller, Work.CATALOGUES, fault)
        else:
            failures.works(store, caller, Work.CATALOGUES)

    def people(self, unit: Unit, caller: Caller) -> People:
        """The citizens of the caller's municipality who want work, as of the same."""
        return self._people.of(unit, caller)

    def calls_on(self, caller: Caller, footing: Footing) -> Calls:
        """The calls of the caller's municipality that stand on `footing`, reckoned again only on another."""
        return self._calls.of(caller.municipality, footing)


def _read(unit: Unit, caller: Caller, seq: int) -> Kept:
    code = caller.municipality
    policy = _policy(unit, code)
    answers = employer_answers.of(unit, code)
    openness = Openness.reckoned(answers, day_of(unit.at), policy.half_life_months)
    supply = Supply.of(
        employers.all_of(unit, code), job_orders.open_of(unit, code), contact_days.of(unit, code), openness
    )
    return Kept(seq, policy, supply)


def _followed(unit: Unit, caller: Caller, seq: int, kept: Kept, changed: Changed) -> Kept:
    code, supply = caller.municipality, kept.supply
    # citizens, centres and policies change all day, and no catalogue holds any of them
    if changed[RecordKind.EMPLOYER] or changed[RecordKind.JOB_ORDER]:
        met = employers.some(unit, caller, changed[RecordKind.EMPLOYER])
        orders = job_orders.some(unit, caller, changed[RecordKind.JOB_ORDER])
        # with a list that is taken back, they go
        gone = (changed[RecordKind.EMPLOYER] - met.keys()) | (changed[RecordKind.JOB_ORDER] - orders.keys())
        # what comes of a proposal or a return is a change of its order
        answered = met.keys() | supply.employers_of(orders, gone)
        answers = employer_answers.of(unit, code, answered)
        supply = supply.followed(met, orders, contact_days.of(unit, code, met), answers, gone)
    day = max(day_of(unit.at), supply.openness.on)
    return Kept(seq, _policy(unit, code), supply).as_of(day)


def _of_an_earlier_day(unit: Unit, kept: Kept) -> bool:
    return kept.supply.openness.on < day_of(unit.at)


def _policy(unit: Unit, municipality: str) -> Policy:
    adopted = policies.current(unit, municipality)
    return _read_policy(adopted.text) if adopted else Policy.default()


@lru_cache(maxsize=100)
def _read_policy(text: str) -> Policy:
    return Policy.from_toml(text)
