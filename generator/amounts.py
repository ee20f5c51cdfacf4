"""Thresholds in words."""

from __future__ import annotations

from fractions import Fraction

from generator.words import say, say_count


def share(value: Fraction) -> str:
    """A share in words: `3 in 5`."""
    return say("{part} in {whole}", part=value.numerator, whole=value.denominator)


def amount(value: Fraction | int) -> str:
    """A difference in levels: `1 level`, `half a level`, `0.4 of a level`, `3 levels`."""
    exact = Fraction(value)
    if exact == Fraction(1, 2):
        return say("half a level")
    if exact < 1:
        return say("{part} of a level", part=decimal(exact))
    return say_count(exact, "{number} level", "{number} levels", number=decimal(exact))


def decimal(value: Fraction) -> str:
    """A fraction as people write it: `0.4`, or `1/3` where that would not end."""
    written = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return written if Fraction(written) == value else str(value)
