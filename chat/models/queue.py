"""Messages that wait for the answer above them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id


class QueuedMessage(models.Model):
    """Sent below an answer (`parent`) that was still running; becomes a message when that completes.

    `models` is a list of {connection_id, model_id}. `send_asked_at` is set by who does not want to wait: then it goes
    out however the answer ends. `refusal_*` say why it could not go out when its turn came. Rows are deleted in the
    transaction that sends them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    conversation = models.ForeignKey("Conversation", models.CASCADE, related_name="queued")
    parent = models.ForeignKey("Message", models.CASCADE, related_name="queued")
    client_id = models.UUIDField()
    content = models.TextField()
    parameters = models.JSONField(null=True, blank=True)
    send_asked_at = models.DateTimeField(null=True, blank=True)
    refusal_code = models.CharField(max_length=80, blank=True)
    refusal_message = models.TextField(blank=True)
    created_at = models.DateTimeField()
    models = models.JSONField(default=list)

    class Meta:
        verbose_name = _("queued message")
        verbose_name_plural = _("queued messages")
        constraints = [models.UniqueConstraint(fields=["owner", "client_id"], name="queued_client_id_once")]
        indexes = [models.Index(fields=["conversation", "id"], name="queued_conversation")]

    def __str__(self):
        return str(self.id)
