"""What `balcony export` and `balcony import` do: a framework as tables and back, a form for a survey platform and its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import answers, files, framework_yaml, reading, table, tabular, timing, xlsform
from generator.problems import ProblemsError, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Framework
    from generator.problems import Problem
    from generator.release import Release

ExchangeError = table.TableError

EXAMPLE = Path(__file__).parent / "templates" / "blank"
"""The small framework that stands in the template."""


def example() -> Framework:
    """A small framework to write over."""
    return reading.framework(EXAMPLE)


def export(
    framework: Framework, place: Path, *, form: str | None = None, readers: str | None = None, is_csv: bool = False
) -> list[Path]:
    """Write a framework as tables, or one of its forms as an XLSForm.

    Arguments:
        framework: The framework.
        place: The file or folder. It is made.
        form: The form; without it, the whole framework is written.
        readers: Who will read the answers to the form.
        is_csv: Whether to write a folder of CSV files.

    Returns:
        The files.

    Raises:
        ExchangeError: Where a text cannot stand in a table, or the file cannot be written.
    """
    sheets = (
        tabular.sheets(framework.as_data())
        if form is None
        else xlsform.sheets(framework, form, readers or xlsform.READERS)
    )
    try:
        if is_csv:
            place.mkdir()
            return table.write_csv(place, sheets)
        table.write_book(place, sheets)
    except OSError as error:
        raise ExchangeError(f"{place} cannot be written: {error.strerror}") from None
    return [place]


@dataclass(frozen=True)
class ImportedFramework:
    """What came of a spreadsheet."""

    problems: tuple[Problem, ...]
    lines: tuple[str, ...]
    """What to tell: the problems with their cells, and the files that were written."""


def import_framework(place: Path, output: Path) -> ImportedFramework:
    """Turn tables into the YAML of a framework. With an error in them, nothing is written.

    Arguments:
        place: A spreadsheet, or a folder of CSV files.
        output: The folder for the framework.

    Raises:
        ExchangeError: Where the tables cannot be read at all.
    """
    found = tabular.read(table.read(place))
    problems, written = found.problems, []
    if all(problem.severity == "warning" for problem in problems):
        written = framework_yaml.write(found.documents, output)
        read = reading.read(output)
        if read.framework is None:
            raise ProblemsError(read.problems)
        problems = (*problems, *in_order(timing.problems(replace(read, documents=found.documents))))
    told = [tabular.told(problem, is_csv=place.is_dir()) for problem in problems]
    return ImportedFramework(problems, (*told, *map(str, written)))


@dataclass(frozen=True)
class ImportedAnswers:
    """What came of a table of answers."""

    written: tuple[Path, ...]
    refused: tuple[str, ...]
    """Each row that was refused, with the reason."""
    left_out: tuple[str, ...]
    """Columns of which nothing is in the sheets."""


def import_answers(
    path: Path, framework: Framework, form: str, releases: Sequence[Release], output: Path
) -> ImportedAnswers:
    """Turn the answers that a survey platform has collected into sheets.

    Arguments:
        path: Its table, as CSV or XLSX.
        framework: As it is now.
        form: The form that was answered.
        releases: Earlier versions of the framework, of which answers may be.
        output: The folder for the sheets.

    Raises:
        ExchangeError: Where the table cannot be read at all.
    """
    grids = [grid for grid in table.read(path) if grid.rows]
    if not grids:
        raise ExchangeError(f"{path} is empty.")
    responses = answers.Responses(grids[0], framework, form, releases)
    written, refused = [], []
    with files.folder(output) as new:
        for each in responses:
            if each.reasons:
                refused.append(f"{path}, row {each.row}: {' '.join(each.reasons)}")
            else:
                with files.told_of(output):
                    (new / each.name).write_bytes(each.content)
                written.append(output / each.name)
    return ImportedAnswers(tuple(written), tuple(refused), tuple(responses.left_out))
