"""A framework as tables: which sheets there are, which columns they have, and how a cell is written and read.

The columns are the keys of the model, and their notes are what the model says of them. What cannot stand in a table is a
problem with its cell, and nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, get_origin

from openpyxl.utils import get_column_letter
from pydantic import BaseModel

from generator import model, reading, references, writing
from generator.document import Document, Path
from generator.problems import Place, Problem, near, nearest, quoted
from generator.table import UPRIGHT, Grid, Heading, Row, Sheet, Unreadable, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Data = Mapping[str, Any]
Cells = tuple[tuple[str | int | None, ...], ...]
MOST_LEVELS = 7
_NOWHERE = 0
"""The column of a value that is missing for a reason that is told already."""


# Cells


class _CellError(Exception):
    """What is wrong with a cell, and what is wanted."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Kind:
    """How one kind of value stands in a cell."""

    write: Callable[[Any], str | int | None]
    read: Callable[[Value], Any]
    """Gives nothing but what the model allows, or raises."""
    note: str = ""
    """How it is written, for the people who write it."""
    empty: Any = ""
    """What an empty cell is where something has to be: the model says what is wrong with it."""


def _text(value: Value) -> str:
    """The text of a cell. Numbers are given back as they were typed, dates cannot be."""
    if isinstance(value, Unreadable):
        raise _CellError(value.message, value.hint)
    if isinstance(value, bool):
        raise _CellError(f"{str(value).upper()} is a switch here", "format the cell as text, and write it again")
    if isinstance(value, date | time | timedelta):
        shown = str(value).removesuffix(" 00:00:00")
        raise _CellError(
            f"the spreadsheet has made {quoted(shown)} of it", "format the cell as text, and write it again"
        )
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)


def _version(value: Value) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        message = f"{quoted(value)} is a number here, and a version has three"
        raise _CellError(message, "format the cell as text, and write it as 1.0.0")
    return _text(value)


def _whole(value: Value) -> int:
    text = _text(value)
    if not re.fullmatch(r"\d{1,9}", text):
        raise _CellError(f"{quoted(text)} stands here", "a whole number is wanted")
    return int(text)


def _share(value: Value) -> int | str:
    """`3`, `3/5`, or 0.6, which is the same."""
    text = _text(value)
    decimal = re.fullmatch(r"\d{1,4}[.,]\d{1,4}", text)
    return _shortest(str(Fraction(text.replace(",", ".")))) if decimal else _shortest(text)


def _shortest(text: str) -> int | str:
    """A fraction as YAML writes it best: a whole number is one."""
    return int(text) if re.fullmatch(r"\d{1,4}", text) else text


def _words(value: Value) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s,;]+", _text(value)))


def _numbers(value: Value) -> tuple[int, ...]:
    return tuple(_whole(word) for word in _words(value))


def _yes(value: Value) -> bool | None:
    """True, or nothing: what is not said is not so."""
    words = {"yes": True, "true": True, "x": True, "no": None, "false": None}
    text = str(value).lower() if isinstance(value, bool) else _text(value).lower()
    if text not in words:
        raise _CellError(f"{quoted(text)} is not allowed", nearest(text, ("yes", "no")))
    return words[text]


def _lines(value: Value) -> tuple[str, ...]:
    """One text a line. A line that begins with a space goes on with the text above."""
    found = re.split(r"\n(?! )", _text(value))
    return tuple(text for text in (re.sub(r"\n {1,2}", "\n", each).strip() for each in found) if text)


def _as_lines(texts: Iterable[str]) -> str:
    return "\n".join(text.replace("\n", "\n  ") for text in texts)


def _citations(value: Value) -> tuple[dict[str, str], ...]:
    found = []
    for line in _lines(value):
        source, colon, part = (each.strip() for each in line.partition(":"))
        if not (colon and part):
            raise _CellError(
                f"{quoted(line)} does not say which idea is used", "write moore-1995: which idea, in a line"
            )
        found.append({"source": source, "part": part})
    return tuple(found)


def _joined(values: Iterable[object]) -> str | None:
    return ", ".join(map(str, values)) or None


_NONE = "none"
"""An empty list, where that is something other than none at all."""


def _listed(value: Any) -> str | None:
    return value if isinstance(value, str) else _joined(value) or _NONE


def _list_or(word: str, read: Callable[[Value], Any]) -> Callable[[Value], Any]:
    def read_(value: Value) -> Any:
        text = _text(value).lower()
        return word if text == word else () if text == _NONE else read(value)

    return read_


TEXT = Kind(lambda value: value, _text)
VERSION = Kind(lambda value: value, _version)
WHOLE = Kind(lambda value: value, _whole)
SHARE = Kind(_shortest, _share)
YES = Kind(lambda value: "yes" if value else None, _yes)
WORDS = Kind(_joined, _words, "Ids, with commas between them.", ())
NUMBERS = Kind(_joined, _numbers, "Whole numbers, with commas between them.", ())
LINES = Kind(lambda value: _as_lines(value) or None, _lines, "Each in a line of its own.", ())
CITATIONS = Kind(
    lambda value: _as_lines(f"{each['source']}: {each['part']}" for each in value),
    _citations,
    "Each in a line of its own: the id of the source, a colon, and which idea of it is used.",
    (),
)

_BY_KEY: Mapping[str, Kind] = {
    **dict.fromkeys(("formerly", "forms", "exercises", "for", "see", "indicators", "headline_lenses"), WORDS),
    "sources": CITATIONS,
    "essential": YES,
    "version": VERSION,
    "minimum_group_allowed": NUMBERS,
    "lenses": Kind(_listed, _list_or("all", _words), "Ids, with commas between them, or all.", ()),
    "writing_rules": Kind(_listed, _list_or("off", _numbers), "Numbers, with commas between them, or off."),
}
"""How some values stand in a cell. The others are told by their type."""


# Sheets and columns


@dataclass(frozen=True)
class Column:
    """One column, or one row of a sheet that stands upright."""

    heading: str
    path: Path
    """Where its value stands in the data of a row."""
    kind: Kind = TEXT
    about: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()
    choices_in: str = ""

    @property
    def as_heading(self) -> Heading:
        """As it is written."""
        return Heading(
            self.heading,
            " ".join(filter(None, (self.about, self.kind.note, "" if self.is_required else "May be left empty."))),
            self.choices,
            self.choices_in,
        )


@dataclass(frozen=True)
class Spec:
    """A sheet, and what of the framework stands in it."""

    name: str
    model: type[BaseModel] | None = None
    """What one row holds; None for texts by name."""
    parent: str = ""
    """The column that says what a row belongs to: the kind of it."""
    parent_sheet: str = ""
    elsewhere: frozenset[str] = frozenset()
    """Keys that have sheets of their own."""
    is_upright: bool = False
    is_optional: bool = False


_OWN_SHEETS = frozenset({"levels", "sections", "lenses", "forms", "settings", "context", "warning_signs"})
_MADE = frozenset({"edition"})
"""What a build notes in a framework. Nobody writes it."""

SPECS: tuple[Spec, ...] = (
    Spec("Framework", model.Outline, elsewhere=_OWN_SHEETS | _MADE, is_upright=True),
    Spec("Levels", model.Level),
    Spec("Sections", model.Section, elsewhere=frozenset({"indicators"})),
    Spec("Indicators", model.Indicator, "section", "Sections"),
    Spec("Lenses", model.Lens, elsewhere=frozenset({"dimensions", "messages"})),
    Spec("Dimensions", model.Dimension, "lens", "Lenses"),
    Spec("Messages", None, "lens", "Lenses"),
    Spec("Exercises", model.Exercise, elsewhere=frozenset({"steps", "card"}), is_optional=True),
    Spec("Steps", model.Step, "exercise", "Exercises", is_optional=True),
    Spec("Cards", model.CardQuestion, "exercise", "Exercises", is_optional=True),
    Spec("Glossary", model.Term, is_optional=True),
    Spec("Sources", model.Source),
    Spec("Forms", model.Form),
    Spec("Settings", model.Settings, is_upright=True, is_optional=True),
    Spec("Context", model.ContextQuestion, elsewhere=frozenset({"options"}), is_optional=True),
    Spec("Options", model.Option, "question", "Context", is_optional=True),
    Spec("Warning signs", model.WarningSign, is_optional=True),
)
_BY_NAME = {spec.name: spec for spec in SPECS}
_NUMBERED = {"levels": "level", "next_steps": "next step"}
_PROMPTS = 3
"""Things to point to, for each question."""


@cache
def columns(spec: Spec, levels: int = MOST_LEVELS) -> tuple[Column, ...]:
    """The columns of a sheet, in order."""
    return tuple(_columns(spec, levels))


def _columns(spec: Spec, levels: int) -> Iterator[Column]:
    own = list(_model_columns(spec.model, spec.elsewhere, levels)) if spec.model else []
    parent = Column(
        spec.parent, (), about=f"The id of the {spec.parent} that it belongs to.", choices_in=spec.parent_sheet
    )
    if spec.name == "Messages":
        states = tuple(dict.fromkeys(state for states in model.RULES.values() for state in states))
        about = model.Lens.model_fields["messages"].description or ""
        yield parent
        yield Column("state", ("state",), about="A state of the lens's rule.", choices=states)
        yield Column("message", ("message",), about=about)
    elif spec.name == "Sources":
        yield Column("id", (), about="Short words that a person can type. Citations name it.")
        yield from own
    elif spec.name == "Indicators":
        yield own[0]
        yield parent
        yield from own[1:]
    else:
        if spec.parent:
            yield parent
        yield from own


_CHOICES_IN = {"pocket_card": "Exercises", "lens": "Lenses"}


def _model_columns(part: type[BaseModel], elsewhere: frozenset[str], levels: int) -> Iterator[Column]:
    for name, field_ in part.model_fields.items():
        key = field_.alias or name
        about, is_required = field_.description or "", field_.is_required()
        if key in elsewhere:
            continue
        heading = key.replace("_", " ")
        if key in _NUMBERED:
            for level in range(1, levels + 1):
                yield Column(f"{_NUMBERED[key]} {level}", (key, level), about=about)
        elif key == "evidence":
            for index in range(_PROMPTS):
                yield Column(f"evidence {index + 1}", (key, index), about=about)
        elif isinstance(field_.annotation, type) and issubclass(field_.annotation, BaseModel):
            for column in _model_columns(field_.annotation, elsewhere, levels):
                yield Column(
                    column.heading if key == "scope" else f"{heading} {column.heading}",
                    (key, *column.path),
                    column.kind,
                    column.about,
                )
        else:
            kind = _BY_KEY.get(key) or _by_type(field_.annotation)
            choices = model.RULE_NAMES if key == "rule" else ("yes", "no") if kind is YES else ()
            yield Column(heading, (key,), kind, about, is_required, choices, _CHOICES_IN.get(key, ""))


def _by_type(annotation: Any) -> Kind:
    if annotation in (Fraction, int):
        return SHARE if annotation is Fraction else WHOLE
    return LINES if get_origin(annotation) is tuple else TEXT


# Out


def sheets(data: Data) -> list[Sheet]:
    """A framework as sheets that people can edit.

    Arguments:
        data: From `Framework.as_data()`.
    """
    levels = len(data["levels"])
    return [_sheet(spec, columns(spec, levels), list(_entries(spec, data))) for spec in SPECS]


def _sheet(spec: Spec, of: tuple[Column, ...], entries: list[tuple[str, Data]]) -> Sheet:
    headings = tuple(column.as_heading for column in of)
    if spec.is_upright:
        data = entries[0][1]
        rows: Cells = tuple((column.heading, _cell(column, "", data)) for column in of)
    else:
        rows = tuple(tuple(_cell(column, name, entry) for column in of) for name, entry in entries)
    return Sheet(spec.name, headings, rows, spec.is_upright)


def _cell(column: Column, name: str, data: Any) -> str | int | None:
    """What stands in a cell. `name` is that of the parent, or the id of a source."""
    if not column.path:
        return name
    for step in column.path:
        if isinstance(data, Mapping):  # releases, which are JSON, have text for the number of a level
            data = data.get(step, data.get(str(step)))
        else:
            data = data[step] if data is not None and int(step) < len(data) else None
    return None if data is None else column.kind.write(data)


def _entries(spec: Spec, data: Data) -> Iterator[tuple[str, Data]]:
    """What the rows of a sheet hold, each with the name of what it belongs to."""
    match spec.name:
        case "Framework":
            yield "", data
        case "Settings":
            yield "", data["settings"]
        case "Sources":
            yield from data["sources"].items()
        case "Messages":
            for lens in data["lenses"]:
                for state, text in lens["messages"].items():
                    yield lens["id"], {"state": state, "message": text}
        case _ if spec.parent:
            of, key = _CHILDREN[spec.name]
            for each in data[of]:
                yield from ((each["id"], child) for child in each.get(key, ()))
        case _:
            key = spec.name.lower().replace(" ", "_")
            yield from (("", each) for each in data[key])


_CHILDREN = {
    "Indicators": ("sections", "indicators"),
    "Dimensions": ("lenses", "dimensions"),
    "Steps": ("exercises", "steps"),
    "Cards": ("exercises", "card"),
    "Options": ("context", "options"),
}


# In


@dataclass(frozen=True)
class Tabulated:
    """What came of reading tables."""

    documents: tuple[Document, ...]
    """The files of the framework, with the cells from which their values are."""
    problems: tuple[Problem, ...]
    """In the order of the sheets."""


@dataclass
class _Entry:
    """A row as data."""

    place: Place
    parent: str
    """The id of what it belongs to; of a source, its own."""
    values: dict[Path, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)

    def put(self, path: Path, value: Any, place: Place) -> None:
        self.values[path] = value
        self.places[path] = place


def read(grids: Sequence[Grid]) -> Tabulated:
    """Make the files of a framework from tables, or say everything that stands in the way.

    Arguments:
        grids: The sheets. A place in them is a sheet, a row and a column.
    """
    problems: list[Problem] = []
    found = _named(grids, problems)
    levels = max(len(found["Levels"].rows) - 1, 0) if "Levels" in found else MOST_LEVELS
    entries = {
        spec.name: _upright(spec, found.get(spec.name), problems)
        if spec.is_upright
        else _rows(spec, found.get(spec.name), levels, problems)
        for spec in SPECS
    }
    _orphans(entries, problems)
    documents = tuple(_documents(entries))
    checked = [problem for each in documents for problem in reading.validated(each)[1]]
    checked += references.problems(documents)
    checked += writing.problems(documents, {})
    order = [*_BY_NAME, *(grid.name for grid in grids)]
    listed = [*problems, *(each for each in dict.fromkeys(checked) if each.place.column != _NOWHERE)]
    listed.sort(key=lambda each: (order.index(each.place.file), each.place))
    return Tabulated(documents, tuple(dict.fromkeys(listed)))


def told(problem: Problem, *, is_csv: bool) -> str:
    """A problem with its cell, as spreadsheets name it, or with the file and row of a CSV file."""
    place = problem.place
    if is_csv:
        at = f"{place.file}.csv:{place.line}"
    else:
        at = f"{place.file}!{get_column_letter(max(place.column, 1))}{place.line}"
    return at + str(problem).removeprefix(f"{place.file}:{place.line}:{place.column}")


def _plain(text: object) -> str:
    """A name as it is compared: spaces, lines and capitals do not count."""
    return " ".join(re.split(r"[\s_-]+", str(text))).strip().casefold()


def _named(grids: Sequence[Grid], problems: list[Problem]) -> dict[str, Grid]:
    """The sheets by name. An unknown one is a problem, and so is one that is missing."""
    known = {_plain(name): name for name in _BY_NAME}
    found: dict[str, Grid] = {}
    for grid in grids:
        name = known.get(_plain(grid.name))
        if name is None and grid.rows:
            message = f"there is no sheet {quoted(grid.name)} in a framework"
            problems.append(
                Problem(Place(grid.name), "", message, f"rename or delete it: {nearest(grid.name, _BY_NAME)}")
            )
        elif name:
            found[name] = Grid(name, grid.rows)
    for spec in SPECS:
        if spec.name not in found and not spec.is_optional:
            message = "the sheet is missing"
            problems.append(Problem(Place(spec.name), "", message, "balcony export --blank shows all sheets"))
    return found


def _rows(spec: Spec, grid: Grid | None, levels: int, problems: list[Problem]) -> list[_Entry]:
    if grid is None or not grid.rows:
        if grid and not spec.is_optional:
            problems.append(Problem(Place(grid.name), "", "the sheet is empty", "its first row holds the headings"))
        return []
    known = {_plain(column.heading): column for column in columns(spec)}
    head, *rest = grid.rows
    at = _positions(spec, head, known, problems)
    missing = [
        column
        for name, column in known.items()
        if name not in at and column.is_required and not _is_beyond(column, levels)
    ]
    for column in missing:
        message = f"the column {quoted(column.heading)} is missing"
        problems.append(Problem(Place(grid.name, head.number), "", message, _sentence(column)))
    for row in rest:
        for index, cell in enumerate(row.cells):
            if cell is not None and head.get(index) is None:
                message = f"{quoted(cell)} stands in a column without a heading"
                problems.append(Problem(Place(grid.name, row.number, index + 1), "", message, "write one above it"))
    return [_entry(row, spec, known, at, levels, problems=problems) for row in rest]


def _sentence(column: Column) -> str:
    return "it holds: " + column.about.rstrip(".") if column.about else "balcony export --blank shows it"


def _is_beyond(column: Column, levels: int) -> bool:
    """Whether a column is for a level that this framework does not have."""
    return bool(column.path) and column.path[0] in _NUMBERED and int(column.path[1]) > levels


def _positions(spec: Spec, head: Row, known: Mapping[str, Column], problems: list[Problem]) -> dict[str, int]:
    at: dict[str, int] = {}
    for index, cell in enumerate(head.cells):
        name, place = _plain(cell), Place(spec.name, head.number, index + 1)
        if cell is None:
            continue
        if name not in known:
            allowed = [column.heading for column in known.values()]
            message = f"there is no column {quoted(cell)} here"
            problems.append(Problem(place, "", message, nearest(cell, allowed)))
        elif name in at:
            problems.append(Problem(place, "", f"the column {quoted(cell)} stands here twice", "keep one"))
        else:
            at[name] = index
    return at


def _entry(
    row: Row, spec: Spec, known: Mapping[str, Column], at: Mapping[str, int], levels: int, *, problems: list[Problem]
) -> _Entry:
    entry = _Entry(Place(spec.name, row.number, 1), "")
    for name, column in known.items():
        place = Place(spec.name, row.number, at[name] + 1 if name in at else _NOWHERE)
        cell = row.get(at[name]) if name in at else None
        if _is_beyond(column, levels) and cell is None:
            continue
        _take(entry, column, cell, place, problems)
    return entry


def _take(entry: _Entry, column: Column, cell: Value, place: Place, problems: list[Problem]) -> None:
    """Put the value of a cell into its row."""
    value, at = None, place
    if cell is None:
        value = column.kind.empty if column.is_required else None
    else:
        try:
            value = column.kind.read(cell)
        except _CellError as error:
            problems.append(Problem(place, column.heading, error.message, error.hint))
            value, at = column.kind.empty if column.is_required else None, Place(place.file, place.line, _NOWHERE)
    if not column.path:
        entry.parent = value or ""
        entry.places[()] = at
    elif value is not None:
        entry.put(column.path, value, at)


def _upright(spec: Spec, grid: Grid | None, problems: list[Problem]) -> list[_Entry]:
    """The one entry of a sheet with a key and its value in each row."""
    entry = _Entry(Place(spec.name), "")
    known = {_plain(column.heading): column for column in columns(spec)}
    rows: dict[str, Row] = {}
    for row in grid.rows if grid else ():
        name, place = _plain(row.get(0) or ""), Place(spec.name, row.number)
        if row.number == 1 and name == UPRIGHT[0]:
            continue
        beside = next((index for index, cell in enumerate(row.cells) if index > 1 and cell is not None), None)
        if beside is not None:
            place = Place(spec.name, row.number, beside + 1)
            problems.append(Problem(place, "", "only what and value are read here", "take this out"))
        if name not in known:
            allowed = [column.heading for column in known.values()]
            message = f"there is nothing that is called {quoted(row.get(0) or '')} here"
            problems.append(Problem(Place(spec.name, row.number), "", message, nearest(row.get(0) or "", allowed)))
        elif name in rows:
            hint = f"keep one: the first is in row {rows[name].number}"
            problems.append(Problem(place, "", f"{quoted(row.get(0))} stands here twice", hint))
        else:
            rows[name] = row
    for name, column in known.items():
        line = rows.get(name)
        if line is None and column.is_required and grid is not None:
            hint = _sentence(column)
            problems.append(Problem(Place(spec.name), "", f"the row {quoted(column.heading)} is missing", hint))
        place = Place(spec.name, line.number, 2) if line else Place(spec.name, 1, _NOWHERE)
        _take(entry, column, line.get(1) if line else None, place, problems)
    return [entry]


def _orphans(entries: Mapping[str, list[_Entry]], problems: list[Problem]) -> None:
    """Rows that belong to nothing, and names that stand twice where one would hide the other."""
    for spec in SPECS:
        ids = [_id(each) for each in entries.get(spec.parent_sheet, ())]
        seen: dict[object, int] = {}
        for each in entries[spec.name]:
            place = each.places.get((), each.place)
            if spec.parent and each.parent not in ids:
                if place.column != _NOWHERE:
                    message = (
                        f"there is no {spec.parent} {quoted(each.parent)}"
                        if each.parent
                        else f"no {spec.parent} is named"
                    )
                    problems.append(Problem(place, "", message, nearest(each.parent, ids)))
                # So that what names it has no problem.
                each.parent = next(iter([*near(each.parent, ids), *ids]), "")
            # A list keeps both, and says so itself; a mapping would keep one.
            state = each.values.get(("state",))
            key = {"Sources": each.parent, "Messages": state and (each.parent, state)}.get(spec.name)
            if key:
                if key in seen:
                    hint = f"keep one: the first is in row {seen[key]}"
                    problems.append(Problem(place, "", "this stands here twice", hint))
                seen.setdefault(key, each.place.line)


# From rows to files


class _Builder:
    """The data of one file, with the cell of each value."""

    def __init__(self, file: str, kind: str, place: Place) -> None:
        self.file, self.kind = file, kind
        self.data: Any = {}
        self.places: dict[Path, Place] = {(): place}
        self.keys: dict[Path, Place] = {}
        """Where a key stands, if it has a cell of its own."""

    def put(self, path: Path, entry: _Entry, model_: type[BaseModel] | None, more: Mapping[str, Any]) -> dict[str, Any]:
        """Note the cells of an entry that stands at a path, and give its data with the keys in the model's order."""
        if path:
            self.places[path] = entry.place
        for inside, place in entry.places.items():
            if inside:
                for end in range(1, len(inside) + 1):
                    self.places.setdefault((*path, *inside[:end]), place)
        data = {**_nested(entry.values), **more}
        order = [field_.alias or name for name, field_ in model_.model_fields.items()] if model_ else list(data)
        return {key: data[key] for key in order if key in data}

    def list(self, path: Path, entries: Sequence[_Entry], model_: type[BaseModel]) -> tuple[dict[str, Any], ...]:
        """The data of some entries, as a list at a path."""
        if entries:
            self.places.setdefault(path, entries[0].place)
        return tuple(self.put((*path, index), each, model_, {}) for index, each in enumerate(entries))

    @property
    def document(self) -> Document:
        return Document(self.file, self.kind, self.data, self.places, {**self.places, **self.keys}, {})


def _nested(values: Mapping[Path, Any]) -> dict[str, Any]:
    """Values by their paths, as mappings in mappings. What a model holds as a list of texts becomes one."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        inside: dict[Any, Any] = data
        for step in path[:-1]:
            inside = inside.setdefault(step, {})
        inside[path[-1]] = value
    if "evidence" in data:
        data["evidence"] = tuple(data["evidence"].values())
    return data


def _id(entry: _Entry) -> str:
    return str(entry.values.get(("id",), ""))


def _documents(entries: Mapping[str, list[_Entry]]) -> Iterator[Document]:
    def of(name: str, parent: _Entry) -> list[_Entry]:
        return [each for each in entries[name] if each.parent == _id(parent)]

    yield _outline(entries)
    for section in entries["Sections"]:
        made = _Builder(f"sections/{_id(section)}.yml", "section", section.place)
        indicators = made.list(("indicators",), of("Indicators", section), model.Indicator)
        made.data = made.put((), section, model.Section, {"indicators": indicators})
        yield made.document
    for lens in entries["Lenses"]:
        made = _Builder(f"lenses/{_id(lens)}.yml", "lens", lens.place)
        dimensions = made.list(("dimensions",), of("Dimensions", lens), model.Dimension)
        messages = {}
        for each in of("Messages", lens):
            state = each.values[("state",)]
            messages[state] = each.values[("message",)]
            made.places[("messages", state)] = each.places[("message",)]
            made.keys[("messages", state)] = each.places[("state",)]
        made.data = made.put((), lens, model.Lens, {"dimensions": dimensions, "messages": messages})
        yield made.document
    for exercise in entries["Exercises"]:
        made = _Builder(f"exercises/{_id(exercise)}.yml", "exercise", exercise.place)
        steps = made.list(("steps",), of("Steps", exercise), model.Step)
        card = made.list(("card",), of("Cards", exercise), model.CardQuestion)
        more = {"steps": steps, **({"card": card} if card else {})}
        made.data = made.put((), exercise, model.Exercise, more)
        yield made.document
    made = _Builder("glossary.yml", "glossary", Place("Glossary"))
    made.data = made.list((), entries["Glossary"], model.Term)
    yield made.document
    made = _Builder("sources.yml", "sources", Place("Sources"))
    made.data = {}
    for each in entries["Sources"]:
        each.places.setdefault((), each.place)
        made.data[each.parent] = made.put((each.parent,), each, model.Source, {})
        made.places[(each.parent,)] = each.places[()]
    yield made.document


def _outline(entries: Mapping[str, list[_Entry]]) -> Document:
    made = _Builder("framework.yml", "framework", Place("Framework"))
    (own,), (settings,) = entries["Framework"], entries["Settings"]
    more: dict[str, Any] = {}
    for key, name in {"sections": "Sections", "lenses": "Lenses"}.items():
        more[key] = tuple(_id(each) for each in entries[name])
        for index, each in enumerate(entries[name]):
            made.places[(key, index)] = each.places.get(("id",), each.place)
        made.places[(key,)] = Place(name)
    for key, name, part in (
        ("levels", "Levels", model.Level),
        ("forms", "Forms", model.Form),
        ("warning_signs", "Warning signs", model.WarningSign),
    ):
        made.places[(key,)] = Place(name)
        more[key] = made.list((key,), entries[name], part)
    made.places[("settings",)] = Place("Settings")
    more["settings"] = made.put(("settings",), settings, model.Settings, {})
    context = []
    made.places[("context",)] = Place("Context")
    for index, question in enumerate(entries["Context"]):
        path = ("context", index)
        options = made.list(
            (*path, "options"), [each for each in entries["Options"] if each.parent == _id(question)], model.Option
        )
        context.append(made.put(path, question, model.ContextQuestion, {"options": options}))
    more["context"] = tuple(context)
    optional = ("context", "warning_signs")
    kept = {key: value for key, value in more.items() if value or key not in optional}
    made.data = made.put((), own, model.Outline, kept)
    return made.document
