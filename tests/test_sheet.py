"""Sheets as files: what is read, what is kept, and what is refused with a sentence that helps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from datetime import date

import jsonschema
import pytest
from hostile_sheets import COUNT, hostile_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_cases import CASES, PUBLISHED, RULES, content_of, fields_in, small_framework

from generator.sheet import RefusedSheetError, Sheet, read, rules, schema

SMALL = small_framework()


HIDING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ZERO_WIDTH_JOINER = "\u200d"
"""Holds families and flags together."""


def case_named(name):
    return next(content_of(case) for case in CASES if case["name"] == name)


def reasons_against(content, framework):
    """Why a file is refused; nothing for a file that is read."""
    try:
        read(content, framework)
    except RefusedSheetError as refused:
        return list(refused.reasons)
    return []


def kept(sheet):
    """What a sheet holds of its file."""
    return sheet.model_dump(exclude_unset=True)


def complaints(fields):
    """What the JSON Schema has against a file."""
    return [error.message for error in jsonschema.Draft202012Validator(schema()).iter_errors(fields)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_file_is_read_or_refused_as_published(case):
    content = content_of(case)
    assert reasons_against(content, SMALL) == case["reasons"]
    if not case["reasons"]:
        assert kept(read(content, SMALL)) == fields_in(content)


@pytest.mark.parametrize("case", [case for case in CASES if case["reasons"]], ids=lambda case: case["name"])
def test_a_person_can_go_on_with_a_sheet_of_another_version_that_cannot_be_scored(case):
    content = content_of(case)
    if "opens" in case:
        assert kept(read(content, SMALL, to_open=True)) == fields_in(content)
    else:
        with pytest.raises(RefusedSheetError) as refused:
            read(content, SMALL, to_open=True)
        assert list(refused.value.reasons) == case["reasons"]


def test_answers_to_questions_as_they_are_asked_now_are_scored():
    sheet = read(case_named("the example of the format"), SMALL)
    assert sheet.answers_to(SMALL) == {"shared-purpose": 4, "backbone-in-place": "not-applicable"}


@pytest.mark.parametrize("name", ["an answer to an indicator that is gone", "an answer to another revision"])
def test_answers_that_this_version_does_not_ask_are_kept_and_not_scored(name):
    sheet = read(case_named(name), SMALL)
    assert [given.answer for given in sheet.answers.values()] == [9]
    assert sheet.answers_to(SMALL) == {}


@pytest.mark.parametrize(
    ("ids", "scored"),
    [(["long-table"], 1), (["long-table", "two-tables"], 2), (["long-table", "two-tables", "one-table"], 3)],
)
def test_answers_follow_an_indicator_to_its_new_id(ids, scored):
    answers = {id_: {"answer": number, "revision": 1} for number, id_ in enumerate(ids, 1)}
    content = json.dumps({**PUBLISHED["base"], "answers": answers}).encode()
    assert read(content, SMALL).answers_to(SMALL) == {"one-table": scored}


def test_the_published_rules_are_those_that_the_browser_is_given():
    assert rules(SMALL) == RULES


def test_the_rules_of_the_real_framework_are_json_and_name_every_question(framework):
    found = rules(framework)
    assert json.loads(json.dumps(found)) == found
    assert list(found["indicators"]) == list(framework.indicators)


# Hostile files


@pytest.fixture(scope="module")
def hostile(framework):
    """Hostile files by their names, each with the reasons why it is refused."""
    return {name: (content, reasons_against(content, framework)) for name, content in hostile_sheets(rules(framework))}


def test_hostile_files_are_always_the_same_ones(framework, hostile):
    assert dict(hostile_sheets(rules(framework))) == {name: content for name, (content, _) in hostile.items()}


def test_hostile_files_are_many_and_of_both_kinds(hostile):
    refused = sum(bool(reasons) for _, reasons in hostile.values())
    assert len(hostile) == COUNT
    assert COUNT / 4 < refused < COUNT * 3 / 4


def test_hostile_files_are_refused_in_sentences_that_a_terminal_shows_as_they_are(hostile):
    every = {reason for _, reasons in hostile.values() for reason in reasons}
    hiding = {each for each in "".join(every) if unicodedata.category(each) in HIDING and each != ZERO_WIDTH_JOINER}
    assert hiding == set()
    assert all(reason.endswith(".") for reason in every)
    assert max(map(len, every)) < 400


def test_hostile_files_that_are_read_lose_nothing(hostile, framework):
    for name, (content, reasons) in hostile.items():
        assert reasons or kept(read(content, framework)) == fields_in(content), name


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_command_scores_hostile_files_or_names_the_reasons(hostile, framework_folder, tmp_path, encoding):
    paths = [tmp_path / f"{number}.json" for number in range(len(hostile))]
    for path, (content, _) in zip(paths, hostile.values(), strict=True):
        path.write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "score", "--framework", str(framework_folder), *map(str, paths)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    refused = sum(bool(reasons) for _, reasons in hostile.values())
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == refused, ran.stderr.decode()[-2_000:]
    assert [json.loads(line)["format"] for line in ran.stdout.splitlines()] == ["balcony-result/1"] * (COUNT - refused)


# The schema


def test_the_schema_is_a_schema_that_explains_every_field():
    found = schema()
    jsonschema.Draft202012Validator.check_schema(found)
    parts = [found, *found["$defs"].values()]
    fields = [field for part in parts for field in part["properties"].values()]
    assert all(part["description"] for part in parts)
    assert [field for field in fields if not (field.get("description") or "$ref" in field)] == []
    assert '"null"' not in json.dumps(found)


BEYOND_A_SCHEMA = (
    "a day that is not in the calendar",
    "days that are not in the calendar",
    "a level beyond whole numbers",
)


@pytest.mark.parametrize("case", [case for case in CASES if "fields" in case], ids=lambda case: case["name"])
def test_the_schema_refuses_what_is_wrong_in_any_framework(case):
    wrong = any(reason.startswith("The field") for reason in case["reasons"])
    assert bool(complaints(fields_in(content_of(case)))) == (wrong and case["name"] not in BEYOND_A_SCHEMA)


def test_the_schema_accepts_every_hostile_file_that_is_read(hostile):
    for name, (content, reasons) in hostile.items():
        assert reasons or complaints(fields_in(content)) == [], name


# Whatever stands in a file

texts = st.text(st.characters(codec="utf-8"))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


@given(changes=st.dictionaries(st.sampled_from(list(Sheet.model_fields)) | texts, json_values, min_size=1))
def test_whatever_stands_in_a_file_it_is_read_whole_or_refused_in_sentences(changes):
    content = json.dumps({**PUBLISHED["base"], **changes}).encode()
    reasons = reasons_against(content, SMALL)
    assert all(reason.endswith(".") for reason in reasons)
    assert reasons or kept(read(content, SMALL)) == fields_in(content)


givens = st.fixed_dictionaries(
    {
        "answer": st.integers(1, RULES["top"]) | st.just("not-sure"),
        "revision": st.sampled_from([1, 2.0, 7]),
    },
    optional={"note": texts, "mood": json_values},
)


known_in_actions = {
    **dict.fromkeys(("issue", "request", "commitment", "who", "notice", "indicator"), texts),
    "by_when": st.just("") | st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)).map(str),
}
actions = st.tuples(st.dictionaries(texts, json_values), st.fixed_dictionaries({}, optional=known_in_actions)).map(
    lambda both: both[0] | both[1]
)


@given(
    fields=st.fixed_dictionaries(
        {"answers": st.dictionaries(st.sampled_from(list(RULES["indicators"])) | texts, givens)},
        optional={
            "perspective": st.sampled_from(["own", "others"]),
            "created": st.sampled_from(
                ["2026-11-22T09:30:00Z", "1000-01-01T00:00:00.5-23:59", "2999-12-31T23:59:59+14:00"]
            ),
            "work": texts,
            "notes": st.dictionaries(texts, texts),
            "earlier": st.dictionaries(texts, st.lists(givens)),
            "context": st.dictionaries(texts, texts),
            "warning_signs": st.lists(texts),
            "targets": st.dictionaries(texts, st.integers(1, RULES["top"])),
            "actions": st.lists(actions),
            "looking_back": st.just("2025-11-22T09:30:00Z"),
            "agreed": st.booleans(),
        },
    )
)
@settings(max_examples=settings.default.max_examples // 5)
def test_a_sheet_that_is_read_and_written_again_is_the_same_sheet(fields):
    sheet = read(json.dumps({**PUBLISHED["base"], **fields}).encode(), SMALL)
    assert read(sheet.model_dump_json(exclude_unset=True).encode(), SMALL) == sheet
    assert kept(sheet) == fields_in(json.dumps({**PUBLISHED["base"], **fields}).encode())
