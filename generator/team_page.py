"""The team's page: one HTML document on which a facilitator brings sheets together and a team looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.assessment import as_json, browser_data
from generator.assets import modules
from generator.rendering import render
from generator.team_view import browser_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import Framework

ENTRY = "team_page.js"
"""The module that wires the page."""


class TeamPage:
    """Renders the team's page of one framework."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework

    def macros(self) -> Sequence[Callable[..., str]]:
        """What a page in content/ may call."""
        return [self.team]

    def team(self) -> str:
        """The page on which a team's sheets are brought together."""
        framework = self._framework
        data = Markup(as_json(team_data(framework)))  # noqa: S704 - JSON, in which no tag can stand
        lenses = sorted(framework.lenses, key=lambda lens: lens.id not in framework.outline.headline_lenses)
        return render("team/page.html", framework=framework, lenses=lenses, data=data, modules=modules(ENTRY))


def team_data(framework: Framework) -> dict[str, Any]:
    """What the browser needs to look at a team's sheets: each form's data, and what to talk about.

    Arguments:
        framework: The framework.
    """
    fields = {**browser_fields(framework), "headline_lenses": list(framework.outline.headline_lenses)}
    exercises = framework.exercises_by_id
    return {
        "forms": {form: {**browser_data(framework, form), **fields} for form in framework.forms},
        "texts": {
            "indicators": {
                id_: {
                    "label": each.label,
                    "question": each.question,
                    "discuss": each.discuss,
                    "exercises": list(each.exercises),
                }
                for id_, each in framework.indicators.items()
            },
            "exercises": {
                id_: {
                    "name": each.name,
                    "minutes": each.minutes,
                    "purpose": each.purpose,
                    "materials": list(each.materials),
                    "group_size": each.group_size,
                }
                for id_, each in exercises.items()
            },
            "lenses": {lens.id: {"name": lens.name, "discuss": lens.discuss} for lens in framework.lenses},
            "closing": list(framework.outline.closing_questions),
        },
    }
