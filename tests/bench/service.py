"""The budgets over HTTP: the service as it is started by people, asked at a fixed rate by another process.

One municipality of example data in a database of its own that is gone afterwards; every look at a citizen is
written down and synchronised to the disk as always.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from pydantic import SecretStr

from api.casework import seeding
from api.config import Settings
from api.domain.caller import Role
from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality
from api.store import open_store
from tests.bench.arrivals import Answered, Call, arrive, offer
from tests.bench.country import SEED, TODAY
from tests.bench.figures import Budget, Figures, Measured, Way, below
from tests.bench.processes import cpu_ms, most_mb, processes

CITIZENS, EMPLOYERS, ORDERS = 1_500, 10_000, 6_000
SECONDS = 30
ALONE = 20
"""So many requests of each kind are asked by themselves, to see what the service reckons for one."""

API = "/api/v1"

SHORTLIST_ORDERS = Way("shortlist of job orders", "20 places with their reasons, 20 questions, 20 left out")
SHORTLIST_EMPLOYERS = Way("shortlist of employers", "the same of employers without an order")
CANDIDATES = Way("candidates of a job order", "20 citizens of all who are ready, with their reasons")
LISTED = Way("list of citizens", "50 citizens, each look written down")
CHANGED = Way("change of a citizen", "a merge patch; the next list follows it")
HEALTH = Way("health", "that the service runs and its database answers")
PROCESSOR = Way("processor time of the service, a request", "its mean; 20 ms fill one core at 50/s")
WAYS = (SHORTLIST_ORDERS, SHORTLIST_EMPLOYERS, CANDIDATES, LISTED, CHANGED, HEALTH)
FIRST = Way("first shortlist after the start", "while every record is read and the catalogue built")
EVERY = (*WAYS, FIRST, PROCESSOR)

SHARES = {
    SHORTLIST_ORDERS: 0.25,
    SHORTLIST_EMPLOYERS: 0.15,
    CANDIDATES: 0.05,
    LISTED: 0.2,
    CHANGED: 0.15,
    HEALTH: 0.2,
}
"""What people at the desk do, as shares of all requests; judged, not observed."""


@dataclass(frozen=True)
class Town:
    """A municipality whose service is running: whom a consultant may open, and with which token.

    `pid` is the process that was started; those that answer may be others that it has started.
    """

    port: int
    pid: int
    token: str
    citizens: tuple[str, ...]
    orders: tuple[str, ...]


def measure(found: Figures) -> None:
    """Both budgets, and the first shortlist after the start, which builds the catalogue."""
    with running() as town:
        calls = _Calls(town)
        began = perf_counter()
        first = arrive(town.port, [calls.call(SHORTLIST_ORDERS)], 1)
        found.sizes_mb["service after its first shortlist"] = most_mb(town.pid)
        check(first)
        found.measured.append(Measured.of(FIRST.what, EMPLOYERS, [(perf_counter() - began) * 1000]))
        check(arrive(town.port, [calls.call(way) for way in WAYS], 1))
        lists = under_load(found, town, calls.alternating(20 * SECONDS), 20, "20/s")
        found.budgets.append(_budget("shortlist over HTTP, 20 requests/s", lists, 50))
        mixed = under_load(found, town, calls.mixed(50 * SECONDS), 50, "50/s mixed")
        found.budgets.append(_budget("mixed over HTTP, 50 requests/s", mixed, 200))
        found.budgets.append(_errors([*lists, *mixed]))
        found.sizes_mb[f"service at most, {len(processes(town.pid))} processes"] = most_mb(town.pid)
        by_kind(found, town, calls)


def by_kind(found: Figures, town: Town, calls: "_Calls") -> None:
    """What the service reckons for each kind of request, asked one after the other; after the budgets."""
    for way in WAYS:
        before = cpu_ms(town.pid)
        check(arrive(town.port, [calls.call(way) for _ in range(ALONE)], 5))
        reckoned = (cpu_ms(town.pid) - before) / ALONE
        found.measured.append(Measured.of(f"{PROCESSOR.what}, {way.what}", EMPLOYERS, [reckoned]))


def under_load(
    found: Figures, town: Town, calls: Sequence[Call], per_second: float, load: str
) -> list[Answered]:
    """How the calls went, with what the service reckoned for each: that hardly depends on who else does."""
    before = cpu_ms(town.pid)
    answers = offer(town.port, calls, per_second)
    found.measured += told(answers, load)
    reckoned = (cpu_ms(town.pid) - before) / len(answers)
    found.measured.append(Measured.of(f"{PROCESSOR.what}, {load}", EMPLOYERS, [reckoned]))
    return answers


def told(answers: Sequence[Answered], load: str) -> Iterator[Measured]:
    """The percentiles of each kind under one load."""
    for kind in dict.fromkeys(one.kind for one in answers):
        taken = [one.ms for one in answers if one.kind == kind]
        yield Measured.of(f"{kind}, {load}", EMPLOYERS, taken)


def check(answers: Sequence[Answered]) -> None:
    """Fail unless everything was answered as asked: a fast refusal is no answer."""
    for one in answers:
        if one.status != 200:
            raise AssertionError(f"{one.kind} was answered with {one.status}")


def _budget(what: str, answers: Sequence[Answered], most_ms: float) -> Budget:
    return below(f"{what}, p95", float(np.percentile([one.ms for one in answers], 95)), most_ms, "ms")


def _errors(answers: Sequence[Answered]) -> Budget:
    wrong = Counter(one.status for one in answers if one.status != 200)
    said = ", ".join(f"{times} x {status or 'no answer'}" for status, times in wrong.items())
    again = sum(one.again for one in answers)
    beside = f" ({again} asked again: the connection kept for it was closed)" if again else ""
    return Budget("errors over HTTP", "0", (said or f"0 of {len(answers):,}") + beside, not wrong)


class _Calls:
    """Requests of one consultant, drawn by the seed; nobody is changed twice, so each version is known."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._random = np.random.default_rng(SEED)
        self._unchanged = iter(self._random.permutation(town.citizens).tolist())

    def alternating(self, count: int) -> list[Call]:
        """Shortlists of both kinds in turn."""
        return [self.call((SHORTLIST_ORDERS, SHORTLIST_EMPLOYERS)[number % 2]) for number in range(count)]

    def mixed(self, count: int) -> list[Call]:
        """Everything, by its share."""
        ways = list(SHARES)
        return [self.call(ways[at]) for at in self._random.choice(len(ways), count, p=list(SHARES.values()))]

    def call(self, way: Way) -> Call:
        """One request, of a citizen or an order drawn anew."""
        headers = {"Authorization": f"Bearer {self._town.token}"}
        method, path, body = "GET", "", None
        citizen = self._random.choice(self._town.citizens)
        if way is SHORTLIST_ORDERS or way is SHORTLIST_EMPLOYERS:
            kind = "job-orders" if way is SHORTLIST_ORDERS else "employers"
            path = f"{API}/citizens/{citizen}/shortlist?kind={kind}"
        elif way is CANDIDATES:
            path = f"{API}/job-orders/{self._random.choice(self._town.orders)}/candidates"
        elif way is LISTED:
            path = f"{API}/citizens?limit=50"
        elif way is HEALTH:
            path = "/health"
        else:
            method, path = "PATCH", f"{API}/citizens/{next(self._unchanged)}"
            body = json.dumps({"max_minutes": float(self._random.integers(15, 61))}).encode()
            headers |= {"If-Match": '"1"', "Content-Type": "application/merge-patch+json"}
        return Call(way.what, method, path, body, headers)


@contextmanager
def running() -> Iterator[Town]:
    """The service over a fresh database with one municipality, on a free port."""
    with TemporaryDirectory(prefix="frikortmatch-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        (town,) = generate(
            SEED, municipalities=1, citizens=CITIZENS, employers=EMPLOYERS, orders=ORDERS, on=TODAY
        )
        token = _fill(url, town)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("FRIKORTMATCH_")
        }
        start = [sys.executable, "-u", "-c", "from api.cli import main; main()", "serve", "--port", "0"]
        log = Path(folder) / "log"
        with subprocess.Popen(
            [*start, "--db", url, "--log-file", log], stdout=subprocess.PIPE, text=True, env=environment
        ) as server:
            try:
                port = _port(server)
                _wait_until_up(port)
                yield Town(
                    port=port,
                    pid=server.pid,
                    token=token,
                    citizens=tuple(one.citizen_id for one in town.assignments if one.role is Role.CONSULTANT),
                    orders=tuple(order.id for order in town.job_orders),
                )
            finally:
                server.terminate()


def _fill(url: str, town: ExampleMunicipality) -> str:
    """Store the municipality and answer the consultant's token."""
    with open_store(Settings(db=SecretStr(url)), create=True) as store:
        (logins,) = seeding.seed(store, [town])
    return next(login.token for login in logins if login.role is Role.CONSULTANT)


def _port(server: subprocess.Popen[str]) -> int:
    assert server.stdout
    for line in server.stdout:
        if said := re.search(r"http://[^:]+:(\d+)", line):
            return int(said[1])
    raise RuntimeError("the service did not start")


def _wait_until_up(port: int) -> None:
    """Wait for the processes that answer: they are started once it was said where the service is."""
    for _ in range(5):
        (answer,) = arrive(port, [Call(HEALTH.what, "GET", "/health")], 1)
        if answer.status == 200:
            return
    raise RuntimeError("the service did not answer")
