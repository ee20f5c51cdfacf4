"""The framework: what its files hold, frozen and complete once built. This module knows no files.

Every key is explained below itself; the JSON Schemas, and what an editor shows while one types, are made from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_LARGEST = 9999
"""No threshold is near it: it keeps a slip of the finger from being worked with."""

Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")]
Count = Annotated[int, Field(ge=1)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
"""A language, as the web names it (BCP 47): `cy`, `en-GB`."""

RuleName = Literal["alignment", "compensatory", "coverage", "balance", "profile"]
FormLenses = tuple[Id, ...] | Literal["all"]


def _fraction(value: object) -> Fraction:
    """Read `3`, `"3/5"` or a Fraction."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST:
        return Fraction(value)
    if isinstance(value, str) and re.fullmatch(r"\d{1,4}(/[1-9]\d{0,3})?", value):
        return Fraction(value)
    raise ValueError("a whole number or a fraction such as 3/5 is wanted")


def _at_most_one(value: Fraction) -> Fraction:
    if value > 1:
        raise ValueError("a share of a whole is 1 at most, such as 3/5")
    return value


_FRACTION_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 9999},
        {"type": "string", "pattern": "^[0-9]{1,4}(/[1-9][0-9]{0,3})?$"},
    ]
}

Share = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(_FRACTION_SCHEMA),
]
"""An exact number, written `3` or `3/5`."""

PartOfAll = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    AfterValidator(_at_most_one),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(_FRACTION_SCHEMA),
]
"""A share of a whole, from 0 to 1, written `3/5`."""


def _off(value: object) -> object:
    """YAML reads an unquoted `off` as false, which is what its author means."""
    return "off" if value is False else value


LevelTexts = Annotated[
    Mapping[Annotated[int, Field(ge=1, le=7)], Text],
    AfterValidator(lambda texts: MappingProxyType(dict(sorted(texts.items())))),
    PlainSerializer(dict, return_type=dict[int, str]),
    WithJsonSchema(
        {
            "type": "object",
            "patternProperties": {"^[1-7]$": {"type": "string", "minLength": 1}},
            "additionalProperties": False,
        }
    ),
]
"""A text for each level, by its number."""

States = Mapping[str, frozenset[str]]

_BETWEEN = frozenset({"lowest", "highest", "level"})
_MISSING = frozenset({"missing"})
_COUNTED = frozenset({"count", "total"})

RULES: Mapping[RuleName, States] = MappingProxyType(
    {
        "alignment": {
            "aligned": _BETWEEN,
            "out-of-line": _BETWEEN,
            "in-step-but-early": _BETWEEN,
            "not-enough-answers": _MISSING,
        },
        "compensatory": {
            "even": _BETWEEN,
            "compensating": _BETWEEN | {"carrying", "carried"},
            "held-back": _BETWEEN | {"held_back", "carrying", "carried"},
            "not-enough-answers": _MISSING,
        },
        "coverage": {
            "all": _COUNTED | {"lowest", "highest"},
            "gaps": _COUNTED | {"at_most", "gaps"},
            "unknown-remain": _COUNTED | {"at_most", "unknown"},
            "lens-does-not-apply": _COUNTED,
        },
        "balance": {"balanced": _BETWEEN, "leaning": _BETWEEN, "both-early": _BETWEEN, "not-enough-answers": _MISSING},
        "profile": {"profile": _BETWEEN, "essential-low": _BETWEEN, "not-enough-answers": _MISSING},
    }
)
"""For each rule its states, and for each state the placeholders that its message may use (METHOD 1.3, DESIGN 4 and 5)."""


class _Part(BaseModel):
    """What all parts of a framework have in common: frozen, exact about types, and no key but those named."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)


class Level(_Part):
    """One of the described states that a team can be in."""

    level: Annotated[int, Field(ge=1, le=7)]
    """Its number, counted from 1."""
    name: Text
    """One or two words, such as Starting. No word that an inspector uses."""
    meaning: Text
    """What must be true at this level, whatever the question."""


class Prompt(_Part):
    """A question about the assessment itself, with a line of help."""

    question: Text
    """What is asked, ending in a question mark."""
    help: Text
    """How to answer it."""


class Scope(_Part):
    """What people are asked first, so that everyone answers about the same thing."""

    work: Prompt
    """Which piece of work they answer about."""
    team: Prompt
    """Who "we" is."""


class Form(_Part):
    """Which indicators are asked together. An indicator names the forms it is in."""

    id: Id
    """What sheets and the addresses of pages call it."""
    name: Text
    """What people call it."""
    summary: Text
    """What the form is for and what it reports, in a sentence."""
    minutes: Count
    """About how long it takes. `balcony check` says so when the words of the form say otherwise."""
    lenses: FormLenses | None = None
    """The lenses it reports, or `all`. Each of their dimensions needs a question in the form. Left out: every lens that the form covers."""


class Settings(_Part):
    """The thresholds. All of them are reasoned, none is validated (METHOD 7)."""

    minimum_answered_share: PartOfAll = Fraction(3, 5)
    """Of the questions that apply, the share that must be answered for a dimension to have a result."""
    minimum_answered_count: Count = 2
    """Levels that must be given for a dimension to have a result, or one for every question where it has fewer."""
    minimum_applicable_share: PartOfAll = Fraction(3, 5)
    """Of a coverage lens's dimensions, the share that must apply; below it the lens does not apply."""
    alignment_gap: Share = Fraction(1)
    """Highest less lowest, from which an alignment lens is out of line."""
    alignment_level: Share = Fraction(3)
    """Every dimension at least here, to be aligned."""
    balance_gap: Share = Fraction(1)
    """Higher less lower, from which a balance lens is leaning."""
    balance_level: Share = Fraction(3)
    """Both dimensions at least here, to be balanced."""
    compensatory_floor: Share = Fraction(2)
    """A dimension below this holds the others back."""
    compensatory_cap: Count = 2
    """The level named at most, when something is held back."""
    carrying_gap: Share = Fraction(1)
    """Highest less lowest, from which one dimension carries another."""
    coverage_level: Share = Fraction(3)
    """From here a dimension is looked after."""
    essential_level: Share = Fraction(3)
    """Below this, a dimension marked essential heads a profile lens."""
    minimum_group: Count = 5
    """People, for anything about a group to be shown."""
    minimum_group_allowed: Annotated[
        tuple[Count, Count],
        WithJsonSchema({"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2}),
    ] = (3, 10)
    """The smallest and largest minimum group that a team or an edition may choose."""
    counted_group: Count = 10
    """People, from which an anonymous team sees how many gave each level (METHOD 2.10)."""
    minimum_for_spread: Count = 4
    """People, for a word about how close their answers are."""
    close_spread: Share = Fraction(2, 5)
    """Average distance from the mean, at most, for answers to be close."""
    wide_spread: Share = Fraction(4, 5)
    """Average distance from the mean, above which answers are wide apart."""
    far_apart: Count = 3
    """Levels between highest and lowest answer, from which a voice is far apart."""
    clear_change_sheet: Share = Fraction(1)
    """Levels, from which one sheet's change is called a change."""
    clear_change_team: Share = Fraction(1, 2)
    """Levels, from which a team's change is called a change."""
    clear_change_team_size: Count = 5
    """People on both dates, for the team's threshold to count."""
    benchmark_sheets: Count = 50
    """Sheets with a value in a dimension, for a benchmark of it to be published."""
    others_gap: Share = Fraction(1)
    """Levels between a team's own view and others', from which a blind spot is possible."""
    warning_signs_some: Count = 2
    """Warning signs ticked, from which we say some."""
    warning_signs_many: Count = 4
    """Warning signs ticked, from which we say many."""
    days_kept: Count = 30
    """Days after its last change that a sheet saved on a person's device is cleared from it (METHOD 3.4)."""


class Option(_Part):
    """One answer to a context question."""

    id: Id
    """What sheets call it."""
    label: Text
    """What people choose."""
    hint: Text | None = None
    """How those who choose it should read their results, in one or two short sentences: 35 words at most. Left out: results say nothing of it."""
    lens: Id | None = None
    """The lens that they should look at first, named along with the hint."""


class ContextQuestion(_Part):
    """A question about the setting. It is never scored."""

    id: Id
    """What sheets call it."""
    question: Text
    """What is asked, ending in a question mark."""
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    """The answers to choose from, two at least."""


class WarningSign(_Part):
    """Something that a team may have seen. Ticked or not, never scored on the levels."""

    id: Id
    """What sheets call it."""
    text: Text
    """What a team may have seen, as a sentence."""
    why: Text
    """What the sign may be telling us."""


class Citation(_Part):
    """Where an idea comes from."""

    source: Id
    """The id of a publication in sources.yml."""
    part: Text
    """Which idea of it is used, in our own words."""


class Indicator(_Part):
    """One question with its level descriptions, evidence prompts, next steps and discussion question."""

    id: Id
    """Short words that a person can type. It never changes; see `formerly`."""
    formerly: tuple[Id, ...] = ()
    """Ids that this indicator had before, so that old answers find it."""
    revision: Count
    """Goes up by one when the question or a level changes its meaning. Answers compare only on equal revisions."""
    label: Text
    """A short name for lists and results."""
    question: Text
    """One idea, 14 words at most."""
    intent: Text
    """What is true of a team that does this well."""
    why: Text
    """Why it matters, in two short sentences."""
    levels: LevelTexts
    """One sentence for each level. One subject climbs, one claim a rung, 18 words at most."""
    evidence: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    """Three things that one could point to: events, dates, or whom to ask."""
    next_steps: LevelTexts
    """For each level one step, small enough for this month and one rung up."""
    discuss: Text
    """A question that a team feels."""
    not_applicable: Text | None = None
    """Who may say that the question does not apply to them. Left out: nobody may."""
    forms: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The forms that ask it."""
    exercises: tuple[Id, ...] = ()
    """Exercises that help with it."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """Where the idea comes from."""


class Section(_Part):
    """A page of indicators: how people answer."""

    id: Id
    """The name of its file, and its address on the page."""
    name: Text
    """One to three words."""
    summary: Text
    """What the section asks about, in a sentence."""
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    """Its questions, in the order in which they are asked. Four to six make a page."""


class Dimension(_Part):
    """A part of a lens. Its indicators feed it."""

    id: Id
    """Short words. Within one lens it is given once."""
    name: Text
    """What results call it. It stands in sentences beside other names."""
    summary: Text
    """What it is about, in a sentence."""
    essential: bool = False
    """In a profile lens: when it is low, it heads the result whatever the rest."""
    indicators: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The questions that feed it. Within one lens an indicator counts once."""


class Lens(_Part):
    """A way to read the answers, taken from a source."""

    id: Id
    """The name of its file, and its address."""
    name: Text
    """What people call it."""
    rule: RuleName
    """How the dimensions combine. A lens with another rule is another lens, with another id."""
    summary: Text
    """The question that the lens answers, in a sentence."""
    intro: Text
    """What the model is, for someone who meets it for the first time."""
    claim: Text
    """What the source holds about how the parts combine, and the rule that follows."""
    discuss: Text
    """A question about the lens as a whole."""
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=2)]
    """Its parts, two at least."""
    messages: Mapping[str, Text]
    """What a result says, for each state of the rule. Placeholders are filled with names: they must fit one name and several."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """Where the model comes from."""


class Step(_Part):
    """One step of an exercise."""

    minutes: Count
    """How long it takes."""
    do: Text
    """What to do, as one would say it to the room."""


class CardQuestion(_Part):
    """One question of a pocket card."""

    name: Text
    """The word or two that it goes by. On one card it is given once."""
    question: Text
    """What is asked, 18 words at most, so that it can be read from a small card."""


class Exercise(_Part):
    """Something that a team can do in a meeting, from one printed page."""

    id: Id
    """The name of its file, and its address."""
    name: Text
    """What people call it."""
    purpose: Text
    """What it is for, as `To …`."""
    who: Text
    """Who should be there."""
    minutes: Count
    """The minutes of its steps, added up."""
    group_size: Text
    """How many people, in words or figures."""
    materials: tuple[Text, ...] = ()
    """What to bring."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """What to do, in order."""
    card: Annotated[tuple[CardQuestion, ...], Field(min_length=2)] = ()
    """Questions to carry around, two at least. The page prints them as a pocket card."""
    write_down: Text
    """What to keep from it."""
    watch_out_for: Text
    """What tends to go wrong, and what helps."""
    for_: Annotated[tuple[Id, ...], Field(alias="for", min_length=1)]
    """The indicators that it helps with."""
    lens: Id | None = None
    """The lens whose dimensions it walks through, if any."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """Where the idea comes from."""


class Source(_Part):
    """A publication. Titles stand as their publishers give them."""

    title: Text
    """As the publication has it."""
    authors: Text
    """As the publication names them."""
    year: int
    """The year it was published, such as 2013."""
    publisher: Text
    """Who published it, or where."""
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    """Where it can be read, if it stands in our copy."""
    note: Text
    """How far it was read and used."""
    language: Language | None = None
    """The language of its title, where that is not the framework's."""


class Term(_Part):
    """A word of the glossary."""

    term: Text
    """The word or words. Each is explained once."""
    meaning: Text
    """What we mean by it, in a sentence or two."""
    see: tuple[Id, ...] = ()
    """Lenses and indicators where it matters."""


class Hide(_Part):
    """What an edition has no use for."""

    lenses: tuple[Id, ...] = ()
    """Lenses of the framework that it does not report."""
    exercises: tuple[Id, ...] = ()
    """Exercises of the framework that it leaves out."""
    pages: tuple[Annotated[str, StringConstraints(pattern=r"^[\w/.-]+\.md$")], ...] = ()
    """Pages in content/ that it leaves out, such as guide/publish.md."""


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as six hexadecimal digits, such as `#0b4f5a`."""


class Colours(_Part):
    """An edition's own colours. What must be read on them or beside them is checked."""

    primary: Colour
    """Behind the head of each page, under white letters."""
    accent: Colour
    """Of links, buttons and marks, on white."""
    accent_dark: Colour | None = None
    """The same on dark screens. Left out: made lighter from `accent` until it can be read."""


class Edition(_Part):
    """What edition.yml holds: whose edition it is, on which release it builds, and how it looks."""

    id: Id
    """The name of its folder. Whatever it adds begins with it."""
    name: Text
    """What its pages are called."""
    organisation: Text
    """Who publishes it."""
    contact: Text
    """How to reach them: an address for email or the web."""
    based_on: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*@(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")]
    """The framework and the release that it builds on, such as `systems-leadership@1.0.0`."""
    summary: Text | None = None
    """What it is for, in a sentence. Left out: as the framework says."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)
    """The languages of its pages. The first one stands at the top of the site, each other one in a folder that it names."""
    minimum_group: Count | None = None
    """People, for anything about a group to be shown. Left out: as the framework says."""
    hide: Hide = Hide()
    """What of the framework it leaves out."""
    variables: Mapping[str, Text] = {}
    """Its own word for each of the framework's `variables` that it wants to set, in small letters."""
    colours: Colours | None = None
    """Its own colours. Left out: the framework's."""
    logo: Annotated[str, StringConstraints(pattern=r"^[\w-]+(/[\w-]+)*\.svg$")] | None = None
    """An SVG file in the edition's folder. Left out: the framework's mark."""
    site_url: Annotated[str, StringConstraints(pattern=r"^https://\S+/$")] | None = None
    """Where it is published, ending in a slash."""

    @property
    def release(self) -> str:
        """The version that it builds on."""
        return self.based_on.split("@")[1]

    @property
    def base(self) -> str:
        """The same in words: `systems-leadership, version 1.0.0`."""
        return self.based_on.replace("@", ", version ")


class EditionNote(_Part):
    """What an edition's pages and sheets say of themselves."""

    id: Id
    """The edition's id."""
    name: Text
    """Its name."""
    organisation: Text
    """Who publishes it."""
    contact: Text
    """How to reach them."""
    based_on: Text
    """The framework and the release that it builds on, in words."""


class Outline(_Part):
    """What framework.yml holds: the framework's own facts, and the order of its sections and lenses."""

    id: Id
    """What sheets call the framework. It never changes."""
    name: Text
    """What people call the framework."""
    version: Version
    """Three numbers. `balcony release` sets it."""
    language: Language = "en"
    """The language of its texts, such as `en` or `cy`."""
    summary: Text
    """What it is for, in a sentence."""
    licence: Text
    """Under which licence the text may be used, such as CC-BY-4.0."""
    levels: Annotated[tuple[Level, ...], Field(min_length=3, max_length=7)]
    """The described states, from the first to the last: 3 to 7."""
    scope: Scope
    """What people are asked first, so that they answer about the same thing."""
    choosing: Text
    """How to choose a level, shown on the start page and on paper."""
    sections: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Their order. Each is a file in sections/."""
    lenses: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Their order. Each is a file in lenses/."""
    headline_lenses: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The lenses that results show first."""
    forms: Annotated[tuple[Form, ...], Field(min_length=1)]
    """Which indicators are asked together: a short look and a full one, for example."""
    settings: Settings
    """The thresholds of scoring."""
    context: tuple[ContextQuestion, ...] = ()
    """Questions about the setting that are never scored."""
    warning_signs: tuple[WarningSign, ...] = ()
    """Things to tick that a team may have seen."""
    closing_questions: tuple[Text, ...] = ()
    """Questions that the results end with."""
    pocket_card: Id | None = None
    """The exercise whose card goes with the results. On paper the closing questions stand on its back."""
    variables: tuple[Annotated[Text, StringConstraints(pattern=r"^[a-z]+( [a-z]+)*$")], ...] = ()
    """Words in small letters that differ by setting, such as `staff`. An edition may set another for each, throughout."""
    edition: EditionNote | None = None
    """Which edition this is, where it is one. `balcony build --edition` writes it."""
    writing_rules: Annotated[
        Literal["off"] | tuple[Annotated[int, Field(ge=1, le=12)], ...] | None,
        BeforeValidator(_off),
        WithJsonSchema(
            {
                "anyOf": [
                    {"enum": ["off", False]},
                    {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 12}},
                ]
            }
        ),
    ] = None
    """`off`, or the numbers of the writing rules to keep, for frameworks whose text is not ours. Left out: all of them."""


class MadeFor(_Part):
    """The framework by which a benchmark was made."""

    id: Id
    """The framework's id."""
    version: Version
    """Its version then."""


Tenth = Annotated[str, StringConstraints(pattern=r"^[0-9]\.[0-9]$")]
"""A level with one decimal place, such as `2.4`, exact because it is text."""


class Range(_Part):
    """Where the middle half of people's values in a dimension lies, and what they were asked."""

    sheets: Count
    """Sheets with a value in the dimension."""
    from_: Annotated[Tenth, Field(alias="from")]
    """The lower quartile."""
    to: Tenth
    """The upper quartile."""
    indicators: Mapping[str, Count]
    """The questions that fed the dimension, each with its revision then. Once one has changed, the range is left out."""


class Benchmark(_Part):
    """What many sheets came to, for teams to see beside their own. `balcony cohort --benchmark` writes it."""

    format: Literal["balcony-benchmark/1"]
    """The format of the file."""
    framework: MadeFor
    """Which framework was answered."""
    name: Text | None = None
    """Whose sheets they are, in a few words, such as "Fire services, 2026". Written by hand. Left out: Teams like ours."""
    period: Text | None = None
    """When they were filled in. Written by hand."""
    note: Text | None = None
    """Who is in it and how they came to be, in a sentence or two. Written by hand."""
    benchmark_sheets: Count
    """Sheets that a dimension needed to be in it."""
    forms: Mapping[str, Mapping[str, Mapping[str, Range]]]
    """By form, by lens and by dimension, a range for each that may be told."""


class Framework(_Part):
    """A whole framework, complete and consistent: every reference in it leads somewhere."""

    outline: Outline
    sections: tuple[Section, ...]
    lenses: tuple[Lens, ...]
    exercises: tuple[Exercise, ...]
    glossary: tuple[Term, ...]
    sources: Mapping[str, Source]

    def as_data(self) -> dict[str, Any]:
        """All of it with the keys of the YAML, as JSON has it: for releases, and for other people's tools."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {**data.pop("outline"), **data}

    @property
    def id(self) -> str:
        """The id that sheets name."""
        return self.outline.id

    @property
    def version(self) -> str:
        """The version that sheets name."""
        return self.outline.version

    @property
    def settings(self) -> Settings:
        """The thresholds."""
        return self.outline.settings

    @property
    def level_count(self) -> int:
        """How many levels there are, 3 to 7."""
        return len(self.outline.levels)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by its id, in the order of the sections."""
        return {indicator.id: indicator for section in self.sections for indicator in section.indicators}

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Every form by its id."""
        return {form.id: form for form in self.outline.forms}

    @cached_property
    def lenses_by_id(self) -> Mapping[str, Lens]:
        """Every lens by its id, in the order of framework.yml."""
        return {lens.id: lens for lens in self.lenses}

    @cached_property
    def exercises_by_id(self) -> Mapping[str, Exercise]:
        """Every exercise by its id."""
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def uses(self) -> Mapping[str, tuple[tuple[Lens, Dimension], ...]]:
        """For each indicator the lenses and dimensions that it feeds."""
        found: dict[str, list[tuple[Lens, Dimension]]] = {id_: [] for id_ in self.indicators}
        for lens in self.lenses:
            for dimension in lens.dimensions:
                for id_ in dimension.indicators:
                    found[id_].append((lens, dimension))
        return {id_: tuple(pairs) for id_, pairs in found.items()}

    def asked(self, form: str) -> tuple[Indicator, ...]:
        """The indicators of a form, in order."""
        return tuple(indicator for indicator in self.indicators.values() if form in indicator.forms)

    def reported(self, form: str) -> tuple[Lens, ...]:
        """The lenses that a form reports: those it claims, or else those of which every dimension has a question in it."""
        claimed = self.forms[form].lenses
        if claimed == "all":
            return self.lenses
        if claimed is not None:
            return tuple(lens for lens in self.lenses if lens.id in claimed)
        asked = {indicator.id for indicator in self.asked(form)}
        return tuple(lens for lens in self.lenses if covers(asked, lens))


def covers(asked: set[str], lens: Lens) -> bool:
    """Whether every dimension of a lens has at least one question among those asked."""
    return all(asked.intersection(dimension.indicators) for dimension in lens.dimensions)


FILE_KINDS: Mapping[str, Any] = MappingProxyType(
    {
        "framework": Outline,
        "section": Section,
        "lens": Lens,
        "exercise": Exercise,
        "glossary": tuple[Term, ...],
        "sources": dict[Id, Source],
        "benchmark": Benchmark,
        "edition": Edition,
    }
)
"""What each kind of file holds."""

RULE_NAMES: tuple[RuleName, ...] = get_args(RuleName)
