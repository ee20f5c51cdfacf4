"""What a translation of an edition still lacks, written into its files for somebody to fill in. Nothing that is there changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator import catalogue, edition, edition_pages, framework_yaml, translation
from generator.document import parse
from generator.problems import ProblemsError
from generator.words import own_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from generator import document
    from generator.document import Document
    from generator.translation import Spoken

_FILES = {
    "edition": "edition",
    "section": "sections",
    "indicator": "indicators",
    "lens": "lenses",
    "exercise": "exercises",
    "term": "glossary",
    "source": "sources",
}
"""The file of each kind of thing; of any other, framework.yml."""

_HEAD = """\
# {language}. Write each text between the quotes; what it says in English stands under `from`.
# When you have translated a thing, write status: draft; once somebody who speaks the language has read it, status: reviewed.
"""


@dataclass(frozen=True)
class Work:
    """What there is to translate."""

    language: str
    texts: dict[Path, str]
    """The files as they will be, those that change only."""
    things: int
    """Things that have no entry yet."""
    pages: int
    """Pages that are not there yet."""


def plan(project: Path, id_: str, language: str) -> Work:
    """Find out what a translation lacks. Nothing is written yet.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.
        language: Such as `cy`.

    Raises:
        ProblemsError: When the edition has a problem in the framework's own language, or a file of the translation is no YAML.
        ValueError: When there is no such language.
    """
    name = own_name(language)
    found = edition.read(project, id_)
    if found.edition is None or found.reading is None or found.reading.framework is None:
        raise ProblemsError(found.problems)
    folder = project / edition.FOLDER / id_ / language
    spoken = found.spoken()
    documents, problems = translation.documents(folder) if folder.is_dir() else ([], [])
    if problems:
        raise ProblemsError(problems)
    known = {thing: each for each in documents for thing in each.data}
    texts = {folder / path: text for path, text in _catalogue(language, folder)}
    for each in documents:
        path = folder / each.file.rsplit("/", 1)[-1]
        after = _filled_in(path, spoken)
        if after is not None:
            texts[path] = after
    new = [each for each in spoken if each.id not in known]
    for file, things in _by_file(new).items():
        path = folder / f"{file}.yml"
        before = texts.get(path) or (
            path.read_text(encoding="utf-8") if path.is_file() else _HEAD.format(language=name)
        )
        texts[path] = "\n".join([before.rstrip("\n"), *(_entry(each) for each in things)]) + "\n"
    wanted = edition_pages.to_translate(found, project)
    pages = {folder / edition_pages.CONTENT / path: text for path, text in wanted.items()}
    missing = {path: _page(text) for path, text in pages.items() if not path.exists()}
    return Work(language, texts | missing, len(new), len(missing))


def _catalogue(language: str, folder: Path) -> Iterator[tuple[str, str]]:
    """A catalogue of the interface, where Balcony has none; and the edition's own, brought in line."""
    own = folder / catalogue.OWN
    if own.is_file():
        before = own.read_text(encoding="utf-8")
        after = catalogue.renewed(language, before)
        if after != before:
            yield catalogue.OWN, after
    elif catalogue.path_of(language) is None:
        yield catalogue.OWN, catalogue.renewed(language)


def _by_file(things: Iterable[Spoken]) -> dict[str, list[Spoken]]:
    found: dict[str, list[Spoken]] = {}
    for each in things:
        found.setdefault(_FILES.get(each.kind, "framework"), []).append(each)
    return found


def _entry(thing: Spoken) -> str:
    """A thing to be translated: its keys with nothing in them, and the English."""
    return "\n" + framework_yaml.dumped(
        {thing.id: {"status": "to-do", **_emptied(thing.texts), "from": thing.texts}}
    ).rstrip("\n")


def _emptied(texts: Any) -> Any:
    if isinstance(texts, str):
        return ""
    if isinstance(texts, list | tuple):
        return tuple(_emptied(each) for each in texts)
    return {key: _emptied(each) for key, each in texts.items()}


def _page(text: str) -> str:
    """A page to be translated: the English, with a head that says so."""
    return _with_head(text, {"status": "to-do", "from": edition_pages.fingerprint(text)})


def _with_head(text: str, said: Mapping[str, str]) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in said.items())
    if text.startswith("---\n"):
        return "---\n" + lines + text.removeprefix("---\n")
    return f"---\n{lines}---\n{text}"


# What is there, and lacks something


def _filled_in(path: Path, spoken: Iterable[Spoken]) -> str | None:
    """A file with the keys that its things lack, and the English where that is not said; None where nothing lacks."""
    things = {each.id: each for each in spoken}
    before = text = path.read_text(encoding="utf-8")
    while True:
        found, _ = parse(text.encode(), path.name, "translation")
        assert found is not None
        step = next(_lacking(found, things), None)
        if step is None:
            return text if text != before else None
        text = _inserted(text, found, *step)


def _lacking(found: Document, things: Mapping[str, Spoken]) -> Iterator[tuple[document.Path, Any]]:
    """The first key below a key that is there which is not, with what it should hold."""
    for id_, said in found.data.items():
        if id_ in things and isinstance(said, dict) and found.place((id_,)).line != found.key_place((id_,)).line:
            yield from _lacking_in(found, (id_,), things[id_].texts, said, _emptied)
            before = said.get("from")
            if before is None:
                yield (id_, "from"), things[id_].texts
            elif isinstance(before, dict):
                yield from _lacking_in(found, (id_, "from"), things[id_].texts, before, lambda english: english)


def _lacking_in(
    found: Document, at: document.Path, english: Any, said: Any, made: Any
) -> Iterator[tuple[document.Path, Any]]:
    for key, each in english.items():
        if key not in said:
            yield (*at, key), made(each)
        elif isinstance(each, dict) and isinstance(said[key], dict) and _is_block(found, (*at, key)):
            yield from _lacking_in(found, (*at, key), each, said[key], made)


def _is_block(found: Document, at: document.Path) -> bool:
    """Whether what a key holds stands in lines of its own, where a line can be added."""
    return found.place(at).line != found.key_place(at).line


def _inserted(text: str, found: Document, at: document.Path, value: Any) -> str:
    """A file with one key more, as the last of those beside it."""
    lines = text.split("\n")
    beside = [key for key in found.keys if key[:-1] == at[:-1]]
    first = found.key_place(beside[0])
    inside = [place.line for path, place in {**found.places, **found.keys}.items() if path[: len(at) - 1] == at[:-1]]
    last = max(inside)
    while last < len(lines) and lines[last].startswith(" " * first.column) and lines[last].strip():
        last += 1  # a text that goes on over several lines
    made = framework_yaml.dumped({at[-1]: value}).rstrip("\n").split("\n")
    lines[last:last] = [" " * (first.column - 1) + line for line in made]
    return "\n".join(lines)
