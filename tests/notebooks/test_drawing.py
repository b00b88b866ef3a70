"""What all pictures share: short names that still tell apart."""

from types import ModuleType

import pytest

from matching import Catalogue
from tests.matching.makers import make_order
from tests.notebooks.kernels import beside


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    return beside("drawing")


@pytest.fixture
def catalogue() -> Catalogue:
    titles = {"order-0370-51": "Feje", "order-0370-g000051": "Feje", "order-0370-02": "Luge"}
    return Catalogue.from_orders(make_order(id=name, title=title) for name, title in titles.items())


@pytest.mark.parametrize(
    ("id", "told"), [("citizen-0661-g000043", "g43"), ("citizen-0661-03", "3"), ("c-0010", "10")]
)
def test_the_end_of_an_id_is_short(drawing: ModuleType, id: str, told: str) -> None:
    assert drawing.short(id) == told


def test_orders_of_the_same_name_are_told_apart_and_others_left_as_they_are(
    drawing: ModuleType, catalogue: Catalogue
) -> None:
    assert drawing.titles_of(catalogue, catalogue.ids) == {
        "order-0370-51": "Feje [51]",
        "order-0370-g000051": "Feje [g51]",
        "order-0370-02": "Luge",
    }
