"""The rules that every page of the administration keeps."""

from django.contrib import admin

from chat.accounts.access import for_user


class GatedAdmin(admin.ModelAdmin):
    """Rows come from the gate, like everywhere else."""

    show_full_result_count = False

    def get_queryset(self, request):
        rows = for_user(request.user).administered(self.model)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows


class ReadOnlyAdmin(GatedAdmin):
    """A record: nobody adds, changes or deletes it here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
