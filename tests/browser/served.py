"""The service on an example municipality, served to a browser from a thread of this process."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn

from api.access.passwords import hash_password
from api.access.sessions import sign_in
from api.app import create_app
from api.casework.municipalities import taken_on
from api.casework.seeding import Login, seed
from api.config import Settings
from api.domain.caller import Role
from api.examples.desk import desk_of
from api.examples.written import example_municipality
from api.routes.guards import COOKIE
from api.store import Store, open_store, users
from matching.times import DENMARK_TIME
from tests.browser.a_day import a_day
from tests.browser.lists import add_lists

NAESTVED = "0370"
NEWCOMERS = "0791"
"""The code of a municipality that has a consultant and nothing else."""


@dataclass(frozen=True)
class Served:
    """Where the service listens, its store, and how each role of each municipality signs in."""

    address: str
    store: Store
    logins: tuple[Login, ...]
    settings: Settings
    sessions: dict[str, str] = field(default_factory=dict)

    def login(self, role: Role = Role.CONSULTANT, municipality: str = NAESTVED) -> Login:
        """How somebody signs in; Næstved's consultant unless another is asked for."""
        return login_of(self.logins, role, municipality)

    def let_in(self, page: Any, role: Role = Role.CONSULTANT, municipality: str = NAESTVED) -> None:
        """Give a page the session of somebody who signed in once for all tests of this process."""
        login = self.login(role, municipality)
        if login.username not in self.sessions:
            opened = sign_in(self.store, self.settings, login.username, login.password)
            self.sessions[login.username] = opened.secret
        cookie = {"name": COOKIE, "value": self.sessions[login.username], "url": self.address}
        page.context.add_cookies([cookie])


def login_of(logins: Iterable[Login], role: Role = Role.CONSULTANT, municipality: str = NAESTVED) -> Login:
    """How somebody of these signs in."""
    return next(one for one in logins if (one.role, one.municipality) == (role, municipality))


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """The service on a free port, with a database of example data in `folder`."""
    settings = Settings(db=f"sqlite:///{folder}/demo.db", session_idle_minutes=600)
    today = datetime.now(DENMARK_TIME).date()
    with open_store(settings, create=True) as store:
        desks = {NAESTVED: desk_of(NAESTVED, today)}
        (logins,) = map(tuple, seed(store, [example_municipality(NAESTVED, today)], desks=desks))
        add_lists(store, login_of(logins))
        a_day(store)
        logins += (_newcomer(store),)
        server = uvicorn.Server(uvicorn.Config(create_app(settings, store), port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the service did not start")
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield Served(f"http://127.0.0.1:{port}", store, logins, settings)
        finally:
            server.should_exit = True
            thread.join(10)


def _newcomer(store: Store) -> Login:
    """The first of a municipality, who finds every page empty."""
    name, password = "consultant-new", "en lang adgangskode"
    with store.unit() as unit:
        taken_on(unit, NEWCOMERS)
        user = users.add(unit, NEWCOMERS, name, Role.CONSULTANT, hash_password(password))
        unit.commit()
    return Login(municipality=NEWCOMERS, role=user.role, username=name, password=password, token="")
