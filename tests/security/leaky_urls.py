"""Planted faults: the site's routes, and three that give a stranger something."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from chat.models import Conversation
from chatsite.urls import urlpatterns as site


def tells(request: HttpRequest, conversation_id) -> HttpResponse:
    """403 for what exists, 404 for what does not."""
    return HttpResponse(status=403 if Conversation.objects.filter(id=conversation_id).exists() else 404)


def words(request: HttpRequest, conversation_id) -> HttpResponse:
    """The same status in other words."""
    exists = Conversation.objects.filter(id=conversation_id).exists()
    return HttpResponse("not yours" if exists else "not found", status=404)


def writes(request: HttpRequest, conversation_id) -> HttpResponse:
    """404, but not without a change."""
    Conversation.objects.filter(id=conversation_id).update(title="stolen")
    return HttpResponse(status=404)


urlpatterns = [
    path("tells/<uuid:conversation_id>", tells, name="tells"),
    path("words/<uuid:conversation_id>", words, name="words"),
    path("writes/<uuid:conversation_id>", writes, name="writes"),
    *site,
]
