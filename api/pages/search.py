"""One search on every page: citizens, job orders, employers and centres, a handful of each.

Names never stand in an address, so that a search is sent as a form and answered at once. The only hit, where
it is named in full, is opened.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import searching as desk
from api.casework.employer_search import LEAST_FIGURES, LEAST_LETTERS, is_too_short
from api.casework.searching import HANDFUL, MOST, Found, Sort
from api.casework.starts import starts_of
from api.domain.working_days import day_of
from api.pages.citizens import Row
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import SignedIn
from api.routes.units import WriteUnit

router = APIRouter(prefix="/search", include_in_schema=False, route_class=StrictRoute)
ADDRESSES = {
    Sort.CITIZENS: "/citizens",
    Sort.JOB_ORDERS: "/job-orders",
    Sort.EMPLOYERS: "/employers",
    Sort.CENTRES: "/centres",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What can be searched, and what was found; `found` is None before a search.

    `only` is the one kind that was asked for.
    """

    words: str = ""
    sorts: tuple[Sort, ...]
    found: Found | None = None
    citizens: tuple[Row, ...] = ()
    only: Sort | None = None
    too_short: bool = False
    letters: int = LEAST_LETTERS
    figures: int = LEAST_FIGURES
    handful: int = HANDFUL
    most: int = MOST
    template: str = "search.html"


@router.get("")
def search_page(request: Request, caller: SignedIn) -> Response:
    """What can be searched; also where somebody comes back to a search, whose words stand nowhere."""
    return render(request, SearchPage(sorts=desk.searched(caller)))


@router.post("")
def search(
    request: Request,
    caller: SignedIn,
    unit: WriteUnit,
    words: Annotated[str, Form(max_length=100)] = "",
    only: Annotated[Sort | None, Form()] = None,
) -> Response:
    """Whatever the words name, by kind, or the page of the only one that they name in full."""
    told, sorts = words.strip(), desk.searched(caller)
    if is_too_short(told):
        return render(
            request, SearchPage(words=told, sorts=sorts, too_short=bool(told)), 422 if told else 200
        )
    found = desk.search(unit, caller, told, only)
    if only is None and (one := desk.only_one(found, told)):
        return RedirectResponse(f"{ADDRESSES[one[0]]}/{one[1]}", 303)
    starts = starts_of(unit, caller.municipality)
    people = tuple(Row.of(citizen, starts, day_of(unit.at)) for citizen in found.citizens)
    return render(request, SearchPage(words=told, sorts=sorts, found=found, citizens=people, only=only))
