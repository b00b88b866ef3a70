"""The one tree of refusals.

Everything that is turned away, from a coordinate to a policy file, is a `Refused`: it names the field,
shows the value and says the way out. Callers at the edge turn it into a problem document, a row of an
import report or a line on standard error; nothing else has to be caught.
"""

from collections.abc import Iterable

from rapidfuzz import process


class Refused(ValueError):
    """A value that cannot be accepted, with the field it stood in and what to do about it."""

    def __init__(self, field: str, problem: str, remedy: str = "", *, value: object = None) -> None:
        """`problem` is a sentence without its full stop; `remedy` a whole sentence or empty."""
        self.field = field
        self.problem = problem
        self.remedy = remedy
        self.value = value
        super().__init__(f"{field}: {problem}." + (f" {remedy}" if remedy else ""))


class UnknownCode(Refused):
    """A code that is not in its vocabulary; the remedy names the nearest one that is."""

    def __init__(self, field: str, value: object, known: Iterable[str]) -> None:
        """`known` are all codes that would have been accepted."""
        codes = sorted(known)
        near = nearest(str(value), codes)
        remedy = f"Did you mean {near!r}?" if near else "Use one of: " + ", ".join(codes) + "."
        super().__init__(field, f"{value!r} is not known", remedy, value=value)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Answer the known word that `word` is most likely a slip of, or None when none is near."""
    found = process.extractOne(word.casefold(), list(known), processor=str.casefold, score_cutoff=60)
    return found[0] if found else None
