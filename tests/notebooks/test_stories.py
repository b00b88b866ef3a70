"""The stories of the larger municipalities: a notebook shows what the product says of the same records."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from nbformat import NotebookNode

from geo import Mode
from matching import Catalogue, Citizen, Policy, shortlist, shortlists
from matching.assignment import assign
from matching.evaluation import exposure, gini
from matching.load import shortlists_in_turn
from tests.notebooks.kernels import NOTEBOOKS, assert_is_a_picture, beside, execute, outputs, read

ON = date(2026, 12, 1)


@dataclass(frozen=True)
class Story:
    """A notebook, the municipality it tells of, its pictures, and what a cell after it prints as JSON."""

    municipality: str
    pictures: tuple[str, ...]
    told: str


STORIES = {
    "02_weights_and_modes.ipynb": Story(
        "0370",
        ("kort", "pladser", "cykel", "haeldning", "dele", "alle"),
        "{'ranked': list(reached['på listen']), 'after': list(proposed.items['order_id']),"
        " 'entering': diff.entering, 'changed': len(diff.changed)}",
    ),
    "03_load_and_fairness.ipynb": Story(
        "0630",
        ("lorenz", "betjent", "betjent-transport", "minutter", "valg"),
        "{'gini': list(measured['Gini']), 'served': priced['betjent'].tolist()}",
    ),
    "04_job_cafe.ipynb": Story(
        "0661",
        ("fordel", "tider", "nye-tider"),
        "{'guests': [guest.id for guest in guests], 'tasks': assignment.tasks, 'chosen': chosen,"
        " 'again': again.tasks, 'gone': gone}",
    ),
}


@pytest.fixture(scope="module")
def examples() -> ModuleType:
    return beside("examples")


@pytest.fixture(scope="module", params=STORIES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def executed(name: str, tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    last = f"import json\nprint(json.dumps({STORIES[name].told}))"
    return execute(read(NOTEBOOKS / name), tmp_path_factory.mktemp("story"), last)


def test_a_story_holds_its_pictures_its_promises_and_what_the_product_says(
    name: str, executed: NotebookNode, examples: ModuleType
) -> None:
    story = STORIES[name]
    shown = [cell.id for cell in executed.cells if "image/png" in outputs_of(cell)]
    assert shown == list(story.pictures)
    for picture in story.pictures:
        assert_is_a_picture(outputs(executed, picture)["image/png"])
    held = re.findall(r"<td>(.*?)</td>", outputs(executed, "stemmer")["text/html"])
    assert len(held) >= 3
    assert set(held) == {"ja"}
    one = examples.large_municipality(story.municipality, ON)
    everything = json.dumps(executed, ensure_ascii=False)
    assert [person.name for person in one.citizens if person.name in everything] == []
    (printed,) = executed.cells[-1].outputs
    catalogue = Catalogue.from_frame(examples.orders_of(one))
    SAID_BY_THE_PRODUCT[name](json.loads(printed.text), examples.people_of(one), catalogue)


def outputs_of(cell: NotebookNode) -> set[str]:
    """The kinds of what a cell shows."""
    return {kind for shown in cell.get("outputs", []) for kind in shown.get("data", {})}


def weights_and_modes(told: dict[str, Any], people: list[Citizen], catalogue: Catalogue) -> None:
    (citizen,) = [person for person in people if person.id == "citizen-0370-02"]
    by_mode = [shortlist(replace(citizen, mode=mode), catalogue, 10, ON) for mode in Mode]
    assert told["ranked"] == [found.items_total for found in by_mode]
    other = Policy.default().with_numbers(
        {"weights.nearness": 0.15, "weights.suitability": 0.45, "weights.wishes": 0.25},
        version="2",
        source="a test",
    )
    assert told["after"] == list(shortlist(citizen, catalogue, 10, ON, other).items["order_id"])
    before, after = (shortlists(people, catalogue, 10, ON, policy) for policy in (Policy.default(), other))
    pairs = [(was.shown(), becomes.shown()) for was, becomes in zip(before, after, strict=True)]
    assert told["entering"] == sum(len(set(becomes) - set(was)) for was, becomes in pairs)
    assert told["changed"] == sum(was != becomes for was, becomes in pairs)


def load_and_fairness(told: dict[str, Any], people: list[Citizen], catalogue: Catalogue) -> None:
    waiting = longest_waiting(people)
    free = Policy.default().with_numbers({"load.points": 0}, version="free", source="a test")
    ways = (
        shortlists(waiting, catalogue, 5, ON),
        list(shortlists_in_turn(waiting, catalogue, 5, ON, free)),
        list(shortlists_in_turn(waiting, catalogue, 5, ON)),
    )
    shown = [exposure((found.shown() for found in lists), len(catalogue)) for lists in ways]
    assert told["gini"] == pytest.approx([gini(each) for each in shown])
    assert told["served"] == [bool(found.shown()) for found in ways[0]]


def job_cafe(told: dict[str, Any], people: list[Citizen], catalogue: Catalogue) -> None:
    tasks = Catalogue.from_orders(catalogue.order(name) for name in told["chosen"])
    able = [person for person in longest_waiting(people) if shortlist(person, tasks, 1, ON).shown()]
    assert told["guests"] == [person.id for person in able[:24]]
    planned = assign(able[:24], tasks, ON)
    assert told["tasks"] == planned.tasks
    staying = [person for person in able[:24] if person.id != told["gone"]]
    assert told["again"] == assign(staying, tasks, ON, before=planned).tasks
    (sought, _), *_ = Counter(
        each.choices[0].order_id for each in planned.placings if each.rank != 1
    ).most_common()
    assert planned.tasks[told["gone"]] == sought


def longest_waiting(people: Sequence[Citizen]) -> list[Citizen]:
    return sorted(people, key=lambda person: (person.waiting_since or date.max, person.id))


SAID_BY_THE_PRODUCT = dict(zip(STORIES, (weights_and_modes, load_and_fairness, job_cafe), strict=True))


def test_a_large_municipality_is_the_written_one_and_more(examples: ModuleType) -> None:
    one = examples.large_municipality("0370", ON)
    assert (len(one.citizens), len(one.job_orders)) == (115, 359)
    assert one.citizens[0].id == "citizen-0370-01"
    assert len({order.id for order in one.job_orders}) == len(one.job_orders)
    other = examples.large_municipality("0370", ON, seed=8)
    assert other.citizens[:15] == one.citizens[:15]
    assert other.citizens[15:] != one.citizens[15:]
