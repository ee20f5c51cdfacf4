"""What the files of a framework say about each other: ids, references, and the promises that follow from them.

Everything here works on what was read, sound or not, so that a mistake in one file hides none in another.
"""

from __future__ import annotations

import re
import string
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.document import ANY, MOST_PROBLEMS
from generator.model import RULES, Settings, States
from generator.problems import near, nearest, quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.document import Document, Path
    from generator.problems import Problem

DEFINITIONS: tuple[tuple[str, tuple[object, ...], str], ...] = (
    ("sources", (ANY,), "source"),
    ("section", ("id",), "section"),
    ("section", ("indicators", ANY, "id"), "indicator"),
    ("section", ("indicators", ANY, "formerly", ANY), "indicator"),
    ("lens", ("id",), "lens"),
    ("exercise", ("id",), "exercise"),
    ("framework", ("forms", ANY, "id"), "form"),
    ("framework", ("warning_signs", ANY, "id"), "warning sign"),
    ("framework", ("context", ANY, "id"), "context question"),
    ("glossary", (ANY, "term"), "term"),
)
"""Where ids are given: the kind of file, the path in it, and what is named. Within one kind an id is given once."""

NESTED: tuple[tuple[str, tuple[object, ...], str], ...] = (
    ("lens", ("dimensions", ANY, "id"), "dimensions of this lens"),
    ("framework", ("context", ANY, "options", ANY, "id"), "options of this question"),
    ("exercise", ("card", ANY, "name"), "questions of this card"),
    ("framework", ("levels", ANY, "name"), "levels"),
)
"""Where ids are given that count only within the list around them."""

REFERENCES: tuple[tuple[str, tuple[object, ...], tuple[str, ...]], ...] = (
    ("framework", ("sections", ANY), ("section",)),
    ("framework", ("lenses", ANY), ("lens",)),
    ("framework", ("headline_lenses", ANY), ("lens",)),
    ("framework", ("forms", ANY, "lenses", ANY), ("lens",)),
    ("framework", ("context", ANY, "options", ANY, "lens"), ("lens",)),
    ("framework", ("pocket_card",), ("exercise",)),
    ("section", ("indicators", ANY, "forms", ANY), ("form",)),
    ("section", ("indicators", ANY, "exercises", ANY), ("exercise",)),
    ("section", ("indicators", ANY, "sources", ANY, "source"), ("source",)),
    ("lens", ("dimensions", ANY, "indicators", ANY), ("indicator",)),
    ("lens", ("sources", ANY, "source"), ("source",)),
    ("exercise", ("for", ANY), ("indicator",)),
    ("exercise", ("lens",), ("lens",)),
    ("exercise", ("sources", ANY, "source"), ("source",)),
    ("glossary", (ANY, "see", ANY), ("lens", "indicator")),
)
"""Where ids are named: the kind of file, the path in it, and the kinds of thing that may be meant."""

RESERVED = frozenset({"start", "warning-signs", "check", "results", "plan", "clear"})
"""Fragments of the assessment page (DESIGN 5): no section or indicator may be called so."""

_PAIR = 2

Ids = dict[str, dict[str, tuple["Document", "Path"]]]


def problems(documents: Sequence[Document], unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Every problem between the parts of a framework.

    Arguments:
        documents: The files that could be read.
        unread: The kinds of file of which one could not be read: what it may have defined is not missed.
    """
    ids: Ids = {noun: {} for _, _, noun in DEFINITIONS}
    found = list(_defined(documents, ids))
    checks = [_repeated_within(documents), _dangling(documents, ids, unread), _named_twice(documents)]
    others = (_unlisted, _levels, _settings, _hints, _lenses, _exercises, _pocket_card, _markup)
    checks += [check(documents, ids) for check in others]
    if not unread & {"section", "lens"}:
        checks += [_unused(documents, ids), _forms(documents, ids)]
    for check in checks:
        found += islice(check, MOST_PROBLEMS)
    return found


def _of(documents: Sequence[Document], kind: str) -> Iterator[Document]:
    return (each for each in documents if each.kind == kind)


def _outline(documents: Sequence[Document]) -> dict[str, Any]:
    return next((each.data for each in _of(documents, "framework") if isinstance(each.data, dict)), {})


def _defined(documents: Sequence[Document], ids: Ids) -> Iterator[Problem]:
    """Gather every id, and report those that are given twice, reserved, or not the name of their file."""
    for kind, pattern, noun in DEFINITIONS:
        for each in _of(documents, kind):
            for path, value in each.find(*pattern):
                id_ = path[0] if kind == "sources" else value
                if not isinstance(id_, str):
                    continue
                if id_ in ids[noun]:
                    yield _given_twice(each, path, id_, ids[noun][id_])
                else:
                    ids[noun][id_] = (each, path)
                    yield from _unfit_id(each, path, noun, ids)
    # A file that is not called as its id: whichever was meant, what names the other is not at fault.
    for kind in ("section", "lens", "exercise"):
        for each in _of(documents, kind):
            ids[kind].setdefault(_stem(each), (each, ("id",)))


def _given_twice(each: Document, path: Path, id_: str, first: tuple[Document, Path]) -> Problem:
    document, other = first
    place = document.place(other)
    at = f"{place.file}:{place.line}"
    if "formerly" not in (path[-2:-1] + other[-2:-1]):
        return each.problem(
            path, f"{quoted(id_)} stands for two things", f"give one of them another: the first is in {at}"
        )
    if (each.file, path[:2]) == (document.file, other[:2]):
        return each.problem(path, f"the indicator is called {quoted(id_)} already", "take it out of formerly")
    if path[-2:-1] == other[-2:-1]:
        hint = f"answers can follow one of them only: leave it with that one, and the other is in {at}"
        return each.problem(path, f"two indicators claim that they were {quoted(id_)}", hint)
    hint = f"answers cannot follow both: take it out of formerly, or give the indicator another id (see also {at})"
    return each.problem(path, f"{quoted(id_)} is the id of one indicator and the former id of another", hint)


def _unfit_id(each: Document, path: Path, noun: str, ids: Ids) -> Iterator[Problem]:
    """Ids that the assessment page or the folder has another use for."""
    id_ = next(value for _, value in each.find(*path))
    if noun in ("section", "indicator") and (id_ in RESERVED or id_.startswith("balcony-")):
        yield each.problem(path, f"{quoted(id_)} is an address of the assessment page itself", "choose another id")
    if noun == "indicator" and id_ in ids["section"]:
        message = f"{quoted(id_)} is the id of a section too"
        yield each.problem(path, message, "choose another id: both are addresses on one page")
    if path == ("id",) and _stem(each) != id_:
        message = f"the id is {quoted(id_)}, but the file is called {_stem(each)}.yml"
        yield each.problem(path, message, f"call the file {shortened(str(id_))}.yml, or write {_stem(each)} here")


def _stem(each: Document) -> str:
    """The name of a file without its ending: the id of what it holds."""
    return each.file.rsplit("/", 1)[-1].removesuffix(".yml")


def _repeated_within(documents: Sequence[Document]) -> Iterator[Problem]:
    """Ids that stand twice in the list around them."""
    for kind, pattern, what in NESTED:
        for each in _of(documents, kind):
            seen: set[tuple[Path, str]] = set()
            for path, id_ in each.find(*pattern):
                if isinstance(id_, str):
                    if (path[:-2], id_) in seen:
                        yield each.problem(path, f"{quoted(id_)} stands for two {what}", "give one of them another")
                    seen.add((path[:-2], id_))


def _dangling(documents: Sequence[Document], ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """References that lead nowhere."""
    unsure = {noun for kind, _, noun in DEFINITIONS if kind in unread}
    for kind, pattern, nouns in REFERENCES:
        if unsure.intersection(nouns):
            continue
        for each in _of(documents, kind):
            for path, id_ in each.find(*pattern):
                if not isinstance(id_, str):
                    continue
                found = [ids[noun][id_] for noun in nouns if id_ in ids[noun]]
                if not found:
                    known = (known for noun in nouns for known in ids[noun])
                    yield each.problem(path, f"there is no {' or '.join(nouns)} {quoted(id_)}", nearest(id_, known))
                elif found[0][1][-2:-1] == ("formerly",):
                    yield each.problem(path, f"no indicator is called {quoted(id_)} any more", _id_now(*found[0]))


def _id_now(each: Document, path: Path) -> str:
    """What to write in place of a former id."""
    (now,) = (value for _, value in each.find(*path[:-2], "id"))
    return f"write {quoted(now)}, its id now"


def _named_twice(documents: Sequence[Document]) -> Iterator[Problem]:
    """Lists that name a thing twice."""
    for kind, pattern, _ in REFERENCES:
        if pattern[-1] is not ANY:
            continue
        for each in _of(documents, kind):
            seen: set[tuple[Path, str]] = set()
            for path, id_ in each.find(*pattern):
                if isinstance(id_, str):
                    if (path[:-1], id_) in seen:
                        yield each.problem(path, f"{quoted(id_)} stands twice in this list", "name it once")
                    seen.add((path[:-1], id_))


def _unlisted(documents: Sequence[Document], ids: Ids) -> Iterator[Problem]:
    """Sections and lenses that framework.yml does not put in order."""
    outline = _outline(documents)
    for noun, key in (("section", "sections"), ("lens", "lenses")):
        listed = outline.get(key)
        if not isinstance(listed, tuple):
            continue
        known = {id_ for id_ in listed if isinstance(id_, str)}
        known |= {meant for id_ in known - ids[noun].keys() for meant in near(id_, ids[noun])}
        for each, path in ids[noun].values():
            names = _texts(each, "id") | {_stem(each)}
            if names.isdisjoint(known):
                message = f"framework.yml does not list this {noun}"
                yield each.problem(path, message, f"add {_stem(each)} to {key} there, where it should stand")


def _unused(documents: Sequence[Document], ids: Ids) -> Iterator[Problem]:
    """Indicators that no lens reads: nobody should be asked for nothing (METHOD 3.1)."""
    named = (id_ for each in _of(documents, "lens") for _, id_ in each.find("dimensions", ANY, "indicators", ANY))
    used = {id_ for id_ in named if isinstance(id_, str)}
    if not used:
        return
    for id_, (each, path) in ids["indicator"].items():
        if path[-1] == "id" and used.isdisjoint({id_, *_texts(each, *path[:-1], "formerly", ANY)}):
            hint = "name it in a dimension of a lens, or take it out"
            yield each.problem(path, f"no lens reads the indicator {quoted(id_)}", hint)


def _levels(documents: Sequence[Document], _: Ids) -> Iterator[Problem]:
    """Levels are numbered from 1, and every indicator has a text and a next step for each."""
    levels = _outline(documents).get("levels")
    if not isinstance(levels, tuple) or not levels:
        return
    for each in _of(documents, "framework"):
        for path, value in each.find("levels", ANY, "level"):
            number = int(path[1]) + 1
            if _is_whole(value) and value != number:
                yield each.problem(path, f"the number {value} is out of order", f"this is level {number}")
    for each in _of(documents, "section"):
        for key in ("levels", "next_steps"):
            for path, texts in each.find("indicators", ANY, key):
                if isinstance(texts, dict):
                    yield from _level_numbers(each, path, texts, len(levels))


def _level_numbers(each: Document, path: Path, texts: Mapping[object, object], count: int) -> Iterator[Problem]:
    """The levels that are missing from a set of texts, or too many in it."""
    wanted = range(1, count + 1)
    missing = [str(number) for number in wanted if number not in texts]
    # A key that is no number at all has a problem of its own.
    if missing and all(isinstance(number, int) for number in texts):
        hint = f"give a text for each level from 1 to {count}"
        yield each.key_problem(path, f"{path[-1]}: level {', '.join(missing)} is missing", hint)
    for number in texts:
        if isinstance(number, int) and number not in wanted:
            hint = f"the framework has levels 1 to {count}"
            yield each.key_problem((*path, number), f"{path[-1]}: there is no level {number}", hint)


ORDERED_SETTINGS = (
    ("warning_signs_some", "warning_signs_many"),
    ("close_spread", "wide_spread"),
    ("compensatory_cap", "levels"),
)
"""Settings of which the first must not be above the second."""


def _settings(documents: Sequence[Document], _: Ids) -> Iterator[Problem]:
    """Thresholds that contradict each other."""
    outline = _outline(documents)
    settings, levels = outline.get("settings"), outline.get("levels")
    if not isinstance(settings, dict):
        return
    written = {name: field.default for name, field in Settings.model_fields.items()} | settings
    values = {name: value for name, text in written.items() if (value := _number(text)) is not None}
    if isinstance(levels, tuple):
        values["levels"] = Fraction(len(levels))
    allowed = written["minimum_group_allowed"]
    if isinstance(allowed, tuple) and len(allowed) == _PAIR and all(map(_is_whole, allowed)):
        yield from _group_sizes(documents, values.get("minimum_group"), *allowed)
    for low, high in ORDERED_SETTINGS:
        if low in values and high in values and values[low] > values[high]:
            place = low if low in settings else high
            message = f"{low} ({values[low]}) is above {high} ({values[high]})"
            yield next(_of(documents, "framework")).problem(("settings", place), message, "change one of them")


def _group_sizes(documents: Sequence[Document], minimum: Fraction | None, least: int, most: int) -> Iterator[Problem]:
    each = next(_of(documents, "framework"))
    if least > most:
        path = ("settings", "minimum_group_allowed")
        yield each.problem(path, f"{least} is above {most}", "write the smaller number first")
    elif minimum is not None and minimum >= 1 and not least <= minimum <= most:
        hint = f"minimum_group_allowed is {least} to {most}"
        yield each.problem(("settings", "minimum_group"), f"{minimum} is not allowed here", hint)


def _number(value: object) -> Fraction | None:
    try:
        return Fraction(value) if isinstance(value, str | int | Fraction) and not isinstance(value, bool) else None
    except (ValueError, ZeroDivisionError):
        return None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _hints(documents: Sequence[Document], _: Ids) -> Iterator[Problem]:
    """Options that name a lens and have no hint: results would never show it."""
    for each in _of(documents, "framework"):
        for path, option in each.find("context", ANY, "options", ANY):
            if isinstance(option, dict) and "lens" in option and not _has_key(option, "hint"):
                hint = "write a hint that says why to look at it first, or take the lens out"
                yield each.key_problem((*path, "lens"), "a lens stands here without a hint", hint)


def _has_key(data: Mapping[str, object], key: str) -> bool:
    """Whether a key stands here. One that is misspelt has a problem of its own."""
    return bool(key in data or near(key, map(str, data)))


_STATES: Mapping[str, States] = {str(rule): states for rule, states in RULES.items()}


def _lenses(documents: Sequence[Document], _: Ids) -> Iterator[Problem]:
    """What a rule asks of its lens: its dimensions, a message for every state, placeholders that can be filled."""
    for each in _of(documents, "lens"):
        rule = each.data.get("rule") if isinstance(each.data, dict) else None
        yield from _fed_twice(each)
        states = _STATES.get(rule) if isinstance(rule, str) else None
        if isinstance(rule, str) and states:
            yield from _rule_dimensions(each, rule)
            yield from _messages(each, rule, states)


def _fed_twice(each: Document) -> Iterator[Problem]:
    """Indicators that two dimensions of a lens name: they would count twice."""
    first: dict[str, Path] = {}
    for path, id_ in each.find("dimensions", ANY, "indicators", ANY):
        if isinstance(id_, str) and first.setdefault(id_, path)[:2] != path[:2]:
            hint = "within one lens an indicator counts once: name it in one of them"
            yield each.problem(path, f"{quoted(id_)} feeds two dimensions of this lens", hint)


def _rule_dimensions(each: Document, rule: str) -> Iterator[Problem]:
    count = sum(1 for _ in each.find("dimensions", ANY))
    if rule == "balance" and count > _PAIR:
        message = f"dimensions: there are {count}"
        yield each.key_problem(("dimensions",), message, "the rule balance weighs two against each other")
    if rule != "profile":
        for path, value in each.find("dimensions", ANY, "essential"):
            if value is True:
                message = f"the rule {rule} has no essential dimensions"
                yield each.key_problem(path, message, "only the rule profile has: leave it out")


def _messages(each: Document, rule: str, states: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """States of a rule without a message, and messages that no state has or that cannot be filled in."""
    messages = each.data.get("messages")
    if not isinstance(messages, dict):
        return
    essential = any(value is True for _, value in each.find("dimensions", ANY, "essential"))
    misspelt = {meant for state in messages if state not in states for meant in near(state, states)}
    for state in states:
        if state not in messages and state not in misspelt and (state != "essential-low" or essential):
            message = f"messages: the state {quoted(state)} of the rule {rule} has no message"
            yield each.key_problem(("messages",), message, "write what a result says in this state")
    for state, message in messages.items():
        path = ("messages", state)
        if state not in states:
            yield each.key_problem(path, f"the rule {rule} has no state {quoted(state)}", nearest(state, states))
        elif isinstance(message, str):
            yield from _placeholders(each, path, message, states[state])


def _placeholders(each: Document, path: Path, message: str, allowed: frozenset[str]) -> Iterator[Problem]:
    try:
        fields = [field for field in string.Formatter().parse(message) if field[1] is not None]
    except ValueError:
        yield each.problem(path, "a brace is opened or closed alone", "write placeholders as {lowest}")
        return
    for _, name, format_, conversion in fields:
        if name not in allowed or format_ or conversion:
            shown = "{" + str(name) + "}"
            yield each.problem(path, f"{quoted(shown)} cannot be filled in this state", nearest(name, sorted(allowed)))


def _forms(documents: Sequence[Document], ids: Ids) -> Iterator[Problem]:
    """A form asks something, and covers every lens that it claims."""
    asked = _asked(documents, ids)
    dimensions = _dimensions(documents)
    for id_, (each, path) in ids["form"].items():
        if not asked[id_] and ids["indicator"]:
            hint = "name it under forms of the indicators that it asks, or take it out"
            yield each.problem(path, f"no indicator is in the form {quoted(id_)}", hint)
            continue
        for claim, lens in _claims(each, (*path[:-1], "lenses"), dimensions):
            # An indicator that is not there has a problem of its own.
            found = ((name, fed_by) for name, fed_by in dimensions.get(lens, []) if fed_by <= ids["indicator"].keys())
            bare = [name for name, fed_by in found if fed_by.isdisjoint(asked[id_])]
            if bare:
                message = f"the form asks nothing for {', '.join(bare)} of the lens {quoted(lens)}"
                yield each.problem(claim, message, "take the lens out, or ask an indicator of each dimension")


def _asked(documents: Sequence[Document], ids: Ids) -> dict[str, set[str]]:
    """The indicators of each form, by former ids too. One whose form is misspelt may be in any of them."""
    asked: dict[str, set[str]] = {form: set() for form in ids["form"]}
    unsure: set[str] = set()
    for each in _of(documents, "section"):
        for path, form in each.find("indicators", ANY, "forms", ANY):
            ids_ = _texts(each, *path[:2], "id") | _texts(each, *path[:2], "formerly", ANY)
            (asked.get(form, unsure) if isinstance(form, str) else unsure).update(ids_)
    return {form: indicators | unsure for form, indicators in asked.items()}


def _dimensions(documents: Sequence[Document]) -> dict[object, list[tuple[str, set[str]]]]:
    """The dimensions of each lens, with the indicators that feed them."""
    return {
        lens: [
            (str(name), _texts(each, *path[:2], "indicators", ANY)) for path, name in each.find("dimensions", ANY, "id")
        ]
        for each in _of(documents, "lens")
        for lens in _texts(each, "id")
    }


def _claims(each: Document, path: Path, lenses: Mapping[object, object]) -> Iterator[tuple[Path, object]]:
    """The lenses that a form says it reports, each with the place that says so."""
    for _, claimed in each.find(*path):
        if claimed == "all":
            yield from ((path, lens) for lens in lenses)
        elif isinstance(claimed, tuple):
            yield from (((*path, index), lens) for index, lens in enumerate(claimed) if isinstance(lens, str))


def _texts(each: Document, *pattern: object) -> set[str]:
    return {value for _, value in each.find(*pattern) if isinstance(value, str)}


def _exercises(documents: Sequence[Document], _: Ids) -> Iterator[Problem]:
    """The minutes of an exercise are those of its steps."""
    for each in _of(documents, "exercise"):
        minutes = [value for _, value in each.find("steps", ANY, "minutes")]
        total = each.data.get("minutes") if isinstance(each.data, dict) else None
        if _is_whole(total) and minutes and all(map(_is_whole, minutes)) and sum(minutes) != total:
            message = f"the steps add up to {sum(minutes)} minutes"
            yield each.problem(("minutes",), message, f"write {sum(minutes)}, or change a step")


def _pocket_card(documents: Sequence[Document], ids: Ids) -> Iterator[Problem]:
    """The exercise that gives the pocket card has one."""
    for each in _of(documents, "framework"):
        for path, id_ in each.find("pocket_card"):
            exercise = ids["exercise"][id_][0].data if isinstance(id_, str) and id_ in ids["exercise"] else None
            if isinstance(exercise, dict) and not _has_key(exercise, "card"):
                hint = "give that exercise a card, or name one that has it"
                yield each.problem(path, f"the exercise {quoted(id_)} has no card", hint)


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def _markup(documents: Sequence[Document], _: Ids) -> Iterator[Problem]:
    """HTML in a text: it would be shown as it is written, to people who did not ask for it."""
    for each in documents:
        for path, text in each.texts():
            if found := _TAG.search(text):
                message = f"{quoted(found[0])} looks like HTML, and texts are plain"
                yield each.problem(path, message, "take it out: pages would show it as it stands")
