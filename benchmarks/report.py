"""The table that a benchmark prints, and the file that keeps it."""

import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

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
    """Print the table and store everything as JSON and Markdown, named for the day."""
    page = "\n".join([*_head(), "", *_table(results["loads"]), "", *_start(results["start"]), ""])
    print(page)
    RESULTS.mkdir(exist_ok=True)
    name = datetime.now(UTC).strftime("%Y-%m-%d")
    (RESULTS / f"{name}.md").write_text(page)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n")


def _head() -> list[str]:
    machine = f"{psutil.cpu_count()} processors, {psutil.virtual_memory().total / 2**30:.0f} GiB"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {platform.system()}, Python {platform.python_version()}.",
        f"{packages}.",
        "Clients and upstream share the processors with the server. SQLite, every answer stored.",
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


def _start(start: dict) -> list[str]:
    return [f"Start to first page: {start['start_s']} s. Idle memory: {start['idle_mb']} MB. (middle of five)"]
