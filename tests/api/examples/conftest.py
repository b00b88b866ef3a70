"""The example data of one day, read or made once per test process."""

from datetime import date

import pytest

from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality
from api.examples.written import WRITTEN, example_municipality

ON = date(2026, 12, 1)


@pytest.fixture(scope="session")
def on() -> date:
    return ON


@pytest.fixture(scope="session")
def written() -> dict[str, ExampleMunicipality]:
    return {code: example_municipality(code, ON) for code in WRITTEN}


@pytest.fixture(scope="session")
def made() -> list[ExampleMunicipality]:
    return list(generate(7, municipalities=5, citizens=120, employers=400, orders=1200, on=ON))
