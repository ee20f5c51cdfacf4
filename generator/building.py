"""The whole site, built in one go by an engine in a process of its own: into a folder that takes its place once it is done.

What renders pages is loaded there, and here only where it is needed before.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NoReturn

from generator import files
from generator.problems import Place, Problem, ProblemsError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Engine = Literal["mkdocs", "zensical"]


def build(
    project: Path,
    site_dir: Path,
    engine: Engine,
    *,
    strict: bool,
    quiet: bool = False,
    inside: Mapping[str, Path] = MappingProxyType({}),
) -> int:
    """Build the whole site.

    Arguments:
        project: The folder that holds mkdocs.yml.
        site_dir: Where the site goes.
        engine: Which of the two builds it, from the same mkdocs.yml.
        strict: Whether the engine's warnings end the build.
        quiet: Whether what the engine says is shown only if it fails.
        inside: Projects whose sites stand inside this one, such as those in other languages, by their path from its top.

    Returns:
        0 when the site is built, 1 when the engine could not build it and said why. Then what was there stays. MkDocs'
        process also says every error of the framework and of the pages' calls, before the engine begins.

    Raises:
        ProblemsError: With every one of these errors, where they are looked for here: before the first of several sites,
            where nothing is to be said, and for Zensical.
        WriteError: When the site cannot be written, or something else is where it goes.
    """
    projects = {"": project, **inside}
    if inside or quiet or engine != "mkdocs":
        _check(projects.values())
    command = [engine, "build", "--clean", *(["--strict"] if strict else [])]
    try:
        with files.folder(site_dir, _is_site) as new:
            for path, each in projects.items():
                with _within(each, new / path, engine) as place:
                    _finish_run(run(command, each, quiet=quiet, BALCONY_SITE_DIR=str(place)))
    except _EngineError:
        return 1
    return 0


def _check(projects: Iterable[Path]) -> None:
    from generator import site  # noqa: PLC0415  # what renders pages takes time to load

    for each in projects:
        site.sound_macros(each)


def _finish_run(status: int) -> None:
    if status:
        raise _EngineError


class _EngineError(Exception):
    """The engine could not build the site, and said why."""


def _is_site(folder: Path) -> bool:
    """Whether a folder holds what a build has made, and nothing else that anybody would miss."""
    return all((folder / name).is_file() for name in ("framework.json", "sheet.schema.json", "index.html"))


@contextmanager
def _within(project: Path, new: Path, engine: Engine) -> Iterator[Path]:
    """Where an engine can build what is to become a folder.

    Zensical writes nowhere but in the project, where two of its processes would share a cache.
    """
    if engine == "mkdocs":
        yield new
        return
    with ExitStack() as cleaning:
        cleaning.enter_context(files.one_at_a_time(project))
        if new.is_relative_to(project.resolve()):
            yield new
            return
        with files.told_of(project):
            work = cleaning.enter_context(files.aside(project.resolve(), "site"))
        yield work / new.name
        with files.told_of(new):
            shutil.copytree(work / new.name, new, dirs_exist_ok=True)


def run(command: list[str], project: Path, *, quiet: bool = False, **settings: str) -> int:
    """Run an engine of this Python's environment in the project's folder; 0 when all went well, and 1 otherwise.

    Who ends this process ends the engine too.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    whole = [sys.executable, "-m", "generator.engine", *command]
    with _leaving_when_told():
        ended = subprocess.run(whole, cwd=project, env=environment, check=False, capture_output=quiet)
    if ended.returncode and quiet:
        sys.stderr.buffer.write(ended.stdout + ended.stderr)
    return 1 if ended.returncode else 0


@contextmanager
def _leaving_when_told() -> Iterator[None]:
    """Let SIGTERM, which `kill` and containers send, end this process as Ctrl+C does, with all that has to be cleared."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def write_single_file(project: Path, form: str, target: Path | None) -> Path | None:
    """Build the site aside, and keep the single file of one form.

    Arguments:
        project: The folder that holds mkdocs.yml.
        form: The id of the form.
        target: Where the file goes; without it, into the current folder under its own name.

    Returns:
        Where the file is, or None when the engine could not build the site and said why.

    Raises:
        ProblemsError: With every error of the framework and of the pages' calls, or when no page offers the file.
    """
    from generator import site  # noqa: PLC0415  # as above

    name = f"{site.sound_framework(project).id}-{form}.html"
    with TemporaryDirectory() as folder:
        if build(project, Path(folder), "mkdocs", strict=False, quiet=True):
            return None
        found = next(Path(folder).rglob(name), None)
        if found is None:
            hint = f'give it a page in content/ that calls assessment("{form}")'
            raise ProblemsError(
                [Problem(Place("content"), "", f"no page offers the form {quoted(form)} as a file", hint)]
            )
        return files.write({target or Path(name): found.read_bytes()})[0]


def serve(project: Path, address: str, tell: Callable[[Sequence[Problem]], None]) -> int:
    """Serve the site and rebuild it on every change, until interrupted.

    Arguments:
        project: The folder that holds mkdocs.yml.
        address: Host and port.
        tell: Shows the problems that keep the site from being built; called again when they change.
    """
    from generator import site  # noqa: PLC0415  # as above

    site.wait_until_sound(project, tell)
    watch = [argument for name in site.WATCHED for argument in ("--watch", name)]
    try:
        return run(["mkdocs", "serve", "--dev-addr", address, *watch], project)
    except KeyboardInterrupt:
        return 0
