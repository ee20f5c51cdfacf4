"""Small frameworks and teams, for the tests of the team view."""

from __future__ import annotations

from random_frameworks import CITED, bare_framework, bare_indicator

from generator.model import (
    RULES,
    ContextQuestion,
    Dimension,
    Framework,
    Lens,
    Option,
    Settings,
    WarningSign,
)
from generator.sheet import Given, Sheet

SIGN = "sign"


def small_framework(feeds, top=3, rule="profile", **settings):
    """One lens, with one form that asks every question.

    Arguments:
        feeds: For each question the dimensions that it feeds.
        top: The highest level.
        rule: Of the lens.
        settings: Those that are not as usual.
    """
    ids = dict.fromkeys(dimension for each in feeds.values() for dimension in each)
    words = dict.fromkeys(("name", "summary", "intro", "claim", "discuss"), "words")
    dimensions = tuple(
        Dimension(
            id=id_,
            name=id_,
            summary="words",
            indicators=tuple(question for question in feeds if id_ in feeds[question]),
        )
        for id_ in ids
    )
    # The model wants two dimensions; for these tests one may do.
    lens = Lens.model_construct(
        id="lens",
        rule=rule,
        dimensions=dimensions,
        messages=dict.fromkeys(RULES[rule], "words"),
        sources=CITED,
        **words,
    )
    return bare_framework(
        "small",
        top,
        tuple(bare_indicator(id_, top, ("all",)) for id_ in feeds),
        (lens,),
        ("all",),
        settings=Settings(**settings),
        warning_signs=(WarningSign(id=SIGN, text="words", why="words"),),
    )


def with_context(framework, **questions):
    """The same framework with context questions: the ids of the options by the id of the question."""
    asked = tuple(
        ContextQuestion(
            id=id_, question="Which?", options=tuple(Option(id=each, label=each.title()) for each in options)
        )
        for id_, options in questions.items()
    )
    outline = framework.outline.model_copy(update={"context": asked})
    return Framework.model_construct(
        **{**{name: getattr(framework, name) for name in Framework.model_fields}, "outline": outline}
    )


def sheet_of(answers, perspective="own", form="all", warning_signs=(), **fields):
    """One person's sheet; a question that has None is left blank."""
    return Sheet.model_construct(
        form=form,
        perspective=perspective,
        answers={
            id_: Given.model_construct(answer=each, revision=1) for id_, each in answers.items() if each is not None
        },
        warning_signs=list(warning_signs),
        **{"team": "", "context": {}, **fields},
    )
