"""The description of the service (OpenAPI), with every problem that an operation can answer."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.routes.example_problems import example_problem
from api.routes.examples import add_examples
from api.routes.problem import (
    CONFLICT,
    DENIED,
    KINDS,
    MALFORMED,
    MEDIA_TYPE,
    NOT_FOUND,
    NOT_SIGNED_IN,
    PRECONDITION_REQUIRED,
    REFUSED,
    STALE,
    STORAGE_FULL,
    TOO_LARGE,
    UNAVAILABLE,
    UNEXPECTED,
    WRONG_MEDIA_TYPE,
    Kind,
)
from api.schemas.shapes import Problem

ANY = (UNEXPECTED, UNAVAILABLE)
WITH_BODY = (MALFORMED, TOO_LARGE, WRONG_MEDIA_TYPE, STORAGE_FULL)
_METHODS = ("get", "post", "put", "patch", "delete")


def describe(app: FastAPI) -> None:
    """Let the application describe itself, problems included; made once, when it is first asked for."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(
                get_openapi(
                    title=app.title,
                    version=app.version,
                    description=app.description,
                    license_info=app.license_info,
                    routes=app.routes,
                    separate_input_output_schemas=False,
                )
            )
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


def _with_problems(found: dict[str, Any]) -> dict[str, Any]:
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    template = "#/components/schemas/{model}"
    _, problem = models_json_schema([(Problem, "validation")], ref_template=template)
    schemas.update(problem["$defs"])
    add_examples(found)
    for operation in operations(found):
        operation["responses"].pop("422", None)
        operation["responses"].update(_problems(operation, schemas))
    return found


def operations(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every operation of a description."""
    return [path[method] for path in found["paths"].values() for method in _METHODS if method in path]


def _problems(operation: dict[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        str(int(kind.status)): {
            "description": kind.title,
            "content": {MEDIA_TYPE: {"schema": schema, "example": example_problem(kind, operation, schemas)}},
        }
        for kind in KINDS
        if kind in _kinds(operation)
    }


def _kinds(operation: dict[str, Any]) -> set[Kind]:
    parameters = operation.get("parameters", [])
    names = {parameter["name"].lower() for parameter in parameters}
    kinds = set(ANY)
    if operation.get("security"):
        kinds |= {NOT_SIGNED_IN, DENIED}
    if any(parameter["in"] == "path" for parameter in parameters):
        kinds |= {NOT_FOUND}
    if "requestBody" in operation:
        kinds |= set(WITH_BODY)
    if "requestBody" in operation or names - {"accept-language"}:
        kinds |= {REFUSED}
    if "if-match" in names:
        kinds |= {STALE, CONFLICT}
    if any(one["name"].lower() == "if-match" and one["required"] for one in parameters):
        kinds |= {PRECONDITION_REQUIRED}
    if "idempotency-key" in names:
        kinds |= {CONFLICT}
    return kinds
