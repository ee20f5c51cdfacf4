"""From a folder of YAML files to a framework, or to every problem that stands in the way."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from generator import benchmark, document, files, references, release
from generator.model import FILE_KINDS, ID_PATTERN, Benchmark, Framework
from generator.problems import Place, Problem, ProblemsError, in_one_line, in_order, near, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from generator.document import Document
    from generator.release import Release

FOLDERS = {"sections": "section", "lenses": "lens", "exercises": "exercise"}
"""The folders of a framework, and the kind of thing that each file in them holds."""

SINGLE = {"framework.yml": "framework", "glossary.yml": "glossary", "sources.yml": "sources"}
"""The files at the top of a framework."""

BENCHMARK = "benchmark.json"
"""The file beside them that may be there or not."""

MOST_FILES = 2_000
"""Files of one kind. A framework of 400 lenses has 400 of them."""
LONGEST_TEXT = 20_000
"""Characters of one text: a page of a book has about 2,000."""


@dataclass(frozen=True)
class Reading:
    """What came of reading a folder."""

    framework: Framework | None
    """The framework; None while there are problems."""
    documents: tuple[Document, ...]
    """Its files."""
    problems: tuple[Problem, ...]
    """Everything that stands in the way, what of its benchmark is left out, and what is wrong with its releases, sorted by place."""
    unread: frozenset[str] = frozenset()
    """The kinds of file of which one could not be read at all."""
    benchmark: Benchmark | None = None
    """What of its benchmark compares with the framework as it is now, if it has one."""
    releases: tuple[Release, ...] = ()
    """Those that are sound, the earliest first."""
    unsound_releases: tuple[Problem, ...] = ()
    """What is wrong with the others; it is among the problems too."""

    def of_kind(self, kind: str) -> Iterator[Document]:
        """The files that hold one kind of thing."""
        return (document for document in self.documents if document.kind == kind)

    def indicator_place(self, id_: str, *key: str) -> Place:
        """Where an indicator is written, or one of its keys."""
        section, path = self._indicator_paths[id_]
        return section.place((*path, *key))

    @cached_property
    def _indicator_paths(self) -> Mapping[str, tuple[Document, document.Path]]:
        return {
            id_: (section, path[:-1])
            for section in self.of_kind("section")
            for path, id_ in section.find("indicators", document.ANY, "id")
            if isinstance(id_, str)
        }


def read(folder: Path) -> Reading:
    """Read a framework.

    Arguments:
        folder: The folder that holds framework.yml.

    Returns:
        The framework, or every problem of all its files.
    """
    documents, problems, unread = _documents(folder)
    whole = assembled(documents, problems, unread)
    compared, found = read_benchmark(folder / BENCHMARK, whole.framework)
    releases, unsound = release.read(folder / release.FOLDER, shown(folder / release.FOLDER))
    all_problems = in_order([*whole.problems, *found, *unsound])
    return replace(
        whole,
        problems=tuple(all_problems),
        benchmark=compared,
        releases=tuple(releases),
        unsound_releases=tuple(unsound),
    )


def assembled(
    documents: Sequence[Document], problems: Iterable[Problem], unread: frozenset[str] = frozenset()
) -> Reading:
    """Put a framework together from its documents.

    Arguments:
        documents: Its files.
        problems: What was wrong with them so far.
        unread: The kinds of file of which one could not be read at all.
    """
    found = list(problems)
    parts: dict[tuple[str, str], Any] = {}
    for each in documents:
        parts[each.kind, each.file], more = validated(each)
        found += more
    found += references.problems(documents, unread)
    is_sound = all(problem.severity == "warning" for problem in found)
    framework = _assembled(documents, parts) if is_sound else None
    return Reading(framework, tuple(documents), tuple(in_order(found)), unread)


def read_benchmark(path: Path, framework: Framework | None) -> tuple[Benchmark | None, list[Problem]]:
    """Read a benchmark.

    Arguments:
        path: The file. There may be none.
        framework: What it is compared with. None while that has problems of its own: then only the file itself is looked at.

    Returns:
        What of it compares, if anything does, and every problem of it. A warning leaves a part of it out.
    """
    if not os.path.lexists(path):
        return None, []
    parsed, problems = _parsed(path, "benchmark")
    if parsed is None:
        return None, problems
    made, found = validated(parsed)
    problems += found
    if made is None or framework is None:
        return None, problems
    kept, found = benchmark.compared(parsed, made, framework)
    problems += found
    is_sound = all(problem.severity == "warning" for problem in problems)
    return (kept if is_sound and kept.forms else None), problems


def framework(folder: Path) -> Framework:
    """Read a framework that has to be sound.

    Raises:
        ProblemsError: With every problem of its files.
    """
    reading = read(folder)
    if reading.framework is None:
        raise ProblemsError(reading.problems)
    return reading.framework


def _documents(folder: Path) -> tuple[list[Document], list[Problem], frozenset[str]]:
    """Every file of a framework, parsed; what was wrong; and the kinds of which a file could not be read."""
    documents: list[Document] = []
    unread: set[str] = set()
    if not folder.is_dir():
        hint = "name the folder that holds framework.yml: balcony check --framework DIR"
        return [], [Problem(Place(shown(folder)), "", "there is no such folder", hint)], frozenset(FILE_KINDS)
    problems: list[Problem] = []
    for path, kind in _misnamed(folder):
        message, hint = "only files that end in .yml are read", f"rename it to {path.stem}.yml"
        problems.append(Problem(Place(shown(path)), "", message, hint))
        unread.add(kind)
    room = document.MOST_VALUES
    for path, kind in _paths(folder, problems):
        parsed, found = _parsed(path, kind)
        problems += found
        if parsed is None:
            unread.add(kind)
            continue
        documents.append(parsed)
        room -= len(parsed.places) + len(parsed.keys)
        if room < 0:
            message = f"the framework has more than {document.MOST_VALUES:,} keys and values"
            problems.append(Problem(Place(shown(path)), "", message, "nothing after this file is read: take some out"))
            return documents, problems, frozenset(FILE_KINDS)
    return documents, problems, frozenset(unread)


def _paths(folder: Path, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """The files of a framework, and what each of them holds. Of a folder with too many, only the first."""
    for name, kind in SINGLE.items():
        yield folder / name, kind
    for name, kind in FOLDERS.items():
        paths = sorted((folder / name).glob("*.yml"))
        if len(paths) > MOST_FILES:
            message = f"the folder holds {len(paths):,} files"
            problems.append(Problem(Place(shown(folder / name)), "", message, f"{MOST_FILES:,} at most are read"))
        for path in paths[:MOST_FILES]:
            yield path, kind


def _misnamed(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files whose names are near enough to be meant, and what each of them would hold."""
    for name, kind in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml"))[:MOST_FILES]:
            yield path, kind


def _parsed(path: Path, kind: str) -> tuple[Document | None, list[Problem]]:
    hint = f"a framework needs {path.name}" if path.name in SINGLE else "check the file and who may read it"
    content, problems = content_of(path, hint)
    return (None, problems) if content is None else document.parse(content, shown(path), kind)


def content_of(path: Path, hint: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a YAML file; or none, and why it is not read.

    Arguments:
        path: The file.
        hint: What to do where it cannot be read.
    """
    try:
        return files.read(path, document.LARGEST_FILE), []
    except files.TooLargeError as error:
        return None, [document.too_large(shown(path), error.size)]
    except OSError as error:
        return None, [Problem(Place(shown(path)), "", f"the file cannot be read ({error.strerror})", hint)]


def shown(path: Path) -> str:
    """A path as a person would type it here, with forward slashes, so that editors can jump to it: on one line, whatever it is."""
    try:
        # Not through a link: where it leads is not where it stands, and it may lead round in a circle.
        found = Path(os.path.realpath(path.parent), path.name).relative_to(Path.cwd()).as_posix()
    except ValueError:
        found = path.as_posix()
    return in_one_line(found)


def _assembled(documents: Sequence[Document], parts: Mapping[tuple[str, str], Any]) -> Framework:
    """Put the parts together in the order that framework.yml gives."""
    by_kind: dict[str, list[Any]] = {kind: [] for kind in FILE_KINDS}
    for each in documents:
        by_kind[each.kind].append(parts[each.kind, each.file])
    outline = by_kind["framework"][0]
    by_id = {kind: {part.id: part for part in by_kind[kind]} for kind in FOLDERS.values()}
    return Framework.model_construct(
        outline=outline,
        sections=tuple(by_id["section"][id_] for id_ in outline.sections),
        lenses=tuple(by_id["lens"][id_] for id_ in outline.lenses),
        exercises=tuple(by_id["exercise"].values()),
        glossary=by_kind["glossary"][0],
        sources=by_kind["sources"][0],
    )


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(FILE_KINDS[kind])


def validated(each: Document) -> tuple[Any, list[Problem]]:
    """The part of the model that a file holds, and the problems of its keys and types."""
    problems = [*islice(_nothing_written(each), document.MOST_PROBLEMS), *_too_long_texts(each)]
    try:
        value = _adapter(each.kind).validate_python(each.data, strict=True)
    except ValidationError as error:
        if error.error_count() > document.MOST_PROBLEMS:
            message = f"{error.error_count():,} things are wrong in this file"
            problems.append(each.problem((), message, "that is no slip: framework/README.md shows what it should hold"))
        else:
            problems += _as_problems(each, error.errors(include_url=False))
        return None, problems
    return (None if problems else value), problems


def _nothing_written(each: Document) -> Iterator[Problem]:
    """Keys without a value: YAML reads them as null, and a framework has no use for it."""
    for path, written in each.plain.items():
        if _is_nothing(each, path):
            message = f"{written} means nothing at all" if written else "nothing is written here"
            yield each.problem(path, message, "write what belongs here, or leave the key out if it is optional")


def _too_long_texts(each: Document) -> Iterator[Problem]:
    """Texts that no page could show."""
    for path, text in each.texts():
        if len(text) > LONGEST_TEXT:
            message = f"the text has {len(text):,} characters"
            yield each.problem(path, message, f"{LONGEST_TEXT:,} at most: say it in fewer words, or split it")


def _is_nothing(each: Document, path: document.Path) -> bool:
    return path in each.plain and next((value is None for _, value in each.find(*path)), False)


def _as_problems(each: Document, errors: list[ErrorDetails]) -> Iterator[Problem]:
    for details in errors:
        found = _Found(each, _path_in(each, details["loc"]), details)
        if not _is_said_elsewhere(found):
            yield _PHRASES.get(details["type"], _other)(found)


@dataclass(frozen=True)
class _Found:
    """What pydantic found, and where."""

    each: Document
    path: document.Path
    details: ErrorDetails

    @property
    def value(self) -> Any:
        return self.details["input"]

    @property
    def context(self) -> dict[str, Any]:
        return self.details.get("ctx", {})

    def problem(self, message: str, hint: str) -> Problem:
        return self.each.problem(self.path, message, hint)


def _is_said_elsewhere(found: _Found) -> bool:
    """Whether another problem says it better."""
    kind, last = found.details["type"], str(found.details["loc"][-1:])
    if _is_nothing(found.each, found.path) or (kind == "missing" and _is_misspelt(found)):
        return True
    if kind == "too_short":  # because some of its entries have problems of their own
        value = next((value for _, value in found.each.find(*found.path)), ())
        return len(value) >= int(found.context["min_length"])
    # Where a list or a word may stand, pydantic complains of both.
    if "literal[" in last and isinstance(found.value, tuple):
        return True
    if "tuple[" in last and kind == "tuple_type":
        return True
    # `references` knows how many levels there are.
    return "[key]" in last and isinstance(found.value, int) and found.path[-2:-1] in (("levels",), ("next_steps",))


def _is_misspelt(found: _Found) -> bool:
    """Whether a key that is missing is there under a name that is nearly its own: that is said of the name."""
    value: Any = next((value for _, value in found.each.find(*found.path[:-1])), {})
    known = _known_keys(found.each.kind, _shape(found.path[:-1]))
    unknown = islice((key for key in value if key not in known), _MOST_COMPARED)
    return any(near(key, known) == [found.path[-1]] for key in unknown)


_MOST_COMPARED = 100
"""Keys that are looked at for one that is missing."""


def _missing(found: _Found) -> Problem:
    message = f'the key "{found.path[-1]}" is missing'
    return found.each.problem(found.path[:-1], message, "add it: framework/README.md says what it holds")


def _unknown_key(found: _Found) -> Problem:
    key = found.path[-1]
    known = _known_keys(found.each.kind, _shape(found.path[:-1]))
    return found.each.key_problem(found.path, f"{quoted(key)} is not a key that is known here", nearest(key, known))


def _not_among(found: _Found) -> Problem:
    expected = str(found.context.get("expected", "")).replace("'", "")
    allowed = expected.replace(" or ", ", ").split(", ")
    or_list = ", or a list" if "literal[" in str(found.details["loc"][-1:]) else ""
    return found.problem(f"{quoted(found.value)} is not allowed", nearest(found.value, allowed) + or_list)


def _wrong_form(found: _Found) -> Problem:
    if found.context.get("pattern") == ID_PATTERN:
        hint = "use lower-case words with hyphens between them, such as shared-purpose"
        return found.problem(f"{quoted(found.value)} cannot be an id", hint)
    hint = _FORMS.get(str(found.path[-1]), f"it has to match {found.context.get('pattern')}")
    return found.problem(f"{quoted(found.value)} has the wrong form", hint)


def _too_long(found: _Found) -> Problem:
    return found.problem(f"{quoted(found.value)} is too long", f"use {found.context['max_length']} characters at most")


def _no_text(found: _Found) -> Problem:
    return found.problem("there is no text", "write it, or leave the key out if it is optional")


def _wrong_count(found: _Found) -> Problem:
    least, most = (found.context.get(name) for name in ("min_length", "max_length"))
    bound = f"{least} at least" if least is not None else f"{most} at most"
    count = len(found.value) if isinstance(found.value, tuple) else found.context["actual_length"]
    return found.problem(f"the number of entries is {count}", f"it should be {bound}")


def _out_of_range(found: _Found) -> Problem:
    least, most = (found.context.get(name) for name in ("ge", "le"))
    bound = f"{least} at least" if least is not None else f"{most} at most"
    return found.problem(f"{quoted(found.value)} is out of range", f"it should be {bound}")


def _other(found: _Found) -> Problem:
    message = str(found.context.get("error", found.details["msg"]))
    return found.problem(f"{quoted(found.value)} is not allowed", message)


_FORMS = {
    "version": "use three numbers, such as 1.0.0",
    "url": "use an address that begins with https://",
    **dict.fromkeys(("from", "to"), "use one decimal place, such as 2.4"),
}

_WANTED = {
    "string_type": "text is wanted",
    "int_type": "a whole number is wanted",
    "int_from_float": "a whole number is wanted",
    "bool_type": "true or false is wanted",
    "tuple_type": "a list is wanted, with a hyphen before each entry",
    **dict.fromkeys(
        ("dict_type", "mapping_type", "model_type", "model_attributes_type"), "keys with values are wanted"
    ),
}


def _wrong_type(found: _Found) -> Problem:
    """A value of the wrong type. YAML's own traps are named for what they are."""
    each, path, value = found.each, found.path, found.value
    wanted = _WANTED[found.details["type"]]
    if found.details["loc"][-1:] == ("[key]",) and isinstance(value, int):
        message = f"{value} without quotes is read as a number"
        return each.key_problem(path, message, f'{wanted}: put it in quotes, "{value}"')
    if found.details["loc"][-1:] == ("[key]",):
        hint = f"write {value} without quotes" if str(value).isdecimal() else f"{wanted} before the colon"
        return each.key_problem(path, f"{quoted(value)} is text", hint)
    written = each.plain.get(path)
    if wanted == _WANTED["string_type"] and written is not None:
        hint = f'{wanted}: put it in quotes, "{written}"'
        return found.problem(f"{written} without quotes is read as {_read_as(value)}", hint)
    verb = "stand" if isinstance(value, dict) else "stands"
    return found.problem(f"{_called(value)} {verb} here", wanted)


def _called(value: object) -> str:
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, tuple):
        return "a list"
    return "keys with values" if isinstance(value, dict) else quoted(value)


def _read_as(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "a number" if isinstance(value, int | float) else "a date"


_PHRASES: Mapping[str, Callable[[_Found], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_among,
    "string_pattern_mismatch": _wrong_form,
    "string_too_short": _no_text,
    "string_too_long": _too_long,
    "too_short": _wrong_count,
    "too_long": _wrong_count,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    **dict.fromkeys(_WANTED, _wrong_type),
}
"""How each kind of finding is said to the person who writes the YAML."""


def _path_in(each: Document, loc: tuple[int | str, ...]) -> document.Path:
    """The part of pydantic's location that is a path in the file: the names of unions and key checks are left out."""
    path: document.Path = ()
    value = each.data
    for index, step in enumerate(loc):
        is_key = isinstance(value, dict) and step in value
        is_position = isinstance(value, tuple) and isinstance(step, int) and step < len(value)
        if is_key or is_position:
            value, path = value[step], (*path, step)
        elif index == len(loc) - 1 and isinstance(value, dict) and step != "[key]":
            path = (*path, step)  # the key that is missing
    return path


def _shape(path: document.Path) -> tuple[str | None, ...]:
    """A path without its positions: what one entry of a list may hold, all may."""
    return tuple(step if isinstance(step, str) else None for step in path)


@cache
def _known_keys(kind: str, shape: tuple[str | None, ...]) -> tuple[str, ...]:
    """The keys that the model knows for the mappings at paths of a shape."""
    schema = _adapter(kind).json_schema(by_alias=True)
    definitions = schema.get("$defs", {})

    def resolved(part: dict[str, Any]) -> dict[str, Any]:
        target: dict[str, Any] = definitions[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
        return target

    part = resolved(schema)
    for step in shape:
        inside = part.get("items") if step is None else part.get("properties", {}).get(step)
        part = resolved(inside or part.get("additionalProperties") or {})
    return tuple(part.get("properties", {}))
