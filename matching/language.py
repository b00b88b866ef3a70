"""Danish and English: messages, labels, numbers and dates.

Messages are English sentences in the code, looked up in `messages.po`. Labels and questions are looked up by
their code in `labels.po`, which is kept by hand in both languages, so that no label stands in code. Danish is
the default everywhere.
"""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import files

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from geo import UnknownCode, whole_minutes
from matching.times import Slot


class Language(StrEnum):
    """The languages everything is said in."""

    DANISH = "da"
    ENGLISH = "en"


class Speech:
    """Says messages, labels, numbers and dates in one language."""

    def __init__(self, language: Language, messages: NullTranslations, labels: NullTranslations) -> None:
        """`messages` are looked up by their English text, `labels` by their code."""
        self.language = language
        self._messages = messages
        # looked up hundreds of times for a list, out of a few hundred texts
        self._message = cache(messages.gettext)
        self._label = cache(labels.pgettext)
        signs = {",": get_group_symbol(language), ".": get_decimal_symbol(language)}
        self._signs = str.maketrans(signs)
        self._between = "." if language is Language.DANISH else ":"

    def say(self, message: str, **facts: object) -> str:
        """The message with its facts filled in."""
        return self._message(message).format(**facts)

    def plural(self, one: str, many: str, number: int, **facts: object) -> str:
        """The message in singular or plural, by `number`, which is also a fact of it."""
        return self._messages.ngettext(one, many, number).format(number=number, **facts)

    def label(self, code: StrEnum) -> str:
        """What people call the code, as it stands inside a sentence."""
        return self.about(_context(type(code).__name__), code)

    def about(self, context: str, code: str) -> str:
        """The text kept for a code in a context, such as the question that settles a demand."""
        return self._label(context, code)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with a fixed count of decimals: 1.234,5 in Danish."""
        # rounded as it is written, not as it is kept: 0.35 and 0.25 to 0.4 and 0.2, halves to the even digit
        return format(Decimal(str(value)), f",.{decimals}f").translate(self._signs)

    def brief(self, value: float) -> str:
        """A number with the decimals it needs, two at most: 2,5 or 3."""
        whole, _, decimals = format(Decimal(str(value)), ",.2f").partition(".")
        kept = decimals.rstrip("0")
        return (f"{whole}.{kept}" if kept else whole).translate(self._signs)

    def minutes(self, value: float) -> str:
        """Minutes on the way, a begun one as a whole one."""
        return self.number(whole_minutes(value))

    def slot(self, slot: Slot) -> str:
        """A time of the week: fre 9-12.30 or Fri 9-12:30."""
        hours = slot.hours.replace(":", self._between)
        return self.say("{day} {hours}", day=self.label(slot.day), hours=hours)

    def clock(self, value: time | datetime) -> str:
        """A time of day, also of a moment: 09.05 or 09:05."""
        return f"{value:%H}{self._between}{value:%M}"

    def day(self, value: date) -> str:
        """A date as offices write it: 21-11-2026."""
        return str(format_date(value, format="dd-MM-yyyy", locale=self.language))


@cache
def _context(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


@cache
def speech(language: str = Language.DANISH) -> Speech:
    """The speech of a language; raises `UnknownCode` for one that is not spoken here."""
    if language not in set(Language):
        raise UnknownCode("language", language, Language)
    folder = str(files("matching") / "translations")
    # messages are written in English, so English needs no catalogue of them
    messages = translation("messages", folder, [language], fallback=language == Language.ENGLISH)
    return Speech(Language(language), messages, translation("labels", folder, [language]))
