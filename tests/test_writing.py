"""The twelve writing rules: a bad example is found, a good one is not."""

from pathlib import Path

import pytest

from generator import reading, timing, writing
from generator.document import parse

REAL = Path(__file__).parent.parent / "framework"
FRAMEWORK = "levels: [{name: A}, {name: B}, {name: C}, {name: D}, {name: E}]\n"
LENS = "id: view\nname: The grand theory\ndimensions: [{name: Thinking}, {name: Authorising environment}]\n"
GLOSSARY = "- {term: Backbone, see: [view]}\n- {term: Partner, see: []}\n- {term: Double loops, see: [view]}\n"


def found(
    question: str = "", more: str = "", framework: str = FRAMEWORK, **levels: str
) -> list[tuple[str | None, str]]:
    """The rules that a question and some levels break, and how badly."""
    lines = ["indicators:", f'  - question: "{question}"', "    levels:"]
    lines += [f'      {name.removeprefix("level")}: "{text}"' for name, text in levels.items()]
    if not levels:
        lines[-1] = "    levels: {}"
    files = {"framework": framework, "section": "\n".join(lines) + more, "lens": LENS, "glossary": GLOSSARY}
    documents = [parse(text.encode(), f"{kind}.yml", kind)[0] for kind, text in files.items()]
    return [(problem.rule, problem.severity) for problem in writing.problems(documents)]


def found_in_hint(text: str, framework: str = FRAMEWORK) -> list[tuple[str | None, str]]:
    """The rules that a hint breaks, and how badly."""
    more = f'context: [{{options: [{{hint: "{text}"}}]}}]\n'
    return found(framework=framework + more)


def found_on_card(text: str, framework: str = FRAMEWORK) -> list[tuple[str | None, str]]:
    """The rules that a question of a card breaks, and how badly."""
    files = {"framework": framework, "exercise": f'card: [{{question: "{text}"}}]', "lens": LENS}
    documents = [parse(each.encode(), f"{kind}.yml", kind)[0] for kind, each in files.items()]
    return [(problem.rule, problem.severity) for problem in writing.problems(documents)]


def test_there_are_twelve_rules_in_order_each_with_a_bad_and_a_good_example():
    assert [rule.number for rule in writing.RULES] == list(range(1, 13))
    assert all(rule.says and rule.bad and rule.good for rule in writing.RULES)


@pytest.mark.parametrize("rule", writing.RULES[:-1], ids=lambda rule: rule.says)
def test_the_bad_example_breaks_its_rule(rule):
    by_level = dict(zip(("level2", "level3"), rule.bad.removeprefix("2: ").split(" 3: "), strict=False))
    text = rule.bad.removeprefix("1: ")
    if rule.number == 6:
        text = " ".join(["word"] * 45)
    levels = by_level if rule.number == 3 else {"level1": text, "level3": text + " We"}
    assert str(rule.number) in {number for number, _ in found(text, **levels)}


@pytest.mark.parametrize("rule", writing.RULES, ids=lambda rule: rule.says)
def test_the_good_example_breaks_no_rule(rule):
    if rule.number == 3:
        texts = ["We show figures to a partner who asks.", "Partners get our figures as a matter of course."]
        assert found(level2=texts[0], level3=texts[1], level4="Partners tell us what they did with them.") == []
    elif rule.number == 6:
        assert found(rule.good[:40]) == []
    else:
        text = rule.good.removeprefix("1: ").split(" (")[0]
        assert found(text, level1="" if text.endswith("?") else text) == []


@pytest.mark.parametrize(
    "question",
    [
        "Do our people, money and time match what we have promised?",
        "How well do we and other teams work?",
        "How openly do we talk about our hopes and worries?",
        "How do we handle it?",
    ],
)
def test_a_list_of_one_idea_is_one_idea(question):
    assert found(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "Do we plan and act?",
        "Do we plan as well as act?",
        "Do staff/partners know?",
        "Do we plan? Do we act?",
        "Is it clear and shared?",
    ],
)
def test_two_ideas_in_a_question_are_a_warning(question):
    assert found(question) == [("1", "warning")]


@pytest.mark.parametrize("word", ["every", "each", "all", "always", "never"])
def test_the_middle_level_is_not_absolute(word):
    assert found(level3=f"We ask {word} of them.") == [("3", "error")]
    assert found(level4=f"We ask {word} of them.") == []


def test_the_middle_of_seven_levels_is_the_fourth():
    framework = FRAMEWORK.replace("{name: E}", "{name: E}, {name: F}, {name: G}")
    assert found(level4="We ask all.", framework=framework) == [("3", "error")]
    assert found(level3="We ask all.", framework=framework) == []


def test_each_other_and_at_all_are_not_absolute():
    assert found(level3="We ask each other, if at all, and act after all.") == []


def test_levels_that_differ_in_nothing_but_how_often_are_an_error():
    assert found(level1="We ask.", level2="We sometimes ask.") == [("3", "error")]
    assert found(level1="We ask.", level2="We ask staff.") == []


def test_a_passive_needs_somebody_from_the_middle_level_on():
    assert found(level2="Hard things are left unsaid.") == []
    assert found(level3="Hard things are named.") == [("5", "warning")]
    assert found(level3="We say what is fixed.") == []


def test_will_may_stand_in_a_question():
    assert found("How do we act when nobody knows what will work?") == []
    assert found(level1="We will act.") == [("5", "error")]


@pytest.mark.parametrize(("words", "expected"), [(14, []), (15, [("6", "error")])])
def test_a_question_has_fourteen_words_at_most(words, expected):
    assert found(" ".join(["so"] * words)) == expected


@pytest.mark.parametrize(("words", "expected"), [(18, []), (19, [("6", "error")])])
def test_a_level_has_eighteen_words_at_most(words, expected):
    assert found(level1=" ".join(["so"] * words), level2="We ask.") == expected


@pytest.mark.parametrize(("words", "expected"), [(13, []), (14, [("6", "error")])])
def test_a_set_has_thirteen_words_on_average_at_most(words, expected):
    assert found(**{f"level{n}": " ".join([f"so{n}"] * words) for n in range(1, 6)}) == expected


def test_a_set_has_eighty_words_in_all_at_most():
    framework = FRAMEWORK.replace("{name: E}", "{name: E}, {name: F}, {name: G}")
    levels = {f"level{n}": " ".join([f"so{n}"] * (12 if n < 7 else 9)) for n in range(1, 8)}
    assert found(**levels, framework=framework) == [("6", "error")]


def test_a_term_of_a_lens_is_jargon_and_a_plain_name_is_not():
    assert found("How do we tend our authorising environments?") == [("7", "error")]
    assert found("How do we tend the grand theory?") == [("7", "error")]
    assert found("How is our thinking?") == []


def test_a_glossary_term_is_jargon_when_a_lens_needs_it():
    assert found(level1="We have a backbone.") == [("7", "error")]
    assert found(level1="We have a partner.") == []


@pytest.mark.parametrize(
    "text",
    [
        "We do not go without them.",
        "We never fail them.",
        "We don't leave it unsaid.",
        "It is not unusual.",
        "We cannot act without leave.",
    ],
)
def test_two_negatives_have_to_be_unpicked(text):
    assert found(level1=text) == [("8", "error")]


@pytest.mark.parametrize(
    "text", ["We do not wait until noon.", "It is not under way, and goes on without us.", "We do not understand."]
)
def test_one_negative_is_plain(text):
    assert found(level1=text) == []


def test_a_variable_is_not_a_setting():
    assert found(level1="We meet our councillors.") == [("11", "warning")]
    assert found(level1="We meet our {councillors}.") == []


def test_office_language_is_an_error_wherever_people_read_it():
    assert found("How?", "\n    next_steps: {1: Ask a stakeholder.}\n    evidence: [A plan going forward.]\n") == [
        ("6", "error"),
        ("6", "error"),
    ]


@pytest.mark.parametrize(("words", "expected"), [(35, []), (36, [("6", "error")])])
def test_a_hint_has_thirty_five_words_at_most(words, expected):
    assert found_in_hint(" ".join(["so"] * 15) + ". " + " ".join(["so"] * (words - 15))) == expected


def test_a_hint_has_two_sentences_at_most():
    assert found_in_hint("Ask them. Then act.") == []
    assert found_in_hint("Ask them. Then act. Then look.") == [("6", "error")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your partners value candour.", ("2", "error")),
        ("You have been lazy.", ("4", "error")),
        ("Meet more to ensure that people agree.", ("5", "error")),
        ("Ask each stakeholder.", ("6", "error")),
        (" ".join(["so"] * 26), ("6", "warning")),
        ("Organisational representatives articulate institutional priorities. " * 5, ("6", "warning")),
        ("Tend your authorising environment.", ("7", "error")),
        ("Do not leave without an answer.", ("8", "error")),
        ("You are off to an excellent start.", ("9", "error")),
        ("Ask your councillors.", ("11", "warning")),
    ],
)
def test_a_hint_keeps_the_rules_that_fit_it(text, expected):
    assert expected in found_in_hint(text)


def test_a_hint_may_hold_two_ideas_and_speak_of_all_that_will_come():
    assert found_in_hint("Ask all of them, and always say which policy will change.") == []


@pytest.mark.parametrize(("words", "expected"), [(18, []), (19, [("6", "error")])])
def test_a_question_on_a_card_has_eighteen_words_at_most(words, expected):
    assert found_on_card(" ".join(["so"] * words)) == expected


def test_a_card_may_use_the_words_of_its_lens_and_no_office_language():
    assert found_on_card("What does the authorising environment ask of me?") == []
    assert found_on_card("What would a stakeholder see?") == [("6", "error")]


def test_the_rules_for_hints_and_cards_can_be_switched_off():
    off = FRAMEWORK + "writing_rules: off\n"
    assert found_in_hint("You are excellent.", off) == found_on_card(" ".join(["so"] * 40), off) == []


@pytest.mark.parametrize(
    "said", ["writing_rules: off", "writing_rules: 'off'", "writing_rules: []", "writing_rules: [1]"]
)
def test_rules_can_be_switched_off(said):
    assert found(level1="We are excellent.", framework=FRAMEWORK + said) == []


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[a]",
        "{indicators: [x, {question: 1, levels: {a: b, 2: [c]}}]}",
        "{indicators: {a: {levels: x}}}",
        "{context: [x, {options: [y, {hint: 1}, {hint: [z]}]}], card: [x, {question: 1}]}",
    ],
)
def test_files_of_any_shape_are_no_traceback(text):
    for kind in ("section", "lens", "glossary", "framework", "exercise"):
        document, _ = parse(text.encode(), "a.yml", kind)
        assert document is not None
        writing.problems([document])


def test_words_are_counted_as_people_count_them():
    assert timing.words("Front-line staff don\u2019t say: No. It\u2019s 20 words, isn't it?") == 10


def test_the_grade_of_a_text_rises_with_its_words():
    assert writing.school_grade(["We ask people."]) < 4
    assert writing.school_grade(["Organisational representatives articulate institutional priorities."]) > 15
    assert writing.school_grade([]) == 0


def test_minutes_come_from_the_words():
    framework = reading.framework(REAL)
    assert {form.id: timing.minutes(framework, form.id) for form in framework.outline.forms} == {
        "quick": 5,
        "standard": 20,
    }


@pytest.mark.parametrize(("time", "shown"), [(0, 0), (0.2, 1), (4.6, 5), (10, 10), (11, 10), (13, 15), (61, 60)])
def test_minutes_are_rounded_as_people_say_them(time, shown):
    assert timing._about(timing.Fraction(time)) == shown
