"""Employers found by name, CVR number, P-number or telephone number, on the telephone too."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from api.casework.near_names import near
from api.domain.caller import Caller
from api.domain.names import holds
from api.domain.portfolio import EmployerLine, EmployerNamed
from api.domain.records import EmployerRecord
from api.store import Unit, employers
from geo.names import fold

Line = TypeVar("Line", EmployerLine, EmployerNamed)

MOST = 8
"""So many are shown; more are told apart by writing more."""

LEAST_FIGURES = 4
"""Fewer figures than these are part of a name, and of every telephone number."""

LEAST_LETTERS = 2

# ten thousand names take half a second to fold, and are searched again with every letter
folded = lru_cache(1 << 16)(fold)
_CALLED = re.compile(r"^(?:cvr|dk|pnr|p|telefon|tlf|mobil|mob)(?:nummer|nr|no)?(?=\+?\d+$)", re.IGNORECASE)
_IN_DANISH = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def found_by(unit: Unit, caller: Caller, words: str, most: int = MOST) -> tuple[EmployerRecord, ...]:
    """The employers that the words name: whose name or number begins with them first, then by name.

    Fewer than two letters, and fewer than four figures alone, find nobody.
    """
    ids = ids_of(unit, caller, words)[:most]
    known = employers.some(unit, caller, ids)
    return tuple(known[id_] for id_ in ids)


def ids_of(unit: Unit, caller: Caller, words: str) -> list[str]:
    """The ids of all employers that the words name, in the same order."""
    if is_too_short(words):
        return []
    found = named(unit, caller, employers.named(unit, caller), words)
    return [line.id for line in sorted(found, key=lambda line: (not _begins(line, words), sorted_by(line)))]


def near_ids(unit: Unit, caller: Caller, words: str) -> list[str]:
    """The ids of the few employers whose name the words may be a slip of, the nearest first."""
    return near(((line.id, folded(line.name)) for line in employers.named(unit, caller)), words)


def near_by(unit: Unit, caller: Caller, words: str) -> tuple[EmployerRecord, ...]:
    """The same employers."""
    ids = near_ids(unit, caller, words)
    known = employers.some(unit, caller, ids)
    return tuple(known[id_] for id_ in ids)


def is_too_short(words: str) -> bool:
    """Whether words would name too many: fewer than two letters, or fewer than four figures alone."""
    least = LEAST_FIGURES if figures_of(words).isdecimal() else LEAST_LETTERS
    return len("".join(fold(words).split())) < least


def named(unit: Unit, caller: Caller, lines: Iterable[Line], words: str) -> list[Line]:
    """Those of the lines that the words name; all of them without words.

    Words stand in the name. Figures alone, four or more, are the beginning of a CVR or P-number, or a
    part of a telephone number.
    """
    figures = figures_of(words)
    if figures.isdecimal() and len(figures) >= LEAST_FIGURES:
        known = employers.telephones(unit, caller)
        called = {id_ for id_, phone in known if is_called(phone, figures)}
        return [line for line in lines if _numbered(line, figures) or line.id in called]
    wanted = fold(words).split()
    return [line for line in lines if not wanted or holds(folded(line.name), wanted)]


def is_called(phone: str, figures: str) -> bool:
    """Whether figures stand in a telephone number, however that is written."""
    return figures in re.sub(r"\D", "", phone)


def sorted_by(line: EmployerLine | EmployerNamed) -> tuple[str, str]:
    """The name as Danish sorts it, æ, ø and å last; then the id."""
    return line.name.casefold().translate(_IN_DANISH), line.id


def figures_of(words: str) -> str:
    """What may be a number, without its signs, what it is called and the country's own.

    >>> figures_of("tlf. (+45) 75 82-10.20"), figures_of("CVR-nr. 12 34 56 78"), figures_of("Vej 12")
    ('75821020', '12345678', 'Vej12')
    """
    bare = re.sub(r"[\s().:/-]", "", words)
    bare = _CALLED.sub("", bare)
    return re.sub(r"^(?:\+|00)?45(?=\d{8}$)", "", bare)


def _numbered(line: EmployerLine | EmployerNamed, figures: str) -> bool:
    return line.cvr.startswith(figures) or line.p_number.startswith(figures)


def _begins(line: EmployerLine | EmployerNamed, words: str) -> bool:
    return folded(line.name).startswith(fold(words)) or _numbered(line, figures_of(words))
