"""`/docs`, and a page for each call: what programs can ask and what they are answered.

Made from the description of the service, `/openapi.json`: nothing else is shown, and no script is needed to
read it. What an operation does is told in English, the language of the code; all around it in the reader's.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.store.errors import Missing
from geo.errors import N_

router = APIRouter(include_in_schema=False, route_class=StrictRoute)

NAMES = {
    "citizens": N_("Citizens"),
    "centres": N_("Centres"),
    "employers": N_("Employers"),
    "contacts": N_("Contacts with employers"),
    "job orders": N_("Job orders"),
    "proposals": N_("Suggestions"),
    "lists": N_("Lists"),
    "calls": N_("Call first"),
    "due": N_("What is due"),
    "imports": N_("Lists taken in"),
    "practices": N_("The municipality's practice"),
    "reading": N_("Reading a task text"),
    "users": N_("Colleagues"),
    "service": N_("The service itself"),
}
"""What people call the parts of the description."""

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that stands in the address or in a header; `says` is empty where the name says it all."""

    name: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: its status, what it means, and an example as JSON."""

    status: str
    says: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked; `sent` is an example as JSON, empty where no body is sent."""

    id: str
    method: str
    path: str
    says: str
    parameters: tuple[Parameter, ...]
    sent: str
    answers: tuple[Told, ...]
    refusals: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The operations of one resource."""

    anchor: str
    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class DocumentationPage:
    """All operations; `problem` is an example of how any of them is refused."""

    parts: tuple[Part, ...]
    problem: str
    version: str
    template: str = "documentation.html"


@dataclass(frozen=True, slots=True)
class OperationPage:
    """One operation, and the name of its part."""

    part: str
    one: Operation
    template: str = "operation.html"


@router.get("/docs")
def documentation(request: Request) -> HTMLResponse:
    """Every operation, by resource."""
    described = request.app.openapi()
    found = list(_operations(described))
    parts: dict[str, list[Operation]] = {}
    for tag, told in found:
        parts.setdefault(tag, []).append(told)
    shown = tuple(Part(tag.replace(" ", "-"), NAMES[tag], tuple(each)) for tag, each in parts.items())
    problem = next(
        refusal.example for _, told in found for refusal in told.refusals if refusal.status == "422"
    )
    return render(request, DocumentationPage(shown, problem, described["info"]["version"]))


@router.get("/docs/{operation_id}")
def documented(request: Request, operation_id: Id) -> HTMLResponse:
    """One operation with its examples."""
    for tag, told in _operations(request.app.openapi()):
        if told.id == operation_id:
            return render(request, OperationPage(NAMES[tag], told))
    raise Missing("operation", operation_id)


def _operations(described: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in described["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield methods[method]["tags"][0], _operation(methods[method], method, path)


def _operation(told: Mapping[str, Any], method: str, path: str) -> Operation:
    answers = [
        Told(status, answer["description"], _example(answer)) for status, answer in told["responses"].items()
    ]
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        says=told["description"],
        parameters=_parameters(told.get("parameters", ())),
        sent=_example(told.get("requestBody", {})),
        answers=tuple(answer for answer in answers if answer.status < "3"),
        refusals=tuple(answer for answer in answers if answer.status >= "4"),
    )


def _parameters(told: Sequence[Mapping[str, Any]]) -> tuple[Parameter, ...]:
    return tuple(Parameter(one["name"], one["required"], one.get("description", "")) for one in told)


def _example(content: Mapping[str, Any]) -> str:
    found = [media["example"] for media in content.get("content", {}).values()]
    return json.dumps(found[0], ensure_ascii=False, indent=2) if found else ""
