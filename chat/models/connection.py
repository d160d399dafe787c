"""Configured providers."""

from django.core.validators import MinValueValidator
from django.db import models

from chat.ids import new_id
from chat.models.secrets import SecretField


class Connection(models.Model):
    """A provider with its address, key and proxy, set by an administrator.

    `kind` is a short name from chat/providers/registry.py or the dotted path of a class written for the contract.
    `model_ids` lists those that people may pick; empty means what the provider itself lists.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=200, default="openai_compatible")
    base_url = models.CharField("base URL", max_length=500, blank=True)
    secret = SecretField("key", blank=True, editable=False)
    proxy = SecretField(blank=True, editable=False)
    model_ids = models.JSONField(default=list, blank=True, help_text='A list such as ["gpt-4o-mini"].')
    context_size = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(256)], help_text="In tokens; empty: not limited here."
    )
    enabled = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="The lowest comes first and is the default.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name
