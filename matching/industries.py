"""What firms of an industry are likely to need, by the first digits of their code: a table with reasons.

`industries.toml` beside this module is the table. It starts a conversation and says nothing about any one
firm: a code that is not in it, or whose list is not known, leaves the activities unknown.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from matching.citizens import Needs
from matching.language import Language
from matching.orders import shares
from matching.vocabulary import Activity, Answer, Attitude, Demand, Setting, parse_code


class IndustrySystem(StrEnum):
    """Which list an industry code is from; DB25 replaced DB07 in the business register during 2025."""

    DB07 = "db07"
    DB25 = "db25"
    UNKNOWN = "unknown"


_LISTS = (IndustrySystem.DB07, IndustrySystem.DB25)
_LIKED = (Attitude.GLADLY, Attitude.CAN, Attitude.UNKNOWN, Attitude.RATHER_NOT)


@dataclass(frozen=True, slots=True)
class Ask:
    """Something concrete to ask an employer for; `brings` is what may come with it."""

    text: Mapping[Language, str]
    activity: Activity
    setting: Setting
    brings: frozenset[Demand]

    def suits(self, needs: Needs) -> bool:
        """Whether nothing that the citizen has said stands against it."""
        return (
            needs.attitudes.get(self.activity) is not Attitude.CANNOT
            and not any(needs.setting.get(side) is Attitude.CANNOT for side in self.setting.sides)
            and not self.brings & needs.avoids
            and not any(needs.abilities.get(demand) is Answer.NO for demand in self.brings)
        )


@dataclass(frozen=True)
class Industry:
    """A row of the table: which codes it is about, what the work is likely to be, what to ask for, why."""

    prefixes: Mapping[IndustrySystem, tuple[str, ...]]
    reason: Mapping[Language, str]
    activities: Mapping[Activity, float]
    asks: tuple[Ask, ...]

    def asks_for(self, needs: Needs) -> list[Ask]:
        """What to ask for on a citizen's behalf, what is done gladly first; nothing that cannot be.

        What is rather not done comes in only where nothing else suits.
        """
        suiting = [ask for ask in self.asks if ask.suits(needs)]
        liked = [ask for ask in suiting if _attitude(needs, ask) is not Attitude.RATHER_NOT]
        return sorted(liked or suiting, key=lambda ask: _liking(needs, ask))


def industries() -> tuple[Industry, ...]:
    """The whole table, in the order of the file."""
    return _table()


def industry_of(code: str, system: IndustrySystem) -> Industry | None:
    """The row with the longest prefix of the code, with its dots or without; None where nothing is known.

    Where it is not known which list the code is from, it counts only if both lists say the same of it.
    """
    if system is IndustrySystem.UNKNOWN:
        first, *others = (industry_of(code, known) for known in _LISTS)
        return first if all(other is first for other in others) else None
    prefixes = _by_prefix()[system]
    digits = code.replace(".", "")  # Statistics Denmark prints 81.30.00
    found = (prefixes.get(digits[:length]) for length in range(len(digits), 0, -1))
    return next((row for row in found if row is not None), None)


def _attitude(needs: Needs, ask: Ask) -> Attitude:
    return needs.attitudes.get(ask.activity, Attitude.UNKNOWN)


def _liking(needs: Needs, ask: Ask) -> tuple[int, int]:
    return _LIKED.index(_attitude(needs, ask)), len(ask.brings & needs.prefers_not)


@cache
def _table() -> tuple[Industry, ...]:
    told = tomllib.loads((files("matching") / "industries.toml").read_text(encoding="utf-8"))
    return tuple(map(_row, told["industry"]))


@cache
def _by_prefix() -> dict[IndustrySystem, dict[str, Industry]]:
    return {system: {code: row for row in _table() for code in row.prefixes[system]} for system in _LISTS}


def _row(told: Mapping[str, Mapping[str, object]]) -> Industry:
    work = {name: entry for name, entry in told.items() if name not in ("reason", *_LISTS)}
    return Industry(
        prefixes={system: tuple(told[system]) for system in _LISTS},
        reason={language: str(told["reason"][language]) for language in Language},
        activities=shares({name: entry["share"] for name, entry in work.items()}),
        asks=tuple(
            _ask(name, entry["where"], words)
            for name, entry in work.items()
            for words in entry["asks"]  # type: ignore[attr-defined]
        ),
    )


def _ask(activity: str, where: object, words: Sequence[str]) -> Ask:
    danish, english, *brings = words
    return Ask(
        text={Language.DANISH: danish, Language.ENGLISH: english},
        activity=parse_code(Activity, "activity", activity),
        setting=parse_code(Setting, "where", where),
        brings=frozenset(parse_code(Demand, "asks", code) for code in brings),
    )
