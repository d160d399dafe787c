"""The administration at /admin/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from chat.accounts.own_language import in_own_language
from chat.admin import connections, history, icons, people, words

__all__ = ["connections", "history", "icons", "people", "words"]

admin.site.site_header = _("Scripta administration")
admin.site.site_title = "Scripta"
admin.site.index_title = _("Administration")
# One door with one limit on attempts: Django's own login page of the administration has none.
admin.site.login = secure_admin_login(admin.site.login)


def _spoken(admin_view):
    """Every page in the language of who asks for it, as the pages of the chat are."""
    return lambda view, cacheable=False: in_own_language(admin_view(view, cacheable))


admin.site.admin_view = _spoken(admin.site.admin_view)
