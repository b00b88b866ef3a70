"""What the municipality wants to know of every workplace or order, asked once and in the order of its use."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.domain.records import EmployerRecord, JobOrderRecord
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import Answer, Demand, Support, of_the_place

Asked = Demand | Support


@dataclass(frozen=True, kw_only=True)
class Stakes:
    """How many citizens each answer decides for (`hard`), and for how many it is a wish only (`soft`)."""

    hard: Mapping[Asked, int]
    soft: Mapping[Asked, int]

    @classmethod
    def of(cls, people: Iterable[Needs]) -> "Stakes":
        """What is at stake for these citizens, counted; nothing of any one of them is kept."""
        hard: Counter[Asked] = Counter()
        soft: Counter[Asked] = Counter()
        for needs in people:
            hard.update((*needs.avoids, *needs.needs))
            hard.update(code for code, able in needs.abilities.items() if able is Answer.NO)
            soft.update((*needs.prefers_not, *needs.wishes))
        return cls(hard=hard, soft=soft)


@dataclass(frozen=True, kw_only=True)
class OpenAnswer:
    """Something still to be asked of an employer: about one order, or with None about the whole workplace.

    `matters_to` counts the citizens at stake for whom the answer decides, `settles` the orders it settles.
    """

    about: Asked
    order_id: str | None
    matters_to: int
    settles: int


def open_questions(
    employer: EmployerRecord, orders: Sequence[JobOrderRecord], required: Sequence[Asked], stakes: Stakes
) -> tuple[OpenAnswer, ...]:
    """What of `required` neither the employer nor the orders have answered, the most useful first.

    What comes with the workplace, or is offered there, is asked once for all orders; what comes with the work
    is asked of each order, and of the workplace as long as there is none. A question is the more useful the
    more citizens and orders hang on it; where that is the same, the municipality's order counts.
    """
    found: list[OpenAnswer] = []
    for about in dict.fromkeys(required):
        if _is_answered(employer, about):
            continue
        open_in = [order.id for order in orders if not _is_answered(order.task, about)]
        if orders and not open_in:
            continue
        each: Sequence[str | None] = [None] if of_the_place(about) or not orders else open_in
        settles = len(open_in) if each == [None] else 1
        matters_to = stakes.hard.get(about, 0)
        found += [
            OpenAnswer(about=about, order_id=order_id, matters_to=matters_to, settles=settles)
            for order_id in each
        ]
    return tuple(sorted(found, key=lambda one: _usefulness_backwards(one, stakes)))


def _usefulness_backwards(one: OpenAnswer, stakes: Stakes) -> tuple[int, int, int]:
    orders = max(one.settles, 1)
    return -one.matters_to * orders, -stakes.soft.get(one.about, 0) * orders, -orders


def _is_answered(answering: EmployerRecord | Task, about: Asked) -> bool:
    demands = answering.known_demands if isinstance(answering, Task) else answering.demands
    said = demands.get(about) if isinstance(about, Demand) else answering.supports.get(about)
    return (said or Answer.UNKNOWN) is not Answer.UNKNOWN
