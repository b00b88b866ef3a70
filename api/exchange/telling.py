"""What was found in a file as JSON, to be kept and said later, in the language of whoever reads it then.

Sentences are kept as templates with their facts; codes among the facts with their label in each language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from api.exchange.reports import Reading
from api.exchange.tables import Note
from geo import Refused
from matching.language import Language, speech

Translate = Callable[[str], str]
LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Voice:
    """Says refusals and notes in one language, codes among their facts as people call them."""

    language: Language
    translate: Translate

    def refused(self, reason: Refused) -> str:
        """Why a cell was refused, and the way out."""
        facts = self._labelled(reason.facts)
        return Refused(reason.field, reason.problem, reason.remedy, **facts).said(self.translate)

    def noted(self, note: Note) -> str:
        """A note about a cell."""
        return replace(note, facts=self._labelled(note.facts)).said(self.translate)

    def _labelled(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {
            name: _said(_fact(fact), self.language) if _is_code(fact) else fact
            for name, fact in facts.items()
        }


ENGLISH = Voice(Language.ENGLISH, str)
"""Says them as they stand in the code."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about a row: where, the cell as it stood, what is wrong with it, and the way out."""

    row: int | None
    column: str
    value: str
    problem: str
    remedy: str = ""


def told_of(reading: Reading[object]) -> dict[str, Any]:
    """What became of the rows, without those that were taken."""
    return {
        "rows": reading.rows_read,
        "refused_rows": len(reading.refused_rows),
        "refused_total": reading.refused_total,
        "refused": [
            {"row": cell.row, "column": cell.column, "value": cell.value, **refusal(cell.reason)}
            for cell in reading.refused
        ],
        "notes_total": reading.notes_total,
        "notes": [_note(note) for note in reading.notes],
    }


def refusal(refused: Refused) -> dict[str, Any]:
    """A refusal to keep; `reason` is all of it in English, for whoever reads the report without us."""
    facts = {name: _fact(fact) for name, fact in {"field": refused.field, **refused.facts}.items()}
    told = {"problem": refused.problem, "remedy": refused.remedy, "facts": facts}
    return {"reason": ENGLISH.refused(refused), **told}


def remark(told: Mapping[str, Any], language: Language, translate: Translate) -> Remark:
    """A kept refusal or note, said."""
    facts = {name: _said(fact, language) for name, fact in told.get("facts", {}).items()}
    problem, remedy = (
        str(template and translate(template).format(**facts))
        for template in (told.get("problem", ""), told.get("remedy", ""))
    )
    return Remark(
        row=told.get("row"),
        column=told.get("column") or "",
        value=told.get("value", ""),
        # a report of an earlier version holds the English text alone
        problem=problem or told.get("reason", ""),
        remedy=remedy,
    )


def remarks(
    told: Sequence[Mapping[str, Any]], language: Language, translate: Translate
) -> tuple[Remark, ...]:
    """Several of them, in their order."""
    return tuple(remark(one, language, translate) for one in told)


def _note(note: Note) -> dict[str, Any]:
    facts = {name: _fact(fact) for name, fact in note.facts.items()}
    return {"row": note.row, "column": note.column, "problem": note.text, "facts": facts}


def _is_code(fact: object) -> bool:
    return isinstance(fact, StrEnum) or (isinstance(fact, tuple) and all(map(_is_code, fact)))


def _fact(fact: object) -> object:
    if isinstance(fact, StrEnum):
        return {LABELS: {str(language): speech(language).label(fact) for language in Language}}
    if isinstance(fact, tuple) and _is_code(fact):
        return [_fact(one) for one in fact]
    return fact if fact is None or isinstance(fact, str | int | float) else str(fact)


def _said(fact: object, language: Language) -> object:
    if isinstance(fact, list):
        # a label may hold a comma of its own
        return " / ".join(str(_said(one, language)) for one in fact)
    return fact[LABELS][language] if isinstance(fact, dict) else fact
