"""The browser reads and refuses the files that Python reads and refuses, in the same words, in real Chromium."""

from __future__ import annotations

import base64
import json

import pytest
from hostile_sheets import hostile_sheets
from sheet_cases import CASES, RULES, content_of, fields_in, small_framework

from generator.sheet import RefusedSheetError, read, rules

AT_ONCE = 100
"""Files that are handed to the browser together."""


@pytest.fixture(scope="module")
def read_in_chromium(chromium, site_address):
    """For many files at once, what a page of the built site makes of each: a sheet as JSON, or the reasons."""
    page = chromium.new_page()
    page.goto(site_address + "assess/standard/")
    page.evaluate(
        """async () => {
            const { readSheet, RefusedSheet } = await import("#client/reading.js");
            const inherited = () => Object.getOwnPropertyNames(Object.prototype).join();
            const before = inherited();
            window.found = (file, rules, toOpen) => {
                const content = Uint8Array.from(atob(file), (each) => each.charCodeAt(0)).buffer;
                try {
                    return { sheet: JSON.stringify(readSheet(content, rules, toOpen)) };
                } catch (error) {
                    if (!(error instanceof RefusedSheet) || error.name !== "RefusedSheet") throw error;
                    return { reasons: error.reasons, message: error.message };
                } finally {
                    if ("polluted" in {} || inherited() !== before) throw new Error("what all objects share was changed");
                }
            };
        }"""
    )

    def read_all(files, rules_, *, to_open=False):
        coded = [base64.b64encode(content).decode() for content in files]
        return [
            found
            for start in range(0, len(coded), AT_ONCE)
            for found in page.evaluate(
                "([files, ...how]) => files.map((file) => window.found(file, ...how))",
                [coded[start : start + AT_ONCE], rules_, to_open],
            )
        ]

    yield read_all
    page.close()


@pytest.fixture(scope="module")
def found(read_in_chromium):
    """What Chromium makes of each shared case, by its name."""
    everything = read_in_chromium([content_of(case) for case in CASES], RULES)
    return dict(zip((case["name"] for case in CASES), everything, strict=True))


def lost(content, sheet):
    """The fields of a file that are not in the sheet as they were."""
    kept = json.loads(sheet, parse_int=float)
    return [key for key, value in fields_in(content).items() if key not in kept or kept[key] != value]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_file_is_read_or_refused_as_published_in_chromium(case, found):
    outcome = found[case["name"]]
    assert outcome.get("reasons", []) == case["reasons"]
    if not case["reasons"]:
        assert lost(content_of(case), outcome["sheet"]) == []


def test_a_person_can_go_on_in_chromium_with_what_python_lets_go_on(read_in_chromium):
    everything = read_in_chromium([content_of(case) for case in CASES], RULES, to_open=True)
    for case, outcome in zip(CASES, everything, strict=True):
        assert outcome.get("reasons", []) == ([] if "opens" in case else case["reasons"]), case["name"]
        assert "reasons" in outcome or lost(content_of(case), outcome["sheet"]) == [], case["name"]


def test_what_a_file_leaves_out_is_filled_in_as_in_python(found):
    (least,) = (case for case in CASES if case.get("fields") == {})
    left_out = {"created": True, "changed": True, "looking_back": True, "agreed": True, "framework": {"edition"}}
    in_python = read(content_of(least), small_framework()).model_dump(exclude=left_out)
    assert json.loads(found[least["name"]]["sheet"]) == in_python


def test_a_refusal_is_an_error_whose_message_is_its_reasons(found):
    refused = [outcome for outcome in found.values() if "reasons" in outcome]
    assert [outcome["message"] for outcome in refused] == [" ".join(outcome["reasons"]) for outcome in refused]


def test_hostile_files_are_read_and_refused_alike_in_both_languages(framework, read_in_chromium):
    known = rules(framework)
    files = dict(hostile_sheets(known))
    everything = read_in_chromium(files.values(), known)
    for (name, content), outcome in zip(files.items(), everything, strict=True):
        assert outcome.get("reasons", []) == reasons_in_python(content, framework), name
        assert "reasons" in outcome or lost(content, outcome["sheet"]) == [], name


def reasons_in_python(content, framework, *, to_open=False):
    try:
        read(content, framework, to_open=to_open)
    except RefusedSheetError as refused:
        return list(refused.reasons)
    return []
