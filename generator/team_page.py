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

    from generator.model import Benchmark, Framework

ENTRY = "team_page.js"
"""The module that wires the page."""


class TeamPage:
    """Renders the team's page of one framework, with a benchmark if there is one."""

    def __init__(self, framework: Framework, benchmark: Benchmark | None = None) -> None:
        self._framework, self._benchmark = framework, benchmark

    def macros(self) -> Sequence[Callable[..., str]]:
        """What a page in content/ may call."""
        return [self.team]

    def team(self) -> str:
        """The page on which a team's sheets are brought together."""
        framework = self._framework
        data = Markup(as_json(team_data(framework, self._benchmark)))  # noqa: S704 - JSON, in which no tag can stand
        lenses = sorted(framework.lenses, key=lambda lens: lens.id not in framework.outline.headline_lenses)
        return render(
            "team/page.html",
            framework=framework,
            benchmark=self._benchmark,
            lenses=lenses,
            data=data,
            modules=modules(ENTRY),
        )


def team_data(framework: Framework, benchmark: Benchmark | None = None) -> dict[str, Any]:
    """What the browser needs to look at a team's sheets: each form's data, and what to talk about.

    Arguments:
        framework: The framework.
        benchmark: What of a benchmark compares with it.
    """
    fields = {**browser_fields(framework), "headline_lenses": list(framework.outline.headline_lenses)}
    exercises = framework.exercises_by_id
    return {
        "forms": {
            form: {**browser_data(framework, form), **fields, **_ranges(benchmark, form)} for form in framework.forms
        },
        "texts": {
            "indicators": {
                id_: {
                    "label": each.label,
                    "question": each.question,
                    "discuss": each.discuss,
                    "levels": list(each.levels.values()),
                    **({"not_applicable": each.not_applicable} if each.not_applicable else {}),
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
                    "steps": [step.model_dump() for step in each.steps],
                }
                for id_, each in exercises.items()
            },
            "lenses": {lens.id: {"name": lens.name, "discuss": lens.discuss} for lens in framework.lenses},
            "closing": list(framework.outline.closing_questions),
        },
    }


def _ranges(benchmark: Benchmark | None, form: str) -> dict[str, Any]:
    """Where the middle half of many people's values lies, by lens and dimension. Without any, nothing at all."""
    if benchmark is None or form not in benchmark.forms:
        return {}
    lenses = benchmark.forms[form].items()
    ends = {"sheets", "from_", "to"}
    return {
        "ranges": {
            lens: {id_: each.model_dump(by_alias=True, include=ends) for id_, each in dimensions.items()}
            for lens, dimensions in lenses
        }
    }
