"""Two states of one record side by side, when two have changed it at the same time: somebody chooses.

What only one of the two has changed is chosen already; what they agree on is kept as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.pages.citizen_questions import Question
from api.pages.forms import Values
from geo.errors import N_

OWN_CHANGE = N_("You have changed it yourself in another window")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two states differ; `chosen` is the one only one of them has changed, else empty."""

    theirs: Question
    mine: Question
    chosen: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Two states of what stands at `address`; the choice is sent where the form is sent to.

    `own` says that both are the reader's, who had it open in two windows; `by` names those who saved the
    other one.
    """

    address: str
    form: str
    name: str
    heading: str
    version: int
    differences: tuple[Difference, ...]
    agreed: Values
    own: bool
    by: tuple[str, ...] = ()
    template: str = "conflict.html"


def conflict_of(
    *,
    address: str,
    form: str,
    name: str,
    heading: str,
    version: int,
    base: Values,
    theirs: Mapping[str, Question],
    mine: Mapping[str, Question],
    own: bool,
    by: tuple[str, ...] = (),
) -> ConflictPage:
    """The page on which somebody chooses between what is saved and what the form said, field by field.

    `base` is the state that both started from, empty where nobody knows it any more; a field that the form
    did not send is empty in it.
    """
    unsent = {field: replace(asked, value="") for field, asked in theirs.items()}
    differences, agreed = _differing(base, theirs, {**unsent, **mine})
    return ConflictPage(address, form, name, heading, version, differences, agreed, own, by)


def _differing(
    base: Values, theirs: Mapping[str, Question], mine: Mapping[str, Question]
) -> tuple[tuple[Difference, ...], Values]:
    differences = tuple(
        Difference(saved, mine[name], _changed_by(base.get(name), saved.value, mine[name].value))
        for name, saved in theirs.items()
        if saved.value != mine[name].value
    )
    agreed = {name: saved.value for name, saved in theirs.items() if saved.value == mine[name].value}
    return differences, agreed


def _changed_by(base: str | None, theirs: str, mine: str) -> str:
    """Whose change it is when only one of the two made one; empty when both did, or nobody knows."""
    return "mine" if base == theirs else "theirs" if base == mine else ""
