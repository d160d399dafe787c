"""The two pages of the chat: a new conversation, and one that exists."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chat.accounts.access import for_user
from chat.accounts.own_language import in_own_language
from chat.errors import ChatError
from chat.history import tree
from chat.web.page_data import page_context


@never_cache
@require_safe
@login_required
@in_own_language
def home(request: HttpRequest) -> HttpResponse:
    """A new conversation."""
    return _page(request)


@never_cache
@require_safe
@login_required
@in_own_language
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """A conversation: its visible branch as text, the newest page of it or the one before `?before=`."""
    return _page(request, conversation_id)


def _page(request: HttpRequest, conversation_id: UUID | None = None) -> HttpResponse:
    """Missing, somebody else's, and places in the lists that are not there are the same 404."""
    access = for_user(request.user)
    before = _message_id(request.GET.get("before"))
    try:
        branch = tree.snapshot(access, conversation_id, before) if conversation_id else None
        context = page_context(request, access, branch)
    except ChatError:
        raise Http404 from None
    return render(request, "chat/conversation.html", context)


def _message_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
