"""`demo`, `seed` and `migrate`: setting up an installation."""

import itertools
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console

from api.casework import rankings, seeding
from api.casework.catalogues import Catalogues
from api.casework.municipalities import caller_of_citizen
from api.casework.rankings import Wanted
from api.cli import options
from api.cli.lists import show_shortlist
from api.cli.paths import make_folder, promised
from api.cli.serving import Port, serve_until_stopped
from api.cli.terminal import command, console, language_of, the_store
from api.config import read_settings
from api.domain.caller import Role
from api.examples.canaries import Canaries, CanaryLine
from api.examples.desk import Desk, desk_of
from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality
from api.examples.written import WRITTEN, example_municipality
from api.routes.language import translator
from api.store import Store
from geo.errors import N_
from geo.places import ATTRIBUTION
from matching.language import Language
from matching.times import today_in_denmark

DEMO_FOLDER = Path("demo")
"""Where the demonstration keeps its database, in the folder it is started from; a new one each time."""


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
    with promised(DEMO_FOLDER / "logins.json") as file, the_store(database, create=True) as store:
        logins = [
            login
            for found in _told(store, _written_examples(), out, spoken, desks=_desks())
            for login in found
        ]
        file.write(_as_private_json(logins))
        _show_example(store, spoken, out)
    consultant = next(one for one in logins if one.municipality == "0370" and one.role is Role.CONSULTANT)
    out.print()
    out.print(_(N_("Sign in with: {username}  {password}")).format(**_plain(consultant)), style="bold")
    out.print(_(N_("API token: {token}")).format(**_plain(consultant)), soft_wrap=True)
    out.print(
        _(N_("All sign-ins: {path}; more lists: {command} shortlist ID --db {db}")).format(
            path=DEMO_FOLDER / "logins.json", command=command(), db=database
        ),
        soft_wrap=True,
    )
    for source in ATTRIBUTION:
        out.print(source, style="dim")
    if not no_serve:
        serve_until_stopped(read_settings(db=database, port=port), 1, None, spoken)


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
        on=today_in_denmark(),
        canary=marks,
    )
    kept: list[seeding.Login] = []
    with promised(logins) as file, _perhaps(canaries) as marked, the_store(db, create=True) as store:
        try:
            for found in _told(store, made, console(), language_of(language), marks):
                kept += found
        finally:
            # what is stored stays stored, so whoever was added can sign in even when the rest failed
            if kept:
                file.write(_as_private_json(kept))
            if marks and marked:
                marked.writelines(_line(line) for line in marks.lines)


def migrate(db: options.Db = None) -> None:
    """Make the database when there is none, and bring its tables up to this version.

    Example: frikortmatch migrate --db sqlite:///frikortmatch.db
    """
    with the_store(db, create=True):
        pass
    typer.echo("ok")


def _written_examples() -> list[ExampleMunicipality]:
    return [example_municipality(code, today_in_denmark()) for code in WRITTEN]


def _desks() -> dict[str, Desk]:
    return {code: desk_of(code, today_in_denmark()) for code in WRITTEN}


def _told(
    store: Store,
    examples: Iterable[ExampleMunicipality],
    out: Console,
    language: Language,
    marks: Canaries | None = None,
    desks: Mapping[str, Desk] | None = None,
) -> Iterator[list[seeding.Login]]:
    """Seed one municipality after the other, saying each as it is stored."""
    _ = translator(language)
    stored = N_("{name} ({code}): {employers} employers, {orders} job orders, {citizens} citizens")
    coming, names = iter(examples), []

    def remembered() -> Iterator[ExampleMunicipality]:
        for example in coming:
            names.append(example)
            yield example

    for logins in seeding.seed(store, remembered(), marks, desks):
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
    found = rankings.for_citizen(store, Catalogues(), caller, citizen_id, Wanted(k=5), today_in_denmark())
    out.print()
    show_shortlist(found, language, out)


def _new_demo_database() -> str:
    """An address of a database that is not there yet; an earlier one may hold what somebody has added."""
    make_folder(DEMO_FOLDER)
    names = itertools.chain(["demo.db"], (f"demo-{number}.db" for number in itertools.count(2)))
    fresh = next(name for name in names if not any(DEMO_FOLDER.glob(f"{name}*")))
    return f"sqlite:///{DEMO_FOLDER}/{fresh}"


def _line(marked: CanaryLine) -> bytes:
    return f"{json.dumps(asdict(marked), ensure_ascii=False)}\n".encode()


def _plain(login: seeding.Login) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(login).items()}


def _as_private_json(logins: Sequence[seeding.Login]) -> bytes:
    return f"{json.dumps([_plain(one) for one in logins], indent=2)}\n".encode()


@contextmanager
def _perhaps(path: Path | None) -> Iterator[BinaryIO | None]:
    """A promised file where one is asked for."""
    if path is None:
        yield None
        return
    with promised(path) as file:
        yield file
