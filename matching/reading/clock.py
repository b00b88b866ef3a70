"""Clock times: stretches ("9-11", "fra kl. 8 til 10.30") and when work begins ("vi møder kl. 7").

Numbers with a dash are often something else (hours, years, boxes); what follows them tells.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matching.reading.dates import MONTHS
from matching.reading.numbers import COUNT, NUMBER_WORDS, count_of
from matching.reading.text import Passage, expression
from matching.reading.time_of_day import PLAIN, TIME, begins_at, ends_at, in_words, is_plain, minutes_of

_WITH_MINUTES = r"(?:2[0-3]|1[0-9]|0?[0-9])[.:][0-5][0-9](?![0-9])"
_UNITS = (
    r"timer?\b|t\b|år|stk|styk|kg|kilo|person|mand\b|mennesker|gange?\b|uge|min\b|minut|dage\b|måned|mdr|km|m\b|m2"
    r"|kr|meter|procent|%|grader|børn|kasser|bokse|\.? ?klasse"
)
_CLOCK = r"(?:kl\.?\s*|klokken\s*)"
_ABOUT_THEN = r"(?:(?:ca\.?|cirka|omkring|hen ad)\s*)?"
_STRETCH = expression(
    r"(?<![\w/])(?<![0-9][.,:/-])"
    r"(?P<mark>(?:(?:kl|klokken|fra|mellem|formiddage?|eftermiddage?|morgen)\.?\s*){1,2})?"
    rf"(?P<begins>{TIME})\s*(?P<to>-|–|(?:frem |ind)?til|og)\s*{_ABOUT_THEN}{_CLOCK}?(?P<ends>{TIME})"
    rf"(?![0-9:/]|[.,][0-9]|-[0-9]|\.?\s*(?:{MONTHS})|\s*(?:{_UNITS}))"
)
_LASTING = expression(
    rf"\b(?:(?:kl|klokken|fra)\.?\s*){{1,2}}(?P<begins>{TIME})"
    rf"\s*(?:,\s*|og\s(?:så\s)?|i\s|med\s){_ABOUT_THEN}(?P<count>{COUNT})\s?tim(?:e|er|es|ers)?(?:\stid)?\b"
    r"(?!\s*(?:om (?:ugen|måneden)|pr\.? uge|ugentlig|hver uge|i alt|siden|senere|-|–|til\b))"
)
"""A time and how long from then on: "fra kl. 9 og to timer frem"."""

_BEGINNING = expression(
    rf"\b(?P<cue>begynde\w*|starte\w*|start|møde\w*|mødetid|fra|efter)\s"
    rf"(?:(?:\w+\s){{0,3}}?kl(?:okken|\.)?\s*|(?={_WITH_MINUTES}|{PLAIN}))(?P<hour>{TIME})"
)
_ABOUT = expression(rf"\b(?P<hour>[01]?[0-9]|2[0-4]|{'|'.join(NUMBER_WORDS[1:])})[- ]?tiden\b")
_BARE = expression(
    rf"\b(?P<cue>kl(?:okken|\.)?)\s*(?P<hour>{TIME})(?!\s*(?:-|–|til|og)\s*(?:kl(?:okken|\.)?\s*)?{TIME})"
)
_LATER = expression(r"\s*(?:om\s)?(?:eftermiddag|aften)")
_LATER_BEFORE = expression(r"(?:eftermiddag|aften)(?:en|e)?,?\s*(?:fra\s)?(?:(?:kl|klokken)\.?\s*)?$")
_ENDS = expression(r"\b(?:til|inden|foer|slutter|senest|indtil|lukker|hjem)\s*(?:\w+\s)?$")
_CLOSED = expression(r"\s*(?:[.,;)\n]|$)")
_STREET = expression(r"(?:vej|vejen|gade|gaden|allé|stræde|vænge|vænget)\s*$")
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
    told = [*_from_and_to(passage.folded), *_lasting(passage.folded)]
    yield from sorted(told, key=lambda stretch: stretch.start)


def _from_and_to(folded: str) -> Iterator[Stretch]:
    for found in _STRETCH.finditer(folded):
        marked = bool(found["mark"] or _plainly_a_time(folded, found))
        if not (marked or found["to"] in "-–" or folded[: found.start()].rstrip()[-3:] in _DAY_ENDS):
            continue
        if found["to"] == "og" and "mellem" not in (found["mark"] or ""):
            continue
        if not marked and (found["begins"] in NUMBER_WORDS or found["ends"] in NUMBER_WORDS):
            continue
        begins, ends = begins_at(found["begins"]), ends_at(found["ends"], found["begins"])
        if ends <= _NOON and _told_later(folded, found.start(), found.end()):
            begins, ends = begins + _NOON, ends + _NOON
        if _possible(begins, ends) and not _about_something_else(folded, found.start()):
            yield Stretch(begins, ends, found.start("begins"), found.end(), marked)


def _lasting(folded: str) -> Iterator[Stretch]:
    for found in _LASTING.finditer(folded):
        begins = begins_at(found["begins"])
        ends = begins + round(60 * count_of(found["count"]))
        if begins < ends <= _WHOLE_DAY and not _about_something_else(folded, found.start()):
            yield Stretch(begins, ends, found.start("begins"), found.end(), True)


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
        yield Beginning(begins_at(found["hour"]), found.start(), found.end(), False)


def without_an_end(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a time is told that something begins at, and nowhere how long it lasts: "fra klokken halv ni"."""
    read = ((stretch.start, stretch.end) for stretch in stretches(passage))
    ended = sorted({*read, *impossible(passage)})
    for pattern in (_BEGINNING, _BARE, _ABOUT):
        for found in pattern.finditer(passage.folded):
            start, end = found.start("hour"), found.end()
            last = _ENDS.search(passage.folded[max(0, found.start() - 20) : found.start()])
            if (
                not last
                and not _about_something_else(passage.folded, found.start())
                and not _within(start, ended)
            ):
                yield start, end


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of these spans, which stand in the order of the text."""
    after = bisect_right(spans, place, key=lambda span: span[0])
    return after > 0 and place < spans[after - 1][1]


def impossible(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a stretch is told that ends before it begins: "16-14"."""
    for found in _STRETCH.finditer(passage.folded):
        clock = found["to"] in "-–" and not in_words(found["begins"] + found["ends"])
        if clock and not _possible(minutes_of(found["begins"]), minutes_of(found["ends"])):
            yield found.start("begins"), found.end()


def _plainly_a_time(folded: str, found: re.Match[str]) -> bool:
    """With minutes ("7.30-9", "07-11"), or with nothing beside it between two marks."""
    told = found["begins"] + found["ends"]
    alone = not folded[: found.start()].rstrip(" \n")[-1:].isalnum() and _CLOSED.match(folded, found.end())
    said = is_plain(found["begins"]) or is_plain(found["ends"])
    return said or "." in told or ":" in told or told[0] == "0" or bool(alone and found.start())


def _hour(folded: str, found: re.Match[str]) -> int:
    minutes = begins_at(found["hour"])
    later = minutes < _NOON and _told_later(folded, found.start(), found.end("hour"))
    return minutes + _NOON if later else minutes


def _told_later(folded: str, start: int, end: int) -> bool:
    """Whether the hours of twelve are said to be in the afternoon."""
    return bool(_LATER.match(folded, end) or _LATER_BEFORE.search(folded[max(0, start - 30) : start]))


def _possible(begins: int, ends: int) -> bool:
    """Forward within the day, or a night that begins in the evening and ends in the morning."""
    if max(begins, ends) > _WHOLE_DAY or begins == _WHOLE_DAY:
        return False
    return begins < ends or (begins >= 17 * 60 and ends <= 9 * 60)


def _about_something_else(folded: str, place: int) -> bool:
    before = folded[max(0, place - 40) : place]
    clause = re.split(r"[.;!?\n]\s|,", before)[-1]
    return bool(_WEEKS.search(before) or _STREET.search(before) or _OTHER_MATTER.search(clause))
