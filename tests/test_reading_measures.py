"""Every published page is easy enough to read: METHOD 3.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_measures import all_measured, measured

if TYPE_CHECKING:
    from pathlib import Path

EXEMPT = (
    "is responsible for enforcing the Public Sector Bodies (Websites and Mobile Applications)",
    "is committed to making its website accessible, in accordance with the Public Sector Bodies",
)
"""What stands in sentences that may be too long: those of the accessibility statement whose words the law gives."""


def test_no_page_has_long_sentences_or_office_language(built_site: Path) -> None:
    found = list(all_measured(built_site))
    assert len(found) > 20
    over = [
        f"/{each.address}: {what}"
        for each in found
        for what in each.over
        if not any(exempt in what for exempt in EXEMPT)
    ]
    assert not over, "\n".join(over)


LONG = " ".join(["word"] * 26) + "."


def _page(main: str) -> str:
    return f"<body><p>{LONG}</p><article class='md-content__inner md-typeset'>{main}</article><p>{LONG}</p></body>"


@pytest.mark.parametrize(
    "main",
    [
        f"<p>{LONG}</p>",
        f"<ul><li>Short.</li><li>{LONG}</li></ul>",
        f"<dl><dt>Name</dt><dd>{LONG}</dd></dl>",
        f"<p>{LONG.replace('word word', 'word <a href=x>word</a> <em>word</em>', 1)}</p>",
        f"<p>{LONG.rstrip('.')}</p>",
        f"<h2>A heading</h2>\n<p>Short. {LONG}</p>",
    ],
)
def test_a_long_sentence_is_found_wherever_it_stands(main: str) -> None:
    assert measured("", _page(main)).longest >= 26
    assert measured("", _page(main)).over


@pytest.mark.parametrize(
    "main",
    [
        f"<h2>{LONG}</h2>",
        f"<table><tr><td>{LONG}</td></tr></table>",
        f"<pre><code>{LONG}</code></pre>",
        f"<ul>{'<li>Three words each</li>' * 10}</ul>",
        f"<p>Write <code>{LONG}</code> here.</p>",
        f"<p>{', '.join('<a href=x>Two words</a>' for _ in range(15))}</p>",
        f"<p>{'It is short. ' * 10}</p>",
    ],
)
def test_headings_tables_code_and_lists_are_no_long_sentences(main: str) -> None:
    assert not measured("", _page(main)).over


def test_sentences_that_are_long_on_average_are_found() -> None:
    sixteen = " ".join(["word"] * 16) + "."
    assert measured("", _page(f"<p>{sixteen} {sixteen}</p>")).over
    assert not measured("", _page(f"<p>{sixteen} A shorter one.</p>")).over
    assert measured("", _page(f"<p>{sixteen}</p><ul>{'<li>Label</li>' * 9}</ul>")).mean == 16


def test_office_language_is_found() -> None:
    assert measured("", _page("<p>We leverage our stakeholders.</p>")).office == ("leverage", "stakeholders")
