"""The agenda: times that add up, questions that the view gives, and nothing of what it hides. In real Chromium."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Error
from random_frameworks import ODD_IDS
from run import STANDARD, page_with
from team_cases import sheet_of

from generator.assessment import browser_data
from generator.team_view import team_view

LENGTHS = (60, 90, 180)
FORM = "standard"
LONGEST_SENTENCE = 20
HIDDEN = {"visible": False, "reason": "fewer-than-minimum-group"}


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site, with the module at hand."""
    with page_with(
        chromium,
        site_address + STANDARD,
        "async () => { window.agenda = await import('#client/agenda.js'); }",
    ) as page:
        yield page


def agenda_of(client, made, minutes, start=None):
    asked = {**made, "minutes": minutes, **({"start": start} if start is not None else {})}
    return client.evaluate("(asked) => window.agenda.agendaOf(asked)", asked)


def text_of(client, agenda):
    return client.evaluate("(agenda) => window.agenda.agendaText(agenda)", agenda)


def outline(agenda):
    """What an agenda comes to: its parts with their minutes and, if it is about something, what."""
    return [
        (each["kind"], each["minutes"], *about(each, "exercise"), *about(each, "lens"), *each.get("indicators", []))
        for each in agenda["parts"]
    ]


def about(each, name):
    return [each[name]] if name in each else []


def part(agenda, kind):
    return next(each for each in agenda["parts"] if each["kind"] == kind)


# The real framework


@pytest.fixture(scope="module")
def real(framework):
    """Make what an agenda is made from: `real(people, {"shared-purpose": [1, 5, …]})`. All other levels are 3."""
    outline = framework.outline
    indicators = {
        each.id: {**each.model_dump(include={"label", "question", "discuss"}), "exercises": list(each.exercises)}
        for each in framework.indicators.values()
    }
    fields = {"name", "minutes", "purpose", "materials", "group_size", "steps"}
    texts = {
        "indicators": indicators,
        "exercises": {each.id: each.model_dump(mode="json", include=fields) for each in framework.exercises},
        "lenses": {each.id: each.model_dump(include={"name", "discuss"}) for each in framework.lenses},
        "closing": list(outline.closing_questions),
    }
    data = {**browser_data(framework, FORM), "headline_lenses": list(outline.headline_lenses)}
    asked = [each.id for each in framework.asked(FORM)]

    def made(people, levels=None, **how):
        sheets = [
            sheet_of(
                {**dict.fromkeys(asked, 3), **{id_: each[at] for id_, each in (levels or {}).items()}},
                form=FORM,
            )
            for at in range(people)
        ]
        view = team_view(framework, FORM, sheets, **how)
        return json.loads(json.dumps({"view": view, "framework": data, "texts": texts}))

    return made


SPREAD = {
    "time-to-think": [1, 1, 1, 4, 4, 4],
    "help-asked-for": ["not-sure", "not-sure", 3, 3, 3, 3],
    "clarity-for-now": [1, 1, 1, 1, 1, 1],
}


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (
            60,
            [
                ("welcome", 5),
                ("look", 5),
                ("round", 10),
                ("talk", 10, "time-to-think"),
                ("talk", 10, "help-asked-for"),
                ("agree", 5, "time-to-think"),
                ("plan", 10),
                ("close", 5),
            ],
        ),
        (
            90,
            [
                ("welcome", 5),
                ("look", 5),
                ("round", 5),
                ("talk", 10, "time-to-think"),
                ("talk", 10, "help-asked-for"),
                ("exercise", 30, "one-request", "help-asked-for"),
                ("agree", 10, "time-to-think", "help-asked-for"),
                ("plan", 10),
                ("close", 5),
            ],
        ),
        (
            180,
            [
                ("welcome", 5),
                ("look", 5),
                ("round", 10),
                ("talk", 12, "time-to-think"),
                ("talk", 12, "help-asked-for"),
                ("talk", 12, "clarity-for-now"),
                ("talk", 12, "shared-purpose"),
                ("talk", 12, "outcome-that-matters"),
                ("break", 10),
                ("talk", 12, "decided-with-communities"),
                ("exercise", 45, "stop-the-waste", "time-to-think"),
                ("agree", 15, "time-to-think", "help-asked-for", "clarity-for-now"),
                ("plan", 13),
                ("close", 5),
            ],
        ),
    ],
)
def test_a_team_that_differs_gets_this_agenda(client, real, minutes, expected):
    assert outline(agenda_of(client, real(6, SPREAD, minimum_group=4), minutes)) == expected


def test_a_talk_begins_as_its_answers_ask_for(client, real):
    levels = {**SPREAD, "shared-purpose": [1, 3, 3, 3, 3, 4]}
    agenda = agenda_of(client, real(6, levels, minimum_group=4), 180)
    said = {each["indicators"][0]: each["say"] for each in agenda["parts"] if each["kind"] == "talk"}
    wide = "Hear the example behind each answer, the furthest first. No one defends an answer."
    assert said["time-to-think"] == said["shared-purpose"] == wide
    assert said["help-asked-for"] == "Ask first: who could tell us? Not everyone could say."
    assert said["clarity-for-now"] == "Ask for a recent example: when it was, and what happened."


def test_a_talk_has_the_question_the_answers_by_name_and_what_to_talk_about(client, real, framework):
    first = part(agenda_of(client, real(6, SPREAD), 60), "talk")
    indicator = framework.indicators["time-to-think"]
    assert first["title"] == indicator.label
    assert first["details"] == [
        f"Read out: {indicator.question}",
        "Lowest answer: Not yet. Highest answer: Shared.",
        "Anyone may give an example for any answer. No one says which was theirs.",
        f"Read out: {indicator.discuss}",
    ]


def test_in_a_large_group_one_person_who_is_not_sure_is_not_many(client, real):
    for unsure, opening in ((1, "Ask for a recent example"), (2, "Ask first: who could tell us?")):
        levels = {"shared-purpose": ["not-sure"] * unsure + [1, 1, 1, 2, 2, 2, 3, 3, 3, 3][unsure:]}
        talk = part(agenda_of(client, real(10, levels), 60), "talk")
        assert talk["indicators"] == ["shared-purpose"]
        assert talk["say"].startswith(opening)


@pytest.mark.parametrize(
    ("id_", "exercise", "minutes"),
    [("values-in-the-open", "quiet-questions", (10, 15, 10)), ("clarity-for-now", "three-columns", (8, 20, 7))],
)
def test_an_hour_has_room_for_a_short_exercise(client, real, id_, exercise, minutes):
    talk, steps, plan = minutes
    agenda = agenda_of(client, real(6, {id_: [1, 1, 1, 5, 5, 5]}), 60)
    assert outline(agenda) == [
        ("welcome", 5),
        ("look", 5),
        ("round", 5),
        ("talk", talk, id_),
        ("exercise", steps, exercise, id_),
        ("agree", 5, id_),
        ("plan", plan),
        ("close", 5),
    ]


def exercises_in(agenda):
    return [each["exercise"] for each in agenda["parts"] if each["kind"] == "exercise"]


@pytest.mark.parametrize(("people", "expected"), [(8, ["alignment-table"]), (3, ["stop-the-waste"])])
def test_three_hours_have_room_for_an_hour_if_enough_people_are_there(client, real, people, expected):
    levels = {"means-match-ambition": [1, 1, 5, 5, 5, 5, 3, 3]}
    agenda = agenda_of(client, real(people, levels, minimum_group=3), 180)
    assert exercises_in(agenda) == expected


def test_an_exercise_that_takes_more_than_a_third_is_a_meeting_of_its_own(client, real):
    levels = [1, 1, 1, 5, 5, 5, 3, 3]
    for minutes in LENGTHS:
        assert "one-wall" not in exercises_in(agenda_of(client, real(8, {"information-shared": levels}), minutes))


def test_what_one_person_observes_in_another_meeting_is_no_exercise_for_this_one(client, real, framework):
    levels = {"presence-that-makes-room": [1, 1, 1, 5, 5, 5]}
    assert framework.indicators["presence-that-makes-room"].exercises == ("silent-observer", "quiet-questions")
    assert exercises_in(agenda_of(client, real(6, levels), 180)) == ["quiet-questions"]


@pytest.mark.parametrize(("people", "groups"), [(12, False), (13, True)])
def test_more_people_than_an_exercise_is_for_make_groups(client, real, people, groups):
    levels = {"clarity-for-now": [1] * (people // 2) + [5] * (people - people // 2)}
    details = part(agenda_of(client, real(people, levels), 60), "exercise")["details"]
    assert ("Make groups of that size. At the end each tells the others one thing." in details) == groups


@pytest.mark.parametrize(("level", "points"), [(1, True), (3, False)])
def test_a_look_at_the_results_points_out_where_others_may_see_less(client, real, framework, level, points):
    made = real(6)
    others = [
        sheet_of({each.id: level for each in framework.asked(FORM)}, form=FORM, perspective="others") for _ in range(6)
    ]
    own = [sheet_of({each.id: 3 for each in framework.asked(FORM)}, form=FORM) for _ in range(6)]
    made["view"] = json.loads(json.dumps(team_view(framework, FORM, [*own, *others])))
    details = part(agenda_of(client, made, 60), "look")["details"][1:]
    names = [framework.lenses_by_id[id_].name for id_ in framework.outline.headline_lenses]
    assert details == [f"Point out {name}: others may see less than you do." for name in names if points]


def test_an_exercise_brings_its_materials(client, real, framework):
    agenda = agenda_of(client, real(6, {"clarity-for-now": [1, 1, 1, 5, 5, 5]}), 60)
    exercise = framework.exercises_by_id["three-columns"]
    assert agenda["materials"] == [
        "The results, one copy for each person",
        "Paper and a pen for each person",
        "A clock that everyone can see",
        *exercise.materials,
    ]
    assert part(agenda, "exercise")["details"] == [
        exercise.purpose,
        "Group size: 2 to 12",
        *(f"{step.minutes} minutes: {step.do}" for step in exercise.steps),
    ]


def test_a_team_that_is_close_talks_about_the_headline_lenses(client, real, framework):
    agenda = agenda_of(client, real(6), 90)
    assert outline(agenda) == [
        ("welcome", 5),
        ("look", 5),
        ("round", 5),
        ("lens", 10, "strategic-triangle"),
        ("lens", 10, "implementation-context"),
        ("lens", 10, "six-ways"),
        ("exercise", 15, "quiet-questions", "outcome-that-matters"),
        ("agree", 10, "shared-purpose", "outcome-that-matters"),
        ("plan", 15),
        ("close", 5),
    ]
    lens = framework.lenses_by_id["strategic-triangle"]
    assert part(agenda, "lens")["details"] == [f"Read out: {lens.discuss}"]


@pytest.mark.parametrize("how", [{}, {"mode": "open"}], ids=["too few people", "nobody at all"])
def test_a_team_without_results_talks_about_why_and_about_the_questions_of_the_form(client, real, framework, how):
    made = real(0 if how else 3, **how)
    agenda = agenda_of(client, made, 60)
    asked = ["shared-purpose", "mandate-kept-alive", "means-match-ambition"]
    assert outline(agenda) == [
        ("welcome", 5),
        ("why", 10),
        *(("question", 10, id_) for id_ in asked),
        ("plan", 10),
        ("close", 5),
    ]
    indicator = framework.indicators["shared-purpose"]
    assert part(agenda, "question")["details"] == [f"Read out: {indicator.question}", f"Read out: {indicator.discuss}"]
    assert agenda["materials"][0] == "The questions, one copy for each person"
    limit = "The fewest people for whom results are shown: 5."
    assert (limit in part(agenda, "why")["details"]) == (how == {})


@pytest.mark.parametrize("minutes", LENGTHS)
def test_a_framework_without_exercises_lenses_and_closing_questions_has_an_agenda_too(client, real, minutes):
    made = real(6)
    made["texts"] |= {"exercises": {}, "lenses": {}, "closing": []}
    agenda = agenda_of(client, made, minutes)
    kinds = [each["kind"] for each in agenda["parts"]]
    assert "talk" in kinds
    assert not {"exercise", "lens"} & set(kinds)
    assert sum(each["minutes"] for each in agenda["parts"]) == minutes
    assert part(agenda, "close")["say"] == "Ask each person to say in one sentence what they will do next."


def test_time_for_which_nothing_is_left_belongs_to_the_group(client, real):
    made = real(6)
    made["texts"] |= {"exercises": {}, "lenses": {}}
    made["view"]["discuss"] = ["shared-purpose"]
    assert outline(agenda_of(client, made, 180)) == [
        ("welcome", 10),
        ("look", 10),
        ("round", 15),
        ("talk", 15, "shared-purpose"),
        ("break", 10),
        ("open", 85),
        ("agree", 5, "shared-purpose"),
        ("plan", 20),
        ("close", 10),
    ]


def test_a_few_minutes_that_are_left_go_to_the_plan(client, real):
    made = real(6)
    made["texts"]["lenses"] = {}
    made["texts"]["exercises"]["three-columns"]["minutes"] = 27
    made["view"]["discuss"] = ["clarity-for-now"]
    assert outline(agenda_of(client, made, 90)) == [
        ("welcome", 5),
        ("look", 5),
        ("round", 10),
        ("talk", 15, "clarity-for-now"),
        ("exercise", 27, "three-columns", "clarity-for-now"),
        ("agree", 5, "clarity-for-now"),
        ("plan", 18),
        ("close", 5),
    ]


def test_lenses_without_a_result_are_left_for_another_day_unless_none_has_one(client, real):
    made = real(6)
    lenses = made["view"]["lenses"]
    lenses["strategic-triangle"] |= {"state": "not-enough-answers"}
    lenses["implementation-context"] = {"visible": False, "reason": "fewer-than-minimum-group", "dimensions": {}}
    parts = [each for each in agenda_of(client, made, 60)["parts"] if each["kind"] == "lens"]
    assert [each["lens"] for each in parts] == ["six-ways", "seven-messages"]
    assert parts[0]["say"] == "Read out the result of this lens. Then read out its question."
    for each in lenses.values():
        each |= {"visible": False}
    parts = [each for each in agenda_of(client, made, 60)["parts"] if each["kind"] == "lens"]
    assert [each["lens"] for each in parts] == ["strategic-triangle", "implementation-context"]
    assert parts[0]["say"] == "Read out the question. Hear examples before opinions."


def test_a_meeting_closes_with_a_question_and_the_date_to_look_again(client, real, framework):
    last = part(agenda_of(client, real(6), 60), "close")
    assert last["say"] == "Read out the question. Each person answers in one sentence."
    assert last["details"] == [
        f"Read out: {framework.outline.closing_questions[0]}",
        "Agree the date to look again, and write it down. Six months from now is usual.",
    ]


def test_a_talk_between_answers_that_are_far_apart_also_asks_who_knows(client, real):
    levels = {"shared-purpose": ["not-sure", "not-sure", 1, 1, 5, 5]}
    talk = part(agenda_of(client, real(6, levels, minimum_group=4), 60), "talk")
    assert talk["say"].startswith("Hear the example behind each answer")
    assert "Then ask: who could tell us? Not everyone could say." in talk["details"]


def test_another_length_is_refused_in_words(client, real):
    with pytest.raises(Error, match=r"There are agendas for 60, 90 and 180 minutes\."):
        agenda_of(client, real(6), 75)


def test_the_text_to_copy_begins_like_this(client, real):
    text = text_of(client, agenda_of(client, real(6, SPREAD), 60, "09:30"))
    assert text.startswith(
        """Agenda for 60 minutes

Ground rules
- Everyone is probably right about something.
- Speak from an example: when it was, and what happened.
- No one is asked which answer was theirs.
- What is said in this room stays in this room.
- Anyone may ask for a pause.
- The question may change. If it does, we say so.

What to bring
- The results, one copy for each person
- Paper and a pen for each person
- A clock that everyone can see

09:30 (5 minutes) Welcome and ground rules
Say why you meet and when you finish. Read out the ground rules.
- Ask whether anyone needs another rule.
"""
    )


def test_a_meeting_can_go_on_after_midnight(client, real):
    parts = agenda_of(client, real(6), 180, "22:45")["parts"]
    assert [each["clock"] for each in parts][-1] == "01:40"


def test_without_a_start_the_text_counts_from_the_beginning(client, real):
    for start in (None, "", "half past", "24:00"):
        agenda = agenda_of(client, real(6), 60, start)
        assert "clock" not in agenda["parts"][0]
        assert "\nFrom minute 5 (5 minutes) A quiet look at the results\n" in text_of(client, agenda)


# Random teams

ids = st.lists(st.sampled_from((*ODD_IDS, "one", "two", "three", "four", "five")), unique=True)


@st.composite
def answers(draw):
    """What a view shows of a question."""
    lowest = draw(st.integers(1, 5))
    highest = draw(st.integers(lowest, 5))
    people = draw(st.integers(5, 12))
    not_sure = draw(st.integers(0, 3))
    return {
        "visible": True,
        "people": people,
        "levels_given": people,
        **({"not_sure": not_sure} if people > 9 else {"some_not_sure": not_sure > 0}),
        "lowest": lowest,
        "highest": highest,
        "agreement": draw(st.sampled_from(["close", "some-spread", "wide", None])),
        "far_apart_voice": highest - lowest > 2,
    }


@st.composite
def teams(draw):
    """What an agenda is made from. Each text says whose it is."""
    asked, exercises, lenses = draw(ids), draw(ids), draw(ids)
    shown = draw(st.fixed_dictionaries({id_: st.one_of(answers(), answers(), st.just(HIDDEN)) for id_ in asked}))
    discuss = draw(st.permutations([id_ for id_ in asked if shown[id_]["visible"]]))
    states = st.sampled_from(["aligned", "not-enough-answers", None])
    found = {id_: draw(states) for id_ in lenses}
    view = {
        "mode": draw(st.sampled_from(["anonymous", "open"])),
        "minimum_group": draw(st.sampled_from([None, 5])),
        "sheets": {"own": draw(st.integers(0, 12)), "others": 0},
        "indicators": shown,
        "lenses": {id_: {"visible": True, "state": each} if each else HIDDEN for id_, each in found.items()},
        "discuss": discuss,
    }
    some = st.lists(
        st.sampled_from((*exercises, *ODD_IDS)), unique=True
    )  # Those that an edition hides are still named.
    texts = {
        "indicators": {
            id_: {
                "label": f"label-{id_}-",
                "question": f"question-{id_}-",
                "discuss": f"discuss-{id_}-",
                "exercises": draw(some),
            }
            for id_ in asked
        },
        "exercises": {
            id_: {
                "name": f"name-{id_}-",
                "minutes": draw(st.integers(1, 200)),
                "purpose": f"purpose-{id_}-",
                "materials": ["pens"],
                "steps": [{"minutes": draw(st.integers(1, 90)), "do": f"step-{id_}-"}],
                "group_size": draw(st.sampled_from(["any", "4 to 12", "2 to 3", "1 to observe"])),
            }
            for id_ in exercises
        },
        "lenses": {id_: {"name": f"lens-{id_}-", "discuss": f"about-{id_}-"} for id_ in lenses},
        "closing": draw(st.lists(st.just("closing"), max_size=3)),
    }
    parts = [{"id": "part", "indicators": asked}]
    framework = {
        "levels": ["Not yet", "Starting", "Steady", "Shared", "Renewing"],
        "revisions": dict.fromkeys(asked, 1),
        "lenses": [{"id": id_, "rule": "profile", "dimensions": parts} for id_ in lenses],
        **({"headline_lenses": lenses[:2]} if draw(st.booleans()) else {}),
    }
    return {"view": view, "framework": framework, "texts": texts}


lengths = st.sampled_from(LENGTHS)


@given(made=teams(), minutes=lengths)
def test_the_times_of_every_agenda_add_up(client, made, minutes):
    parts = agenda_of(client, made, minutes)["parts"]
    assert sum(each["minutes"] for each in parts) == minutes
    assert [each["at"] for each in parts] == [
        sum(before["minutes"] for before in parts[:at]) for at in range(len(parts))
    ]
    for each in parts:
        assert each["minutes"] >= 5
        if each["kind"] in ("talk", "question", "lens"):
            assert 8 <= each["minutes"] <= 15
        if each["kind"] == "exercise":
            assert each["minutes"] == made["texts"]["exercises"][each["exercise"]]["minutes"]
        if each["kind"] == "agree":
            assert each["minutes"] == 5 * len(each["indicators"])


@given(made=teams())
def test_three_hours_have_one_break_at_the_change_nearest_to_the_middle(client, made):
    agenda = agenda_of(client, made, 180)
    (pause,) = [each for each in agenda["parts"] if each["kind"] == "break"]
    assert pause["minutes"] == 10
    changes = [each["at"] - (10 if each["at"] > pause["at"] else 0) for each in agenda["parts"]]
    assert abs(pause["at"] - 85) == min(abs(at - 85) for at in changes)
    for minutes in (60, 90):
        assert "break" not in [each["kind"] for each in agenda_of(client, made, minutes)["parts"]]


@given(made=teams(), minutes=lengths)
def test_every_agenda_begins_and_ends_in_the_same_way_and_talks_about_the_first_questions(client, made, minutes):
    agenda = agenda_of(client, made, minutes)
    kinds = [each["kind"] for each in agenda["parts"] if each["kind"] != "break"]
    discuss = made["view"]["discuss"]
    assert kinds[:3] == ["welcome", "look", "round"] if discuss else kinds[:2] == ["welcome", "why"]
    assert kinds[-2:] == ["plan", "close"]
    assert ("agree" in kinds) == bool(discuss)
    talked = [id_ for each in agenda["parts"] if each["kind"] == "talk" for id_ in each["indicators"]]
    agreed = [id_ for each in agenda["parts"] if each["kind"] == "agree" for id_ in each["indicators"]]
    assert talked == discuss[: len(talked)]
    assert agreed == discuss[: len(agreed)]
    for each in agenda["parts"]:
        if each["kind"] == "exercise":
            assert each["indicators"]
            assert set(each["indicators"]) <= set(talked or agreed)
            for id_ in each["indicators"]:
                assert each["exercise"] in made["texts"]["indicators"][id_]["exercises"]


@given(made=teams(), minutes=lengths, noise=answers())
def test_nothing_of_a_hidden_question_is_used(client, made, minutes, noise):
    agenda = agenda_of(client, made, minutes)
    view = made["view"]
    hidden = [id_ for id_, fields in view["indicators"].items() if not fields["visible"]]
    told = {**view["indicators"], **{id_: {**noise, **HIDDEN} for id_ in hidden}}
    lenses = {id_: each if each["visible"] else {**HIDDEN, "state": "aligned"} for id_, each in view["lenses"].items()}
    careless = {**view, "indicators": told, "lenses": lenses, "discuss": [*hidden, *view["discuss"], "unknown"]}
    assert agenda_of(client, {**made, "view": careless}, minutes) == agenda
    if view["discuss"]:
        words = json.dumps(agenda)
        assert not [id_ for id_ in hidden for kind in ("label", "question", "discuss") if f"{kind}-{id_}-" in words]


@given(made=teams(), minutes=lengths, hour=st.integers(20, 23), minute=st.integers(0, 59))
def test_every_clock_is_a_time_of_day(client, made, minutes, hour, minute):
    for each in agenda_of(client, made, minutes, f"{hour:02}:{minute:02}")["parts"]:
        hours, rest = divmod(hour * 60 + minute + each["at"], 60)
        assert each["clock"] == f"{hours % 24:02}:{rest:02}"


@given(made=teams(), minutes=lengths)
def test_every_sentence_is_short_and_the_text_to_copy_has_all_of_them(client, made, minutes):
    agenda = agenda_of(client, made, minutes)
    said = [*agenda["ground_rules"], *agenda["materials"]]
    said += [text for each in agenda["parts"] for text in (each["title"], each["say"], *each["details"])]
    for sentence in (each for text in said for each in re.split(r"(?<=[.?!]) ", text)):
        assert 0 < len(sentence.split()) <= LONGEST_SENTENCE
        assert "{" not in sentence
    lines = text_of(client, agenda).splitlines()
    for text in said:
        assert any(line.removeprefix("- ") == text or line.endswith(f"minutes) {text}") for line in lines)
