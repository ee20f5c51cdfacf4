"""How long a form takes, worked out from its words.

An adult reads about 238 words a minute silently, and takes about 11 seconds to decide on an answer (METHOD 2.15
and 4.6). Both are assumptions and not measurements of this assessment, so pages say "about". What is read for each
question is the question itself, the text of every level and the names of the levels.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.document import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document import Document
    from generator.model import Framework, Indicator
    from generator.problems import Problem
    from generator.reading import Reading

WORDS_A_MINUTE = 238
SECONDS_TO_DECIDE = 11
FINE = 10
"""Minutes up to which a single minute matters. Above it, people think in fives."""

_WORD = re.compile(r"[^\W_]+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")


def words(text: str) -> int:
    """Count words. Parts joined by a hyphen or an apostrophe are one."""
    return sum(1 for _ in _WORD.finditer(text))


def minutes(framework: Framework, form_id: str) -> int:
    """About how many minutes a form takes.

    Arguments:
        framework: The framework.
        form_id: The id of one of its forms.
    """
    return _about(_time(framework, framework.asked(form_id)))


def problems(reading: Reading) -> Iterator[Problem]:
    """Warn where framework.yml says another number of minutes than the words of a form give."""
    found = reading.framework
    if found is None:
        return
    document: Document = next(reading.of_kind("framework"))
    for path, id_ in document.find("forms", ANY, "id"):
        said, given = found.forms[id_].minutes, minutes(found, id_)
        if said != given:
            message = f"the form is said to take {said} minutes, and its words give {given}"
            hint = f"write {given}, or change the length of the questions and levels"
            yield document.problem((*path[:-1], "minutes"), message, hint, severity="warning")


def _time(framework: Framework, asked: Iterable[Indicator]) -> Fraction:
    """Minutes to read and answer some questions."""
    names = sum(words(level.name) for level in framework.outline.levels)
    return sum(
        (
            Fraction(words(each.question) + sum(map(words, each.levels.values())) + names, WORDS_A_MINUTE)
            + Fraction(SECONDS_TO_DECIDE, 60)
            for each in asked
        ),
        Fraction(0),
    )


def _about(time: Fraction) -> int:
    """Round to a whole minute up to ten, and to five above."""
    if not time:
        return 0
    if time <= FINE:
        return max(1, round(time))
    return 5 * round(time / 5)
