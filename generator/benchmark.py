"""What a benchmark says, held against the framework as it is now: mistakes, and what no longer compares.

A mistake is an error. What the framework has outgrown is a warning, and is left out: a file that was right when it was made
stops nobody from changing a question.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from generator.problems import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.document import Document, Path
    from generator.model import Benchmark, Dimension, Framework, Range
    from generator.problems import Problem

    Asked = dict[str, dict[str, dict[str, dict[str, int]]]]
    """By form, lens and dimension the questions that are asked for it, each with its revision."""

_ANEW = "make the benchmark anew with balcony cohort --benchmark"
_NOUNS = ("form", "lens", "dimension")


def compared(document: Document, made: Benchmark, framework: Framework) -> tuple[Benchmark, list[Problem]]:
    """Hold a benchmark against a framework.

    Arguments:
        document: The file, for its places.
        made: What it holds.
        framework: The framework as it is now.

    Returns:
        The benchmark without what does not compare, and every problem of it. Warnings name what is left out.
    """
    if made.framework.id != framework.id:
        message = f"the benchmark is of the framework {quoted(made.framework.id)}"
        hint = f"this is {quoted(framework.id)}: take the file away, or {_ANEW}"
        return made, [document.problem(("framework", "id"), message, hint)]
    asked = _asked(framework)
    renamed = {former: each.id for each in framework.indicators.values() for former in each.formerly}
    problems: list[Problem] = []
    forms: dict[str, dict[str, dict[str, Range]]] = {}
    for form, lens, dimension, found in _parts(made):
        path = ("forms", form, lens, dimension)
        wrong = list(_unknown(document, path, asked, _hint(made, framework))) or [
            *_wrong_figures(document, path, found, framework),
            *_changed(document, path, found.indicators, asked[form][lens][dimension], renamed),
        ]
        problems += wrong
        if not wrong:
            forms.setdefault(form, {}).setdefault(lens, {})[dimension] = found
    return made.model_copy(update={"forms": forms}), problems


def _parts(made: Benchmark) -> Iterator[tuple[str, str, str, Range]]:
    for form, lenses in made.forms.items():
        for lens, dimensions in lenses.items():
            for dimension, found in dimensions.items():
                yield form, lens, dimension, found


def _asked(framework: Framework) -> Asked:
    def revisions(form: str, dimension: Dimension) -> dict[str, int]:
        indicators = (framework.indicators[id_] for id_ in dimension.indicators)
        return {each.id: each.revision for each in indicators if form in each.forms}

    return {
        form: {
            lens.id: {each.id: revisions(form, each) for each in lens.dimensions} for lens in framework.reported(form)
        }
        for form in framework.forms
    }


def _hint(made: Benchmark, framework: Framework) -> str:
    """What to do about something that is not there: nothing to say if no version came between."""
    then, now = made.framework.version, framework.version
    return "" if then == now else f"the benchmark is of version {then} and the framework of {now}: {_ANEW}"


def _unknown(document: Document, path: Path, asked: Asked, hint: str) -> Iterator[Problem]:
    """The first of form, lens and dimension that is not asked for."""
    known: Mapping[str, Any] = asked
    for at, (noun, name) in enumerate(zip(_NOUNS, map(str, path[1:]), strict=True), 2):
        if name not in known:
            message = f"there is no {noun} {quoted(name)} here, so this is left out"
            yield document.key_problem(path[:at], message, hint or nearest(name, known), severity="warning")
            return
        known = known[name]


def _wrong_figures(document: Document, path: Path, found: Range, framework: Framework) -> Iterator[Problem]:
    least = framework.settings.benchmark_sheets
    if found.sheets < least:
        hint = f"a benchmark needs {least}, as benchmark_sheets in framework.yml says: take this part out"
        yield document.problem((*path, "sheets"), f"{found.sheets} are too few sheets", hint)
    for key, end in {"from": found.from_, "to": found.to}.items():
        if not 1 <= Fraction(end) <= framework.level_count:
            hint = f"the framework has levels 1 to {framework.level_count}"
            yield document.problem((*path, key), f"{quoted(end)} is outside the levels", hint)
    if Fraction(found.from_) > Fraction(found.to):
        message = f"from ({found.from_}) is above to ({found.to})"
        yield document.problem((*path, "from"), message, "write the smaller number first")


def _changed(
    document: Document, path: Path, then: Mapping[str, int], now: Mapping[str, int], renamed: Mapping[str, str]
) -> Iterator[Problem]:
    """Questions that were answered and are others now: their answers do not compare (as in `sheet`)."""
    at = (*path, "indicators")
    ids = {renamed.get(id_, id_): id_ for id_ in then}
    for id_ in sorted(ids.keys() - now.keys()):
        message = f"{quoted(ids[id_])} does not feed this dimension any more, so it is left out"
        yield document.key_problem((*at, ids[id_]), message, _ANEW, severity="warning")
    for id_ in sorted(now.keys() - ids.keys()):
        message = f"{quoted(id_)} feeds this dimension now and was not asked then, so it is left out"
        yield document.key_problem(at, message, _ANEW, severity="warning")
    for id_ in sorted(now.keys() & ids.keys()):
        answered = then[ids[id_]]
        if answered != now[id_]:
            message = f"revision {answered} of {quoted(ids[id_])} was answered, and it is at {now[id_]}"
            hint = f"the dimension is left out: {_ANEW}"
            yield document.problem((*at, ids[id_]), message, hint, severity="warning")
