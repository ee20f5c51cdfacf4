"""Everything that is wrong with a framework, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import reading, release, timing, writing
from generator.problems import Problem, ProblemsError, in_order

if TYPE_CHECKING:
    from pathlib import Path

    from generator.reading import Reading


def problems(folder: Path, sources: Path | None = None) -> list[Problem]:
    """Every problem of a framework: those that stop it from being read, those of its wording, and those of its releases.

    Arguments:
        folder: The folder that holds framework.yml.
        sources: A folder of the sources' own texts, as .txt files, of which nothing may be copied.
    """
    return _all(reading.read(folder), sources)


def sound(folder: Path) -> Reading:
    """Read a framework that a site is to be built from.

    Raises:
        ProblemsError: With every error of its files. Warnings do not stop a build.
    """
    found = reading.read(folder)
    errors = [problem for problem in _all(found) if problem.severity == "error"]
    if errors:
        raise ProblemsError(errors)
    return found


def _all(found: Reading, sources: Path | None = None) -> list[Problem]:
    wording = writing.problems(found.documents, writing.source_runs(sources) if sources else {})
    return in_order([*found.problems, *wording, *timing.problems(found), *release.problems(found)])
