"""Frameworks as spreadsheets and CSV, and back: `balcony export`, `balcony import`."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from random_frameworks import some_framework

from generator import check, document, exchange, framework_yaml, reading, table, tabular
from generator.__main__ import main

PROJECT = Path(__file__).resolve().parent.parent
FRAMEWORKS = [PROJECT / "framework", exchange.EXAMPLE, PROJECT / "tests" / "other" / "framework"]


def balcony(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def as_book(framework, folder):
    return exchange.export(framework, folder / "framework.xlsx")[0]


def as_csv(framework, folder):
    exchange.export(framework, folder / "tables", is_csv=True)
    return folder / "tables"


def imported(place, folder):
    """The framework that came of tables, which had nothing wrong with them."""
    found = exchange.import_framework(place, folder)
    assert [line for line in found.lines if "error" in line] == []
    return reading.framework(folder)


@pytest.fixture
def example():
    return exchange.example()


@pytest.fixture
def book(example, tmp_path):
    """The template as a spreadsheet, and a way to change it: `book({"Lenses!C2": "profle"})` gives the lines that import tells."""
    path = as_book(example, tmp_path)

    def changed(cells, *, new_sheets=()):
        opened = openpyxl.load_workbook(path)
        for name in new_sheets:
            opened.create_sheet(name)
        for place, value in cells.items():
            sheet, cell = place.split("!")
            opened[sheet][cell] = value
        opened.save(tmp_path / "changed.xlsx")
        return list(exchange.import_framework(tmp_path / "changed.xlsx", tmp_path / "out").lines)

    return changed


def rewritten(path, name, change):
    """The same archive with one part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each, content in parts.items():
            new.writestr(each, content)


# There and back


@pytest.mark.parametrize("folder", FRAMEWORKS, ids=["real", "template", "other"])
@pytest.mark.parametrize("export", [as_book, as_csv])
def test_a_framework_comes_back_as_it_went(folder, export, tmp_path):
    framework = reading.framework(folder)
    assert imported(export(framework, tmp_path), tmp_path / "back").as_data() == framework.as_data()


@settings(max_examples=15)
@given(framework=some_framework())
def test_any_framework_comes_back_as_it_went(framework, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    found = tabular.read(table.read(as_book(framework, folder)))
    framework_yaml.write(found.documents, folder / "back")
    parts = [reading.validated(each)[0] for each in found.documents]
    outline, section, *lenses = parts[: 2 + len(framework.lenses)]
    assert (outline, section, tuple(lenses)) == (framework.outline, framework.sections[0], framework.lenses)


ODD_TEXTS = [
    "=1+1",
    "'=1+1",
    "-5 degrees",
    "+44 20",
    "@home",
    "Children's services",
    "Cyngor Sir Ynys Môn",
    "領導 🧭",
    'She said "no"',
    "fewer < more & <3",
    "Routine: it works",
    "# no comment",
    "no",
    "1.0",
    "2026-01-01",
    "3/5",
    "a, b; c",
    "two\nlines",
    "two\n\n  lines: and more",
    "{curly} [square]",
    "- a hyphen",
    "ends with a colon:",
]


@pytest.mark.parametrize("export", [as_book, as_csv])
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_text_stays_as_it_is_however_odd(export, text, example, tmp_path):
    term = example.glossary[0].model_copy(update={"term": text})
    (exercise,) = (each.model_copy(update={"materials": (text, "paper")}) for each in example.exercises)
    (section,) = example.sections
    first = section.indicators[0]
    cited = (first.sources[0].model_copy(update={"part": text}),)
    asked = first.model_copy(update={"discuss": text, "sources": cited})
    section = section.model_copy(update={"indicators": (asked, *section.indicators[1:])})
    odd = example.model_copy(update={"glossary": (term,), "exercises": (exercise,), "sections": (section,)})
    assert imported(export(odd, tmp_path), tmp_path / "back").as_data() == odd.as_data()


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1)
    .map(str.strip)
    .filter(bool)
)
def test_any_text_stays_as_it_is_in_yaml(text):
    framework = exchange.example()
    grids = [
        table.Grid(sheet.name, tuple(table.Row(n, row) for n, row in enumerate(table._all_rows(sheet), start=1)))
        for sheet in tabular.sheets({**framework.as_data(), "glossary": [{"term": text, "meaning": "m"}]})
    ]
    (glossary,) = (each for each in tabular.read(grids).documents if each.kind == "glossary")
    parsed, problems = document.parse(framework_yaml.text(glossary).encode(), "glossary.yml", "glossary")
    assert problems == []
    assert parsed.data[0]["term"] == text


def test_the_yaml_is_as_people_write_it(framework, tmp_path):
    imported(as_book(framework, tmp_path), tmp_path / "back")
    lines = (tmp_path / "back" / "sections" / "purpose.yml").read_text(encoding="utf-8").splitlines()
    assert lines[:6] == [
        "# yaml-language-server: $schema=../schema/section.json",
        "id: purpose",
        "name: Purpose",
        f"summary: {framework.sections[0].summary}",
        "indicators:",
        "  - id: shared-purpose",
    ]
    assert "    forms: [quick, standard]" in lines
    assert f"      1: {framework.indicators['shared-purpose'].levels[1]}" in lines
    assert lines[lines.index("  - id: outcome-that-matters") - 1] == ""
    assert not any("'" in line.partition(": ")[2][:1] for line in lines)
    outline = (tmp_path / "back" / "framework.yml").read_text(encoding="utf-8")
    assert '        label: "Routine: people know what works"\n' in outline
    quoted = [line for line in lines if '"' in line]
    assert all(": " in line.partition('"')[2] for line in quoted)


def test_what_is_imported_passes_check_and_names_schemas_that_are_there(framework, tmp_path):
    imported(as_csv(framework, tmp_path), tmp_path / "back")
    assert check.problems(tmp_path / "back") == []
    for path in (tmp_path / "back").rglob("*.yml"):
        name = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / name).is_file(), path


def test_importing_twice_gives_the_same_bytes(framework, tmp_path):
    first = imported(as_book(framework, tmp_path), tmp_path / "first")
    (tmp_path / "again").mkdir()
    imported(as_csv(first, tmp_path / "again"), tmp_path / "second")
    for path in (tmp_path / "first").rglob("*.yml"):
        assert (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes() == path.read_bytes()


# The template


def test_the_template_is_a_framework_without_a_problem(tmp_path):
    assert check.problems(exchange.EXAMPLE) == []
    ran = balcony("export", "--spreadsheet", tmp_path / "t.xlsx", "--blank")
    assert (ran.exit_code, ran.output) == (0, f"{tmp_path / 't.xlsx'}\n")
    ran = balcony("import", tmp_path / "t.xlsx", "--output", tmp_path / "out")
    assert ran.exit_code == 0, ran.output
    assert ran.output.endswith("0 problems\n")
    assert check.problems(tmp_path / "out") == []


def test_the_template_says_what_belongs_in_each_column_in_the_words_of_the_model(example, tmp_path):
    opened = openpyxl.load_workbook(as_book(example, tmp_path))
    assert opened["Indicators"]["F1"].value == "question"
    assert opened["Indicators"]["F1"].comment.text == "One idea, 14 words at most."
    assert "Left out: nobody may." in next(
        cell.comment.text for cell in opened["Indicators"][1] if cell.value == "not applicable"
    )
    for sheet in opened:
        cells = [row[0] for row in sheet.iter_rows(min_row=2)] if sheet["A1"].value == "what" else sheet[1]
        assert all(cell.comment and cell.comment.text for cell in cells), sheet.title
        assert sheet.max_row > 1, sheet.title


def test_a_list_opens_where_only_certain_words_are_allowed(example, tmp_path):
    opened = openpyxl.load_workbook(as_book(example, tmp_path))

    def lists(sheet):
        return {str(each.sqref).split(":")[0]: each.formula1 for each in opened[sheet].data_validations.dataValidation}

    assert lists("Lenses") == {"C2": '"alignment,compensatory,coverage,balance,profile"'}
    assert lists("Indicators")["B2"].startswith("'Sections'!$A$2")
    assert lists("Dimensions") == {"A2": "'Lenses'!$A$2:$A$1000", "E2": '"yes,no"'}
    assert '"aligned,' in lists("Messages")["B2"]


def test_cells_are_text_so_that_a_spreadsheet_leaves_them_alone(framework, tmp_path):
    opened = openpyxl.load_workbook(as_book(framework, tmp_path))
    assert (opened["Settings"]["B2"].value, opened["Settings"]["B2"].number_format) == ("3/5", "@")
    assert opened["Framework"]["B4"].number_format == "@"


def test_no_text_becomes_a_formula(example, tmp_path):
    term = example.glossary[0].model_copy(update={"term": "=1+1", "meaning": "@now"})
    odd = example.model_copy(update={"glossary": (term,)})
    assert "'=1+1,'@now," in (as_csv(odd, tmp_path) / "Glossary.csv").read_text(encoding="utf-8")
    cell = openpyxl.load_workbook(as_book(odd, tmp_path))["Glossary"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


# What is wrong


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (
            {"Indicators!F1": "qestion"},
            'Indicators!F1: there is no column "qestion" here; did you mean "question"?',
        ),
        (
            {"Indicators!F1": "qestion"},
            'Indicators!A1: the column "question" is missing; it holds: One idea, 14 words at most',
        ),
        (
            {"Indicators!F2": None},
            "Indicators!F2: section meeting, indicator purpose-known, question: there is no text; write it, or leave the key out if it is optional",
        ),
        ({"Indicators!B3": "meetin"}, 'Indicators!B3: there is no section "meetin"; did you mean "meeting"?'),
        (
            {"Lenses!C2": "profle"},
            'Lenses!C2: lens before-and-after, rule: "profle" is not allowed; did you mean "profile"?',
        ),
        (
            {"Dimensions!F2": "purpose-know"},
            'Dimensions!F2: lens before-and-after, dimension before, indicator 1: there is no indicator "purpose-know"; did you mean "purpose-known"?',
        ),
        (
            {"Messages!B2": "profil"},
            'Messages!B2: lens before-and-after, messages: the rule profile has no state "profil"; did you mean "profile"?',
        ),
        (
            {"Messages!B3": "profile"},
            "Messages!A3: this stands here twice; keep one: the first is in row 2",
        ),
        (
            {"Framework!B4": 1.0},
            'Framework!B4: version: "1" is a number here, and a version has three; format the cell as text, and write it as 1.0.0',
        ),
        (
            {"Framework!A6": "sumary"},
            'Framework!A6: there is nothing that is called "sumary" here; did you mean "summary"?',
        ),
        (
            {"Framework!A6": "sumary"},
            'Framework!A1: the row "summary" is missing; it holds: What it is for, in a sentence',
        ),
        (
            {"Framework!C5": "stray"},
            "Framework!C5: only what and value are read here; take this out",
        ),
        (
            {"Exercises!F2": datetime(2026, 3, 10)},  # noqa: DTZ001 - a cell knows no time zone
            'Exercises!F2: group size: the spreadsheet has made "2026-03-10" of it; format the cell as text, and write it again',
        ),
        (
            {"Settings!B2": datetime(2026, 5, 3)},  # noqa: DTZ001 - a cell knows no time zone
            'Settings!B2: minimum answered share: the spreadsheet has made "2026-05-03" of it; format the cell as text, and write it again',
        ),
        ({"Sources!D2": "MMXX"}, 'Sources!D2: year: "MMXX" stands here; a whole number is wanted'),
        (
            {"Sources!E2": "=1+1"},
            "Sources!E2: publisher: a formula stands here, and what it came to is not saved; write the value",
        ),
        (
            {"Glossary!B2": True},
            "Glossary!B2: meaning: TRUE is a switch here; format the cell as text, and write it again",
        ),
        ({"Levels!D3": "stray"}, 'Levels!D3: "stray" stands in a column without a heading; write one above it'),
        (
            {"Indicators!X2": "our-notes"},
            'Indicators!X2: sources: "our-notes" does not say which idea is used; write moore-1995: which idea, in a line',
        ),
    ],
)
def test_a_mistake_is_named_with_its_cell(book, cells, line):
    lines = book(cells)
    assert line in lines, "\n".join(lines)


def test_every_mistake_of_every_sheet_is_told_at_once_and_nothing_is_written(book, tmp_path):
    lines = book(
        {"Lenses!C2": "profle", "Steps!A2": "nothing", "Framework!B4": 2.5, "Lense!A1": "x"}, new_sheets=["Lense"]
    )
    assert [line.split(":")[0] for line in lines] == ["Framework!B4", "Lenses!C2", "Steps!A2", "Lense!A1"]
    assert 'there is no sheet "Lense" in a framework; rename or delete it: did you mean "Lenses"?' in lines[-1]
    assert not (tmp_path / "out").exists()


def test_an_orphan_does_not_make_problems_for_those_that_name_it(book):
    assert len(book({"Indicators!B2": "nowhere"})) == 1


def test_a_matter_of_taste_is_told_with_its_cell_and_the_framework_is_written(book, tmp_path):
    lines = book({"Forms!D2": 9})
    assert lines[0].startswith("Forms!D2: warning: form whole, minutes: the form is said to take 9 minutes")
    assert reading.framework(tmp_path / "out").forms["whole"].minutes == 9


def test_a_csv_is_told_with_file_and_row(example, tmp_path):
    place = as_csv(example, tmp_path)
    path = place / "Lenses.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("profile", "profle"), encoding="utf-8")
    ran = balcony("import", place, "--output", tmp_path / "out")
    assert ran.exit_code == 1
    assert 'Lenses.csv:2: lens before-and-after, rule: "profle" is not allowed' in ran.output


def test_a_sheet_that_is_missing_is_named(example, tmp_path):
    place = as_csv(example, tmp_path)
    (place / "Lenses.csv").unlink()
    (place / "Cards.csv").unlink()
    lines = exchange.import_framework(place, tmp_path / "out").lines
    assert "Lenses.csv:1: the sheet is missing; balcony export --blank shows all sheets" in lines
    assert not any(line.startswith("Cards") for line in lines)


ODD_CELLS = [
    None,
    "",
    "x",
    "=1",
    "a, b",
    "one: two",
    "../up",
    0,
    -1,
    2.5,
    True,
    datetime(2026, 5, 3),  # noqa: DTZ001 - a cell knows no time zone
    table.Unreadable("m", "h"),
    "9" * 40,
]


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_no_table_is_too_broken_to_be_told_what_is_wrong(random):
    grids = []
    for sheet in tabular.sheets(exchange.example().as_data()):
        rows = [list(row) for row in table._all_rows(sheet)]
        for _ in range(random.choice([0, 0, 1, 3])):
            row = random.choice(rows)
            row[random.randrange(len(row))] = random.choice(ODD_CELLS)
        random.shuffle(rows) if random.random() < 0.05 else None
        if random.random() < 0.95:
            grids.append(table.Grid(sheet.name, tuple(table.Row(n, tuple(row)) for n, row in enumerate(rows, start=1))))
    found = tabular.read(grids)
    for problem in found.problems:
        assert re.match(r"[A-Z][a-z ]+![A-Z]+[1-9]\d*: ", tabular.told(problem, is_csv=False))
    if not found.problems:
        assert all(
            "/" not in each.file.removeprefix(f"{each.kind}s/").removeprefix("lenses/") for each in found.documents
        )


# What spreadsheets do to what people write


def test_numbers_that_a_spreadsheet_made_are_what_was_meant(book, tmp_path):
    cells = {"Settings!B2": 0.6, "Settings!B3": 2.0, "Exercises!F2": 12.0, "Dimensions!E3": True, "Glossary!A2": 2026}
    assert not any("!" in line for line in book(cells))
    made = reading.framework(tmp_path / "out")
    assert str(made.settings.minimum_answered_share) == "3/5"
    assert made.settings.minimum_answered_count == 2
    assert made.exercises[0].group_size == "12"
    assert [each.essential for each in made.lenses[0].dimensions] == [False, True]
    assert made.glossary[0].term == "2026"


def test_rows_and_columns_that_only_look_empty_are_passed_over(book, tmp_path, example):
    assert not any("!" in line for line in book({"Glossary!A900": "  ", "Levels!Z3": " ", "Sources!A500": None}))
    assert reading.framework(tmp_path / "out").as_data() == example.as_data()


def test_headings_are_found_in_any_order_and_spelling(example, tmp_path):
    place = as_csv(example, tmp_path)
    rows = list(csv.reader(io.StringIO((place / "Sources.csv").read_text(encoding="utf-8-sig"))))
    with (place / "Sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [each.upper() for each in row[::-1]] if row is rows[0] else row[::-1] for row in rows
        )
    assert imported(place, tmp_path / "out").as_data() == example.as_data()


def test_of_a_formula_the_saved_value_is_read(example, tmp_path):
    path = as_book(example, tmp_path)
    opened = openpyxl.load_workbook(path)
    opened["Sources"]["D2"] = "=2000+26"
    opened.save(path)
    name = f"xl/worksheets/sheet{1 + opened.sheetnames.index('Sources')}.xml"
    rewritten(
        path,
        name,
        lambda xml: xml.replace(b"<f>2000+26</f><v />", b"<f>2000+26</f><v>2031</v>").replace(
            b"<f>2000+26</f><v/>", b"<f>2000+26</f><v>2031</v>"
        ),
    )
    assert imported(path, tmp_path / "out").sources["our-notes"].year == 2031


# Files that are no good


def test_a_file_that_unpacks_without_end_is_refused(example, tmp_path):
    path = as_book(example, tmp_path)
    rewritten(path, "xl/workbook.xml", lambda xml: xml + b" " * (table.UNPACKED + 1))
    assert path.stat().st_size < table.LARGEST / 10
    with pytest.raises(table.TableError, match="unpacks to more than 64 MB"):
        table.read(path)


def test_words_that_unfold_are_refused(example, tmp_path):
    path = as_book(example, tmp_path)
    bomb = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    rewritten(path, "xl/workbook.xml", lambda xml: bomb + xml)
    with pytest.raises(table.TableError, match="DOCTYPE"):
        table.read(path)


def test_cells_without_number_are_refused(example, tmp_path):
    path = as_book(example, tmp_path)
    cells = b"<row>" + b"<c/>" * (table.MOST_TAGS + 1) + b"</row></sheetData>"
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cells))
    with pytest.raises(table.TableError, match="too many cells"):
        table.read(path)


def test_what_a_sheet_says_of_its_own_size_is_not_believed(example, tmp_path):
    path = as_book(example, tmp_path)
    opened = openpyxl.load_workbook(path)
    size = opened["Framework"].dimensions.encode()
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="' + size, b'ref="A1:A1'))
    assert imported(path, tmp_path / "out").as_data() == example.as_data()


@pytest.mark.parametrize(
    "rows", [b'<row r="99999999999"><c r="A99999999999"/></row>', b'<row><c r="XFD1"/></row>' * 3_000]
)
def test_cells_that_are_far_away_and_empty_are_refused(rows, example, tmp_path):
    path = as_book(example, tmp_path)
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    with pytest.raises(table.TableError, match="Framework has too many cells"):
        table.read(path)


def test_very_many_rows_and_columns_are_refused(tmp_path):
    path = tmp_path / "Glossary.csv"
    path.write_text("term,meaning\n" + "a,b\n" * (table.MOST_ROWS + 1))
    with pytest.raises(table.TableError, match="more than 20,000 rows"):
        table.read(path)
    path.write_text("term,meaning\n" + "a," * (table.MOST_COLUMNS + 1) + "b")
    with pytest.raises(table.TableError, match="more than 5,000 columns in row 2"):
        table.read(path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"no spreadsheet", "cannot be read as a spreadsheet"),
        ("a.xlsx", b"PK\x03\x04", "cannot be read as a spreadsheet"),
        ("a.ods", b"", "is neither XLSX nor CSV"),
        ("a.csv", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("a.csv", b'"open\n', "cannot be read as CSV"),
        ("a.csv", b" " * (table.LARGEST + 1), "10 MB at most are read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(name, content, reason, tmp_path):
    (tmp_path / name).write_bytes(content)
    ran = balcony("import", tmp_path / name, "--output", tmp_path / "out")
    assert ran.exit_code == 1
    assert reason in ran.output
    assert not (tmp_path / "out").exists()


def test_a_text_that_no_cell_can_hold_is_named(example, tmp_path):
    for text, reason in (("x" * 40_000, "a text of 40,000 characters"), ("\x07", "a control character")):
        term = example.glossary[0].model_copy(update={"meaning": text})
        with pytest.raises(table.TableError, match=f"Glossary!B2: {reason}"):
            as_book(example.model_copy(update={"glossary": (term,)}), tmp_path)


# The command line


def test_a_folder_that_is_not_empty_is_left_alone(example, tmp_path):
    path = as_book(example, tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    ran = balcony("import", path, "--output", tmp_path / "out")
    assert ran.exit_code == 2
    assert "is not empty; choose a new folder" in ran.output
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_one_begins_without_a_framework(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert balcony("export", "--csv", "tables", "--blank").exit_code == 0
    assert balcony("import", "tables", "--output", "framework").exit_code == 0
    assert balcony("export", "--spreadsheet", "again.xlsx").exit_code == 0
    shutil.rmtree("framework")
    ran = balcony("export", "--spreadsheet", "third.xlsx")
    assert (ran.exit_code, "there is no such folder" in ran.output) == (1, True)


def test_no_file_is_written_over(example, tmp_path):
    path = as_book(example, tmp_path)
    before = path.read_bytes()
    ran = balcony("export", "--spreadsheet", path)
    assert (ran.exit_code, path.read_bytes()) == (2, before)
    assert "is there already; choose another name" in ran.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",),
        ("export", "--spreadsheet", "a.xlsx", "--csv", "b"),
        ("export", "--spreadsheet", "a.xlsx", "-o", "b.xlsx"),
        ("export", "--spreadsheet", "a.xlsx", "--readers", "us"),
        ("export", "--spreadsheet", "nowhere/a.xlsx"),
        ("export", "--xlsform", "standard"),
        ("export", "--xlsform", "standard", "--blank", "-o", "a.xlsx"),
        ("export", "--xlsform", "standrad", "-o", "a.xlsx"),
        ("import", "--output", "out"),
        ("import", "README.md"),
        ("import", "README.md", "--output", "out", "--form", "quick"),
        ("import", "README.md", "--output", "out", "--answers", "README.md", "--form", "quick"),
        ("import", "--output", "out", "--answers", "README.md"),
        ("import", "--output", "out", "--answers", "README.md", "--form", "quik"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(arguments, tmp_path, monkeypatch):
    shutil.copytree(PROJECT / "framework", tmp_path / "framework")
    (tmp_path / "README.md").write_text("read me")
    monkeypatch.chdir(tmp_path)
    ran = balcony(*arguments)
    assert ran.exit_code == 2
    assert "Usage: " in ran.output
    assert sorted(each.name for each in tmp_path.iterdir()) == ["README.md", "framework"]


def test_a_release_can_be_exported_as_it_was(framework):
    as_json = json.loads(json.dumps(framework.as_data()))
    grids = {sheet.name: sheet.rows for sheet in tabular.sheets(as_json)}
    assert grids == {sheet.name: sheet.rows for sheet in tabular.sheets(framework.as_data())}


def test_a_spreadsheet_goes_in_and_a_site_comes_out(example, tmp_path):
    path = as_book(example, tmp_path)
    shutil.copytree(PROJECT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    for command in (("import", path, "--output", "framework"), ("pages",), ("build", "--strict")):
        ran = subprocess.run(
            [sys.executable, "-m", "generator", *map(str, command)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    page = (tmp_path / "site" / "assess" / "whole" / "index.html").read_text(encoding="utf-8")
    for indicator in example.indicators.values():
        assert indicator.question in page
        assert all(text in page for text in indicator.levels.values())
