import hashlib
import json
from importlib.resources import files

import pytest

VENDOR = files("api") / "pages" / "static" / "vendor"
FOLDERS = sorted(folder.name for folder in VENDOR.iterdir())


@pytest.mark.parametrize("name", FOLDERS)
def test_shipped_files_are_those_of_the_manifest_to_the_byte(name):
    folder = VENDOR / name
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    hashes = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.name != "manifest.json"
    }
    assert hashes == manifest["files"]
    assert manifest["name"]
    assert manifest["version"]
    assert manifest["licence"]
    assert "LICENSE" in hashes
