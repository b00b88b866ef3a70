"""Which orders are of the same employer, since an answer about the workplace holds for all of them.

Looked up for the few pairs that are spoken of; nothing is sorted before the first of them is.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


class Workplaces:
    """The orders of each employer among those that a grid was laid for."""

    def __init__(self, employer_ids: Sequence[str]) -> None:
        """One id per row; an empty one names nobody."""
        self._employer_ids = employer_ids
        # numbers are sorted and compared a hundred times as fast as texts
        self._hashes = np.fromiter(map(hash, employer_ids), np.int64, len(employer_ids))

    def __reduce__(self) -> tuple[type["Workplaces"], tuple[Sequence[str]]]:
        """Another process hashes texts otherwise."""
        return Workplaces, (self._employer_ids,)

    def rows(self, employer_id: str) -> Rows:
        """The rows of an employer, ascending; none of an empty id."""
        if not employer_id:
            return np.empty(0, np.intp)
        hashes, by_hash = self._sorted
        begin, end = (np.searchsorted(hashes, hash(employer_id), side) for side in ("left", "right"))
        alike = by_hash[begin:end].tolist()
        # two texts may share a hash, so that the few found by it are read
        return np.array(sorted(row for row in alike if self._employer_ids[row] == employer_id), np.intp)

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], Rows]:
        """The hashes of the ids, ascending, and the row of each."""
        by_hash = np.argsort(self._hashes)
        return self._hashes[by_hash], by_hash
