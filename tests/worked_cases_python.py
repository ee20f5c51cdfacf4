"""What Python's scoring finds for a worked case, under the names that the case uses. tests/worked_cases.js is its twin."""

from __future__ import annotations

from fractions import Fraction

from generator import change, research, team
from generator.model import Lens, Settings
from generator.score import band, median_low, score_dimension, score_lens, shown, warning_sign_band

SETTINGS = Settings()
TOP = 5


def _dimension(answers):
    return score_dimension(answers, SETTINGS, TOP)


def dimension(given):
    return _dimension_findings(_dimension(given["answers"]))


def _dimension_findings(found):
    more = {"sum": sum(found.levels), "median_low": median_low(found.levels)} if found.value is not None else {}
    counts = {
        name: getattr(found, name) for name in ("questions", "not_sure", "not_applicable", "blank", "answered_share")
    }
    return {**found.fields(), **counts, **more}


def lens(given, rule):
    dimensions = {id_: _dimension(answers) for id_, answers in given["dimensions"].items()}
    found = score_lens(Lens.model_construct(rule=rule, dimensions=()), dimensions, SETTINGS)
    values = {id_: each.value for id_, each in dimensions.items() if each.value is not None}
    return {
        **found,
        "dimensions": {id_: _dimension_findings(each) for id_, each in dimensions.items()},
        "bands": {id_: band(value) for id_, value in values.items()},
        "count_at_each_band": {
            str(level): list(map(band, values.values())).count(level) for level in range(1, TOP + 1)
        },
        "could_be_from": found.get("count"),
    }


def team_question(given):
    found, spread = team.team_question(given["answers"], given["minimum_group"], SETTINGS)
    if spread is None:
        return {**found, "minimum_group": given["minimum_group"]}
    return {
        **found,
        **vars(spread),
        "minimum_group": given["minimum_group"],
        "range": spread.highest - spread.lowest,
        "rwg": float(research.within_group_agreement(spread.sample_variance, TOP)),
    }


def team_dimension(given):
    values = [_dimension(answers).value for answers in given["sheets"]]
    scored = [value for value in values if value is not None]
    value = team.team_dimension(values, given["minimum_group"])
    counts = {
        "people": len(values),
        "people_scored": len(scored),
        "minimum_group": given["minimum_group"],
        "visible": value is not None,
    }
    if value is None:
        return {**counts, "reason": team.TOO_FEW}
    return {**counts, "value": value, "band": band(value), "lowest_person": min(scored), "highest_person": max(scored)}


def subgroups(given):
    sizes = given["sizes"]
    visible = team.visible_subgroups(sizes, given["minimum_group"])
    hidden = [id_ for id_ in sizes if id_ not in visible]
    whole = sum(sizes.values())
    return {
        "whole": whole,
        "hidden": hidden,
        "hidden_people": sum(sizes[id_] for id_ in hidden),
        "visible": visible,
        "whole_visible": whole >= given["minimum_group"],
    }


def _mean(values):
    return sum(map(Fraction, values), Fraction(0)) / len(values)


def change_of_a_value(given):
    if given["mode"] == "team":
        first, second = given["first_people"], given["second_people"]
        return change.change(_mean(first), _mean(second), change.clear_change(SETTINGS, (len(first), len(second))))
    values = [_dimension(given[date]).value for date in ("first", "second")]
    return change.change(*values, change.clear_change(SETTINGS))


def change_of_a_lens(given):
    first, second = (lens({"dimensions": given[date]}, "alignment") for date in ("first", "second"))
    return {
        "lowest": change.change(Fraction(first["value"]), Fraction(second["value"]), change.clear_change(SETTINGS)),
        "gap_first": first["gap"],
        "gap_second": second["gap"],
        "first_state": first["state"],
        "second_state": second["state"],
    }


def explanation(given):
    one = research.smallest_clear_change(given["sd"], given["reliability"])
    return {
        "sem": one / 1.96 / 2**0.5,
        "s_diff": one / 1.96,
        "single_sheet": one,
        "team_of_5": research.smallest_clear_change(given["sd"], given["reliability"], given["n"]),
    }


def others(given):
    own = Fraction(given["own"])
    found = team.others_view(own, [Fraction(value) for value in given["others"]], given["minimum_group"], SETTINGS)
    return {**found, "own": own, "people": len(given["others"])}


def checklist(given):
    return {"ticked": given["ticked"], "band": warning_sign_band(given["ticked"], SETTINGS)}


def completion(given):
    found = _dimension(given["answers"])
    answered = found.questions - found.blank
    return {
        "of": found.questions,
        "levels": found.levels_given,
        "applicable": found.applicable,
        "progress": Fraction(answered, found.questions),
        "answered_share": found.answered_share,
        "answered": answered,
    }


def analysis(given):
    rows = given["rows_are_people"]
    return {
        "question_variances": [research.variance(column) for column in zip(*rows, strict=True)],
        "total_variance": research.variance([sum(row) for row in rows]),
        "alpha": float(research.alpha(rows)),
    }


KINDS = {
    "dimension": dimension,
    "team-question": team_question,
    "team-dimension": team_dimension,
    "subgroups": subgroups,
    "change": change_of_a_value,
    "change-lens": change_of_a_lens,
    "explanation": explanation,
    "others": others,
    "checklist": checklist,
    "completion": completion,
    "analysis": analysis,
}


def findings(case):
    kind = case["kind"]
    return lens(case["input"], kind.removeprefix("lens-")) if kind.startswith("lens-") else KINDS[kind](case["input"])


def arithmetic(a, b):
    """What both languages have to agree on for any two numbers."""
    x, y = Fraction(a), Fraction(b)
    return {"compared": (x > y) - (x < y), "quotient": str(x / y) if y else None, "band": band(x), "shown": shown(x)}


def shown_as(exact, places):
    return shown(Fraction(exact), places)
