"""What the results give people to take away: files, words, a link, earlier sheets beside this one, and a card."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from random import Random
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from conftest import PROJECT
from hostile_sheets import TEXTS
from run import FORMS, QUICK, STANDARD, answer_all, open_step, random_answers, visible_step, wait_for_step
from test_opening import EARLIER, PLAN, content_of, downloaded, open_file, sheet_of, told
from test_saving import NASTY
from test_taking_out import code_of

from generator.__main__ import main
from generator.message import message
from generator.score import score
from generator.sheet import LARGEST
from generator.sheet import read as read_sheet

SHEETS = 2_000 if os.environ.get("BALCONY_LONG") else 100
"""For each form."""
MORE = "A summary, a spreadsheet, a link"
TO_FETCH = "This has to be fetched, and there is no network."

ANSWERS = "[...document.forms[0].elements].filter(({ name }) => name).map(({ name, value, checked }) => [name, value, checked])"

TICK = """(ids) => {
    for (const $box of document.querySelectorAll("[name=warning_signs]")) {
        $box.checked = ids.includes($box.value);
        $box.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""


@pytest.fixture
def standard(page, site_address):
    """The standard form. Leaving it asks nobody."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + STANDARD)
    return page


def taken(page, button):
    """The file that a button of the results makes."""
    with page.expect_download() as started:
        button.click()
    return started.value


def button(page, name, **options):
    return page.get_by_role("button", name=name, **options)


def result_of(page):
    return taken(page, button(page, "Download the result (JSON)"))


def open_more(page):
    """Go to the results, and open all that they give."""
    open_step(page, "results")
    if not page.locator("[data-more]").evaluate("($details) => $details.open"):
        page.locator("[data-more] > summary").click()
    page.get_by_label("Summary", exact=True).wait_for()


def sheet_on(page):
    """What the sheet's file says."""
    return json.loads(content_of(downloaded(page)))


def signs_of(framework, seed):
    ids = [sign.id for sign in framework.outline.warning_signs]
    random = Random(seed)
    return random.sample(ids, random.randint(0, len(ids)))


# The result as a file


def exactly(fields):
    """As text, so that 1 is neither 1.0 nor true."""
    return json.dumps(fields, sort_keys=True)


# Answers sheet after sheet, and takes each with its result by the page's own buttons; what they make is kept and not saved.
ANSWER_AND_TAKE = """async ([empty, all]) => {
    const made = [];
    URL.createObjectURL = (blob) => made.push(blob);
    HTMLAnchorElement.prototype.click = () => {};
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    const taken = async (name) => {
        made.length = 0;
        [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name).click();
        while (!made.length) await turn();
        return made[0].text();
    };
    const choose = ($input) => {
        $input.checked = true;
        $input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const found = [];
    for (const [answers, signs] of all) {
        const $open = document.getElementById("balcony-open");
        const files = new DataTransfer();
        files.items.add(new File([empty], "empty.balcony.json"));
        $open.files = files.files;
        $open.dispatchEvent(new Event("change"));
        while ($open.value) await turn();
        for (const [id, answer] of Object.entries(answers))
            choose(document.querySelector(`[id="${id}"] input[value="${answer}"]`));
        for (const sign of signs) choose(document.querySelector(`[name=warning_signs][value="${sign}"]`));
        location.hash = "results";
        while (document.querySelector("#results").hidden) await turn();
        found.push([await taken("Download my answers"), await taken("Download the result (JSON)")]);
    }
    return found;
}"""


@pytest.mark.parametrize("form", FORMS)
def test_the_result_is_what_the_command_says_of_the_sheet(page, site_address, framework, tmp_path, form):
    page.goto(site_address + FORMS[form])
    given = [[random_answers(framework, form, seed), signs_of(framework, seed)] for seed in range(SHEETS)]
    found = page.evaluate(ANSWER_AND_TAKE, [sheet_of(form=form).decode(), given])
    files = [tmp_path / f"{seed}.balcony.json" for seed in range(SHEETS)]
    for file, (sheet, _) in zip(files, found, strict=True):
        file.write_text(sheet, encoding="utf-8")
    ran = CliRunner().invoke(main, ["score", "--framework", str(PROJECT / "framework"), *map(str, files)])
    printed = [json.loads(line) for line in ran.stdout.splitlines()]
    read = [read_sheet(file.read_bytes(), framework) for file in files]
    assert [[each.answers_to(framework), each.warning_signs] for each in read] == given
    for seed, (one, (_, other)) in enumerate(zip(printed, found, strict=True)):
        assert exactly(one) == exactly(json.loads(other)), seed


def test_a_sheet_with_answers_that_do_not_count_comes_to_the_same_on_the_page_and_in_a_terminal(standard, tmp_path):
    open_file(standard, EARLIER)
    page_sheet = downloaded(standard)
    open_step(standard, "results")
    result = result_of(standard)
    assert result.suggested_filename == page_sheet.suggested_filename.replace(".balcony.json", ".result.json")
    file = tmp_path / page_sheet.suggested_filename
    page_sheet.save_as(file)
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "score", str(file)], cwd=PROJECT, capture_output=True, check=True
    )
    assert exactly(json.loads(content_of(result))) == exactly(json.loads(ran.stdout))


# Pictures

SVG = "{http://www.w3.org/2000/svg}"
OUTSIDE = """() => [...document.querySelectorAll("text")].filter(($text) => {
    const { left, right, top, bottom } = $text.getBoundingClientRect();
    const all = document.documentElement.getBoundingClientRect();
    return left < all.left || right > all.right || top < all.top || bottom > all.bottom;
}).map(($text) => $text.textContent)"""


def picture_of(page, lens):
    shown = page.locator(f'#results [data-lens="{lens.id}"]')
    return taken(page, shown.get_by_role("button", name="Download the picture"))


def words_in(drawing):
    return [" ".join("".join(each.itertext()).split()) for each in drawing.iter(f"{SVG}text")]


def open_lenses(page):
    open_step(page, "results")
    page.evaluate("document.querySelectorAll('#results details').forEach(($each) => { $each.open = true })")


def scope_on(page):
    return " ".join(page.locator("#results [data-scope]").text_content().split())


def assert_stands_alone(content):
    """It is XML that needs nothing else, and says how large it is."""
    drawing = ET.fromstring(content)
    assert drawing.tag == f"{SVG}svg"
    assert min(float(drawing.get(name)) for name in ("width", "height")) > 0
    for each in drawing.iter():
        assert not {"class", "style", "href", "src", "{http://www.w3.org/1999/xlink}href"} & each.attrib.keys()
        assert not [value for value in each.attrib.values() if "var(" in value or "url(" in value]
        assert each.tag.removeprefix(SVG) in ("svg", "title", "rect", "text", "tspan", "path", "circle")
    return drawing


def test_every_lens_has_a_picture_that_stands_alone(standard, framework, open_page, tmp_path):
    team = "The board of the partnership for children and young people, with all of its co-opted members"
    open_file(standard, sheet_of(work="Fewer people admitted to hospital after a fall", team=team))
    answer_all(standard, random_answers(framework, "standard", 7))
    open_lenses(standard)
    scope = scope_on(standard)
    viewer = open_page(offline=True)
    for lens in framework.reported("standard"):
        download = picture_of(standard, lens)
        assert download.suggested_filename.endswith(f".{lens.id}.svg")
        drawing = assert_stands_alone(content_of(download))
        heading, line = words_in(drawing)[:2]
        assert (heading, line) == (lens.name, scope)
        assert lens.name in drawing.find(f"{SVG}title").text
        assert not [each for each in drawing.iter(f"{SVG}title") if "below" in each.text]
        download.save_as(tmp_path / "picture.svg")
        viewer.goto((tmp_path / "picture.svg").as_uri())
        assert viewer.evaluate(OUTSIDE) == [], lens.id


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_looks_as_it_did_on_the_page(open_page, site_address, framework, scheme):
    page = open_page(color_scheme=scheme)
    page.goto(site_address + QUICK)
    answer_all(page, random_answers(framework, "quick", 1))
    open_step(page, "results")
    content = content_of(picture_of(page, framework.lenses[0]))
    colours = {
        value for each in ET.fromstring(content).iter() for key, value in each.items() if key in ("fill", "stroke")
    }
    assert {each for each in colours if each not in ("none", "currentColor") and not each.startswith("#")} == set()
    assert len(colours) > 3


@pytest.mark.parametrize("name", [*NASTY, "<b>&\"'", "]]>", "var(--balcony-ink)", "領" * 200, *TEXTS])
def test_any_name_comes_through_a_picture(standard, framework, name):
    scope = {"work": name, "team": f"Team {name}"}
    open_file(standard, json.dumps({**json.loads(sheet_of()), **scope}).encode())
    open_lenses(standard)
    drawing = assert_stands_alone(content_of(picture_of(standard, framework.lenses[0])))
    readable = "".join(each for each in scope_on(standard) if is_xml(each))
    assert words_in(drawing)[1].replace(" ", "") == readable.replace(" ", "")


def is_xml(character):
    """Whether XML 1.0 knows it."""
    return (
        character in "\t\n\r"
        or "\x20" <= character < "\ud800"
        or "\ue000" <= character <= "\ufffd"
        or character > "\uffff"
    )


# In words


def summary_on(page):
    return page.get_by_label("Summary", exact=True).input_value()


def open_with_everything(page, framework):
    """Results with all that they can hold: some parts without a level, signs, hints, and what nobody could say."""
    answers = {each.id: 1 + at % 5 for at, each in enumerate(framework.asked("standard"))}
    unsure = list(answers)[1:40:6]
    answers |= dict.fromkeys(unsure, "not-sure")
    open_file(page, sheet_of(work="Fewer falls", team="Children's <b>& 領導"))
    answer_all(page, answers)
    signs = framework.outline.warning_signs[:4]
    page.evaluate(TICK, [sign.id for sign in signs])
    for question in framework.outline.context:
        page.get_by_label(question.options[0].label).check()
    open_more(page)
    return answers, unsure, signs


def lines_of_lens(framework, lens, result):
    """The heading of a lens, what it says, and its parts with their levels."""
    names = [level.name for level in framework.outline.levels]
    parts = {part.name: result["dimensions"][part.id] for part in lens.dimensions}
    levels = {name: names[each["band"] - 1] if each["scored"] else None for name, each in parts.items()}
    return lens.name.upper(), message(framework, lens, result), levels


def test_the_summary_says_all_that_the_results_say_first(standard, framework):
    answers, unsure, signs = open_with_everything(standard, framework)
    text = summary_on(standard)
    lines = text.splitlines()
    assert lines[0] == framework.outline.name
    assert lines[1].startswith("Fewer falls · Children's <b>& 領導 · ")
    assert lines[2] == "40 of 40 answered"
    result = score(framework, "standard", answers, [sign.id for sign in signs])
    headline = framework.outline.headline_lenses
    headings = [lens.name.upper() for lens in framework.lenses if lens.name.upper() in lines]
    assert headings == [framework.lenses_by_id[id_].name.upper() for id_ in headline]
    for id_ in headline:
        heading, said, levels = lines_of_lens(framework, framework.lenses_by_id[id_], result["lenses"][id_])
        own = text.partition(f"\n{heading}\n")[2].partition("\n\n")[0].splitlines()
        assert own[0] == said
        rows = dict(line.removeprefix("- ").split(": ", 1) for line in own if line.startswith("- "))
        assert rows.keys() == levels.keys()
        for name, level in levels.items():
            assert rows[name].startswith(level or "Too few answers"), name
            assert level or "Not sure:" in rows[name]
    assert all(f"- {framework.indicators[id_].question}" in lines for id_ in unsure)
    assert all(f"- {sign.text} {sign.why}" in lines for sign in signs)
    hints = [question.options[0].hint for question in framework.outline.context]
    assert all(any(line.startswith(f"- {hint}") for line in lines) for hint in hints)
    assert "You ticked 4 of 8, which is many." in text
    assert "There is no total score." in lines[-1]
    assert "  " not in text
    assert "\n\n\n" not in text


def test_the_summary_of_no_answers_says_that_there_are_too_few(standard, framework):
    open_more(standard)
    text = summary_on(standard)
    assert "No lens has enough answers to say anything." in text
    assert all(f"- {section.name}" in text.splitlines() for section in framework.sections)


def test_the_summary_follows_the_answers(standard, framework):
    answer_all(standard, dict.fromkeys(framework.indicators, 2))
    open_more(standard)
    before = summary_on(standard)
    answer_all(standard, {**dict.fromkeys(framework.indicators, 5), "shared-purpose": "not-sure"})
    open_step(standard, "start")
    open_step(standard, "results")
    after = summary_on(standard)
    assert "Renewing" not in before
    assert "Starting" not in after
    assert "\n\n\n" not in before + after
    assert f"- {framework.indicators['shared-purpose'].question}" in after.splitlines()


def said_beside(page, name):
    """What is said beside a button."""
    status = page.locator(".buttons", has=button(page, name, exact=True)).get_by_role("status")
    status.filter(has_text=".").wait_for()
    return status.inner_text()


def test_the_summary_is_copied(standard, framework):
    standard.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer_all(standard, random_answers(framework, "standard", 3))
    open_more(standard)
    button(standard, "Copy the summary").click()
    assert said_beside(standard, "Copy the summary") == "Copied."
    assert standard.evaluate("navigator.clipboard.readText()") == summary_on(standard)
    assert standard.evaluate("document.activeElement.textContent") == "Copy the summary"


@pytest.mark.parametrize("clipboard", ["undefined", "{ writeText: () => Promise.reject(new Error()) }"])
def test_words_that_the_page_may_not_copy_are_marked(standard, clipboard):
    open_more(standard)
    standard.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    for label, name, makes in (
        ("Summary", "Copy the summary", None),
        ("Link or code", "Copy the link", "Make a link"),
    ):
        if makes:
            button(standard, makes).click()
        button(standard, name).click()
        assert "does not let this page copy" in said_beside(standard, name)
        area = standard.get_by_label(label, exact=True)
        assert area.evaluate("($area) => $area === document.activeElement")
        marked = "($area) => $area.value.slice($area.selectionStart, $area.selectionEnd)"
        assert area.evaluate(marked) == area.input_value() != ""


# For a spreadsheet


def test_the_answers_are_a_table_of_all_questions_and_then_of_what_is_kept(standard, framework):
    open_file(standard, EARLIER)
    others = {"outcome-that-matters": "not-sure", "backbone-in-place": "not-applicable", "high-bar-held": 1}
    answer_all(standard, others)
    write_note_on(standard, "high-bar-held", "=1+1, “why?”\n領導")
    open_more(standard)
    download = taken(standard, button(standard, "Download the answers (CSV)"))
    assert download.suggested_filename.endswith(".answers.csv")
    heading, *rows = csv.reader(io.StringIO(content_of(download).decode("utf-8-sig"), newline=""), strict=True)
    assert heading == ["Section", "Id", "Question", "Answer", "Level", "Note", "Revision"]
    asked = framework.asked("standard")
    section = {each.id: one.name for one in framework.sections for each in one.indicators}
    assert [row[:3] for row in rows[: len(asked)]] == [[section[each.id], each.id, each.question] for each in asked]
    levels = [level.name for level in framework.outline.levels]
    said = {row[1]: row[3:6] for row in rows[: len(asked)] if row[3] or row[5]}
    assert said == {
        "shared-purpose": ["4", levels[3], "Counts"],
        "outcome-that-matters": ["not-sure", "Not sure", ""],
        "backbone-in-place": ["not-applicable", "Not applicable", ""],
        "high-bar-held": ["1", levels[0], "'=1+1, “why?”\n領導"],
    }
    assert rows[len(asked) :] == [
        ["Kept, and not counted", "time-to-think", "", "1", levels[0], "In other words", "99"],
        ["Kept, and not counted", "gone-since", "", "not-sure", "Not sure", "", "1"],
        ["Kept, and not counted", "shared-purpose", "", "2", levels[1], "", "98"],
    ]


def write_note_on(page, id_, note):
    page.evaluate(
        """([id, note]) => {
            const $note = document.querySelector(`[name="${id}.note"]`);
            $note.value = note;
            $note.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        [id_, note],
    )


# The link

EVERYTHING = sheet_of(
    **{
        **{key: value for key, value in json.loads(EARLIER).items() if key not in ("format", "form")},
        "created": "2019-06-03T09:30:00Z",
        "changed": "2019-06-04T09:30:00Z",
        "work": NASTY[3],
        "team": NASTY[2],
        "notes": {"high-bar-held": "A note alone 🙂"},
        "context": {"setting": "partnership"},
        "warning_signs": ["stand-ins"],
        "targets": {"strategic-triangle/public-value": 4},
        "actions": PLAN,
        "looking_back": "2018-06-03T09:30:00Z",
        "unknown": {"__proto__": [None, 1.5]},
    }
)
OPEN_CODE = "Open a link or code that somebody sent you"
OPENED = "The sheet of the link is open."
NOT_OPENED = "The sheet of the link was not opened. Your answers here are as they were."


def link_of(page):
    open_more(page)
    button(page, "Make a link").click()
    assert said_beside(page, "Make a link") == "The link is made."
    return page.get_by_label("Link or code", exact=True).input_value()


def paste(page, text):
    """Paste a link or code, and wait until the page is through with it."""
    page.get_by_label(OPEN_CODE).fill(text)
    page.evaluate("document.getElementById('balcony-banner').textContent = ''")
    button(page, "Open it", exact=True).click()
    wait_for_answer(page)


def wait_for_answer(page):
    page.wait_for_function(
        """() => document.getElementById("balcony-banner").textContent.includes("is open.")
            || document.getElementById("balcony-notice").checkVisibility()"""
    )


def notice(page):
    return page.locator("#balcony-notice").inner_text()


def broken_codes(code):
    """Codes that hold no sheet, each with the reason that is told."""
    missing = "This is no code of a sheet, or part of it is missing. Copy all of it, and try again."
    return {
        "": missing,
        "領導": missing,
        code[:-9]: missing,
        code[9:]: missing,
        code_of(bytes(20 * LARGEST)): "This code holds more than a sheet can hold.",
        code_of(b"[]"): "",
        code_of(sheet_of(form="lost")): 'There is no form "lost".',
        code_of(b"x" * (LARGEST + 1)): "This code holds more than a sheet can hold.",
    }


def test_a_link_brings_exactly_the_same_sheet_and_no_request_carries_it(standard, open_page, site_address):
    open_file(standard, EVERYTHING)
    link = link_of(standard)
    address, code = link.split("#sheet=")
    assert address == site_address + STANDARD
    other = open_page()
    asked = []
    other.context.on("request", lambda request: asked.append([request.url, request.headers, request.post_data]))
    other.goto(link)
    wait_for_answer(other)
    assert told(other).startswith(OPENED)
    assert visible_step(other) == ["start"]
    assert other.url == f"{address}#start"
    assert sheet_on(other) == sheet_on(standard)
    open_step(other, "results")
    assert len(asked) > 10
    assert code[:20] not in str(asked)
    other.reload()
    assert other.url == f"{address}#results"
    assert other.locator("[name='scope.team']").input_value() == ""


@pytest.mark.parametrize("width", [40, 76])
def test_a_link_that_a_mail_broke_opens_in_place_of_the_sheet_on_the_page_which_can_be_brought_back(
    standard, framework, width
):
    open_file(standard, EVERYTHING)
    sent, link = sheet_on(standard), link_of(standard)
    standard.reload()
    answer_all(standard, random_answers(framework, "standard", 2))
    before = standard.evaluate(ANSWERS)
    open_more(standard)
    paste(standard, "\r\n".join(f"> {link[at : at + width]}" for at in range(0, len(link), width)))
    wait_for_step(standard, "start")
    assert told(standard).startswith(OPENED)
    assert "The answers that were on this page are set aside." in told(standard)
    button(standard, "Bring them back").click()
    assert standard.evaluate(ANSWERS) == before
    open_more(standard)
    paste(standard, link)
    assert sheet_on(standard) == sent


def test_a_link_that_is_followed_on_a_page_with_answers_sets_them_aside(standard, framework):
    open_file(standard, EVERYTHING)
    link = link_of(standard)
    answer_all(standard, random_answers(framework, "standard", 2))
    before = standard.evaluate(ANSWERS)
    standard.goto(link)
    wait_for_answer(standard)
    assert standard.evaluate("location.hash") == "#start"
    button(standard, "Bring them back").click()
    assert standard.evaluate(ANSWERS) == before


def test_a_broken_code_is_refused_in_words_and_changes_nothing(standard, framework):
    open_file(standard, EVERYTHING)
    code = link_of(standard).split("#sheet=")[1]
    answer_all(standard, random_answers(framework, "standard", 2))
    before = sheet_on(standard), standard.evaluate(ANSWERS)
    for broken, reason in broken_codes(code).items():
        paste(standard, broken)
        said = notice(standard)
        assert NOT_OPENED in said, broken[:50]
        assert reason in said, broken[:50]
        assert standard.evaluate("document.activeElement.id") == "balcony-notice"
        assert (sheet_on(standard), standard.evaluate(ANSWERS)) == before
        assert visible_step(standard) == ["results"]
        standard.evaluate("document.getElementById('balcony-notice').hidden = true")


def test_a_broken_link_is_refused_in_words_and_leaves_the_address(standard, open_page, site_address):
    code = link_of(standard).split("#sheet=")[1]
    for broken, reason in broken_codes(code).items():
        other = open_page()
        other.goto(f"{site_address}{STANDARD}#sheet={broken}")
        wait_for_answer(other)
        assert NOT_OPENED in notice(other)
        assert reason in notice(other)
        assert other.url == f"{site_address}{STANDARD}#start"
        assert visible_step(other) == ["start"]
        assert not other.locator("input:checked").count()


def test_a_long_link_says_so_and_a_short_one_does_not(standard):
    short = link_of(standard)
    assert len(short) < 2000
    assert not standard.locator("[data-long]").inner_text()
    text = "".join(chr(Random(1).randrange(0x4E00, 0x9FFF) + at) for at in range(900))
    write_note_on(standard, "shared-purpose", text)
    long = link_of_again(standard, short)
    assert f"This link has {len(long)} letters" in standard.locator("[data-long]").inner_text()


def link_of_again(page, before):
    button(page, "Make a link").click()
    page.wait_for_function("(before) => document.getElementById('balcony-link').value !== before", arg=before)
    return page.get_by_label("Link or code", exact=True).input_value()


def test_the_link_is_copied(standard):
    standard.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = link_of(standard)
    button(standard, "Copy the link").click()
    assert said_beside(standard, "Copy the link") == "Copied."
    assert standard.evaluate("navigator.clipboard.readText()") == link


# Beside an earlier sheet

BESIDE = "Open an earlier sheet beside this one"
SENTENCES = """async (files) => {
    const { compareSheets, sayChange, sayLensChange } = await import("#client/comparing.js");
    const { takenOver } = await import("#client/taking.js");
    const framework = JSON.parse(document.getElementById("balcony-data").textContent);
    const mapped = (all, map) => Object.fromEntries(Object.entries(all).map(([id, each]) => [id, map(each)]));
    const { compared, not_compared, lenses } = compareSheets(framework, ...files.map((file) => takenOver(file, framework)));
    return {
        compared: compared.length,
        not_compared: not_compared.map(({ id, reason }) => [id, reason]),
        lenses: mapped(lenses, (lens) => ({
            lens: sayLensChange(lens, framework),
            // Where the sheets share no question, that is said above, once.
            parts: mapped(lens.dimensions, (each) => each.reason === "no-shared-questions" ? "" : sayChange(each, framework.levels)),
        })),
    };
}"""
CHANGES = """() => Object.fromEntries([...document.querySelectorAll("#results [data-lens]")].map(($lens) => [$lens.dataset.lens, {
    lens: [...$lens.querySelectorAll("p[data-change]")].map(({ textContent }) => textContent),
    parts: Object.fromEntries([...$lens.querySelectorAll("[data-dimension]")].map(($row) =>
        [$row.dataset.dimension, [...$row.querySelectorAll("[data-change]")].map(({ textContent }) => textContent)])),
}]))"""
NOT_COMPARED = {
    "changed": "Not compared, because the question has changed since:",
    "not-in-earlier": "Not compared, because the earlier sheet has no answer:",
    "not-in-later": "Not compared, because this sheet has no answer:",
    "no-level": "Not compared, because a level is missing on one of the dates:",
}


def earlier_sheet(framework, seed, *, day="2019-06-03", **fields):
    """An earlier sheet's file, of which some answers are to questions that have changed since."""
    answers = {
        id_: {"answer": answer, "revision": framework.indicators[id_].revision + (at % 8 == 7)}
        for at, (id_, answer) in enumerate(random_answers(framework, "standard", seed).items())
    }
    return sheet_of(answers=answers, created=f"{day}T09:30:00Z", changed=f"{day}T11:00:00Z", **fields)


def put_beside(page, *contents, names=None):
    """Open earlier sheets beside the one on the page, and wait until they are there or refused."""
    files = [
        {"name": f"{at}.balcony.json" if names is None else names[at], "mimeType": "application/json", "buffer": each}
        for at, each in enumerate(contents)
    ]
    page.evaluate("document.querySelector('[data-beside]').previousElementSibling.textContent = ''")
    page.get_by_label(BESIDE).set_input_files(files)
    page.wait_for_function(
        """() => document.querySelector("[data-beside]").previousElementSibling.textContent
            || !document.getElementById("balcony-earlier-error").hidden"""
    )


def beside(page):
    return page.locator("[data-beside] li")


def expected_changes(page, day, *files):
    """What the page is to say, from the rule that compares."""
    said = page.evaluate(SENTENCES, [json.loads(each) for each in files])
    lenses = {
        id_: {
            "lens": [f"Since {day}: {each['lens']}"] if each["lens"] else [],
            "parts": {part: [f"Since {day}: {words}"] if words else [] for part, words in each["parts"].items()},
        }
        for id_, each in said["lenses"].items()
    }
    return said, lenses


@pytest.mark.parametrize("seed", range(6))
def test_each_lens_says_what_changed_since_an_earlier_sheet(standard, framework, seed):
    answer_all(standard, random_answers(framework, "standard", seed))
    before = content_of(downloaded(standard))
    earlier = earlier_sheet(framework, 50 + seed)
    open_more(standard)
    put_beside(standard, earlier)
    said, lenses = expected_changes(standard, "3 June 2019", earlier, before)
    assert standard.evaluate(CHANGES) == lenses
    above = standard.locator("#results > [data-change]").first
    count = said["compared"]
    assert f"Since 3 June 2019: {count} question{'s' * (count != 1)} can be compared." in above.inner_text()
    shown = {
        each.locator("summary").inner_text(): each.locator("a").evaluate_all("(all) => all.map(({ hash }) => hash)")
        for each in above.locator("details").all()
    }
    reasons = dict.fromkeys(reason for _, reason in said["not_compared"])
    left_out = {reason: [f"#{id_}" for id_, why in said["not_compared"] if why == reason] for reason in reasons}
    assert shown == {f"{NOT_COMPARED[reason]} {len(ids)}": ids for reason, ids in left_out.items()}
    assert content_of(downloaded(standard)) == before


def test_what_changed_is_said_in_these_words(standard, framework):
    answer_all(standard, dict.fromkeys(framework.indicators, 2))
    open_more(standard)
    answers = {id_: {"answer": 4, "revision": each.revision} for id_, each in framework.indicators.items()}
    put_beside(standard, sheet_of(answers=answers, created="2019-06-03T09:30:00Z", changed="2019-06-03T11:00:00Z"))
    lens = standard.locator('[data-lens="strategic-triangle"]')
    assert lens.locator("p[data-change]").inner_text() == (
        "Since 3 June 2019: The lowest part was Shared (4.0), now Starting (2.0): moved down. "
        "Lowest and highest part were 0.0 levels apart, now 0.0."
    )
    row = lens.locator("[data-dimension=public-value] small[data-change]")
    assert row.inner_text() == "Since 3 June 2019: Was Shared (4.0), now Starting (2.0): moved down"
    assert standard.get_by_text("Did we slip, or did we learn to see more?").is_visible()
    text = summary_on(standard)
    assert "Since 3 June 2019: The lowest part was Shared (4.0)" in text


def test_what_could_not_be_compared_leads_to_its_question(standard, framework):
    answer_all(standard, {"shared-purpose": 3})
    open_more(standard)
    put_beside(standard, sheet_of(answers={"time-to-think": {"answer": 3, "revision": 1}}))
    group = standard.locator("#results > [data-change] details", has_text="this sheet has no answer")
    group.locator("summary").click()
    link = group.get_by_role("link", name=framework.indicators["time-to-think"].question)
    link.click()
    wait_for_step(standard, "working")
    assert standard.evaluate("document.activeElement.name") == "time-to-think"


def test_several_earlier_sheets_stand_in_order_of_their_dates(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    before = content_of(downloaded(standard))
    days = {"2020-01-31": "31 January 2020", "2018-12-01": "1 December 2018", "2019-06-03": "3 June 2019"}
    sheets = [earlier_sheet(framework, 9, day=day, work=f"Work {day}", team=NASTY[3]) for day in days]
    open_more(standard)
    put_beside(standard, *sheets[:2])
    put_beside(standard, sheets[2])
    in_order = [f"{words} · Work {day} · {NASTY[3]}" for day, words in sorted(days.items())]
    shown = beside(standard).all_text_contents()
    assert [text.partition(" Take away")[0] for text in shown] == in_order
    words = [words for _, words in sorted(days.items())]
    lens = standard.locator("#results [data-lens]", has=standard.locator("p[data-change]")).first
    for selector in ("p[data-change] b", "tr:first-child [data-change] b"):
        assert lens.locator(selector).all_text_contents() == [f"Since {each}:" for each in words]
    above = standard.locator("#results > div[data-change] > p b")
    assert above.all_text_contents() == [f"Since {each}:" for each in words]
    assert content_of(downloaded(standard)) == before


def test_an_earlier_sheet_is_taken_away_and_the_focus_stays_near(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    open_more(standard)
    put_beside(standard, *(earlier_sheet(framework, 9, day=day) for day in ("2018-12-01", "2019-06-03")))
    button(standard, "Take away 1 December 2018").click()
    assert beside(standard).count() == 1
    results = standard.locator("#results")
    assert "1 December 2018" not in results.inner_text()
    assert "Since 3 June 2019" in results.inner_text()
    assert standard.evaluate("document.activeElement.closest('[data-more]') !== null")
    button(standard, "Take away 3 June 2019").click()
    assert standard.locator("[data-change]").count() == 0
    assert beside(standard).count() == 0


def test_a_file_that_is_no_sheet_is_refused_beside_the_control_and_the_others_are_opened(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    before = content_of(downloaded(standard))
    open_more(standard)
    names = ["<b>領導.json", "good.balcony.json", "lost.balcony.json"]
    put_beside(standard, b"no sheet", earlier_sheet(framework, 9), sheet_of(form="lost"), names=names)
    control = standard.get_by_label(BESIDE)
    described = control.get_attribute("aria-describedby").split()
    said = " ".join(standard.locator(f"#{id_}").inner_text() for id_ in described)
    assert "<b>領導.json was not opened." in said
    assert 'lost.balcony.json was not opened. There is no form "lost".' in said
    assert "good" not in said
    assert beside(standard).count() == 1
    put_beside(standard, earlier_sheet(framework, 9, day="2018-12-01"))
    assert not standard.locator("#balcony-earlier-error").is_visible()
    assert content_of(downloaded(standard)) == before


def test_the_same_file_stands_beside_the_sheet_once(standard, framework):
    open_more(standard)
    for _ in range(2):
        put_beside(standard, earlier_sheet(framework, 9))
    assert beside(standard).count() == 1


def test_what_changed_follows_an_answer_that_is_changed(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    open_more(standard)
    earlier = earlier_sheet(framework, 9)
    put_beside(standard, earlier)
    answer_all(standard, dict.fromkeys(framework.indicators, 5))
    open_step(standard, "check")
    open_step(standard, "results")
    _, lenses = expected_changes(standard, "3 June 2019", earlier, content_of(downloaded(standard)))
    assert standard.evaluate(CHANGES) == lenses


def test_a_sheet_of_the_other_form_stands_beside_on_what_both_ask(page, site_address, framework):
    page.goto(site_address + QUICK)
    answer_all(page, random_answers(framework, "quick", 3))
    open_more(page)
    answers = {id_: {"answer": 2, "revision": each.revision} for id_, each in framework.indicators.items()}
    earlier = sheet_of(answers=answers, created="2019-06-03T09:30:00Z", changed="2019-06-03T11:00:00Z")
    put_beside(page, earlier)
    _, lenses = expected_changes(page, "3 June 2019", earlier, content_of(downloaded(page)))
    assert page.evaluate(CHANGES) == lenses


def test_looking_back_is_a_sheet_of_its_own_that_stands_beside_the_first(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    before = sheet_on(standard)
    write_note_on(standard, "shared-purpose", "In no file yet")
    controls = standard.evaluate(ANSWERS)
    open_more(standard)
    first = earlier_sheet(framework, 9, work="Fewer falls", team=NASTY[3])
    put_beside(standard, first)
    button(standard, "Answer again for 3 June 2019, knowing what you know now").click()
    wait_for_step(standard, "start")
    assert told(standard).startswith("Answer for how things were on 3 June 2019, as you see it now.")
    assert standard.evaluate("document.activeElement.tagName") == "H1"
    assert standard.locator("input:is([type=radio], [type=checkbox]):checked").count() == 0
    answer_all(standard, random_answers(framework, "standard", 4))
    again = content_of(downloaded(standard))
    found = json.loads(again)
    assert found["looking_back"] == json.loads(first)["changed"]
    assert (found["work"], found["team"]) == ("Fewer falls", NASTY[3])
    assert found["created"] >= before["created"]
    open_step(standard, "results")
    assert standard.locator("#results [data-scope]").inner_text().endswith("looking back to 3 June 2019")
    button(standard, "Bring them back").click()
    assert standard.evaluate(ANSWERS) == controls
    now_ = sheet_on(standard)
    assert {**now_["answers"]["shared-purpose"], "note": ""} == {**before["answers"]["shared-purpose"], "note": ""}
    open_more(standard)
    put_beside(standard, again, earlier_sheet(framework, 10, day="2020-01-31"))
    today = standard.evaluate(
        """async (moment) => (await import("#client/counts.js")).sayDay(moment)""", found["changed"]
    )
    names = [text.partition(" · ")[0].partition(" Take")[0] for text in beside(standard).all_text_contents()]
    assert names == ["3 June 2019", f"3 June 2019, as seen on {today}", "31 January 2020"]
    assert beside(standard).nth(1).get_by_role("button", name="Answer again").count() == 0
    assert f"Since 3 June 2019, as seen on {today}:" in standard.locator("#results").inner_text()
    assert sheet_on(standard) == now_


# The pocket card


STOP_PRINTING = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"


def print_card(page):
    """Have the card printed, and stop where the browser would begin."""
    page.evaluate(STOP_PRINTING)
    button(page, "Print the pocket card").click()
    page.wait_for_function("() => window.printed === 1")
    page.emulate_media(media="print")


def test_the_pocket_card_is_all_that_is_printed_and_then_it_is_gone(standard, framework):
    open_more(standard)
    print_card(standard)
    outline = framework.outline
    exercise = framework.exercises_by_id[outline.pocket_card]
    assert len(exercise.card) == 6
    lines = [exercise.name, *(f"{each.name} {each.question}" for each in exercise.card)]
    expected = [*lines, "Before you go", *outline.closing_questions]
    shown = [line for line in standard.evaluate("document.body.innerText").splitlines() if line]
    assert shown == expected
    overflowing = """() => [...document.querySelectorAll(".pocket > div")].filter(
        ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => scrollHeight > clientHeight || scrollWidth > clientWidth)"""
    assert standard.evaluate(overflowing) == []
    standard.evaluate("dispatchEvent(new Event('afterprint'))")
    assert standard.locator(".pocket").count() == 0
    standard.emulate_media(media="screen")
    assert visible_step(standard) == ["results"]


def test_the_pocket_card_does_not_show_on_the_screen(standard):
    open_more(standard)
    print_card(standard)
    standard.emulate_media(media="screen")
    assert not standard.locator(".pocket").is_visible()


def test_the_report_is_printed_with_the_plan(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    open_step(standard, "results")
    standard.evaluate(STOP_PRINTING)
    button(standard, "Print the report").click()
    standard.wait_for_function("() => window.printed === 1")
    assert framework.lenses[0].name in standard.locator("#plan").text_content()


# Without a network


def only_offline(faults):
    """What a browser itself writes when something cannot be fetched is no fault of the page."""
    assert all("ERR_INTERNET_DISCONNECTED" in fault or "ERR_FAILED" in fault for fault in faults), faults
    faults.clear()


@pytest.mark.parametrize("name", ["Print the report", "Download the result (JSON)", "Download the picture (SVG)", MORE])
def test_without_a_network_each_control_of_the_results_says_that_it_has_to_be_fetched(
    standard, framework, faults, name
):
    answer_all(standard, dict.fromkeys(framework.indicators, 3))
    open_step(standard, "results")
    standard.context.set_offline(True)
    standard.locator("#results").locator("button, summary").filter(has_text=name, visible=True).first.click()
    standard.get_by_text(TO_FETCH).first.wait_for()
    only_offline(faults)
    standard.context.set_offline(False)


def test_what_was_fetched_works_without_a_network_and_the_rest_says_so(standard, framework, faults):
    answer_all(standard, random_answers(framework, "standard", 3))
    open_more(standard)
    code = link_of(standard)
    standard.context.set_offline(True)
    standard.evaluate(STOP_PRINTING)
    before = sheet_on(standard)
    standard.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(standard, "Copy the summary").click()
    assert said_beside(standard, "Copy the summary") == "Copied."
    for name in ("Download the answers (CSV)", "Download the result (JSON)"):
        assert content_of(taken(standard, button(standard, name)))
    assert content_of(picture_of(standard, framework.lenses_by_id[framework.outline.headline_lenses[0]]))
    button(standard, "Print the pocket card").click()
    standard.get_by_text("The pocket card could not be fetched.").wait_for()
    button(standard, "Print the report").click()
    standard.get_by_text(TO_FETCH).first.wait_for()
    paste(standard, code)
    assert "this page has no network" in notice(standard)
    put_beside(standard, earlier_sheet(framework, 9))
    assert "this page has no network" in standard.locator("#balcony-earlier-error").inner_text()
    assert sheet_on(standard) == before
    assert standard.evaluate("window.printed") == 0
    only_offline(faults)


def test_what_could_not_be_fetched_is_there_once_there_is_a_network(standard, framework, faults):
    open_step(standard, "results")
    result_of(standard)
    standard.context.set_offline(True)
    standard.locator("[data-more] > summary").click()
    standard.get_by_text(TO_FETCH).first.wait_for()
    standard.context.set_offline(False)
    standard.locator("[data-more] > summary").click()
    open_more(standard)
    only_offline(faults)
    print_card(standard)
    assert framework.outline.name not in standard.evaluate("document.body.innerText")
