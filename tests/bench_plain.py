"""A built site's words as plain Markdown: what the engine alone needs for as many pages that say as much."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator import configuration

_BLOCKS = frozenset(
    {
        "p",
        "li",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "figcaption",
        "summary",
        "legend",
        "label",
        "tr",
        "button",
        "form",
        "fieldset",
    }
)
_UNSEEN = frozenset({"script", "style", "template", "svg"})
_CELLS = frozenset({"td", "th"})
_MEANS = re.compile(r"([\\`*_{}\[\]<>#|~])")
"""What means something to Markdown."""


def write_project(built, project, source):
    """Write a project of plain pages.

    Arguments:
        built: The site.
        project: Where the plain project goes.
        source: The project that the site was built from. Its navigation and its theme stay, without what is ours in them.
    """
    settings = configuration.read((source / "mkdocs.yml").read_text("utf-8"))
    for page in sorted((source / "content").rglob("*.md")):
        path = page.relative_to(source / "content")
        folder = path.parent if path.stem == "index" else path.with_suffix("")
        target = project / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plain((built / folder / "index.html").read_text("utf-8")), "utf-8")
    theme = {key: value for key, value in settings["theme"].items() if key not in ("custom_dir", "logo", "favicon")}
    extensions = [each for each in settings["markdown_extensions"] if "generator" not in str(each)]
    kept = {name: settings[name] for name in ("site_name", "use_directory_urls", "validation", "nav")}
    text = {**kept, "docs_dir": "content", "theme": theme, "plugins": ["search"], "markdown_extensions": extensions}
    (project / "mkdocs.yml").write_text(configuration.written(text), "utf-8")


def plain(page):
    """What a page shows, as plain Markdown: headings, paragraphs, lists and tables."""
    reader = _Reader()
    reader.feed(page)
    return reader.text()


class _Reader(HTMLParser):
    """Takes the words of the main part of a page."""

    def __init__(self):
        super().__init__()
        self.blocks, self.words = [], []
        self.depth = self.unseen = 0
        self.mark = self.main = ""
        self.cells = None

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if "md-content__inner" in of.get("class", "") or of.get("id") == "balcony-main":
            self.depth, self.main = 1, tag
        elif self.depth and tag == self.main:
            self.depth += 1
        if tag in _UNSEEN:
            self.unseen += 1
        if self.depth and tag == "tr":
            self._end()
            self.cells = []
        elif self.depth and not self.cells and (tag in _BLOCKS or re.fullmatch("h[1-6]", tag)):
            self._end()
            self.mark = "#" * int(tag[1]) + " " if re.fullmatch("h[1-6]", tag) else "- " if tag == "li" else ""
        elif tag in _CELLS:
            self.words = []

    def handle_endtag(self, tag):
        if tag in _UNSEEN:
            self.unseen -= 1
        if not self.depth:
            return
        if tag in _CELLS and self.cells is not None:
            self.cells.append(self._said())
        elif tag == "tr" and self.cells is not None:
            self._row()
        elif self.cells is None and (tag in _BLOCKS or re.fullmatch("h[1-6]", tag)):
            self._end()
        if tag == self.main:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth and not self.unseen:
            self.words.append(data)

    def _said(self):
        said = _MEANS.sub(r"\\\1", " ".join("".join(self.words).split()))
        self.words = []
        return said.removesuffix("¶").strip()

    def _end(self):
        said = self._said()
        if said:
            self.blocks.append(self.mark + said)
        self.mark = ""

    def _row(self):
        """A row of a table; the first one of each is its head."""
        row = f"| {' | '.join(self.cells)} |"
        if self.blocks and self.blocks[-1].startswith("| "):
            self.blocks[-1] += f"\n{row}"
        else:
            self.blocks.append(f"{row}\n|{' - |' * len(self.cells)}")
        self.cells = None

    def text(self):
        self._end()
        text = "\n\n".join(self.blocks)
        return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", text) + "\n"
