"""Who of a municipality is considered for a job order, and in which order they stand: nothing is written.

Only those who are open to the caller are held against the order; of the others it is told who they are by
initials, whatever the order asks for.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Self

from api.casework import employers as employers_desk
from api.casework.catalogues import Kept
from api.casework.clocks import Clock, clock_of
from api.casework.people import Candidate, People
from api.casework.practices import practice_of
from api.casework.supply import ranked_order
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.domain.practice import CandidateOrder
from api.domain.proposals import Proposal
from api.domain.records import EmployerRecord, JobOrderRecord
from api.domain.working_days import day_of
from api.store import Unit, citizens, new_id, proposals
from matching import CandidateList, candidates
from matching.standing import Group


@dataclass(frozen=True, kw_only=True)
class Considered:
    """A job order and everybody who could be asked, by id; `open_ids` are those who are open to the caller.

    `suggested` are the open suggestions for the order, by citizen; `not_able_now` counts those who are open
    and ready again at a later day.
    """

    list_id: str
    at: datetime
    order: JobOrderRecord
    employer: EmployerRecord
    people: Mapping[str, Candidate]
    open_ids: Set[str]
    suggested: Mapping[str, Proposal]
    not_able_now: int
    clock: Clock
    by: CandidateOrder

    @property
    def opened(self) -> list[Candidate]:
        """Those who are open to the caller."""
        return [one for id_, one in self.people.items() if id_ in self.open_ids]

    @property
    def others(self) -> list[Candidate]:
        """Those who are not, whatever the order asks for."""
        return [one for id_, one in self.people.items() if id_ not in self.open_ids]


def consider(
    unit: Unit, caller: Caller, order: JobOrderRecord, everybody: People, without: Set[str] = frozenset()
) -> Considered:
    """Everything that a list of candidates stands on."""
    today = day_of(unit.at)
    # nobody is looked at for what the employer has withdrawn
    looked_at = {} if order.is_withdrawn else everybody.by_id
    known = proposals.of_order(unit, caller, order.id)
    # who has said yes to it is not offered it again
    out = without | {one.citizen_id for one in known if one.state is ProposalState.ACCEPTED}
    able = {id_: one for id_, one in looked_at.items() if one.able(today) and id_ not in out}
    open_ids = citizens.open_to(unit, caller, looked_at)
    return Considered(
        list_id=new_id(),
        at=unit.at,
        order=order,
        employer=employers_desk.read(unit, caller, order.employer_id),
        people=able,
        open_ids=open_ids & able.keys(),
        suggested={one.citizen_id: one for one in known if one.is_open},
        not_able_now=sum(not everybody.by_id[id_].able(today) for id_ in open_ids),
        clock=clock_of(unit, caller, order),
        by=practice_of(unit, caller.municipality).candidates_by,
    )


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Who stands where on a list of k: indices into `found`, and ids of those who were not held against it.

    As in `CandidatesFound`, which says what people are called.
    """

    ranked: bool
    k: int
    found: CandidateList
    shown: tuple[int, ...]
    asked: tuple[int, ...]
    unranked: tuple[str, ...]
    left_out: tuple[str, ...]
    others: tuple[str, ...]
    without_place: int

    @property
    def looked_at(self) -> list[str]:
        """Everybody of whom the list shows anything."""
        named = (self.found.ids[index] for index in (*self.shown, *self.asked))
        return [*named, *self.left_out, *self.unranked, *self.others]

    def of_those(self, there: Set[str]) -> Self:
        """The same list without whoever is not there any more; the counts stay those of the ranking."""
        ids = self.found.ids
        return replace(
            self,
            shown=tuple(index for index in self.shown if ids[index] in there),
            asked=tuple(index for index in self.asked if ids[index] in there),
            unranked=tuple(id_ for id_ in self.unranked if id_ in there),
            left_out=tuple(id_ for id_ in self.left_out if id_ in there),
            others=tuple(id_ for id_ in self.others if id_ in there),
        )


def rank(considered: Considered, kept: Kept, k: int, ranked: bool, on: date) -> Ranking:
    """Those who are open to the caller, held against the order by the policy of `kept` on a day."""
    standing = [one for one in considered.opened if not one.objects_to_ranking]
    objecting = [one for one in considered.opened if one.objects_to_ranking]
    placed = [one.citizen for one in standing if one.citizen]
    by_score = ranked and considered.by is CandidateOrder.SCORE
    history = kept.supply.openness.of(considered.employer.id)
    order = ranked_order(considered.order, considered.employer, history)
    most = k if by_score else len(placed)
    found = candidates(order, placed, most, on, kept.policy, suggested=considered.suggested.keys())
    shown = tuple(_first(found, considered, k, ranked))
    return Ranking(
        ranked=ranked,
        k=k,
        found=found,
        shown=shown,
        asked=tuple(found.shown(Group.ASKED)[:k]),
        unranked=tuple(one.id for one in sorted(objecting, key=_longest_waiting)[:k]),
        left_out=tuple(islice(found.first_rules, k)),
        others=tuple(one.id for one in sorted(considered.others, key=_longest_waiting)[: k - len(shown)]),
        without_place=sum(one.citizen is None for one in standing),
    )


def _first(found: CandidateList, considered: Considered, k: int, ranked: bool) -> list[int]:
    """The first k: best first, longest waiting first where the practice says so, or by registration."""
    if not ranked:
        return sorted(found.shown(), key=found.ids.__getitem__)[:k]
    if considered.by is CandidateOrder.WAITING_TIME:
        waiting = [(_longest_waiting(considered.people[found.ids[index]]), index) for index in found.shown()]
        return [index for _, index in sorted(waiting)[:k]]
    return found.shown()


def _longest_waiting(one: Candidate) -> tuple[date, str]:
    return one.waiting_since or date.max, one.id
