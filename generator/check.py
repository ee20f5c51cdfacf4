"""Everything that is wrong with a framework, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import edition, reading, release, timing, writing
from generator.problems import Problem, ProblemsError, in_order

if TYPE_CHECKING:
    from pathlib import Path

    from generator.edition import EditionReading
    from generator.reading import Reading


def problems(folder: Path, sources: Path | None = None) -> list[Problem]:
    """Every problem of a framework: those that stop it from being read, those of its wording, and those of its releases.

    Arguments:
        folder: The folder that holds framework.yml.
        sources: A folder of the sources' own texts, as .txt files, of which nothing may be copied.
    """
    return _all(reading.read(folder), sources)


def edition_problems(project: Path, id_: str) -> list[Problem]:
    """Every problem of an edition: of its files, and of its own wording.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.
    """
    return edition_and_problems(project, id_)[1]


def edition_and_problems(project: Path, id_: str) -> tuple[EditionReading, list[Problem]]:
    """An edition with every problem of it, as `edition_problems` has them.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.
    """
    found = edition.read(project, id_)
    return found, _edition_problems(found, project / edition.FOLDER / id_)


def sound_edition(project: Path, id_: str) -> EditionReading:
    """Read an edition that a site is to be built from.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.

    Raises:
        ProblemsError: With every error of it.
    """
    found, problems = edition_and_problems(project, id_)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ProblemsError(errors)
    return found


def _edition_problems(found: EditionReading, folder: Path) -> list[Problem]:
    """Those of an edition, and of its wording: what stands in edition.yml is no wording, and the base is not its own."""
    wording = writing.problems(found.reading.documents, {}) if found.reading else ()
    ours, outline = reading.shown(folder), reading.shown(folder / edition.OUTLINE)
    own = (each for each in wording if each.place.file.startswith(f"{ours}/") and each.place.file != outline)
    return in_order([*found.problems, *own])


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
