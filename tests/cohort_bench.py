"""Time and memory of `balcony cohort` for 1,000, 10,000 and 100,000 sheets: `.venv/bin/python tests/cohort_bench.py`.

Nothing is asserted. Other numbers of sheets can be named instead.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from generator import reading
from generator.score import NOT_APPLICABLE, NOT_SURE

PROJECT = Path(__file__).resolve().parent.parent
COUNTS = (1_000, 10_000, 100_000)

MEASURED = """
import resource, sys
from generator.__main__ import main
try:
    main(sys.argv[1:], prog_name="balcony")
finally:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("peak", peak * (1 if sys.platform == "darwin" else 1024))
"""
"""The command in a process of its own, which says at its end how many bytes of memory it took at most."""


def made_up_sheet(framework, number):
    """A sheet like people's: a leaning of its own, some that cannot be said, some left out."""
    random = Random(number)
    leaning = random.choice((2, 3, 3, 4))
    answers = {}
    for indicator in framework.asked("standard"):
        level = min(framework.level_count, max(1, leaning + random.choice((-1, -1, 0, 0, 0, 1))))
        likely = [level] * 16 + [NOT_SURE] * 2 + ([NOT_APPLICABLE] if indicator.not_applicable else [])
        if random.random() > 0.02:
            answers[indicator.id] = {"answer": random.choice(likely), "revision": indicator.revision}
    return {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": "standard",
        "created": f"2026-11-22T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.{number:06}Z",
        "answers": answers,
    }


def write_archive(path, framework, count):
    """A TAR of made-up sheets, written as it will be read: one at a time."""
    with gzip.open(path, "wb", compresslevel=1) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for number in range(count):
            content = json.dumps(made_up_sheet(framework, number)).encode()
            header = tarfile.TarInfo(f"{number:06}.balcony.json")
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
            archive.members.clear()


def measured(path, output):
    """Run the command on an archive.

    Returns:
        Its exit status, what it said, and the bytes of memory that it took at most.
    """
    command = [sys.executable, "-c", MEASURED, "cohort", str(path), "--output", str(output)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stderr, int(ran.stdout.rpartition("peak ")[2])


def main():
    """Make archives, run the command on each, and print what was measured."""
    framework = reading.framework(PROJECT / "framework")
    with TemporaryDirectory() as folder:
        for count in map(int, sys.argv[1:] or COUNTS):
            path = Path(folder) / f"{count}.tar.gz"
            write_archive(path, framework, count)
            begun = perf_counter()
            status, said, peak = measured(path, Path(folder) / "cohort")
            seconds = perf_counter() - begun
            print(  # noqa: T201 - for whoever runs it
                f"{count:>8,} sheets  {path.stat().st_size / 2**20:7.1f} MB packed  {seconds:7.1f} s  "
                f"{1000 * seconds / count:5.2f} ms each  {peak / 2**20:6.0f} MB at most  {said.strip() or status}",
                flush=True,
            )


if __name__ == "__main__":
    main()
