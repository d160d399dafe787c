"""Adjusts the Content-Security-Policy of the administration's pages."""

from django.utils.deprecation import MiddlewareMixin


class AdminPolicyMiddleware(MiddlewareMixin):
    """The same policy everywhere but Trusted Types at /admin/: Django's jQuery there writes HTML from strings."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/"):
            response._csp_replace = {"require-trusted-types-for": None, "trusted-types": None}
        return response
