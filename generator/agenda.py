"""A facilitator's agenda for a meeting about a team view. Equal to `client/agenda.js`, where the rules and their reasons stand.

It says nothing about the team but what the view shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.words import say, say_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.model import Exercise, Framework
    from generator.score import Fields

_TALK = (8, 15)
"""The least and the most minutes for something to talk about."""
_MANY = 5
"""One in so many people who are not sure are many."""
_SHARE = 3
"""An exercise takes at most one in so many minutes of the meeting."""
_AGREE = 5
"""Minutes in which a group agrees one level."""
_SHORTEST = 5
"""The fewest minutes that are worth a part of their own."""
_FILLED = ("plan", "round", "why", "look", "talk", "question", "lens", "welcome", "close")
"""What gets more time than the least, first to last."""


class _Length(NamedTuple):
    """How a meeting is filled."""

    least: int
    """So many things are talked about at the least, and for so many a level is agreed."""
    most: int
    """And so many at the most."""
    talk: int
    """Minutes for each, if there are so many."""
    pause: int
    """Minutes of a break."""
    parts: Mapping[str, tuple[int, int]]
    """The least and the most minutes of other parts."""


LENGTHS: Mapping[int, _Length] = {
    60: _Length(1, 3, 10, 0, {"welcome": (5, 5), "look": (5, 5), "round": (5, 10), "why": (10, 15), "plan": (7, 10), "close": (5, 5)}),
    90: _Length(2, 4, 10, 0, {"welcome": (5, 5), "look": (5, 5), "round": (5, 10), "why": (10, 20), "plan": (7, 15), "close": (5, 5)}),
    180: _Length(3, 6, 12, 10, {"welcome": (5, 10), "look": (5, 10), "round": (10, 15), "why": (15, 30), "plan": (10, 20), "close": (5, 10)}),
}  # fmt: skip
"""By the minutes of the meeting. They are a judgement, from the guide "Run it with your team"."""


@dataclass(frozen=True)
class Part:
    """Something to do."""

    kind: str
    title: str
    say: str
    """What the facilitator does first."""
    details: tuple[str, ...] = ()
    """What else there is to read out or to do."""
    exercise: str | None = None
    """Its id."""
    indicators: tuple[str, ...] | None = None
    """The questions that it is about."""
    lens: str | None = None
    """The lens that it is about."""
    minutes: int = 0
    at: int = 0
    """Minutes from the start."""

    def fields(self) -> Fields:
        """The part as the browser has it."""
        about = {"exercise": self.exercise, "indicators": self.indicators, "lens": self.lens}
        return {
            "at": self.at,
            "kind": self.kind,
            "title": self.title,
            "say": self.say,
            "details": list(self.details),
            **{name: list(each) if name == "indicators" else each for name, each in about.items() if each is not None},
            "minutes": self.minutes,
        }


@dataclass(frozen=True)
class Agenda:
    """A meeting."""

    title: str
    minutes: int
    parts: tuple[Part, ...] = ()
    """Their minutes add up to the whole."""
    ground_rules: tuple[str, ...] = field(default_factory=tuple)
    materials: tuple[str, ...] = field(default_factory=tuple)


def agenda(framework: Framework, view: Fields, minutes: int) -> Agenda:
    """Make an agenda.

    Arguments:
        framework: The framework that was answered.
        view: The team view, `balcony-team/1`.
        minutes: One of `LENGTHS`.
    """
    return _Maker(framework, view, minutes).made()


class _Maker:
    """What an agenda is made from."""

    def __init__(self, framework: Framework, view: Fields, minutes: int) -> None:
        self.framework, self.view, self.minutes = framework, view, minutes
        self.length = LENGTHS[minutes]
        self.indicators = view["indicators"]
        self.ids = [id_ for id_ in view["discuss"] if self.indicators[id_]["visible"]]
        self.agreed = self.ids[: self.length.least]
        self.headlines = [id_ for id_ in framework.outline.headline_lenses if id_ in framework.lenses_by_id]
        with_result = [id_ for id_ in self.headlines if _has_result(view["lenses"].get(id_))]
        self.has_results = bool(with_result)
        self.lenses = with_result or self.headlines
        self.settled = bool(self.lenses) and all(_is_settled(self.indicators[id_]) for id_ in self.ids)

    def made(self) -> Agenda:
        """All of it."""
        length, minutes = self.length, self.minutes
        before = [_welcome(), self._look(), _round()] if self.ids else [_welcome(), self._why()]
        after = [*([self._agree()] if self.agreed else []), _plan(), self._close()]
        first, last = ([self._least(part) for part in parts] for parts in (before, after))
        room = minutes - length.pause - _total([*first, *last])
        between = self._talks_and_exercise(room)
        parts = _filled([*first, *between, *last], minutes - length.pause, length)
        if length.pause:
            parts.insert(_middle(parts, minutes, length.pause), _break(length.pause))
        return Agenda(
            title=say("Agenda for {minutes} minutes", minutes=minutes),
            minutes=minutes,
            parts=tuple(replace(part, at=_total(parts[:at])) for at, part in enumerate(parts)),
            ground_rules=_ground_rules(),
            materials=self._materials(between),
        )

    def _least(self, part: Part) -> Part:
        least, _ = self.length.parts.get(part.kind, (_AGREE * len(self.agreed), 0))
        return replace(part, minutes=least)

    # What to talk about

    def _topics(self) -> list[Part]:
        """In order."""
        if not self.ids:
            return [self._question(id_) for id_ in self._questions()]
        talks = [] if self.settled else [self._talk(id_) for id_ in self.ids]
        return [*talks, *(self._lens(id_) for id_ in self.lenses)]

    def _questions(self) -> list[str]:
        """The form's questions: the first of each part of each headline lens, then the second, then all others."""
        reported = {lens.id: lens for lens in self.framework.reported(self.view["form"])}
        parts = [
            [id_ for id_ in part.indicators if id_ in self.indicators]
            for lens in self.headlines
            if lens in reported
            for part in reported[lens].dimensions
        ]
        turns = (id_ for each in zip_longest(*parts) for id_ in each if id_ is not None)
        return list(dict.fromkeys(chain(turns, self.indicators)))

    def _talk(self, id_: str) -> Part:
        fields, indicator = self.indicators[id_], self.framework.indicators[id_]
        wide, unsure = _is_wide(fields), _is_unsure(fields)
        if wide:
            opening = say("Hear the example behind each answer, the furthest first. No one defends an answer.")
        elif unsure:
            opening = say("Ask first: who could tell us? Not everyone could say.")
        else:
            opening = say("Ask for a recent example: when it was, and what happened.")
        anyone = [say("Anyone may give an example for any answer. No one says which was theirs.")]
        then = [say("Then ask: who could tell us? Not everyone could say.")]
        details = (
            _read(indicator.question),
            *self._ends(fields),
            *(anyone if wide else []),
            *(then if wide and unsure else []),
            _read(indicator.discuss),
        )
        return Part("talk", indicator.label, opening, details, indicators=(id_,))

    def _ends(self, fields: Fields) -> list[str]:
        if "lowest" not in fields:
            return []
        low, high = (self.framework.outline.levels[fields[end] - 1].name for end in ("lowest", "highest"))
        if low == high:
            return [say("Every answer: {low}.", low=low)]
        return [say("Lowest answer: {low}. Highest answer: {high}.", low=low, high=high)]

    def _question(self, id_: str) -> Part:
        indicator = self.framework.indicators[id_]
        first = say("Ask for a recent example. Do not ask anyone for a level.")
        details = (_read(indicator.question), _read(indicator.discuss))
        return Part("question", indicator.label, first, details, indicators=(id_,))

    def _lens(self, id_: str) -> Part:
        lens = self.framework.lenses_by_id[id_]
        first = (
            say("Read out the result of this lens. Then read out its question.")
            if self.has_results
            else say("Read out the question. Hear examples before opinions.")
        )
        return Part("lens", lens.name, first, (_read(lens.discuss),), lens=id_)

    # The exercise

    def _talks_and_exercise(self, room: int) -> list[Part]:
        length, topics, found = self.length, self._topics(), self._exercise(room)
        left = room - (found.minutes if found else 0)
        count = min(len(topics), length.most, max(length.least, left // length.talk))
        talks = [replace(part, minutes=min(length.talk, left // count)) for part in topics[:count]]
        about = self.agreed if self.settled else [id_ for part in talks for id_ in part.indicators or ()]
        return [*talks, self._exercise_part(found, about)] if found else talks

    def _exercise(self, room: int) -> Exercise | None:
        """The first that leaves every part its least time, and the talk about its own question too."""
        length = self.length
        least = min(length.least, len(self._topics()))
        for at, id_ in enumerate(self.agreed if self.settled else self.ids[: length.most]):
            # For the sake of a later question, the talks get no shorter.
            talks = least * _TALK[0] if self.settled or at < least else (at + 1) * length.talk
            for each in self.framework.indicators[id_].exercises:
                exercise = self.framework.exercises_by_id.get(each)  # an edition may hide it
                if exercise and self._fits(exercise) and talks + exercise.minutes <= room:
                    return exercise
        return None

    def _fits(self, exercise: Exercise) -> bool:
        """Whether it is short enough, and one that so many people can do in this room."""
        numbers = _sizes(exercise)
        is_long = exercise.minutes * _SHARE > self.minutes
        fewest = numbers[0] if numbers else 0
        return (
            exercise.minutes >= _SHORTEST and not is_long and len(numbers) != 1 and fewest <= self.view["sheets"]["own"]
        )

    def _exercise_part(self, exercise: Exercise, about: Sequence[str]) -> Part:
        people, numbers = self.view["sheets"]["own"], _sizes(exercise)
        groups = [say("Make groups of that size. At the end each tells the others one thing.")]
        details = (
            exercise.purpose,
            say("Group size: {group_size}", group_size=exercise.group_size),
            *(groups if len(numbers) > 1 and people > numbers[1] else []),
            *(
                say_count(step.minutes, "{count} minute: {what}", "{count} minutes: {what}", what=step.do)
                for step in exercise.steps
            ),
        )
        return Part(
            "exercise",
            exercise.name,
            say("Read out what the exercise is for. Then follow its steps."),
            details,
            exercise=exercise.id,
            indicators=tuple(id_ for id_ in about if exercise.id in self.framework.indicators[id_].exercises),
            minutes=exercise.minutes,
        )

    # The fixed parts

    def _look(self) -> Part:
        names = [
            self.framework.lenses_by_id[id_].name for id_ in self.headlines if _is_blind(self.view["lenses"].get(id_))
        ]
        return Part(
            "look",
            say("A quiet look at the results"),
            say("Give everyone the results. Each person reads alone, and no one talks."),
            (
                say("Ask each person to mark one result that surprises them."),
                *(say("Point out {lens}: others may see less than you do.", lens=name) for name in names),
            ),
        )

    def _why(self) -> Part:
        count = self.view["minimum_group"]
        fewest = [say("The fewest people for whom results are shown: {count}.", count=count)] if count else []
        return Part(
            "why",
            say("Why there are no results yet"),
            say("Ask what would make it easier or safer to answer. No one says whether they answered."),
            (
                *fewest,
                say("Ask who has not yet been invited."),
                say("Ask whether people know who can read their answers."),
            ),
        )

    def _agree(self) -> Part:
        return Part(
            "agree",
            say("Agree a level"),
            say("Ask which level fits best. Agree on one, and do not average."),
            (
                *(_read(self.framework.indicators[id_].question) for id_ in self.agreed),
                say("Take {minutes} minutes for each question. Write down the level, and why.", minutes=_AGREE),
                say("If you cannot agree, write down both levels and go on."),
            ),
            indicators=tuple(self.agreed),
        )

    def _close(self) -> Part:
        """With one closing question, so that there is time for everyone's answer."""
        closing = self.framework.outline.closing_questions
        return Part(
            "close",
            say("Close"),
            say("Read out the question. Each person answers in one sentence.")
            if closing
            else say("Ask each person to say in one sentence what they will do next."),
            (
                *map(_read, closing[:1]),
                say("Agree the date to look again, and write it down. Six months from now is usual."),
            ),
        )

    def _materials(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """Each once."""
        exercises = [self.framework.exercises_by_id[part.exercise] for part in parts if part.exercise]
        results = (
            say("The results, one copy for each person") if self.ids else say("The questions, one copy for each person")
        )
        fixed = [results, say("Paper and a pen for each person"), say("A clock that everyone can see")]
        return tuple(dict.fromkeys([*fixed, *chain.from_iterable(each.materials for each in exercises)]))


def _is_wide(fields: Fields) -> bool:
    return bool(fields.get("far_apart_voice")) or fields.get("agreement") == "wide"


def _is_unsure(fields: Fields) -> bool:
    """Whether many could not say; in a small group it is only known whether anyone could not."""
    not_sure = fields.get("not_sure", 0)
    return bool(fields.get("some_not_sure")) or (not_sure > 0 and not_sure * _MANY >= fields["people"])


def _is_settled(fields: Fields) -> bool:
    return fields.get("agreement") == "close" and not _is_wide(fields) and not _is_unsure(fields)


def _has_result(lens: Fields | None) -> bool:
    return bool(lens and lens.get("visible") and lens["state"] not in ("not-enough-answers", "lens-does-not-apply"))


def _is_blind(lens: Fields | None) -> bool:
    parts: Mapping[str, Any] = lens["dimensions"] if lens else {}
    return any(part.get("others", {}).get("finding") == "possible-blind-spot" for part in parts.values())


def _read(text: str) -> str:
    return say("Read out: {text}", text=text)


def _sizes(exercise: Exercise) -> list[int]:
    """The fewest people and the most, as far as there are numbers."""
    return [int(number) for number in re.findall(r"[0-9]+", exercise.group_size)]


def _ground_rules() -> tuple[str, ...]:
    """After Goss: each person probably sees something true."""
    return (
        say("Everyone is probably right about something."),
        say("Speak from an example: when it was, and what happened."),
        say("No one is asked which answer was theirs."),
        say("What is said in this room stays in this room."),
        say("Anyone may ask for a pause."),
        say("The question may change. If it does, we say so."),
    )


def _welcome() -> Part:
    return Part(
        "welcome",
        say("Welcome and ground rules"),
        say("Say why you meet and when you finish. Read out the ground rules."),
        (
            say("Ask whether anyone needs another rule."),
            say("Ask who keeps the time and who writes."),
            say("Say that the answers judge no one."),
        ),
    )


def _round() -> Part:
    return Part(
        "round",
        say("What surprised us"),
        say("Go round once. Each person names one surprise, and no one replies yet."),
        (say("Let the newest person begin."), say("Anyone may pass.")),
    )


def _plan() -> Part:
    return Part(
        "plan",
        say("One request and one commitment"),
        say("Agree one request and one commitment. Write down who, and by when."),
        (
            say("Request: whom do we ask, for what, and by when?"),
            say("Commitment: what do we do, who does it, and by when?"),
            say("Ask what the people it is for would notice."),
        ),
    )


def _break(minutes: int) -> Part:
    return Part("break", say("Break"), say("Say at what time you go on."), minutes=minutes)


def _open(minutes: int) -> Part:
    return Part(
        "open",
        say("What else matters"),
        say("Ask what else the group needs to talk about today. The group chooses."),
        (say("If there is nothing else, finish early."),),
        minutes=minutes,
    )


# The times


def _total(parts: Sequence[Part]) -> int:
    return sum(part.minutes for part in parts)


def _filled(parts: Sequence[Part], minutes: int, length: _Length) -> list[Part]:
    """Give the parts the time that is left."""
    found, left = list(parts), minutes - _total(parts)
    for kind in _FILLED:
        for at, part in enumerate(found):
            if part.kind == kind:
                _, most = length.parts.get(kind, _TALK)
                more = min(left, most - part.minutes)
                found[at] = replace(part, minutes=part.minutes + more)
                left -= more
    if left >= _SHORTEST:
        at = next(at for at, part in enumerate(found) if part.kind in ("agree", "plan"))
        found.insert(at, _open(left))
    else:
        found[-2] = replace(found[-2], minutes=found[-2].minutes + left)  # the plan
    return found


def _middle(parts: Sequence[Part], minutes: int, pause: int) -> int:
    """Where a break is nearest to the middle."""
    distance: Callable[[int], int] = lambda at: abs(2 * _total(parts[:at]) + pause - minutes)  # noqa: E731
    return min(range(len(parts)), key=distance)
