"""Cells that a spreadsheet would take for a formula, written so that they stay text, and read back.

Written to CSV, a cell that starts with = + - @ % | or a control character, also behind blanks or invisible
characters, gets an apostrophe in front; reading takes exactly one such apostrophe off again, so that a
telephone number `+45 …` survives the way out and in (CSV injection, ASVS 1.2.10).
"""

import re

_FORMULA = re.compile(
    r"'*[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@%|\uff0b\uff0d\uff1d\uff20]"
)
_CONTROL = re.compile(r"'*[\x00-\x1f]")


def guarded(text: str) -> str:
    """The text as it is safe in a CSV cell."""
    return f"'{text}" if _risky(text) else text


def unguarded(text: str) -> str:
    """The inverse of `guarded`; any other text is answered as it is."""
    return text[1:] if text.startswith("'") and _risky(text[1:]) else text


def _risky(text: str) -> bool:
    return bool(_FORMULA.match(text) or _CONTROL.match(text))
