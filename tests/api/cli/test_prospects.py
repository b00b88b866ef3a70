"""The shortlist of employers in a terminal: what to ask for stands under every name."""

import pytest

CITIZEN = "citizen-0370-01"


@pytest.mark.parametrize(
    ("language", "asking", "industry"),
    [("da", "spørg om: passe bede", "grønne arealer"), ("en", "ask for: tend the beds", "grounds and yards")],
)
def test_each_employer_is_shown_with_what_to_ask_for_and_why(run, example, language, asking, industry):
    said = run("shortlist", CITIZEN, "--kind", "employers", "--db", example, "--language", language)
    assert said.code == 0
    assert asking in said.out
    assert industry in said.out


def test_a_job_order_is_not_shown_as_something_to_ask_for(run, example):
    assert "spørg om" not in run("shortlist", CITIZEN, "--db", example, "--language", "da").out
