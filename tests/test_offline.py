"""The single-file edition: opened from disk, alone in its folder, in a browser that has no network."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode
from html.parser import HTMLParser

import pytest
from run import (
    FORMS,
    HOSTILE,
    PHONE,
    STANDARD,
    answer_all,
    hostile_copy,
    open_step,
    random_answers,
    visible_step,
)

from generator import offline
from generator.assessment import Assessment
from generator.assets import modules
from generator.rendering import linked_from
from generator.score import score

SITE_URL = "https://example.org/tools"


@pytest.fixture
def published(built_site, framework):
    """The single file that the site has beside the page of a form."""
    return lambda form: built_site / FORMS[form] / f"{framework.id}-{form}.html"


@pytest.fixture
def open_alone(open_page, tmp_path):
    """Open HTML from a folder that holds nothing else, without a network, in a page that lists what it asks for."""

    def open_(html, **options):
        file = tmp_path / "alone" / "Children's self-assessment 領導.html"
        file.parent.mkdir()
        file.write_text(html, encoding="utf-8")
        page = open_page(offline=True, **options)
        page.asked_for = []
        page.on("dialog", lambda dialog: pytest.fail(f"a script that is none of ours ran: {dialog.message}"))
        page.on("request", lambda request: page.asked_for.append(request.url))
        page.goto(file.as_uri())
        return page

    return open_


def fetched(page):
    """What a page asked for besides itself and what it holds."""
    itself = page.url.partition("#")[0]
    return [url for url in page.asked_for if url.partition("#")[0] != itself and not url.startswith("data:")]


def open_results(page):
    """Open the results, and wait for what they import by then."""
    open_step(page, "results")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-next] .step span')].every((each) => each.textContent)"
    )


# In the browser

STEPS = "(all) => all.map(({ dataset }) => dataset.status)"
NEXT_STEPS = "(all) => all.map(($each) => [$each.dataset.indicator, $each.querySelector('.step span').textContent])"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(4))
def test_a_run_from_disk_shows_what_python_scores(open_alone, published, framework, form, seed):
    page = open_alone(published(form).read_text(encoding="utf-8"), viewport=PHONE)
    answers = {each.id: 3 for each in framework.asked(form)} | random_answers(framework, form, seed)
    answer_all(page, answers)
    for step in (*page.locator("[data-status]").evaluate_all(STEPS), "check"):
        open_step(page, step)
        assert visible_step(page) == [step]
    open_results(page)
    lenses = page.locator("[data-lens]").evaluate_all(
        "(all) => all.map(({ dataset }) => [dataset.lens, dataset.state])"
    )
    assert dict(lenses) == {id_: lens["state"] for id_, lens in score(framework, form, answers)["lenses"].items()}
    for id_, step in page.locator("[data-next] [data-indicator]").evaluate_all(NEXT_STEPS):
        assert step == framework.indicators[id_].next_steps[answers[id_]]
    assert fetched(page) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_reload_stays_in_place(open_alone, published, form, framework):
    page = open_alone(published(form).read_text(encoding="utf-8"))
    step = framework.outline.sections[0]
    open_step(page, step)
    page.reload()
    assert visible_step(page) == [step]
    assert fetched(page) == []


def test_it_looks_as_the_page_does(open_alone, published, page, site_address):
    page.goto(site_address + STANDARD)
    alone = open_alone(published("standard").read_text(encoding="utf-8"))
    looks = """() => [...document.querySelectorAll("body, header, h1, #start .button, header img")].map(($each) => {
        const { color, backgroundColor, fontFamily, fontSize } = getComputedStyle($each);
        return [color, backgroundColor, fontFamily, fontSize, $each.naturalWidth ?? null];
    })"""
    assert alone.evaluate(looks) == page.evaluate(looks)
    assert alone.locator("header img").evaluate("($logo) => $logo.naturalWidth") > 0


def test_without_script_it_is_the_whole_form(open_alone, published, framework):
    page = open_alone(published("standard").read_text(encoding="utf-8"), java_script_enabled=False)
    for indicator in framework.asked("standard"):
        assert page.get_by_text(indicator.question, exact=True).first.is_visible()
    assert fetched(page) == []


LEADING_AWAY = """() => [...document.querySelectorAll("a[href]")].map(({ href }) => href)
    .filter((href) => href.split("#")[0] !== location.href.split("#")[0] && !href.startsWith("blob:"))"""


def test_without_an_address_no_link_leads_out_of_it(open_alone, built_site, framework):
    page = open_alone(offline.single_file(built_site / STANDARD / "index.html", built_site, None))
    answer_all(page, {each.id: 2 for each in framework.asked("standard")})
    open_results(page)
    assert page.evaluate(LEADING_AWAY) == []


def test_with_an_address_every_link_leads_to_a_page_of_the_site(open_alone, built_site, framework):
    page = open_alone(offline.single_file(built_site / STANDARD / "index.html", built_site, SITE_URL))
    answer_all(page, {each.id: 2 for each in framework.asked("standard")})
    open_results(page)
    links = page.evaluate(LEADING_AWAY)
    assert f"{SITE_URL}/framework/six-ways/" in links
    for link in links:
        assert link.startswith(f"{SITE_URL}/")
        assert (built_site / link.removeprefix(f"{SITE_URL}/") / "index.html").is_file(), link
    assert fetched(page) == []


def test_text_of_a_framework_is_inert_in_it(open_alone, built_site, framework, tmp_path):
    changed = hostile_copy(framework)
    lens, indicator = changed.lenses[0], changed.sections[0].indicators[0]
    before, _, rest = (built_site / STANDARD / "index.html").read_text(encoding="utf-8").partition("<main")
    run = linked_from(Assessment(changed).assessment("standard"), STANDARD)
    site = tmp_path / "site"
    shutil.copytree(built_site / "assets", site / "assets")
    built = write(site / STANDARD / "index.html", f"{before}<main>{run}</main>{rest.partition('</main>')[2]}")
    page = open_alone(offline.single_file(built, site, None))
    answer_all(page, {**dict.fromkeys(changed.indicators, 2), indicator.id: 1})
    open_step(page, "results")
    assert page.locator(f'[id="{indicator.id}"] legend').text_content() == HOSTILE
    assert page.locator(f'[data-lens="{lens.id}"] [data-message]').text_content() == f"{HOSTILE} {HOSTILE}"
    assert page.locator("img[src=x]").count() == 0
    assert fetched(page) == []


# The file


class _Loads(HTMLParser):
    """Everything that a document would fetch, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.loads, self.links = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("src", "srcset", "poster", "data", "action") or (name == "href" and tag != "a"):
                self.loads.append(value)
            elif name == "href":
                self.links.append(value)


@pytest.mark.parametrize("form", FORMS)
def test_it_holds_all_that_it_loads(published, form):
    html = published(form).read_text(encoding="utf-8")
    assert [address for address in _Loads(html).loads if not address.startswith("data:")] == []
    for style in re.findall(r"<style.*?</style>", html, re.DOTALL):
        assert "@import" not in style
        assert re.findall(r"url\((?![\"']?data:)", style) == []
    for left in ("data-online", "data-single-file", "modulepreload", "canonical"):
        assert left not in html


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_its_modules_import_is_in_it(published, framework, form):
    html = published(form).read_text(encoding="utf-8")
    (found,) = re.findall(r'<script type="importmap">(.*?)</script>', html)
    held = {
        name: b64decode(address.partition(",")[2]).decode() for name, address in json.loads(found)["imports"].items()
    }
    assert "#client/assessment.js" in held
    wanted = {name for text in held.values() for name in re.findall(r"""["'`](#[\w-]+/[\w/.-]+\.js)["'`]""", text)}
    assert "#client/score.js" in wanted
    wanted |= {"#framework/sheets.js", *(f"#framework/practice/{each.id}.js" for each in framework.asked(form))}
    assert wanted - set(held) == set()


def test_every_page_that_offers_a_single_file_has_it(built_site):
    for path in built_site.rglob("index.html"):
        for name in re.findall(r'<a href="([^"]+)"[^>]* data-single-file', path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file()


# Pages made to order

ENTRY = """
const { words } = await import("#client/words.js");
const { step } = await import(`#framework/practice/${"a-b"}.js`);
document.body.dataset.said = words + step;
"""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>R&D &amp A</title>
<link rel="canonical" href="https://example.org/x/">
<link rel="icon" href="../../logo.svg">
<link rel="stylesheet" href="../../assets/a.css">
<script type="importmap">{"imports": {"#client/": "../../assets/", "#framework/": "../../assets/framework/"}}</script>
</head><body>
<!-- <img src="x.png"> --><P Class=odd>1 < 2 &amp; 3</P ><br/>
<p data-online>Online: <a href="x.html" download data-single-file>download</a> <img src="none.png"></p>
<div data-online><div>in</div><br><div>side</div></div>
<footer data-linked>These open in a new tab.</footer>
<a class="far" href="../../about/?a=1&amp;b=2#c" target="_blank">About</a>
<a href="#top">Top</a> <a href="https://example.com/">Else</a> <a href="mailto:a@example.org">Write</a> <a>None</a>
<img src="../../logo.svg" alt="&quot;A&quot;"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" alt="">
<link rel="modulepreload" href="../../assets/entry.js">
<script type="application/json">{"a": "<a href='x'>"}</script>
<script type="module" src="../../assets/entry.js"></script>
</body></html>
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def small_site(tmp_path):
    """A site of one page that has everything once."""
    site = tmp_path / "site"
    write(site / "assess/x/index.html", PAGE)
    write(site / "logo.svg", SVG)
    write(site / "assets/a.css", "p::before{content:'</style><script>alert(1)</script>'}a{background:url(../logo.svg)}")
    write(site / "assets/entry.js", ENTRY)
    write(site / "assets/words.js", 'export const words = "</script><script>alert(2)</script>領導";')
    write(site / "assets/unused.js", "")
    write(site / "assets/framework/practice/a-b.js", 'export const step = "next";')
    return site


def single(site, site_url=None):
    return offline.single_file(site / "assess/x/index.html", site, site_url)


def test_styles_and_modules_cannot_break_out(open_alone, small_site):
    page = open_alone(single(small_site))
    page.wait_for_function("() => document.body.dataset.said")
    assert page.evaluate("document.body.dataset.said") == "</script><script>alert(2)</script>領導next"
    shown = page.evaluate("getComputedStyle(document.querySelector('p'), '::before').content")
    assert shown == '"</style><script>alert(1)</script>"'
    assert page.evaluate("getComputedStyle(document.querySelector('a')).backgroundImage").startswith('url("data:image/')
    assert page.locator("img").evaluate_all("(all) => all.map(($each) => $each.naturalWidth)") == [9, 1]
    assert fetched(page) == []


def test_modules_are_there_if_they_can_be_asked_for(small_site):
    (found,) = re.findall(r'<script type="importmap">(.*?)</script>', single(small_site))
    names = ["#client/entry.js", "#client/words.js", "#framework/practice/a-b.js"]
    assert list(json.loads(found)["imports"]) == names


def test_what_leads_nowhere_without_the_site_is_left_out(small_site):
    html = single(small_site)
    assert "Online" not in html
    assert "none.png" not in html
    assert "side" not in html
    assert "new tab" not in html
    assert '<a class="far">About</a>' in html
    assert _Loads(html).links == ["#top", "https://example.com/", "mailto:a@example.org"]


def test_with_an_address_links_lead_to_the_site(small_site):
    for site_url in (SITE_URL, f"{SITE_URL}/"):
        html = single(small_site, site_url)
        assert f'<a class="far" href="{SITE_URL}/about/?a=1&amp;b=2#c" target="_blank">About</a>' in html
        assert "<footer data-linked>These open in a new tab.</footer>" in html
        assert "Online" not in html


def test_everything_else_stays_to_the_letter(small_site):
    html = single(small_site)
    for same in (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        "><title>R&D &amp A</title>",
        '<!-- <img src="x.png"> --><P Class=odd>1 < 2 &amp; 3</P ><br/>\n\n\n\n<a class="far">',
        ' alt="&quot;A&quot;">',
        """<script type="application/json">{"a": "<a href='x'>"}</script>""",
    ):
        assert same in html


def test_a_page_gets_a_file_only_if_it_offers_one(small_site):
    write(small_site / "about/index.html", "<p>data-single-file is an attribute.</p>")
    offline.publish(small_site, None)
    pages = sorted(path.relative_to(small_site).as_posix() for path in small_site.rglob("*.html"))
    assert pages == ["about/index.html", "assess/x/index.html", "assess/x/x.html"]
    assert (small_site / "assess/x/x.html").read_text(encoding="utf-8") == single(small_site)


def test_modules_that_are_imported_later_are_named_only_if_asked_for(tmp_path):
    write(tmp_path / "a.js", '/** @type {import("#client/types.js").A} */\nimport { b } from "#client/b.js";\n')
    write(tmp_path / "b.js", 'export { c } from "#client/c.js";\nexport const open = () => import("#client/d.js");\n')
    write(tmp_path / "c.js", '// import "#client/old.js";\n')
    write(tmp_path / "d.js", 'import "#client/e.js";\n')
    write(tmp_path / "e.js", "")
    assert modules("a.js", tmp_path) == ["a.js", "b.js", "c.js"]
    assert modules("a.js", tmp_path, later=True) == ["a.js", "b.js", "c.js", "d.js", "e.js"]
