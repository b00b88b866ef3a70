"""What a consultant made of a reading, as labelled text for the next version to be measured and taught by.

The desk keeps a `Correction` with the order: the text as it was told, what was read and what the consultant
confirmed. What leaves the desk is `LabelledText`: the words without persons and places, and what they mean. A
line per text, so that exports can be joined and compared by line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo import Refused
from geo.errors import N_
from matching.orders import Task
from matching.reading.corpus import corpus
from matching.reading.entries import lexicon
from matching.reading.findings import TaskReading
from matching.reading.text import Passage

LEFT_OUT = "…"
"""What stands where a person or a place was named."""

_PRIVATE = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+"  # addresses of the net
    r"|\+?\d(?:[ .-]?\d){5,}"  # telephone, registration and account numbers: six figures or more
    r"|(?:[A-ZÆØÅ]\w*\s+)*[A-ZÆØÅ]\w*(?:vej|gade|allé|stræde|torv|vænget|parken|alle)\s+\d+\w?"
)
_POLITE = frozenset({"I", "De", "Dem", "Deres", "Jer", "Jeres"})


@dataclass(frozen=True)
class LabelledText:
    """A text without personal data and what it means."""

    text: str
    task: Task


@dataclass(frozen=True)
class Correction:
    """What was read from a text, and the task that a consultant confirmed."""

    reading: TaskReading
    confirmed: Task

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields of the task that the consultant changed; empty when the reading was right."""
        read, confirmed = self.reading.to_task().to_json(), self.confirmed.to_json()
        return tuple(sorted(name for name in {*read, *confirmed} if read.get(name) != confirmed.get(name)))

    def to_json(self) -> dict[str, object]:
        """The correction as it is kept with an order; the text may name persons."""
        return {
            "text": self.reading.text,
            "read": self.reading.to_json(),
            "confirmed": self.confirmed.to_json(),
        }

    def labelled(self) -> LabelledText:
        """The text without personal data, and what the consultant says that it means."""
        return LabelledText(without_personal_data(self.reading.text), self.confirmed)


def written(texts: Iterable[LabelledText]) -> str:
    """Labelled texts as JSON Lines."""
    lines = ({"text": one.text, "task": one.task.to_json()} for one in texts)
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def read_labelled(lines: str) -> list[LabelledText]:
    """Labelled texts out of JSON Lines; raises `Refused` with the number of the first line that is none."""
    return [
        _labelled(number, line) for number, line in enumerate(lines.splitlines(), start=1) if line.strip()
    ]


def without_personal_data(text: str) -> str:
    """The text with numbers, addresses and names left out.

    Danish writes names large and other words small: inside a sentence a large word is left out, at its
    beginning one that neither the lexicon nor the corpus knows. A name written small is not found: whoever
    exports reads the lines before they leave.
    """
    text = _PRIVATE.sub(LEFT_OUT, text)
    pieces, end = [], 0
    for start, stop in _names(Passage.of(text)):
        pieces += [text[end:start], LEFT_OUT]
        end = stop
    return "".join((*pieces, text[end:]))


def _names(passage: Passage) -> Iterator[tuple[int, int]]:
    before = -1
    for word in passage.words:
        piece = passage.evidence(word.start, word.end)
        begins, before = word.sentence != before, word.sentence
        large = piece.text[0].isupper() and piece.text not in _POLITE
        if large and not (begins and word.form in known_words()):
            yield piece.start, piece.end


@cache
def known_words() -> frozenset[str]:
    """Every folded word that the lexicon or the corpus knows as such."""
    words = {word.form for sentence in corpus() for word in Passage.of(sentence.text).words}
    return frozenset(words | set(lexicon().finder.index.exact))


def _labelled(number: int, line: str) -> LabelledText:
    try:
        row: Mapping[str, Any] = json.loads(line)
        return LabelledText(str(row["text"]), Task.from_json(row["task"]))
    except (ValueError, KeyError, TypeError, Refused) as error:
        problem = N_("Line {number} is no labelled text: {reason}.")
        remedy = N_("Write the file with the export of corrections.")
        raise Refused("labelled", problem, remedy, number=number, reason=str(error)) from error
