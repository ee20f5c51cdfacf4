"""Scoring one sheet: exact, and equal to `client/score.js` to the last digit.

Every threshold comes from the framework's settings; METHOD 5 gives the formulas and 57 worked cases. Nothing here is
rounded before it is compared: values are fractions, and only what a page shows is rounded, by integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.model import Dimension, Framework, Lens, RuleName, Settings

NOT_SURE = "not-sure"
NOT_APPLICABLE = "not-applicable"

Answer = int | Literal["not-sure", "not-applicable"] | None
"""A level, one of the two answers off the scale, or None for a blank."""

Fields = dict[str, Any]
"""Part of a result as JSON."""


@dataclass(frozen=True)
class DimensionScore:
    """What the answers to the questions of one dimension come to."""

    questions: int
    """Questions of the dimension in this form."""
    levels: tuple[int, ...]
    """The levels given."""
    not_sure: int
    not_applicable: int
    blank: int
    answered_share: Fraction | None
    """Levels given out of the questions that apply; None where none applies."""
    value: Fraction | None
    """The mean of the levels; None where it has no score."""
    reason: str | None
    """Why it has no score."""
    could_be: tuple[Fraction, Fraction] | None
    """The lowest and highest value that answers still missing could give; None where none that applies is missing."""

    @property
    def levels_given(self) -> int:
        """How many questions were answered with a level."""
        return len(self.levels)

    @property
    def applicable(self) -> int:
        """How many questions apply."""
        return self.questions - self.not_applicable

    def fields(self) -> Fields:
        """The dimension as the result of DESIGN 5 has it."""
        counts = {"levels_given": self.levels_given, "applicable": self.applicable}
        if self.value is None:
            return {"scored": False, "reason": self.reason, **counts}
        ends = zip(("could_be_from", "could_be_to"), map(str, self.could_be or ()), strict=False)
        return {
            "scored": True,
            "value": str(self.value),
            "shown": shown(self.value),
            "band": band(self.value),
            "lowest": min(self.levels),
            "highest": max(self.levels),
            **dict(ends),
            **counts,
        }


class Scored(Protocol):
    """What a rule needs to know of a dimension: one person's, or a team's."""

    @property
    def value(self) -> Fraction | None:
        """The value; None where there is none."""

    @property
    def reason(self) -> str | None:
        """Why there is none."""


def shown(value: Fraction, places: int = 1) -> str:
    """A value as a page shows it: half up, by integers (METHOD 5, "Rounding, once").

    Python's own `round` goes to the even digit and would disagree with the browser.

    Arguments:
        value: Any, below 0 too.
        places: Digits after the point, 1 at the least.
    """
    unit = 10**places
    whole = (2 * unit * value.numerator + value.denominator) // (2 * value.denominator)
    sign, digits = "-" if whole < 0 else "", abs(whole)
    return f"{sign}{digits // unit}.{digits % unit:0{places}}"


def band(value: Fraction) -> int:
    """The level that a value is nearest to; half-way goes down, since self-ratings run high (METHOD 2.6).

    Arguments:
        value: From 1 to the highest level.
    """
    return (2 * value.numerator + value.denominator - 1) // (2 * value.denominator)


def score_dimension(answers: Sequence[Answer], settings: Settings, top: int) -> DimensionScore:
    """Score one dimension (METHOD 2.4 and 2.5).

    Arguments:
        answers: One for each of its questions in the form.
        settings: The framework's thresholds.
        top: The highest level.
    """
    levels = tuple(answer for answer in answers if isinstance(answer, int))
    not_sure, not_applicable = answers.count(NOT_SURE), answers.count(NOT_APPLICABLE)
    applicable, total = len(answers) - not_applicable, sum(levels)
    share = Fraction(len(levels), applicable) if applicable else None
    reason = _reason_for_no_score(len(answers), len(levels), share, settings)
    missing = applicable - len(levels)
    could_be = (
        (Fraction(total + missing, applicable), Fraction(total + missing * top, applicable))
        if missing and not reason
        else None
    )
    return DimensionScore(
        questions=len(answers),
        levels=levels,
        not_sure=not_sure,
        not_applicable=not_applicable,
        blank=answers.count(None),
        answered_share=share,
        value=None if reason else Fraction(total, len(levels)),
        reason=reason,
        could_be=could_be,
    )


def _reason_for_no_score(questions: int, given: int, share: Fraction | None, settings: Settings) -> str | None:
    if share is None:
        return "nothing-applies"
    if given < min(settings.minimum_answered_count, questions):
        return "fewer-than-minimum-count"
    return "below-minimum-share" if share < settings.minimum_answered_share else None


def score_lens(lens: Lens, dimensions: Mapping[str, Scored], settings: Settings) -> Fields:
    """Combine the dimensions of a lens by its rule.

    Arguments:
        lens: The lens.
        dimensions: Its dimensions' scores, by id, in order.
        settings: The framework's thresholds.

    Returns:
        The state and the other fields that the rule gives (DESIGN 5).
    """
    return _RULES[lens.rule](dimensions, settings, lens.dimensions)


def score(framework: Framework, form: str, answers: Mapping[str, Answer], warning_signs: Iterable[str] = ()) -> Fields:
    """Score one sheet.

    Arguments:
        framework: The framework that was answered.
        form: The id of the form.
        answers: By indicator id. Indicators that are not in the form are left aside.
        warning_signs: The ids of those ticked.

    Returns:
        The result, in the format `balcony-result/1` of DESIGN 5.
    """
    asked = {indicator.id for indicator in framework.asked(form)}
    return {
        "format": "balcony-result/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": form,
        "progress": {"answered": sum(answers.get(id_) is not None for id_ in asked), "of": len(asked)},
        "lenses": {lens.id: _lens_fields(framework, lens, asked, answers) for lens in framework.reported(form)},
        "warning_signs": _warning_sign_fields(framework, set(warning_signs)),
    }


def _lens_fields(framework: Framework, lens: Lens, asked: set[str], answers: Mapping[str, Answer]) -> Fields:
    dimensions = {
        dimension.id: score_dimension(
            [answers.get(id_) for id_ in dimension.indicators if id_ in asked],
            framework.settings,
            framework.level_count,
        )
        for dimension in lens.dimensions
    }
    fields = score_lens(lens, dimensions, framework.settings)
    return {"rule": lens.rule, **fields, "dimensions": {id_: each.fields() for id_, each in dimensions.items()}}


def _warning_sign_fields(framework: Framework, ticked: set[str]) -> Fields:
    signs = [sign.id for sign in framework.outline.warning_signs]
    count = sum(sign in ticked for sign in signs)
    return {"ticked": count, "of": len(signs), "band": warning_sign_band(count, framework.settings)}


def warning_sign_band(ticked: int, settings: Settings) -> str:
    """Say how many warning signs there are, in a word (METHOD 4.5: a judgement, not research).

    Arguments:
        ticked: How many.
        settings: The framework's thresholds.

    Returns:
        `few`, `some` or `many`.
    """
    if ticked >= settings.warning_signs_many:
        return "many"
    return "some" if ticked >= settings.warning_signs_some else "few"


def _values(dimensions: Mapping[str, Scored]) -> dict[str, Fraction]:
    return {id_: each.value for id_, each in dimensions.items() if each.value is not None}


def _missing(dimensions: Mapping[str, Scored]) -> list[str]:
    return [id_ for id_, each in dimensions.items() if each.value is None]


def _at(value: Fraction, values: Mapping[str, Fraction]) -> list[str]:
    return [id_ for id_, each in values.items() if each == value]


def extremes(values: Mapping[str, Fraction]) -> tuple[list[str], list[str]]:
    """The dimensions with the lowest and with the highest value.

    Arguments:
        values: At least one, by dimension.
    """
    lowest, highest = _ends(values)
    return _at(lowest, values), _at(highest, values)


def _ends(values: Mapping[str, Fraction]) -> tuple[Fraction, Fraction]:
    return min(values.values()), max(values.values())


def _number(value: Fraction) -> Fields:
    return {"value": str(value), "shown": shown(value), "band": band(value)}


def _weakest(
    dimensions: Mapping[str, Scored], gap_from: Fraction, level_from: Fraction, states: tuple[str, str, str]
) -> Fields:
    """What alignment and balance share: the lowest dimension sets the value, and the gap is named, never averaged away."""
    missing = _missing(dimensions)
    if missing:
        return {"state": "not-enough-answers", "missing": missing}
    values = _values(dimensions)
    lowest, highest = _ends(values)
    apart, together, early = states
    state = apart if highest - lowest >= gap_from else together if lowest >= level_from else early
    ends = {"lowest": _at(lowest, values), "highest": _at(highest, values)}
    return {"state": state, **_number(lowest), "gap": str(highest - lowest), **ends}


def _alignment(dimensions: Mapping[str, Scored], settings: Settings, _: Sequence[Dimension]) -> Fields:
    """Progress only when all are in line (Moore, METHOD 4.4)."""
    states = ("out-of-line", "aligned", "in-step-but-early")
    return _weakest(dimensions, settings.alignment_gap, settings.alignment_level, states)


def _balance(dimensions: Mapping[str, Scored], settings: Settings, _: Sequence[Dimension]) -> Fields:
    """Two held in tension (Heifetz and Linsky; Munro, METHOD 4.4)."""
    fields = _weakest(dimensions, settings.balance_gap, settings.balance_level, ("leaning", "balanced", "both-early"))
    return {**fields, "leans_to": fields["highest"]} if fields["state"] == "leaning" else fields


def _compensatory(dimensions: Mapping[str, Scored], settings: Settings, _: Sequence[Dimension]) -> Fields:
    """Strength may make up for weakness, down to a floor (implementation science, METHOD 4.4)."""
    missing = _missing(dimensions)
    if missing:
        return {"state": "not-enough-answers", "missing": missing}
    values = _values(dimensions)
    lowest, highest = _ends(values)
    value, apart = sum(values.values(), Fraction(0)) / len(values), highest - lowest >= settings.carrying_gap
    held_back = [id_ for id_, each in values.items() if each < settings.compensatory_floor]
    fields = {
        "state": "held-back" if held_back else "compensating" if apart else "even",
        **_number(value),
        "gap": str(highest - lowest),
        "held_back": held_back,
        "carrying": _at(highest, values) if apart else [],
        "carried": _at(lowest, values) if apart else [],
    }
    if held_back and fields["band"] > settings.compensatory_cap:
        return {**fields, "band": settings.compensatory_cap, "capped_from": fields["band"]}
    return fields


def _coverage(dimensions: Mapping[str, Scored], settings: Settings, _: Sequence[Dimension]) -> Fields:
    """All of them, always; one cannot pay for another (six ways, Kahane, collective impact, METHOD 4.4)."""
    values = _values(dimensions)
    attended = [id_ for id_, value in values.items() if value >= settings.coverage_level]
    not_attended = [id_ for id_ in values if id_ not in attended]
    not_applicable = [id_ for id_, each in dimensions.items() if each.reason == "nothing-applies"]
    unknown = [id_ for id_ in _missing(dimensions) if id_ not in not_applicable]
    of = len(dimensions) - len(not_applicable)
    if Fraction(of, len(dimensions)) < settings.minimum_applicable_share:
        state = "lens-does-not-apply"
    else:
        state = "gaps" if not_attended else "unknown-remain" if unknown else "all"
    return {
        "state": state,
        "count": len(attended),
        "of": of,
        "could_be_to": len(attended) + len(unknown),
        "attended": attended,
        "not_attended": not_attended,
        "unknown": unknown,
        "not_applicable": not_applicable,
    }


def _profile(dimensions: Mapping[str, Scored], settings: Settings, parts: Sequence[Dimension]) -> Fields:
    """A list without a rule of its own: nothing is added up (seven messages and others, METHOD 4.4)."""
    values = _values(dimensions)
    if not values:
        return {"state": "not-enough-answers", "missing": list(dimensions)}
    bands = {id_: band(value) for id_, value in values.items()}
    return {
        "state": "essential-low" if essential_low(values, settings, parts) else "profile",
        "typical_band": median_low(list(bands.values())),
        "lowest": [id_ for id_ in bands if bands[id_] == min(bands.values())],
        "highest": [id_ for id_ in bands if bands[id_] == max(bands.values())],
    }


def essential_low(values: Mapping[str, Fraction], settings: Settings, parts: Sequence[Dimension]) -> list[str]:
    """The dimensions marked essential that are below the level they need (METHOD 4.4).

    Arguments:
        values: Of the dimensions that have one, by id.
        settings: The framework's thresholds.
        parts: The dimensions of the lens.

    Returns:
        Their ids, in the lens's order.
    """
    return [
        part.id for part in parts if part.essential and part.id in values and values[part.id] < settings.essential_level
    ]


_RULES: Mapping[RuleName, Callable[[Mapping[str, Scored], Settings, Sequence[Dimension]], Fields]] = {
    "alignment": _alignment,
    "compensatory": _compensatory,
    "coverage": _coverage,
    "balance": _balance,
    "profile": _profile,
}


def median_low(levels: Sequence[int]) -> int:
    """The middle level; of two, the lower.

    Arguments:
        levels: At least one.
    """
    return sorted(levels)[(len(levels) - 1) // 2]
