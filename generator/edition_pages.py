"""The pages of an edition: those of the project with its own over them, and in another language those that it has translated.

What Balcony itself has written, it writes in the other language too. Every other page with words of its own needs a translation
(METHOD 3.6): a page of the same name below the translation's content/, which says in its head how far it is (`status`) and from
which text it was made (`from`).
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import yaml

from generator import edition, reading, scaffold
from generator.problems import Place, Problem, quoted
from generator.translation import STATUSES
from generator.words import own_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.edition import EditionReading
    from generator.model import Edition

CONTENT = "content"

_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)


def pages(project: Path, folder: Path, told: Edition) -> dict[str, Path]:
    """The pages of an edition in the framework's language, by their path below content/.

    Arguments:
        project: The folder that holds content/ and editions/.
        folder: The edition's.
        told: The edition.
    """
    found = {
        path.relative_to(content).as_posix(): path
        for content in (project / CONTENT, folder / CONTENT)
        for path in sorted(content.rglob("*.md"))
    }
    return {path: file for path, file in found.items() if path not in hidden(told)}


def own(project: Path, folder: Path) -> list[str]:
    """The pages that only an edition has."""
    content = folder / CONTENT
    paths = sorted(path.relative_to(content).as_posix() for path in content.rglob("*.md"))
    return [path for path in paths if not (project / CONTENT / path).exists()]


def hidden(told: Edition) -> set[str]:
    """The pages that an edition leaves out, and those about what it leaves out."""
    lenses = {f"framework/{id_}.md" for id_ in told.hide.lenses}
    return lenses | {f"exercises/{id_}.md" for id_ in told.hide.exercises} | set(told.hide.pages)


def lay(project: Path, folder: Path, told: Edition, target: Path, language: str | None) -> None:
    """Put the pages of an edition where its site is built from.

    Arguments:
        project: The folder that holds content/ and editions/.
        folder: The edition's.
        told: The edition.
        target: Where they go. It is made.
        language: The language of a translation; None for the framework's own.
    """
    only_files = shutil.ignore_patterns("*.md") if language else None
    for content in (project / CONTENT, folder / CONTENT):
        if content.is_dir():
            shutil.copytree(content, target, dirs_exist_ok=True, ignore=only_files)
    if language and (folder / language / CONTENT).is_dir():
        shutil.copytree(folder / language / CONTENT, target, dirs_exist_ok=True)
    for path in hidden(told):
        (target / path).unlink(missing_ok=True)


def to_translate(found: EditionReading, project: Path) -> dict[str, str]:
    """The pages with words of their own, by their path: the text of each.

    Arguments:
        found: The edition, without a problem in the framework's language.
        project: The folder that holds content/ and editions/.
    """
    assert found.edition is not None
    assert found.reading is not None
    frameworks = (found.reading.framework, reading.read(project / "framework").framework)
    written = {(page.path, page.text) for each in frameworks if each for page in scaffold.planned(each)}
    folder = project / edition.FOLDER / found.edition.id
    texts = {path: file.read_text(encoding="utf-8") for path, file in pages(project, folder, found.edition).items()}
    return {path: text for path, text in texts.items() if (path, text) not in written and _has_words(text)}


def _has_words(text: str) -> bool:
    return bool(_CALL.sub("", _HEAD.sub("", text)).strip())


def problems(found: EditionReading, project: Path) -> list[Problem]:
    """Every page that a translation lacks, or that does not say how far it is, or whose English has changed since.

    Arguments:
        found: The edition.
        project: The folder that holds content/ and editions/.
    """
    if found.edition is None or found.reading is None or found.reading.framework is None or not found.translations:
        return []
    folder = project / edition.FOLDER / found.edition.id
    wanted = to_translate(found, project)
    return [
        problem
        for language in found.translations
        for problem in (*_missing(wanted, folder / language, language), *_stale(wanted, folder / language))
    ]


def _missing(wanted: Mapping[str, str], folder: Path, language: str) -> Iterator[Problem]:
    for path in wanted:
        if not (folder / CONTENT / path).is_file():
            hint = "balcony edition translate puts the page there, to be translated; or leave it out with hide: pages"
            yield Problem(
                Place(reading.shown(folder / CONTENT / path)), "", f"the page has no {own_name(language)}", hint
            )


def _stale(wanted: Mapping[str, str], folder: Path) -> Iterator[Problem]:
    for path, text in wanted.items():
        file = folder / CONTENT / path
        if not file.is_file():
            continue
        place, head = Place(reading.shown(file), 1), head_of(file.read_text(encoding="utf-8"))
        status, made_from = head.get("status"), head.get("from")
        if status not in STATUSES:
            yield Problem(
                place, "status", f"{quoted(status)} is no status", f"write one of {', '.join(STATUSES)} in its head"
            )
        elif status == "to-do":
            yield Problem(place, "status", "the page is not translated yet", "translate it, and write status: draft")
        if str(made_from) != fingerprint(text):
            message = "the page that it was translated from has changed"
            hint = f"bring it in line, and write from: {fingerprint(text)}"
            yield Problem(place, "from", message, hint, "warning")


def statuses(folder: Path) -> Counter[str]:
    """How many pages of a translation have each status.

    Arguments:
        folder: The translation's.
    """
    files = sorted((folder / CONTENT).rglob("*.md"))
    return Counter(str(head_of(file.read_text(encoding="utf-8")).get("status")) for file in files)


def head_of(text: str) -> dict[str, Any]:
    """What stands in the head of a page."""
    found = _HEAD.match(text)
    try:
        data = yaml.safe_load(found[1]) if found else {}
    except yaml.YAMLError:
        return {}
    return data if isinstance(data, dict) else {}


def fingerprint(text: str) -> str:
    """What tells a text from any other."""
    # A number in quotes stays a text in YAML, whatever its digits: it begins with a letter.
    return f"t{sha256(text.encode()).hexdigest()[:11]}"
