"""The description of the service (OpenAPI), with every problem that an operation can answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

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
    for path in found["paths"].values():
        for method in _METHODS:
            if operation := path.get(method):
                operation["responses"].pop("422", None)
                operation["responses"].update(_problems(operation))
    return found


def _problems(operation: dict[str, Any]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(int(kind.status)): {"description": kind.title, "content": content}
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
        kinds |= {STALE, PRECONDITION_REQUIRED, CONFLICT}
    if "idempotency-key" in names:
        kinds |= {CONFLICT}
    return kinds
