"""The addresses of the JSON endpoints."""

from django.urls import path

from chat.api import conversations, drafts, messages, models, preferences, prompts, queued

urlpatterns = [
    path("conversations", conversations.collection, name="api_conversations"),
    path("conversations/<uuid:conversation_id>", conversations.item, name="api_conversation"),
    path("conversations/<uuid:conversation_id>/head", conversations.head, name="api_head"),
    path("conversations/<uuid:conversation_id>/messages", conversations.messages, name="api_messages"),
    path("conversations/<uuid:conversation_id>/restore", conversations.restored, name="api_conversation_restore"),
    path("conversations/<uuid:conversation_id>/fork", conversations.forks, name="api_fork"),
    path("conversations/<uuid:conversation_id>/draft", drafts.of_conversation, name="api_conversation_draft"),
    path("draft", drafts.of_new, name="api_draft"),
    path("messages/<uuid:message_id>", messages.item, name="api_message"),
    path("messages/<uuid:message_id>/restore", messages.restored, name="api_message_restore"),
    path("messages/<uuid:message_id>/feedback", messages.feedback, name="api_feedback"),
    path("queued/<uuid:queued_id>", queued.item, name="api_queued"),
    path("prompts", prompts.collection, name="api_prompts"),
    path("prompts/<uuid:prompt_id>", prompts.item, name="api_prompt"),
    path("preferences", preferences.item, name="api_preferences"),
    path("models", models.collection, name="api_models"),
]
