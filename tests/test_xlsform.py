"""A form for survey platforms, and its answers back as sheets."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from random import Random

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert
from random_frameworks import frameworks_with_sheets, some_framework, some_sheet

from generator import answers, catalogue, gathering, release, sheet, table, xlsform
from generator.__main__ import main
from generator.model import WarningSign
from generator.score import score

PROJECT = Path(__file__).resolve().parent.parent


def balcony(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def form_of(framework, form, folder):
    path = folder / "form.xlsx"
    table.write_book(path, xlsform.sheets(framework, form))
    return path


def accepted(path, **options):
    """What pyxform makes of a form; it must have nothing to say about it."""
    warnings = []
    made = convert(xlsform=str(path), warnings=warnings, **options)
    assert warnings == []
    return made.xform


# The form


@pytest.mark.parametrize("form", ["quick", "standard"])
def test_survey_platforms_accept_the_form(framework, form, tmp_path):
    xform = accepted(form_of(framework, form, tmp_path), validate=shutil.which("java") is not None)
    assert f'version="{framework.version}"' in xform
    assert f'id="systems_leadership_{form}"' in xform
    for indicator in framework.asked(form):
        assert f"/{xlsform.name_of(indicator.id)}" in xform
    assert "required=" not in xform
    assert "deviceid" not in xform
    assert "username" not in xform


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(framework=some_framework())
def test_survey_platforms_accept_the_form_of_any_framework(framework, tmp_path):
    accepted(form_of(framework, "all", tmp_path))


@pytest.mark.parametrize(
    "text", ["${not_there}", "a <b>bold</b> & \"quoted\" 'text'", "領導 🧭", "=1+1", "concat('a', 'b')"]
)
def test_no_text_of_a_framework_breaks_the_form(framework, text, tmp_path):
    sign = WarningSign(id="odd", text=text, why="why")
    outline = framework.outline.model_copy(update={"choosing": text, "warning_signs": (sign,)})
    accepted(form_of(framework.model_copy(update={"outline": outline}), "quick", tmp_path))


def test_a_question_has_its_levels_and_what_may_be_said_in_place_of_one(framework):
    survey, choices, _ = xlsform.sheets(framework, "standard")
    lines = {row[1]: dict(zip([each.text for each in survey.headings], row, strict=True)) for row in survey.rows}
    indicator = framework.indicators["shared-purpose"]
    assert lines["shared_purpose"]["type"] == "select_one shared_purpose"
    assert lines["shared_purpose"]["label"] == indicator.question
    assert all(prompt in lines["shared_purpose"]["hint"] for prompt in indicator.evidence)
    assert lines["shared_purpose__note"]["type"] == "text"
    offered = [row[1:] for row in choices.rows if row[0] == "shared_purpose"]
    assert offered[0] == ("1", f"Not yet: {indicator.levels[1]}")
    assert [name for name, _ in offered] == ["1", "2", "3", "4", "5", "not_sure"]
    allowed = next(each for each in framework.indicators.values() if each.not_applicable)
    last = [row for row in choices.rows if row[0] == xlsform.name_of(allowed.id)][-1]
    assert (last[1], allowed.not_applicable in last[2]) == ("not_applicable", True)


def test_the_form_says_at_its_start_who_will_read_the_answers(tmp_path):
    ran = balcony("export", "--xlsform", "quick", "-o", tmp_path / "a.xlsx", "--readers", "Ann reads them.")
    assert (ran.exit_code, ran.output) == (0, f"{tmp_path / 'a.xlsx'}\n")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["survey"].iter_rows(values_only=True))
    first = next(row for row in rows if row[0] not in ("type", "start", "end", "calculate"))
    assert first[0] == "note"
    assert first[2].endswith("stored there. Ann reads them.")
    assert "sent to whoever runs this survey" in first[2]
    ran = balcony("export", "--xlsform", "quick", "-o", tmp_path / "b.xlsx")
    assert "Say at the start of the form who will read the answers" in ran.output


def test_the_form_of_an_edition_asks_its_own_questions_too(tmp_path):
    ran = balcony("export", "--xlsform", "standard", "--edition", "fire-and-rescue", "-o", tmp_path / "a.xlsx")
    assert ran.exit_code == 0, ran.output
    names = [row[1] for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["survey"].iter_rows(values_only=True)]
    assert any(name and name.startswith("fire_and_rescue_") for name in names), names
    ran = balcony("export", "--spreadsheet", tmp_path / "b.xlsx", "--edition", "fire-and-rescue")
    assert "--edition goes with --xlsform" in ran.output


def test_in_another_language_people_read_it_and_the_names_stay(framework):
    welsh = framework.model_copy(update={"outline": framework.outline.model_copy(update={"language": "cy"})})
    words = catalogue.words_of("cy")
    survey, choices, _ = xlsform.sheets(welsh, "standard")
    lines = {row[1]: row for row in survey.rows}
    assert lines["sheet__readers"][2].endswith(words.one(xlsform.READERS))
    assert lines["warning__group"][2] == words.one("Warning signs")
    assert lines["shared_purpose"][3].startswith(words.one("What could we point to?"))
    assert lines["shared_purpose__note"][2].startswith("Nodyn am")
    sure = next(row for row in choices.rows if row[:2] == ("shared_purpose", "not_sure"))
    assert sure[2] == f"{words.one('Not sure')}: {words.one('It applies to us, but we cannot say.')}"
    english, *_ = xlsform.sheets(framework, "standard")
    assert [row[1] for row in survey.rows] == [row[1] for row in english.rows]
    assert lines["shared_purpose"][2] == framework.indicators["shared-purpose"].question
    assert xlsform.sheets(welsh, "quick", "Ann reads them.")[0].rows[5][2].endswith(" Ann reads them.")


@given(framework=some_framework())
def test_every_name_is_given_once_and_leads_back_to_its_id(framework):
    names = xlsform.names(framework, "all")
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    for id_ in framework.indicators:
        assert xlsform.name_of(id_) in names
        assert xlsform.id_of(xlsform.name_of(id_)) == id_


# Its answers


def as_row(framework, each, number, form="standard"):
    """One sheet as a platform has it, by the names of the form."""
    row = {
        "sheet__start": f"2026-11-22T10:30:{number % 60:02}.500+01:00",
        "sheet__end": f"2026-11-22T10:58:{number % 60:02}.000+01:00",
        "sheet__framework": framework.id,
        "sheet__version": framework.version,
        "sheet__form": form,
        "scope__work": "Fewer children in temporary homes",
        "scope__team": "Children's partnership board",
        "warning__signs": " ".join(map(xlsform.name_of, each["warning_signs"])),
        "_uuid": f"uuid-{number}",
    }
    for id_, answer in each["answers"].items():
        row[xlsform.name_of(id_)] = str(answer).replace("-", "_")
    return row


def groups_of(framework, form):
    """The group that each name of a form stands in."""
    groups, group = {}, ""
    for kind, name, *_ in xlsform.sheets(framework, form)[0].rows:
        if kind == "begin_group":
            group = name
        elif kind == "end_group":
            group = ""
        elif group:
            groups[name] = group
    return groups


def write(path, framework, rows, separator="", form="standard"):
    """Write rows as a platform exports them: with the names of groups before those of questions, or without."""
    names = [*dict.fromkeys([*xlsform.names(framework, form), *(name for row in rows for name in row)])]
    groups = groups_of(framework, form)
    headings = [f"{groups[name]}{separator}{name}" if separator and name in groups else name for name in names]
    lines = [headings, *([row.get(name, "") for name in names] for row in rows)]
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append([int(each) if each.isdecimal() else each or None for each in line])
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    return path


def read(path, framework, form="standard", releases=()):
    responses = answers.Responses(table.read(path)[0], framework, form, releases)
    return responses, list(responses)


def only_sheet(path, framework, **options):
    (found,) = read(path, framework, **options)[1]
    assert found.reasons == ()
    return sheet.read(found.content, framework)


def sheets_of(framework, count):
    """Random sheets of which each answer is allowed."""
    random = Random(7)
    for _ in range(count):
        each = some_sheet(framework, random)
        for id_, indicator in framework.indicators.items():
            if each["answers"].get(id_) == "not-applicable" and indicator.not_applicable is None:
                each["answers"][id_] = "not-sure"
        yield each


@pytest.mark.parametrize(("ending", "separator"), [("csv", "/"), ("csv", "-"), ("csv", ""), ("xlsx", "/")])
def test_answers_from_a_platform_score_as_the_sheets_that_were_filled_in(framework, ending, separator, tmp_path):
    filled = list(sheets_of(framework, 25))
    rows = [as_row(framework, each, number) for number, each in enumerate(filled)]
    path = write(tmp_path / f"responses.{ending}", framework, rows, separator)
    ran = balcony("import", "--answers", path, "--form", "standard", "--output", tmp_path / "sheets")
    assert ran.exit_code == 0, ran.output
    written = sorted((tmp_path / "sheets").iterdir())
    assert len(written) == len(filled)
    for each, made in zip(filled, written, strict=True):
        found = sheet.read(made.read_bytes(), framework)
        assert found.answers_to(framework) == each["answers"]
        assert sorted(found.warning_signs) == sorted(each["warning_signs"])
        expected = score(framework, "standard", each["answers"], each["warning_signs"])
        assert score(framework, "standard", found.answers_to(framework), found.warning_signs) == expected


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=frameworks_with_sheets(3))
def test_answers_to_any_framework_score_as_the_sheets_that_were_filled_in(drawn, tmp_path):
    framework, form, filled = drawn
    rows = [as_row(framework, each, number, form) for number, each in enumerate(filled)]
    _, found = read(write(tmp_path / "a.csv", framework, rows, "/", form), framework, form)
    for each, made in zip(filled, found, strict=True):
        assert made.reasons == ()
        assert sheet.read(made.content, framework).answers_to(framework) == each["answers"]


def test_a_sheet_holds_what_was_written_and_chosen(framework, tmp_path):
    row = as_row(
        framework, {"answers": {"shared-purpose": 4, "time-to-think": "not-sure"}, "warning_signs": ["stand-ins"]}, 1
    )
    row |= {"shared_purpose__note": "five cards", "safe_to_learn__note": "later", "context__problem_type": "not_sure"}
    (found,) = read(write(tmp_path / "a.csv", framework, [row], "-"), framework)[1]
    fields = json.loads(found.content)
    created = fields.pop("created")
    assert re.fullmatch(r"2026-11-22T09:30:01\.500\d{6}Z", created)
    assert found.name == "systems-leadership-standard-2026-11-22-00002.balcony.json"
    assert fields == {
        "format": "balcony-sheet/1",
        "framework": {"id": "systems-leadership", "version": framework.version},
        "form": "standard",
        "perspective": "own",
        "changed": "2026-11-22T09:58:01.000Z",
        "work": "Fewer children in temporary homes",
        "team": "Children's partnership board",
        "answers": {
            "shared-purpose": {"answer": 4, "revision": 1, "note": "five cards"},
            "time-to-think": {"answer": "not-sure", "revision": 1},
        },
        "notes": {"safe-to-learn": "later"},
        "context": {"problem-type": "not-sure"},
        "warning_signs": ["stand-ins"],
    }


def test_what_tells_of_a_person_or_a_device_is_left_out_and_named(framework, tmp_path):
    personal = {
        "deviceid": "ee.example:SECRET",
        "username": "SECRET",
        "SubmitterName": "SECRET",
        "_submitted_by": "SECRET",
        "KEY": "uuid:SECRET",
        "meta/instanceID": "uuid:SECRET",
        "phonenumber": "SECRET",
    }
    row = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1) | personal
    path = write(tmp_path / "a.csv", framework, [row])
    ran = balcony("import", "--answers", path, "--form", "standard", "--output", tmp_path / "out")
    assert "SECRET" not in ran.output
    assert all(name in ran.output.partition("Left out of the sheets: ")[2] for name in (*personal, "_uuid"))
    assert "shared_purpose" not in ran.output
    assert "sheet__readers" not in ran.output
    (made,) = (tmp_path / "out").iterdir()
    assert "SECRET" not in made.read_text(encoding="utf-8")
    assert "uuid" not in made.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"shared_purpose": "6"}, '"One clear purpose" has the level 6. Levels go from 1 to 5.'),
        ({"shared_purpose": "not_applicable"}, '"One clear purpose" does not allow "not applicable".'),
        ({"shared_purpose": "Steady: we do"}, "cannot be the answer to shared-purpose. Export values, and not labels."),
        ({"context__setting": "partnershp"}, 'setting: there is no choice "partnershp"; did you mean "partnership"?'),
        ({"warning__signs": "stand_ins moonrise"}, 'warning signs: there is no choice "moonrise"'),
        (
            {"sheet__framework": "another"},
            'The sheet answers the framework "another"; this one is "systems-leadership".',
        ),
        ({"sheet__form": "quick"}, 'The row answers the form "quick", and not "standard".'),
        ({"sheet__version": "0.3.0"}, 'The row answers version "0.3.0", which is no release here.'),
        ({"sheet__start": "22/11/2026 10:30"}, '"22/11/2026 10:30" is not a moment such as 2026-11-22T09:30:00Z.'),
        ({"perspective": "mine"}, 'The perspective is "mine"; "own" or "others" is wanted.'),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_become_sheets(framework, changes, reason, tmp_path):
    good = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1)
    path = write(tmp_path / "a.csv", framework, [good, good | changes, good])
    ran = balcony("import", "--answers", path, "--form", "standard", "--output", tmp_path / "out")
    assert ran.exit_code == 1
    assert f"{path}, row 3: " in ran.output
    assert reason in ran.output
    assert "Sheets written: 2. Rows refused: 1." in ran.output
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_others_view_is_theirs(framework, tmp_path):
    row = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1) | {"perspective": "others"}
    assert only_sheet(write(tmp_path / "a.csv", framework, [row]), framework).perspective == "others"


def test_a_question_that_is_called_perspective_is_a_question(framework, tmp_path):
    first, *more = framework.sections[0].indicators
    named = first.model_copy(update={"id": "perspective"})
    section = framework.sections[0].model_copy(update={"indicators": (named, *more)})
    odd = framework.model_copy(update={"sections": (section, *framework.sections[1:])})
    row = as_row(odd, {"answers": {"perspective": 4}, "warning_signs": []}, 1)
    assert only_sheet(write(tmp_path / "a.csv", odd, [row]), odd).answers["perspective"].answer == 4
    row["sheet__perspective"] = "others"
    assert only_sheet(write(tmp_path / "b.csv", odd, [row]), odd).perspective == "others"


def test_a_second_column_of_one_question_is_named_and_not_just_dropped(framework, tmp_path):
    row = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1) | {"copy/shared_purpose": "2"}
    responses, _ = read(write(tmp_path / "a.csv", framework, [row]), framework)
    assert responses.left_out == ["_uuid", "copy/shared_purpose"]


def test_two_people_who_begin_in_the_same_moment_stay_two_and_one_who_sends_twice_stays_one(framework, tmp_path):
    row = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1)
    other = row | {"_uuid": "another"}
    later = row | {"shared_purpose": "2", "sheet__end": "2026-11-23T10:00:00.000+01:00"}
    found = [
        sheet.read(each.content, framework)
        for each in read(write(tmp_path / "a.csv", framework, [row, other, later]), framework)[1]
    ]
    assert list(gathering.set_aside(dict(enumerate(found)))) == [0]
    without = [{key: value for key, value in each.items() if key != "_uuid"} for each in (row, row)]
    found = [
        sheet.read(each.content, framework)
        for each in read(write(tmp_path / "b.csv", framework, without), framework)[1]
    ]
    assert gathering.set_aside(dict(enumerate(found))) == {}


def test_a_table_imported_again_gives_the_same_sheets(framework, tmp_path):
    rows = [as_row(framework, each, number) for number, each in enumerate(sheets_of(framework, 5))]
    path = write(tmp_path / "a.csv", framework, rows)
    assert read(path, framework)[1] == read(path, framework)[1]


def test_signs_that_a_platform_gives_a_column_each_are_ticked_all_the_same(framework, tmp_path):
    row = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1)
    row |= {
        "warning__signs/stand_ins": "1",
        "warning__signs/papers_multiply": "0",
        "warning__signs/put_off_again": "True",
    }
    found = only_sheet(write(tmp_path / "a.csv", framework, [row], "/"), framework)
    assert found.warning_signs == ["put-off-again", "stand-ins"]


def test_answers_to_an_earlier_release_keep_the_revision_that_was_asked(framework, tmp_path):
    data = json.loads(json.dumps(framework.as_data()))
    data["sections"][0]["indicators"][0]["revision"] = 3
    data["sections"][0]["indicators"][1]["id"] = "long-gone"
    earlier = release.Release("0.9.0", "2025-01-01", data)
    row = as_row(framework, {"answers": {"shared-purpose": 4}, "warning_signs": []}, 1)
    row |= {"sheet__version": "0.9.0", "long_gone": "2"}
    found = only_sheet(write(tmp_path / "a.csv", framework, [row]), framework, releases=[earlier])
    assert (found.framework.version, found.answers["shared-purpose"].revision) == ("0.9.0", 3)
    assert found.answers["long-gone"].answer == 2
    assert found.answers_to(framework) == {}


def test_a_table_of_labels_is_refused_with_the_way_out(tmp_path):
    (tmp_path / "a.csv").write_text("How far do people here share one purpose?\nSteady: we do\n", encoding="utf-8")
    ran = balcony("import", "--answers", tmp_path / "a.csv", "--form", "standard", "--output", tmp_path / "out")
    assert ran.exit_code == 1
    assert "Export the values and the names of questions (XML), and not their labels." in ran.output
    assert not (tmp_path / "out").exists()
