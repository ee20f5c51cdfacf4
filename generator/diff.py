"""What changed between two states of a framework, and whether that is a patch, minor or major.

Both are compared as data with the keys of the YAML, as a release keeps them, and not through the model: so releases of long ago
can be compared too. The rules of size stand in `SIZES` and in the table `_RULES`; DESIGN 4 and 5 name them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Size = Literal["patch", "minor", "major"]
Effect = Literal["asked", "scored", "read", "new", "gone"]
Data = dict[str, Any]
"""A framework with the keys of its YAML, as `Framework.as_data` gives it."""
Entity = tuple[str, str]
"""A kind of part in the framework's own word, and its id."""

Piece = tuple[Literal["same", "gone", "new"], str]

SIZES: tuple[Size, ...] = ("patch", "minor", "major")
"""From the smallest up."""
EFFECTS: Mapping[Effect, str] = {
    "asked": "Asked differently",
    "scored": "Scored differently",
    "read": "Reads differently",
    "new": "New",
    "gone": "Gone",
}
"""What a change does, in the order in which readers care, each with its heading."""
THEIRS = ("title", "authors", "year", "publisher")
"""Of a publication, what others have said of it: facts to look up, which are not compared."""
KEPT_WORDS = 0.5
"""Share of words, below which a question counts as another question (own rule: a clearer wording keeps more than half)."""


@dataclass(frozen=True)
class Change:
    """One thing that is different."""

    effect: Effect
    size: Size
    kind: str
    """What it is about, in the framework's words: indicator, lens, level …"""
    id: str
    name: str
    """What people call it."""
    field: str
    """Which of its keys, such as `levels 3`; empty for the whole."""
    old: str | None
    """As text; None where there was nothing."""
    new: str | None
    reason: str
    """Why it has this size."""

    @property
    def about(self) -> str:
        """The field in words, such as `level 3`; empty where it needs none."""
        if self.kind == "setting":
            return ""
        key, _, rest = self.field.partition(" ")
        return " ".join(filter(None, [_SINGULAR.get(key, key).replace("_", " "), rest]))


_SINGULAR = {
    "levels": "level",
    "next_steps": "next step from level",
    "messages": "message",
    "for": "what it helps with",
}


@dataclass(frozen=True)
class Diff:
    """All that changed between two states of a framework."""

    framework: str
    """Its id."""
    old: str
    """The version."""
    new: str
    """The version, or what else the newer state is called."""
    changes: tuple[Change, ...]
    """In the order in which readers care."""

    @property
    def size(self) -> Size | None:
        """The largest of its changes; None when nothing changed."""
        return max((change.size for change in self.changes), key=SIZES.index, default=None)

    def of(self, effect: Effect) -> list[Change]:
        """The changes that do one thing."""
        return [change for change in self.changes if change.effect == effect]


def diff(old: Data, new: Data, *, name: str | None = None) -> Diff:
    """Compare two states of one framework.

    Arguments:
        old: The earlier one.
        new: The later one.
        name: What the later one is called, if its version does not say.
    """
    renamed = _renamed(old, new)
    before, after = _State(old, renamed), _State(new)
    found = [
        *_renames(renamed, after),
        *_added_and_removed(before, after),
        *_fields(before, after, unraised(old, new)),
        *_order(before, after),
    ]
    effects, kinds = list(EFFECTS), list(_KINDS)
    found.sort(key=lambda change: (effects.index(change.effect), kinds.index(change.kind), -SIZES.index(change.size)))
    return Diff(after.data["id"], old["version"], name or new["version"], tuple(found))


def next_versions(version: str, size: Size) -> list[str]:
    """The numbers that may follow a version, for changes of one size: the smallest first.

    Arguments:
        version: Of the latest release.
        size: Of what changed since.
    """
    major, minor, patch = map(int, version.split("."))
    following = [f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}.0", f"{major + 1}.0.0"]
    return following[SIZES.index(size) :]


def unraised(old: Data, new: Data) -> dict[str, str]:
    """Indicators whose revision should have gone up and has not, each with the reason (DESIGN 4).

    A level's text carries the scale: whoever chose the level before chose another text. Spelling that changes no word is let
    pass. So is a question that keeps half of its words or more: whether it still means the same, a person has to judge.

    Arguments:
        old: The earlier state.
        new: The later one.
    """
    before = {each["id"]: each for each in indicators_of(old)}
    found = {}
    for indicator in indicators_of(new):
        earlier = next((before[id_] for id_ in (indicator["id"], *indicator["formerly"]) if id_ in before), None)
        if earlier is None or indicator["revision"] > earlier["revision"]:
            continue
        if indicator["revision"] < earlier["revision"]:
            found[indicator["id"]] = f"the revision was {earlier['revision']} and never goes down"
            continue
        texts, levels = earlier["levels"], indicator["levels"]
        changed = [level for level in levels if has_other_words(texts.get(level, ""), levels[level])]
        if changed or levels.keys() != texts.keys():
            found[indicator["id"]] = f"what people chose has changed: level {', '.join(changed) or 'count'}"
        elif kept_words(earlier["question"], indicator["question"]) < KEPT_WORDS:
            found[indicator["id"]] = "the question keeps fewer than half of its words"
    return found


def indicators_of(data: Data) -> Iterator[Data]:
    """Every indicator of a framework, in order, with the id of its section and all keys that rules look at."""
    for section in data["sections"]:
        for indicator in section["indicators"]:
            levels = {str(level): text for level, text in indicator["levels"].items()}
            yield {"formerly": [], **indicator, "levels": levels, "section": section["id"]}


def has_other_words(old: str, new: str) -> bool:
    """Whether two texts differ by more than capitals, spaces and punctuation."""
    return _words(old) != _words(new)


_COMPARED = 1_000_000
"""Pairs of words up to which two texts are compared word by word: a thousand words and spaces on either side."""


def in_words(old: str, new: str) -> list[Piece]:
    """What changed in a text, word by word.

    Arguments:
        old: As it was.
        new: As it is.

    Returns:
        Pieces in reading order: what stayed, what is gone and what is new. Of a single word, an id or a number, and of very
        long texts: the whole.
    """
    if old and new and not re.search(r"\s", old + new):
        return [("same", old)] if old == new else [("gone", old), ("new", new)]
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    if len(before) * len(after) > _COMPARED:
        return [piece for piece in (("gone", old), ("new", new)) if piece[1]]
    pieces: list[Piece] = []
    for tag, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[start:end]), "".join(after[from_:to])
        # A space alone between two changes is part of them.
        if tag == "equal" and (gone.strip() or not pieces or to == len(after)):
            pieces.append(("same", gone))
        else:
            pieces += [("gone", gone), ("new", came)]
    return list(_joined(pieces))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces without empty ones; of changes side by side, all that is gone first and all that is new then."""
    for is_same, group in groupby(pieces, key=lambda piece: piece[0] == "same"):
        listed = list(group)
        kinds: tuple[Literal["same", "gone", "new"], ...] = ("same",) if is_same else ("gone", "new")
        for kind in kinds:
            if text := "".join(each for of, each in listed if of == kind):
                yield kind, text


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def kept_words(old: str, new: str) -> float:
    """The share of words that two texts have in common: of the longer one, from 0 to 1.

    From `KEPT_WORDS` on, a question is still the same.
    """
    before, after = Counter(_words(old)), Counter(_words(new))
    return (before & after).total() / max(before.total(), after.total(), 1)


# A framework as parts with fields


@dataclass(frozen=True)
class _Part:
    """One part of a framework."""

    kind: str
    id: str
    name: str
    fields: Data
    """Those that have a value."""

    @property
    def texts(self) -> dict[str, str]:
        """Its fields as a person would read them."""
        return {key: _text(value) for key, value in self.fields.items()}

    def listed(self, key: str) -> list[str]:
        """A field that holds a list; empty, if it does not."""
        value = self.fields.get(key)
        return value if isinstance(value, list) else []


class _State:
    """A framework taken apart."""

    def __init__(self, data: Data, renamed: Mapping[str, str] | None = None) -> None:
        """Take it apart.

        Arguments:
            data: The framework.
            renamed: What its indicators are called later.
        """
        self.data = data
        self.parts: dict[Entity, _Part] = {}
        for kind, id_, name, fields in _parts(data):
            now = {key: value for key, value in fields.items() if value is not None}
            if renamed and kind in _NAMING:
                now[_NAMING[kind]] = [renamed.get(each, each) for each in now.get(_NAMING[kind], [])]
            called = (renamed or {}).get(id_, id_) if kind == "indicator" else id_
            self.parts[kind, called] = _Part(kind, called, name, now)


_NAMING = {"dimension": "indicators", "exercise": "for", "term": "see"}
"""Where indicators are named."""


def _parts(data: Data) -> Iterator[tuple[str, str, str, Data]]:
    """Every part of a framework: its kind, id, name and fields."""
    scope = {f"scope {key} {part}": text for key, prompt in data["scope"].items() for part, text in prompt.items()}
    yield "framework", data["id"], data["name"], {key: data.get(key) for key in _WHOLE} | scope
    yield from (("level", str(each["level"]), each["name"], _but(each, "level")) for each in data["levels"])
    yield from _listed("form", data["forms"], "name")
    yield from (("setting", key, key.replace("_", " "), {"value": value}) for key, value in data["settings"].items())
    for question in data.get("context", []):
        yield from _listed("context", [question], "question", "options")
        yield from _inside(question, "option", question["options"], "label")
    yield from _listed("warning sign", data.get("warning_signs", []), "text")
    yield from _listed("section", data["sections"], "name", "indicators")
    for each in indicators_of(data):
        fields = _but(each, "id", "formerly", "levels", "next_steps") | _each(each, "levels", "next_steps")
        yield "indicator", each["id"], each["label"], fields
    for lens in data["lenses"]:
        fields = _but(lens, "id", "dimensions", "messages") | _each(lens, "messages")
        yield "lens", lens["id"], lens["name"], fields
        yield from _inside(lens, "dimension", lens["dimensions"], "name")
    yield from _listed("exercise", data["exercises"], "name")
    yield from (("term", each["term"], each["term"], _but(each, "term")) for each in data["glossary"])
    yield from (("source", id_, id_, _but(each, *THEIRS)) for id_, each in data["sources"].items())


def _listed(kind: str, parts: Sequence[Data], name: str, *but: str) -> Iterator[tuple[str, str, str, Data]]:
    return ((kind, each["id"], each[name], _but(each, "id", *but)) for each in parts)


def _inside(whole: Data, kind: str, parts: Sequence[Data], name: str) -> Iterator[tuple[str, str, str, Data]]:
    """Parts of a part, whose ids are their own only within it."""
    return ((kind, f"{whole['id']}/{each['id']}", each[name], _but(each, "id")) for each in parts)


_WHOLE = (
    "name",
    "summary",
    "licence",
    "language",
    "choosing",
    "headline_lenses",
    "closing_questions",
    "pocket_card",
    "variables",
    "writing_rules",
)


def _but(part: Data, *keys: str) -> Data:
    return {key: value for key, value in part.items() if key not in keys}


def _each(part: Data, *keys: str) -> Data:
    """Texts by number or state, each as a field of its own, such as `levels 3`."""
    return {f"{key} {name}": text for key in keys for name, text in part[key].items()}


def _text(value: object) -> str:
    """A field as a person would read it: lists line by line."""
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


# What is new, gone or called otherwise


def _renamed(old: Data, new: Data) -> dict[str, str]:
    """The indicators that have another id now, by the one before."""
    known, kept = ({each["id"] for each in indicators_of(data)} for data in (old, new))
    return {
        former: indicator["id"]
        for indicator in indicators_of(new)
        for former in indicator["formerly"]
        if former in known - kept and indicator["id"] not in known
    }


def _renames(renamed: Mapping[str, str], after: _State) -> Iterator[Change]:
    reason = "answers follow the new id, and tools that look for the old one have to learn it"
    for old, new in renamed.items():
        name = after.parts["indicator", new].name
        yield Change("read", "minor", "indicator", new, name, "id", old, new, reason)


def _added_and_removed(before: _State, after: _State) -> Iterator[Change]:
    for entity, part in after.parts.items():
        if entity not in before.parts and _parent(entity) in (None, *before.parts):
            yield _new(part)
    for entity, part in before.parts.items():
        if entity not in after.parts and _parent(entity) in (None, *after.parts):
            yield _gone(part)


def _parent(entity: Entity) -> Entity | None:
    """The part that this one is a part of: what is new or gone with it needs no word of its own."""
    kind, id_ = entity
    return (_PARENTS[kind], id_.split("/")[0]) if kind in _PARENTS else None


_PARENTS = {"dimension": "lens", "option": "context"}


def _new(part: _Part) -> Change:
    size, reason = _NEW.get(part.kind, ("minor", f"a new {part.kind} changes no answer and no result that there is"))
    return Change("new", size, part.kind, part.id, part.name, "", None, _summary(part), reason)


def _gone(part: _Part) -> Change:
    size, reason = _GONE.get(part.kind, ("major", f"the {part.kind} was there for people to use, and is not any more"))
    return Change("gone", size, part.kind, part.id, part.name, "", _summary(part), None, reason)


def _summary(part: _Part) -> str:
    """The field that says most of a whole part."""
    return next((part.texts[key] for key in _TELLING if key in part.texts), "")


_TELLING = ("question", "summary", "purpose", "meaning", "text", "label", "value", "title")
_NEW: Mapping[str, tuple[Size, str]] = {
    "level": ("major", "another number of levels is another scale"),
    "dimension": ("major", "one more part changes what the lens comes to"),
}
_GONE: Mapping[str, tuple[Size, str]] = {
    "level": ("major", "another number of levels is another scale"),
    "dimension": ("major", "one part fewer changes what the lens comes to"),
    "indicator": ("major", "answers to it stay in the sheets, and count no more"),
    "term": ("minor", "no answer and no result hangs on it"),
    "section": ("minor", "the questions are what counts, and they are named by themselves"),
    "setting": ("major", "without it, results may come out otherwise"),
}


# What is different in what was there before


def _fields(before: _State, after: _State, held_down: Mapping[str, str]) -> Iterator[Change]:
    for entity, part in after.parts.items():
        if entity not in before.parts:
            continue
        old, new = before.parts[entity].texts, part.texts
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                effect, size, reason = _ruled(_Pair(before, after, entity, key))
                if (
                    part.id in held_down
                    and part.kind == "indicator"
                    and key.startswith(("levels", "question", "revision"))
                ):
                    reason = f"{held_down[part.id]}: the revision has to go up"
                yield Change(effect, size, part.kind, part.id, part.name, key, old.get(key), new.get(key), reason)


@dataclass(frozen=True)
class _Pair:
    """A field before and after."""

    before: _State
    after: _State
    entity: Entity
    key: str

    @property
    def kind(self) -> tuple[str, str]:
        """What it is a field of, and its key without a number or name."""
        return self.entity[0], self.key.split(" ", 1)[0]

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """What it said before, and what it says."""
        old, new = (state.parts[self.entity].texts.get(self.key) for state in (self.before, self.after))
        return old, new

    @property
    def lost(self) -> list[str]:
        """What is in a list no more."""
        return self._only_in(self.before, self.after)

    @property
    def gained(self) -> list[str]:
        """What is new in a list."""
        return self._only_in(self.after, self.before)

    def _only_in(self, one: _State, other: _State) -> list[str]:
        listed = other.parts[self.entity].listed(self.key)
        return [each for each in one.parts[self.entity].listed(self.key) if each not in listed]


Ruled = tuple[Effect, Size, str]

_TEXT: Ruled = ("read", "patch", "a text that does not carry the scale")
_SPELLING: Ruled = ("read", "patch", "the same words, written otherwise")
_RULE: Ruled = ("scored", "major", "the same answers may come to something else")
_ORDER: Ruled = ("read", "patch", "the same parts in another order")


def _ruled(pair: _Pair) -> Ruled:
    """What a change of a field does, its size, and why."""
    old, new = pair.texts
    if pair.kind in _SCALE and old is not None and new is not None and not has_other_words(old, new):
        return _SPELLING
    if pair.entity[0] == "setting":
        return _SHOWN_ONLY.get(pair.entity[1], _RULE)
    ruled = _RULES.get(pair.kind, _TEXT)
    return ruled(pair) if callable(ruled) else ruled


_SCALE = frozenset({("indicator", "levels"), ("indicator", "question"), ("level", "name"), ("level", "meaning")})
"""Texts that people choose by."""

_VISIBLE: Ruled = ("scored", "minor", "every result stays the same, and more or less of it is shown or kept")
_SHOWN_ONLY: Mapping[str, Ruled] = dict.fromkeys(
    ("minimum_group", "minimum_group_allowed", "counted_group", "benchmark_sheets", "days_kept"), _VISIBLE
)
"""Settings that change no result."""


def _fed(pair: _Pair) -> Ruled:
    """A dimension's questions."""
    is_new = all(("indicator", id_) not in pair.before.parts for id_ in pair.gained)
    is_gone = all(("indicator", id_) not in pair.after.parts for id_ in pair.lost)
    if not pair.lost and not pair.gained:
        return _ORDER
    if not pair.lost and is_new:
        return "scored", "minor", "a new question counts here, once people have answered it"
    return ("scored", "major", "a question that counted here is gone") if is_gone and is_new else _RULE


def _asked_in(pair: _Pair) -> Ruled:
    """The forms that ask an indicator."""
    if pair.lost:
        return "asked", "major", f"no longer asked in: {', '.join(pair.lost)}"
    return ("asked", "minor", f"now asked in: {', '.join(pair.gained)}") if pair.gained else _ORDER


def _reported(pair: _Pair) -> Ruled:
    """The lenses that a form claims to report."""
    old, new = pair.texts
    are_lists = None not in (old, new) and "all" not in (old, new)
    if new == "all" or (are_lists and pair.gained and not pair.lost):
        return "scored", "minor", "the form reports more than it did"
    if are_lists and not pair.lost:
        return _ORDER
    return "scored", "major", "the form may no longer report what it did"


def _may_not_apply(pair: _Pair) -> Ruled:
    old, new = pair.texts
    if old is None:
        return "asked", "minor", "people may now say that it does not apply to them"
    if new is None:
        return "asked", "major", "people who said that it does not apply to them cannot any more"
    return _TEXT


_RULES: Mapping[tuple[str, str], Ruled | Callable[[_Pair], Ruled]] = {
    ("indicator", "levels"): ("asked", "major", "a level's text carries the scale"),
    ("indicator", "question"): ("asked", "patch", "the same question in other words, as its revision says"),
    ("indicator", "revision"): ("asked", "major", "answers given before are kept, shown and asked again"),
    ("indicator", "section"): ("asked", "patch", "the same question in another place"),
    ("level", "name"): ("asked", "major", "levels are what people choose by"),
    ("level", "meaning"): ("asked", "major", "levels are what people choose by"),
    ("framework", "choosing"): ("asked", "minor", "how to choose a level is read before every answer"),
    ("framework", "scope"): ("asked", "patch", "what people answer about stays theirs to say"),
    ("framework", "licence"): ("read", "major", "what others may do with the text rests on it"),
    ("framework", "language"): ("asked", "major", "every text is in another language"),
    ("framework", "headline_lenses"): ("read", "minor", "results begin with other lenses"),
    ("lens", "rule"): _RULE,
    ("dimension", "essential"): _RULE,
    ("dimension", "indicators"): _fed,
    ("indicator", "forms"): _asked_in,
    ("indicator", "not_applicable"): _may_not_apply,
    ("form", "lenses"): _reported,
}
"""What is no text beside the scale. Everything that is not named here is one."""


def _order(before: _State, after: _State) -> Iterator[Change]:
    """Parts that stand in another order than they did."""
    for kind in _ORDERED:
        old, new = ([id_ for of, id_ in state.parts if of == kind] for state in (before, after))
        both = set(old) & set(new)
        before_, after_ = ([id_ for id_ in ids if id_ in both] for ids in (old, new))
        if before_ != after_:
            effect, size, reason = _ORDER
            id_, name, field = after.data["id"], after.data["name"], f"order of {kind}s"
            yield Change(effect, size, "framework", id_, name, field, _text(before_), _text(after_), reason)


_ORDERED = ("section", "indicator", "lens", "form")
_KINDS = (
    "framework",
    "level",
    "setting",
    "form",
    "section",
    "indicator",
    "lens",
    "dimension",
    "context",
    "option",
    "warning sign",
    "exercise",
    "term",
    "source",
)
"""In the order of the framework's files."""
