import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from api.pages.assets import style_sheet

SHIPPED = files("api") / "pages" / "static" / "vendor"
OF_TESTS = Path(__file__).parents[2] / "vendor"
FOLDERS = sorted(
    (Path(str(folder)) for kept in (SHIPPED, OF_TESTS) for folder in kept.iterdir()),
    key=lambda folder: folder.name,
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_vendored_files_are_those_of_the_manifest_to_the_byte(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    hashes = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert hashes == manifest["files"]
    assert manifest["name"]
    assert manifest["version"]
    assert manifest["licence"]
    assert "LICENSE" in hashes


def test_every_file_of_a_style_sheet_that_a_page_uses_is_there():
    static = SHIPPED.parent
    named = [part.split('"')[1] for part in style_sheet().split("url(")[1:]]
    assert named
    assert [name for name in named if not (static / name).is_file()] == []


ASKED = re.compile(r"([^{}]+)\{[^{}]*url\(\.\./(img/[^)]+)\)[^{}]*\}")
CLASSES = re.compile(r"\.([a-zA-Z][\w-]*)")


def test_no_rule_of_the_design_system_that_a_page_can_meet_asks_for_a_picture_that_is_not_shipped():
    fds = Path(str(SHIPPED / "dkfds"))
    templates = Path(str(files("api") / "pages" / "templates")).glob("*.html")
    written = {word for page in templates for word in re.findall(r"[\w-]+", page.read_text(encoding="utf-8"))}
    rules = ASKED.findall((fds / "css" / "dkfds.min.css").read_text(encoding="utf-8"))
    unshipped = [rule for rule, picture in rules if not (fds / picture).is_file()]
    met = [
        selector
        for rule in unshipped
        for selector in rule.split(",")
        if set(CLASSES.findall(selector)) <= written
        and f"\n{selector} {{\n  background-image: none;" not in style_sheet()
    ]
    assert unshipped
    assert met == []
