"""What the search of the built site finds first, for whoever types what they know of."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ENGINE
from run import OPEN_SHADOWS

from generator.connections import anchor
from generator.search import MATERIAL, ZENSICAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from generator.model import Framework

QUESTIONS = "framework/indicators/"
GLOSSARY = "framework/glossary/"
IS_TYPING = """() => {
    let $focused = document.activeElement;
    while ($focused?.shadowRoot) $focused = $focused.shadowRoot.activeElement;
    return $focused?.matches("input");
}"""
"""Whether the search has opened, which takes a moment."""


@pytest.fixture
def looked_for(page: Page, site_address: str) -> Callable[[str], Page]:
    """Open a page, type into its search, and follow what it finds first."""

    def look(words: str) -> Page:
        page.add_init_script(OPEN_SHADOWS)
        page.goto(site_address + "about/privacy/")
        page.locator(".md-search__input, .md-search__button").first.click()
        page.wait_for_function(IS_TYPING)
        page.keyboard.type(words)
        found = ".md-search-result__link" if ENGINE == "mkdocs" else "ol a[href]"
        page.locator(f"{found}:visible").first.wait_for()
        page.wait_for_timeout(300)  # while somebody types, what is found keeps changing
        page.locator(f"{found}:visible").first.click()
        page.wait_for_url(lambda address: "/about/privacy/" not in address)
        return page

    return look


def _stands(page: Page, path: str, id_: str = "") -> None:
    """The page is at a path, and what has the id is on the screen."""
    assert page.evaluate("location.pathname") == f"/{path}"
    if id_:
        assert page.evaluate("decodeURIComponent(location.hash)") == f"#{id_}"
        box = page.locator(f"[id='{id_}']").bounding_box()
        assert box
        assert 0 <= box["y"] < 700


def test_a_question_is_found_by_its_label(looked_for: Callable[[str], Page], framework: Framework) -> None:
    indicator = list(framework.indicators.values())[17]
    _stands(looked_for(indicator.label), QUESTIONS, indicator.id)


def test_a_question_is_found_by_its_own_words(looked_for: Callable[[str], Page], framework: Framework) -> None:
    indicator = list(framework.indicators.values())[3]
    _stands(looked_for(indicator.question), QUESTIONS, indicator.id)


def test_a_question_is_found_by_the_words_of_a_level(looked_for: Callable[[str], Page], framework: Framework) -> None:
    indicator = list(framework.indicators.values())[21]
    _stands(looked_for(indicator.levels[4]), QUESTIONS, indicator.id)


def test_a_lens_is_found_by_its_name(looked_for: Callable[[str], Page], framework: Framework) -> None:
    lens = framework.lenses[-1]
    _stands(looked_for(lens.name), f"framework/{lens.id}/")


def test_a_part_of_a_lens_is_found_by_its_name(looked_for: Callable[[str], Page]) -> None:
    _stands(looked_for("Shared measures"), "framework/collective-impact/", "part-shared-measures")


def test_a_term_is_found_where_it_is_explained(looked_for: Callable[[str], Page]) -> None:
    _stands(looked_for("wicked problem"), GLOSSARY, "wicked-problem")


def test_an_exercise_is_found_by_its_name(looked_for: Callable[[str], Page], framework: Framework) -> None:
    exercise = framework.exercises[-1]
    _stands(looked_for(exercise.name), f"exercises/{exercise.id}/")


# All of them, in the search's own worker


ASK = """async ([worker, index, words]) => {
    const search = new Worker(worker);
    const ask = (message) => new Promise((resolve) => {
        search.onmessage = ({ data }) => resolve(data.data);
        search.postMessage(message);
    });
    await ask({ type: 0, data: { ...index, options: { suggest: false } } });
    const found = [];
    for (const each of words) {
        const { items } = await ask({ type: 2, data: each });
        // As the page does: the first of a group is what has no anchor, or the last.
        found.push(items.slice(0, 3).map((group) => (group.find(({ location }) => !location.includes("#")) ?? group.at(-1)).location));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def found(
    chromium: Any, built_site: Path, site_address: str, framework: Framework
) -> dict[str, list[tuple[str, str, list[str]]]]:
    """By kind, what was typed, where it leads, and the first three things that were found."""
    if ENGINE != "mkdocs":
        pytest.skip("Zensical's search has no worker that can be asked.")
    wanted = [
        *(("label", each.label, f"#{id_}") for id_, each in framework.indicators.items()),
        *(("question", each.question, f"#{id_}") for id_, each in framework.indicators.items()),
        *(("level", words, f"#{id_}") for id_, each in framework.indicators.items() for words in each.levels.values()),
        *(("lens", each.name, f"framework/{each.id}/") for each in framework.lenses),
        *(("term", each.term, f"#{anchor(each.term)}") for each in framework.glossary),
        *(("exercise", each.name, f"exercises/{each.id}/") for each in framework.exercises),
    ]
    index = json.loads((built_site / MATERIAL).read_text(encoding="utf-8"))
    worker = next((built_site / "assets/javascripts/workers").glob("search.*.js")).relative_to(built_site)
    page = chromium.new_page(bypass_csp=True)
    page.goto(site_address)
    answers = page.evaluate(ASK, [f"/{worker}", index, [words for _, words, _ in wanted]])
    page.close()
    by_kind: dict[str, list[tuple[str, str, list[str]]]] = {}
    for (kind, words, place), answer in zip(wanted, answers, strict=True):
        by_kind.setdefault(kind, []).append((words, place, answer))
    return by_kind


@pytest.mark.parametrize("kind", ["label", "lens", "term", "exercise"])
def test_whatever_has_a_name_is_among_the_first_three(
    kind: str, found: dict[str, list[tuple[str, str, list[str]]]]
) -> None:
    lost = [(words, answer) for words, place, answer in found[kind] if not any(each.endswith(place) for each in answer)]
    assert not lost


@pytest.mark.parametrize(("kind", "at_least"), [("question", 0.9), ("level", 0.85)])
def test_most_sentences_of_a_question_lead_to_it(
    kind: str, at_least: float, found: dict[str, list[tuple[str, str, list[str]]]]
) -> None:
    lost = [words for words, place, answer in found[kind] if not any(each.endswith(place) for each in answer)]
    assert len(lost) <= (1 - at_least) * len(found[kind]), lost


def test_the_index_says_nothing_twice(built_site: Path, framework: Framework) -> None:
    if ENGINE != "mkdocs":
        pytest.skip("The same is done to Zensical's index.")
    index = json.loads((built_site / MATERIAL).read_text(encoding="utf-8"))
    texts = [each["text"] for each in index["docs"]]
    for indicator in framework.indicators.values():
        assert sum(indicator.levels[1] in text for text in texts) <= 2, indicator.id
    meanings = [text for text in texts if framework.glossary[0].meaning in text]
    assert len(meanings) == 1


def test_all_that_is_found_leads_somewhere(built_site: Path) -> None:
    path = built_site / (MATERIAL if ENGINE == "mkdocs" else ZENSICAL)
    index = json.loads(path.read_text(encoding="utf-8"))
    entries = index["docs" if ENGINE == "mkdocs" else "items"]
    ids: dict[str, set[str]] = {}
    for location in {entry["location"] for entry in entries}:
        place, _, id_ = location.partition("#")
        address = place.partition("?")[0]
        if address not in ids:
            ids[address] = set(re.findall(r'\bid="([^"]+)"', (built_site / address / "index.html").read_text("utf-8")))
        assert not id_ or id_ in ids[address], location
