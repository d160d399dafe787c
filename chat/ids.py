"""Time-ordered identifiers."""

import sys
from uuid import UUID

if sys.version_info >= (3, 14):
    from uuid import uuid7
else:
    from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7: later ids sort after earlier ones, so that new rows land at the end of an index."""
    return uuid7()


__all__ = ["new_id"]
