"""Editions: a framework as a staff college tells it, laid over one of its releases.

An edition is a folder in `editions/`. What it does not touch comes from the release that it names, so that nothing changes under
it until somebody moves it on. It may say things otherwise, add what is its own and hide what it has no use for. What would make
its sheets mean something else than those of the framework, it may not (METHOD 4.10): that is a problem with its place.

The two are laid over each other as documents, each value with the place where it was written. So all that is ever checked of a
framework is checked of an edition too, and said at the line that its college can mend.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generator import catalogue, colours, configuration, reading, release, translation
from generator.document import Document, parse
from generator.overlay import Overlay
from generator.problems import Place, Problem, in_order, nearest, quoted
from generator.translation import Spoken, Translation
from generator.words import own_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path as File

    from generator.document import Path
    from generator.model import Edition
    from generator.overlay import Rewording
    from generator.reading import Reading
    from generator.release import Release

FOLDER = "editions"
OUTLINE = "edition.yml"
REWORDINGS = "rewordings.yml"
ADDED = {"indicators.yml": "indicator", "lenses.yml": "lens", "exercises.yml": "exercise"}
"""The files of what an edition adds: a list of things in each."""


@dataclass(frozen=True)
class EditionReading:
    """What came of reading an edition."""

    edition: Edition | None
    """Its own facts; None while they have problems."""
    reading: Reading | None
    """The framework as the edition tells it; without a framework while there are problems."""
    problems: tuple[Problem, ...]
    """Everything that stands in the way, sorted by place."""
    rewordings: tuple[Rewording, ...] = ()
    """What reads differently."""
    added: tuple[tuple[str, str], ...] = ()
    """Kind and id of each thing that it adds."""
    base: Release | None = None
    """The release that it builds on."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    """What it says in other languages than the framework's, by language."""
    spoken: Callable[[], Sequence[Spoken]] = tuple
    """All that it says in the framework's language, its own name and the labels of the navigation with it."""


def ids(project: File) -> list[str]:
    """The editions of a project."""
    return sorted(path.parent.name for path in (project / FOLDER).glob(f"*/{OUTLINE}"))


def read(project: File, id_: str) -> EditionReading:
    """Read an edition.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.
    """
    folder = project / FOLDER / id_
    outline, problems = _document(folder / OUTLINE, "edition")
    if outline is None:
        nothing = Problem(Place(reading.shown(folder / OUTLINE)), "", "the file is empty", "balcony new writes one")
        return EditionReading(None, None, tuple(problems or [nothing]))
    edition, found = reading.validated(outline)
    problems += found
    if edition is None:
        return EditionReading(None, None, tuple(in_order(problems)))
    if edition.id != id_:
        problems.append(
            outline.problem(
                ("id",),
                f"the id is {quoted(edition.id)}, but the folder is called {id_}",
                f"write {id_} here, or rename the folder",
            )
        )
    problems += _looks(edition, outline, folder)
    base, found = _base(project, edition, outline)
    problems += found
    if base is None:
        return EditionReading(edition, None, tuple(in_order(problems)))
    overlay = Overlay(edition, outline, base)
    for file, kind in {REWORDINGS: "rewordings", **ADDED}.items():
        if (folder / file).is_file():
            document, found = _document(folder / file, kind)
            problems += found
            if document is not None:
                overlay.lay(document)
    problems += overlay.finish()
    problems += _stale(project, edition, overlay.rewordings)
    whole = reading.assembled(overlay.documents(), problems)
    ours = reading.shown(folder)
    told = [each for each in whole.problems if each.place.file.startswith(f"{ours}/")]
    translations = {
        language: _translated(overlay, at, folder, project)
        for at, language in enumerate(edition.languages)
        if language != overlay.language
    }
    told += [problem for each in translations.values() for problem in each.problems]
    return EditionReading(
        edition,
        whole,
        tuple(in_order(told)),
        tuple(overlay.rewordings),
        tuple(overlay.added),
        base,
        translations,
        lambda: [*overlay.spoken(), _called(edition, project)],
    )


def _labels(project: File) -> list[str]:
    """What the navigation of a project calls its pages, and Balcony has no word for."""
    path = project / "mkdocs.yml"
    nav = configuration.read(path.read_text(encoding="utf-8")).get("nav", []) if path.is_file() else []
    known = {message.one for message in catalogue.messages()}
    return [label for label in dict.fromkeys(configuration.labels(nav)) if label not in known]


def _translated(overlay: Overlay, at: int, folder: File, project: File) -> Translation:
    """An edition in one of the languages that it claims."""
    edition, outline = overlay.edition, overlay.outline
    language = edition.languages[at]
    try:
        own_name(language)
    except ValueError:
        problem = outline.problem(("languages", at), f"{quoted(language)} is no language", "write it as in cy or pt-BR")
        return Translation(language, None, (problem,), {})
    own = folder / language
    claimed = outline.place(("languages", at))
    problems = translation.catalogue_problems(language, own, claimed)
    if not own.is_dir():
        hint = f"write down what there is to translate: balcony edition translate {edition.id} {language}"
        problems.append(Problem(claimed, "languages", f"there is no {own_name(language)} yet", hint))
        return Translation(language, None, tuple(problems), {})
    files, found = translation.documents(own)
    problems += found
    over = overlay.copy()
    laying = translation.Laying(language, reading.shown(own), [*over.spoken(), _called(edition, project)])
    for document in files:
        laying.lay(document)
    laying.finish()
    over.framework.data["language"] = language
    whole = reading.assembled(over.documents(), [*problems, *laying.problems])
    ours = reading.shown(folder)
    told = in_order([each for each in whole.problems if each.place.file.startswith(f"{ours}/") or each in problems])
    return Translation(language, whole, tuple(told), laying.statuses, laying.outside.get(edition.id, {}))


def _called(edition: Edition, project: File) -> Spoken:
    """What an edition calls itself and the parts of its site."""
    said: dict[str, Any] = {"name": edition.name, "organisation": edition.organisation}
    if edition.summary:
        said["summary"] = edition.summary
    if own := {label: label for label in _labels(project)}:
        said["navigation"] = own
    return Spoken(edition.id, "edition", said, None)


def _stale(project: File, edition: Edition, rewordings: Iterable[Rewording]) -> Iterator[Problem]:
    """Rewordings of texts that have changed underneath, until somebody has looked at them."""
    based_on = edition.release
    marked = [each for each in rewordings if each.checked not in (None, based_on)]
    for version in {str(each.checked) for each in marked}:
        text = texts_under(project, replace_base(edition, version))
        for each in marked:
            before = text(each.at) if each.checked == version else each.base
            if before != each.base:
                message = f"the framework's text has changed since {version}: it was {quoted(before)}, and is {quoted(each.base)}"
                hint = f"see whether yours still fits, then write checked: {based_on}"
                yield Problem(each.place, f"{each.kind} {each.id}, {each.field}", message, hint, "warning")


def texts_under(project: File, edition: Edition) -> Callable[[Path], str | None]:
    """What a release says where an edition says something otherwise: None where it says nothing, or there is no release.

    Arguments:
        project: The folder that holds framework/.
        edition: On that release.
    """
    outline = Document(OUTLINE, "edition", {}, {}, {}, {})
    base, _ = _base(project, edition, outline)
    return Overlay(edition, outline, base).base_text if base else lambda _: None


def replace_base(edition: Edition, version: str) -> Edition:
    """The same edition on another release.

    Arguments:
        edition: As it is.
        version: Of the release.
    """
    name = edition.based_on.split("@")[0]
    return edition.model_copy(update={"based_on": f"{name}@{version}"})


def _looks(edition: Edition, outline: Document, folder: File) -> Iterator[Problem]:
    """Colours that cannot be read, and a logo that cannot be used."""
    for key, found in colours.unreadable(edition.colours) if edition.colours else ():
        message = "it cannot be read where it stands (WCAG 1.4.3)"
        yield outline.problem(("colours", key), message, f'the nearest colour that can be is "{found}"')
    if edition.logo and (message := _logo_problem(folder / edition.logo)):
        yield outline.problem(("logo",), message, "give an SVG file of its own, without scripts, of 50 KB at most")


_LARGEST_LOGO = 50 * 1024
_UNSAFE = re.compile(
    r"""<script|\son\w+\s*=|javascript:|<foreignObject|<!ENTITY|href\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import""",
    re.IGNORECASE,
)
"""What runs, or fetches something from elsewhere."""


def _logo_problem(path: File) -> str:
    if not path.is_file():
        return "there is no such file in the edition's folder"
    if path.stat().st_size > _LARGEST_LOGO:
        return "the file is too large"
    text = path.read_text(encoding="utf-8", errors="replace")
    if "<svg" not in text:
        return "the file is no SVG"
    return "the file holds a script or fetches something from elsewhere" if _UNSAFE.search(text) else ""


def _document(path: File, kind: str) -> tuple[Document | None, list[Problem]]:
    content, problems = reading.content_of(path, "an edition needs it")
    if content is None or not _has_content(content):
        return None, problems
    return parse(content, reading.shown(path), kind)


def _has_content(content: bytes) -> bool:
    """Whether there is more than comments: a file that waits to be filled in is no mistake."""
    return any(line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines())


def _base(project: File, edition: Edition, outline: Document) -> tuple[Release | None, list[Problem]]:
    """The release that an edition builds on, with the facts about publications as they are now."""
    folder = project / "framework"
    releases, problems = release.read(folder / release.FOLDER, reading.shown(folder / release.FOLDER))
    name, version = edition.based_on.split("@")
    found = next((each for each in releases if each.version == version and each.data["id"] == name), None)
    if found is None:
        known = [f"{each.data['id']}@{each.version}" for each in releases]
        message = f"there is no release {quoted(edition.based_on)}"
        return None, [*problems, outline.problem(("based_on",), message, nearest(edition.based_on, known))]
    facts, _ = _document(folder / "sources.yml", "sources")
    now = facts.data if facts is not None and isinstance(facts.data, dict) else {}
    known_facts = {id_: each for id_, each in now.items() if isinstance(each, dict)}
    sources = {id_: {**known_facts.get(id_, {}), **source} for id_, source in found.data["sources"].items()}
    return replace(found, data={**found.data, "sources": sources}), problems
