"""How much a client may ask of the server before any view sees it."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings

from chatsite.env import Network


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one server. Sizes in bytes, times in seconds."""

    request_max_bytes: int = 2_500_000
    header_timeout: float = 10.0
    # A body of the largest size takes 100 s at 25 kB/s, a poor mobile line; slower than a third of that is no upload.
    body_timeout: float = 300.0
    frame_max_bytes: int = 1_048_576
    unread_frames_max: int = 64
    shutdown_grace: float = 20.0
    trusted_proxies: tuple[Network, ...] = ()

    @classmethod
    def from_settings(cls) -> Self:
        """The limits that the administrator has set."""
        return cls(
            request_max_bytes=settings.REQUEST_MAX_BYTES,
            header_timeout=settings.HEADER_TIMEOUT_SECONDS,
            frame_max_bytes=settings.FRAME_MAX_BYTES,
            unread_frames_max=settings.UNREAD_FRAMES_MAX,
            shutdown_grace=settings.SHUTDOWN_GRACE_SECONDS,
            trusted_proxies=tuple(settings.TRUSTED_PROXIES),
        )
