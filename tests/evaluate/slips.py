"""A text with a slip of spelling put in: two letters of a long word swapped, as fingers do."""

import re
from random import Random

from matching.reading.words import SLIP_LENGTH

_LONG = re.compile(rf"[^\W\d_]{{{SLIP_LENGTH},}}")


def with_slip(text: str, seed: int) -> str:
    """The text with two neighbouring letters of one long word swapped, never the first; itself without one.

    The word and the letters are drawn by `seed`. Letters that are equal are not swapped.
    """
    swaps = [
        at
        for word in _LONG.finditer(text)
        for at in range(word.start() + 1, word.end() - 1)
        if text[at].lower() != text[at + 1].lower()
    ]
    if not swaps:
        return text
    at = Random(seed).choice(swaps)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
