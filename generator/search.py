"""What the search of a built site finds: each question, part of a lens and term as a result of its own.

An engine indexes pages and their headings, and shows what it finds page by page. So a question would stand below the
long page that holds all of them, a term could not be reached at all, and the forms, which hold every question again,
would come first. Here the index is written anew, for both engines, after the site is built.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from generator import connections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.model import Framework

Index = dict[str, Any]
Entry = dict[str, Any]

MATERIAL = "search/search_index.json"
ZENSICAL = "search.json"

_QUESTIONS = "framework/indicators/"
_GLOSSARY = "framework/glossary/"

SEPARATOR = r"[\s\-,:;!?=\[\]()\"/]+|\.(?!\d)"
"""What stands between two words, for Material's search: it would take the mark after a question for a part of its last word."""

TITLE_BOOST = 5
"""How much more a word in a title weighs than one in a text. With Material's own 1,000, no level is found by its words."""

PART_BOOST = 2.5
PAGE_BOOST = 3
TERM_BOOST = 5
"""How much more an entry of ours weighs than a page does. Tried with every label, question, level, lens, term and exercise:
whoever types one whole finds it first, or below something of the same name."""


def publish(site_dir: Path, framework: Framework, forms: Mapping[str, str]) -> None:
    """Write the search index of a built site anew.

    Arguments:
        site_dir: The top of the site.
        framework: What the site is made from.
        forms: What each page that holds a form is about, by its address: nobody looks for the words of its controls.
    """
    for name, rewritten in ((MATERIAL, _for_material), (ZENSICAL, _for_zensical)):
        path = site_dir / name
        if path.is_file():
            index = rewritten(json.loads(path.read_text(encoding="utf-8")), framework, forms)
            path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _for_zensical(index: Index, framework: Framework, forms: Mapping[str, str]) -> Index:
    entries = {entry["location"]: entry for entry in index["items"]}
    own = {entry["location"]: entry for entry in _own(entries, framework)}
    return {**index, "items": [*_rest(index["items"], own, forms), *own.values()]}


def _for_material(index: Index, framework: Framework, forms: Mapping[str, str]) -> Index:
    entries = {entry["location"]: entry for entry in index["docs"]}
    own = {entry["location"]: entry for entry in _own(entries, framework)}
    whole = {f"framework/{each.id}/" for each in framework.lenses} | {
        f"exercises/{each.id}/" for each in framework.exercises
    }
    rest = [
        {**entry, "boost": PAGE_BOOST} if entry["location"] in whole else entry
        for entry in _rest(index["docs"], own, forms)
    ]
    fields = {**index["config"]["fields"], "title": {"boost": TITLE_BOOST}}
    config = {**index["config"], "fields": fields, "separator": SEPARATOR}
    return {**index, "config": config, "docs": [*rest, *(each for entry in own.values() for each in _apart(entry))]}


def _apart(entry: Entry) -> tuple[Entry, Entry]:
    """An entry that Material shows apart from the page it stands on.

    It shows together what has the same address up to the anchor, below the first of them. A query, which no host minds,
    tells the addresses apart; and an empty entry of the same address is the first, below which the entry shows itself.
    """
    page, _, anchor = entry["location"].partition("#")
    boost = TERM_BOOST if page == _GLOSSARY else PART_BOOST
    shown = {**entry, "location": f"{page}?{anchor}#{anchor}", "boost": boost}
    return {**shown, "title": "", "text": ""}, shown


def _own(entries: Mapping[str, Entry], framework: Framework) -> Iterator[Entry]:
    """The entries of questions, parts and terms that stand on a page."""
    for id_, indicator in framework.indicators.items():
        location = f"{_QUESTIONS}#{id_}"
        if location in entries:
            yield {**entries[location], "title": _escaped(f"{indicator.label}: {indicator.question}")}
    for lens in framework.lenses:
        page = f"framework/{lens.id}/"
        for dimension in lens.dimensions if page in entries else ():
            text = f"{lens.name}: {dimension.summary}"
            yield _new(entries[page], f"part-{dimension.id}", dimension.name, text)
    for term in framework.glossary if _GLOSSARY in entries else ():
        yield _new(entries[_GLOSSARY], connections.anchor(term.term), term.term, term.meaning)


def _new(page: Entry, anchor: str, title: str, text: str) -> Entry:
    return {**page, "location": f"{page['location']}#{anchor}", "title": _escaped(title), "text": _paragraph(text)}


def _rest(entries: list[Entry], own: Mapping[str, Entry], forms: Mapping[str, str]) -> Iterator[Entry]:
    """The other entries, without what is said again."""
    for entry in entries:
        page, _, anchor = entry["location"].partition("#")
        if page in forms:
            if not anchor:
                yield {**entry, "text": _paragraph(forms[page])}
        elif entry["location"] == _GLOSSARY:
            yield {**entry, "text": ""}
        elif entry["location"] not in own:
            yield entry


def _paragraph(text: str) -> str:
    return f"<p>{_escaped(text)}</p>"


def _escaped(text: str) -> str:
    return escape(text, quote=False)
