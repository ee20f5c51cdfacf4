"""Lens pages that teach: their prose, the figure of how the parts combine, and the map of all lenses."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from conftest import PROJECT
from pypdf import PdfReader

from generator import examples, reading
from generator.figures import WIDTH, Box, Circle, Drawn, Figure, Path, Result, figure
from generator.model import RULE_NAMES
from generator.pages import Pages
from generator.score import band, score_lens, shown
from generator.score import score_dimension as scored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path as Folder

    from playwright.sync_api import Page

    from generator.model import Dimension, Framework, Lens, RuleName

PARTS = ("reading", "scenes", "disputed", "read")
SMALLEST = 12
"""Pixels that a word in a picture has at the least."""


# The prose


def _prose(lens: str) -> str:
    """What stands on a lens's page below its macro."""
    return (PROJECT / f"content/framework/{lens}.md").read_text(encoding="utf-8").split(f'{{{{ lens("{lens}") }}}}')[1]


def _parts(prose: str) -> dict[str, str]:
    """The text below each heading of the second level, by its id, in order."""
    found = re.split(r"^## .*\{: #([\w-]+) \}$", prose, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def _sentences(text: str) -> list[str]:
    """The sentences of a text. Headings and calls are none."""
    plain = re.sub(r"^#.*$|\{\{.*?\}\}:?|\*\*|^- |\]\([^)]*\)|\[", "", text, flags=re.MULTILINE)
    return [each for each in re.split(r"(?<=[.!?])[\"]?\s+|\n{2,}", plain) if each.strip()]


def test_every_lens_page_has_all_its_parts_in_order(framework: Framework) -> None:
    for lens in framework.lenses:
        assert tuple(_parts(_prose(lens.id))) == PARTS, lens.id


def test_every_lens_page_tells_three_invented_scenes_of_a_length(framework: Framework) -> None:
    for lens in framework.lenses:
        marked, *scenes = re.split(
            r"^### .*\{: #scene-[a-z]+ \}$", _parts(_prose(lens.id))["scenes"], flags=re.MULTILINE
        )
        assert "invented" in marked, f"{lens.id} does not say that its scenes are invented"
        assert len(scenes) == 3, lens.id
        assert all(60 <= len(scene.split()) <= 110 for scene in scenes), lens.id


def test_every_lens_page_says_what_to_look_at_what_is_misread_and_how_to_begin(framework: Framework) -> None:
    for lens in framework.lenses:
        paragraphs = _parts(_prose(lens.id))["reading"].strip().split("\n\n")
        beginnings = ("**Look first**", "**It is easily misread**", "**To begin the talk:**")
        assert len(paragraphs) == len(beginnings), lens.id
        assert all(map(str.startswith, paragraphs, beginnings)), lens.id
        assert paragraphs[-1].endswith("?"), lens.id


def test_every_lens_page_names_two_or_three_things_to_read_and_why(framework: Framework) -> None:
    for lens in framework.lenses:
        read = re.findall(r'^- \{\{ source\("([^"]+)"\) \}\}: (.{20,})$', _parts(_prose(lens.id))["read"], re.MULTILINE)
        assert 2 <= len(read) <= 3, lens.id
        assert {id_ for id_, _ in read} <= set(framework.sources)
        assert {id_ for id_, _ in read} & {each.source for each in lens.sources}, f"{lens.id} reads none of its sources"


def test_the_prose_of_a_lens_page_is_short_and_plain(framework: Framework) -> None:
    for lens in framework.lenses:
        sentences = [each.split() for each in _sentences(_prose(lens.id))]
        count = sum(map(len, sentences))
        assert 450 <= count <= 650, f"{lens.id} has {count} words"
        assert count / len(sentences) <= 15, lens.id
        assert not [" ".join(each) for each in sentences if len(each) > 25], lens.id


def test_no_two_scenes_begin_alike(framework: Framework) -> None:
    scenes = [
        scene.split()[:3]
        for lens in framework.lenses
        for scene in re.split(r"^###? .*$", _parts(_prose(lens.id))["scenes"], flags=re.MULTILINE)[1:]
    ]
    assert len(scenes) == 3 * len(framework.lenses)
    assert len({tuple(scene) for scene in scenes}) == len(scenes)


# The figure


def _drawn(rule: RuleName, levels: tuple[int, ...], framework: Framework, essential: int | None = None) -> Figure:
    """The figure of a rule with one made-up answer for each part, called `a`, `b` and so on."""
    lens = next(each for each in framework.lenses if each.rule == rule)
    first, settings, top = lens.dimensions[0], framework.settings, framework.level_count
    dimensions = tuple(
        first.model_copy(update={"id": chr(97 + at), "name": f"Part {chr(97 + at)}", "essential": at == essential})
        for at in range(len(levels))
    )
    scores = {part.id: scored((level, level), settings, top) for part, level in zip(dimensions, levels, strict=True)}
    made = lens.model_copy(update={"dimensions": dimensions})
    parts = [
        Drawn(
            part.id, part.name, f"L{band(Fraction(level))} ({shown(Fraction(level))})", Fraction(level), part.essential
        )
        for part, level in zip(dimensions, levels, strict=True)
    ]
    return figure(rule, Result(parts, score_lens(made, scores, settings), settings, top))


def _looks(drawn: Figure) -> list[str]:
    shapes: list[Box | Path | Circle] = [*drawn.boxes, *drawn.paths, *drawn.circles]
    return [each.look for each in shapes]


@pytest.mark.parametrize("count", [2, 3, 4, 6, 9])
def test_alignment_breaks_the_sides_of_the_lowest_corner_and_rings_it(count: int, framework: Framework) -> None:
    drawn = _drawn("alignment", (4, 2, *(4,) * (count - 2)), framework)
    sides = 1 if count == 2 else count
    broken = 1 if count == 2 else 2
    assert _looks(drawn).count("broken") == 2 * broken  # each in two halves
    assert _looks(drawn).count("side") == sides - broken
    (ring,) = (each for each in drawn.circles if each.look == "ring")
    fills = [(each.x, each.y, each.r) for each in drawn.circles if each.look == "full"]
    assert min(fills, key=lambda fill: fill[2])[:2] == (ring.x, ring.y)


def test_alignment_in_line_is_whole_and_rings_nothing(framework: Framework) -> None:
    assert not {"broken", "ring"} & set(_looks(_drawn("alignment", (3, 3, 3), framework)))


def test_give_and_take_stripes_what_carries_and_marks_the_mean_and_the_floor(framework: Framework) -> None:
    carrying = _drawn("compensatory", (2, 5, 3), framework)
    assert _looks(carrying).count("carrying") == 1
    assert [each.look for each in carrying.marks] == ["floor", "mean"]
    assert "carrying" not in _looks(_drawn("compensatory", (3, 3, 3), framework))


def test_coverage_fills_and_ticks_what_is_looked_after(framework: Framework) -> None:
    drawn = _drawn("coverage", (4, 2, 3, 5, 1), framework)
    assert [each.look for each in drawn.boxes] == ["full", "empty", "full", "full", "empty"]
    assert ["\N{CHECK MARK}" in each.lines[0][0] for each in drawn.words] == [True, False, True, True, False]


@pytest.mark.parametrize(("levels", "stronger"), [((4, 2), 0), ((1, 5), 1), ((3, 3), None)])
def test_the_beam_tips_towards_the_stronger_side(
    levels: tuple[int, int], stronger: int | None, framework: Framework
) -> None:
    left, right = (each.y for each in _drawn("balance", levels, framework).circles if each.look == "empty")
    assert (0 if left > right else 1 if right > left else None) == stronger


def test_a_profile_stands_in_order_of_need_and_an_essential_part_that_is_low_comes_first(framework: Framework) -> None:
    assert _drawn("profile", (4, 1, 2), framework).order == ["b", "c", "a"]
    assert _drawn("profile", (4, 1, 2), framework, essential=2).order == ["c", "b", "a"]
    assert _drawn("profile", (4, 1, 3), framework, essential=2).order == ["b", "c", "a"]


def _figures(framework: Framework, said: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    """The picture and the caption of every lens."""
    found = {}
    for lens in framework.lenses:
        page = said(lens.id)
        picture, caption = page.split("<figcaption>", 1)
        found[lens.id] = (picture.split('<figure class="balcony-figure">')[1], caption.split("</figcaption>")[0])
    return found


def test_a_caption_says_every_number_and_every_name_in_its_figure(
    framework_folder: Folder, framework: Framework
) -> None:
    for id_, (picture, caption) in _figures(framework, Pages(reading.read(framework_folder)).lens).items():
        words = re.sub(r"<[^>]+>", " ", "".join(re.findall(r"<text.*?</text>", picture)))
        numbers = re.findall(r"\d+\.\d", words)
        assert len(numbers) == len(framework.lenses_by_id[id_].dimensions)
        assert all(numbers.count(each) <= caption.count(each) for each in numbers), id_
        assert all(part.name in caption for part in framework.lenses_by_id[id_].dimensions), id_


def test_a_figure_is_left_to_its_caption_and_carries_no_style_of_its_own(
    framework_folder: Folder, framework: Framework
) -> None:
    for picture, caption in _figures(framework, Pages(reading.read(framework_folder)).lens).values():
        assert "<svg viewBox" in picture
        assert 'aria-hidden="true"' in picture
        assert not re.search(r"style=|<script|<style|<title", picture + caption)


def _with_many_parts(framework: Framework, lens: Lens, count: int) -> Lens:
    """A lens with as many parts as it is told to have, of those that other lenses have."""
    every: dict[str, Dimension] = {part.id: part for each in framework.lenses for part in each.dimensions}
    return lens.model_copy(update={"dimensions": tuple(islice(every.values(), count))})


_OUTSIDE = """() => [...document.querySelectorAll(".balcony-figure svg, .balcony-map svg")].flatMap((svg) => {
  const box = svg.getBoundingClientRect();
  const size = (text) => Number.parseFloat(getComputedStyle(text).fontSize) * box.width / (svg.viewBox.baseVal.width || box.width);
  return [...svg.querySelectorAll("text")]
    .map((text) => [text.textContent, text.getBoundingClientRect(), size(text)])
    .filter(([, at]) => at.width)
    .map(([words, at, size]) => [words, Math.min(at.left - box.left, box.right - at.right, at.top - box.top, box.bottom - at.bottom), size]);
})"""


@pytest.mark.parametrize("width", [320, 1280])
def test_what_a_figure_says_is_inside_it_and_large_enough(
    width: int, open_page: Callable[..., Page], site_address: str, framework: Framework
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    for address in [*(each.id for each in framework.lenses), "map"]:
        page.goto(f"{site_address}framework/{address}/")
        found = page.evaluate(_OUTSIDE)
        assert found, address
        assert not [each for each in found if each[1] < -0.5 or each[2] < SMALLEST], address
        assert page.evaluate("document.documentElement.scrollWidth") == width, address


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_a_figure_holds_its_words_however_many_parts_there_are(
    rule: RuleName,
    open_page: Callable[..., Page],
    site_address: str,
    framework_folder: Folder,
    framework: Framework,
) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    page.goto(f"{site_address}framework/{framework.lenses[0].id}/")
    lens = next(each for each in framework.lenses if each.rule == rule)
    for count in (2,) if rule == "balance" else (2, 3, 4, 5, 8):
        made = _with_many_parts(framework, lens, count)
        drawn = examples.example(framework, made).figure
        assert all(0 < each.x - each.r < each.x + each.r < WIDTH for each in drawn.circles)
        found = reading.read(framework_folder)
        assert found.framework is not None
        found = replace(found, framework=found.framework.model_copy(update={"lenses": (made,)}))
        svg = Pages(found).lens(made.id).split('<figure class="balcony-figure">')[1].split("<figcaption>")[0]
        page.evaluate("svg => { document.querySelector('.balcony-figure svg').outerHTML = svg; }", svg)
        words = page.evaluate(_OUTSIDE)
        assert len(words) >= count
        assert not [each for each in words if each[1] < -0.5], (rule, count)


# The map


def test_each_row_of_the_map_says_which_lenses_read_the_question_and_for_which_part(
    page: Page, site_address: str, framework: Framework
) -> None:
    page.goto(f"{site_address}framework/map/")
    head = page.locator("thead th a").evaluate_all("all => all.map(each => each.textContent)")
    assert head == [lens.name for lens in framework.lenses]
    rows = page.locator("tr[data-indicator]").evaluate_all(
        "all => all.map(row => [row.dataset.indicator, [...row.cells].slice(1).map(cell => cell.textContent)])"
    )
    assert [id_ for id_, _ in rows] == list(framework.indicators)
    for id_, cells in rows:
        found = {lens.id: cell for lens, cell in zip(framework.lenses, cells, strict=True) if cell != "–"}
        assert found == {lens.id: part.name for lens, part in framework.uses[id_]}, id_


def test_the_picture_of_the_map_counts_what_the_table_lists(
    page: Page, site_address: str, framework: Framework
) -> None:
    page.goto(f"{site_address}framework/map/")
    counted = page.locator(".balcony-map__count").evaluate_all("all => all.map(each => Number(each.textContent))")
    listed = page.locator("td[data-lens]").count()
    assert sum(counted) == listed == sum(len(pairs) for pairs in framework.uses.values())


def test_the_map_names_its_rows_and_columns_and_scrolls_in_its_own_box(
    open_page: Callable[..., Page], site_address: str, framework: Framework
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(f"{site_address}framework/map/")
    scopes = page.locator(".balcony-map-table th").evaluate_all("all => all.map(each => each.scope)")
    assert scopes.count("col") == len(framework.lenses) + 1
    assert scopes.count("row") == len(framework.indicators)
    assert scopes.count("rowgroup") == len(framework.sections)
    box = page.get_by_role("region", name="Which lens reads which question, as a table")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_printed_map_names_every_lens_that_reads_a_question(
    page: Page, site_address: str, framework: Framework
) -> None:
    page.goto(f"{site_address}framework/map/")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    text = normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))  # two letters may be one on paper
    printed = "".join(text.split())
    for id_, pairs in framework.uses.items():
        row = framework.indicators[id_].label + "".join(f"·{lens.name}:{part.name}" for lens, part in pairs)
        assert "".join(row.split()) in printed, row


def test_another_framework_has_a_map_as_well(framework: Framework, framework_folder: Folder) -> None:
    found = reading.read(PROJECT / "tests" / "other" / "framework")
    assert found.framework is not None
    said = Pages(found).map()
    assert said.count("<tr data-indicator=") == len(found.framework.indicators)
    one = replace(
        reading.read(framework_folder), framework=framework.model_copy(update={"lenses": framework.lenses[:1]})
    )
    fed = sum(len(part.indicators) for part in framework.lenses[0].dimensions)
    assert Pages(one).map().count("<td data-lens=") == fed
