"""`user` and `token`: who may sign in, and with what."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from api.access.one_time import OneTime
from api.casework import users
from api.casework.municipalities import caller_at, name_of, taken_on
from api.cli import options
from api.cli.terminal import console, language_of, say_json, the_store, write
from api.domain.accounts import TokenRecord, UserRecord
from api.domain.caller import Caller, Role
from api.routes.language import label as labelled
from api.routes.language import translator
from api.store import Unit
from geo.errors import N_

user = typer.Typer(help="Who may sign in.", no_args_is_help=True)
token = typer.Typer(help="Tokens for programs that call the API.", no_args_is_help=True)
Username = Annotated[str, typer.Argument(metavar="USERNAME")]


@user.command("add")
def add_user(
    username: Username,
    municipality: options.Municipality,
    role: Annotated[Role, typer.Option("--role", help="What they do.")],
    name: Annotated[str, typer.Option("--name", help="What colleagues call them.")] = "",
    db: options.Db = None,
) -> None:
    """Add somebody; the password is asked for, or read from standard input.

    Example: frikortmatch user add anna --municipality 0370 --role consultant --name "Anna Holm"
    """
    name_of(municipality)
    password = _password()
    with the_store(db, create=True) as store, store.unit() as unit:
        taken_on(unit, municipality)
        added = users.add(unit, caller_at(municipality), username, role, password, name)
        unit.commit()
    said = translator(language_of(None))(N_("{name} can sign in now."))
    typer.echo(said.format(name=added.called), err=True)
    typer.echo(added.id)


@user.command("list")
def list_users(
    municipality: options.Municipality,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the users of a municipality.

    Example: frikortmatch user list --municipality 0370
    """
    name_of(municipality)
    with the_store(db) as store, store.unit(read_only=True) as unit:
        found = users.listed(unit, caller_at(municipality))
    if as_json:
        say_json([_user_json(one) for one in found])
        return
    spoken, out = language_of(language), console()
    shut_out = translator(spoken)(N_("disabled"))
    for one in found:
        state = f"  {shut_out}" if one.disabled_at else ""
        write(out, f"{one.username:<24}  {one.name:<24}  {labelled(spoken, 'role', one.role)}{state}")


@user.command("rename")
def rename_user(
    username: Username,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    db: options.Db = None,
) -> None:
    """Say what colleagues call somebody, "" for the username alone; they sign in as before.

    Example: frikortmatch user rename anna "Anna Holm"
    """
    with _of(username, db) as (unit, caller, found):
        users.rename(unit, caller, found, name)
        unit.commit()


@user.command("disable")
def disable_user(username: Username, db: options.Db = None) -> None:
    """Shut somebody out, from their next request on.

    Example: frikortmatch user disable anna
    """
    with _of(username, db) as (unit, caller, found):
        users.disable(unit, caller, found)
        unit.commit()


@user.command("enable")
def enable_user(username: Username, db: options.Db = None) -> None:
    """Let somebody in again who was shut out, with the password and the tokens they had.

    Example: frikortmatch user enable anna
    """
    with _of(username, db) as (unit, caller, found):
        users.enable(unit, caller, found)
        unit.commit()


@user.command("password")
def give_password(username: Username, db: options.Db = None) -> None:
    """Print a new password for somebody who has forgotten theirs; they choose their own with it, within days.

    Example: frikortmatch user password anna
    """
    given = OneTime.made()
    with _of(username, db) as (unit, caller, found):
        users.give_password(unit, caller, found, given)
        unit.commit()
    typer.echo(given.secret)


@user.command("role")
def change_role(
    username: Username,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="What they do from now on.")],
    db: options.Db = None,
) -> None:
    """Change what somebody does, from their next request on.

    Example: frikortmatch user role anna coordinator
    """
    with _of(username, db) as (unit, caller, found):
        users.change_role(unit, caller, found, role)
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
    with _of(username, db) as (unit, caller, found):
        issued = users.issue_token(unit, caller, found, label)
        unit.commit()
    typer.echo(issued.secret)


@token.command("list")
def list_tokens(
    username: Username,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """List the tokens of a user, without their secrets.

    Example: frikortmatch token list anna
    """
    with _of(username, db) as (unit, caller, user_found):
        found = users.tokens_of(unit, caller, user_found)
    if as_json:
        say_json([_token_json(one) for one in found])
        return
    taken_back, out = translator(language_of(language))(N_("revoked")), console()
    for one in found:
        state = f"  {taken_back}" if one.revoked_at else ""
        write(out, f"{one.id}  {one.created_at:%Y-%m-%d}  {one.label}{state}")


@token.command("revoke")
def revoke_token(
    username: Username, token_id: Annotated[str, typer.Argument(metavar="TOKEN_ID")], db: options.Db = None
) -> None:
    """Take a token back, from its next request on; `token list` shows the ids.

    Example: frikortmatch token revoke anna 01a2…
    """
    with _of(username, db) as (unit, caller, found):
        users.revoke_token(unit, caller, found, token_id)
        unit.commit()


@contextmanager
def _of(username: str, db: str | None) -> Iterator[tuple[Unit, Caller, UserRecord]]:
    """A user by name, and the caller for the municipality that the user belongs to."""
    with the_store(db) as store, store.unit() as unit:
        found = users.named(unit, username)
        yield unit, caller_at(found.municipality), found


def _user_json(one: UserRecord) -> dict[str, object]:
    disabled = one.disabled_at.isoformat() if one.disabled_at else None
    return {
        "id": one.id,
        "username": one.username,
        "name": one.name,
        "role": str(one.role),
        "disabled_at": disabled,
    }


def _token_json(one: TokenRecord) -> dict[str, object]:
    revoked = one.revoked_at.isoformat() if one.revoked_at else None
    created = one.created_at.isoformat()
    return {"id": one.id, "label": one.label, "created_at": created, "revoked_at": revoked}


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
