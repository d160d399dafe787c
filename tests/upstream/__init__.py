"""A scripted service that speaks both wires, misbehaves on command, and keeps the record that tests compare with."""

from tests.upstream.proxy import ForwardProxy
from tests.upstream.record import Answer
from tests.upstream.script import DEFAULT_TEXT, Script
from tests.upstream.server import Upstream

__all__ = ["DEFAULT_TEXT", "Answer", "ForwardProxy", "Script", "Upstream"]
