"""The assessment page in every state that it can be in: for every person, on every screen, and on paper."""

from __future__ import annotations

import json
from io import BytesIO
from unicodedata import normalize

import axe
import pytest
from pypdf import PdfReader
from run import (
    DESKTOP,
    PHONE,
    QUICK,
    STANDARD,
    add_style,
    answer_all,
    choose,
    open_step,
    random_answers,
    visible_step,
    wait_for_step,
)

BAD_SHEET = {"name": "notes.json", "mimeType": "application/json", "buffer": b'{"format": "balcony-sheet/1"}'}
SAVE = "Save my answers on this device"


def old_sheet():
    """A sheet of another form and version, with answers that this one cannot count."""
    sheet = {
        "format": "balcony-sheet/1",
        "framework": {"id": "systems-leadership", "version": "0.9.0"},
        "form": "quick",
        "work": "Children's services",
        "answers": {
            "shared-purpose": {"answer": 4, "revision": 1, "note": "領導"},
            "time-to-think": {"answer": 2, "revision": 99},
            "gone-since": {"answer": "not-sure", "revision": 1},
        },
    }
    return {"name": "old.balcony.json", "mimeType": "application/json", "buffer": json.dumps(sheet).encode()}


# How the page gets into each state, from a fresh start.


def start(page, framework):
    pass


def section(page, framework):
    open_step(page, "purpose")


def answered_section(page, framework):
    open_step(page, "capacity")
    answer_all(page, {each.id: 3 for each in framework.sections[2].indicators})
    open_details(page)


def blanks_pointed_out(page, framework):
    open_step(page, "purpose")
    page.locator("#purpose").get_by_role("link", name="Continue").click()
    page.locator("#balcony-notice").wait_for()


def warning_signs(page, framework):
    open_step(page, "warning-signs")
    page.get_by_label(framework.outline.warning_signs[0].text).check()


def check(page, framework):
    answer_all(page, random_answers(framework, "standard", 2))
    open_step(page, "check")


def kept_of_another_version(page, framework):
    page.get_by_label("Open a saved sheet").set_input_files(old_sheet())
    page.get_by_text("old.balcony.json is open.").wait_for()
    open_step(page, "check")
    page.locator("[data-kept] li").nth(1).wait_for()


def results_of_nothing(page, framework):
    open_step(page, "results")


def results(page, framework):
    answer_all(page, random_answers(framework, "standard", 4))
    open_step(page, "warning-signs")
    for sign in framework.outline.warning_signs:
        page.get_by_label(sign.text).check()
    open_step(page, "results")
    open_details(page)


def results_taken_along(page, framework):
    answer_all(page, random_answers(framework, "standard", 4))
    open_step(page, "results")
    page.locator("[data-more] > summary").click()
    page.get_by_label("Open an earlier sheet beside this one").set_input_files([old_sheet(), BAD_SHEET])
    page.locator("#balcony-earlier-error").wait_for()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("textbox", name="Link or code", exact=True).wait_for()
    open_details(page)


def empty_plan(page, framework):
    open_step(page, "plan")


def plan(page, framework):
    answer_all(page, random_answers(framework, "standard", 4))
    open_step(page, "plan")
    open_details(page)
    for target in page.locator("#plan select").all()[::3]:
        target.select_option("4")
    page.get_by_role("button", name="Add to the plan").first.click()
    page.get_by_role("button", name="Add a line").click()
    page.get_by_label("By when?").last.fill("2020-02-29")
    open_details(page)


def saved(page, framework):
    choose_first(page)
    page.get_by_role("button", name=SAVE).click()
    page.get_by_text("Saved on this device, with every change.").wait_for()


def offered_one(page, framework):
    saved(page, framework)
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.locator("#balcony-stored").wait_for()


def offered_several(page, framework):
    offered_one(page, framework)
    page.get_by_role("button", name="Start again").click()
    saved(page, framework)
    page.get_by_label("Name of this sheet").fill("Cyngor Sir Ynys Môn")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.locator("#balcony-stored li").nth(1).wait_for()


def clearing(page, framework):
    saved(page, framework)
    page.get_by_role("button", name="Clear my answers").click()
    page.locator("#clear input").wait_for()


def refused_file(page, framework):
    page.get_by_label("Open a saved sheet").set_input_files(BAD_SHEET)
    page.locator("#balcony-open-error").wait_for()


def set_aside(page, framework):
    choose_first(page)
    page.get_by_label("Open a saved sheet").set_input_files(old_sheet())
    page.get_by_role("button", name="Bring them back").wait_for()


def cannot_save(page, framework):
    page.evaluate("() => { indexedDB.open = () => { throw new DOMException('no', 'SecurityError') } }")
    choose_first(page)
    page.get_by_role("button", name=SAVE).click()
    page.get_by_role("button", name="Download them now").wait_for()


STATES = (
    start,
    section,
    answered_section,
    blanks_pointed_out,
    warning_signs,
    check,
    kept_of_another_version,
    results_of_nothing,
    results,
    results_taken_along,
    empty_plan,
    plan,
    saved,
    offered_one,
    offered_several,
    clearing,
    refused_file,
    set_aside,
    cannot_save,
)
every_state = pytest.mark.parametrize("bring_about", STATES, ids=lambda state: state.__name__.replace("_", " "))


def choose_first(page):
    open_step(page, "purpose")
    choose(page, "shared-purpose", 4)


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


@pytest.fixture
def standard(open_page, site_address):
    page = open_page(viewport=DESKTOP, reduced_motion="reduce")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + STANDARD)
    page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
    return page


@every_state
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(standard, framework, bring_about):
    bring_about(standard, framework)
    found = []
    for scheme in ("light", "dark"):
        standard.emulate_media(color_scheme=scheme)
        for size in (DESKTOP, PHONE):
            standard.set_viewport_size(size)
            found += [f"{scheme}, {size['width']} px: {each}" for each in axe.violations(standard)]
            assert standard.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide at {size}"
    assert found == []


SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 lets a reader set."""

SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, summary, textarea")].filter(($each) => {
    const $target = $each.closest("label") ?? $each;
    const { width, height } = $target.getBoundingClientRect();
    const isInText = $each.matches("p a, dd a, li a") && getComputedStyle($each).display === "inline";
    return $each.checkVisibility() && !$each.closest(".skip") && !isInText && Math.min(width, height) < 24;
}).map(($each) => $each.outerHTML.slice(0, 120))"""


@every_state
def test_text_may_be_spaced_out_and_targets_are_large_enough(standard, framework, bring_about):
    bring_about(standard, framework)
    assert standard.evaluate(SMALL_TARGETS) == []
    standard.set_viewport_size(PHONE)
    assert standard.evaluate(SMALL_TARGETS) == []
    add_style(standard, SPACED)
    assert standard.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(($each) =>
        ["hidden", "clip"].includes(getComputedStyle($each).overflowY) && $each.checkVisibility()
        && !$each.closest(".unseen, .skip") && $each.scrollHeight > $each.clientHeight + 1).map(($each) => $each.outerHTML)"""
    assert standard.evaluate(cut) == []


@every_state
def test_one_heading_says_where_one_is_and_so_does_the_title(standard, framework, bring_about):
    bring_about(standard, framework)
    headings = standard.locator("h1:visible").all_inner_texts()
    assert len(headings) == 1
    if visible_step(standard) != ["start"]:
        assert standard.title().removeprefix("Error: ").startswith(f"{headings[0]} – ")


def test_a_whole_run_by_touch_on_a_small_phone(open_page, site_address, framework):
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + STANDARD)
    page.locator("#start").get_by_role("link", name="Start", exact=True).tap()
    for part in framework.sections:
        wait_for_step(page, part.id)
        for number, indicator in enumerate(part.indicators):
            page.locator(f'[id="{indicator.id}"] label').nth(number % 6).tap()
        page.locator(f'[id="{part.id}"]').get_by_role("link", name="Continue").tap()
    wait_for_step(page, "warning-signs")
    page.locator("#warning-signs label").first.tap()
    page.locator("#warning-signs").get_by_role("link", name="Continue").tap()
    wait_for_step(page, "check")
    page.get_by_role("button", name=SAVE).tap()
    page.get_by_text("Saved on this device, with every change.").wait_for()
    page.get_by_role("link", name="See the results").tap()
    wait_for_step(page, "results")
    assert page.locator("header [data-progress]").inner_text() == "40 of 40 answered"
    assert page.locator("[data-lens]").first.get_attribute("data-state") in {
        "out-of-line",
        "in-step-but-early",
        "aligned",
    }
    page.reload()
    page.get_by_text("Saved on this device, with every change.").wait_for()
    assert visible_step(page) == ["results"]
    assert page.locator("header [data-progress]").inner_text() == "40 of 40 answered"


def test_what_is_chosen_and_what_has_the_focus_is_seen_in_forced_colours(open_page, site_address):
    page = open_page(forced_colors="active")
    page.goto(site_address + STANDARD)
    open_step(page, "purpose")
    styles = "($label) => { const { outlineStyle, outlineWidth } = getComputedStyle($label); return outlineStyle + outlineWidth }"
    chosen = page.locator('#shared-purpose label:has(input[value="3"])')
    assert chosen.evaluate(styles).startswith("none")
    choose(page, "shared-purpose", 3)
    page.locator("h1:visible").focus()
    assert chosen.evaluate(styles) == "solid3px"
    page.locator('#outcome-that-matters input[value="2"]').focus()
    page.keyboard.press("ArrowDown")
    focused = page.locator("#outcome-that-matters label:has(:focus)")
    assert focused.evaluate(styles) == "solid3px"


def test_nothing_moves_by_itself_for_those_who_ask_for_that(standard, framework):
    results(standard, framework)
    moving = "[...document.querySelectorAll('*')].filter(($each) => parseFloat(getComputedStyle($each).transitionDuration) || getComputedStyle($each).animationName !== 'none').length"
    assert standard.evaluate(moving) == 0


# On paper


def printed(page):
    """The text of each printed page, with ligatures taken apart and runs of white space made one."""
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [" ".join(normalize("NFKC", each.extract_text()).split()) for each in pages]


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
def test_the_whole_form_prints_and_no_question_is_cut(open_page, site_address, framework, has_script, is_large):
    page = open_page(java_script_enabled=has_script)
    page.goto(site_address + STANDARD)
    if is_large:
        page.get_by_label("Large print").check()
    pages = printed(page)
    levels = {level.level: level.name for level in framework.outline.levels}
    for indicator in framework.asked("standard"):
        (sheet,) = [each for each in pages if indicator.question in each]
        for level, text in indicator.levels.items():
            assert f"{levels[level]}: {text}" in sheet
        for prompt in indicator.evidence:
            assert prompt in sheet
    first = " ".join(pages[:3])
    for text in ("Standard form", f"Version {framework.version}", "Date", framework.outline.scope.team.question):
        assert text in first
    for sign in framework.outline.warning_signs:
        assert any(sign.text in each for each in pages)
    assert not any("Clear my answers" in each or "See the results" in each for each in pages)


def test_a_filled_in_form_prints_with_its_answers_and_whole_notes(standard, framework):
    note = " ".join(f"word{number}" for number in range(150))
    standard.get_by_label(framework.outline.scope.team.question).fill("Children's services")
    choose_first(standard)
    standard.locator("#shared-purpose").get_by_text("Add a note").click()
    standard.locator('[name="shared-purpose.note"]').fill(note)
    text = " ".join(printed(standard))
    assert "Children's services" in text
    assert note in text
    standard.emulate_media(media="print")
    border = "($label) => getComputedStyle($label).borderTopColor"
    chosen, other = (standard.locator(f'#shared-purpose label:has(input[value="{value}"])') for value in (4, 3))
    assert other.evaluate(border) == "rgba(0, 0, 0, 0)"
    assert chosen.evaluate(border) == chosen.evaluate("($label) => getComputedStyle($label).color")


def test_the_results_print_from_the_results(standard, framework):
    standard.get_by_label(framework.outline.scope.team.question).fill("Children's services")
    results(standard, framework)
    text = " ".join(printed(standard))
    for lens in framework.lenses:
        assert lens.name in text
    today = standard.evaluate("new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })")
    for words in (f"Children's services · {today}", f"Standard form. Version {framework.version}."):
        assert words in text
    assert not any(indicator.levels[5] in text for indicator in framework.asked("quick"))


def test_paper_is_black_on_white_whatever_the_screen_shows(standard):
    standard.emulate_media(media="print")
    colours = "[...document.querySelectorAll('main *')].map(($each) => { const { color, backgroundColor } = getComputedStyle($each); return color + backgroundColor })"
    light = standard.evaluate(colours)
    standard.emulate_media(media="print", color_scheme="dark")
    assert standard.evaluate(colours) == light


def test_without_script_the_page_says_what_it_is_and_offers_nothing_that_needs_it(open_page, site_address):
    page = open_page(java_script_enabled=False)
    page.goto(site_address + QUICK)
    assert page.locator("noscript p").is_visible()
    for name in (SAVE, "Download my answers", "Clear my answers", "Print this form"):
        assert not page.get_by_role("button", name=name).is_visible()
    assert page.locator("fieldset.question:visible").count() == 10
