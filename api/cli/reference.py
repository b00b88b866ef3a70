"""`reference`: REFERENCE.md, every command, setting, route and code as the code has them."""

from collections.abc import Iterator
from enum import StrEnum

import typer
from typer.core import TyperCommand, TyperGroup

from api.config import Settings
from geo import Mode, Precision
from matching.language import Language, speech
from matching.vocabulary import (
    REQUIREMENTS,
    Activity,
    AnchorKind,
    Answer,
    Attitude,
    Demand,
    Setting,
    Support,
)

VOCABULARY: tuple[type[StrEnum], ...] = (
    Activity,
    Attitude,
    Answer,
    Demand,
    Support,
    Setting,
    Mode,
    AnchorKind,
    Precision,
)


def reference(context: typer.Context) -> None:
    """Print REFERENCE.md."""
    root = context.find_root().command
    if isinstance(root, TyperGroup):
        typer.echo("\n".join(pages(root)))


def pages(root: TyperGroup) -> Iterator[str]:
    """The lines of REFERENCE.md."""
    yield "# Reference"
    yield ""
    yield "Made from the code by `make reference`; a test holds it up to date."
    yield from _commands(root)
    yield from _settings()
    yield from _routes()
    yield from _vocabulary()


def _commands(root: TyperGroup) -> Iterator[str]:
    yield from ("", "## Commands", "")
    for name, command in _flat(root, ""):
        context = typer.Context(command, info_name=f"frikortmatch {name}", terminal_width=100)
        yield f"### {name}"
        yield from ("", "```text", command.get_help(context).rstrip(), "```", "")


def _flat(group: TyperGroup, prefix: str) -> Iterator[tuple[str, TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _flat(command, f"{prefix}{name} ")
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield f"{prefix}{name}", command


def _settings() -> Iterator[str]:
    yield from ("## Settings", "", "| variable | default |", "| --- | --- |")
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = default.get_secret_value() if hasattr(default, "get_secret_value") else default
        yield f"| `FRIKORTMATCH_{name.upper()}` | `{'' if shown is None else shown}` |"


def _routes() -> Iterator[str]:
    from api.app import create_app  # loads the whole service, for which no other command has to wait

    yield from ("", "## Routes", "", "| method | path | answers |", "| --- | --- | --- |")
    for path, operations in create_app(Settings()).openapi()["paths"].items():
        for method, operation in operations.items():
            says = operation.get("description", "").partition("\n\n")[0].replace("\n", " ")
            yield f"| {method.upper()} | `{path}` | {says} |"


def _vocabulary() -> Iterator[str]:
    danish, english = speech(Language.DANISH), speech(Language.ENGLISH)
    yield from ("", "## Vocabulary")
    for kind in VOCABULARY:
        yield from ("", f"### {kind.__name__}", "", "| code | Danish | English |", "| --- | --- | --- |")
        for code in kind:
            mark = " (requirement)" if code in REQUIREMENTS else ""
            yield f"| `{code}`{mark} | {danish.label(code)} | {english.label(code)} |"
