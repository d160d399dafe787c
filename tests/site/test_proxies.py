"""Whose address a request is given."""

import pytest

from chatsite.env import networks
from chatsite.proxies import true_client

PROXIES = networks(["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"], "TRUSTED_PROXIES")


@pytest.mark.parametrize(
    ("peer", "headers", "client"),
    [
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [b"198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", [b"203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", [b"203.0.113.9", b"198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", [b"203.0.113.9, 198.51.100.7, 10.1.2.3"], "198.51.100.7"),
        ("127.0.0.1", [b"10.1.2.3"], "10.1.2.3"),
        ("198.51.100.7", [b"203.0.113.9"], "198.51.100.7"),
        ("127.0.0.1", [b"nonsense"], "127.0.0.1"),
        ("127.0.0.1", [b"198.51.100.7, nonsense, 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", [b""], "127.0.0.1"),
        ("127.0.0.1", [b"198.51.100.7:1234"], "127.0.0.1"),
        ("::ffff:127.0.0.1", [b"198.51.100.7"], "198.51.100.7"),
        ("2001:db8::1", [b"2001:4860::8"], "2001:4860::8"),
    ],
)
def test_only_what_named_proxies_wrote_is_believed(peer, headers, client):
    assert true_client(peer, headers, PROXIES) == client


def test_without_a_named_proxy_the_peer_is_the_client():
    assert true_client("127.0.0.1", [b"203.0.113.9"], []) == "127.0.0.1"
