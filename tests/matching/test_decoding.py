"""An order read out of columns is the one that went in, by whichever way it went."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given

from matching import Catalogue, JobOrder
from matching.decoding import NAMELESS, order_in
from matching.encoding import row_of
from matching.registers import Mixes, Timetables
from tests.matching.generated import catalogues


@given(catalogues())
def test_an_order_that_is_read_out_is_the_one_that_went_in(listed: list[JobOrder]) -> None:
    catalogue = Catalogue.from_orders(listed)
    for order in listed:
        quick = order_in(catalogue.columns, catalogue.row(order.id))
        assert quick == replace(order, id=NAMELESS, employer_id="", title="")
        for item in fields(JobOrder):
            assert type(getattr(quick, item.name)) is type(getattr(order, item.name))


@given(catalogues())
def test_one_order_becomes_the_row_that_it_has_in_a_frame(listed: list[JobOrder]) -> None:
    for order in listed:
        alone = row_of(order, Mixes(), Timetables())
        framed = Catalogue.from_orders([order]).columns
        assert alone.arrays.keys() == framed.arrays.keys()
        for name, column in framed.arrays.items():
            assert alone.arrays[name].dtype == column.dtype
            assert np.array_equal(alone.arrays[name], column, equal_nan=column.dtype.kind == "f")
        assert (alone.mixes, alone.timetables) == (framed.mixes, framed.timetables)


def test_an_order_read_quickly_belongs_to_its_reader_alone() -> None:
    columns = Catalogue.from_orders([JobOrder(id="o-1", demands={"noise": "yes"})]).columns
    order_in(columns, 0).demands.clear()  # type: ignore[attr-defined]
    assert order_in(columns, 0).demands == {"noise": "yes"}


def test_no_order_is_read_beyond_the_last_row() -> None:
    with pytest.raises(IndexError):
        order_in(Catalogue.from_orders([]).columns, 0)
