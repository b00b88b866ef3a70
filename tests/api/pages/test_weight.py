"""Every page that shows data is light, whoever it is about, in three municipalities, as a browser gets it.

The heaviest kinds are read of some in all three; what is far lighter is read whole of one. `make prove` reads
them of everybody.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.access.tokens import hash_of, new_secret
from api.app import create_app
from api.casework.seeding import seed
from api.config import Settings
from api.domain.caller import Caller, Channel, Role
from api.examples.desk import desk_of
from api.examples.municipality import ExampleMunicipality
from api.examples.written import WRITTEN, example_municipality
from api.routes.guards import COOKIE
from api.store import Store, Unit, assignments, open_store, sign_ins, users
from matching.times import DENMARK_TIME
from tests.api.described import bare_app
from tests.samples import every

LIGHT = 100_000
"""Bytes of HTML that a page may have, besides what all pages share."""

HOME = "0370"
RULE = re.compile(r'<a href="([^"]*[?;]rule=[^"#]*)#why"[^>]*>[^<]*</a> (\d+)')
PART = re.compile(r'href="(/citizens/[^"]*/call-sheet\?sheet=[^"#]*)')


@pytest.fixture(autouse=True)
def words_as_written() -> None:
    """Here pages are weighed as they are sent: with what keeps dates on one line, and names a language."""


class Desk:
    """The service over the example municipalities, read as somebody reads it in a browser."""

    def __init__(
        self, client: TestClient, examples: list[ExampleMunicipality], secrets: dict[Any, str]
    ) -> None:
        self.client = client
        self.examples = {example.code: example for example in examples}
        self.secrets = secrets

    def read(self, address: str, code: str = HOME, role: Role = Role.CONSULTANT, language: str = "da") -> str:
        """The page at an address, which is there."""
        said = {"Cookie": f"{COOKIE}={self.secrets[code, role]}", "Accept-Language": language}
        answer = self.client.get(address, headers={"Accept": "text/html", **said})
        assert answer.status_code == 200, address
        return answer.text

    def citizens(self) -> Iterator[tuple[str, str]]:
        """The address of a citizen's page, with the municipality."""
        for code, example in self.examples.items():
            yield from ((code, f"/citizens/{one.id}") for one in every(6, example.citizens))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A morning in the three municipalities; each consultant may open every citizen."""
    today = datetime.now(DENMARK_TIME).date()
    examples = [example_municipality(code, today) for code in WRITTEN]
    settings = Settings(db=f"sqlite:///{tmp_path_factory.mktemp('weight')}/example.db")
    with open_store(settings, create=True) as store:
        list(seed(store, examples, desks={one.code: desk_of(one.code, today) for one in examples}))
        secrets = {(one.code, role): _opened(store, one, role) for one in examples for role in Role}
        app = create_app(settings, store)
        app.router.routes = list(bare_app().router.routes)
        with TestClient(app, base_url="http://127.0.0.1:8000") as client:
            client.follow_redirects = False
            yield Desk(client, examples, secrets)


def _opened(store: Store, example: ExampleMunicipality, role: Role) -> str:
    """The secret of a new session; everybody becomes the consultant's work."""
    secret = new_secret()
    with store.unit() as unit:
        user = users.by_username(unit, f"{role.replace('_', '-')}-{example.code}")
        assert user is not None
        sign_ins.add_session(unit, user, hash_of(secret), unit.at + timedelta(hours=8))
        if role is Role.CONSULTANT:
            _take_on_all(unit, users.caller_of(user, Channel.COMMAND_LINE), example)
        unit.commit()
    return secret


def _take_on_all(unit: Unit, caller: Caller, example: ExampleMunicipality) -> None:
    theirs = {one.citizen_id for one in example.assignments if one.role is Role.CONSULTANT}
    for citizen in example.citizens:
        if citizen.id not in theirs:
            assignments.assign(unit, caller, citizen.id, caller.user_id)


def shortlists(desk: Desk) -> Iterator[tuple[str, str]]:
    """One by one, also by the rule that leaves most out."""
    for code, citizen in desk.citizens():
        text = desk.read(f"{citizen}/shortlist", code)
        yield f"{citizen}/shortlist", text
        if rules := RULE.findall(text):
            address, _ = max(rules, key=lambda rule: int(rule[1]))
            yield address, desk.read(address.replace("&amp;", "&"), code)


def asked_why(desk: Desk) -> Iterator[tuple[str, str]]:
    """Asked about a letter that most names have, with every way open, in English.

    What people wrote is marked as Danish there, so that these are the heaviest of all.
    """
    for code, citizen in desk.citizens():
        address = f"{citizen}/shortlist?mode=lift&max_minutes=240&why=e"
        yield address, desk.read(address, code, language="en")


def call_sheets(desk: Desk) -> Iterator[tuple[str, str]]:
    """One by one, and what comes after each where it has parts."""
    for code, citizen in desk.citizens():
        text = desk.read(f"{citizen}/call-sheet", code, language="en")
        yield f"{citizen}/call-sheet", text
        for address in sorted(set(PART.findall(text))):
            yield address, desk.read(address.replace("&amp;", "&"), code, language="en")


def other_lists(desk: Desk) -> Iterator[tuple[str, str]]:
    """Those without points, by title, and of employers."""
    for code, citizen in desk.citizens():
        if code == HOME:
            for asked in ("?ranked=no", "?order=title", "?kind=employers", "?kind=employers&why=e"):
                yield f"{citizen}/shortlist{asked}", desk.read(f"{citizen}/shortlist{asked}")


def citizens(desk: Desk) -> Iterator[tuple[str, str]]:
    """What is known of each, whom to ring and who works with them."""
    for code, citizen in desk.citizens():
        yield citizen, desk.read(citizen, code)
        if code == HOME:
            for part in ("/contact-chain", "/assignments"):
                yield f"{citizen}{part}", desk.read(f"{citizen}{part}")


def job_orders(desk: Desk) -> Iterator[tuple[str, str]]:
    """Each with its candidates, and what is filled in to correct it."""
    for order in every(5, desk.examples[HOME].job_orders):
        yield order.id, desk.read(f"/job-orders/{order.id}")
        yield f"{order.id}/facts", desk.read(f"/job-orders/{order.id}/facts")


def employers_and_centres(desk: Desk) -> Iterator[tuple[str, str]]:
    """One by one."""
    for employer in every(3, desk.examples[HOME].employers):
        yield employer.id, desk.read(f"/employers/{employer.id}")
    for code, example in desk.examples.items():
        for centre in example.centres:
            yield centre.id, desk.read(f"/centres/{centre.id}", code, Role.COORDINATOR)


OF_ALL = {
    "/today": {Role.CONSULTANT, Role.CASEWORKER, Role.COORDINATOR, Role.CENTRE_STAFF},
    "/today?whose=municipality": {Role.CONSULTANT, Role.COORDINATOR},
    "/citizens": {Role.CONSULTANT, Role.CENTRE_STAFF},
    "/citizens/all": {Role.CONSULTANT, Role.COORDINATOR},
    "/job-orders": {Role.CONSULTANT, Role.ANALYST},
    "/job-orders?state=all": {Role.CONSULTANT},
    "/employers": {Role.CONSULTANT, Role.ANALYST},
    "/employers?words=e": {Role.CONSULTANT},
    "/calls": {Role.CONSULTANT},
    "/cafe": {Role.CONSULTANT},
    "/centres": {Role.COORDINATOR},
    "/practice": {Role.COORDINATOR},
    "/colleagues": {Role.COORDINATOR},
    "/accesses": {Role.AUDITOR, Role.COORDINATOR},
    "/intake": {Role.CONSULTANT},
    "/imports": {Role.CONSULTANT},
}
"""What shows many at once, and some of those who read it."""


def overviews(desk: Desk) -> Iterator[tuple[str, str]]:
    """Of all three, as each of those sees it."""
    for address, roles in OF_ALL.items():
        for code in desk.examples:
            for role in sorted(roles):
                yield f"{address} of {code} as {role}", desk.read(address, code, role)


def longest_intake(desk: Desk) -> Iterator[tuple[str, str]]:
    """A call of as many words as a call may have, read: the same ones over and over say the most."""
    words = "Vi skal have luget bede og fejet gård hver fredag 9-11, 140 kr. i timen. Ingen maskiner. "
    most = int(re.search(r'<textarea[^>]*maxlength="(\d+)"', desk.read("/intake"))[1])  # type: ignore[index]
    cookie = f"{COOKIE}={desk.secrets[HOME, Role.CONSULTANT]}"
    said = {"Cookie": cookie, "Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    form = {"text": (words * (most // len(words) + 1))[:most]}
    answer = desk.client.post("/intake/reading", data=form, headers=said)
    assert answer.status_code == 200
    yield "/intake/reading", answer.text


KINDS = [
    *(shortlists, asked_why, call_sheets, other_lists, citizens, job_orders),
    *(employers_and_centres, overviews, longest_intake),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_page_is_light_whoever_it_is_about(
    desk: Desk, kind: Callable[[Desk], Iterator[tuple[str, str]]]
) -> None:
    weights = {name: len(text.encode()) for name, text in kind(desk)}
    assert weights
    assert {name: weight for name, weight in weights.items() if weight >= LIGHT} == {}
