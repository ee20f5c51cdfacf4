"""Figures of how the parts of a lens combine, one kind for each rule: geometry only. A template draws them.

They speak as the pictures of a result do (client/picture.js): lines, circles and words, which read in grey, on paper and
in forced colours. Lengths are in pixels of a figure that is `WIDTH` wide, which the smallest screen shows in full size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import cos, pi, sin
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from generator.model import RuleName, Settings

WIDTH = 256
LINE = 17
"""Height of a line of words."""
RADIUS = 22
"""Of a circle at the highest level."""
LETTERS = 32
"""Letters that fit into a line as wide as the figure."""
HALF = 14
"""Letters that fit into half of it."""
CORNERS_WITH_NAMES = 4
"""With more corners, names beside them would meet: they get letters, and the names stand below."""


class Drawn(NamedTuple):
    """A part, as it is drawn."""

    id: str
    name: str
    label: str
    """Its level and its number."""
    value: Fraction
    is_essential: bool = False


class Path(NamedTuple):
    """A line, or an area."""

    d: str
    look: str
    """What it stands for; its style has that name."""


class Circle(NamedTuple):
    """A circle."""

    x: float
    y: float
    r: float
    look: str


class Box(NamedTuple):
    """A tile."""

    x: float
    y: float
    width: float
    height: float
    look: str


class Words(NamedTuple):
    """Words, in lines."""

    x: float
    y: float
    """Of the first line."""
    lines: tuple[tuple[str, str], ...]
    """Each with its plain words and its strong ones."""
    look: str = "start"


class Mark(NamedTuple):
    """What a kind of line stands for, explained below the rest."""

    y: float
    look: str


@dataclass
class Figure:
    """All that is drawn, the lowest layer first."""

    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    """The parts of a profile, by their ids, as their bars stand."""


class Result(NamedTuple):
    """What a figure shows."""

    parts: Sequence[Drawn]
    fields: Mapping[str, Any]
    """The result, as DESIGN 5 has it."""
    settings: Settings
    top: int
    """The highest level."""


def figure(rule: RuleName, result: Result) -> Figure:
    """Lay out a figure.

    Arguments:
        rule: How the parts combine.
        result: All parts have a value.
    """
    drawing = {
        "alignment": _corners,
        "balance": _beam,
        "compensatory": _carrying,
        "coverage": _tiles,
        "profile": _in_order_of_need,
    }
    return drawing[rule](result)


# What several kinds have in common.


def _lines(part: Drawn, letters: int, mark: str = "") -> tuple[tuple[str, str], ...]:
    """The name and the label of a part, in lines of so many letters."""
    names, labels = wrap(mark + part.name, letters), wrap(part.label, letters)
    if len(names[-1]) + 1 + len(labels[0]) <= letters:
        return (
            *((each, "") for each in names[:-1]),
            (f"{names[-1]} ", labels[0]),
            *(("", each) for each in labels[1:]),
        )
    return (*((each, "") for each in names), *(("", each) for each in labels))


def _straight(x1: float, y1: float, x2: float, y2: float, look: str) -> Path:
    return Path(f"M{x1:g} {y1:g}L{x2:g} {y2:g}", look)


def _disc(x: float, y: float, radius: float, share: Fraction) -> list[Circle]:
    """A circle that is as full as a level is high."""
    return [Circle(x, y, radius, "empty"), Circle(x, y, round(float(radius * share), 1), "full")]


# Alignment: a corner for each part, and whole sides where two neighbours are in line.


def _corners(result: Result) -> Figure:
    parts, fields, settings, top = result
    count = len(parts)
    has_names = count <= CORNERS_WITH_NAMES
    radius = min(RADIUS, round(84 * sin(pi / count)) - 8)
    begin = -3 * pi / 4 if count == CORNERS_WITH_NAMES else -pi / 2  # four stand as a square
    turns = [begin + 2 * pi * at / count for at in range(count)]
    above = [LINE * len(_lines(part, LETTERS)) for part, turn in zip(parts, turns, strict=True) if sin(turn) < 0]
    middle = 84 + radius + (max(above, default=0) if has_names else LINE) + 14
    places = [(round(WIDTH / 2 + 76 * cos(turn)), round(middle + 84 * sin(turn))) for turn in turns]
    drawn = Figure()
    for at in range(count if count > 2 else 1):  # noqa: PLR2004 two corners have one side
        next_ = (at + 1) % count
        gap = abs(parts[at].value - parts[next_].value)
        _side(drawn, places[at], places[next_], is_whole=gap < settings.alignment_gap)
    for at, (part, (x, y)) in enumerate(zip(parts, places, strict=True)):
        drawn.circles += _disc(x, y, radius, part.value / top)
        if part.id in fields["lowest"] and fields["lowest"] != fields["highest"]:
            drawn.circles.append(Circle(x, y, radius + 6, "ring"))
        if has_names:
            is_alone = x == WIDTH / 2
            lines = _lines(part, LETTERS if is_alone else HALF)
            first = y - radius - 14 - LINE * (len(lines) - 1) if y < middle else y + radius + 24
            drawn.words.append(Words(x, first, lines, "middle"))
        else:
            out = radius + 14
            drawn.words.append(
                Words(
                    round(x + out * cos(turns[at])),
                    round(y + out * sin(turns[at])) + 5,
                    ((chr(65 + at), ""),),
                    "middle",
                )
            )
    drawn.height = max(y for _, y in places) + radius + 10
    if has_names:
        drawn.height = max(each.y + LINE * (len(each.lines) - 1) for each in drawn.words) + 8
    else:
        drawn.height += LINE
        for at, part in enumerate(parts):
            lines = _lines(part, LETTERS, f"{chr(65 + at)} ")
            drawn.words.append(Words(0, drawn.height + LINE, lines))
            drawn.height += LINE * len(lines)
        drawn.height += 8
    return drawn


def _side(drawn: Figure, start: tuple[int, int], end: tuple[int, int], *, is_whole: bool) -> None:
    """Draw a side between two corners, with a gap in its middle where they are out of line."""
    (x1, y1), (x2, y2) = start, end
    if is_whole:
        drawn.paths.append(_straight(x1, y1, x2, y2, "side"))
        return
    x3, y3, x4, y4 = (round(a + (b - a) * share) for share in (0.4, 0.6) for a, b in ((x1, x2), (y1, y2)))
    drawn.paths += [_straight(x1, y1, x3, y3, "broken"), _straight(x4, y4, x2, y2, "broken")]
    drawn.circles += [Circle(x3, y3, 3, "end"), Circle(x4, y4, 3, "end")]


# Balance: a beam that tips towards the stronger side.


def _beam(result: Result) -> Figure:
    left, right = result.parts[:2]
    tip = round(float(48 * (right.value - left.value) / (result.top - 1)), 1)
    ends = ((60, 84 - tip, left), (WIDTH - 60, 84 + tip, right))
    drawn = Figure(paths=[_straight(60, 84 - tip, WIDTH - 60, 84 + tip, "side"), Path("M128 84l-18 52h36Z", "pivot")])
    for x, y, part in ends:
        lines = _lines(part, HALF)
        drawn.circles += _disc(x, y, RADIUS, part.value / result.top)
        drawn.words.append(Words(x, 176, lines, "middle"))
        drawn.height = max(drawn.height, 184 + LINE * (len(lines) - 1))
    return drawn


# Compensatory and profile: bars.


def _carrying(result: Result) -> Figure:
    mean = sum((part.value for part in result.parts), Fraction(0)) / len(result.parts)
    marks = {"floor": result.settings.compensatory_floor, "mean": mean}
    return _bars(result, result.parts, marks, mean if result.fields["carried"] else None)


def _in_order_of_need(result: Result) -> Figure:
    """The lowest part first, and before it an essential one that is low."""
    least = result.settings.essential_level
    parts = sorted(result.parts, key=lambda part: (not (part.is_essential and part.value < least), part.value))
    drawn = _bars(result, parts, {"typical": result.fields["typical_band"]}, None)
    drawn.order = [part.id for part in parts]
    return drawn


def _bars(
    result: Result, parts: Sequence[Drawn], marks: Mapping[str, Fraction | int], carrying_from: Fraction | None
) -> Figure:
    def across(value: Fraction | int) -> float:
        return round(10 + float((value - 1) / (result.top - 1)) * (WIDTH - 20), 1)

    drawn = Figure()
    y = 2
    for part in parts:
        lines = _lines(part, LETTERS)
        drawn.words.append(Words(0, y + 13, lines))
        y += LINE * len(lines) + 12
        drawn.paths.append(_straight(across(1), y, across(result.top), y, "track"))
        drawn.paths += [
            _straight(across(level), y - 4, across(level), y + 4, "track") for level in range(1, result.top + 1)
        ]
        counted = part.value if carrying_from is None else min(part.value, carrying_from)
        drawn.paths.append(_straight(across(1), y, across(counted), y, "bar"))
        if counted < part.value:
            drawn.paths.append(_straight(across(counted), y, across(part.value), y, "carrying"))
        drawn.circles.append(Circle(across(part.value), y, 7, "full"))
        if part.is_essential:
            drawn.circles.append(Circle(across(part.value), y, 11, "ring"))
        drawn.paths += [_straight(across(at), y - 11, across(at), y + 11, look) for look, at in marks.items()]
        y += 22
    for look in marks:
        y += LINE + 2
        drawn.marks.append(Mark(y, look))
    drawn.height = y + 8
    return drawn


# Coverage: a tile for each part, full and ticked where it is looked after.


def _tiles(result: Result) -> Figure:
    attended = set(result.fields["attended"])
    lines = [_lines(part, HALF, "\N{CHECK MARK} " if part.id in attended else "") for part in result.parts]
    height = LINE * max(len(each) for each in lines) + 14
    width = WIDTH / 2 - 4
    drawn = Figure(height=-(-len(lines) // 2) * (height + 6))
    for at, (part, words) in enumerate(zip(result.parts, lines, strict=True)):
        x, y = 1 + at % 2 * (width + 6), 1 + at // 2 * (height + 6)
        is_full = part.id in attended
        drawn.boxes.append(Box(x, y, width, height, "full" if is_full else "empty"))
        drawn.words.append(Words(x + 8, y + 18, words, "on-full" if is_full else "start"))
    return drawn
