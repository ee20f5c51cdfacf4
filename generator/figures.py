"""Figures of how the parts of a lens combine: geometry only. A template draws them, in per cent of whatever width there is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import RuleName, Settings

ROW = 46
"""Height of one part: its name and its bar."""
TOP = 30
"""Height of the scale above the parts."""
FOOT = 26
"""Height for the words below."""


@dataclass(frozen=True)
class Row:
    """One part."""

    name: str
    y: int
    """Where its name stands."""
    solid: float
    """The length of its bar that counts, in per cent."""
    whole: float
    """The length of its bar."""


@dataclass(frozen=True)
class Line:
    """A line across all parts."""

    x: float
    """Where, in per cent."""
    means: str
    """What it stands for: `lowest`, `lower`, `higher`, `mean`, `floor` or `reached`."""


@dataclass(frozen=True)
class Figure:
    """Bars, one for each part, and the lines that show what the rule does with them."""

    height: int
    bottom: int
    """Where the scale ends, with the last bar above it."""
    ticks: tuple[float, ...]
    """The middle of each level, in per cent."""
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]


def figure(rule: RuleName, parts: Sequence[tuple[str, Fraction]], settings: Settings, top: int) -> Figure:
    """Lay out a figure.

    Arguments:
        rule: How the parts combine.
        parts: Their names and values.
        settings: The thresholds that are drawn.
        top: The highest level.
    """
    lowest, highest = min(value for _, value in parts), max(value for _, value in parts)
    mean = sum((value for _, value in parts), Fraction(0)) / len(parts)
    drawn: dict[RuleName, list[tuple[Fraction, str]]] = {
        "alignment": [(lowest, "lowest")],
        "balance": [(lowest, "lower"), (highest, "higher")],
        "compensatory": [(settings.compensatory_floor, "floor"), (mean, "mean")],
        "coverage": [(settings.coverage_level, "reached")],
        "profile": [],
    }
    rows = [
        Row(name, TOP + 16 + ROW * index, _across(_counting(rule, value, lowest, settings), top), _across(value, top))
        for index, (name, value) in enumerate(parts)
    ]
    bottom = TOP + ROW * len(rows)
    return Figure(
        height=bottom + (FOOT if drawn[rule] else 0),
        bottom=bottom,
        ticks=tuple(_across(Fraction(level), top) for level in range(1, top + 1)),
        rows=tuple(rows),
        lines=tuple(Line(_across(value, top), means) for value, means in drawn[rule]),
    )


def _counting(rule: RuleName, value: Fraction, lowest: Fraction, settings: Settings) -> Fraction:
    """How much of a bar counts: with alignment and balance, no more than the lowest; with coverage, all or nothing."""
    if rule in ("alignment", "balance"):
        return lowest
    if rule == "coverage" and value < settings.coverage_level:
        return Fraction(0)
    return value


def _across(value: Fraction, top: int) -> float:
    """How far across a value stands: each level has a column, and a whole level stands in the middle of its column."""
    return round(float(max(value - Fraction(1, 2), Fraction(0)) / top * 100), 2)
