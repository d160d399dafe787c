"""Rows for tests that begin in the middle of a story."""

from uuid import uuid4

from django.utils import timezone

from chat.models import Conversation, Generation, Message, QueuedMessage


def conversation(owner, *texts, connection=None, model_id="scripted-1", **fields):
    """A conversation whose messages alternate between its owner and the assistant; its head is the last."""
    now = timezone.now()
    row = Conversation.objects.create(
        owner=owner, title=fields.pop("title", "A title"), connection=connection, model_id=model_id, created_at=now,
        **{"updated_at": now, **fields},
    )  # fmt: skip
    parent = None
    for number, text in enumerate(texts):
        parent = message(row, parent, "assistant" if number % 2 else "user", text)
    row.head = parent
    row.save()
    return row


def message(conversation, parent, role, content, **fields):
    """A message below another."""
    return Message.objects.create(
        conversation=conversation,
        owner=conversation.owner,
        parent=parent,
        role=role,
        content=content,
        created_at=timezone.now(),
        **fields,
    )


def generation(message, status="completed", **fields):
    """A generation of an assistant's message."""
    return Generation.objects.create(message=message, status=status, created_at=timezone.now(), **fields)


def queued(parent, content, **fields):
    """A message that waits for an answer."""
    return QueuedMessage.objects.create(
        conversation=parent.conversation,
        owner=parent.owner,
        parent=parent,
        client_id=uuid4(),
        content=content,
        created_at=timezone.now(),
        models=[{"connection_id": str(parent.conversation.connection_id), "model_id": parent.conversation.model_id}],
        **fields,
    )
