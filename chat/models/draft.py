"""Text that has been written and not been sent yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id


class Draft(models.Model):
    """What stands in the composer of a conversation, on every device; without a conversation: of the next new one.

    There is no row for an empty composer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    conversation = models.OneToOneField("Conversation", models.CASCADE, null=True, blank=True, related_name="draft")
    content = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(conversation=None), name="draft_of_new_conversation_once"
            )
        ]

    def __str__(self):
        return str(self.id)
