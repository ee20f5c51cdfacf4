"""The macros that pages may call, and the calls that would fail: said with their place, before an engine sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator import catalogue
from generator.assessment import Assessment
from generator.pages import Pages
from generator.problems import Place, Problem, ProblemsError, UnknownNameError, nearest, quoted
from generator.round_pages import RoundPages
from generator.team_page import TeamPage
from generator.words import speaking

if TYPE_CHECKING:
    from generator.reading import Reading

Macros = Mapping[str, Callable[..., str]]

_SYNTAX = Environment(autoescape=True)


def macros(reading: Reading, project: Path, suggest: str | None = None) -> Macros:
    """Every macro by its name. Each call is worked out once: first when the calls are tried, then on its page.

    Arguments:
        reading: A framework without errors.
        project: The top of the repository.
        suggest: The start of an address at which a file of the repository is edited.
    """
    assert reading.framework is not None
    offered = (
        *Pages(reading, suggest, project).macros(),
        *Assessment(reading.framework).macros(),
        *TeamPage(reading.framework, reading.benchmark).macros(),
        *RoundPages(reading.framework, project).macros(),
    )
    words = catalogue.words_of(reading.framework.outline.language)
    return {macro.__name__: cache(speaking(words, macro)) for macro in offered}


def problems(content: Path, offered: Macros, known: frozenset[str] = frozenset()) -> list[Problem]:
    """Every call in a folder of pages that would fail.

    Arguments:
        content: The folder of Markdown pages.
        offered: The macros that may be called.
        known: Other names that the macros plugin offers.
    """
    return [
        problem for page in sorted(content.rglob("*.md")) for problem in _page_problems(page, content, offered, known)
    ]


def _page_problems(page: Path, content: Path, offered: Macros, known: frozenset[str]) -> Iterator[Problem]:
    file = (Path(content.name) / page.relative_to(content)).as_posix()
    try:
        text = page.read_text(encoding="utf-8")
        tree = _SYNTAX.parse(text)
    except UnicodeDecodeError:
        yield Problem(Place(file), "", "this is not UTF-8 text", "save the file as UTF-8")
        return
    except TemplateSyntaxError as error:
        message = f"a macro call cannot be read here ({error.message})"
        yield Problem(Place(file, error.lineno), "", message, 'write it as {{ name("id") }}')
        return
    lines = text.splitlines()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name not in known:
            name = call.node.name
            place = Place(file, call.lineno, lines[call.lineno - 1].find(name) + 1)
            yield from _call_problems(place, name, call, offered)


def _call_problems(place: Place, name: str, call: nodes.Call, offered: Macros) -> Iterator[Problem]:
    if name not in offered:
        yield Problem(place, "", f"there is no macro {quoted(name)}", nearest(name, offered))
        return
    try:
        given = [argument.as_const() for argument in call.args]
        named = {argument.key: argument.value.as_const() for argument in call.kwargs}
        call_ = signature(offered[name]).bind(*given, **named)
    except nodes.Impossible:  # an argument that only the page knows
        return
    except TypeError:
        yield Problem(place, name, "the macro takes other arguments", f"it takes {_takes(offered[name])}")
        return
    if not all(isinstance(argument, str) for argument in call_.arguments.values()):
        yield Problem(place, name, "the macro takes text", "put it in quotes")
        return
    try:
        offered[name](*call_.args)
    except UnknownNameError as error:
        yield Problem(place, name, error.message, error.hint)
    except ProblemsError as error:  # of a file that the page shows
        yield from error.problems


def _takes(macro: Callable[..., str]) -> str:
    return " and ".join(signature(macro).parameters) or "none"
