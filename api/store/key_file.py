"""The file with the keys of the sealed columns: outside the database, for its owner alone.

JSON: `{"current": 1, "keys": {"1": "<32 bytes in base64>"}}`. Several keys, so that a key can be changed
while texts sealed with the old one are still there. A key file is made once and never overwritten.
"""

import base64
import binascii
import json
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from api.store.errors import Unopened
from api.store.sealing import KEY_BYTES, Keyring
from geo.errors import N_


def read(path: Path) -> Keyring | None:
    """The keys in the file, or None when there is no such file.

    Raises `Unopened` when others may read the file, or when it does not hold keys.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise _unreadable(path) from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        problem, remedy = N_("The key file {path} can be read by others."), N_("Run: chmod 600 {path}")
        raise Unopened("key_file", problem, remedy, path=path)
    return _parse(path, text)


def create(path: Path) -> Keyring:
    """Make a file with one new key, readable by its owner alone.

    Where another process was faster, its file stays, and its keys are answered. Raises `Unopened` where none
    can be made or read.
    """
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    text = json.dumps({"current": 1, "keys": {"1": key}}) + "\n"
    try:
        with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, encoding="utf-8") as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            with suppress(FileExistsError):
                # a link is there with the whole key or not at all, and never in the place of another file
                os.link(draft.name, path)
    except OSError as error:
        problem = N_("The key file {path} cannot be made ({reason}).")
        remedy = N_("Name another place with FRIKORTMATCH_KEY_FILE.")
        raise Unopened("key_file", problem, remedy, path=path, reason=error.strerror) from None
    made = read(path)
    if made is None:
        raise _unreadable(path)
    return made


def _parse(path: Path, text: str) -> Keyring:
    try:
        said = json.loads(text)
        keys = {int(key_id): base64.b64decode(key, validate=True) for key_id, key in said["keys"].items()}
        current = int(said["current"])
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error):
        raise _unreadable(path) from None
    if current not in keys or not all(0 < i < 256 and len(key) == KEY_BYTES for i, key in keys.items()):
        raise _unreadable(path)
    return Keyring(keys, current)


def _unreadable(path: Path) -> Unopened:
    problem = N_("The key file {path} cannot be read as keys.")
    return Unopened("key_file", problem, N_("Restore it from the backup; do not make a new one."), path=path)
