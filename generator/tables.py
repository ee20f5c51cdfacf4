"""An extension of Markdown: a wide table scrolls in a box of its own, which has a name and can be reached by keyboard.

Without it, the base theme's script would put each table into a box that has neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_AFTER_ATTRIBUTES = 7
"""When it runs: `attr_list` (8) has taken its braces out of the headings, `toc` (5) adds its signs later."""


class ScrollingTables(Extension):
    """`generator.tables:ScrollingTables` in `markdown_extensions`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it by this name
        """Called by Markdown once for every page."""
        md.treeprocessors.register(_Boxes(md), "scrolling_tables", _AFTER_ATTRIBUTES)


class _Boxes(Treeprocessor):
    def run(self, root: Element) -> None:
        heading = ""
        for parent in list(root.iter()):
            for place, child in enumerate(parent):
                if child.tag in HEADINGS:
                    heading = "".join(child.itertext()).strip()
                elif child.tag == "table":
                    parent[place] = _boxed(child, heading)


def _boxed(table: Element, name: str) -> Element:
    """A table in its box. A group and no region: two tables below one heading may bear the same name."""
    box = Element("div", {"class": "balcony-scroll", "role": "group", "tabindex": "0", "aria-label": name})
    box.tail, table.tail = table.tail, None
    table.set("class", "balcony-table")
    box.append(table)
    return box
