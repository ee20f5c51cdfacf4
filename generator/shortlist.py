"""From where a team is to where it needs to be: which questions to work on first, by rule. Equal to `client/shortlist.js`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Framework
    from generator.score import Answer, Fields


@dataclass(frozen=True)
class Aim:
    """A dimension below its target."""

    lens: str
    dimension: str
    target: int
    distance: Fraction
    """Levels still to go."""


@dataclass(frozen=True)
class Entry:
    """A question to work on."""

    id: str
    level: int
    """That was answered."""
    aims: tuple[Aim, ...]
    """The dimensions that it moves towards their targets, the furthest first; none without targets."""


def aims_of(framework: Framework, targets: Mapping[str, int], result: Fields) -> list[Aim]:
    """Find the dimensions that have a target above their value, the furthest first.

    Arguments:
        framework: The framework that was answered.
        targets: Levels, by `lens/dimension`.
        result: Of the sheet.

    Returns:
        Of equals, in the order of the lenses.
    """
    aims = []
    for lens in framework.reported(result["form"]):
        for dimension in lens.dimensions:
            target = targets.get(f"{lens.id}/{dimension.id}")
            value = result["lenses"][lens.id]["dimensions"][dimension.id].get("value")
            if target and value and target > Fraction(value):
                aims.append(Aim(lens.id, dimension.id, target, target - Fraction(value)))
    return sorted(aims, key=lambda aim: -aim.distance)


def shortlist(framework: Framework, form: str, answers: Mapping[str, Answer], aims: Sequence[Aim]) -> list[Entry]:
    """List the questions to work on.

    Each aim is served by the lowest of its questions that is below the target; of equals, by the one that feeds most of the
    lenses reported, then by the one asked first. First come the questions that serve the furthest aim, then those that serve
    more aims. Without targets: the lowest questions, by the same order of equals.

    Arguments:
        framework: The framework that was answered.
        form: The id of the form.
        answers: Those that count.
        aims: As `aims_of` gives them.
    """
    lenses = {lens.id: lens for lens in framework.reported(form)}
    levels = {each.id: level for each in framework.asked(form) if isinstance(level := answers.get(each.id), int)}

    def feeds(id_: str) -> int:
        return sum(any(id_ in part.indicators for part in lens.dimensions) for lens in lenses.values())

    by_need = sorted(levels, key=lambda id_: (levels[id_], -feeds(id_)))

    def servant(aim: Aim) -> str | None:
        part = next(each for each in lenses[aim.lens].dimensions if each.id == aim.dimension)
        return next((id_ for id_ in by_need if id_ in part.indicators and levels[id_] < aim.target), None)

    if not aims:
        return [Entry(id_, levels[id_], ()) for id_ in by_need]
    entries = [Entry(id_, levels[id_], tuple(aim for aim in aims if servant(aim) == id_)) for id_ in by_need]
    return sorted(
        (each for each in entries if each.aims), key=lambda entry: (-entry.aims[0].distance, -len(entry.aims))
    )
