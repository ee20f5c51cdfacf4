"""What the page on privacy says is kept on a device: one list, which the code keeps to and a real browser bears out."""

from __future__ import annotations

import re

import pytest
from conftest import PROJECT
from run import FORMS, QUICK, answer_all
from test_saving import save, settle
from test_team_page import TEAM

from generator import assets, catalogue
from generator.stored import KEPT, PLACES, rows
from generator.words import spoken

PAGE = "about/privacy/"
SERVED = [
    *assets.CLIENT.glob("*.js"),
    *(PROJECT / "generator" / "theme").rglob("*.html"),
    *(PROJECT / "generator" / "templates").rglob("*.html"),
]
"""Whatever may hold a script of ours: modules, the theme and templates."""

EVERYTHING = """async () => {
    const named = await indexedDB.databases();
    const stores = await Promise.all(named.map(({ name }) => new Promise((resolve) => {
        indexedDB.open(name).onsuccess = ({ target: { result } }) => {
            const names = [...result.objectStoreNames];
            result.close();
            resolve(names);
        };
    })));
    const files = [];
    if (navigator.storage?.getDirectory) for await (const each of (await navigator.storage.getDirectory()).keys()) files.push(each);
    return {
        indexedDB: named.map(({ name }) => name), stores,
        sessionStorage: Object.keys(sessionStorage), localStorage: Object.keys(localStorage),
        elsewhere: [document.cookie, ...await caches.keys(), ...await navigator.serviceWorker.getRegistrations(), ...files].filter(Boolean),
    };
}"""


def named(area, path, id_):
    return [each.name.format(path=path, id=id_) for each in KEPT if each.area == area]


def scripts():
    """What stands in all scripts, without comments that only explain."""
    texts = (
        re.sub(r"/\*.*?\*/|^\s*//.*?$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for path in SERVED
    )
    return "\n".join(texts)


# What the code does


def test_the_code_opens_and_writes_only_under_the_names_of_the_list():
    code = scripts()
    (name,) = re.findall(r"this\.name = `([^`]*)`", code)
    pattern = re.sub(r"\$\{[^}]*\}", "{}", name)
    of_list = {area: [re.sub(r"\{\w+\}", "{}", each) for each in named(area, "{path}", "{id}")] for area in PLACES}
    assert of_list["indexedDB"] == of_list["sessionStorage"] == [pattern]
    assert set(re.findall(r"indexedDB\s*\.open\(\s*([^,)]+)", code)) == {
        "this.name",
        "name",
    }  # its own; another's, to look
    assert set(re.findall(r"sessionStorage\s*\.setItem\(\s*([^,)]+)", code)) == {"this.name"}
    (kept,) = re.findall(r'export const RECORDS = "(\w+)"', code)
    assert set(re.findall(r"createObjectStore\(\s*([^,)]+)", code)) == {"RECORDS"}
    assert [each.stores for each in KEPT if each.area == "indexedDB"] == [(kept,)]
    choices = set(re.findall(r'name==="(__\w+)"', code))
    assert [f"{{}}.{each}" for each in choices] == of_list["localStorage"]


@pytest.mark.parametrize(
    "means",
    [
        r"localStorage\s*\.setItem",
        r"(?:local|session)Storage\s*\[",
        r"document\.cookie",
        r"cookieStore",
        r"\bcaches\b",
        r"serviceWorker",
        r"getDirectory",
        r"showSaveFilePicker",
    ],
)
def test_the_code_knows_no_other_place_to_keep_something(means):
    assert not re.search(means, scripts())


def test_what_is_looked_for_in_the_code_would_be_found():
    assert {path.name for path in SERVED} >= {"storage.js", "page.html", "main.html", "start.html"}
    assert "localStorage.removeItem" in scripts()


# What a browser keeps


@pytest.mark.parametrize("form", FORMS)
def test_after_saving_and_choosing_colours_a_browser_keeps_what_the_list_says_and_nothing_else(
    form, page, site_address, framework
):
    page.goto(site_address)
    page.get_by_title("Use light colours").click()
    page.goto(site_address + TEAM)
    page.goto(site_address + FORMS[form])
    save(page, "Children's services")
    answer_all(page, {each.id: 3 for each in framework.asked(form)})
    settle(page)
    found = page.evaluate(EVERYTHING)
    assert {area: found[area] for area in PLACES} == {area: named(area, "/", framework.id) for area in PLACES}
    assert found["stores"] == [list(each.stores) for each in KEPT if each.stores]
    assert found["elsewhere"] == page.context.cookies() == []


def test_what_the_list_says_clears_something_clears_it(page, site_address):
    page.goto(site_address)
    page.get_by_title("Use light colours").click()
    page.get_by_title("Use dark colours").click()
    page.get_by_title("Use the colours of this device").click()
    page.goto(site_address + QUICK)
    save(page)
    page.get_by_role("button", name="Clear my answers").click()
    page.get_by_role("button", name="Yes, clear").click()
    page.get_by_text("Cleared.").wait_for()
    found = page.evaluate(EVERYTHING)
    assert [found[area] for area in PLACES] == [[], [], []]


# What the page says


def test_the_page_shows_the_whole_list(page, site_address, framework):
    page.goto(site_address + PAGE)
    shown = [each.locator("dd").all_inner_texts() for each in page.locator("dl").all()]
    days = framework.settings.days_kept
    told = rows(days, framework.id)
    assert shown == [[each.what, each.when, each.until, each.cleared, f"{each.where}: {each.name}"] for each in told]
    headings = [each.removesuffix("¶").strip() for each in page.locator("h3").all_inner_texts()]
    assert headings == [*(each.label for each in told), "Nothing else"]
    assert f"until {days} days after the last change" in shown[0][2]
    assert {each.name for each in told} == {f"balcony:[path]:{framework.id}", "[path].__palette"}


def test_what_the_list_tells_people_to_press_is_there(page, site_address):
    page.goto(site_address + QUICK)
    wanted = {each for kept in KEPT for text in (kept.when, kept.cleared) for each in re.findall(r'"([^"]+)"', text)}
    assert wanted == {"Save my answers on this device", "Clear my answers"}
    for name in wanted:
        assert page.get_by_role("button", name=name).is_visible()


def test_the_list_is_said_in_welsh_too():
    with spoken(catalogue.words_of("cy")):
        welsh = rows(30, "x")
    for one, other in zip(rows(30, "x"), welsh, strict=True):
        for field in ("label", "name", "where", "what", "when", "until", "cleared"):
            assert getattr(one, field) != getattr(other, field)
