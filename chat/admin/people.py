"""People in the administration."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat.admin.gated import GatedAdmin
from chat.models import Conversation, Generation, User

admin.site.unregister([Group, EmailAddress])


class PersonPasswordForm(AdminPasswordChangeForm):
    """Django joins the two sentences of its hint at import, in English for everybody."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("usable_password"):
            field.help_text = format_html(
                '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                self.create_usable_password_field().help_text,
                gettext("If disabled, the current password for this user will be lost."),
            )


@admin.register(User)
class PeopleAdmin(GatedAdmin, UserAdmin):
    """Names, addresses and rights. Passwords can be set, never seen."""

    change_password_form = PersonPasswordForm
    list_display = ["username", "email", "is_active", "is_staff", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "email", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "email", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    filter_horizontal = []

    def get_readonly_fields(self, request, obj=None):
        """Rights are given by those who have all of them."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_staff", "is_superuser"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)

    def get_deleted_objects(self, objs, request):
        """With a person go their conversations, which nobody may delete alone."""
        names, counts, refused, protected = super().get_deleted_objects(objs, request)
        together = {model._meta.verbose_name for model in (Conversation, Generation)}
        return names, counts, refused - together, protected


def _may_touch(actor, person) -> bool:
    """Who may set a password has the account: only a superuser may have a superuser's."""
    return actor.is_superuser or person is None or not person.is_superuser
