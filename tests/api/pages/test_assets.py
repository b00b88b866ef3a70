"""The style sheet: served whole, and no rule in it that no page can meet."""

import ast
import re
from collections.abc import Iterator

import pytest

from api.pages.assets import HERE, STYLES, style_sheet
from matching.policy import Part

WRITTEN = re.compile(r"[A-Za-z][\w-]*")
QUOTED = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|`([^`]*)`""")
FAMILIES = ("k-", "v-", "p-", "leaflet-control-scale-", "leaflet-")
"""Beginnings of classes whose ends templates and Leaflet add."""
CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
ATTRIBUTE = re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', re.DOTALL)
WIDTH = re.compile(r"\{% block width %\}(.*?)\{% endblock %\}")


def test_every_file_of_the_styles_is_part_of_the_sheet():
    assert sorted(path.stem for path in (HERE / "styles").iterdir()) == sorted(STYLES)


def test_a_browser_gets_the_sheet_once_and_is_told_afterwards_that_nothing_has_changed(service):
    first = service.client.get("/static/pages.css")
    again = service.client.get("/static/pages.css", headers={"If-None-Match": first.headers["etag"]})
    other = service.client.get("/static/pages.css", headers={"If-None-Match": '"another"'})
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert first.text == style_sheet()
    assert first.headers["content-type"] == "text/css; charset=utf-8"
    assert again.content == b""


def test_the_sheet_takes_nothing_that_is_sent_to_it(service):
    assert service.client.post("/static/pages.css").status_code == 405
    assert service.client.get("/static/ground.css").status_code == 404


@pytest.mark.parametrize("name", [*STYLES, "documentation"])
def test_every_class_of_a_rule_is_named_by_a_template_or_a_script(name):
    path = HERE / ("static" if name == "documentation" else "styles") / f"{name}.css"
    named = frozenset(_named())
    assert {one for one in _classes(path.read_text(encoding="utf-8")) if not _is_met(one, named)} == set()


def test_a_class_that_nothing_names_is_found():
    assert _classes(".unheard-of > .table:not(.at) { color: red }") == {"unheard-of", "table", "at"}
    named = frozenset(_named())
    assert not _is_met("unheard-of", named)
    assert not _is_met("k-unheard", named)


def test_every_class_of_a_template_has_a_rule_or_something_that_looks_for_it():
    design = (HERE / "static/vendor/dkfds/css/dkfds.min.css").read_text(encoding="utf-8")
    documented = (HERE / "static/documentation.css").read_text(encoding="utf-8")
    ruled = _classes(style_sheet()) | _classes(documented) | _classes(design)
    scripts = (path.read_text(encoding="utf-8") for path in (HERE / "static").glob("*.js"))
    sought = {word for script in scripts for word in _quoted(script)}
    used = {
        word
        for path in (HERE / "templates").glob("*.html")
        for word in _written_out(path.read_text(encoding="utf-8"))
        if not word.endswith("-")
    }
    assert used - ruled - sought == set()


def _classes(sheet: str) -> set[str]:
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", rules)
    return {
        one
        for selector in selectors
        if not selector.strip().startswith("@")
        for one in re.findall(r"\.([A-Za-z][\w-]*)", re.sub(r'"[^"]*"', "", selector))
    }


def _is_met(one: str, named: frozenset[str]) -> bool:
    begins = next((family for family in FAMILIES if one.startswith(family)), None)
    if one in named or begins is None:
        return one in named
    return one.removeprefix(begins) in named and not named.isdisjoint({begins, begins.removesuffix("-")})


def _named() -> Iterator[str]:
    """Words of class attributes and texts without a space: no sentence of a page names a class by chance."""
    yield from Part
    for path in (HERE / "templates").glob("*.html"):
        template = path.read_text(encoding="utf-8")
        yield from _written_out(template)
        for code in CODE.findall(template):
            yield from _quoted(code)
    for script in (*(HERE / "static").glob("*.js"), HERE / "static/vendor/leaflet/leaflet.js"):
        yield from _quoted(script.read_text(encoding="utf-8"))
    for module in HERE.glob("*.py"):
        for part in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                is_sentence = " " in part.value.strip()
                yield from WRITTEN.findall(
                    " ".join(ATTRIBUTE.findall(part.value)) if is_sentence else part.value
                )


def _written_out(template: str) -> Iterator[str]:
    """The words of class attributes, and of the block that is put into one, outside what is reckoned."""
    for attribute in (*ATTRIBUTE.findall(template), *WIDTH.findall(template)):
        yield from WRITTEN.findall(CODE.sub(" ", attribute))


def _quoted(code: str) -> Iterator[str]:
    return (word for texts in QUOTED.findall(code) for text in texts for word in WRITTEN.findall(text))
