"""What files say about each other, sound or not."""

from fractions import Fraction

import pytest

from generator import references
from generator.document import parse

FRAMEWORK = """\
levels: [{level: 1, name: A}, {level: 2, name: B}, {level: 3, name: C}]
sections: [one]
lenses: [view]
forms: [{id: all, lenses: all}]
settings: {}
"""
SECTION = "id: one\nindicators: [{id: first, forms: [all]}, {id: second, forms: [all]}]\n"
LENS = """\
id: view
rule: profile
dimensions: [{id: a, indicators: [first]}, {id: b, indicators: [second]}]
messages: {profile: "", not-enough-answers: ""}
"""


def problems(framework=FRAMEWORK, section=SECTION, lens=LENS, unread=(), **more: str) -> list[str]:
    files = {"framework": framework, "section": section, "lens": lens, **more}
    names = {"section": "sections/one.yml", "lens": "lenses/view.yml", "exercise": "exercises/quiet.yml"}
    documents = [parse(text.encode(), names.get(kind, f"{kind}.yml"), kind)[0] for kind, text in files.items() if text]
    return [str(problem) for problem in references.problems(documents, frozenset(unread))]


def test_a_sound_framework_has_no_problem():
    assert problems() == []


@pytest.mark.parametrize("kind", ["framework", "section", "lens", "exercise", "glossary", "sources"])
@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[]",
        "{}",
        "[[[x]]]",
        "{id: [1], forms: x, settings: [y], messages: 3, levels: {a: b}}",
        "1",
        "{context: [{options: [x, {lens: [y]}]}], pocket_card: [z], card: [1, {name: [2]}]}",
    ],
)
def test_files_of_any_shape_are_no_traceback(kind, text):
    problems(**{kind: text})


def test_what_an_unread_file_may_define_is_not_missed():
    lens = LENS.replace("[first]", "[elsewhere]").replace("[second]", "[first, second]")
    assert len(problems(lens=lens)) == 1
    assert problems(lens=lens, unread={"section"}) == []
    assert problems(section=SECTION.replace("[all]", "[other]"), framework="", unread={"framework"}) == []


def test_a_framework_may_have_three_levels():
    section = "id: one\nindicators: [{id: first, forms: [all], levels: {1: a, 2: b, 3: c, 4: d}}, {id: second, forms: [all], levels: {1: a}}]\n"
    assert problems(section=section) == [
        "sections/one.yml:2:67: section one, indicator first: levels: there is no level 4; the framework has levels 1 to 3",
        "sections/one.yml:2:102: section one, indicator second: levels: level 2, 3 is missing; give a text for each level from 1 to 3",
    ]


def test_a_former_id_is_not_asked_for_by_lenses():
    assert problems(section=SECTION.replace("id: first,", "id: first, formerly: [older],")) == []


def test_a_form_covers_a_lens_when_each_dimension_has_a_question():
    section = SECTION.replace("{id: second, forms: [all]}", "{id: second, forms: [long]}")
    framework = FRAMEWORK.replace("{id: all, lenses: all}", "{id: all, lenses: [view]}, {id: long}")
    assert problems(section=section, framework=framework) == [
        (
            'framework.yml:4:28: form all, lens 1: the form asks nothing for b of the lens "view"; '
            "take the lens out, or ask an indicator of each dimension"
        )
    ]


def test_a_form_that_claims_nothing_promises_nothing():
    section = SECTION.replace("{id: second, forms: [all]}", "{id: second, forms: [long]}")
    framework = FRAMEWORK.replace("{id: all, lenses: all}", "{id: all}, {id: long}")
    assert problems(section=section, framework=framework) == []


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("minimum_group: 11", "11 is not allowed here"),
        ("minimum_group_allowed: [8, 4]", "8 is above 4"),
        ("close_spread: 1", "close_spread (1) is above wide_spread (4/5)"),
        ("warning_signs_many: 1", "warning_signs_some (2) is above warning_signs_many (1)"),
        ("compensatory_cap: 4", "compensatory_cap (4) is above levels (3)"),
    ],
)
def test_thresholds_may_not_contradict_each_other(settings, message):
    found = problems(framework=FRAMEWORK.replace("settings: {}", f"settings: {{{settings}}}"))
    assert len(found) == 1
    assert message in found[0]


@pytest.mark.parametrize(
    "settings", ["minimum_group: x", "minimum_group_allowed: [a, b]", "close_spread: 1/0", "close_spread: ~"]
)
def test_thresholds_that_are_no_numbers_are_not_compared(settings):
    assert problems(framework=FRAMEWORK.replace("settings: {}", f"settings: {{{settings}}}")) == []


HINTS = "context: [{id: setting, options: [{id: alone, %s}]}]\n"
EXERCISE = "id: quiet\ncard: [{name: Doing, question: What?}, {name: Being, question: Who?}]\n"


def test_a_hint_may_name_a_lens_and_need_not():
    assert problems(framework=FRAMEWORK + HINTS % "hint: Ask., lens: view") == []
    assert problems(framework=FRAMEWORK + HINTS % "hint: Ask.") == []


def test_a_hint_that_names_no_lens_that_is_there_is_offered_the_nearest():
    found = problems(framework=FRAMEWORK + HINTS % "hint: Ask., lens: veiw")
    assert [problem.split(": ", 1)[1] for problem in found] == [
        'context question setting, option alone, lens: there is no lens "veiw"; did you mean "view"?'
    ]


def test_a_lens_that_no_hint_explains_would_never_be_shown():
    assert "without a hint" in problems(framework=FRAMEWORK + HINTS % "lens: view")[0]


def test_a_pocket_card_is_the_card_of_an_exercise():
    framework = FRAMEWORK + "pocket_card: quiet\n"
    assert problems(framework=framework, exercise=EXERCISE) == []
    assert "has no card" in problems(framework=framework, exercise="id: quiet\n")[0]
    assert "there is no exercise" in problems(framework=framework)[0]


def test_a_pocket_card_in_a_file_that_cannot_be_read_is_not_missed():
    assert problems(framework=FRAMEWORK + "pocket_card: quiet\n", unread={"exercise"}) == []


def test_numbers_are_compared_exactly():
    assert references._number("1/3") == Fraction(1, 3)


def test_placeholders_have_no_formats():
    lens = LENS.replace('profile: ""', 'profile: "{lowest!r} {highest:>9} {}"')
    assert [problem.split(": ", 2)[2] for problem in problems(lens=lens)] == [
        '"{lowest}" cannot be filled in this state; did you mean "lowest"?',
        '"{highest}" cannot be filled in this state; did you mean "highest"?',
        '"{}" cannot be filled in this state; allowed: highest, level, lowest',
    ]


def test_an_essential_dimension_needs_a_message_for_when_it_is_low():
    lens = LENS.replace("{id: a,", "{id: a, essential: true,")
    assert "essential-low" in problems(lens=lens)[0]
    assert problems(lens=lens.replace("messages: {", "messages: {essential-low: '{lowest}', ")) == []
