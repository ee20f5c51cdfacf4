"""The site: built by an engine from mkdocs.yml, then finished with what the engine does not know of."""

from __future__ import annotations

import atexit
import gzip
import json
import os
import re
import shutil
import sys
import time
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import (
    assessment,
    assets,
    calls,
    catalogue,
    check,
    configuration,
    content_security,
    document,
    files,
    machines,
    offline,
    publisher,
    reading,
    rounds,
    schema,
    search,
    terms,
)
from generator.problems import ProblemsError
from generator.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import Framework
    from generator.problems import Problem
    from generator.reading import Reading

WATCHED = ("framework", "generator", "mkdocs.yml")
"""What `serve` rebuilds for, besides the pages themselves."""

SCHEMAS = Path(__file__).parent / "schemas"
"""The schemas of contracts, as `tests/contracts.py` wrote them: to make them anew takes as long as many pages."""

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
    _put_in_place(site_dir)
    framework, releases = sound_framework(project), sound_reading(project).releases
    words = catalogue.words_of(framework.outline.language)
    styles = project / assets.STYLES
    assets.publish(site_dir, styles.read_text(encoding="utf-8") if styles.is_file() else "", words)
    _write(site_dir / "framework.json", framework_json(framework))
    for name in schema.SAVED:
        _write(site_dir / f"{name}.schema.json", (SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    with spoken(words):
        modules = assessment.data_modules(framework, releases)
    for name, text in modules.items():
        _write(site_dir / assets.ADDRESS / "framework" / name, text)
    rounds.publish(site_dir, project / "content")
    _forget_the_day(site_dir)
    with spoken(words):
        _help_to_find(site_dir, framework, project, site_url)
    offline.publish(site_dir, site_url)  # a single file holds what the others have written
    if not _is_preview():
        content_security.publish(site_dir)  # last: it is about all that stands in a page


def _help_to_find(site_dir: Path, framework: Framework, project: Path, site_url: str | None) -> None:
    """Let people and programs find what is on a site: its search, its terms, and what it says of its pages."""
    told = configuration.read((project / "mkdocs.yml").read_text(encoding="utf-8"))
    site_name = str(told.get("site_name", ""))
    heads = machines.heads(site_dir, site_name)
    forms = {f"assess/{form.id}/" for form in framework.outline.forms} | {"team/"}
    search.publish(site_dir, framework, {each: heads[each].description for each in forms if each in heads})
    machines.publish(site_dir, told, heads, site_url)
    terms.publish(site_dir, framework.glossary, site_name)


_held: dict[str, str] = {}
"""HTML that waits for its page to be built, by what stands there for it."""
_HOLDER = re.compile(r'<div data-held="\w+"></div>')


def held(html: str) -> str:
    """What stands in a page for HTML that neither Markdown nor a search has to read. `finish` puts the HTML there."""
    holder = f'<div data-held="{sha256(html.encode()).hexdigest()}"></div>'
    _held[holder] = html
    return holder


def _put_in_place(site_dir: Path) -> None:
    """Put HTML that was held back into its pages."""
    for path in sorted(site_dir.rglob("*.html")) if _held else ():
        text = path.read_text(encoding="utf-8")
        if "data-held" in text:
            _write(path, _HOLDER.sub(lambda found: _held.get(found[0], found[0]), text))
    _held.clear()


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


def page_macros(project: Path, repository: str | None) -> calls.Macros:
    """The macros of `sound_macros`, read once for as long as `fingerprint` stays the same: Zensical asks for every page.

    Arguments:
        project: The folder that holds content/ and framework/.
        repository: Its address, as `repo_url` in mkdocs.yml has it.
    """
    suggest = f"{repository.rstrip('/')}/edit/main/" if repository else None
    return _page_macros(project, suggest, fingerprint(project))


@lru_cache(maxsize=1)
def _page_macros(project: Path, suggest: str | None, _: str) -> calls.Macros:
    return sound_macros(project, suggest)


def repository(project: Path) -> str | None:
    """The address of a project's repository, as far as its mkdocs.yml can be read and has it."""
    file = project / publisher.CONFIGURATION
    found, _ = document.parse(file.read_bytes(), file.name, "configuration") if file.is_file() else (None, [])
    return next((value for _, value in found.find("repo_url") if isinstance(value, str)), None) if found else None


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
    """A text that changes when a file of the framework, a page, a sheet that pages show or mkdocs.yml does."""
    framework = framework_folder(project)
    benchmark = framework.glob(reading.BENCHMARK)
    told = project.glob(publisher.CONFIGURATION)
    content = project / "content"
    shown = [*content.rglob("*.md"), *content.rglob(rounds.SHEETS)]
    files = sorted([*framework.rglob("*.y*ml"), *benchmark, *shown, *told])
    return "\n".join(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files)
