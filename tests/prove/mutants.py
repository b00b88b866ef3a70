"""Mutants: small changes to the code, each of which a test has to notice.

`mutmut` makes them and runs the tests that reach each one, with the settings of pyproject.toml. A mutant that
no test notices survives. Survivors are known by what they change and not by their number, so that a line more
above them changes nothing.

How long a test takes on the clock depends on what else the machine does. Whatever mutmut had to stop is tried
again therefore, until there is a verdict that the changed code alone has brought about: a test fails, or all
pass, or as much processor time has gone by as would have let them pass several times over.
"""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from math import ceil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKPLACE = ROOT / "mutants"
KNOWN = Path(__file__).with_name("survivors.toml")
FAILED = frozenset({"killed", "caught by type check"})
"""What mutmut says of a mutant that a test noticed."""
DECIDED = FAILED | {"survived", "no tests", "skipped"}
"""What mutmut says that does not hang on the load of the machine; it says other things of what it stopped."""
TIMES_OVER = 4
"""What takes so many times the processor time that its tests take on the code as it is never ends."""
LEAST_SECONDS = 60
"""Of processor time, before anything is said never to end."""

VERDICTS = {
    0: "survived",
    **dict.fromkeys((1, 2, 3, -signal.SIGSEGV), "killed"),
    **dict.fromkeys((-signal.SIGXCPU, -signal.SIGKILL), "endless"),
}
"""By how the tests end that were tried again; some of them are built on the code before the first begins."""

_ENVIRONMENT = os.environ | {"HYPOTHESIS_PROFILE": "mutants"}
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
        """Whether the change was noticed: by a test, or because it never ends."""
        return self.status in FAILED or self.endless

    @property
    def endless(self) -> bool:
        """Whether the tests never end with it."""
        return self.status == "endless"


@dataclass(frozen=True)
class Trial:
    """How the tests of a mutant ended, and the seconds of processor time that they took."""

    code: int
    seconds: float


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


def complaints(survivors: Iterable[Change], known: dict[Change, str]) -> list[str]:
    """What is wrong with the list of known survivors: one is missing, has no reason, or is none any more."""
    found = set(survivors)
    return [
        *(_told("survives and is not listed", change) for change in sorted(found - known.keys(), key=repr)),
        *(_told("is listed and does not survive", change) for change in known if change not in found),
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


def run(modules: Sequence[str] = (), *, resume: bool = False) -> list[Mutant]:
    """Make every mutant anew and try those of some modules, or all; raises `SystemExit` without a verdict.

    That is when the tests fail on the code as it is, or the run is broken off. Resumed, it keeps the verdicts
    on all functions that are as they were, whatever has become of the tests.
    """
    if not resume:
        shutil.rmtree(WORKPLACE, ignore_errors=True)
    log = None if sys.stdout.isatty() else subprocess.PIPE
    done = subprocess.run(
        _mutmut("run", *(f"{module}.*" for module in modules)),
        cwd=ROOT,
        env=_ENVIRONMENT,
        stdout=log,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        said = (done.stdout or b"").decode(errors="replace").replace("\r", "\n").splitlines()
        raise SystemExit("\n".join([*said[-60:], "No mutant could be tried."]))
    mutants = [each for each in parse(_said("results", "--all", "true")) if is_of(each.module, modules)]
    if any(mutant.status == "not checked" for mutant in mutants):
        raise SystemExit("The run was broken off before every mutant was tried.")
    return [mutant if mutant.status in DECIDED else tried_again(mutant) for mutant in mutants]


def is_of(within: str, modules: Sequence[str]) -> bool:
    """Whether a name is in one of some modules; without modules, any name is."""
    return not modules or any(f"{within}.".startswith(f"{module}.") for module in modules)


def tried_again(mutant: Mutant, try_out: Callable[[str, float | None], Trial] | None = None) -> Mutant:
    """The mutant with a verdict that does not hang on the load; raises `SystemExit` when there is none."""
    trial = try_out or _tests_of(mutant.name)
    plain = trial("", None)
    if plain.code:
        raise SystemExit(f"The tests of {mutant.name} fail on the code as it is.")
    found = trial(mutant.name, max(TIMES_OVER * plain.seconds, LEAST_SECONDS))
    if found.code not in VERDICTS:
        raise SystemExit(f"{mutant.name} came to no verdict: {found.code}.")
    return Mutant(mutant.name, VERDICTS[found.code])


def _tests_of(name: str) -> Callable[[str, float | None], Trial]:
    """Runs the tests that reach a mutant with it, or with the code as it is for no name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    tests = _said("tests-for-mutant", name).splitlines()
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly"]

    def trial(under_test: str, most_seconds: float | None) -> Trial:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(
            [*command, *settings["pytest_add_cli_args"], *tests],
            cwd=WORKPLACE,
            env=_ENVIRONMENT | {"MUTANT_UNDER_TEST": under_test},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            preexec_fn=partial(limit, most_seconds),
            check=False,
        )
        return Trial(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)

    return trial


def limit(seconds: float | None) -> None:
    """Processor time for this process, after which it is stopped; what it does not get does not count."""
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), ceil(seconds) + 5))


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
