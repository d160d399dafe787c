"""People in the administration."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from chat.admin.gated import GatedAdmin
from chat.models import User

admin.site.unregister(Group)
admin.site.site_header = "Scripta administration"
admin.site.site_title = "Scripta"
admin.site.index_title = "Administration"


@admin.register(User)
class PeopleAdmin(GatedAdmin, UserAdmin):
    """Names, addresses and rights. Passwords can be set, never seen."""

    list_display = ["username", "email", "is_active", "is_staff", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "email", "password"]}),
        ("Rights", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "email", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    filter_horizontal = []
