"""The municipality's employers beside their map, sifted; where somebody begins who plans whom to call."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework.portfolio import Listed, Portfolio, Sought, portfolio
from api.domain.records import Centre
from api.exchange import amounts
from api.exchange.firsts import address_line
from api.exchange.values import Given
from api.pages.employer_map import portfolio_map
from api.pages.part_by_weight import first_part, weight_of
from api.pages.place_map import PlaceMap
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.guards import EmployersRead
from api.routes.units import ReadUnit
from api.store import centres
from geo import Refused
from geo.errors import N_

router = APIRouter(prefix="/employers", include_in_schema=False, route_class=StrictRoute)
MOST_CENTRES = 200
SHOWN = 25
"""Employers of one page: more numbers than that hide one another on the map."""

HEAVIEST, INDUSTRY = 30_000, 40
"""Bytes of industries that can be chosen from, and those of one beside its name, which stands there twice."""

FARTHEST_KM = 500


@dataclass(frozen=True, slots=True)
class View:
    """What is sifted by, as the address says it; an empty text sifts nothing."""

    words: str = ""
    industry: str = ""
    centre: str = ""
    km: str = ""
    only: str = ""

    @property
    def sifts(self) -> bool:
        """Whether anything is sifted by."""
        return self != View()

    def with_(self, **changes: Any) -> str:
        """The question part of the address of this view with something changed."""
        told = {field.name: getattr(replace(self, **changes), field.name) for field in fields(View)}
        return f"?{urlencode({name: value for name, value in told.items() if value})}"

    def sought(self, chosen: Centre | None) -> Sought:
        """The same as casework is asked; raises `Refused` for kilometres that are none."""
        return Sought(
            words=self.words,
            industry=self.industry,
            near=chosen.place.point if chosen else None,
            km=self.kilometres,
            with_orders=self.only == "orders",
            resting=self.only == "resting",
            unplaced=self.only == "unplaced",
            silent=self.only == "silent",
        )

    @property
    def kilometres(self) -> float | None:
        """How far from the centre; raises `Refused` for what is no distance."""
        found = amounts.kilometres(Given.typed("km", self.km))
        if found is not None and found > FARTHEST_KM:
            remedy = N_("Denmark is smaller than that.")
            raise Refused("km", N_("{value!r} is too large."), remedy, value=self.km)
        return found


ONLY = ("orders", "resting", "unplaced", "silent")
"""What the list can be narrowed to: open orders, contacts resting, no place, not to be contacted first."""


@dataclass(frozen=True, slots=True)
class EmployersPage:
    """A stretch of the sifted employers, and the map of all of them."""

    view: View
    found: Portfolio
    next: str | None
    centres: tuple[Centre, ...]
    map: PlaceMap | None
    imports: bool
    calls: bool
    template: str = "employers.html"

    @property
    def industries(self) -> tuple[tuple[str, int], ...]:
        """Those that can be chosen, by name: the most common where there are too many, and the chosen one."""
        common = sorted(self.found.industries, key=lambda one: -one[1])
        offered = set(first_part(common, lambda one: INDUSTRY + 2 * weight_of(one[0]), HEAVIEST))
        return tuple(one for one in self.found.industries if one in offered or one[0] == self.view.industry)

    @staticmethod
    def address(listed: Listed) -> str:
        """Where the employer is, as one line."""
        return address_line(listed.line)


def _view(
    words: Annotated[str, Query(max_length=100)] = "",
    industry: Annotated[str, Query(max_length=200)] = "",
    centre: Annotated[str, Query(max_length=64)] = "",
    km: Annotated[str, Query(max_length=20)] = "",
    only: Annotated[str, Query(max_length=10)] = "",
) -> View:
    return View(words.strip(), industry, centre, km.strip(), only if only in ONLY else "")


@router.get("")
def all_employers(
    request: Request,
    caller: EmployersRead,
    view: Annotated[View, Depends(_view)],
    stretch: Stretched,
    unit: ReadUnit,
) -> HTMLResponse:
    """The employers that the view asks for, by name."""
    known = centres.page(unit, caller, limit=MOST_CENTRES).items
    chosen = next((centre for centre in known if centre.id == view.centre), None)
    sifted = stretch.sifted(**asdict(view))
    found = portfolio(unit, caller, view.sought(chosen), sifted.after, min(sifted.limit, SHOWN))
    page = EmployersPage(
        view=view,
        found=found,
        next=sifted.next(found.next),
        centres=tuple(known),
        map=portfolio_map(known, chosen, view.kilometres, found.points),
        imports=may(caller, Scope.IMPORTS_READ),
        calls=may(caller, Scope.CANDIDATES_READ),
    )
    return render(request, page)
