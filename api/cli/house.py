"""`demo`, `seed`, `serve` and `migrate`: setting up and running an installation."""

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from api.app import create_app
from api.casework import rankings, seeding
from api.casework.catalogues import Catalogues
from api.casework.municipalities import caller_of_citizen
from api.casework.rankings import Wanted
from api.cli import options
from api.cli.lists import show_shortlist
from api.cli.terminal import console, language_of, the_store
from api.config import read_settings
from api.domain.caller import Role
from api.examples.canaries import Canaries
from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality
from api.examples.written import WRITTEN, example_municipality
from api.routes.language import translator
from api.store import Store
from geo import Refused
from geo.errors import N_
from geo.places import ATTRIBUTION
from matching.language import Language
from matching.times import DENMARK_TIME

DEMO_FOLDER = Path("demo")
"""Where the demonstration keeps its database, in the folder it is started from; a new one each time."""

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on.")]


def demo(
    port: Port = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the shortlist.")] = False,
    language: options.Say = None,
) -> None:
    """Example municipalities, one shortlist with its reasons, then the web service.

    Example: frikortmatch demo --port 8080
    """
    spoken, out = language_of(language), console()
    _ = translator(spoken)
    database = _new_demo_database()
    with the_store(database, create=True) as store:
        logins = [
            login
            for found in _told(store, [example_municipality(code, _today()) for code in WRITTEN], out, spoken)
            for login in found
        ]
        _show_example(store, spoken, out)
    consultant = next(one for one in logins if one.municipality == "0370" and one.role is Role.CONSULTANT)
    _write_private(DEMO_FOLDER / "logins.json", json.dumps([_plain(one) for one in logins], indent=2))
    out.print()
    out.print(_(N_("Sign in with: {username}  {password}")).format(**_plain(consultant)), style="bold")
    out.print(_(N_("API token: {token}")).format(**_plain(consultant)), soft_wrap=True)
    out.print(
        _(N_("All sign-ins: {path}; more lists: frikortmatch shortlist ID --db {db}")).format(
            path=DEMO_FOLDER / "logins.json", db=database
        ),
        soft_wrap=True,
    )
    for source in ATTRIBUTION:
        out.print(source, style="dim")
    if not no_serve:
        _serve(database, None, port, None, out, spoken)


def seed(
    logins: Annotated[
        Path, typer.Option("--logins", metavar="FILE", help="Where the sign-ins go (mode 0600).")
    ],
    number: Annotated[int, typer.Option("--seed", min=0, help="The same number, the same data.")] = 7,
    municipalities: Annotated[int, typer.Option("--municipalities", min=1, max=98)] = 3,
    citizens: Annotated[int, typer.Option("--citizens", min=0, help="Per municipality.")] = 100,
    employers: Annotated[int, typer.Option("--employers", min=0, help="Per municipality.")] = 500,
    orders: Annotated[int, typer.Option("--orders", min=0, help="Per municipality.")] = 300,
    canaries: Annotated[
        Path | None,
        typer.Option("--canaries", metavar="FILE", help="Mark every personal text and list the marks here."),
    ] = None,
    language: options.Say = None,
    db: options.Db = None,
) -> None:
    """Fill an empty database with made-up municipalities, marked as example data for ever.

    Example: frikortmatch seed --seed 7 --municipalities 3 --logins logins.json
    """
    marks = Canaries(lambda: secrets.token_hex(12)) if canaries else None
    made = generate(
        number,
        municipalities=municipalities,
        citizens=citizens,
        employers=employers,
        orders=orders,
        on=_today(),
        canary=marks,
    )
    with the_store(db, create=True) as store:
        kept = [login for found in _told(store, made, console(), language_of(language)) for login in found]
    _write_private(logins, json.dumps([_plain(one) for one in kept], indent=2))
    if marks and canaries:
        lines = (json.dumps(asdict(line), ensure_ascii=False) for line in marks.lines)
        _write_private(canaries, "\n".join(lines) + "\n")


def migrate(db: options.Db = None) -> None:
    """Make the database when there is none, and bring its tables up to this version.

    Example: frikortmatch migrate --db sqlite:///frikortmatch.db
    """
    with the_store(db, create=True):
        pass
    typer.echo("ok")


def serve(
    host: Annotated[str | None, typer.Option("--host", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, show_default="8000")] = None,
    log_file: Annotated[
        Path | None, typer.Option("--log-file", metavar="FILE", help="Where to log; the terminal otherwise.")
    ] = None,
    language: options.Say = None,
    db: options.Db = None,
) -> None:
    """Serve the API and its pages until stopped with Ctrl+C.

    Example: frikortmatch serve --port 8080
    """
    with the_store(db):
        pass  # refused here, in plain words, rather than while the server starts
    _serve(db, host, port, log_file, console(), language_of(language))


def _serve(
    db: str | None,
    host: str | None,
    port: int | None,
    log_file: Path | None,
    out: Console,
    language: Language,
) -> None:
    settings = read_settings(db=db, host=host, port=port)
    _ = translator(language)
    address = f"http://{settings.host}:{settings.port}"
    out.print()
    out.print(_(N_("Serving on {address}  (stop with Ctrl+C)")).format(address=address), style="bold")
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        server_header=False,
        log_config=_log_config(settings.log_level, log_file),
    )


def _log_config(level: str, log_file: Path | None) -> dict[str, object]:
    """Times and messages only: no address of a reader and no body is ever logged."""
    to = (
        {"class": "logging.StreamHandler"}
        if log_file is None
        else {
            "class": "logging.FileHandler",
            "filename": str(log_file),
            "encoding": "utf-8",
        }
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"there": {**to, "formatter": "plain"}},
        "root": {"handlers": ["there"], "level": level},
        "loggers": {"uvicorn.access": {"level": "WARNING"}},
    }


@contextmanager
def _step(text: str, out: Console) -> Iterator[None]:
    """Say what is being done, and how long it took once it is."""
    began = datetime.now().astimezone()
    out.print(f"{text} … ", end="")
    yield
    out.print(f"{(datetime.now().astimezone() - began).total_seconds():.1f} s")


def _told(
    store: Store, examples: Iterable[ExampleMunicipality], out: Console, language: Language
) -> Iterator[list[seeding.Login]]:
    """Seed one municipality after the other, saying each as it is stored."""
    _ = translator(language)
    stored = N_("{name} ({code}): {employers} employers, {orders} job orders, {citizens} citizens")
    coming, names = iter(examples), []

    def remembered() -> Iterator[ExampleMunicipality]:
        for example in coming:
            names.append(example)
            yield example

    for logins in seeding.seed(store, remembered()):
        last = names[-1]
        facts = {
            "employers": len(last.employers),
            "orders": len(last.job_orders),
            "citizens": len(last.citizens),
        }
        out.print(_(stored).format(name=last.name, code=last.code, **facts))
        yield logins


def _show_example(store: Store, language: Language, out: Console) -> None:
    citizen_id = "citizen-0370-01"
    with store.unit(read_only=True) as unit:
        caller = caller_of_citizen(unit, citizen_id)
    found = rankings.for_citizen(store, Catalogues(), caller, citizen_id, Wanted(k=5), _today())
    out.print()
    show_shortlist(found, language, out)


def _new_demo_database() -> str:
    """An address of a database that is not there yet; what an earlier demonstration left is removed."""
    DEMO_FOLDER.mkdir(exist_ok=True)
    for left in DEMO_FOLDER.glob("demo.db*"):
        left.unlink()
    return f"sqlite:///{DEMO_FOLDER}/demo.db"


def _today() -> date:
    return datetime.now(DENMARK_TIME).date()


def _plain(login: seeding.Login) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(login).items()}


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)
    except OSError as error:
        problem = N_("{value} cannot be written ({reason}).")
        raise Refused("file", problem, N_("Name another place."), value=path, reason=error.strerror) from None
