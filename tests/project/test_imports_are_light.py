"""What an import costs: nobody waits for models, servers or tables that are not asked for.

A notebook that only ranks needs no database; a command that adds a user needs neither ranking nor web server.
"""

import subprocess
import sys

import pytest

HEAVY = {
    "matching": {"pandas", "scipy", "sklearn", "pyproj", "sqlalchemy", "fastapi"},
    "api.cli": {"pandas", "scipy", "sklearn", "pyproj", "fastapi", "uvicorn", "jinja2"},
}


@pytest.mark.parametrize("module", HEAVY)
def test_an_import_brings_in_nothing_heavy(module: str) -> None:
    said = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert module in loaded
    assert loaded.isdisjoint(HEAVY[module])
