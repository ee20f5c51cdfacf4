"""What docs/architecture.md says of the code: each module is there in its own words, and imports go one way."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from rjsmin import jsmin

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent
PYTHON, CLIENT = PROJECT / "generator", PROJECT / "generator" / "client"
DOCS = PROJECT / "docs"
PAGE = (DOCS / "architecture.md").read_text(encoding="utf-8")
_, IN_PYTHON, IN_BROWSER = re.split(r"^## (?:Python|Browser)$", PAGE, flags=re.MULTILINE)
FIGURE = ET.parse(DOCS / "architecture.svg")

ROW = re.compile(r"^\| \[`([\w.]+)`\]\(\.\./(\S+)\) \| (.+) \|$", re.MULTILINE)
SENTENCE = re.compile(r".*?[.](?=\s+[A-Z`]|$)")
KNOWN = re.compile(r"^\| (\w+) \| (`.+`) \|$", re.MULTILINE)


def layers(part):
    """The modules of each table, in its order."""
    return {
        each.split("\n", 1)[0]: [name for name, _, _ in ROW.findall(each)]
        for each in re.split(r"^### ", part, flags=re.MULTILINE)[1:]
    }


def rows(part):
    return {name: (PROJECT / path, line) for name, path, line in ROW.findall(part)}


# What modules say and import


def python_name(path):
    return ".".join(path.relative_to(PYTHON).with_suffix("").parts)


MODULES = {python_name(path): path for path in sorted(PYTHON.rglob("*.py")) if path.name != "__init__.py"}
SCRIPTS = {path.name: path for path in sorted(CLIENT.glob("*.js"))}


@cache
def imports_at_run_time(path):
    """All imports of a Python file, but for those that only types need."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    return [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def imported_modules(path):
    found = set()
    for node in imports_at_run_time(path):
        origin = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        for name in (f"{origin}.{each.name}".removeprefix(".") for each in node.names):
            ours = next((each for each in (name, origin) if each.removeprefix("generator.") in MODULES), None)
            if ours and ours.startswith("generator."):
                found.add(ours.removeprefix("generator."))
    return found


def libraries(path):
    return {
        name.split(".")[0]
        for node in imports_at_run_time(path)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }


@cache
def code_of(path):
    """A script without its comments, in which modules are named for their types."""
    return jsmin(path.read_text(encoding="utf-8"))


def imported_scripts(path):
    return set(re.findall(r'\b(?:from|import)\s*\(?\s*"#client/([\w-]+\.js)"', code_of(path)))


def said_first_in_python(path):
    return SENTENCE.match(" ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split()))[0]


def said_first_in_a_script(path):
    comment = re.match(r"/\*\*(.*?)(?:\*/|\n \*\s*\n)", path.read_text(encoding="utf-8"), re.DOTALL)[1]
    return SENTENCE.match(" ".join(re.sub(r"^\s*\*", "", comment, flags=re.MULTILINE).split()))[0]


class Kind(NamedTuple):
    """The code of one language."""

    part: str
    """Of the page."""
    modules: dict[str, Path]
    imported: Callable[[Path], set[str]]
    said: Callable[[Path], str]

    @property
    def order(self):
        return [name for names in layers(self.part).values() for name in names]


KINDS = pytest.mark.parametrize(
    "kind",
    [
        Kind(IN_PYTHON, MODULES, imported_modules, said_first_in_python),
        Kind(IN_BROWSER, SCRIPTS, imported_scripts, said_first_in_a_script),
    ],
    ids=["python", "browser"],
)


@KINDS
def test_every_module_stands_in_one_table_with_what_it_says_of_itself(kind):
    rows_to_add = [
        f"| [`{name}`](../{path.relative_to(PROJECT).as_posix()}) | {kind.said(path)} |"
        for name, path in kind.modules.items()
        if name not in kind.order
    ]
    assert not rows_to_add, "docs/architecture.md: give each module one row, in its layer"
    assert sorted(kind.order) == sorted(kind.modules), "docs/architecture.md: one row for each, and none that is gone"
    wrong = {
        name: kind.said(kind.modules[name])
        for name, (path, line) in rows(kind.part).items()
        if (path, line) != (kind.modules[name], kind.said(kind.modules[name]))
    }
    assert not wrong, "docs/architecture.md: a row says something else than the first sentence of its module"


@KINDS
def test_a_module_imports_only_those_above_it(kind):
    place = {name: at for at, name in enumerate(kind.order)}
    upside_down = {
        f"{name} imports {other}"
        for name in place
        for other in kind.imported(kind.modules[name])
        if place.get(other, -1) >= place[name]
    }
    assert not upside_down, "imports go one way (docs/architecture.md): move what both need further up the page"


def test_only_the_modules_that_are_named_know_a_library():
    named = {library: re.findall(r"`(\w+)`", those) for library, those in KNOWN.findall(IN_PYTHON)}
    knowing = {
        library: {name.split(".")[0] for name, path in MODULES.items() if library in libraries(path)}
        for library in named
    }
    assert {library: set(those) for library, those in named.items()} == knowing


@pytest.mark.parametrize(
    "name", ["model", "diff", *sorted(set(layers(IN_PYTHON)["Answers"]) - {"cohort", "cohort_files"})]
)
def test_what_computes_opens_no_file(name):
    calls = [
        node for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    assert not {"pathlib", "os", "io", "shutil", "tempfile"} & libraries(MODULES[name])
    assert not [each.lineno for each in calls if ast.unparse(each.func) == "open"]


PAGE_OR_STORAGE = re.compile(
    r"\b(?:document|window|location|history|navigator|localStorage|sessionStorage|indexedDB|querySelector\w*|HTML\w+)\b"
)


@pytest.mark.parametrize("name", layers(IN_BROWSER)["Reckoning"])
def test_what_computes_in_the_browser_knows_no_page_and_no_storage(name):
    code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', code_of(SCRIPTS[name]))
    assert PAGE_OR_STORAGE.findall(code) == []


# The figure


def parts_of_the_figure(layer):
    (group,) = (each for each in FIGURE.iter() if each.get("data-layer") == layer)
    return [each.text for each in group.iter() if each.get("class") == "module"]


def test_the_figure_has_each_module_in_the_layer_where_it_is():
    drawn = {each.get("data-layer") for each in FIGURE.iter() if each.get("data-layer")}
    assert drawn - {"client"} <= set(layers(IN_PYTHON))
    for layer in drawn - {"client"}:
        known = {name.split(".")[0] for name in layers(IN_PYTHON)[layer]}
        assert set(parts_of_the_figure(layer)) <= known, layer
    assert set(parts_of_the_figure("client")) <= set(SCRIPTS)


def test_the_figure_names_files_and_folders_that_are_there():
    named = [each.get("data-path") for each in FIGURE.iter() if each.get("data-path")]
    assert named
    assert [name for name in named if name != "site/" and not (PROJECT / name).is_dir()] == []


def test_what_the_figure_draws_in_one_line_is_wired_together():
    """Of two modules that follow each other, one leads to the other, or a page leads to both."""
    (group,) = (each for each in FIGURE.iter() if each.get("data-layer") == "client")
    lines = {}
    for each in group.iter():
        if each.get("class") == "module":
            lines.setdefault(each.get("y"), []).append(each.text)
    lead_to = {name: reached(name) for name in SCRIPTS}
    assert lines
    for line in lines.values():
        for one, next_ in pairwise(line):
            assert any({one, next_} <= {page, *lead_to[page]} for page in layers(IN_BROWSER)["Whole pages"]), (
                one,
                next_,
            )
        assert all(name in lead_to[line[0]] or line[0] in lead_to[name] for name in line[1:]), line


def reached(name):
    found = [name]
    for each in found:
        found += [other for other in sorted(imported_scripts(SCRIPTS[each])) if other not in found]
    return set(found)


# The folder


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_every_link_of_the_documentation_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    dead = [link for link, _ in links if not (path.parent / link).exists()]
    assert not dead
    for link, anchor in links:
        target = path.parent / link if link else path
        if anchor and target.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\s-]", "", head.lower()).strip().replace(" ", "-") for head in heads}, anchor
