"""`balcony cohort`: thousands of sheets from folders and archives, summarised without names."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement, product
from pathlib import Path

import duckdb
import pytest
from cohort_bench import made_up_sheet, measured, write_archive
from hostile_sheets import hostile_sheets
from hypothesis import given
from hypothesis import strategies as st
from team_cases import small_framework

from generator import cohort_files, sheet
from generator.cohort import Form, Group, benchmark_fields, columns
from generator.cohort_hiding import mean, quartiles, told, told_off_the_scale
from generator.score import score_dimension, shown

PROJECT = Path(__file__).resolve().parent.parent


def cohort(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "generator", "cohort", *map(str, arguments)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        **environment,
    )


@pytest.fixture(scope="module")
def sheets(framework):
    """Sheets like people's, as files' bytes by name."""
    return {f"{n:03}.balcony.json": json.dumps(made_up_sheet(framework, n)).encode() for n in range(60)}


@pytest.fixture
def folder(tmp_path, sheets):
    made = tmp_path / "sheets"
    for name, content in sheets.items():
        below = made / name[1]
        below.mkdir(parents=True, exist_ok=True)
        (below / name).write_bytes(content)
    return made


def write_sheet(path, framework, fields):
    known = {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": "standard",
    }
    path.write_text(json.dumps({**known, **fields}), encoding="utf-8")


def rows_of(output):
    with (output / "summary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refused_in(output):
    with (output / "refused.csv").open(encoding="utf-8", newline="") as file:
        return {each["file"]: each["reason"] for each in csv.DictReader(file)}


def only(rows, id_):
    (row,) = [row for row in rows if row["id"] == id_]
    return row


# What the summary says


def test_a_small_cohort_is_summarised_as_it_is_by_hand(tmp_path, framework):
    purpose, alone, third = list(framework.indicators)[:3]
    # On the first question 5 each on levels 2 and 4, 6 on level 3, 5 not sure, of 21.
    given_ = [2] * 5 + [3] * 6 + [4] * 5 + ["not-sure"] * 5
    for number, answer in enumerate(given_):
        answers = {
            purpose: {"answer": answer, "revision": 1},
            # Everyone gives level 4 on the second; on the third, two people do.
            alone: {"answer": 4, "revision": 1},
            **({third: {"answer": 4, "revision": 1}} if number < 2 else {}),
        }
        write_sheet(tmp_path / f"{number}.json", framework, {"answers": answers})
    ran = cohort(tmp_path, "--output", tmp_path / "out")
    assert (ran.returncode, ran.stderr) == (0, "21 sheets counted.\n")
    rows = rows_of(tmp_path / "out")
    row = only(rows, purpose)
    assert {key: value for key, value in row.items() if value} == {
        "framework": framework.id,
        "version": framework.version,
        "form": "standard",
        "perspective": "own",
        "kind": "indicator",
        "id": purpose,
        "sheets": "21",
        "levels_given": "16",
        "not_sure_share": "0.2381",
        "not_applicable_share": "0.0000",
        "blanks": "0",
        "mean": "3.0000",
        "lower_quartile": "2.0000",
        "median": "3.0000",
        "upper_quartile": "4.0000",
        "level_1": "0",
        "level_2": "5",
        "level_3": "6",
        "level_4": "5",
        "level_5": "0",
        "flag_not_sure": "true",
        "flag_not_applicable": "false",
        "flag_two_levels": "false",
    }
    row = only(rows, alone)
    assert (row["mean"], row["level_4"], row["flag_two_levels"], row["hidden"]) == ("4.0000", "21", "true", "")
    row = only(rows, third)
    assert (row["sheets"], row["levels_given"], row["mean"], row["hidden"]) == ("21", "", "", "everything")


def test_a_dimension_has_the_mean_of_peoples_own_values(folder, tmp_path, framework, sheets):
    cohort(folder, "--output", tmp_path / "out")
    rows = {(row["lens"], row["id"]): row for row in rows_of(tmp_path / "out") if row["kind"] == "dimension"}
    compared = 0
    for lens in framework.reported("standard"):
        for dimension in lens.dimensions:
            row = rows[lens.id, dimension.id]
            people = [sheet.read(each, framework).answers_to(framework) for each in sheets.values()]
            answers = ([person.get(id_) for id_ in dimension.indicators] for person in people)
            scored = [score_dimension(each, framework.settings, framework.level_count).value for each in answers]
            values = [value for value in scored if value is not None]
            if row["hidden"] != "everything":
                assert row["levels_given"] == str(len(values))
                assert row["mean"] == shown(sum(values) / len(values), 4)
                compared += 1
    assert compared > 20


@given(st.lists(st.fractions(1, 5, max_denominator=7), min_size=1, max_size=60))
def test_means_and_quartiles_are_exact(values):
    in_order = sorted(values)
    listed = sorted(Counter(values).items())
    assert mean(listed) == shown(sum(values) / Fraction(len(values)), 4)

    def at(share):
        place = share * (len(in_order) - 1)
        below = in_order[int(place)]
        return below + (in_order[min(int(place) + 1, len(in_order) - 1)] - below) * (place - int(place))

    assert quartiles(listed) == tuple(shown(at(Fraction(part, 4)), 4) for part in (1, 2, 3))


def test_the_three_files_hold_the_same(folder, tmp_path, framework):
    assert cohort(folder, "--output", tmp_path / "out").returncode == 0
    names = list(columns(framework))
    connection = duckdb.connect()
    parquet = connection.execute(f"SELECT * FROM '{tmp_path}/out/summary.parquet'")
    assert [each[0] for each in parquet.description] == names
    from_parquet = [list(row) for row in parquet.fetchall()]
    written = json.loads((tmp_path / "out/summary.json").read_text("utf-8"), parse_float=Decimal)
    assert [list(row) for row in written] == [names] * len(from_parquet)
    assert [list(row.values()) for row in written] == from_parquet
    in_words = [[None if value == "" else value for value in row.values()] for row in rows_of(tmp_path / "out")]
    told_ = {True: "true", False: "false", None: None}
    assert in_words == [
        [told_[value] if value is None or isinstance(value, bool) else str(value) for value in row]
        for row in from_parquet
    ]
    assert len(from_parquet) > 40


def test_forms_and_views_are_summed_up_apart(tmp_path, framework):
    for number in range(24):
        fields = made_up_sheet(framework, number)
        fields |= {"form": ("standard", "quick")[number % 2], "perspective": ("own", "others")[number // 12]}
        (tmp_path / f"{number}.json").write_text(json.dumps(fields), encoding="utf-8")
    cohort(tmp_path, "--output", tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert {(row["form"], row["perspective"], row["sheets"]) for row in rows} == {
        (form, view, "6") for form in ("quick", "standard") for view in ("own", "others")
    }
    ran = cohort(tmp_path, "--output", tmp_path / "out", "--form", "quick")
    assert {row["form"] for row in rows_of(tmp_path / "out")} == {"quick"}
    assert (ran.returncode, ran.stderr) == (0, "12 sheets counted; 12 sheets of other forms left aside.\n")


def test_nothing_is_told_of_fewer_people_than_the_minimum_group(tmp_path, framework):
    for number in range(4):
        (tmp_path / f"{number}.json").write_text(json.dumps(made_up_sheet(framework, number)), encoding="utf-8")
    cohort(tmp_path, "--output", tmp_path / "out")
    named = {"framework", "version", "form", "perspective", "kind", "lens", "id"}
    for row in rows_of(tmp_path / "out"):
        assert {key for key, value in row.items() if value} <= named | {"hidden"}
        assert row["hidden"] == "everything"
    cohort(tmp_path, "--output", tmp_path / "out", "--minimum-group", 4)
    assert "4" in {row["sheets"] for row in rows_of(tmp_path / "out")}


# What is hidden stays hidden


def all_counts(people, places):
    if places == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in all_counts(people - first, places - 1))


@pytest.mark.parametrize(
    ("levels", "minimum", "most"), [(3, 3, 30), (3, 5, 30), (4, 3, 18), (4, 5, 18), (5, 3, 11), (5, 5, 12)]
)
def test_no_hidden_count_is_the_only_one_that_fits(levels, minimum, most):
    too_few = [counts for people in range(minimum) for counts in all_counts(people, levels)]
    for people in range(minimum, most):
        possible = defaultdict(list, {None: list(too_few)})
        for counts in all_counts(people, levels):
            possible[told(counts, minimum)].append(counts)
        for found, fitting in possible.items():
            for at, count in enumerate(found.counts if found else [None] * levels):
                if count is None:
                    assert len({each[at] for each in fitting}) > 1, (found, fitting)
                else:
                    assert not 0 < count < minimum


@pytest.mark.parametrize("minimum", [3, 4, 5, 10])
@pytest.mark.parametrize("places", [2, 3])
def test_nobody_can_work_out_how_few_gave_no_level_and_why(places, minimum):
    for people in range(35):
        possible = defaultdict(list)
        for counts in all_counts(people, places):
            possible[told_off_the_scale(counts, minimum)].append(counts)
        for found, fitting in possible.items():
            for at, count in enumerate(found):
                if count is None:
                    assert len({each[at] for each in fitting}) > 1, (found, fitting)
                else:
                    assert not 0 < count < minimum


def group_of(framework, people, minimum):
    """The same as from the engine's counts."""
    form = Form(framework, "all")
    codes = {"not-sure": 0, "not-applicable": -1, None: -2}
    answers, values = Counter(), Counter()
    for person in people:
        answers.update((place, codes.get(person[id_], person[id_])) for place, id_ in enumerate(form.asked, 1))
        found = (value_of(framework, *(person[id_] for id_ in ids)) for _, _, ids in form.dimensions)
        values.update((place, *value) for place, value in enumerate(found, 1) if value[-1])
    listed = [[(*key, count) for key, count in counted.items()] for counted in (answers, values)]
    return Group(framework, "all", "own", len(people), minimum, answers=listed[0], values=listed[1])


KNOWN = {}


def value_of(framework, *answers):
    if answers not in KNOWN:
        found = score_dimension(answers, framework.settings, framework.level_count)
        KNOWN[answers] = *(found.value.as_integer_ratio() if found.value else (0, 0)), found.levels_given
    return KNOWN[answers]


PAIR = {"q1": ("both", "first"), "q2": ("both",)}


@pytest.mark.parametrize(("feeds", "people"), [(PAIR, 3), (PAIR, 4), ({"q1": ("one",)}, 9), ({"q1": ("one",)}, 11)])
def test_all_rows_together_do_not_give_a_hidden_number_away(feeds, people):
    """Every group that there could be, sorted by all that is told of it."""
    framework = small_framework(feeds)
    everyone = [
        dict(zip(feeds, answers, strict=True)) for answers in product((1, 2, 3, "not-sure", None), repeat=len(feeds))
    ]
    possible = defaultdict(lambda: defaultdict(set))
    for each in combinations_with_replacement(everyone, people):
        group = group_of(framework, each, 3)
        rows = list(group.rows())
        for (id_, name), number in secrets(group, rows):
            possible[json.dumps(rows)][id_, name].add(number)
    for rows, hidden in possible.items():
        for what, numbers in hidden.items():
            assert len(numbers) > 1, (what, numbers, rows)


def secrets(group, rows):
    """Every number of a question that its row keeps back."""
    for row in rows[: len(group.questions)]:
        question = group.questions[row["id"]]
        true = {f"level_{level}": count for level, count in enumerate(question.counts, 1)}
        true |= {"blanks": question.blank, "not_sure_share": question.not_sure}
        yield from (((row["id"], name), count) for name, count in true.items() if row.get(name) is None)


# Where sheets come from


def packed_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def packed_tar(path, files):
    with tarfile.open(path, "w:gz" if path.suffix in {".gz", ".tgz"} else "w") as archive:
        for name, content in files.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return path


def packed(path, files):
    return (packed_zip if path.suffix == ".zip" else packed_tar)(path, files)


@pytest.mark.parametrize("name", ["all.zip", "ALL.ZIP", "all.tar", "all.tar.gz", "all.tgz"])
def test_an_archive_gives_what_a_folder_gives(folder, tmp_path, sheets, name):
    files = {f"below/{name}": content for name, content in sheets.items()}
    more = {"__MACOSX/below/._000.json": b"x", "below/.hidden.json": b"x", "read me.txt": b"x"}
    path = (
        packed_zip(tmp_path / name, files | more)
        if name.lower().endswith("zip")
        else packed_tar(tmp_path / name, files | more)
    )
    (folder / "read me.txt").write_text("x", encoding="utf-8")
    assert cohort(folder, "--output", tmp_path / "one").returncode == 0
    ran = cohort(path, "--output", tmp_path / "two")
    assert (ran.returncode, ran.stderr) == (0, "60 sheets counted.\n")
    assert rows_of(tmp_path / "one") == rows_of(tmp_path / "two")


def test_folders_archives_and_files_are_read_together_and_nothing_twice(folder, tmp_path, framework):
    packed_zip(folder / "more.zip", {"x.json": json.dumps(made_up_sheet(framework, 100))})
    alone = tmp_path / "a sheet"
    alone.write_text(json.dumps(made_up_sheet(framework, 101)), encoding="utf-8")
    # What an earlier run wrote into the folder is no sheet.
    for _ in range(2):
        ran = cohort(folder, alone, folder / "0", folder / "more.zip", "--output", folder / "out")
        assert (ran.returncode, ran.stderr) == (0, "62 sheets counted.\n")
    assert refused_in(folder / "out") == {}


def zip_with(change):
    def made(path, sheet_):
        header = zipfile.ZipInfo("a.json")
        change(header)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(header, sheet_)

    return made


def tar_with(kind):
    def made(path, _):
        header = tarfile.TarInfo("a.json")
        header.type, header.linkname = kind, "/etc/passwd"
        with tarfile.open(path, "w") as archive:
            archive.addfile(header)

    return made


def as_link(header):
    header.external_attr = 0o120777 << 16


def encrypted(path, sheet_):
    packed_zip(path, {"a.json": sheet_})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + place] |= 1
    path.write_bytes(content)


def named(name):
    return lambda path, sheet_: packed(path, {name: sheet_})


def damaged(path, sheet_):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", sheet_)
    path.write_bytes(path.read_bytes().replace(b"balcony-sheet", b"balcony-shoot", 1))


def cut_off(path, sheet_):
    packed(path, {"good.json": sheet_, "a.json": sheet_})
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def bomb(path, sheet_):
    packed(path, {"a.json": sheet_, "zeros.bin": b"", "b.json": bytes(2**21)})


def with_a_long_header(path, _):
    with gzip.open(path, "wb", compresslevel=1) as file:
        header = tarfile.TarInfo("long")
        header.type, header.size = tarfile.XHDTYPE, 2**28
        file.write(header.tobuf(tarfile.USTAR_FORMAT))
        file.write(bytes(2**28))


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.zip", encrypted, "locked with a password"),
        ("a.zip", zip_with(as_link), "not a file"),
        ("a.zip", named("../a.json"), "leads out of the archive"),
        ("a.zip", named("/etc/a.json"), "leads out of the archive"),
        ("a.zip", named("C:/a.json"), "leads out of the archive"),
        ("a.zip", named("x\\..\\..\\a.json"), "leads out of the archive"),
        ("a.zip", named("b.zip"), "inside an archive"),
        ("a.zip", named("a.txt"), "no file whose name ends in .json"),
        ("a.zip", damaged, "damaged"),
        ("a.zip", cut_off, "damaged or cut off"),
        ("a.zip", bomb, "larger than 1 MB"),
        ("a.tar", named("../a.json"), "leads out of the archive"),
        ("a.tar", named("b.tar.gz"), "inside an archive"),
        ("a.tar", tar_with(tarfile.SYMTYPE), "not a file"),
        ("a.tar", tar_with(tarfile.LNKTYPE), "not a file"),
        ("a.tar", tar_with(tarfile.FIFOTYPE), "not a file"),
        ("a.tar", cut_off, "damaged or cut off"),
        ("a.tar.gz", cut_off, "damaged or cut off"),
        ("a.tar.gz", bomb, "larger than 1 MB"),
        ("a.tar.gz", with_a_long_header, "damaged or cut off"),
        ("a.tar", lambda path, _: path.write_bytes(b"no archive" * 100), "damaged or cut off"),
        ("a.zip", lambda path, _: path.write_bytes(b""), "damaged or cut off"),
        ("a.tar.gz", lambda path, _: path.write_bytes(b""), "damaged or cut off"),
    ],
)
def test_what_an_archive_should_not_hold_is_refused_in_words(tmp_path, sheets, name, make, reason):
    make(tmp_path / name, sheets["000.balcony.json"])
    reasons = [each.reason for each in cohort_files.sheets_in(tmp_path / name) if each.reason]
    assert [reason in each for each in reasons] == [True], reasons


def test_what_comes_before_the_damage_is_read(tmp_path, sheets):
    cut_off(tmp_path / "a.tar", sheets["000.balcony.json"])
    assert [bool(each.content) for each in cohort_files.sheets_in(tmp_path / "a.tar")] == [True, False]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_grows_without_end_is_left(tmp_path, name, monkeypatch):
    monkeypatch.setattr(cohort_files, "_SWELLS_FROM", 2**20)
    packed(tmp_path / name, {f"{number}.json": bytes(2**19) for number in range(20)})
    found = list(cohort_files.sheets_in(tmp_path / name))
    assert len(found) < 20
    assert "far beyond its own size" in found[-1].reason


def test_hostile_sheets_among_good_ones_are_listed_and_the_good_ones_counted(tmp_path, framework):
    rules = sheet.rules(framework)
    files, reasons = {}, {}
    for number, (_, content) in enumerate(hostile_sheets(rules, 200)):
        name = f"{number}.json"
        files[name] = content
        try:
            sheet.read(content, framework)
        except sheet.RefusedSheetError as error:
            reasons[name] = str(error)
    path = packed_tar(tmp_path / "hostile.tar", files)
    ran = cohort(path, "--output", tmp_path / "out")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    found = refused_in(tmp_path / "out")
    twice = {name for name, reason in found.items() if reason.startswith("The same sheet as")}
    assert {Path(name).name: reason for name, reason in found.items() if name not in twice} == reasons
    assert ran.stderr.startswith(f"{200 - len(found)} sheets counted; {len(found)} files refused")
    assert len(reasons) > 50
    assert len(found) < 200


def test_a_file_that_leads_elsewhere_or_is_none_is_refused(folder, tmp_path):
    (folder / "gone.json").symlink_to("nowhere")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    ran = cohort(folder, "--output", tmp_path / "out")
    assert ran.returncode == 1
    assert [(Path(name).name, reason) for name, reason in refused_in(tmp_path / "out").items()] == [
        ("gone.json", "It is a link or a device, not a file.")
    ]


def test_a_sheet_that_is_there_twice_counts_once(folder, tmp_path, framework, sheets):
    (folder / "again.json").write_bytes(sheets["007.balcony.json"])
    other = json.loads(sheets["008.balcony.json"]) | {"framework": {"id": "other", "version": "1.0.0"}}
    (folder / "other.json").write_text(json.dumps(other), encoding="utf-8")
    ran = cohort(folder, "--output", tmp_path / "out")
    assert ran.returncode == 1
    assert ran.stderr.startswith("60 sheets counted; 2 files refused")
    (first, other_framework) = refused_in(tmp_path / "out").values()
    assert first == f"The same sheet as {folder / '0' / '007.balcony.json'}."
    assert other_framework == f'The sheet answers the framework "other"; this one is "{framework.id}".'
    assert {row["sheets"] for row in rows_of(tmp_path / "out")} == {"60"}


def test_only_the_latest_state_of_a_sheet_counts_and_no_sheet_that_a_team_agreed_on(tmp_path, framework):
    purpose = next(iter(framework.indicators))
    for number in range(5):
        for state, level in enumerate((1, 5)):
            fields = {
                "created": f"2026-11-22T09:30:00.{number:03}Z",
                "changed": f"2026-11-22T1{state}:00:00Z",
                "answers": {purpose: {"answer": level, "revision": 1}},
            }
            write_sheet(tmp_path / f"{number}-{state}.json", framework, fields)
    write_sheet(
        tmp_path / "agreed.json", framework, {"answers": {purpose: {"answer": 2, "revision": 1}}, "agreed": True}
    )
    ran = cohort(tmp_path, "--output", tmp_path / "out")
    assert ran.stderr.startswith("5 sheets counted; 6 files refused")
    row = only(rows_of(tmp_path / "out"), purpose)
    assert (row["sheets"], row["mean"]) == ("5", "5.0000")
    assert refused_in(tmp_path / "out") == {
        **{
            str(tmp_path / f"{at}-0.json"): f"An earlier state of the sheet {tmp_path / f'{at}-1.json'}."
            for at in range(5)
        },
        str(tmp_path / "agreed.json"): "A sheet that a team agreed on: it is not one person's view.",
    }


def test_names_in_the_list_of_what_was_refused_stay_on_their_line(tmp_path):
    packed_zip(tmp_path / "a.zip", {'a\n\u202e,"b.json': b"{"})
    cohort(tmp_path / "a.zip", "--output", tmp_path / "out")
    assert len((tmp_path / "out/refused.csv").read_text("utf-8").splitlines()) == 2
    (name,) = refused_in(tmp_path / "out")
    assert name.endswith('a.zip/a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER},"b.json')


def test_a_name_in_the_list_of_what_was_refused_is_no_formula(tmp_path):
    names = ["=1+1.json", "+1.json", "-1.json", "@SUM(A1).json", "a=b.json"]
    for name in names:
        (tmp_path / name).write_text("{", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "generator",
        "cohort",
        "--framework",
        str(PROJECT / "framework"),
        "--output",
        "out",
    ]
    subprocess.run([*command, "--", *names], cwd=tmp_path, check=False)
    assert list(refused_in(tmp_path / "out")) == [*(f"'{name}" for name in names[:-1]), names[-1]]


# How the command is used


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument"),
        (["nowhere"], "does not exist"),
        (["{empty}"], "there is no sheet in"),
        (["{folder}", "{empty}"], "there is no sheet in"),
        (["{folder}", "--form", "long"], 'there is no form "long"; allowed: quick, standard'),
        (["{folder}", "--minimum-group", "2"], "The smallest group is 2. It can be from 3 to 10 people."),
        (["{folder}", "--minimum-group", "11"], "It can be from 3 to 10 people."),
        (["{folder}", "--benchmark", "nowhere/b.json"], "there is no folder"),
        (["{folder}", "--output", "README.md/out"], "cannot be made"),
    ],
)
def test_wrong_use_ends_with_2_in_words(folder, tmp_path, arguments, said):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "read me.txt").write_text("x", encoding="utf-8")
    ran = cohort("--output", tmp_path / "out", *(each.format(folder=folder, empty=empty) for each in arguments))
    assert ran.returncode == 2
    assert said in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr


def test_without_duckdb_the_command_says_how_to_get_it(folder, tmp_path):
    (tmp_path / "duckdb.py").write_text("raise ImportError", encoding="utf-8")
    ran = cohort(folder, "--output", tmp_path / "out", env={"PYTHONPATH": str(tmp_path)})
    assert ran.returncode == 1
    assert 'pip install "duckdb' in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_terminal_shows_how_far_it_is(folder, tmp_path):
    import pty  # noqa: PLC0415  # not on Windows

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "cohort", str(folder), "--output", str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=theirs) as ran:
        os.close(theirs)
        said = "".join(heard_from(ours))
        out = ran.stdout.read()
    os.close(ours)
    assert ran.returncode == 0
    assert "100%" in said
    assert b"%" not in out


def heard_from(terminal):
    """All that is written to it. It holds little, so it is read until the other end is closed, of which Linux makes an error."""
    with suppress(OSError):
        while heard := os.read(terminal, 4096):
            yield heard.decode(errors="replace")


def test_nothing_is_left_of_the_sheets(folder, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    cohort(folder, "--output", tmp_path / "out", env={"TMPDIR": str(room)})
    assert list(room.iterdir()) == []
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "summary.csv",
        "summary.parquet",
        "summary.json",
        "refused.csv",
    }


# The benchmark


def test_a_benchmark_is_the_range_of_the_middle_half_where_enough_people_answered(folder, tmp_path):
    ran = cohort(folder, "--output", tmp_path / "out", "--benchmark", tmp_path / "b.json")
    assert ran.returncode == 0
    found = json.loads((tmp_path / "b.json").read_text("utf-8"))
    assert (found["format"], found["benchmark_sheets"]) == ("balcony-benchmark/1", 50)
    rows = {(row["lens"], row["id"]): row for row in rows_of(tmp_path / "out") if row["kind"] == "dimension"}
    enough = {key for key, row in rows.items() if int(row["levels_given"] or 0) >= 50 and row["lower_quartile"]}
    published = {(lens, id_): each for lens, parts in found["forms"]["standard"].items() for id_, each in parts.items()}
    assert published.keys() == enough
    assert enough
    assert enough != rows.keys()
    for key, each in published.items():
        assert set(each) == {"sheets", "from", "to", "indicators"}
        assert each["sheets"] == int(rows[key]["levels_given"])
        for end, column in (("from", "lower_quartile"), ("to", "upper_quartile")):
            assert abs(Decimal(each[end]) - Decimal(rows[key][column])) <= Decimal("0.0501")


def test_how_many_sheets_a_benchmark_needs_is_the_frameworks_to_say():
    people = [{"q1": 1 + number % 3} for number in range(30)]
    for needed, is_published in ((30, True), (31, False)):
        framework = small_framework({"q1": ("one",)}, benchmark_sheets=needed)
        assert bool(benchmark_fields(framework, [group_of(framework, people, 5)])["forms"]) == is_published


# Very many


def test_memory_does_not_grow_with_the_number_of_sheets(tmp_path, framework):
    peaks = []
    for count in (1_000, 20_000):
        write_archive(tmp_path / f"{count}.tar.gz", framework, count)
        status, said, peak = measured(tmp_path / f"{count}.tar.gz", tmp_path / "out")
        assert (status, said) == (0, f"{count:,} sheets counted.\n")
        peaks.append(peak)
    # Twenty times as many. Held at once, what they answer alone would be more than this.
    assert peaks[1] - peaks[0] < 60 * 2**20
