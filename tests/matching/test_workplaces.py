"""Which orders are of one employer, whatever happened to the catalogue since it was built."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Catalogue, workplaces
from matching.workplaces import Workplaces
from tests.matching.makers import make_order

employers = st.sampled_from(["", "e-1", "e-2", "e-3"])


@given(st.lists(employers, max_size=12), employers)
def test_the_rows_of_an_employer_are_all_that_name_it_in_their_order(ids: list[str], asked: str) -> None:
    rows = Workplaces(ids).rows(asked).tolist()
    assert rows == [row for row, id_ in enumerate(ids) if asked and id_ == asked]


def test_employers_whose_ids_have_the_same_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workplaces, "hash", lambda text: 7, raising=False)
    found = Workplaces(["e-2", "e-1", "e-2"])
    assert [found.rows(id_).tolist() for id_ in ("e-1", "e-2", "e-3")] == [[1], [0, 2], []]


@given(
    st.lists(employers, max_size=6),
    st.lists(st.tuples(st.integers(0, 8), st.none() | employers), max_size=8),
    employers,
)
def test_a_catalogue_knows_the_orders_of_an_employer_through_every_change(
    ids: list[str], steps: list[tuple[int, str | None]], asked: str
) -> None:
    of = {f"o-{number}": id_ for number, id_ in enumerate(ids)}
    catalogue = Catalogue.from_orders(make_order(id=id_, employer_id=whose) for id_, whose in of.items())
    for number, employer in steps:
        id_ = f"o-{number}"
        if employer is not None:
            catalogue = catalogue.with_order(make_order(id=id_, employer_id=employer))
            of[id_] = employer
        elif of.pop(id_, None) is not None:
            catalogue = catalogue.without_order(id_)
    expected = {id_ for id_, whose in of.items() if asked and whose == asked}
    loads = catalogue.columns.open_proposals + 1
    others = catalogue.with_columns(replace(catalogue.columns, open_proposals=loads))
    for each in (catalogue, others, pickle.loads(pickle.dumps(catalogue))):
        rows = each.rows_of(asked)
        assert rows.dtype == np.intp
        assert {each.ids[row] for row in rows.tolist()} == expected
        assert len(rows) == len(expected)
