"""An edition in another language: each of its texts again, laid over it like a rewording, and held against the English for parity.

A translation is a folder in the edition's, named after its language, such as `cy/`. Its files say by id, with the keys of the
framework, what reads how in that language; `from` holds the English that was translated. So a translation that has gone stale
is found, and shown beside what it was made from. A site claims a language in `languages` of edition.yml; from then on each text
that has no translation is a problem (METHOD 3.6).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from generator import catalogue, reading
from generator.document import Document, parse
from generator.problems import Place, Problem, nearest, quoted
from generator.words import own_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path as File

    from generator.document import Path
    from generator.reading import Reading

Status = Literal["to-do", "draft", "reviewed"]
"""Whether it waits to be translated, is a draft, or was read and stood by by somebody who speaks the language."""
STATUSES: tuple[Status, ...] = ("to-do", "draft", "reviewed")

ABOUT = ("status", "from")
"""What a translation says about itself."""

_NO_TEXTS = frozenset(
    {
        *(
            "id",
            "forms",
            "warning_signs",
            "context",
            "exercises",
            "formerly",
            "indicators",
            "lens",
            "lenses",
            "headline_lenses",
            "sections",
        ),
        *("pocket_card", "see", "for", "source", "rule", "variables", "version", "licence", "language", "settings"),
        *("title", "authors", "publisher", "url", "writing_rules", "edition", "based_on", "contact"),
    }
)
"""Keys that hold ids, facts and numbers, and no words of the framework's own."""
_NAMING = ("id", "level", "term")
"""The key that tells things in a list from each other."""
_FILLED = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Translation:
    """What came of reading a translation."""

    language: str
    reading: Reading | None
    """The framework in the language; without a framework while there are problems."""
    problems: tuple[Problem, ...]
    statuses: Mapping[str, int]
    """How many things have each status."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What the edition itself is called: `name`, `organisation`, `summary`, and `navigation` by its English."""


@dataclass(frozen=True)
class Spoken:
    """Something with texts of its own, such as an indicator, a lens, or the edition."""

    id: str
    kind: str
    texts: Mapping[Any, Any]
    """Its texts as a translation has them: the framework's keys, what is in lists by its id or level."""
    put: Callable[[Path, str, Document, Path], None] | None
    """Says one of its texts otherwise: the way to it in `texts`, the text, and where it stands. None: the framework does not hold it."""


def texts(value: Any, key: object = None) -> Any:
    """What of a value is words, in the shape that a translation has: None where nothing is.

    Arguments:
        value: Something of a framework.
        key: The key that holds it.
    """
    if isinstance(value, str):
        return None if key in _NO_TEXTS else value
    if key in _NO_TEXTS:
        return None
    if isinstance(value, Mapping):
        found = {name: said for name, each in value.items() if (said := texts(each, name)) is not None}
        return found or None
    if not isinstance(value, list | tuple):
        return None
    if naming := naming_of(value):
        found = {each[naming]: said for each in value if (said := texts(each)) is not None}
        return found or None
    within = [texts(each, key) for each in value]
    return within if any(each is not None for each in within) else None


def naming_of(value: Sequence[Any]) -> str | None:
    """The key that names the things in a list, if they have one."""
    if not value or not all(isinstance(each, Mapping) for each in value):
        return None
    # Names as they should be: an edition that is told of its faults may have others.
    named = (naming for naming in _NAMING if all(isinstance(each.get(naming), str | int) for each in value))
    return next(named, None)


def path_in(value: Any, way: Path) -> Path:
    """The way to a text in a value itself, from the way to it in `texts`."""
    found: list[Any] = []
    for step in way:
        if isinstance(value, list) and (naming := naming_of(value)):
            place: int | str = next(place for place, each in enumerate(value) if each[naming] == step)
        else:
            place = step
        found.append(place)
        value = value[place]
    return tuple(found)


def languages_in(folder: File) -> list[str]:
    """The languages that an edition's folder has translations for."""
    return sorted(
        path.name for path in folder.iterdir() if path.is_dir() and re.fullmatch(r"[a-z]{2,3}(-\w+)*", path.name)
    )


def documents(folder: File) -> tuple[list[Document], list[Problem]]:
    """The files of a translation.

    Arguments:
        folder: Named after the language.
    """
    found: list[Document] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml"))[: reading.MOST_FILES]:
        content, unread = reading.content_of(path, "a translation needs it")
        problems += unread
        if content is None or not any(
            line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines()
        ):
            continue
        document, wrong = parse(content, reading.shown(path), "translation")
        problems += wrong
        if document is not None and not isinstance(document.data, dict):
            problems.append(
                document.problem((), "ids with texts are wanted", "write an id, a colon, and below it its texts")
            )
        elif document is not None:
            found.append(document)
    return found, problems


class Laying:
    """Lays a translation over what it translates, and finds what is missing, stale or strange.

    Arguments:
        language: The language.
        folder: The translation's, as problems show it.
        spoken: Everything with texts, in order.
    """

    def __init__(self, language: str, folder: str, spoken: Sequence[Spoken]) -> None:
        self._name = own_name(language)
        self._folder = folder
        self._spoken = {each.id: each for each in spoken}
        self._where: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self.statuses: Counter[str] = Counter()
        self.outside: dict[str, dict[Any, Any]] = {}
        """What the framework does not hold, by its id."""

    def lay(self, document: Document) -> None:
        """Lay one file over it."""
        for id_, said in document.data.items():
            spoken = self._spoken.get(id_)
            if spoken is None:
                hint = nearest(id_, self._spoken)
                self._problem(
                    document.key_problem((id_,), f"nothing is called {quoted(id_)} that could be translated", hint)
                )
            elif id_ in self._where:
                message = f"{quoted(id_)} is translated in {self._where[id_].file} as well"
                self._problem(document.key_problem((id_,), message, "keep one of them"))
            elif not isinstance(said, dict):
                self._problem(
                    document.problem((id_,), "keys with texts are wanted", f"such as {next(iter(spoken.texts))}")
                )
            else:
                self._where[id_] = document
                self._lay_one(document, spoken, said)

    def _lay_one(self, document: Document, spoken: Spoken, said: dict[str, Any]) -> None:
        status = said.get("status")
        if status not in STATUSES:
            where, hint = ((spoken.id, "status"), f"write one of {', '.join(STATUSES)}")
            problem = document.problem(where, f"{quoted(status)} is no status", hint) if "status" in said else None
            self._problem(problem or document.key_problem((spoken.id,), "it has no status", hint))
        self.statuses[str(status)] += 1
        given = {key: each for key, each in said.items() if key not in ABOUT}
        missing = list(self._lay_texts(document, spoken, (), spoken.texts, given))
        if missing:
            told = "; ".join(map(_told, missing))
            hint = (
                f"write the {self._name}; what it says in English stands under `from` after: balcony edition translate"
            )
            self._problem(document.key_problem((spoken.id,), f"not translated: {told}", hint))
        before = said.get("from", {})
        for way, english in leaves(spoken.texts):
            if way not in missing:
                self._compare(document, spoken, way, english, before)

    def _lay_texts(self, document: Document, spoken: Spoken, way: Path, english: Any, given: Any) -> Iterator[Path]:
        """Lay texts over texts of the same shape; the ways to those that are missing."""
        here = (spoken.id, *way)
        if isinstance(english, str):
            if given is None or given == "":
                yield way
            elif not isinstance(given, str):
                self._problem(document.problem(here, "a text is wanted", f"the English is {quoted(english)}"))
            else:
                self._take(document, spoken, way, given)
            return
        keys = list(english) if isinstance(english, Mapping) else list(range(len(english)))
        if given is None or given == "":
            yield from (each for each, _ in leaves(english, way))
            return
        if isinstance(english, Mapping) != isinstance(given, Mapping) or isinstance(given, str):
            hint = (
                f"the English has {', '.join(map(str, keys))}"
                if isinstance(english, Mapping)
                else "begin each with a hyphen"
            )
            self._problem(document.problem(here, "this has another shape than the English", hint))
            return
        known = set(keys)
        for key in given if isinstance(given, Mapping) else range(len(given)):
            if key not in known:
                hint = nearest(key, map(str, keys)) if isinstance(given, Mapping) else f"the English has {len(keys)}"
                self._problem(document.key_problem((*here, key), f"the English has no {quoted(key)}", hint))
        for key in keys:
            value = given.get(key) if isinstance(given, Mapping) else given[key] if key < len(given) else None
            if english[key] is not None:
                yield from self._lay_texts(document, spoken, (*way, key), english[key], value)

    def _take(self, document: Document, spoken: Spoken, way: Path, given: str) -> None:
        english, here = str(_at(spoken.texts, way)), (spoken.id, *way)
        lost = sorted(set(_FILLED.findall(english)) - set(_FILLED.findall(given)))
        if lost:
            hint = f"it is filled with a name or a number: the English is {quoted(english)}"
            self._problem(document.problem(here, f"{lost[0]} got lost", hint))
        if spoken.put:
            spoken.put(way, given, document, here)
            return
        holder: dict[Any, Any] = self.outside.setdefault(spoken.id, {})
        for step in way[:-1]:
            holder = holder.setdefault(step, {})
        holder[way[-1]] = given

    def _compare(self, document: Document, spoken: Spoken, way: Path, english: str, before: Any) -> None:
        """Whether a text was translated from what the English is now."""
        was = _at(before, way)
        place = _place(document, (spoken.id, *way))
        where = f"{spoken.id}, {_told(way)}"
        if was is None:
            if _at(document.data[spoken.id], way):
                hint = "see that it fits the English as it is; then balcony edition translate notes it"
                self._problem(Problem(place, where, "it is not said from what it was translated", hint, "warning"))
        elif was != english:
            message = f"its English has changed: it was {quoted(was)}, and is {quoted(english)}"
            hint = "bring it in line, take the old English out of `from`, and run: balcony edition translate"
            self._problem(Problem(place, where, message, hint, "warning"))

    def finish(self) -> None:
        """What no file speaks of."""
        for spoken in self._spoken.values():
            if spoken.id not in self._where:
                message = f"the {spoken.kind} has no {self._name}"
                hint = "balcony edition translate writes down what is missing"
                self._problem(Problem(Place(self._folder), spoken.id, message, hint))

    def _problem(self, problem: Problem) -> None:
        self.problems.append(problem)


def leaves(value: Any, way: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in texts, with the way to it."""
    if isinstance(value, str):
        yield way, value
        return
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, each in pairs:
        if each is not None:
            yield from leaves(each, (*way, key))


def _told(way: Path) -> str:
    return " ".join(
        str(step + 1) if at and isinstance(step, int) and way[at - 1] != "levels" else str(step)
        for at, step in enumerate(way)
    )


def _at(value: Any, way: Path) -> Any:
    for step in way:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _place(document: Document, path: Path) -> Place:
    """Where something stands, or else what it stands in."""
    while path not in document.places and path:
        path = path[:-1]
    return document.places[path]


def catalogue_problems(language: str, folder: File, claimed: Place) -> list[Problem]:
    """What the interface does not say in a language.

    Arguments:
        language: Not English.
        folder: The edition's translation, which may bring a catalogue of its own.
        claimed: Where the edition claims to speak it.
    """
    path = catalogue_path(language, folder)
    if path is None:
        known = ", ".join(catalogue.languages())
        hint = f"it has {known}: balcony edition translate begins one in {reading.shown(folder / catalogue.OWN)}"
        return [Problem(claimed, "languages", f"Balcony itself has no {own_name(language)}", hint)]
    return list(catalogue.read(path, language, reading.shown(path)).problems)


def catalogue_path(language: str, folder: File) -> File | None:
    """The catalogue of a translation: its own, or else Balcony's."""
    own = folder / catalogue.OWN
    return own if own.is_file() else catalogue.path_of(language)
