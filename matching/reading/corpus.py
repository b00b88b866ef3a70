"""The sentences that the activity model learns from: written for this project, a file per activity.

A line is a sentence, a line that begins with "#" opens a topic ("hæk"), and `nothing.txt` holds what is
said on the telephone without naming any work. Topics are what a cross-validation leaves out as a whole:
sentences of one topic share their words.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from matching.vocabulary import Activity

NOTHING = "nothing"
"""The name of the file, and of the class of the model, for texts that name no work."""


class ToldSentence(NamedTuple):
    """A sentence, the activity that it names (None: none), and the topic it stands under."""

    text: str
    activity: Activity | None
    topic: str


@cache
def corpus() -> tuple[ToldSentence, ...]:
    """Every sentence that is shipped, in the order of the vocabulary."""
    return tuple(sentence for activity in (*Activity, None) for sentence in _sentences(activity))


def _sentences(activity: Activity | None) -> Iterator[ToldSentence]:
    name = activity or NOTHING
    text = files("matching.reading").joinpath("corpus", f"{name}.txt").read_text(encoding="utf-8")
    topic = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("#"):
            topic = line.lstrip("# ")
        else:
            yield ToldSentence(line, activity, f"{name}: {topic}")
