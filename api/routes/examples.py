"""One example of everything that is sent and answered, put together from what fields look like.

A field says what it looks like where it is declared, with what the example municipality Næstved holds. So
nothing is written out twice, and no example is out of step with its shape.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from api.schemas.shapes import IDS

Schema = Mapping[str, Any]
_COMPONENT = "#/components/schemas/"
_NULL = {"type": "null"}


ANSWERS, EMPTY = "x-answers", "x-empty"
"""What an operation answers otherwise than its shape looks like; it stands at the route (`answering`)."""


def answering(*empty: str, **fields: JsonValue) -> dict[str, Any]:
    """The `openapi_extra` of a route whose answer has these fields otherwise than its shape looks like.

    Those named alone are null, which a description of a route cannot hold.
    """
    return {ANSWERS: fields, EMPTY: list(empty)}


class NoExample(LookupError):
    """A field that says nowhere what it looks like; the text is the path to it."""


class Examples:
    """Puts examples together; `components` are the schemas that a `$ref` may name."""

    def __init__(self, components: Mapping[str, Schema]) -> None:
        """Nothing is put together before it is asked for."""
        self.components = components

    def of(self, schema: Schema) -> Any:
        """Every field that has to be there, and every other that says what it looks like.

        Raises `NoExample` for one that has to be there, may not be null and does not say it.
        """
        return self._of(schema, "")

    def _of(self, schema: Schema, path: str) -> Any:
        whole = self._resolved(schema)
        if "examples" in schema or "examples" in whole:
            return self._completed(whole, (schema.get("examples") or whole["examples"])[0], path)
        if "properties" in whole:
            return self._completed(whole, {}, path)
        for told in ("const", "default"):
            if told in schema:
                return schema[told]
        if "enum" in whole:
            return whole["enum"][0]
        if "anyOf" in whole:
            return self._of_one(whole["anyOf"], path)
        if "items" in whole:
            return [self._of(whole["items"], f"{path}[]")]
        raise NoExample(path)

    def _of_one(self, kinds: list[Schema], path: str) -> Any:
        if _NULL in kinds and not self._says(kinds[0]):
            return None
        return self._of(kinds[0], path)

    def _completed(self, schema: Schema, told: Any, path: str) -> Any:
        """What was told, with the fields that it leaves out; a description keeps no null in what was told."""
        whole = self._resolved(schema)
        if "anyOf" in whole:
            return self._completed(whole["anyOf"][0], told, path)
        if isinstance(told, list) and "items" in whole:
            return [self._completed(whole["items"], one, f"{path}[]") for one in told]
        if not isinstance(told, dict) or "properties" not in whole:
            return told
        return {
            name: self._completed(field, told[name], f"{path}.{name}")
            if name in told
            else self._of(field, f"{path}.{name}")
            for name, field in whole["properties"].items()
            if name in told or name in whole.get("required", ()) or self._says(field)
        }

    def _says(self, field: Schema) -> bool:
        return "examples" in field or "examples" in self._resolved(field)

    def _resolved(self, schema: Schema) -> Schema:
        return resolved(schema, self.components)


def resolved(schema: Schema, components: Mapping[str, Schema]) -> Schema:
    """The schema, or the component that it names."""
    return components[schema["$ref"].removeprefix(_COMPONENT)] if "$ref" in schema else schema


def add_examples(found: dict[str, Any]) -> None:
    """Add to a description what every operation is sent and what it answers when it does what is asked."""
    components = found["components"]["schemas"]
    examples = Examples(components)
    for path in found["paths"].values():
        for operation in path.values():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                media["example"] = examples.of(media["schema"])
            otherwise = dict.fromkeys(operation.pop(EMPTY, ())) | operation.pop(ANSWERS, {})
            for media in answers(operation):
                media["example"] = examples.of(media["schema"])
                if otherwise:
                    media["example"] |= otherwise
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["example"] = IDS[parameter["name"]]
    for component in components.values():
        # what only some fields look like is no example of the whole
        if "properties" in component:
            component.pop("examples", None)


def answers(operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The media types in which an operation answers when it does what is asked."""
    done = (answer for status, answer in operation["responses"].items() if status.startswith("2"))
    return [media for answer in done for media in answer.get("content", {}).values()]
