"""The addresses of the JSON endpoints."""

from django.urls import path

from chat.api import conversations, models

urlpatterns = [
    path("conversations", conversations.collection, name="api_conversations"),
    path("conversations/<uuid:conversation_id>", conversations.item, name="api_conversation"),
    path("conversations/<uuid:conversation_id>/head", conversations.head, name="api_head"),
    path("conversations/<uuid:conversation_id>/messages", conversations.messages, name="api_messages"),
    path("models", models.collection, name="api_models"),
]
