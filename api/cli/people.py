"""`user` and `token`: who may sign in, and with what."""

import sys
from typing import Annotated

import typer

from api.access import passwords, tokens
from api.casework.municipalities import caller_at, taken_on
from api.cli import options
from api.cli.terminal import say_json, the_store
from api.domain.caller import Channel, Role
from api.domain.records import UserRecord
from api.store import Unit, users
from geo import Refused
from geo.errors import N_

user = typer.Typer(help="Who may sign in.", no_args_is_help=True)
token = typer.Typer(help="Tokens for programs that call the API.", no_args_is_help=True)
Username = Annotated[str, typer.Argument(metavar="USERNAME")]


@user.command("add")
def add_user(
    username: Username,
    municipality: options.Municipality,
    role: Annotated[Role, typer.Option("--role", help="What they do.")],
    db: options.Db = None,
) -> None:
    """Add somebody; the password is asked for, or read from standard input.

    Example: frikortmatch user add anna --municipality 0370 --role consultant
    """
    password = _password()
    with the_store(db, create=True) as store, store.unit() as unit:
        taken_on(unit, municipality)
        added = users.add(unit, municipality, username, role, passwords.hash_password(password))
        unit.commit()
    typer.echo(added.id)


@user.command("list")
def list_users(municipality: options.Municipality, db: options.Db = None) -> None:
    """List the users of a municipality as JSON.

    Example: frikortmatch user list --municipality 0370
    """
    with the_store(db) as store, store.unit(read_only=True) as unit:
        found = users.page(unit, caller_at(municipality), limit=1000).items
    say_json([{"id": one.id, "username": one.username, "role": str(one.role)} for one in found])


@user.command("disable")
def disable_user(username: Username, db: options.Db = None) -> None:
    """Shut somebody out, from their next request on.

    Example: frikortmatch user disable anna
    """
    with the_store(db) as store, store.unit() as unit:
        found = _found(unit, username)
        users.disable(unit, caller_at(found.municipality), found.id)
        unit.commit()


@token.command("issue")
def issue_token(
    username: Username,
    label: Annotated[str, typer.Option("--label", help="What the token is for.")] = "",
    db: options.Db = None,
) -> None:
    """Print a new token of a user; it is shown this once and only its hash is kept.

    Example: frikortmatch token issue anna --label "notebook"
    """
    with the_store(db) as store, store.unit() as unit:
        issued = tokens.issue(unit, _found(unit, username), label)
        unit.commit()
    typer.echo(issued.secret)


@token.command("revoke")
def revoke_token(username: Username, token_id: str, db: options.Db = None) -> None:
    """Take a token back, from its next request on.

    Example: frikortmatch token revoke anna 01a2…
    """
    with the_store(db) as store, store.unit() as unit:
        found = _found(unit, username)
        if not tokens.revoke(unit, users.caller_of(found, Channel.COMMAND_LINE), token_id):
            raise Refused("token_id", N_("There is no token {value!r}."), value=token_id)
        unit.commit()


def _found(unit: Unit, username: str) -> UserRecord:
    found = users.by_username(unit, username)
    if found is None:
        remedy = N_("List them with: frikortmatch user list --municipality CODE.")
        raise Refused("username", N_("There is no user {value!r}."), remedy, value=username)
    return found


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
