"""Every notebook runs as it is committed, offline and without a warning, and shows what its story tells."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from api.examples.written import WRITTEN, example_municipality
from matching import Catalogue, Shortlist, shortlist
from tests.api.frames_of_records import orders_of, person_of
from tests.notebooks.kernels import NOTEBOOKS, assert_is_a_picture, execute, outputs, read
from tests.notebooks.test_reading_story import READING
from tests.notebooks.test_stories import STORIES

ON = date(2026, 12, 1)
ALL = sorted(NOTEBOOKS.glob("*.ipynb"))
SHORTLISTS = NOTEBOOKS / "01_shortlists.ipynb"
DIGITS = """
import json
print(json.dumps({name: found.items.to_dict("records") for name, found in lists.items()}))
"""


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return execute(read(SHORTLISTS), tmp_path_factory.mktemp("shortlists"), DIGITS)


@pytest.fixture(scope="module")
def lists() -> dict[str, Shortlist]:
    """The three lists of the notebook, made here from the same records."""
    found = {}
    for code in WRITTEN:
        one = example_municipality(code, on=ON)
        person = person_of(one, one.citizens[0])
        found[one.name] = shortlist(person, Catalogue.from_frame(orders_of(one)), k=10, on=ON)
    return found


def shown_ids(notebook: NotebookNode, cell_id: str) -> list[str]:
    """The job orders of a table, from top to bottom."""
    return re.findall(r"order-\d{4}-\d+", outputs(notebook, cell_id)["text/html"])


def test_every_notebook_has_its_story_tested_here():
    assert [SHORTLISTS, *(NOTEBOOKS / name for name in STORIES), READING] == ALL


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_no_output_and_no_count_is_committed(path: Path):
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert code
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_it_opens_with_an_ordinary_python_kernel(path: Path):
    notebook = read(path)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec == {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    assert notebook.metadata.language_info == {"name": "python"}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_it_begins_with_a_heading_and_an_english_summary_and_holds_no_registration_number(path: Path):
    notebook = read(path)
    first = notebook.cells[0].source
    assert first.startswith("# ")
    assert "*In English: " in first
    assert re.findall(r"\b\d{6}-?\d{4}\b", "\n".join(cell.source for cell in notebook.cells)) == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_its_cells_are_short(path: Path):
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if len(cell.source.splitlines()) > 30] == []


def test_it_ranks_as_a_shortlist_does_to_the_last_digit(executed: NotebookNode, lists: dict[str, Shortlist]):
    (printed,) = executed.cells[-1].outputs
    said = json.loads(printed.text)
    assert said == {name: found.items.to_dict("records") for name, found in lists.items()}
    assert all(said.values())


@pytest.mark.parametrize("name", ["Vejle", "Holstebro", "Næstved"])
def test_each_municipality_has_its_table_bars_and_map(
    executed: NotebookNode, lists: dict[str, Shortlist], name: str
):
    key = name.lower().replace("æ", "ae")
    assert shown_ids(executed, f"{key}-tabel") == list(lists[name].items["order_id"])
    table = outputs(executed, f"{key}-tabel")["text/html"]
    assert all(reason in table for reason in lists[name].reasons("da")["nearness"])
    for picture in ("soejler", "kort"):
        assert_is_a_picture(outputs(executed, f"{key}-{picture}")["image/png"])


def test_it_shows_what_to_ask_and_why_the_rest_was_left_out(
    executed: NotebookNode, lists: dict[str, Shortlist]
):
    found = lists["Næstved"]
    # a job order has a row for each of its questions
    asked = [
        order_id
        for order_id, several in zip(found.ask["order_id"], found.ask["questions"], strict=True)
        for _ in several
    ]
    assert shown_ids(executed, "spoerg") == asked
    assert_is_a_picture(outputs(executed, "udeladt")["image/png"])


def test_two_answers_move_two_orders_where_they_belong(executed: NotebookNode):
    moved = outputs(executed, "svar")["text/html"]
    before_and_after = re.findall(r"<td>(.*?)</td>", moved)
    assert before_and_after == ["spørg først", "på listen, nr. 2", "spørg først", "udeladt"]


def test_it_explains_one_pair_that_was_left_out(executed: NotebookNode, lists: dict[str, Shortlist]):
    (explained,) = shown_ids(executed, "forklar")
    ledger = lists["Næstved"].explain(explained)
    table = outputs(executed, "forklar")["text/html"]
    assert ledger.rules[0] == "avoids:alcohol_present"
    assert all(told in table for told in (*ledger.would_change, *ledger.reasons))


def test_all_its_promises_are_kept(executed: NotebookNode):
    assert re.findall(r"<td>(.*?)</td>", outputs(executed, "stemmer")["text/html"]) == ["ja"] * 9


def test_it_shows_no_name_of_a_citizen(executed: NotebookNode):
    names = [person.name for code in WRITTEN for person in example_municipality(code, ON).citizens]
    everything = json.dumps(executed, ensure_ascii=False)
    assert [name for name in names if name in everything] == []


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("import urllib.request; urllib.request.urlopen('http://example.org')", "RuntimeError"),
        ("import socket; socket.create_connection(('192.0.2.1', 80), 1)", "RuntimeError"),
        ("import warnings; warnings.warn('soon to go', FutureWarning)", "FutureWarning"),
    ],
    ids=["a page", "a socket", "a warning"],
)
def test_a_notebook_that_reaches_out_or_warns_would_fail(source: str, error: str, tmp_path: Path):
    with pytest.raises(CellExecutionError) as caught:
        execute(new_notebook(cells=[new_code_cell(source)]), tmp_path)
    assert caught.value.ename == error
