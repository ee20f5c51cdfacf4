"""The site: built by an engine from mkdocs.yml, then finished with what the engine does not know of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import lru_cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from generator import assessment, assets, calls, check, edition_site, offline, reading, sheet
from generator.problems import Place, Problem, ProblemsError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import Framework
    from generator.reading import Reading

Engine = Literal["mkdocs", "zensical"]

WATCHED = ("framework", "generator", "mkdocs.yml")
"""What `serve` rebuilds for, besides the pages themselves."""

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
    styles = project / edition_site.STYLES
    assets.publish(site_dir, styles.read_text(encoding="utf-8") if styles.is_file() else "")
    _write(site_dir / "framework.json", framework_json(framework))
    _write(site_dir / "sheet.schema.json", json.dumps(sheet.schema(), ensure_ascii=False, indent=1) + "\n")
    for name, text in assessment.data_modules(framework, releases).items():
        _write(site_dir / assets.ADDRESS / "framework" / name, text)
    offline.publish(site_dir, site_url)  # last: a single file holds what the others have written


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
        ProblemsError: With every error.
    """
    macros = calls.macros(sound_reading(project), project, suggest)
    problems = calls.problems(project / "content", macros, OFFERED_BY_PLUGIN)
    if problems:
        raise ProblemsError(problems)
    return macros


def build(project: Path, site_dir: Path, engine: Engine, *, strict: bool, quiet: bool = False) -> int:
    """Build the whole site.

    Arguments:
        project: The folder that holds mkdocs.yml.
        site_dir: Where the site goes.
        engine: Which of the two builds it, from the same mkdocs.yml.
        strict: Whether the engine's warnings end the build.
        quiet: Whether what the engine says is shown only if it fails.

    Returns:
        0 when the site is built, 1 when the engine could not build it and said why.

    Raises:
        ProblemsError: With every error of the framework and of the pages' calls, before anything is written.
    """
    sound_macros(project)
    command = [engine, "build", "--clean", *(["--strict"] if strict else [])]
    return _run(command, project, quiet=quiet, BALCONY_SITE_DIR=str(site_dir.resolve()))


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
        return Path(copyfile(found, target or name))


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
    """A text that changes when a file of the framework or a page does."""
    framework = framework_folder(project)
    benchmark = framework.glob(reading.BENCHMARK)
    files = sorted([*framework.rglob("*.y*ml"), *benchmark, *(project / "content").rglob("*.md")])
    return "\n".join(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files)


def _run(command: list[str], project: Path, *, quiet: bool = False, **settings: str) -> int:
    """Run an engine of this Python's environment in the project's folder; 0 when all went well, and 1 otherwise."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    whole = [sys.executable, "-m", *command]
    ended = subprocess.run(whole, cwd=project, env=environment, check=False, capture_output=quiet)
    if ended.returncode and quiet:
        sys.stderr.buffer.write(ended.stdout + ended.stderr)
    return 1 if ended.returncode else 0
