"""Words of the vocabulary in a cell: codes, or what people call them in Danish or English.

Several are divided by commas or semicolons; a comma that belongs to a word stays ("Kontor, post og it").
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from api.exchange.columns import folded
from api.exchange.values import Given
from geo import Mode, Refused
from geo.errors import N_
from matching.language import Language, speech
from matching.vocabulary import REQUIREMENTS, Activity, Demand, Setting, Support

_BETWEEN = re.compile(r"[,;|\n]")
_MOST_PIECES = 3
"""So many commas, at most, divide one word."""

_VOCABULARY: tuple[type[StrEnum], ...] = (Activity, Demand, Support, Setting, Mode)
_LEAST, _NEAR = 4, 0.75
"""Letters of a word that stands for a whole name, and how alike a slip has to be."""


def words(codes: Iterable[StrEnum]) -> Callable[[Given], tuple[StrEnum, ...]]:
    """A reader of cells that hold some of these codes; it raises `Refused` for any other word."""
    offered = tuple(codes)

    def read(given: Given) -> tuple[StrEnum, ...]:
        pieces = [piece.strip() for piece in _BETWEEN.split(given.text) if piece.strip()]
        found: list[StrEnum] = []
        while pieces:
            code, taken = _longest(pieces, _called(offered))
            found.append(code or _one(given, pieces[0], offered))
            pieces = pieces[taken:]
        return tuple(dict.fromkeys(found))

    return read


def word(codes: Iterable[StrEnum]) -> Callable[[Given], StrEnum | None]:
    """A reader of cells that hold one of these codes, or nothing."""
    offered = tuple(codes)

    def read(given: Given) -> StrEnum | None:
        return _one(given, given.text, offered) if given.text else None

    return read


def _one(given: Given, said: str, codes: tuple[StrEnum, ...]) -> StrEnum:
    """The code of a word; by part of what people call it, where that is no other's, and then it is told."""
    code = _called(codes).get(folded(said))
    if code is None and (code := _in_part(codes).get(folded(said))):
        given.tell(N_("{value!r} was read as {read}."), value=said, read=code)
    if code is None:
        raise _unknown(given, said, codes)
    return code


def _longest(pieces: list[str], called: dict[str, StrEnum]) -> tuple[StrEnum | None, int]:
    for taken in range(min(_MOST_PIECES, len(pieces)), 0, -1):
        found = called.get(folded(" ".join(pieces[:taken])))
        if found is not None:
            return found, taken
    return None, 1


@cache
def _called(codes: tuple[StrEnum, ...]) -> dict[str, StrEnum]:
    return {folded(name): code for code in codes for name in _names(code)}


@cache
def _in_part(codes: tuple[StrEnum, ...]) -> dict[str, StrEnum]:
    """Single words out of names, such as "maskiner", that stand in no name of the vocabulary but one."""
    whose: dict[str, set[StrEnum]] = {}
    for code in (code for kind in _VOCABULARY for code in kind):
        for part in re.findall(r"\w+", " ".join(_names(code))):
            whose.setdefault(folded(part), set()).add(code)
    alone = {part: next(iter(found)) for part, found in whose.items() if len(found) == 1}
    return {part: code for part, code in alone.items() if len(part) >= _LEAST and code in codes}


def _names(code: StrEnum) -> Iterable[str]:
    yield code.value
    for language in Language:
        yield speech(language).label(code)
        if code in REQUIREMENTS:
            yield speech(language).about("ability", code)


def _unknown(given: Given, said: str, codes: tuple[StrEnum, ...]) -> Refused:
    problem = N_("{word!r} is not one of the words that are used here.")
    known = _called(codes)
    near = process.extractOne(folded(said), list(known), scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    if near:
        remedy = N_("Did you mean {near}? Write what work must allow, never why.")
        return given.refused(problem, remedy, word=said, near=known[near[0]])
    remedy = N_("Use the words of the citizen's page; write what work must allow, never why.")
    return given.refused(problem, remedy, word=said)
