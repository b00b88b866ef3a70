"""Whom calls open something for, reckoned plainly: every pair is judged anew, one citizen after the other.

What `matching.chances` holds is compared with this.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np

from matching.assessment import Assessment, assess
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.facts import Flags
from matching.load import NOBODY_SUGGESTED, OwnProposals, without_own
from matching.policy import Policy
from matching.prospecting import settled_by_employer
from matching.prospects import open_to


def prospects_within_reach(
    people: Iterable[Citizen],
    prospects: Catalogue,
    on: date,
    policy: Policy,
    least_points: float | None = None,
) -> dict[str, set[str]]:
    """For each prospect the citizens it could have work for: no conflict, and only the employer to ask.

    `least_points` is the score from which on a pair counts, once its questions are answered well; without it,
    every such pair does.
    """
    reach = defaultdict(set)
    for person in people:
        found = assess(person, open_to(prospects, person).columns, on, policy)
        for row in np.flatnonzero(settled_by_employer(found) & _enough(found, least_points)).tolist():
            reach[prospects.ids[row]].add(person.id)
    return dict(reach)


def orders_within_reach(
    people: Iterable[Citizen],
    orders: Catalogue,
    on: date,
    policy: Policy,
    least_points: float | None = None,
    *,
    own: OwnProposals = NOBODY_SUGGESTED,
) -> dict[str, set[str]]:
    """For each employer with orders the citizens whose pairs hang on the employer's answers alone.

    An order without an employer's id is nobody's, and there is nobody to call. `own` are the citizens' open
    suggestions, which cost their own pair nothing.
    """
    reach = defaultdict(set)
    for person in people:
        found = assess(person, without_own(orders, own.get(person.id, ())).columns, on, policy)
        hanging = found.asked & settled_by_employer(found) & _enough(found, least_points)
        theirs = (orders.employer_ids[row] for row in np.flatnonzero(hanging).tolist())
        for employer in filter(None, theirs):
            reach[employer].add(person.id)
    return dict(reach)


def served(
    people: Iterable[Citizen],
    orders: Catalogue,
    on: date,
    policy: Policy,
    least_points: float | None = None,
    *,
    own: OwnProposals = NOBODY_SUGGESTED,
) -> set[str]:
    """The citizens who have an order on their list already: their need is met without a call.

    `own` are their open suggestions, which cost their own pair nothing.
    """
    theirs = ((person, without_own(orders, own.get(person.id, ()))) for person in people)
    found = ((person.id, assess(person, seen.columns, on, policy)) for person, seen in theirs)
    return {name for name, each in found if (each.ranked & _enough(each, least_points)).any()}


def _enough(found: Assessment, least_points: float | None) -> Flags:
    if least_points is None:
        return np.ones(len(found.orders), np.bool_)
    # not a number is no number of points: where the place is unknown, nothing is promised
    enough: Flags = found.whole_points >= least_points
    return enough
