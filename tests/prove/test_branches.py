"""The check of the branches can fail."""

import pytest

from tests.prove.branches import section


@pytest.mark.parametrize(("taken", "met"), [(95, True), (94, False)])
def test_nineteen_branches_in_twenty_have_to_be_taken(taken: int, met: bool) -> None:
    report = {"totals": {"covered_branches": taken, "num_branches": 100, "percent_covered": 99.9}}
    assert section(report).figures[0].met is met
