"""Random frameworks, small and odd, with random sheets: what both scorers have to agree on."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from generator.model import (
    RULE_NAMES,
    RULES,
    Citation,
    Dimension,
    Form,
    Framework,
    Indicator,
    Lens,
    Level,
    Outline,
    Prompt,
    Scope,
    Section,
    Settings,
    WarningSign,
)

CITED = (Citation(source="somewhere", part="something"),)
ODD_IDS = ("constructor", "length", "item", "name", "elements", "submit", "to-string", "has-own-property", "value-of")
"""Words that objects and forms of the browser know already."""

levels = st.integers(min_value=3, max_value=7)
thirds = st.fractions(min_value=0, max_value=4, max_denominator=6)


@st.composite
def some_settings(draw, top):
    def level():
        return draw(st.fractions(min_value=1, max_value=top, max_denominator=3))

    return Settings(
        minimum_answered_share=draw(st.fractions(min_value=0, max_value=1, max_denominator=7)),
        minimum_answered_count=draw(st.integers(1, 3)),
        minimum_applicable_share=draw(st.fractions(min_value=0, max_value=1, max_denominator=7)),
        alignment_gap=draw(thirds),
        alignment_level=level(),
        balance_gap=draw(thirds),
        balance_level=level(),
        compensatory_floor=level(),
        compensatory_cap=draw(st.integers(1, top)),
        carrying_gap=draw(thirds),
        coverage_level=level(),
        essential_level=level(),
        warning_signs_some=draw(st.integers(1, 3)),
        warning_signs_many=draw(st.integers(3, 6)),
    )


def bare_framework(id_, top, indicators, lenses, forms, **outline):
    """A framework of one section, which says no more than the model wants.

    Arguments:
        id_: Of the framework.
        top: The highest level.
        indicators: All of them.
        lenses: All of them. The first is a headline.
        forms: The ids of the forms.
        outline: What else its outline holds.
    """
    prompt = Prompt(question="q", help="h")
    made = Outline(
        id=id_,
        name=id_.title(),
        version="1.0.0",
        summary="words",
        licence="none",
        levels=tuple(Level(level=n, name=f"Level {n}", meaning="words") for n in range(1, top + 1)),
        scope=Scope(work=prompt, team=prompt),
        choosing="words",
        sections=("only",),
        lenses=tuple(lens.id for lens in lenses),
        headline_lenses=(lenses[0].id,),
        forms=tuple(Form(id=each, name=each, summary="words", minutes=1) for each in forms),
        **outline,
    )
    section = Section(id="only", name="Only", summary="words", indicators=indicators)
    return Framework.model_construct(
        outline=made, sections=(section,), lenses=lenses, exercises=(), glossary=(), sources={}
    )


def bare_indicator(id_, top, forms):
    texts = dict.fromkeys(range(1, top + 1), "text")
    words = dict.fromkeys(("label", "question", "intent", "why", "discuss", "not_applicable"), "words")
    return Indicator(
        id=id_,
        revision=1,
        levels=texts,
        next_steps=texts,
        evidence=("a", "b", "c"),
        forms=forms,
        sources=CITED,
        **words,
    )


@st.composite
def some_lens(draw, number, ids):
    rule = draw(st.sampled_from(RULE_NAMES))
    count = 2 if rule == "balance" else draw(st.integers(2, 7))
    words = dict.fromkeys(("name", "summary", "intro", "claim", "discuss"), "words")
    dimensions = tuple(
        Dimension(
            id=draw(st.sampled_from(ODD_IDS)) if index == 0 else f"part-{index}",
            name=f"Part {index}",
            summary="words",
            essential=rule == "profile" and draw(st.booleans()),
            indicators=tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6, unique=True))),
        )
        for index in range(count)
    )
    return Lens(
        id=f"lens-{number}",
        rule=rule,
        dimensions=dimensions,
        messages={state: " ".join(f"{{{each}}}" for each in sorted(allowed)) for state, allowed in RULES[rule].items()},
        sources=CITED,
        **words,
    )


@st.composite
def some_framework(draw):
    top = draw(levels)
    ids = [
        *draw(st.lists(st.sampled_from(ODD_IDS), max_size=4, unique=True)),
        *(f"indicator-{n}" for n in range(draw(st.integers(3, 20)))),
    ]
    indicators = tuple(
        bare_indicator(id_, top, ("all", "some") if index % 3 else ("all",)) for index, id_ in enumerate(ids)
    )
    lenses = tuple(draw(some_lens(number, ids)) for number in range(draw(st.integers(1, 6))))
    return bare_framework(
        "random",
        top,
        indicators,
        lenses,
        ("all", "some"),
        settings=draw(some_settings(top)),
        warning_signs=tuple(
            WarningSign(id=f"sign-{n}", text="words", why="words") for n in range(draw(st.integers(0, 6)))
        ),
    )


def some_sheet(framework, random):
    """Any mix of answers; some sheets lean to one level, to blanks or to "not applicable", so that every state comes up."""
    one = random.randint(1, framework.level_count)
    anything = [*range(1, framework.level_count + 1), "not-sure", "not-applicable", None]
    likely = random.choice(
        [anything, [one], [one, "not-applicable"], [one, None], [one, min(one + 1, framework.level_count)]]
    )
    answers = {id_: random.choice(likely) for id_ in framework.indicators}
    signs = [sign.id for sign in framework.outline.warning_signs if random.random() < 0.5]
    return {"answers": {id_: given for id_, given in answers.items() if given is not None}, "warning_signs": signs}


@st.composite
def frameworks_with_sheets(draw, sheets):
    """A framework, one of its forms, and sheets made from a drawn seed, which is far faster than drawing every answer."""
    framework = draw(some_framework())
    random = Random(draw(st.integers(0, 2**32)))
    return framework, draw(st.sampled_from(["all", "some"])), [some_sheet(framework, random) for _ in range(sheets)]
