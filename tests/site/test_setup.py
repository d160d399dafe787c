"""`make` and deploy/: what a person is told when the machine is not ready."""

import importlib.util
import os
import shutil
import stat
import subprocess
import sys

import pytest

from tests.process import ROOT


def load(name, root=ROOT):
    """A script of deploy/ as a module; it is no package."""
    specification = importlib.util.spec_from_file_location(name, root / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def clone(tmp_path):
    """The files that set-up needs, without a virtual environment."""
    folder = tmp_path / "clone"
    for name in ("Makefile", "requirements.txt", "tests/requirements.txt", "deploy/setup.py", "deploy/python.sh"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture
def tools(tmp_path):
    """A PATH with the shell's tools and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname", "sed", "awk"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def make(clone, tools, *arguments):
    return subprocess.run(
        [shutil.which("make"), "--no-print-directory", *arguments],
        cwd=clone,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_make_without_a_target_lists_every_target(clone, tools):
    outcome = make(clone, tools)
    listed = [line.split()[1] for line in outcome.stdout.splitlines()]
    phony = (ROOT / "Makefile").read_text().split(".PHONY: ")[1].splitlines()[0].split()
    assert listed == phony
    assert set(load("setup").TARGETS) == set(phony) - {"help"}


def test_a_target_that_does_not_exist_runs_nothing():
    outcome = subprocess.run(
        [sys.executable, "deploy/check.py", "tests"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr == "error: there is no target tests\n"


@pytest.mark.parametrize("old", [None, 'case "$2" in *version_info*) exit 1;; esac'])
def test_no_python_that_is_new_enough_is_one_plain_line(clone, tools, old):
    if old:
        program(tools, "python3", old)
    outcome = make(clone, tools, "run")
    assert outcome.returncode != 0
    assert outcome.stderr.splitlines()[0] == "error: Python 3.11 or newer is needed, and none was found"


def test_a_python_without_its_venv_module_is_one_plain_line(clone, tmp_path, monkeypatch):
    setup = load("setup", clone)
    monkeypatch.setattr(sys, "executable", str(program(tmp_path, "python3", "exit 1")))
    with pytest.raises(setup.SetupError, match="cannot make a virtual environment: install its venv module"):
        setup.make_environment()
    assert not (clone / ".venv").exists()


def test_serve_before_anything_is_installed_is_one_plain_line(clone, tools):
    (tools / "python3").symlink_to(sys.executable)
    outcome = make(clone, tools, "serve")
    assert outcome.returncode != 0
    assert outcome.stderr.splitlines()[0] == "error: nothing is installed yet: run `make run` first"


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 14)])
def test_an_old_python_is_named(version):
    setup = load("setup")
    with pytest.raises(setup.SetupError, match=f"this is {version[0]}.{version[1]}"):
        setup.check_python(version)


def test_new_packages_of_the_site_are_news_for_the_tests_too(clone):
    setup = load("setup", clone)
    before = [setup.digest(name) for name in (setup.SITE, setup.TESTS)]
    (clone / "requirements.txt").write_text("other==1")
    after = [setup.digest(name) for name in (setup.SITE, setup.TESTS)]
    assert len({*before, *after}) == 4


def test_a_named_chromium_that_does_not_start_is_refused(tmp_path, monkeypatch):
    chromium = load("chromium")
    monkeypatch.setenv("CHROMIUM", str(program(tmp_path, "chromium", "exit 1")))
    with pytest.raises(chromium.BrowserError, match="does not start"):
        chromium.find()


def test_a_stub_of_a_package_that_is_not_there_is_passed_over(tmp_path, monkeypatch):
    chromium = load("chromium")
    program(tmp_path, "chromium-browser", "echo 'install the snap first' >&2; exit 1")
    works = program(tmp_path, "google-chrome", "echo 'Google Chrome 1.0'")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/nowhere")
    assert chromium.find() == str(works)
