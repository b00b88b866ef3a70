"""The one tree of refusals.

Everything that is turned away, from a coordinate to a policy file, is a `Refused`: it names the field,
shows the value and says the way out. Its texts are templates with named facts, so that they can be said in
Danish as well; the edge turns it into a problem document, a row of an import report or a line on standard
error, and nothing else has to be caught.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Self

from rapidfuzz import process


def N_(message: str) -> str:
    """Mark a message for the translators; it is looked up when it is said."""
    return message


class Word(str):
    """A word of a sentence that is translated with it, such as a state: a fact of `Refused`."""


class Refused(ValueError):
    """A value that cannot be accepted: the field it stood in, what is wrong and what to do about it."""

    def __init__(self, field: str, problem: str, remedy: str = "", **facts: object) -> None:
        """`problem` and `remedy` are whole sentences, templates over `facts`; `value` is what was refused."""
        self.field = field
        self.problem = problem
        self.remedy = remedy
        self.facts = facts
        self.where = ""
        super().__init__(field, problem, remedy)

    def at(self, where: str) -> Self:
        """The same refusal, knowing which row or record it stands at."""
        self.where = where
        return self

    def sentences(self, translate: Callable[[str], str] = str) -> tuple[str, str]:
        """Problem and remedy, said by a gettext function, in English without one; no remedy is empty."""
        facts = {"field": self.field, **{name: _said(fact, translate) for name, fact in self.facts.items()}}
        problem, remedy = (text and translate(text).format(**facts) for text in (self.problem, self.remedy))
        return problem, remedy

    def said(self, translate: Callable[[str], str] = str) -> str:
        """Problem and remedy as one text."""
        return " ".join(filter(None, self.sentences(translate)))

    def __str__(self) -> str:
        """Field and text in English, as logs and notebooks show it."""
        where = f" ({self.where})" if self.where else ""
        return f"{self.field}{where}: {self.said()}"


DAY = N_("%Y-%m-%d")
"""How a language writes a day, as `strftime` takes it."""

NUMBER = N_("0.0")
"""How a language writes a number with decimals."""


class _Plain(str):
    """A fact as people write it, without quotes wherever a template shows what was refused."""

    __repr__ = str.__str__


def _said(fact: object, translate: Callable[[str], str]) -> object:
    if isinstance(fact, tuple):
        return ", ".join(str(_said(one, translate)) for one in fact)
    if isinstance(fact, date) and not isinstance(fact, datetime):
        return _Plain(fact.strftime(translate(DAY)))
    if isinstance(fact, float):
        return _Plain(str(fact).replace(".", translate(NUMBER)[1]))
    return translate(str(fact)) if isinstance(fact, Word) else fact


class UnknownCode(Refused):
    """A code that is not in its vocabulary; the remedy names the nearest one that is."""

    def __init__(self, field: str, value: object, known: Iterable[str]) -> None:
        """`known` are all codes that would have been accepted."""
        codes = sorted(map(str, known))
        # a code is shown as people write it, not as Python does
        value = str(value) if isinstance(value, str) else value
        near = nearest(str(value), codes)
        remedy = N_("Did you mean {near!r}?") if near else N_("Use one of: {known}.")
        problem = N_("{value!r} is not known.")
        super().__init__(field, problem, remedy, value=value, near=near, known=", ".join(codes))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Answer the known word that `word` is most likely a slip of, or None when none is near."""
    found = process.extractOne(word, list(known), processor=str.casefold, score_cutoff=60)
    return found[0] if found else None
