"""The administration at /admin/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from chat.admin import connections, history, people

__all__ = ["connections", "history", "people"]

admin.site.site_header = "Scripta administration"
admin.site.site_title = "Scripta"
admin.site.index_title = "Administration"
# One door with one limit on attempts: Django's own login page of the administration has none.
admin.site.login = secure_admin_login(admin.site.login)
