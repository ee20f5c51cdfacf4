"""Jinja2, set up once: framework text is plain text, and is escaped wherever it lands."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator import words
from generator.words import locale


@cache
def environment() -> Environment:
    """The environment of all templates: autoescape on, an unknown name is an error, and what they say is said in the language that is spoken."""
    made = Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=["jinja2.ext.i18n"],
    )
    # The extension adds this method, and no type says so.
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: words.current().one(text),
        lambda one, other, count: words.current().counted(count, one, other),
        newstyle=True,
    )
    made.filters["listed"] = words.listed
    made.filters["heading"] = heading
    made.filters["day"] = words.day
    made.globals["in_language"] = in_language
    return made


def render(template: str, **values: Any) -> str:
    """Render a template of `generator/templates/`.

    Arguments:
        template: Its file name.
        values: What it is about.

    Returns:
        HTML, without blank lines, so that Markdown leaves it alone. Links and sources that begin with a slash
        are meant from the top of the site; `linked_from` makes them relative.
    """
    text = environment().get_template(template).render(**values)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def linked_from(html: str, url: str) -> str:
    """Make the links of a page relative, so that the site works at any address and from any folder.

    Arguments:
        html: A page's HTML, with links such as `href="/framework/"`.
        url: The address of the page from the top of the site, such as `framework/six-ways/`.
    """
    root = "../" * url.count("/")

    def relative(found: re.Match[str]) -> str:
        name, target = found.groups()
        return f'{name}="{root + target or "./"}"'

    return re.sub(r'\b(href|src|action)="/(?!/)([^"]*)"', relative, html)


def in_language(language: str | None) -> Markup:
    """The attribute of something that is in another language than its page."""
    is_other = language and locale(language).language != words.current().locale.language
    return Markup(' lang="{}"').format(language) if is_other else Markup()


def heading(text: str) -> Markup:
    """Text that may stand in a Markdown heading: no character of it means anything to Markdown or to HTML."""
    # Every character but letters, digits and spaces is an entity: there is nothing left to escape.
    return Markup("".join(each if each.isalnum() or each.isspace() else f"&#{ord(each)};" for each in text))  # noqa: S704
