"""Answers that a survey platform has collected with our XLSForm, as sheets: one for each row of its table.

Nothing else goes into a sheet: what tells of a device or of the person who used it is left out, and named.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from generator import sheet, xlsform
from generator.problems import nearest, quoted
from generator.score import NOT_APPLICABLE, NOT_SURE
from generator.table import TableError, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Framework
    from generator.release import Release
    from generator.table import Grid, Row, Value

PERSPECTIVE = ("sheet__perspective", "perspective")
"""Columns that may say whose view a row is."""
_SUBMITTED = ("SubmissionDate", "_submission_time")
_KEYS = ("KEY", "instanceID", "_uuid", "__id", "_id")
"""What platforms call the column that tells a submission from every other."""
_TICKED = frozenset({"1", "1.0", "true", "yes"})


@dataclass(frozen=True)
class Answered:
    """What came of one row."""

    row: int
    """Its number in the table."""
    name: str
    """What to call the file of its sheet."""
    content: bytes
    """The file; empty if the row was refused."""
    reasons: tuple[str, ...] = ()
    """Why it was refused."""


@dataclass(frozen=True)
class _Asked:
    """What one version of the framework asks."""

    revisions: Mapping[str, int]
    """By the id of the question."""
    options: Mapping[str, tuple[str, ...]]
    """By the id of the question about the setting."""
    warning_signs: tuple[str, ...]


class Responses:
    """A table of answers to one form."""

    def __init__(self, grid: Grid, framework: Framework, form: str, releases: Sequence[Release] = ()) -> None:
        """Find out which column holds what.

        Arguments:
            grid: The table, with its headings.
            framework: As it is now.
            form: The form that was answered.
            releases: Earlier versions of the framework, of which answers may be.

        Raises:
            TableError: Where it holds no answers to the form.
        """
        self._framework, self._form = framework, form
        self._versions = {each.version: _asked(each.data) for each in releases}
        self._versions[framework.version] = _asked(framework.as_data())
        self._rows = grid.rows[1:]
        headings = ["" if cell is None else str(cell) for head in grid.rows[:1] for cell in head.cells]
        self._columns: dict[str, int] = {}
        self._ticks: dict[str, int] = {}
        self._used: set[int] = set()
        known = self._known()
        for index, heading in enumerate(headings):
            self._find(index, heading, known)
        if not any(xlsform.name_of(id_) in self._columns for each in self._versions.values() for id_ in each.revisions):
            message = f"No column of {grid.name} is a question of this framework."
            raise TableError(f"{message} Export the values and the names of questions (XML), and not their labels.")
        notes = set(xlsform.names(framework, form)) - known  # what only says something
        self.left_out = [
            heading
            for index, heading in enumerate(headings)
            if heading and index not in self._used and _parts(heading)[-1] not in notes
        ]
        """The columns of which nothing is in the sheets."""

    def _known(self) -> set[str]:
        known = {xlsform.START, xlsform.END, xlsform.FRAMEWORK, xlsform.VERSION, xlsform.FORM}
        known |= {xlsform.WORK, xlsform.TEAM, xlsform.WARNING_SIGNS, *PERSPECTIVE}
        for each in self._versions.values():
            known |= {name for id_ in each.revisions for name in (xlsform.name_of(id_), xlsform.note_of(id_))}
            known |= {xlsform.context_of(id_) for id_ in each.options}
        return known

    def _find(self, index: int, heading: str, known: set[str]) -> None:
        """Note what a column holds. Platforms put the names of groups before it, with a slash or a hyphen, or do not."""
        *groups, name = _parts(heading)
        if groups[-1:] == [xlsform.WARNING_SIGNS]:  # a column for each that can be ticked
            self._ticks[xlsform.id_of(name)] = index
            self._used.add(index)
        elif name in known and name not in self._columns:
            self._columns[name] = index
            self._used.add(index)
        elif name in (*_SUBMITTED, *_KEYS):
            self._columns.setdefault(name, index)

    def __iter__(self) -> Iterator[Answered]:
        """Give the sheet of each row, or why there is none."""
        for row in self._rows:
            reasons: list[str] = []
            fields = self._fields(row, reasons)
            day = str(fields.get("created", ""))[: len("2026-11-22")]
            parts = (self._framework.id, self._form, *([day] if day else []), f"{row.number:05}")
            name = "-".join(parts) + ".balcony.json"
            content = (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()
            if not reasons:
                try:
                    sheet.read(content, self._framework)
                except sheet.RefusedSheetError as error:
                    reasons += error.reasons
            yield Answered(row.number, name, b"" if reasons else content, tuple(reasons))

    def _cell(self, row: Row, *names: str) -> Value:
        """The first of some columns that has something in this row."""
        found = (row.get(self._columns[name]) for name in names if name in self._columns)
        return next((value for value in found if value is not None), None)

    def _text(self, row: Row, *names: str) -> str:
        value = self._cell(row, *names)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None or isinstance(value, Unreadable) else str(value)

    def _fields(self, row: Row, reasons: list[str]) -> dict[str, Any]:
        """The fields of a sheet, in the order of DESIGN 5."""
        version = self._text(row, xlsform.VERSION) or self._framework.version
        framework = self._text(row, xlsform.FRAMEWORK) or self._framework.id
        form = self._text(row, xlsform.FORM) or self._form
        if form != self._form:
            reasons.append(f"The row answers the form {quoted(form)}, and not {quoted(self._form)}.")
        if framework == self._framework.id and version not in self._versions:
            known = ", ".join(self._versions)
            reasons.append(f"The row answers version {quoted(version)}, which is no release here. Known: {known}.")
        asked = self._versions.get(version, self._versions[self._framework.version])
        columns = [name for name in PERSPECTIVE if xlsform.id_of(name) not in asked.revisions]
        perspective = self._text(row, *columns).lower() or "own"
        if perspective not in ("own", "others"):
            reasons.append(f'The perspective is {quoted(perspective)}; "own" or "others" is wanted.')
        created, changed = self._moments(row, reasons)
        answers, notes = self._answers(row, asked, reasons)
        fields = {
            "format": sheet.FORMAT,
            "framework": {"id": framework, "version": version},
            "form": form,
            "perspective": perspective,
            "created": created,
            "changed": changed,
            "work": self._text(row, xlsform.WORK),
            "team": self._text(row, xlsform.TEAM),
            "answers": answers,
            "notes": notes,
            "context": self._context(row, asked, reasons),
            "warning_signs": self._warning_signs(row, asked, reasons),
        }
        needed = ("answers", "context", "warning_signs", "work", "team")
        return {key: value for key, value in fields.items() if value or key in needed}

    def _answers(self, row: Row, asked: _Asked, reasons: list[str]) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers, with their notes; and the notes on questions without an answer."""
        answers: dict[str, Any] = {}
        notes: dict[str, str] = {}
        for id_, revision in asked.revisions.items():
            given = self._text(row, xlsform.name_of(id_))
            note = self._text(row, xlsform.note_of(id_))
            if given:
                answers[id_] = {"answer": _answer(id_, given, reasons), "revision": revision}
                if note:
                    answers[id_]["note"] = note
            elif note:
                notes[id_] = note
        return answers, notes

    def _context(self, row: Row, asked: _Asked, reasons: list[str]) -> dict[str, str]:
        context = {}
        for id_, options in asked.options.items():
            name = self._text(row, xlsform.context_of(id_))
            if name:
                context[id_] = xlsform.id_of(name)
                _among(context[id_], options, id_, reasons)
        return context

    def _warning_signs(self, row: Row, asked: _Asked, reasons: list[str]) -> list[str]:
        """Those ticked: in one cell with spaces between them, or each in a column of its own."""
        named = {xlsform.id_of(name) for name in self._text(row, xlsform.WARNING_SIGNS).split()}
        for id_ in sorted(named):
            _among(id_, asked.warning_signs, "warning signs", reasons)
        ticked = {id_ for id_, index in self._ticks.items() if str(row.get(index)).lower() in _TICKED}
        return [id_ for id_ in asked.warning_signs if id_ in named | ticked]

    def _moments(self, row: Row, reasons: list[str]) -> tuple[str, str]:
        """When a sheet was begun, told apart from all others, and when it was last changed."""
        begun = _moment(self._cell(row, xlsform.START, *_SUBMITTED), reasons)
        ended = _moment(self._cell(row, xlsform.END, *_SUBMITTED), reasons) or begun
        if begun is None:
            return "", _written(ended) if ended else ""
        # Two people may begin in the same moment, and one submission may come twice. What a platform calls a submission
        # tells them apart: of it, six digits of a digest follow the milliseconds.
        key = self._text(row, *_KEYS) or f"row {row.number}"
        digest = int(sha256(key.encode()).hexdigest(), 16) % 10**6
        return f"{_written(begun)[:-1]}{digest:06}Z", _written(ended or begun)


def _asked(data: Mapping[str, Any]) -> _Asked:
    """What a version asks, from its data."""
    indicators = [indicator for section in data["sections"] for indicator in section["indicators"]]
    return _Asked(
        {indicator["id"]: indicator["revision"] for indicator in indicators},
        {each["id"]: tuple(option["id"] for option in each["options"]) for each in data.get("context", ())},
        tuple(sign["id"] for sign in data.get("warning_signs", ())),
    )


def _parts(heading: str) -> list[str]:
    return re.split(r"[/-]", heading.strip())


def _answer(id_: str, given: str, reasons: list[str]) -> int | str:
    if re.fullmatch(r"\d{1,3}", given):
        return int(given)
    answer = xlsform.id_of(given)
    if answer not in (NOT_SURE, NOT_APPLICABLE):
        hint = "Export values, and not labels." if " " in given else ""
        reasons.append(f"{quoted(given)} cannot be the answer to {id_}. {hint}".strip())
    return answer


def _among(id_: str, allowed: Sequence[str], what: str, reasons: list[str]) -> None:
    if id_ not in allowed:
        reasons.append(f"{what}: there is no choice {quoted(id_)}; {nearest(id_, allowed)}")


def _moment(value: Value, reasons: list[str]) -> datetime | None:
    """A moment in a cell. One without a time zone is taken as it stands."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        kind = "a date" if isinstance(value, date) else "a moment"
        reasons.append(
            f"{quoted(value)} is not {kind} such as 2026-11-22T09:30:00Z. Export the table again, and do not save it in a spreadsheet."
        )
        return None


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
