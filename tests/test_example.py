"""The worked example: an invented team whose pages say nothing that its sheets do not say, and what its macros show of any."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from random import Random

import pytest
from click.testing import CliRunner
from conftest import PROJECT
from hypothesis import given
from hypothesis import strategies as st
from run import DESKTOP, STANDARD, open_step, page_with, random_answers
from team_cases import sheet_of
from test_command import balcony
from test_team_page import gather, open_team

from generator import calls, reading, rounds, sheet
from generator.__main__ import main
from generator.agenda import LENGTHS, agenda
from generator.change import change, clear_change
from generator.problems import ProblemsError
from generator.round_pages import RoundPages, _inline
from generator.score import score
from generator.shortlist import aims_of, shortlist
from generator.team_page import team_data
from generator.team_view import team_view

CONTENT = PROJECT / "content"
PAGES = ("index", "round-one", "agenda", "plan", "round-two")
FIRST, SECOND, AGREED = "example/first", "example/second", "example/agreed"
INVENTED = "This team does not exist"


def files_of(folder):
    return sorted((CONTENT / folder).glob("*.balcony.json"))


def address_of(name):
    return "example/" if name == "index" else f"example/{name}/"


@pytest.fixture(scope="module")
def views():
    """What `balcony score --team` prints of each round."""
    found = {}
    for folder in (FIRST, SECOND):
        ran = CliRunner().invoke(main, ["score", "--team", *map(str, files_of(folder))])
        assert ran.exit_code == 0, ran.output
        found[folder] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def macros(framework):
    return {each.__name__: each for each in RoundPages(framework, PROJECT).macros()}


# The story


def test_eight_people_answered_twice_six_months_apart(views, framework):
    for folder in (FIRST, SECOND):
        assert views[folder]["sheets"] == {"own": 8, "others": 0, "set_aside": []}
        assert views[folder]["form"] == "standard"
    first, second = (
        [datetime.fromisoformat(sheet.read(path.read_bytes(), framework).changed) for path in files_of(folder)]
        for folder in (FIRST, SECOND)
    )
    assert 180 <= (min(second) - max(first)).days <= 190
    posts = re.findall(r"^- the ", (CONTENT / "example/index.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(posts) == 8


def test_what_the_pages_tell_is_what_the_sheets_say(views):
    """Each line is a claim of the pages' prose: where one fails, the prose has to change or the sheets."""
    first, second = views[FIRST], views[SECOND]
    triangle = first["lenses"]["strategic-triangle"]
    assert (triangle["state"], triangle["highest"]) == ("out-of-line", ["public-value"])
    assert all(triangle["dimensions"][id_]["band"] == 2 for id_ in ("authorising-environment", "operating-capacity"))
    asked = first["indicators"].items()
    assert [id_ for id_, each in asked if each.get("agreement") == "wide"] == ["lead-at-every-level"]
    assert [id_ for id_, each in asked if each.get("some_not_sure")] == [
        "picture-built-together",
        "notice-what-happens",
    ]
    assert sum(not each["visible"] for each in first["indicators"].values()) == 2
    assert first["discuss"][:3] == ["lead-at-every-level", "picture-built-together", "notice-what-happens"]
    assert "state" not in first["lenses"]["collective-impact"]
    assert [id_ for id_, each in first["warning_signs"].items() if each["reached_minimum_group"]] == ["put-off-again"]
    # Round two: what lags, what was apart, what is still hidden, and that more people gave a level.
    assert second["lenses"]["strategic-triangle"]["lowest"] == ["operating-capacity"]
    assert second["lenses"]["seven-messages"]["state"] == "essential-low"
    assert second["indicators"]["lead-at-every-level"]["agreement"] != "wide"
    assert sum(not each["visible"] for each in second["indicators"].values()) == 1
    perceiving = [view["lenses"]["six-ways"]["dimensions"]["perceiving"]["people_scored"] for view in (first, second)]
    assert perceiving[0] < perceiving[1]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("moved-up", ["Authorising environment"]),
        ("moved-down", ["Perceiving", "Many perspectives"]),
    ],
)
def test_something_moved_up_and_something_is_lower(macros, finding, expected):
    html = macros["team_moved"](FIRST, SECOND, finding)
    assert re.findall(r"<li[^>]*><b>([^<]*)</b>", html) == expected


def test_the_plan_has_three_lines_from_the_shortlist_each_with_a_post_and_a_day(framework, macros):
    found = rounds.read(CONTENT, AGREED, framework).agreed()
    assert len(found.actions) == 3
    assert all(each.who and each.by_when for each in found.actions)
    listed = re.findall(r'<li data-indicator="([^"]*)"', macros["agreed_shortlist"](AGREED))
    assert [each.indicator for each in found.actions] == listed


def test_every_sheet_says_that_it_is_invented():
    for folder in (FIRST, SECOND, AGREED):
        for path in files_of(folder):
            data = json.loads(path.read_bytes())
            assert "invented" in path.name
            assert "invented" in data["team"]
            assert "invented" in data["work"]


# What the prose may not do

_CALLS = re.compile(r"\{\{.*?\}\}|^---\n.*?^---\n|\]\([^)]*\)|\{:[^}]*\}", re.DOTALL | re.MULTILINE)
_NUMBERS = r"\b(two|three|four|five|six|seven|eight|nine|ten|half|twice|most of them|nobody answered|\d\S*)\b"


@pytest.mark.parametrize("name", PAGES)
def test_the_prose_states_no_figure_level_or_part_by_hand(name, framework):
    text = _CALLS.sub(" ", (CONTENT / f"example/{name}.md").read_text(encoding="utf-8"))
    text = re.sub(r"^\d\.", "", text, flags=re.MULTILINE)  # the number of a step
    for allowed in ("six months", "Round two", "round two", "tell the two apart"):  # the first of them is tested above
        text = text.replace(allowed, "")
    assert re.findall(_NUMBERS, text, re.IGNORECASE) == []
    parts = {part.name for lens in framework.lenses for part in lens.dimensions if " " in part.name}
    names = {level.name for level in framework.outline.levels} | parts | {lens.name for lens in framework.lenses}
    # "Shared" is a level, "shared" a word.
    assert [each for each in names if re.search(rf"\b{re.escape(each)}\b", text)] == []


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_at_its_top_that_the_team_is_invented(name, page, site_address):
    page.goto(site_address + address_of(name))
    # In sight before anything that the sheets say.
    before = page.locator("article > :is(h2, .admonition)").first
    assert INVENTED in before.inner_text()


# The pages as they are built


def words_of(locator):
    return [" ".join(each.split()) for each in locator.all_inner_texts()]


PLAIN = """
    const plain = ($each) => {
        const $copy = $each.cloneNode(true);
        for (const $meaning of $copy.querySelectorAll("[popover]")) $meaning.remove();
        return $copy.textContent.trim();
    };
"""
"""What an element says, without what the glossary says of its words."""


def said_in(locator):
    """What each element says."""
    return locator.evaluate_all(f"(all) => {{ {PLAIN} return all.map(plain); }}")


def test_the_pages_stand_in_the_navigation_and_lead_to_each_other(page, site_address):
    page.goto(site_address)
    tabs = words_of(page.locator(".md-tabs a"))
    assert tabs.index("Exercises") < tabs.index("Example") < tabs.index("Guide")
    page.goto(site_address + address_of("index"))
    led = {
        each.rstrip("/").rsplit("/", 1)[-1]
        for each in page.locator("article a").evaluate_all("all => all.map(each => each.href)")
    }
    assert {"round-one", "agenda", "plan", "round-two", "team"} <= led


def numbers_in(view):
    """Every mean and value that a view shows, as a page writes it."""
    shown = [each.get("shown") for each in view["indicators"].values()]
    parts = [part.get("shown") for lens in view["lenses"].values() for part in lens["dimensions"].values()]
    return {*shown, *parts} - {None}


@pytest.mark.parametrize(("name", "folders"), [("round-one", [FIRST]), ("round-two", [FIRST, SECOND])])
def test_every_number_is_one_that_the_command_prints(name, folders, page, site_address, views):
    page.goto(site_address + address_of(name))
    found = set(re.findall(r"\d+\.\d+", page.locator("article").inner_text()))
    assert found
    assert found <= {number for folder in folders for number in numbers_in(views[folder])}


def test_each_question_and_each_part_has_the_number_that_the_command_prints(page, site_address, views, framework):
    page.goto(site_address + address_of("round-one"))
    view, levels = views[FIRST], [level.name for level in framework.outline.levels]
    for id_, fields in view["indicators"].items():
        cells = words_of(page.locator(f'table tr[data-indicator="{id_}"] td'))
        if not fields["visible"]:
            assert cells == ["Not shown: too few people"]
            continue
        low, high = (levels[fields[end] - 1] for end in ("lowest", "highest"))
        assert cells[0].startswith(f"{fields['shown']} ")
        assert cells[1] == (low if low == high else f"{low} to {high}")
        assert cells[3] == ("some" if fields.get("some_not_sure") else "")
    for lens in framework.outline.headline_lenses:
        box = page.locator(f'.balcony-result[data-lens="{lens}"] + div')
        for part, fields in view["lenses"][lens]["dimensions"].items():
            row = words_of(box.locator(f'tr[data-dimension="{part}"] td'))
            people = fields["people_scored"]
            assert row == [f"{levels[fields['band'] - 1]} {fields['shown']}, from {people} people"]


def test_a_change_is_what_the_rule_for_teams_makes_of_both_views(page, site_address, views, framework):
    page.goto(site_address + address_of("round-two"))
    rows = page.locator("tr[data-finding]").evaluate_all("all => all.map(each => each.dataset.finding)")
    found = []
    for id_ in views[FIRST]["lenses"]["strategic-triangle"]["dimensions"]:
        one, other = (views[each]["lenses"]["strategic-triangle"]["dimensions"][id_] for each in (FIRST, SECOND))
        clear_at = clear_change(framework.settings, (one["people_scored"], other["people_scored"]))
        found.append(change(Fraction(one["value"]), Fraction(other["value"]), clear_at)["finding"])
    assert rows == found
    assert set(found) == {"no-clear-change", "moved-up"}


@pytest.mark.parametrize("name", PAGES)
def test_all_of_it_can_be_read_without_javascript_and_on_paper(name, open_page, site_address):
    bare = open_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    bare.goto(site_address + address_of(name))
    assert INVENTED in bare.locator("article").inner_text()
    assert bare.locator("article :is(table, ol)").last.is_visible()
    printed = open_page()
    printed.goto(site_address + address_of(name))
    printed.emulate_media(media="print")
    assert printed.evaluate("document.documentElement.scrollWidth <= innerWidth")


# The sheets themselves


def test_the_sheets_can_be_downloaded_one_by_one_and_all_at_once(page, site_address):
    page.goto(site_address + address_of("index"))
    for folder in (FIRST, SECOND):
        with page.expect_download() as download:
            page.locator(f'a[href$="{folder.partition("/")[2]}.zip"]').click()
        with zipfile.ZipFile(download.value.path()) as packed:
            content = {name.rpartition("/")[2]: packed.read(name) for name in packed.namelist()}
        assert content == {path.name: path.read_bytes() for path in files_of(folder)}
    for folder in (FIRST, SECOND, AGREED):
        for path in files_of(folder):
            link = page.locator(f'a[href$="{path.name}"]').first.get_attribute("href")
            assert page.request.get(f"{page.url}{link}").body() == path.read_bytes()


def test_an_archive_of_the_same_sheets_is_the_same_to_the_byte(tmp_path):
    copy = shutil.copytree(CONTENT / FIRST, tmp_path / "first", copy_function=shutil.copyfile)
    packed = rounds.archive(copy)
    assert packed == rounds.archive(CONTENT / FIRST)
    assert zipfile.ZipFile(BytesIO(packed)).testzip() is None


def test_the_team_page_says_of_the_sheets_what_the_example_says(open_page, site_address, framework):
    team = open_team(open_page, site_address)
    gather(team, [str(path) for path in files_of(FIRST)])
    assert team.locator("[data-people] li").count() == 8
    open_step(team, "view")
    page = open_page(viewport=DESKTOP)
    page.goto(site_address + address_of("round-one"))
    for lens in (*framework.outline.headline_lenses, "collective-impact"):
        said = team.locator(f'[data-lens="{lens}"] [data-message]').text_content()
        assert said_in(page.locator(f'.balcony-result[data-lens="{lens}"]')) == [said]
    standing = team.locator("ol[data-discuss] > li > p:nth-of-type(1)").all_text_contents()
    discussed = page.locator("#discuss ~ ol").first.locator("> li > span:nth-of-type(1)")
    assert said_in(discussed) == standing[:7]
    assert page.locator(".md-content .balcony-lead").inner_text() == team.locator("[data-basis]").inner_text()
    hand_out = team.locator("[data-table] tbody tr:has(td)").evaluate_all(CELLS)
    table = page.locator("#questions ~ .balcony-scroll tbody tr:has(td)").evaluate_all(CELLS)
    assert table == hand_out


CELLS = f"(rows) => {{ {PLAIN} return rows.map((row) => [...row.cells].map(plain)); }}"
PARTS = f"(all) => {{ {PLAIN} return all.map(($each) => [...$each.querySelectorAll(':is(strong, p, li):not([popover] *)')].map(plain)); }}"


def test_the_team_page_makes_the_agenda_that_the_example_shows(open_page, site_address):
    team = open_team(open_page, site_address)
    gather(team, [str(path) for path in files_of(FIRST)])
    open_step(team, "view")
    open_step(team, "agenda")
    page = open_page(viewport=DESKTOP)
    page.goto(site_address + address_of("agenda"))
    there = team.locator("[data-agenda] td").evaluate_all(PARTS)
    here = page.locator(".balcony-steps > li").evaluate_all(PARTS)
    assert here == there
    minutes = [re.sub(r"\D", "", each) for each in team.locator("[data-agenda] th small").all_inner_texts()]
    assert [re.sub(r"\D", "", each) for each in words_of(page.locator(".balcony-clock > span"))] == minutes
    assert sum(map(int, minutes)) == 90


def test_the_agreed_sheet_opens_in_the_form_with_its_results_and_its_plan(open_page, site_address):
    form = open_page(viewport=DESKTOP)
    form.goto(site_address + STANDARD)
    form.get_by_label("Open a saved sheet").set_input_files(str(files_of(AGREED)[0]))
    form.wait_for_function("() => document.querySelectorAll('fieldset.question input:checked').length === 11")
    page = open_page(viewport=DESKTOP)
    page.goto(site_address + address_of("plan"))
    open_step(form, "results")
    said = form.locator('#results [data-lens="strategic-triangle"] [data-message]').first.text_content()
    assert said_in(page.locator('.balcony-result[data-lens="strategic-triangle"]')) == [said]
    open_step(form, "plan")
    ids = "(all) => all.map((each) => each.dataset.indicator)"
    there = form.locator("#plan ol[data-shortlist] > li").evaluate_all(ids)
    assert page.locator("#shortlist ~ ol").first.locator("> li").evaluate_all(ids) == there
    lines = form.locator("#plan [data-field=commitment]").evaluate_all("(all) => all.map((each) => each.value)")
    assert all(line in page.locator("article").inner_text() for line in lines)
    assert len(lines) == 3


# Python and the browser say the same of any team


@pytest.fixture(scope="module")
def client(chromium, site_address):
    script = """async () => {
        const [agenda, shortlist] = await Promise.all([import("#client/agenda.js"), import("#client/shortlist.js")]);
        window.both = { ...agenda, ...shortlist };
    }"""
    with page_with(chromium, site_address + "team/", script) as page:
        yield page


def some_team(framework, seed):
    """A view of a random team: any size, form and mode; some are close, and some have others' views."""
    random = Random(seed)
    form = random.choice(list(framework.forms))
    close = {each.id: random.choice([2, 3, 3, 3, "not-sure"]) for each in framework.asked(form)}

    def one(at):
        answers = close if seed % 3 == 0 else random_answers(framework, form, seed * 100 + at)
        return sheet_of(answers, form=form, perspective="others" if seed % 4 == 1 and at % 2 else "own")

    sheets = [one(at) for at in range(random.choice([0, 3, 5, 6, 8, 11, 20, 30]))]
    how = {"mode": "open"} if seed % 5 == 0 else {"minimum_group": random.choice([3, 5])}
    return form, team_view(framework, form, sheets, **how)


def test_an_agenda_is_the_same_in_python_and_in_the_browser(client, framework):
    data = json.loads(json.dumps(team_data(framework)))
    teams = [some_team(framework, seed) for seed in range(60)]
    ours = [
        [part.fields() for part in made.parts] + [list(made.ground_rules), list(made.materials), made.title]
        for _, view in teams
        for minutes in LENGTHS
        for made in [agenda(framework, view, minutes)]
    ]
    theirs = client.evaluate(
        """([teams, { forms, texts }, lengths]) => teams.flatMap(([form, view]) => lengths.map((minutes) => {
            const { parts, ground_rules, materials, title } = both.agendaOf({ view, framework: forms[form], texts, minutes });
            return [...parts, ground_rules, materials, title];
        }))""",
        [json.loads(json.dumps(teams)), data, list(LENGTHS)],
    )
    assert ours == theirs
    kinds = {part["kind"] for made in ours for part in made if isinstance(part, dict)}
    assert kinds >= {"talk", "question", "lens", "exercise", "break", "why", "agree"}


def test_the_lengths_of_a_meeting_are_the_same_in_python_and_in_the_browser(client):
    theirs = client.evaluate("both.LENGTHS")
    ours = {str(minutes): length._asdict() for minutes, length in LENGTHS.items()}
    assert json.loads(json.dumps(ours)) == theirs


def test_a_shortlist_is_the_same_in_python_and_in_the_browser(client, framework):
    cases, ours = [], []
    for seed in range(40):
        random = Random(seed)
        form = random.choice(list(framework.forms))
        answers = random_answers(framework, form, seed)
        parts = [f"{lens.id}/{part.id}" for lens in framework.reported(form) for part in lens.dimensions]
        targets = {part: random.randint(1, 5) for part in random.sample(parts, random.choice([0, 1, 4]))}
        result = score(framework, form, answers)
        entries = shortlist(framework, form, answers, aims_of(framework, targets, result))
        ours.append([[entry.id, entry.level, [[aim.lens, aim.dimension] for aim in entry.aims]] for entry in entries])
        cases.append([form, answers, targets, result])
    theirs = client.evaluate(
        """([cases, { forms }]) => cases.map(([form, answers, targets, result]) =>
            both.shortlist(forms[form], answers, both.aimsOf(forms[form], targets, result)).map(({ id, level, aims }) =>
                [id, level, aims.map(({ lens, dimension }) => [lens, dimension])]))""",
        [json.loads(json.dumps(cases)), json.loads(json.dumps(team_data(framework)))],
    )
    assert ours == theirs
    assert any(aims for made in ours for _, _, aims in made)


# Folders that are not as they should be


@pytest.fixture
def content(tmp_path):
    """A folder of pages with one round, to spoil."""
    shutil.copytree(CONTENT / FIRST, tmp_path / "content" / "ours")
    return tmp_path / "content"


def spoil(content, **changes):
    """Change the first sheet of a round."""
    path = min((content / "ours").iterdir())
    data = json.loads(path.read_bytes())
    path.write_text(json.dumps({**data, **changes}, indent=1), encoding="utf-8")
    return f"content/ours/{path.name}"


def problems_of(content, framework):
    with pytest.raises(ProblemsError) as error:
        rounds.read(content, "ours", framework)
    return [str(each) for each in error.value.problems]


ANSWER = {"answer": 3, "revision": 1}


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"format": "other"}, "1:1", 'The file\'s format is "other"'),
        ({"answers": {"shared-purpose": {"answer": 9, "revision": 1}}}, "1:1", "has the level 9"),
        (
            {"answers": {"shared-porpoise": ANSWER}},
            "14:3",
            'did you mean "shared-purpose"? Give the answer the id of a question, or take it out',
        ),
        (
            {"answers": {"shared-purpose": {"answer": 3, "revision": 7}}},
            "14:3",
            "is to revision 7 of the question, which there is not yet; choose a level of revision 1, and write that number",
        ),
        (
            {"targets": {"strategic-triangle/nothing": 3}},
            None,
            'no part of a lens is called "strategic-triangle/nothing"',
        ),
        ({"warning_signs": ["put-of-again"]}, None, 'no warning sign has the id "put-of-again" any more; did you mean'),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said_with_its_file_and_what_to_do(content, framework, changes, line, said):
    file = spoil(content, **changes)
    (problem,) = problems_of(content, framework)
    assert problem.startswith(f"{file}:{line}" if line else file)
    assert said in problem


def test_a_file_that_is_no_sheet_is_named(content, framework):
    (content / "ours" / "x.balcony.json").write_bytes(b"{")
    (problem,) = problems_of(content, framework)
    assert problem.startswith("content/ours/x.balcony.json:1:1: The file cannot be read as JSON.")
    assert problem.endswith("; mend the file, or take it out of the folder")


def test_a_new_wording_or_a_new_version_breaks_nothing(content, framework):
    before = rounds.read(content, "ours", framework).view
    spoil(content, framework={"id": framework.id, "version": "1.0.7"})
    assert rounds.read(content, "ours", framework).view == before


def test_an_id_that_has_a_new_name_is_followed(framework):
    renamed = framework.indicators["shared-purpose"].model_copy(
        update={"id": "one-purpose", "formerly": ("shared-purpose",)}
    )

    class Renamed:
        """The framework with another id for one question."""

        indicators = {**framework.indicators, "one-purpose": renamed}  # noqa: RUF012
        indicators.pop("shared-purpose")

        def __getattr__(self, name):
            return getattr(framework, name)

    sheets = [sheet.read(path.read_bytes(), framework) for path in files_of(FIRST)]
    assert all(list(rounds._left_out(each, Renamed(), "file", "")) == [] for each in sheets)


def test_a_folder_that_is_not_there_is_answered_with_the_nearest(content, framework_folder):
    (content / "page.md").write_text('{{ team_basis("our") }}', encoding="utf-8")
    macros = calls.macros(reading.read(framework_folder), content.parent)
    assert list(map(str, calls.problems(content, macros))) == [
        'content/page.md:1:4: team_basis: there is no folder of sheets "our"; did you mean "ours"?'
    ]


def test_a_broken_sheet_ends_the_build_with_its_file_and_the_reason(tmp_path):
    for name in ("content", "framework", "generator"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    path = files_of(FIRST)[2]
    (tmp_path / "content" / FIRST / path.name).write_text("no sheet", encoding="utf-8")
    ran = balcony("build", cwd=tmp_path)
    assert ran.returncode == 1
    lines = [line for line in (ran.stdout + ran.stderr).splitlines() if ".balcony.json:" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"content/{FIRST}/{path.name}:1:1: The file cannot be read as JSON")
    assert not (tmp_path / "site").exists()


# Any folder of sheets


def test_a_round_may_have_sheets_that_take_no_part(content, framework):
    path = min((content / "ours").iterdir())
    shutil.copy(path, path.with_name("again.balcony.json"))
    found = RoundPages(framework, content.parent)
    assert found.team_basis("ours").startswith("From 8 sheets of the team")
    assert "1 is set aside" in found.team_basis("ours").replace("&#46;", ".")


def test_with_too_few_sheets_nothing_is_shown_and_nothing_breaks(content, framework):
    for path in sorted((content / "ours").iterdir())[3:]:
        path.unlink()
    macros = RoundPages(framework, content.parent)
    assert "Too few people answered the questions behind this lens." in macros.team_lenses("ours")
    assert "<svg" not in macros.result_picture("ours", "strategic-triangle")
    assert "Why there are no results yet" in macros.team_agenda("ours", "60")
    assert not re.findall(r"\d\.\d", macros.team_questions("ours") + macros.team_discuss("ours"))


def test_a_result_picture_says_in_words_what_it_shows(macros, views):
    html = macros["result_picture"](FIRST, "strategic-triangle")
    (label,) = re.findall(r'role="img" aria-label="([^"]*)"', html)
    parts = views[FIRST]["lenses"]["strategic-triangle"]["dimensions"].values()
    assert [each["shown"] for each in parts] == re.findall(r"\d\.\d", label)
    assert "style=" not in html


def test_a_result_picture_can_be_of_one_sheet(macros, framework):
    path = files_of(FIRST)[0]
    found = sheet.read(path.read_bytes(), framework)
    parts = score(framework, found.form, found.answers_to(framework))["lenses"]["six-ways"]["dimensions"].values()
    html = macros["result_picture"](f"{FIRST}/{path.name}", "six-ways")
    (label,) = re.findall(r'role="img" aria-label="([^"]*)"', html)
    assert re.findall(r"\d\.\d", label) == [each["shown"] for each in parts]


HOSTILE = """*a* _b_ <script>x</script> " ' [c](d) # `e` {{ f }} &amp;"""


@given(st.lists(st.sampled_from(HOSTILE), max_size=20).map("".join))
def test_what_a_sheet_says_is_never_markup(text):
    assert not set(_inline(text)) & set("*_<>[]`{}\"'")
