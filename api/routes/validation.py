"""What a schema finds wrong, in our words: the field, the problem, the way out, the nearest known name."""

import re
import types
from collections.abc import Mapping, Sequence
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from api.routes.etags import missing as version_missing
from geo import Refused, UnknownCode
from geo.errors import N_

_SHOWN = 60
_MISSING = (N_("The field is missing."), N_("Send it."))
UNFIT = N_("{value!r} does not fit here.")
"""What is said of a value when nothing better can be."""

SEE_DOCS = N_("See the description of the service at /docs.")
"""The way out then."""
_WHOLE = (N_("{value!r} is not a whole number."), N_("Give digits only."))
_NUMBER = (N_("{value!r} is not a number."), N_("Give a number, or leave it out when it is not known."))
_TEXT = (N_("{value!r} is not a text."), N_("Put it in quotes."))
_LIST = (N_("{value!r} is not a list."), N_("Put it in square brackets."))
_OBJECT = (N_("{value!r} is not an object."), N_("Give field and value in curly brackets."))
_TRUTH = (N_("{value!r} is neither true nor false."), N_("Give true or false."))
_DAY = (N_("{value!r} is not a date."), N_("Write it like 2026-11-21."))
_SAID = {
    "missing": _MISSING,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "string_type": _TEXT,
    "list_type": _LIST,
    "set_type": _LIST,
    "tuple_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "string_too_long": (N_("The text is too long."), N_("At most {max_length} characters.")),
    "string_too_short": (N_("The text is too short."), N_("At least {min_length} characters.")),
    "too_long": (N_("The list is too long."), N_("At most {max_length} entries.")),
    "too_short": (N_("The list is too short."), N_("At least {min_length} entries.")),
    "greater_than": (N_("{value!r} is too small."), N_("Give more than {gt}.")),
    "greater_than_equal": (N_("{value!r} is too small."), N_("Give at least {ge}.")),
    "less_than": (N_("{value!r} is too large."), N_("Give less than {lt}.")),
    "less_than_equal": (N_("{value!r} is too large."), N_("Give at most {le}.")),
    "string_pattern_mismatch": (N_("{value!r} is not written in the way it has to be."), SEE_DOCS),
}
_CODES = ("enum", "literal_error")


def refusals(errors: Sequence[Mapping[str, Any]], body: object = None) -> list[Refused]:
    """One refusal per finding of a schema; `body` is the annotation of the request's body."""
    return [_refusal(error, body) for error in errors]


def _refusal(error: Mapping[str, Any], body: object) -> Refused:
    where, *path = [str(part) for part in error["loc"]] or ["body"]
    field = ".".join(path) or where
    kind, value, context = error["type"], shortened(error.get("input")), error.get("ctx") or {}
    if isinstance(found := context.get("error"), Refused):
        inner = found.field if found.field in path or not path else f"{field}.{found.field}"
        return _moved(found, inner)
    if (where, field, kind) == ("header", "if-match", "missing"):
        return version_missing()
    if kind == "extra_forbidden":
        return UnknownCode(field, path[-1], fields_at(body, path[:-1]))
    if kind in _CODES:
        return UnknownCode(field, value, re.findall(r"'([^']*)'", str(context.get("expected", ""))))
    problem, remedy = _SAID.get(kind, (UNFIT, SEE_DOCS))
    if kind == "string_too_short" and context.get("min_length") == 1:
        problem, remedy = N_("Nothing is written here."), N_("Fill this in.")
    return Refused(field, problem, remedy, value=_whole(value), **_facts(context))


def _facts(context: Mapping[str, Any]) -> dict[str, object]:
    return {name: _whole(fact) for name, fact in context.items() if name not in ("error", "field", "value")}


def _whole(number: object) -> object:
    """A whole number without decimals: nobody writes 168.0 hours, and in Danish it takes a comma."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _moved(refusal: Refused, field: str) -> Refused:
    facts = {**refusal.facts, "value": shortened(refusal.facts.get("value"))}
    return Refused(field, refusal.problem, refusal.remedy, **facts)


def shortened(value: object) -> object:
    """The value as a message may show it: long texts cut, objects and lists left out."""
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    return value if isinstance(value, int | float | None) else "…"


def fields_at(annotation: object, path: Sequence[str]) -> list[str]:
    """The field names known at `path` below a model; empty where there is none."""
    model = _model(annotation)
    if model is None:
        return []
    if not path:
        return list(model.model_fields)
    name, *rest = path
    if name in model.model_fields:
        return fields_at(model.model_fields[name].annotation, rest)
    return []


def _model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType):
        return next((found for part in get_args(annotation) if (found := _model(part))), None)
    return None
