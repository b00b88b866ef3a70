"""What an import costs: a notebook that only ranks must not wait for models, servers or databases."""

import subprocess
import sys

import pytest

HEAVY = ("scipy", "sklearn", "sqlalchemy", "fastapi", "pyproj")


@pytest.mark.parametrize("heavy", HEAVY)
def test_importing_matching_does_not_import(heavy: str) -> None:
    said = f"import sys, matching; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
