"""The documentation against the code: what it names exists, and what exists is named."""

import re
from pathlib import Path

import pytest

from api.config import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "REFERENCE.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_reference_is_what_the_code_says(monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.main import get_command

    from api.cli.main import command
    from api.cli.reference import pages

    for name in Settings.model_fields:
        monkeypatch.delenv(f"FRIKORTMATCH_{name.upper()}", raising=False)
    root = get_command(command)
    assert "\n".join(pages(root)) + "\n" == REFERENCE  # type: ignore[arg-type]


def test_the_samples_of_the_readme_run_and_say_what_they_promise() -> None:
    (sample,) = fenced("python")
    told: dict[str, object] = {}
    exec(compile(sample, "README.md", "exec"), told)
    result = told["result"]
    assert list(result.items["order_id"]) == ["o-1"]  # type: ignore[attr-defined]
    assert list(result.ask["order_id"]) == ["o-2"]  # type: ignore[attr-defined]
    assert list(result.excluded["rule"]) == ["attitude:machine_work"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", [line for block in fenced("sh") for line in block.splitlines()])
def test_a_command_of_the_readme_is_a_command(line: str) -> None:
    words = line.split("#")[0].split()
    if words[:1] == ["frikortmatch"]:
        named = [word for word in words[1:3] if re.fullmatch(r"[a-z-]+", word)]
        assert any(f"### {' '.join(named[:length])}\n" in REFERENCE for length in (1, 2))
    elif words[:1] == ["make"]:
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_a_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_every_direct_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    assert listed
    lines = listed.group(1).splitlines()
    assert all(re.search(r'",\s+# \S', line) for line in lines)
    assert len(lines) <= 26


@pytest.mark.parametrize("lock", ["run.txt", "development.txt"])
def test_the_locks_carry_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    assert text.count("--hash=sha256:") >= len(pinned) > 0
    assert "http://" not in text
    assert "https://" not in text
