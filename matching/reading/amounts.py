"""Hours a week, pay by the hour and places, as they are told.

A range of hours is read at its upper end, a range of pay at its lower: neither promises too much. Where the
text names two different figures it is left open. Pay for the whole task is no hourly pay.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matching.reading.findings import Finding
from matching.reading.numbers import COUNT, NUMBER_WORDS, count_of
from matching.reading.text import Passage, expression
from matching.times import Weekday

_RISING = "|".join(
    rf"{low}(?=,?\s+{high}\s+timer(?:\b|s tid))"
    for low, high in zip(NUMBER_WORDS[1:], NUMBER_WORDS[2:], strict=False)
)
"""The first of two counts in a row as one says them, "tre fire timer"; "to tre timers" are two of three."""
_HOURS = expression(
    rf"(?<![\w,])(?<![0-9]\.)(?:(?P<low>{COUNT})\s*(?:-|–|til|eller)\s*|(?P<said>{_RISING}),?\s+)?(?P<high>{COUNT})"
    r"(?:\s*(?:timers?|time|times(?=\s(?:tid|arbejde)))(?P<about>\stid)?(?:\sarbejde)?(?P<or_two>\seller\sto)?\b"
    r"|(?<=[0-9½])\s*(?:t\b\.?|tim\b\.?))"
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
_EACH = expression(r",?\s*(?:ad gangen|af gangen|pr\.? gang|per gang|hver gang|begge dage|hver af dagene)")
_OTHERWISE = expression(
    r"\s*(?:(?:om|pr\.?|per|hver|i)\s*(?:måned|år|anden (?!uge)|14|tredje)"
    r"|siden|hver vej|i alt|ialt|væk|senere|undervejs|kørsel|før|efter)"
)
_IN_ALL = expression(r"\s*(?:i alt|ialt|tilsammen|sammenlagt)\b")
_NOT_WORK_TIME = expression(
    r"(?:\bpå|efter|inden|hver|om|nøjes med|mindst|min\.?|første|\bi|sidste|alt|en halv|lærer man)\s*$"
)
_A_WEEK = r"(?:om ugen|i ugen|pr\.? uge|per uge|ugentligt?|hver uge)"
_SHIFTS = (
    r"(?:(?:korte|lange|faste|hele|halve|små|gode)\s)?"
    r"(?:(?:for|efter)middage?|aften(?:er)?|dage?|vagt(?:er)?)"
)
"""What is worked so many times a week: "to korte formiddage"."""
_GANGE = expression(
    rf"(?P<count>{COUNT})\s*(?:(?:gange?|x|\*)(?:\s*(?P<weekly>{_A_WEEK}))?\s*(?:a|à|af|på|,|med)?"
    rf"|{_SHIFTS}\s*(?:(?P<shifts_weekly>{_A_WEEK})\s*(?:a|à|af|på|,|med)?|(?:a|à|af|på|med)))"
    r"\s*(?:(?:ca\.?|cirka|omkring|nok|måske)\s)?\s*$"
)
_OFTEN = expression(rf"(?<!\w)(?P<count>{COUNT})\s*(?:gange?|{_SHIFTS})\s*{_A_WEEK}")
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
    often = _OFTEN.search(folded)
    known = count_of(often["count"]) if often else float(len(weekdays))
    for found in _HOURS.finditer(folded):
        value = 2.0 if found["or_two"] else count_of(found["high"])
        rough = any(found[way] for way in ("low", "said", "about", "or_two")) or found["high"] == "et par"
        times, sure, until = _times_a_week(folded, found, known, only_day=len(weekdays) == 1)
        if times and 0 < value * times <= _MOST_HOURS:
            yield _Amount(value * times, min(sure, _ROUGH) if rough else sure, found.start(), until)


def _times_a_week(
    folded: str, found: re.Match[str], known: float, *, only_day: bool
) -> tuple[float, float, int]:
    """How often a week these hours are worked (0: not told), how sure that is, and where it ends.

    `known` is how many times a week the whole text tells of, by a number or by its days.
    """
    before = folded[max(0, found.start() - 40) : found.start()]
    gange = _GANGE.search(before)
    if weekly := (_WEEKLY.match(folded, found.end()) or _WEEKLY_BEFORE.search(before)):
        until = weekly.end() if weekly.re is _WEEKLY else found.end()
        each = gange if not _IN_ALL.match(folded, found.end()) else None
        return (count_of(each["count"]) if each else 1.0), _SURE, until
    if each := (_DAILY.match(folded, found.end()) or _EACH.match(folded, found.end())):
        return known, _SURE, each.end()
    if gange and (gange["weekly"] or gange["shifts_weekly"]):
        return count_of(gange["count"]), _SURE, found.end()
    if often := _OFTEN_AFTER.match(folded, found.end()):
        return count_of(often["count"]), _SURE, often.end()
    if (
        gange
        or _OTHERWISE.match(folded, found.end())
        or _NOT_WORK_TIME.search(before)
        or not only_day  # of no stated period and no one day: a visit, or all of it
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
    return _Amount(count_of(said), _ROUGH if said == "et par" else _SURE, found.start("count"), found.end())


def _agreed(passage: Passage, amounts: Sequence[_Amount]) -> Finding[float] | None:
    if len({amount.value for amount in amounts}) != 1:
        return None
    pieces = [passage.evidence(amount.start, amount.end) for amount in amounts]
    return Finding(amounts[0].value, max(amount.sure for amount in amounts), pieces)
