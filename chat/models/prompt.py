"""Texts that a person keeps to begin messages with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id


class Prompt(models.Model):
    """A text with a name, which the composer offers after a slash."""

    NAME_LENGTH = 40

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="prompts")
    name = models.CharField(max_length=NAME_LENGTH)
    content = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="prompt_name_once")]

    def __str__(self):
        return str(self.id)
