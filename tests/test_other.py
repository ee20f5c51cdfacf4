"""Another framework, with other levels, lenses and forms: its site is built by the same code, and nothing of ours is in it.

It is in `tests/other/framework/`, and `balcony pages` writes its pages.
"""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from random import Random
from unicodedata import normalize

import axe
import pytest
from conftest import ENGINE, PROJECT
from pypdf import PdfReader
from run import PHONE, answer_all, open_step, visible_step, wait_for_step
from test_command import balcony
from test_opening import content_of
from test_pictures import OUTSIDE, OVERLAPPING
from test_team_page import file_of, gather, open_details, open_team, sheet_of, view_of

from generator import check, reading
from generator.assessment import Assessment, data_modules
from generator.message import message
from generator.rendering import linked_from
from generator.score import score

OTHER = PROJECT / "tests" / "other"
LONG, SHORT = "assess/round/", "assess/stroll/"
LEVELS = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def other():
    """The second framework."""
    return reading.framework(OTHER / "framework")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project with the second framework, and pages that nobody wrote."""
    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(PROJECT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(OTHER / "framework", folder / "framework")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    made = balcony("pages", cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def build(project, engine, folder):
    ran = balcony("build", "--strict", "--engine", engine, "--site-dir", folder, cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def site(project, tmp_path_factory):
    """Its site."""
    return build(project, ENGINE, tmp_path_factory.mktemp("site") / "site")


@pytest.fixture(scope="module")
def address(site, serve):
    return serve(site)


# The framework


def test_its_text_keeps_every_rule():
    assert check.problems(OTHER / "framework") == []


def test_it_has_nothing_of_the_real_one_but_the_kinds_of_things(framework, other):
    assert other.level_count != framework.level_count
    ids = [
        {each.id, *each.indicators, *each.forms, *each.lenses_by_id, *each.exercises_by_id, *each.outline.sections}
        for each in (framework, other)
    ]
    assert ids[0].isdisjoint(ids[1])
    assert len({lens.rule for lens in other.lenses}) == len(other.lenses) == 3


# The site


def texts_of(folder):
    """The texts of a built site, by their path, without the theme's own scripts and styles."""
    kinds = {".html", ".js", ".json", ".css", ".svg", ".xml", ".txt"}
    theme = ("assets/javascripts", "assets/stylesheets")
    return {
        path: file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*"))
        if file.suffix in kinds and not (path := file.relative_to(folder).as_posix()).startswith(theme)
    }


def words_of_the_real(framework, other):
    """Names and ids by which one would know the real framework. What stands in the other one's own text is none."""
    named = (*framework.outline.levels, *framework.lenses, *framework.sections, *framework.exercises)
    parts = [part for lens in framework.lenses for part in lens.dimensions]
    names = {each.name for each in (*named, *parts)} | {each.label for each in framework.indicators.values()}
    ids = {*framework.indicators, *framework.lenses_by_id, *framework.exercises_by_id, *framework.outline.sections}
    ids = {id_ for id_ in ids if "-" in id_} | {framework.id}
    other_text = json.dumps(other.as_data(), ensure_ascii=False)
    plain = {"systems leadership", "Systems leadership", "leadership", "resident", "staff college"}
    return {word for word in names | ids | plain if not re.search(rf"\b{re.escape(word)}\b", other_text)}


SAID_OF_ITSELF = {
    # The publisher's own sentence in mkdocs.yml: on the one page that has no description of its own, and about the whole site.
    ("404.html", "leadership"),
    ("llms.txt", "leadership"),
    # Words of the toolkit, which happen to be names in the real framework.
    ("assets/balcony/agenda.js", "One request"),
    ("assets/balcony/seeing.js", "People"),
}


def test_no_word_of_the_real_framework_is_in_its_site(site, framework, other):
    texts = texts_of(site)
    assert len(texts) > 60
    found = {
        (path, word)
        for word in words_of_the_real(framework, other)
        for path, text in texts.items()
        if re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", text)
    }
    assert found - SAID_OF_ITSELF == set()


def test_the_search_would_find_such_a_word(built_site, framework, other):
    texts = "\n".join(texts_of(built_site).values()).lower()
    words = words_of_the_real(framework, other)
    assert {"Renewing", "Strategic triangle", "strategic-triangle", "Systems leadership"} <= words
    assert [word for word in words if word.lower() not in texts] == []


def test_every_page_of_it_can_be_used(open_page, address, site):
    page = open_page(viewport=PHONE)
    for file in sorted(site.rglob("index.html")):
        page.goto(address + file.relative_to(site).as_posix().removesuffix("index.html"))
        assert page.locator("h1:visible").count() == 1, file
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], file
        assert axe.violations(page) == [], file


def test_the_other_engine_makes_the_same_pages(project, site):
    again = build(project, "mkdocs" if ENGINE == "zensical" else "zensical", project / "site")

    def pages(folder):
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}

    assert pages(site) == pages(again)


# The assessment


def by_keyboard(page, other, form, answers):
    """From start to results with the keyboard alone: Tab to each question, a digit for its level."""
    seen, given = ["start"], set()
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const $at = document.activeElement;
                return { type: $at.type, name: $at.name, isButton: $at.classList.contains("button"),
                         step: document.querySelector("[data-step]:not([hidden])").id };
            }"""
        )
        if at["type"] == "radio" and at["name"] in answers and at["name"] not in given:
            page.keyboard.press(str(answers[at["name"]]))
            given.add(at["name"])
        elif at["isButton"]:
            page.keyboard.press("Enter")
            page.wait_for_function(
                "(step) => document.querySelector('[data-step]:not([hidden])').id !== step", arg=at["step"]
            )
            seen += visible_step(page)
        if seen[-1] == "results":
            break
    assert given == {each.id for each in other.asked(form)}
    return seen


def shown(page):
    """What the results say: by lens its state and message, and what stands beside each part."""
    lenses = """(all) => all.map(($lens) => [$lens.dataset.lens, [$lens.dataset.state,
        $lens.querySelector("[data-message]").textContent]])"""
    return dict(page.locator("#results [data-lens]").evaluate_all(lenses))


def scored(other, form, answers):
    """The same, as Python says it."""
    lenses = score(other, form, answers)["lenses"]
    return {id_: [each["state"], message(other, other.lenses_by_id[id_], each)] for id_, each in lenses.items()}


def test_the_long_form_by_keyboard_comes_to_what_the_command_scores(open_page, address, other, tmp_path):
    page = open_page(viewport=PHONE)
    page.goto(address + LONG)
    assert "the keys 1 to 4 choose a level" in page.locator("#start").inner_text()
    answers = {id_: 1 + number % 4 for number, id_ in enumerate(other.indicators)}
    seen = by_keyboard(page, other, "round", answers)
    assert seen == ["start", *other.outline.sections, "warning-signs", "check", "results"]
    assert shown(page) == scored(other, "round", answers)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download my answers", exact=True).click()
    sheet = tmp_path / "mine.balcony.json"
    sheet.write_bytes(content_of(started.value))
    ran = balcony("score", "--framework", OTHER / "framework", sheet)
    lenses = json.loads(ran.stdout)["lenses"]
    assert {id_: [each["state"], message(other, other.lenses_by_id[id_], each)] for id_, each in lenses.items()} == (
        shown(page)
    )


@pytest.mark.parametrize("form", ["round", "stroll"])
@pytest.mark.parametrize("seed", range(5))
def test_results_follow_the_rules_of_its_lenses(open_page, address, other, form, seed):
    random = Random(seed)
    likely = random.choice([LEVELS, (3, 4), (1, 2), (4,), (2, "not-sure")])
    answers = {each.id: random.choice(likely) for each in other.asked(form)}
    page = open_page()
    page.goto(f"{address}assess/{form}/")
    answer_all(page, answers)
    open_step(page, "results")
    assert shown(page) == scored(other, form, answers)


def test_a_digit_above_its_levels_chooses_nothing(open_page, address, other):
    page = open_page()
    page.goto(address + LONG)
    first = other.sections[0].indicators[0]
    open_step(page, other.sections[0].id)
    question = page.locator(f'[id="{first.id}"]')
    question.locator("input").first.focus()
    for key, chosen in (("4", ["4"]), ("5", ["4"]), ("2", ["2"]), ("9", ["2"])):
        page.keyboard.press(key)
        assert question.locator("input:checked").evaluate_all("(all) => all.map(({ value }) => value)") == chosen


def test_there_are_four_levels_wherever_levels_are(open_page, address, other):
    names = [level.name for level in other.outline.levels]
    page = open_page()
    page.goto(address + LONG)
    assert page.locator("#start .levels dt").all_inner_texts() == names
    for indicator in other.asked("round"):
        choices = page.locator(f'[id="{indicator.id}"] input').evaluate_all("(all) => all.map(({ value }) => value)")
        assert [each for each in choices if each.isdigit()] == [str(level) for level in LEVELS]
    answer_all(page, {id_: 1 + number % 4 for number, id_ in enumerate(other.indicators)})
    open_step(page, "results")
    assert ticks(page) == {4}
    open_step(page, "plan")
    options = page.locator("#plan select").first.locator("option").all_inner_texts()
    assert options == ["No target", *names]
    page.goto(address + "framework/indicators/")
    assert page.locator(".balcony-ladder").count() == len(other.indicators)
    for ladder in page.locator(".balcony-ladder").all():
        assert ladder.locator("strong").all_inner_texts() == names


def ticks(page, inside="#results"):
    """How many ticks each scale has, in all pictures of a step."""
    counts = page.locator(f"{inside} svg").evaluate_all(
        r"""(all) => all.flatMap(($svg) => {
            const rows = {};
            for (const $path of $svg.querySelectorAll("path")) {
                const [, x1, y1, x2, y2] = /^M(\S+) (\S+)L(\S+) (\S+)$/.exec($path.getAttribute("d")) ?? [];
                if (x1 && x1 === x2 && y2 - y1 === 8) rows[y1] = (rows[y1] ?? 0) + 1;
            }
            return Object.values(rows);
        })"""
    )
    assert counts
    return set(counts)


def test_the_printed_form_has_its_four_levels(open_page, address, other):
    page = open_page()
    page.goto(address + LONG)
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = " ".join(" ".join(normalize("NFKC", each.extract_text()) for each in pages).split())
    for indicator in other.asked("round"):
        for level in other.outline.levels:
            assert f"{level.name}: {indicator.levels[level.level]}" in text
    for level in other.outline.levels:
        assert text.count(f"{level.name}: ") == len(other.indicators)


def test_the_single_file_runs_without_a_network(open_page, site, other, tmp_path):
    alone = tmp_path / "alone.html"
    shutil.copy(site / LONG / "allotment-society-round.html", alone)
    page = open_page(offline=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(alone.as_uri())
    answers = {id_: 4 - number % 3 for number, id_ in enumerate(other.indicators)}
    answer_all(page, answers)
    open_step(page, "results")
    assert shown(page) == scored(other, "round", answers)
    assert [url for url in asked if not url.startswith(("data:", "blob:", alone.as_uri()))] == []


def test_a_saved_sheet_is_kept_as_long_as_it_says(open_page, address, other):
    page = open_page()
    page.goto(address + LONG)
    page.get_by_text("What is saved, where and how long").click()
    assert f"{other.settings.days_kept} days after your last change" in page.locator("#balcony-panel").inner_text()


# The team


def sheets(other, count):
    random = Random(7)
    return [
        file_of(
            sheet_of(other, "round", seed, levels={id_: random.choice(LEVELS) for id_ in other.indicators}),
            f"{seed}.balcony.json",
        )
        for seed in range(count)
    ]


@pytest.fixture
def team(open_page, address):
    return open_team(open_page, address)


def test_a_team_of_six_sees_what_the_command_says(team, other, tmp_path):
    files = sheets(other, 6)
    gather(team, files)
    assert team.locator("[data-people] li").count() == 6
    for each in files:
        (tmp_path / each["name"]).write_bytes(each["buffer"])
    ran = balcony("score", "--team", "--framework", OTHER / "framework", *sorted(tmp_path.glob("*.json")))
    assert view_of(team) == json.loads(ran.stdout)
    open_details(team)
    assert ticks(team, "#view") == {4}
    assert team.evaluate(OUTSIDE) == team.evaluate(OVERLAPPING) == []


def test_a_team_plans_its_meeting_and_agrees_a_sheet_on_its_levels(team, other):
    gather(team, sheets(other, 6))
    open_step(team, "view")
    open_step(team, "agenda")
    team.locator("[data-agenda] > *").first.wait_for()
    team.locator("[data-lengths] input").first.check()
    text = team.get_by_label("The agenda in words").input_value()
    assert "Read out: " in text
    names = [level.name for level in other.outline.levels]
    said = re.search(r"Lowest answer: (.+?)\. Highest answer: (.+?)\.", text)
    assert said is None or set(said.groups()) <= set(names)
    open_step(team, "agree")
    first = team.locator("[data-agree] select, [data-agree] fieldset").first
    first.wait_for()
    found = first.inner_text()
    assert all(name in found for name in names)


@pytest.mark.parametrize("size", [2, 9])
def test_its_own_smallest_group_holds(team, other, size):
    gather(team, sheets(other, 6))
    team.get_by_label("Smallest group").fill(str(size))
    team.evaluate("location.hash = 'view'")
    wait_for_step(team, "start")
    assert team.get_by_text("The smallest group can be from 3 to 8 people.").is_visible()


# Any number of levels


def with_levels(framework, count):
    """A framework with so many levels: the last is repeated, or those above are gone."""

    def of(texts):
        return {number: texts[min(number, len(texts))] for number in range(1, count + 1)}

    levels = framework.outline.levels
    more = tuple(
        levels[min(number, len(levels)) - 1].model_copy(update={"level": number, "name": f"Level {number} of {count}"})
        for number in range(1, count + 1)
    )
    sections = tuple(
        section.model_copy(
            update={
                "indicators": tuple(
                    each.model_copy(update={"levels": of(each.levels), "next_steps": of(each.next_steps)})
                    for each in section.indicators
                )
            }
        )
        for section in framework.sections
    )
    return framework.model_copy(
        update={"outline": framework.outline.model_copy(update={"levels": more}), "sections": sections}
    )


def page_with(site, framework):
    """The long form of a framework, in the page of the built site."""
    page = (site / LONG / "index.html").read_text(encoding="utf-8")
    before, main, rest = re.match(r"(.*)(<main[^>]*>).*(</main>.*)", page, re.DOTALL).groups()
    return f"{before}{main}{linked_from(Assessment(framework).assessment('round'), LONG)}{rest}"


@pytest.fixture
def open_form(open_page, site, address):
    """Open the long form of a framework with any number of levels."""

    def open_(framework, **options):
        page = open_page(**options)
        body = page_with(site, framework)
        page.route(address + LONG, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        modules = data_modules(framework)

        def fetch(route):
            name = route.request.url.partition("/assets/balcony/framework/")[2]
            route.fulfill(body=modules[name], content_type="text/javascript; charset=utf-8")

        page.route("**/assets/balcony/framework/**", fetch)
        page.goto(address + LONG)
        return page

    return open_


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("count", [3, 7])
def test_three_levels_and_seven_fit_the_smallest_screen(open_form, other, count, scheme):
    framework = with_levels(other, count)
    page = open_form(framework, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    answers = {id_: 1 + number % count for number, id_ in enumerate(framework.indicators)}
    steps = ("start", *framework.outline.sections, "check", "results", "plan")
    assert f"the keys 1 to {count} choose a level" in page.locator("#start").inner_text()
    answer_all(page, answers)
    for step in steps:
        open_step(page, step)
        open_details(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert axe.violations(page) == []
    open_step(page, "results")
    assert ticks(page) == {count}
    open_details(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(OUTSIDE) == page.evaluate(OVERLAPPING) == []
    assert shown(page) == scored(framework, "round", answers)
    open_step(page, framework.outline.sections[0])
    first = framework.sections[0].indicators[0]
    page.locator(f'[id="{first.id}"] input').first.focus()
    page.keyboard.press(str(count))
    assert page.locator(f'[id="{first.id}"] input:checked').get_attribute("value") == str(count)
    page.keyboard.press(str(count + 1))
    assert page.locator(f'[id="{first.id}"] input:checked').get_attribute("value") == str(count)
