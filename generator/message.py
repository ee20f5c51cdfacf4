"""What a lens says about a result, in the framework's own words. Equal to `client/message.js`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from generator.score import Fields, essential_low, extremes
from generator.words import listed, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Framework, Lens

_PAIR = 2


def message(framework: Framework, lens: Lens, result: Fields) -> str:
    """The message of a lens's state, with its placeholders filled.

    Arguments:
        framework: Where the names of levels and the thresholds are.
        lens: The lens.
        result: Its part of a result (DESIGN 5), its dimensions included.
    """
    values = {id_: Fraction(each["value"]) for id_, each in result["dimensions"].items() if each["scored"]}
    lowest, highest = extremes(values) if values else ([], [])
    if result["state"] == "essential-low":  # what heads the page is named, and not what is lowest of all
        lowest = essential_low(values, framework.settings, lens.dimensions)
    else:
        lowest = result.get("lowest", lowest)
    ids = {"lowest": lowest, "highest": result.get("highest", highest), "gaps": result.get("not_attended", ())}
    ids |= {key: result.get(key, ()) for key in ("unknown", "missing", "carrying", "carried", "held_back")}
    level = result.get("band") or result.get("typical_band")
    return lens.messages[result["state"]].format(
        **{key: _names(lens, named) for key, named in ids.items()},
        level=framework.outline.levels[level - 1].name if level else "",
        count=result.get("count"),
        total=result.get("of"),
        at_most=result.get("could_be_to"),
    )


def _names(lens: Lens, ids: Sequence[str]) -> str:
    if len(ids) > _PAIR and len(ids) == len(lens.dimensions):
        return say("all of them")
    return listed(dimension.name for dimension in lens.dimensions if dimension.id in ids)
