"""What the theme's pages do in a browser without the theme's own script, which comes with the search."""

from __future__ import annotations

import pytest
from run import OPEN_SHADOWS
from weight import watch

LONG = "about/scoring/"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}


def of_search(fetched):
    return [url for url in fetched if "/bundle." in url or "/search" in url]


IS_FOLDED = "(count) => document.querySelectorAll('main details:not([open])').length === count"
IS_READ = """(name) => [...document.querySelectorAll(".md-sidebar--secondary .md-nav__link--active")].some(
    ({ textContent }) => textContent.trim() === name)"""


def test_a_page_that_is_only_read_fetches_nothing_of_the_search(open_page, site_address):
    page = open_page(viewport=DESKTOP)
    fetched = watch(page)
    page.goto(site_address + LONG)
    page.mouse.move(640, 600)
    page.mouse.wheel(0, 3_000)
    page.get_by_role("radio", name="Use dark colours").press("Space")
    page.locator("main a").nth(3).focus()
    page.wait_for_load_state("networkidle")
    assert of_search(fetched) == []
    page.locator(".md-search").first.hover()
    page.wait_for_load_state("networkidle")
    assert of_search(fetched)


@pytest.mark.parametrize("has_search", [False, True])
def test_the_contents_say_which_part_is_read(has_search, open_page, site_address):
    page = open_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(site_address + LONG)
    if has_search:
        page.locator(".md-search").first.hover()
        page.wait_for_load_state("networkidle")
    heading = page.locator("main h2[id]").nth(4)
    heading.evaluate("($heading) => $heading.scrollIntoView()")
    here = page.locator(".md-sidebar--secondary .md-nav__link--active")
    name = heading.evaluate("($heading) => $heading.firstChild.textContent.trim()")
    page.wait_for_function(IS_READ, arg=name)
    assert here.count() == 1


def test_who_scrolls_back_up_is_offered_the_way_to_the_top(open_page, site_address):
    page = open_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(site_address + LONG)
    page.mouse.wheel(0, 3_000)
    page.wait_for_function("() => scrollY > 2500 && document.querySelector('.md-header__title--active')")
    button = page.locator(".md-top")
    assert button.is_hidden()
    page.mouse.wheel(0, -200)
    button.click()
    page.wait_for_function("() => scrollY === 0")
    assert button.is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_the_colours_of_the_device_before_any_script_of_it_is_fetched(scheme, open_page, site_address):
    page = open_page(color_scheme=scheme)
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(site_address + LONG)
    assert page.evaluate("document.body.dataset.mdColorScheme") == ("slate" if scheme == "dark" else "default")


def test_chosen_colours_are_there_on_the_next_page_and_after_the_search_came(open_page, site_address):
    page = open_page(color_scheme="light")
    page.goto(site_address + LONG)
    page.get_by_role("radio", name="Use dark colours").press("Space")
    page.goto(site_address + "about/privacy/")
    for _ in range(2):
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        assert page.locator("label[for^=__palette]").filter(visible=True).count() == 1
        page.locator(".md-search").first.hover()
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["wide", "small"])
def test_a_search_that_is_opened_before_its_script_is_there_takes_what_is_typed(viewport, open_page, site_address):
    page = open_page(viewport=viewport)
    page.add_init_script(OPEN_SHADOWS)
    page.goto(site_address + LONG)
    page.locator("[for=__search], .md-search__input, .md-search__button").filter(visible=True).first.click()
    page.keyboard.type("six ways of leading")
    page.locator("a[href*='framework/six-ways/']:visible").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(".md-content h1").first.click()
    page.keyboard.press(" ")
    page.wait_for_function("() => scrollY > 100")


def test_paper_has_what_is_folded_away(open_page, site_address):
    page = open_page()
    page.goto(site_address + "framework/sources/")
    folded = page.locator("main details:not([open])").count()
    assert folded
    page.emulate_media(media="print")
    page.wait_for_function(IS_FOLDED, arg=0)
    page.emulate_media(media="screen")
    page.wait_for_function(IS_FOLDED, arg=folded)
