"""Tables in and out: spreadsheets (XLSX) and CSV files, as plain rows. What a cell means is not known here.

A file is never trusted: it is bounded before it is unpacked, only values are read, and no formula or macro is run.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.datavalidation import DataValidation

from generator import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LARGEST = 10 * 1024 * 1024
"""Bytes of a file, or of all CSV files of a folder."""
UNPACKED = 64 * 1024 * 1024
"""Bytes of everything in a spreadsheet's archive."""
MOST_TAGS = 3_000_000
"""Tags in a spreadsheet's archive: each cell needs one, and memory."""
MOST_SHEETS = 200
"""Sheets of a spreadsheet, or CSV files of a folder."""
MOST_ROWS = 20_000
"""Rows of one sheet that are not empty."""
MOST_COLUMNS = 5_000
MOST_CELLS = 20_000_000
"""Cells of one sheet, those that only look empty included."""
LAST_ROW = 1_048_576
"""The last row that a spreadsheet has."""
LONGEST = 32_767
"""Characters that a spreadsheet holds in one cell."""
BLANK_ROWS = 1_000
"""Rows of a sheet for which its drop-downs are made."""
_SHORT = 30
"""Characters that fit in a narrow column."""
BOOKS = (".xlsx", ".xlsm")
"""Endings of spreadsheets. Macros in them are not even looked at."""


class TableError(Exception):
    """A table that cannot be used at all, in a sentence for the person who has it."""


@dataclass(frozen=True)
class Unreadable:
    """A cell that holds something other than a value."""

    message: str
    hint: str


Value = str | int | float | bool | date | time | timedelta | Unreadable | None


@dataclass(frozen=True)
class Row:
    """A row that is not empty."""

    number: int
    """Counted from 1, as spreadsheets do."""
    cells: tuple[Value, ...]

    def get(self, index: int) -> Value:
        """A cell, by its position from 0; None where it is empty."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class Grid:
    """A sheet, as it was read."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Heading:
    """The heading of a column, or of a row in a sheet that stands upright."""

    text: str
    note: str = ""
    """What belongs there."""
    choices: tuple[str, ...] = ()
    """The only words that are allowed."""
    choices_in: str = ""
    """The sheet whose first column holds the words that are allowed."""


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written."""

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    is_upright: bool = False
    """The headings stand below each other, each with its value beside it."""


UPRIGHT = ("what", "value")
"""The columns of a sheet that stands upright."""


# In


def read(path: Path) -> list[Grid]:
    """Read every sheet of a spreadsheet, of a CSV file, or of a folder of CSV files.

    Raises:
        TableError: Where there is nothing to be read, or too much.
    """
    if path.is_dir():
        tables = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv")
        if not tables:
            raise TableError(f"There is no CSV file in {path}.")
        _bound_sheets(len(tables), path)
        _bound(sum(each.stat().st_size for each in tables if each.is_file()), path)
        return [_csv(each) for each in tables]
    _bound(path.stat().st_size, path)
    if path.suffix.lower() == ".csv":
        return [_csv(path)]
    if path.suffix.lower() not in BOOKS:
        raise TableError(f"{path} is neither XLSX nor CSV. Save it as an Excel workbook (.xlsx), or as CSV.")
    return _book(_content(path), path)


def _bound(size: int, path: Path) -> None:
    if size > LARGEST:
        raise TableError(f"{path} has {size / 1024**2:.0f} MB; {LARGEST // 1024**2} MB at most are read. Split it.")


def _bound_sheets(count: int, path: Path) -> None:
    if count > MOST_SHEETS:
        raise TableError(f"{path} has {count:,} sheets; {MOST_SHEETS} at most are read. Take some out.")


def _content(path: Path) -> bytes:
    try:
        return files.read(path, LARGEST)
    except files.TooLargeError as error:
        _bound(error.size, path)
        raise
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}.") from None


def _csv(path: Path) -> Grid:
    try:
        text = _content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(f"{path} is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)  # spreadsheets write what their country is used to
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return Grid(path.stem, _kept(path.name, (map(_unescaped, row) for row in rows)))
    except csv.Error as error:
        raise TableError(f"{path} cannot be read as CSV ({error}). Save it again as “CSV UTF-8”.") from None


_RISKY = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would run as a formula, with or without what keeps it from that."""


def _escaped(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and _RISKY.match(value) else value


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def _kept(name: str, rows: Iterable[Iterable[Value]]) -> tuple[Row, ...]:
    """The rows that are not empty, within bounds."""
    kept: list[Row] = []
    width = 0
    for number, row in enumerate(rows, start=1):
        cells = [_tidy(value) for value in row]
        width += len(cells)
        if number > LAST_ROW or width > MOST_CELLS:
            raise TableError(f"{name} has too many cells. Take out rows and columns that only look empty.")
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if len(kept) > MOST_ROWS:
            raise TableError(f"{name} has more than {MOST_ROWS:,} rows. Split it.")
        if len(cells) > MOST_COLUMNS:
            raise TableError(
                f"{name} has more than {MOST_COLUMNS:,} columns in row {number}. Take out what is not needed."
            )
        kept.append(Row(number, tuple(cells)))
    return tuple(kept)


def _tidy(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return value.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _book(content: bytes, path: Path) -> list[Grid]:
    has_formulas = _check_archive(content, path)
    try:
        with warnings.catch_warnings():  # such as of drop-downs that openpyxl does not know
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            written = (
                openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False) if has_formulas else None
            )
            _bound_sheets(len(values.worksheets), path)
            return [
                Grid(sheet.title, _kept(sheet.title, _values(sheet, written[sheet.title] if written else None)))
                for sheet in values.worksheets
            ]
    except TableError:
        raise
    except Exception as error:  # noqa: BLE001  # openpyxl promises no kind of error for a broken file
        _not_a_book(path, error)


def _check_archive(content: bytes, path: Path) -> bool:
    """Refuse what would not end well, before anything is parsed. Returns whether there may be formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            # What is read of a part ends at the size that the archive gives for it, so that this bound holds.
            is_huge = sum(part.file_size for part in parts) > UNPACKED
            texts = [] if is_huge else [archive.read(part) for part in parts]
    except Exception as error:  # noqa: BLE001  # zipfile promises no kind of error for a broken file
        _not_a_book(path, error)
    if is_huge:
        raise TableError(f"{path} unpacks to more than {UNPACKED // 1024**2} MB. A framework is far smaller.")
    texts = [text.replace(b"\0", b"") for text in texts]  # in UTF-16, every other byte
    if any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in texts):
        raise TableError(f"{path} defines words of its own (DOCTYPE), which no spreadsheet does.")
    if sum(text.count(b"<") for text in texts) > MOST_TAGS:
        raise TableError(f"{path} has too many cells. Take out rows and columns that only look empty.")
    return any(_FORMULA.search(text) for text in texts)


_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


def _not_a_book(path: Path, error: Exception) -> NoReturn:
    message = f"{path} cannot be read as a spreadsheet. Save it again as an Excel workbook (.xlsx), without a password."
    raise TableError(message) from error


def _values(sheet: Any, written: Any) -> Iterator[list[Value]]:
    """The values of a sheet, row by row: of a formula, what it came to when the file was saved."""
    for each in (sheet, written):
        if each is not None:
            each.reset_dimensions()  # what a file says about its own size need not be true
    formulas = written.iter_rows() if written is not None else None
    for row in sheet.iter_rows():
        beside = next(formulas, ()) if formulas is not None else ()
        found = [_value(cell) for cell in row]
        for index, cell in enumerate(beside):
            if cell.data_type == "f" and index < len(found) and found[index] is None:
                found[index] = Unreadable("a formula stands here, and what it came to is not saved", "write the value")
        yield found


def _value(cell: Any) -> Value:
    if cell.data_type == "e":
        return Unreadable(f"the error {cell.value} stands here", "write the value")
    value: Value = cell.value
    return value


# Out


def write_csv(folder: Path, sheets: Iterable[Sheet]) -> list[Path]:
    """Write each sheet as a CSV file of its name, into a folder that is there.

    Arguments:
        folder: Where they go.
        sheets: Each a table.

    Returns:
        The files.

    Raises:
        OSError: When one cannot be written.
    """
    written = []
    for sheet in sheets:
        path = folder / f"{sheet.name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_escaped(value) for value in row] for row in _all_rows(sheet))
        written.append(path)
    return written


def _all_rows(sheet: Sheet) -> Iterator[Sequence[str | int | None]]:
    yield UPRIGHT if sheet.is_upright else [heading.text for heading in sheet.headings]
    yield from sheet.rows


def write_book(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a spreadsheet.

    Arguments:
        path: Where it goes.
        sheets: Each a table.

    Raises:
        TableError: Where a text cannot stand in a cell.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row, values in enumerate(_all_rows(sheet), start=1):
            for column, value in enumerate(values, start=1):
                _write_cell(page, row, column, value)
        _dress(page, sheet)
    book.save(path)


def _write_cell(page: Any, row: int, column: int, value: str | int | None) -> None:
    place = f"{page.title}!{get_column_letter(column)}{row}"
    if isinstance(value, str) and len(value) > LONGEST:
        raise TableError(f"{place}: a text of {len(value):,} characters; a cell holds {LONGEST:,}. Export it as CSV.")
    try:
        cell = page.cell(row, column, value)
    except IllegalCharacterError:
        raise TableError(f"{place}: a control character stands in a text. Take it out, or export it as CSV.") from None
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, however it begins
        cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dress(page: Any, sheet: Sheet) -> None:
    """Notes, drop-downs, widths, and text as the format of every cell, so that 3/5 and 1.0 stay what they are."""
    page.freeze_panes = "B2"
    for cell in page[1]:
        cell.font = Font(bold=True)
    width = len(UPRIGHT) if sheet.is_upright else len(sheet.headings)
    for column in range(1, width + 1):
        is_long = any(len(str(row[column - 1])) > _SHORT for row in sheet.rows)
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = 50 if is_long else 20
        page.column_dimensions[letter].number_format = "@"
    for index, heading in enumerate(sheet.headings):
        at = page.cell(2 + index, 1) if sheet.is_upright else page.cell(1, 1 + index)
        if heading.note:
            at.comment = Comment(heading.note, "Balcony", height=120, width=320)
        listed = f'"{",".join(heading.choices)}"' if heading.choices else ""
        if heading.choices_in:
            listed = f"'{heading.choices_in}'!$A$2:$A${BLANK_ROWS}"
        if listed:
            allowed = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
            allowed.error = "Choose one of the list."
            letter = "B" if sheet.is_upright else get_column_letter(1 + index)
            first, last = (2 + index, 2 + index) if sheet.is_upright else (2, BLANK_ROWS)
            allowed.add(f"{letter}{first}:{letter}{last}")
            page.add_data_validation(allowed)
