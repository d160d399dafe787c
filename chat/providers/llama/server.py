"""The child process: llama.cpp's server on a loopback port of its own, until it is idle, left alone or told to end.

`python -m chat.providers.llama.server --run-dir ... --weights ...` is started by `process.spawn`. It makes its key
itself and writes it, with the port, into the endpoint file: nothing secret is in its arguments or environment.
"""

import argparse
import contextlib
import os
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from chat.providers.llama.endpoint import ENDPOINT, LOG, Endpoint, claim, deserted
from chat.providers.llama.vigil import Activity, Vigil

ALREADY_RUNNING = 75
LOG_BYTES = 1 << 20
LOOK_SECONDS = 1.0

# How long a decoding step lasts bounds how fast a stop works and how evenly several answers flow: 128 tokens of prompt
# take 0.6 s on one processor, and reading a prompt is only 7 % slower than with 512.
BATCH = 128
# Each stream holds one of llama.cpp's HTTP threads; probes must find one free however many processes the site has.
HTTP_THREADS = 96
LOG_WARNINGS = 2


def main() -> NoReturn:
    options = _options()
    options.run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = claim(options.run_dir)
    if lock is None:
        sys.exit(ALREADY_RUNNING)
    (options.run_dir / ENDPOINT).unlink(missing_ok=True)
    _log_to(options.run_dir / LOG)
    _give_way()
    signal.signal(signal.SIGTERM, lambda number, frame: _end(options.run_dir, "asked"))
    server, endpoint = _serve(options)
    endpoint.write(options.run_dir)
    _watch(server, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run-dir", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--model-id", required=True)
    parser.add_argument("--context", type=int, required=True)
    parser.add_argument("--slots", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--idle-seconds", type=float, required=True)
    parser.add_argument("--hang-seconds", type=float, required=True)
    return parser.parse_args()


def _log_to(path: Path) -> None:
    """Sends what this process and llama.cpp print to `path`; what the process before printed is kept beside it."""
    with contextlib.suppress(FileNotFoundError):
        path.replace(path.with_name(f"{path.name}.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)


def _give_way() -> None:
    """The site goes first: on the processors, and when memory runs out the kernel takes this process, not that."""
    os.nice(5)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def _serve(options: argparse.Namespace) -> tuple[Any, Endpoint]:
    """Loads the model and serves it. llama.cpp refuses every request without the key, but for its health."""
    # Not at the top: a process that finds another one running ends without loading 100 MB of library.
    import xllamacpp

    key = secrets.token_urlsafe(32)
    params = xllamacpp.CommonParams()
    params.model.path = str(options.weights)
    params.model_alias = {options.model_id}
    params.n_ctx, params.n_parallel = options.context, options.slots
    params.n_batch = params.n_ubatch = BATCH
    params.hostnames, params.port, params.api_keys = ["127.0.0.1"], 0, [key]
    params.n_threads_http = HTTP_THREADS
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options.threads
    params.cache_ram_mib = 0  # 8 GB of finished conversations' states otherwise
    params.endpoint_metrics, params.ui, params.offline = True, False, True
    params.verbosity = LOG_WARNINGS
    server = xllamacpp.Server(params)
    port = int(server.listening_address.rpartition(":")[2])
    return server, Endpoint(os.getpid(), port, key, str(options.weights), options.context, options.slots)


def _watch(server: Any, options: argparse.Namespace) -> NoReturn:
    vigil = Vigil(options.idle_seconds, options.hang_seconds, time.monotonic())
    while True:
        time.sleep(min(LOOK_SECONDS, options.idle_seconds / 2))
        activity = Activity.from_metrics(server.handle_metrics())
        verdict = vigil.look(activity, deserted(options.run_dir), time.monotonic())
        if verdict is not None:
            _end(options.run_dir, verdict)
        if os.fstat(2).st_size > LOG_BYTES:
            os.ftruncate(2, 0)


def _end(run_dir: Path, why: str) -> NoReturn:
    """Leaves at once: llama.cpp's own farewell waits for its streams, and the kernel frees everything anyway."""
    with contextlib.suppress(OSError):
        (run_dir / ENDPOINT).unlink()
    os.write(2, f"ended: {why}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main()
