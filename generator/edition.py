"""Editions: a framework as a staff college tells it, laid over one of its releases.

An edition is a folder in `editions/`. What it does not touch comes from the release that it names, so that nothing changes under
it until somebody moves it on. It may say things otherwise, add what is its own and hide what it has no use for. What would make
its sheets mean something else than those of the framework, it may not (METHOD 4.10): that is a problem with its place.

The two are laid over each other as documents, each value with the place where it was written. So all that is ever checked of a
framework is checked of an edition too, and said at the line that its college can mend.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from generator import catalogue, colours, configuration, reading, release, translation
from generator.diff import KEPT_WORDS, kept_words
from generator.document import Document, parse
from generator.problems import Place, Problem, in_order, nearest, quoted
from generator.translation import Spoken, Translation
from generator.words import ENGLISH, own_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path as File

    from generator.diff import Data
    from generator.document import Path
    from generator.model import Edition
    from generator.reading import Reading
    from generator.release import Release

T = TypeVar("T")

FOLDER = "editions"
OUTLINE = "edition.yml"
REWORDINGS = "rewordings.yml"
ADDED = {"indicators.yml": "indicator", "lenses.yml": "lens", "exercises.yml": "exercise"}
"""The files of what an edition adds: a list of things in each."""
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
class EditionReading:
    """What came of reading an edition."""

    edition: Edition | None
    """Its own facts; None while they have problems."""
    reading: Reading | None
    """The framework as the edition tells it; without a framework while there are problems."""
    problems: tuple[Problem, ...]
    """Everything that stands in the way, sorted by place."""
    rewordings: tuple[Rewording, ...] = ()
    """What reads differently."""
    added: tuple[tuple[str, str], ...] = ()
    """Kind and id of each thing that it adds."""
    base: Release | None = None
    """The release that it builds on."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    """What it says in other languages than the framework's, by language."""
    spoken: Callable[[], Sequence[Spoken]] = tuple
    """All that it says in the framework's language, its own name and the labels of the navigation with it."""


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


def ids(project: File) -> list[str]:
    """The editions of a project."""
    return sorted(path.parent.name for path in (project / FOLDER).glob(f"*/{OUTLINE}"))


def read(project: File, id_: str) -> EditionReading:
    """Read an edition.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.
    """
    folder = project / FOLDER / id_
    outline, problems = _document(folder / OUTLINE, "edition")
    if outline is None:
        return EditionReading(None, None, tuple(problems))
    edition, found = reading.validated(outline)
    problems += found
    if edition is None:
        return EditionReading(None, None, tuple(in_order(problems)))
    if edition.id != id_:
        problems.append(
            outline.problem(
                ("id",),
                f"the id is {quoted(edition.id)}, but the folder is called {id_}",
                f"write {id_} here, or rename the folder",
            )
        )
    problems += _looks(edition, outline, folder)
    base, found = _base(project, edition, outline)
    problems += found
    if base is None:
        return EditionReading(edition, None, tuple(in_order(problems)))
    overlay = _Overlay(edition, outline, base)
    for file, kind in {REWORDINGS: "rewordings", **ADDED}.items():
        if (folder / file).is_file():
            document, found = _document(folder / file, kind)
            problems += found
            if document is not None:
                overlay.lay(document)
    problems += overlay.finish()
    problems += _stale(project, edition, overlay.rewordings)
    whole = reading.assembled(overlay.documents(), problems)
    ours = reading.shown(folder)
    told = [each for each in whole.problems if each.place.file.startswith(f"{ours}/")]
    translations = {
        language: _translated(overlay, at, folder, project)
        for at, language in enumerate(edition.languages)
        if language != overlay.language
    }
    told += [problem for each in translations.values() for problem in each.problems]
    return EditionReading(
        edition,
        whole,
        tuple(in_order(told)),
        tuple(overlay.rewordings),
        tuple(overlay.added),
        base,
        translations,
        lambda: [*overlay.spoken(), _called(edition, project)],
    )


def _labels(project: File) -> list[str]:
    """What the navigation of a project calls its pages, and Balcony has no word for."""
    path = project / "mkdocs.yml"
    nav = configuration.read(path.read_text(encoding="utf-8")).get("nav", []) if path.is_file() else []
    known = {message.one for message in catalogue.messages()}
    return [label for label in dict.fromkeys(configuration.labels(nav)) if label not in known]


def _translated(overlay: _Overlay, at: int, folder: File, project: File) -> Translation:
    """An edition in one of the languages that it claims."""
    edition, outline = overlay.edition, overlay.outline
    language = edition.languages[at]
    try:
        own_name(language)
    except ValueError:
        problem = outline.problem(("languages", at), f"{quoted(language)} is no language", "write it as in cy or pt-BR")
        return Translation(language, None, (problem,), {})
    own = folder / language
    claimed = outline.place(("languages", at))
    problems = translation.catalogue_problems(language, own, claimed)
    if not own.is_dir():
        hint = f"write down what there is to translate: balcony edition translate {edition.id} {language}"
        problems.append(Problem(claimed, "languages", f"there is no {own_name(language)} yet", hint))
        return Translation(language, None, tuple(problems), {})
    files, found = translation.documents(own)
    problems += found
    over = overlay.copy()
    laying = translation.Laying(language, reading.shown(own), [*over.spoken(), _called(edition, project)])
    for document in files:
        laying.lay(document)
    laying.finish()
    over.framework.data["language"] = language
    whole = reading.assembled(over.documents(), [*problems, *laying.problems])
    ours = reading.shown(folder)
    told = in_order([each for each in whole.problems if each.place.file.startswith(f"{ours}/") or each in problems])
    return Translation(language, whole, tuple(told), laying.statuses, laying.outside.get(edition.id, {}))


def _called(edition: Edition, project: File) -> Spoken:
    """What an edition calls itself and the parts of its site."""
    said: dict[str, Any] = {"name": edition.name, "organisation": edition.organisation}
    if edition.summary:
        said["summary"] = edition.summary
    if own := {label: label for label in _labels(project)}:
        said["navigation"] = own
    return Spoken(edition.id, "edition", said, None)


def _stale(project: File, edition: Edition, rewordings: Iterable[Rewording]) -> Iterator[Problem]:
    """Rewordings of texts that have changed underneath, until somebody has looked at them."""
    based_on = edition.release
    marked = [each for each in rewordings if each.checked not in (None, based_on)]
    for version in {str(each.checked) for each in marked}:
        text = texts_under(project, replace_base(edition, version))
        for each in marked:
            before = text(each.at) if each.checked == version else each.base
            if before != each.base:
                message = f"the framework's text has changed since {version}: it was {quoted(before)}, and is {quoted(each.base)}"
                hint = f"see whether yours still fits, then write checked: {based_on}"
                yield Problem(each.place, f"{each.kind} {each.id}, {each.field}", message, hint, "warning")


def texts_under(project: File, edition: Edition) -> Callable[[Path], str | None]:
    """What a release says where an edition says something otherwise: None where it says nothing, or there is no release.

    Arguments:
        project: The folder that holds framework/.
        edition: On that release.
    """
    outline = Document(OUTLINE, "edition", {}, {}, {}, {})
    base, _ = _base(project, edition, outline)
    return _Overlay(edition, outline, base).base_text if base else lambda _: None


def replace_base(edition: Edition, version: str) -> Edition:
    """The same edition on another release.

    Arguments:
        edition: As it is.
        version: Of the release.
    """
    name = edition.based_on.split("@")[0]
    return edition.model_copy(update={"based_on": f"{name}@{version}"})


def _looks(edition: Edition, outline: Document, folder: File) -> Iterator[Problem]:
    """Colours that cannot be read, and a logo that cannot be used."""
    for key, found in colours.unreadable(edition.colours) if edition.colours else ():
        message = "it cannot be read where it stands (WCAG 1.4.3)"
        yield outline.problem(("colours", key), message, f'the nearest colour that can be is "{found}"')
    if edition.logo and (message := _logo_problem(folder / edition.logo)):
        yield outline.problem(("logo",), message, "give an SVG file of its own, without scripts, of 50 KB at most")


_LARGEST_LOGO = 50 * 1024
_UNSAFE = re.compile(
    r"""<script|\son\w+\s*=|javascript:|<foreignObject|<!ENTITY|href\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import""",
    re.IGNORECASE,
)
"""What runs, or fetches something from elsewhere."""


def _logo_problem(path: File) -> str:
    if not path.is_file():
        return "there is no such file in the edition's folder"
    if path.stat().st_size > _LARGEST_LOGO:
        return "the file is too large"
    text = path.read_text(encoding="utf-8", errors="replace")
    if "<svg" not in text:
        return "the file is no SVG"
    return "the file holds a script or fetches something from elsewhere" if _UNSAFE.search(text) else ""


def _document(path: File, kind: str) -> tuple[Document | None, list[Problem]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [
            Problem(
                Place(reading.shown(path)), "", f"the file cannot be read ({error.strerror})", "an edition needs it"
            )
        ]
    if not _has_content(content):
        return None, []
    return parse(content, reading.shown(path), kind)


def _has_content(content: bytes) -> bool:
    """Whether there is more than comments: a file that waits to be filled in is no mistake."""
    return any(line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines())


def _base(project: File, edition: Edition, outline: Document) -> tuple[Release | None, list[Problem]]:
    """The release that an edition builds on, with the facts about publications as they are now."""
    folder = project / "framework"
    releases, problems = release.read(folder / release.FOLDER, reading.shown(folder / release.FOLDER))
    name, version = edition.based_on.split("@")
    found = next((each for each in releases if each.version == version and each.data["id"] == name), None)
    if found is None:
        known = [f"{each.data['id']}@{each.version}" for each in releases]
        message = f"there is no release {quoted(edition.based_on)}"
        return None, [*problems, outline.problem(("based_on",), message, nearest(edition.based_on, known))]
    facts, _ = _document(folder / "sources.yml", "sources")
    known_facts = facts.data if facts is not None else {}
    sources = {id_: {**known_facts.get(id_, {}), **source} for id_, source in found.data["sources"].items()}
    return replace(found, data={**found.data, "sources": sources}), problems


# Laying one over the other


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


class _Overlay:
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
        for exercise in data.pop("exercises"):
            self._draft("exercise", exercise["id"], exercise)
        self._draft("glossary", "glossary", data.pop("glossary"))
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
        if ("section", section) not in self.drafts:
            known = [each for kind, each in self.drafts if kind == "section"]
            self.problems.append(
                document.problem(
                    (at, "section"), "the question has no section of the framework", nearest(section, known)
                )
            )
            return
        draft = self.drafts["section", str(section)]
        place = len(draft.data["indicators"])
        draft.data["indicators"].append(None)
        draft.put(
            ("indicators", place),
            {key: each for key, each in value.items() if key not in ("section", "feeds")},
            document,
            (at,),
        )
        for number, feeds in enumerate(value.get("feeds", ())):
            lens, _, dimension = str(feeds).partition("/")
            parts = self.drafts["lens", lens].data["dimensions"] if ("lens", lens) in self.drafts else []
            found = next((each for each in parts if each["id"] == dimension), None)
            if found is None:
                known = [
                    f"{id_}/{each['id']}"
                    for (kind, id_), other in self.drafts.items()
                    if kind == "lens"
                    for each in other.data["dimensions"]
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

    def copy(self) -> _Overlay:
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
