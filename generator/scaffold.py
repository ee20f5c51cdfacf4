"""Pages for a framework: those that a site needs, written where they are missing, and the navigation brought in line.

A page holds prose and calls of macros with the framework's ids. What is there already stays as it is, to the letter:
whoever runs the site may have made it their own. Where a page stands follows from the links of the macros.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator import calls, catalogue, files, site
from generator.model import RULE_NAMES
from generator.problems import Place, Problem, ProblemsError
from generator.rendering import environment
from generator.words import say, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from generator.model import Exercise, Form, Framework, Lens

CONFIGURATION = "mkdocs.yml"
CONTENT = "content"


@dataclass(frozen=True)
class Page:
    """A page that a site of the framework needs."""

    path: str
    """Below content/."""
    text: str
    under: tuple[str, ...] | None = ()
    """The headings of the navigation that it stands under, from the top; None keeps it out."""
    label: str | None = None
    """What the navigation calls it. Left out: its own title."""


@dataclass(frozen=True)
class Outcome:
    """What was done, or would be."""

    written: list[str]
    """The files that were missing, from the top of the project."""
    listed: list[str]
    """The pages that came into the navigation."""
    taken_out: list[str]
    """What the navigation named that is gone."""
    problems: list[Problem]
    """Calls in pages that would fail, such as one of a lens that is gone."""


def make(
    project: Path, wanted: Callable[[Framework], Sequence[Page]] | None = None, *, is_trial: bool = False
) -> Outcome:
    """Write the pages that are missing, and bring the navigation in line.

    Arguments:
        project: The folder that holds mkdocs.yml and the framework.
        wanted: The pages that a framework's site needs, in order. Left out: `planned`.
        is_trial: Whether nothing is written, and only said.

    Raises:
        ProblemsError: With every error of the framework, or when the navigation cannot be read.
        WriteError: When a page cannot be written. Then nothing is changed.
    """
    reading = site.sound_reading(project)
    assert reading.framework is not None
    content, configuration = project / CONTENT, project / CONFIGURATION
    pages = (wanted or planned)(reading.framework)
    missing = [page for page in pages if not (content / page.path).exists()]
    before = _read(configuration)
    there = {path.relative_to(content).as_posix() for path in content.rglob("*.md")}
    after, listed, taken_out = in_line(before, pages, there | {page.path for page in missing})
    problems = calls.problems(content, calls.macros(reading, project), site.OFFERED_BY_PLUGIN)
    if not is_trial:
        texts: dict[Path, str | bytes] = {content / page.path: page.text for page in missing}
        files.write(texts | ({configuration: after} if after != before else {}))
    return Outcome([f"{CONTENT}/{page.path}" for page in missing], listed, taken_out, problems)


def _read(configuration: Path) -> str:
    if not configuration.is_file():
        hint = "run this in the folder that holds it"
        raise ProblemsError([Problem(Place(CONFIGURATION), "", "there is no such file", hint)])
    return configuration.read_text(encoding="utf-8")


# The pages


def planned(framework: Framework) -> list[Page]:
    """Every page that a site of a framework needs, in the order of the navigation, in the framework's language."""
    with spoken(catalogue.words_of(framework.outline.language)):
        return _planned(framework)


def _planned(framework: Framework) -> list[Page]:
    outline = framework.outline
    shared = {
        "name": outline.name,
        "summary": outline.summary,
        "choosing": outline.choosing,
        "forms": outline.forms,
        "has_warning_signs": bool(outline.warning_signs),
        "rules": _rules(framework),
    }

    def page(path: str, under: tuple[str, ...], template: str, label: str | None = None) -> Page:
        return Page(path, _text(template, outline.name, outline.summary, **shared), under, label)

    def own(path: str, under: tuple[str, ...], template: str, about: Form | Lens | Exercise, description: str) -> Page:
        return Page(path, _text(template, about.name, description, id=about.id), under)

    assess, asked, exercises, about = (say("Assess"),), (say("Framework"),), (say("Exercises"),), (say("About"),)
    about_a_lens = say("What the model is, how its parts combine, and which questions it reads.")
    about_an_exercise = say("An exercise, with steps and a clock, that prints on paper.")
    return [
        Page("assets/favicon.svg", _source("favicon.svg"), None),
        page("index.md", (), "index.md", say("Home")),
        *(own(f"assess/{each.id}.md", assess, "form.md", each, each.summary) for each in outline.forms),
        page("team.md", assess, "team.md"),
        page("framework/index.md", asked, "framework.md"),
        page("framework/indicators.md", asked, "indicators.md"),
        page("framework/map.md", asked, "map.md"),
        *(
            own(f"framework/{each.id}.md", (*asked, say("Lenses")), "lens.md", each, f"{each.summary} {about_a_lens}")
            for each in framework.lenses
        ),
        page("framework/history.md", asked, "history.md"),
        *([page("framework/glossary.md", asked, "glossary.md")] if framework.glossary else []),
        page("framework/sources.md", asked, "sources.md"),
        page("exercises/index.md", exercises, "exercises.md"),
        *(
            own(f"exercises/{each.id}.md", exercises, "exercise.md", each, f"{about_an_exercise} {each.purpose}")
            for each in framework.exercises
        ),
        page("about/index.md", about, "about.md"),
        page("about/scoring.md", about, "scoring.md"),
        page("about/privacy.md", about, "privacy.md"),
        page("about/accessibility.md", about, "accessibility.md"),
    ]


def _rules(framework: Framework) -> list[tuple[str, str]]:
    """The rules that the lenses follow, with their names."""
    names = environment().get_template("pages/rules.html").make_module()
    used = {lens.rule for lens in framework.lenses}
    return [(rule, str(names.name(rule)).strip()) for rule in RULE_NAMES if rule in used]  # type: ignore[attr-defined]


def _pages() -> Environment:
    """Templates of pages: what stands in double braces is for the site, and what is filled in here has other marks."""
    return environment().overlay(
        variable_start_string="<<", variable_end_string=">>", comment_start_string="<#", comment_end_string="#>"
    )


def _source(name: str) -> str:
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), f"scaffold/{name}")[0]


def _text(template: str, title: str, description: str, **values: object) -> str:
    found = _pages().get_template(f"scaffold/{template}")
    return (
        found.render(
            title=quoted(title), description=quoted(description), prose=_prose, quoted=quoted, **values
        ).rstrip()
        + "\n"
    )


_MARKS = re.compile(r"^\d+[.)]|^[^\w\s]|[\\`*_{}\[\]<>&#|~]")


def _prose(text: str) -> Markup:
    """A text as it may stand in a page, where people go on writing: what means something to Markdown is written otherwise."""
    escaped = _MARKS.sub(lambda found: "".join(f"&#{ord(each)};" for each in found.group()), text)
    return Markup(escaped)  # noqa: S704 - nothing is left in it that means something to HTML


_MEANS_SOMETHING = str.maketrans({"<": "(", ">": ")", '"': "'", "{": "(", "}": ")"})
"""What would mean something to HTML, YAML or a macro, where a title is not escaped."""


def quoted(text: str) -> Markup:
    """A text as a value in the front matter of a page."""
    return Markup(json.dumps(text.translate(_MEANS_SOMETHING), ensure_ascii=False))  # noqa: S704


# The navigation


@dataclass
class _Entry:
    """A line of the navigation, with all that stands below it."""

    line: str
    indent: int
    label: str | None = None
    target: str | None = None
    above: list[str] = field(default_factory=list)
    """Comments and empty lines before it."""
    entries: list[_Entry] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[str]:
        yield from self.above
        if self.line:
            yield self.line
        for entry in self.entries:
            yield from entry.lines


_LINE = re.compile(
    r"""(?P<indent>\ *)-\s+
    (?:(?P<label>"[^"]*"|'[^']*'|[^\s"'#\[{](?:(?!:\s)[^#])*?)\s*:(?:\s+|$))?
    (?P<target>"[^"]*"|'[^']*'|[^\s"'#\[{&*!|>]\S*)?\s*(?:\#.*)?""",
    re.VERBOSE,
)
_NOT_AN_ENTRY = re.compile(r"\s*(?:#.*)?")
_STEP = 4
"""Spaces by which a new heading's pages stand further in."""


def in_line(configuration: str, pages: Sequence[Page], there: set[str]) -> tuple[str, list[str], list[str]]:
    """Bring the navigation in line with the pages: add those that it lacks, and take out those that are gone.

    Arguments:
        configuration: The text of mkdocs.yml. Comments stay, and so does the order.
        pages: What the navigation should have.
        there: Every page that there is, below content/.

    Returns:
        The new text, the pages that came in, and those that went. Without a navigation, all stays: the engine makes one.

    Raises:
        ProblemsError: When the navigation is written in a way that cannot be edited line by line.
    """
    lines = configuration.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if re.fullmatch(r"nav:\s*(#.*)?", line.rstrip())), None)
    if start is None:
        return configuration, [], []
    end = start + 1 + _length(lines[start + 1 :])
    top = _parsed([line.rstrip("\r\n") for line in lines[start + 1 : end]], start + 2)
    listed = _added(top, [page for page in pages if page.under is not None])
    taken_out = _without_gone(top, there)
    if not listed and not taken_out:
        return configuration, [], []
    nav = "".join(f"{line}\n" for line in top.lines)
    return "".join(lines[: start + 1]) + nav + "".join(lines[end:]), listed, taken_out


def _length(lines: Sequence[str]) -> int:
    """How many of the lines belong to the navigation: up to the last entry before the next key."""
    length = 0
    for at, line in enumerate(lines, 1):
        if _NOT_AN_ENTRY.fullmatch(line.rstrip()):
            continue
        if not line.startswith((" ", "-")):
            break
        length = at
    return length


def _parsed(lines: Sequence[str], first: int) -> _Entry:
    """The navigation as a tree, below an entry without a line."""
    top = _Entry("", -1)
    above: list[str] = []
    branch = [top]
    for number, line in enumerate(lines, first):
        if _NOT_AN_ENTRY.fullmatch(line):
            above.append(line)
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            hint = "write one page on each line, as `- path.md` or `- Name: path.md`"
            raise ProblemsError([Problem(Place(CONFIGURATION, number), "nav", "this line cannot be read", hint)])
        label, target = ((found[name] or "").strip("\"'") or None for name in ("label", "target"))
        entry = _Entry(line, len(found["indent"]), label, target, above)
        above = []
        while branch[-1].indent >= entry.indent:
            branch.pop()
        branch[-1].entries.append(entry)
        branch.append(entry)
    return top


def _added(top: _Entry, pages: Sequence[Page]) -> list[str]:
    """Add the pages that the navigation lacks, each beside those that it belongs to."""
    named = {entry.target for entry in _all(top)}
    missing = [page for page in pages if page.path not in named]
    for page in missing:
        under = page.under or ()
        siblings = [each.path for each in pages if each.under == page.under]
        home = _home_of(top, siblings) or _heading(top, under, pages)
        at = _place(home, siblings, page.path)
        indent = _indent(home)
        name = f"{page.label}: " if page.label else ""
        home.entries.insert(at, _Entry(f"{' ' * indent}- {name}{page.path}", indent, page.label, page.path))
    return [page.path for page in missing]


def _all(entry: _Entry) -> Iterator[_Entry]:
    for each in entry.entries:
        yield each
        yield from _all(each)


def _home_of(top: _Entry, siblings: Sequence[str]) -> _Entry | None:
    """The entry below which pages of the same kind stand, wherever somebody has put them."""
    return next(
        (entry for entry in (top, *_all(top)) if any(each.target in siblings for each in entry.entries)),
        None,
    )


def _heading(top: _Entry, under: Sequence[str], pages: Sequence[Page]) -> _Entry:
    """The entry of a heading, made where it is missing."""
    entry = top
    for depth, label in enumerate(under):
        found = next((each for each in entry.entries if each.label == label and each.target is None), None)
        if found is None:
            indent = _indent(entry)
            found = _Entry(f"{' ' * indent}- {label}:", indent, label)
            entry.entries.insert(_place(entry, _order(pages, tuple(under[:depth])), label), found)
        entry = found
    return entry


def _order(pages: Sequence[Page], under: tuple[str, ...]) -> list[str]:
    """What stands directly below a heading, in order: pages by their path, and headings by their label."""
    depth = len(under)
    below = (page for page in pages if (page.under or ())[:depth] == under)
    names = (page.path if page.under == under else (page.under or ())[depth] for page in below)
    return list(dict.fromkeys(names))


def _place(home: _Entry, order: Sequence[str], name: str) -> int:
    """Where something new goes: after the nearest that comes before it, or before the nearest that comes after it."""
    at = order.index(name)
    places = {each: place for place, entry in enumerate(home.entries) for each in (entry.target, entry.label) if each}
    before = next((places[each] + 1 for each in reversed(order[:at]) if each in places), None)
    after = next((places[each] for each in order[at + 1 :] if each in places), len(home.entries))
    return after if before is None else before


def _indent(home: _Entry) -> int:
    """How far in the entries below another one stand."""
    if home.entries:
        return home.entries[0].indent
    return home.indent + _STEP if home.line else 2


def _without_gone(entry: _Entry, there: set[str]) -> list[str]:
    """Take out pages that are gone, and headings that are left with none. Comments stay."""
    gone: list[str] = []
    kept: list[_Entry] = []
    comments: list[str] = []
    for each in entry.entries:
        had_some = bool(each.entries)
        gone += _without_gone(each, there)
        is_gone = bool(each.target and each.target.endswith(".md") and each.target not in there)
        if is_gone or (had_some and not any(below.line for below in each.entries)):
            gone += [each.target] if each.target else []
            comments += [*each.above, *(line for below in each.entries for line in below.above)]
        else:
            each.above = [*comments, *each.above]
            comments = []
            kept.append(each)
    # Comments that are left stand at the end, with nothing below them.
    entry.entries = [*kept, _Entry("", entry.indent, above=comments)] if comments else kept
    return gone
