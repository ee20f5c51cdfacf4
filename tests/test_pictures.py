"""The picture of each rule in each of its states, on the reference page: it says nothing that the words beside it do not."""

from __future__ import annotations

import re

import axe
import pytest
from reference import DESKTOP, LENSES, PHONE, show_reference

from generator.model import RULES


@pytest.fixture
def shown(page, site_address, built_site, framework):
    """The results of the reference framework."""
    show_reference(page, site_address, built_site, framework)
    return page


def lenses(page):
    return {each.get_attribute("data-lens"): each for each in page.locator("[data-lens]").all()}


def test_every_state_of_every_rule_is_there_and_is_drawn(shown):
    assert {(rule, state) for rule, state, _ in LENSES.values()} == {
        (rule, state) for rule, states in RULES.items() for state in states
    }
    for id_, lens in lenses(shown).items():
        rule, state, parts = LENSES[id_]
        assert lens.get_attribute("data-state") == state, id_
        pictures = lens.locator("[data-picture] svg")
        assert pictures.count() == (2 if rule in ("alignment", "balance") else 1), id_
        assert lens.locator("tr[data-dimension]").count() == len(parts)
        for picture in pictures.all():
            drawn = " ".join(picture.locator("tspan").all_text_contents())
            for part in lens.locator("tr[data-dimension] th").all():
                name = part.evaluate("($cell) => $cell.firstChild.textContent.trim()")
                assert set(name.split()) <= set(drawn.split()), (id_, name)


def test_without_its_pictures_the_page_still_has_every_word_and_every_number(shown):
    drawn = shown.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-lens]")].map(($lens) => [$lens.dataset.lens,
            [...$lens.querySelectorAll("svg text")].map(($text) =>
                [...$text.querySelectorAll(":scope > tspan")].map(($line) => $line.textContent).join(" "))]))"""
    )
    shown.evaluate("document.querySelectorAll('svg').forEach(($svg) => $svg.remove())")
    assert shown.locator("svg").count() == 0
    legend = re.compile(r"Below this, it holds back|All together:|Your typical level:")
    for id_, lens in lenses(shown).items():
        said = " ".join(lens.inner_text().split())
        assert drawn[id_]
        for text in drawn[id_]:
            words = legend.sub("", text).replace("✓", "").replace("–", "").replace("?", "").split()
            numbers = [word for word in words if re.fullmatch(r"[\d.]+", word)]
            assert all(number in said for number in numbers), (id_, text)
            assert all(word in said for word in words), (id_, text)


def test_each_picture_is_named_after_its_lens_and_points_to_its_table(shown):
    for id_, lens in lenses(shown).items():
        heading = lens.locator("h2, h3").first.inner_text()
        for picture in lens.locator("svg").all():
            assert picture.get_attribute("role") == "img"
            assert picture.locator("title").text_content() == f"{heading}: a picture of the table below", id_


OUTSIDE = """() => [...document.querySelectorAll("[data-picture] svg")].flatMap(($svg) => {
    const { width, height } = $svg.viewBox.baseVal;
    return [...$svg.querySelectorAll("text, path, circle, rect")].filter(($each) => {
        const { x, y, width: w, height: h } = $each.getBBox();
        return $each.textContent !== "" && (x < -1 || y < -1 || x + w > width + 1 || y + h > height + 1);
    }).map(($each) => `${$each.closest("[data-lens]").dataset.lens}: ${$each.textContent}`);
})"""

OVERLAPPING = """() => [...document.querySelectorAll("[data-picture] svg")].flatMap(($svg) => {
    const all = [...$svg.querySelectorAll("text")].map(($text) => [$text.textContent, $text.getBBox()]);
    const meet = (a, b) => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1 && a.y < b.y + b.height - 3 && b.y < a.y + a.height - 3;
    return all.flatMap(([words, box], at) => all.slice(at + 1).filter(([, other]) => meet(box, other))
        .map(([others]) => `${$svg.closest("[data-lens]").dataset.lens}: ${words} / ${others}`));
})"""


def test_nothing_in_a_picture_is_cut_off_and_no_words_lie_on_others(shown):
    assert shown.evaluate(OUTSIDE) == []
    assert shown.evaluate(OVERLAPPING) == []


def test_each_bar_is_as_long_as_its_row_of_the_table_says(shown, framework):
    # The dot of a bar is at its value, from the first mark to the last. Of a single answer, the table says only its level.
    names = [level.name for level in framework.outline.levels]
    for id_, lens in lenses(shown).items():
        rule, _, _ = LENSES[id_]
        if rule == "coverage":
            continue
        dots = lens.locator("svg").last.evaluate(
            "($svg) => [...$svg.querySelectorAll('circle')].map(($dot) => 1 + (($dot.cx.baseVal.value - 10) / 236) * 4)"
        )
        rows = [row.partition("\n") for row in lens.locator("tr[data-state=scored] td").all_inner_texts()]
        numbers = [(name, re.match(r"[\d.]+(?=,)", more)) for name, _, more in rows]
        said = [float(number[0]) if number else names.index(name) + 1 for name, number in numbers]
        assert dots == pytest.approx(said, abs=0.051), id_


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str
)
def test_the_reference_page_is_for_everybody(shown, look):
    shown.emulate_media(**look)
    for size in (PHONE, DESKTOP):
        shown.set_viewport_size(size)
        assert axe.violations(shown) == []
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.evaluate(
            "[...document.querySelectorAll('[data-picture] svg')].every(($svg) => $svg.getBoundingClientRect().width >= 200)"
        )


def test_a_side_is_whole_where_corners_are_in_line_and_broken_where_they_are_not(shown):
    # A side that is broken leaves its two ends.
    ends = {id_: lens.locator("svg").first.locator("circle[r='3']").count() for id_, lens in lenses(shown).items()}
    assert ends["align-aligned"] == ends["align-early"] == 0
    assert ends["align-gap-exactly-one"] == 2
    assert ends["align-weak-corner"] == 4
    assert ends["align-quick-form"] == 6


def test_the_beam_tips_towards_the_stronger(shown):
    tips = {
        id_: lens.locator("svg")
        .first.locator("path")
        .first.evaluate("($beam) => $beam.getPointAtLength(1e4).y - $beam.getPointAtLength(0).y")
        for id_, lens in lenses(shown).items()
        if LENSES[id_][0] == "balance"
    }
    assert tips["balance-leaning"] < tips["balance-balanced"] < 0 < tips["balance-range"]
    assert tips["balance-missing"] == 0


def test_tiles_tell_what_is_looked_after_what_is_not_and_what_nobody_can_say(shown):
    tiles = lenses(shown)["cover-six-ways"].locator("svg text")
    assert [text[0] for text in tiles.all_text_contents()] == ["✓", "✓", "T", "✓", "✓", "?"]
    assert lenses(shown)["cover-not-applicable"].locator("svg text").all_text_contents()[2].startswith("– ")
