"""Words in brackets that a publisher has yet to fill in: `**[name of your organisation]**` on a page.

A site that is published for good has none (METHOD 3.6). A page of templates, made to be copied, says so in its head with
`placeholders: allowed`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator import edition, publisher, reading, site
from generator.edition_pages import CONTENT, head_of
from generator.problems import Place, Problem, ProblemsError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.publisher import Facts

_ALLOWED = "allowed"
_WRITTEN = re.compile(r"\*\*\[(?P<words>[^\[\]]+)\]\*\*")
_CALLED = re.compile(r"\{\{-?\s*told\(\s*[\"'](?P<fact>\w+)[\"']\s*\)")
_NOT_SHOWN = re.compile(r"<!--.*?-->|\{#.*?#\}|^(```|~~~).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
"""Comments, and code that shows how something is written."""


def check(projects: Mapping[str, Path], project: Path, id_: str | None = None) -> None:
    """Make sure that no page of a site waits for its publisher.

    Arguments:
        projects: What the site is built from, by where each part of it stands.
        project: The folder that holds mkdocs.yml and editions/.
        id_: The edition whose site it is; None for the framework's own.

    Raises:
        ProblemsError: With every place that is still to be filled in.
    """
    found = [problem for each in projects.values() for problem in problems(each, project, id_)]
    if found:
        raise ProblemsError(found)


def problems(built_from: Path, project: Path, id_: str | None = None) -> Iterator[Problem]:
    """Every place on the pages of one project that is still to be filled in.

    Arguments:
        built_from: The folder that the site is built from.
        project: As for `check`.
        id_: As for `check`.
    """
    told = publisher.facts(built_from, site.sound_framework(built_from).outline.edition)
    content = built_from / CONTENT
    for page in sorted(content.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if head_of(text).get("placeholders") != _ALLOWED:
            path = page.relative_to(content).as_posix()
            yield from in_text(text, _source(path, built_from, project, id_), told)


def in_text(text: str, file: str, told: Facts) -> Iterator[Problem]:
    """Every place of a page that is still to be filled in.

    Arguments:
        text: The page.
        file: Its name, as problems should show it.
        told: What the publisher has told.
    """
    seen = _NOT_SHOWN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in _WRITTEN.finditer(seen):
        message = f"{quoted(found['words'])} is still to be filled in"
        yield Problem(_place(seen, found.start(), file), "", message, "write your own words in place of the brackets")
    for found in _CALLED.finditer(seen):
        name = found["fact"]
        if name in publisher.FACTS and name not in told:
            message = f"{quoted(publisher.FACTS[name].wanted)} is still to be filled in"
            yield Problem(_place(seen, found.start(), file), "", message, publisher.missing(name))


def _place(text: str, at: int, file: str) -> Place:
    before = text[:at]
    return Place(file, before.count("\n") + 1, at - before.rfind("\n"))


def _source(path: str, built_from: Path, project: Path, id_: str | None) -> str:
    """Where a page is written: of an edition, in its translation, in its folder, or in the project, whichever comes first."""
    own = project / edition.FOLDER / id_ if id_ else None
    folders = (own / built_from.name, own, project) if own else (project,)
    files = [folder / CONTENT / path for folder in folders]
    # One that Balcony itself writes stands nowhere yet: its own place is where somebody would put it.
    return reading.shown(next((file for file in files if file.is_file()), files[0 if len(files) == 1 else 1]))
