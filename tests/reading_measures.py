"""How hard each page of the built site is to read: `.venv/bin/python tests/reading_measures.py` (`make reading`).

Pages can be named, by their address or by their file: `guide/host/` or `content/guide/host.md`. `--site FOLDER` measures a
site that is built already. What is measured is the main text. Headings, tables, code and lists of sources are left out.

The gate is that of METHOD 3.3: a page's sentences have 15 words on average at most, none has more than 25, and no word is
office language. The grade says only what to look at first.
"""

from __future__ import annotations

import re
import subprocess
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, TextIO

from generator.timing import words
from generator.writing import OFFICE_LANGUAGE, SENTENCE_WORDS, school_grade, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROJECT = Path(__file__).resolve().parent.parent

MEAN_WORDS = 15
GRADE = 9
"""The Flesch-Kincaid grade above which a page is worth a look."""

_LEFT_OUT = {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "pre", "script", "select", "style", "svg", "table", "template"}
_LEFT_OUT_CLASSES = {"balcony-sources"}
_WITHIN = {
    "a",
    "abbr",
    "b",
    "button",
    "cite",
    "dfn",
    "em",
    "i",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "sup",
}
"""Elements that stand within a sentence. Every other one ends it."""
_WORDS = {"code": "code", "cite": "title"}
"""What counts as one word, whatever it says: it is not ours to shorten."""
_REFERENCE = re.compile(r"\btitle \((?:[^()]|\([^()]*\))*\d{4}\)")
"""A publication, with who wrote it and when: one word as well."""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True)
class Measures:
    """How hard a page is to read."""

    address: str
    """The page's address from the top of the site."""
    words: int
    mean: Fraction
    """Words in a sentence, over the pieces of text that end as sentences do. A label or a short item of a list does not."""
    longest: int
    """Words in the longest sentence, or piece of text without an end."""
    long: tuple[str, ...]
    """Those that have too many, the longest first."""
    grade: float
    office: tuple[str, ...]
    """The words of office language."""

    @property
    def over(self) -> tuple[str, ...]:
        """What is over the gate, in words."""
        found = []
        if self.mean > MEAN_WORDS:
            found.append(f"sentences have {float(self.mean):.1f} words on average, {MEAN_WORDS} at most")
        found += [f"a sentence has {words(each)} words, {SENTENCE_WORDS} at most: {each}" for each in self.long]
        if self.office:
            found.append(f"office language: {', '.join(self.office)}")
        return tuple(found)


class _Element(NamedTuple):
    """An element of a page."""

    tag: str
    is_left_out: bool
    is_within: bool
    """Whether it stands within a sentence, as a number that a script writes does."""

    @classmethod
    def of(cls, tag: str, attributes: dict[str, str]) -> _Element:
        classes = set(attributes.get("class", "").split())
        is_popover = "popover" in attributes  # what a term means stands in the glossary
        is_hidden = attributes.get("aria-hidden") == "true"
        is_number = tag == "span" and any(name.startswith("data-") for name in attributes)
        return cls(
            tag,
            tag in _LEFT_OUT or tag in _WORDS or bool(classes & _LEFT_OUT_CLASSES) or is_popover or is_hidden,
            tag in _WITHIN or tag in _WORDS or is_popover or is_number,
        )


class _MainText(HTMLParser):
    """The pieces of text in a page's main part: paragraphs, items of lists, labels."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._open: list[_Element] = []
        """The elements around, from the main part on."""
        self._text = ""
        self._unlinked = ""
        """What of it stands in no link."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if not self._open and not (
            "md-content__inner" in of.get("class", "").split() or of.get("id") == "balcony-main"
        ):
            return
        element = _Element.of(tag, of)
        if not element.is_within:
            self._end()
        if tag in _VOID:
            return
        if tag in _WORDS:
            self._add(_WORDS[tag])
        self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            last = self._open.pop()
            if not last.is_within:
                self._end()
            if last.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open:
            self._add(data)

    def _add(self, text: str) -> None:
        if not any(each.is_left_out for each in self._open):
            self._text += text
            self._unlinked += "" if any(each.tag == "a" for each in self._open) else text

    def _end(self) -> None:
        """Keep the piece, unless it holds nothing but links: they are a list, whatever stands between them."""
        text = _REFERENCE.sub("title", " ".join(self._text.split())).replace("(No. ", "(No ")
        if words(self._unlinked):
            self.pieces.append(text)
        self._text = self._unlinked = ""


def measured(address: str, html: str) -> Measures:
    """The measures of a page.

    Arguments:
        address: Its address from the top of the site.
        html: The whole page.
    """
    text = _MainText()
    text.feed(html)
    parts = [sentence for piece in text.pieces for sentence in sentences(piece)]
    ended = [part for part in parts if re.search(r"[.?!:][\"')\]\N{RIGHT DOUBLE QUOTATION MARK}]*$", part)]
    return Measures(
        address=address,
        words=sum(map(words, parts)),
        mean=Fraction(sum(map(words, ended)), len(ended) or 1),
        longest=max(map(words, parts), default=0),
        long=tuple(sorted((part for part in parts if words(part) > SENTENCE_WORDS), key=words, reverse=True)),
        grade=school_grade(ended),
        office=tuple(sorted({found.lower() for part in parts for found in OFFICE_LANGUAGE.findall(part)})),
    )


def all_measured(site: Path) -> Iterator[Measures]:
    """The measures of every page of a built site."""
    for path in sorted(site.rglob("index.html")):
        yield measured(path.relative_to(site).as_posix().removesuffix("index.html"), path.read_text(encoding="utf-8"))


def _address(named: str) -> str:
    """The address of a page, as it was named or by its file."""
    path = named.removeprefix("/").removeprefix("content/")
    return re.sub(r"(?:(?:^|(?<=/))index|(?<=\w))\.md$", lambda found: "" if "index" in found[0] else "/", path)


def _line(measures: Measures) -> str:
    grade = f"{measures.grade:4.1f}{'!' if measures.grade > GRADE else ' '}"
    address = "/" + measures.address
    line = f"{address:<48}{measures.words:>6}{float(measures.mean):>6.1f}{measures.longest:>9}  {grade}"
    return "\n".join([line, *(f"    {each}" for each in measures.over)])


def _say(text: str, file: TextIO | None = None) -> None:
    print(text, file=file)


def main(arguments: Sequence[str]) -> int:
    """Print the measures of some pages, or of all; 1 when one of them is over the gate."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site; without it, one is built")
    parser.add_argument("pages", nargs="*", help="addresses or files of pages; without any, all")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        site = given.site or Path(folder) / "site"
        if not given.site:
            command = [sys.executable, "-m", "generator", "build", "--site-dir", str(site)]
            built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
            if built.returncode:
                _say(built.stdout + built.stderr, sys.stderr)
                return 1
        found = list(all_measured(site))
    wanted = [_address(each) for each in given.pages]
    missing = [each for each in wanted if each not in {measures.address for measures in found}]
    if missing:
        _say(f"There is no page {', '.join('/' + each for each in missing)}.", sys.stderr)
        return 2
    shown = [each for each in found if not wanted or each.address in wanted]
    _say(f"{'page':<48}{'words':>6}{'mean':>6}{'longest':>9}  grade")
    for each in shown:
        _say(_line(each))
    over = [each for each in shown if each.over]
    _say(
        f"{len(shown)} pages, {len(over)} over the gate. Flesch-Kincaid grades above {GRADE} have a mark: look at them first."
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
