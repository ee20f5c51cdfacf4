"""The macros that pages may call, and the calls that would fail: said with their place, before an engine sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.assessment import Assessment
from generator.pages import Pages
from generator.problems import Place, Problem, nearest

if TYPE_CHECKING:
    from generator.reading import Reading

Macros = Mapping[str, Callable[..., str]]

_SYNTAX = Environment(autoescape=True)


def macros(reading: Reading, project: Path, suggest: str | None = None) -> Macros:
    """Every macro by its name.

    Arguments:
        reading: A framework without errors.
        project: The top of the repository.
        suggest: The start of an address at which a file of the repository is edited.
    """
    assert reading.framework is not None
    offered = (*Pages(reading, suggest, project).macros(), *Assessment(reading.framework).macros())
    return {macro.__name__: macro for macro in offered}


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
    text = page.read_text(encoding="utf-8")
    file = (Path(content.name) / page.relative_to(content)).as_posix()
    try:
        tree = _SYNTAX.parse(text)
    except TemplateSyntaxError as error:
        yield Problem(
            Place(file, error.lineno),
            "",
            f"a macro call cannot be read here ({error.message})",
            'write it as {{ name("id") }}',
        )
        return
    lines = text.splitlines()
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name in known:
            continue
        name = call.node.name
        place = Place(file, call.lineno, lines[call.lineno - 1].find(name) + 1)
        yield from _call_problems(place, name, call, offered)


def _call_problems(place: Place, name: str, call: nodes.Call, offered: Macros) -> Iterator[Problem]:
    if name not in offered:
        yield Problem(place, "", f'there is no macro "{name}"', nearest(name, offered))
        return
    try:
        offered[name](*(argument.as_const() for argument in call.args))
    except nodes.Impossible:  # an argument that only the page knows
        return
    except TypeError:
        yield Problem(place, name, "the macro takes other arguments", "see how other pages call it")
    except LookupError as error:
        message, _, hint = str(error.args[0]).partition("; ")
        yield Problem(place, name, message, hint)
