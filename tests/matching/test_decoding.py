"""An order read out of columns is the one that went in, and as good as one that was checked."""

from dataclasses import fields

import pytest
from hypothesis import given

from matching import Catalogue, JobOrder
from matching.decoding import order_in
from tests.matching.generated import catalogues


@given(catalogues())
def test_an_order_is_read_quickly_and_equals_the_checked_one(listed: list[JobOrder]) -> None:
    columns = Catalogue.from_orders(listed).columns
    for row in range(len(columns)):
        quick, checked = order_in(columns, row), columns.order(row)
        assert quick == checked
        for item in fields(JobOrder):
            assert type(getattr(quick, item.name)) is type(getattr(checked, item.name))


def test_an_order_read_quickly_belongs_to_its_reader_alone() -> None:
    columns = Catalogue.from_orders([JobOrder(id="o-1", demands={"noise": "yes"})]).columns
    order_in(columns, 0).demands.clear()  # type: ignore[attr-defined]
    assert order_in(columns, 0).demands == {"noise": "yes"}


def test_no_order_is_read_beyond_the_last_row() -> None:
    with pytest.raises(IndexError):
        order_in(Catalogue.from_orders([]).columns, 0)
