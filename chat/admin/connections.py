"""Connections in the administration. A key can be set and replaced, never read."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat.admin.gated import GatedAdmin
from chat.models import Connection
from chat.providers.errors import ProviderError
from chat.providers.registry import PROVIDERS, provider_class

HIDDEN = "•••"


def _kinds():
    return [(kind, kind) for kind in (*PROVIDERS, *settings.PROVIDER_CLASSES)]


class ConnectionForm(forms.ModelForm):
    """A connection with a key that is only ever written."""

    new_secret = forms.CharField(
        label=_("Key"),
        required=False,
        strip=True,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Stored encrypted and never shown again. Empty keeps the one that is set."),
    )
    forget_secret = forms.BooleanField(label=_("Forget the key"), required=False)

    kind = forms.ChoiceField(
        label=_("Kind"), choices=_kinds, help_text=_("Classes written elsewhere are named in PROVIDER_CLASSES.")
    )

    proxy_url = forms.CharField(
        label=_("Proxy"),
        required=False,
        max_length=500,
        help_text=_("Such as http://user:password@host:port. The password is stored encrypted and never shown again."),
    )

    class Meta:
        model = Connection
        fields = ["name", "kind", "base_url", "model_ids", "context_size", "enabled", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["proxy_url"] = _without_password(self.instance.proxy)

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        try:
            provider_class(kind)
        except ProviderError as error:
            raise ValidationError(
                gettext("The provider class “%(kind)s” cannot be used. Check its name and that it is installed."),
                params={"kind": kind},
            ) from error
        return kind

    def clean_base_url(self):
        url = self.cleaned_data["base_url"].strip()
        if url and not _is_plain_address(url):
            raise ValidationError(
                gettext("Give an address such as https://api.example.org/v1, without a user or a query.")
            )
        return url.rstrip("/")

    def clean_proxy_url(self):
        given = self.cleaned_data["proxy_url"].strip()
        if given == self.initial["proxy_url"]:
            return self.instance.proxy
        if given and HIDDEN in given:
            raise ValidationError(gettext("Give the whole address again, with its password."))
        if given and not _is_address(given):
            raise ValidationError(gettext("Give an address such as http://user:password@proxy.example.org:8080."))
        return given

    def clean_model_ids(self):
        names = self.cleaned_data["model_ids"] or []
        if not isinstance(names, list) or not all(isinstance(name, str) and 0 < len(name) <= 200 for name in names):
            raise ValidationError(gettext('Give a list of names such as ["gpt-4o-mini"].'))
        return names

    def save(self, commit=True):
        """A key belongs to the address and the way it was given for: others drop it, unless a new one comes along."""
        moved = {"base_url", "kind", "proxy_url"} & set(self.changed_data)
        self.instance.proxy = self.cleaned_data["proxy_url"]
        if self.cleaned_data["new_secret"]:
            self.instance.secret = self.cleaned_data["new_secret"]
        elif self.cleaned_data["forget_secret"] or (moved and self.instance.pk):
            self.instance.secret = ""
        return super().save(commit)


class ListedConnectionForm(forms.ModelForm):
    """A line of the list: its fields have no label but their column's, which only eyes find."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


@admin.register(Connection)
class ConnectionAdmin(GatedAdmin):
    """Providers with their addresses, keys and proxies."""

    form = ConnectionForm
    list_display = ["name", "kind", "base_url", "has_key", "enabled", "position"]
    list_editable = ["enabled", "position"]
    fields = [
        "name", "kind", "base_url", "new_secret", "forget_secret", "has_key", "proxy_url", "model_ids", "context_size",
        "enabled", "position",
    ]  # fmt: skip
    readonly_fields = ["has_key"]

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **kwargs | {"form": ListedConnectionForm})

    @admin.display(boolean=True, description=_("Key is set"))
    def has_key(self, row):
        return bool(row.secret)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not set("?#\\") & set(url)


def _is_plain_address(url: str) -> bool:
    return "@" not in url and _is_address(url)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if not parts.password:
        return url
    user, _, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.partition(':')[0]}:{HIDDEN}@{host}").geturl()
