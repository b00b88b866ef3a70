"""What is shown of a citizen who is not the caller's work: initials and id, and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.access.scopes import Scope, may
from api.domain.caller import Caller
from api.domain.records import CitizenRecord, ListedCitizen
from api.store import Unit, citizens

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class MaskedCitizen:
    """A citizen of the own municipality who is somebody else's work, or, with `nobodys`, nobody's yet."""

    id: str
    initials: str
    nobodys: bool = False


Named = TypeVar("Named", CitizenRecord, ListedCitizen)


def initials(name: str) -> str:
    """The first letter of every word, 'A.M.H.' for Anna Marie Holm; empty when there is no letter.

    A name with a hyphen has a letter for each half, as it is written by hand.
    """
    return "".join(f"{word[0].upper()}." for word in _WORD.findall(name))


def masked(record: CitizenRecord | ListedCitizen, nobodys: bool = False) -> MaskedCitizen:
    """The citizen by initials and id."""
    return MaskedCitizen(record.id, initials(record.name), nobodys)


def for_list(unit: Unit, caller: Caller, records: Sequence[Named]) -> list[Named | MaskedCitizen]:
    """Each citizen as the caller sees them in a list, in the same order.

    Others' citizens are left out altogether for who may not list them.
    """
    opened = citizens.open_to(unit, caller, [record.id for record in records])
    shown = may(caller, Scope.CITIZENS_LIST)
    closed = [record.id for record in records if record.id not in opened] if shown else []
    theirs = citizens.worked_with(unit, caller, closed)
    return [
        record if record.id in opened else masked(record, record.id not in theirs)
        for record in records
        if shown or record.id in opened
    ]
