"""A new edition, ready to fill in, which passes `balcony check` and builds as it stands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from generator import edition, files, reading, release
from generator.model import ID_PATTERN
from generator.problems import ProblemsError
from generator.rendering import environment

if TYPE_CHECKING:
    from pathlib import Path

ID = ID_PATTERN
_FILES = ("edition.yml", "rewordings.yml", "indicators.yml")
_LISTS = {"lenses.yml": "Lenses", "exercises.yml": "Exercises"}


@dataclass(frozen=True)
class Wanted:
    """What somebody said of a new edition."""

    id: str
    name: str
    organisation: str
    contact: str
    primary: str = ""
    accent: str = ""


def write(project: Path, wanted: Wanted) -> list[Path]:
    """Write a new edition.

    Arguments:
        project: The folder that holds framework/.
        wanted: Whose it is.

    Returns:
        The files that were written.

    Raises:
        ReleaseError: When there is no release to build on.
        ProblemsError: With every problem of the framework, if it has any.
        FileExistsError: When there is such an edition already.
        WriteError: When it cannot be written. Then nothing is there.
    """
    found = reading.read(project / "framework")
    framework = found.framework
    if framework is None:
        raise ProblemsError(found.problems)
    if not found.releases:
        raise release.ReleaseError(
            f"There is no release to build on. Make one first: balcony release {framework.version}"
        )
    folder = project / edition.FOLDER / wanted.id
    if os.path.lexists(folder):
        raise FileExistsError
    values = {
        "id": wanted.id,
        "name": wanted.name,
        "organisation": wanted.organisation,
        "contact": wanted.contact,
        "primary": wanted.primary,
        "accent": wanted.accent or wanted.primary,
        "based_on": f"{framework.id}@{found.releases[-1].version}",
        "framework_id": framework.id,
        "variables": framework.outline.variables,
        "allowed": framework.settings.minimum_group_allowed,
        "minimum_group": framework.settings.minimum_group,
        "section": framework.sections[0].id,
        "indicator": framework.sections[0].indicators[0],
        "lens": framework.lenses[0],
        "hidden": framework.lenses[-1].id,
        "exercise": framework.exercises[-1].id if framework.exercises else "",
        "level": framework.outline.levels[0].name,
    }
    texts = {name: _rendered(name, values) for name in _FILES}
    texts |= {
        name: f"# {noun} of your own, as a list. Each has the keys that framework/README.md explains, and an id that begins with {wanted.id}-.\n"
        for name, noun in _LISTS.items()
    }
    texts[f"content/{wanted.id}.md"] = _rendered("page.md", values)
    with files.folder(folder) as new:
        files.write({new / name: text for name, text in texts.items()})
    return [folder / name for name in texts]


def _rendered(name: str, values: dict[str, object]) -> str:
    # YAML and Markdown: each text is quoted by `yaml`, and nothing is to be escaped.
    plain = environment().overlay(autoescape=False, keep_trailing_newline=True)
    plain.filters = {**plain.filters, "yaml": _as_yaml}
    return plain.get_template(f"edition/{name}").render(**values)


def _as_yaml(text: object) -> str:
    """A text as one YAML value, in quotes where it needs them."""
    return str(yaml.safe_dump(str(text), allow_unicode=True, width=10_000)).removesuffix("\n").removesuffix("\n...")
