"""`make bench-page`: the page in Chromium while a long answer is written under 500 messages, and its first load.

Server, upstream and browser share this machine's processors.
"""

import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Self

from playwright.sync_api import CDPSession, Page

from benchmarks import bait, report
from benchmarks.answer import LAST_WORDS, markdown_answer, pieces
from benchmarks.site import Site
from tests.browser.chromium import chromium
from tests.upstream.server import Upstream
from tests.upstream.threaded import threaded_upstream

MESSAGES = 500
SECONDS = 10.5  # of the answer
ANSWER = markdown_answer()
PARTS = {"layout": "LayoutDuration", "style": "RecalcStyleDuration", "script": "ScriptDuration"}
SEED = """
from tests.making import conversation
from chat.models import Connection, User
user = User.objects.get(username="user0")
said = ["A question of some words, as people ask them?", {section!r}]
scripted = Connection.objects.get(name="Scripted")
for texts in (said * {turns}, ["A question?", "An answer in *words*."]):
    print(conversation(user, *texts, connection=scripted).id)
"""
WATCH = """
window.seen = { tasks: [], shift: 0, endShift: 0, frames: 0, usable: null, words: null, complete: null };
const observe = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
observe("longtask", ({ duration }) => seen.tasks.push(duration));
observe("layout-shift", ({ hadRecentInput, value }) => {
  if (hadRecentInput) return;
  seen[document.querySelector(".message--running") ? "shift" : "endShift"] += value;
});
const look = () => {
  seen.frames += 1;
  if (seen.usable === null) tryToWrite();
  const last = seen.words && document.querySelector("scripta-thread").lastElementChild.lastElementChild;
  if (last && !last.classList.contains("message--running") && last.textContent.includes(seen.words)) {
    seen.complete ??= performance.timeOrigin + performance.now();
  }
  requestAnimationFrame(look);
};
const tryToWrite = () => {
  const text = document.querySelector(".composer__text");
  if (!text) return;
  if (text.value === "") { text.value = "x"; text.dispatchEvent(new Event("input", { bubbles: true })); }
  if (document.querySelector(".composer__send")?.disabled !== false) return;
  seen.usable = performance.now();
  text.value = ""; text.dispatchEvent(new Event("input", { bubbles: true }));
};
requestAnimationFrame(look);
"""
FETCHED = """() => performance.getEntriesByType("resource").filter(({ responseEnd }) => responseEnd <= seen.usable)"""
SIZES = f"""() => ({FETCHED})()
  .filter(({{ name }}) => /\\.(?:m?js|css)(?:$|\\?)/.test(name))
  .reduce((sum, {{ encodedBodySize }}) => sum + encodedBodySize, 0)"""


class Row(NamedTuple):
    """A line of the table; `is_missed` where a figure is above its target."""

    what: str
    seen: str
    target: str = ""
    is_missed: bool = False

    @classmethod
    def within(cls, what: str, unit: str, most: float, *figures: float) -> Self:
        seen = ", ".join(f"{figure:,g}" for figure in figures)
        return cls(what, f"{seen} {unit}".strip(), f"{most:,g} {unit}".strip(), max(figures) > most)


def worked(session: CDPSession) -> dict[str, float]:
    """Milliseconds that the page's main thread has worked so far: in all (`frame`), and for each of PARTS."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return {part: metrics[name] * 1000 for part, name in {"frame": "TaskDuration", **PARTS}.items()}


def by_tenths(marks: list[tuple[dict[str, float], int]]) -> dict[str, list[float]]:
    """The milliseconds for a frame between each two marks: (what had been worked, how many frames there had been)."""
    return {
        f"{part}_ms": [
            round((now[part] - before[part]) / max(frames - drawn, 1), 1)
            for (before, drawn), (now, frames) in pairwise(marks)
        ]
        for part in marks[0][0]
    }


def until(page: Page, expression: str) -> Any:
    """The first value of an expression that is not falsy. Asked from here: the page's policy forbids to poll inside."""
    while not (value := page.evaluate(expression)):
        page.wait_for_timeout(20)
    return value


def first_load(page: Page, url: str) -> dict:
    """A new conversation's page with an empty cache, until a message can be sent: the rest comes when it is idle."""
    page.goto(url)
    until(page, "seen.usable")
    return {
        "kilobytes": round(page.evaluate(SIZES) / 1000, 1),
        "usable_ms": round(page.evaluate("seen.usable")),
        "requests": page.evaluate(f"({FETCHED})().length"),
    }


def opened(page: Page, url: str) -> dict:
    """A short conversation of words, until a message can be sent."""
    page.goto(url)
    until(page, "seen.usable")
    return {"kilobytes": round(page.evaluate(SIZES) / 1000, 1)}


def show_all(page: Page, url: str) -> dict:
    """A page with all messages of a long conversation on it: earlier ones come as the reader nears the top."""
    page.goto(url)
    shown = until(page, "document.querySelectorAll('scripta-message').length && performance.now()")
    until(page, "seen.usable")
    kilobytes = round(page.evaluate(SIZES) / 1000, 1)
    while (count := page.locator("scripta-message").count()) < MESSAGES:
        page.evaluate("document.querySelector('.stage__scroll').scrollTop = 0")
        until(page, f"document.querySelectorAll('scripta-message').length > {count}")
    return {"open_ms": round(shown), "kilobytes": kilobytes, "messages": count}


def stream(page: Page, service: Upstream) -> dict:
    """Ask, and watch the answer arrive. The work of a frame is told for each tenth of the answer."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    text = page.locator(".composer__text")
    text.fill("Write at length.")
    page.evaluate("words => Object.assign(seen, { tasks: [], words })", LAST_WORDS)
    text.press("Enter")
    until(page, "document.querySelector('.message--running') !== null")
    # What follows the question's own place is the answer's doing.
    page.evaluate("Object.assign(seen, { shift: 0, endShift: 0 })")
    marks = []
    for _ in range(11):
        marks.append((worked(session), page.evaluate("seen.frames")))
        page.wait_for_timeout(SECONDS * 100)
    complete = until(page, "seen.complete")
    ended = service.last.ended_at + time.time() - time.monotonic()
    seen = page.evaluate("seen")
    return {
        "late_ms": round(complete - ended * 1000),
        "long_tasks": len(seen["tasks"]),
        "long_tasks_ms": round(sum(seen["tasks"])),
        "longest_task_ms": round(max(seen["tasks"], default=0)),
        "layout_shift": round(seen["shift"], 4),
        "end_shift": round(seen["endShift"], 4),
        **by_tenths(marks),
        "busy_share": round((marks[-1][0]["frame"] - marks[0][0]["frame"]) / (SECONDS * 1000), 2),
    }


def measure(folder: Path, service: Upstream) -> dict:
    site = Site(folder, service.base_url, users=1)
    listed = SEED.format(section=ANSWER[:900], turns=MESSAGES // 2)
    with site.server() as server, chromium() as browser:
        long, short = site.shell(listed).split()
        context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
        cookie = json.loads(site.sessions.read_text())["user0"]
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
        context.add_init_script(WATCH)
        page = context.new_page()
        service.script(pieces=["warm"])
        results = {"load": first_load(page, "/")}
        service.script(pieces=pieces(ANSWER), delay_ms=SECONDS * 1000 / len(pieces(ANSWER)))
        results["words"] = opened(page, f"/c/{short}/")
        results["open"] = show_all(page, f"/c/{long}/")
        results["stream"] = stream(page, service)
        results["bait"] = list(bait.measure(page, service))
        results["version"] = browser.version
    return results


def rows_of(results: dict) -> list[Row]:
    """What is told, in the table's order."""
    load, opened, streamed = results["load"], results["open"], results["stream"]
    return [
        Row.within("first load: JavaScript and CSS, compressed", "kB", 150, load["kilobytes"]),
        Row.within("first load: a message can be sent after", "ms", 1_000, load["usable_ms"]),
        Row.within("a conversation of words: JavaScript and CSS, compressed", "kB", 150, results["words"]["kilobytes"]),
        Row("the same with code and formulas, and what draws these", f"{opened['kilobytes']} kB"),
        Row("a conversation of 500 messages is shown after", f"{opened['open_ms']} ms"),
        Row.within("50 kB answer: complete after the service's end", "ms", 500, streamed["late_ms"]),
        Row("50 kB answer: long tasks", str(streamed["long_tasks"])),
        Row.within("50 kB answer: long tasks in all", "ms", 500, streamed["long_tasks_ms"]),
        Row.within("50 kB answer: longest task", "ms", 100, streamed["longest_task_ms"]),
        Row("50 kB answer: work for a frame, by tenths", " ".join(map(str, streamed["frame_ms"])) + " ms", "constant"),
        *(Row(f"50 kB answer: {part} of it", " ".join(map(str, streamed[f"{part}_ms"])) + " ms") for part in PARTS),
        Row("50 kB answer: main thread busy", f"{streamed['busy_share']:.0%}"),
        Row("50 kB answer: layout shift as its tables widen", f"{streamed['layout_shift']:g}"),
        Row.within("50 kB answer: layout shift at its end", "", 0, streamed["end_shift"]),
        *(
            Row.within(f"{what}: longest task as it comes, and reopened", "ms", bait.MOST_MS, came, stored)
            for what, came, stored in results["bait"]
        ),
    ]


def page_of(results: dict) -> str:
    """The table that is printed."""
    head = [
        *report.head(),
        f"Chromium {results['version']}, headless, 1280 x 800; {results['open']['messages']} messages on the page.",
    ]
    table = [f"| {row.what} | {row.seen} | {row.target} |" for row in rows_of(results)]
    return "\n".join([*head, "", "| what | seen | target |", "|:--|--:|--:|", *table, ""])


def main() -> int:
    """0 where every figure that has a limit keeps it."""
    with tempfile.TemporaryDirectory() as folder, threaded_upstream() as service:
        results = measure(Path(folder), service)
    report.keep(page_of(results), results, f"{datetime.now(UTC):%Y-%m-%d}-page")
    missed = [row for row in rows_of(results) if row.is_missed]
    for row in missed:
        print(f"not reached: {row.what}: {row.seen}, not {row.target}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
