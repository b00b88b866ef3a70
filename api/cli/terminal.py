"""What the commands share: settings, the store, and how things are said in a terminal."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from api.config import read_settings
from api.store import Store, open_store
from matching.language import Language

WIDTH = 100
"""Lines are no longer than this, however wide the terminal, and this long where there is none."""

spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)
"""The language that the command line asks for, so that a refusal is said in it as well."""


@contextmanager
def the_store(db: str | None, *, create: bool = False) -> Iterator[Store]:
    """The store of a command; raises `Refused` when there is none, or it cannot be opened."""
    with open_store(read_settings(db=db), create=create) as store:
        yield store


def language_of(asked: Language | None) -> Language:
    """The language asked for, else that of the installation."""
    return asked or Language(read_settings().language)


def command() -> str:
    """How this command line is called from where one stands: by its name, or by the way to it."""
    name = "frikortmatch"
    here = Path(sys.executable).with_name(name)
    return name if shutil.which(name) or not here.exists() else os.path.relpath(here)


def console() -> Console:
    """Standard output, never wider than can be read. Nothing in a text is taken for markup."""
    found = Console()
    width = min(found.width, WIDTH) if found.is_terminal else WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


def write(out: Console, text: str, indent: int = 0, style: str = "", hanging: int = 0) -> None:
    """Print a text, every line of it indented, and those after the first by `hanging` more."""
    first, rest = " " * indent, " " * (indent + hanging)
    for line in textwrap.wrap(text, out.width, initial_indent=first, subsequent_indent=rest):
        out.print(Text(line, style=style))


def say_json(answer: object) -> None:
    """Print JSON as people can still read it."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
