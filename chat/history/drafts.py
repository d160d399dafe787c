"""What stands in a person's composers, one text for each conversation and one for the next new one."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError
from chat.events import DraftUpdated
from chat.history.infos import draft_info
from chat.models import Draft
from chat.shapes import DraftInfo

TIMES_A_MESSAGE = 2  # a draft may be longer than what can be sent: it is to be shortened, not lost


def new_draft(access: Access) -> DraftInfo | None:
    """The draft of the next new conversation."""
    return draft_info(Draft.objects.filter(owner=access.actor, conversation=None).first())


def keep(access: Access, conversation_id: UUID | None, content: str, source: str) -> DraftUpdated:
    """Keep a composer's text, the last one that arrives; an empty one is no draft. Raises NotFound, ChatError."""
    most = TIMES_A_MESSAGE * settings.MESSAGE_MAX_CHARACTERS
    if len(content) > most:
        raise ChatError("draft.too_long", f"The text has {len(content):,} characters; at most {most:,} are kept.")
    if conversation_id is not None:
        access.conversation(conversation_id)
    text, now = content.replace("\0", "\ufffd"), timezone.now()
    rows = Draft.objects.filter(owner=access.actor, conversation=conversation_id)
    if not text:
        rows.delete()
    elif not rows.update(content=text, updated_at=now):
        try:
            with transaction.atomic():
                Draft.objects.create(owner=access.actor, conversation_id=conversation_id, content=text, updated_at=now)
        except IntegrityError:  # another process has made the row in between
            rows.update(content=text, updated_at=now)
    return DraftUpdated(conversation_id, text, now, source)
