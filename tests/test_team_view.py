"""The team view: the figures that METHOD publishes, what each mode shows, and the same to the letter in Chromium."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_frameworks import some_framework, some_sheet
from team_cases import SIGN, sheet_of, small_framework
from worked_cases import CASES, differences

from generator.assessment import browser_data
from generator.model import Framework
from generator.score import score
from generator.sheet import Sheet
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
    page = chromium.new_page()
    page.goto(site_address + "assess/standard/")
    page.evaluate(
        """async () => {
            const { teamView } = await import("#client/team_view.js");
            window.viewed = (framework, sheets, how) => {
                try {
                    return JSON.stringify(teamView(framework, sheets, how));
                } catch (error) {
                    return error.message;
                }
            };
        }"""
    )
    yield page
    page.close()


def in_chromium(client, framework, form, sheets, how):
    data = {**browser_data(framework, form), **browser_fields(framework)}
    read = [each.model_dump(mode="json") for each in sheets]
    return client.evaluate("(all) => window.viewed(...all)", [json.loads(json.dumps(data)), read, how])


def in_python(framework, form, sheets, how):
    try:
        return json.dumps(team_view(framework, form, sheets, **how), separators=(",", ":"), ensure_ascii=False)
    except MinimumGroupError as error:
        return str(error)


@st.composite
def frameworks_with_teams(draw):
    framework = draw(some_framework())
    random = Random(draw(st.integers(0, 2**32)))
    people = random.choice((random.randint(0, 6), random.randint(3, 25)))
    sheets = []
    for _ in range(people):
        made = some_sheet(framework, random)
        answers = {
            id_: {"answer": each, "revision": random.choice((1, 1, 1, 1, 2))} for id_, each in made["answers"].items()
        }
        perspective = random.choice(("own", "own", "others"))
        fields = {**made, "answers": answers, "form": random.choice(("all", "some")), "perspective": perspective}
        name = {"id": framework.id, "version": framework.version}
        sheets.append(Sheet.model_validate({"format": "balcony-sheet/1", "framework": name, **fields}))
    how = {
        "mode": random.choice(("anonymous", "anonymous", "open")),
        "set_aside": [{"file": "x.json", "reason": "領導"}],
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
