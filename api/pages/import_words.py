"""What lists may hold: the headers that each column is known by, and the words that may stand in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import lists_of
from api.domain.imports import ImportKind
from api.exchange.columns import Field
from api.exchange.kinds import FIELDS, REQUIRED, WORDS
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import ImportsRead
from matching.vocabulary import Demand, Support

router = APIRouter(prefix="/imports", include_in_schema=False, route_class=StrictRoute)
NOT_WRITTEN = "unknown"
"""What nobody writes into a list: a blank cell says the same."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by our name, the headers it is known by, and whether the list needs it or one like it."""

    name: str
    headers: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The words that one or several columns share."""

    columns: tuple[str, ...]
    words: tuple[StrEnum, ...]


@dataclass(frozen=True, slots=True)
class ListOfWords:
    """What one kind of list may hold; `answers` are the columns that hold yes or no."""

    kind: ImportKind
    columns: tuple[Column, ...]
    families: tuple[Family, ...]
    answers: tuple[Demand | Support, ...]


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The lists that are the reader's to take in."""

    lists: tuple[ListOfWords, ...]
    template: str = "import_words.html"


@router.get("/words")
def words(request: Request, caller: ImportsRead) -> HTMLResponse:
    """Every column and word of the lists that the caller takes in."""
    return render(request, WordsPage(tuple(_list(kind) for kind in lists_of(caller))))


def _list(kind: ImportKind) -> ListOfWords:
    needed = {name for group in REQUIRED[kind] for name in group}
    fields = [field for field in FIELDS[kind] if "." not in field.name]
    return ListOfWords(
        kind=kind,
        columns=tuple(Column(field.name, field.headers, field.name in needed) for field in fields),
        families=_families(kind),
        answers=tuple(_answers(FIELDS[kind])),
    )


def _families(kind: ImportKind) -> tuple[Family, ...]:
    """Columns with the same words stand together, in the order of the list."""
    sharing: dict[tuple[StrEnum, ...], list[str]] = {}
    for name, listed in WORDS[kind].items():
        sharing.setdefault(listed.codes, []).append(name)
    return tuple(
        Family(tuple(names), tuple(code for code in codes if code != NOT_WRITTEN))
        for codes, names in sharing.items()
    )


def _answers(fields: Iterable[Field]) -> Iterable[Demand | Support]:
    kinds: Mapping[str, type[Demand | Support]] = {"demands": Demand, "supports": Support}
    for field in fields:
        group, _, code = field.name.rpartition(".")
        if group in kinds:
            yield kinds[group](code)
