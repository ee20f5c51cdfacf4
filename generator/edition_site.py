"""A project made from an edition: a framework folder, pages and a configuration like any other, from which its site is built.

So the rest of Balcony knows no editions: it reads, checks and builds what stands here.
"""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from generator import (
    assets,
    catalogue,
    check,
    colours,
    configuration,
    edition,
    edition_pages,
    framework_yaml,
    publisher,
    reading,
    release,
    scaffold,
    translation,
)
from generator.problems import Place, Problem, ProblemsError
from generator.rendering import render
from generator.scaffold import Page
from generator.words import Words, current, direction, marked, own_name, say, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.document import Document
    from generator.edition import EditionReading
    from generator.model import Colours, Edition, Framework
    from generator.translation import Translation

PAGE = "about/edition.md"
"""The page that says what an edition changes, and why."""
LOGO = "assets/edition.svg"
_FOLDERS = {kind: folder for folder, kind in reading.FOLDERS.items()}


@contextmanager
def projects_of(project: Path, id_: str) -> Iterator[dict[str, Path]]:
    """Make the projects of an edition, one for each of its languages, for as long as it takes to build them.

    Arguments:
        project: The folder that holds mkdocs.yml, framework/ and editions/.
        id_: The edition's id.

    Returns:
        The folder of each, by where its site stands from the top of the whole: the first language's there itself.

    Raises:
        ProblemsError: With every error of the edition.
    """
    found = sound(project, id_)
    assert found.edition is not None
    with TemporaryDirectory(prefix="balcony-") as folder:
        made = {}
        for language, path in paths(found.edition).items():
            made[path] = target = Path(folder) / language
            shutil.copytree(project / "generator", target / "generator", ignore=shutil.ignore_patterns("__pycache__"))
            _write(found, project, target, language)
        yield made


def sound(project: Path, id_: str) -> EditionReading:
    """An edition whose pages and words are all there, in each of its languages.

    Raises:
        ProblemsError: With every error of it.
    """
    found = check.sound_edition(project, id_)
    errors = [each for each in edition_pages.problems(found, project) if each.severity == "error"]
    errors += publisher.problems(project)
    if errors:
        raise ProblemsError(errors)
    return found


def follow(
    project: Path, id_: str, target: Path, tell: Callable[[Sequence[Problem]], None], pause: float = 0.5
) -> NoReturn:
    """Bring a project of an edition in line whenever its files change: what serves it does the rest.

    Arguments:
        project: The folder that holds mkdocs.yml, framework/ and editions/.
        id_: The edition's id.
        target: What `projects_of` made for one of its languages.
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
            found = sound(project, id_)
            _write(found, project, target, target.name)
        except ProblemsError as error:
            tell(error.problems)


def _fingerprint(project: Path, id_: str) -> list[tuple[Path, int]]:
    """What changes when a file of the edition or a page does."""
    folders = (project / edition.FOLDER / id_, project / "content")
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [(path, path.stat().st_mtime_ns) for path in found]


def _write(found: EditionReading, project: Path, target: Path, language: str) -> None:
    assert found.edition is not None
    assert found.reading is not None
    own = project / edition.FOLDER / found.edition.id
    translated = found.translations.get(language)
    told = _told_in(found.edition, translated)
    whole = translated.reading if translated else found.reading
    assert whole is not None
    assert whole.framework is not None
    for folder in ("content", "framework"):
        shutil.rmtree(target / folder, ignore_errors=True)
    words = _install_words(own / language, language, target) if translated else Words(language)
    edition_pages.lay(project, own, found.edition, target / "content", language if translated else None)
    if found.edition.logo:
        shutil.copyfile(own / found.edition.logo, target / "content" / LOGO)
    _write_framework(told, whole.documents, project, target / "framework")
    if translated:
        _name_language_of_sources(target / "framework" / "sources.yml", found.reading.framework)
    (target / assets.STYLES).unlink(missing_ok=True)
    if found.edition.colours:
        (target / assets.STYLES).write_text(styles(found.edition.colours), encoding="utf-8")
    with spoken(words):
        (target / "content" / PAGE).parent.mkdir(parents=True, exist_ok=True)
        (target / "content" / PAGE).write_text(_page(found, told, whole.framework, project), encoding="utf-8")
        configuration_ = _configured(project, found, told, language, told.summary or whole.framework.outline.summary)
        (target / "mkdocs.yml").write_text(configuration.written(configuration_), encoding="utf-8")
        own_pages = edition_pages.own(project, own)
        scaffold.make(target, lambda framework: _wanted(framework, told, own_pages))


def _told_in(told: Edition, translated: Translation | None) -> Edition:
    """An edition's own facts, as it says them in a language."""
    if translated is None:
        return told
    said = {key: each for key, each in translated.said.items() if key != "navigation"}
    return told.model_copy(update=said)


def _install_words(folder: Path, language: str, target: Path) -> Words:
    """Put the catalogue of a translation where its site looks for it."""
    path = translation.catalogue_path(language, folder)
    assert path is not None, "a language without a catalogue is a problem, and is not built"
    place = target / "generator" / "languages" / f"{language}.po"
    place.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, place)
    return catalogue.read(path, language).words


def _wanted(framework: Framework, told: Edition, own: Sequence[str]) -> list[Page]:
    """The pages of an edition's site: after the first one its own, and what it says of itself last."""
    icon, home, *rest = scaffold.planned(framework)
    under = (told.organisation,) if len(own) > 1 else ()
    label = None if len(own) > 1 else told.organisation
    ours = [Page(path, "", under, label) for path in own]
    return [icon, home, *ours, *rest, Page(PAGE, "", rest[-1].under)]


def _write_framework(told: Edition, documents: Sequence[Document], project: Path, folder: Path) -> None:
    laid = [_named(document, told) for document in documents]
    framework_yaml.write(laid, folder)
    base, own = project / "framework", project / edition.FOLDER / told.id
    if (base / release.FOLDER).is_dir():
        shutil.copytree(base / release.FOLDER, folder / release.FOLDER)
    for source in (base / "LICENSE", own / reading.BENCHMARK):
        if source.is_file():
            shutil.copyfile(source, folder / source.name)


def _named(document: Document, told: Edition) -> Document:
    """A file of the framework under the name that it has in a folder; framework.yml says whose edition it is."""
    if document.kind in _FOLDERS:
        return replace(document, file=f"{_FOLDERS[document.kind]}/{document.data['id']}.yml")
    if document.kind != "framework":
        return replace(document, file=f"{document.kind}.yml")
    note = {key: getattr(told, key) for key in ("id", "name", "organisation", "contact")} | {"based_on": told.base}
    summary = {"summary": told.summary} if told.summary else {}
    data = {**document.data, **summary, "edition": note, "writing_rules": "off"}
    return replace(document, file="framework.yml", data=data)


_KINDS = {
    "framework": marked("The framework"),
    "form": marked("Form"),
    "section": marked("Section"),
    "indicator": marked("Question"),
    "lens": marked("Lens"),
    "exercise": marked("Exercise"),
    "warning sign": marked("Warning sign"),
    "context question": marked("Question about the setting"),
    "term": marked("Word of the glossary"),
}
"""What readers call a kind of thing."""


def _named_thing(found: EditionReading, whole: Framework, kind: str, id_: str) -> str:
    """A thing by its kind and the name that people know it by; what is left out has the framework's."""
    outline = whole.outline
    known = {
        whole.id: outline.name,
        **{each.id: each.name for each in outline.forms},
        **{each.id: each.name for each in whole.sections},
        **{each.id: each.name for each in whole.lenses},
        **{each.id: each.name for each in whole.exercises},
        **{each.id: each.label for each in whole.indicators.values()},
        **{each.id: each.text for each in outline.warning_signs},
        **{each.id: each.question for each in outline.context},
    }
    base = found.base.data if found.base else {}
    left_out = {each["id"]: each["name"] for key in ("lenses", "exercises") for each in base.get(key, ())}
    return f"{say(_KINDS[kind])}: {known.get(id_) or left_out.get(id_, id_)}"


_MAIL = re.compile(r"[^@\s/]+@[^@\s/]+")


def _link(contact: str) -> str | None:
    """Where a contact leads, if it is an address of the web or for mail."""
    if contact.startswith(("https://", "http://", "mailto:")):
        return contact
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else None


def _page(found: EditionReading, told: Edition, whole: Framework, project: Path) -> str:
    """What the edition changes, as a page."""
    assert found.reading is not None
    assert found.reading.framework is not None
    title, description = (
        say("About this edition"),
        say("What this edition changes in the framework it builds on, and why."),
    )
    html = render(
        "pages/edition.html",
        edition=told,
        link=_link(told.contact),
        named=lambda kind, id_: _named_thing(found, whole, kind, id_),
        rewordings=found.rewordings,
        added=found.added,
        source_language=found.reading.framework.outline.language,
        translations=[_Status.of(each, project / edition.FOLDER / told.id) for each in found.translations.values()],
    )
    return f"---\ntitle: {scaffold.quoted(title)}\ndescription: {scaffold.quoted(description)}\n---\n\n# {title}\n\n{html}\n"


@dataclass(frozen=True)
class _Status:
    """How far a translation is."""

    name: str
    total: int
    reviewed: int
    draft: int
    interface: catalogue.Status

    @classmethod
    def of(cls, translated: Translation, own: Path) -> _Status:
        folder = own / translated.language
        counts = Counter(translated.statuses) + edition_pages.statuses(folder)
        path = translation.catalogue_path(translated.language, folder)
        interface = catalogue.read(path, translated.language).status if path else "draft"
        name = own_name(translated.language)
        return cls(name, counts.total(), counts["reviewed"], counts["draft"], interface)

    @property
    def is_draft(self) -> bool:
        """Whether a part of it waits for somebody who speaks the language."""
        return self.interface == "draft" or self.reviewed < self.total


# The configuration

_SAID_BY_THE_THEME = (
    marked("Use light colours"),
    marked("Use dark colours"),
    marked("Use the colours of this device"),
    marked("Source"),
    marked("Link to this part"),
)
"""What mkdocs.yml itself says, in the words of this repository's."""


def _configured(project: Path, found: EditionReading, told: Edition, language: str, summary: str) -> dict[str, Any]:
    """mkdocs.yml for an edition, in one of its languages."""
    data = configuration.read((project / "mkdocs.yml").read_text(encoding="utf-8"))
    data["site_name"] = told.name
    data["site_description"] = summary
    at = paths(told)
    data.pop("site_url", None)  # the framework's own is not the edition's
    if told.site_url:
        data["site_url"] = told.site_url + at[language]
    data["copyright"] = say(
        "{name}, by {organisation}. Based on {base}.", name=told.name, organisation=told.organisation, base=told.base
    )
    if told.logo:
        data["theme"] |= {"logo": LOGO, "favicon": LOGO}
    extra = data.setdefault("extra", {})
    if not (project / edition.FOLDER / told.id / "content" / str(extra.get("card"))).is_file():
        extra.pop("card", None)  # the framework's own shows another name
    if len(at) > 1:
        up = "../" if at[language] else ""
        extra["languages"] = [
            {"code": each, "name": own_name(each), "path": up + path, "direction": direction(each)}
            for each, path in at.items()
            if each != language
        ]
    if translated := found.translations.get(language):
        _speak(data, translated, _Status.of(translated, project / edition.FOLDER / told.id))
    return data


def _speak(data: dict[str, Any], translated: Translation, status: _Status) -> None:
    """mkdocs.yml in another language."""
    language = translated.language
    data["theme"]["language"] = _theme_language(language)
    extra = data["extra"]
    extra |= {"language": language, "direction": direction(language), "is_draft_translation": status.is_draft}
    extra["words"] = {text: current().one(text) for text in (*catalogue.theme_texts(), *_SAID_BY_THE_THEME)}
    for extension in data.get("markdown_extensions", []):
        settings = extension.get("toc", {}) if isinstance(extension, dict) else {}
        if title := settings.get("permalink_title"):
            settings["permalink_title"] = say(title)
    navigation = translated.said.get("navigation", {})
    data["nav"] = configuration.relabelled(data.get("nav", []), lambda label: navigation.get(label) or say(label))


def _theme_language(language: str) -> str:
    """What the theme calls a language: by its whole name, or else by its first part."""
    folder = files("material") / "templates" / "partials" / "languages"
    names = (language, language.partition("-")[0])
    found = next((name for name in names if (folder / f"{name}.html").is_file()), None)
    if found is None:
        hint = "take it out of `languages`, or ask for it where the theme is made"
        message = f"the site's theme has no {own_name(language)}"
        raise ProblemsError([Problem(Place(edition.OUTLINE), "languages", message, hint)])
    return found


def paths(told: Edition) -> dict[str, str]:
    """Where the pages in each language stand, from the top of an edition's site: the first at the top."""
    return {language: f"{language}/" if at else "" for at, language in enumerate(told.languages)}


def _name_language_of_sources(path: Path, framework: Framework | None) -> None:
    """Titles of publications stay as they are: say in which language that is."""
    assert framework is not None
    sources = yaml.safe_load(path.read_text(encoding="utf-8"))
    language = framework.outline.language
    named = {id_: {**source, "language": source.get("language", language)} for id_, source in sources.items()}
    path.write_text(yaml.safe_dump(named, allow_unicode=True, sort_keys=False), encoding="utf-8")


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


def _declared(tokens: dict[str, str]) -> str:
    return " ".join(f"--balcony-{name}: {colour};" for name, colour in tokens.items())
