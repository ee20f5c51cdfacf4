"""Parts of a team beside each other: on the page, in what it hands out, and on the command line."""

from __future__ import annotations

import axe
import pytest
from click.testing import CliRunner
from conftest import PROJECT
from run import DESKTOP, PHONE, open_step
from test_every_state import SMALL_TARGETS
from test_team_page import file_of, gather, open_details, prepare, sheet_of, team, texts_of, view_of, view_of_command

from generator.__main__ import main

__all__ = ["team"]

HIDDEN = "Too few people answered"
NONE_SHOWN = "No part can be shown: too few people name the same one."


def files_of(framework, *parts, form="standard"):
    """The files of a team's parts: for each its name, how many people, and the level that all of them give, or their levels."""
    files = []
    for name, people, level, *more in parts:
        for _ in range(people):
            seed = len(files)
            levels = level if isinstance(level, dict) else dict.fromkeys((e.id for e in framework.asked(form)), level)
            fields = more[0] if more else {}
            sheet = sheet_of(framework, form, seed, levels=levels, team=name, **fields)
            files.append(file_of(sheet, f"{seed:04}.balcony.json"))
    return files


def compare(page, by):
    page.get_by_label("Compare parts of the team by").select_option(label=by)


def shown(page, words):
    """Wait for a sentence on what is shown."""
    page.locator("[data-subgroups] [role=status]").get_by_text(words).wait_for()


def status(page):
    return page.locator("[data-subgroups] [role=status]").inner_text()


def rows_of(page, lens):
    return [texts_of(row.locator("th, td")) for row in page.locator(f'[data-cut="{lens}"] tr').all()]


def first_lens(framework):
    return framework.lenses_by_id[framework.outline.headline_lenses[0]]


@pytest.fixture
def two_parts(team, framework):
    """Six people of the coast and six of the hills."""
    gather(team, files_of(framework, ("Coast", 6, 4), ("Hills", 6, 2)))
    open_step(team, "view")
    return team


def test_nothing_is_compared_before_somebody_asks(two_parts):
    assert two_parts.locator("[name=by]").input_value() == ""
    assert not two_parts.locator("[data-cut]").count()
    assert not two_parts.locator("[data-subgroups] [role=status]").is_visible()
    assert "subgroups" not in view_of(two_parts)
    words = "Choose one cut, before anybody looks: two cuts side by side can tell of one person."
    assert two_parts.get_by_text(words).is_visible()


def test_six_and_six_stand_beside_the_whole_team_lens_by_lens(two_parts, framework):
    compare(two_parts, "Team named on the sheet")
    shown(two_parts, "Beside the whole team: Coast and Hills.")
    lens = first_lens(framework)
    names = {level.level: level.name for level in framework.outline.levels}
    head, *rows = rows_of(two_parts, lens.id)
    assert head == ["Part", "The whole team", "Coast, 6 people", "Hills, 6 people"]
    assert rows == [
        [
            part.name,
            f"{names[3]} 3.0, from 12 people",
            f"{names[4]} 4.0, from 6 people",
            f"{names[2]} 2.0, from 6 people",
        ]
        for part in lens.dimensions
    ]
    order = two_parts.locator("[data-cut]").evaluate_all("(all) => all.map(({ dataset }) => dataset.cut)")
    headlines = [each.id for each in framework.lenses if each.id in framework.outline.headline_lenses]
    others = [each.id for each in framework.lenses if each.id not in headlines]
    assert order == headlines + others
    assert not two_parts.locator(f'[data-cut="{others[0]}"]').is_visible()
    two_parts.locator("[data-subgroups] summary").click()
    assert two_parts.locator(f'[data-cut="{others[0]}"]').is_visible()


def test_of_six_and_three_neither_is_shown_because_the_whole_would_give_the_three_away(team, framework):
    gather(team, files_of(framework, ("Coast", 6, 4), ("Hills", 3, 2)))
    open_step(team, "view")
    compare(team, "Team named on the sheet")
    shown(team, NONE_SHOWN)
    assert not team.locator("[data-cut]").count()
    assert view_of(team)["subgroups"] == {"by": "team", "groups": [], "hidden": True}
    for words in ("Coast", "Hills"):
        assert words not in team.locator("[data-subgroups]").inner_text()


def test_parts_that_are_too_small_are_not_named(team, framework):
    gather(team, files_of(framework, ("Coast", 6, 4), ("Hills", 3, 2), ("Moor", 2, 2)))
    open_step(team, "view")
    compare(team, "Team named on the sheet")
    shown(team, "Beside the whole team: Coast.")
    assert "Some people are in none of these: they are too few to be shown, or do not say." in status(team)
    for words in ("Hills", "Moor"):
        assert words not in team.locator("[data-subgroups]").inner_text()


def test_where_a_part_has_too_few_levels_no_part_shows_what_hangs_on_the_question(team, framework):
    asked = [each.id for each in framework.asked("quick")]
    part, lens = next(
        (part, lens)
        for lens in framework.reported("quick")
        for part in lens.dimensions
        if any(id_ in asked for id_ in part.indicators)
    )
    (question, *_) = (id_ for id_ in part.indicators if id_ in asked)
    unsure = {**dict.fromkeys(asked, 2), question: "not-sure"}
    gather(
        team,
        files_of(framework, ("Coast", 6, 4), ("Hills", 4, 2), ("Hills", 2, unsure), form="quick"),
    )
    open_step(team, "view")
    compare(team, "Team named on the sheet")
    shown(team, "Where a part could tell of too few people, nothing is shown of any part.")
    (row,) = (row for row in rows_of(team, lens.id) if row[0] == part.name)
    assert row[2:] == [HIDDEN, HIDDEN]
    assert row[1] != HIDDEN


def test_another_cut_takes_the_place_of_the_first_and_do_not_compare_takes_it_away(team, framework):
    question = framework.outline.context[0]
    first, second = question.options[:2]
    gather(
        team,
        files_of(
            framework,
            ("Coast", 5, 4, {"context": {question.id: first.id}}),
            ("Hills", 5, 2, {"context": {question.id: first.id}}),
            ("Hills", 5, 3, {"context": {question.id: second.id}}),
        ),
    )
    open_step(team, "view")
    compare(team, "Team named on the sheet")
    shown(team, "Beside the whole team: Coast and Hills.")
    compare(team, question.question)
    shown(team, f"Beside the whole team: {first.label} and {second.label}.")
    lens = first_lens(framework)
    head = rows_of(team, lens.id)[0]
    assert head == ["Part", "The whole team", f"{first.label}, 10 people", f"{second.label}, 5 people"]
    assert team.locator(f'[data-cut="{lens.id}"]').count() == 1
    assert view_of(team)["subgroups"]["by"] == question.id
    compare(team, "Do not compare")
    team.locator("[data-cut]").first.wait_for(state="detached")
    assert status(team) == ""
    assert "subgroups" not in view_of(team)


def test_the_parts_follow_the_sheets_and_the_smallest_group(two_parts):
    compare(two_parts, "Team named on the sheet")
    shown(two_parts, "Coast and Hills")
    prepare(two_parts, minimum=7)
    open_step(two_parts, "view")
    shown(two_parts, NONE_SHOWN)
    prepare(two_parts, mode="open")
    open_step(two_parts, "view")
    shown(two_parts, "Beside the whole team: Coast and Hills.")
    assert "too few" not in status(two_parts)


def words_of(found, framework):
    """What a cell says of a dimension in a view."""
    if "value" not in found:
        return "Nobody has enough answers" if found["visible"] else HIDDEN
    people = "1 person" if found["people_scored"] == 1 else f"{found['people_scored']} people"
    return f"{framework.outline.levels[found['band'] - 1].name} {found['shown']}, from {people}"


@pytest.mark.parametrize("by", ["team", "setting"])
@pytest.mark.parametrize("mode", ["anonymous", "open"])
def test_what_is_shown_and_handed_out_is_the_view_of_the_command_line(team, framework, tmp_path, by, mode):
    options = [option.id for each in framework.outline.context if each.id == "setting" for option in each.options]
    files = []
    for seed in range(24):
        fields = {"team": ("Coast", "coast", "Hills", "")[seed % 4], "context": {"setting": options[seed % 3]}}
        # One part of the framework hangs together with an answer that many cannot give.
        levels = {**dict.fromkeys((each.id for each in framework.asked("standard")), 1 + seed * 7 % 5)}
        levels |= {framework.asked("standard")[0].id: 3 if seed in {0, 1, 4, 5} else "not-sure"}
        files.append(file_of(sheet_of(framework, "standard", seed, levels=levels, **fields), f"{seed:04}.balcony.json"))
    gather(team, files)
    prepare(team, mode=mode, minimum=3)
    open_step(team, "view")
    team.locator("[name=by]").select_option(by)
    shown(team, "Beside the whole team")
    limits = ["--minimum-group", 3] if mode == "anonymous" else []
    view = view_of_command(tmp_path, files, "--by", by, "--form", "standard", "--mode", mode, *limits)
    assert view_of(team) == view
    open_details(team)
    told = set()
    for lens in framework.reported("standard"):
        columns = [
            view["lenses"][lens.id]["dimensions"],
            *(each["lenses"][lens.id] for each in view["subgroups"]["groups"]),
        ]
        expected = [[part.name, *(words_of(each[part.id], framework) for each in columns)] for part in lens.dimensions]
        assert rows_of(team, lens.id)[1:] == expected
        told |= {each[part.id]["visible"] for each in columns[1:] for part in lens.dimensions}
    assert told == ({True, False} if mode == "anonymous" else {True})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--team", "--by", "teem"), 'there is no grouping "teem"; allowed: team, setting, problem-type'),
        (("--by", "team"), "--by goes with --team."),
    ],
)
def test_a_grouping_that_is_asked_for_wrongly_ends_with_2_and_says_what_is_right(tmp_path, framework, arguments, said):
    path = tmp_path / "a.balcony.json"
    path.write_bytes(file_of(sheet_of(framework))["buffer"])
    ran = CliRunner().invoke(main, ["score", "--framework", str(PROJECT / "framework"), *arguments, str(path)])
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_axe_finds_nothing_and_wide_tables_scroll_in_a_box_that_keys_reach(team, framework):
    names = ("A team with a long name on the coast", "Hills", "Moor", "The harbour and its offices")
    gather(team, files_of(framework, *((name, 5, 1 + at) for at, name in enumerate(names))))
    open_step(team, "view")
    compare(team, "Team named on the sheet")
    shown(team, "Beside the whole team")
    team.locator("[data-subgroups] summary").click()
    found = []
    for size in (DESKTOP, PHONE):
        team.set_viewport_size(size)
        found += [*axe.violations(team), *team.evaluate(SMALL_TARGETS)]
        assert team.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide at {size}"
    assert found == []
    box = team.locator("[data-cut]").first
    name = f"{framework.lenses_by_id[box.get_attribute('data-cut')].name}: parts of the team"
    assert team.get_by_role("group", name=name).count() == 1
    assert box.evaluate("($box) => $box.scrollWidth > $box.clientWidth")
    box.focus()
    team.keyboard.press("ArrowRight")
    team.wait_for_function("() => document.activeElement.scrollLeft > 0")
