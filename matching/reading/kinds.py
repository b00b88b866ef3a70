"""Kinds of words that many entries share: `@clothes` in a pattern stands for every word of the kind.

They are written once, in `lexicon/kinds.toml`; what is added there is read by every entry that names the kind.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_KIND = re.compile(r"@(\w+)")


def read_lexicon(name: str) -> dict[str, Any]:
    """One file of the lexicon."""
    return tomllib.loads(files("matching.reading").joinpath("lexicon", f"{name}.toml").read_text("utf-8"))


@cache
def kinds() -> Mapping[str, str]:
    """Every kind with its words, divided by bars as in a pattern."""
    return {name: "|".join(filter(None, map(str.strip, words.split("|")))) for name, words in _written()}


def spelt_out(pattern: str) -> str:
    """A pattern with the words of its kinds in their place; an unknown kind raises `KeyError`."""
    return _KIND.sub(lambda kind: kinds()[kind[1]], pattern)


def _written() -> Any:
    return read_lexicon("kinds").items()
