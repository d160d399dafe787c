"""`python -m tests.upstream --port N`: the scripted service as a process of its own, for benchmarks and browsers."""

import argparse
import asyncio
import signal

from tests.upstream.server import Upstream


async def serve(host: str, port: int, delay_ms: float) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    upstream = await Upstream(delay_ms=delay_ms).start(host, port)
    print(f"listening on {upstream.url}", flush=True)
    await stopped.wait()
    await upstream.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.upstream", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and prints it")
    parser.add_argument("--delay-ms", type=float, default=15.0, help="between the deltas of an unscripted answer")
    options = parser.parse_args()
    asyncio.run(serve(options.host, options.port, options.delay_ms))
