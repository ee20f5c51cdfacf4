"""What programs and a keyboard can say about how accessible the theme's pages are, and whether all HTML is sound."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import axe
import html_checker
import pytest
from conftest import ENGINE
from markdown import markdown
from playwright.sync_api import TimeoutError as PageTimeoutError
from run import add_style

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

CONTENT = Path(__file__).resolve().parent.parent / "content"
WIDTHS = (1280, 320)
LENS = "framework/six-ways/"


def _addresses() -> list[str]:
    """Every page that has the theme around it, by its address from the top."""
    found = ["404.html"]
    for path in sorted(CONTENT.rglob("*.md")):
        if "\ntemplate: assessment.html\n" not in path.read_text(encoding="utf-8"):
            name = path.relative_to(CONTENT).with_suffix("").as_posix()
            found.append("" if name == "index" else name.removesuffix("/index") + "/")
    return found


every_page = pytest.mark.parametrize("address", _addresses(), ids=lambda address: f"/{address}")


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on which nothing is in the middle of a movement."""
    return open_page(viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce")


def _widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    # The theme's script measures its side bars again, a frame later.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


def _use_colours(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    name = "slate" if scheme == "dark" else "default"
    page.wait_for_function("name => document.body.dataset.mdColorScheme === name", arg=name)


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


# Programs


def test_every_page_of_the_theme_is_looked_at(built_site: Path) -> None:
    themed = {
        path.relative_to(built_site).as_posix().removesuffix("index.html")
        for path in built_site.rglob("*.html")
        if 'id="__drawer"' in path.read_text(encoding="utf-8")
    }
    assert themed == set(_addresses())


@every_page
def test_axe_finds_nothing(address: str, page: Page, site_address: str) -> None:
    page.goto(site_address + address)
    _open_details(page)
    found = []
    for scheme in ("light", "dark"):
        _use_colours(page, scheme)
        for width in WIDTHS:
            _widen(page, width)
            found += [f"{scheme}, {width} px: {each}" for each in axe.violations(page)]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_open_menu(page: Page, site_address: str) -> None:
    page.goto(site_address + LENS)
    _widen(page, 320)
    page.get_by_role("checkbox", name="Navigation").press("Enter")
    for title in ("Lenses", "Framework", "Balcony"):
        assert page.locator(".md-nav__title:visible").first.inner_text().strip() == title
        assert page.locator(".md-sidebar--primary").get_by_role("navigation").count() == 1
        assert not axe.violations(page)
        if title != "Balcony":
            page.get_by_role("checkbox", name=title).first.press("Enter")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_results_of_a_search(width: int, page: Page, site_address: str) -> None:
    page.goto(site_address + LENS)
    _widen(page, width)
    if ENGINE == "mkdocs":
        page.get_by_role("textbox", name="Search").press_sequentially("purpose")
        page.locator(".md-search-result__link").first.wait_for()
        assert not axe.violations(page)
        return
    # Zensical's panel stands in a part of the page that no other style reaches; the guide says what it lacks.
    page.locator(".md-search__button, .md-header [for=__search]").filter(visible=True).click()
    page.keyboard.type("purpose")
    found = [each for each in axe.violations(page) if ".focus-visible" not in each]
    assert not found


def test_the_html_checker_finds_nothing(built_site: Path) -> None:
    missing = html_checker.missing()
    if missing and os.environ.get("CI") != "true":
        pytest.skip(missing)
    assert not missing, missing
    found = html_checker.errors(built_site)
    assert not found, "\n".join(found)


# Readers who set the text, or the size of it

SPACED = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 lets a reader set."""

CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    const cuts = [style.overflowX, style.overflowY].some(value => ["hidden", "clip"].includes(value));
    const isShown = each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && each.clientWidth > 1;
    const isTooBig = each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
    return cuts && isShown && isTooBig && each.innerText?.trim();
}).map(each => `${each.tagName}.${each.className}: ${each.innerText.trim().slice(0, 60)}`)"""


@every_page
def test_text_reflows_and_is_not_cut_off(address: str, page: Page, site_address: str) -> None:
    page.goto(site_address + address)
    _open_details(page)
    for spacing in ("as it comes", "with text spacing"):
        for width in WIDTHS:
            _widen(page, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"too wide {spacing}, {width} px"
            )
            assert not page.evaluate(CUT_OFF), f"{spacing}, {width} px"
        add_style(page, SPACED)


def test_a_table_scrolls_in_a_box_with_a_name() -> None:
    text = "# Top\n\n## What *helps* {: #what }\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nEnd."
    extensions = ["attr_list", "tables", "toc", "generator.tables:ScrollingTables"]
    made = markdown(text, extensions=extensions, extension_configs={"toc": {"permalink": True}})
    assert '<div aria-label="What helps" class="balcony-scroll" role="group" tabindex="0">' in made
    assert made.endswith("</table></div>\n<p>End.</p>")


def test_paper_has_the_same_colours_whatever_the_screen_has(page: Page, site_address: str) -> None:
    page.goto(site_address + LENS)
    printed = []
    for scheme in ("light", "dark"):
        _use_colours(page, scheme)
        page.emulate_media(media="print")
        printed.append(page.eval_on_selector_all("main *", "all => all.map(each => getComputedStyle(each).color)"))
        page.emulate_media(media="screen")
    assert printed[0] == printed[1]


# Keyboard and voice

IS_FOCUS_SEEN = """() => {
    const $focused = document.activeElement;
    const $beside = $focused.nextElementSibling;
    // What is seen of a box to tick is the label beside it; of the choice of colours, the only label that is not hidden.
    const $shown = $focused.matches("[type=radio]")
        ? $focused.form.querySelector("label:not([hidden])")
        : $focused.matches("[type=checkbox]")
          ? ($beside.matches("label") ? $beside : $beside.querySelector("label"))
          : $focused;
    const { x, y, width, height } = $shown.getClientRects()[0];
    const $there = document.elementFromPoint(x + width / 2, y + height / 2);
    const { outlineStyle, outlineWidth } = getComputedStyle($shown);
    return $shown.contains($there) && outlineStyle === "solid" && parseFloat(outlineWidth) >= 3;
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("address", ["404.html", "framework/glossary/", "about/privacy/"])
def test_the_focus_can_always_be_seen(width: int, key: str, address: str, page: Page, site_address: str) -> None:
    page.goto(site_address + address)
    _widen(page, width)
    stops = 0
    while True:
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
        try:
            page.wait_for_function(IS_FOCUS_SEEN, timeout=2_000)  # the search takes a moment to open
        except PageTimeoutError:
            pytest.fail(f"stop {stops} is not seen: " + page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert stops > 5


def test_a_tab_that_the_scrolled_page_covers_comes_back_with_the_focus(page: Page, site_address: str) -> None:
    page.goto(site_address + LENS)
    page.evaluate("scrollTo(0, 30)")
    page.locator(".md-tabs[hidden]").wait_for(state="attached")
    page.get_by_role("link", name="About").first.focus()
    page.wait_for_function(IS_FOCUS_SEEN, timeout=2_000)


@pytest.mark.parametrize("has_script", [True, False])
def test_the_menu_of_small_screens_opens_and_closes_by_keyboard(
    has_script: bool, open_page: Callable[..., Page], site_address: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, reduced_motion="reduce", java_script_enabled=has_script)
    page.goto(site_address + "guide/")
    menu = page.get_by_role("checkbox", name="Navigation")
    inside = page.locator(".md-sidebar--primary").get_by_role("link", name="Writing rules")
    assert not inside.is_visible()
    menu.focus()
    page.keyboard.press("Space")
    assert inside.is_visible()
    page.keyboard.press("Shift+Tab")
    assert not has_script or not inside.is_visible()


def test_the_menu_of_small_screens_gives_way(page: Page, site_address: str) -> None:
    page.goto(site_address + "guide/")
    _widen(page, 320)
    menu = page.get_by_role("checkbox", name="Navigation")
    menu.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not menu.is_checked()
    assert menu.evaluate("menu => menu === document.activeElement")
    menu.press("Enter")
    page.locator("main h1 a").focus()
    assert not menu.is_checked()


def test_a_choice_of_colours_is_named_after_what_it_does(page: Page, site_address: str) -> None:
    page.goto(site_address + LENS)
    for name, scheme in (
        ("dark colours", "slate"),
        ("light colours", "default"),
        ("the colours of this device", "default"),
    ):
        page.get_by_role("radio", name=f"Use {name}").press("Space")
        page.wait_for_function("name => document.body.dataset.mdColorScheme === name", arg=scheme)
    assert page.evaluate("localStorage.length") == 0


def test_no_single_letter_does_anything(page: Page, site_address: str) -> None:
    address = site_address + LENS
    page.goto(address)
    page.locator(".md-search").first.hover()  # brings the theme's own script, which would heed them
    page.wait_for_load_state("networkidle")
    for letter in "fs/np,.":
        page.keyboard.press(letter)
        assert page.evaluate("document.activeElement === document.body"), letter
    page.wait_for_timeout(200)  # long enough to leave
    assert page.url == address
