"""What the times of a task say of early and late work, and that it goes with them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.clock import clock_demands
from matching.orders import Employer, JobOrder, Task
from matching.reading import read_task, read_times
from matching.times import parse_slots
from matching.vocabulary import Answer, Demand
from tests.matching.generated import any_slot

EARLY, LATE = Demand.EARLY_START, Demand.EVENING_OR_NIGHT


def said(*times: str) -> tuple[str | None, str | None]:
    """Whether work at these times begins early, and whether it is in the evening or at night."""
    found = clock_demands(parse_slots(times, "times"))
    return found.get(EARLY), found.get(LATE)


@pytest.mark.parametrize(
    ("times", "early", "late"),
    [
        ((), None, None),
        (("fri 6-9",), "yes", "no"),
        (("fri 9-12",), "no", "no"),
        (("fri 8-12",), "no", "no"),
        (("fri 7:59-12",), "yes", "no"),
        (("mon 9-12", "fri 3-6"), "yes", "yes"),
        (("fri 9-18",), "no", "no"),
        (("fri 9-18:15",), "no", "yes"),
        (("fri 19-21",), "no", "yes"),
        (("fri 22-24",), None, "yes"),
        (("fri 22-24", "sat 0-2"), None, "yes"),
        (("fri 20-24", "sat 0-2"), None, "yes"),
        (("sun 20-24", "mon 0-2"), None, "yes"),
        (("sun 20-24", "mon 0-2", "tue 7-9"), "yes", "yes"),
        (("fri 1-4",), None, "yes"),
        (("fri 0-2", "mon 9-12"), None, "yes"),
    ],
)
def test_the_clock_says_what_it_can_and_leaves_work_of_the_night_open(
    times: Sequence[str], early: str | None, late: str | None
) -> None:
    assert said(*times) == (early, late)


@pytest.mark.parametrize("told", ["fredag 22-02", "natarbejde fredag kl. 22 til 2", "lørdag 23-06"])
def test_work_that_begins_at_night_is_not_read_as_not_early(told: str) -> None:
    assert EARLY not in read_task(told).demands
    assert EARLY not in clock_demands(read_times(told).slots)


@given(st.lists(any_slot, max_size=4), st.lists(any_slot, max_size=4))
def test_times_never_say_that_work_is_not_early_when_some_of_them_say_that_it_is(
    some: list[str], others: list[str]
) -> None:
    slots, more = (parse_slots(times, "times") for times in (some, others))
    if clock_demands(slots).get(LATE) is Answer.YES:
        assert clock_demands((*slots, *more))[LATE] is Answer.YES
    early = {start for start in (slot.start for slot in slots) if 180 <= start < 480}
    assert (clock_demands(slots).get(EARLY) is Answer.YES) is bool(early)


@pytest.mark.parametrize("told", ["Luge bede fredag 6-9", "Luge bede, fredag fra kl. 6 til 9"])
def test_what_the_times_say_is_read_and_left_to_them(told: str) -> None:
    reading = read_task(told)
    assert reading.demands[EARLY].answer is Answer.YES
    task = reading.to_task()
    assert EARLY not in task.demands
    assert task.known_demands[EARLY] is Answer.YES


@pytest.mark.parametrize(
    "told", ["Luge bede fredag 9-12, vi møder tidligt", "Luge bede. Vi begynder kl. 6.30"]
)
def test_what_is_said_in_so_many_words_is_kept_with_the_task(told: str) -> None:
    task = read_task(told).to_task()
    assert task.demands[EARLY] is Answer.YES
    assert task.known_demands[EARLY] is Answer.YES


def test_a_pair_sees_what_was_said_of_the_order_then_its_times_then_the_employer() -> None:
    firm = Employer(id="e-1", demands={EARLY: Answer.YES})

    def seen(**known: object) -> Answer:
        return JobOrder.of("o-1", firm, Task(**known)).demands[EARLY]  # type: ignore[arg-type]

    assert seen() is Answer.YES
    assert seen(times=["fri 9-12"]) is Answer.NO
    assert seen(times=["fri 9-12"], demands={EARLY: Answer.YES}) is Answer.YES
    assert seen(times=["fri 22-24"]) is Answer.YES
