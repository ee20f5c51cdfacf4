"""What helps people and programs to find something: short ways, terms explained where they stand, and what a site says of its pages."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import axe
import pytest

from generator import reading
from generator.connections import anchor
from generator.machines import heads, publish
from generator.pages import Pages
from generator.terms import explained

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from generator.model import Framework

TOP = "https://site.invalid/"
STEPS = 2


# Short ways


class _Links(HTMLParser):
    """The links of a page that everybody sees at once, whatever the width: in its main part and in its footer.

    The menu does not count, because on a phone it is shut. Nor do links in what has to be opened first.
    """

    _SHUT = frozenset({"details", "dialog", "template"})
    _VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        _, is_in, is_shut = self._open[-1] if self._open else ("", False, False)
        is_in = is_in or "md-content__inner" in of.get("class", "").split() or tag in {"main", "footer"}
        is_in = is_in and "md-sidebar" not in of.get("class", "").split()
        is_shut = is_shut or (tag in self._SHUT and "open" not in of) or "hidden" in of or "popover" in of
        if tag == "a" and is_in and not is_shut:
            self.found.append(of.get("href", ""))
        if tag not in self._VOID:
            self._open.append((tag, is_in, is_shut))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass


def _links(html: str, address: str) -> set[str]:
    """The pages that a page leads to, by their address from the top."""
    links = _Links()
    links.feed(html)
    return {urldefrag(urljoin(TOP + address, link))[0].removeprefix(TOP) for link in links.found}


def _depths(pages: dict[str, str]) -> dict[str, int]:
    """How many steps each page that can be reached is from the first."""
    depths = {"": 0}
    queue = [""]
    for address in queue:
        for target in sorted(_links(pages[address], address)):
            if target in pages and target not in depths:
                depths[target] = depths[address] + 1
                queue.append(target)
    return depths


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, str]:
    """The HTML of every page, by its address from the top."""
    return {
        path.relative_to(built_site).as_posix().removesuffix("index.html"): path.read_text(encoding="utf-8")
        for path in built_site.rglob("index.html")
    }


def test_every_page_is_two_steps_from_the_first_at_most(pages: dict[str, str]) -> None:
    depths = _depths(pages)
    far = [f"/{each}: {depths.get(each, 'no')} steps" for each in sorted(pages) if depths.get(each, 99) > STEPS]
    assert not far, "\n".join(far)


def test_a_link_in_the_menu_or_in_something_shut_is_no_way() -> None:
    page = "<main><nav class='md-sidebar'><a href='a/'>A</a></nav>{}</main><footer><a href='d/'>D</a></footer>"
    assert _links(page.format("<details><a href='b/'>B</a></details><a href='c/#x'>C</a>"), "") == {"c/", "d/"}
    assert _depths(
        {"": page.format("<a href='c/'>C</a>"), "c/": page.format("<a href='../e/'>E</a>"), "e/": "", "d/": ""}
    ) == {
        "": 0,
        "c/": 1,
        "d/": 1,
        "e/": 2,
    }


# Terms explained where they stand


GUIDE = "framework/strategic-triangle/"
"""A page on which several terms stand."""


@pytest.fixture
def terms_of(framework: Framework) -> dict[str, str]:
    return {f"term-{anchor(term.term)}": term.meaning for term in framework.glossary}


@pytest.mark.parametrize("how", ["keyboard", "touch", "mouse"])
def test_a_term_opens_its_meaning_and_closes_again_without_a_script(
    how: str, open_page: Callable[..., Page], site_address: str, terms_of: dict[str, str]
) -> None:
    page = open_page(java_script_enabled=False, has_touch=how == "touch", viewport={"width": 320, "height": 640})
    page.goto(site_address + GUIDE)
    term = page.locator(".balcony-term").first
    id_ = str(term.get_attribute("popovertarget"))
    meaning = page.locator(f"[id={id_}]")
    assert not meaning.is_visible()
    if how == "keyboard":
        term.focus()
        page.keyboard.press("Enter")
    elif how == "touch":
        term.tap()
    else:
        term.click()
    assert meaning.is_visible()
    assert terms_of[id_] in meaning.inner_text()
    box = meaning.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.keyboard.press("Escape")
    assert not meaning.is_visible()


def test_from_its_meaning_the_keyboard_leads_to_the_term_in_the_glossary(page: Page, site_address: str) -> None:
    page.goto(site_address + GUIDE)
    term = page.locator(".balcony-term").first
    id_ = str(term.get_attribute("popovertarget")).removeprefix("term-")
    term.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/framework/glossary/#{id_}")
    assert page.locator(f"[id='{id_}']").is_visible()


def test_a_term_prints_as_a_word_without_its_meaning(page: Page, site_address: str) -> None:
    page.goto(site_address + GUIDE)
    page.emulate_media(media="print")
    assert not page.locator(".balcony-meaning:visible").count()
    assert page.locator(".balcony-term").first.is_visible()


def test_terms_are_explained_once_a_page_and_never_in_headings_links_or_questions(pages: dict[str, str]) -> None:
    marked = {address: re.findall(r'popovertarget="([^"]+)"', html) for address, html in pages.items()}
    assert sum(map(len, marked.values())) > 50
    for address, found in marked.items():
        assert len(found) == len(set(found)), address
    assert not marked["framework/glossary/"]
    assert not [address for address in pages if address.startswith("assess/") and marked[address]]
    inside = re.compile(r"<(h[1-6]|a|code|table)\b(?:(?!</\1>).)*balcony-term", re.DOTALL)
    assert not [address for address, html in pages.items() if inside.search(html)]


MEANINGS = {"System": "All of it.", "Systems leadership": "Across it.", "Lens": "A way."}


def _explained(main: str) -> str:
    html = f'<p>lens</p><article class="md-content__inner">{main}</article>'
    said = explained(html, MEANINGS, "../glossary/", "Lens")
    return re.sub(r'<span class="balcony-meaning".*?</span>', "", said).partition('md-content__inner">')[2]


@pytest.mark.parametrize(
    ("main", "term"),
    [
        ("<p>Our systems leadership, a system.</p>", ["systems leadership", "system"]),
        ("<p>System, system.</p>", ["System"]),
        ("<p>A lens<br>é &amp; 領導 system</p>", ["lens", "system"]),
        ("<p>Lens is this site.</p><p>A lens is not.</p>", ["lens"]),
        ("<ul><li>By <strong>lens</strong>.</li></ul>", ["lens"]),
        ("<p>Systems, subsystem, lenses, eco-system.</p>", []),
        ("<h2>A lens</h2><p><a href='x'>lens</a> <code>lens</code></p>", []),
        ('<p class="balcony-question">Which lens?</p><table><tr><td><p>lens</p></td></tr></table>', []),
        ("<div>lens</div>", []),
    ],
)
def test_only_the_term_itself_is_explained_in_running_text(main: str, term: list[str]) -> None:
    said = _explained(main)
    assert re.findall(r'popovertarget="[^"]+">([^<]*)</button>', said) == term
    assert re.sub(r"<button[^>]*>|</button>", "", said).startswith(main)


def test_what_a_term_means_cannot_become_markup() -> None:
    said = explained("<p class='md-content__inner'><p>lens</p></p>", {"Lens": "<script>&"}, "g/")
    assert "&lt;script&gt;&amp;" in said
    assert "<script>" not in said


# What pages say of themselves


def test_every_page_has_a_description_of_its_own_that_a_search_engine_shows_whole(built_site: Path) -> None:
    told = heads(built_site, "Balcony")
    assert len(told) > 20
    wrong = [
        f"/{each}: {len(head.description)}" for each, head in told.items() if not 50 <= len(head.description) <= 160
    ]
    assert not wrong, "a description has 50 to 160 characters:\n" + "\n".join(wrong)
    said = [head.description for head in told.values()]
    assert len(said) == len(set(said))


def test_llms_txt_lists_every_page_with_what_it_is_about(built_site: Path) -> None:
    text = (built_site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Balcony\n\n> ")
    assert text.count("\n# ") == 0
    listed = dict(re.findall(r"^- \[(?:[^\]\\]|\\.)+\]\(([^)]*)\): (.+)$", text, re.MULTILINE))
    told = heads(built_site, "Balcony")
    assert {address or "./": head.description for address, head in told.items()}.items() <= listed.items()
    assert all((built_site / address).exists() for address in listed)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[:2] == ["Assess", "Framework"]
    assert headings[-1] == "For programs"


def test_llms_txt_leads_to_where_the_site_is_published(tmp_path: Path) -> None:
    (tmp_path / "about").mkdir()
    for name, title in (("", "Home"), ("about/", "A [b] &amp; c - Ours")):
        head = f'<head><title>{title}</title><meta name="description" content="It&#39;s it."></head>'
        (tmp_path / name / "index.html").write_text(head, encoding="utf-8")
    (tmp_path / "framework.json").write_text("{}", encoding="utf-8")
    told = {
        "site_name": "Ours",
        "site_description": "What.",
        "nav": [{"Start": "index.md"}, {"More": ["about/index.md"]}],
    }
    publish(tmp_path, told, heads(tmp_path, "Ours"), "https://example.org/x/")
    text = (tmp_path / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Ours\n\n> What.\n\n- [Home](https://example.org/x/): It's it.\n\n## More\n\n")
    assert "- [A \\[b\\] & c](https://example.org/x/about/): It's it." in text
    assert "- [framework.json](https://example.org/x/framework.json): " in text


def test_the_page_for_programs_tells_the_truth_of_framework_json(built_site: Path, pages: dict[str, str]) -> None:
    data = json.loads((built_site / "framework.json").read_text(encoding="utf-8"))
    page = pages["about/machines/"]
    rows = re.findall(r"<tr>\s*<td>(.*?)</td>", page.partition('id="addresses"')[0], re.DOTALL)
    told = {name for row in rows for name in re.findall(r"<code>(\w+)</code>", row)}
    assert len(told) >= 10
    assert told <= data.keys()
    assert [each["id"] for section in data["sections"] for each in section["indicators"]]


def test_the_list_of_all_pages_leaves_out_what_an_edition_leaves_out(framework_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "nav: [index.md, {More: [{There: a/index.md}, gone.md, plain.md]}]\n", encoding="utf-8"
    )
    (tmp_path / "content" / "a").mkdir(parents=True)
    (tmp_path / "content" / "index.md").write_text("---\ntitle: First & best\n---\n", encoding="utf-8")
    (tmp_path / "content" / "a" / "index.md").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    (tmp_path / "content" / "plain.md").write_text("# Plain page {: #x }\n", encoding="utf-8")
    said = Pages(reading.read(framework_folder), project=tmp_path).all_pages()
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', said) == [
        ("/", "First &amp; best"),
        ("/a/", "A"),
        ("/plain/", "Plain page"),
    ]
    assert "<li>More" in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_term_is_open(scheme: str, open_page: Callable[..., Page], site_address: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page.goto(site_address + GUIDE)
    page.locator(".balcony-term").first.click()
    assert page.locator(".balcony-meaning:visible").count() == 1
    assert not axe.violations(page)
