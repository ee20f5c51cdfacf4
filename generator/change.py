"""What changed between two dates, and what is too small to be called a change (METHOD 2.12). Equal to `client/change.js`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from generator.model import Settings
    from generator.score import Fields

Finding = Literal["moved-up", "moved-down", "no-clear-change"]


def clear_change(settings: Settings, people: tuple[int, int] | None = None) -> Fraction:
    """How many levels make a clear change.

    Arguments:
        settings: The framework's thresholds.
        people: How many people answered on the first and the second date; None for one sheet, or one agreed sheet.
    """
    team = people is not None and min(people) >= settings.clear_change_team_size
    return settings.clear_change_team if team else settings.clear_change_sheet


def change(first: Fraction, second: Fraction, clear_at: Fraction) -> Fields:
    """Compare a value on two dates (METHOD 2.12).

    Arguments:
        first: On the first date, in levels.
        second: On the second date.
        clear_at: The difference from which it counts, in levels, as `clear_change` gives it.

    Returns:
        Both values, the difference, from where it counts, and the finding: moved up, moved down or no clear change.
    """
    difference = second - first
    finding: Finding = "no-clear-change"
    if abs(difference) >= clear_at:
        finding = "moved-up" if difference > 0 else "moved-down"
    values = {"first": first, "second": second, "difference": difference, "clear_change_at": clear_at}
    return {**{name: str(value) for name, value in values.items()}, "finding": finding}
