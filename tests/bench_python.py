"""How long the commands take and how much memory, beside the limits of DESIGN 6 and a plain build of the engine. Nothing is asserted.

Each run is a fresh process. Its time is that of the processor, which other work on the machine disturbs least: the
smallest of a few runs. What it took by the clock, the median, and the most memory stand beside it. A ratio of about 1 for
growth says: ten times the framework, ten times the time, above what a command needs to begin.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import bench_frameworks
import bench_plain
from bench_table import beside, say, table
from cohort_bench import made_up_sheet
from conftest import PROJECT

from generator import reading

RUNS = 3
LONG = 20
"""Seconds, from which one run has to do."""
SIZES = ((1, 1), (10, 10), (100, 31))
"""How often each question and each lens stands in the framework."""
TEAMS = (5, 50, 1_000)
MOST_CHECK = 1
"""Seconds for `balcony check` of the real framework."""
MOST_BUILD = 2
"""Times a plain build of the engine."""

# In a process of its own, and a small one: a process counts the memory of the one that began it as its own.
MEASURE = """
import json, os, resource, sys, time
began = time.perf_counter()
pid = os.fork()
if not pid:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(pid, 0)
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps([status, used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss * scale]))
"""

BALCONY = ("-m", "generator")


class Taken:
    """What a command took."""

    def __init__(self, runs):
        self.processor = min(processor for processor, _, _ in runs)
        self.clock = median(clock for _, clock, _ in runs)
        self.memory = max(memory for _, _, memory in runs)

    def cells(self):
        return f"{self.processor:.2f} s", f"{self.clock:.2f} s", f"{self.memory / 2**20:.0f} MB"


def taken(*arguments, cwd=PROJECT, runs=RUNS):
    """Run Python several times, or once where that takes long."""
    found = []
    while len(found) < runs and not (found and found[0][1] > LONG):
        found.append(_run(arguments, cwd))
    return Taken(found)


def _run(arguments, cwd):
    said = cwd / ".bench.stderr"
    command = [sys.executable, "-S", "-c", MEASURE, str(said), sys.executable, *map(str, arguments)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT)}
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    status, processor, clock, memory = json.loads(ran.stdout)
    told = said.read_text("utf-8", errors="replace")
    said.unlink()
    if status:
        raise SystemExit(f"{' '.join(map(str, arguments))} in {cwd} ended with status {status}:\n{told}")
    return processor, clock, memory


def main(wanted=()):
    """Print the tables that are wanted: commands, build, growth; without any, all."""
    parts = {"commands": show_commands, "build": show_builds, "growth": show_growth}
    for name, show in parts.items():
        if name in wanted or not wanted:
            with TemporaryDirectory() as folder:
                show(Path(folder))


HEADS = ("processor", "clock", "memory")


def show_commands(folder):
    """How long it takes to begin, and to check the real framework."""

    def rows():
        yield "an empty Python", *taken("-c", "pass").cells(), "", ""
        yield "import of the command", *taken("-c", "import generator.__main__").cells(), "", ""
        yield "balcony --version", *taken(*BALCONY, "--version").cells(), "", ""
        project = written(folder / "project", 1, 1)
        check = taken(*BALCONY, "check", cwd=project)
        yield "balcony check", *check.cells(), f"{MOST_CHECK} s", beside(check.processor, MOST_CHECK)

    table("Commands on the real framework", ("command", *HEADS, "limit", "of it"), rows())


def show_builds(folder):
    """How long the whole site takes, beside as many pages of plain Markdown with the same words."""

    def rows():
        project = written(folder / "project", 1, 1)
        for engine in ("mkdocs", "zensical"):
            yield from _beside_plain(project, folder / engine, engine)

    table("A strict build of the whole site", ("build", *HEADS, "limit", "of it"), rows())


def _beside_plain(project, folder, engine):
    build = taken(*BALCONY, "build", "--strict", "--engine", engine, cwd=project)
    bench_plain.write_project(project / "site", folder, project)
    plain = taken("-m", engine, "build", "--clean", cwd=folder)
    pages = sum(1 for _ in folder.rglob("content/**/*.md"))
    yield f"{engine}, {pages} pages of plain Markdown", *plain.cells(), "", ""
    ratio = build.processor / plain.processor
    yield f"balcony build --strict, {engine}", *build.cells(), f"{MOST_BUILD} x", f"{ratio:.2f} x"


def show_growth(folder):
    """How time and memory grow with the framework, and with a team."""
    begin = taken(*BALCONY, "--version")
    frameworks = {}

    def rows():
        for command in ("check", "diff", "build"):
            before = None
            for times, lens_times in SIZES:
                project = frameworks.setdefault(times, written(folder / str(times), times, lens_times))
                strict = ["--strict"] if command == "build" else []
                found = taken(*BALCONY, command, *strict, cwd=project)
                what = f"balcony {command}, {40 * times:,} questions, {13 * lens_times} lenses"
                yield what, *found.cells(), "", _growth(begin, before, found)
                before = found
            if command == "build":
                yield from plain_rows()
        yield from sheet_rows()

    def plain_rows():
        before = None
        for times, _ in SIZES:
            plain = folder / f"plain-{times}"
            bench_plain.write_project(frameworks[times] / "site", plain, frameworks[times])
            found = taken("-m", "mkdocs", "build", "--clean", cwd=plain)
            yield (
                f"the engine alone, as much plain Markdown as {40 * times:,}",
                *found.cells(),
                "",
                _growth(begin, before, found),
            )
            before = found

    def sheet_rows():
        before = None
        for times, _ in SIZES:
            sheets = with_sheets(frameworks[times], 5)
            found = taken(*BALCONY, "score", *sheets, cwd=frameworks[times])
            yield (
                f"balcony score, {40 * times:,} questions, 5 sheets",
                *found.cells(),
                "",
                _growth(begin, before, found),
            )
            before = found
        before, fewer = None, 1
        for count in TEAMS:
            sheets = with_sheets(frameworks[1], count)
            found = taken(*BALCONY, "score", "--team", *sheets, cwd=frameworks[1])
            grows = _growth(begin, before, found, count / fewer)
            yield f"balcony score --team, 40 questions, {count:,} sheets", *found.cells(), "", grows
            before, fewer = found, count

    table("Growth", ("command", *HEADS, "limit", "growth"), rows())


def _growth(begin, before, found, times=10):
    """What ten times as much took, in tenths of ten times as long. What is spent before a command begins does not grow."""
    if before is None:
        return ""
    return f"{(found.processor - begin.processor) / max(before.processor - begin.processor, 0.001) / times:.2f}"


def written(project, times, lens_times):
    """A project on the disk, if it is not there yet."""
    if not project.is_dir():
        project.mkdir()
        bench_frameworks.write_project(project, times, lens_times)
    return project


def with_sheets(project, count):
    """Made-up sheets of people who have answered a project's framework."""
    framework = reading.framework(project / "framework")
    folder = project / "sheets"
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.balcony.json" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps(made_up_sheet(framework, number)), "utf-8")
    return paths


if __name__ == "__main__":
    say(__doc__.splitlines()[0])
    main(sys.argv[1:])
