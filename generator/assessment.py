"""The assessment page: one HTML document that holds a whole run, and the data that the browser scores with."""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from rcssmin import cssmin

from generator import history, sheet, timing
from generator.assets import CLIENT, modules
from generator.model import RULES, Settings
from generator.problems import UnknownNameError
from generator.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import ContextQuestion, Dimension, Form, Framework, Indicator, Lens, Section
    from generator.release import Release

ENTRY = "assessment.js"
"""The module that wires the page."""

_BEFORE_BLOCK = re.compile(
    r">\n(?=</?(?:article|d[dlt]|details|div|fieldset|figure|form|h\d|legend|li|link|noscript|p|script|section|t[dhr]|table|"
    r"tbody|template|thead|ul)\b)"
)
"""Where a new line shows nowhere. Left out, it is not sent either: a run may weigh so much and no more (DESIGN 6)."""


class Assessment:
    """Renders the assessment pages of one framework."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework

    def macros(self) -> Sequence[Callable[..., str]]:
        """What a page in content/ may call."""
        return [self.assessment]

    def assessment(self, form: str) -> str:
        """The whole run of a form.

        Arguments:
            form: The id of the form.

        Raises:
            UnknownNameError: When there is no such form.
        """
        framework = self._framework
        if form not in framework.forms:
            raise UnknownNameError("form", form, framework.forms)
        page = render("assessment/page.html", run=_Run(framework, framework.forms[form]), modules=modules(ENTRY))
        return _BEFORE_BLOCK.sub(">", page)


def data_modules(framework: Framework, releases: Sequence[Release] = ()) -> dict[str, str]:
    """What the browser fetches of a framework only when it is wanted: modules by their name below `#framework/`.

    Arguments:
        framework: The framework.
        releases: Its releases, the earliest first.
    """
    practice = {f"practice/{each.id}": _practice(framework, each) for each in framework.indicators.values()}
    signs = {sign.id: sign.why for sign in framework.outline.warning_signs}
    data = {
        "sheets": sheet.rules(framework),
        "signs": signs,
        "hints": {each.id: _hints(each) for each in framework.outline.context},
        "card": _card(framework),
        "plan": render("assessment/plan.html", levels=framework.outline.levels),
        "more": render("assessment/more.html"),
        "looks": cssmin((CLIENT / "later.css").read_text(encoding="utf-8")),
        "earlier": {
            **_earlier(framework, releases),
            "looks": cssmin((CLIENT / "kept.css").read_text(encoding="utf-8")),
        },
        **practice,
    }
    return {f"{name}.js": f"export default {as_json(each)}" for name, each in data.items()}


def _hints(question: ContextQuestion) -> dict[str, dict[str, str]]:
    """How to read the results, for each answer to a context question that has a hint."""
    return {
        each.id: {"hint": each.hint, **({"lens": each.lens} if each.lens else {})}
        for each in question.options
        if each.hint
    }


def _earlier(framework: Framework, releases: Sequence[Release]) -> dict[str, Any]:
    """What was asked before (`Earlier` in client/asked_before.js): for sheets of earlier versions."""
    told = history.questions(framework, releases)
    events = {each.id: {event.what: event.version or "" for event in each.events} for each in told}
    first = releases[0].version if releases else ""
    return {
        "wordings": history.earlier_wordings(framework.as_data(), releases),
        "since": {id_: found["since"] for id_, found in events.items() if found.get("since", first) != first},
        "gone": {each.id: events[each.id]["removed"] for each in told if each.is_removed},
    }


def _card(framework: Framework) -> dict[str, Any]:
    """The framework's pocket card: what stands on its front and, as `closing`, on its back. Empty where there is none."""
    outline = framework.outline
    if outline.pocket_card is None:
        return {}
    exercise = framework.exercises_by_id[outline.pocket_card]
    questions = [each.model_dump() for each in exercise.card]
    return {"name": exercise.name, "questions": questions, "closing": outline.closing_questions}


def _practice(framework: Framework, indicator: Indicator) -> dict[str, Any]:
    """What to do about a question."""
    return {
        "next_steps": list(indicator.next_steps.values()),
        "discuss": indicator.discuss,
        "exercises": {id_: framework.exercises_by_id[id_].name for id_ in indicator.exercises},
    }


class _Run:
    """What the template asks for: a form with its sections, lenses and numbers."""

    def __init__(self, framework: Framework, form: Form) -> None:
        self.framework, self.form = framework, form
        self.outline = framework.outline
        self.levels = framework.outline.levels
        self.asked = framework.asked(form.id)
        self.minutes = timing.minutes(framework, form.id)

    @cached_property
    def sections(self) -> list[tuple[Section, list[Indicator]]]:
        """The sections that ask something in this form, with what they ask."""
        pairs = (
            (section, [each for each in section.indicators if self.form.id in each.forms])
            for section in self.framework.sections
        )
        return [(section, indicators) for section, indicators in pairs if indicators]

    @cached_property
    def headline_lenses(self) -> list[Lens]:
        """The lenses that the form reports and that results show first."""
        return [lens for lens in self.framework.reported(self.form.id) if lens.id in self.outline.headline_lenses]

    @cached_property
    def other_lenses(self) -> list[Lens]:
        """The other lenses that the form reports."""
        return [lens for lens in self.framework.reported(self.form.id) if lens.id not in self.outline.headline_lenses]

    @cached_property
    def reported_elsewhere(self) -> list[tuple[Form, list[Lens]]]:
        """The lenses that this form does not report, with the form that does."""
        seen = {lens.id for lens in self.framework.reported(self.form.id)}
        found = []
        for form in self.framework.forms.values():
            lenses = [lens for lens in self.framework.reported(form.id) if lens.id not in seen]
            seen |= {lens.id for lens in lenses}
            found += [(form, lenses)] if lenses else []
        return found

    @cached_property
    def steps(self) -> list[str]:
        """The fragments of the run, in order."""
        signs = ["warning-signs"] if self.outline.warning_signs else []
        return ["start", *(section.id for section, _ in self.sections), *signs, "check", "results"]

    def after(self, step: str) -> str:
        """The fragment that follows a step."""
        return self.steps[self.steps.index(step) + 1]

    def before(self, step: str) -> str:
        """The fragment before a step."""
        return self.steps[self.steps.index(step) - 1]

    @property
    def data(self) -> Markup:
        """The browser's data, as JSON that is inert inside a script element."""
        # Not escaped as HTML, which JSON is not.
        return Markup(as_json(browser_data(self.framework, self.form.id)))  # noqa: S704 - its own escapes keep tags out


def browser_data(framework: Framework, form: str) -> dict[str, Any]:
    """What the browser needs to score a form and to say what came of it (`Framework` in client/score.js).

    Arguments:
        framework: The framework.
        form: The id of the form.
    """
    settings = framework.settings.model_dump(mode="json")
    unused = set(RULES) - {lens.rule for lens in framework.reported(form)}
    idle = {name for name in settings if name.partition("_")[0] in unused}
    return {
        "id": framework.id,
        "version": framework.version,
        **({"edition": framework.outline.edition.id} if framework.outline.edition else {}),
        "form": form,
        "top": framework.level_count,
        "levels": [level.name for level in framework.outline.levels],
        "settings": {name: settings[name] for name in settings if name in _named_in_modules() and name not in idle},
        "revisions": {indicator.id: indicator.revision for indicator in framework.asked(form)},
        "lenses": [_lens_data(lens, framework, form) for lens in framework.reported(form)],
        "warning_signs": [sign.id for sign in framework.outline.warning_signs],
    }


@cache
def _named_in_modules() -> frozenset[str]:
    """The settings that the page's modules name: others are not sent."""
    text = "".join((CLIENT / name).read_text(encoding="utf-8") for name in modules(ENTRY, later=True))
    return frozenset(name for name in Settings.model_fields if name in text)


def _lens_data(lens: Lens, framework: Framework, form: str) -> dict[str, Any]:
    dimensions = [_dimension_data(each, framework, form) for each in lens.dimensions]
    return {"id": lens.id, "rule": lens.rule, "dimensions": dimensions, "messages": dict(lens.messages)}


def _dimension_data(dimension: Dimension, framework: Framework, form: str) -> dict[str, Any]:
    asked = [id_ for id_ in dimension.indicators if form in framework.indicators[id_].forms]
    data: dict[str, Any] = {"id": dimension.id, "name": dimension.name, "indicators": asked}
    if dimension.essential:
        data["essential"] = True
    if len(asked) < len(dimension.indicators):
        data["is_part"] = True
    return data


def as_json(data: object) -> str:
    """JSON without a character that means something to HTML, nor to a script that holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
