"""Spreadsheets, tables, archives and benchmarks from strangers: read, or refused in a sentence, and nothing else happens."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import warnings
import zipfile
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest
from conftest import PROJECT
from hostile_frameworks import IDS, MARKS, hostile_file, told_well
from hostile_sheets import TEXTS, good_sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import cohort_files, exchange, reading, sheet, table
from generator.problems import ProblemsError

SPECIMEN = PROJECT / "tests" / "specimen"
TRIED = settings.default.max_examples
seeds = st.integers(0, 2**40)


# Spreadsheets and CSV


@cache
def exported():
    """A framework as a spreadsheet's parts, and as the files of a folder of CSV."""
    folder = Path(mkdtemp())
    (book,) = exchange.export(exchange.example(), folder / "a.xlsx")
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    exchange.export(exchange.example(), folder / "tables", is_csv=True)
    tables = {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}
    shutil.rmtree(folder)
    return parts, tables


def bent(content, random):
    """Bytes with something done to them."""
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(content) + 1)
        kind = random.randrange(6)
        other = random.choice((*TEXTS, *IDS, *MARKS)).encode("utf-8", "surrogatepass")
        if kind == 0:
            content = content[:at]
        elif kind == 1 and content:
            at = random.randrange(len(content))
            content = content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :]
        elif kind == 2:
            content = content[:at] + content[at + random.choice((1, 9, 500)) :]
        elif kind == 3:
            content = content[:at] + content[at : at + 300] * random.choice((2, 50)) + content[at:]
        else:
            content = content[:at] + other + content[at:]
    return content


def packed(parts, path, random):
    how = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", how) as archive:
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, content in parts.items():
            archive.writestr(name.replace("\0", "0") or "x", content)


def imported(source, folder):
    """What is told of it. Nothing but a sound framework is written, and only where it should be."""
    shutil.rmtree(folder, ignore_errors=True)
    beside = {*folder.parent.iterdir()}
    try:
        found = exchange.import_framework(source, folder)
        told_well(found.problems)
        said = [*found.lines]
    except exchange.ExchangeError as error:
        said = [str(error)]
    except ProblemsError as error:
        told_well(error.problems)
        said = [str(error)]
    assert {*folder.parent.iterdir()} <= {*beside, folder}
    assert said
    return said


@settings(max_examples=TRIED // 4)
@given(seed=seeds)
def test_a_hostile_spreadsheet_is_told_what_is_wrong_with_it(tmp_path_factory, seed):
    random = Random(seed)
    folder = tmp_path_factory.getbasetemp() / "books"
    folder.mkdir(exist_ok=True)
    path, parts = folder / "hostile.xlsx", dict(exported()[0])
    name = random.choice(list(parts))
    deed = random.randrange(5)
    if deed == 0:
        del parts[name]
    elif deed == 1:
        parts[random.choice((*IDS[:-1], "xl/worksheets/sheet99.xml"))] = parts[name]
    else:
        parts[name] = bent(parts[name], random)
    packed(parts, path, random)
    if deed == 4:
        path.write_bytes(bent(path.read_bytes(), random))
    imported(path, folder / "out")


@settings(max_examples=TRIED // 2)
@given(seed=seeds)
def test_hostile_csv_is_told_what_is_wrong_with_it(tmp_path_factory, seed):
    random = Random(seed)
    folder = tmp_path_factory.getbasetemp() / "csv"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "tables").mkdir(parents=True)
    for name, content in exported()[1].items():
        (folder / "tables" / name).write_bytes(content)
    path = folder / "tables" / random.choice(list(exported()[1]))
    deed = random.randrange(12)
    if deed == 0:
        path.unlink()
        os.mkfifo(path)
    elif deed == 1:
        path.unlink()
        path.symlink_to(random.choice(("/dev/zero", "nowhere", "..", path.name)))
    else:
        path.write_bytes(bent(path.read_bytes(), random))
    imported(folder / "tables", folder / "out")


@pytest.mark.parametrize("name", ["a.ods", "a.xls", "a.numbers", "a.txt", "a"])
def test_what_is_no_table_that_is_read_here_is_refused_with_what_to_do(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\3\4")
    assert "Save it as an Excel workbook (.xlsx), or as CSV." in imported(tmp_path / name, tmp_path / "out")[0]


def refused(path):
    try:
        table.read(path)
    except table.TableError as error:
        return str(error)
    return ""


def test_a_table_may_have_a_certain_size(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 100)
    monkeypatch.setattr(table, "LARGEST", 100)
    assert refused(path) == ""
    path.write_bytes(b"x" * 101)
    assert "at most are read. Split it." in refused(path)


def test_a_spreadsheet_may_unpack_to_a_certain_size_and_have_a_certain_number_of_tags(tmp_path, monkeypatch):
    parts = exported()[0]
    packed(parts, tmp_path / "a.xlsx", Random(1))
    unpacked, tags = sum(map(len, parts.values())), sum(each.count(b"<") for each in parts.values())
    for limit, most, said in (("UNPACKED", unpacked, "unpacks to more than"), ("MOST_TAGS", tags, "too many cells")):
        monkeypatch.setattr(table, limit, most)
        assert refused(tmp_path / "a.xlsx") == ""
        monkeypatch.setattr(table, limit, most - 1)
        assert said in refused(tmp_path / "a.xlsx")
        monkeypatch.undo()


def test_there_may_be_a_certain_number_of_sheets(tmp_path, monkeypatch):
    packed(exported()[0], tmp_path / "a.xlsx", Random(1))
    (tmp_path / "tables").mkdir()
    for name, content in exported()[1].items():
        (tmp_path / "tables" / name).write_bytes(content)
    monkeypatch.setattr(table, "MOST_SHEETS", len(exported()[1]))
    assert [refused(tmp_path / name) for name in ("a.xlsx", "tables")] == ["", ""]
    monkeypatch.setattr(table, "MOST_SHEETS", len(exported()[1]) - 1)
    assert all("at most are read. Take some out." in refused(tmp_path / name) for name in ("a.xlsx", "tables"))


@pytest.mark.parametrize(
    ("limit", "texts", "said"),
    [
        (("MOST_ROWS", 2), ("a\nb\nc", "a\nb\nc\nd"), "more than 2 rows"),
        (("MOST_COLUMNS", 2), ("a,b", "a,b,c"), "more than 2 columns in row 1"),
        (("MOST_CELLS", 4), ("a,b\na,b", "a,b\na,b\na"), "too many cells"),
        (("LAST_ROW", 3), ("\n\na", "\n\na\nb"), "too many cells"),
    ],
    ids=["rows", "columns", "cells", "the last row"],
)
def test_a_table_may_have_a_certain_number_of_rows_and_cells(tmp_path, monkeypatch, limit, texts, said):
    monkeypatch.setattr(table, *limit)
    path = tmp_path / "a.csv"
    within, above = texts
    path.write_text(within, encoding="utf-8")
    assert refused(path) == ""
    path.write_text(above, encoding="utf-8")
    assert said in refused(path)


# Cohorts


@settings(max_examples=TRIED)
@given(seed=seeds)
def test_a_hostile_archive_gives_sheets_and_reasons(tmp_path_factory, seed):
    random = Random(seed)
    folder = tmp_path_factory.getbasetemp() / "archives"
    folder.mkdir(exist_ok=True)
    before = set(folder.parent.iterdir())
    name = random.choice(("a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.json"))
    path = folder / name
    good = json.dumps(good_sheet(sheet.rules(specimen()), random)).encode()
    names = [random.choice((*IDS, *TEXTS)) + random.choice((".json", ".json", ".zip")) for _ in range(3)]
    if name == "a.json":
        path.write_bytes(good)
    elif name == "a.zip":
        packed({each.encode("utf-8", "replace").decode(): good for each in names}, path, random)
    else:
        _tar(path, names, good, random)
    if random.random() < 0.7:
        path.write_bytes(bent(path.read_bytes(), random))
    for found in cohort_files.sheets_in(path):
        assert bool(found.reason) != bool(found.content) or found.content == b""
        assert len(found.content) <= sheet.LARGEST + 1
        assert found.name.isprintable()
        assert len(found.name) <= 300
    assert set(folder.parent.iterdir()) == before
    path.unlink()


def _tar(path, names, content, random):
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name in names:
            header = tarfile.TarInfo(name.replace("\0", "0").encode("utf-8", "replace").decode() or "x")
            header.size = random.choice((len(content), len(content), 0))
            header.type = random.choice((tarfile.REGTYPE, tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.FIFOTYPE))
            archive.addfile(header, io.BytesIO(content))


@pytest.mark.parametrize("name", ["a.json", "a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("more", [0, 1])
def test_a_sheet_may_have_a_certain_size_wherever_it_is(tmp_path, name, more):
    path, content = tmp_path / name, b"x" * (sheet.LARGEST + more)
    if name == "a.json":
        path.write_bytes(content)
    elif name == "a.zip":
        packed({"b.json": content}, path, Random(1))
    else:
        with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
            header = tarfile.TarInfo("b.json")
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    (found,) = cohort_files.sheets_in(path)
    is_told_here = found.reason == sheet.TOO_LARGE
    assert is_told_here or len(found.content) == len(content)
    assert is_told_here == (more == 1 and name != "a.json")


# Benchmarks


BENCHMARK = {
    "format": "balcony-benchmark/1",
    "framework": {"id": "systems-leadership", "version": "1.0.0"},
    "name": "Fire services, 2026",
    "benchmark_sheets": 50,
    "forms": {
        "quick": {
            "six-ways": {"being": {"sheets": 50, "from": "1.0", "to": "5.0", "indicators": {"shared-purpose": 1}}}
        }
    },
}


@cache
def specimen():
    return reading.framework(SPECIMEN)


@settings(max_examples=2 * TRIED)
@given(seed=seeds)
def test_a_hostile_benchmark_is_kept_or_told_what_is_wrong_with_it(tmp_path_factory, seed):
    random = Random(seed)
    path = tmp_path_factory.getbasetemp() / reading.BENCHMARK
    content = hostile_file(random, json.dumps(BENCHMARK, indent=1).encode())
    path.write_bytes(content)
    kept, said = reading.read_benchmark(path, specimen())
    told_well(said, {reading.shown(path): content})
    assert kept or said or b"sheets" not in content.replace(b"benchmark_sheets", b""), "it holds no figures"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_no_benchmark_and_says_so(tmp_path, make):
    make(tmp_path / reading.BENCHMARK)
    kept, (problem,) = reading.read_benchmark(tmp_path / reading.BENCHMARK, specimen())
    assert kept is None
    assert problem.message.startswith("the file cannot be read (")
