"""The pages as one person sees them."""

import pytest
from django.test import Client


@pytest.fixture
def page(client, anna) -> Client:
    """Anna's browser, signed in."""
    client.force_login(anna)
    return client


@pytest.fixture
def stranger(boris) -> Client:
    """Boris's browser, signed in."""
    client = Client()
    client.force_login(boris)
    return client
