"""Who is to be left alone on a shortlist: the citizen who is not able now, and employers by their own word.

Said on the page, and in the note and the workbook that leave it, so that nobody acts on the list alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from api.casework import citizens, left_alone, refusals
from api.casework.left_alone import LeftAlone
from api.casework.refusals import OrderRefused
from api.domain.caller import Caller
from api.domain.records import rests_until
from api.domain.working_days import day_of
from api.routes.language import Translate
from api.store import Unit
from geo.errors import N_
from matching.language import Speech


@dataclass(frozen=True, slots=True)
class Rests:
    """What stands beside the rows of a list, by the order's id.

    `refused` are the tasks to which their employer has said no, `left_alone` those whose employer rests by
    its own wish; `not_able_until` is the day on which the citizen is asked again, None for who can be now.
    """

    refused: Mapping[str, OrderRefused]
    left_alone: Mapping[str, LeftAlone]
    not_able_until: date | None

    @classmethod
    def of(cls, unit: Unit, caller: Caller, citizen_id: str, order_ids: Iterable[str]) -> "Rests":
        """What was said of these orders and of the citizen until today."""
        told = list(order_ids)
        until = citizens.known(unit, caller, citizen_id).not_able_until
        return cls(
            refused=refusals.of_orders(unit, caller, told),
            left_alone=left_alone.of_orders(unit, caller, told),
            not_able_until=rests_until(until, day_of(unit.at)),
        )

    def of_citizen(self, speech: Speech, translate: Translate) -> str:
        """When the citizen is asked again, in a sentence; "" for who can be asked now."""
        if self.not_able_until is None:
            return ""
        told = translate(N_("The citizen is not able now: ask again on {day}."))
        return told.format(day=speech.day(self.not_able_until))

    def of_order(self, order_id: str, speech: Speech, translate: Translate) -> Iterator[str]:
        """What the employer of an order has said against being rung, a sentence each."""
        if refused := self.refused.get(order_id):
            told = translate(N_("The employer said no on {day}."))
            yield told.format(day=speech.day(refused.contact.on))
        if alone := self.left_alone.get(order_id):
            told = translate(N_("The employer said on {day}: not now, ring again on {until}."))
            yield told.format(day=speech.day(alone.contact.on), until=speech.day(alone.until))
