"""The tables that benchmarks print, and the files that keep them."""

import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

SHARED = "Clients and upstream share the processors with the server. SQLite, every answer stored."
RESULTS = Path(__file__).parent / "results"
PACKAGES = ("Django", "channels", "daphne", "aiohttp", "Twisted", "autobahn", "msgspec")
COLUMNS = (
    ("server CPU a chunk, us", "cpu_us_per_chunk"),
    ("first delta p50, ms", "first_delta_p50_ms"),
    ("chunk delay p50, ms", "delay_p50_ms"),
    ("chunk delay p99, ms", "delay_p99_ms"),
    ("memory, MB", "memory_mb"),
)


def write(results: dict) -> None:
    """Print the table of the loads and store everything, named for the day."""
    page = "\n".join([*head(), SHARED, "", *_table(results["loads"]), "", *_start(results), ""])
    keep(page, results, f"{datetime.now(UTC):%Y-%m-%d}")


def keep(page: str, results: dict, name: str) -> None:
    """Print a page and store it as Markdown, and its figures as JSON."""
    print(page)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(page)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n")


def head() -> list[str]:
    """Day, machine and versions."""
    machine = f"{psutil.cpu_count()} processors, {psutil.virtual_memory().total / 2**30:.0f} GiB"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {platform.system()}, Python {platform.python_version()}.",
        f"{packages}.",
    ]


def _table(loads: list[dict]) -> list[str]:
    lines = [
        "| streams | chunks/s each | server | all complete | " + " | ".join(title for title, _ in COLUMNS) + " |",
        "|--:|--:|:--|--:|" + "--:|" * len(COLUMNS),
    ]
    for row in loads:
        for name, seen in row.items():
            whole = f"{seen['completed']} of {seen['streams']}" + ("" if seen["chunks"] == seen["expected"] else " (!)")
            figures = " | ".join(str(seen[key]) for _, key in COLUMNS)
            lines.append(f"| {seen['streams']} | {seen['rate']:g} | {name} | {whole} | {figures} |")
    return lines


def _start(results: dict) -> list[str]:
    start, stale = results["start"], results["stale"]
    more = stale["start_s"] - start["start_s"]
    return [
        f"Start to first page: {start['start_s']} s. Idle memory: {start['idle_mb']} MB. (middle of five)",
        "",
        f"Start with {stale['answers']:,} stale answers: recovered after {stale['start_s']} s, to the first page; "
        f"{more:.2f} s of it for them. (middle of three)",
    ]
