"""Figures for those who maintain a framework, never for a team's page (METHOD 2.12 and 2.13). Equal to `client/research.js`."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def within_group_agreement(sample_variance: Fraction, top: int) -> Fraction:
    """r_wg: 1 less the variance over that of equally likely levels, not below 0 (James, Demaree and Wolf, as in METHOD 2.9).

    Arguments:
        sample_variance: Of the levels on one question.
        top: The highest level.
    """
    expected = Fraction(top**2 - 1, 12)
    return max(1 - sample_variance / expected, Fraction(0))


def variance(values: Sequence[int]) -> Fraction:
    """The sample variance, exact."""
    mean = Fraction(sum(values), len(values))
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def alpha(rows: Sequence[Sequence[int]]) -> Fraction:
    """Cronbach's alpha: a row for each person, a column for each question (METHOD 2.13 says why it is not the quality test here)."""
    columns = list(zip(*rows, strict=True))
    questions = len(columns)
    within = sum(map(variance, columns), Fraction(0))
    return Fraction(questions, questions - 1) * (1 - within / variance([sum(row) for row in rows]))


def smallest_clear_change(sd: float, reliability: float, people: int = 1) -> float:
    """The change that chance alone rarely makes: 1.96 * sqrt(2) * SD * sqrt(1 - r) / sqrt(n) (Jacobson and Truax, METHOD 2.12).

    Arguments:
        sd: Standard deviation of a value, in levels.
        reliability: 0 to 1.
        people: Whose mean is compared.
    """
    return 1.96 * sqrt(2) * sd * sqrt(1 - reliability) / sqrt(people)
