"""Clock times: stretches ("9-11", "fra kl. 8 til 10.30") and when work begins ("vi møder kl. 7").

Numbers with a dash are often something else (hours, years, boxes); what follows them tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from matching.reading.dates import MONTHS
from matching.reading.numbers import NUMBER_WORDS
from matching.reading.text import Passage, expression

_WITH_MINUTES = r"(?:2[0-3]|1[0-9]|0?[0-9])[.:][0-5][0-9](?![0-9])"
HOUR = r"(?:2[0-4]|1[0-9]|0?[0-9])(?:[.:][0-5][0-9])?(?![0-9])"
"""An hour with or without minutes, in folded text."""

_SAID = "|".join(NUMBER_WORDS[1:])
_UNITS = (
    r"timer?\b|t\b|år|stk|styk|kg|kilo|person|mand\b|mennesker|gange?\b|uge|min\b|minut|dage\b|måned|mdr|km|m\b|m2"
    r"|kr|meter|procent|%|grader|børn|kasser|bokse|\.? ?klasse"
)
_STRETCH = expression(
    rf"(?<![\w/])(?<![0-9][.,:/-])(?P<mark>(?:(?:kl|klokken|fra|mellem|formiddage?|eftermiddage?|morgen)\.?\s*){{1,2}})?(?P<begins>{HOUR}|{_SAID})"
    rf"\s*(?P<to>-|–|til|og)\s*(?:kl\.?\s*|klokken\s*)?(?P<ends>{HOUR}|(?:{_SAID})\b)"
    rf"(?![0-9:/]|[.,][0-9]|-[0-9]|\.?\s*(?:{MONTHS})|\s*(?:{_UNITS}))"
)
_BEGINNING = expression(
    rf"\b(?P<cue>begynde\w*|starte\w*|start|møde\w*|mødetid|fra|efter)\s"
    rf"(?:(?:\w+\s){{0,3}}?kl(?:okken|\.)?\s*|(?={_WITH_MINUTES}))(?P<hour>{HOUR})"
)
_ABOUT = expression(r"\b(?P<hour>[01]?[0-9]|2[0-4])-tiden\b")
_BARE = expression(
    rf"\b(?P<cue>kl(?:okken|\.)?)\s*(?P<hour>{HOUR})(?!\s*(?:-|–|til|og)\s*(?:kl\.?\s*)?[0-9])"
)
_LATER = expression(r"\s*(?:om\s)?(?:eftermiddag|aften)")
_LATER_BEFORE = expression(r"(?:eftermiddag|aften)(?:en|e)?,?\s*(?:fra\s)?(?:(?:kl|klokken)\.?\s*)?$")
_ENDS = expression(r"\b(?:til|inden|foer|slutter|senest|indtil|lukker|hjem)\s*(?:\w+\s)?$")
_CLOSED = expression(r"\s*(?:[.,;)\n]|$)")
_WEEKS = expression(r"\buge(?:r|rne)?\s*$")
_OTHER_MATTER = expression(
    r"\b(?:ring|telefon|træffes|åbent|åbningstid|lukket|har åben|butikken har"
    r"|holder (?:\w+ )?møde|generalforsamling)"
)
_WHOLE_DAY = 24 * 60
_NOON = 12 * 60
_MORNING = 8 * 60


@dataclass(frozen=True)
class Stretch:
    """From when to when, in minutes from midnight; it ends the next day when it ends before it begins."""

    begins: int
    ends: int
    start: int
    end: int
    marked: bool
    """Said to be a time ("kl.", "fra", "mellem")."""


class Beginning(NamedTuple):
    """A time that work begins at; `firm` when the text says "begynder" or "møder"."""

    minutes: int
    start: int
    end: int
    firm: bool


def stretches(passage: Passage) -> Iterator[Stretch]:
    """Every stretch of clock time, in the order of the text; opening hours of other things left out."""
    for found in _STRETCH.finditer(passage.folded):
        marked = bool(found["mark"] or _plainly_a_time(passage.folded, found))
        if not (marked or found["to"] in "-–" or passage.folded[: found.start()].rstrip()[-3:] in _DAY_ENDS):
            continue
        if found["to"] == "og" and "mellem" not in (found["mark"] or ""):
            continue
        if not marked and (found["begins"] in NUMBER_WORDS or found["ends"] in NUMBER_WORDS):
            continue
        begins, ends = _minutes(found["begins"]), _minutes(found["ends"])
        if ends <= _NOON and _told_later(passage.folded, found.start(), found.end()):
            begins, ends = begins + _NOON, ends + _NOON
        if _possible(begins, ends) and not _about_something_else(passage.folded, found.start()):
            yield Stretch(begins, ends, found.start("begins"), found.end(), marked)


_DAY_ENDS = frozenset({"dag", "age", "man", "tir", "irs", "ons", "tor", "ors", "fre", "oer", "oen", "den"})


def beginnings(passage: Passage) -> Iterator[Beginning]:
    """Every time that work begins at or that it goes on until ("23-tiden")."""
    for found in _BEGINNING.finditer(passage.folded):
        if not _about_something_else(passage.folded, found.start()):
            firm = found["cue"] not in {"fra", "efter"}
            yield Beginning(_hour(passage.folded, found), found.start("hour"), found.end(), firm)
    for found in _BARE.finditer(passage.folded):
        # "kl. 6 om morgenen" is when it begins; "inden kl. 7" may be in the evening
        ends = _ENDS.search(passage.folded[: found.start()])
        minutes = _hour(passage.folded, found)
        if minutes < _MORNING and not ends and not _about_something_else(passage.folded, found.start()):
            yield Beginning(minutes, found.start("hour"), found.end("hour"), False)
    for found in _ABOUT.finditer(passage.folded):
        yield Beginning(_minutes(found["hour"]), found.start(), found.end(), False)


def impossible(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a stretch is told that ends before it begins: "16-14"."""
    for found in _STRETCH.finditer(passage.folded):
        clock = found["to"] in "-–" and found["begins"][0].isdigit() and found["ends"][0].isdigit()
        if clock and not _possible(_minutes(found["begins"]), _minutes(found["ends"])):
            yield found.start("begins"), found.end()


def _plainly_a_time(folded: str, found: re.Match[str]) -> bool:
    """With minutes ("7.30-9", "07-11"), or with nothing beside it between two marks."""
    told = found["begins"] + found["ends"]
    alone = not folded[: found.start()].rstrip(" \n")[-1:].isalnum() and _CLOSED.match(folded, found.end())
    return "." in told or ":" in told or told[0] == "0" or bool(alone and found.start())


def _hour(folded: str, found: re.Match[str]) -> int:
    minutes = _minutes(found["hour"])
    later = minutes < _NOON and _told_later(folded, found.start(), found.end("hour"))
    return minutes + _NOON if later else minutes


def _told_later(folded: str, start: int, end: int) -> bool:
    """Whether the hours of twelve are said to be in the afternoon."""
    return bool(_LATER.match(folded, end) or _LATER_BEFORE.search(folded[max(0, start - 30) : start]))


def _minutes(said: str) -> int:
    if said in NUMBER_WORDS:
        return NUMBER_WORDS.index(said) * 60
    hour, _, minute = said.replace(".", ":").partition(":")
    return int(hour) * 60 + int(minute or 0)


def _possible(begins: int, ends: int) -> bool:
    """Forward within the day, or a night that begins in the evening and ends in the morning."""
    if max(begins, ends) > _WHOLE_DAY or begins == _WHOLE_DAY:
        return False
    return begins < ends or (begins >= 17 * 60 and ends <= 9 * 60)


def _about_something_else(folded: str, place: int) -> bool:
    before = folded[max(0, place - 40) : place]
    clause = re.split(r"[.;!?\n]\s|,", before)[-1]
    return bool(_WEEKS.search(before) or _OTHER_MATTER.search(clause))
