"""Every operation shows by example what it is sent and what it answers, and the examples hold."""

import json
import re
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter

from api.routes.examples import Examples, NoExample
from api.routes.language import translator
from api.routes.problem import MEDIA_TYPE
from api.schemas.shapes import IDS, Problem
from matching.language import Language
from tests.api.described import bare_app, description
from tests.api.morning import OPERATIONS, operations

IN_DANISH = translator(Language.DANISH)


def examples_of(contents: dict[str, Any]) -> list[Any]:
    return [media["example"] for media in contents.values()]


def as_it_was_sent(kind: Any, example: Any) -> Any:
    """The example read by its shape and written again; a field that the shape does not know is lost."""
    adapter = TypeAdapter(kind)
    return adapter.dump_python(adapter.validate_json(json.dumps(example)), mode="json", exclude_unset=True)


def routes() -> dict[str, Any]:
    app = bare_app()
    found = {}
    for context in iter_route_contexts(app.routes):
        for method in context.methods or ():
            if f"{method} {context.path}" in OPERATIONS:
                found[f"{method} {context.path}"] = context.original_route
    return found


ROUTES = routes()


def test_every_operation_is_looked_at():
    assert set(ROUTES) == set(OPERATIONS)
    assert len(OPERATIONS) > 50


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_answered_reads_as_its_shape(operation):
    answers = OPERATIONS[operation]["responses"]
    done = [
        example for status in answers if status < "3" for example in examples_of(answers[status]["content"])
    ]
    assert done
    for example in done:
        assert as_it_was_sent(ROUTES[operation].response_model, example) == example


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_goes_wrong_is_shown_as_a_danish_problem_document(operation):
    for status, answer in OPERATIONS[operation]["responses"].items():
        if status >= "4":
            example = answer["content"][MEDIA_TYPE]["example"]
            assert as_it_was_sent(Problem, example) == example
            assert example["status"] == int(status)
            assert example["title"] == IN_DANISH(answer["description"]) != answer["description"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_id_of_an_address_has_an_example(operation):
    parameters = OPERATIONS[operation].get("parameters", ())
    in_path = [parameter for parameter in parameters if parameter["in"] == "path"]
    assert [parameter["example"] for parameter in in_path] == [IDS[one["name"]] for one in in_path]


def test_a_change_that_came_late_shows_the_current_state():
    late = OPERATIONS["PATCH /api/v1/centres/{centre_id}"]["responses"]["412"]["content"][MEDIA_TYPE]
    assert late["example"]["current"]["id"] == IDS["centre_id"]


def test_a_shape_that_does_not_say_what_it_looks_like_is_found_by_its_path():
    silent = {"properties": {"name": {"type": "string"}}, "required": ["name"]}
    examples = Examples({"Silent": silent})
    listed = {
        "properties": {"items": {"items": {"$ref": "#/components/schemas/Silent"}}},
        "required": ["items"],
    }
    with pytest.raises(NoExample, match=r"\.items\[\]\.name"):
        examples.of(listed)


def test_what_need_not_be_said_and_does_not_say_what_it_looks_like_is_left_out():
    shape = {"properties": {"note": {"type": "string"}, "name": {"type": "string", "examples": ["Karen"]}}}
    assert Examples({}).of(shape) == {"name": "Karen"}


def test_what_may_be_null_is_null_unless_it_says_what_it_looks_like():
    null, text = {"type": "null"}, {"type": "string"}
    shape = {
        "properties": {"a": {"anyOf": [text, null]}, "b": {"anyOf": [text, null], "examples": ["her"]}},
        "required": ["a", "b"],
    }
    assert Examples({}).of(shape) == {"a": None, "b": "her"}


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_an_operation_does_what_its_example_asks_for(morning, operation):
    answer = morning.send(operation)
    assert answer.status_code in (200, 201), answer.text
    assert as_it_was_sent(ROUTES[operation].response_model, answer.json())


OUTCOMES = ("contacted", "accepted", "declined", "not_able_now", "withdrawn")


@pytest.mark.parametrize("state", OUTCOMES)
def test_each_outcome_of_a_proposal_answers_its_own_state(state):
    operation = operations()[f"POST /api/v1/proposals/{{proposal_id}}/{state.replace('_', '-')}"]
    shown = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert (shown["state"], shown["contact_by"]) == (state, None)
    assert bool(shown["contacted_at"]) == (state != "withdrawn")
    assert bool(shown["review_on"]) == (state == "not_able_now")
    assert bool(shown["reason"]) == bool(shown["declined_by"]) == (state == "declined")


def test_no_word_of_ours_about_examples_stands_in_the_description():
    assert not re.search(r'"x-(answers|empty)"', json.dumps(description()))
