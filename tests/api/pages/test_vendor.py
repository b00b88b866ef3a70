import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest

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
    sheet = (static / "pages.css").read_text(encoding="utf-8")
    named = [part.split('"')[1] for part in sheet.split("url(")[1:]]
    assert named
    assert [name for name in named if not (static / name).is_file()] == []
