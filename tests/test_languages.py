"""Another language: the whole product in it, or a build that says what is missing (METHOD 3.6).

Welsh is the test: a draft, of the second framework. That nothing is left in English is seen in a language made for tests, in
which every text stands in brackets, and which runs from right to left.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from itertools import cycle
from pathlib import Path

import axe
import pytest
import yaml
from babel.messages import jslexer
from conftest import PROJECT
from playwright.sync_api import expect
from pseudo import CLOSE, OPEN, translate
from run import DESKTOP, PHONE, choose, open_step
from test_command import balcony

from generator import catalogue, words
from generator.reading import framework as framework_of

EDITION = "rhandir"
FORM = "assess/round/"
LEVELS = (1, 2, 3, 4)
MADE = "ar"
"""The language made for tests goes by the name of one that runs from right to left, and for which Balcony has no words."""

OUTLINE = """\
id: rhandir
name: Our allotments
organisation: The allotment societies of the valley
contact: mailto:societies@example.org
based_on: allotment-society@1.0.0
languages: [{}]
"""


def new_project(folder):
    """The second framework, released, with pages that nobody wrote, and its edition in two languages."""
    shutil.copytree(PROJECT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "tests" / "other", folder, dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for command in (("release", "1.0.0", "--date", "2026-11-22"), ("pages",)):
        ran = balcony(*command, cwd=folder)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return new_project(tmp_path_factory.mktemp("languages"))


@pytest.fixture
def project(original, tmp_path):
    """A copy to spoil."""
    return shutil.copytree(original, tmp_path / "project")


def build(project, folder, *more):
    ran = balcony("build", "--edition", EDITION, "--strict", "--site-dir", folder, *more, cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def site(original, tmp_path_factory):
    """The edition in English and Welsh."""
    return build(original, tmp_path_factory.mktemp("welsh") / "site")


@pytest.fixture(scope="module")
def address(site, serve):
    return serve(site)


@pytest.fixture(scope="module")
def made(original, tmp_path_factory):
    """The edition in the language made for tests."""
    project = shutil.copytree(original, tmp_path_factory.mktemp("made") / "project")
    own = project / "editions" / EDITION
    shutil.rmtree(own / "cy")
    (own / "edition.yml").write_text(OUTLINE.format("en"), encoding="utf-8")
    ran = balcony("edition", "translate", EDITION, MADE, cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    translate(own / MADE)
    (own / "edition.yml").write_text(OUTLINE.format(f"{MADE}, en"), encoding="utf-8")
    return build(project, project / "site")


@pytest.fixture(scope="module")
def made_address(made, serve):
    return serve(made)


def pages_of(site):
    """The addresses of a site's pages, without those inside it that are in another language."""
    paths = [path.relative_to(site).as_posix() for path in sorted(site.rglob("index.html"))]
    return [path.removesuffix("index.html") for path in paths if not path.startswith(("cy/", "en/"))]


# The catalogue


def test_welsh_says_all_that_balcony_says_and_is_marked_as_a_draft():
    found = catalogue.read(catalogue.FOLDER / "cy.po", "cy")
    assert [problem.message for problem in found.problems] == []
    assert found.status == "draft"


def test_the_catalogues_are_in_line_with_the_code():
    for path in catalogue.FOLDER.glob("*.po"):
        text = path.read_text(encoding="utf-8")
        assert catalogue.renewed(path.stem, text) == text, f"run: balcony catalogue {path.stem}"


def test_whatever_the_browser_says_is_written_out_where_it_is_said():
    for path in (PROJECT / "generator" / "client").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        tokens = [each for each in jslexer.tokenize(text, jsx=False) if "comment" not in each.type]
        values = [each.value for each in tokens if each.type != "whitespace"]
        said = [values[at + 2] for at, value in enumerate(values) if value == "say" and values[at + 1] == "("]
        # Where it is made, and a panel's own way to say something that others have worded.
        named = {"words.js": ["text"], "panel.js": ["words"]}
        assert [each for each in said if not each.startswith(("'", '"'))] == named.get(path.name, []), path.name


def test_a_text_whose_english_changes_is_kept_and_waits_to_be_looked_at(project):
    path = project / "generator" / "languages" / "cy.po"
    before = catalogue.read(path, "cy").words.one("Download my answers")
    script = project / "generator" / "client" / "results.js"
    templates = list((project / "generator" / "templates").rglob("*.html"))
    for file in (script, *templates):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Download my answers", "Download all my answers"), encoding="utf-8")
    ran = balcony("catalogue", "cy", cwd=project)
    assert ran.returncode == 0, ran.stderr
    assert not ran.stdout.endswith(" 0 to translate\n")
    after = path.read_text(encoding="utf-8")
    entry = next(each for each in after.split("\n\n") if 'msgid "Download all my answers"' in each)
    assert "fuzzy" in entry
    assert before in entry
    ran = balcony("check", cwd=project)
    assert ran.returncode == 1
    assert "the English has changed since it was translated" in ran.stdout


# Parity


def test_a_claimed_language_with_all_that_it_needs_has_no_problem(original):
    ran = balcony("check", cwd=original)
    assert ran.returncode == 0, ran.stdout
    assert "editions/" not in ran.stdout


def line_of(path, text):
    return path.read_text(encoding="utf-8").split(text)[0].count("\n") + 1


def refused(project, *said):
    """Neither check nor build goes well, and both say why."""
    target = project / "built"
    for command in (("check",), ("build", "--edition", EDITION, "--site-dir", target)):
        ran = balcony(*command, cwd=project)
        assert ran.returncode == 1, command
        for each in said:
            assert each in ran.stdout, ran.stdout[-2000:]
    assert not target.exists()


def test_one_text_less_fails_the_build_at_its_line(project):
    path = project / "editions" / EDITION / "cy" / "indicators.yml"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("  why:"))
    id_at = next(at for at in range(at, 0, -1) if re.match(r"[a-z]", lines[at]))
    path.write_text("\n".join([*lines[:at], *lines[at + 1 :]]), encoding="utf-8")
    refused(project, f"editions/rhandir/cy/indicators.yml:{id_at + 1}:1", "not translated: why")


def test_one_word_of_the_interface_less_fails_the_build_at_its_line(project):
    path = project / "generator" / "languages" / "cy.po"
    text = path.read_text(encoding="utf-8")
    entry = re.search(r'msgid "Save my answers on this device"\nmsgstr "(.+)"', text)
    path.write_text(text.replace(entry[0], entry[0].replace(entry[1], "")), encoding="utf-8")
    line = line_of(path, 'msgid "Save my answers on this device"')
    refused(project, f"languages/cy.po:{line}", "Save my answers on this device", "it has no Cymraeg")


def test_a_page_of_ones_own_needs_its_translation(project):
    (project / "content" / "meetings.md").write_text("# Our meetings\n\nThey begin with tea.\n", encoding="utf-8")
    refused(project, "editions/rhandir/cy/content/meetings.md", "the page has no Cymraeg")
    assert balcony("edition", "translate", EDITION, "cy", cwd=project).returncode == 0
    refused(project, "meetings.md:1", "the page is not translated yet")
    page = project / "editions" / EDITION / "cy" / "content" / "meetings.md"
    text = page.read_text(encoding="utf-8").replace("status: to-do", "status: draft")
    page.write_text(text.replace("They begin with tea.", "Maen nhw'n dechrau gyda the."), encoding="utf-8")
    assert balcony("check", cwd=project).returncode == 0
    (project / "content" / "meetings.md").write_text("# Our meetings\n\nThey begin with cake.\n", encoding="utf-8")
    ran = balcony("check", cwd=project)
    assert ran.returncode == 0
    assert "the page that it was translated from has changed" in ran.stdout
    outline = project / "editions" / EDITION / "edition.yml"
    outline.write_text(OUTLINE.format("en, cy") + "hide: {pages: [meetings.md]}\n", encoding="utf-8")
    page.unlink()
    assert balcony("check", cwd=project).returncode == 0


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ("en, tlh-KLINGON", "languages"),
        ("en, xx", '"xx" is no language'),
        ("en, fr", "Balcony itself has no Français; it has en, cy"),
    ],
)
def test_a_language_that_cannot_be_built_is_refused_where_it_is_claimed(project, claimed, said):
    (project / "editions" / EDITION / "edition.yml").write_text(OUTLINE.format(claimed), encoding="utf-8")
    refused(project, "editions/rhandir/edition.yml:6", said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("\n  status: draft", "\n  status: ready", 1), '"ready" is no status'),
        (lambda text: text.replace("\n  status: draft", "", 1), "it has no status"),
        (lambda text: f"{text}\nspade:\n  status: draft\n  name: Rhaw\n", 'nothing is called "spade"'),
        (lambda text: re.sub(r"\n  label:", "\n  lable:", text, count=1), 'the English has no "lable"'),
        (lambda text: re.sub(r'\n  why: ".*"', "\n  why: [1]", text, count=1), "a text is wanted"),
        (lambda text: re.sub(r'\n  label: "(.*)"', r"\n  label: <b>\1</b>", text, count=1), "<b>"),
    ],
    ids=["status", "no status", "nobody", "key", "shape", "HTML"],
)
def test_what_cannot_be_right_in_a_translation_is_said_at_its_line(project, change, said):
    path = project / "editions" / EDITION / "cy" / "indicators.yml"
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    refused(project, "editions/rhandir/cy/indicators.yml:", said)


def test_a_placeholder_that_gets_lost_is_a_problem(project):
    path = project / "editions" / EDITION / "cy" / "lenses.yml"
    head, from_, rest = path.read_text(encoding="utf-8").partition("\n  from:")
    assert "{lowest}" in head
    path.write_text(head.replace("{lowest}", "hyn", 1) + from_ + rest, encoding="utf-8")
    refused(project, "editions/rhandir/cy/lenses.yml:", "{lowest} got lost")


# Keeping up


def test_a_translation_goes_stale_when_its_english_changes_and_says_both(project):
    own = project / "editions" / EDITION
    english = yaml.safe_load((own / "cy" / "sections.yml").read_text(encoding="utf-8"))
    id_, told = next(iter(english.items()))
    (own / "rewordings.yml").write_text(f"{id_}:\n  summary: What we all walk on.\n", encoding="utf-8")
    ran = balcony("check", cwd=project)
    assert ran.returncode == 0
    place = f"editions/rhandir/cy/sections.yml:{line_of(own / 'cy' / 'sections.yml', f'{chr(10)}  summary:') + 1}"
    assert place in ran.stdout
    assert told["from"]["summary"][:30] in ran.stdout
    assert "What we all walk on." in ran.stdout


def test_what_is_new_is_written_down_and_what_is_there_stays_to_the_letter(project):
    own = project / "editions" / EDITION
    path = own / "cy" / "indicators.yml"
    before = "# A note of the translator.\n" + path.read_text(encoding="utf-8")
    path.write_text(before, encoding="utf-8")
    question = (PROJECT / "tests" / "other" / "framework" / "sections" / "ground.yml").read_text(encoding="utf-8")
    one = yaml.safe_load(question)["indicators"][0]
    added = {**one, "id": "rhandir-bees", "label": "Bees", "section": "ground"}
    added.pop("exercises", None)
    lens = framework_of(PROJECT / "tests" / "other" / "framework").lenses[0]
    added["feeds"] = [f"{lens.id}/{lens.dimensions[0].id}"]
    (own / "indicators.yml").write_text(yaml.safe_dump([added], allow_unicode=True), encoding="utf-8")
    refused(project, "the indicator has no Cymraeg", "rhandir-bees")
    ran = balcony("edition", "translate", EDITION, "cy", cwd=project)
    assert ran.returncode == 0, ran.stderr
    assert "To translate: 1 things, 0 pages" in ran.stderr
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    entry = yaml.safe_load(after)["rhandir-bees"]
    assert entry["status"] == "to-do"
    assert entry["label"] == ""
    assert entry["from"]["label"] == "Bees"


def test_a_key_that_lacks_is_put_beside_the_others_with_its_english(project):
    path = project / "editions" / EDITION / "cy" / "indicators.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    id_ = list(data)[1]
    data[id_].pop("discuss")
    data[id_]["from"].pop("why")
    text = path.read_text(encoding="utf-8")
    start = text.index(f"\n{id_}:")
    head, entry = text[:start], text[start:]
    entry = re.sub(r"\n  discuss: .*", "", entry, count=1)
    entry = re.sub(r"\n    why: .*", "", entry, count=1)
    path.write_text(head + entry, encoding="utf-8")
    assert balcony("edition", "translate", EDITION, "cy", cwd=project).returncode == 0
    after = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert after[id_].pop("discuss") == ""
    assert after[id_]["from"].pop("why")
    assert after == data


def test_writing_down_what_lacks_twice_changes_nothing_more(project):
    own = project / "editions" / EDITION
    (own / "cy" / "glossary.yml").unlink()
    for language in ("cy", MADE):
        balcony("edition", "translate", EDITION, language, cwd=project)
        before = {path: path.read_text(encoding="utf-8") for path in own.rglob("*") if path.is_file()}
        ran = balcony("edition", "translate", EDITION, language, cwd=project)
        assert "To translate: 0 things, 0 pages" in ran.stderr
        assert {path: path.read_text(encoding="utf-8") for path in own.rglob("*") if path.is_file()} == before


# The site


def test_every_page_is_there_in_both_languages_and_leads_to_itself_in_the_other(site, address, open_page):
    page = open_page(viewport=PHONE)
    paths = pages_of(site)
    assert sorted(paths) == sorted(pages_of(site / "cy"))
    places = set()
    for path in paths:
        for here, there, language in (("", "cy/", "cy"), ("cy/", "", "en")):
            page.goto(address + here + path)
            link = page.get_by_role("navigation", name="Languages" if here == "" else "Ieithoedd").get_by_role("link")
            assert link.count() == 1
            assert (link.get_attribute("lang"), link.get_attribute("hreflang")) == (language, language)
            assert page.evaluate("document.documentElement.lang").startswith("cy" if here else "en")
            box = link.bounding_box()
            places.add((here, round(box["x"]), round(box["y"])))
            link.click()
            assert page.url == address + there + path
    assert len(places) == 2, places


def test_a_draft_says_so_on_every_page_until_all_of_it_is_reviewed(address, page, project):
    for path in ("", FORM, "team/"):
        page.goto(f"{address}cy/{path}")
        assert page.locator("aside.translation").inner_text().strip()
        page.goto(address + path)
        assert page.locator("aside.translation").count() == 0
    page.goto(f"{address}cy/about/edition/")
    assert "Cymraeg" in page.locator("article").inner_text()
    for path in (project / "editions" / EDITION / "cy").glob("*.yml"):
        text = path.read_text(encoding="utf-8").replace("status: draft", "status: reviewed")
        path.write_text(text, encoding="utf-8")
    catalogue_ = project / "generator" / "languages" / "cy.po"
    reviewed = catalogue_.read_text(encoding="utf-8").replace("# Status: draft", "# Status: reviewed")
    catalogue_.write_text(reviewed, encoding="utf-8")
    again = build(project, project / "site")
    assert 'class="translation"' not in (again / "cy" / "index.html").read_text(encoding="utf-8")


def filled_in(page, address, framework):
    page.goto(address)
    levels = cycle(LEVELS)
    for section in framework.sections:
        open_step(page, section.id)
        for each in section.indicators:
            choose(page, each.id, next(levels))
    return page


@pytest.fixture(scope="module")
def other():
    return framework_of(PROJECT / "tests" / "other" / "framework")


def result_of(page):
    open_step(page, "results")
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    return json.loads(Path(download.value.path()).read_text(encoding="utf-8"))


def test_a_whole_run_in_welsh_comes_to_what_it_comes_to_in_english(address, open_page, other):
    english = filled_in(open_page(), address + FORM, other)
    welsh = filled_in(open_page(), f"{address}cy/{FORM}", other)
    assert result_of(welsh) == result_of(english)


def test_each_step_of_a_run_is_in_welsh(address, page, other):
    said = catalogue.words_of("cy")
    filled_in(page, f"{address}cy/{FORM}", other)
    folder = PROJECT / "tests" / "other" / "editions" / EDITION / "cy"
    sections = yaml.safe_load((folder / "sections.yml").read_text(encoding="utf-8"))
    indicators = yaml.safe_load((folder / "indicators.yml").read_text(encoding="utf-8"))
    for id_, told in sections.items():
        open_step(page, id_)
        assert page.locator("h1:visible").inner_text() == told["name"]
    for id_, told in indicators.items():
        fieldset = page.locator(f'[id="{id_}"]')
        assert told["question"] in fieldset.locator("legend").text_content()
        for text in told["levels"].values():
            assert text in fieldset.text_content()
    open_step(page, "check")
    assert page.locator("h1:visible").inner_text() == said.one("Check your answers")
    open_step(page, "results")
    assert page.locator("h1:visible").inner_text() == said.one("Results")
    with words.spoken(said):
        month = words.day("2026-11-22").split()[1]
        today = words.day(datetime.now().astimezone().date().isoformat())
    assert month == "Tachwedd"
    assert today in page.locator("#results").inner_text()
    said_of = page.locator("#results").inner_text()
    assert " a(c) " in said_of
    assert " and " not in said_of


def test_numbers_take_the_form_that_welsh_has_for_them(address, open_page, other):
    forms = catalogue.words_of("cy").forms(
        "{count} question on this page has no answer", "{count} questions on this page have no answer"
    )
    assert len(set(forms.values())) > 2
    section = max(other.sections, key=lambda each: len(each.indicators))
    asked = [each.id for each in section.indicators]
    for left in range(1, len(asked) + 1):
        page = open_page()
        page.goto(f"{address}cy/{FORM}")
        open_step(page, section.id)
        for id_ in asked[left:]:
            choose(page, id_, 1)
        page.locator(f'[data-step][id="{section.id}"] a.button:visible').last.click()
        kind = {1: "one", 2: "two", 3: "few", 6: "many"}.get(left, "other")
        expect(page.locator("#balcony-notice h2")).to_have_text(forms[kind].replace("{count}", str(left)))


def test_sheets_open_in_the_other_language(address, open_page, other):
    english = filled_in(open_page(), address + FORM, other)
    with english.expect_download() as download:
        english.get_by_role("button", name="Download my answers").first.click()
    sheet = Path(download.value.path()).read_text(encoding="utf-8")
    welsh = open_page()
    welsh.goto(f"{address}cy/{FORM}")
    welsh.locator("input[type=file]").first.set_input_files(
        {"name": "a.balcony.json", "mimeType": "application/json", "buffer": sheet.encode()}
    )
    welsh.wait_for_function("() => document.querySelectorAll('fieldset.question input:checked').length === 10")
    assert result_of(welsh) == result_of(english)


def test_the_single_file_is_in_the_language_that_was_asked_for(original, tmp_path, page):
    target = tmp_path / "rownd.html"
    ran = balcony("offline", "round", "--edition", EDITION, "--language", "cy", "-o", target, cwd=original)
    assert ran.returncode == 0, ran.stderr
    page.goto(target.as_uri())
    assert page.evaluate("document.documentElement.lang") == "cy"
    open_step(page, "check")
    assert page.locator("h1:visible").inner_text() == catalogue.words_of("cy").one("Check your answers")
    ran = balcony("offline", "round", "--edition", EDITION, "--language", "de", "-o", target, cwd=original)
    assert ran.returncode == 2
    assert "cy" in ran.stderr


def test_the_other_engine_makes_the_same_pages_in_both_languages(original, site, tmp_path):
    again = build(original, tmp_path / "site", "--engine", "zensical")
    assert sorted(pages_of(again)) == sorted(pages_of(site))
    assert sorted(pages_of(again / "cy")) == sorted(pages_of(site / "cy"))
    text = (again / "cy" / "framework" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="cy"' in text
    assert 'hreflang="en"' in text


# Nothing is left in English, and everything fits from right to left


BESIDE = """() => [...document.querySelectorAll("[data-picture] svg")].flatMap(($svg) => {
    const { left, right } = $svg.getBoundingClientRect();
    return [...$svg.querySelectorAll("text")].filter(($text) => {
        const box = $text.getBoundingClientRect();
        return box.left < left - 1 || box.right > right + 1;
    }).map(($text) => $text.textContent);
})"""
"""Words that stand beside their picture: letters of other scripts are higher, so that height says nothing."""

UNTRANSLATED = """([open, close]) => {
    const $walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    const isOf = ($node) => {
        const $block = $node.parentElement.closest("p, li, dt, dd, td, th, h1, h2, h3, h4, label, legend, summary, button, a, figcaption, text, span, div");
        return $block.textContent.includes(open) || $block.parentElement.textContent.includes(open);
    };
    while ($walker.nextNode()) {
        const $node = $walker.currentNode;
        const $other = $node.parentElement.closest("[lang]:not(html)");
        if (!/[A-Za-z]{3}/.test($node.data) || $node.parentElement.closest("script, style, template, code, noscript")) continue;
        if ($other && $other.lang !== document.documentElement.lang) continue;
        if (!$node.parentElement.checkVisibility()) continue;
        if (!isOf($node)) found.push($node.data.trim());
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"])
        for (const $each of document.querySelectorAll(`[${name}]`)) {
            const text = $each.getAttribute(name);
            const $other = $each.closest("[lang]:not(html)");
            if ($other && $other.lang !== document.documentElement.lang) continue;
            if (/[A-Za-z]{3}/.test(text) && !text.includes(open)) found.push(`${name}: ${text}`);
        }
    return found;
}"""

NAMES = {"Cymraeg", "English", "JSON", "SVG", "CSV"}
"""What is called the same everywhere."""


def untranslated(page):
    titles = {source.title for source in framework_of(PROJECT / "tests" / "other" / "framework").sources.values()}
    return [each for each in page.evaluate(UNTRANSLATED, [OPEN, CLOSE]) if each not in NAMES | titles]


def looked_at(page):
    """A page or a step of it: all in the language, and within its width."""
    assert untranslated(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_has_a_word_of_english_or_is_wider_than_its_window(made, made_address, open_page, look):
    page = open_page(viewport=look)
    for path in pages_of(made):
        page.goto(made_address + path)
        assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == [
            MADE,
            "rtl",
        ]
        if not path.startswith("rhandir/"):
            looked_at(page)


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_step_of_a_run_has_a_word_of_english_or_text_outside_a_picture(made_address, open_page, other, look):
    page = open_page(viewport=look)
    page.goto(made_address + FORM)
    looked_at(page)
    open_step(page, other.sections[0].id)
    page.locator(f'[data-step][id="{other.sections[0].id}"] a.button:visible').last.click()
    looked_at(page)
    filled_in(page, made_address + FORM, other)
    for step in [*(each.id for each in other.sections), "check", "results", "plan"]:
        open_step(page, step)
        looked_at(page)
        if step == "results":
            assert page.evaluate(BESIDE) == []
            assert axe.violations(page) == []


def test_pages_from_right_to_left_are_for_everybody(made_address, open_page):
    page = open_page(viewport=PHONE)
    for path in ("", "framework/", "team/", FORM):
        page.goto(made_address + path)
        assert axe.violations(page) == []
