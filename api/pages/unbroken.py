"""Dates, hours and telephone numbers that a line does not end within: 22-11-2026, 9-12, +45 00 12 34 56.

Browsers break after the hyphen of a date, and no style forbids it without an element of its own. They come
from templates, translated sentences and the reasons of the ranking: the finished page is where all pass.
"""

import re

_LEFT_ALONE = r"<(?P<of>title|textarea|option|script|style|code|pre)\b.*?</(?P=of)>|<!--.*?-->|<[^>]*>"
_HOUR_OR_PART = r"\d{1,4}(?:\.\d\d)?"
_WHOLE = rf"(?<![\w-])(?:\+45(?: \d\d){{4}}|{_HOUR_OR_PART}(?:[-–]{_HOUR_OR_PART}){{1,2}})(?![\w-])"
_EITHER = re.compile(rf"{_LEFT_ALONE}|(?P<whole>{_WHOLE})|(?P<indent>(?<=>)\n[ \n]+(?=<)|\n +)", re.DOTALL)


def unbroken(html: str) -> str:
    """The same page with an element around each; attributes and what holds plain text stay as they are.

    The indentation of the templates goes, which is some four per cent of a page that is a long list.
    """
    return _EITHER.sub(_kept_whole, html)


def _kept_whole(found: re.Match[str]) -> str:
    if found["indent"]:
        return "\n"
    whole = found["whole"]
    return f'<span class="unbroken">{whole}</span>' if whole else found[0]
