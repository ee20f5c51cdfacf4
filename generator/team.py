"""Several people's answers together: agreement, small groups, others' view (METHOD 2.9 to 2.11).

Equal to `client/team.js`. What could tell of a person in a small group is never in what these functions return.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from generator.score import NOT_SURE, Answer, Fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Settings

Agreement = Literal["close", "some-spread", "wide"]
TOO_FEW = "fewer-than-minimum-group"


@dataclass(frozen=True)
class Spread:
    """How a group's levels lie on one question."""

    mean: Fraction
    median: Fraction
    lowest: int
    highest: int
    ad_mean: Fraction
    """Average distance from the mean, in levels (Burke and Dunlap 2002)."""
    ad_median: Fraction
    sample_variance: Fraction | None
    """None for one person."""
    agreement: Agreement | None
    """In a word; None with too few people for one."""
    far_apart_voice: bool
    """Whether two people are so far apart that an average would hide it."""


def spread(levels: Sequence[int], settings: Settings) -> Spread:
    """How close a group's levels are.

    Arguments:
        levels: The levels given, at least one.
        settings: The framework's thresholds (METHOD 2.9 has the enumeration behind them).
    """
    return spread_of([levels.count(level) for level in range(1, max(levels) + 1)], settings)


def spread_of(counts: Sequence[int], settings: Settings) -> Spread:
    """The same, from how many people gave each level.

    Arguments:
        counts: People, from level 1 up; at least one.
        settings: The framework's thresholds.
    """
    given = [(level, people) for level, people in enumerate(counts, 1) if people]
    count, total = sum(counts), sum(level * people for level, people in given)
    mean, middle = Fraction(total, count), Fraction(_nth(given, (count - 1) // 2) + _nth(given, count // 2), 2)

    def distance(start: Fraction) -> Fraction:
        return sum((people * abs(level - start) for level, people in given), Fraction(0)) / count

    ad_mean, lowest, highest = distance(mean), given[0][0], given[-1][0]
    squares = sum((people * (level - mean) ** 2 for level, people in given), Fraction(0))
    return Spread(
        mean=mean,
        median=middle,
        lowest=lowest,
        highest=highest,
        ad_mean=ad_mean,
        ad_median=distance(middle),
        sample_variance=squares / (count - 1) if count > 1 else None,
        agreement=_agreement(ad_mean, settings) if count >= settings.minimum_for_spread else None,
        far_apart_voice=highest - lowest >= settings.far_apart,
    )


def _nth(given: Sequence[tuple[int, int]], place: int) -> int:
    """The level of one person, of all in order of their levels, counted from 0."""
    for level, people in given:
        if place < people:
            return level
        place -= people
    raise IndexError(place)


def _agreement(ad_mean: Fraction, settings: Settings) -> Agreement:
    if ad_mean > settings.wide_spread:
        return "wide"
    return "close" if ad_mean <= settings.close_spread else "some-spread"


def _average(values: Iterable[Fraction]) -> Fraction:
    listed = list(values)
    return sum(listed, Fraction(0)) / len(listed)


def team_question(answers: Sequence[Answer], minimum_group: int, settings: Settings) -> tuple[Fields, Spread | None]:
    """One question, as far as it may be shown.

    Arguments:
        answers: One for each person who was asked.
        minimum_group: People with a level, for anything to be shown.
        settings: The framework's thresholds.

    Returns:
        How many answered and how, and the spread, or None where too few gave a level.
    """
    levels = [answer for answer in answers if isinstance(answer, int)]
    counts = {"people": len(answers), "levels_given": len(levels), "not_sure": answers.count(NOT_SURE)}
    if len(levels) < minimum_group:
        return {**counts, "visible": False, "reason": TOO_FEW}, None
    return {**counts, "visible": True}, spread(levels, settings)


def team_dimension(values: Sequence[Fraction | None], minimum_group: int) -> Fraction | None:
    """The mean of people's own values in a dimension (METHOD 5, team-dimension).

    Arguments:
        values: One for each person; None for those without a value.
        minimum_group: People with a value, for anything to be shown.

    Returns:
        The mean; None where fewer than the minimum have a value.
    """
    scored = [value for value in values if value is not None]
    return _average(scored) if len(scored) >= minimum_group else None


def visible_subgroups(sizes: Mapping[str, int], minimum_group: int) -> list[str]:
    """The subgroups that may be shown, so that no hidden one can be worked out (METHOD 2.10, complementary hiding).

    While the people in hidden subgroups are more than none and fewer than the minimum, the smallest shown one is hidden
    too; of equals, the first by name.

    Arguments:
        sizes: People in each subgroup, by name.
        minimum_group: People, for a subgroup to be shown.
    """
    visible = sorted((id_ for id_, size in sizes.items() if size >= minimum_group), key=lambda id_: (sizes[id_], id_))
    while visible and 0 < sum(sizes.values()) - sum(sizes[id_] for id_ in visible) < minimum_group:
        visible.pop(0)
    return [id_ for id_ in sizes if id_ in visible]


def others_view(own: Fraction, others: Sequence[Fraction], minimum_group: int, settings: Settings) -> Fields:
    """A team's own value beside what others say of it; always "possible" (METHOD 2.11).

    Arguments:
        own: The team's value, in levels.
        others: The values of people outside it.
        minimum_group: People, for what others say to be shown.
        settings: The framework's thresholds.

    Returns:
        `visible`, and if so the others' mean, the gap and the finding.
    """
    if len(others) < minimum_group:
        return {"visible": False, "reason": TOO_FEW}
    mean = _average(others)
    return {
        "visible": True,
        "others_mean": str(mean),
        "gap": str(own - mean),
        "finding": gap_finding(own - mean, settings),
    }


def gap_finding(gap: Fraction, settings: Settings) -> str:
    """What a team's own value less the others' mean may come from (METHOD 2.11).

    Arguments:
        gap: In levels; above 0 where the team sees itself higher.
        settings: The framework's thresholds.

    Returns:
        `no-clear-difference`, `possible-blind-spot` or `possible-hidden-strength`.
    """
    if abs(gap) < settings.others_gap:
        return "no-clear-difference"
    return "possible-blind-spot" if gap > 0 else "possible-hidden-strength"
