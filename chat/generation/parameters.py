"""How a model is asked, as a person may set it for a conversation."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

STORABLE = r"^[^\x00]*$"  # no database takes a NUL everywhere
StopText = Annotated[str, Meta(min_length=1, max_length=100, pattern=STORABLE)]
SystemPrompt = Annotated[str, Meta(max_length=32_000, pattern=STORABLE)]


class Parameters(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Absent values are left to the service."""

    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None
    top_p: Annotated[float, Meta(gt=0, le=1)] | None = None
    max_tokens: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    seed: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    stop: Annotated[list[StopText], Meta(max_length=4)] | None = None

    def given(self) -> dict[str, object]:
        """Those that were given."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
