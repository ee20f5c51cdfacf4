"""A project made from an edition: a framework folder, pages and a configuration like any other, from which its site is built.

So the rest of Balcony knows no editions: it reads, checks and builds what stands here.
"""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from generator import check, colours, edition, reading, release, schema
from generator.problems import ProblemsError
from generator.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.document import Document
    from generator.edition import EditionReading
    from generator.model import Colours, Edition
    from generator.problems import Problem

PAGE = "about/edition.md"
"""The page that says what an edition changes, and why."""
STYLES = "edition.css"
LOGO = "assets/edition.svg"
_FOLDERS = {"section": "sections", "lens": "lenses", "exercise": "exercises"}
_WIDE = 10_000
"""Characters of a line of YAML: no text is broken."""


@contextmanager
def project_of(project: Path, id_: str) -> Iterator[Path]:
    """Make an edition's project, for as long as it takes to build it.

    Arguments:
        project: The folder that holds mkdocs.yml, framework/ and editions/.
        id_: The edition's id.

    Raises:
        ProblemsError: With every error of the edition.
    """
    found = check.sound_edition(project, id_)
    with TemporaryDirectory(prefix="balcony-") as folder:
        target = Path(folder)
        shutil.copytree(project / "generator", target / "generator", ignore=shutil.ignore_patterns("__pycache__"))
        _write(found, project, target)
        yield target


def follow(
    project: Path, id_: str, target: Path, tell: Callable[[Sequence[Problem]], None], pause: float = 0.5
) -> NoReturn:
    """Bring an edition's project in line whenever its files change: what serves it does the rest.

    Arguments:
        project: The folder that holds mkdocs.yml, framework/ and editions/.
        id_: The edition's id.
        target: What `project_of` made.
        tell: Shows the problems that keep it from being brought in line.
        pause: Seconds between two looks.
    """
    seen = _fingerprint(project, id_)
    while True:
        time.sleep(pause)
        now = _fingerprint(project, id_)
        if now == seen:
            continue
        seen = now
        try:
            _write(check.sound_edition(project, id_), project, target)
        except ProblemsError as error:
            tell(error.problems)


def _fingerprint(project: Path, id_: str) -> list[tuple[Path, int]]:
    """What changes when a file of the edition or a page does."""
    folders = (project / edition.FOLDER / id_, project / "content")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [(path, path.stat().st_mtime_ns) for path in files]


def _write(found: EditionReading, project: Path, target: Path) -> None:
    assert found.edition is not None
    assert found.reading is not None
    own = project / edition.FOLDER / found.edition.id
    for folder in ("content", "framework"):
        shutil.rmtree(target / folder, ignore_errors=True)
    shutil.copytree(project / "content", target / "content")
    own_pages = sorted(
        page.relative_to(own / "content").as_posix()
        for page in (own / "content").rglob("*.md")
        if not (project / "content" / page.relative_to(own / "content")).exists()
    )
    if (own / "content").is_dir():
        shutil.copytree(own / "content", target / "content", dirs_exist_ok=True)
    if found.edition.logo:
        shutil.copyfile(own / found.edition.logo, target / "content" / LOGO)
    _write_framework(found.edition, found.reading.documents, project, target / "framework")
    hidden = _hidden_pages(found.edition)
    for page in hidden:
        (target / "content" / page).unlink(missing_ok=True)
    (target / "content" / PAGE).write_text(_page(found), encoding="utf-8")
    (target / STYLES).unlink(missing_ok=True)
    if found.edition.colours:
        (target / STYLES).write_text(styles(found.edition.colours), encoding="utf-8")
    configuration = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (target / "mkdocs.yml").write_text(_configured(configuration, found, hidden, own_pages), encoding="utf-8")


def _write_framework(told: Edition, documents: Sequence[Document], project: Path, folder: Path) -> None:
    for document in documents:
        _write_document(document, told, folder)
    base, own = project / "framework", project / edition.FOLDER / told.id
    for name in (release.FOLDER, schema.FOLDER):
        if (base / name).is_dir():
            shutil.copytree(base / name, folder / name)
    for source in (base / "LICENSE", own / reading.BENCHMARK):
        if source.is_file():
            shutil.copyfile(source, folder / source.name)


def _write_document(document: Document, told: Edition, folder: Path) -> None:
    data = _plain(document.data)
    if document.kind == "framework":
        note = {key: getattr(told, key) for key in ("id", "name", "organisation", "contact")} | {"based_on": told.base}
        data = {**data, **({"summary": told.summary} if told.summary else {}), "edition": note, "writing_rules": "off"}
        path = folder / "framework.yml"
    elif document.kind in _FOLDERS:
        path = folder / _FOLDERS[document.kind] / f"{document.data['id']}.yml"
    else:
        path = folder / document.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_as_yaml(data), encoding="utf-8")


def _as_yaml(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_WIDE))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _hidden_pages(told: Edition) -> list[str]:
    """The pages about what is hidden, as this project's folders have them."""
    lenses = [f"framework/{id_}.md" for id_ in told.hide.lenses]
    return lenses + [f"exercises/{id_}.md" for id_ in told.hide.exercises]


def _page(found: EditionReading) -> str:
    """What the edition changes, as a page."""
    told, whole = found.edition, found.reading
    assert told is not None
    assert whole is not None
    assert whole.framework is not None
    html = render(
        "pages/edition.html",
        edition=told,
        framework=whole.framework,
        rewordings=found.rewordings,
        added=found.added,
    )
    head = "---\ntitle: About this edition\ndescription: What this edition changes in the framework it builds on, and why.\n---\n\n"
    return f"{head}# About this edition\n\n{html}\n"


# The configuration


class _Tagged:
    """A value with a tag that only MkDocs knows, such as `!ENV`."""

    def __init__(self, tag: str, node: yaml.Node) -> None:
        self.tag, self.node = tag, node


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without running anything that it names."""


class _Dumper(yaml.SafeDumper):
    """Writes it again."""


_Loader.add_multi_constructor("!", lambda _, suffix, node: _Tagged(f"!{suffix}", node))
_Dumper.add_representer(_Tagged, lambda _, tagged: _retagged(tagged))


def _retagged(tagged: _Tagged) -> yaml.Node:
    tagged.node.tag = tagged.tag
    return tagged.node


def _configured(text: str, found: EditionReading, hidden: list[str], own: list[str]) -> str:
    """mkdocs.yml for an edition.

    Arguments:
        text: The project's.
        found: The edition.
        hidden: Pages that it leaves out.
        own: Pages that only it has.
    """
    told = found.edition
    assert told is not None
    data: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - constructs nothing but texts, lists and mappings
    data["site_name"] = told.name
    if told.summary:
        data["site_description"] = told.summary
    if told.site_url:
        data["site_url"] = told.site_url
    data["copyright"] = f"{told.name}, by {told.organisation}. Based on {told.base}."
    if told.logo:
        data["theme"] |= {"logo": LOGO, "favicon": LOGO}
    nav = _without(data["nav"], hidden)
    if own:
        nav.insert(1, {told.organisation: own} if len(own) > 1 else {told.organisation: own[0]})
    for entry in nav:
        if isinstance(entry, dict) and isinstance(entry.get("About"), list):
            entry["About"].append(PAGE)
            break
    else:
        nav.append(PAGE)
    data["nav"] = nav
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE))


def _without(nav: list[Any], pages: list[str]) -> list[Any]:
    """A menu without some pages, and without what would be empty then."""
    kept: list[Any] = []
    for entry in nav:
        if isinstance(entry, str):
            kept += [] if entry in pages else [entry]
            continue
        ((name, inside),) = entry.items()
        if isinstance(inside, str):
            kept += [] if inside in pages else [entry]
        elif rest := _without(inside, pages):
            kept.append({name: rest})
    return kept


# Colours


def styles(told: Colours) -> str:
    """An edition's colours, as the properties of tokens.css."""
    (light_paper, _), dark_papers = colours.papers()
    light = {
        "primary": told.primary,
        "accent": told.accent,
        "accent-soft": _soft(told.accent, light_paper),
    }
    accent = told.accent_dark or colours.nearest(told.accent, dark_papers, "#ffffff")
    dark = {
        "primary": colours.mixed(told.primary, "#000000", 0.35),
        "accent": accent,
        "accent-soft": _soft(accent, dark_papers[0]),
    }
    return (
        f':root, [data-md-color-scheme="default"] {{{_declared(light)}}}\n'
        f'@media screen {{ [data-md-color-scheme="slate"] {{{_declared(dark)}}} }}\n'
        "@media screen and (prefers-color-scheme: dark) "
        f'{{ :root:not(:has([data-md-color-scheme="default"])) {{{_declared(dark)}}} }}\n'
    )


def _soft(accent: str, paper: str) -> str:
    """A tint of the accent on which the accent itself can still be read."""
    return colours.nearest(colours.mixed(paper, accent, 0.15), [accent], paper)


def _declared(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--balcony-{name}: {colour};" for name, colour in tokens.items())
