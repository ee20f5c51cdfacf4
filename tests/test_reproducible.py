"""The same sources make the same site, byte for byte: so anyone can build it again and see that nothing was put in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from conftest import PROJECT

PARTS = ("content", "framework", "generator", "editions", "mkdocs.yml")

HERE = {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC", "SOURCE_DATE_EPOCH": "1700000000"}
THERE = {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "SOURCE_DATE_EPOCH": "1900000000"}
"""Another computer, on another day of another year."""

LATER = """
import datetime, time

class _Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=400)

    @classmethod
    def today(cls):
        return cls.now()

class _LaterDay(datetime.date):
    @classmethod
    def today(cls):
        return super().today() + datetime.timedelta(days=400)

time.time = lambda before=time.time: before() + 400 * 86400
datetime.datetime, datetime.date = _Later, _LaterDay
"""
"""Sets the clock of Python's programs."""


def copied(folder, days):
    """A copy of everything that a site is built from, last changed so many days ago."""
    folder.mkdir(parents=True)
    for name in PARTS:
        source = PROJECT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name, **({"ignore": shutil.ignore_patterns("__pycache__")} if source.is_dir() else {}))
    for path in sorted(folder.rglob("*"), reverse=True):
        when = path.stat().st_mtime - days * 86_400
        os.utime(path, (when, when))
    return folder


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("here") / "a", 0)


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    top = tmp_path_factory.mktemp("there")
    (top / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    return copied(top / "a much longer name, with spaces", 300)


def built(project, arguments, environment, umask):
    command = [sys.executable, "-m", "generator", "build", *arguments]
    ran = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return {
        path.relative_to(project / "site").as_posix(): path.read_bytes()
        for path in (project / "site").rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "how",
    [("--engine", "mkdocs"), ("--engine", "zensical"), ("--edition", "fire-and-rescue")],
    ids=["mkdocs", "zensical", "edition"],
)
def test_two_builds_of_the_same_sources_are_equal(here, there, how):
    one = built(here, how, HERE, 0o022)
    other = built(there, how, {**THERE, "PYTHONPATH": str(there.parent)}, 0o077)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) > 150


def test_the_clock_of_the_second_build_is_another_one(there):
    command = [sys.executable, "-c", "import datetime; print(datetime.date.today().year)"]
    years = [
        int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
        for environment in (os.environ, {**os.environ, "PYTHONPATH": str(there.parent)})
    ]
    assert years[0] < years[1]
