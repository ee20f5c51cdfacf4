"""A summary of very many sheets, for a staff college: streamed, counted by DuckDB, and anonymous.

Each sheet is read and scored by itself, by the same functions as anywhere else, and put into DuckDB as whole numbers: answers as
they are, a person's value in a dimension as numerator and denominator. DuckDB keeps them on disk, counts how many sheets have
which, and writes the files. What is made of its counts is exact until it is rounded. Nothing of a sheet is left when it is done.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from generator import cohort_files, gathering
from generator.cohort_hiding import PLACES, Quartiles, mean, quartiles, told, told_off_the_scale
from generator.score import NOT_APPLICABLE, NOT_SURE, score_dimension, shown
from generator.sheet import RefusedSheetError, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from generator.model import Dimension, Framework, Lens
    from generator.score import Answer, Fields
    from generator.sheet import Sheet

    Row = dict[str, Any]

BENCHMARK_FORMAT = "balcony-benchmark/1"
SUMMARY = "summary"
"""The files that hold the summary, without the end of their names."""
REFUSED = "refused.csv"
NOT_SURE_FROM, NOT_APPLICABLE_FROM = Fraction(1, 5), Fraction(1, 10)
"""Shares above which a question needs a maintainer's eye (METHOD 2.13)."""

Perspective = Literal["own", "others"]
PERSPECTIVES: tuple[Perspective, ...] = ("own", "others")

_BATCH = 500
"""Sheets that are handed to DuckDB at once."""
_MEMORY = "256MB"
"""What DuckDB may take; beyond it, it uses the disk."""
_CODES = {NOT_SURE: 0, NOT_APPLICABLE: -1, None: -2}
"""How answers other than levels are counted."""
_NO_VALUE = (0, 0)
_MISSING = f"""balcony cohort counts with DuckDB, which is not installed. Install it with:
{sys.executable} -m pip install "duckdb>=2,<3\""""

_TABLES = """
CREATE TABLE sheets (
    number BIGINT, name VARCHAR, exactly VARCHAR, alike VARCHAR, changed BIGINT, form VARCHAR, perspective VARCHAR,
    answers TINYINT[], numerators INTEGER[], denominators INTEGER[], given INTEGER[]
);
CREATE TABLE refused (number BIGINT, name VARCHAR, reason VARCHAR);
"""
_TAKE = """
INSERT INTO sheets SELECT
    unnest($number::BIGINT[]), unnest($name::VARCHAR[]), unnest($exactly::VARCHAR[]), unnest($alike::VARCHAR[]),
    unnest($changed::BIGINT[]), unnest($form::VARCHAR[]), unnest($perspective::VARCHAR[]),
    unnest($answers::VARCHAR[])::TINYINT[], unnest($numerators::VARCHAR[])::INTEGER[],
    unnest($denominators::VARCHAR[])::INTEGER[], unnest($given::VARCHAR[])::INTEGER[]
"""
_LIST_REFUSED = r"""
(SELECT if(regexp_matches(name, '^\s*[=+\-@]'), concat('''', name), name) AS file, reason FROM refused ORDER BY number)
"""
"""Before a name that a spreadsheet would compute, an apostrophe."""
_REFUSE = "INSERT INTO refused SELECT unnest($number::BIGINT[]), unnest($name::VARCHAR[]), unnest($reason::VARCHAR[])"
_SET_ASIDE = """
INSERT INTO refused
WITH known AS (SELECT number, name, exactly, alike, changed FROM sheets WHERE alike <> ''),
compared AS (
    SELECT
        number, name, exactly, alike,
        min_by(struct_pack(number, name, alike), (-changed, number)) OVER (PARTITION BY exactly) AS latest,
        min_by(struct_pack(number, name, alike), (exactly = '', -changed, number)) OVER (PARTITION BY alike) AS twin
    FROM known
),
others AS (SELECT number, name, alike, if(exactly = '', twin, latest) AS other FROM compared)
SELECT number, name, replace(if(other.alike = alike, $same, $earlier), '{other}', other.name)
FROM others WHERE other.number <> number
"""
"""As `gathering.set_aside` does it."""
_KEPT = "FROM sheets ANTI JOIN refused USING (number)"
_SHEETS = f"SELECT form, perspective, count(*) {_KEPT} GROUP BY ALL"
_ANSWERS = f"""
SELECT place, answer, count(*) FROM (
    SELECT unnest(answers) AS answer, generate_subscripts(answers, 1) AS place
    {_KEPT} WHERE form = $form AND perspective = $perspective
) GROUP BY ALL
"""  # noqa: S608 - of parts that stand here
_VALUES = f"""
SELECT place, numerator, denominator, given, count(*) FROM (
    SELECT
        unnest(numerators) AS numerator, unnest(denominators) AS denominator, unnest(given) AS given,
        generate_subscripts(given, 1) AS place
    {_KEPT} WHERE form = $form AND perspective = $perspective
) WHERE given > 0 GROUP BY ALL
"""  # noqa: S608 - of parts that stand here


class EngineError(Exception):
    """DuckDB is missing, or cannot go on, in a sentence."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    counted: int
    """Sheets in the summary's groups, the hidden ones included."""
    refused: int
    other_forms: int
    """Sheets left aside because another form was asked for."""
    written: tuple[Path, ...]

    def in_words(self, output: Path) -> str:
        """What to tell who waits for it."""
        parts = [f"{_counted(self.counted, 'sheet')} counted"]
        if self.refused:
            parts.append(f"{_counted(self.refused, 'file')} refused, listed in {output / REFUSED}")
        if self.other_forms:
            parts.append(f"{_counted(self.other_forms, 'sheet')} of other forms left aside")
        return f"{'; '.join(parts)}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def summarise(
    framework: Framework,
    paths: Iterable[Path],
    output: Path,
    *,
    minimum: int,
    form: str | None = None,
    benchmark: Path | None = None,
    step: Callable[[int], object] = lambda _: None,
) -> Outcome:
    """Read sheets, and write what they come to.

    Arguments:
        framework: The framework that was answered.
        paths: Files and archives.
        output: The folder that the summary goes to.
        minimum: The minimum group.
        form: The only form that counts. None: each by itself.
        benchmark: Where what an edition can publish goes, if it is wanted.
        step: Is told of the bytes that have been gone through.

    Raises:
        EngineError: When DuckDB is not installed, or has no room.
    """
    with TemporaryDirectory(prefix="balcony-") as folder, _engine(folder) as connection:
        other_forms = _take_in(connection, framework, paths, form, step)
        connection.execute(_SET_ASIDE, {"same": gathering.SAME, "earlier": gathering.EARLIER})
        sizes = {(form, side): count for form, side, count in connection.execute(_SHEETS).fetchall()}
        groups = [
            Group(
                framework,
                form,
                side,
                sizes[form, side],
                minimum,
                answers=connection.execute(_ANSWERS, {"form": form, "perspective": side}).fetchall(),
                values=connection.execute(_VALUES, {"form": form, "perspective": side}).fetchall(),
            )
            for form, side in product(framework.forms, PERSPECTIVES)
            if (form, side) in sizes
        ]
        written = _write(connection, framework, [row for group in groups for row in group.rows()], output)
        (refused,) = connection.execute("SELECT count(*) FROM refused").fetchall()[0]
    if benchmark:
        text = json.dumps(benchmark_fields(framework, groups), ensure_ascii=False, indent=2) + "\n"
        benchmark.write_text(text, encoding="utf-8", newline="\n")
        written = (*written, benchmark)
    return Outcome(sum(sizes.values()), refused, other_forms, written)


@contextmanager
def _engine(folder: str) -> Iterator[DuckDBPyConnection]:
    try:
        import duckdb  # noqa: PLC0415  # only this command needs it: it is large, and may be missing
    except ImportError:
        raise EngineError(_MISSING) from None
    # It fetches nothing: all that is needed comes with it.
    config: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "temp_directory": folder,
        "threads": 2,
        "autoinstall_known_extensions": False,
    }
    try:
        with duckdb.connect(f"{folder}/sheets.duckdb", config=config) as connection:
            connection.execute(_TABLES)
            yield connection
    except duckdb.Error as error:
        raise EngineError(f"DuckDB cannot go on: {error}") from None


# Sheets in


def _take_in(
    connection: DuckDBPyConnection,
    framework: Framework,
    paths: Iterable[Path],
    form: str | None,
    step: Callable[[int], object],
) -> int:
    """Put every sheet into the engine.

    Returns:
        How many were left aside because they answer another form.
    """
    forms = {id_: Form(framework, id_) for id_ in framework.forms}
    taken, refused = _Batch(connection, _TAKE), _Batch(connection, _REFUSE)
    other_forms = 0
    for number, found in enumerate(each for path in paths for each in cohort_files.sheets_in(path)):
        step(found.weight)
        sheet, reason = _read(found, framework)
        if sheet is None:
            refused.add({"number": number, "name": found.name, "reason": reason})
        elif form is not None and sheet.form != form:
            other_forms += 1
        else:
            taken.add({"number": number, "name": found.name, **_begun(sheet), **forms[sheet.form].row(sheet)})
    taken.hand_over()
    refused.hand_over()
    return other_forms


def _read(found: cohort_files.Found, framework: Framework) -> tuple[Sheet | None, str]:
    if found.reason:
        return None, found.reason
    try:
        sheet = read(found.content, framework)
    except RefusedSheetError as error:
        return None, str(error)
    return (None, gathering.AGREED) if sheet.agreed else (sheet, "")


def _begun(sheet: Sheet) -> Row:
    """What tells it from another sheet, as the engine compares it: nothing where no moment says so."""
    found = gathering.begun(sheet)
    if not found:
        return {"exactly": "", "alike": "", "changed": 0}
    second, answers = found.alike
    alike = json.dumps([second, sorted((id_, str(answer), revision) for id_, answer, revision in answers)])
    return {
        "exactly": found.exactly,
        "alike": hashlib.sha256(alike.encode()).hexdigest(),
        "changed": found.changed,
    }


class Form:
    """What a sheet of one form becomes in the engine."""

    def __init__(self, framework: Framework, form: str) -> None:
        self.framework = framework
        self.form = form
        self.asked = [indicator.id for indicator in framework.asked(form)]
        asked = set(self.asked)
        self.dimensions: list[tuple[Lens, Dimension, list[str]]] = [
            (lens, dimension, [id_ for id_ in dimension.indicators if id_ in asked])
            for lens in framework.reported(form)
            for dimension in lens.dimensions
        ]
        # Few of all possible answers to a dimension's questions ever come up.
        self._value = lru_cache(maxsize=2**14)(self._scored)

    def row(self, sheet: Sheet) -> Row:
        """Its answers and values, as the engine reads lists of whole numbers."""
        answers = sheet.answers_to(self.framework)
        values = [self._value(tuple(answers.get(id_) for id_ in ids)) for _, _, ids in self.dimensions]
        return {
            "form": self.form,
            "perspective": sheet.perspective,
            "answers": str([_coded(answers.get(id_)) for id_ in self.asked]),
            "numerators": str([numerator for numerator, _, _ in values]),
            "denominators": str([denominator for _, denominator, _ in values]),
            "given": str([given for _, _, given in values]),
        }

    def _scored(self, answers: tuple[Answer, ...]) -> tuple[int, int, int]:
        found = score_dimension(answers, self.framework.settings, self.framework.level_count)
        return *(_NO_VALUE if found.value is None else found.value.as_integer_ratio()), found.levels_given


def _coded(answer: Answer) -> int:
    return answer if isinstance(answer, int) else _CODES[answer]


class _Batch:
    """Rows on their way into the engine, so many at a time that each way pays."""

    def __init__(self, connection: DuckDBPyConnection, statement: str) -> None:
        self._connection, self._statement = connection, statement
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self.hand_over()

    def hand_over(self) -> None:
        if self._rows:
            columns = {key: [row[key] for row in self._rows] for key in self._rows[0]}
            self._connection.execute(self._statement, columns)
            self._rows.clear()


# What they come to


@dataclass(frozen=True)
class _Question:
    counts: tuple[int, ...]
    not_sure: int
    not_applicable: int
    blank: int

    @property
    def levels_given(self) -> int:
        return sum(self.counts)


class Group:
    """The sheets of one form and perspective, and what may be told of them."""

    def __init__(
        self,
        framework: Framework,
        form: str,
        perspective: Perspective,
        sheets: int,
        minimum: int,
        *,
        answers: Iterable[tuple[int, int, int]],
        values: Iterable[tuple[int, int, int, int, int]],
    ) -> None:
        """Take what the engine counted.

        Arguments:
            framework: The framework that was answered.
            form: Which form they answer.
            perspective: Whose view it is.
            sheets: How many they are.
            minimum: The minimum group.
            answers: The place of a question in the form, from 1; an answer; how many gave it.
            values: The place of a dimension, from 1; numerator and denominator of a value; how many levels it comes from;
                how many have it.
        """
        self.framework, self.form, self.perspective = framework, form, perspective
        self.sheets, self.minimum = sheets, minimum
        shape = Form(framework, form)
        self.questions = dict(zip(shape.asked, self._questions(answers, len(shape.asked)), strict=True))
        self.dimensions = shape.dimensions
        self.values: list[Counter[Fraction]] = [Counter() for _ in shape.dimensions]
        self.in_part = [0 for _ in shape.dimensions]
        for place, numerator, denominator, given, count in values:
            if denominator:
                self.values[place - 1][Fraction(numerator, denominator)] += count
            if not denominator or given < len(shape.dimensions[place - 1][2]):
                self.in_part[place - 1] += count
        found = ((id_, told(each.counts, minimum)) for id_, each in self.questions.items())
        self.told = {id_: each for id_, each in found if each}
        self.hidden = self._hidden()

    def _questions(self, found: Iterable[tuple[int, int, int]], number: int) -> Iterator[_Question]:
        counts = Counter({(place, answer): count for place, answer, count in found})
        for place in range(1, number + 1):
            levels = tuple(counts[place, level] for level in range(1, self.framework.level_count + 1))
            yield _Question(levels, *(counts[place, code] for code in _CODES.values()))

    def _hidden(self) -> set[str]:
        """The questions of which no average is told, so that none can be worked out (as in `team_view`)."""
        hidden = {id_ for id_ in self.questions if id_ not in self.told or self.told[id_].mean is None}
        for (_, _, ids), values in zip(self.dimensions, self.values, strict=True):
            if 0 < values.total() < self.minimum and hidden.isdisjoint(ids):
                hidden.add(min(ids, key=lambda id_: self.questions[id_].levels_given))
        return hidden

    def shown(self) -> Iterator[tuple[Lens, Dimension, list[str], Counter[Fraction] | None]]:
        """Every dimension with its questions and people's values; None where nothing may be told of them.

        If few people answered it in part, the mean of the others' whole answers would tell, beside those of the
        questions, what these few had answered.
        """
        for (lens, dimension, ids), values, in_part in zip(self.dimensions, self.values, self.in_part, strict=True):
            is_shown = values.total() >= self.minimum and not 0 < in_part < self.minimum and self.hidden.isdisjoint(ids)
            yield lens, dimension, ids, values if is_shown else None

    def rows(self) -> Iterator[Row]:
        """The summary's rows."""
        first = {
            "framework": self.framework.id,
            "version": self.framework.version,
            "form": self.form,
            "perspective": self.perspective,
            "sheets": self.sheets if self.sheets >= self.minimum else None,
        }
        for id_, question in self.questions.items():
            yield {**first, "kind": "indicator", "lens": None, "id": id_, **self._indicator_fields(id_, question)}
        for lens, dimension, ids, values in self.shown():
            fields = self._dimension_fields(ids, values) if values else {"hidden": "everything"}
            yield {**first, "kind": "dimension", "lens": lens.id, "id": dimension.id, **fields}

    def _indicator_fields(self, id_: str, question: _Question) -> Fields:
        if id_ not in self.told or (id_ in self.hidden and self.told[id_].mean):
            return {"hidden": "everything"}
        found = self.told[id_]
        shares = self._share_fields(question, may_not_apply=self.framework.indicators[id_].not_applicable is not None)
        hidden = {
            "shares": None in shares.values(),
            "counts": None in found.counts,
            "quartiles": found.quartiles is None,
            "mean": found.mean is None,
        }
        return {
            "levels_given": question.levels_given,
            **shares,
            "mean": found.mean,
            **_quartile_fields(found.quartiles),
            **{f"level_{level}": count for level, count in enumerate(found.counts, 1)},
            "flag_two_levels": found.in_two_levels,
            "hidden": " ".join(what for what, is_hidden in hidden.items() if is_hidden) or None,
        }

    def _share_fields(self, question: _Question, *, may_not_apply: bool) -> Fields:
        given = (question.not_sure, question.blank, *([question.not_applicable] if may_not_apply else []))
        not_sure, blank, *rest = told_off_the_scale(given, self.minimum)
        (not_applicable,) = rest or (0,)
        off_the_scale = self.sheets - question.levels_given
        return {
            "not_sure_share": self._share(not_sure),
            "not_applicable_share": self._share(not_applicable),
            "blanks": blank,
            "flag_not_sure": self._is_above(not_sure, NOT_SURE_FROM, off_the_scale),
            "flag_not_applicable": self._is_above(not_applicable, NOT_APPLICABLE_FROM, off_the_scale),
        }

    def _share(self, count: int | None) -> str | None:
        return None if count is None else shown(Fraction(count, self.sheets), PLACES)

    def _is_above(self, count: int | None, share: Fraction, at_most: int) -> bool | None:
        """Whether it is more than a share of all sheets; where it is hidden, only if nobody needs it to see that it is not."""
        if count is None:
            return False if at_most <= share * self.sheets else None
        return count > share * self.sheets

    def quartiles(self, ids: Iterable[str], values: Counter[Fraction], places: int = PLACES) -> Quartiles | None:
        """Of a dimension that may be shown. Where those of one of its questions are hidden, they could be just these."""
        return quartiles(sorted(values.items()), places) if all(self.told[id_].quartiles for id_ in ids) else None

    def _dimension_fields(self, ids: Sequence[str], values: Counter[Fraction]) -> Fields:
        found = self.quartiles(ids, values)
        return {
            "levels_given": values.total(),
            "mean": mean(list(values.items())),
            **_quartile_fields(found),
            "hidden": None if found else "quartiles",
        }


def _quartile_fields(found: Quartiles | None) -> Fields:
    return found._asdict() if found else {}


def benchmark_fields(framework: Framework, groups: Iterable[Group]) -> Fields:
    """What an edition can publish: for each dimension with enough sheets, where the middle half of people's values lies.

    Others' views are not in it: a team compares its own.

    Arguments:
        framework: The framework that was answered.
        groups: Those who were counted, by form and point of view.

    Returns:
        What `Benchmark` models, with the keys of its file.
    """
    forms: dict[str, dict[str, dict[str, Fields]]] = {}
    for group in groups:
        fewest = max(framework.settings.benchmark_sheets, group.minimum)
        for lens, dimension, ids, values in group.shown():
            if group.perspective != "own" or values is None or values.total() < fewest:
                continue
            if found := group.quartiles(ids, values, places=1):
                fields = {
                    "sheets": values.total(),
                    "from": found.lower_quartile,
                    "to": found.upper_quartile,
                    "indicators": {id_: framework.indicators[id_].revision for id_ in ids},
                }
                forms.setdefault(group.form, {}).setdefault(lens.id, {})[dimension.id] = fields
    return {
        "format": BENCHMARK_FORMAT,
        "framework": {"id": framework.id, "version": framework.version},
        "benchmark_sheets": framework.settings.benchmark_sheets,
        "forms": forms,
    }


# Files out


def columns(framework: Framework) -> Mapping[str, str]:
    """The summary's columns, each with its type."""
    number = "DECIMAL(9,4)"
    return {
        **dict.fromkeys(("framework", "version", "form", "perspective", "kind", "lens", "id"), "VARCHAR"),
        **dict.fromkeys(("sheets", "levels_given"), "BIGINT"),
        **dict.fromkeys(("not_sure_share", "not_applicable_share"), number),
        "blanks": "BIGINT",
        **dict.fromkeys(("mean", "lower_quartile", "median", "upper_quartile"), number),
        **{f"level_{level.level}": "BIGINT" for level in framework.outline.levels},
        **dict.fromkeys(("flag_not_sure", "flag_not_applicable", "flag_two_levels"), "BOOLEAN"),
        "hidden": "VARCHAR",
    }


def _write(connection: DuckDBPyConnection, framework: Framework, rows: Sequence[Row], output: Path) -> tuple[Path, ...]:
    types = columns(framework)
    connection.execute(f"CREATE TABLE summary ({', '.join(f'{name} {type_}' for name, type_ in types.items())})")
    if rows:
        marks = ", ".join("?" * len(types))
        connection.executemany(
            f"INSERT INTO summary VALUES ({marks})",  # noqa: S608 - question marks only
            [[row.get(name) for name in types] for row in rows],
        )
    ways = {
        f"{SUMMARY}.csv": ("summary", "FORMAT csv, HEADER"),
        f"{SUMMARY}.parquet": ("summary", "FORMAT parquet"),
        f"{SUMMARY}.json": ("summary", "FORMAT json, ARRAY"),
        REFUSED: (_LIST_REFUSED, "FORMAT csv, HEADER"),
    }
    for name, (table, how) in ways.items():
        path = str(output / name).replace("'", "''")
        connection.execute(f"COPY {table} TO '{path}' ({how})")
    return tuple(output / name for name in ways)
