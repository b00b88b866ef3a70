"""Files that commands read, and private files that they write what they answer into."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geo import Refused
from geo.errors import N_


def read_bytes(path: Path) -> bytes:
    """What a file holds; raises `Refused` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refused(path, error, N_("{value} cannot be read ({reason}).")) from None


@contextmanager
def promised(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner can read, opened before the work whose outcome goes into it.

    So nothing is done whose outcome could not be kept. What was written replaces what the file held; when
    nothing was, the file is left as it was. Raises `Refused` when it cannot be written.
    """
    new = not path.exists()
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb")
    except OSError as error:
        raise _refused(path, error, N_("{value} cannot be written ({reason}).")) from None
    written = 0
    try:
        with file:
            yield file
            written = file.tell() if file.seekable() else 1
            if written and file.seekable():
                os.fchmod(file.fileno(), 0o600)
                file.truncate()
    finally:
        if new and not written:
            path.unlink()


def check_appendable(path: Path) -> None:
    """Raise `Refused` when a log cannot be written to `path`."""
    try:
        path.open("ab").close()
    except OSError as error:
        raise _refused(path, error, N_("{value} cannot be written ({reason}).")) from None


def make_folder(path: Path) -> None:
    """Make a folder unless it is there; raises `Refused` when that cannot be done."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise _refused(path, error, N_("{value} cannot be written ({reason}).")) from None


def _refused(path: Path, error: OSError, otherwise: str) -> Refused:
    match error:
        case FileNotFoundError():
            problem = N_("There is no {value}.")
        case IsADirectoryError():
            problem = N_("{value} is a folder, not a file.")
        case FileExistsError() | NotADirectoryError():
            problem = N_("{value} is not in a folder.")
        case PermissionError():
            problem = N_("You have no permission to use {value}.")
        case _:
            problem = otherwise
    return Refused("file", problem, N_("Name another file."), value=path, reason=error.strerror)
