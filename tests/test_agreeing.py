"""A team agrees a sheet on its page: question by question, kept as it goes, and carried on in the form."""

from __future__ import annotations

import json

import pytest
from run import FORMS, open_step, wait_for_step
from test_opening import content_of
from test_results_out import BESIDE, open_more
from test_team_page import fill_in_preparation, gather, gathered, prepare, tab_to, team, team_of, view_of

__all__ = ["gathered", "team"]

LAYOUT = """() => Object.fromEntries([...document.querySelectorAll("[data-agree] fieldset")].map(($each) => [
    $each.dataset.indicator,
    [...$each.querySelectorAll("label.choice")].map(($choice) => [
        $choice.querySelector("input").value,
        $choice.querySelector("b").textContent,
        $choice.querySelector("span").lastChild.textContent.trim(),
    ]),
]))"""
GIVEN = "Object.fromEntries([...document.querySelectorAll('fieldset.question :checked')].map(({ name, value }) => [name, value]))"
WRITTEN = """Object.fromEntries([...document.querySelectorAll('[name$=".note"]')].filter(({ value }) => value)
    .map(({ name, value }) => [name.slice(0, -5), value]))"""


def place_of(page, id_):
    return page.locator(f'[data-agree] [data-indicator="{id_}"]')


def open_others(page):
    page.locator("[data-agree] details").evaluate("($each) => { $each.open = true }")


def agree(page, levels, notes=()):
    """Settle on levels, as a team does."""
    open_step(page, "agree")
    open_others(page)
    for id_, answer in levels.items():
        place_of(page, id_).locator(f"[value='{answer}']").check()
    for id_, note in dict(notes).items():
        place_of(page, id_).get_by_label("Note (optional)").fill(note)


def agreed_file(page):
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the agreed sheet").click()
    assert started.value.suggested_filename.endswith("-agreed.balcony.json")
    return content_of(started.value)


def progress(page):
    first, last = page.locator("[data-settled]").all_inner_texts()
    assert first == last
    return first


def marked(page):
    return {id_: value for id_, value in page.evaluate(
        "[...document.querySelectorAll('[data-agree] :checked')].map(({ name, value }) => [name.slice(6), value])"
    ) if value}  # fmt: skip


def test_each_question_offers_every_level_in_its_own_words_and_what_else_it_allows(gathered, framework):
    open_step(gathered, "agree")
    names = [level.name for level in framework.outline.levels]
    found = gathered.evaluate(LAYOUT)
    assert {id_ for id_, choices in found.items() if "not-applicable" in [each[0] for each in choices]} == {
        each.id for each in framework.asked("standard") if each.not_applicable
    }
    for indicator in framework.asked("standard"):
        texts = indicator.levels.values()
        wanted = [[str(at + 1), name, text] for at, (name, text) in enumerate(zip(names, texts, strict=True))]
        wanted.append(["not-sure", "Not sure", "It applies to us, but we cannot say."])
        if indicator.not_applicable:
            wanted.append(["not-applicable", "Not applicable", f"Only for {indicator.not_applicable}."])
        assert found[indicator.id] == [*wanted, ["", "Not settled", "We leave it open."]]


def test_the_first_to_talk_about_are_open_and_the_others_folded_in_the_order_of_the_form(gathered, framework):
    first = view_of(gathered)["discuss"][:7]
    open_step(gathered, "agree")
    order = [each.id for each in framework.asked("standard")]
    assert list(gathered.evaluate(LAYOUT)) == [*first, *(id_ for id_ in order if id_ not in first)]
    shown = gathered.locator("[data-agree] fieldset:visible")
    assert [each.get_attribute("data-indicator") for each in shown.all()] == first
    gathered.get_by_text("The other questions (33)").click()
    assert shown.count() == 40
    place_of(gathered, order[-1]).locator("[value='2']").check()
    open_step(gathered, "view")
    open_step(gathered, "agree")
    assert place_of(gathered, order[-1]).is_visible()


def test_what_people_said_stands_above_and_nothing_of_what_is_hidden(team, framework):
    ids = [each.id for each in framework.asked("standard")]
    few = {id_: 2 for id_ in ids if id_ != ids[3]}
    gather(team, [*team_of(framework, 4, levels={**few, ids[3]: 5}), *team_of(framework, 2, start=40, levels=few)])
    open_step(team, "agree")
    assert place_of(team, ids[0]).inner_text().splitlines()[2] == "All say Starting. People are close together."
    open_others(team)
    assert "Too few people gave a level for this to be shown." in place_of(team, ids[3]).inner_text()


def test_with_nothing_to_talk_about_all_questions_are_open(team, framework):
    gather(team, team_of(framework, 2))
    open_step(team, "agree")
    assert team.locator("[data-agree] fieldset:visible").count() == 40


def test_levels_are_chosen_and_left_open_again_by_keyboard(gathered):
    first = view_of(gathered)["discuss"][0]
    open_step(gathered, "agree")
    assert progress(gathered) == "0 of 40 settled"
    tab_to(gathered, place_of(gathered, first).locator(":checked"))
    for value in ("1", "2", "3"):
        gathered.keyboard.press("ArrowDown")
        assert marked(gathered) == {first: value}
        assert progress(gathered) == "1 of 40 settled"
    for _ in range(3):
        gathered.keyboard.press("ArrowUp")
    assert marked(gathered) == {}
    assert progress(gathered) == "0 of 40 settled"
    assert json.loads(agreed_file(gathered))["answers"] == {}


def test_what_is_settled_outlives_other_steps_and_another_form(gathered, framework):
    quick = {each.id for each in framework.asked("quick")}
    both = next(each.id for each in framework.asked("quick"))
    only = next(each.id for each in framework.asked("standard") if each.id not in quick)
    agree(gathered, {both: 4, only: 2}, {only: "As of May"})
    for step in ("view", "one", "agenda"):
        open_step(gathered, step)
    prepare(gathered, "quick")
    open_step(gathered, "agree")
    assert marked(gathered) == {both: "4"}
    assert progress(gathered) == f"1 of {len(quick)} settled"
    assert list(json.loads(agreed_file(gathered))["answers"]) == [both]
    prepare(gathered, "standard")
    open_step(gathered, "agree")
    assert marked(gathered) == {both: "4", only: "2"}
    assert progress(gathered) == "2 of 40 settled"
    assert place_of(gathered, only).get_by_label("Note (optional)").input_value() == "As of May"


@pytest.fixture
def settled(gathered, framework):
    """Some levels and notes are agreed, with what they are about."""
    fill_in_preparation(gathered)
    ids = [each.id for each in framework.asked("standard")]
    free = next(each.id for each in framework.asked("standard") if each.not_applicable and each.id not in ids[:3])
    levels = {ids[0]: "4", ids[1]: "not-sure", free: "not-applicable", ids[39]: "5"}
    notes = {ids[0]: "Ask Ann <b>\n領導", ids[5]: "No level yet"}
    agree(gathered, {**levels, ids[2]: "1"}, notes)
    place_of(gathered, ids[2]).get_by_label("Not settled").check()
    return gathered, levels, notes


def test_what_is_agreed_becomes_a_sheet_that_says_so(settled):
    page, levels, notes = settled
    sheet = json.loads(agreed_file(page))
    assert {id_: str(each["answer"]) for id_, each in sheet["answers"].items()} == levels
    assert [each.get("note") for each in sheet["answers"].values()] == [next(iter(notes.values())), None, None, None]
    assert sheet["notes"] == dict(list(notes.items())[1:])
    assert [sheet[each] for each in ("agreed", "form", "perspective", "team", "work")] == [
        True, "standard", "own", "領導 <b>board</b>", "Fewer children in temporary homes & care",
    ]  # fmt: skip
    assert {each["revision"] for each in sheet["answers"].values()} == {1}
    # It is one sheet, however often it is downloaded.
    assert json.loads(agreed_file(page))["created"] == sheet["created"]


def test_the_agreed_sheet_opens_in_the_form(settled, open_page, site_address):
    page, levels, notes = settled
    content = agreed_file(page)
    form = open_page()
    form.on("dialog", lambda dialog: dialog.accept())
    form.goto(site_address + FORMS["standard"])
    file = {"name": "agreed.balcony.json", "mimeType": "application/json", "buffer": content}
    form.get_by_label("Open a saved sheet").set_input_files(file)
    form.get_by_text("agreed.balcony.json is open.").wait_for()
    assert (form.evaluate(GIVEN), form.evaluate(WRITTEN)) == (levels, notes)


def test_one_click_shows_the_results_of_what_is_agreed_and_a_plan_can_be_written(gathered, framework):
    fill_in_preparation(gathered)
    levels = {each.id: 2 + at % 2 for at, each in enumerate(framework.asked("standard"))}
    agree(gathered, levels)
    asked = []
    gathered.context.on("request", lambda request: asked.append(request.url))
    with gathered.expect_popup() as opened:
        gathered.get_by_role("link", name="See its results and write your plan").click()
    form = opened.value
    form.on("dialog", lambda dialog: dialog.accept())
    form.get_by_text("The sheet of the link is open.").wait_for()
    assert "#sheet=" not in form.url
    assert form.evaluate(GIVEN) == {id_: str(level) for id_, level in levels.items()}
    assert form.locator("[name='scope.team']").input_value() == "領導 <b>board</b>"
    open_step(form, "results")
    triangle = form.locator("[data-lens='strategic-triangle']")
    assert {each.get_attribute("data-state") for each in triangle.locator("[data-dimension]").all()} == {"scored"}
    open_step(form, "plan")
    form.locator("#plan [data-shortlist] button").first.click()
    assert form.locator("#plan .action").count() == 1
    assert [each for each in asked if "sheet" in each and not each.endswith(".js")] == []
    assert progress(gathered) == "40 of 40 settled"


def test_the_link_follows_what_is_settled_since(gathered):
    first, second = view_of(gathered)["discuss"][:2]
    agree(gathered, {first: 3, second: 1})
    agree(gathered, {second: 5})
    gathered.wait_for_function("() => document.querySelector('[data-results]').href.includes('#sheet=')")
    with gathered.expect_popup() as opened:
        gathered.get_by_role("link", name="See its results").click()
    opened.value.get_by_text("The sheet of the link is open.").wait_for()
    assert opened.value.evaluate(GIVEN) == {first: "3", second: "5"}


def test_after_six_months_the_next_agreed_sheet_stands_beside_this_one(team, framework):
    team.clock.set_fixed_time("2026-03-01T08:00:00Z")
    gather(team, team_of(framework, 6))
    asked = [each.id for each in framework.asked("standard")]
    agree(team, dict.fromkeys(asked, 2))
    earlier = agreed_file(team)
    team.clock.set_fixed_time("2026-09-01T08:00:00Z")
    agree(team, dict.fromkeys(asked, 3))
    with team.expect_popup() as opened:
        team.get_by_role("link", name="See its results").click()
    form = opened.value
    form.on("dialog", lambda dialog: dialog.accept())
    form.get_by_text("The sheet of the link is open.").wait_for()
    wait_for_step(form, "start")
    open_more(form)
    file = {"name": "march.balcony.json", "mimeType": "application/json", "buffer": earlier}
    form.get_by_label(BESIDE).set_input_files(file)
    form.locator("[data-beside] li").wait_for()
    row = form.locator("[data-lens='strategic-triangle'] [data-dimension='public-value'] [data-change]")
    assert row.inner_text().startswith("Since 1 March")
    assert "2.0" in row.inner_text()
    assert "3.0" in row.inner_text()


def test_leaving_after_something_was_settled_asks_first(open_page, site_address):
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(site_address + "team/")
    open_step(page, "agree")
    page.locator("[data-agree] [value='3']").first.check()
    page.goto(site_address)
    assert asked == ["beforeunload"]
