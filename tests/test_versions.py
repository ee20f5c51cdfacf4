"""Old sheets on new versions, and new ones on old: nothing is lost, nothing that has changed is scored, and each is said."""

from __future__ import annotations

import json
import re

import pytest
from axe import violations
from click.testing import CliRunner
from run import PHONE, answer_all, choose, open_step
from test_opening import content_of, downloaded, open_file, told
from test_saving import banner, given, save, settle
from versions import LENS, NEW, REASKED, REMOVED, RENAMED, REVISED, framework_of, publish

from generator import __main__ as command
from generator.score import score

ACTIONS = [
    {"who": "Ann", "commitment": "Ask", "indicator": RENAMED[0], "by_when": "2027-03-31", "colour": "red"},
    {"who": "Ben", "request": "Count", "indicator": REMOVED},
]
TARGETS = {"strategic-triangle/public-value": 4, f"{LENS}/single-loop": 5}
NOTES = {
    REVISED: "Half an hour, once",
    REMOVED: "We borrowed it",
    RENAMED[0]: "Two days a month",
    "shared-purpose": "Yes",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("versions")


@pytest.fixture(scope="module")
def versions(built_site, folder):
    return publish(built_site, folder)


@pytest.fixture(scope="module")
def address(folder, versions, serve):
    """The server's top, below which the versions stand side by side."""
    assert versions
    return serve(folder / "site")


@pytest.fixture
def at(open_page, address, versions):
    """Open the standard form of a version: `at("2.0.0")`; in the same browser as a page, `at("2.0.0", page)`."""

    def open_(number, beside=None, **options):
        page = beside.context.new_page() if beside else open_page(**options)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address + versions[number].path)
        page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
        return page

    return open_


@pytest.fixture(scope="module")
def answered(versions):
    """What was answered on 1.0.0: all questions, of which one is not sure."""
    ids = list(versions["1.0.0"].framework.indicators)
    return {**{id_: 1 + number % 5 for number, id_ in enumerate(ids)}, REVISED: 3, REASKED: 2, ids[-1]: "not-sure"}


@pytest.fixture
def old_file(at, answered, versions):
    """A sheet that was filled in and downloaded on 1.0.0, with all that a sheet can hold."""
    page = at("1.0.0")
    answer_all(page, answered)
    for id_, note in NOTES.items():
        page.evaluate("(id) => { location.hash = id }", id_)
        page.locator(f'[id="{id_}"]').get_by_text("Add a note").click()
        page.locator(f'[name="{id_}.note"]').fill(note)
    outline = versions["1.0.0"].framework.outline
    open_step(page, "warning-signs")
    for sign in outline.warning_signs[:2]:
        page.get_by_label(sign.text).check()
    open_step(page, "start")
    page.locator('[name="scope.team"]').fill("The board")
    page.get_by_label(outline.context[0].options[0].label).check()
    sheet = json.loads(content_of(downloaded(page)))
    return json.dumps({**sheet, "targets": TARGETS, "actions": ACTIONS, "x-mood": {"of": ["us"]}}).encode()


def sentences(page):
    """What the page says of a sheet that has just arrived."""
    return page.locator("#balcony-banner li").all_inner_texts()


def kept(page):
    """What is shown as kept, a text for each."""
    open_step(page, "check")
    page.locator("[data-kept] h2").wait_for()
    return [re.sub(r"\s*\n\s*", "\n", text) for text in page.locator(".kept > li").all_inner_texts()]


def scored_by_command(folder, number, content):
    path = folder / "sheet.json"
    path.write_bytes(content)
    options = ["score", "--framework", str(framework_of(folder, number)), str(path)]
    return CliRunner().invoke(command.main, options)


def states(page):
    open_step(page, "results")
    return page.locator("[data-lens]").evaluate_all(
        "(all) => Object.fromEntries(all.map(($each) => [$each.dataset.lens, $each.dataset.state]))"
    )


def question(versions, number, id_):
    return versions[number].framework.indicators[id_]


def level(versions, number, id_, at_):
    name = versions[number].framework.outline.levels[at_ - 1].name
    return f"{name}\n{question(versions, number, id_).levels[at_]}"


def asked(versions, number):
    return versions[number].framework.indicators


def test_the_changes_of_a_minor_version_cost_no_answer(at, old_file, answered):
    page = at("1.1.0")
    open_file(page, old_file, "old.json")
    assert told(page).startswith("old.json is open.")
    assert sentences(page) == [
        "It was filled in with version 1.0.0 of the questions. This is version 1.1.0.",
        "40 answers count here.",
        "1 answer followed its question to a new name.",
    ]
    renamed = {RENAMED[1] if id_ == RENAMED[0] else id_: str(answer) for id_, answer in answered.items()}
    assert given(page) == renamed
    assert page.locator(f'[name="{RENAMED[1]}.note"]').input_value() == NOTES[RENAMED[0]]
    assert page.locator("[data-changed]").count() == 0
    open_step(page, "check")
    assert page.locator(f'[data-check="{NEW}"] dd').first.inner_text() == "Not answered"
    assert not page.locator("[data-kept]").is_visible()
    again = json.loads(content_of(downloaded(page)))
    assert again["actions"] == [{**ACTIONS[0], "indicator": RENAMED[1]}, ACTIONS[1]]


def test_a_major_version_says_sentence_by_sentence_what_became_of_a_sheet(at, old_file, versions):
    page = at("2.0.0")
    open_file(page, old_file, "old.json")
    sign = versions["1.0.0"].framework.outline.warning_signs[0].id
    assert sign not in {each.id for each in versions["2.0.0"].framework.outline.warning_signs}
    labels = [question(versions, "2.0.0", id_).label for id_ in (REVISED, REASKED)]
    assert sentences(page) == [
        "It was filled in with version 1.0.0 of the questions. This is version 2.0.0.",
        "37 answers count here.",
        "1 answer followed its question to a new name.",
        "2 questions have changed since. Their answers are kept, and they are asked again.",
        "1 answer is to a question that is no longer asked. It is kept.",
        "2 targets, ticks, choices or notes are about things that are not on this page. They are kept.",
        "All that is kept stays in the sheet, and is shown under “Check your answers”.",
        f"To be answered again: {labels[0]}, {labels[1]}",
    ]
    page.locator("#balcony-banner a").first.click()
    page.wait_for_function("(id) => document.activeElement.name === id", arg=REVISED)


def test_what_is_kept_is_shown_with_the_words_of_then_beside_those_of_now(at, old_file, versions):
    page = at("2.0.0")
    open_file(page, old_file)
    then, now_ = (level(versions, number, REVISED, 3) for number in ("1.0.0", "2.0.0"))
    assert then != now_
    changed = "The question has changed since you answered it."
    again = "Answer it as it is asked now\n: "
    old, new = (question(versions, number, REASKED) for number in ("1.0.0", "2.0.0"))
    revised, gone = question(versions, "2.0.0", REVISED), question(versions, "1.0.0", REMOVED)
    removed_level = json.loads(old_file)["answers"][REMOVED]["answer"]
    assert sorted(kept(page)) == sorted(
        [
            (
                f"{revised.label}\n{changed}\n{revised.question}\nWhen you answered\n{then}\nNow\n{now_}\n"
                f"Your note: {NOTES[REVISED]}\n{again}{revised.label}"
            ),
            (
                f"{new.label}\n{changed}\nWhen you answered\n{old.question}\n{level(versions, '1.0.0', REASKED, 2)}\n"
                f"Now\n{new.question}\n{level(versions, '2.0.0', REASKED, 2)}\n{again}{new.label}"
            ),
            (
                f"{gone.label}\nNo longer asked since version 2.0.0.\nWhen you answered\n{gone.question}\n"
                f"{level(versions, '1.0.0', REMOVED, removed_level)}\nYour note: {NOTES[REMOVED]}"
            ),
        ]
    )
    rest = page.locator("[data-kept] h3 + ul li").all_inner_texts()
    sign = versions["1.0.0"].framework.outline.warning_signs[0].id
    assert rest == [f"Target for {LENS}/single-loop: Renewing", f"Warning sign: {sign}"]
    page.locator(".kept a").first.click()
    page.wait_for_function("(id) => document.activeElement.name === id", arg=REVISED)


def test_a_question_that_has_changed_says_so_where_it_is_asked_again(at, old_file, versions):
    page = at("2.0.0")
    open_file(page, old_file)
    open_step(page, "working")
    fieldset = page.locator(f'[id="{REVISED}"]')
    fieldset.locator("[data-changed]").wait_for()
    assert fieldset.locator("input:checked").count() == 0
    text = question(versions, "1.0.0", REVISED).levels[3]
    said = f"You answered this before it changed: Steady: {text}"
    described = page.locator(f"#{fieldset.get_attribute('aria-describedby')}")
    assert described.inner_text().replace("\n", " ") == said
    wording = fieldset.locator("[data-changed] li").nth(2)
    assert wording.text_content() == f"Steady: {text}"
    assert not wording.is_visible(), "not before it is wanted"
    page.emulate_media(media="print")
    assert described.is_visible()
    page.emulate_media(media="screen")
    fieldset.get_by_text("How it was asked then").click()
    assert wording.is_visible()
    assert fieldset.get_by_text(NOTES[REVISED]).is_visible()
    open_step(page, "start")
    page.reload()
    assert page.locator("[data-changed]").count() == 0
    open_file(page, old_file)
    page.locator("[data-changed]").first.wait_for(state="attached")
    open_file(page, json.dumps({**json.loads(old_file), "answers": {}}).encode())
    page.wait_for_function("() => !document.querySelector('[data-changed]')")
    assert page.locator(f'[id="{REVISED}"]').get_attribute("aria-describedby") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_kept_and_asked_again_keeps_nobody_out_and_fits_a_phone(at, old_file, scheme):
    page = at("2.0.0", viewport=PHONE, color_scheme=scheme)
    open_file(page, old_file)
    page.locator("[data-changed]").first.wait_for(state="attached")
    for step in ("start", "working", "check"):
        open_step(page, step)
        if step == "check":
            page.locator(".kept").wait_for()
        assert violations(page) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], step


def test_nothing_is_lost_when_changed_questions_are_answered_again_and_the_sheet_is_downloaded(
    at, old_file, versions, folder
):
    page = at("2.0.0")
    open_file(page, old_file)
    for id_ in (REVISED, REASKED):
        open_step(page, "working")
        choose(page, id_, 5)
    content = content_of(downloaded(page))
    before, after = json.loads(old_file), json.loads(content)
    for id_ in (REVISED, REASKED):
        assert after["answers"][id_] == {"answer": 5, "revision": question(versions, "2.0.0", id_).revision}
        assert after["earlier"][id_] == [{**before["answers"][id_], "note": NOTES.get(id_, "")}]
    others = {RENAMED[1] if id_ == RENAMED[0] else id_: each for id_, each in before["answers"].items()}
    for id_ in others.keys() - {REVISED, REASKED}:
        assert after["answers"][id_] == others[id_], id_
    assert after["actions"] == [{**ACTIONS[0], "indicator": RENAMED[1]}, ACTIONS[1]]
    for field in ("targets", "warning_signs", "context", "team", "created", "x-mood"):
        assert after[field] == before[field], field
    assert any("You have answered it anew since. This is the earlier answer." in text for text in kept(page))
    ran = scored_by_command(folder, "2.0.0", content)
    assert ran.exit_code == 0, ran.output
    lenses = json.loads(ran.stdout)["lenses"]
    assert states(page) == {id_: lens["state"] for id_, lens in lenses.items()}
    assert LENS not in lenses


def test_what_has_changed_is_not_scored_on_the_page_nor_by_the_command(at, old_file, versions, folder, answered):
    page = at("2.0.0")
    open_file(page, old_file)
    open_step(page, "check")
    assert page.locator("#check [data-progress]").inner_text() == "37 of 40 answered"
    counting = {RENAMED[1] if id_ == RENAMED[0] else id_: each for id_, each in answered.items()}
    for id_ in (REVISED, REASKED, REMOVED):
        del counting[id_]
    expected = score(versions["2.0.0"].framework, "standard", counting)["lenses"]
    in_python = json.loads(scored_by_command(folder, "2.0.0", old_file).stdout)["lenses"]
    assert {id_: lens["state"] for id_, lens in in_python.items()} == {
        id_: lens["state"] for id_, lens in expected.items()
    }
    assert states(page) == {id_: lens["state"] for id_, lens in expected.items()}


@pytest.fixture
def new_file(versions):
    """A sheet of 2.0.0, of a form that 1.0.0 does not have, with an answer that 1.0.0 does not offer."""
    answers = {id_: {"answer": 4, "revision": each.revision} for id_, each in asked(versions, "2.0.0").items()}
    answers["shared-purpose"]["answer"] = "not-applicable"
    sheet = {
        "format": "balcony-sheet/1",
        "framework": {"id": "systems-leadership", "version": "2.0.0"},
        "form": "deep",
        "answers": answers,
        "notes": {NEW: "Seen in the accounts"},
    }
    return json.dumps(sheet).encode()


def test_a_sheet_of_a_newer_version_is_opened_as_far_as_it_can_be_and_says_what_was_left_out(
    at, new_file, versions, folder
):
    page = at("1.0.0")
    open_file(page, new_file, "new.json")
    assert sentences(page) == [
        "It answers a form that this version does not have: deep. What this form asks too is filled in.",
        "It comes from version 2.0.0, which is newer than this page: version 1.0.0.",
        "35 answers count here.",
        "1 answer cannot be given in this version. It is kept, and the question is asked again.",
        "4 answers are to words that this page does not know. They are kept.",
        "1 target, tick, choice or note is about something that is not on this page. It is kept.",
        "All that is kept stays in the sheet, and is shown under “Check your answers”.",
    ]
    assert set(given(page)) == asked(versions, "1.0.0").keys() - {
        REVISED,
        REASKED,
        REMOVED,
        RENAMED[0],
        "shared-purpose",
    }
    unknown = [text for text in kept(page) if "Asked in a version that this page does not know." in text]
    assert {text.split("\n")[0] for text in unknown} == {
        NEW,
        RENAMED[1],
        question(versions, "1.0.0", REVISED).label,
        question(versions, "1.0.0", REASKED).label,
    }
    before, after = json.loads(new_file), json.loads(content_of(downloaded(page)))
    assert after["earlier"] == {"shared-purpose": [before["answers"].pop("shared-purpose")]}
    found = {id_: {key: each[key] for key in ("answer", "revision")} for id_, each in after["answers"].items()}
    assert found == before["answers"]
    assert "Seen in the accounts" in json.dumps(after)
    ran = scored_by_command(folder, "1.0.0", new_file)
    assert ran.exit_code == 1
    assert 'There is no form "deep". The forms are: quick, standard. The sheet is of version "2.0.0"' in ran.stderr


def test_a_sheet_that_has_been_to_an_old_page_and_back_has_its_answers_again(at, old_file):
    newer = at("2.0.0")
    open_file(newer, old_file)
    open_step(newer, "working")
    choose(newer, REVISED, 5)
    from_new = content_of(downloaded(newer))
    older = at("1.0.0", newer)
    open_file(older, from_new)
    assert any("Put aside; the question reads the same." in text for text in kept(older))
    back = at("2.0.0", newer)
    open_file(back, content_of(downloaded(older)))
    assert given(back)[REVISED] == "5"
    assert len(given(back)) == len(given(newer))


def test_old_and_new_are_compared_over_what_both_asked_and_the_rest_is_named_with_the_reason(at, old_file, versions):
    page = at("2.0.0")
    answer_all(page, dict.fromkeys(asked(versions, "2.0.0"), 4))
    open_step(page, "results")
    page.locator("[data-more] > summary").click()
    files = page.locator("#balcony-earlier")
    files.wait_for()
    files.set_input_files({"name": "old.json", "mimeType": "application/json", "buffer": old_file})
    summary = page.locator("div[data-change='']")
    summary.wait_for()
    assert "36 questions can be compared." in summary.inner_text()
    told_ = {
        item.locator("summary").text_content(): item.locator("li").all_text_contents()
        for item in summary.locator("details").all()
    }
    new = asked(versions, "2.0.0")
    last = list(asked(versions, "1.0.0"))[-1]
    assert told_ == {
        "Not compared, because the question has changed since: 2": [new[REVISED].question, new[REASKED].question],
        "Not compared, because the question came later than the earlier sheet: 1": [new[NEW].question],
        "Not compared, because a level is missing on one of the dates: 1": [new[last].question],
        "Not compared, because the question is no longer asked: 1": [question(versions, "1.0.0", REMOVED).label],
    }


# What other versions have saved


EVERY_RECORD = """async (name) => {
    const database = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result); });
    const store = database.transaction("records").objectStore("records");
    const all = await Promise.all([store.getAllKeys(), store.getAll()].map(
        (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); })));
    database.close();
    return JSON.stringify([database.version, ...all]);
}"""
NAMES = "async () => (await indexedDB.databases()).map(({ name }) => name)"


def test_a_sheet_that_another_version_has_saved_is_offered_and_only_a_copy_of_it_is_taken(at, answered):
    old = at("1.0.0")
    answer_all(old, answered)
    save(old, "Our year")
    settle(old)
    [name] = old.evaluate(NAMES)
    before = old.evaluate(EVERY_RECORD, name)
    page = at("2.0.0", old)
    page.get_by_text("1 sheet is saved with another version of this page").click()
    row = page.locator("#balcony-stored details li")
    assert row.inner_text().startswith("Saved with version 1.0.0: Our year, 37 of 40 answered")
    assert row.get_by_role("link", name="Open it there").get_attribute("href").endswith("/1.0/assess/standard/")
    row.get_by_role("button", name="Bring a copy here").click()
    assert banner(page).startswith("This is a copy of the sheet that was saved with version 1.0.0.")
    assert "2 questions have changed since. Their answers are kept, and they are asked again." in sentences(page)
    assert len(given(page)) == 37
    open_step(page, "purpose")
    choose(page, "shared-purpose", 5)
    assert page.evaluate(NAMES) == [name]
    assert page.evaluate(EVERY_RECORD, name) == before
    save(page)
    assert len(page.evaluate(NAMES)) == 2
    assert page.evaluate(EVERY_RECORD, name) == before


def test_a_page_on_which_nobody_saved_looks_for_nothing(at):
    page = at("2.0.0")
    page.wait_for_load_state("networkidle")
    fetched = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))")
    assert not {"saved.js", "elsewhere.js", "asked_before.js", "earlier.js", "kept.js"} & set(fetched)


@pytest.mark.parametrize(
    ("own", "other", "is_found"),
    [
        ("/site/2.0/", "/site/1.0/", True),
        ("/site/latest/", "/site/1.0.3/", True),
        ("/site/1.0/", "/site/", True),
        ("/site/", "/site/v2/", True),
        ("/site/1.0/", "/another/1.0/", False),
        ("/site/1.0/", "/site/1.0/file.html", False),
        ("/site/", "/another/", False),
    ],
)
def test_only_versions_of_the_same_site_and_framework_are_looked_into(at, own, other, is_found):
    page = at("2.0.0")
    found = page.evaluate(
        """async ([own, other]) => {
            const { placesOf } = await import("#client/elsewhere.js");
            return placesOf([own, other, other.replace(/:[^:]*$/, ":another")], own).map(({ name }) => name);
        }""",
        [f"balcony:{own}:systems", f"balcony:{other}:systems"],
    )
    assert found == ([f"balcony:{other}:systems"] if is_found else [])
