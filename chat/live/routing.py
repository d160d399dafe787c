"""The addresses of sockets."""

from typing import Any

from django.urls import path, re_path

from chat.live.consumers import ChatConsumer, UnknownConsumer

websocket_urlpatterns: list[Any] = [
    path("ws/", ChatConsumer.as_asgi()),
    re_path("", UnknownConsumer.as_asgi()),
]
