"""The arrows of the house: geo <- matching <- api, and inside api from top to bottom of its list."""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

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
SQL = {"sqlalchemy", "alembic", "sqlite3"}


@cache
def imports(path: Path) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [node.module or "", *(f"{node.module}.{name.name}" for name in node.names)]
    return tuple(found)


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def module(path: Path) -> str:
    """Its name with dots."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def part_of(module: str) -> str | None:
    steps = module.split(".")
    return steps[1] if steps[0] == "api" and len(steps) > 1 and steps[1] in INSIDE_API else None


def importing(paths: Iterable[Path], forbidden: Callable[[Path, str], bool]) -> list[str]:
    """What of some modules imports what is forbidden to it."""
    return [
        f"{module(path)} imports {name}" for path in paths for name in imports(path) if forbidden(path, name)
    ]


def test_a_package_imports_nothing_to_its_right() -> None:
    def to_the_right(path: Path, name: str) -> bool:
        own = PACKAGES.index(path.relative_to(ROOT).parts[0])
        return name.split(".")[0] in PACKAGES[own + 1 :]

    assert importing(modules(*PACKAGES), to_the_right) == []


def test_a_part_of_the_service_imports_nothing_below_it() -> None:
    def below(path: Path, name: str) -> bool:
        own, other = part_of(module(path)), part_of(name)
        return bool(own and other) and INSIDE_API.index(str(own)) < INSIDE_API.index(str(other))

    assert importing(modules("api"), below) == []


def test_what_is_no_part_of_the_service_imports_nothing() -> None:
    without = [path for path in modules("api") if part_of(module(path)) is None]
    assert [path.relative_to(ROOT).as_posix() for path in without] == ["api/__init__.py"]
    assert imports(without[0]) == ()


def test_the_core_knows_no_sql_and_no_http() -> None:
    assert importing(modules("geo", "matching"), lambda _, name: name.split(".")[0] in SERVICE_ONLY) == []


def test_every_part_of_the_service_has_its_place_in_the_list() -> None:
    parts = {path.relative_to(ROOT / "api").parts[0].removesuffix(".py") for path in modules("api")}
    assert parts - {"__init__"} <= set(INSIDE_API)


def test_sql_lives_in_the_store_and_nowhere_else() -> None:
    elsewhere = [path for path in modules("api") if part_of(module(path)) != "store"]
    assert importing(elsewhere, lambda _, name: name.split(".")[0] in SQL) == []
    assert importing(modules("api"), lambda _, name: name.split(".")[0] in SQL) != []
