"""Someone who has the whole team view, and knows every rule, tries to work out what an anonymous team's view hides."""

from __future__ import annotations

import json
from collections import defaultdict
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from team_cases import sheet_of, small_framework

from generator.score import score_dimension
from generator.team_view import team_view

ALL = "all"


def view_of(framework, own, minimum, others=()):
    sheets = [*(sheet_of(each) for each in own), *(sheet_of(each, "others") for each in others)]
    return team_view(framework, ALL, sheets, minimum_group=minimum)


def mean(values):
    return sum(map(Fraction, values), Fraction(0)) / len(values) if values else None


def dimensions_of(framework):
    return [(lens.id, each) for lens in framework.lenses for each in lens.dimensions]


def value_for(framework, dimension, person):
    answers = [person.get(id_) for id_ in dimension.indicators]
    return score_dimension(answers, framework.settings, framework.level_count).value


def values_of(framework, dimension, team):
    values = [value_for(framework, dimension, person) for person in team]
    return [value for value in values if value is not None]


def levels_of(team, id_):
    return [person[id_] for person in team if isinstance(person.get(id_), int)]


def secrets(framework, view, own, others=()):
    """Every number that the view keeps to itself, by what it is of; None where there is none to keep."""
    hidden = {}
    for id_, fields in view["indicators"].items():
        if not fields["visible"]:
            hidden["mean", id_] = mean(levels_of(own, id_))
        if not fields["visible"] or ("not_sure" not in fields and fields.get("some_not_sure") is not False):
            hidden["not sure", id_] = sum(person.get(id_) == "not-sure" for person in own)
    for lens, dimension in dimensions_of(framework):
        fields = view["lenses"][lens]["dimensions"][dimension.id]
        if not fields["visible"]:
            hidden["own", lens, dimension.id] = mean(values_of(framework, dimension, own))
        if others and not fields["others"]["visible"]:
            hidden["others", lens, dimension.id] = mean(values_of(framework, dimension, others))
    return hidden


# Brute force: every team that there could be

PAIR = {"q1": ("both", "first"), "q2": ("both",)}
THREE = {"q1": ("wide", "pair"), "q2": ("wide", "pair", "last"), "q3": ("wide", "last")}
TRIANGLE = {"a": ("ab", "ca"), "b": ("ab", "bc"), "c": ("bc", "ca")}

EVERYTHING = (1, 2, 3, "not-sure", None)
ENDS = (1, 3, None)


@pytest.mark.parametrize(
    ("people", "feeds", "answers", "settings"),
    [
        (3, PAIR, EVERYTHING, {}),
        (4, PAIR, (*ENDS, "not-sure"), {}),
        (4, PAIR, (*ENDS, "not-applicable"), {"minimum_answered_count": 1}),
        (3, THREE, ENDS, {}),
        (4, THREE, ENDS, {}),
        (3, TRIANGLE, ENDS, {"minimum_answered_count": 1, "minimum_answered_share": Fraction(1, 2)}),
    ],
)
def test_no_hidden_number_is_the_only_one_that_fits_any_small_team(people, feeds, answers, settings):
    framework = small_framework(feeds, **settings)
    teams = combinations_with_replacement(everyone(feeds, answers), people)
    found = ((view_of(framework, team, 3), team, ()) for team in teams)
    assert not worked_out(framework, found, answers)


def test_no_hidden_number_of_others_is_the_only_one_that_fits_either():
    framework = small_framework(THREE)
    own = [dict.fromkeys(THREE, 2)] * 3
    # Those who answered two questions at least: they are the ones who can have a value.
    people = [each for each in everyone(THREE, ENDS) if list(each.values()).count(None) < 2]
    teams = combinations_with_replacement(people, 4)
    found = ((view_of(framework, own, 3, others), own, others) for others in teams)
    assert not worked_out(framework, found, ENDS)


def everyone(feeds, answers):
    """Every person that there could be."""
    return [dict(zip(feeds, given, strict=True)) for given in product(answers, repeat=len(feeds))]


def worked_out(framework, found, answers):
    """A hidden number that is the only one that fits all teams with the same view, in words; nothing if there is none."""
    possible = defaultdict(lambda: defaultdict(set))
    for view, own, others in found:
        for what, number in secrets(framework, view, own, others).items():
            possible[json.dumps(view)][what].add(number)
    return next(
        (
            f"{what} is {numbers} from {view}"
            for view, hidden in possible.items()
            for what, numbers in hidden.items()
            # Where nobody can say "not sure", that nobody did is known before.
            if len(numbers - {None}) == 1 and (what[0] != "not sure" or "not-sure" in answers)
        ),
        "",
    )


# Algebra: larger teams. The one who tries is told, besides, who gave a level to each question that is shown.


@st.composite
def frameworks_with_teams(draw):
    random = Random(draw(st.integers(0, 2**32)))
    names = [f"part-{n}" for n in range(random.randint(1, 5))]
    feeds = {f"q{n}": random.sample(names, random.randint(1, len(names))) for n in range(random.randint(2, 6))}
    count, share = random.randint(1, 3), Fraction(random.randint(0, 5), 5)
    framework = small_framework(feeds, 5, minimum_answered_count=count, minimum_answered_share=share)
    answers = [*range(1, random.randint(1, 5) + 1), *["not-sure"] * random.randint(0, 3), "not-applicable", None]
    own, others = (
        [{id_: random.choice(answers) for id_ in feeds} for _ in range(people)]
        for people in (random.randint(2, 14), random.choice((0, random.randint(2, 14))))
    )
    return framework, own, others, random.randint(3, 10)


@given(made=frameworks_with_teams())
def test_no_hidden_number_of_a_larger_team_comes_out_by_algebra(made):
    framework, own, others, minimum = made
    view = view_of(framework, own, minimum, others)
    for (kind, *where), number in secrets(framework, view, own, others).items():
        if number is None or kind == "not sure":
            continue
        if kind == "others":
            if not view["lenses"][where[0]]["dimensions"][where[1]]["visible"]:
                continue  # it is not beside anything, and may be no secret
            teams = [
                each for each in could_be(framework, others, minimum) if view_of(framework, own, minimum, each) == view
            ]
        else:
            teams = [
                each for each in could_be(framework, own, minimum) if view_of(framework, each, minimum, others) == view
            ]
        assert teams
        assert not all(comes_out(framework, view, team, kind, where) for team in teams), (kind, where, number, view)


def could_be(framework, team, minimum):
    """The team, and the same with all hidden questions answered by one person alone, whoever that is."""
    yield team
    fields = view_of(framework, team, minimum)["indicators"]
    hidden = [id_ for id_, each in fields.items() if not each["visible"] and levels_of(team, id_)]
    for one in team:
        yield [{**person, **dict.fromkeys(hidden, 1 if person is one else None)} for person in team]


def comes_out(framework, view, team, kind, where):
    """Whether a hidden number follows from those shown, for someone who knows who gave a level to what."""
    if kind == "mean":
        sought = of_question(team, where[0])
    else:
        dimension = next(each for lens, each in dimensions_of(framework) if (lens, each.id) == tuple(where))
        sought = of_dimension(framework, dimension, team)
    return is_made_of(sought, shown_in(framework, view, team, kind))


def shown_in(framework, view, team, kind):
    """What the view says, as sums of unknown levels."""
    if kind != "others":
        for id_, fields in view["indicators"].items():
            if fields["visible"]:
                yield of_question(team, id_)
                if fields["range"] == 0:
                    yield from ({each: Fraction(1)} for each in of_question(team, id_))
    for lens, dimension in dimensions_of(framework):
        fields = view["lenses"][lens]["dimensions"][dimension.id]
        if (fields.get("others", {}) if kind == "others" else fields).get("visible"):
            yield of_dimension(framework, dimension, team)


def of_question(team, id_):
    return {(number, id_): Fraction(1) for number, person in enumerate(team) if isinstance(person.get(id_), int)}


def of_dimension(framework, dimension, team):
    """Each person's levels by what they count for: a value is the mean of those that a person gave."""
    weights = {}
    for number, person in enumerate(team):
        if value_for(framework, dimension, person) is not None:
            given_to = [id_ for id_ in dimension.indicators if isinstance(person.get(id_), int)]
            weights |= {(number, id_): Fraction(1, len(given_to)) for id_ in given_to}
    return weights


def is_made_of(sought, rows):
    """Whether sums add up to the one sought, each taken as often as need be: by elimination, exactly."""
    pivots = {}
    for row in rows:
        rest = reduced(row, pivots)
        if rest:
            column = next(iter(rest))
            pivots[column] = {each: weight / rest[column] for each, weight in rest.items()}
    return not reduced(sought, pivots)


def reduced(row, pivots):
    rest = dict(row)
    for column, pivot in pivots.items():
        factor = rest.get(column, 0)
        if factor:
            for each, weight in pivot.items():
                rest[each] = rest.get(each, 0) - factor * weight
    return {each: weight for each, weight in rest.items() if weight}


# Parts of the team. What is plain of everybody, or is the whole team's own number, is no secret of a part.

CUT = {"minimum_group": 2, "minimum_group_allowed": (2, 10)}
"""So that all teams with parts can be gone through."""
REST = "the rest"


def cut_view(framework, own, names, minimum):
    sheets = [sheet_of(person, team=name) for person, name in zip(own, names, strict=True)]
    return team_view(framework, ALL, sheets, minimum_group=minimum, by="team")


def places_of(view, names):
    """Who is in which part, by their place in the list: those that are shown, those that are not, and all of these."""
    shown = {each["id"] for each in view["subgroups"]["groups"]}
    places = {name: [at for at, each in enumerate(names) if each == name] for name in names}
    return {**places, REST: [at for at, each in enumerate(names) if each not in shown]}, shown


def secrets_of_parts(framework, view, own, names, minimum):
    """Every number of a part that the view keeps to itself, with the questions that it is made of."""
    places, shown = places_of(view, names)
    groups = [each["lenses"] for each in view["subgroups"]["groups"]]
    told = {(lens, id_) for each in groups for lens in each for id_ in each[lens] if each[lens][id_]["visible"]}
    for part, members in places.items():
        people = [own[at] for at in members]
        is_apart = part in shown or members == places[REST]
        for id_ in view["indicators"]:
            levels = levels_of(people, id_)
            if len(levels) < min(minimum, len(levels_of(own, id_))):
                yield (part, id_), mean(levels), (id_,)
        for lens, dimension in dimensions_of(framework):
            values = values_of(framework, dimension, people)
            is_told = (lens, dimension.id) in told and is_apart and (not values or len(values) >= minimum)
            if not is_told and len(values) < len(values_of(framework, dimension, own)):
                yield (part, dimension.id), mean(values), dimension.indicators


def is_plain(framework, view, own, names, secret):
    """Whether all levels of a part follow from each being the same: of the whole team, or of a part that is told of."""
    (part, _), _, questions = secret
    places, shown = places_of(view, names)
    groups = [each["lenses"]["lens"] for each in view["subgroups"]["groups"]]
    around = [own[at] for at in places[part if part in shown else REST]]
    told = {
        id_
        for lens, dimension in dimensions_of(framework)
        for id_ in dimension.indicators
        if any(each[dimension.id]["visible"] for each in groups)
    }
    return all(
        len(set(levels_of(own, id_))) < 2 or (id_ in told and len(set(levels_of(around, id_))) < 2) for id_ in questions
    )


def worked_out_of_parts(framework, teams, names, minimum):
    """A hidden number of a part that only the parts give away, in words; and how many views told of parts."""
    possible, before = (defaultdict(lambda: defaultdict(set)) for _ in range(2))
    telling, not_plain = set(), set()
    for own in teams:
        view = cut_view(framework, own, names, minimum)
        whole = json.dumps({key: each for key, each in view.items() if key != "subgroups"})
        known = (whole, json.dumps(view["subgroups"]))
        if '"value"' in known[1]:
            telling.add(known)
        for secret in secrets_of_parts(framework, view, own, names, minimum):
            what, number, _ = secret
            possible[known][what].add(number)
            before[whole][what].add(number)
            if not is_plain(framework, view, own, names, secret):
                not_plain.add((known, what))
    found = (
        f"{what} is {numbers} from {known}"
        for known, hidden in possible.items()
        for what, numbers in hidden.items()
        if len(numbers - {None}) == 1 and len(before[known[0]][what] - {None}) > 1 and (known, what) in not_plain
    )
    return next(found, ""), len(telling)


@pytest.mark.parametrize(
    ("sizes", "feeds", "answers", "minimum"),
    [
        ((3, 3), {"q": ("part",)}, (1, 2, 3, None), 3),
        ((3, 2, 1), {"q": ("part",)}, (1, 2, 3, None), 3),
        ((3, 2), PAIR, ENDS, 2),
        ((2, 1, 1), PAIR, ENDS, 2),
    ],
)
def test_no_hidden_number_of_a_part_is_the_only_one_that_fits_any_small_team(sizes, feeds, answers, minimum):
    framework = small_framework(feeds, **CUT)
    names = [name for name, size in zip("abc", sizes, strict=False) for _ in range(size)]
    parts = [list(combinations_with_replacement(everyone(feeds, answers), size)) for size in sizes]
    teams = ([person for part in team for person in part] for team in product(*parts))
    leak, telling = worked_out_of_parts(framework, teams, names, minimum)
    assert not leak
    assert telling


@given(made=frameworks_with_teams(), seed=st.integers(0, 2**32))
def test_no_hidden_number_of_a_part_of_a_larger_team_comes_out_by_algebra(made, seed):
    framework, own, _, minimum = made
    random = Random(seed)
    names = [random.choice(("a", "a", "b", "b", "c", "")) for _ in own]
    view = cut_view(framework, own, names, minimum)
    for secret in secrets_of_parts(framework, view, own, names, minimum):
        what, number, _ = secret
        if number is None or is_plain(framework, view, own, names, secret):
            continue
        teams = (
            each
            for team in could_be(framework, own, minimum)
            for each in turned(team, names)
            if cut_view(framework, each, names, minimum) == view
        )
        assert not all(part_comes_out(framework, view, team, names, what) for team in teams), (what, view)


def turned(team, names):
    """The team, and the same with two people of different parts in each other's place, whole or in some of the questions."""
    yield team
    for one, other in combinations(range(len(team)), 2):
        if names[one] == names[other]:
            continue
        for ids in ([*team[one]], *([id_] for id_ in team[one])):
            changed = [dict(each) for each in team]
            changed[one] |= {id_: team[other][id_] for id_ in ids}
            changed[other] |= {id_: team[one][id_] for id_ in ids}
            yield changed


def part_comes_out(framework, view, team, names, where):
    """Whether a part's number follows, for someone who knows besides who is in which part."""
    part, what = where
    places, _ = places_of(view, names)
    dimensions = {each.id: (lens, each) for lens, each in dimensions_of(framework)}

    def among(weights, members):
        return {key: weight for key, weight in weights.items() if key[0] in members}

    rows = list(shown_in(framework, view, team, "own"))
    for group in view["subgroups"]["groups"]:
        for id_, (lens, dimension) in dimensions.items():
            if group["lenses"][lens][id_]["visible"]:
                rows.append(among(of_dimension(framework, dimension, team), places[group["id"]]))
    every = of_dimension(framework, dimensions[what][1], team) if what in dimensions else of_question(team, what)
    return is_made_of(among(every, places[part]), rows)


def test_the_algebra_finds_what_does_follow():
    first, second, third = ({each: Fraction(1)} for each in "abc")
    both, all_three = {**first, **second}, {**first, **second, **third}
    assert is_made_of(third, [all_three, both])
    assert is_made_of({"a": Fraction(1, 2), "c": Fraction(3)}, [all_three, both, second])
    assert not is_made_of(first, [all_three, both])
