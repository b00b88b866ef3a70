"""Lists that feel the proposals of others: made one after another, and never a citizen's own.

Advice that everybody gets cancels itself: what one list shows counts as an open proposal in the next, costs
points per place and loses ties. Which lists come first is up to the caller; longest waiting is fair.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.policy import Policy
from matching.ranking import Shortlist, shortlist

OwnProposals = Mapping[str, Collection[str]]
"""The orders for which each citizen has an open suggestion, by the citizen's id; who has none is left out."""

NOBODY_SUGGESTED: OwnProposals = MappingProxyType({})


def shortlists_in_turn(
    people: Iterable[Citizen],
    catalogue: Catalogue,
    k: int = 20,
    on: date | None = None,
    policy: Policy | None = None,
) -> Iterator[Shortlist]:
    """The shortlist of each citizen in turn, everything shown before it being proposed.

    The catalogue that is given stays as it is; each list holds the one that it was made from.
    """
    for person in people:
        found = shortlist(person, catalogue, k, on, policy)
        catalogue = proposed(catalogue, found.shown())
        yield found


def proposed(catalogue: Catalogue, rows: Sequence[int]) -> Catalogue:
    """The catalogue with one more open proposal in some rows; a row may be named more than once."""
    open_proposals = catalogue.columns.open_proposals.copy()
    np.add.at(open_proposals, np.asarray(rows, np.intp), 1)
    return catalogue.with_columns(replace(catalogue.columns, open_proposals=open_proposals))


def without_own(catalogue: Catalogue, order_ids: Iterable[str]) -> Catalogue:
    """The catalogue as a citizen sees it who is suggested for some of its orders, one suggestion each.

    A pair is not priced for its own suggestion: crowding is what others have been suggested. Ids that the
    catalogue has not are left alone, and so is the catalogue that is given.
    """
    rows = [catalogue.row(id_) for id_ in order_ids if id_ in catalogue]
    if not rows:
        return catalogue
    open_proposals = catalogue.columns.open_proposals.copy()
    open_proposals[rows] = np.maximum(open_proposals[rows] - 1, 0)
    return catalogue.with_columns(replace(catalogue.columns, open_proposals=open_proposals))
