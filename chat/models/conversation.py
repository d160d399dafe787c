"""Conversations and their messages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id


class Conversation(models.Model):
    """A tree of messages with a title and an owner. `head` is the last message of the visible branch, in every tab."""

    class TitleSource(models.TextChoices):
        FIRST_WORDS = "first_words"
        MODEL = "model"
        OWNER = "owner"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversations", verbose_name=_("owner")
    )
    title = models.CharField(max_length=200, blank=True)
    title_source = models.CharField(max_length=16, choices=TitleSource, default=TitleSource.FIRST_WORDS)
    connection = models.ForeignKey(
        "Connection", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("connection")
    )
    model_id = models.CharField(_("model id"), max_length=200, blank=True)
    system_prompt = models.TextField(blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    head = models.ForeignKey("Message", models.SET_NULL, null=True, blank=True, related_name="+")
    pinned_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [
            models.Index(
                fields=["owner", "-updated_at", "-id"],
                condition=models.Q(deleted_at=None, archived_at=None),
                name="conversation_list",
            )
        ]

    def __str__(self):
        return str(self.id)


class Message(models.Model):
    """One turn. Inserted once; an assistant's text is filled in when its generation is compacted.

    Its text changes only by a Save in place (`revised_at`), which keeps the old one as a MessageRevision. What is
    deleted carries the moment of it, as does all that followed; the first of these keeps the `head_before`, so that
    the deletion can be undone exactly.
    """

    class Role(models.TextChoices):
        SYSTEM = "system"
        USER = "user"
        ASSISTANT = "assistant"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    turn_id = models.UUIDField(default=new_id)
    client_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=16, choices=Role)
    content = models.TextField(blank=True)
    reasoning = models.TextField(blank=True)
    model_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    head_before = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [models.UniqueConstraint(fields=["owner", "client_id"], name="message_client_id_once")]
        indexes = [models.Index(fields=["conversation", "id"], name="message_conversation")]

    def __str__(self):
        return str(self.id)


class MessageRevision(models.Model):
    """A text that a message had until it was replaced in place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    content = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("message revision")
        verbose_name_plural = _("message revisions")

    def __str__(self):
        return str(self.id)
