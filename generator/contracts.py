"""What other people's tools may rely on: the JSON that scoring gives, as models of which its schemas are made (DESIGN 5).

Scoring itself knows nothing of these: it gives plain fields, as the browser does. Tests hold what both give against them.
A number that decides something is a fraction in lowest terms, as text; beside it stands what a page shows, rounded once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from generator.diff import Effect, Size
from generator.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

Fraction = Annotated[str, StringConstraints(pattern=r"^-?\d+(/[1-9]\d*)?$")]
"""An exact number in lowest terms, such as `3` or `5/3`."""
Shown = Annotated[str, StringConstraints(pattern=r"^-?\d+\.\d$")]
"""The same as a page shows it, rounded half up to one decimal place, such as `1.7`."""
Count = Annotated[int, Field(ge=0)]
Level = Annotated[int, Field(ge=1, le=7)]
Ids = list[str]
Agreement = Literal["close", "some-spread", "wide"]
TooFew = Literal["fewer-than-minimum-group"]


class _Told(BaseModel):
    """What a reader may find. More may stand beside it one day; what is named here stays."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class FrameworkName(_Told):
    """Which framework the answers were scored by."""

    id: str
    """The id that the framework has in framework.yml."""
    version: str
    """Such as `1.0.0`."""


class Progress(_Told):
    """How far a form was answered."""

    answered: Count
    """Questions with a level, `not-sure` or `not-applicable`."""
    of: Count
    """Questions of the form."""


class WarningSigns(_Told):
    """The warning signs that were ticked."""

    ticked: Count
    """How many."""
    of: Count
    """How many there are."""
    band: Literal["few", "some", "many"]
    """In a word, by the framework's settings."""


# Dimensions


class ScoredDimension(_Told):
    """A dimension with enough answers for a value."""

    scored: Literal[True]
    """That it has a value."""
    value: Fraction
    """The mean of the levels given."""
    shown: Shown
    """The same, rounded."""
    band: Level
    """The level that the value is nearest to; half-way goes down."""
    lowest: Level
    """The lowest level given."""
    highest: Level
    """The highest level given."""
    levels_given: Count
    """Questions answered with a level."""
    applicable: Count
    """Questions that apply."""
    could_be_from: Fraction | None = None
    """The value, if every missing answer were the lowest level. Left out where none is missing."""
    could_be_to: Fraction | None = None
    """The value, if every missing answer were the highest level. Left out where none is missing."""


class UnscoredDimension(_Told):
    """A dimension with too few answers."""

    scored: Literal[False]
    """That it has no value."""
    reason: Literal["nothing-applies", "fewer-than-minimum-count", "below-minimum-share"]
    """Why not."""
    levels_given: Count
    """Questions answered with a level."""
    applicable: Count
    """Questions that apply."""


# What each rule says of a lens


D = TypeVar("D")


class _Lens(_Told, Generic[D]):
    dimensions: dict[str, D]
    """By id, in the framework's order."""


class _Ends(_Told):
    lowest: Ids
    """The dimensions with the lowest value."""
    highest: Ids
    """The dimensions with the highest value."""


class _Value(_Told):
    value: Fraction
    """The value of the lens, as its rule has it."""
    shown: Shown
    """The same, rounded."""
    band: Level
    """The level that the value is nearest to; half-way goes down."""
    gap: Fraction
    """The highest dimension's value less the lowest's."""


class Alignment(_Lens[D], _Value, _Ends, Generic[D]):
    """Progress only when all are in line: the lowest dimension sets the value."""

    rule: Literal["alignment"]
    """How the lens combines its dimensions."""
    state: Literal["aligned", "out-of-line", "in-step-but-early"]
    """What came of it."""


class Balance(_Lens[D], _Value, _Ends, Generic[D]):
    """Two dimensions held in tension: the lower one sets the value."""

    rule: Literal["balance"]
    """How the lens combines its dimensions."""
    state: Literal["balanced", "leaning", "both-early"]
    """What came of it."""
    leans_to: Ids | None = None
    """The stronger side. Left out unless it is leaning."""


class Compensatory(_Lens[D], _Value, Generic[D]):
    """Strength may make up for weakness, down to a floor: the value is the mean."""

    rule: Literal["compensatory"]
    """How the lens combines its dimensions."""
    state: Literal["even", "compensating", "held-back"]
    """What came of it."""
    held_back: Ids
    """Dimensions below the floor."""
    carrying: Ids
    """The highest dimensions, where the gap is wide."""
    carried: Ids
    """The lowest dimensions, where the gap is wide."""
    capped_from: Level | None = None
    """The band that the mean alone would have. Left out where nothing was capped."""


class Coverage(_Lens[D], Generic[D]):
    """All of them, always: dimensions are counted, and none pays for another."""

    rule: Literal["coverage"]
    """How the lens combines its dimensions."""
    state: Literal["all", "gaps", "unknown-remain", "lens-does-not-apply"]
    """What came of it."""
    count: Count
    """Dimensions attended to."""
    of: Count
    """Dimensions that apply."""
    could_be_to: Count
    """The count, if all that is unknown were attended to."""
    attended: Ids
    """Those attended to."""
    not_attended: Ids
    """Those not attended to."""
    unknown: Ids
    """Those with too few answers."""
    not_applicable: Ids
    """Those to which no question applies."""


class Profile(_Lens[D], _Ends, Generic[D]):
    """A list without a rule of its own: nothing is added up."""

    rule: Literal["profile"]
    """How the lens combines its dimensions."""
    state: Literal["profile", "essential-low"]
    """What came of it. `essential-low`: an essential dimension is below the level that it needs."""
    typical_band: Level
    """The middle one of the dimensions' bands; of two, the lower."""


class NotEnough(_Lens[D], Generic[D]):
    """A lens that cannot be told yet."""

    rule: Literal["alignment", "balance", "compensatory", "profile"]
    """How the lens combines its dimensions."""
    state: Literal["not-enough-answers"]
    """That there are too few answers."""
    missing: Ids
    """The dimensions without a value."""


ScoredLens = (
    Alignment[ScoredDimension | UnscoredDimension]
    | Balance[ScoredDimension | UnscoredDimension]
    | Compensatory[ScoredDimension | UnscoredDimension]
    | Coverage[ScoredDimension | UnscoredDimension]
    | Profile[ScoredDimension | UnscoredDimension]
    | NotEnough[ScoredDimension | UnscoredDimension]
)


class Result(_Told):
    """What scoring one sheet gives. `balcony score` prints it, and the results page saves it, equal to the last digit."""

    format: Literal["balcony-result/1"]
    """The format's name and number."""
    framework: FrameworkName
    """Which framework the answers were scored by."""
    form: str
    """The id of the form that was answered."""
    progress: Progress
    """How far it was answered."""
    lenses: dict[str, ScoredLens]
    """By id, those that the form reports, in the framework's order."""
    warning_signs: WarningSigns
    """What was ticked."""


# The team view


class Hidden(_Told):
    """Something that is not shown, because too few people stand behind it. No other figure tells of it."""

    visible: Literal[False]
    """That it is hidden."""
    reason: TooFew
    """Why: one reason for all."""


class SetAside(_Told):
    """A file that takes no part."""

    file: str
    """Its name."""
    reason: str
    """Why, in a sentence."""


class SheetCounts(_Told):
    """Whose sheets were looked at together."""

    own: Count
    """Sheets of the team."""
    others: Count
    """Sheets of others about the team."""
    set_aside: list[SetAside]
    """Files that take no part."""


class UnansweredIndicator(_Told):
    """One question to which nobody gave a level."""

    visible: Literal[True]
    """That it is shown."""
    people: Count
    """The team's own sheets."""
    levels_given: Count
    """People who gave a level."""
    some_not_sure: bool | None = None
    """Whether anybody was not sure. Left out where it would tell of one person, and where `not_sure` counts them."""
    not_sure: Count | None = None
    """How many were not sure. In the open mode, and from ten people."""
    counts: list[Count] | None = None
    """People at each level, from the first up. In the open mode, and from ten people."""


class AnsweredIndicator(UnansweredIndicator):
    """One question, as a team answered it."""

    mean: Fraction
    """The mean level."""
    shown: Shown
    """The same, rounded."""
    median: Fraction
    """The middle level; of an even number, half-way between the two."""
    lowest: Level
    """The lowest level given."""
    highest: Level
    """The highest level given."""
    range: Count
    """The highest less the lowest."""
    ad_mean: Fraction
    """The average distance from the mean, in levels (Burke and Dunlap 2002)."""
    agreement: Agreement | None
    """How close the levels are, in a word; null with too few people for one."""
    far_apart_voice: bool
    """Whether two people are so far apart that an average would hide it."""


class Others(_Told):
    """How others see a dimension, beside the team's own view."""

    visible: Literal[True]
    """That it is shown."""
    people_scored: Count
    """Others with a value."""
    others_mean: Fraction | None = None
    """The mean of their values."""
    others_shown: Shown | None = None
    """The same, rounded."""
    gap: Fraction | None = None
    """The team's value less theirs."""
    gap_shown: Shown | None = None
    """The same, rounded."""
    finding: Literal["no-clear-difference", "possible-blind-spot", "possible-hidden-strength"] | None = None
    """The gap in words."""


class PartValue(_Told):
    """A dimension, as people see it."""

    visible: Literal[True]
    """That it is shown."""
    people_scored: Count
    """People with a value."""
    value: Fraction | None = None
    """The mean of people's own values. Left out where nobody has one."""
    shown: Shown | None = None
    """The same, rounded."""
    band: Level | None = None
    """The level that the value is nearest to; half-way goes down."""
    reason: Literal["nothing-applies", "nobody-scored"] | None = None
    """Why it has no value. Left out where it has one."""


class TeamDimension(PartValue):
    """A dimension, as a team sees it."""

    others: Others | Hidden | None = None
    """Left out where no sheet is of others."""


class HiddenDimension(Hidden):
    """A dimension that is not shown."""

    others: Hidden | None = None
    """Hidden with it. Left out where no sheet is of others."""


class _Shown(_Told):
    visible: Literal[True]
    """That all is shown that its rule needs."""


TeamParts = TeamDimension | HiddenDimension


class TeamAlignment(_Shown, Alignment[TeamParts]):
    """Alignment, of a team's values."""


class TeamBalance(_Shown, Balance[TeamParts]):
    """Balance, of a team's values."""


class TeamCompensatory(_Shown, Compensatory[TeamParts]):
    """Compensation, of a team's values."""


class TeamCoverage(_Shown, Coverage[TeamParts]):
    """Coverage, of a team's values."""


class TeamProfile(_Shown, Profile[TeamParts]):
    """A profile, of a team's values."""


class TeamNotEnough(_Shown, NotEnough[TeamParts]):
    """A lens that a team's answers cannot tell yet."""


class HiddenLens(Hidden, _Lens[TeamParts]):
    """A lens whose rule would need what is hidden."""

    rule: Literal["alignment", "balance", "compensatory", "coverage", "profile"]
    """How the lens combines its dimensions."""


class TeamSign(_Told):
    """A warning sign, as a team ticked it."""

    visible: Literal[True]
    """That it is shown."""
    ticked: Count | None = None
    """People who ticked it. In the open mode, and from ten people."""
    reached_minimum_group: bool | None = None
    """Whether the minimum group ticked it. Below ten people in the anonymous mode."""


class Part(_Told):
    """A part of the team beside the others."""

    id: str
    """The option's id, or the team's name in lower case."""
    name: str
    """What people call it."""
    visible: Literal[True]
    """That it is shown. Parts that are not are not named."""
    people: Count
    """Its sheets."""
    lenses: dict[str, dict[str, PartValue | Hidden]]
    """By lens, then by dimension."""


class Subgroups(_Told):
    """Parts of the team beside each other."""

    by: str
    """`team`, for the team's name on the sheet, or the id of a context question."""
    groups: list[Part]
    """Those that may be shown."""
    hidden: bool
    """Whether there are people in none of them."""


class TeamView(_Told):
    """What several sheets come to together. `balcony score --team` prints it, and the team's page saves it, equal to the last digit."""

    format: Literal["balcony-team/1"]
    """The format's name and number."""
    framework: FrameworkName
    """Which framework the answers were scored by."""
    form: str
    """The id of the form that was looked at."""
    mode: Literal["anonymous", "open"]
    """Whether what could tell of a person is hidden, or all have agreed to show everything."""
    minimum_group: Annotated[int, Field(ge=1)] | None
    """People, for anything about a group to be shown; null in the open mode."""
    sheets: SheetCounts
    """Whose sheets were looked at together."""
    indicators: dict[str, AnsweredIndicator | UnansweredIndicator | Hidden]
    """By id, those of the form."""
    lenses: dict[
        str,
        TeamAlignment | TeamBalance | TeamCompensatory | TeamCoverage | TeamProfile | TeamNotEnough | HiddenLens,
    ]
    """By id, those that the form reports."""
    warning_signs: dict[str, TeamSign | Hidden]
    """By id."""
    discuss: Ids
    """The questions to talk about, the first one first."""
    subgroups: Subgroups | None = None
    """Parts of the team beside each other. Left out unless they were asked for."""


# What the command line prints


class ToldProblem(_Told):
    """One problem, as `balcony check --format json` prints it in a list."""

    file: str
    """The path of the file, as typed or from the current folder."""
    line: Annotated[int, Field(ge=1)]
    """From 1."""
    column: Annotated[int, Field(ge=1)]
    """From 1."""
    where: str
    """What it is about, in words; may be empty."""
    message: str
    """What is wrong."""
    hint: str
    """What is allowed, or what to do; may be empty."""
    severity: Severity
    """An error stops a build. A warning is a matter of taste."""
    rule: str | None
    """The number of the writing rule that it breaks; null where it breaks none."""


class ToldChange(_Told):
    """One thing that is different between two states of a framework."""

    effect: Effect
    """What it does to people: something is asked, scored or read otherwise, is new, or is gone."""
    size: Size
    """Which number of the version it asks for."""
    kind: str
    """What it is about, such as `indicator` or `lens`."""
    id: str
    """Of that."""
    name: str
    """What people call it."""
    field: str
    """Which of its keys, such as `levels 3`; empty for the whole."""
    old: str | None
    """As text; null where there was nothing."""
    new: str | None
    """As text; null where there is nothing."""
    reason: str
    """Why it has this size."""


class ToldDiff(_Told):
    """All that changed between two states of a framework, as `balcony diff --format json` prints it."""

    format: Literal["balcony-diff/1"]
    """The format's name and number."""
    framework: str
    """Its id."""
    old: str
    """The version."""
    new: str
    """The version, or what else the newer state is called."""
    size: Size | None
    """The largest of the changes; null when nothing changed."""
    changes: list[ToldChange]
    """In the order in which readers care."""


CONTRACTS: Mapping[str, tuple[Any, str]] = {
    "result": (Result, "What scoring one sheet gives (balcony-result/1)"),
    "team": (TeamView, "What several sheets come to together (balcony-team/1)"),
    "problems": (list[ToldProblem], "What balcony check --format json prints"),
    "diff": (ToldDiff, "What balcony diff --format json prints (balcony-diff/1)"),
}
"""Each with its title."""
