"""From result to act, as a leadership team does it: where we need to be, what to work on first, and a plan to take away."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from run import FORMS, PHONE, QUICK, STANDARD, answer_all, open_step, random_answers, wait_for_step
from test_every_state import printed
from test_opening import content_of, downloaded, open_file, plan_in, sheet_of
from test_saving import NASTY, banner, come_back, save
from test_taking_out import PLAN_WORDS, events_of, table_of

from generator.score import score

LONGER = 20 if os.environ.get("BALCONY_LONG") else 1
FIELDS = {
    "issue": "Issue: what is in the way?",
    "request": "Request: whom do we ask for what?",
    "commitment": "Commitment: what will we do?",
    "who": "Who sees to it?",
    "by_when": "By when?",
    "notice": "What would the people it is for notice?",
}
NO_LINE = "There is nothing in the plan yet."
PAST = "This day has passed. Say what became of it, or choose another."
THERE = "You are there already. Ask what keeps you there."
SHORT = {"shared-purpose": 4, "outcome-that-matters": 2, "decided-with-communities": 3, "mandate-kept-alive": 5}
"""A few answers: the strategic triangle's purpose has enough for a value, 3, and its backing has one answer of three."""

TODAY = "new Date().toLocaleDateString('sv')"


@pytest.fixture
def standard(page, site_address):
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + STANDARD)
    return page


@pytest.fixture
def planning(standard):
    """The plan after a few answers."""
    answer_all(standard, SHORT)
    open_step(standard, "plan")
    return standard


def opened(page, **fields):
    """Open a sheet's file, and go to the plan."""
    open_file(page, sheet_of(**fields))
    open_step(page, "plan")


def given_to(framework, answers):
    """Answers as a file has them."""
    return {id_: {"answer": answer, "revision": framework.indicators[id_].revision} for id_, answer in answers.items()}


# Targets


def target_of(page, lens, dimension):
    """The select of a part, as a person finds it: below its lens, by its name."""
    group = page.get_by_role("group", name=lens.name, exact=True)
    return group.get_by_role("combobox", name=re.compile(rf"^{re.escape(dimension.name)}, now: "))


def remark_on(select):
    return select.locator("xpath=ancestor::p").get_by_role("status").inner_text()


def level_names(framework):
    return {level.level: level.name for level in framework.outline.levels}


def show_other_lenses(page):
    others = page.locator("#plan summary", has_text="Parts of the other lenses")
    if others.is_visible() and others.evaluate("($summary) => !$summary.parentElement.open"):
        others.click()


def aim_at(page, framework, targets):
    """Choose targets, by `lens/dimension`."""
    show_other_lenses(page)
    for key, level in targets.items():
        lens, dimension = part_of(framework, key)
        target_of(page, lens, dimension).select_option(label=level_names(framework)[level])
    open_step(page, "plan")


def part_of(framework, key):
    lens = framework.lenses_by_id[key.partition("/")[0]]
    (dimension,) = [each for each in lens.dimensions if f"{lens.id}/{each.id}" == key]
    return lens, dimension


def parts(framework, form):
    """All that can have a target."""
    return [f"{lens.id}/{each.id}" for lens in framework.reported(form) for each in lens.dimensions]


def targets_in(page):
    return json.loads(content_of(downloaded(page)))["targets"]


@pytest.mark.parametrize("form", FORMS)
def test_every_part_of_every_lens_has_a_select_that_says_where_one_is_now(page, site_address, framework, form):
    page.goto(site_address + FORMS[form])
    answers = random_answers(framework, form, 5)
    answer_all(page, answers)
    open_step(page, "plan")
    show_other_lenses(page)
    names = level_names(framework)
    lenses = score(framework, form, answers)["lenses"]
    for lens in framework.reported(form):
        for dimension in lens.dimensions:
            found = lenses[lens.id]["dimensions"][dimension.id]
            level = names[found["band"]] if found["scored"] else "too few answers"
            select = page.get_by_role("group", name=lens.name, exact=True).get_by_role(
                "combobox", name=f"{dimension.name}, now: {level}", exact=True
            )
            assert select.locator("option").all_inner_texts() == ["No target", *names.values()]
            assert select.input_value() == ""
    assert page.locator("#plan select").count() == len(parts(framework, form))


def test_targets_are_kept_in_the_sheets_file_and_taken_away_again(planning, framework):
    targets = {
        "strategic-triangle/public-value": 4,
        "six-ways/feeling": 1,
        f"{framework.lenses[-1].id}/{framework.lenses[-1].dimensions[-1].id}": 5,
    }
    assert targets_in(planning) == {}
    aim_at(planning, framework, targets)
    assert targets_in(planning) == targets
    aim_at(planning, framework, {"six-ways/feeling": 3})
    assert targets_in(planning) == {**targets, "six-ways/feeling": 3}
    target_of(planning, *part_of(framework, "six-ways/feeling")).select_option(label="No target")
    target_of(planning, *part_of(framework, "strategic-triangle/public-value")).select_option(label="No target")
    assert targets_in(planning) == dict([list(targets.items())[-1]])


def test_a_target_is_chosen_by_keyboard(planning, framework):
    select = target_of(planning, *part_of(framework, "strategic-triangle/public-value"))
    select.focus()
    planning.keyboard.press("ArrowDown")
    planning.keyboard.press("ArrowDown")
    assert planning.evaluate("document.activeElement.selectedOptions[0].textContent") == level_names(framework)[2]
    assert targets_in(planning) == {"strategic-triangle/public-value": 2}


def test_a_target_at_or_below_where_one_is_says_so_and_one_above_does_not(planning, framework):
    select = target_of(planning, *part_of(framework, "strategic-triangle/public-value"))
    for level, name in level_names(framework).items():
        select.select_option(label=name)
        assert remark_on(select) == (THERE if level <= 3 else "")
    select.select_option(label="Steady")
    select.select_option(label="No target")
    assert remark_on(select) == ""


def test_a_target_that_rounds_to_where_one_is_and_lies_above_is_not_there_yet(standard, framework):
    answer_all(standard, {"shared-purpose": 4, "outcome-that-matters": 4, "decided-with-communities": 3})
    open_step(standard, "plan")
    select = target_of(standard, *part_of(framework, "strategic-triangle/public-value"))
    assert "now: Shared" in select.locator("xpath=ancestor::label").text_content()
    select.select_option(label="Shared")
    assert remark_on(select) == ""
    assert shown_questions(standard) == [framework.indicators["decided-with-communities"].question]
    assert (
        entry(standard).locator("[data-aims]").inner_text()
        == "For Public value in Strategic triangle (close to Shared)."
    )


def test_a_target_for_a_part_with_too_few_answers_says_that_it_has_to_wait(planning, framework):
    key = "strategic-triangle/authorising-environment"
    select = target_of(planning, *part_of(framework, key))
    assert "now: too few answers" in select.locator("xpath=ancestor::label").text_content()
    aim_at(planning, framework, {key: 5})
    assert remark_on(select) == "This waits for more answers."
    assert why(planning).startswith("None of your targets can be held against these answers yet.")
    assert shown_questions(planning) == expected_questions(framework, "standard", SHORT, {})
    aim_at(planning, framework, {"strategic-triangle/public-value": 3})
    assert why(planning).startswith("You are at or above every target that can be held against these answers.")
    assert shown_questions(planning) == []
    assert targets_in(planning) == {key: 5, "strategic-triangle/public-value": 3}


def test_targets_come_back_with_their_remarks_after_a_reload(planning, framework):
    save(planning)
    aim_at(planning, framework, {"strategic-triangle/public-value": 2})
    come_back(planning)
    open_step(planning, "plan")
    select = target_of(planning, *part_of(framework, "strategic-triangle/public-value"))
    assert select.input_value() == "2"
    assert remark_on(select) == THERE


# The shortlist


def why(page):
    return page.locator("#plan [data-why]").inner_text()


def entry(page, number=0):
    return page.locator("#plan .entry").nth(number)


def shown_questions(page):
    return page.locator("#plan .entry h3").all_text_contents()


def expected_aims(framework, form, answers, targets):
    """The parts that have a value below their target: how far, key, level now; the furthest first."""
    lenses = score(framework, form, answers)["lenses"]
    aims = []
    for key in parts(framework, form):
        lens, dimension = key.split("/")
        found = lenses[lens]["dimensions"][dimension]
        if key in targets and found["scored"] and Fraction(found["value"]) < targets[key]:
            aims.append((targets[key] - Fraction(found["value"]), key, found["band"]))
    return sorted(aims, key=lambda aim: -aim[0])


def expected_shortlist(framework, form, answers, targets):
    """The questions to work on, each with its aims, by the rule that client/shortlist.js states."""
    asked = [indicator.id for indicator in framework.asked(form)]
    fed = dict.fromkeys(asked, 0)
    for lens in framework.reported(form):
        for id_ in {each for dimension in lens.dimensions for each in dimension.indicators} & fed.keys():
            fed[id_] += 1
    needs = {id_: (answers[id_], -fed[id_], asked.index(id_)) for id_ in asked if isinstance(answers.get(id_), int)}
    aims = expected_aims(framework, form, answers, targets)
    if not aims:
        return [(id_, []) for id_ in sorted(needs, key=needs.get)]
    served = {}
    for aim in aims:
        _, dimension = part_of(framework, aim[1])
        below = [id_ for id_ in dimension.indicators if id_ in needs and answers[id_] < targets[aim[1]]]
        served.setdefault(min(below, key=needs.get), []).append(aim)
    return sorted(served.items(), key=lambda each: (-each[1][0][0], -len(each[1]), needs[each[0]]))


def expected_questions(framework, form, answers, targets):
    """What the page shows: all that is aimed at, or else the five lowest."""
    found = expected_shortlist(framework, form, answers, targets)
    return [framework.indicators[id_].question for id_, aims in found][: len(found) if found[0][1] else 5]


def random_targets(framework, form, answers, random):
    """Some targets, one at least above where a part is."""
    keys = parts(framework, form)
    while True:
        targets = {key: random.randint(1, 5) for key in random.sample(keys, random.randint(1, min(14, len(keys))))}
        if expected_aims(framework, form, answers, targets):
            return targets


RANKED = """async (sheets) => {
    const { score } = await import("#client/score.js");
    const { aimsOf, shortlist } = await import("#client/shortlist.js");
    const framework = JSON.parse(document.getElementById("balcony-data").textContent);
    const { form } = framework;
    return sheets.map(({ answers, targets }) => {
        const aims = aimsOf(framework, targets, score(framework, { form, answers, warning_signs: [] }));
        return shortlist(framework, answers, aims).map(({ id, level, aims }) =>
            [id, level, aims.map(({ lens, dimension }) => `${lens}/${dimension}`)]);
    });
}"""


@pytest.mark.parametrize("form", FORMS)
def test_the_rule_of_the_shortlist_gives_the_same_in_python_for_many_sheets(page, site_address, framework, form):
    sheets = []
    for seed in range(LONGER * 60):
        random = Random(seed)
        aimed_at = random.sample(parts(framework, form), random.choice([0, 1, 5, len(parts(framework, form))]))
        targets = {key: random.randint(1, 5) for key in aimed_at}
        sheets.append({"answers": random_answers(framework, form, seed), "targets": targets})
    page.goto(site_address + FORMS[form])
    for sheet, found in zip(sheets, page.evaluate(RANKED, sheets), strict=True):
        assert found == [
            [id_, sheet["answers"][id_], [key for _, key, _ in aims]]
            for id_, aims in expected_shortlist(framework, form, **sheet)
        ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(LONGER * 3))
def test_the_shortlist_follows_its_rule_with_targets_and_without(page, site_address, framework, form, seed):
    random = Random(seed)
    answers = {**random_answers(framework, form, seed)}
    while not any(expected_aims(framework, form, answers, {key: 5}) for key in parts(framework, form)):
        answers = {each.id: random.choice([1, 2, 3, 4, "not-sure"]) for each in framework.asked(form)}
    page.goto(site_address + FORMS[form])
    answer_all(page, answers)
    open_step(page, "plan")
    assert shown_questions(page) == expected_questions(framework, form, answers, {})
    assert why(page) == "Without targets, these are your lowest questions, those first that feed most lenses."
    targets = random_targets(framework, form, answers, random)
    aim_at(page, framework, targets)
    expected = expected_shortlist(framework, form, answers, targets)
    assert shown_questions(page) == [framework.indicators[id_].question for id_, _ in expected]
    assert why(page).startswith("By the distance to where you need to be")
    assert page.locator("#plan [data-shortlist] > li").count() == min(5, len(expected))
    names = level_names(framework)
    for number, (_, aims) in enumerate(expected):
        said = entry(page, number).locator("[data-aims]").text_content()
        at = 0
        for _, key, now in aims:
            level = names[targets[key]]
            words = f"(close to {level})" if now == targets[key] else f"(from {names[now]} to {level})"
            at = said.index("{1.name} in {0.name} {2}".format(*part_of(framework, key), words), at) + 1
        assert said.count("(") == len(aims)
    for key in targets:
        target_of(page, *part_of(framework, key)).select_option(label="No target")
    assert shown_questions(page) == expected_questions(framework, form, answers, {})


def test_a_changed_answer_changes_the_shortlist(planning, framework):
    assert shown_questions(planning)[0] == framework.indicators["outcome-that-matters"].question
    answer_all(planning, {"outcome-that-matters": 5})
    open_step(planning, "results")
    open_step(planning, "plan")
    assert shown_questions(planning) == expected_questions(
        framework, "standard", {**SHORT, "outcome-that-matters": 5}, {}
    )


def test_what_has_no_room_on_the_shortlist_opens_below_it(standard, framework):
    answers = {indicator.id: 3 for indicator in framework.asked("standard")}
    opened(standard, answers=given_to(framework, answers))
    assert not standard.get_by_text(re.compile(r"^Show \d+ more$")).is_visible()
    targets = dict.fromkeys(parts(framework, "standard"), 5)
    opened(standard, answers=given_to(framework, answers), targets=targets)
    expected = expected_questions(framework, "standard", answers, targets)
    more = standard.get_by_text(f"Show {len(expected) - 5} more", exact=True)
    assert not entry(standard, 5).is_visible()
    more.focus()
    standard.keyboard.press("Enter")
    assert entry(standard, len(expected) - 1).is_visible()


def test_when_every_target_is_reached_words_say_so_in_place_of_a_list(standard, framework):
    answer_all(standard, {indicator.id: 4 for indicator in framework.asked("standard")})
    open_step(standard, "plan")
    aim_at(standard, framework, {"strategic-triangle/public-value": 4, "six-ways/feeling": 2})
    assert why(standard).startswith("You are at or above every target")
    assert shown_questions(standard) == []


@pytest.mark.parametrize("answer", [None, "not-sure"])
def test_when_no_question_has_a_level_words_say_so_in_place_of_a_list(standard, framework, answer):
    if answer:
        answer_all(standard, {indicator.id: answer for indicator in framework.asked("standard")})
    open_step(standard, "plan")
    assert why(standard) == "There is nothing to work on before a question is answered with a level."
    assert shown_questions(standard) == []
    aim_at(standard, framework, {"strategic-triangle/public-value": 4})
    assert why(standard) == "There is nothing to work on before a question is answered with a level."
    assert shown_questions(standard) == []


SAID = """(all) => all.map(($entry) => ({
    address: $entry.querySelector("h3 a").getAttribute("href"),
    said: $entry.innerText,
    evidence: [...$entry.querySelectorAll("details li")].map((each) => each.innerText),
    exercises: [...$entry.querySelectorAll("[data-exercises] a")].map((each) => [each.innerText, each.href]),
}))"""


def test_each_entry_says_what_was_answered_and_what_to_do_about_it(standard, framework):
    random = Random(1)
    answers = {indicator.id: random.randint(1, 4) for indicator in framework.asked("standard")}
    targets = dict.fromkeys(parts(framework, "standard"), 5)
    opened(standard, answers=given_to(framework, answers), targets=targets)
    standard.get_by_text(re.compile(r"^Show \d+ more$")).click()
    assert not standard.locator("#plan .entry details li").first.is_visible()
    for prompts in standard.locator("#plan .entry").get_by_text("What could we point to?").all():
        prompts.click()
    names = level_names(framework)
    expected = expected_shortlist(framework, "standard", answers, targets)
    assert {answers[id_] for id_, _ in expected} == {1, 2, 3, 4}
    exercises = {}
    found = standard.locator("#plan .entry").evaluate_all(SAID)
    for (id_, _), each in zip(expected, found, strict=True):
        indicator, level = framework.indicators[id_], answers[id_]
        assert each["address"] == f"#{id_}"
        assert f"You said {names[level]}: {indicator.levels[level]}" in each["said"]
        assert f"Next step: {indicator.next_steps[level]}" in each["said"]
        assert f"Talk about: {indicator.discuss}" in each["said"]
        assert each["evidence"] == list(indicator.evidence)
        names_of_exercises = [framework.exercises_by_id[exercise].name for exercise in indicator.exercises]
        assert [name for name, _ in each["exercises"]] == names_of_exercises
        assert ("Exercises:" in each["said"]) == bool(names_of_exercises)
        exercises |= each["exercises"]
    assert exercises
    for name, address in exercises.items():
        answer = standard.request.get(address)
        assert answer.ok
        assert f"<title>{name} - " in answer.text()


# The plan


def lines(page):
    """What the plan's lines say, each as its fields."""
    return page.locator("#plan .action").evaluate_all(
        """(all) => all.map(($line) => Object.fromEntries(
            [...$line.querySelectorAll("[data-field]")].map(({ dataset, value }) => [dataset.field, value])))"""
    )


def line(page, number):
    return page.get_by_role("group", name=re.compile(rf"^Line {number} of \d+$"))


def button(page, name):
    """A button by what is read out; a browser may read a space before what is not seen."""
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name).replace(':', ' ?:')}$"))


def press(page, name):
    """Press a button by keyboard."""
    button(page, name).focus()
    page.keyboard.press("Enter")


def focused(page):
    """The accessible name of what has the focus, and the line in which it is."""
    return page.evaluate(
        """() => {
            const $line = document.activeElement.closest(".action");
            return [document.activeElement.textContent, $line?.querySelector("legend").textContent];
        }"""
    )


def issues(page):
    return [each["issue"] for each in lines(page)]


def said(page):
    return page.locator("#plan [data-said]").inner_text()


def fields_of(action):
    return {name: action.get(name, "") for name in FIELDS}


def add_lines(page, *names):
    for name in names:
        page.get_by_role("button", name="Add a line").click()
        page.keyboard.type(name)


def test_an_entry_of_the_shortlist_becomes_a_line_with_its_issue_and_its_next_step(planning, framework):
    indicator = framework.indicators["outcome-that-matters"]
    assert planning.get_by_text(NO_LINE).is_visible()
    entry(planning).get_by_role("button", name="Add to the plan").click()
    filled_in = {"issue": indicator.question, "commitment": indicator.next_steps[2]}
    assert lines(planning) == [fields_of(filled_in)]
    assert planning.evaluate("document.activeElement.value") == indicator.question
    assert said(planning) == f"Added to the plan: {indicator.question}"
    assert not planning.get_by_text(NO_LINE).is_visible()
    assert plan_in(planning) == [{**filled_in, "indicator": indicator.id}]


def test_a_line_is_filled_in_by_keyboard_alone_and_kept_in_order(planning):
    typed = dict(zip(FIELDS, [*NASTY, "One door, not five"], strict=True)) | {"by_when": "2031-11-11"}
    for _ in range(2):
        press(planning, "Add a line")
        for name, label in FIELDS.items():
            assert planning.evaluate("document.activeElement.closest('label').textContent").strip().startswith(label)
            # The eleventh of the eleventh, whichever a browser asks for first.
            planning.keyboard.type("11112031" if name == "by_when" else typed[name])
            parts_of_a_day = 4 if name == "by_when" else 1
            for _ in range(parts_of_a_day):
                if planning.evaluate("document.activeElement.dataset.field") == name:
                    planning.keyboard.press("Tab")
    assert lines(planning) == [typed, typed]
    assert plan_in(planning) == [typed, typed]


def test_new_lines_come_last_and_are_counted(planning):
    add_lines(planning, *NASTY)
    assert issues(planning) == NASTY
    assert [each["issue"] for each in plan_in(planning)] == NASTY
    assert line(planning, 5).count() == 1


def test_a_line_moves_by_keyboard_and_takes_the_focus_with_it(planning):
    add_lines(planning, "a", "b", "c")
    press(planning, "Move up: line 3")
    assert issues(planning) == ["a", "c", "b"]
    assert said(planning) == "Now line 2 of 3."
    assert focused(planning) == ["Move up: line 2", "Line 2 of 3"]
    planning.keyboard.press("Enter")
    assert issues(planning) == ["c", "a", "b"]
    assert said(planning) == "Now line 1 of 3."
    # There is no way up any more.
    assert focused(planning) == ["Move down: line 1", "Line 1 of 3"]
    for _ in range(2):
        planning.keyboard.press("Enter")
    assert issues(planning) == ["a", "b", "c"]
    assert focused(planning) == ["Move up: line 3", "Line 3 of 3"]
    assert [each["issue"] for each in plan_in(planning)] == ["a", "b", "c"]


def test_the_first_line_has_no_way_up_and_the_last_none_down(planning):
    add_lines(planning, "a")
    for name in ("Move up: line 1", "Move down: line 1"):
        assert button(planning, name).is_disabled()
    add_lines(planning, "b")
    enabled = {
        name: button(planning, name).is_enabled()
        for name in ("Move up: line 1", "Move down: line 1", "Move up: line 2", "Move down: line 2")
    }
    assert list(enabled.values()) == [False, True, True, False]


def test_lines_go_on_in_their_order_after_moving_adding_and_removing(planning):
    add_lines(planning, "a", "b", "c")
    press(planning, "Move up: line 3")
    press(planning, "Remove: line 1")
    add_lines(planning, "d")
    assert issues(planning) == ["c", "b", "d"]
    press(planning, "Move up: line 3")
    assert [each["issue"] for each in plan_in(planning)] == ["c", "d", "b"]


def test_a_removed_line_comes_back_where_it_was_with_all_that_it_said(planning):
    opened(planning, actions=WHOLE_PLAN)
    press(planning, "Remove: line 2")
    assert issues(planning) == [WHOLE_PLAN[0]["issue"], WHOLE_PLAN[2]["issue"]]
    assert focused(planning)[0] == "3. Our plan"
    assert banner(planning).startswith("Line 2 was removed from the plan.")
    assert len(plan_in(planning)) == 2
    press(planning, "Bring it back")
    assert focused(planning)[0] == "3. Our plan"
    assert lines(planning) == [fields_of(each) for each in WHOLE_PLAN]
    assert plan_in(planning) == WHOLE_PLAN
    for _ in WHOLE_PLAN:
        press(planning, "Remove: line 1")
    assert planning.get_by_text(NO_LINE).is_visible()
    assert plan_in(planning) == []


def test_a_day_that_has_passed_is_pointed_out_and_today_is_not(planning):
    add_lines(planning, "a")
    day, remark = line(planning, 1).get_by_label("By when?"), line(planning, 1).get_by_role("status")
    for value, words in (("2020-01-01", PAST), (planning.evaluate(TODAY), ""), ("1999-12-31", PAST), ("", "")):
        day.fill(value)
        assert remark.inner_text() == words
    day.fill("2020-01-01")
    open_step(planning, "results")
    open_step(planning, "plan")
    assert remark.inner_text() == PAST


def test_a_day_that_is_still_being_typed_is_not_called_past(planning):
    add_lines(planning, "a")
    planning.evaluate(
        """() => {
            const $status = document.querySelector("#plan .action [role=status]");
            window.announced = [];
            const note = () => window.announced.push($status.textContent);
            new MutationObserver(note).observe($status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    line(planning, 1).get_by_label("By when?").focus()
    planning.keyboard.type("11112031")
    assert lines(planning)[0]["by_when"] == "2031-11-11"
    assert not any(planning.evaluate("window.announced"))


WHOLE_PLAN = [
    {
        "issue": "Children's services",
        "request": "領導: come; and, stay",
        "commitment": "=1+1",
        "who": 'Ann "the <b>bold</b>"',
        "by_when": "2031-02-28",
        "notice": "One\ndoor",
        "indicator": "shared-purpose",
    },
    {
        "issue": "Trust",
        "commitment": "We meet in Ynys Môn,\nevery month",
        "by_when": "2030-12-31",
        "indicator": "time-to-think",
    },
    {"issue": "No day", "request": "-1", "who": "@Ben"},
]
"""Names and signs as people write them, and as spreadsheets and pages would misread them."""


def test_a_file_with_a_plan_opened_from_disk_shows_it(standard, framework):
    opened(standard, actions=WHOLE_PLAN, targets={"strategic-triangle/public-value": 5})
    assert lines(standard) == [fields_of(each) for each in WHOLE_PLAN]
    assert target_of(standard, *part_of(framework, "strategic-triangle/public-value")).input_value() == "5"
    assert plan_in(standard) == WHOLE_PLAN


def test_a_file_opened_while_the_plan_is_in_view_takes_its_place(planning):
    add_lines(planning, "a")
    opened(planning, actions=WHOLE_PLAN)
    assert lines(planning) == [fields_of(each) for each in WHOLE_PLAN]


def test_a_saved_plan_comes_back_after_a_reload_in_its_order(planning):
    save(planning)
    add_lines(planning, *NASTY)
    line(planning, 2).get_by_label("By when?").fill("2031-12-31")
    press(planning, "Move up: line 2")
    press(planning, "Remove: line 5")
    entry(planning).get_by_role("button", name="Add to the plan").click()
    before, targets = plan_in(planning), targets_in(planning)
    assert [each["issue"] for each in before[:4]] == [NASTY[1], NASTY[0], *NASTY[2:4]]
    come_back(planning)
    wait_for_step(planning, "plan")
    planning.locator("#plan .action").first.wait_for()
    assert lines(planning) == [fields_of(each) for each in before]
    assert (plan_in(planning), targets_in(planning)) == (before, targets)


@pytest.mark.parametrize("is_told", [True, False], ids=["told of each other", "deaf to each other"])
def test_two_tabs_that_plan_at_the_same_time_lose_no_line(standard, is_told):
    if not is_told:
        standard.context.add_init_script("BroadcastChannel.prototype.postMessage = () => {}")
        standard.reload()
    save(standard)
    other = standard.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    other.goto(standard.url)
    other.get_by_role("button", name="Continue").click()
    other.get_by_text("Saved on this device, with every change.").wait_for()
    tabs = (standard, other)
    for tab in tabs:
        open_step(tab, "plan")
    names = [f"{number} {name}" for number, name in enumerate(NASTY)]
    for number, name in enumerate(names):
        tab = tabs[number % 2]
        tab.get_by_role("button", name="Add a line").click()
        new = tab.locator(".action").last if is_told else tab.locator("*:focus")
        (new.get_by_label(FIELDS["issue"]) if is_told else new).fill(name)
        if is_told:
            for each in tabs:
                each.wait_for_function(
                    "(count) => [...document.querySelectorAll('.action [data-field=issue]')].filter(({ value }) => value).length === count",
                    arg=number + 1,
                )
    if is_told:
        assert issues(standard) == issues(other) == names
    for tab in tabs:
        come_back(tab)
        tab.wait_for_function("(count) => document.querySelectorAll('.action').length === count", arg=len(names))
    assert sorted(issues(standard)) == names
    assert issues(standard) == issues(other)


def test_the_step_needs_no_sideways_scrolling_on_a_phone(open_page, site_address, framework):
    page = open_page(viewport=PHONE)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + QUICK)
    open_file(page, sheet_of(form="quick", actions=[{**WHOLE_PLAN[0], "issue": "x" * 200}]))
    answer_all(page, {each.id: 3 for each in framework.asked("quick")})
    open_step(page, "plan")
    show_other_lenses(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# Taking the plan out


def taken(page, name):
    with page.expect_download() as started:
        page.locator("#plan").get_by_role("button", name=name).click()
    return started.value


def table_in(page):
    download = taken(page, "Download the plan (CSV)")
    assert download.suggested_filename.endswith(".plan.csv")
    return table_of(content_of(download).decode())


def events_in(page):
    download = taken(page, "Download for your calendar (.ics)")
    assert download.suggested_filename.endswith(".ics")
    return events_of(content_of(download).decode())


def safe(text):
    """What a spreadsheet gets: nothing that it would compute."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def half_a_year_from(day):
    year, month = divmod(day.year * 12 + day.month - 1 + 6, 12)
    return next(found for last in range(4) if (found := _day_or_none(year, month + 1, day.day - last)))


def _day_or_none(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def test_the_spreadsheet_holds_the_plan_in_order_and_nothing_that_it_would_compute(standard):
    opened(standard, actions=WHOLE_PLAN)
    rows = [list(fields_of(each).values()) for each in WHOLE_PLAN]
    assert table_in(standard) == [PLAN_WORDS, *([safe(each) for each in row] for row in rows)]
    assert table_in(standard)[1][2] == "'=1+1"
    press(standard, "Move up: line 3")
    assert [row[0] for row in table_in(standard)[1:]] == ["Children's services", "No day", "Trust"]


def test_lines_that_say_nothing_are_left_out(planning):
    add_lines(planning, "", "Trust", "")
    assert [row[0] for row in table_in(planning)] == ["Issue", "Trust"]
    events_in(planning)
    assert "1 line of the plan has no day" in banner(planning)


def test_the_calendar_has_each_line_with_a_day_and_says_how_many_have_none(standard):
    today = date.fromisoformat(standard.evaluate(TODAY))
    opened(standard, work="Fewer evictions", actions=WHOLE_PLAN)
    first, second, again = events_in(standard)
    assert banner(standard).endswith(".ics. 1 line of the plan has no day and is not in it.")
    assert (first["SUMMARY"], first.start) == ("=1+1", date(2031, 2, 28))
    assert (second["SUMMARY"], second.start) == (WHOLE_PLAN[1]["commitment"], date(2030, 12, 31))
    for field in ("issue", "request", "who", "notice"):
        assert WHOLE_PLAN[0][field] in first["DESCRIPTION"]
    assert again.start == half_a_year_from(today)
    assert "Fewer evictions" in again["SUMMARY"]
    add_lines(standard, "Another without a day")
    events_in(standard)
    assert "2 lines of the plan have no day" in banner(standard)
    for number in (3, 4):
        line(standard, number).get_by_label("By when?").fill("2031-01-01")
    assert len(events_in(standard)) == 5
    assert "no day" not in banner(standard)


def test_an_empty_plan_gives_the_head_of_a_table_and_the_reminder_alone(planning):
    today = date.fromisoformat(planning.evaluate(TODAY))
    assert table_in(planning) == [PLAN_WORDS]
    (again,) = events_in(planning)
    assert again.start == half_a_year_from(today)
    assert "no day" not in banner(planning)


# On paper

BUTTONS = (
    "Add a line",
    "Add to the plan",
    "Move up",
    "Move down",
    "Remove: ",
    "Download",
    "Print the report",
    "Show 1 more",
)


def test_the_plan_prints_with_targets_shortlist_and_all_its_words(standard, framework):
    random = Random(2)
    answers = {indicator.id: random.randint(1, 4) for indicator in framework.asked("standard")}
    plan = [{**WHOLE_PLAN[0], "request": "Come; and, stay " + "and talk " * 60 + "at last"}, *WHOLE_PLAN[1:]]
    targets = dict.fromkeys(parts(framework, "standard")[:8], 5)
    open_file(standard, sheet_of(actions=plan, targets=targets))
    answer_all(standard, answers)
    open_step(standard, "plan")
    paper = " ".join(printed(standard))
    names = level_names(framework)
    found = score(framework, "standard", answers)["lenses"]
    for key in targets:
        lens, dimension = part_of(framework, key)
        now = names[found[lens.id]["dimensions"][dimension.id]["band"]]
        assert f"{dimension.name} {now} {names[5]}" in paper
    expected = expected_shortlist(framework, "standard", answers, targets)
    assert len(expected) > 5
    for id_, _ in expected:
        indicator = framework.indicators[id_]
        for text in (indicator.question, indicator.next_steps[answers[id_]], indicator.discuss, *indicator.evidence):
            assert text in paper
    for each in plan:
        for name in set(each) & {"issue", "request", "commitment", "who", "notice"}:
            assert " ".join(each[name].split()) in paper
    for day in ("28 February 2031", "31 December 2030"):
        assert day in paper
    assert not [each for each in BUTTONS if each in paper]
    assert not re.search(r"Show \d+ more", paper)


def test_paper_without_targets_and_lines_says_so_and_has_no_empty_table(planning):
    paper = " ".join(printed(planning))
    assert "No targets are set." in paper
    assert NO_LINE in paper
    assert "What the people it is for would notice" not in paper


def test_what_changes_after_one_print_is_in_the_next(planning, framework):
    add_lines(planning, "A first try")
    printed(planning)
    assert planning.locator("#results [data-others]").count() == 1
    line(planning, 1).get_by_label(FIELDS["issue"]).fill("A second try")
    aim_at(planning, framework, {"strategic-triangle/public-value": 5})
    paper = " ".join(printed(planning))
    assert "A second try" in paper
    assert "A first try" not in paper
    assert "Public value Steady Renewing" in paper
