"""What was reckoned last is given again, and nothing but what stands on the same."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from api.casework.latest import Latest


def test_the_same_footing_is_reckoned_once_and_another_anew():
    reckoned = []
    latest = Latest(lambda footing, _: reckoned.append(footing) or sum(footing))
    assert [latest.of("0370", footing) for footing in ((1, 2), (1, 2), (3,), (1, 2))] == [3, 3, 3, 3]
    assert reckoned == [(1, 2), (3,), (1, 2)]


def test_municipalities_do_not_share_what_they_stand_on():
    reckoned = []
    latest = Latest(lambda footing, _: reckoned.append(footing))
    for code in ("0370", "0630", "0370"):
        latest.of(code, "same")
    assert reckoned == ["same", "same"]


def test_many_who_ask_at_once_have_it_reckoned_once():
    reckoned, together = [], Barrier(4)
    latest = Latest(lambda footing, _: reckoned.append(footing) or footing)

    def ask(_):
        together.wait(10)
        return latest.of("0370", "same")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == ["same"] * 4
    assert reckoned == ["same"]


def test_what_could_not_be_reckoned_is_tried_again():
    told = [ValueError("no")]

    def reckon(footing, _):
        if told:
            raise told.pop()
        return footing

    latest = Latest(reckon)
    with pytest.raises(ValueError, match="no"):
        latest.of("0370", "same")
    assert latest.of("0370", "same") == "same"


def test_the_next_finding_may_begin_from_the_last_one_of_its_municipality():
    latest = Latest(lambda footing, before: (footing, before))
    assert latest.of("0370", 1) == (1, None)
    assert latest.of("0630", 2) == (2, None)
    assert latest.of("0370", 3) == (3, (1, None))
