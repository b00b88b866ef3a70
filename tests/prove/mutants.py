"""Mutants: small changes to the code, each of which a test has to notice.

`mutmut` makes them and runs the tests that reach each one, with the settings of pyproject.toml. A mutant that
no test notices survives. Survivors are known by what they change and not by their number, so that a line more
above them changes nothing.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKPLACE = ROOT / "mutants"
KNOWN = Path(__file__).with_name("survivors.toml")
FAILED = frozenset({"killed", "caught by type check"})
"""What mutmut says of a mutant that a test noticed."""
STOPPED = frozenset({"timeout", "segfault"})
"""What it says of one that it had to stop, at fifteen times what its tests take, or that fell over.

One that never ends is noticed by whoever waits. But on a busy machine one that no test notices, and that has
to go through all of them therefore, can come to the limit as well: of a known survivor it says nothing.
"""

_LINE = re.compile(r"^\s+(?P<name>matching\.\S+): (?P<status>.+)$", re.MULTILINE)
_NUMBER = re.compile(r"__mutmut_\d+$")


@dataclass(frozen=True)
class Mutant:
    """One change, and what became of it."""

    name: str
    status: str

    @property
    def module(self) -> str:
        """The module that was changed."""
        return ".".join(self.name.split(".")[:2])

    @property
    def noticed(self) -> bool:
        """Whether the change was noticed: by a test, or because it had to be stopped."""
        return self.status in FAILED or self.stopped

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before a test had noticed the change."""
        return self.status in STOPPED


@dataclass(frozen=True)
class Change:
    """What a mutant changes: where, the lines before and the lines after."""

    within: str
    was: str
    becomes: str

    @classmethod
    def of(cls, name: str, shown: str) -> "Change":
        """The change of a mutant out of the difference that mutmut shows."""
        where = _NUMBER.sub("", name).replace("ǁ", ".").replace(".x_", ".").replace(".x.", ".")
        body = shown[shown.index("@@") :].splitlines()
        was, becomes = (
            "\n".join(line[1:].strip() for line in body if line.startswith(sign)) for sign in "-+"
        )
        return cls(where, was, becomes)


def known_survivors(path: Path = KNOWN) -> dict[Change, str]:
    """The survivors that have a reason, and the reason."""
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    return {Change(item["within"], item["was"], item["becomes"]): item["reason"] for item in listed}


def complaints(
    survivors: Iterable[Change], known: dict[Change, str], stopped: Iterable[Change] = ()
) -> list[str]:
    """What is wrong with the list of known survivors: one is missing, has no reason, or is none any more.

    A known survivor that was stopped may still be one.
    """
    found = set(survivors)
    possible = found | set(stopped)
    return [
        *(_told("survives and is not listed", change) for change in sorted(found - known.keys(), key=repr)),
        *(_told("is listed and does not survive", change) for change in known if change not in possible),
        *(
            _told("is listed without a reason", change)
            for change, reason in known.items()
            if not reason.strip()
        ),
    ]


def as_toml(changes: Iterable[Change]) -> str:
    """Entries for the list of known survivors, with the reasons left to be given."""
    return "\n".join(
        "[[survivor]]\n"
        + "".join(
            f"{name} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in asdict(change).items()
        )
        + 'reason = ""\n'
        for change in sorted(changes, key=repr)
    )


def run() -> list[Mutant]:
    """Make every mutant anew and try it; raises `SystemExit` when the tests fail on the code as it is."""
    shutil.rmtree(WORKPLACE, ignore_errors=True)
    log = None if sys.stdout.isatty() else subprocess.PIPE
    done = subprocess.run(
        [*_mutmut("run")],
        cwd=ROOT,
        env=os.environ | {"HYPOTHESIS_PROFILE": "mutants"},
        stdout=log,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        said = (done.stdout or b"").decode(errors="replace").replace("\r", "\n").splitlines()
        raise SystemExit("\n".join([*said[-60:], "No mutant could be tried."]))
    mutants = parse(_said("results", "--all", "true"))
    if any(mutant.status == "not checked" for mutant in mutants):
        raise SystemExit("The run was broken off before every mutant was tried.")
    return mutants


def parse(results: str) -> list[Mutant]:
    """The mutants of a list of results."""
    return [Mutant(found["name"], found["status"]) for found in _LINE.finditer(results)]


def change_of(mutant: Mutant, show: Callable[[str], str] | None = None) -> Change:
    """What a mutant changes."""
    return Change.of(mutant.name, (show or (lambda name: _said("show", name)))(mutant.name))


def _mutmut(*words: str) -> list[str]:
    return [str(Path(sys.executable).with_name("mutmut")), *words]


def _said(*words: str) -> str:
    return subprocess.run(_mutmut(*words), cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _told(what: str, change: Change) -> str:
    return f"{change.within} {what}:\n  - {change.was}\n  + {change.becomes}"
