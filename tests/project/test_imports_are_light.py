"""What an import costs: a notebook that only ranks must not wait for models, servers or databases."""

import subprocess
import sys

HEAVY = ("scipy", "sklearn", "sqlalchemy", "fastapi", "pyproj")


def test_importing_matching_imports_nothing_heavy() -> None:
    said = "import sys, matching; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "matching" in loaded
    assert loaded.isdisjoint(HEAVY)
