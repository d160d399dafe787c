"""What a page of the chat is made of: what its template shows, and the data block its modules start from."""

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from chat.accounts.access import Access
from chat.history import conversations
from chat.history.tree import Branch
from chat.shapes import ConversationInfo, MessageInfo
from chat.web.days import by_day
from chat.web.modules import first_urls, later_urls, library_urls
from chat.web.turns import turns_of

Context = dict[str, object]
FAVICONS = {"quiet": "favicon.svg", "running": "favicon-running.svg", "unread": "favicon-unread.svg"}


def page_context(request: HttpRequest, access: Access, branch: Branch | None = None) -> Context:
    """The context of chat/conversation.html.

    The texts of messages are in the page once, as text: not in the data. Models are not in it at all: listing them
    may ask other services, and no page waits for those.
    """
    listed = conversations.page(access, cursor=request.GET.get("cursor"))
    wanted = get_language(), bool(branch and branch.messages)
    return {
        "branch": branch,
        "turns": turns_of(branch) if branch else [],
        "groups": by_day(listed.items),
        "next_cursor": listed.next_cursor,
        "modules": first_urls(*wanted),
        "page_data": {
            "user": {"id": str(access.actor.id), "name": access.actor.get_username()},
            "preferences": _plain(request.preferences),
            "conversation": _plain(branch.conversation) if branch else None,
            "messages": [_without_text(message) for message in branch.messages] if branch else [],
            "has_older": branch.has_older if branch else False,
            "list": {"items": [_plain(item) for item in listed.items], "next_cursor": listed.next_cursor},
            "message_max_characters": settings.MESSAGE_MAX_CHARACTERS,
            "frame_max_bytes": settings.FRAME_MAX_BYTES,
            "may_administer": access.actor.is_staff,
            "urls": _urls() | library_urls(get_language()),
            "later": later_urls(*wanted),
            "csrf_token": get_token(request),
        },
    }


def _urls() -> Context:
    return {
        "home": reverse("home"),
        "login": reverse("account_login"),
        "admin": reverse("admin:index"),
        "icons": static("icons/icons.svg"),
        "diagram": reverse("diagram"),
        "math_style": static("css/math.css"),
        "icon": static("icons/icon-192.png"),
        "favicons": {name: static(f"icons/{file}") for name, file in FAVICONS.items()},
        "worker": reverse("service_worker"),
    }


def _without_text(message: MessageInfo) -> dict[str, object]:
    return _plain(message) | {"content": "", "reasoning": ""}


def _plain(value: ConversationInfo | MessageInfo | msgspec.Struct) -> dict[str, object]:
    return msgspec.to_builtins(value)
