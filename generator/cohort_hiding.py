"""What a cohort's summary may tell of few people (METHOD 2.10): pure, and the same for every file that is written.

What it guards against. Someone has all that a row tells and knows every rule here, and wants a number that is not in it.
It must never be the only one that fits.

- A level that fewer people than the minimum group gave, but at least one, has its count hidden. Hiding one more is not enough,
  as is usual where only a total is told: the mean is a second sum. So the counts of three levels are hidden at least. Which
  they are follows from the levels that few people gave.
- That is kept only if the same row could have come from a twin: other people's answers of which every hidden count is another,
  with all else the same, and which are put through the same steps to the same end. Otherwise all counts are hidden, and then
  the quartiles with them, then the mean, on the same condition; and otherwise the whole row.
- Who gave no level may have been not sure, may have said that it does not apply, or may have left it out. If few did one
  of these, two of them are hidden, on the same condition; or all of them, which is always so if few gave no level.

What it cannot guard against: someone who holds the sheets, and someone who has two summaries of nearly the same people. A
dimension may be hidden though its mean follows from what is shown (everyone gave the same level, say): what it hides is not
that mean, but what a few people's answers would be beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from generator.score import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

PLACES = 4
"""Decimal places of what is told."""
_FEWEST_HIDDEN = 3
"""Two sums, people and levels, leave three numbers open."""
_FARTHEST = {3: 6, 4: 3, 5: 3}
"""How many people a twin may differ by at a level, by how many levels are hidden. Beyond these, 2."""
TWO_LEVELS = Fraction(9, 10)
"""Of the levels given, the share above which two levels side by side hold too many (METHOD 2.13)."""


class Quartiles(NamedTuple):
    """Where the middle half of people's values lies."""

    lower_quartile: str
    median: str
    upper_quartile: str


@dataclass(frozen=True)
class Told:
    """What may be told of the levels that people gave on one question."""

    counts: tuple[int | None, ...]
    """People, from level 1 up; None where it is hidden."""
    mean: str | None = None
    """None where it is hidden, and with it all that follows."""
    quartiles: Quartiles | None = None
    """None where they are hidden."""
    in_two_levels: bool | None = None
    """Whether two levels side by side hold nearly all; None where it is hidden."""


def mean(values: Sequence[tuple[Fraction, int]]) -> str:
    """The mean, exact before it is rounded half up.

    Arguments:
        values: Each value that occurs and how many people have it, at least one.
    """
    total = sum((value * count for value, count in values), Fraction(0))
    return shown(total / sum(count for _, count in values), PLACES)


def quartiles(values: Sequence[tuple[Fraction, int]], places: int = PLACES) -> Quartiles:
    """The quartiles as spreadsheets (`QUARTILE.INC`) and pandas have them, exact before they are rounded half up.

    Arguments:
        values: Each value that occurs and how many people have it, at least one, in order.
        places: Decimal places.
    """
    last = sum(count for _, count in values) - 1
    return Quartiles(*(shown(_quantile(values, Fraction(part * last, 4)), places) for part in (1, 2, 3)))


def _quantile(values: Sequence[tuple[Fraction, int]], place: Fraction) -> Fraction:
    """The value at a place among all people in order, counted from 0; between two, in proportion."""
    whole = place.numerator // place.denominator
    low, high = _at(values, whole), _at(values, whole + (place != whole))
    return low + (high - low) * (place - whole)


def _at(values: Sequence[tuple[Fraction, int]], place: int) -> Fraction:
    for value, count in values:
        if place < count:
            return value
        place -= count
    raise IndexError(place)


def few(counts: Collection[int], minimum: int) -> bool:
    """Whether one of the groups is too small to be told of: it has somebody, and fewer than the minimum.

    Arguments:
        counts: People, for each group.
        minimum: The smallest group that may be told of.
    """
    return any(0 < count < minimum for count in counts)


def told(counts: tuple[int, ...], minimum: int) -> Told | None:
    """What may be told of a question; None if nothing may, and not how many gave a level either.

    Arguments:
        counts: People, from level 1 up.
        minimum: The minimum group.
    """
    if sum(counts) < minimum:
        return None
    if not few(counts, minimum):
        return Told(counts, *_shape(counts))
    if _has_near_twin(counts, minimum):
        return Told(_without(counts, _least_hidden(counts, minimum)), *_shape(counts))
    nothing = (None,) * len(counts)
    if _has_far_twin(counts, minimum):
        return Told(nothing, *_shape(counts))
    if _has_farther_twin(counts, minimum):
        return Told(nothing, _shape(counts)[0])
    return Told(nothing) if _has_farthest_twin(counts, minimum) else None


def told_off_the_scale(counts: tuple[int, ...], minimum: int) -> tuple[int | None, ...]:
    """What may be told of those who gave no level. Only one sum is told of them: how many they are.

    Arguments:
        counts: How many gave each of the answers that are no levels.
        minimum: The minimum group.
    """
    if not few(counts, minimum):
        return counts
    if sum(counts) <= minimum:
        return (None,) * len(counts)
    hidden = first, second = _two_hidden(counts, minimum)
    total = counts[first] + counts[second]
    twins = (_with(counts, {first: each, second: total - each}) for each in range(total + 1) if each != counts[first])
    is_safe = any(few(twin, minimum) and _two_hidden(twin, minimum) == hidden for twin in twins)
    found = _without(counts, hidden)
    return found if is_safe and not few([each for each in found if each], minimum) else (None,) * len(counts)


def _two_hidden(counts: tuple[int, ...], minimum: int) -> tuple[int, int]:
    """Two of the answers that few gave; if it is just one, that and the first of the others."""
    first, second, *_ = sorted(range(len(counts)), key=lambda at: (not 0 < counts[at] < minimum, at))
    return min(first, second), max(first, second)


def _with(counts: tuple[int, ...], others: dict[int, int]) -> tuple[int, ...]:
    return tuple(others.get(at, count) for at, count in enumerate(counts))


def _without(counts: tuple[int, ...], hidden: tuple[int, ...]) -> tuple[int | None, ...]:
    return tuple(None if at in hidden else count for at, count in enumerate(counts))


@lru_cache(maxsize=4096)
def _shape(counts: tuple[int, ...]) -> tuple[str, Quartiles, bool]:
    most = max(map(sum, pairwise(counts)))
    listed = [(Fraction(level), people) for level, people in enumerate(counts, 1) if people]
    return mean(listed), quartiles(listed), most > TWO_LEVELS * sum(counts)


def _least_hidden(counts: tuple[int, ...], minimum: int) -> tuple[int, ...]:
    return _around(tuple(at for at, count in enumerate(counts) if 0 < count < minimum), len(counts))


@lru_cache(maxsize=256)
def _around(few_at: tuple[int, ...], levels: int) -> tuple[int, ...]:
    """The levels to hide with those that few people gave: as few as may be, and so that the least move leads to a twin."""

    def far(hidden: tuple[int, ...]) -> tuple[int, int]:
        moves = [[abs(step) for step in move] for move in _moves(hidden)]
        return min(((max(move), sum(move)) for move in moves), default=(levels, levels))

    number = max(_FEWEST_HIDDEN, len(few_at))
    return min((each for each in combinations(range(levels), number) if set(few_at) <= set(each)), key=far)


# Each of the three holds of a twin too: what leads there leads back. So it gives nothing away that it was so.


@lru_cache(maxsize=2**15)
def _has_near_twin(counts: tuple[int, ...], minimum: int) -> bool:
    """Whether a twin differs only where few people are."""
    hidden = _least_hidden(counts, minimum)
    return any(
        _least_hidden(twin, minimum) == hidden and _shape(twin) == _shape(counts)
        for twin in _twins(counts, hidden, minimum)
    )


@lru_cache(maxsize=2**15)
def _has_far_twin(counts: tuple[int, ...], minimum: int) -> bool:
    """Whether a twin that differs at every level has the same quartiles."""
    return any(
        _shape(twin) == _shape(counts) and not _has_near_twin(twin, minimum)
        for twin in _twins(counts, tuple(range(len(counts))), minimum)
    )


@lru_cache(maxsize=2**15)
def _has_farther_twin(counts: tuple[int, ...], minimum: int) -> bool:
    """Whether a twin that differs at every level has the same mean."""
    return any(
        not (_has_near_twin(twin, minimum) or _has_far_twin(twin, minimum))
        for twin in _twins(counts, tuple(range(len(counts))), minimum)
    )


def _has_farthest_twin(counts: tuple[int, ...], minimum: int) -> bool:
    """Whether a twin that differs at every level has as many people."""
    everywhere = tuple(range(len(counts)))
    return any(
        not any(has(twin, minimum) for has in (_has_near_twin, _has_far_twin, _has_farther_twin))
        for twin in _twins(counts, everywhere, minimum, same_mean=False)
    )


def _twins(
    counts: tuple[int, ...], hidden: tuple[int, ...], minimum: int, *, same_mean: bool = True
) -> Iterator[tuple[int, ...]]:
    """Other counts of as many people, with something to hide."""
    for move in _moves(hidden, same_mean=same_mean):
        found = _with(counts, {at: counts[at] + step for at, step in zip(hidden, move, strict=True)})
        if min(found) >= 0 and few(found, minimum):
            yield found


@lru_cache(maxsize=256)
def _moves(hidden: tuple[int, ...], *, same_mean: bool = True) -> list[tuple[int, ...]]:
    """How people can change places, at every hidden level, so that the sums stay. For each move there is the one back."""
    far = _FARTHEST.get(len(hidden), 2) if same_mean else 2
    steps = [step for step in range(-far, far + 1) if step]

    def stays(move: tuple[int, ...]) -> bool:
        mean_moves = sum(at * step for at, step in zip(hidden, move, strict=True))
        return sum(move) == 0 and not (same_mean and mean_moves)

    return [move for move in product(steps, repeat=len(hidden)) if stays(move)]
