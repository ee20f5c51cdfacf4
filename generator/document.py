"""One YAML file as plain values, with the place of each of them.

YAML's events are read one by one, without recursion: an alias bomb, absurd nesting or an object tag is a problem
with a place, never a hang or a traceback. Nothing is constructed but text, numbers, true and false, dates, lists and mappings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from generator.problems import Place, Problem, quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.problems import Severity

Path = tuple[str | int, ...]
"""The way from the top of a file to a value, by keys and positions."""

ANY = object()
"""Stands for every key or position in a pattern of `Document.find`."""

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes. A framework of 4,000 indicators in one file has about half of this."""
DEEPEST = 24
"""Lists and mappings inside each other. A framework needs 7."""
MOST_VALUES = 1_000_000
"""Keys and values in one file, or in a framework. One of 4,000 indicators has about a third of this."""
MOST_ENTRIES = 10_000
"""Entries in one list or mapping."""
MOST_PROBLEMS = 1_000
"""Problems of one file that are told."""
LONGEST_NUMBER = 100
"""Characters. Anything longer is text: YAML's numbers in base 60 take minutes to work out when they are long."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_CONSTRUCTOR: Any = yaml.constructor.SafeConstructor()
_TEXT_TAG = "tag:yaml.org,2002:str"
_UNUSED = "anchors and aliases are not used here"


@dataclass(frozen=True)
class Document:
    """The values of one file, and where they stand."""

    file: str
    kind: str
    """What the file holds, in the framework's words: framework, section, lens, exercise, glossary, sources."""
    data: Any
    places: Mapping[Path, Place]
    """Where each value begins."""
    keys: Mapping[Path, Place]
    """Where the key of each value begins."""
    plain: Mapping[Path, str]
    """Values written without quotes that YAML reads as something other than text, as they were written."""

    def place(self, path: Path = ()) -> Place:
        """Where the value at a path begins, or else the nearest mapping or list around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))

    def key_place(self, path: Path) -> Place:
        """Where the key of the value at a path begins."""
        return self.keys.get(path) or self.place(path)

    def find(self, *pattern: object) -> Iterator[tuple[Path, Any]]:
        """Every value at a path of this pattern, where `ANY` stands for any key or position."""
        yield from _find(self.data, (), pattern)

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text, and where it stands."""
        return _texts(self.data, ())

    def where(self, path: Path = ()) -> str:
        """The same path in words, naming things by their own ids: `lens six-ways, dimension being`."""
        return ", ".join(_steps(self, path))

    def problem(
        self, path: Path, message: str, hint: str = "", severity: Severity = "error", rule: str | None = None
    ) -> Problem:
        """A problem of the value at a path.

        Arguments:
            path: The way to it: keys, and places in lists from 0. Of what is not there, the nearest that is.
            message: What is wrong.
            hint: What is allowed, or what to do.
            severity: Whether it stops a build.
            rule: The number of the writing rule that it breaks, if it breaks one.
        """
        return Problem(self.place(path), self.where(path), message, hint, severity, rule)

    def key_problem(
        self, path: Path, message: str, hint: str = "", severity: Severity = "error", rule: str | None = None
    ) -> Problem:
        """A problem of the key at a path.

        Arguments:
            path: As for `problem`; so are the others.
            message: What is wrong.
            hint: What is allowed, or what to do.
            severity: Whether it stops a build.
            rule: The number of a writing rule.
        """
        return Problem(self.key_place(path), self.where(path[:-1]), message, hint, severity, rule)


def parse(content: bytes, file: str, kind: str) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file.

    Arguments:
        content: The bytes of the file.
        file: Its name, as problems should show it.
        kind: What the file holds.

    Returns:
        The document, or None where the file is no YAML at all, and every problem found.
    """
    text, problem = _decoded(content, file)
    if problem:
        return None, [problem]
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            builder.take(event)
    except _StopReadingError:
        pass
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(error, text, file)]
    if builder.is_beyond_reason:
        return None, builder.problems
    if not builder.documents or builder.root is None:
        return None, [*builder.problems, Problem(Place(file), "", "the file is empty", _CONTENTS.format(kind=kind))]
    return Document(file, kind, builder.root, builder.places, builder.keys, builder.plain), builder.problems


_CONTENTS = "it should hold the {kind}: framework/README.md shows an example"


def _decoded(content: bytes, file: str) -> tuple[str, Problem | None]:
    """The text of a file, or why it has none."""
    if len(content) > LARGEST_FILE:
        return "", too_large(file, len(content))
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")  # what comes after a byte order mark
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return "", Problem(place, "", "this is not UTF-8 text", "save the file as UTF-8")


def too_large(file: str, size: int) -> Problem:
    """What to say of a file that is not read because of its size.

    Arguments:
        file: Its name, as problems should show it.
        size: Bytes.
    """
    found, most = (number / 1024**2 for number in (size, LARGEST_FILE))
    return Problem(Place(file), "", f"the file has {found:.0f} MB", f"split it: {most:.0f} MB at most")


class _StopReadingError(Exception):
    """Ends the reading of a file that is nested or long beyond reason, or that goes on after its end."""


@dataclass
class _Container:
    """A list or mapping that is still being filled."""

    value: dict[str | int, Any] | list[Any]
    path: Path | None
    """Its path; None where it is put aside, under a key that stands twice or as a key itself."""
    is_key: bool = False
    """It stands where a key should be."""
    key: str | int | None = None
    """The key whose value comes next; None in a mapping that waits for a key."""
    put_aside: bool = False
    """The value of this key is read, so that reading goes on behind it, and not kept."""

    @property
    def waits_for_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


@dataclass
class _Builder:
    """Fills plain values from YAML's events."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    plain: dict[Path, str] = field(default_factory=dict)
    root: Any = None
    documents: int = 0
    is_beyond_reason: bool = False
    _values: int = 0
    _open: list[_Container] = field(default_factory=list)

    def take(self, event: Any) -> None:
        """Take the next event: PyYAML's types for them say nothing of their fields."""
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        self._bound(event, place)
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(place)
            case yaml.AliasEvent():
                message = f"{quoted(f'*{event.anchor}')} repeats something from elsewhere"
                self._problem(place, message, f"write the text out: {_UNUSED}")
                self._take_alias(place)
            case yaml.ScalarEvent():
                self._refuse_extras(event, place)
                self._take_scalar(event, place)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_extras(event, place)
                self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], place)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()

    def _problem(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem(place, "", message, hint))
        if len(self.problems) == MOST_PROBLEMS:
            self._stop(place, "there are more problems than can be told here", f"mend these {MOST_PROBLEMS:,} first")

    def _stop(self, place: Place, message: str, hint: str) -> NoReturn:
        """End the reading of a file from which nothing good can come."""
        self.problems.append(Problem(place, "", message, hint))
        self.is_beyond_reason = True
        raise _StopReadingError

    def _bound(self, event: Any, place: Place) -> None:
        """Refuse what no framework has, before memory and time are spent on it."""
        if isinstance(event, yaml.NodeEvent):
            self._values += 1
            if self._values > MOST_VALUES:
                message = f"the file has more than {MOST_VALUES:,} keys and values"
                self._stop(place, message, "split it: no framework needs so many")
            if self._open and len(self._open[-1].value) >= MOST_ENTRIES and self._open[-1].key is None:
                message = f"more than {MOST_ENTRIES:,} entries stand in one list or mapping"
                self._stop(place, message, "split it over several files")

    def _begin_document(self, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            self._problem(place, "a second document begins here", "keep one document in a file, without ---")
            raise _StopReadingError

    def _refuse_extras(self, event: Any, place: Place) -> None:
        """Anchors and tags are YAML's means to build other things than text; a framework has no use for them."""
        if event.anchor:
            self._problem(
                place, f"{quoted(f'&{event.anchor}')} marks something to be repeated", f"leave it out: {_UNUSED}"
            )
        if event.tag not in (None, "!", _TEXT_TAG):
            self._problem(place, f"{quoted(event.tag)} is a tag", "leave it out: tags are not used here")

    def _here(self) -> Path | None:
        """The path of the value that comes next; None where it is put aside."""
        if not self._open:
            return ()
        parent = self._open[-1]
        if parent.path is None or parent.put_aside or parent.waits_for_key:
            return None
        return (*parent.path, len(parent.value) if isinstance(parent.value, list) else parent.key or "")

    def _mark(self, place: Place, written: str | None = None) -> Path | None:
        """Note where the value that comes next stands, and how it was written if YAML would not read it as text."""
        path = self._here()
        if path is not None:
            self.places[path] = place
            if written is not None:
                self.plain[path] = written
        return path

    def _put(self, value: object) -> None:
        """Put a finished value where it belongs."""
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
            return
        if not parent.put_aside:
            parent.value[parent.key or ""] = value
        parent.key, parent.put_aside = None, False

    def _take_scalar(self, event: Any, place: Place) -> None:
        value = _value(event)
        if self._open and self._open[-1].waits_for_key:
            self._take_key(self._open[-1], value, event.value, place)
            return
        self._mark(place, None if isinstance(value, str) else event.value)
        self._put(value)

    def _take_key(self, parent: _Container, value: object, written: str, place: Place) -> None:
        # A key that YAML reads as a date, true or false is a word to its author: it is kept as written.
        key = value if isinstance(value, int) and not isinstance(value, bool) else written
        parent.key, parent.put_aside = key, key in parent.value
        if parent.path is None:
            return
        path = (*parent.path, key)
        if parent.put_aside:
            message = f"the key {quoted(key)} stands here for the second time"
            self._problem(place, message, f"keep one: the first is on line {self.keys[path].line}")
        else:
            self.keys[path] = place

    def _take_alias(self, place: Place) -> None:
        if self._open and self._open[-1].waits_for_key:
            self._open[-1].key, self._open[-1].put_aside = "", True
            return
        self._mark(place)
        self._put("")

    def _begin(self, value: dict[str | int, Any] | list[Any], place: Place) -> None:
        if len(self._open) >= DEEPEST:
            message = f"lists and mappings stand more than {DEEPEST} deep here"
            self._stop(place, message, "a framework needs 7 at most: check the indentation and the brackets")
        is_key = bool(self._open) and self._open[-1].waits_for_key
        if is_key:
            self._problem(place, "a list or a mapping cannot be a key", "write a word before the colon")
        self._open.append(_Container(value, self._mark(place), is_key))

    def _end(self) -> None:
        ended = self._open.pop()
        if ended.is_key:
            self._open[-1].key, self._open[-1].put_aside = "", True
        else:
            # A finished list does not change any more.
            self._put(tuple(ended.value) if isinstance(ended.value, list) else ended.value)


def _value(event: Any) -> object:
    """The value of a scalar: text, unless it is written without quotes and YAML reads it as something else."""
    if event.style or not event.implicit[0] or len(event.value) > LONGEST_NUMBER:
        return event.value
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))
    construct = yaml.SafeLoader.yaml_constructors.get(tag)
    if tag == _TEXT_TAG or construct is None:
        return event.value
    try:
        value = construct(_CONSTRUCTOR, yaml.ScalarNode(tag, event.value))
    except (ValueError, OverflowError, yaml.YAMLError):
        return event.value  # such as the date 2026-13-45
    return value if value is None or isinstance(value, bool | int | float | date) else event.value


_SYNTAX_HINTS = {
    "mapping values are not allowed": "put the text in quotes if it holds a colon followed by a space",
    "could not find expected ':'": "a key needs a colon and a space after it; a text over several lines needs >- after its key",
    "expected <block end>": "check the indentation: it should line up with the lines above",
    "found unexpected end of stream": "a quote or bracket is opened and not closed",
    "cannot start any token": "put the text in quotes: it begins with a character that YAML uses itself",
    "did not find expected key": "check the indentation and the quotes: a text that begins with a quote must end with it",
}
"""What usually is the matter, by a part of the YAML parser's own message."""


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """What YAML's own parser stumbled over, said once and with its place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a character that may not stand in YAML
        return _control_character(text, file)
    place = Place(file, mark.line + 1, mark.column + 1)
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    message = getattr(error, "problem", None) or "this is not YAML"
    if "\t" in line[: len(line) - len(line.lstrip())] or line[mark.column : mark.column + 1] == "\t":
        return Problem(place, "", "a tab stands where YAML wants spaces", "indent with two spaces")
    otherwise = "check the indentation, quotes and colons around it"
    hint = next((hint for words, hint in _SYNTAX_HINTS.items() if words in message), otherwise)
    return Problem(place, "", f"YAML cannot be read here ({message})", hint)


def _control_character(text: str, file: str) -> Problem:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem(
        place, "", "a control character stands here", "delete it: it is invisible and YAML does not allow it"
    )


def _find(value: object, path: Path, pattern: tuple[object, ...]) -> Iterator[tuple[Path, Any]]:
    if not pattern:
        yield path, value
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(value, dict):
        keys: Iterable[Any] = value if step is ANY else (step,)
        for key in keys:
            if key in value:
                yield from _find(value[key], (*path, key), rest)
    elif isinstance(value, tuple):
        for index in range(len(value)) if step is ANY else (step,):
            if isinstance(index, int) and 0 <= index < len(value):
                yield from _find(value[index], (*path, index), rest)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))


_HOLDERS = {
    "sections": "section",
    "lenses": "lens",
    "headline_lenses": "headline lens",
    "forms": "form",
    "levels": "level",
    "context": "context question",
    "options": "option",
    "warning_signs": "warning sign",
    "closing_questions": "closing question",
    "indicators": "indicator",
    "dimensions": "dimension",
    "next_steps": "next step",
    "evidence": "evidence",
    "exercises": "exercise",
    "materials": "material",
    "formerly": "former id",
    "writing_rules": "entry",
    "steps": "step",
    "card": "card question",
    "sources": "source",
    "for": "for",
    "see": "see",
    "glossary": "term",
}
"""Keys that hold many things, and what one of them is called."""


def _steps(document: Document, path: Path) -> Iterator[str]:
    """Name each step of a path: things with an id by their id, others by their position, counted from 1."""
    value, holder = document.data, document.kind
    if document.kind != "framework" and isinstance(value, dict) and isinstance(value.get("id"), str):
        yield f"{document.kind} {shortened(value['id'])}"
    for index, step in enumerate(path):
        parent, value = value, _inside(value, step)
        last = index == len(path) - 1
        if isinstance(parent, tuple):
            yield f"{_HOLDERS.get(holder, holder)} {_name(value) or int(step) + 1}"
        elif holder in _BY_LEVEL or (document.kind == "sources" and index == 0):
            yield f"{_HOLDERS[holder]} {shortened(str(step))}"
        elif not _is_named_by_what_it_holds(step, value, last=last):
            yield shortened(str(step))
        holder = str(step)


_BY_LEVEL = ("levels", "next_steps")
"""Keys that hold a text for each level."""


def _is_named_by_what_it_holds(step: str | int, value: object, *, last: bool) -> bool:
    """Whether the step after this one says enough: `indicator shared-purpose` needs no `indicators` before it."""
    return (isinstance(value, tuple) and step in _HOLDERS and not last) or (
        isinstance(value, dict) and step in _BY_LEVEL
    )


def _inside(value: object, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, tuple) and isinstance(step, int) and step < len(value) else None


def _name(value: object) -> str | int | None:
    """What a thing calls itself."""
    if not isinstance(value, dict):
        return None
    names = (value.get(key) for key in ("id", "term", "source"))
    level = value.get("level")
    return next((shortened(name) for name in names if isinstance(name, str)), level if isinstance(level, int) else None)
