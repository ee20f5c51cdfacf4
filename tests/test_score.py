"""The worked cases of tests/vectors/scoring.json, as Python scores them; tests/test_client_score.py has the same in Chromium."""

from __future__ import annotations

import pytest
from worked_cases import CASES, differences, fractions_in
from worked_cases_python import findings, shown_as


def test_there_are_57_worked_cases():
    assert len(CASES) == 57


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case_comes_out_as_published(case):
    assert differences(case["expected"], findings(case)) == []


def test_every_exact_number_is_shown_as_published():
    pairs = {pair for case in CASES for part in (case["expected"], case.get("aside")) for pair in fractions_in(part)}
    wrong = [(exact, shown) for exact, shown in pairs if shown_as(exact, len(shown.partition(".")[2])) != shown]
    assert len(pairs) >= 50
    assert wrong == []
