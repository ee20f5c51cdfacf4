"""The team view: the figures that METHOD publishes, what each mode shows, and the same to the letter in Chromium."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_frameworks import some_framework, some_sheet
from run import STANDARD, page_with
from team_cases import SIGN, sheet_of, small_framework, with_context
from worked_cases import CASES, differences

from generator.assessment import browser_data
from generator.model import Framework
from generator.score import score
from generator.sheet import Sheet
from generator.subgroups import GroupingError
from generator.team import TOO_FEW
from generator.team_view import MinimumGroupError, browser_fields, team_view

HIDDEN = {"visible": False, "reason": TOO_FEW}
VALUES = {"13/3": [4, 4, 5], "3": [3, 3, 3], "8/3": [3, 3, 2], "10/3": [3, 3, 4]}


def of_kind(kind):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def three_questions(**settings):
    return small_framework(dict.fromkeys(("q0", "q1", "q2"), ("part",)), top=5, **settings)


def person(answers, perspective="own", **fields):
    return sheet_of({f"q{number}": each for number, each in enumerate(answers)}, perspective, **fields)


def view_of(sheets, framework=None, **how):
    return team_view(framework or three_questions(), "all", sheets, **how)


def part_of(view):
    return view["lenses"]["lens"]["dimensions"]["part"]


def known(expected, found):
    """What a published case says under names that the team view has too, as far as it shows them."""
    return {name: value for name, value in expected.items() if name in found}


# Published figures


@pytest.mark.parametrize("case", of_kind("team-question"))
def test_a_question_comes_out_as_published(case):
    given_ = case["input"]
    framework = small_framework({"q0": ("part",)}, top=5)
    view = view_of([person([each]) for each in given_["answers"]], framework, minimum_group=given_["minimum_group"])
    found = view["indicators"]["q0"]
    assert differences(known(case["expected"], found), found) == []
    assert found["visible"] == case["expected"]["visible"]
    assert found["visible"] == ("mean" in found)


@pytest.mark.parametrize("case", of_kind("team-dimension"))
def test_a_dimension_comes_out_as_published_unless_a_question_of_it_is_hidden(case):
    given_ = case["input"]
    view = view_of(map(person, given_["sheets"]), minimum_group=given_["minimum_group"])
    found, expected = part_of(view), case["expected"]
    every_question = all(each["visible"] for each in view["indicators"].values())
    assert found["visible"] == ("value" in found) == (expected["visible"] and every_question)
    assert differences({**known(expected, found), "visible": found["visible"]}, found) == []


@pytest.mark.parametrize("case", of_kind("others"))
def test_the_view_of_others_comes_out_as_published(case):
    given_ = case["input"]
    sheets = [
        *[person(VALUES[given_["own"]])] * given_["minimum_group"],
        *(person(VALUES[value], "others") for value in given_["others"]),
    ]
    found = part_of(view_of(sheets, minimum_group=given_["minimum_group"]))["others"]
    assert differences(known(case["expected"], found), found) == []
    assert found["visible"] == case["expected"]["visible"]
    assert found["visible"] == ("gap" in found)


# What each mode shows


def test_a_small_anonymous_team_sees_neither_counts_nor_how_many_were_not_sure():
    view = view_of([person([3, 4, "not-sure"])] * 2 + [person([2, 4, 5])] * 4, minimum_group=4)
    assert view["indicators"]["q2"]["some_not_sure"] is True
    assert not {"counts", "not_sure"} & set().union(*view["indicators"].values())


def test_what_the_one_without_a_level_answered_is_not_told():
    one = [view_of([person([2, 4, last]), *[person([2, 4, 5])] * 5]) for last in ("not-sure", None)]
    assert one[0] == one[1]
    assert one[0]["indicators"]["q2"]["levels_given"] == 5


def test_ten_people_see_how_many_gave_each_level_and_were_not_sure():
    view = view_of([person([1, 4, "not-sure"])] * 2 + [person([2, 4, 5])] * 8, minimum_group=3)
    assert view["indicators"]["q0"]["counts"] == [2, 8, 0, 0, 0]
    assert [view["indicators"][id_]["not_sure"] for id_ in ("q0", "q2")] == [0, 2]


def test_an_open_team_sees_everything_however_few_they_are():
    view = view_of([person([1, 4, "not-sure"], warning_signs=[SIGN])], mode="open")
    assert (view["mode"], view["minimum_group"]) == ("open", None)
    assert view["indicators"]["q0"]["counts"] == [1, 0, 0, 0, 0]
    unsure = view["indicators"]["q2"]
    assert (unsure["visible"], unsure["not_sure"], "mean" in unsure) == (True, 1, False)
    assert part_of(view)["value"] == "5/2"
    assert view["lenses"]["lens"]["state"] == "profile"
    assert view["warning_signs"] == {SIGN: {"visible": True, "ticked": 1}}


@pytest.mark.parametrize(
    ("answers", "reason"),
    [("not-sure", "nobody-scored"), ("not-applicable", "nothing-applies"), (None, "nobody-scored")],
)
def test_an_open_team_is_told_why_nobody_has_a_value(answers, reason):
    part = part_of(view_of([person([answers] * 3)] * 2, mode="open"))
    assert part == {"visible": True, "people_scored": 0, "reason": reason}


def test_fewer_sheets_than_the_minimum_show_nothing_but_how_many_there_are():
    sheets = [person([3, 3, 3], warning_signs=[SIGN])] * 4 + [person([3, 3, 3], "others")] * 9
    view = view_of(sheets)
    assert view["sheets"] == {"own": 4, "others": 9, "set_aside": []}
    assert view["indicators"] == dict.fromkeys(("q0", "q1", "q2"), HIDDEN)
    parts = {"part": {**HIDDEN, "others": HIDDEN}}
    assert view["lenses"] == {"lens": {"rule": "profile", **HIDDEN, "dimensions": parts}}
    assert (view["warning_signs"], view["discuss"]) == ({SIGN: HIDDEN}, [])


def test_a_dimension_is_hidden_with_a_question_of_it_and_so_is_its_lens():
    people = [person([3, 3, None])] * 3 + [person([3, 3, 3])] * 3
    view = view_of(people)
    assert [each["visible"] for each in view["indicators"].values()] == [True, True, False]
    assert part_of(view) == HIDDEN
    assert view["lenses"]["lens"] == {"rule": "profile", **HIDDEN, "dimensions": {"part": HIDDEN}}


def test_a_question_that_nobody_could_place_hides_nothing_else():
    view = view_of([person([3, 3, "not-sure"])] * 6)
    assert view["indicators"]["q2"] == HIDDEN
    assert part_of(view)["value"] == "3"


def test_where_too_few_have_a_value_the_question_with_fewest_levels_is_hidden_too():
    framework = small_framework({"q0": ("both", "first"), "q1": ("both", "second")}, top=5)
    view = view_of([person([5, 5])] * 4 + [person([5, None])] * 2 + [person([None, 5])], framework)
    assert [each["visible"] for each in view["indicators"].values()] == [True, False]
    dimensions = view["lenses"]["lens"]["dimensions"]
    assert {id_: each["visible"] for id_, each in dimensions.items()} == {"both": False, "first": True, "second": False}


@pytest.mark.parametrize(("ticked", "reached"), [(4, False), (5, True)])
def test_a_small_team_is_told_only_whether_the_minimum_group_ticked_a_sign(ticked, reached):
    sheets = [person([3], warning_signs=[SIGN])] * ticked + [person([3])] * (7 - ticked)
    assert view_of(sheets)["warning_signs"] == {SIGN: {"visible": True, "reached_minimum_group": reached}}


def test_what_to_talk_about_is_what_divides_then_what_is_unclear_then_what_is_low():
    feeds = {id_: (f"part-{id_}",) for id_ in ("high", "low", "also-low", "unclear", "apart")}
    framework = small_framework(feeds, top=5)
    one = {"high": 5, "low": 2, "also-low": 2, "unclear": 5, "apart": 5}
    sheets = [sheet_of(one)] * 5 + [sheet_of({**one, "unclear": "not-sure", "apart": 1})] * 2
    assert view_of(sheets, framework)["discuss"] == ["apart", "unclear", "low", "also-low", "high"]


def test_below_ten_people_the_order_does_not_tell_how_many_were_not_sure():
    framework = small_framework({"q0": ("first",), "q1": ("second",)}, top=5)
    few = [person([3, "not-sure"])] * 2 + [person(["not-sure", 3])] * 2
    more = [person(["not-sure", 3]), *[person([3, 3])] * 4]
    assert view_of(few + more, framework)["discuss"] == ["q0", "q1"]
    turned = [person([2, "not-sure"])] * 3 + [person(["not-sure", 3])] * 2 + [person([3, 3])] * 4
    assert view_of(turned, framework)["discuss"] == ["q0", "q1"]
    assert view_of([*turned, person([3, 3])], framework)["discuss"] == ["q1", "q0"]


@pytest.mark.parametrize("size", [2, 11, 0, -1])
def test_a_minimum_group_that_is_not_allowed_is_refused_with_the_sizes_that_are(size):
    with pytest.raises(MinimumGroupError, match=f"The smallest group is {size}. It can be from 3 to 10 people."):
        view_of([], minimum_group=size)


# Parts of the team


def some_of(team, count, answers=(3, 3, 3), **fields):
    """Sheets that name one part of the team."""
    return [person(answers, team=team, **fields) for _ in range(count)]


def parts_of(sheets, by="team", **how):
    return view_of(sheets, by=by, **how)["subgroups"]


def sizes_of(found):
    return {each["name"]: each["people"] for each in found["groups"]}


def told(found):
    """By name of the group what it has in the one dimension: its value, or None where that is hidden."""
    return {each["name"]: each["lenses"]["lens"]["part"].get("value") for each in found["groups"]}


def test_without_a_grouping_nothing_is_said_of_parts():
    assert "subgroups" not in view_of(some_of("A", 6))


def test_parts_that_have_the_minimum_stand_beside_each_other():
    found = parts_of([*some_of("B", 6, (2, 2, 2)), *some_of("A", 5, (4, 4, 4))])
    part = {"visible": True, "people_scored": 5, "value": "4", "shown": "4.0", "band": 4}
    assert found["groups"][0] == {
        "id": "a",
        "name": "A",
        "visible": True,
        "people": 5,
        "lenses": {"lens": {"part": part}},
    }
    assert (told(found), found["hidden"], found["by"]) == ({"A": "4", "B": "2"}, False, "team")


@pytest.mark.parametrize("case", of_kind("subgroups"))
def test_the_parts_that_are_shown_are_those_that_are_published(case):
    given_ = case["input"]
    sheets = [each for name, size in given_["sizes"].items() for each in some_of(name, size)]
    found = parts_of(sheets, minimum_group=given_["minimum_group"])
    assert list(sizes_of(found)) == case["expected"]["visible"]
    assert found["hidden"] == (len(found["groups"]) < len(given_["sizes"]))


@pytest.mark.parametrize(("silent", "shown"), [(0, {"A": 6, "B": 6}), (4, {"B": 6}), (5, {"A": 6, "B": 6})])
def test_those_who_name_no_part_are_shown_in_none_and_count_in_hiding(silent, shown):
    found = parts_of([*some_of("A", 6), *some_of("B", 6), *some_of(" \n", silent)])
    assert (sizes_of(found), found["hidden"]) == (shown, silent > 0)


def test_no_word_is_said_of_a_part_that_is_hidden():
    sheets = [*some_of("Coast", 6), *some_of("Harbour office", 2), *some_of("Hill", 3)]
    assert "arbour" not in json.dumps(view_of(sheets, by="team"))


def test_a_name_is_the_same_in_other_letters_and_spaces_and_stands_as_most_write_it():
    spellings = [
        " Caf\u00e9  Board",
        "cafe\u0301 board",
        "Caf\u00e9 Board\n",
        "CAF\u00c9\u00a0BOARD",
        "\ufeffCaf\u00e9 Board",
    ]
    found = parts_of([person([3, 3, 3], team=each) for each in spellings])
    assert [(each["id"], each["name"]) for each in found["groups"]] == [("caf\u00e9 board", "Caf\u00e9 Board")]


def test_names_stand_in_the_order_of_the_alphabet():
    assert list(sizes_of(parts_of([*some_of("b", 5), *some_of("C", 5), *some_of("A", 5)]))) == ["A", "b", "C"]


def test_only_the_teams_own_sheets_are_parted():
    others = [person([1, 1, 1], "others", team="A") for _ in range(7)]
    assert sizes_of(parts_of([*some_of("A", 5), *others])) == {"A": 5}


def test_options_stand_as_in_the_framework_and_an_unknown_one_says_nothing():
    framework = with_context(three_questions(), place=("west", "east", "north"))
    sheets = [
        person([3, 3, 3], context={"place": each})
        for each in ["east"] * 5 + ["west"] * 6 + ["north"] * 2 + ["of old", "__proto__", "constructor"]
    ]
    found = parts_of([*sheets, person([3, 3, 3])], "place", framework=framework)
    assert [(each["id"], each["name"], each["people"]) for each in found["groups"]] == [
        ("west", "West", 6),
        ("east", "East", 5),
    ]
    assert found["hidden"]


def test_a_grouping_that_there_is_not_is_refused_with_those_that_there_are():
    framework = with_context(three_questions(), place=("west", "east"), team=("a", "b"))
    with pytest.raises(GroupingError, match='there is no grouping "plaice"; allowed: team, place'):
        view_of([], framework, by="plaice")


@pytest.mark.parametrize(
    ("few", "why"),
    [
        ([(3, 3, 3)] * 4 + [("not-sure", 3, 3)] * 2, "too few gave a level to one question"),
        ([(3, 3, None)] * 2 + [(3, None, 3)] * 2 + [(None, 3, 3)] * 2, "to each question just four"),
    ],
)
def test_where_a_question_has_too_few_levels_in_one_part_no_part_is_told(few, why):
    sheets = [*some_of("A", 6), *(person(each, team="B") for each in few)]
    assert part_of(view_of(sheets))["visible"], why
    assert told(parts_of(sheets)) == {"A": None, "B": None}
    hidden = {group["lenses"]["lens"]["part"].get("reason") for group in parts_of(sheets)["groups"]}
    assert hidden == {TOO_FEW}


def test_where_too_few_of_one_part_have_a_value_no_part_is_told():
    # Five of B gave each level, and only four of them both.
    framework = small_framework({"q0": ("part",), "q1": ("part",)}, top=5)
    few = [*some_of("B", 4, (3, 3)), *some_of("B", 1, (3, None)), *some_of("B", 1, (None, 3))]
    found = parts_of([*some_of("A", 6, (3, 3)), *few], framework=framework)
    assert told(found) == {"A": None, "B": None}


@pytest.mark.parametrize(("levels", "value"), [(0, "3"), (1, None), (4, None), (5, "3")])
def test_those_of_no_shown_part_have_no_level_or_the_minimum(levels, value):
    left = [*some_of("", levels), *some_of("", 6 - levels, (None, None, None))]
    assert told(parts_of([*some_of("A", 6), *left])) == {"A": value}


def test_what_hangs_together_by_dimensions_is_hidden_together_and_nothing_else():
    feeds = {"q0": ("one",), "q1": ("one", "two"), "q2": ("two",), "q3": ("apart",)}
    framework = small_framework(feeds, top=5, minimum_answered_count=1)
    sheets = [*some_of("A", 6, (3, 3, 3, 3)), *some_of("B", 4, (3, 3, 3, 3)), *some_of("B", 2, (None, 3, 3, 3))]
    for group in parts_of(sheets, framework=framework)["groups"]:
        found = {id_: each["visible"] for id_, each in group["lenses"]["lens"].items()}
        assert found == {"one": False, "two": False, "apart": True}


def test_what_the_whole_team_does_not_show_no_part_shows_and_it_hides_no_more():
    framework = small_framework({"q0": ("one",), "q1": ("one", "two"), "q2": ("two",), "q3": ("two",)}, top=5)
    sheets = [*some_of("A", 6, (None, 3, 3, 3)), *some_of("B", 5, (None, 3, 3, 3)), *some_of("B", 1, (3, 3, 3, 3))]
    for group in parts_of(sheets, framework=framework)["groups"]:
        found = {id_: each["visible"] for id_, each in group["lenses"]["lens"].items()}
        assert found == {"one": False, "two": True}


def test_an_open_team_sees_every_part_however_small():
    sheets = [*some_of("A", 1, (5, 5, 5)), *some_of("B", 2, ("not-sure",) * 3), person([1, 1, 1])]
    found = parts_of(sheets, mode="open")
    assert (sizes_of(found), told(found), found["hidden"]) == ({"A": 1, "B": 2}, {"A": "5", "B": None}, True)
    nobody = {"visible": True, "people_scored": 0, "reason": "nobody-scored"}
    assert found["groups"][1]["lenses"]["lens"]["part"] == nobody


# The real framework, and sheets of other forms and versions


def real_sheet(framework, form, level, revision=None):
    answers = {each.id: {"answer": level, "revision": revision or each.revision} for each in framework.asked(form)}
    name = {"id": framework.id, "version": framework.version}
    return Sheet.model_validate({"format": "balcony-sheet/1", "framework": name, "form": form, "answers": answers})


def test_sheets_of_another_form_take_part_with_the_questions_that_both_ask(framework):
    sheets = [real_sheet(framework, "standard", 3)] * 5 + [real_sheet(framework, "quick", 5)] * 5
    view = team_view(framework, "standard", sheets)
    quick = {each.id for each in framework.asked("quick")}
    assert {id_: each["mean"] for id_, each in view["indicators"].items()} == {
        each.id: "4" if each.id in quick else "3" for each in framework.asked("standard")
    }
    assert list(team_view(framework, "quick", sheets)["indicators"]) == [each.id for each in framework.asked("quick")]


def test_answers_to_other_words_do_not_count(framework):
    sheets = [real_sheet(framework, "quick", 3)] * 5 + [real_sheet(framework, "quick", 5, revision=99)] * 5
    means = {each["mean"] for each in team_view(framework, "quick", sheets)["indicators"].values()}
    assert means == {"3"}


def test_lens_states_of_a_team_that_agrees_are_those_of_each_of_them(framework):
    one = real_sheet(framework, "standard", 4)
    alone = score(framework, "standard", one.answers_to(framework))["lenses"]
    together = team_view(framework, "standard", [one] * 5)["lenses"]
    for id_, lens in alone.items():
        assert {**together[id_], "dimensions": 0} == {**lens, "visible": True, "dimensions": 0}


# Chromium


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site that can look at a team."""
    with page_with(
        chromium,
        site_address + STANDARD,
        """async () => {
            const { teamView } = await import("#client/team_view.js");
            window.viewed = (framework, sheets, how) => {
                try {
                    return JSON.stringify(teamView(framework, sheets, how));
                } catch (error) {
                    return error.message;
                }
            };
        }""",
    ) as page:
        yield page


def in_chromium(client, framework, form, sheets, how):
    data = {**browser_data(framework, form), **browser_fields(framework)}
    read = [each.model_dump(mode="json") for each in sheets]
    return client.evaluate("(all) => window.viewed(...all)", [json.loads(json.dumps(data)), read, how])


def in_python(framework, form, sheets, how):
    try:
        return json.dumps(team_view(framework, form, sheets, **how), separators=(",", ":"), ensure_ascii=False)
    except MinimumGroupError as error:
        return str(error)


SPELLINGS = [
    *(
        "",
        " ",
        "12",
        "7",
        "__proto__",
        "constructor",
        "Coast",
        "coast ",
        "\tCOAST",
        "\u00c5se",
        "A\u030ase",
        "\u1e9eSS",
    ),
    *(
        "\U0001f600",
        "\ufb01",
        "Hill\x85Top",
        "hill\u00a0\u2028top",
        "\ufeffHill \x1fTop",
        "\u039f\u03a3",
        "\u0130",
        "\u9818\u5c0e",
    ),
]
"""Names that browsers and Python might sort, fold or trim in ways of their own."""


@st.composite
def frameworks_with_teams(draw):
    framework = with_context(draw(some_framework()), place=("west", "east"), constructor=("a", "length"))
    random = Random(draw(st.integers(0, 2**32)))
    people = random.choice((random.randint(0, 6), random.randint(3, 25)))
    sheets = []
    by = random.choice((None, "team", "team", "place", "constructor"))
    spellings = random.sample(SPELLINGS, random.randint(1, 4))
    for _ in range(people):
        made = some_sheet(framework, random)
        answers = {
            id_: {"answer": each, "revision": random.choice((1, 1, 1, 1, 2))} for id_, each in made["answers"].items()
        }
        perspective = random.choice(("own", "own", "others"))
        fields = {
            **made,
            "answers": answers,
            "form": random.choice(("all", "some")),
            "perspective": perspective,
            "team": random.choice(spellings),
            "context": {"place": random.choice(("west", "east", "")), **random.choice(({}, {"constructor": "length"}))},
        }
        name = {"id": framework.id, "version": framework.version}
        sheets.append(Sheet.model_validate({"format": "balcony-sheet/1", "framework": name, **fields}))
    how = {
        "mode": random.choice(("anonymous", "anonymous", "open")),
        "set_aside": [{"file": "x.json", "reason": "領導"}],
        "by": by,
    }
    if random.random() < 0.8:
        how["minimum_group"] = random.randint(2, 11)
    return framework, random.choice(("all", "some")), sheets, how


@given(made=frameworks_with_teams())
def test_random_teams_look_the_same_to_the_letter_in_chromium(client, made):
    assert in_chromium(client, *made) == in_python(*made)


def test_old_ids_count_in_chromium_too(client, framework):
    renamed = framework.asked("quick")[0]
    section = framework.sections[0]
    changed = tuple(
        each.model_copy(update={"formerly": ("constructor", "before")}) if each.id == renamed.id else each
        for each in section.indicators
    )
    sections = (section.model_copy(update={"indicators": changed}), *framework.sections[1:])
    newer = Framework(**{**{name: getattr(framework, name) for name in Framework.model_fields}, "sections": sections})
    old = real_sheet(framework, "quick", 4)
    answers = {("before" if id_ == renamed.id else id_): each for id_, each in old.answers.items()}
    sheets = [old.model_copy(update={"answers": answers})] * 5
    assert team_view(newer, "quick", sheets)["indicators"][renamed.id]["mean"] == "4"
    assert in_chromium(client, newer, "quick", sheets, {}) == in_python(newer, "quick", sheets, {})
