"""`make bench`: the site and a bare relay, side by side in one run, against the scripted upstream.

Clients and upstream are processes of their own and share this machine's processors with the server they measure.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import psutil

from benchmarks import report
from benchmarks.site import Site
from tests.process import ROOT, ModuleProcess, ServerProcess

STALE = 10_000  # answers that a process left running when it died
ABANDON = """
from chat.models import User
from tests.faults.abandoned import abandon
abandon(User.objects.first(), {count})
"""
RUNNING = """
from chat.models import Generation
print(Generation.objects.filter(status="running").count())
"""
LOADS = ((1, 100.0), (20, 100.0), (100, 100.0), (500, 10.0), (1000, 10.0))  # streams, chunks a second of each


def load(server_pid: int, url: str, sessions: Path, streams: int, rate: float, seconds: float) -> dict:
    """One load on one server: what the clients saw, and what the server spent meanwhile."""
    arguments = [url.replace("http", "ws", 1) + "/ws/", str(sessions), "--streams", str(streams)]
    clients = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.clients", *arguments, "--rate", str(rate), "--seconds", str(seconds)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    server = psutil.Process(server_pid)
    assert clients.stdout is not None
    assert clients.stdin is not None
    assert clients.stdout.readline() == "ready\n"
    before = server.cpu_times()
    clients.stdin.write("\n")
    clients.stdin.flush()
    highest = 0
    while clients.poll() is None:
        highest = max(highest, server.memory_info().rss)
        time.sleep(0.1)
    after = server.cpu_times()
    seen = json.loads(clients.stdout.read())
    spent = after.user + after.system - before.user - before.system
    per_chunk = round(spent * 1e6 / seen["chunks"], 1) if seen["chunks"] else None
    return {**seen, "rate": rate, "cpu_us_per_chunk": per_chunk, "memory_mb": round(highest / 1e6)}


def measure_start(site: Site) -> dict:
    """Seconds from the start of the process to the first page, and memory then, the middle of five."""
    times, memory = [], []
    for _ in range(5):
        with started(site) as (server, seconds):
            times.append(seconds)
            memory.append(server.memory() / 1e6)
    return {"start_s": round(median(times), 2), "idle_mb": round(median(memory))}


def measure_recovery(site: Site) -> dict:
    """As the start, with many stale answers that are ended before the first page, the middle of three."""
    times = []
    for _ in range(3):
        site.shell(ABANDON.format(count=STALE))
        with started(site) as (_, seconds):
            times.append(seconds)
            left = site.shell(RUNNING)
            assert left == "0", f"{left} answers have not been ended"
    return {"answers": STALE, "start_s": round(median(times), 2)}


@contextmanager
def started(site: Site) -> Iterator[tuple[ServerProcess, float]]:
    """A server, and the seconds from the start of its process to its first page."""
    began = time.perf_counter()
    with site.server() as server:
        urlopen(f"{server.url}/accounts/login/").read()
        yield server, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--streams", type=int, nargs="*", help="only these of the loads")
    options = parser.parse_args()
    loads = [each for each in LOADS if not options.streams or each[0] in options.streams]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        upstream = stack.enter_context(ModuleProcess("tests.upstream", "--delay-ms", "0"))
        site = Site(folder, f"{upstream.url}/v1", users=max(streams for streams, _ in loads))
        results = {"start": measure_start(site), "loads": []}
        for streams, rate in loads:
            row = {}
            with site.server() as server:
                row["scripta"] = load(server.process.pid, server.url, site.sessions, streams, rate, options.seconds)
            with ModuleProcess("benchmarks.relay", "--upstream", f"{upstream.url}/v1") as relay:
                row["relay"] = load(relay.pid, relay.url, site.sessions, streams, rate, options.seconds)
            results["loads"].append(row)
            print(f"{streams} streams done", file=sys.stderr)
        results["stale"] = measure_recovery(site)  # last: it leaves many rows
    report.write(results)


if __name__ == "__main__":
    main()
