"""Gathering: which of the sheets that came in take part, and in which form they are looked at together.

`client/gathering.js` is its twin: of the same sheets, both set the same ones aside, in the same words.

- A sheet that a team agreed on is not one person's view.
- A file tells the millisecond in which its sheet was begun, and that tells sheets apart: of several states of one, the one
  that was changed last takes part.
- A short code tells only the second, in which two people may begin. So where one of two tells no more, they are the same sheet
  if their answers are, and if not, both take part: nobody is to be lost.
- Which came first settles only what nothing else does.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from generator.model import Framework
    from generator.sheet import Sheet

Key = TypeVar("Key")

SAME = "The same sheet as {other}."
EARLIER = "An earlier state of the sheet {other}."
AGREED = "A sheet that a team agreed on: it is not one person's view."
_SECOND = len("2026-11-22T09:30:00")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Begun:
    """What tells a sheet from another. Nothing of it is known of a sheet that names no moment."""

    exactly: str
    """The moment in which it was begun, with a fraction of the second; empty where it has none."""
    alike: tuple[str, frozenset[tuple[str, int | str, int]]]
    """The second in which it was begun, and its answers."""
    changed: int
    """When it was last changed: milliseconds since 1970, or 0."""


def begun(sheet: Sheet) -> Begun | None:
    """What tells a sheet from another; None where it does not say when it was begun."""
    if not sheet.created:
        return None
    answers = frozenset((id_, given.answer, given.revision) for id_, given in sheet.answers.items())
    exactly = sheet.created if "." in sheet.created else ""
    return Begun(exactly, (sheet.created[:_SECOND], answers), _milliseconds(sheet.changed))


def _milliseconds(moment: str) -> int:
    """As browsers count them."""
    return (datetime.fromisoformat(moment) - _EPOCH) // timedelta(milliseconds=1) if moment else 0


def set_aside(sheets: Mapping[Key, Sheet], name: Callable[[Key], str] = str) -> dict[Key, str]:
    """The sheets that take no part, each with the reason in a sentence.

    Arguments:
        sheets: By what tells their files apart, in the order in which they came.
        name: Gives a file's name.
    """
    found: dict[Key, str] = {key: AGREED for key, sheet in sheets.items() if sheet.agreed}
    known = {key: each for key, sheet in sheets.items() if key not in found and (each := begun(sheet))}
    first: dict[Hashable, Key] = {}
    for key, each in sorted(known.items(), key=lambda item: (not item[1].exactly, -item[1].changed)):
        for mark in filter(None, (each.exactly, each.alike)):
            first.setdefault(mark, key)
    for key, each in known.items():
        other = first[each.exactly or each.alike]
        if other != key:
            found[key] = (SAME if known[other].alike == each.alike else EARLIER).format(other=name(other))
    return {key: found[key] for key in sheets if key in found}


def usual_form(framework: Framework, sheets: Iterable[Sheet]) -> str:
    """The form that most sheets answer; of equals, the larger.

    Arguments:
        framework: The framework that was answered.
        sheets: Those that take part; there may be none.

    Returns:
        The form's id.
    """
    answered = Counter(sheet.form for sheet in sheets)
    return max(framework.forms, key=lambda form: (answered[form], len(framework.asked(form))))
