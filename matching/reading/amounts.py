"""Hours a week, pay by the hour and places, as they are told.

A range of hours is read at its upper end, a range of pay at its lower: neither promises too much. Where the
text names two different figures it is left open. Pay for the whole task is no hourly pay.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matching.reading.findings import Finding
from matching.reading.numbers import NUMBER_WORDS
from matching.reading.text import Passage, expression
from matching.times import Weekday

_SAID = {word: float(number) for number, word in enumerate(NUMBER_WORDS)} | {
    "et": 1.0,
    "et par": 2.0,
    "en halv": 0.5,
    "halvanden": 1.5,
    "halvandet": 1.5,
    "½": 0.5,
}
_WORDS = "|".join(sorted(_SAID, key=len, reverse=True))
_RISING = "|".join(
    rf"{low}(?=\s+{high}\s+timer\b)" for low, high in zip(NUMBER_WORDS[1:], NUMBER_WORDS[2:], strict=False)
)
"""The first of two counts in a row as one says them, "tre fire timer"; "to tre timers" are two of three."""
_COUNT = rf"(?:[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?½?|{_WORDS})"
_HOURS = expression(
    rf"(?<![\w,])(?<![0-9]\.)(?:(?P<low>{_COUNT})\s*(?:-|–|til|eller)\s*|(?P<said>{_RISING})\s+)?(?P<high>{_COUNT})"
    r"(?:\s*(?:timers?\b|time\b)|(?<=[0-9½])\s*(?:t\b\.?|tim\b\.?))"
)
_WEEKLY = expression(
    r"\s*(?:arbejde\s*)?(?:(?:om|pr\.?|per|/|i|hver)\s*(?:ugen|uge|anden uge)\b|ugentligt?|ugtl\b|/uge"
    r"|hver\s(?:man|tirs|ons|tors|fre|lør|søn)dag\b)"
)
_WEEKLY_BEFORE = expression(
    r"(?:ugentligt?|om ugen|pr\.? uge|ugentlige timer"
    r"|hver anden uge(?: om sommeren| om vinteren)?,?(?: tager| tar)?)[:,\s]*"
    r"(?:er det|ca\.?|cirka|omkring)?\s*$"
)
_DAILY = expression(r"\s*(?:om dagen|dagligt|pr\.? dag|per dag|hver dag|/dag)")
_EACH = expression(r"\s*(?:ad gangen|pr\.? gang|per gang|hver gang)")
_OTHERWISE = expression(
    r"\s*(?:(?:om|pr\.?|per|hver|i)\s*(?:måned|år|anden (?!uge)|14|tredje)"
    r"|siden|hver vej|i alt|ialt|væk|senere|undervejs|kørsel|før|efter)"
)
_NOT_WORK_TIME = expression(
    r"(?:\bpå|efter|inden|hver|om|nøjes med|mindst|min\.?|første|\bi|sidste|alt|en halv|lærer man)\s*$"
)
_GANGE = expression(
    rf"(?P<count>{_COUNT})\s*(?:gange?|x|\*)(?:\s*(?P<weekly>om ugen|pr\.? uge|ugentligt?))?"
    r"\s*(?:a|à|af|på|,|med)?\s*$"
)
_OFTEN = expression(rf"(?<!\w)(?P<count>{_COUNT})\s*gange?\s*(?:om ugen|pr\.? uge|ugentligt?)")
_OFTEN_AFTER = expression(rf"[\s,]*{_OFTEN.pattern}")
_PER_HOUR = r"(?:i\s+timen|pr\.?\s*time\b|per\s+time\b|/\s*(?:timen|time|t)\b|a\s+timen|timen|i\s+timeløn)"
_MONEY = r"[0-9]{2,4}(?:[.,][0-9]{1,2})?"
_CURRENCY = r"(?:,-)?\s*(?:kr\b\.?|kroner|dkk|,-)?"
_PAY = expression(
    rf"(?<![\w,])(?<![0-9]\.)(?P<pay>{_MONEY})(?P<range>{_CURRENCY}\s*(?:-|–|til)\s*{_MONEY})?{_CURRENCY}\s*{_PER_HOUR}"
    rf"|\btimeløn(?:nen)?\s*(?:er|på|bliver|[:=])?\s*(?:ca\.?\s*)?(?P<wage>{_MONEY})(?![0-9])"
)
_FOR_SOMETHING = r"\.?\s*(?:pr|per|for|om|i\b|til|hver|à|/|[0-9]|stk|-)"
_CALLED_PAY = expression(
    r"\b(?:løn(?:nen)?|betaling(?:en)?|giver|betaler)\s*(?:er|på|bliver|[:=])?\s*(?:ca\.?\s*)?"
    rf"(?P<called>{_MONEY})(?![0-9])(?!{_CURRENCY}{_FOR_SOMETHING})"
    rf"|(?<![\w,.])(?<!a )(?P<bare>[0-9]{{3}}(?:[.,][0-9]{{1,2}})?)\s*kr\b(?!{_FOR_SOMETHING})"
)
"""A bare amount that is called pay, or stands alone as one, is pay by the hour when it is of that size."""
_LEAST_PAY, _MOST_PAY = 50, 1000
_LEAST_BARE, _MOST_BARE = 100, 260
_MOST_HOURS = 60
_PEOPLE = expression(
    rf"(?<![\w,.-])(?P<count>[0-9]{{1,2}}|et par|{'|'.join(NUMBER_WORDS[2:])})\s+"
    r"(?:(?:gode|friske|ekstra)\s)?(?:mand|personer|person|medhjælpere|hjælpere|stykker|hænder|pladser|medarbejdere"
    r"|stærke|raske)\b"
)
_WANTED = expression(
    r"\b(?:mangler|bruge|bruger|søger|ønsker|have|i har|har i|brug for|efterlyser|leder efter)(?:\svi)?\s"
    r"(?:nok\s|gerne\s|lige\s|kun\s|bare\s|altså\s)*"
    r"(?P<count>et par|to|tre|fire|fem|seks|[2-9])\s(?:\w+\s){0,2}?"
    r"(?:til at|til let\w*|der (?:kan|vil|har|er|kunne|gider|lige)|som|fra kl|mere til|person|frivillig"
    r"|mand|kvinde|pige|fyr|medhjælper|hjælper|\w*medarbejder|afløser|\w*hjælp)\b"
)
_TO_BE = expression(
    r"\b(?:bruge|mangler|søger|være|antal:) (?P<count>to|tre|fire|fem|seks|[2-9]|1[0-9])\s*(?=[.,;!]|der\b|$)"
)
_TOGETHER = expression(
    r"\b(?:i er (?=\w+ om det\b)|plads til (?=\w+ (?:mere|yderligere)\b))(?P<count>to|tre|fire|[2-9])\b"
)
_NOT_PLACES_BEFORE = expression(
    r"\b(?:til|for|af|med|over|under|cirka|ca|plus|vi er|er vi|er altid|på)\.?\s*$"
)
_ROOM_BEFORE = expression(r"\bplads(?:er)? til\s*$")
_NOT_PLACES_AFTER = expression(r"\s*(?:på hver|ad gangen|om ugen|hver|i køkkenet|om dagen|pr\b)")
_SURE, _ROUGH, _BARE = 0.95, 0.7, 0.6


class _Amount(NamedTuple):
    value: float
    sure: float
    start: int
    end: int


def read_hours(passage: Passage, weekdays: Sequence[Weekday]) -> Finding[float] | None:
    """Hours a week; hours a day count when the days are named."""
    found = list(_hours(passage.folded, weekdays))
    weekly = [amount for amount in found if amount.sure > _BARE] or found
    return _agreed(passage, weekly)


def read_pay(passage: Passage) -> Finding[float] | None:
    """Kroner an hour, between 50 and 1,000; anything else is a slip or no hourly pay."""
    amounts = []
    for found in _PAY.finditer(passage.folded):
        value = float((found["pay"] or found["wage"]).replace(",", "."))
        if _LEAST_PAY <= value <= _MOST_PAY:
            amounts.append(_Amount(value, _ROUGH if found["range"] else _SURE, found.start(), found.end()))
    return _agreed(passage, amounts or list(_called_pay(passage.folded)))


def _called_pay(folded: str) -> Iterator[_Amount]:
    for found in _CALLED_PAY.finditer(folded):
        value = float((found["called"] or found["bare"]).replace(",", "."))
        if _LEAST_BARE <= value <= _MOST_BARE:
            yield _Amount(value, _ROUGH, found.start(), found.end())


def read_places(passage: Passage) -> Finding[int] | None:
    """How many people are asked for, where it is plainly said."""
    found = _agreed(passage, list(_places(passage.folded)))
    return Finding(int(found.value), found.confidence, found.evidence) if found else None


def _hours(folded: str, weekdays: Sequence[Weekday]) -> Iterator[_Amount]:
    for found in _HOURS.finditer(folded):
        value = _number(found["high"])
        rough = (found["low"] or found["said"]) is not None or found["high"] == "et par"
        times, sure, until = _times_a_week(folded, found, weekdays)
        if times and 0 < value * times <= _MOST_HOURS:
            yield _Amount(value * times, min(sure, _ROUGH) if rough else sure, found.start(), until)


def _times_a_week(folded: str, found: re.Match[str], weekdays: Sequence[Weekday]) -> tuple[float, float, int]:
    """How often a week these hours are worked (0: not told), how sure that is, and where it ends."""
    before = folded[max(0, found.start() - 40) : found.start()]
    gange = _GANGE.search(before)
    if weekly := (_WEEKLY.match(folded, found.end()) or _WEEKLY_BEFORE.search(before)):
        until = weekly.end() if weekly.re is _WEEKLY else found.end()
        return (_number(gange["count"]) if gange else 1.0), _SURE, until
    if daily := _DAILY.match(folded, found.end()):
        return float(len(weekdays)), _SURE, daily.end()
    if gange and gange["weekly"]:
        return _number(gange["count"]), _SURE, found.end()
    each = _EACH.match(folded, found.end())
    if often := (_OFTEN_AFTER.match(folded, found.end()) or (each and _OFTEN.search(folded))):
        return _number(often["count"]), _SURE, each.end() if each else often.end()
    if (
        each
        or gange
        or _OTHERWISE.match(folded, found.end())
        or _NOT_WORK_TIME.search(before)
        or len(weekdays) != 1  # of no stated period and no one day: a visit, or all of it
    ):
        return 0.0, _BARE, found.end()
    return 1.0, _BARE, found.end()


def _places(folded: str) -> Iterator[_Amount]:
    for found in _PEOPLE.finditer(folded):
        before = folded[max(0, found.start() - 20) : found.start()]
        elsewhere = _NOT_PLACES_BEFORE.search(before) and not _ROOM_BEFORE.search(before)
        if not elsewhere and not _NOT_PLACES_AFTER.match(folded, found.end()):
            yield _place(found)
    for wanted in (_WANTED, _TO_BE, _TOGETHER):
        for found in wanted.finditer(folded):
            yield _place(found)


def _place(found: re.Match[str]) -> _Amount:
    said = found["count"]
    return _Amount(_number(said), _ROUGH if said == "et par" else _SURE, found.start("count"), found.end())


def _number(said: str) -> float:
    if said in _SAID:
        return _SAID[said]
    return float(said.rstrip("½").replace(",", ".")) + (0.5 if said.endswith("½") else 0.0)


def _agreed(passage: Passage, amounts: Sequence[_Amount]) -> Finding[float] | None:
    if len({amount.value for amount in amounts}) != 1:
        return None
    pieces = [passage.evidence(amount.start, amount.end) for amount in amounts]
    return Finding(amounts[0].value, max(amount.sure for amount in amounts), pieces)
