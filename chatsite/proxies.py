"""Finds the true client behind proxies that the administrator has named."""

from collections.abc import Sequence
from ipaddress import ip_address

from chatsite.env import Network


def true_client(peer: str, forwarded_for: Sequence[bytes], trusted: Sequence[Network]) -> str:
    """The address of the client whose request arrived from `peer`.

    `forwarded_for` holds the X-Forwarded-For headers in their order. The list is read from the right, where the proxies
    have written, and only as far as they are trusted: what a client put in front of it is never believed.
    """
    hops = [hop.strip().decode("latin-1") for header in forwarded_for for hop in header.split(b",")]
    client = peer
    while hops and _is_trusted(client, trusted):
        client, believed = hops.pop(), client
        if not _is_address(client):
            return believed
    return client


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    if not _is_address(address):
        return False
    parsed = ip_address(address)
    plain = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(plain in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
