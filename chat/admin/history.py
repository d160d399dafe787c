"""Conversations and generations in the administration: that they are, never what they say."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from chat.admin.gated import ReadOnlyAdmin
from chat.models import Conversation, Generation


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """Who, when and with which model. Titles and messages belong to their owner."""

    list_display = ["id", "owner", "connection", "model_id", "created_at", "updated_at", "deleted_at"]
    list_select_related = ["owner", "connection"]
    list_filter = ["connection"]
    search_fields = ["id", "owner__username"]
    ordering = ["-updated_at"]
    fields = list_display


@admin.register(Generation)
class GenerationAdmin(ReadOnlyAdmin):
    """How each run went."""

    list_display = ["id", "created_at", "owner", "status", "connection_name", "model_id", "error_code", "duration_ms"]
    list_select_related = ["message__owner"]
    list_filter = ["status", "connection_name"]
    search_fields = ["id", "message__owner__username", "error_code"]
    ordering = ["-created_at"]
    fields = [
        "id", "owner", "status", "connection_name", "model_id", "position", "finish_reason", "error_code",
        "error_message", "retry_after", "input_tokens", "output_tokens", "omitted_messages", "first_delta_ms",
        "duration_ms", "stop_ms", "created_at", "ended_at", "worker", "lease_until",
    ]  # fmt: skip

    @admin.display(ordering="message__owner__username", description=_("owner"))
    def owner(self, row):
        return row.message.owner
