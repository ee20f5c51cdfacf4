"""What is said of a team view in words. Equal to what `client/seeing.js` and `client/handout.js` write on the team's page."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from generator.message import message
from generator.score import band
from generator.words import say, say_count

if TYPE_CHECKING:
    from generator.model import Framework, Lens
    from generator.score import Fields


def basis(view: Fields) -> str:
    """What a view rests on, in sentences.

    Arguments:
        view: In the format `balcony-team/1`.
    """
    sheets = view["sheets"]
    own, others, aside = sheets["own"], sheets["others"], len(sheets["set_aside"])
    words = [
        say_count(own, "From {count} sheet of the team.", "From {count} sheets of the team."),
        say_count(others, "{count} sheet gives the view of others.", "{count} sheets give the view of others.")
        if others
        else "",
        say_count(aside, "{count} is set aside.", "{count} are set aside.") if aside else "",
        say("Open: everything is shown.")
        if view["mode"] == "open"
        else say("Anonymous: nothing about fewer than {minimum} people.", minimum=view["minimum_group"]),
    ]
    return " ".join(filter(None, words))


def said_of_lens(framework: Framework, lens: Lens, fields: Fields) -> str:
    """What a lens says of a team, in a sentence or more.

    Arguments:
        framework: The framework that was answered.
        lens: The lens.
        fields: Its part of the view.
    """
    if "state" not in fields:
        return say("Too few people answered the questions behind this lens.")
    parts = {
        id_: {**part, "scored": "value" in part} if "value" in part else {"scored": False}
        for id_, part in fields["dimensions"].items()
    }
    return message(framework, lens, {**fields, "dimensions": parts})


def level_of(framework: Framework, fields: Fields) -> str:
    """The level and the number of something that has a value: `Steady (2.6)`."""
    level = framework.outline.levels[band(Fraction(fields["value"])) - 1].name
    return say("{level} ({number})", level=level, number=fields["shown"])


def cell(framework: Framework, fields: Fields) -> tuple[str, str]:
    """What a table says of a part of a lens: its level, and what that rests on; or why it has none.

    Arguments:
        framework: The framework that was answered.
        fields: The part's fields in the view.
    """
    if "value" not in fields:
        few = say("Too few people answered")
        return "", say("Nobody has enough answers") if fields["visible"] else few
    people = say_count(
        fields["people_scored"],
        "{number}, from {count} person",
        "{number}, from {count} people",
        number=fields["shown"],
    )
    return framework.outline.levels[fields["band"] - 1].name, people


def standing(framework: Framework, fields: Fields) -> str:
    """Say where people stand on a question, as far as it may be shown.

    Arguments:
        framework: The framework that was answered.
        fields: The indicator's part of the view.
    """
    if not fields["visible"]:
        return say("Too few people gave a level for this to be shown.")
    words = [_range(framework, fields) if "mean" in fields else say("Nobody gave a level.")]
    agreement = {
        "close": say("People are close together."),
        "some-spread": say("People differ to some degree."),
        "wide": say("People are wide apart."),
    }
    words.append(agreement.get(fields.get("agreement") or "", ""))
    if fields.get("far_apart_voice"):
        words.append(say("Some are far apart: hear both."))
    if fields.get("not_sure"):
        words.append(say_count(fields["not_sure"], "{count} could not say.", "{count} could not say."))
    elif fields.get("some_not_sure"):
        words.append(say("Somebody could not say."))
    return " ".join(filter(None, words))


def _range(framework: Framework, fields: Fields) -> str:
    low, high = (framework.outline.levels[fields[end] - 1].name for end in ("lowest", "highest"))
    if low == high:
        return say("All say {low}.", low=low)
    return say("From {low} to {high}, {number} on average.", low=low, high=high, number=fields["shown"])


def row(framework: Framework, fields: Fields) -> list[str]:
    """A question's row of the hand-out; just one cell, where there is no number.

    Arguments:
        framework: The framework that was answered.
        fields: The indicator's part of the view.
    """
    if not fields["visible"]:
        return [say("Not shown: too few people")]
    unsure = str(fields["not_sure"]) if fields.get("not_sure") else say("some") if fields.get("some_not_sure") else ""
    if "mean" not in fields:
        left = say("Could not say: {unsure}.", unsure=unsure) if unsure else ""
        return [" ".join(filter(None, [say("Nobody gave a level."), left]))]
    levels = framework.outline.levels
    low, high = (levels[fields[end] - 1].name for end in ("lowest", "highest"))
    agreement = {"close": say("close"), "some-spread": say("some spread"), "wide": say("wide apart")}
    near = [agreement.get(fields["agreement"], ""), say("hear both") if fields["far_apart_voice"] else ""]
    return [
        f"{fields['shown']} {levels[band(Fraction(fields['mean'])) - 1].name}",
        low if low == high else say("{low} to {high}", low=low, high=high),
        ", ".join(filter(None, near)),
        unsure,
    ]


def ticked(view: Fields, sign: str) -> str:
    """How many ticked a warning sign, as far as it may be told; empty where nothing of it may be shown.

    Arguments:
        view: In the format `balcony-team/1`.
        sign: Its id.
    """
    fields = view["warning_signs"][sign]
    if fields.get("ticked"):
        return say_count(fields["ticked"], "{count} person ticked it.", "{count} people ticked it.")
    if fields.get("reached_minimum_group"):
        return say("At least {count} people ticked it.", count=view["minimum_group"])
    return ""
