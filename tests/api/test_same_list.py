"""The same list from the command line, over HTTP and in a notebook, to the last digit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.casework import seeding
from api.cli.main import command
from api.config import Settings
from api.domain.caller import Role
from api.examples.municipality import ExampleMunicipality, municipality_of
from api.examples.written import WRITTEN, example_municipality
from api.store import open_store
from matching import CandidateList, Catalogue, Ledger, Shortlist, candidates, shortlist
from tests.api.frames_of_records import orders_of, person_of

ON = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
ALL = 200
"""Longer than any of these lists."""

FIRST = tuple(f"citizen-{code}-01" for code in WRITTEN)
SEVERAL_ANCHORS = "citizen-0370-14"
Answer = dict[str, Any]
Pair = tuple[str, str]
"""A citizen and a job order, by id."""


@dataclass
class Installation:
    """The three example municipalities, stored; a way to ask for a list on the command line and over HTTP."""

    db: str
    client: TestClient
    tokens: dict[str, str]

    def on_the_command_line(self, name: str, id: str) -> Answer:
        ran = CliRunner().invoke(command, [name, id, "--k", str(ALL), "--json", "--db", self.db])
        assert ran.exit_code == 0, ran.output
        answer: Answer = json.loads(ran.stdout)
        return answer

    def over_http(self, path: str, id: str, **query: Any) -> Answer:
        found = self.client.get(
            f"/api/v1/{path}",
            params={"k": ALL, **query},
            headers={"Authorization": f"Bearer {self.tokens[municipality_of(id)]}", "Accept-Language": "da"},
        )
        assert found.status_code == 200, found.text
        answer: Answer = found.json()
        return answer


@pytest.fixture(scope="module")
def examples() -> dict[str, ExampleMunicipality]:
    return {code: example_municipality(code, ON) for code in WRITTEN}


@pytest.fixture(scope="module")
def installation(
    examples: dict[str, ExampleMunicipality], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    db = f"sqlite:///{tmp_path_factory.mktemp('same')}/frikortmatch.db"
    settings = Settings(db=db)
    with open_store(settings, create=True) as store:
        logins = [login for found in seeding.seed(store, examples.values()) for login in found]
        tokens = {one.municipality: one.token for one in logins if one.role is Role.CONSULTANT}
        with TestClient(create_app(settings, store), base_url="http://127.0.0.1:8000") as client:
            yield Installation(db, client, tokens)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def in_a_notebook(examples: dict[str, ExampleMunicipality], citizen_id: str, on: date = ON) -> Shortlist:
    one = examples[municipality_of(citizen_id)]
    (record,) = [record for record in one.citizens if record.id == citizen_id]
    return shortlist(person_of(one, record), Catalogue.from_frame(orders_of(one)), k=ALL, on=on)


def told(found: Shortlist) -> Answer:
    """A notebook's list in the words of the service: every id, number, sentence and count of it."""
    items, asked, stopped = (
        [found.explain(order_id) for order_id in frame["order_id"]]
        for frame in (found.items, found.ask, found.excluded)
    )
    return {
        "items": [_item(ledger) for ledger in items],
        "ask": (found.ask_total, [_asked(ledger) for ledger in asked]),
        "excluded": (found.excluded_counts, {ledger.order_id: list(ledger.rules) for ledger in stopped}),
    }


def answered(answer: Answer) -> Answer:
    """The same of an answer of the service."""
    return {
        "items": [_item_of(item) for item in answer["items"]],
        "ask": (answer["ask"]["total"], [_asked_of(item) for item in answer["ask"]["items"]]),
        "excluded": (
            answer["excluded"]["counts"],
            {item["id"]: item["rules"] for item in answer["excluded"]["items"]},
        ),
    }


def _item(ledger: Ledger) -> tuple[object, ...]:
    parts = [(line.part, line.value, line.weight, line.lost, line.reason) for line in ledger.parts]
    way = (str(ledger.travel.mode), ledger.travel.km, ledger.travel.minutes, str(ledger.travel.anchor))
    return (ledger.rank, ledger.order_id, ledger.score, parts, way)


def _item_of(item: Answer) -> tuple[object, ...]:
    parts = [
        tuple(line[name] for name in ("part", "value", "weight", "lost", "reason")) for line in item["parts"]
    ]
    way = tuple(item["travel"][name] for name in ("mode", "km", "minutes", "anchor"))
    return (item["rank"], item["id"], item["score"], parts, way)


def _asked(ledger: Ledger) -> tuple[object, ...]:
    questions = [(str(asked.of), asked.about, asked.text) for asked in ledger.questions]
    return (ledger.order_id, ledger.score, questions)


def _asked_of(item: Answer) -> tuple[object, ...]:
    questions = [(asked["of"], asked["about"], asked["text"]) for asked in item["questions"]]
    return (item["id"], item["score_if_answered"], questions)


def pairs_of(found: Shortlist | CandidateList, order_id: str | None = None) -> dict[Pair, object]:
    """Every pair of a list with all that its frames say of it but the rank."""
    citizen_id = found.citizen.id if isinstance(found, Shortlist) else None

    def pair(other: str) -> Pair:
        return (citizen_id or other, order_id or other)

    ranked = found.items.drop(columns="rank").set_index(found.key)
    said: dict[Pair, object] = {pair(row[0]): row[1:] for row in ranked.itertuples(name=None)}
    for row in found.ask.itertuples():
        # a place nobody knows has no score, which pandas holds as a number unlike itself
        score = None if row.score_if_answered != row.score_if_answered else row.score_if_answered
        said[pair(getattr(row, found.key))] = (score, row.questions)
    for row in found.excluded.itertuples():
        name = getattr(row, found.key)
        said[pair(name)] = (found.explain(name).score, row.rules)
    return said


@pytest.mark.parametrize("citizen_id", [*FIRST, SEVERAL_ANCHORS])
def test_command_line_http_and_notebook_give_the_same_list_to_the_last_digit(
    installation: Installation, examples: dict[str, ExampleMunicipality], citizen_id: str
):
    expected = told(in_a_notebook(examples, citizen_id))
    assert expected["items"]
    assert expected["excluded"][1]
    assert answered(installation.on_the_command_line("shortlist", citizen_id)) == expected
    path = f"citizens/{citizen_id}/shortlist"
    assert answered(installation.over_http(path, citizen_id)) == expected


def test_the_citizen_with_several_anchors_is_ranked_from_more_than_one(
    examples: dict[str, ExampleMunicipality],
):
    assert in_a_notebook(examples, SEVERAL_ANCHORS).items["anchor"].nunique() == 2


@pytest.mark.parametrize("citizen_id", FIRST)
def test_the_frames_of_a_notebook_hold_the_digits_of_the_service(
    installation: Installation, examples: dict[str, ExampleMunicipality], citizen_id: str
):
    items = in_a_notebook(examples, citizen_id).items
    served = installation.over_http(f"citizens/{citizen_id}/shortlist", citizen_id)["items"]
    assert list(items["order_id"]) == [item["id"] for item in served]
    assert list(items["rank"]) == [item["rank"] for item in served]
    assert list(items["score"]) == [item["score"] for item in served]
    for number, part in enumerate(served[0]["parts"]):
        assert list(items[f"lost_{part['part']}"]) == [item["parts"][number]["lost"] for item in served]
    for name in ("km", "minutes", "anchor"):
        assert list(items[name]) == [item["travel"][name] for item in served]


@pytest.mark.parametrize("citizen_id", FIRST)
def test_another_way_of_travelling_gives_another_list_and_is_felt_in_the_comparison(
    installation: Installation, examples: dict[str, ExampleMunicipality], citizen_id: str
):
    expected = told(in_a_notebook(examples, citizen_id))
    path = f"citizens/{citizen_id}/shortlist"
    assert answered(installation.over_http(path, citizen_id, mode="lift")) != expected


@pytest.mark.parametrize("code", WRITTEN)
def test_candidates_and_shortlist_agree_on_every_pair(examples: dict[str, ExampleMunicipality], code: str):
    one = examples[code]
    catalogue = Catalogue.from_frame(orders_of(one))
    people = [person_of(one, record) for record in one.citizens]
    from_citizens, from_orders = {}, {}
    for person in people:
        from_citizens |= pairs_of(shortlist(person, catalogue, k=ALL, on=ON))
    for order_id in catalogue.ids:
        order = catalogue.order(order_id)
        from_orders |= pairs_of(candidates(order, people, k=ALL, on=ON), order_id)
    assert len(from_orders) == len(catalogue) * len(people)
    assert from_citizens == from_orders


@pytest.mark.parametrize("code", WRITTEN)
def test_the_served_candidates_carry_the_scores_of_the_shortlists(
    installation: Installation, examples: dict[str, ExampleMunicipality], code: str
):
    citizen_id = f"citizen-{code}-01"
    for item in in_a_notebook(examples, citizen_id).items.head(3).itertuples():
        served = [
            installation.on_the_command_line("candidates", item.order_id),
            installation.over_http(f"job-orders/{item.order_id}/candidates", item.order_id),
        ]
        for answer in served:
            scores = {other["citizen"]["id"]: other["score"] for other in answer["items"]}
            assert scores[citizen_id] == item.score


def test_after_midnight_in_denmark_all_reckon_with_the_new_day_though_the_server_counts_in_utc(
    installation: Installation, examples: dict[str, ExampleMunicipality]
):
    citizen_id, last_day = "citizen-0370-01", date(2026, 12, 26)
    ended = {order.id for order in examples["0370"].job_orders if order.task.ends_on == last_day}
    night = datetime(2026, 12, 26, 23, 30, tzinfo=ZoneInfo("UTC"))
    with time_machine.travel(night, tick=False):
        served = [
            answered(installation.on_the_command_line("shortlist", citizen_id)),
            answered(installation.over_http(f"citizens/{citizen_id}/shortlist", citizen_id)),
        ]
    the_day_after = told(in_a_notebook(examples, citizen_id, on=date(2026, 12, 27)))
    assert ended <= {order_id for order_id, rules in the_day_after["excluded"][1].items() if "ended" in rules}
    assert served == [the_day_after, the_day_after]
