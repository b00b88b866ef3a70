"""An employer found while somebody is on the telephone: by name, CVR number or telephone number."""

import re

from api.domain.caller import Caller
from api.domain.records import EmployerRecord
from api.store import Unit, employers
from geo.names import fold

MOST = 8
"""So many are shown; more are told apart by writing more."""

_LEAST_DIGITS, _LEAST_LETTERS = 4, 2


def found_by(unit: Unit, caller: Caller, words: str, most: int = MOST) -> tuple[EmployerRecord, ...]:
    """The employers that the words name: whose name begins with them first, then by name.

    Figures alone, four or more, are the beginning of a CVR number or a part of a telephone number. Fewer than
    two letters find nobody.
    """
    digits = re.sub(r"^\+?45(?=\d{8}$)", "", re.sub(r"[\s-]", "", words))
    if digits.isdecimal():
        ids = _by_number(unit, caller, digits) if len(digits) >= _LEAST_DIGITS else []
    else:
        ids = _by_name(unit, caller, fold(words))
    known = employers.some(unit, caller, ids[:most])
    return tuple(known[id_] for id_ in ids[:most])


def _by_name(unit: Unit, caller: Caller, words: str) -> list[str]:
    wanted = words.split()
    if len("".join(wanted)) < _LEAST_LETTERS:
        return []
    folded = ((fold(name), id_) for id_, name, _ in employers.names(unit, caller))
    found = [(not name.startswith(words), name, id_) for name, id_ in folded if _holds(name, wanted)]
    return [id_ for _, _, id_ in sorted(found)]


def _holds(name: str, wanted: list[str]) -> bool:
    return all(word in name for word in wanted)


def _by_number(unit: Unit, caller: Caller, digits: str) -> list[str]:
    by_cvr = sorted((cvr, id_) for id_, _, cvr in employers.names(unit, caller) if cvr.startswith(digits))
    known = employers.phones(unit, caller)
    by_phone = [id_ for id_, phone in known if digits in re.sub(r"\D", "", phone)]
    return list(dict.fromkeys([*(id_ for _, id_ in by_cvr), *sorted(by_phone)]))
