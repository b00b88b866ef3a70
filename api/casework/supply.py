"""What of a municipality can be ranked, as it is held in memory; a change is applied to it, not read anew."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from api.domain.contacts import ContactDays, ContactLimit
from api.domain.openness import NEW, Given, History, Openness
from api.domain.records import EmployerRecord, JobOrderRecord
from api.store import job_orders
from matching import Catalogue, Employer, JobOrder, Needs
from matching.prospects import Prospect, catalogue_of, open_to

_Held = TypeVar("_Held")


class Kind(StrEnum):
    """What a shortlist is made of."""

    JOB_ORDERS = "job-orders"
    EMPLOYERS = "employers"


_NO_DAYS: Mapping[str, ContactDays] = MappingProxyType({})
_NO_ANSWERS: Mapping[str, tuple[Given, ...]] = MappingProxyType({})
# of no answers, nothing is halved
_NOBODY_ANSWERED = Openness.reckoned(_NO_ANSWERS, on=date.min, half_life_months=1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Supply:
    """The employers and the open job orders of a municipality, and their catalogues.

    `prospects` are the employers without an open order that may be contacted first, by id. `contacts` are
    the days that count against the limit of contacts; an employer without any has none here. The orders and
    prospects of the catalogues carry what their employers have answered, as old as `openness` says.
    """

    employers: Mapping[str, EmployerRecord]
    orders: Mapping[str, JobOrderRecord]
    prospects: Mapping[str, Prospect]
    catalogues: Mapping[Kind, Catalogue]
    contacts: Mapping[str, ContactDays]
    openness: Openness = _NOBODY_ANSWERED

    @classmethod
    def of(
        cls,
        employers: Iterable[EmployerRecord],
        orders: Iterable[JobOrderRecord],
        contacts: Mapping[str, ContactDays] = _NO_DAYS,
        openness: Openness = _NOBODY_ANSWERED,
    ) -> "Supply":
        """Everything built at once; `orders` are those that can be suggested now."""
        firms, asked = {each.id: each for each in employers}, {each.id: each for each in orders}
        asking = {order.employer_id for order in asked.values()}
        others = (firm for firm in firms.values() if firm.id not in asking)
        prospects = {firm.id: found for firm in others if (found := _prospect(firm, openness.of(firm.id)))}
        ranked = (
            ranked_order(order, firms[order.employer_id], openness.of(order.employer_id))
            for order in asked.values()
        )
        return cls(
            employers=firms,
            orders=asked,
            prospects=prospects,
            catalogues={
                Kind.JOB_ORDERS: Catalogue.from_orders(ranked),
                Kind.EMPLOYERS: catalogue_of(prospects.values()),
            },
            contacts=_counting(firms, contacts),
            openness=openness,
        )

    def followed(
        self,
        employers: Mapping[str, EmployerRecord],
        orders: Mapping[str, JobOrderRecord],
        contacts: Mapping[str, ContactDays] = _NO_DAYS,
        answers: Mapping[str, tuple[Given, ...]] = _NO_ANSWERS,
        gone: Set[str] = frozenset(),
    ) -> "Supply":
        """The same after some employers and orders became what is given here, whatever their state.

        `contacts` are all days of these employers, `answers` all answers of these and of the orders' own.
        `gone` are the ids of employers and orders that are there no more.

        Gives the lists that `of` would give, and touches nothing but what hangs on these records: the orders
        of those employers, and the employers of those orders, who may be prospects from now on or no longer.
        """
        met = self.employers_of(orders, gone) | employers.keys() | (gone & self.employers.keys())
        openness = self.openness.followed(met, answers)
        another = employers.keys() | {id_ for id_ in met if openness.of(id_) != self.openness.of(id_)}
        others = {id_: each for id_, each in self.contacts.items() if id_ not in employers}
        told = replace(
            self,
            employers=_without({**self.employers, **employers}, gone),
            orders=_without(_taken_up(self.orders, orders), gone),
            contacts=_without({**others, **_counting(employers, contacts)}, gone),
            openness=openness,
        )
        return told._listed_anew(met, another, orders.keys() | gone)

    def _listed_anew(self, met: Set[str], another: Set[str], changed: Set[str]) -> "Supply":
        """The same with the lists brought up to what is known now.

        `met` are the employers of whom something has changed, `another` those whose orders rank otherwise,
        `changed` the orders that are others or gone.
        """
        theirs = {id_: order for id_, order in self.orders.items() if order.employer_id in met}
        asking = {order.employer_id for order in theirs.values()}
        touched = changed | {id_ for id_, order in theirs.items() if order.employer_id in another}
        ranked = {id_: self._ranked(id_) for id_ in touched}
        told = {
            id_: None if id_ in asking or not firm else _prospect(firm, self.openness.of(id_))
            for id_, firm in ((id_, self.employers.get(id_)) for id_ in met)
        }
        first = {id_: each.to_order() if each else None for id_, each in told.items()}
        return replace(
            self,
            prospects={id_: each for id_, each in {**self.prospects, **told}.items() if each},
            catalogues={
                Kind.JOB_ORDERS: _brought_up(self.catalogue(Kind.JOB_ORDERS), ranked),
                Kind.EMPLOYERS: _brought_up(self.catalogue(Kind.EMPLOYERS), first),
            },
        )

    def _ranked(self, order_id: str) -> JobOrder | None:
        """An order as its pairs see it now; None for one that cannot be suggested."""
        order = self.orders.get(order_id)
        if order is None:
            return None
        return ranked_order(order, self.employers[order.employer_id], self.openness.of(order.employer_id))

    def employers_of(self, orders: Mapping[str, JobOrderRecord], gone: Set[str] = frozenset()) -> Set[str]:
        """The employers of some orders as they are given here, and as they and those `gone` were before."""
        before = (self.orders[id_] for id_ in (orders.keys() | gone) & self.orders.keys())
        return {order.employer_id for order in (*before, *orders.values())}

    def as_of(self, on: date, half_life_months: float) -> "Supply":
        """The same with the employers' answers aged to a day by a half-life; nothing else is built anew."""
        openness = self.openness.aged_to(on, half_life_months)
        if openness is self.openness:
            return self
        if openness.histories == self.openness.histories:
            return replace(self, openness=openness)
        answered = {id_: each for id_, each in self.prospects.items() if id_ in openness.answers}
        aged = {id_: _answered(each, openness.of(id_)) for id_, each in answered.items()}
        catalogues = {kind: _aged(each, openness) for kind, each in self.catalogues.items()}
        return replace(self, prospects={**self.prospects, **aged}, catalogues=catalogues, openness=openness)

    def catalogue(self, kind: Kind) -> Catalogue:
        """The job orders that are open, or the employers without one that may be contacted first."""
        return self.catalogues[kind]

    def stand_on(self, kind: Kind) -> Mapping[str, object]:
        """What the orders of a catalogue are made of, by id; alike for two of which nothing differs."""
        if kind is Kind.EMPLOYERS:
            return self.prospects
        return {
            id_: (order, self.employers[order.employer_id], self.openness.of(order.employer_id))
            for id_, order in self.orders.items()
        }

    def catalogue_for(self, citizen: Needs, kind: Kind, without: Set[str] = frozenset()) -> Catalogue:
        """The same for one citizen: of an employer nothing is asked for that the citizen cannot do.

        `without` names employers who are not to be contacted now.
        """
        catalogue = self.catalogue(kind)
        if kind is Kind.JOB_ORDERS:
            return catalogue
        return open_to(catalogue.without_orders(without), citizen)

    def resting(self, limit: ContactLimit, on: date) -> Mapping[str, date]:
        """The prospects who are not to be contacted on a day, with the first day on which they may be.

        An employer who has placed an order may be asked about it at any time.
        """
        asked = limit, on
        if asked not in self._rested:
            since = on - timedelta(days=limit.window_days)
            found = {
                id_: days.free_on(limit, on, on)
                for id_, days in self.contacts.items()
                if id_ in self.prospects and days.latest > since
            }
            self._rested[asked] = {id_: free for id_, free in found.items() if free > on}
        return self._rested[asked]

    @cached_property
    def _rested(self) -> dict[tuple[ContactLimit, date], Mapping[str, date]]:
        """What `resting` found. A contact makes another supply, so what is found of this one stays so."""
        return {}

    @cached_property
    def silent_employers(self) -> int:
        """How many employers must not be contacted first: protection is yes or not known, without a basis."""
        asking = {order.employer_id for order in self.orders.values()}
        return len(self.employers) - len(asking) - len(self.prospects)

    @cached_property
    def employer_names(self) -> dict[str, str]:
        """The employers' names, by id."""
        return {record.id: record.name for record in self.employers.values()}


def ranked_order(order: JobOrderRecord, employer: EmployerRecord, history: History = NEW) -> JobOrder:
    """A job order as a pair sees it: its own answers first, then the employer's, who has this history."""
    return JobOrder.of(
        order.id,
        _employer(employer, history),
        order.task,
        title=order.title,
        places=order.places,
        open_proposals=order.open_proposals,
    )


def _taken_up(
    orders: Mapping[str, JobOrderRecord], changed: Mapping[str, JobOrderRecord]
) -> Mapping[str, JobOrderRecord]:
    """The orders that can be suggested, now that some have become what is given, whatever their state."""
    after = {**orders, **changed}
    for id_, order in changed.items():
        if order.state not in job_orders.RANKED:
            del after[id_]
    return after


def _without(held: Mapping[str, _Held], gone: Set[str]) -> Mapping[str, _Held]:
    """What is held by id, without what is there no more."""
    return {id_: each for id_, each in held.items() if id_ not in gone} if gone else held


def _brought_up(catalogue: Catalogue, now: Mapping[str, JobOrder | None]) -> Catalogue:
    """The catalogue with orders as they are now; None for one that must not be in it."""
    for id_, order in now.items():
        if order:
            catalogue = catalogue.with_order(order)
        elif id_ in catalogue:
            catalogue = catalogue.without_order(id_)
    return catalogue


def _aged(catalogue: Catalogue, openness: Openness) -> Catalogue:
    """The catalogue with the histories of its orders' employers as they are on another day."""
    columns = catalogue.columns
    yes, no = columns.employer_yes.copy(), columns.employer_no.copy()
    for row, employer_id in enumerate(catalogue.employer_ids):
        if employer_id in openness.answers:
            yes[row], no[row] = openness.of(employer_id)
    return catalogue.with_columns(replace(columns, employer_yes=yes, employer_no=no))


def _answered(prospect: Prospect, history: History) -> Prospect:
    yes, no = history
    return replace(prospect, employer=replace(prospect.employer, yes=yes, no=no))


def _counting(
    firms: Mapping[str, EmployerRecord], contacts: Mapping[str, ContactDays]
) -> dict[str, ContactDays]:
    """The days of each firm that has any, the last contact that a list has told of among them."""
    told = {
        id_: contacts.get(id_, ContactDays()).with_last(firm.last_contact_on) for id_, firm in firms.items()
    }
    return {id_: days for id_, days in told.items() if days != ContactDays()}


def _prospect(record: EmployerRecord, history: History) -> Prospect | None:
    """The employer as somebody to contact first; None where that is not allowed."""
    if not record.may_be_contacted_first:
        return None
    return Prospect(
        employer=_employer(record, history),
        code=record.industry_code,
        system=record.industry_system,
        title=record.industry,
    )


def _employer(record: EmployerRecord, history: History) -> Employer:
    yes, no = history
    return Employer(
        id=record.id,
        name=record.name,
        place=record.place.point,
        precision=record.place.precision,
        demands=record.demands,
        supports=record.supports,
        yes=yes,
        no=no,
    )
