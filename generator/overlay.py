"""What an edition says, laid over a release of a framework: what it hides, rewords and adds, and what it may not (METHOD 4.10).

The release becomes documents again, whose values can still change. Each value of an edition takes the place of what was there, and
keeps the line on which its college wrote it. This module reads no files.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from generator import translation
from generator.diff import KEPT_WORDS, kept_words
from generator.document import Document
from generator.problems import nearest, quoted
from generator.translation import Spoken
from generator.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.diff import Data
    from generator.document import Path
    from generator.model import Edition
    from generator.problems import Place, Problem
    from generator.release import Release

T = TypeVar("T")

ABOUT = ("because", "checked")
"""What a rewording says about itself."""

_OWN_QUESTION = "add a question of your own in indicators.yml, with an id that begins with your edition's"
_FORBIDDEN: Mapping[tuple[str, str], str] = {
    ("indicator", "levels"): f"people choose by these texts, and sheets compare by them: {_OWN_QUESTION}",
    ("indicator", "revision"): "it says to which words people answered, and these are the framework's",
    ("indicator", "id"): "sheets find answers by it: reword the label",
    ("indicator", "formerly"): "sheets find answers by it",
    ("indicator", "sources"): "an edition leaves the credit as it is",
    ("lens", "rule"): "another rule is another lens: add one of your own in lenses.yml",
    ("lens", "id"): "results are found by it: reword the name",
    ("lens", "sources"): "an edition leaves the credit as it is",
    ("dimension", "indicators"): "its result would mean something else: add a lens of your own in lenses.yml",
    ("dimension", "essential"): "the lens would come to something else: add one of your own in lenses.yml",
    ("dimension", "id"): "results are found by it: reword the name",
    ("level", "meaning"): "it is what people choose by: only its name is yours to reword",
    ("level", "level"): "the number of levels is the framework's",
    ("framework", "settings"): "results would come out otherwise: only the minimum group is yours, in edition.yml",
    ("framework", "id"): "sheets name the framework by it",
    ("framework", "version"): "it is the version that the edition builds on: change based_on in edition.yml",
    ("framework", "licence"): "what others may do with the framework's text stays as it is",
}
"""What an edition may not reword, each with the way out (METHOD 4.10)."""

_REWORDABLE: Mapping[str, tuple[str, ...]] = {
    "framework": ("name", "summary", "choosing", "scope", "closing_questions", "levels"),
    "level": ("name",),
    "form": ("name", "summary"),
    "section": ("name", "summary"),
    "indicator": (
        "label",
        "question",
        "intent",
        "why",
        "evidence",
        "next_steps",
        "discuss",
        "not_applicable",
        "exercises",
    ),
    "lens": ("name", "summary", "intro", "claim", "discuss", "dimensions", "messages"),
    "dimension": ("name", "summary"),
    "exercise": (
        "name",
        "purpose",
        "who",
        "minutes",
        "group_size",
        "materials",
        "steps",
        "write_down",
        "watch_out_for",
    ),
    "warning sign": ("text", "why"),
    "context question": ("question", "options"),
    "option": ("label", "hint"),
    "term": ("meaning",),
}
"""What an edition may reword, by kind of thing."""

_INSIDE: Mapping[tuple[str, str], tuple[str, str]] = {
    ("framework", "levels"): ("level", "level"),
    ("lens", "dimensions"): ("dimension", "id"),
    ("context question", "options"): ("option", "id"),
}
"""Keys that hold things to be reworded each by itself: what one is called, and the key that tells it from others."""


@dataclass(frozen=True)
class Rewording:
    """One text that an edition says otherwise."""

    kind: str
    id: str
    field: str
    """The key, with those inside it, such as `messages even`."""
    base: str | None
    """What the release says."""
    own: str
    because: str | None
    checked: str | None
    """The release with which somebody last compared it, where that is not the one that the edition builds on."""
    place: Place
    at: Path
    """Where it stands in rewordings.yml."""


@dataclass
class _Draft:
    """A document under way: values that can still change, and where they were written."""

    kind: str
    file: str
    data: Any
    places: dict[Path, Place]
    keys: dict[Path, Place] = field(default_factory=dict)
    plain: dict[Path, str] = field(default_factory=dict)

    def put(self, path: Path, value: Any, source: Document, at: Path) -> None:
        """Put what an edition's file says in the place of what was there."""
        holder = self.data
        for step in path[:-1]:
            holder = holder[step]
        if path:
            holder[path[-1]] = _open(value)
        _replace(self.places, source.places, path, at)
        _replace(self.keys, source.keys, path, at)
        _replace(self.plain, source.plain, path, at)


@dataclass(frozen=True)
class _Target:
    """Something that can be reworded, and where it stands."""

    kind: str
    draft: _Draft
    path: Path

    def value(self) -> Any:
        """What the release says there; None where it says nothing."""
        data = self.draft.data
        for step in self.path:
            data = data.get(step) if isinstance(data, dict) else data[step]
        return data

    def say(self, way: Path, text: str, document: Document, at: Path) -> None:
        """Say one of its texts otherwise, which stands in a file of a translation."""
        self.draft.put((*self.path, *translation.path_in(self.value(), way)), text, document, at)

    def below(self, *path: str | int, kind: str = "") -> _Target:
        """Something in it."""
        return _Target(kind or self.kind, self.draft, (*self.path, *path))


def _replace(known: dict[Path, T], more: Mapping[Path, T], path: Path, at: Path) -> None:
    """What was known of a value and all in it gives way to what is known of another, elsewhere."""
    for old in [each for each in known if each[: len(path)] == path]:
        if old or path:
            del known[old]
    known.update({(*path, *each[len(at) :]): value for each, value in more.items() if each[: len(at)] == at})


class Overlay:
    """A release with an edition laid over it."""

    def __init__(self, edition: Edition, outline: Document, base: Release) -> None:
        self.edition, self.outline = edition, outline
        self.problems: list[Problem] = []
        self.rewordings: list[Rewording] = []
        self.added: list[tuple[str, str]] = []
        self.start = outline.place(("based_on",))
        data = _spoken(_written(base.data), edition.variables, self._unknown_words(base.data))
        self.drafts: dict[tuple[str, str], _Draft] = {}
        for section in data.pop("sections"):
            self._draft("section", section["id"], section)
        for lens in data.pop("lenses"):
            self._draft("lens", lens["id"], lens)
        for exercise in data.pop("exercises", []):
            self._draft("exercise", exercise["id"], exercise)
        self._draft("glossary", "glossary", data.pop("glossary", []))
        self._draft("sources", "sources", data.pop("sources"))
        self._draft("framework", base.data["id"], data)
        for section in [draft.data for (kind, _), draft in self.drafts.items() if kind == "section"]:
            for indicator in section["indicators"]:
                for key in ("levels", "next_steps"):
                    indicator[key] = {int(level): text for level, text in indicator[key].items()}
        framework = self.framework.data
        framework["sections"] = [id_ for kind, id_ in self.drafts if kind == "section"]
        framework["lenses"] = [id_ for kind, id_ in self.drafts if kind == "lens"]
        if edition.minimum_group is not None:
            self.framework.put(("settings", "minimum_group"), edition.minimum_group, outline, ("minimum_group",))
        self._hide()

    def _draft(self, kind: str, id_: str, data: Any) -> None:
        self.drafts[kind, id_] = _Draft(kind, f"{id_}.yml", data, {(): self.start})

    @property
    def framework(self) -> _Draft:
        """The draft of framework.yml."""
        return next(draft for draft in self.drafts.values() if draft.kind == "framework")

    def _unknown_words(self, data: Data) -> frozenset[str]:
        known = data.get("variables", [])
        unknown = frozenset(self.edition.variables) - frozenset(known)
        for word in sorted(unknown):
            message = f"{quoted(word)} is no word that an edition can set"
            self.problems.append(self.outline.key_problem(("variables", word), message, nearest(word, known)))
        return unknown

    # What an edition hides

    def _hide(self) -> None:
        for kind, ids_ in (("lens", self.edition.hide.lenses), ("exercise", self.edition.hide.exercises)):
            for at, id_ in enumerate(ids_):
                path = ("hide", "lenses" if kind == "lens" else "exercises", at)
                if (kind, id_) not in self.drafts:
                    known = [each for of, each in self.drafts if of == kind]
                    self.problems.append(
                        self.outline.problem(path, f"there is no {kind} {quoted(id_)}", nearest(id_, known))
                    )
                elif kind == "lens":
                    self._hide_lens(id_, path)
                else:
                    self._hide_exercise(id_)

    def _hide_lens(self, id_: str, path: Path) -> None:
        framework = self.framework.data
        read = {
            each
            for key, draft in self.drafts.items()
            if key[0] == "lens" and key[1] != id_
            for each in _fed(draft.data)
        }
        unread = [each for each in _fed(self.drafts["lens", id_].data) if each not in read]
        if unread:
            message = f"without it no lens reads the question {quoted(unread[0])}"
            self.problems.append(
                self.outline.problem(
                    path, message, "nobody should be asked for nothing: leave it, or hide fewer lenses"
                )
            )
            return
        if framework["headline_lenses"] == [id_]:
            self.problems.append(
                self.outline.problem(path, "results would begin with no lens", "leave one of the headline lenses")
            )
            return
        del self.drafts["lens", id_]
        for key in ("lenses", "headline_lenses"):
            framework[key] = [each for each in framework[key] if each != id_]
        for form in framework["forms"]:
            if isinstance(form.get("lenses"), list):
                form["lenses"] = [each for each in form["lenses"] if each != id_]
        for question in framework.get("context", []):
            for option in question["options"]:
                _drop(option, "lens", id_)
        self._unmention(id_)

    def _hide_exercise(self, id_: str) -> None:
        del self.drafts["exercise", id_]
        _drop(self.framework.data, "pocket_card", id_)
        for indicator in self._indicators():
            indicator["exercises"] = [each for each in indicator.get("exercises", []) if each != id_]

    def _unmention(self, id_: str) -> None:
        for draft in self.drafts.values():
            if draft.kind == "exercise":
                _drop(draft.data, "lens", id_)
        for term in self.drafts["glossary", "glossary"].data:
            term["see"] = [each for each in term.get("see", []) if each != id_]

    def _indicators(self) -> Iterator[Data]:
        return (
            each for (kind, _), draft in self.drafts.items() if kind == "section" for each in draft.data["indicators"]
        )

    # What it says otherwise, and adds

    def lay(self, document: Document) -> None:
        """Lay one of an edition's files over what is there."""
        if document.kind == "rewordings":
            self._reword(document)
        else:
            self._add(document)

    def _reword(self, document: Document) -> None:
        if not isinstance(document.data, dict):
            hint = "write an id, a colon, and below it the keys that read differently"
            self.problems.append(document.problem((), "ids with texts are wanted", hint))
            return
        targets = self._targets()
        for id_, fields in document.data.items():
            if id_ not in targets:
                message = f"nothing in {self.edition.based_on} is called {quoted(id_)}"
                self.problems.append(document.key_problem((id_,), message, nearest(id_, targets)))
            else:
                self._reword_one(document, (id_,), targets[id_], fields)

    def _targets(self) -> dict[str, _Target]:
        """All that can be reworded, by its id."""
        found: dict[str, _Target] = {}
        for (kind, id_), draft in self.drafts.items():
            whole = _Target(kind, draft, ())
            if kind == "section":
                inside = ((each["id"], ("indicators", at)) for at, each in enumerate(draft.data["indicators"]))
                found |= {name: whole.below(*path, kind="indicator") for name, path in inside}
            if kind == "glossary":
                found |= {each["term"]: whole.below(at, kind="term") for at, each in enumerate(draft.data)}
            elif kind != "sources":
                found[id_] = whole
        framework = _Target("framework", self.framework, ())
        for key, kind in (("forms", "form"), ("warning_signs", "warning sign"), ("context", "context question")):
            for at, each in enumerate(self.framework.data.get(key, [])):
                found.setdefault(each["id"], framework.below(key, at, kind=kind))
        return found

    def _reword_one(self, document: Document, at: Path, target: _Target, fields: Any) -> None:
        if not isinstance(fields, dict):
            hint = f"write below it what reads differently: {', '.join(_REWORDABLE[target.kind])}"
            self.problems.append(document.problem(at, "keys with texts are wanted", hint))
            return
        for key, value in fields.items():
            if key in ABOUT and len(at) == 1:
                continue
            if way_out := _FORBIDDEN.get((target.kind, str(key))):
                message = f"an edition may not change {quoted(key)} of a {target.kind}"
                self.problems.append(document.key_problem((*at, key), message, way_out))
            elif key not in _REWORDABLE[target.kind]:
                message = f"{quoted(key)} of a {target.kind} cannot be reworded"
                self.problems.append(document.key_problem((*at, key), message, nearest(key, _REWORDABLE[target.kind])))
            elif inside := _INSIDE.get((target.kind, key)):
                self._reword_inside(document, (*at, key), target.below(key), inside, value)
            else:
                self._put(document, (*at, key), target.below(key), value)

    def _reword_inside(self, document: Document, at: Path, held: _Target, inside: tuple[str, str], value: Any) -> None:
        """Reword things inside a thing, by their ids, or levels by their numbers."""
        kind, naming = inside
        paths = {each[naming]: place for place, each in enumerate(held.value())}
        if not isinstance(value, dict):
            hint = f"write {next(iter(paths))}, a colon, and below it what reads differently"
            self.problems.append(document.problem(at, f"each {kind} is reworded by itself", hint))
            return
        for id_, fields in value.items():
            if id_ in paths:
                self._reword_one(document, (*at, id_), held.below(paths[id_], kind=kind), fields)
            else:
                message = f"there is no {kind} {quoted(id_)} here"
                self.problems.append(document.key_problem((*at, id_), message, nearest(id_, map(str, paths))))

    def _put(self, document: Document, at: Path, target: _Target, value: Any) -> None:
        """Say one text otherwise; of several texts under one key, each by its name or number."""
        before = target.value()
        if isinstance(before, dict) and isinstance(value, dict):
            for key, each in value.items():
                if key in before:
                    self._put(document, (*at, key), target.below(key), each)
                else:
                    message = f"the {target.kind} has no {quoted(key)}"
                    self.problems.append(document.key_problem((*at, key), message, nearest(key, map(str, before))))
        elif before is None and target.path[-1] == "not_applicable":
            hint = "whether a question may not apply is the framework's to say"
            self.problems.append(document.key_problem(at, "everybody is asked this question", hint))
        elif _is_another_question(target, before, value):
            message = "this is another question: it keeps fewer than half of the words"
            self.problems.append(document.problem(at, message, _OWN_QUESTION))
        else:
            target.draft.put(target.path, value, document, at)
            about = document.data[at[0]]
            self.rewordings.append(
                Rewording(
                    kind=target.kind,
                    id=str(at[0]),
                    field=" ".join(map(str, at[1:])),
                    base=None if before is None else _told(before),
                    own=_told(value),
                    because=about.get("because"),
                    checked=about.get("checked"),
                    place=document.place(at),
                    at=at,
                )
            )

    def base_text(self, at: Path) -> str | None:
        """What the release says where an edition may say it otherwise; None where it says nothing.

        Arguments:
            at: The way to it in rewordings.yml.
        """
        target = self._targets().get(str(at[0]))
        for key in at[1:]:
            if target is None:
                return None
            held, inside = target.value(), _INSIDE.get((target.kind, str(target.path[-1]) if target.path else ""))
            if inside and isinstance(held, list):
                place = next((place for place, each in enumerate(held) if each[inside[1]] == key), None)
                target = None if place is None else target.below(place, kind=inside[0])
            else:
                target = target.below(key) if isinstance(held, dict) and key in held else None
        return None if target is None else _told(target.value())

    def _add(self, document: Document) -> None:
        if not isinstance(document.data, tuple):
            self.problems.append(
                document.problem((), "a list is wanted", "begin each thing that you add with a hyphen")
            )
            return
        for at, each in enumerate(document.data):
            id_ = each.get("id") if isinstance(each, dict) else None
            if not isinstance(id_, str):
                self.problems.append(
                    document.problem((at,), "it has no id", f"begin it with - id: {self.edition.id}-…")
                )
            elif not id_.startswith(f"{self.edition.id}-"):
                hint = f"call it {self.edition.id}-{id_}, so that it never meets one of the framework's"
                self.problems.append(
                    document.problem((at, "id"), f"{quoted(id_)} does not begin with the edition's id", hint)
                )
            else:
                self._add_one(document, at, id_)

    def _add_one(self, document: Document, at: int, id_: str) -> None:
        kind, value = document.kind, document.data[at]
        self.added.append((kind, id_))
        if kind == "indicator":
            self._add_indicator(document, at, value)
            return
        self._draft(kind, id_, {})
        draft = self.drafts[kind, id_]
        draft.data = _open(value)
        draft.put((), value, document, (at,))
        if kind == "lens":
            self.framework.data["lenses"].append(id_)

    def _add_indicator(self, document: Document, at: int, value: Mapping[str, Any]) -> None:
        section = value.get("section")
        if not isinstance(section, str) or ("section", section) not in self.drafts:
            known = [each for kind, each in self.drafts if kind == "section"]
            self.problems.append(
                document.problem(
                    (at, "section"), "the question has no section of the framework", nearest(section, known)
                )
            )
            return
        draft = self.drafts["section", section]
        place = len(draft.data["indicators"])
        draft.data["indicators"].append(None)
        draft.put(
            ("indicators", place),
            {key: each for key, each in value.items() if key not in ("section", "feeds")},
            document,
            (at,),
        )
        feeding = value.get("feeds", ())
        if not isinstance(feeding, tuple):
            hint = "begin each part of a lens that it feeds with a hyphen"
            self.problems.append(document.problem((at, "feeds"), "a list is wanted", hint))
            return
        for number, feeds in enumerate(feeding):
            lens, _, dimension = str(feeds).partition("/")
            parts = _dimensions(self.drafts["lens", lens].data) if ("lens", lens) in self.drafts else []
            found = next((each for each in parts if each["id"] == dimension), None)
            if found is None:
                known = [
                    f"{id_}/{each['id']}"
                    for (kind, id_), other in self.drafts.items()
                    if kind == "lens"
                    for each in _dimensions(other.data)
                ]
                self.problems.append(
                    document.problem((at, "feeds", number), f"there is no part {quoted(feeds)}", nearest(feeds, known))
                )
            else:
                found["indicators"].append(value["id"])

    @property
    def language(self) -> str:
        """The framework's own."""
        return str(self.framework.data.get("language", ENGLISH))

    def copy(self) -> Overlay:
        """The same again, to be laid over by a translation."""
        return copy.deepcopy(self)

    def spoken(self) -> list[Spoken]:
        """All that has texts, with a way to say each of them otherwise."""
        targets = self._targets()
        sources = next(draft for draft in self.drafts.values() if draft.kind == "sources")
        targets |= {id_: _Target("source", sources, (id_,)) for id_ in sources.data if id_ not in targets}
        found = ((id_, target, translation.texts(target.value())) for id_, target in targets.items())
        return [Spoken(id_, target.kind, texts, target.say) for id_, target, texts in found if texts]

    def finish(self) -> list[Problem]:
        """What could not be laid over the release."""
        return self.problems

    def documents(self) -> list[Document]:
        """The framework as the edition tells it, file by file."""
        kinds = ("framework", "section", "lens", "exercise", "glossary", "sources")
        drafts = sorted(self.drafts.values(), key=lambda draft: kinds.index(draft.kind))
        return [
            Document(each.file, each.kind, _closed(each.data), each.places, each.keys, each.plain) for each in drafts
        ]


def _dimensions(lens: Any) -> list[Data]:
    """The dimensions of a lens that can be fed. One that an edition adds may be anything."""
    found = lens.get("dimensions") if isinstance(lens, dict) else None
    listed = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [each for each in listed if "id" in each and isinstance(each.get("indicators"), list)]


def _fed(lens: Data) -> list[str]:
    return [id_ for dimension in lens["dimensions"] for id_ in dimension["indicators"]]


def _drop(part: Data, key: str, value: str) -> None:
    if part.get(key) == value:
        del part[key]


def _is_another_question(target: _Target, before: Any, value: Any) -> bool:
    is_question = (target.kind, target.path[-1]) == ("indicator", "question")
    return is_question and isinstance(value, str) and kept_words(before, value) < KEPT_WORDS


def _open(value: Any) -> Any:
    """A value that can be changed."""
    if isinstance(value, dict):
        return {key: _open(each) for key, each in value.items()}
    return [_open(each) for each in value] if isinstance(value, list | tuple) else value


def _written(value: Any) -> Any:
    """What a release holds as an author would write it: without lists in which there is nothing."""
    if isinstance(value, dict):
        return {key: _written(each) for key, each in value.items() if each != []}
    return [_written(each) for each in value] if isinstance(value, list) else value


def _closed(value: Any) -> Any:
    """A value as documents hold it."""
    if isinstance(value, dict):
        return {key: _closed(each) for key, each in value.items()}
    return tuple(_closed(each) for each in value) if isinstance(value, list | tuple) else value


def _told(value: Any) -> str:
    return "\n".join(map(_told, value)) if isinstance(value, list | tuple) else str(value)


_NAMED = frozenset(
    {
        *("id", "forms", "exercises", "formerly", "indicators", "lens", "lenses", "headline_lenses", "sections"),
        *("pocket_card", "see", "for", "source", "sources", "rule", "variables", "version", "licence"),
    }
)
"""Keys that hold ids and no words."""


def _spoken(data: Any, variables: Mapping[str, str], unknown: Iterable[str]) -> Any:
    """The framework's texts with an edition's own words in place of those that differ by setting."""
    words = {word: own for word, own in variables.items() if word not in unknown}
    if not words:
        return data
    # Longer ones first. Written large within a sentence, it belongs to a name.
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    large = "|".join(re.escape(word[:1].upper() + word[1:]) for word in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{longest_first})\b|(?:^|(?<=[.?!:]\s)|(?<=[\"“(]))(?:{large})\b")

    def other(found: re.Match[str]) -> str:
        own = words[found[0].lower()]
        return own[:1].upper() + own[1:] if found[0][:1].isupper() else own

    def spoken(value: Any, key: object) -> Any:
        if isinstance(value, str):
            return value if key in _NAMED else pattern.sub(other, value)
        if isinstance(value, dict):
            return {name: spoken(each, name) for name, each in value.items()}
        return [spoken(each, key) for each in value] if isinstance(value, list) else value

    return {key: each if key == "sources" else spoken(each, key) for key, each in data.items()}
