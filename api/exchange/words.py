"""Words of the vocabulary in a cell: codes, or what people call them in Danish or English.

Several are divided by commas or semicolons; a comma that belongs to a word stays ("Kontor, post og it").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from api.exchange.columns import folded
from api.exchange.values import Given
from geo import Mode, Refused
from geo.errors import N_
from matching.language import Language, speech
from matching.reading import read_task
from matching.vocabulary import REQUIREMENTS, Activity, Answer, Demand, Setting, Support

_BETWEEN = re.compile(r"[,;|\n]")
_MOST_PIECES = 3
"""So many commas, at most, divide one word."""

_VOCABULARY: tuple[type[StrEnum], ...] = (Activity, Demand, Support, Setting, Mode)
_LEAST, _NEAR, _MOST_NEAR = 4, 0.7, 3
"""Letters of a word that stands for a whole name, how alike a slip has to be, and how many are offered."""

_SURE = 0.75
"""How sure the reading is of the work that a word is taken for; a name that sounds like some is none."""

_LONGEST = 80
"""Characters of a word that are read for what they mean."""


@dataclass(frozen=True)
class Words:
    """The words that may stand in a column: their codes, and whether they tell of a person."""

    codes: tuple[StrEnum, ...]
    personal: bool = False
    also: Mapping[str, StrEnum] = field(default_factory=dict)
    """Other words for a code, folded, that no label holds."""

    def several(self, given: Given) -> tuple[StrEnum, ...]:
        """All words of a cell, each once; raises one `Refused` for those that are none of these."""
        pieces = [piece.strip() for piece in _BETWEEN.split(given.text) if piece.strip()]
        found: list[StrEnum] = []
        unknown: list[str] = []
        while pieces:
            code, taken = _longest(pieces, self._called)
            code = code or self._one(given, pieces[0])
            if code:
                found.append(code)
            else:
                unknown.append(pieces[0])
            pieces = pieces[taken:]
        if unknown:
            raise self._unknown(given, unknown)
        return tuple(dict.fromkeys(found))

    def one(self, given: Given) -> StrEnum | None:
        """The word of a cell, None when it is blank; raises `Refused` for any other."""
        if not given.text:
            return None
        code = self._called.get(folded(given.text)) or self._one(given, given.text)
        if code is None:
            raise self._unknown(given, [given.text])
        return code

    @cached_property
    def _called(self) -> Mapping[str, StrEnum]:
        return {**_called(self.codes), **self.also}

    def _one(self, given: Given, said: str) -> StrEnum | None:
        """The code of part of what people call it, where that is no other's; that it was read so is told."""
        code = _in_part(self.codes).get(folded(said))
        if code:
            given.tell(N_("{value!r} was read as {read}."), value=said, read=code)
        return code

    def _unknown(self, given: Given, said: list[str]) -> Refused:
        near = tuple(dict.fromkeys(code for word in said for code in nearest_words(word, self.codes)))
        problem = (
            N_("{word!r} is not one of the words that are used here.")
            if len(said) == 1
            else N_("These are not among the words that are used here: {word}.")
        )
        listed, asked = _PERSONAL if self.personal else _PLAIN
        return given.refused(problem, asked if near else listed, word=", ".join(said), near=near)


_PLAIN = (
    N_("All of the words: /imports/words."),
    N_("Did you mean {near}? All of the words: /imports/words."),
)
_PERSONAL = (
    N_("Write what work must allow, never why. All of the words: /imports/words."),
    N_("Did you mean {near}? Write what work must allow, never why. All of the words: /imports/words."),
)
"""The way out, without a near word and with some."""


def nearest_words(said: str, codes: tuple[StrEnum, ...]) -> tuple[StrEnum, ...]:
    """The codes, three at most, that a word may be a slip of, or that the reading of tasks takes it for."""
    called = _called(codes)
    alike = process.extract(
        folded(said), list(called), scorer=OSA.normalized_similarity, score_cutoff=_NEAR, limit=None
    )
    found = [called[name] for name, _, _ in alike] or [code for code in _meant(said) if code in codes]
    return tuple(dict.fromkeys(found))[:_MOST_NEAR]


def _meant(said: str) -> tuple[StrEnum, ...]:
    """What a task of these words would be: havearbejde is green work, tunge løft are heavy lifting."""
    reading = read_task(said[:_LONGEST])
    task = reading.to_task()
    answered = (*task.demands.items(), *task.supports.items())
    sure = (code for code, found in reading.activities.items() if found.confidence >= _SURE)
    return (*sure, *(code for code, answer in answered if answer is Answer.YES))


def _longest(pieces: list[str], called: Mapping[str, StrEnum]) -> tuple[StrEnum | None, int]:
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
