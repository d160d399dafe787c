"""Configured providers."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id
from chat.models.secrets import SecretField


class Connection(models.Model):
    """A provider with its address, key and proxy, set by an administrator.

    `kind` is a short name from chat/providers/registry.py or the dotted path of a class written for the contract.
    `model_ids` lists those that people may pick; empty means what the provider itself lists.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=200, default="openai_compatible")
    base_url = models.CharField(_("base URL"), max_length=500, blank=True)
    secret = SecretField(_("key"), blank=True, editable=False)
    proxy = SecretField(_("proxy"), blank=True, editable=False)
    model_ids = models.JSONField(
        _("model ids"), default=list, blank=True, help_text=_('A list such as ["gpt-4o-mini"].')
    )
    context_size = models.PositiveIntegerField(
        _("context size"),
        null=True,
        blank=True,
        validators=[MinValueValidator(256)],
        help_text=_("In tokens; empty: not limited here."),
    )
    enabled = models.BooleanField(_("enabled"), default=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest comes first and is the default.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name
