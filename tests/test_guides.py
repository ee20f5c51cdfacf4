"""The guides: what they say of the product is so, what they offer is there, and each leads on."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import PROJECT
from pypdf import PdfReader
from run import STANDARD, page_with
from test_agenda import SPREAD, agenda_of, client, real

from generator import reading
from generator.pages import Pages
from generator.problems import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Browser, Page

    from generator.model import Framework

__all__ = ["client", "real"]

GUIDE = PROJECT / "content/guide"
LENGTHS = (60, 90, 180)
EDIT = "https://example.org/edit/main/"
PARTS = {
    "Welcome and ground rules": {"welcome"},
    "A quiet look at the results": {"look"},
    "What surprised us, once round": {"round"},
    "Talk, perhaps with an exercise": {"talk", "lens", "question", "exercise", "open"},
    "Break": {"break"},
    "Agree a level": {"agree"},
    "One request and one commitment": {"plan"},
    "Close": {"close"},
}
"""The rows of the table of times, and the kinds of parts of an agenda that each stands for."""
QUESTIONS = {"talk", "lens", "question"}
PREPARING = ("run", "first-session", "first-session-checklist", "hard-result", "warning-signs")
ONE_SHEET = ("recording-sheet", "comparison-sheet", "first-session-checklist")


def _text(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def _tables(text: str) -> Iterator[list[list[str]]]:
    """The tables of a page in Markdown, without the line below each head."""
    for block in re.findall(r"(?:^\|.*\|$\n?)+", text, flags=re.MULTILINE):
        rows = [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in block.splitlines()]
        yield [rows[0], *rows[2:]]


# The times


@pytest.fixture(scope="module")
def times() -> dict[int, dict[str, tuple[int, int]]]:
    """The least and the most of each row, by the length of the meeting, as the guide says."""
    head, *rows = next(table for table in _tables(_text("run")) if table[0][0] == "Part")
    assert head[1:] == [f"{length} minutes" for length in LENGTHS]
    return {length: {row[0]: _ends(row[at]) for row in rows} for at, length in enumerate(LENGTHS, 1)}


def _ends(cell: str) -> tuple[int, int]:
    numbers = [int(each) for each in re.findall(r"\d+", cell)] or [0]
    return numbers[0], numbers[-1]


@pytest.mark.parametrize("length", LENGTHS)
def test_the_times_of_the_guide_are_those_of_the_agenda(
    length: int, times: dict[int, dict[str, tuple[int, int]]], chromium: Browser, site_address: str
) -> None:
    asked = "async () => { window.lengths = (await import('#client/agenda.js')).LENGTHS; }"
    with page_with(chromium, site_address + STANDARD, asked) as page:
        planned = page.evaluate("(length) => window.lengths[length]", length)
    told = times[length]
    for row, kinds in PARTS.items():
        for kind in kinds & planned["parts"].keys():
            assert told[row] == tuple(planned["parts"][kind]), row
    assert told["Break"] == (planned["pause"],) * 2
    assert told["Agree a level"] == (5 * planned["least"],) * 2
    fixed = [told[row] for row in PARTS if not row.startswith("Talk")]
    talk = (length - sum(most for _, most in fixed), length - sum(least for least, _ in fixed))
    assert told["Talk, perhaps with an exercise"] == talk


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(
    "levels",
    [
        {},
        SPREAD,
        {"values-in-the-open": [1, 1, 1, 5, 5, 5]},
        {"shared-purpose": [1, 1, 1, 4, 4, 4], "difficulties-named": [1, 1, 1, 5, 5, 5]},
    ],
)
def test_an_agenda_is_as_the_guide_tells(
    length: int,
    levels: dict[str, list[Any]],
    times: dict[int, dict[str, tuple[int, int]]],
    client: Page,
    real: Callable[..., Any],
) -> None:
    parts = agenda_of(client, real(6, levels, minimum_group=4), length)["parts"]
    for row, kinds in PARTS.items():
        least, most = times[length][row]
        assert least <= sum(each["minutes"] for each in parts if each["kind"] in kinds) <= most, row
    least, most = times[length]["Questions to talk about"]
    assert least <= sum(each["kind"] in QUESTIONS for each in parts) <= most


# What the guides offer


def test_the_table_for_interviews_has_the_columns_that_the_guide_names() -> None:
    with (GUIDE / "cognitive-interview.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    named = next(table for table in _tables(_text("validate")) if table[0][0] == "Column")
    assert head == [row[0] for row in named[1:]]
    assert all(len(row) == len(head) for row in rows)


def test_the_sheet_for_interviews_has_the_codes_that_the_guide_explains() -> None:
    explained = next(table for table in _tables(_text("validate")) if table[0][0] == "Code")
    found = re.search(r"^Codes: (.*?)\.", _text("recording-sheet"), flags=re.MULTILINE)
    assert found
    assert found[1].split(", ") == [row[0] for row in explained[1:]]
    with (GUIDE / "cognitive-interview.csv").open(encoding="utf-8-sig", newline="") as file:
        used = {code for row in csv.DictReader(file) for code in row["codes"].split()}
    assert used <= set(found[1].split(", "))


def test_the_page_on_warning_signs_tells_of_each_of_them(framework: Framework) -> None:
    told = re.findall(r'\{\{ warning_sign\("([^"]*)"\) \}\}', _text("warning-signs"))
    assert told == [sign.id for sign in framework.outline.warning_signs]
    assert _text("warning-signs").count("**This week.**") == len(told)


@pytest.mark.parametrize("name", ONE_SHEET)
def test_what_is_made_to_be_written_on_fits_one_sheet_of_paper(name: str, page: Page, site_address: str) -> None:
    page.goto(f"{site_address}guide/{name}/")
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1


# Where they lead


def test_every_guide_and_every_role_and_all_exercises_can_be_found_from_the_overview(built_site: Path) -> None:
    overview = (built_site / "guide/index.html").read_text(encoding="utf-8")
    main = overview[overview.index("<article") : overview.index("</article>")]
    pages = [path.relative_to(PROJECT / "content") for path in GUIDE.rglob("*.md") if path != GUIDE / "index.md"]
    links = set(re.findall(r'href="([^"#]*)', main))
    for path in pages:
        address = path.relative_to("guide").with_suffix("").as_posix().removesuffix("/index")
        assert f"{address}/" in {link.removeprefix("../guide/") for link in links}, path
    assert "../exercises/" in links


def test_every_exercise_is_linked_from_the_page_of_all(framework: Framework, built_site: Path) -> None:
    page = (built_site / "exercises/index.html").read_text(encoding="utf-8")
    main = page[page.index("<article") : page.index("</article>")]
    assert {each.id for each in framework.exercises} <= set(re.findall(r'href="(?:\.\./exercises/)?([\w-]+)/"', main))


@pytest.mark.parametrize(
    "path",
    [
        *(f"guide/{name}.md" for name in PREPARING),
        *(f"guide/{name}.md" for name in ("index", "research", "contribute", "validate", "writing")),
        *sorted(path.relative_to(PROJECT / "content").as_posix() for path in (GUIDE / "roles").glob("*.md")),
        "about/method.md",
    ],
)
def test_a_guide_ends_with_one_thing_to_do_and_a_link(path: str) -> None:
    text = (PROJECT / "content" / path).read_text(encoding="utf-8").rstrip()
    last = text.split("\n\n")[-1]
    assert "{: #next }" in text or last.startswith("Next:"), "its last part has the anchor #next"
    assert re.search(r"\]\([^)]+\)", last), last


# What the macros say


@pytest.fixture
def pages(framework_folder: Path) -> Pages:
    return Pages(reading.read(framework_folder), EDIT, PROJECT)


def test_a_wish_names_the_page_by_its_title_and_leaves_out_what_is_not_there(pages: Pages) -> None:
    title = yaml.safe_load(_text("run").split("---\n")[1])["title"]
    assert pages.wish("lead it", "guide/run.md") == f'- lead it: <a href="/guide/run/">{title}</a>'
    assert 'href="/exercises/"' in pages.wish("find one", "exercises/index.md")
    assert pages.wish("lead it", "guide/hidden.md") == ""


def test_a_place_at_the_code_host_is_linked_only_where_there_is_one(framework_folder: Path) -> None:
    found = reading.read(framework_folder)
    assert Pages(found, EDIT).repository("Issues", "issues") == "[Issues](https://example.org/issues)"
    assert Pages(found).repository("Issues", "issues") == "Issues"


def test_an_exercise_takes_as_long_as_the_framework_says(pages: Pages, framework: Framework) -> None:
    for exercise in framework.exercises:
        assert pages.exercise_minutes(exercise.id) == str(exercise.minutes)


def test_a_question_is_asked_in_its_own_words(pages: Pages, framework: Framework) -> None:
    indicator = framework.sections[0].indicators[0]
    said = pages.asked(indicator.id)
    assert f'href="/framework/indicators/#{indicator.id}"' in said
    assert re.sub(r"<[^>]*>|&#\d+;|\W", "", said) == re.sub(r"\W", "", indicator.question)


@pytest.mark.parametrize(
    ("macro", "argument", "message"),
    [
        ("warning_sign", "standins", 'there is no warning sign "standins"; did you mean "stand-ins"?'),
        ("exercise_minutes", "one-wal", 'there is no exercise "one-wal"; did you mean "one-wall"?'),
        ("asked", "shared-purpos", 'there is no indicator "shared-purpos"; did you mean "shared-purpose"?'),
    ],
)
def test_a_wrong_name_in_a_guide_is_answered_with_the_nearest(
    macro: str, argument: str, message: str, pages: Pages
) -> None:
    with pytest.raises(UnknownNameError) as raised:
        getattr(pages, macro)(argument)
    assert raised.value.args[0] == message
