"""The browser scores as Python does: the worked cases, and random frameworks and sheets, in real Chromium."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_frameworks import frameworks_with_sheets
from worked_cases import CASES, differences, fractions_in
from worked_cases_python import SETTINGS, arithmetic

from generator.assessment import browser_data
from generator.score import score

SHEETS_EACH = 20


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site, with the functions of worked_cases.js at hand."""
    page = chromium.new_page()
    page.goto(site_address + "assess/standard/")
    page.add_script_tag(content=(Path(__file__).parent / "worked_cases.js").read_text(encoding="utf-8"), type="module")
    page.wait_for_function("() => Boolean(window.findings)")
    page.evaluate("async () => { window.score = (await import('#client/score.js')).score }")
    yield page
    page.close()


@pytest.fixture(scope="module")
def found(client):
    """What Chromium finds for each worked case, by its id."""
    script = "([cases, settings]) => cases.map((each) => window.findings(each, settings))"
    return dict(
        zip(
            (case["id"] for case in CASES),
            client.evaluate(script, [CASES, SETTINGS.model_dump(mode="json")]),
            strict=True,
        )
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case_comes_out_as_published_in_chromium(case, found):
    assert differences(case["expected"], found[case["id"]]) == []


def test_every_exact_number_is_shown_as_published_in_chromium(client):
    pairs = sorted(
        {pair for case in CASES for part in (case["expected"], case.get("aside")) for pair in fractions_in(part)}
    )
    places = [[exact, len(shown.partition(".")[2])] for exact, shown in pairs]
    assert client.evaluate("(all) => all.map(([exact, places]) => window.shownAs(exact, places))", places) == [
        shown for _, shown in pairs
    ]


fractions = st.fractions(min_value=Fraction(-9), max_value=Fraction(9), max_denominator=10**6)


@given(pairs=st.lists(st.tuples(fractions, fractions), min_size=50, max_size=50))
@settings(max_examples=settings.default.max_examples // 5)
def test_fractions_behave_alike_in_both_languages(client, pairs):
    texts = [[str(a), str(b)] for a, b in pairs]
    assert client.evaluate("(pairs) => pairs.map(window.arithmetic)", texts) == [arithmetic(*pair) for pair in texts]


@given(made=frameworks_with_sheets(SHEETS_EACH))
def test_random_frameworks_and_sheets_give_the_same_result_to_the_letter(client, made):
    framework, form, sheets = made
    asked = [{"form": form, **sheet} for sheet in sheets]
    script = "([framework, sheets]) => sheets.map((sheet) => JSON.stringify(window.score(framework, sheet)))"
    in_chromium = client.evaluate(script, [json.loads(json.dumps(browser_data(framework, form))), asked])
    in_python = [
        json.dumps(score(framework, form, **sheet), separators=(",", ":"), ensure_ascii=False) for sheet in sheets
    ]
    assert in_chromium == in_python
