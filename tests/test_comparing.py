"""Two sheets are compared over the questions to which both give a level in the same words, and over no others."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import chain
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_frameworks import frameworks_with_sheets
from run import STANDARD, page_with, random_answers
from worked_cases import CASES, differences
from worked_cases_python import SETTINGS

from generator.assessment import browser_data
from generator.change import change, clear_change
from generator.score import score, shown

LEVELS = ["Not yet", "Starting", "Steady", "Shared", "Renewing"]
PAIRS = 100


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site that compares two sheets, taken over from their files."""
    with page_with(
        chromium,
        site_address + STANDARD,
        """async () => {
            const { compareSheets, sayChange, sayLensChange, sayMovedDown } = await import("#client/comparing.js");
            const { takenOver } = await import("#client/taking.js");
            const mapped = (all, map) => Object.fromEntries(Object.entries(all).map(([id, each]) => [id, map(each)]));
            window.compared = (framework, ...files) =>
                compareSheets(framework, ...files.map((file) => takenOver(file, framework)));
            window.said = (framework, ...files) => mapped(window.compared(framework, ...files).lenses, (lens) => ({
                lens: sayLensChange(lens, framework),
                rows: mapped(lens.dimensions, (dimension) => sayChange(dimension, framework.levels)),
            }));
            window.movedDown = sayMovedDown;
        }""",
    ) as page:
        yield page


@pytest.fixture
def compare(client):
    """Compare a pair of sheets in Chromium."""
    return lambda framework, *sheets: client.evaluate("(given) => window.compared(...given)", [framework, *sheets])


@pytest.fixture
def say(client):
    """What is said of the lens of a small framework, and of its parts."""

    def say_(framework, *sheets):
        said = client.evaluate("(given) => window.said(...given)", [framework, *sheets])["lens"]
        return said["lens"], list(said["rows"].values())

    return say_


def sheet(answers, revision=1, **fields):
    """A sheet's file; answers that are None are blank."""
    given = {id_: {"answer": each, "revision": revision} for id_, each in answers.items() if each is not None}
    return {"format": "balcony-sheet/1", "form": "standard", "answers": given, **fields}


def small(rule, **sizes):
    """The page's data for one lens: parts with so many questions each, named after their part."""
    parts = {part: [f"{part}-{n}" for n in range(size)] for part, size in sizes.items()}
    return {
        "id": "small",
        "version": "1.0.0",
        "form": "standard",
        "top": 5,
        "levels": LEVELS,
        "settings": SETTINGS.model_dump(mode="json"),
        "revisions": {id_: 1 for ids in parts.values() for id_ in ids},
        "lenses": [
            {"id": "lens", "rule": rule, "dimensions": [{"id": part, "indicators": ids} for part, ids in parts.items()]}
        ],
        "warning_signs": [],
    }


def filled(framework, *answers, **fields):
    """A sheet with these answers, in order."""
    return sheet(dict(zip(framework["revisions"], answers, strict=True)), **fields)


def part_of(comparison, part="a"):
    return comparison["lenses"]["lens"]["dimensions"][part]


# As published, and as Python has it


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["kind"] == "change" and case["input"]["mode"] == "single-sheet"],
    ids=lambda case: case["id"],
)
def test_a_dimension_changes_as_published(compare, case):
    framework = small("profile", a=3, b=1)
    found = compare(framework, *(filled(framework, *case["input"][date], None) for date in ("first", "second")))
    assert differences(case["expected"], part_of(found)) == []
    assert part_of(found)["first_shown"] == case["expected"]["first"]["display"]
    assert part_of(found)["second_shown"] == case["expected"]["second"]["display"]


def test_an_alignment_lens_changes_as_published(compare):
    [case] = [case for case in CASES if case["kind"] == "change-lens"]
    framework = small("alignment", a=3, b=3, c=3)
    sheets = [filled(framework, *chain(*case["input"][date].values())) for date in ("first", "second")]
    lens = compare(framework, *sheets)["lenses"]["lens"]
    gaps = {f"gap_{date}": lens["gap"][date] for date in ("first", "second")}
    states = {f"{date}_state": lens["states"][date] for date in ("first", "second")}
    assert differences(case["expected"], {"lowest": lens["value"], **gaps, **states}) == []


@pytest.mark.parametrize("form", ["quick", "standard"])
def test_a_hundred_pairs_of_sheets_come_out_as_python_compares_them(compare, framework, form):
    for seed in range(PAIRS):
        pair = [
            changed_sheet(framework, random_answers(framework, form, 2 * seed + date), seed + date) for date in (0, 1)
        ]
        assert compare(page_data(framework, form), *pair) == as_python_has_it(framework, form, *pair), seed


@given(made=frameworks_with_sheets(2), seed=st.integers(0, 2**32))
@settings(max_examples=settings.default.max_examples // 2)
def test_sheets_of_any_framework_come_out_as_python_compares_them(client, made, seed):
    framework, form, sheets = made
    pair = [changed_sheet(framework, each["answers"], seed + date) for date, each in enumerate(sheets)]
    found = client.evaluate("(given) => window.compared(...given)", [page_data(framework, form), *pair])
    assert found == as_python_has_it(framework, form, *pair)


def page_data(framework, form):
    data = {**browser_data(framework, form), "settings": framework.settings.model_dump(mode="json")}
    return json.loads(json.dumps(data))


def changed_sheet(framework, answers, seed):
    """A sheet of which some answers are to another revision, some were replaced since, and some are to no question."""
    random = Random(seed)
    likely = random.choice([[0], [0, 0, 0, 1], [0, 1]])
    made = sheet({**answers, "asked-no-more": 3})
    for id_, given_ in made["answers"].items():
        given_["revision"] = framework.indicators[id_].revision + random.choice(likely) if id_ in answers else 1
    replaced = random.sample(sorted(framework.indicators), 3)
    made["earlier"] = {id_: [{"answer": 2, "revision": random.choice([1, 2])}] for id_ in replaced}
    return made


def as_python_has_it(framework, form, *pair):
    asked = {indicator.id: indicator.revision for indicator in framework.asked(form)}
    counting = [
        {id_: each["answer"] for id_, each in one["answers"].items() if each["revision"] == asked.get(id_)}
        for one in pair
    ]
    shared = [id_ for id_ in asked if all(id_ in answers for answers in counting)]
    levels = {id_ for id_ in shared if all(isinstance(answers[id_], int) for answers in counting)}
    aside = {id_ for id_ in shared if {answers[id_] for answers in counting} == {"not-applicable"}}
    compared = [id_ for id_ in asked if id_ in levels | aside]
    left_out = [id_ for id_ in asked if id_ not in compared]
    scored = [score(framework, form, {id_: answers[id_] for id_ in compared})["lenses"] for answers in counting]
    return {
        "compared": compared,
        "not_compared": [{"id": id_, "reason": reason(id_, asked[id_], counting, pair)} for id_ in left_out],
        "lenses": {
            lens.id: lens_in_python(framework, lens, set(asked), (levels, aside), [each[lens.id] for each in scored])
            for lens in framework.reported(form)
        },
    }


def reason(id_, revision, counting, pair):
    if all(id_ in answers for answers in counting):
        return "no-level"
    for one in pair:
        given_ = [*one["earlier"].get(id_, []), *([one["answers"][id_]] if id_ in one["answers"] else [])]
        if any(each["revision"] != revision for each in given_):
            return "changed"
    return "not-in-later" if id_ in counting[0] else "not-in-earlier"


def lens_in_python(framework, lens, asked, taking_part, scored):
    (levels, aside), (first, second) = taking_part, scored
    clear_at = clear_change(framework.settings)

    def values(one, other):
        bands = {"first_band": one["band"], "second_band": other["band"]}
        numbers = {"first_shown": one["shown"], "second_shown": other["shown"]}
        return {**change(Fraction(one["value"]), Fraction(other["value"]), clear_at), **numbers, **bands}

    def told(part):
        one, other = first["dimensions"][part.id], second["dimensions"][part.id]
        ids, in_form = set(part.indicators), asked.intersection(part.indicators)
        if not ids & (levels | aside):
            return {"compared": False, "reason": "no-shared-questions"}
        if not (one["scored"] and other["scored"]):
            return {"compared": False, "reason": "too-few-answers"}
        whole = len(in_form) > 1 and in_form == ids
        return {
            "compared": True,
            "questions": len(ids & levels),
            "of": len(in_form),
            "whole": whole,
            **values(one, other),
        }

    found = {
        "rule": lens.rule,
        "states": {"first": first["state"], "second": second["state"]},
        "dimensions": {part.id: told(part) for part in lens.dimensions},
    }
    if "value" in first and "value" in second:
        gaps = {"first": first["gap"], "second": second["gap"]}
        numbers = {f"{date}_shown": shown(Fraction(gap)) for date, gap in gaps.items()}
        found |= {"value": values(first, second), "gap": {**gaps, **numbers}}
    both = {id_ for id_, each in found["dimensions"].items() if each["compared"]}
    if lens.rule == "coverage" and both and "lens-does-not-apply" not in found["states"].values():
        attended = {"first": first["attended"], "second": second["attended"]}
        found["count"] = {**{date: len(both.intersection(ids)) for date, ids in attended.items()}, "of": len(both)}
    return found


# What is compared, and what is not


def test_sheets_with_nothing_in_common_are_compared_on_nothing(compare, say):
    framework = small("alignment", a=2, b=2)
    pair = filled(framework, 2, 3, None, None), filled(framework, None, None, 4, 5)
    found = compare(framework, *pair)
    assert found["compared"] == []
    assert [each["reason"] for each in found["not_compared"]] == ["not-in-later"] * 2 + ["not-in-earlier"] * 2
    lens = found["lenses"]["lens"]
    assert lens["states"] == {"first": "not-enough-answers", "second": "not-enough-answers"}
    assert lens.keys() == {"rule", "states", "dimensions"}
    assert say(framework, *pair) == ("", ["Not compared: no answers to the same questions"] * 2)


def test_a_question_that_neither_sheet_answers_is_missing_in_the_earlier_one(compare):
    framework = small("profile", a=1)
    found = compare(framework, filled(framework, None), filled(framework, None))
    assert found["not_compared"] == [{"id": "a-0", "reason": "not-in-earlier"}]


@pytest.mark.parametrize("changed", [0, 1])
def test_a_question_that_has_changed_is_left_out_on_both_dates(compare, changed):
    framework = small("profile", a=3)
    pair = [filled(framework, 5, 2, 3), filled(framework, 1, 3, 4)]
    pair[changed]["answers"]["a-0"]["revision"] = 2
    found = compare(framework, *pair)
    assert found["compared"] == ["a-1", "a-2"]
    assert found["not_compared"] == [{"id": "a-0", "reason": "changed"}]
    assert (part_of(found)["first"], part_of(found)["second"]) == ("5/2", "7/2")
    assert (part_of(found)["questions"], part_of(found)["of"]) == (2, 3)


def test_a_question_whose_answer_was_put_aside_has_changed(compare):
    framework = small("profile", a=2)
    aside = {"a-0": [{"answer": 2, "revision": 4}]}
    blank, answered = filled(framework, None, 3, earlier=aside), filled(framework, 2, 3)
    assert compare(framework, blank, answered)["not_compared"] == [{"id": "a-0", "reason": "changed"}]
    # Answered again as it is asked now, it is compared.
    answered_again = filled(framework, 2, 3, earlier=aside)
    assert compare(framework, answered_again, answered)["compared"] == ["a-0", "a-1"]


@pytest.mark.parametrize(
    "pair",
    [
        ("not-sure", 5),
        (5, "not-sure"),
        ("not-applicable", 5),
        (5, "not-applicable"),
        ("not-sure", "not-sure"),
        ("not-sure", "not-applicable"),
    ],
)
def test_a_level_that_only_one_sheet_gives_moves_nothing(compare, say, pair):
    framework = small("profile", a=3)
    earlier, later = [filled(framework, 1, 1, each) for each in pair]
    found = compare(framework, earlier, later)
    assert found["compared"] == ["a-0", "a-1"]
    assert found["not_compared"] == [{"id": "a-2", "reason": "no-level"}]
    assert (part_of(found)["first"], part_of(found)["second"]) == ("1", "1")
    assert say(framework, earlier, later)[1] == [
        "Was Not yet (1.0), now Not yet (1.0), on 2 of 3 questions: no clear change"
    ]


def test_what_does_not_apply_on_either_date_makes_fewer_answers_enough(compare):
    framework = small("profile", a=4)
    enough = [filled(framework, "not-applicable", each, each, None) for each in (2, 3)]
    found = compare(framework, *enough)
    assert found["compared"] == ["a-0", "a-1", "a-2"]
    assert (part_of(found)["questions"], part_of(found)["of"]) == (2, 4)
    too_few = [filled(framework, each, each, each, None) for each in (2, 3)]
    too_few[1]["answers"]["a-0"]["answer"] = "not-applicable"
    assert part_of(compare(framework, *too_few)) == {"compared": False, "reason": "too-few-answers"}


def test_a_question_with_an_answer_put_aside_lacks_a_level_where_both_answer_again(compare):
    framework = small("profile", a=1)
    earlier = filled(framework, "not-sure", earlier={"a-0": [{"answer": 2, "revision": 4}]})
    found = compare(framework, earlier, filled(framework, 3))
    assert found["not_compared"] == [{"id": "a-0", "reason": "no-level"}]


def test_what_only_one_sheet_answers_changes_nothing(compare):
    framework = small("profile", a=3)
    found = compare(framework, filled(framework, None, 3, 3), filled(framework, 5, 3, 3))
    assert part_of(found)["finding"] == "no-clear-change"
    assert part_of(found)["second"] == "3"


def test_a_part_in_place_counts_only_where_both_dates_can_tell(compare, say):
    framework = small("coverage", a=2, b=2, c=2)
    pair = filled(framework, 3, 3, 2, 2, "not-sure", 4), filled(framework, 3, 4, 3, 3, 4, 4)
    assert compare(framework, *pair)["lenses"]["lens"]["count"] == {"first": 1, "second": 2, "of": 2}
    assert say(framework, *pair)[0] == "In place: 1 of the 2 parts compared, now 2."


def test_a_part_that_shares_no_question_is_unknown_and_not_set_aside_as_not_applicable(compare):
    framework = small("coverage", a=1, b=1, c=1)
    found = compare(framework, filled(framework, 4, None, None), filled(framework, 4, 4, 4))
    assert found["lenses"]["lens"]["states"] == {"first": "unknown-remain", "second": "unknown-remain"}


# What is said


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((2, 3, 2), (3, 3, 3), "Was Starting (2.3), now Steady (3.0): no clear change"),
        ((2, 3, 2), (3, 3, 4), "Was Starting (2.3), now Steady (3.3): moved up"),
        ((4, 4, 4), (3, 3, 2), "Was Shared (4.0), now Steady (2.7): moved down"),
        ((2, 3, None), (4, 5, 5), "Was Starting (2.5), now Shared (4.5), on 2 of 3 questions: moved up"),
        ((2, None, None), (3, 5, 5), "Not compared: too few answers"),
        ((2, "not-sure", "not-sure"), (3, 5, 5), "Not compared: too few answers"),
        (("not-sure", 3, None), ("not-sure", None, 3), "Not compared: no answers to the same questions"),
    ],
)
def test_a_row_says_what_changed(say, first, second, said):
    framework = small("profile", a=3)
    assert say(framework, filled(framework, *first), filled(framework, *second)) == ("", [said])


def test_a_single_question_is_said_without_numbers(say):
    framework = small("balance", a=1, b=1)
    assert say(framework, filled(framework, 2, 4), filled(framework, 4, 4)) == (
        "The lowest part was Starting, now Shared: moved up.",
        ["Was Starting, now Shared: moved up", "Was Shared, now Shared: no clear change"],
    )


def test_part_of_a_dimension_is_said_without_numbers(say):
    framework = small("alignment", a=3, b=2)
    framework["lenses"][0]["dimensions"][0]["is_part"] = True
    assert say(framework, filled(framework, 2, 3, None, 4, 4), filled(framework, 4, 5, 5, 4, 4)) == (
        "The lowest part was Starting, now Shared: moved up.",
        [
            "Was Starting, now Shared, on 2 of 3 questions: moved up",
            "Was Shared (4.0), now Shared (4.0): no clear change",
        ],
    )


@pytest.mark.parametrize("rule", ["alignment", "balance", "compensatory"])
def test_nothing_is_said_of_a_lens_that_needs_every_part_and_lacks_one_on_a_date(say, rule):
    framework = small(rule, a=2, b=2)
    row = "Was Starting (2.0), now Steady (3.0): moved up"
    pair = filled(framework, 2, 2, 3, "not-sure"), filled(framework, 3, 3, 4, 4)
    assert say(framework, *pair) == ("", [row, "Not compared: too few answers"])


def test_nothing_is_said_of_a_lens_that_does_not_apply(compare, say):
    framework = small("coverage", a=1, b=1, c=1)
    pair = [filled(framework, each, "not-applicable", "not-applicable") for each in (2, 4)]
    lens = compare(framework, *pair)["lenses"]["lens"]
    assert lens["states"] == {"first": "lens-does-not-apply", "second": "lens-does-not-apply"}
    assert lens.keys() == {"rule", "states", "dimensions"}
    assert say(framework, *pair)[0] == ""


@pytest.mark.parametrize("rule", ["alignment", "balance"])
def test_the_lowest_part_and_the_gap_speak_for_a_lens_that_has_to_be_in_line(say, rule):
    framework = small(rule, a=2, b=2)
    said, _ = say(framework, filled(framework, 4, 5, 1, 2), filled(framework, 4, 5, 2, 3))
    assert said == (
        "The lowest part was Not yet (1.5), now Starting (2.5): moved up. "
        "Lowest and highest part were 3.0 levels apart, now 2.0."
    )


def test_the_mean_speaks_for_parts_that_make_up_for_each_other(say):
    framework = small("compensatory", a=2, b=2)
    said, _ = say(framework, filled(framework, 4, 4, 3, 3), filled(framework, 3, 3, 2, 2))
    assert said == (
        "Together the parts were Steady (3.5), now Starting (2.5): moved down. "
        "Lowest and highest part were 1.0 levels apart, now 1.0."
    )


def test_a_level_that_is_held_down_says_so_and_has_no_number(say):
    framework = small("compensatory", a=2, b=2)
    said, _ = say(framework, filled(framework, 5, 5, 1, 2), filled(framework, 5, 5, 2, 2))
    assert said.startswith(
        "Together the parts were Starting, held down from Steady, now Steady (3.5): no clear change."
    )


def test_one_part_in_place_is_said_in_the_singular(say):
    framework = small("coverage", a=1, b=1)
    said, _ = say(framework, filled(framework, 2, None), filled(framework, 3, None))
    assert said == "In place: 0 of the 1 part compared, now 1."


def test_moving_down_begins_with_a_kind_question(client):
    assert client.evaluate("window.movedDown()").startswith("Did we slip, or did we learn to see more?")
