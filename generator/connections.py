"""What in a framework leads to what: lenses that share questions, sources and what draws on them, terms and where they matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Exercise, Framework, Indicator, Lens


@dataclass(frozen=True)
class Shared:
    """What a lens has in common with another."""

    lens: Lens
    """The other lens."""
    indicators: tuple[Indicator, ...]
    """The questions that both read."""


def shared(framework: Framework, lens: Lens) -> list[Shared]:
    """The lenses that read some of the questions of a lens, those with most in common first."""
    found: dict[str, list[Indicator]] = {}
    for dimension in lens.dimensions:
        for id_ in dimension.indicators:
            for other in dict.fromkeys(user.id for user, _ in framework.uses[id_] if user.id != lens.id):
                found.setdefault(other, []).append(framework.indicators[id_])
    others = (Shared(other, tuple(found[other.id])) for other in framework.lenses if other.id in found)
    return sorted(others, key=lambda each: -len(each.indicators))


def cited(framework: Framework) -> Mapping[str, list[Indicator | Lens | Exercise]]:
    """For each source, by its id, what draws on it."""
    found: dict[str, list[Indicator | Lens | Exercise]] = {id_: [] for id_ in framework.sources}
    parts: list[Indicator | Lens | Exercise] = [*framework.lenses, *framework.indicators.values(), *framework.exercises]
    for part in parts:
        for source in dict.fromkeys(citation.source for citation in part.sources):
            found[source].append(part)
    return found


def place_of(framework: Framework, id_: str) -> tuple[str, str]:
    """The name and the address of a lens or an indicator, as a glossary term points to it.

    Arguments:
        framework: The framework.
        id_: Of a lens or an indicator in it.

    Returns:
        The name, and the address from the top of the site.
    """
    if id_ in framework.lenses_by_id:
        return framework.lenses_by_id[id_].name, f"/framework/{id_}/"
    return framework.indicators[id_].label, f"/framework/indicators/#{id_}"


def anchor(term: str) -> str:
    """Where a term stands on the page of the glossary."""
    return re.sub(r"\W+", "-", term.lower()).strip("-")
