"""When a task begins: "fra 1. december", "starter 07-12-2026"; and that it is done in a day, where it is.

A date without its year has one only for somebody who knows today's date: the next such day. "På mandag" stays
unknown all the same; the consultant asks.
"""

from datetime import date
from re import Match

from matching.reading.findings import Finding
from matching.reading.text import Passage, expression, fold

_MONTH_NAMES = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
MONTHS = "|".join(
    (*_MONTH_NAMES, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "okt", "nov", "dec")
)
"""The names of the months and their short forms, as alternatives of a pattern."""

_ORDINALS = (
    *("første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende"),
    *("ellevte", "tolvte", "trettende", "fjortende", "femtende", "sekstende", "syttende", "attende"),
    *("nittende", "tyvende", "enogtyvende", "toogtyvende", "treogtyvende", "fireogtyvende"),
    *("femogtyvende", "seksogtyvende", "syvogtyvende", "otteogtyvende", "niogtyvende", "tredivte"),
    "enogtredivte",
)
_DAYS = {fold(word): day for day, word in enumerate(_ORDINALS, 1)}
_CUE = r"(?:fra|starter|starte|startdato|start|opstart|begynder|begynde|tidligst|pr|første gang)"
_BETWEEN = r"[\s.:]+(?:(?:den|d|på|er|\w+dag)[\s.:]+){0,3}"
_DATE = (
    r"(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
    rf"|(?P<day>[0-9]{{1,2}}|{'|'.join(_ORDINALS)})\.?\s*(?P<month>{MONTHS})\b\.?(?:\s*(?P<year>20[0-9]{{2}}))?"
    r"|(?P<day2>[0-9]{1,2})[-/.](?P<month2>[0-9]{1,2})(?:[-/.](?P<year2>20[0-9]{2}|[0-9]{2}))?(?![0-9/.-]*[0-9]))"
)
_START = expression(
    rf"\b{_CUE}{_BETWEEN}{_DATE}|\b\w{{2,4}}dag[\s,]+(?:(?:den|d)[\s.]+)?{_DATE.replace('P<', 'P<at_')}"
)
# hours look like days ("9-12") where no month is named
_NAMED_DATE = rf"[0-9]{{1,2}}(?:\.?\s*(?:{MONTHS})\b|/[0-9]{{1,2}})"
_ANY_DATE = expression(rf"{_NAMED_DATE}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}")
# "fredag 9-11", "fra 9.30": so close to a day or to "fra", and without "den" or a year, these are hours
_HOURS = expression(r"(?:\bfra|dag)[\s,.:]+[0-9]{1,2}[-.][0-9]{1,2}$")
_WEEKDAYS = tuple(map(fold, ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")))
_WEEKDAY = expression(rf"\b({'|'.join(_WEEKDAYS)})(\w*)")
# what goes on, begins some time, or is a day to answer by is not done in a day
_GOES_ON = expression(
    r"\b(?:hver\w*|ugentlig\w*|(?:om|i|pr\.?) (?:ugen?|måneden?)|uger|måneder|fremover|fast\w*|derefter"
    r"|herefter|løbende|start\w*|opstart\w*|begynd\w*|tidligst|senest|inden|indtil|frist\w*|samtale\w*"
    r"|første gang|igen)\b"
)
_SEVERAL = expression(rf"[0-9]\.?\s*(?:og|eller|til|[-–+&])\s*(?:\w+dag\s+)?(?:d(?:en|\.)?\s*)?{_DATE}")
_SURE_OF_YEAR, _SURE_OF_NEXT = 0.95, 0.85


def read_start(passage: Passage, on: date | None) -> Finding[date] | None:
    """The day a task begins; None without one, and without its year when `on` is not given."""
    found = _first_day(passage, on)
    return found[1] if found else None


def read_end(passage: Passage, on: date | None) -> Finding[date] | None:
    """The day on which a task is done that takes that day only: "lørdag den 5. december kl. 10-14".

    None where it may go on: when a word says so, another day is named, or the day is called a first one.
    """
    found = _first_day(passage, on)
    if found is None or not _by_its_weekday(found[0]) or _GOES_ON.search(passage.folded):
        return None
    if _SEVERAL.search(passage.folded) or len(_ANY_DATE.findall(passage.folded)) > 1:
        return None
    named = {match[0] for match in _WEEKDAY.finditer(passage.folded)}
    return found[1] if named == {_WEEKDAYS[found[1].value.weekday()]} else None


def _by_its_weekday(found: Match[str]) -> bool:
    return any(value for name, value in found.groupdict().items() if name.startswith("at_"))


def _first_day(passage: Passage, on: date | None) -> tuple[Match[str], Finding[date]] | None:
    for found in _START.finditer(passage.folded):
        parts = {name.removeprefix("at_"): value for name, value in found.groupdict().items() if value}
        if not _HOURS.search(found[0]) and (day := _date(parts, on)) is not None:
            dated = "iso" in parts or "year" in parts or "year2" in parts
            sure = _SURE_OF_YEAR if dated else _SURE_OF_NEXT
            return found, Finding(day, sure, [passage.evidence(found.start(), found.end())])
    return None


def says_year(found: Finding[date]) -> bool:
    """Whether the words of a day hold its year; without one, the next such day is what was understood."""
    return found.confidence >= _SURE_OF_YEAR


def _date(parts: dict[str, str], on: date | None) -> date | None:
    if "iso" in parts:
        return _possible(*map(int, parts["iso"].split("-")))
    told = parts.get("day") or parts["day2"]
    day = _DAYS[told] if told in _DAYS else int(told)
    month = _month(parts["month"]) if "month" in parts else int(parts["month2"])
    year = parts.get("year") or parts.get("year2")
    if year:
        return _possible(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    return _next(month, day, on) if on else None


def _next(month: int, day: int, on: date) -> date | None:
    years = (_possible(year, month, day) for year in range(on.year, on.year + 2))
    return next((found for found in years if found and found >= on), None)


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTH_NAMES, 1) if month.startswith(name[:3]))


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
