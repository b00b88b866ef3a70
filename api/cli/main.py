"""The command `frikortmatch`: its subcommands, and how a refusal reaches a person.

Exit status: 0 done, 1 refused or failed with a message on standard error, 2 wrong usage. No traceback.
"""

import logging
import sys
from collections.abc import Callable

import typer

from api.cli import (
    erasing,
    files,
    house,
    lists,
    people,
    places,
    policies,
    readings,
    reference,
    serving,
    texts,
)
from api.cli.terminal import language_of, spoken
from api.routes.language import Translate, translator
from geo import Refused
from geo.errors import N_
from matching.language import Language

log = logging.getLogger("frikortmatch")

command = typer.Typer(
    name="frikortmatch",
    help="Find small paid tasks near the drop-in centre for holders of a socialt frikort.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS: dict[str, Callable[..., None]] = {
    "demo": house.demo,
    "serve": serving.serve,
    "seed": house.seed,
    "shortlist": lists.shortlist,
    "candidates": lists.candidates,
    "read-task": texts.read_texts,
    "migrate": house.migrate,
    "erase": erasing.erase,
}
GROUPS = {
    "import": files.importing,
    "places": places.places,
    "policy": texts.policy,
    "readings": readings.readings,
    "user": people.user,
    "token": people.token,
}
texts.policy.command("diff")(policies.diff)
for name, function in COMMANDS.items():
    command.command(name)(function)
for name, group in GROUPS.items():
    command.add_typer(group, name=name)
command.command("reference", hidden=True)(reference.reference)


def main() -> None:
    """Run the command line."""
    spoken.set(None)
    try:
        command()
    except Refused as refused:
        where = f"{refused.where}: " if refused.where else ""
        typer.echo(f"{refused.field}: {where}{refused.said(_translator())}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        log.debug("unexpected", exc_info=True)
        text = _translator()(N_("Something failed that should not: {kind}. Nothing more was done."))
        typer.echo(text.format(kind=type(error).__name__), err=True)
        sys.exit(1)


def _translator() -> Translate:
    """The language that was asked for, Danish when the installation's cannot be read."""
    try:
        return translator(language_of(spoken.get()))
    except Refused:
        return translator(Language.DANISH)
