"""The addresses of sockets."""

from typing import Any

from django.urls import path

from chat.live.consumers import ChatConsumer, UnknownConsumer

websocket_urlpatterns: list[Any] = [
    path("ws/", ChatConsumer.as_asgi()),
    path("<path:unknown>", UnknownConsumer.as_asgi()),
]
