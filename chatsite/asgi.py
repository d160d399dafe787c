"""The ASGI application: pages over HTTP, `/ws/` for the live socket."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatsite.settings")
http_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - the routes need the loaded applications

from chat.live.origin import ExactOrigin  # noqa: E402
from chat.live.routing import websocket_urlpatterns  # noqa: E402
from chatsite.lifespan import lifespan  # noqa: E402
from chatsite.static_files import with_static_files  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": with_static_files(http_application),
        "websocket": ExactOrigin(URLRouter(websocket_urlpatterns)),
        "lifespan": lifespan,
    },
)
