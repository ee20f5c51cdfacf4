"""Gathering a team's sheets: which take part, alike on the team's page, on the command line and in a cohort; and how the page tells it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hostile_sheets import SCRIPTS, hostile_sheets
from hypothesis import given, settings
from hypothesis import strategies as st
from run import FORMS, open_step, page_with
from test_opening import MADE
from test_reading_sheets import reasons_in_python
from test_short_code import MODULES, asked_in, codes_of, fields_of
from test_team_page import (
    STEPS,
    TEAM,
    aside,
    file_of,
    gather,
    open_team,
    paste,
    prepare,
    sheet_of,
    taken,
    team_of,
    view_of,
    view_of_command,
)

from generator.cohort import summarise
from generator.gathering import AGREED, set_aside, usual_form
from generator.sheet import read, rules

CASES = json.loads((Path(__file__).parent / "vectors" / "gathering.json").read_text(encoding="utf-8"))["cases"]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
FEW = settings(max_examples=settings.default.max_examples // 5)


# One rule, three times


def files_of(framework, sheets):
    """The sheets of a case as their files have them, by name."""
    first = {"format": "balcony-sheet/1", "framework": {"id": framework.id, "version": framework.version}}
    return {
        name: {
            "form": "standard",
            **first,
            **fields,
            "answers": {id_: {"answer": level, "revision": 1} for id_, level in fields["answers"].items()},
        }
        for name, fields in sheets.items()
    }


def in_python(framework, files):
    return set_aside(sheets_in(framework, files))


def sheets_in(framework, files):
    return {name: read(json.dumps(each).encode(), framework) for name, each in files.items()}


def in_a_cohort(framework, files):
    """What a cohort of the files refuses."""
    with TemporaryDirectory() as folder:
        names = {}
        for number, (name, each) in enumerate(files.items()):
            path = Path(folder) / f"{number}.json"
            path.write_text(json.dumps(each), encoding="utf-8")
            names[str(path)] = name
        summarise(framework, map(Path, names), Path(folder), minimum=5)
        with (Path(folder) / "refused.csv").open(encoding="utf-8", newline="") as file:
            refused = {each["file"]: each["reason"] for each in csv.DictReader(file)}
    for path, name in names.items():
        refused = {file: reason.replace(path, name) for file, reason in refused.items()}
    return {names[file]: reason for file, reason in refused.items()}


@pytest.fixture(scope="module")
def browser(chromium, site_address):
    """The team's page, with what it makes of sheets at hand."""
    with page_with(
        chromium,
        site_address + TEAM,
        """async () => {
            const { setAside, usualForm } = await import("#client/gathering.js");
            window.aside = (all) => Object.fromEntries([...setAside(all)].map(([{ file }, reason]) => [file, reason]));
            window.usual = usualForm;
        }""",
    ) as page:
        yield page


def in_chromium(browser, files):
    return browser.evaluate("aside", [{"file": name, "sheet": each} for name, each in files.items()])


@every_case
def test_sheets_are_set_aside_as_published_alike_everywhere(case, framework, browser):
    files = files_of(framework, case["sheets"])
    assert in_python(framework, files) == case["set_aside"]
    assert in_chromium(browser, files) == case["set_aside"]
    assert in_a_cohort(framework, files) == case["set_aside"]


MOMENTS = [f"2026-11-22T09:30:0{second}{rest}Z" for second in (0, 1) for rest in ("", ".1", ".100")]
CHANGED = [
    "2026-11-22T09:58:12Z",
    "2026-11-22T10:58:12+01:00",
    "2026-11-22T09:58:12.0009Z",
    "2026-11-22T05:58:13-04:00",
    "1000-01-01T00:00:00.999999999-23:59",
    "2999-12-31T23:59:59.1Z",
]
some_sheets = st.lists(
    st.fixed_dictionaries(
        {"answers": st.dictionaries(st.sampled_from(["shared-purpose", "one-table"]), st.integers(1, 2))},
        optional={
            "created": st.sampled_from(MOMENTS),
            "changed": st.sampled_from(CHANGED),
            "agreed": st.booleans(),
            "form": st.sampled_from(list(FORMS)),
        },
    ),
    max_size=12,
).map(lambda sheets: {f"sheet {number}": each for number, each in enumerate(sheets)})


@given(sheets=some_sheets)
def test_any_sheets_are_set_aside_alike_in_both_languages(framework, browser, sheets):
    files = files_of(framework, sheets)
    assert in_chromium(browser, files) == in_python(framework, files)


@given(sheets=some_sheets)
@FEW
def test_any_sheets_are_set_aside_alike_in_a_cohort(framework, sheets):
    files = files_of(framework, sheets)
    assert in_a_cohort(framework, files) == in_python(framework, files)


@given(sheets=some_sheets)
def test_most_sheets_settle_the_form_alike_in_both_languages(framework, browser, sheets):
    found = list(sheets_in(framework, files_of(framework, sheets)).values())
    forms = {id_: {"revisions": {each.id: each.revision for each in framework.asked(id_)}} for id_ in framework.forms}
    all_ = [{"sheet": {"form": each.form}} for each in found]
    assert browser.evaluate("([forms, all]) => usual(forms, all)", [forms, all_]) == usual_form(framework, found)


# On the team's page


@pytest.fixture
def team(open_page, site_address):
    """The team's page."""
    return open_team(open_page, site_address)


def told(page):
    """Each that takes part, with what is told of it."""
    words = "(all) => all.map(($each) => [...$each.childNodes].slice(0, -1).map(({ textContent }) => textContent).join('').trim())"
    return page.locator("[data-people] li").evaluate_all(words)


def take_away(page, name):
    page.get_by_role("button", name=f"Take away {name}", exact=True).click()


def test_eight_files_at_once_take_part(team, framework):
    files = team_of(framework, 8)
    gather(team, files)
    assert taken(team) == [each["name"] for each in files]
    assert aside(team) == []
    assert team.locator("[data-gathered]").inner_text() == "8 sheets take part."


def test_a_folder_takes_part_with_its_folders_and_other_files_are_passed_over(team, framework, tmp_path):
    (tmp_path / "inner").mkdir()
    for place, each in zip(("a.json", "b.balcony.json", "inner/c.json"), team_of(framework, 3), strict=True):
        (tmp_path / place).write_bytes(each["buffer"])
    (tmp_path / "photo.jpg").write_bytes(b"no sheet")
    gather(team, str(tmp_path), "Add a folder of sheets")
    team.get_by_text("3 sheets take part.").wait_for()
    assert {each.partition("/")[2] for each in taken(team)} == {"a.json", "b.balcony.json", "inner/c.json"}
    assert aside(team) == []


@pytest.mark.parametrize("files", [(), ("photo.jpg",)])
def test_a_folder_without_a_sheet_says_so(team, framework, tmp_path, files):
    gather(team, team_of(framework, 2))
    for name in files:
        (tmp_path / name).write_bytes(b"no sheet")
    team.get_by_label("Add a folder of sheets").set_input_files(str(tmp_path))
    team.get_by_text("There is no sheet in it: their names end in .json.").wait_for()
    assert len(taken(team)) == 2


def codes_for(page, framework, form, seeds):
    page.evaluate(MODULES)
    asked = asked_in(framework, form)
    sheets = [sheet_of(framework, form, seed) for seed in seeds]
    answers = [({id_: each["answer"] for id_, each in sheet["answers"].items()}, sheet) for sheet in sheets]
    return codes_of(
        page,
        asked,
        [fields_of(asked, given, sheet["warning_signs"], created=sheet["created"]) for given, sheet in answers],
    )


def link_for(page, sheet, site="https://balcony.example.org/assess/standard/"):
    encode = "async (text) => (await import('#client/code.js')).encode(text)"
    return f"{site}#sheet={page.evaluate(encode, json.dumps(sheet))}"


def test_codes_and_links_among_other_text_count_as_the_files_would(team, framework, tmp_path):
    codes = codes_for(team, framework, "standard", range(3))
    links = [link_for(team, sheet_of(framework, seed=seed)) for seed in (3, 4)]
    broken = "\n".join(re.findall(".{1,76}", link_for(team, sheet_of(framework, seed=5))))
    letter = (
        f"Hello Ann,\n> {codes[0]}\nand Ben's is below.\n{codes[1].lower()}\n\nMine: {links[0]}, from the balcony.\n"
    )
    paste(team, f"{letter}Kind regards\n{links[1]}\n{codes[2]}\n")
    assert (len(taken(team)), aside(team)) == (5, [])
    assert team.get_by_label("Add codes or links").input_value() == ""
    paste(team, broken)
    assert (len(taken(team)), aside(team)) == (6, [])
    files = team_of(framework, 6)
    assert view_of(team) == view_of_command(tmp_path, files, "--form", "standard")


def test_a_damaged_code_says_so_and_the_others_count(team, framework):
    first, second = codes_for(team, framework, "quick", (1, 2))
    groups = second.split()
    damaged = " ".join([*groups[:4], groups[4][::-1], *groups[5:]])
    assert damaged != second
    paste(team, f"{first}\n{damaged}")
    assert len(taken(team)) == 1
    ((name, reason),) = aside(team)
    assert name == "Code 2"
    assert groups[4][::-1] in reason


def test_text_without_a_code_stays_where_it_was_pasted(team):
    paste(team, "See you on Monday. ")
    assert aside(team) == [("What was pasted", "There is no code in it.")]
    assert team.get_by_label("Add codes or links").input_value() == "See you on Monday. "


def test_a_sheet_that_comes_twice_counts_once(team, framework):
    # A file tells the millisecond, a code the second.
    (one,) = team_of(framework, 1, created="2026-11-01T00:00:00.120Z")
    (code,) = codes_for(team, framework, "standard", [0])
    gather(team, [one, {**one, "name": "again.json"}])
    paste(team, code)
    assert taken(team) == ["0000.balcony.json"]
    assert aside(team) == [(name, "The same sheet as 0000.balcony.json.") for name in ("again.json", "Code 1")]


def test_what_was_set_aside_because_of_a_sheet_comes_back_when_that_is_taken_away(team, framework):
    begun = "2026-11-22T09:30:00.120Z"
    states = [
        file_of(sheet_of(framework, seed=at, created=begun, changed=f"2026-11-22T1{at}:00:00Z"), f"{at}.json")
        for at in (1, 3, 2)
    ]
    gather(team, [*states, {**states[1], "name": "copy.json"}])
    assert taken(team) == ["3.json"]
    earlier = [(name, "An earlier state of the sheet 3.json.") for name in ("1.json", "2.json")]
    assert aside(team) == [*earlier, ("copy.json", "The same sheet as 3.json.")]
    take_away(team, "3.json")
    assert taken(team) == ["copy.json"]
    assert aside(team) == [(name, "An earlier state of the sheet copy.json.") for name in ("1.json", "2.json")]
    take_away(team, "copy.json")
    assert (taken(team), aside(team)) == (["2.json"], [("1.json", "An earlier state of the sheet 2.json.")])
    take_away(team, "2.json")
    assert (taken(team), aside(team)) == (["1.json"], [])
    take_away(team, "1.json")
    assert not team.locator("[data-people], [data-aside]").first.is_visible()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_states_of_a_sheet_the_later_counts(team, framework, tmp_path, order):
    levels = dict.fromkeys((each.id for each in framework.asked("quick")), 2)
    begun = {"created": "2026-11-22T09:30:00.120Z"}
    # The later one in another zone: by its letters alone it would be the earlier.
    early = sheet_of(framework, "quick", levels=levels, changed="2026-11-22T10:00:00Z", **begun)
    changed = {**levels, "shared-purpose": 5}
    late = sheet_of(framework, "quick", levels=changed, changed="2026-11-22T09:30:00-05:00", **begun)
    files = [file_of(early, "early.json"), file_of(late, "late.json")]
    gather(team, [files[at] for at in order])
    assert taken(team) == ["late.json"]
    assert aside(team) == [("early.json", "An earlier state of the sheet late.json.")]
    prepare(team, "quick", "open")
    found = view_of(team)
    assert found["indicators"] == view_of_command(tmp_path, files[1:], "--mode", "open")["indicators"]


def test_two_who_began_in_the_same_second_both_count_and_the_page_asks_whether_they_are_one(team, framework):
    moments = ("00.120Z", "00.480Z", "00Z")
    files = [
        file_of(sheet_of(framework, seed=at, created=f"2026-11-22T09:30:{moment}"), f"{at}.json")
        for at, moment in enumerate(moments)
    ]
    gather(team, files)
    asks = "Begun in the same second as 0.json. If both are one person's, take one away."
    assert told(team) == ["0.json Own view.", "1.json Own view.", f"2.json Own view. {asks}"]
    assert aside(team) == []


def test_a_code_of_a_sheet_that_was_changed_since_is_asked_about(team, framework):
    (code,) = codes_for(team, framework, "standard", [3])
    changed = sheet_of(framework, seed=3)
    changed["answers"] = {"shared-purpose": {"answer": 5, "revision": 1}}
    paste(team, code)
    gather(team, [file_of({**changed, "created": changed["created"].replace("Z", ".750Z")}, "changed.json")])
    asks = "Begun in the same second as Code 1. If both are one person's, take one away."
    assert told(team) == ["Code 1 Own view.", f"changed.json Own view. {asks}"]


def test_other_forms_and_versions_take_part_with_a_remark_and_other_frameworks_do_not(team, framework):
    versioned = sheet_of(framework, seed=2)
    versioned["framework"]["version"] = "0.9.0"
    versioned["answers"] = {
        "shared-purpose": {"answer": 4, "revision": 99},
        "gone-since": {"answer": 2, "revision": 1},
        "time-to-think": {"answer": 3, "revision": 1},
    }
    files = [
        file_of(sheet_of(framework, seed=1), "good.json"),
        file_of(sheet_of(framework, "quick"), "quick.json"),
        file_of(versioned, "old.json"),
        file_of({**sheet_of(framework), "framework": {"id": "an-edition", "version": "1.0.0"}}, "edition.json"),
        file_of(sheet_of(framework, perspective="others", seed=3), "partner.json"),
        file_of(b"no sheet", "notes.json"),
    ]
    gather(team, files)
    assert told(team) == [
        "good.json Own view.",
        "quick.json Own view. Another form: it takes part with the questions that both ask.",
        "old.json Own view. Filled in with version 0.9.0 of the questions. Answers that cannot be counted here: 2.",
        "partner.json The view of others.",
    ]
    (edition, reason), (notes, why) = aside(team)
    assert (edition, notes) == ("edition.json", "notes.json")
    assert "an-edition" in reason
    assert why == "The file cannot be read as JSON. Choose a file whose name ends in .balcony.json."
    prepare(team, "quick")
    assert told(team)[:2] == [
        "good.json Own view. Another form: it takes part with the questions that both ask.",
        "quick.json Own view.",
    ]


def test_hostile_files_among_good_ones_are_set_aside_with_their_reasons_and_run_nothing(team, framework):
    made = set(team.evaluate(MADE))
    hostile = [(name, content) for name, content in hostile_sheets(rules(framework), 120)]
    files = [file_of(content, f"{number} {SCRIPTS[0]}.json") for number, (_, content) in enumerate(hostile)]
    good = team_of(framework, 5)
    gather(team, [*files[:60], *good, *files[60:]])
    reasons = {
        each["name"]: " ".join(found) for each in files if (found := reasons_in_python(each["buffer"], framework))
    }
    said = dict(aside(team))
    assert {name: " ".join(said.get(name, "").split()) for name in reasons} == {
        name: " ".join(each.split()) for name, each in reasons.items()
    }
    assert len(taken(team)) + len(aside(team)) == len(files) + len(good)
    assert {each["name"] for each in good} <= set(taken(team))
    for step in STEPS:
        open_step(team, step)
    assert set(team.evaluate(MADE)) == made
    assert team.evaluate("({}).polluted") is None


def test_one_is_taken_away_again_and_the_keyboard_stays_where_it_was(team, framework):
    gather(team, team_of(framework, 3))
    for name, rest in (("0001", ["0000", "0002"]), ("0002", ["0000"]), ("0000", [])):
        team.get_by_role("button", name=f"Take away {name}.balcony.json").click()
        assert taken(team) == [f"{each}.balcony.json" for each in rest]
        where = team.evaluate("document.activeElement.textContent || document.activeElement.id")
        assert where == (f"Take away {rest[-1]}.balcony.json" if rest else "balcony-sheets")
    assert team.locator("[data-gathered]").inner_text() == "0 sheets take part."
    assert not team.locator("[data-people]").is_visible()


@pytest.mark.parametrize("name", ["<b>bold</b>", "領導", *SCRIPTS])
def test_names_are_text(team, framework, name):
    made = team.evaluate(MADE)
    gather(team, [file_of(sheet_of(framework), name), file_of(b"", f"{name} again")])
    assert taken(team) == [name.strip()]
    assert [each for each, _ in aside(team)] == [f"{name} again"]
    team.get_by_label("Name of the team").fill(name)
    open_step(team, "view")
    assert team.locator("#view [data-scope]").text_content() == name.strip()
    assert set(team.evaluate(MADE)) == set(made)


def test_sheets_that_are_dropped_while_the_view_is_open_are_in_it(team, framework):
    gather(team, team_of(framework, 5))
    open_step(team, "view")
    dropped = [(each["name"], each["buffer"].decode()) for each in team_of(framework, 2, start=5)]
    team.evaluate(
        """(files) => {
            const dataTransfer = new DataTransfer();
            for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
            document.forms[0].dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        dropped,
    )
    team.get_by_text("From 7 sheets of the team.").wait_for()


def test_a_thousand_sheets_all_take_part_and_the_page_answers_while_it_reads(team, framework, tmp_path):
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    files = [
        file_of(sheet_of(framework, random_form, number, perspective=perspective), f"{number:04}.json")
        for number, (random_form, perspective) in enumerate(
            (("standard", "quick", "standard")[number % 3], ("own", "own", "own", "others")[number % 4])
            for number in range(1000)
        )
    ]
    for each in files:
        (sheets / each["name"]).write_bytes(each["buffer"])
    team.evaluate(
        """() => {
            window.heard = [];
            const $gathered = document.querySelector("[data-gathered]");
            new MutationObserver(() => heard.push($gathered.textContent)).observe($gathered, { childList: true });
            window.ticks = 0;
            setInterval(() => ticks++, 1);
        }"""
    )
    team.get_by_label("Add sheets").set_input_files([str(sheets / each["name"]) for each in files])
    team.wait_for_function("() => document.querySelector('[data-gathered]').textContent === '1000 sheets take part.'")
    heard = team.evaluate("heard")
    assert heard[0] == "20 of 1000 read."
    assert len(heard) == 51
    assert team.evaluate("ticks") > 10
    assert (len(taken(team)), aside(team)) == (1000, [])
    assert view_of(team) == view_of_command(tmp_path, files, "--form", "standard")


def test_codes_are_numbered_on_from_paste_to_paste(team, framework):
    codes = codes_for(team, framework, "quick", range(4))
    link = link_for(team, sheet_of(framework, "quick", 9))
    paste(team, "\n".join(codes[:3]))
    take_away(team, "Code 2")
    paste(team, link)
    paste(team, codes[3])
    assert taken(team) == ["Code 1", "Code 3", "Link 1", "Code 4"]


def test_a_sheet_that_the_team_agreed_on_is_nobodys_own_view(team, framework, tmp_path):
    files = [*team_of(framework, 5), file_of(sheet_of(framework, seed=9, agreed=True), "agreed.json")]
    gather(team, files)
    assert aside(team) == [("agreed.json", AGREED)]
    view = view_of(team)
    assert view["sheets"] == {"own": 5, "others": 0, "set_aside": [{"file": "agreed.json", "reason": AGREED}]}
    assert view_of_command(tmp_path, files) == view


def usual(page):
    """The form that is chosen, and whether the page says that it was the one to choose it."""
    says = page.locator("[data-usual]").inner_text()
    assert says in ("", "Chosen after the sheets that take part. You can choose another.")
    return page.locator("[name=form]:checked").get_attribute("value"), bool(says)


def test_the_page_chooses_the_form_that_most_sheets_answer_until_somebody_does(team, framework):
    assert usual(team) == ("standard", False)
    gather(team, team_of(framework, 2, "quick"))
    assert usual(team) == ("quick", True)
    gather(team, team_of(framework, 2, start=10))
    assert usual(team) == ("standard", True)
    take_away(team, "0010.balcony.json")
    assert usual(team) == ("quick", True)
    # What the page has chosen is chosen by hand, too.
    team.locator("[name=form][value=quick]").click()
    assert usual(team) == ("quick", False)
    gather(team, team_of(framework, 2, start=20))
    assert usual(team) == ("quick", False)
    team.keyboard.press("ArrowDown")
    assert usual(team) == ("standard", False)


def test_a_form_that_was_chosen_before_the_sheets_came_stays(team, framework):
    prepare(team, "quick")
    gather(team, team_of(framework, 3))
    assert usual(team) == ("quick", False)


def test_people_are_told_to_look_only_once_all_sheets_are_in_unless_they_look_openly(team, framework):
    once = team.get_by_text("Look only once all sheets are in: a view before and after one more sheet can tell")
    assert not once.is_visible()
    gather(team, team_of(framework, 5))
    assert once.is_visible()
    prepare(team, mode="open")
    assert not once.is_visible()
    gather(team, team_of(framework, 1, start=9))
    assert not once.is_visible()
    prepare(team, mode="anonymous")
    assert once.is_visible()


def test_codes_come_from_the_part_of_the_team_that_is_named_beside_them(team, framework):
    codes = codes_for(team, framework, "standard", range(3))
    links = [link_for(team, sheet_of(framework, seed=seed, **of)) for seed, of in ((5, {"team": "East"}), (6, {}))]
    paste(team, codes[0])
    team.get_by_label("Part of the team that these come from").fill(" North <b> ")
    paste(team, f"{codes[1]} {links[0]} {links[1]}")
    gather(team, [file_of(sheet_of(framework, seed=8, team="West"), "west.json")])
    team.get_by_label("Part of the team that these come from").fill("South")
    paste(team, codes[2])
    assert told(team) == [
        "Code 1 Own view.",
        "Link 1 Own view. Team: East.",
        "Link 2 Own view.",
        "Code 2 Own view. Team: North <b>.",
        "west.json Own view. Team: West.",
        "Code 3 Own view. Team: South.",
    ]


def test_a_long_name_of_a_team_is_cut_and_turns_no_letters(team, framework):
    gather(team, [file_of(sheet_of(framework, team="\u202eab" + "c" * 500), "a.json")])
    (words,) = told(team)
    assert words == f"a.json Own view. Team: \N{REPLACEMENT CHARACTER}ab{'c' * 56}…."


def test_many_people_are_no_wall(team, framework):
    gather(team, team_of(framework, 12))
    assert not team.locator("[data-people] details").is_visible()
    gather(team, team_of(framework, 3, start=12))
    assert team.locator("[data-people] li:visible").count() == 12
    team.get_by_text("The others: 3").click()
    assert team.locator("[data-people] li:visible").count() == 15
    take_away(team, "0013.balcony.json")
    assert team.evaluate("document.activeElement.textContent") == "Take away 0014.balcony.json"
    take_away(team, "0000.balcony.json")
    assert team.locator("[data-people] li:visible").count() == 13
    take_away(team, "0001.balcony.json")
    assert not team.locator("[data-people] details").is_visible()
    assert taken(team) == [f"{at:04}.balcony.json" for at in (*range(2, 13), 14)]
