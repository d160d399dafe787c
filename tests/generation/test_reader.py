"""A reader: coalesces, keeps its window, resumes at any position."""

import asyncio
from uuid import uuid4

import pytest

from chat.generation import reader as reader_module
from chat.generation.journal import Journal
from chat.generation.reader import WINDOW_CHARACTERS, WINDOW_FRAMES, Reader, ReaderStalled


class Browser:
    """Collects the frames it is sent, and says when it has some."""

    def __init__(self):
        self.frames = []
        self.news = asyncio.Event()

    async def send(self, frame):
        self.frames.append(frame)
        self.news.set()

    async def more(self):
        self.news.clear()
        await asyncio.wait_for(self.news.wait(), 2)

    @property
    def text(self):
        return "".join(part.text for frame in self.frames for part in frame.parts)


@pytest.fixture
async def reading():
    journal, browser = Journal(), Browser()
    tasks = []

    def start(position=0):
        reader = Reader(uuid4(), journal, position, browser.send)
        tasks.append(asyncio.create_task(reader.run()))
        return reader, tasks[-1]

    yield journal, browser, start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_comes_within_the_interval_is_one_frame(reading):
    journal, browser, start = reading
    _, task = start()
    journal.append("content", "first ")
    await browser.more()
    for _ in range(50):
        journal.append("content", "x")
        await asyncio.sleep(0)
    journal.end()
    await task
    assert [(frame.from_, frame.to) for frame in browser.frames] == [(0, 6), (6, 56)]


async def test_it_begins_at_any_position_and_ends_with_the_journal(reading):
    journal, browser, start = reading
    journal.append("reasoning", "why")
    journal.append("content", "because")
    journal.end()
    _, task = start(2)
    await task
    assert [(part.kind, part.text) for part in browser.frames[0].parts] == [("reasoning", "y"), ("content", "because")]


async def test_a_browser_that_acknowledges_nothing_gets_no_more_than_the_window(reading, monkeypatch):
    monkeypatch.setattr(reader_module, "FRAME_INTERVAL", 0)
    journal, browser, start = reading
    reader, task = start()
    for number in range(WINDOW_FRAMES):
        journal.append("content", f"{number},")
        await browser.more()
    journal.append("content", "held back")
    journal.end()
    for _ in range(10):
        await asyncio.sleep(0)
    assert len(browser.frames) == WINDOW_FRAMES
    reader.acknowledge(browser.frames[-1].to)
    await task
    assert browser.text == journal.text("content")


async def test_what_is_not_acknowledged_is_never_more_than_the_window(reading, monkeypatch):
    monkeypatch.setattr(reader_module, "FRAME_INTERVAL", 0)
    journal, browser, start = reading
    reader, task = start()
    journal.append("content", "first")
    await browser.more()
    journal.append("content", "x" * WINDOW_CHARACTERS)
    await browser.more()
    journal.append("content", "held back")
    journal.end()
    for _ in range(10):
        await asyncio.sleep(0)
    assert [frame.to for frame in browser.frames] == [5, WINDOW_CHARACTERS]
    reader.acknowledge(5)
    await browser.more()
    assert browser.frames[2].parts[0].text == "xxxxx"
    reader.acknowledge(WINDOW_CHARACTERS + 5)
    await task
    assert browser.text == journal.text("content")


async def test_acknowledgements_from_the_future_are_ignored(reading, monkeypatch):
    monkeypatch.setattr(reader_module, "FRAME_INTERVAL", 0)
    journal, browser, start = reading
    reader, _ = start()
    reader.acknowledge(10**9)
    journal.append("content", "x" * (WINDOW_CHARACTERS + 1))
    await browser.more()
    journal.append("content", "held back")
    reader.acknowledge(10**9)
    for _ in range(10):
        await asyncio.sleep(0)
    assert len(browser.frames) == 1


async def test_a_browser_that_stays_silent_is_given_up(reading, monkeypatch):
    monkeypatch.setattr(reader_module, "ACK_TIMEOUT", 0.05)
    monkeypatch.setattr(reader_module, "FRAME_INTERVAL", 0)
    journal, browser, start = reading
    _, task = start()
    journal.append("content", "x" * (WINDOW_CHARACTERS + 1))
    await browser.more()
    journal.append("content", "more")
    with pytest.raises(ReaderStalled):
        await asyncio.wait_for(task, 2)
