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
from generator.message import message
from generator.score import score

SHEETS_EACH = 20


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site, with the functions of worked_cases.js at hand."""
    page = chromium.new_page(bypass_csp=True)  # its policy lets no script of ours in
    page.goto(site_address + "assess/standard/")
    page.add_script_tag(content=(Path(__file__).parent / "worked_cases.js").read_text(encoding="utf-8"), type="module")
    page.wait_for_function("() => Boolean(window.findings)")
    page.evaluate(
        """async () => {
            const { score } = await import("#client/score.js");
            const { message } = await import("#client/message.js");
            window.scored = (framework, sheet) => {
                const result = score(framework, sheet);
                const said = framework.lenses.map((lens) => message(lens, result.lenses[lens.id], framework));
                return { result: JSON.stringify(result), said };
            };
        }"""
    )
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
def test_random_frameworks_and_sheets_give_the_same_result_and_words_to_the_letter(client, made):
    framework, form, sheets = made
    asked = [{"form": form, **sheet} for sheet in sheets]
    script = "([framework, sheets]) => sheets.map((sheet) => window.scored(framework, sheet))"
    in_chromium = client.evaluate(script, [json.loads(json.dumps(browser_data(framework, form))), asked])
    assert in_chromium == [as_python_has_it(framework, form, sheet) for sheet in sheets]


def as_python_has_it(framework, form, sheet):
    result = score(framework, form, **sheet)
    said = [message(framework, framework.lenses_by_id[id_], lens) for id_, lens in result["lenses"].items()]
    return {"result": json.dumps(result, separators=(",", ":"), ensure_ascii=False), "said": said}
