"""The story of how a task is read: it shows what the product reads, and of the blind texts only sums."""

import json
import re
from datetime import date
from html import unescape

import pytest
from nbformat import NotebookNode

from matching.reading import read_task
from matching.vocabulary import Answer
from tests.evaluate.measures import Kept
from tests.evaluate.readings import by_both, stated
from tests.evaluate.told import Told, blind
from tests.notebooks.kernels import NOTEBOOKS, assert_is_a_picture, execute, outputs, read

READING = NOTEBOOKS / "05_reading.ipynb"
PICTURES = ["svar", "sikker", "forvekslet", "krav", "krav-hver", "stoette", "slags-vist"]
LAST = """
import json
print(json.dumps({"call": call, "used": used["begge"], "kept": by_polarity["krav: ja"], "given": len(given)}))
"""
RUN = 6
"""So many words in a row are a quotation."""


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return execute(read(READING), tmp_path_factory.mktemp("reading"), LAST)


@pytest.fixture(scope="module")
def texts() -> list[Told]:
    return blind()


def runs_of(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    """Every run of so many words, as they are spelt but for capitals and signs."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def told_by(notebook: NotebookNode) -> str:
    """All words of a notebook: its cells, and whatever they show but pictures."""
    told = [cell.source for cell in notebook.cells]
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        told.append(output.get("text", ""))
        told += [str(data) for kind, data in output.get("data", {}).items() if kind != "image/png"]
    return unescape(re.sub(r"<.*?>|\s+", " ", " ".join(told)))


def test_it_holds_its_pictures_and_its_promises(executed: NotebookNode) -> None:
    shown = [
        cell.id
        for cell in executed.cells
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))
    ]
    assert shown == PICTURES
    for picture in PICTURES:
        assert_is_a_picture(outputs(executed, picture)["image/png"])
    held = re.findall(r"<td>(.*?)</td>", outputs(executed, "stemmer")["text/html"])
    assert len(held) >= 8
    assert set(held) == {"ja"}


def test_its_numbers_are_those_of_the_reading(executed: NotebookNode, texts: list[Told]) -> None:
    (printed,) = executed.cells[-1].outputs
    told = json.loads(printed.text)
    answers = [(by_both(text), label.main) for text, label in texts if label.main]
    right = sum(answer is not None and answer.activity == main for answer, main in answers)
    answered = sum(answer is not None for answer, _ in answers)
    assert told["used"][1:] == [len(answers), answered, right]
    assert told["given"] == answered
    read_as = [read_task(text) for text, _ in texts]
    assert tuple(told["kept"]) == Kept.of(*stated(texts, read_as, "demands", Answer.YES))


def test_the_call_is_shown_with_everything_that_was_found_in_it(executed: NotebookNode) -> None:
    (printed,) = executed.cells[-1].outputs
    reading = read_task(json.loads(printed.text)["call"], on=date(2026, 12, 1))
    table = outputs(executed, "fund")["text/html"]
    pieces = [
        piece.text
        for found in (reading.activities, reading.demands, reading.supports, reading.implied)
        for finding in found.values()
        for piece in finding.evidence
    ]
    assert pieces
    assert [piece for piece in pieces if piece not in table] == []


def test_of_the_blind_texts_nothing_is_quoted(executed: NotebookNode, texts: list[Told]) -> None:
    everything = runs_of(told_by(executed))
    (printed,) = executed.cells[-1].outputs
    assert runs_of(json.loads(printed.text)["call"]) & everything, "a quotation would be seen"
    quoted = [label.id for text, label in texts if runs_of(text) & everything]
    assert quoted == []


def test_a_text_of_few_words_is_not_quoted_whole(executed: NotebookNode, texts: list[Told]) -> None:
    everything = told_by(executed).lower()
    short = [(text.lower(), label.id) for text, label in texts if 3 <= len(text.split()) < RUN]
    assert short
    assert [id for text, id in short if text in everything] == []
