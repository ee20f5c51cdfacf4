"""The site: built by an engine from mkdocs.yml, then finished with what the engine does not know of."""

from __future__ import annotations

import atexit
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from generator import (
    assessment,
    assets,
    calls,
    catalogue,
    check,
    content_security,
    files,
    offline,
    publisher,
    reading,
    sheet,
)
from generator.problems import Place, Problem, ProblemsError, quoted
from generator.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.model import Framework
    from generator.reading import Reading

Engine = Literal["mkdocs", "zensical"]

WATCHED = ("framework", "generator", "mkdocs.yml")
"""What `serve` rebuilds for, besides the pages themselves."""

_DAY = re.compile(r"\s*<lastmod>[^<]*</lastmod>")

OFFERED_BY_PLUGIN = frozenset({"context", "macros_info", "now", "fix_url"})
"""Macros that the plugin itself brings."""


def framework_folder(project: Path) -> Path:
    """The framework that a project's site is built from."""
    return project / "framework"


def finish(site_dir: Path, project: Path, site_url: str | None) -> None:
    """Add to a built site what no engine knows of: the browser's modules and styles, framework.json, the single files.

    Arguments:
        site_dir: The built site.
        project: The folder that holds mkdocs.yml and framework/.
        site_url: The address at which the site is published, if mkdocs.yml says so.
    """
    if not site_dir.is_dir():  # the engine failed and said so
        return
    framework, releases = sound_framework(project), sound_reading(project).releases
    words = catalogue.words_of(framework.outline.language)
    styles = project / assets.STYLES
    assets.publish(site_dir, styles.read_text(encoding="utf-8") if styles.is_file() else "", words)
    _write(site_dir / "framework.json", framework_json(framework))
    _write(site_dir / "sheet.schema.json", json.dumps(sheet.schema(), ensure_ascii=False, indent=1) + "\n")
    with spoken(words):
        modules = assessment.data_modules(framework, releases)
    for name, text in modules.items():
        _write(site_dir / assets.ADDRESS / "framework" / name, text)
    _forget_the_day(site_dir)
    offline.publish(site_dir, site_url)  # a single file holds what the others have written
    if not _is_preview():
        content_security.publish(site_dir)  # last: it is about all that stands in a page


def _is_preview() -> bool:
    """Whether MkDocs serves the site while its files change. It puts a script into every page then, as it is asked for."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


@cache
def finish_at_exit(site_dir: Path, project: Path, site_url: str | None) -> None:
    """Finish a site when Zensical is done, once, and forget its cache.

    The cache knows the pages and not the framework's files: a page taken from it would be out of date, and a build that
    takes all of them from it would never come here.

    Arguments:
        site_dir: As for `finish`.
        project: As for `finish`.
        site_url: As for `finish`.
    """

    def last() -> None:
        try:
            finish(site_dir, project, site_url)
        except (OSError, ProblemsError) as error:
            print(files.in_words(error) if isinstance(error, OSError) else error, file=sys.stderr, flush=True)  # noqa: T201
            os._exit(1)  # the status of what goes wrong this late is lost otherwise

    atexit.register(last)
    atexit.register(shutil.rmtree, project / ".cache", ignore_errors=True)


def _forget_the_day(site_dir: Path) -> None:
    """Take the day of the build out of the sitemap: it says nothing about the pages, and no two builds would be equal."""
    sitemap, packed = site_dir / "sitemap.xml", site_dir / "sitemap.xml.gz"
    if sitemap.is_file():
        _write(sitemap, _DAY.sub("", sitemap.read_text(encoding="utf-8")))
        if packed.is_file():
            packed.write_bytes(gzip.compress(sitemap.read_bytes(), mtime=0))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def framework_json(framework: Framework) -> str:
    """The whole framework for other people's tools, with the keys of the YAML."""
    return json.dumps(framework.as_data(), ensure_ascii=False, indent=1) + "\n"


def sound_reading(project: Path) -> Reading:
    """A project's framework, read once for as long as its files stay the same.

    Raises:
        ProblemsError: With every error.
    """
    return _sound_reading(framework_folder(project), fingerprint(project))


def sound_framework(project: Path) -> Framework:
    """The framework of `sound_reading`, without where its words stand.

    Raises:
        ProblemsError: With every error.
    """
    framework = sound_reading(project).framework
    assert framework is not None
    return framework


@lru_cache(maxsize=1)
def _sound_reading(folder: Path, _: str) -> Reading:
    return check.sound(folder)


def sound_macros(project: Path, suggest: str | None = None) -> calls.Macros:
    """The macros that a project's pages may call, once nothing is wrong with its framework nor with the calls.

    Arguments:
        project: The folder that holds content/ and framework/.
        suggest: The start of an address at which a file of the repository is edited.

    Raises:
        ProblemsError: With every error, also of what mkdocs.yml says about the publisher.
    """
    macros = calls.macros(sound_reading(project), project, suggest)
    problems = [*publisher.problems(project), *calls.problems(project / "content", macros, OFFERED_BY_PLUGIN)]
    if problems:
        raise ProblemsError(problems)
    return macros


@lru_cache(maxsize=1)
def page_macros(project: Path, suggest: str | None, _: str) -> calls.Macros:
    """The macros of `sound_macros`, read once for as long as `fingerprint` stays the same: Zensical asks for every page."""
    return sound_macros(project, suggest)


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
        0 when the site is built, 1 when the engine could not build it and said why. Then what was there stays.

    Raises:
        ProblemsError: With every error of the framework and of the pages' calls, before anything is written.
        WriteError: When the site cannot be written, or something else is where it goes.
    """
    projects = {"": project, **inside}
    for each in projects.values():
        sound_macros(each)
    command = [engine, "build", "--clean", *(["--strict"] if strict else [])]
    try:
        with files.folder(site_dir, _is_site) as new:
            for path, each in projects.items():
                with _within(each, new / path, engine) as place:
                    _finish_run(_run(command, each, quiet=quiet, BALCONY_SITE_DIR=str(place)))
    except _EngineError:
        return 1
    return 0


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
    name = f"{sound_framework(project).id}-{form}.html"
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
    wait_until_sound(project, tell)
    watch = [argument for name in WATCHED for argument in ("--watch", name)]
    try:
        return _run(["mkdocs", "serve", "--dev-addr", address, *watch], project)
    except KeyboardInterrupt:
        return 0


def wait_until_sound(project: Path, tell: Callable[[Sequence[Problem]], None], pause: float = 0.5) -> None:
    """Come back once the framework has no errors; tell them whenever its files change until then."""
    while True:
        seen = fingerprint(project)
        try:
            sound_macros(project)
        except ProblemsError as error:
            tell(error.problems)
        else:
            return
        while fingerprint(project) == seen:
            time.sleep(pause)


def fingerprint(project: Path) -> str:
    """A text that changes when a file of the framework, a page or mkdocs.yml does."""
    framework = framework_folder(project)
    benchmark = framework.glob(reading.BENCHMARK)
    told = project.glob(publisher.CONFIGURATION)
    files = sorted([*framework.rglob("*.y*ml"), *benchmark, *(project / "content").rglob("*.md"), *told])
    return "\n".join(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files)


def _run(command: list[str], project: Path, *, quiet: bool = False, **settings: str) -> int:
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
