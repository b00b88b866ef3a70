"""What of a shortlist is wanted, as its address says it: kind, way, filters and order."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query

from api.casework.rankings import Wanted
from api.casework.supply import Kind
from api.exchange import amounts
from api.exchange.values import Given
from geo import Mode
from geo.errors import N_, Refused
from matching.vocabulary import Activity, parse_code

SHOWN, SIFTED = 20, 10_000
"""Rows of a list, and how many are looked through when the list is filtered or put in another order."""


class Order(StrEnum):
    """What the rows are sorted by."""

    POINTS = "points"
    MINUTES = "minutes"
    TITLE = "title"


PLACES = {
    Order.MINUTES: N_("The places are by minutes, the shortest way first."),
    Order.TITLE: N_("The places are by title."),
}
"""What the numbers of the rows mean where they are not places by points."""


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for; an empty text is what the citizen has said, or everything."""

    kind: Kind = Kind.JOB_ORDERS
    mode: str = ""
    max_minutes: str = ""
    ranked: bool = True
    order: Order = Order.POINTS
    activity: Activity | Literal[""] = ""
    why: str = ""
    rule: str = ""

    @property
    def wanted(self) -> Wanted:
        """The same as casework is asked; raises `Refused` for minutes that are none."""
        sifts = bool(self.activity) or self.order is not Order.POINTS
        return Wanted(
            kind=self.kind,
            k=SIFTED if sifts else SHOWN,
            mode=parse_code(Mode, "mode", self.mode) if self.mode else None,
            max_minutes=self._minutes(),
            ranked=self.ranked,
        )

    @property
    def readable(self) -> tuple["View", Refused | None]:
        """The same view without minutes that are none, and what is wrong with them."""
        try:
            self._minutes()
        except Refused as refused:
            return replace(self, max_minutes=""), refused
        return self, None

    @property
    def places(self) -> str:
        """What the numbers of the rows mean, to be translated; empty where they are places by points."""
        return PLACES.get(self.order, "")

    def with_(self, **changes: Any) -> str:
        """The question part of the address of this view with something changed."""
        other, plain = replace(self, **changes), View()
        told = {field.name: getattr(other, field.name) for field in fields(View)}
        kept = {name: value for name, value in told.items() if value != getattr(plain, name)}
        said = {name: ("no" if name == "ranked" else str(value)) for name, value in kept.items()}
        return f"?{urlencode(said)}"

    def _minutes(self) -> float | None:
        found = amounts.minutes(Given.typed("max_minutes", self.max_minutes))
        if found is not None and found > 1440:
            remedy = N_("Give at most the 1,440 minutes of a day.")
            raise Refused("max_minutes", N_("{value!r} is too large."), remedy, value=self.max_minutes)
        return found


def _view(
    kind: Kind = Kind.JOB_ORDERS,
    mode: Annotated[str, Query(max_length=10)] = "",
    max_minutes: Annotated[str, Query(max_length=20)] = "",
    ranked: Annotated[str, Query(max_length=3)] = "",
    order: Order = Order.POINTS,
    activity: Annotated[str, Query(max_length=40)] = "",
    why: Annotated[str, Query(max_length=100)] = "",
    rule: Annotated[str, Query(max_length=60)] = "",
) -> View:
    only: Activity | Literal[""] = parse_code(Activity, "activity", activity) if activity else ""
    return View(kind, mode, max_minutes, ranked != "no", order, only, why.strip(), rule)


Viewed = Annotated[View, Depends(_view)]
"""The view of a shortlist, in the signature of its pages."""
