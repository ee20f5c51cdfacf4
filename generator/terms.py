"""Terms of the glossary, explained where they stand: at its first use on a page, a term is a button that opens its meaning.

It needs no script: the meaning is a popover, which opens by mouse, touch and keyboard, and closes by Esc. On paper, and in
a browser that knows no popovers, a term is a word like any other.

Only a term as the glossary has it is found, with a small first letter or a capital one. Other forms of a word are left
alone: no rule for endings holds in every language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.connections import anchor
from generator.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.model import Term

_GLOSSARY = "framework/glossary/"
_ARTICLE = "md-content__inner"
"""The class of what holds the main text of a page. The pages with forms have none."""

_WITHIN = {"p", "li", "dd"}
"""Where a term is looked for: in running text."""
_APART = "a|b|blockquote|button|cite|code|dt|figure|form|h1|h2|h3|h4|h5|h6|kbd|label|nav|pre|q|script|style|summary|svg|table"
_LEFT_ALONE = frozenset(_APART.split("|"))
"""What holds no running text, leads somewhere already, or quotes."""
_CLASSES_LEFT_ALONE = frozenset(
    {"balcony-cards", "balcony-facts", "balcony-ladder", "balcony-pocket", "balcony-question", "balcony-sources"}
)
"""The same, by class: questions and levels are read as they are asked."""
_UNREAD = frozenset({"script", "style"})
"""What holds no elements."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def publish(site_dir: Path, terms: Iterable[Term], site_name: str) -> None:
    """Explain the terms of a glossary on all pages of a built site, if the site has a page of the glossary.

    Arguments:
        site_dir: The top of the site.
        terms: The glossary.
        site_name: The name of the site, which is no use of a term.
    """
    meanings = {term.term: term.meaning for term in terms}
    if not (site_dir / _GLOSSARY / "index.html").is_file():
        return
    for path in sorted(site_dir.rglob("index.html")):
        address = path.relative_to(site_dir).as_posix().removesuffix("index.html")
        html = path.read_text(encoding="utf-8")
        if address != _GLOSSARY and _ARTICLE in html:
            glossary = "../" * address.count("/") + _GLOSSARY
            path.write_text(explained(html, meanings, glossary, site_name), encoding="utf-8")


def explained(html: str, meanings: Mapping[str, str], glossary: str, site_name: str = "") -> str:
    """A page with the first use of each term explained.

    Arguments:
        html: The whole page.
        meanings: What each term means.
        glossary: Where the glossary is, from the page.
        site_name: As for `publish`.
    """
    if not meanings:
        return html
    # Of two terms that begin at one place, the longer one is meant.
    listed = "|".join(f"[{_initials(term)}]{re.escape(term[1:])}" for term in sorted(meanings, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w&-])(?:{listed})(?![\w-])")
    left = {_small(term): term for term in meanings if f'id="term-{anchor(term)}"' not in html}
    pieces, end = [], 0
    for start, text in _running_texts(html):
        for use in pattern.finditer(text):
            term = left.get(_small(use[0]))
            if term and use[0] != site_name:
                del left[_small(term)]
                pieces += [html[end : start + use.start()], _button(use[0], term, meanings[term], glossary)]
                end = start + use.end()
    return "".join([*pieces, html[end:]])


def _button(used: str, term: str, meaning: str, glossary: str) -> str:
    id_ = anchor(term)
    return Markup(
        '<button type="button" class="balcony-term" popovertarget="term-{id}">{used}</button>'
        '<span class="balcony-meaning" id="term-{id}" popover><strong>{term}</strong> {meaning} '
        '<a href="{glossary}#{id}">{more}</a></span>'
    ).format(id=id_, used=used, term=term, meaning=meaning, glossary=glossary, more=say("In the glossary"))


def _initials(term: str) -> str:
    return "".join(re.escape(letter) for letter in (term[0].lower(), term[0].upper()))


def _small(term: str) -> str:
    return term[0].lower() + term[1:]


_TAG = re.compile(r"""<!--.*?-->|<(/?)([a-z][\w-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>""", re.DOTALL | re.IGNORECASE)
_CLASS = re.compile(r"""\sclass="([^"]*)\"""")


def _running_texts(html: str) -> Iterator[tuple[int, str]]:
    """The running text of the main part of a page: pieces of it, each with the character at which it begins."""
    around: list[tuple[str, bool | None]] = []
    """The elements around, from the main part on: whether text in each is running text, or None for what is left alone."""
    end = html.rfind("<", 0, max(0, html.find(_ARTICLE)))
    while end >= 0 and (found := _TAG.search(html, end)):
        if around and around[-1][1] and found.start() > end:
            yield end, html[end : found.start()]
        end = found.end()
        closes, name, attributes = found.groups()
        tag = (name or "").lower()
        if closes:
            while around and around.pop()[0] != tag:
                pass
            if not around:
                return
        elif tag in _UNREAD:
            end = html.find(f"</{name}", end)
        elif tag and tag not in _VOID:
            around.append((tag, _is_running(tag, attributes, around[-1][1] if around else False)))


def _is_running(tag: str, attributes: str, around: bool | None) -> bool | None:
    """Whether text in an element is running text, by what it is around it; None where it is left alone."""
    classes = found[1].split() if (found := _CLASS.search(attributes)) else ()
    if around is None or tag in _LEFT_ALONE or not _CLASSES_LEFT_ALONE.isdisjoint(classes):
        return None
    return None if 'aria-hidden="true"' in attributes else around or tag in _WITHIN
