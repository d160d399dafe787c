"""What others wrote lies in static/vendor exactly as they published it, and nothing else does."""

import json
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())


def test_every_file_is_what_was_published():
    assert MANIFEST
    for entry in MANIFEST:
        content = (VENDOR / entry["file"]).read_bytes()
        assert sha256(content).hexdigest() == entry["sha256"], entry["file"]


def test_nothing_else_lies_there():
    present = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert present == {entry["file"] for entry in MANIFEST} | {"manifest.json"}


def test_every_package_names_its_version_licence_and_source():
    for entry in MANIFEST:
        folder = entry["file"].split("/")[0]
        assert folder.endswith(f"-{entry['version']}")
        assert entry["source"].endswith(f"@{entry['version']}")
        assert entry["licence"]
        assert (VENDOR / folder / "LICENSE").is_file()
