"""How many characters of a conversation a token holds: estimated, and corrected by what services report."""

from uuid import UUID

from chat.models import Generation

ESTIMATE = 3.0  # characters a token; English has about 4, Russian 2-3, code 3
LOWEST, HIGHEST = 0.5, 5.0  # a report outside is taken for a mistake of the service


def characters_per_token(conversation_id: UUID, connection_id: UUID, model_id: str) -> float:
    """From the last answer of this conversation by the same model that reported its input, else the estimate."""
    last = (
        Generation.objects.filter(
            message__conversation_id=conversation_id,
            connection_id=connection_id,
            model_id=model_id,
            input_tokens__gt=0,
            input_characters__gt=200,
        )
        .order_by("-created_at")
        .values_list("input_characters", "input_tokens")
        .first()
    )
    if last is None or not last[0] or not last[1]:
        return ESTIMATE
    return min(max(last[0] / last[1], LOWEST), HIGHEST)
