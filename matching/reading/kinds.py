"""Kinds of words that many entries share: `@clothes` in a pattern stands for every word of the kind.

They are written once, in `lexicon/kinds.toml`; what is added there is read by every entry that names the
kind.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any


def read_lexicon(name: str) -> dict[str, Any]:
    """One file of the lexicon."""
    return tomllib.loads(files("matching.reading").joinpath("lexicon", f"{name}.toml").read_text("utf-8"))


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """Every kind with its words, which may be several in a row; a kind may hold those above it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in read_lexicon("kinds").items():
        found[name] = tuple(_spelt_out(words, found))
    return found


def spelt_out(pattern: str) -> str:
    """A pattern with the words of its kinds in their place; an unknown kind raises `KeyError`."""
    return " + ".join("|".join(_spelt_out(part, kinds())) for part in pattern.split(" + "))


def _spelt_out(part: str, known: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for row in filter(None, map(str.split, part.split("|"))):
        yield from map(" ".join, product(*(known[w[1:]] if w[0] == "@" else (w,) for w in row)))
