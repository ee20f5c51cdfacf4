"""Sheets as files: what is read, what is kept, and what is refused with a sentence that helps."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Framework
from generator.sheet import LARGEST, RefusedSheetError, read


@pytest.fixture
def fields(framework):
    """A sheet as DESIGN 5 shows it, with names outside Latin-1."""
    return {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": "standard",
        "perspective": "own",
        "created": "2026-11-22T09:30:00Z",
        "changed": "2026-11-22T09:58:12Z",
        "work": "Children's services <b>領導</b> 🙂",
        "team": 'Cyngor Sir "Ynys Môn"',
        "answers": {
            "shared-purpose": {"answer": 4, "revision": 1, "note": "five cards, four the same"},
            "backbone-in-place": {"answer": "not-applicable", "revision": 1},
            "time-to-think": {"answer": "not-sure", "revision": 1},
        },
        "context": {"setting": "partnership"},
        "warning_signs": ["talk-outside"],
        "targets": {"strategic-triangle/public-value": 4},
        "actions": [],
    }


def as_file(fields):
    return json.dumps(fields, ensure_ascii=False).encode()


def refusal(content, framework):
    with pytest.raises(RefusedSheetError) as refused:
        read(content, framework)
    return list(refused.value.reasons)


def changed(fields, path, value):
    *way, last = path
    target = fields
    for step in way:
        target = target[step]
    target[last] = value
    return as_file(fields)


def test_a_sheet_is_read_whole(fields, framework):
    sheet = read(as_file(fields), framework)
    assert sheet.work == fields["work"]
    assert sheet.answers_to(framework) == {
        "shared-purpose": 4,
        "backbone-in-place": "not-applicable",
        "time-to-think": "not-sure",
    }


def test_fields_that_are_not_known_are_kept(fields, framework):
    fields["colour"] = {"of": "the room"}
    fields["answers"]["shared-purpose"]["mood"] = "calm"
    kept = read(as_file(fields), framework).model_dump()
    assert kept["colour"] == {"of": "the room"}
    assert kept["answers"]["shared-purpose"]["mood"] == "calm"


def test_answers_that_this_version_does_not_ask_are_kept_and_not_scored(fields, framework):
    fields["answers"]["gone-since"] = {"answer": 9, "revision": 4}
    fields["answers"]["time-to-think"] = {"answer": 3, "revision": 7}
    sheet = read(as_file(fields), framework)
    assert sheet.answers["gone-since"].answer == 9
    assert set(sheet.answers_to(framework)) == {"shared-purpose", "backbone-in-place"}


def test_answers_follow_an_indicator_to_its_new_id(fields, framework):
    section = framework.sections[0]
    renamed = section.indicators[0].model_copy(update={"id": "one-purpose", "formerly": ("shared-purpose",)})
    later = Framework.model_construct(
        **{
            **vars(framework),
            "sections": (
                section.model_copy(update={"indicators": (renamed, *section.indicators[1:])}),
                *framework.sections[1:],
            ),
        }
    )
    later.__dict__.pop("indicators", None)
    assert read(as_file(fields), later).answers_to(later)["one-purpose"] == 4


@pytest.mark.parametrize(
    ("path", "value", "reasons"),
    [
        pytest.param(
            ("format",),
            "balcony-sheet/2",
            ['The file\'s format is "balcony-sheet/2". This version reads "balcony-sheet/1".'],
            id="another format",
        ),
        pytest.param(
            ("framework", "id"),
            "other",
            ['The sheet answers the framework "other"; this one is "systems-leadership".'],
            id="another framework",
        ),
        pytest.param(
            ("form",), "standart", ['There is no form "standart" (did you mean "standard"?).'], id="an unknown form"
        ),
        pytest.param(
            ("answers", "shared-purpose", "answer"),
            6,
            ['"One clear purpose" has the level 6. Levels go from 1 to 5.'],
            id="a level above",
        ),
        pytest.param(
            ("answers", "shared-purpose", "answer"),
            0,
            ['"One clear purpose" has the level 0. Levels go from 1 to 5.'],
            id="a level below",
        ),
        pytest.param(
            ("answers", "shared-purpose", "answer"),
            "not-applicable",
            ['"One clear purpose" does not allow "not applicable". Use "not-sure" or a level.'],
            id="not applicable where it is not allowed",
        ),
        pytest.param(
            ("answers", "shared-purpose", "answer"),
            True,
            [
                'The field "answers, shared-purpose, answer" is "true"; a level, "not-sure" or "not-applicable" is wanted.'
            ],
            id="true for a level",
        ),
        pytest.param(
            ("answers", "shared-purpose", "answer"),
            3.5,
            [
                'The field "answers, shared-purpose, answer" is "3.5"; a level, "not-sure" or "not-applicable" is wanted.'
            ],
            id="half a level",
        ),
        pytest.param(
            ("answers",), [], ['The field "answers" is "[]"; keys with values is wanted.'], id="a list for answers"
        ),
        pytest.param(
            ("perspective",),
            "mine",
            ['The field "perspective" is "mine"; "own" or "others" is wanted.'],
            id="an unknown perspective",
        ),
        pytest.param(
            ("created",),
            "yesterday",
            ['The field "created" is "yesterday"; a date such as 2026-11-22T09:30:00Z is wanted.'],
            id="no date",
        ),
        pytest.param(("team",), 7, ['The field "team" is "7"; text is wanted.'], id="a number for a name"),
        pytest.param(
            ("targets", "strategic-triangle/public-value"),
            8,
            ['The target for "strategic-triangle/public-value" is 8. Levels go from 1 to 5.'],
            id="a target off the scale",
        ),
    ],
)
def test_a_wrong_sheet_is_refused_with_the_reason(fields, framework, path, value, reasons):
    assert refusal(changed(fields, path, value), framework) == reasons


def test_every_reason_is_given_at_once(fields, framework):
    fields["answers"]["shared-purpose"]["answer"] = 6
    fields["answers"]["time-to-think"]["answer"] = "not-applicable"
    assert len(refusal(as_file(fields), framework)) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "not JSON", id="empty"),
        pytest.param(b"answers: 4", "not JSON", id="YAML"),
        pytest.param(b"\xff\xfe\x00", "not JSON", id="not text"),
        pytest.param(b"[" * 200_000, "not JSON", id="absurdly nested"),
        pytest.param(b'{"format": NaN}', "not JSON", id="not a number"),
        pytest.param(b"[1, 2]", "not a sheet", id="a list"),
        pytest.param(b" " * (LARGEST + 1), "larger than 1 MB", id="too large"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(content, words, framework):
    assert words in refusal(content, framework)[0]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    change=st.dictionaries(
        st.sampled_from(
            [
                "framework",
                "form",
                "perspective",
                "created",
                "work",
                "answers",
                "context",
                "warning_signs",
                "targets",
                "actions",
                "x",
            ]
        ),
        json_values,
        min_size=1,
    )
)
def test_whatever_stands_in_a_file_it_is_read_or_refused(framework, change):
    base = {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": "1.0.0"},
        "form": "quick",
        "answers": {},
    }
    try:
        read(as_file({**base, **change}), framework).answers_to(framework)
        reasons = ()
    except RefusedSheetError as refused:
        reasons = refused.reasons
    assert all(reason.endswith(".") for reason in reasons)
