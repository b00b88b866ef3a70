"""One time of day as it is written or said: "8", "8.30", "otte", "halv ni", "kvart over otte".

What is said without figures is of the day as people speak of it: "klokken et" is after noon, and so is the
end of "fra ni til to".
"""

from matching.reading.numbers import NUMBER_WORDS
from matching.reading.text import expression

HOUR = r"(?:2[0-4]|1[0-9]|0?[0-9])(?:[.:][0-5][0-9])?(?![0-9])"
"""An hour in figures, with or without minutes, in folded text."""

_NUMBERS = {word: number for number, word in enumerate(NUMBER_WORDS) if number} | {"et": 1}
_WORDS = "|".join(_NUMBERS)
_MINUTES = {"fem": 5, "ti": 10, "tyve": 20, "5": 5, "10": 10, "20": 20, "kvart": 15, "kvarter": 15}
_ASIDE = (
    r"(?:et\s)?(?:kvarter|kvart|(?:fem|ti|tyve)(?:\s(?:minutter|minut|min\.?))?|(?:5|10|20)\s(?:minutter|min\.?))"
    r"\s(?:over|i)\s"
)
_WHOLE = rf"(?:(?:{_WORDS})\b|(?:1[0-2]|0?[1-9])(?![.,:]?[0-9]))"
PLAIN = rf"(?:(?:{_ASIDE})?halv[\s-]?|(?:et\s)?kvart(?:er)?\s(?:over|i)\s){_WHOLE}"
"""A time that is one without "kl.": "halv ni", "kvart over 8"."""

TIME = rf"(?:{PLAIN}|{_ASIDE}{_WHOLE}|{HOUR}|(?:{_WORDS})\b)"
"""A time of day, which needs a word like "kl." in front of it where it is only a number."""

_PARTS = expression(
    r"(?:(?:et\s)?(?P<aside>\w+)(?:\s(?:minutter|minut|min\.?))?\s(?P<way>over|i)\s)?"
    r"(?P<half>halv[\s-]?)?(?P<hour>\w+)(?:[.:](?P<minute>[0-9]{2}))?"
)
_NOON = 12 * 60
_AFTER_NOON = 4 * 60
"""A time before this that is said, and not written in figures, is one after noon."""
_LATEST_END = 6 * 60
_EVENING = 17 * 60


def minutes_of(said: str) -> int:
    """Minutes from midnight of a piece found by `TIME`, as they are said."""
    found = _PARTS.fullmatch(said)
    assert found is not None, said  # every piece found by TIME has these parts
    hour = _NUMBERS.get(found["hour"]) or int(found["hour"])
    minutes = hour * 60 + int(found["minute"] or 0) - (30 if found["half"] else 0)
    if found["aside"]:
        minutes += _MINUTES[found["aside"]] * (1 if found["way"] == "over" else -1)
    return minutes if minutes >= 60 or not in_words(said) else minutes + _NOON  # "halv et"


def begins_at(said: str) -> int:
    """Minutes from midnight of a single time or of a beginning: "klokken et" is after noon."""
    minutes = minutes_of(said)
    return minutes + _NOON if in_words(said) and minutes < _AFTER_NOON else minutes


def ends_at(said: str, begins: str) -> int:
    """Minutes from midnight of the end of a stretch: after noon in "ni til to" and "et til fem"."""
    minutes, begun = minutes_of(said), begins_at(begins)
    told = in_words(said) and minutes <= begun < _EVENING
    shifted = begun != minutes_of(begins)
    return minutes + _NOON if told and minutes < _NOON and (shifted or minutes <= _LATEST_END) else minutes


def in_words(said: str) -> bool:
    """Whether a time is said and not only figures, so that it counts twelve hours and not twenty-four."""
    return any(map(str.isalpha, said))


def is_plain(said: str) -> bool:
    """Whether a time is one without "kl.": "halv ni"."""
    return " over " in said or " i " in said or said.startswith("halv")
