"""The pages: what the macros say, that every part has its page, and that nothing on the built site leads nowhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml
from pypdf import PdfReader

from generator import amounts, connections, examples, reading
from generator.assessment import data_modules
from generator.figures import WIDTH
from generator.model import RULE_NAMES, Framework
from generator.pages import Pages
from generator.problems import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

PROJECT = Path(__file__).resolve().parent.parent
CONTENT = PROJECT / "content"
EDIT = "https://example.org/edit/main/"


@pytest.fixture(scope="module")
def pages(framework_folder: Path) -> Pages:
    return Pages(reading.read(framework_folder), suggest=EDIT, project=PROJECT)


# Every part has its page


def _page_for(folder: str, macro: str, id_: str, name: str, description: str) -> tuple[str, str]:
    text = f'---\ntitle: {name}\ndescription: "{description}"\n---\n\n{{{{ {macro}("{id_}") }}}}\n'
    return f"content/{folder}/{id_}.md", text


def _front_matter(path: Path) -> dict[str, object]:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])


def _calls(folder: str, macro: str) -> dict[str, str]:
    """The pages of a folder that are one call of a macro: the id called, by file name."""
    found = {}
    for path in (CONTENT / folder).glob("*.md"):
        called = re.findall(rf'\{{\{{ {macro}\("([^"]*)"\) \}}\}}', path.read_text(encoding="utf-8"))
        found.update({f"content/{folder}/{path.name}": id_ for id_ in called})
    return found


@pytest.mark.parametrize(("folder", "macro"), [("framework", "lens"), ("exercises", "exercise")])
def test_every_lens_and_exercise_has_its_page_and_every_page_its_part(
    folder: str, macro: str, framework: Framework
) -> None:
    parts = framework.lenses_by_id if macro == "lens" else framework.exercises_by_id
    calls = _calls(folder, macro)
    wanted = [
        _page_for(folder, macro, id_, part.name, part.summary if macro == "lens" else part.purpose)
        for id_, part in parts.items()
    ]
    missing = [f"add {path} with:\n{text}" for path, text in wanted if path not in calls]
    assert not missing, "\n".join(missing)
    for path, id_ in calls.items():
        assert id_ in parts, f"delete {path}: there is no {macro} {id_}"
        assert Path(path).stem == id_, f"rename {path}: it shows the {macro} {id_}"
        assert _front_matter(PROJECT / path)["title"] == parts[id_].name, f"mend the title in {path}"


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.md")), ids=lambda path: str(path.relative_to(CONTENT)))
def test_every_page_has_a_title_and_a_description_and_stands_in_the_navigation(path: Path) -> None:
    front = _front_matter(path)
    assert front.get("title"), f"{path} needs a title in its front matter"
    assert 40 <= len(str(front.get("description", ""))) <= 240, f"{path} needs a description of a sentence or two"
    navigation = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    name = path.relative_to(CONTENT).as_posix()
    assert re.search(rf"- (?:\w+: )?{re.escape(name)}$", navigation, re.MULTILINE), f"add {name} to nav in mkdocs.yml"


# What the macros say


def test_the_thresholds_come_from_the_settings(framework_folder: Path) -> None:
    found = reading.read(framework_folder)
    assert found.framework is not None
    outline = found.framework.outline
    settings = outline.settings.model_copy(update={"alignment_gap": Fraction(3, 2), "alignment_level": Fraction(4)})
    changed = found.framework.model_copy(update={"outline": outline.model_copy(update={"settings": settings})})
    said = Pages(replace(found, framework=changed)).rule("alignment")
    assert "1.5 levels" in said
    assert outline.levels[3].name in said


def test_every_threshold_is_listed(pages: Pages, framework: Framework) -> None:
    said = pages.thresholds()
    assert said.count("<dt>") == len(type(framework.settings).model_fields)
    assert "<code>close_spread</code></dt><dd><strong>0.4 of a level</strong>" in said
    assert f"<code>minimum_for_spread</code></dt><dd><strong>{framework.settings.minimum_for_spread}</strong>" in said
    assert "None" not in said


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_a_rule_is_explained_with_an_example_that_the_real_scoring_made(
    rule: str, pages: Pages, framework: Framework
) -> None:
    said = pages.rule(rule)
    lens = next(lens for lens in framework.lenses if lens.rule == rule)
    example = examples.example(framework, lens)
    assert all(part.shown in said for part in example.parts)
    assert "{" not in example.message


def test_an_example_can_be_made_for_every_lens_and_number_of_levels(framework: Framework) -> None:
    for count in (3, 5, 7):
        outline = framework.outline
        level = outline.levels[0]
        levels = tuple(
            level.model_copy(update={"level": number, "name": f"L{number}"}) for number in range(1, count + 1)
        )
        changed = framework.model_copy(update={"outline": outline.model_copy(update={"levels": levels})})
        for lens in changed.lenses:
            example = examples.example(changed, lens)
            assert all(1 <= level <= count for part in example.parts for level in part.levels)
            assert all(0 < each.x - each.r < each.x + each.r < WIDTH for each in example.figure.circles)


def test_a_lens_page_says_what_it_shares(pages: Pages, framework: Framework) -> None:
    for lens in framework.lenses:
        said = pages.lens(lens.id)
        for each in connections.shared(framework, lens):
            assert f'href="/framework/{each.lens.id}/">{each.lens.name}</a> <span>({len(each.indicators)})' in said


def test_suggest_a_change_opens_the_line_of_the_indicator(pages: Pages, framework: Framework) -> None:
    addresses = re.findall(rf'href="{EDIT}([^"#]+)#L(\d+)"', pages.indicators())
    assert len(addresses) == len(framework.indicators)
    for (file, line), id_ in zip(addresses, framework.indicators, strict=True):
        assert f"id: {id_}" in (PROJECT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_suggest_a_change_opens_the_file_of_the_lens_and_of_the_exercise(pages: Pages, framework: Framework) -> None:
    lenses = {f"lenses/{each.id}.yml": pages.lens(each.id) for each in framework.lenses}
    exercises = {f"exercises/{each.id}.yml": pages.exercise(each.id) for each in framework.exercises}
    for file, page in {**lenses, **exercises}.items():
        assert re.findall(rf'href="{EDIT}([^"#]+)#L\d+"', page) == [f"framework/{file}"]


def test_without_a_repository_there_is_no_link_to_it(framework_folder: Path) -> None:
    assert "Suggest" not in Pages(reading.read(framework_folder)).indicators()


def test_an_exercise_runs_by_the_clock(pages: Pages, framework: Framework) -> None:
    exercise = max(framework.exercises, key=lambda each: each.minutes)
    clocks = [
        60 * int(hours) + int(rest) for hours, rest in re.findall(r"<b>(\d+):(\d\d)</b>", pages.exercise(exercise.id))
    ]
    assert clocks[0] == 0
    assert clocks[-1] + exercise.steps[-1].minutes == exercise.minutes


def test_a_card_lists_its_questions_and_the_pocket_card_the_closing_questions_too(
    framework_folder: Path, framework: Framework
) -> None:
    found = reading.read(framework_folder)
    exercise = framework.exercises_by_id[str(framework.outline.pocket_card)]
    front = [f"<li><b>{each.name}</b> {each.question}</li>" for each in exercise.card]
    back = [f"<li>{each}</li>" for each in framework.outline.closing_questions]
    assert front
    assert back
    said = Pages(found).exercise(exercise.id)
    assert all(each in said for each in front + back)
    outline = framework.outline.model_copy(update={"pocket_card": None})
    said = Pages(replace(found, framework=framework.model_copy(update={"outline": outline}))).exercise(exercise.id)
    assert all(each in said for each in front)
    assert not any(each in said for each in back)
    plain = next(each for each in framework.exercises if not each.card)
    assert "balcony-pocket" not in Pages(found).exercise(plain.id)


def test_the_browser_gets_the_hints_that_there_are_and_the_pocket_card(framework: Framework) -> None:
    question, other = framework.outline.context[:2]
    options = (
        question.options[0].model_copy(update={"lens": None}),
        question.options[1].model_copy(update={"hint": None, "lens": None}),
        *question.options[2:],
    )
    context = (question.model_copy(update={"options": options}), other)
    changed = framework.model_copy(update={"outline": framework.outline.model_copy(update={"context": context})})
    hints = _data(changed, "hints")
    assert list(hints[question.id]) == [options[0].id, *(each.id for each in options[2:])]
    assert hints[question.id][options[0].id] == {"hint": options[0].hint}
    assert hints[question.id][options[2].id] == {"hint": options[2].hint, "lens": options[2].lens}
    card = _data(framework, "card")
    exercise = framework.exercises_by_id[str(framework.outline.pocket_card)]
    assert card["name"] == exercise.name
    assert card["questions"] == [{"name": each.name, "question": each.question} for each in exercise.card]
    assert card["closing"] == list(framework.outline.closing_questions)


def test_without_a_pocket_card_the_browser_gets_an_empty_one(framework: Framework) -> None:
    outline = framework.outline.model_copy(update={"pocket_card": None})
    assert _data(framework.model_copy(update={"outline": outline}), "card") == {}


def _data(framework: Framework, name: str) -> dict[str, Any]:
    return json.loads(data_modules(framework)[f"{name}.js"].removeprefix("export default "))


@pytest.mark.parametrize(
    ("macro", "argument", "message"),
    [
        ("lens", "six-way", 'there is no lens "six-way"; did you mean "six-ways"?'),
        ("source", "moore-1996", 'there is no source "moore-1996"; did you mean "moore-1995"?'),
        ("exercise", "one-wal", 'there is no exercise "one-wal"; did you mean "one-wall"?'),
        ("rule", "alinement", 'there is no rule "alinement"; did you mean "alignment"?'),
        ("minutes", "quik", 'there is no form "quik"; did you mean "quick"?'),
        ("threshold", "alignment_gup", 'there is no setting "alignment_gup"; did you mean "alignment_gap"?'),
        ("count", "lensess", 'there is no number of "lensess"; did you mean "lenses"?'),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(macro: str, argument: str, message: str, pages: Pages) -> None:
    with pytest.raises(UnknownNameError) as raised:
        getattr(pages, macro)(argument)
    assert raised.value.args[0] == message


def test_framework_text_cannot_become_markup(framework_folder: Path) -> None:
    found = reading.read(framework_folder)
    assert found.framework is not None
    lens = found.framework.lenses[0].model_copy(
        update={
            "name": "Children's *own* [x](y) <b> # _a_ `c`",
            "summary": "<script>x</script>",
            "intro": "a\n# b\n\n{c}",
        }
    )
    changed = found.framework.model_copy(update={"lenses": (lens, *found.framework.lenses[1:])})
    said = Pages(replace(found, framework=changed)).lens(lens.id)
    heading = said.strip().splitlines()[0]
    assert not re.search(r"[*\[\]<>`_]", heading.removeprefix("# "))
    assert heading.startswith("# Children&#39;s ")
    assert "<script>" not in said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(1), "1 level"),
        (Fraction(1, 2), "half a level"),
        (Fraction(2, 5), "0.4 of a level"),
        (3, "3 levels"),
        (Fraction(1, 3), "1/3 of a level"),
        (Fraction(3, 2), "1.5 levels"),
    ],
)
def test_amounts_are_said_in_words(value: Fraction | int, words: str) -> None:
    assert amounts.amount(value) == words


# The built site


@dataclass
class Built:
    """What a page of the built site holds."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    title: str = ""
    description: str = ""


_LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "embed": "src", "object": "data"}


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.built = Built()
        self._in_title = False
        self._inside_svg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        self._inside_svg += tag == "svg"
        self._in_title = tag == "title" and not self._inside_svg
        if "id" in of:
            self.built.ids.append(of["id"])
        if tag == "a" and "href" in of:
            self.built.links.append(of["href"])
        elif tag == "link" and of.get("rel") != "canonical":
            self.built.loads.append(of.get("href", ""))
        elif tag in _LOADS and _LOADS[tag] in of:
            self.built.loads.append(of[_LOADS[tag]])
        if re.fullmatch("h[1-6]", tag):
            self.built.headings.append(int(tag[1]))
        if tag == "meta" and of.get("name") == "description":
            self.built.description = of.get("content", "")

    def handle_endtag(self, tag: str) -> None:
        self._inside_svg -= tag == "svg"
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.built.title += data


@pytest.fixture(scope="module")
def crawled(built_site: Path) -> dict[str, Built]:
    """Every page of the built site, by its address from the top."""
    found = {}
    for path in sorted([*built_site.rglob("index.html"), built_site / "404.html"]):
        parser = _PageParser()
        parser.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(built_site).as_posix().removesuffix("index.html")] = parser.built
    return found


def _inside(crawled: dict[str, Built], attribute: str) -> Iterator[tuple[str, str, str]]:
    """Every address on the site that a page points to: the page, the address from the top, the anchor."""
    for address, page in crawled.items():
        if address == "404.html":
            continue  # its links begin at the top of the host, wherever that is
        for target in getattr(page, attribute):
            whole, anchor = urldefrag(urljoin(f"https://site.invalid/{address}", target))
            if urlsplit(whole).netloc == "site.invalid":
                yield address, unquote(urlsplit(whole).path.removeprefix("/")), unquote(anchor)


def test_every_link_and_every_anchor_leads_somewhere(crawled: dict[str, Built], built_site: Path) -> None:
    dead = set()
    for address, target, anchor in _inside(crawled, "links"):
        if target not in crawled and not (built_site / target).is_file():
            dead.add(f"/{address} leads to /{target}, which is not there")
        elif anchor and target in crawled and anchor not in crawled[target].ids and anchor != "__skip":
            dead.add(f"/{address} leads to #{anchor}, which is not on /{target}")
    assert not dead, "\n".join(sorted(dead))


def test_everything_that_a_page_loads_is_there(crawled: dict[str, Built], built_site: Path) -> None:
    missing = {
        f"/{address} loads {target}"
        for address, target, _ in _inside(crawled, "loads")
        if target not in crawled and not (built_site / target).is_file()
    }
    assert not missing, "\n".join(sorted(missing))


def test_no_page_loads_anything_from_another_host(crawled: dict[str, Built]) -> None:
    others = {
        f"/{address} loads {target}"
        for address, page in crawled.items()
        for target in page.loads
        if urlsplit(target).netloc
    }
    assert not others, "\n".join(sorted(others))


def test_no_stylesheet_loads_anything_from_another_host(built_site: Path) -> None:
    for path in built_site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", path.read_text(encoding="utf-8")), path


def test_every_page_has_one_title_of_its_own_one_h1_and_a_description(crawled: dict[str, Built]) -> None:
    titles: dict[str, str] = {}
    for address, page in crawled.items():
        if address == "404.html":
            continue
        assert page.title not in titles, f"/{address} and /{titles.get(page.title)} are both called {page.title}"
        titles[page.title] = address
        if "__drawer" in page.ids:  # a page of the theme: the bare ones hold a run of several steps
            assert page.headings.count(1) == 1, f"/{address} has {page.headings.count(1)} h1"
        assert page.description, f"/{address} has no description"


def test_no_page_skips_a_level_of_headings_or_uses_an_id_twice(crawled: dict[str, Built]) -> None:
    for address, page in crawled.items():
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), f"/{address}: {page.headings}"
        twice = {id_ for id_ in page.ids if page.ids.count(id_) > 1}
        assert not twice, f"/{address} uses {', '.join(sorted(twice))} more than once"


def test_every_indicator_has_its_anchor(crawled: dict[str, Built], framework: Framework) -> None:
    assert set(framework.indicators) <= set(crawled["framework/indicators/"].ids)
    for lens in framework.lenses:
        assert f"framework/{lens.id}/" in crawled
    for exercise in framework.exercises:
        assert f"exercises/{exercise.id}/" in crawled


def test_nothing_is_stored_until_somebody_chooses_colours(open_page: Callable[..., Page], site_address: str) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    stored = "JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])"
    page.goto(site_address)
    page.goto(site_address + "framework/")
    assert page.evaluate(stored) == '[[],[],""]'
    for name in ("light", "dark"):
        page.get_by_title(f"Use {name} colours").click()
        assert page.evaluate("Object.keys(localStorage).length") == 1
    page.get_by_title("Use the colours of this device").click()
    assert page.evaluate(stored) == '[[],[],""]'


def test_an_exercise_prints_on_one_sheet(
    open_page: Callable[..., Page], site_address: str, framework: Framework
) -> None:
    page = open_page()
    for exercise in framework.exercises:
        page.goto(f"{site_address}exercises/{exercise.id}/")
        sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        assert len(sheets) == (2 if exercise.card else 1), f"{exercise.id} does not fit on one sheet"
        assert "Pocket card" not in sheets[0].extract_text()


def test_a_pocket_card_prints_to_size_with_its_back_beside_it(
    open_page: Callable[..., Page], site_address: str, framework: Framework
) -> None:
    page = open_page(viewport={"width": 658, "height": 900})
    page.goto(f"{site_address}exercises/{framework.outline.pocket_card}/")
    page.emulate_media(media="print")
    front, back = (side.bounding_box() for side in page.locator(".balcony-pocket > div").all())
    assert front
    assert back
    millimetres = [round(side[key] * 25.4 / 96) for side in (front, back) for key in ("width", "height")]
    assert millimetres == [74, 105, 74, 105]
    assert (back["x"], back["y"]) == (pytest.approx(front["x"] + front["width"]), front["y"])
