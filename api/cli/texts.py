"""`read-task` and `policy`: what needs no database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from api.cli import options
from api.cli.paths import read_bytes
from api.cli.terminal import console, language_of, say_json, write
from geo import Refused
from geo.errors import N_
from matching import Policy, read_task
from matching.language import Speech, speech
from matching.reading import Evidence, Finding, TaskReading
from matching.times import parse_slots, today_in_denmark

NAMES, VALUES = 32, 16
"""The room for what was read, and for what it came to, before the words that gave it away."""

policy = typer.Typer(help="The numbers of the ranking.", no_args_is_help=True)


def read_texts(
    texts: Annotated[list[str], typer.Argument(metavar='"TEXT" ["TEXT" …]')],
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Read what an employer says into activities, setting, demands, supports, times and pay.

    Example: frikortmatch read-task "Feje gårdsplads og luge bede, fredag 9-11, 140 kr. i timen"
    """
    today = today_in_denmark()
    readings = [read_task(text, on=today) for text in texts]
    if as_json:
        say_json([reading.to_json() for reading in readings])
        return
    said = speech(language_of(language))
    for reading in readings:
        _show(reading, said)


@policy.command("show")
def show() -> None:
    """Print the policy that is shipped, every number with its source.

    Example: frikortmatch policy show > policy.toml
    """
    typer.echo(Policy.default().text, nl=False)


@policy.command("check")
def check(file: Annotated[Path, typer.Argument(metavar="FILE.toml")]) -> None:
    """Say whether a policy file can be used.

    Example: frikortmatch policy check policy.toml
    """
    typer.echo(read_policy(file).version)


def read_policy(file: Path) -> Policy:
    """The policy in a file; raises `Refused` for one that cannot be read or used."""
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        problem, remedy = N_("{value} cannot be read as text."), N_("Save it as UTF-8.")
        raise Refused("file", problem, remedy, value=file) from None
    return Policy.from_toml(text)


def _show(reading: TaskReading, said: Speech) -> None:
    out = console()
    write(out, f"“{reading.text}”", style="bold", hanging=1)
    for activity, shared in reading.activities.items():
        _line(said.label(activity), f"{said.number(shared.share * 100)} %", shared, out)
    if reading.setting:
        _line(said.about("reading", "setting"), said.label(reading.setting.value), reading.setting, out)
    for demand, answered in reading.demands.items():
        _line(said.label(demand), said.label(answered.answer), answered, out)
    for support, answered in reading.supports.items():
        _line(said.label(support), said.label(answered.answer), answered, out)
    for name, finding, value in _numbers(reading, said):
        _line(said.about("reading", name), value, finding, out)
    for demand, implied in reading.implied.items():
        _line(said.label(demand), said.about("reading", "implied"), implied, out)
    if reading.unread:
        _words(said.about("reading", "unread"), "", reading.unread, out)


def _numbers(reading: TaskReading, said: Speech) -> Iterator[tuple[str, Finding[Any], str]]:
    if found := reading.hours_per_week:
        yield "hours_per_week", found, said.brief(found.value)
    if found := reading.pay_dkk_per_hour:
        yield "pay_dkk_per_hour", found, said.number(found.value, 2)
    if places := reading.places:
        yield "places", places, said.number(places.value)
    if days := reading.weekdays:
        yield "weekdays", days, ", ".join(map(said.label, days.value))
    if times := reading.times:
        yield "times", times, ", ".join(said.slot(slot) for slot in parse_slots(times.value, "times"))
    if starts := reading.starts_on:
        yield "starts_on", starts, said.day(starts.value)
    if ends := reading.ends_on:
        yield "ends_on", ends, said.day(ends.value)


def _line(name: str, value: str, finding: Finding[Any], out: Console) -> None:
    _words(name, value, finding.evidence, out)


def _words(name: str, value: str, evidence: list[Evidence], out: Console) -> None:
    words = " … ".join(f"“{piece.text}”" for piece in evidence)
    write(out, f"{name:<{NAMES}}{value:<{VALUES}}{words}", indent=2, hanging=NAMES + VALUES)
