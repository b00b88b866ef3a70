"""Which orders are of the same employer, since an answer about the workplace holds for all of them.

Looked up for the few pairs that are spoken of; nothing is sorted before the first of them is.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.intp]


class Workplaces:
    """The orders of each employer among those that a grid was laid for."""

    def __init__(self, employer_ids: Sequence[str]) -> None:
        """One id per row; an empty one names nobody."""
        self._employer_ids = employer_ids

    def __reduce__(self) -> tuple[type["Workplaces"], tuple[Sequence[str]]]:
        """Another process sorts for itself."""
        return Workplaces, (self._employer_ids,)

    def rows(self, employer_id: str) -> Rows:
        """The rows of an employer, ascending; none of an empty id."""
        known, ends, rows = self._sorted
        if not employer_id or employer_id not in known:
            return np.empty(0, np.intp)
        number = known.get_loc(employer_id)
        assert isinstance(number, int)
        return rows[ends[number] : ends[number + 1]]

    @cached_property
    def _sorted(self) -> tuple["pd.Index[str]", Rows, Rows]:
        """The employers, where the rows of each begin and end, and the rows by employer."""
        numbers, known = pd.factorize(np.array(self._employer_ids, object))
        ends = np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=len(known)))))
        return pd.Index(known), ends, np.argsort(numbers, kind="stable")
