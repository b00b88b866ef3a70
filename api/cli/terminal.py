"""What the commands share: settings, the store, and how things are said in a terminal."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from api.config import read_settings
from api.store import Store, open_store
from matching.language import Language

WIDTH = 100
"""Lines are no longer than this, however wide the terminal, and this long where there is none."""


@contextmanager
def the_store(db: str | None, *, create: bool = False) -> Iterator[Store]:
    """The store of a command; raises `Refused` when there is none, or it cannot be opened."""
    with open_store(read_settings(db=db), create=create) as store:
        yield store


def language_of(asked: Language | None) -> Language:
    """The language asked for, else that of the installation."""
    return asked or Language(read_settings().language)


def console() -> Console:
    """Standard output, never wider than can be read."""
    found = Console(highlight=False)
    return Console(highlight=False, width=min(found.width, WIDTH) if found.is_terminal else WIDTH)


def say_json(answer: object) -> None:
    """Print JSON as people can still read it."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
