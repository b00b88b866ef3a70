"""The arrows of the house: geo <- matching <- api, and inside api from top to bottom of its list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("geo", "matching", "api")
INSIDE_API = (
    "config",
    "domain",
    "store",
    "access",
    "examples",
    "casework",
    "exchange",
    "schemas",
    "routes",
    "pages",
    "worker",
    "app",
    "cli",
)
SERVICE_ONLY = {"sqlalchemy", "alembic", "fastapi", "starlette", "pydantic", "uvicorn", "jinja2", "typer"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def part_of(module: str) -> str | None:
    steps = module.split(".")
    return steps[1] if steps[0] == "api" and len(steps) > 1 and steps[1] in INSIDE_API else None


def every_module() -> list[Path]:
    return [path for package in PACKAGES for path in modules(package)]


@pytest.mark.parametrize("path", every_module(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_imports_nothing_to_its_right(path: Path) -> None:
    own = PACKAGES.index(path.relative_to(ROOT).parts[0])
    to_the_right = PACKAGES[own + 1 :]
    assert [name for name in imports(path) if name.split(".")[0] in to_the_right] == []


@pytest.mark.parametrize("path", modules("api"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_part_of_the_service_imports_nothing_below_it(path: Path) -> None:
    own = part_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    if own is None:
        assert path.name == "__init__.py"
        assert list(imports(path)) == []
        return
    below = INSIDE_API[INSIDE_API.index(own) + 1 :]
    assert [name for name in imports(path) if part_of(name) in below] == []


@pytest.mark.parametrize(
    "path", modules("geo") + modules("matching"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_core_knows_no_sql_and_no_http(path: Path) -> None:
    assert [name for name in imports(path) if name.split(".")[0] in SERVICE_ONLY] == []


def test_every_part_of_the_service_has_its_place_in_the_list() -> None:
    parts = {path.relative_to(ROOT / "api").parts[0].removesuffix(".py") for path in modules("api")}
    assert parts - {"__init__"} <= set(INSIDE_API)


@pytest.mark.parametrize("path", modules("api"), ids=lambda path: str(path.relative_to(ROOT)))
def test_sql_lives_in_the_store_and_nowhere_else(path: Path) -> None:
    if part_of(".".join(path.relative_to(ROOT).with_suffix("").parts)) == "store":
        return
    assert [
        name for name in imports(path) if name.split(".")[0] in {"sqlalchemy", "alembic", "sqlite3"}
    ] == []
