"""The digest of a large file, read once for each size and time of change, and kept in a stamp beside the file.

A stamp is one line: the SHA-256 in hex, the size in bytes and the time of change in nanoseconds. It may be lost, torn
or out of date: then the file is read again (about 0.3 s for 98 MB).
"""

import contextlib
import hashlib
from pathlib import Path

READ_SIZE = 1 << 20

_remembered: dict[Path, str] = {}


def known_sha256(path: Path) -> str:
    """The file's digest; costs one stat as long as the file has not changed. Raises OSError."""
    mark = _mark(path)
    for line in (_remembered.get(path, ""), _stamp(path)):
        digest, _, of = line.partition(" ")
        if of == mark:
            _remembered[path] = line
            return digest
    return read_sha256(path)


def read_sha256(path: Path) -> str:
    """The digest of what the file holds now, whatever the stamp says; leaves a stamp. Raises OSError."""
    mark = _mark(path)  # taken before: what changes while it is read is read again by the next who asks
    digest = file_sha256(path)
    _keep(path, f"{digest} {mark}")
    return digest


def remember(path: Path, digest: str) -> None:
    """Spare the next who asks the reading: whoever wrote the file knows its digest. Raises OSError."""
    _keep(path, f"{digest} {_mark(path)}")


def stamp_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.stamp")


def file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(READ_SIZE):
            digest.update(block)
    return digest.hexdigest()


def _keep(path: Path, line: str) -> None:
    _remembered[path] = line
    with contextlib.suppress(OSError):  # a folder that may only be read costs 0.3 s at each start
        stamp_path(path).write_text(f"{line}\n")


def _stamp(path: Path) -> str:
    try:
        return stamp_path(path).read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _mark(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}"
