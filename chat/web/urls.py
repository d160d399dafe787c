"""The addresses of the pages."""

from django.urls import path

from chat.web import diagrams, health, installation, pages, setup

urlpatterns = [
    path("", pages.home, name="home"),
    path("c/<uuid:conversation_id>/", pages.conversation, name="conversation"),
    path("setup/", setup.setup, name="setup"),
    path("manifest.webmanifest", installation.manifest, name="manifest"),
    path("service-worker.js", installation.service_worker, name="service_worker"),
    path("offline/", installation.offline, name="offline"),
    path("diagram/", diagrams.diagram, name="diagram"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
