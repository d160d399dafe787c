"""The page behind the link that the first start prints: it creates the administrator, once."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chat.accounts.setup import redeem, setup_allowed
from chat.errors import ChatError
from chat.models import User
from chat.web.forms import SetupForm


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """A form for who has the token; for everybody else, and once there is an administrator, no such page."""
    token = request.POST.get("token") or request.GET.get("token", "")
    if not setup_allowed(token):
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (administrator := _redeemed(token, form)):
        login(request, administrator, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    response = render(request, "setup.html", {"form": form, "token": token})
    # Not even our own style sheets see the token in a Referer; `no-referrer` would make the form's Origin null.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _redeemed(token: str, form: SetupForm) -> User | None:
    try:
        return redeem(token, form.cleaned_data["username"], form.cleaned_data["password"])
    except ChatError as error:
        if error.code == "setup.refused":
            raise Http404 from None
        form.add_error(None, error.message)
        return None
