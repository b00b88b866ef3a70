"""Employers found by name, CVR number, P-number or telephone number, on the telephone too."""

import re
from collections.abc import Iterable
from functools import lru_cache

from api.domain.caller import Caller
from api.domain.portfolio import EmployerLine
from api.domain.records import EmployerRecord
from api.store import Unit, employers
from geo.names import fold

MOST = 8
"""So many are shown; more are told apart by writing more."""

LEAST_FIGURES = 4
"""Fewer figures than these are part of a name, and of every telephone number."""

_LEAST_LETTERS = 2

# ten thousand names take half a second to fold, and are searched again with every letter
folded = lru_cache(1 << 16)(fold)
_IN_DANISH = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def found_by(unit: Unit, caller: Caller, words: str, most: int = MOST) -> tuple[EmployerRecord, ...]:
    """The employers that the words name: whose name or number begins with them first, then by name.

    Fewer than two letters, and fewer than four figures alone, find nobody.
    """
    told = fold(words)
    if len("".join(told.split())) < (LEAST_FIGURES if _figures(words).isdecimal() else _LEAST_LETTERS):
        return ()
    found = named(unit, caller, employers.lines(unit, caller), words)
    ids = [line.id for line in sorted(found, key=lambda line: (not _begins(line, words), sorted_by(line)))]
    known = employers.some(unit, caller, ids[:most])
    return tuple(known[id_] for id_ in ids[:most])


def named(unit: Unit, caller: Caller, lines: Iterable[EmployerLine], words: str) -> list[EmployerLine]:
    """Those of the lines that the words name; all of them without words.

    Words stand in the name. Figures alone, four or more, are the beginning of a CVR or P-number, or a
    part of a telephone number.
    """
    figures = _figures(words)
    if figures.isdecimal() and len(figures) >= LEAST_FIGURES:
        known = employers.telephones(unit, caller)
        called = {id_ for id_, phone in known if figures in re.sub(r"\D", "", phone)}
        return [line for line in lines if _numbered(line, figures) or line.id in called]
    wanted = fold(words).split()
    return [line for line in lines if all(word in folded(line.name) for word in wanted)]


def sorted_by(line: EmployerLine) -> tuple[str, str]:
    """The name as Danish sorts it, æ, ø and å last; then the id."""
    return line.name.casefold().translate(_IN_DANISH), line.id


def _figures(words: str) -> str:
    """What may be a number, without the country's own."""
    return re.sub(r"^\+?45(?=\d{8}$)", "", re.sub(r"[\s-]", "", words))


def _numbered(line: EmployerLine, figures: str) -> bool:
    return line.cvr.startswith(figures) or line.p_number.startswith(figures)


def _begins(line: EmployerLine, words: str) -> bool:
    return folded(line.name).startswith(fold(words)) or _numbered(line, _figures(words))
