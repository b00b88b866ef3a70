"""A plugin of pytest: single examples before properties, so that most mutants are noticed within a second."""

import pytest
from hypothesis import is_hypothesis_test


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests by what they cost; the order is the same in every run."""
    items.sort(key=lambda item: (is_hypothesis_test(getattr(item, "obj", None)), item.nodeid))
