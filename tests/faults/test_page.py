"""The page that fault tests look through notices what a server may not do: a planted fault for each."""

import asyncio
import os

import pytest

from tests.faults.lag import lost_ns
from tests.faults.memory import MEGABYTE, Held, Peak
from tests.faults.page import Page, ends_told_twice
from tests.faults.tcp_relay import TcpRelay

CONVERSATION = {"id": "c"}


def message(content="", status="running", reasoning=""):
    return {
        "id": "m", "conversation_id": "c", "parent_id": None, "role": "assistant", "content": content,
        "reasoning": reasoning, "generation": {"id": "g", "status": status},
    }  # fmt: skip


def snapshot(content="", status="running", **running):
    generations = [{"generation_id": "g", "message_id": "m", **running}] if running else []
    return {
        "type": "conversation.snapshot",
        "conversation": CONVERSATION,
        "messages": [message(content, status)],
        "generations": generations,
    }


def parts(text, kind="content"):
    return [{"kind": kind, "text": text}] if text else []


def delta(start, text, **changes):
    frame = {"type": "generation.delta", "generation_id": "g", "from": start, "to": start + len(text)}
    return frame | {"parts": parts(text)} | changes


def ended(position, status="completed"):
    return {
        "type": "generation.ended", "generation_id": "g", "message_id": "m", "position": position, "status": status
    }  # fmt: skip


def running(start, text):
    return snapshot(**{"from": start, "position": start + len(text), "parts": parts(text)})


@pytest.fixture
def page():
    """A page that shows a conversation whose answer runs, with three characters of it."""
    page = Page()
    page.receive({"type": "session.ready", "epoch": "e", "user": {}})
    page.open("c")
    page.receive(running(0, "abc"))
    return page


def test_what_a_server_should_do_is_no_problem(page):
    page.receive(delta(3, "de"))
    page.open("c")
    page.receive(delta(5, "lost in the snapshot"))
    page.receive(running(5, "f"))
    page.receive(delta(6, "", parts=[]))
    page.receive(ended(6))
    page.open("c")
    page.receive(snapshot("abcdef", "completed"))
    assert page.text("m") == page.transcript("g") == "abcdef"
    assert page.problems == []


def test_a_gap_makes_the_page_open_again_from_what_it_has(page):
    (command,) = page.receive(delta(4, "e"))
    assert (command["type"], command["positions"]) == ("conversation.open", {"g": 3})
    assert page.receive(delta(5, "f")) == []
    page.receive(running(3, "def"))
    assert page.text("m") == "abcdef"
    assert page.problems == []


@pytest.mark.parametrize(
    "frames",
    [
        [delta(3, "de", to=6)],
        [delta(3, "de"), ended(4)],
        [ended(3), delta(3, "late")],
        [ended(3), ended(3, "failed")],
        [snapshot("abx", "completed")],
        [snapshot("", "completed")],
        [running(2, "c")],
        [running(0, "xyz")],
        [running(3, "d") | {"generations": [running(3, "d")["generations"][0] | {"position": 9}]}],
        [delta(0, "what?", generation_id="unknown")],
    ],
)
def test_what_a_server_may_not_do_is_noticed(page, frames):
    for frame in frames:
        if frame["type"] == "conversation.snapshot":
            page.open("c")
        page.receive(frame)
    assert page.problems


def test_a_process_that_died_may_have_lost_its_last_words(page):
    page.open("c")
    page.receive(snapshot("ab", "interrupted"))
    assert (page.text("m"), page.problems) == ("ab", [])


def test_another_epoch_drops_the_positions(page):
    (command,) = page.receive({"type": "session.ready", "epoch": "another", "user": {}})
    assert command["positions"] == {}


def test_text_is_acknowledged_every_16_frames_64_kb_or_when_due_and_at_the_end(page):
    sent = [page.receive(delta(3 + number, "x")) for number in range(16)]
    assert [len(commands) for commands in sent] == [0] * 15 + [1]
    assert sent[-1] == [{"type": "ack", "generation_id": "g", "position": 19}]
    assert page.receive(delta(19, "y"), size=70_000) == [{"type": "ack", "generation_id": "g", "position": 20}]
    page.receive(delta(20, "z"))
    assert page.due() == [{"type": "ack", "generation_id": "g", "position": 21}]
    page.receive(delta(21, "!"))
    assert page.receive(ended(22)) == [{"type": "ack", "generation_id": "g", "position": 22}]
    assert page.due() == []


def test_an_end_that_is_told_twice_is_found():
    assert ends_told_twice([ended(3), ended(3) | {"request_id": "asked"}]) == []
    assert ends_told_twice([ended(3), ended(3)])


def test_what_was_lost_is_measured_by_the_services_stamps():
    deltas = ["100 one ", "200 two ", "300 three "]
    assert lost_ns(deltas, len("".join(deltas)), 350) == 0
    assert lost_ns(deltas, len("100 one 2"), 350) == 150
    assert lost_ns(deltas, 0, 350) == 250


def test_what_a_process_takes_and_keeps_is_seen():
    pid, before = os.getpid(), Held.by(os.getpid())
    peak = Peak(pid)
    assert not Held.by(pid).more_than(before, threads=0)
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(4)]
    assert Held.by(pid).more_than(before, threads=1)
    assert not Held.by(pid).more_than(before, threads=2)
    for descriptor in kept:
        os.close(descriptor)
    taken = bytearray(64 * MEGABYTE)
    del taken
    assert peak.growth() > 60 * MEGABYTE


async def test_the_relay_forwards_cuts_after_its_budget_and_holds():
    async def echo(reader, writer):
        while data := await reader.read(100):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server, TcpRelay(server.sockets[0].getsockname()[1], iter([5])) as relay:
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.address[1])
        writer.write(b"1234567890")
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await reader.readexactly(10)
        writer.close()
        assert relay.cuts == 1
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.address[1])
        relay.hold()
        writer.write(b"1234567890")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.1)
        relay.release()
        assert await reader.readexactly(10) == b"1234567890"
        relay.cut()
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        writer.close()
    assert relay.cuts == 2
