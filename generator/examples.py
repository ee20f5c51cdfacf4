"""Worked examples: made-up answers to a lens, scored by the real code, so that no page can say what the scoring does not do."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.figures import Drawn, Figure, Result, figure
from generator.message import message
from generator.score import Fields, band, score_dimension, score_lens, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from generator.model import Dimension, Framework, Lens, RuleName

PATTERNS: Mapping[RuleName, tuple[int, ...]] = MappingProxyType(
    {
        "alignment": (4, 2, 4),
        "compensatory": (2, 4, 3),
        "coverage": (4, 2, 3, 4, 3, 3),
        "balance": (4, 2),
        "profile": (3, 4, 2, 3, 4, 3, 2),
    }
)
"""Where the answers to each dimension begin, out of five levels; each shows what is special about its rule."""


@dataclass(frozen=True)
class Part:
    """One dimension of an example."""

    dimension: Dimension
    levels: tuple[int, ...]
    """The made-up answers."""
    value: Fraction
    shown: str
    band: int


@dataclass(frozen=True)
class Example:
    """A lens with made-up answers and what scoring makes of them."""

    lens: Lens
    parts: tuple[Part, ...]
    fields: Fields
    """The result, as DESIGN 5 has it."""
    message: str
    """What the result says, with its placeholders filled."""
    figure: Figure


def example(framework: Framework, lens: Lens) -> Example:
    """Make up answers to a lens and score them.

    Arguments:
        framework: Its levels and settings decide the result.
        lens: One of its lenses.
    """
    top, settings = framework.level_count, framework.settings
    answers = {each.id: _answers(lens, position, top) for position, each in enumerate(lens.dimensions)}
    scores = {id_: score_dimension(levels, settings, top) for id_, levels in answers.items()}
    values = {id_: score.value for id_, score in scores.items() if score.value is not None}
    parts = tuple(
        Part(each, answers[each.id], values[each.id], shown(values[each.id]), band(values[each.id]))
        for each in lens.dimensions
    )
    dimensions = {id_: score.fields() for id_, score in scores.items()}
    fields = {**score_lens(lens, scores, settings), "dimensions": dimensions}
    names = {level.level: level.name for level in framework.outline.levels}
    drawn = [
        Drawn(each.id, each.name, f"{names[part.band]} ({part.shown})", part.value, each.essential)
        for part in parts
        for each in (part.dimension,)
    ]
    pictured = figure(lens.rule, Result(drawn, fields, settings, top))
    return Example(lens, parts, fields, message(framework, lens, fields), pictured)


def _answers(lens: Lens, position: int, top: int) -> tuple[int, ...]:
    """A made-up level for each question of a dimension: nearly the same, as people's answers are."""
    pattern = PATTERNS[lens.rule]
    begin = pattern[position % len(pattern)]
    raised = (begin + (index + position) % 3 // 2 for index in range(len(lens.dimensions[position].indicators)))
    return tuple(max(1, min(top, round(level * top / 5))) for level in raised)
