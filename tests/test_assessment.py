"""The assessment page of the built site, as people use it: by keyboard, on a phone, without script, to the results."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import pytest
from run import (
    FORMS,
    HOSTILE,
    PHONE,
    QUICK,
    STANDARD,
    answer_all,
    choose,
    hostile_copy,
    open_step,
    page_of,
    random_answers,
    visible_step,
    wait_for_step,
)
from weight import MOST, MOST_SCRIPTS, of_scripts, watch, weights

from generator.assessment import data_modules
from generator.references import RESERVED
from generator.score import score
from generator.site import framework_json


@pytest.fixture
def standard(page, site_address):
    page.goto(site_address + STANDARD)
    return page


def test_the_start_says_how_long_how_many_and_what_stays_on_the_device(standard, framework):
    start = standard.locator("#start").inner_text()
    assert (
        f"About {framework.forms['standard'].minutes} minutes, {len(framework.asked('standard'))} questions." in start
    )
    assert "Nothing is sent" in start
    assert visible_step(standard) == ["start"]


@pytest.mark.parametrize("form", ["quick", "standard"])
def test_every_question_of_the_form_is_asked_once_with_all_its_levels(page, site_address, framework, form):
    page.goto(f"{site_address}assess/{form}/")
    asked = framework.asked(form)
    assert page.evaluate("[...document.querySelectorAll('fieldset.question')].map(({ id }) => id)") == [
        each.id for each in asked
    ]
    for indicator in asked:
        fieldset = page.locator(f'[id="{indicator.id}"]')
        values = fieldset.locator("input[type=radio]").evaluate_all("(all) => all.map(({ value }) => value)")
        levels = [str(level) for level in indicator.levels]
        assert values == [*levels, "not-sure", *(["not-applicable"] if indicator.not_applicable else [])]
        assert fieldset.locator("legend").text_content() == indicator.question
        for level, text in indicator.levels.items():
            label = fieldset.locator(f'label:has(input[value="{level}"])').text_content()
            assert label == f"{framework.outline.levels[level - 1].name} {text}"


def test_nothing_is_chosen_before_the_person_chooses(standard):
    assert standard.locator("input:checked").count() == 0


def test_a_whole_run_by_keyboard_alone_on_a_small_screen(open_page, site_address, framework):
    page = open_page(viewport=PHONE)
    page.goto(site_address + STANDARD)
    seen, answered = ["start"], set()
    for _ in range(900):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const $at = document.activeElement;
                return { type: $at.type, name: $at.name, button: $at.classList.contains("button"), checked: $at.checked,
                         step: document.querySelector("[data-step]:not([hidden])").id };
            }"""
        )
        if at["type"] == "radio" and at["name"] in framework.indicators and not at["checked"]:
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            answered.add(at["name"])
        elif at["button"]:
            page.keyboard.press("Enter")
            page.wait_for_function(
                "(step) => document.querySelector('[data-step]:not([hidden])').id !== step", arg=at["step"]
            )
            seen.append(visible_step(page)[0])
            assert page.evaluate("document.activeElement.tagName") == "H1"
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if seen[-1] == "results":
            break
    assert seen == ["start", *framework.outline.sections, "warning-signs", "check", "results"]
    assert answered == set(framework.indicators)
    assert page.locator('[data-lens="strategic-triangle"]').get_attribute("data-state") == "in-step-but-early"


def test_choosing_moves_nothing_and_counts_at_once(standard):
    open_step(standard, "purpose")
    choose(standard, "shared-purpose", 3)
    choose(standard, "shared-purpose", 4)
    choose(standard, "outcome-that-matters", "not-sure")
    assert visible_step(standard) == ["purpose"]
    assert standard.locator("header [data-progress]").inner_text() == "2 of 40 answered"


def test_a_note_is_kept_whether_it_comes_before_the_answer_or_after_or_without_one(standard):
    notes = {
        "shared-purpose": "five cards, four the same",
        "outcome-that-matters": "Ynys Môn 領導 <b>",
        "decided-with-communities": "nobody knew",
    }
    open_step(standard, "purpose")
    choose(standard, "outcome-that-matters", "not-sure")
    for id_, note in notes.items():
        standard.locator(f'[id="{id_}"]').get_by_text("Add a note").click()
        standard.locator(f'[name="{id_}.note"]').press_sequentially(note)
    choose(standard, "shared-purpose", 4)
    with standard.expect_download() as download:
        standard.get_by_role("button", name="Download my answers").click()
    sheet = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert sheet["answers"] == {
        "outcome-that-matters": {"answer": "not-sure", "revision": 1, "note": notes["outcome-that-matters"]},
        "shared-purpose": {"answer": 4, "revision": 1, "note": notes["shared-purpose"]},
    }
    assert sheet["notes"] == {"decided-with-communities": notes["decided-with-communities"]}


def test_a_digit_chooses_the_level_and_moves_nothing(standard):
    open_step(standard, "purpose")
    question = standard.locator("#outcome-that-matters")
    question.locator("input").first.focus()
    for key, chosen in (("4", "4"), ("2", "2"), ("9", "2"), ("0", "2")):
        standard.keyboard.press(key)
        assert question.locator("input:checked").get_attribute("value") == chosen
        assert standard.evaluate("document.activeElement.value") == chosen
    assert visible_step(standard) == ["purpose"]
    question.get_by_text("Add a note").click()
    question.locator("textarea").press_sequentially("3 of 5")
    assert question.locator("input:checked").get_attribute("value") == "2"
    assert standard.locator("#purpose input:checked").count() == 1


def test_blanks_are_pointed_out_once_and_block_nothing(standard, framework):
    open_step(standard, "permission")
    first, *blank = framework.sections[1].indicators
    choose(standard, first.id, 3)
    onward = standard.locator("#permission").get_by_role("link", name="Continue")
    onward.click()
    notice = standard.locator("#balcony-notice")
    notice.wait_for()
    assert notice.get_by_role("heading").inner_text() == f"{len(blank)} questions on this page have no answer"
    assert notice.get_by_role("link").all_inner_texts() == [each.question for each in blank]
    assert standard.evaluate("document.activeElement.id") == "balcony-notice"
    assert not standard.title().startswith("Error")
    notice.get_by_role("link", name=blank[1].question).click()
    assert standard.evaluate("document.activeElement.name") == blank[1].id
    onward.click()
    wait_for_step(standard, "capacity")
    assert not notice.is_visible()
    standard.go_back()
    wait_for_step(standard, "permission")
    onward.click()
    wait_for_step(standard, "capacity")


def test_the_back_button_goes_back_and_keeps_the_answers(standard):
    open_step(standard, "purpose")
    choose(standard, "shared-purpose", 3)
    standard.locator("#purpose").get_by_role("link", name="Continue").click()
    standard.locator("#balcony-notice").wait_for()
    standard.locator("#purpose").get_by_role("link", name="Continue").click()
    wait_for_step(standard, "permission")
    assert standard.title().startswith("Permission – ")
    standard.go_back()
    standard.wait_for_function("() => document.title.startsWith('Purpose – ')")
    assert visible_step(standard) == ["purpose"]
    assert standard.locator('#shared-purpose input[value="3"]').is_checked()


def test_a_reload_stays_in_place(standard):
    open_step(standard, "relating")
    standard.reload()
    assert visible_step(standard) == ["relating"]


def test_the_skip_link_moves_the_focus_and_not_the_run(standard):
    open_step(standard, "capacity")
    standard.locator(".skip").focus()
    standard.keyboard.press("Enter")
    standard.wait_for_function("() => document.activeElement.id === 'balcony-main'")
    assert visible_step(standard) == ["capacity"]


def test_an_address_that_leads_nowhere_opens_the_start(page, site_address):
    page.goto(site_address + STANDARD + "#no-such-step")
    assert visible_step(page) == ["start"]


def test_the_task_list_says_what_is_begun_and_done(standard, framework):
    section = framework.sections[1]
    answer_all(
        standard, {each.id: 3 for each in section.indicators} | {framework.sections[2].indicators[0].id: "not-sure"}
    )
    open_step(standard, "check")
    open_step(standard, "start")
    status = {each.id: standard.locator(f'[data-status="{each.id}"]').inner_text() for each in framework.sections[:3]}
    assert list(status.values()) == ["Not yet started", "Completed", "In progress"]


def test_check_answers_shows_each_answer_and_change_leads_to_its_question(standard):
    answer_all(standard, {"shared-purpose": 5, "backbone-in-place": "not-applicable", "time-to-think": "not-sure"})
    open_step(standard, "check")
    rows = {
        id_: standard.locator(f'[data-check="{id_}"] dd').first.inner_text()
        for id_ in ("shared-purpose", "backbone-in-place", "time-to-think", "high-bar-held")
    }
    assert list(rows.values()) == ["Renewing", "Not applicable", "Not sure", "Not answered"]
    standard.locator('[data-check="time-to-think"] a').click()
    standard.wait_for_function("() => document.activeElement.name === 'time-to-think'")
    assert visible_step(standard) == ["working"]


@pytest.mark.parametrize("form", ["quick", "standard"])
@pytest.mark.parametrize("seed", range(12))
def test_the_results_say_what_python_scores(page, site_address, framework, form, seed):
    page.goto(f"{site_address}assess/{form}/")
    answers = random_answers(framework, form, seed)
    answer_all(page, answers)
    open_step(page, "results")
    result = score(framework, form, answers)
    shown = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-lens]")].map(($lens) => [$lens.dataset.lens, {
            state: $lens.dataset.state,
            message: $lens.querySelector("[data-message]").textContent,
            dimensions: Object.fromEntries([...$lens.querySelectorAll("[data-dimension]")].map(($row) =>
                [$row.dataset.dimension, $row.querySelector("strong")?.textContent ?? null])),
        }]))"""
    )
    assert set(shown) == set(result["lenses"])
    names = [level.name for level in framework.outline.levels]
    for id_, lens in result["lenses"].items():
        assert shown[id_]["state"] == lens["state"]
        assert shown[id_]["message"]
        assert "{" not in shown[id_]["message"]
        assert shown[id_]["dimensions"] == {
            part: names[each["band"] - 1] if each["scored"] else None for part, each in lens["dimensions"].items()
        }


def answers_by_dimension(lens, levels):
    """Answers to the indicators of a lens, a list for each of its dimensions."""
    pairs = zip(lens.dimensions, levels, strict=True)
    return {id_: level for part, given in pairs for id_, level in zip(part.indicators, given, strict=True)}


def test_the_weak_corner_is_named_in_the_lens_own_words(standard, framework):
    lens = framework.lenses_by_id["strategic-triangle"]
    strong, weak, _ = lens.dimensions
    answer_all(standard, answers_by_dimension(lens, ([4, 4, 5], [2, 2, 1], [4, 3, 4])))
    open_step(standard, "results")
    shown = standard.locator('[data-lens="strategic-triangle"]')
    assert shown.get_attribute("data-state") == "out-of-line"
    message = lens.messages["out-of-line"].format(lowest=weak.name, highest=strong.name, level="Starting")
    assert shown.locator("[data-message]").inner_text() == message
    value = "Level: Starting (1.7). Lowest and highest part are 2.7 levels apart."
    assert shown.locator("[data-value]").inner_text() == value
    row = shown.locator(f'[data-dimension="{weak.id}"] td')
    assert row.inner_text().split("\n") == ["Starting", "1.7, from answers Not yet to Starting"]


def test_the_parts_of_a_profile_stand_in_order_of_need(standard, framework):
    lens = framework.lenses_by_id["seven-messages"]
    ids = [part.id for part in lens.dimensions]
    essential = next(part.id for part in lens.dimensions if part.essential)
    levels = {**dict(zip(ids, (4, "not-sure", 3, 0, 1, 5, 2), strict=True)), essential: 2}
    answer_all(standard, answers_by_dimension(lens, ([levels[p.id]] * len(p.indicators) for p in lens.dimensions)))
    open_step(standard, "results")
    rows = standard.locator('[data-lens="seven-messages"] tr[data-dimension]')
    shown = rows.evaluate_all("(all) => all.map(($each) => $each.dataset.dimension)")
    assert shown == [essential, ids[4], ids[6], ids[2], ids[0], ids[5], ids[1]]


def test_answers_that_are_all_the_same_are_said_once(standard, framework):
    lens = framework.lenses_by_id["strategic-triangle"]
    answer_all(standard, answers_by_dimension(lens, ([4, 4, 4], [2, 2, 1], [4, 3, 4])))
    open_step(standard, "results")
    row = standard.locator(f'[data-lens="{lens.id}"] [data-dimension="{lens.dimensions[0].id}"] td')
    assert row.inner_text().split("\n") == ["Shared", "4.0, all answers Shared"]


def test_names_are_joined_as_a_british_sentence_does(standard, framework):
    lens = framework.lenses_by_id["six-ways"]
    answer_all(standard, answers_by_dimension(lens, [[2, 2, 2]] * 3 + [[4, 4, 4]] * 3))
    open_step(standard, "results")
    first, second, third = (part.name for part in lens.dimensions[:3])
    shown = standard.locator('[data-lens="six-ways"] [data-message]').inner_text()
    assert shown == lens.messages["gaps"].format(count=3, total=6, at_most=3, gaps=f"{first}, {second} and {third}")


def test_an_essential_part_that_is_low_heads_its_lens_whatever_is_lower(standard, framework):
    lens = framework.lenses_by_id["seven-messages"]
    answers = answers_by_dimension(
        lens, ([2 if part.essential else 1] * len(part.indicators) for part in lens.dimensions)
    )
    answer_all(standard, answers)
    open_step(standard, "results")
    (essential,) = [part.name for part in lens.dimensions if part.essential]
    shown = standard.locator('[data-lens="seven-messages"] [data-message]').inner_text()
    assert shown == lens.messages["essential-low"].format(lowest=essential, highest="", level="")


def test_a_missing_answer_shows_the_range_it_leaves(standard):
    answer_all(standard, {"shared-purpose": 4, "outcome-that-matters": "not-sure", "decided-with-communities": 3})
    open_step(standard, "results")
    assert (
        "Could be 2.7 to 4.0"
        in standard.locator('[data-lens="strategic-triangle"] [data-dimension="public-value"]').inner_text()
    )


def test_the_quick_form_shows_level_names_and_no_numbers(page, site_address, framework):
    page.goto(site_address + QUICK)
    answer_all(page, {each.id: 1 + number % 5 for number, each in enumerate(framework.asked("quick"))})
    open_step(page, "results")
    lenses = page.locator("[data-lens]")
    assert lenses.evaluate_all("(all) => all.map(($each) => $each.dataset.lens)") == ["strategic-triangle", "six-ways"]
    assert not any(character.isdigit() for character in " ".join(lenses.locator("td").all_inner_texts()))


def test_what_nobody_could_say_is_listed(standard, framework):
    answer_all(standard, {"goals-questioned": "not-sure", "help-asked-for": 3})
    open_step(standard, "results")
    assert standard.locator("[data-unsure] li").all_inner_texts() == [framework.indicators["goals-questioned"].question]


def test_many_warning_signs_come_first(standard, framework):
    open_step(standard, "warning-signs")
    for sign in framework.outline.warning_signs[:4]:
        standard.get_by_label(sign.text).check()
    open_step(standard, "results")
    signs = standard.locator("[data-warning-signs]")
    assert signs.get_attribute("data-state") == "many"
    assert signs.locator("[data-message]").inner_text().startswith("You ticked 4 of 8, which is many.")
    assert signs.locator("li:visible").count() == 4
    assert signs.bounding_box()["y"] < standard.locator("[data-lens]").first.bounding_box()["y"]


def test_results_without_answers_say_what_is_missing(standard, framework):
    open_step(standard, "results")
    message = standard.locator('[data-lens="strategic-triangle"] [data-message]').inner_text()
    lens = framework.lenses_by_id["strategic-triangle"]
    assert message == lens.messages["not-enough-answers"].format(missing="all of them")
    sections = standard.locator("[data-before] a")
    assert sections.all_inner_texts() == [section.name for section in framework.sections]
    sections.nth(2).click()
    wait_for_step(standard, framework.sections[2].id)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_step_needs_sideways_scrolling_on_a_small_screen(open_page, site_address, framework, scheme):
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.goto(site_address + STANDARD)
    answer_all(page, random_answers(framework, "standard", 3))
    for step in ("start", *framework.outline.sections, "warning-signs", "check", "results"):
        open_step(page, step)
        page.evaluate("document.querySelectorAll('details').forEach(($each) => { $each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], step


def test_without_script_the_page_is_the_whole_form(open_page, site_address, framework):
    page = open_page(java_script_enabled=False)
    page.goto(site_address + STANDARD)
    for indicator in framework.asked("standard"):
        assert page.get_by_text(indicator.question, exact=True).first.is_visible()
        assert page.get_by_text(indicator.levels[5], exact=False).first.is_visible()
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#results").is_visible()


def test_a_run_leaves_nothing_on_the_device(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 5))
    open_step(standard, "results")
    left = standard.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert left == ["", 0, 0, 0, 0]


@pytest.mark.parametrize("form", FORMS)
def test_a_run_weighs_no_more_than_its_limit(page, site_address, built_site, framework, form):
    fetched = watch(page)
    page.goto(site_address + FORMS[form])
    answer_all(page, {each.id: 1 + number % 5 for number, each in enumerate(framework.asked(form))})
    open_step(page, "results")
    page.wait_for_load_state("networkidle")
    found = weights(fetched, built_site, site_address)
    assert of_scripts(found) <= MOST_SCRIPTS
    assert sum(found.values()) <= MOST[form]


def test_all_modules_are_named_in_advance(page, site_address):
    page.goto(site_address + STANDARD)
    preloaded = {
        urljoin(page.url, link)
        for link in page.locator("link[rel=modulepreload]").evaluate_all(
            "(all) => all.map(($each) => $each.getAttribute('href'))"
        )
    }
    loaded = set(
        page.evaluate(
            "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))"
        )
    )
    assert loaded == preloaded


def test_text_of_a_framework_is_inert_wherever_it_lands(framework, page, site_address, built_site):
    changed = hostile_copy(framework)
    lens, indicator = changed.lenses[0], changed.sections[0].indicators[0]
    body = page_of(built_site, changed)
    page.on("dialog", lambda dialog: pytest.fail(f"a script of the framework ran: {dialog.message}"))
    page.route(site_address + STANDARD, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    for name, text in data_modules(changed).items():
        page.route(
            f"{site_address}assets/balcony/framework/{name}",
            lambda route, *, text=text: route.fulfill(body=text, content_type="text/javascript; charset=utf-8"),
        )
    page.goto(site_address + STANDARD)
    answer_all(page, {**dict.fromkeys(changed.indicators, 2), indicator.id: 1})
    open_step(page, "check")
    open_step(page, "results")
    assert page.locator(f'[id="{indicator.id}"] legend').text_content() == HOSTILE
    assert page.locator(f'[data-check="{indicator.id}"] dt').text_content() == HOSTILE
    said = page.locator(f'[data-lens="{lens.id}"] [data-message]').text_content()
    assert said == f"{HOSTILE} {HOSTILE}"
    open_step(page, "plan")
    assert page.locator(f'#plan [data-indicator="{indicator.id}"] [data-step] span').text_content() == HOSTILE
    assert page.locator("img[src=x]").count() == 0


def test_the_steps_of_the_page_are_reserved_and_nothing_else_is(standard, framework):
    steps = set(standard.locator("[data-step]").evaluate_all("(all) => all.map(({ id }) => id)"))
    assert steps - {section.id for section in framework.sections} == RESERVED


def test_framework_json_holds_the_whole_framework(built_site, framework):
    published = (built_site / "framework.json").read_text(encoding="utf-8")
    assert published == framework_json(framework)
    data = json.loads(published)
    assert [section["id"] for section in data["sections"]] == list(framework.outline.sections)
    assert data["settings"]["minimum_answered_share"] == "3/5"
    assert data["exercises"][0]["for"]
