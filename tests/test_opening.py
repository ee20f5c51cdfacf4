"""Opening a sheet's file: whatever it holds, nothing of it runs, nothing of it is lost, and nothing on the page is."""

from __future__ import annotations

import json
import os
import re

import pytest
from hostile_sheets import COUNT, NO_TEXT, SCRIPTS, hostile_sheets
from jsonschema import Draft202012Validator
from run import QUICK, STANDARD, answer_all, choose, open_step, random_answers
from sheet_cases import fields_in
from test_reading_sheets import reasons_in_python
from test_saving import NASTY, come_back, given, save, texts

from generator.score import score
from generator.sheet import LARGEST, read, rules, schema

OPENED = COUNT if os.environ.get("BALCONY_LONG") else COUNT // 2
"""Files that a browser opens: all that stand for themselves, and of the random ones fewer than Python reads."""

FILE_NAME = f"{SCRIPTS[0]} {{name}} 領導.balcony.json"
REFUSED = f"{FILE_NAME} was not opened. Your answers here are as they were."

CONTROLS = "[...document.forms[0].elements].map(({ name, value, checked }) => [name, value, checked])"

STATE = f"""() => ({{
    controls: {CONTROLS},
    title: document.title,
    focus: document.activeElement.id,
    notice: document.getElementById("balcony-notice").checkVisibility()
        && [...document.querySelectorAll("#balcony-notice p, #balcony-notice li")].map((each) => each.textContent),
    beside: document.getElementById("balcony-open-error").textContent,
}})"""

# Every tag and every attribute that is on the page, and how often.
MADE = """() => {
    const $all = [...document.querySelectorAll("*")].filter(($each) => !$each.matches("[data-picture] > svg"));
    const names = $all.flatMap(
        ($each) => [$each.localName, ...$each.getAttributeNames().filter((name) => name !== "hidden")]);
    return names.filter((name) => /^(script|img|svg|iframe|object|embed|base|meta|on.*|autofocus|srcdoc)$/.test(name)).sort();
}"""

# Wherever texts of a sheet are shown, they have been shown.
LOOK_AROUND = """async () => {
    for (const step of ["check", "results", "start"]) {
        const shown = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
        location.hash = step;
        await shown;
    }
}"""


# Another tab changes the saved sheet, and this one has heard of it.
IN_ANOTHER_TAB = """async (changes) => {
    const { Storage } = await import("#client/storage.js");
    const name = Object.keys(sessionStorage).find((each) => each.startsWith("balcony:"));
    const heard = new Promise((resolve) => { new BroadcastChannel(name).onmessage = resolve; });
    const storage = new Storage(name, { trouble: (trouble) => { throw new Error(trouble); } });
    await storage.open(false);
    storage.key = sessionStorage.getItem(name);
    await storage.write(JSON.parse(changes).map((each) => [...each.slice(0, -1), each.at(-1) ?? undefined]));
    await heard;
    storage.database.close();
    storage.channel.close();
}"""


@pytest.fixture
def standard(page, site_address):
    """The standard form, in a page of which no script of a file can run unnoticed."""
    page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else pytest.fail(dialog.message))
    page.goto(site_address + STANDARD)
    return page


@pytest.fixture
def filled_in(standard, framework):
    """The standard form with answers, a note and a name that are saved nowhere."""
    answer_all(standard, random_answers(framework, "standard", 1))
    standard.locator("[name='scope.team']").fill(NASTY[0])
    write_note(standard, "shared-purpose", "A note before")
    open_step(standard, "start")
    return standard


def write_note(page, id_, note):
    page.evaluate("(id) => { location.hash = id }", id_)
    page.locator(f'[id="{id_}"]').get_by_text("Add a note").click()
    note_on(page, id_).fill(note)


def note_on(page, id_):
    return page.locator(f'[name="{id_}.note"]')


def sheet_of(**fields):
    """A sheet's file."""
    framework = {"id": "systems-leadership", "version": "1.0.0"}
    sheet = {"format": "balcony-sheet/1", "framework": framework, "form": "standard", "answers": {}, **fields}
    return json.dumps(sheet, ensure_ascii=False).encode()


def open_file(page, content, name=FILE_NAME):
    """Choose a file, and wait until the page is through with it."""
    file = {"name": name, "mimeType": "application/json", "buffer": content}
    page.get_by_label("Open a saved sheet").set_input_files(file)
    page.wait_for_function("() => document.getElementById('balcony-open').value === ''")


def bring_them_back(page):
    page.get_by_role("button", name="Bring them back").click()
    assert page.evaluate("document.activeElement.tagName") == "H1"


def downloaded(page):
    """What the person gets."""
    with page.expect_download() as started:
        page.get_by_role("button", name="Download my answers", exact=True).click()
    return started.value


def content_of(download):
    return download.path().read_bytes()


def told(page):
    return page.locator("#balcony-banner").text_content()


def lost(content, again, framework):
    """What a file holds, and the one that was downloaded after opening it does not."""
    before, after = fields_in(content), fields_in(again)
    page = {"form": "standard", "framework": {**before["framework"], "version": framework.version}}
    # A list can name a warning sign twice; to tick it twice means nothing.
    signs = {"warning_signs": after["warning_signs"]} if set(after["warning_signs"]) == signs_in(before) else {}
    expected = {**before, **page, **signs, "answers": without_notes(before["answers"])}
    found = {**after, "answers": without_notes(after["answers"])}
    fields = [key for key in expected.keys() - {"notes"} if key not in found or found[key] != expected[key]]
    return fields + [(id_, note) for id_, note in notes_in(before) if not is_among(note, id_, notes_in(after))]


def signs_in(sheet):
    return set(sheet.get("warning_signs", ()))


def without_notes(answers):
    return {id_: {key: value for key, value in each.items() if key != "note"} for id_, each in answers.items()}


def notes_in(sheet):
    """All notes of a sheet, with the ids of their questions."""
    in_answers = [(id_, each["note"]) for id_, each in sheet["answers"].items() if "note" in each]
    return [*sheet.get("notes", {}).items(), *in_answers]


def is_among(note, id_, notes):
    return not note or any(id_ == other and note in text for other, text in notes)


@pytest.fixture(scope="module")
def hostile(framework):
    """Hostile files with the reasons why Python refuses them: none, where they can be read."""
    files = hostile_sheets(rules(framework), OPENED)
    return [(name, content, reasons_in_python(content, framework, to_open=True)) for name, content in files]


def test_a_refusal_gives_every_reason_and_leaves_the_page_as_it_was(filled_in, hostile):
    before, made = filled_in.evaluate(STATE), filled_in.evaluate(MADE)
    for name, content, reasons in hostile:
        if not reasons:
            continue
        open_file(filled_in, content)
        notice = [REFUSED, *reasons]
        said = {"notice": notice, "beside": " ".join(notice), "title": f"Error: {before['title']}"}
        assert filled_in.evaluate(STATE) == {**before, **said, "focus": "balcony-notice"}, name
        assert filled_in.evaluate(MADE) == made, name


def test_a_file_that_can_be_read_runs_nothing_and_is_downloaded_again_without_a_loss(filled_in, hostile, framework):
    before, made = filled_in.evaluate(CONTROLS), filled_in.evaluate(MADE)
    for name, content, reasons in hostile:
        if reasons:
            continue
        open_file(filled_in, content)
        assert told(filled_in).startswith(f"{FILE_NAME} is open."), name
        assert given(filled_in) == texts(read(content, framework, to_open=True).answers_to(framework)), name
        filled_in.evaluate(LOOK_AROUND)
        assert filled_in.evaluate(MADE) == made, name
        again = content_of(downloaded(filled_in))
        assert reasons_in_python(again, framework) == [], name
        assert lost(content, again, framework) == [], name
        bring_them_back(filled_in)
        assert filled_in.evaluate(CONTROLS) == before, name


def test_what_the_page_says_after_a_refusal_is_gone_once_a_file_opens(standard):
    before = standard.title()
    open_file(standard, b"no sheet")
    assert standard.title() == f"Error: {before}"
    open_file(standard, sheet_of())
    state = standard.evaluate(STATE)
    assert (state["title"], state["notice"], state["beside"]) == (before, False, "")


def test_each_reason_leads_to_the_control_beside_which_it_stands(standard):
    open_file(standard, sheet_of(form="lost"))
    standard.locator("#balcony-notice a").click()
    control = standard.get_by_label("Open a saved sheet")
    assert control.evaluate("($control) => $control === document.activeElement")
    described = control.get_attribute("aria-describedby").split()
    assert 'There is no form "lost".' in " ".join(standard.locator(f"#{id_}").text_content() for id_ in described)


def test_a_file_over_1_mb_is_refused_however_good(standard):
    open_file(standard, sheet_of().ljust(LARGEST + 1))
    assert "The file is larger than 1 MB." in standard.locator("#balcony-notice").inner_text()


@pytest.mark.parametrize(("answered", "other"), [("quick", STANDARD), ("standard", QUICK)])
def test_a_sheet_of_another_form_fills_in_what_both_ask_and_keeps_the_rest(
    page, site_address, framework, answered, other
):
    page.goto(site_address + other)
    answers = {each.id: {"answer": 3, "revision": each.revision} for each in framework.asked(answered)}
    open_file(page, sheet_of(form=answered, answers=answers))
    asked = {each.id for each in framework.asked("standard" if answered == "quick" else "quick")}
    assert given(page) == dict.fromkeys(answers.keys() & asked, "3")
    assert f"It answers the form {framework.forms[answered].name}. What both forms ask is filled in." in told(page)
    rest = len(answers.keys() - asked)
    assert (f"{rest} answers are to questions that this form does not ask. They are kept." in told(page)) == bool(rest)
    again = json.loads(content_of(downloaded(page)))
    assert without_notes(again["answers"]) == answers
    assert again["form"] != answered


EARLIER = sheet_of(
    framework={"id": "systems-leadership", "version": "0.9.0"},
    answers={
        "shared-purpose": {"answer": 4, "revision": 1, "note": "Counts"},
        "time-to-think": {"answer": 1, "revision": 99, "note": "In other words"},
        "gone-since": {"answer": "not-sure", "revision": 1},
    },
    earlier={"shared-purpose": [{"answer": 2, "revision": 98}]},
)


def test_what_another_version_asked_is_shown_apart_and_not_counted(standard, framework):
    open_file(standard, EARLIER)
    assert f"It was filled in with version 0.9.0 of the questions. This is version {framework.version}." in told(
        standard
    )
    for words in (
        "1 answer counts here.",
        "2 answers are to words that this page does not know. They are kept.",
        "1 answer was replaced by a newer one before. It is kept.",
        "All that is kept stays in the sheet, and is shown under “Check your answers”.",
    ):
        assert words in told(standard)
    assert given(standard) == {"shared-purpose": "4"}
    open_step(standard, "check")
    standard.locator("[data-kept] li").first.wait_for()
    names = [level.name for level in framework.outline.levels]
    unknown = "Asked in a version that this page does not know.\nWhen you answered\n"
    anew = "You have answered it anew since. This is the earlier answer.\nWhen you answered\n"
    time_to_think, purpose = (framework.indicators[id_].label for id_ in ("time-to-think", "shared-purpose"))
    again = f"Answer it as it is asked now\n: {time_to_think}"
    assert [re.sub(r"\n+", "\n", text) for text in standard.locator("[data-kept] li").all_inner_texts()] == [
        f"{time_to_think}\n{unknown}{names[0]}\nYour note: In other words\n{again}",
        f"gone-since\n{unknown}Not sure",
        f"{purpose}\n{anew}{names[1]}",
    ]
    assert standard.locator('[data-check="time-to-think"] dd').first.inner_text() == "Not answered"
    open_step(standard, "results")
    result = score(framework, "standard", {"shared-purpose": 4})
    states = "(all) => Object.fromEntries(all.map(($each) => [$each.dataset.lens, $each.dataset.state]))"
    assert standard.locator("[data-lens]").evaluate_all(states) == {
        id_: lens["state"] for id_, lens in result["lenses"].items()
    }
    assert standard.locator("header [data-progress]").inner_text() == "1 of 40 answered"
    assert lost(EARLIER, content_of(downloaded(standard)), framework) == []


def test_answering_a_changed_question_anew_puts_the_answer_of_then_aside(standard, framework):
    open_file(standard, EARLIER)
    open_step(standard, "working")
    choose(standard, "time-to-think", 5)
    again = json.loads(content_of(downloaded(standard)))
    revision = framework.indicators["time-to-think"].revision
    assert again["answers"]["time-to-think"] == {"answer": 5, "revision": revision}
    assert again["earlier"]["time-to-think"] == [{"answer": 1, "revision": 99, "note": "In other words"}]
    assert again["answers"]["gone-since"]["answer"] == "not-sure"


def test_a_note_on_a_changed_question_stays_with_the_question_and_not_with_the_answer_of_then(standard):
    open_file(standard, sheet_of(answers={"time-to-think": {"answer": 1, "revision": 99}}))
    write_note(standard, "time-to-think", "What we think now")
    again = content_of(downloaded(standard))
    standard.reload()
    open_file(standard, again)
    assert note_on(standard, "time-to-think").input_value() == "What we think now"


def test_answers_and_notes_follow_a_question_to_its_new_id(standard, framework):
    known = rules(framework)
    for now_, before in {"shared-purpose": "one-purpose", "time-to-think": "thinking-time"}.items():
        known["indicators"][now_]["formerly"] = ["still-older", before]
    standard.route(
        "**/framework/sheets.js",
        lambda route: route.fulfill(body=f"export default {json.dumps(known)}", content_type="text/javascript"),
    )
    answers = {"one-purpose": {"answer": 4, "revision": framework.indicators["shared-purpose"].revision, "note": "Old"}}
    open_file(standard, sheet_of(answers=answers, notes={"thinking-time": "Older"}))
    assert given(standard) == {"shared-purpose": "4"}
    assert [note_on(standard, id_).input_value() for id_ in ("shared-purpose", "time-to-think")] == ["Old", "Older"]
    again = json.loads(content_of(downloaded(standard)))
    assert again["answers"] == {"shared-purpose": answers["one-purpose"]}
    assert again["notes"] == {"time-to-think": "Older"}


@pytest.mark.parametrize("name", NASTY)
def test_names_and_notes_survive_a_download_and_an_opening(standard, framework, name):
    scope = [standard.locator(f'[name="scope.{field}"]') for field in ("work", "team")]
    for field in scope:
        field.fill(name)
    choose_in_purpose(standard)
    write_note(standard, "shared-purpose", name)
    write_note(standard, "outcome-that-matters", f"{name} without an answer")
    again = content_of(downloaded(standard))
    sheet = read(again, framework)
    assert (sheet.work, sheet.team, sheet.answers["shared-purpose"].note) == (name, name, name)
    standard.reload()
    open_file(standard, again)
    assert [field.input_value() for field in scope] == [name, name]
    assert given(standard) == {"shared-purpose": "3"}
    assert note_on(standard, "shared-purpose").input_value() == name
    assert note_on(standard, "outcome-that-matters").input_value() == f"{name} without an answer"
    open_step(standard, "results")
    assert standard.locator("#results [data-scope]").inner_text().startswith(f"{name} · {name} · ")


def choose_in_purpose(page):
    open_step(page, "purpose")
    choose(page, "shared-purpose", 3)


def test_two_notes_on_one_question_are_both_kept(standard, framework):
    revision = framework.indicators["shared-purpose"].revision
    answers = {"shared-purpose": {"answer": 4, "revision": revision, "note": "Beside the answer"}}
    open_file(standard, sheet_of(answers=answers, notes={"shared-purpose": "Before the answer"}))
    assert note_on(standard, "shared-purpose").input_value() == "Beside the answer\nBefore the answer"


def test_what_another_program_calls_name_is_not_taken_for_the_sheets_own(standard):
    open_file(standard, sheet_of(name=NO_TEXT))
    save(standard)
    assert standard.get_by_label("Name of this sheet").input_value() == ""
    standard.get_by_label("Name of this sheet").fill("Our own")
    assert json.loads(content_of(downloaded(standard)))["name"] == NO_TEXT


def test_a_file_that_begins_with_a_byte_order_mark_opens_and_so_does_the_same_file_again(standard, framework):
    answers = {"shared-purpose": {"answer": 4, "revision": framework.indicators["shared-purpose"].revision}}
    for _ in range(2):
        open_file(standard, b"\xef\xbb\xbf" + sheet_of(answers=answers))
        assert told(standard).startswith(f"{FILE_NAME} is open.")
        assert given(standard) == {"shared-purpose": "4"}


def test_opening_a_file_leaves_the_saved_sheet_as_it_is(standard):
    choose_in_purpose(standard)
    save(standard)
    open_file(standard, sheet_of(answers={"time-to-think": {"answer": 1, "revision": 1}}))
    assert not standard.get_by_role("button", name="Bring them back").count()
    standard.reload()
    standard.locator("#balcony-stored").get_by_role("button", name="Continue").click()
    standard.get_by_text("Saved on this device, with every change.").wait_for()
    assert given(standard) == {"shared-purpose": "3"}


PLAN = [
    {"who": "Ann", "by_when": "2027-03-31", "indicator": "shared-purpose", "done": False, "steps": [{"by": None}]},
    {"who": "", "by_when": "", "commitment": NASTY[3], "constructor": {"__proto__": 1}},
    {"notice": "A letter within a week", "by_when": "1999-12-31", "indicator": "gone-since"},
]


def in_another_tab(page, *changes):
    """Records as text, so that any key arrives as it is. One that is None is taken away."""
    page.evaluate(IN_ANOTHER_TAB, json.dumps(changes))


def plan_in(page):
    """The action plan that the person gets as a file."""
    return json.loads(content_of(downloaded(page)))["actions"]


@pytest.mark.parametrize("is_saved", [False, True])
@pytest.mark.parametrize("plan", [[], PLAN, PLAN * 5])
def test_a_plan_is_downloaded_again_as_it_was_opened_and_in_its_order(standard, plan, is_saved):
    open_file(standard, sheet_of(actions=plan))
    if is_saved:
        save(standard)
        come_back(standard)
    assert plan_in(standard) == plan


def test_the_order_of_a_plan_in_a_file_counts_whatever_place_its_actions_say_they_have(standard):
    open_file(standard, sheet_of(actions=[{"who": "Ann", "place": 9}, {"who": "Ben", "place": 1}, {"who": "Cal"}]))
    assert plan_in(standard) == [{"who": "Ann"}, {"who": "Ben"}, {"who": "Cal"}]


def test_what_another_tab_does_to_one_action_leaves_the_others_as_they_are(standard):
    open_file(standard, sheet_of(actions=PLAN))
    save(standard)
    in_another_tab(
        standard,
        ("actions", "0", {"who": "Ben", "place": 7}),
        ("actions", "x", {"who": "Cal", "place": 2}),
        ("actions", "later", {"who": "Dan", "place": 1.5}),
    )
    expected = [PLAN[1], {"who": "Dan"}, PLAN[2], {"who": "Cal"}, {"who": "Ben"}]
    assert plan_in(standard) == expected
    come_back(standard)
    assert plan_in(standard) == expected


def test_an_action_that_another_tab_takes_away_is_gone_here_too(standard):
    open_file(standard, sheet_of(actions=PLAN))
    save(standard)
    in_another_tab(standard, ("actions", "1", None))
    assert plan_in(standard) == [PLAN[0], PLAN[2]]
    come_back(standard)
    assert plan_in(standard) == [PLAN[0], PLAN[2]]


@pytest.mark.parametrize("plan", [[], PLAN])
def test_a_plan_that_was_saved_as_one_list_comes_back_and_so_does_what_was_changed_in_it_since(standard, plan):
    save(standard)
    in_another_tab(standard, ("actions", plan))
    assert plan_in(standard) == plan
    in_another_tab(standard, ("actions", "0", {"who": "Ben", "place": 9}))
    come_back(standard)
    assert plan_in(standard) == [*plan[1:], {"who": "Ben"}]


def test_when_a_sheet_looks_back_is_kept(standard):
    open_file(standard, sheet_of(looking_back="2025-11-22T09:30:00Z"))
    save(standard)
    come_back(standard)
    assert json.loads(content_of(downloaded(standard)))["looking_back"] == "2025-11-22T09:30:00Z"


@pytest.mark.parametrize(("form", "path"), [("quick", QUICK), ("standard", STANDARD)])
def test_the_downloaded_file_is_named_and_made_as_documented(page, site_address, framework, form, path):
    page.goto(site_address + path)
    answers = random_answers(framework, form, 4)
    answer_all(page, answers)
    page.get_by_label(framework.outline.context[0].options[0].label).check()
    open_step(page, "warning-signs")
    page.get_by_label(framework.outline.warning_signs[1].text).check()
    download = downloaded(page)
    content = content_of(download)
    sheet = read(content, framework)
    assert download.suggested_filename == f"{framework.id}-{form}-{sheet.changed[:10]}.balcony.json"
    Draft202012Validator(schema()).validate(json.loads(content))
    assert sheet.answers_to(framework) == answers
    assert (sheet.form, sheet.framework.version) == (form, framework.version)
    assert sheet.context == {framework.outline.context[0].id: framework.outline.context[0].options[0].id}
    assert sheet.warning_signs == [framework.outline.warning_signs[1].id]
