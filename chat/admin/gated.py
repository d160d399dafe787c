"""The rules that every page of the administration keeps."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied

from chat.accounts.access import for_user


class GatedAdmin(admin.ModelAdmin):
    """Rows come from the gate, like everywhere else; what a page does not show cannot be asked for either."""

    show_full_result_count = False

    def get_queryset(self, request):
        rows = for_user(request.user).administered(self.model)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def lookup_allowed(self, lookup, value, request):
        """Only by the filters that are offered: Django lets every column be asked, `?title__startswith=a` too."""
        offered = lookup.partition("__")[0] in self.get_list_filter(request)
        return offered and super().lookup_allowed(lookup, value, request)

    def history_view(self, request, object_id, extra_context=None):
        """Refuse before looking: Django tells those without permission whether there is such a row."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


class ReadOnlyAdmin(GatedAdmin):
    """A record: nobody adds, changes or deletes it here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
