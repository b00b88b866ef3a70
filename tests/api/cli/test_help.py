import pytest
from typer.main import get_command

from api.cli.main import command


def every_command():
    root = get_command(command)
    for name, found in root.commands.items():
        if found.hidden:
            continue
        inner = getattr(found, "commands", None)
        yield from ((name, sub) for sub in inner) if inner else [(name,)]


COMMANDS = list(every_command())


@pytest.mark.parametrize("names", COMMANDS, ids=[" ".join(names) for names in COMMANDS])
def test_every_command_shows_an_example_of_itself(run, names):
    said = run(*names, "--help")
    assert said.code == 0
    assert f"Example: frikortmatch {' '.join(names)}" in " ".join(said.out.split())


def test_help_lists_what_there_is(run):
    said = run("--help")
    assert all(f"  {names[0]} " in said.out for names in COMMANDS)
    assert run().code == 2
