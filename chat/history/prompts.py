"""The texts that a person keeps to begin messages with."""

import re
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError
from chat.history.infos import prompt_info
from chat.history.texts import check_text
from chat.models import Prompt
from chat.shapes import PromptInfo

MOST = 500  # of one person: all of them are in the composer's list
NAME = re.compile(rf"[a-z0-9а-яё-]{{1,{Prompt.NAME_LENGTH}}}")


def prompts(access: Access) -> list[PromptInfo]:
    """All of them, by name. One query."""
    return [prompt_info(row) for row in access.prompts().order_by("name")]


def create(access: Access, name: str, content: str) -> PromptInfo:
    """Keep a text under a name. Raises ChatError."""
    if access.prompts().count() >= MOST:
        raise ChatError("prompt.too_many", f"You keep {MOST} prompts already. Delete one that you do not need.")
    now = timezone.now()
    row = Prompt(owner=access.actor, created_at=now)
    return _stored(row, {"name": name, "content": content})


def change(access: Access, prompt_id: UUID, **fields: str) -> PromptInfo:
    """Another name or text. Raises NotFound, ChatError."""
    return _stored(access.prompt(prompt_id), fields)


def delete(access: Access, prompt_id: UUID) -> None:
    """Keep it no longer. Raises NotFound."""
    access.prompt(prompt_id).delete()


def _stored(row: Prompt, fields: dict[str, str]) -> PromptInfo:
    if "name" in fields:
        row.name = _name(fields["name"])
    if "content" in fields:
        check_text(fields["content"], settings.MESSAGE_MAX_CHARACTERS)
        row.content = fields["content"]
    row.updated_at = timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ChatError("prompt.name_taken", f"You have a prompt named “{row.name}” already.") from None
    return prompt_info(row)


def _name(text: str) -> str:
    name = text.strip().lower()
    if not NAME.fullmatch(name):
        raise ChatError(
            "prompt.name_invalid",
            f"A name is made of letters, digits and hyphens, at most {Prompt.NAME_LENGTH} of them, without spaces.",
        )
    return name
