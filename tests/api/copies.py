"""A copy of an SQLite database is opened without another look at it: it was looked at when it was made."""

import shutil
from pathlib import Path

from sqlalchemy import make_url

from api.config import Settings
from api.store import Store, key_file
from api.store.engine import connect


def embedded(settings: Settings) -> bool:
    """Whether the database is an SQLite file."""
    return make_url(settings.db.get_secret_value()).get_backend_name() == "sqlite"


def open_copy(folder: Path, settings: Settings) -> Store:
    """What `folder` holds, copied to where `settings` name a database, and opened."""
    address = make_url(settings.db.get_secret_value())
    path = Path(str(address.database))
    shutil.copytree(folder, path.parent, dirs_exist_ok=True)
    keys = key_file.read(path.with_name(f"{path.name}.key"))
    assert keys
    return Store(connect(address, settings.busy_seconds), keys)
