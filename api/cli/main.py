"""The command `frikortmatch`: its subcommands, and how a refusal reaches a person.

Exit status: 0 done, 1 refused or failed with a message on standard error, 2 wrong usage. No traceback.
"""

import logging
import sys
from collections.abc import Callable

import typer

from api.cli import files, house, lists, people, reference, texts
from api.cli.terminal import language_of
from api.routes.language import translator
from geo import Refused
from geo.errors import N_

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
    "serve": house.serve,
    "seed": house.seed,
    "shortlist": lists.shortlist,
    "candidates": lists.candidates,
    "read-task": texts.read_texts,
    "migrate": house.migrate,
}
GROUPS = {
    "import": files.importing,
    "policy": texts.policy,
    "user": people.user,
    "token": people.token,
}
for name, function in COMMANDS.items():
    command.command(name)(function)
for name, group in GROUPS.items():
    command.add_typer(group, name=name)
command.command("reference", hidden=True)(reference.reference)


def main() -> None:
    """Run the command line."""
    try:
        command()
    except Refused as refused:
        translate = translator(language_of(None))
        where = f"{refused.where}: " if refused.where else ""
        typer.echo(f"{refused.field}: {where}{refused.said(translate)}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        log.debug("unexpected", exc_info=True)
        translate = translator(language_of(None))
        text = translate(N_("Something failed that should not: {kind}. Nothing more was done."))
        typer.echo(text.format(kind=type(error).__name__), err=True)
        sys.exit(1)
