"""The team view: what several sheets come to together, in the format `balcony-team/1` of DESIGN 5 (METHOD 2.9 to 2.11).

Equal to `client/team_view.js` to the last digit.

What it guards against, in anonymous mode. Someone has the whole team view and knows every rule here, and wants a number
that is not in it: the mean of a question or dimension that is hidden, or below ten people how many were not sure. It must
never be the only one that fits.

- A question with fewer levels than the minimum group is hidden. Its dimensions are hidden with it: from a dimension's value
  and the other questions it could be worked out.
- A dimension in which some people have a value, but fewer than the minimum, is hidden. If all of its questions were shown, it
  could be told from them (all of them the same level, say). So one of them is hidden as well, as METHOD 2.10 does with
  subgroups: the one with the fewest levels, and again every dimension that it feeds.
- So whatever is hidden hangs on a hidden question, and nothing shown does. For all that can be seen, each hidden question has
  just one level, from anyone, and any. What is hidden follows from who answered, never from which level they gave, and it
  gives one reason for all, which does not tell what was too few.
- Every own sheet counts among the people of every question, whatever form it answers: nothing tells who was asked what.
- Below ten people `some_not_sure` says yes or no; if just one gave no level, it would say what that one did, and is left out.
  The list to talk about is ordered by what is shown.
- Others' answers are put through the same, apart; they are shown only beside a value of the team's own.
- Parts of the team, beside each other: `subgroups` says when.
- Warning signs hang on nothing else. Below ten people only this is told: whether the minimum group ticked a sign.

What it cannot guard against: someone who holds the sheets; someone who takes their own answers out of a group that has just
the minimum; someone who compares the view before and after one more sheet. A hidden question in a dimension that is shown has
no level at all. Where levels are shown for few people, mean, median, ends and distance may tell how many gave which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from generator.score import NOT_APPLICABLE, NOT_SURE, band, score_dimension, score_lens, shown
from generator.subgroups import parts, told_apart
from generator.team import TOO_FEW, gap_finding, spread_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from generator.model import Dimension, Framework, Lens, Settings
    from generator.score import Answer, Fields
    from generator.sheet import Sheet

Mode = Literal["anonymous", "open"]

FORMAT = "balcony-team/1"
_HIDDEN: Fields = {"visible": False, "reason": TOO_FEW}


class MinimumGroupError(ValueError):
    """A minimum group that the framework does not allow."""


def team_view(
    framework: Framework,
    form: str,
    sheets: Iterable[Sheet],
    *,
    mode: Mode = "anonymous",
    minimum_group: int | None = None,
    set_aside: Sequence[Mapping[str, str]] = (),
    by: str | None = None,
) -> Fields:
    """Look at several sheets together.

    Arguments:
        framework: The framework that was answered.
        form: The id of the form. A sheet of another form takes part with the questions that both ask.
        sheets: The team's own, and others'.
        mode: `open` shows everything, which all have agreed to beforehand.
        minimum_group: People, for anything about a group to be shown. None: as the framework's settings say.
        set_aside: The files that take no part, each with its reason.
        by: What its groups are told apart by, one of `subgroups.groupings`. None: they are not.

    Returns:
        The team view, in the format `balcony-team/1` of DESIGN 5.

    Raises:
        MinimumGroupError: When the framework does not allow it.
        GroupingError: When the framework does not have the grouping.
    """
    settings = framework.settings
    minimum = 0 if mode == "open" else allowed_minimum(settings, minimum_group)
    sheets_of: dict[str, list[Sheet]] = {"own": [], "others": []}
    for sheet in sheets:
        sheets_of[sheet.perspective].append(sheet)
    own, others = (Group(framework, form, each, minimum) for each in sheets_of.values())
    counted = mode == "open" or own.people >= settings.counted_group
    indicators = {id_: _question_fields(own, id_, settings, counted=counted) for id_ in own.questions}
    return {
        "format": FORMAT,
        "framework": {"id": framework.id, "version": framework.version},
        "form": form,
        "mode": mode,
        "minimum_group": minimum or None,
        "sheets": {"own": own.people, "others": others.people, "set_aside": [dict(each) for each in set_aside]},
        "indicators": indicators,
        "lenses": {lens.id: _lens_fields(lens, own, others, settings) for lens in framework.reported(form)},
        "warning_signs": {
            sign.id: _sign_fields(own, own.ticked.get(sign.id, 0), counted=counted)
            for sign in framework.outline.warning_signs
        },
        "discuss": _to_discuss(indicators),
        **({"subgroups": _subgroups_fields(framework, form, own, sheets_of["own"], by)} if by else {}),
    }


def browser_fields(framework: Framework) -> dict[str, Any]:
    """What `client/team_view.js` needs of a framework besides the page's data.

    Every setting, the ids of before, and the answers to context questions.

    Arguments:
        framework: The framework.
    """
    formerly = {each.id: list(each.formerly) for each in framework.indicators.values() if each.formerly}
    options = {each.id: {option.id: option.label for option in each.options} for each in framework.outline.context}
    return {"settings": framework.settings.model_dump(mode="json"), "formerly": formerly, "context": options}


def allowed_minimum(settings: Settings, minimum_group: int | None) -> int:
    """The minimum group that was asked for, or the framework's own.

    Arguments:
        settings: The framework's thresholds.
        minimum_group: People; None for the framework's own.

    Raises:
        MinimumGroupError: When the framework does not allow it.
    """
    low, high = settings.minimum_group_allowed
    minimum = settings.minimum_group if minimum_group is None else minimum_group
    if not low <= minimum <= high:
        raise MinimumGroupError(f"The smallest group is {minimum}. It can be from {low} to {high} people.")
    return minimum


# What a group's sheets add up to


@dataclass
class _Question:
    """The answers to one question."""

    counts: list[int]
    """People, from level 1 up."""
    not_sure: int = 0

    @property
    def levels_given(self) -> int:
        return sum(self.counts)


@dataclass
class _Dimension:
    """People's own values in a dimension: a team's value is their mean."""

    questions: tuple[str, ...]
    """Those that the form asks."""
    sums: dict[int, int] = field(default_factory=dict)
    """Of the levels of all who gave so many of them: a few whole numbers, however many people."""
    people_scored: int = 0
    not_applying: int = 0
    """People to whom none of the questions applies."""

    def value(self) -> Fraction | None:
        """The mean; None where nobody has a value."""
        if not self.people_scored:
            return None
        return sum((Fraction(total, given) for given, total in self.sums.items()), Fraction(0)) / self.people_scored


@dataclass(frozen=True)
class _Scored:
    """What a rule needs to know of a dimension."""

    value: Fraction | None
    reason: str | None


class Group:
    """Those who answer from the same place, added up in one pass, and what may not be shown of them."""

    def __init__(self, framework: Framework, form: str, sheets: Collection[Sheet], minimum: int) -> None:
        self.people = len(sheets)
        self.minimum = minimum
        self.questions = {each.id: _Question([0] * framework.level_count) for each in framework.asked(form)}
        self.dimensions = {
            (lens.id, each.id): _Dimension(tuple(id_ for id_ in each.indicators if id_ in self.questions))
            for lens in framework.reported(form)
            for each in lens.dimensions
        }
        self.ticked: dict[str, int] = {}
        reason = _reasons(framework.settings)
        for sheet in sheets:
            self._add(sheet.answers_to(framework), reason)
            for sign in set(sheet.warning_signs):
                self.ticked[sign] = self.ticked.get(sign, 0) + 1
        self.hidden = self._hidden()

    def _add(self, answers: Mapping[str, Answer], reason: Callable[[int, int, int], str | None]) -> None:
        for id_, question in self.questions.items():
            answer = answers.get(id_)
            if isinstance(answer, int):
                question.counts[answer - 1] += 1
            elif answer == NOT_SURE:
                question.not_sure += 1
        for dimension in self.dimensions.values():
            given: Sequence[Answer] = [answers.get(id_) for id_ in dimension.questions]
            levels = [each for each in given if isinstance(each, int)]
            why = reason(len(given), len(levels), given.count(NOT_APPLICABLE))
            if why is None:
                dimension.people_scored += 1
                dimension.sums[len(levels)] = dimension.sums.get(len(levels), 0) + sum(levels)
            elif why == "nothing-applies":
                dimension.not_applying += 1

    def _hidden(self) -> set[str]:
        """The questions with levels that are not shown, so that no hidden number can be worked out."""
        given = {id_: each.levels_given for id_, each in self.questions.items()}
        hidden = {id_ for id_, levels in given.items() if 0 < levels < self.minimum}
        for dimension in self.dimensions.values():
            if 0 < dimension.people_scored < self.minimum and hidden.isdisjoint(dimension.questions):
                hidden.add(min((id_ for id_ in dimension.questions if given[id_]), key=given.__getitem__))
        return hidden

    def shows_question(self, id_: str) -> bool:
        """Whether a question may be shown."""
        return self.questions[id_].levels_given >= self.minimum and id_ not in self.hidden

    def shows(self, dimension: _Dimension) -> bool:
        """Whether a dimension may be shown."""
        return dimension.people_scored >= self.minimum and self.hidden.isdisjoint(dimension.questions)

    def scored(self, dimension: _Dimension) -> _Scored:
        """The team's value in a dimension that may be shown."""
        value = dimension.value()
        none_applies = 0 < self.people == dimension.not_applying
        return _Scored(value, None if value is not None else "nothing-applies" if none_applies else "nobody-scored")


def _reasons(settings: Settings) -> Callable[[int, int, int], str | None]:
    """Why a person has no value in a dimension: it hangs on three small numbers, so that each case is looked at once."""

    @cache
    def reason(questions: int, given: int, not_applicable: int) -> str | None:
        counts: Mapping[Answer, int] = {
            1: given,
            "not-applicable": not_applicable,
            None: questions - given - not_applicable,
        }
        answers = [answer for answer, count in counts.items() for _ in range(count)]
        return score_dimension(answers, settings, top=1).reason

    return reason


# What is shown of it


def _question_fields(group: Group, id_: str, settings: Settings, *, counted: bool) -> Fields:
    if not group.shows_question(id_):
        return dict(_HIDDEN)
    question = group.questions[id_]
    levels_given = question.levels_given
    fields: Fields = {"visible": True, "people": group.people, "levels_given": levels_given}
    if counted:
        fields |= {"not_sure": question.not_sure, "counts": question.counts}
    elif group.people - levels_given != 1:
        fields["some_not_sure"] = question.not_sure > 0
    if not levels_given:
        return fields
    found = spread_of(question.counts, settings)
    return fields | {
        "mean": str(found.mean),
        "shown": shown(found.mean),
        "median": str(found.median),
        "lowest": found.lowest,
        "highest": found.highest,
        "range": found.highest - found.lowest,
        "ad_mean": str(found.ad_mean),
        "agreement": found.agreement,
        "far_apart_voice": found.far_apart_voice,
    }


def _lens_fields(lens: Lens, own: Group, others: Group, settings: Settings) -> Fields:
    dimensions = {each.id: own.dimensions[lens.id, each.id] for each in lens.dimensions}
    rule: Fields = dict(_HIDDEN)
    if all(map(own.shows, dimensions.values())):
        scored = {id_: own.scored(each) for id_, each in dimensions.items()}
        rule = {"visible": True, **score_lens(lens, scored, settings)}
    fields = {each.id: _dimension_fields(lens, each, own, others, settings) for each in lens.dimensions}
    return {"rule": lens.rule, **rule, "dimensions": fields}


def _dimension_fields(lens: Lens, dimension: Dimension, own: Group, others: Group, settings: Settings) -> Fields:
    ours, theirs = (group.dimensions[lens.id, dimension.id] for group in (own, others))
    fields = _value_fields(own, ours)
    return {**fields, "others": _others_fields(own, ours, others, theirs, settings)} if others.people else fields


def _value_fields(own: Group, dimension: _Dimension) -> Fields:
    return _told_fields(own, dimension) if own.shows(dimension) else dict(_HIDDEN)


def _told_fields(group: Group, dimension: _Dimension) -> Fields:
    fields = {"visible": True, "people_scored": dimension.people_scored}
    found = group.scored(dimension)
    if found.value is None:
        return {**fields, "reason": found.reason}
    return {**fields, "value": str(found.value), "shown": shown(found.value), "band": band(found.value)}


def _others_fields(own: Group, ours: _Dimension, others: Group, theirs: _Dimension, settings: Settings) -> Fields:
    if not (own.shows(ours) and others.shows(theirs)):
        return dict(_HIDDEN)
    fields: Fields = {"visible": True, "people_scored": theirs.people_scored}
    value, mean = ours.value(), theirs.value()
    if mean is None:
        return fields
    fields |= {"others_mean": str(mean), "others_shown": shown(mean)}
    if value is None:
        return fields
    gap = value - mean
    return fields | {"gap": str(gap), "gap_shown": shown(gap), "finding": gap_finding(gap, settings)}


def _subgroups_fields(framework: Framework, form: str, own: Group, sheets: Collection[Sheet], by: str) -> Fields:
    shown, left = parts(framework, by, sheets, own.minimum)
    *groups, rest = (Group(framework, form, each, own.minimum) for each in (*(each.sheets for each in shown), left))
    told = told_apart(own, groups, rest)

    def lens_fields(group: Group, lens: Lens) -> Fields:
        return {each.id: dimension_fields(group, (lens.id, each.id)) for each in lens.dimensions}

    def dimension_fields(group: Group, key: tuple[str, str]) -> Fields:
        return _told_fields(group, group.dimensions[key]) if key in told else dict(_HIDDEN)

    return {
        "by": by,
        "groups": [
            {
                "id": each.id,
                "name": each.name,
                "visible": True,
                "people": group.people,
                "lenses": {lens.id: lens_fields(group, lens) for lens in framework.reported(form)},
            }
            for each, group in zip(shown, groups, strict=True)
        ],
        "hidden": rest.people > 0,
    }


def _sign_fields(own: Group, ticked: int, *, counted: bool) -> Fields:
    if own.people < own.minimum:
        return dict(_HIDDEN)
    return {"visible": True, **({"ticked": ticked} if counted else {"reached_minimum_group": ticked >= own.minimum})}


def _to_discuss(indicators: Mapping[str, Fields]) -> list[str]:
    """What to talk about first (METHOD 2.9): far apart or wide, then most not sure, then lowest."""

    def place(id_: str) -> tuple[bool, int, Fraction]:
        fields = indicators[id_]
        apart = fields.get("far_apart_voice") or fields.get("agreement") == "wide"
        return not apart, -_not_sure(fields), Fraction(fields.get("mean", 0))

    answered = [
        id_ for id_, each in indicators.items() if each["visible"] and (each["levels_given"] or _not_sure(each))
    ]
    return sorted(answered, key=place)


def _not_sure(fields: Fields) -> int:
    """As far as it is shown."""
    return int(fields.get("not_sure") or fields.get("some_not_sure") or 0)
