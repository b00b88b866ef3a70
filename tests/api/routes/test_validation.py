from enum import StrEnum

import pytest
from pydantic import ValidationError, field_validator

from api.routes.validation import fields_at, refusals
from api.schemas.shapes import Body
from geo import Refused, UnknownCode


class Mode(StrEnum):
    WALK = "walk"
    BICYCLE = "bicycle"


class Inner(Body):
    mode: Mode = Mode.WALK
    minutes: int | None = None


class Outer(Body):
    name: str
    needs: Inner | None = None

    @field_validator("name")
    @classmethod
    def not_bob(cls, name: str) -> str:
        if name == "Bob":
            raise Refused("name", "{value!r} is taken.", "Take another.", value=name)
        return name


def found(value: object) -> Refused:
    with pytest.raises(ValidationError) as wrong:
        Outer.model_validate(value)
    errors = [{**error, "loc": ("body", *error["loc"])} for error in wrong.value.errors()]
    [refusal] = refusals(errors, Outer)
    return refusal


def test_an_unknown_field_names_the_nearest_known_one_at_its_own_depth():
    refusal = found({"name": "Ole", "needs": {"minuts": 3}})
    assert isinstance(refusal, UnknownCode)
    assert str(refusal) == "needs.minuts: 'minuts' is not known. Did you mean 'minutes'?"


def test_an_unknown_code_names_the_nearest_known_one():
    assert str(found({"name": "Ole", "needs": {"mode": "bicicle"}})) == (
        "needs.mode: 'bicicle' is not known. Did you mean 'bicycle'?"
    )


def test_a_missing_field_is_named():
    assert str(found({})) == "name: The field is missing. Send it."


def test_a_refusal_of_ours_keeps_its_words_and_gets_its_path():
    assert str(found({"name": "Bob"})) == "name: 'Bob' is taken. Take another."


def test_a_long_value_is_not_repeated_whole():
    assert len(str(found({"name": "Ole", "needs": {"minutes": "x" * 10_000}}))) < 150


def test_the_fields_of_a_model_are_found_through_optional_ones():
    assert fields_at(Outer, ["needs"]) == ["mode", "minutes"]
    assert fields_at(Outer, ["name"]) == []
    assert fields_at(Outer, ["nowhere", "else"]) == []
