"""Connections in the administration. A key can be set and replaced, never read."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from chat.admin.gated import GatedAdmin
from chat.models import Connection
from chat.providers.errors import ProviderError
from chat.providers.registry import provider_class


class ConnectionForm(forms.ModelForm):
    """A connection with a key that is only ever written."""

    new_secret = forms.CharField(
        label="Key",
        required=False,
        strip=True,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Stored encrypted and never shown again. Empty keeps the one that is set.",
    )
    forget_secret = forms.BooleanField(label="Forget the key", required=False)

    class Meta:
        model = Connection
        fields = ["name", "kind", "base_url", "proxy", "model_ids", "context_size", "enabled", "position"]

    def clean_kind(self):
        kind = self.cleaned_data["kind"].strip()
        try:
            provider_class(kind)
        except ProviderError as error:
            raise ValidationError(error.message) from None
        return kind

    def clean_base_url(self):
        url = self.cleaned_data["base_url"].strip()
        if url and not _is_plain_address(url):
            raise ValidationError("Give an address such as https://api.example.org/v1, without a user or a query.")
        return url.rstrip("/")

    def clean_model_ids(self):
        names = self.cleaned_data["model_ids"] or []
        if not isinstance(names, list) or not all(isinstance(name, str) and 0 < len(name) <= 200 for name in names):
            raise ValidationError('Give a list of names such as ["gpt-4o-mini"].')
        return names

    def save(self, commit=True):
        """A key belongs to the address it was given for: another address drops it, unless a new one comes along."""
        moved = "base_url" in self.changed_data or "kind" in self.changed_data
        if self.cleaned_data["new_secret"]:
            self.instance.secret = self.cleaned_data["new_secret"]
        elif self.cleaned_data["forget_secret"] or (moved and self.instance.pk):
            self.instance.secret = ""
        return super().save(commit)


@admin.register(Connection)
class ConnectionAdmin(GatedAdmin):
    """Providers with their addresses, keys and proxies."""

    form = ConnectionForm
    list_display = ["name", "kind", "base_url", "has_key", "enabled", "position"]
    list_editable = ["enabled", "position"]
    fields = [
        "name", "kind", "base_url", "new_secret", "forget_secret", "has_key", "proxy", "model_ids", "context_size",
        "enabled", "position",
    ]  # fmt: skip
    readonly_fields = ["has_key"]

    @admin.display(boolean=True, description="Key is set")
    def has_key(self, row):
        return bool(row.secret)


def _is_plain_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    is_plain = "@" not in parts.netloc and not set("?#\\") & set(url)
    return is_plain and parts.scheme in {"http", "https"} and bool(parts.hostname)
