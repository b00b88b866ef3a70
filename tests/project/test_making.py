"""What `make` does at first and again, as it would print it; nothing is made."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def printed(venv: Path) -> str:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    asked = ["make", "--dry-run", "demo", f"VENV={venv}"]
    return subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def environment(venv: Path, *names: str) -> Path:
    for name in names:
        (venv / name).parent.mkdir(parents=True, exist_ok=True)
        (venv / name).touch()
    return venv


def test_the_first_time_one_sees_how_far_the_installation_is(tmp_path):
    assert "--progress-bar on" in printed(environment(tmp_path, "bin/python"))


def test_what_is_installed_already_is_not_told_package_by_package(tmp_path):
    said = printed(environment(tmp_path, "bin/python", "bin/uvicorn"))
    (install,) = [line for line in said.splitlines() if "requirements/run.txt" in line and "pip" in line]
    assert "--quiet" in install


def test_what_is_whole_is_not_installed_again(tmp_path):
    said = printed(environment(tmp_path, "bin/python", "run.stamp"))
    assert "install" not in said
    assert "frikortmatch demo --port 8000" in said
