"""What every long form has in common: fields of text, faults field by field, a schema that decides.

What a browser sends and what is kept come to the same mapping from field name to text; absent is "".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from api.exchange.values import Given
from api.routes.language import Translate
from api.routes.validation import refusals
from geo import Refused

Values = Mapping[str, str]
"""Field name to what stands in the field."""

Schema = TypeVar("Schema", bound=BaseModel)
Parsed = TypeVar("Parsed")


async def _sent(request: Request) -> dict[str, str]:
    """Every field that was sent, bounded as every body is; of a field that comes twice the last one."""
    form = await request.form()
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(_sent)]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be accepted in a field, in a sentence."""

    name: str
    said: str


class Unacceptable(Exception):
    """A form that cannot be kept; `wrong` says why, field by field."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        """At least one field is wrong."""
        super().__init__(wrong)
        self.wrong = wrong


class Told:
    """A form that is read field by field; what cannot be read is gathered in `wrong`."""

    def __init__(self, values: Values, translate: Translate) -> None:
        """Nothing is read yet."""
        self.values = values
        self.wrong: list[Wrong] = []
        self._translate = translate

    def parsed(self, name: str, parse: Callable[[Given], Parsed]) -> Parsed | None:
        """What a field says; None for one that cannot be read."""
        try:
            return parse(Given.typed(name, self.values[name]))
        except Refused as refused:
            self.wrong.append(Wrong(name, refused.said(self._translate)))
            return None

    def checked(
        self,
        schema: type[Schema],
        body: Mapping[str, object],
        wrong_of: Callable[[Refused], Wrong],
        holds: Callable[[Schema], object] = lambda _: None,
    ) -> Schema | None:
        """The body as the schema takes it; None when it does not.

        `holds` raises `Refused` for what no schema can see, `wrong_of` finds the field of a refusal.
        """
        try:
            found = schema.model_validate(body)
            holds(found)
            return found
        except ValidationError as invalid:
            errors = [{**error, "loc": ("body", *error["loc"])} for error in invalid.errors()]
            self.wrong += [wrong_of(one) for one in refusals(errors, schema)]
        except Refused as one:
            self.wrong.append(wrong_of(one))
        return None


def wrong_by_name(wrong: Sequence[Wrong]) -> dict[str, str]:
    """What is wrong, by field."""
    return {one.name: one.said for one in wrong}


def some(told: Values, family: str) -> dict[str, str]:
    """The fields of a family in which something stands, by what comes after the dot."""
    start = f"{family}."
    return {name.removeprefix(start): text for name, text in told.items() if name.startswith(start) and text}


def amount(value: float | None) -> str:
    """A number as it stands in a field, with a Danish comma; nothing for None."""
    return "" if value is None else f"{value:.10g}".replace(".", ",")


def seen_in(sent: Values, name: str = "seen") -> int:
    """The version that a form was filled in from; 0, which is none, for what is no number."""
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
