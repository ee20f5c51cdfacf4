"""A site engine, run as `python -m generator.engine NAME ARGUMENTS` in a process of its own.

It does what the engine's own command does, but that a fault of the disk is told in words and not as a traceback.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from generator import files
from generator.problems import ProblemsError, formatted, summary

_OS_ERROR = re.compile(r"\(os error (\d+)\)")


def main() -> None:
    """Run the engine that the first argument names, with the others. Exit status 1 on a fault of the disk."""
    name, *arguments = sys.argv[1:]
    if find_spec(name) is None:
        print(f"{name} is not installed. Install it: pip install {name}", file=sys.stderr)  # noqa: T201  # as below
        sys.exit(1)
    sys.argv = [name, *arguments]
    if sys.argv[:2] == ["mkdocs", "build"]:
        _check()
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    except OSError as error:
        _stop(error)
    except RuntimeError as error:  # so Zensical tells of its own faults, those of the disk among them
        found = _OS_ERROR.search(str(error))
        if not found:
            raise
        _stop(OSError(int(found[1]), os.strerror(int(found[1]))))


def _check() -> None:
    """Say every problem before the engine says anything. What is read and rendered here, the pages of this process have at hand."""
    from generator import site  # noqa: PLC0415  # what renders pages takes time to load, and Zensical does so by itself

    try:
        site.page_macros(Path.cwd(), site.repository(Path.cwd()))
    except ProblemsError as error:
        print(formatted(error.problems, "text"))  # noqa: T201  # as the commands of `balcony` do
        print(summary(error.problems), file=sys.stderr)  # noqa: T201
        sys.exit(1)


def _stop(error: OSError) -> NoReturn:
    print(files.in_words(error), file=sys.stderr)  # noqa: T201  # beside what the engine itself prints
    sys.exit(1)


if __name__ == "__main__":
    main()
