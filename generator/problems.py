"""Problems that an author can mend: each is a record with its place, and they travel together."""

from __future__ import annotations

import json
from bisect import bisect
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Severity = Literal["error", "warning"]
Format = Literal["text", "json", "github"]

_COMPARED = 100
"""Allowed words that are compared with what was written, letter by letter."""
_LISTED = 8
"""Allowed words that a hint names at most."""
_LONGEST = 100
"""Characters of a word for which near ones are sought: comparing takes the square of them."""
_SHOWN = 60
"""Characters that a message repeats at most of what somebody wrote."""
_LONGEST_LINE = 1_000
"""Characters of all that is said of a problem."""


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file. Lines and columns start at 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Problem:
    """One thing that an author can mend."""

    place: Place
    where: str
    """What it is about, in words, such as `indicator shared-purpose, level 3`."""
    message: str
    """What is wrong."""
    hint: str = ""
    """What is allowed, or what to do."""
    severity: Severity = "error"
    """An error stops a build. A warning is a matter of taste."""
    rule: str | None = None
    """The number of the writing rule (METHOD 4.8) that it breaks, if it breaks one."""

    def __str__(self) -> str:
        place = f"{self.place.file}:{self.place.line}:{self.place.column}"
        kind = "warning: " if self.severity == "warning" else ""
        where = f"{self.where}: " if self.where else ""
        return f"{place}: {kind}{_bounded(where + self.sentence)}"

    @property
    def sentence(self) -> str:
        """What is wrong, the rule it breaks, and what is allowed."""
        rule = f" (writing rule {self.rule})" if self.rule else ""
        return f"{self.message}{rule}; {self.hint}" if self.hint else f"{self.message}{rule}"

    def as_json(self) -> dict[str, str | int | None]:
        """The record of DESIGN 5, with its place in fields of its own."""
        fields = asdict(self)
        return {**fields.pop("place"), **fields}


class ProblemsError(Exception):
    """Stops a command because of problems that an author can mend. Shown without a traceback."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(formatted(self.problems, "text"))


class UnknownNameError(Exception):
    """A page calls a macro with a name that the framework does not know."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.message, self.hint = f"there is no {what} {quoted(name)}", nearest(name, known)
        super().__init__(f"{self.message}; {self.hint}")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by place and leave out repeats."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.where, problem.message))


def formatted(problems: Iterable[Problem], format_: Format) -> str:
    """Write problems.

    Arguments:
        problems: In the order in which they are to stand.
        format_: For a terminal (`text`), for tools (`json`, a list of what `Problem.as_json` gives), or as marks on a pull
            request (`github`).
    """
    match format_:
        case "text":
            return "\n".join(str(problem) for problem in problems)
        case "json":
            return json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=2)
        case "github":
            return "\n".join(_as_workflow_command(problem) for problem in problems)


def summary(problems: Sequence[Problem]) -> str:
    """How many problems there are, in words."""
    errors = sum(problem.severity == "error" for problem in problems)
    counted = [(errors, "problem"), (len(problems) - errors, "warning")]
    return ", ".join(
        f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counted if count or noun == "problem"
    )


def nearest(word: object, allowed: Iterable[str]) -> str:
    """Offer the nearest allowed word, or list what is allowed when nothing is near.

    Arguments:
        word: What was written.
        allowed: What may be written.

    Returns:
        A hint such as `did you mean "alignment"?`. Long lists are cut, and the cut is said.
    """
    words = list(allowed)
    if close := near(word, words):
        return f"did you mean {quoted(close[0])}?"
    if not words:
        return "none is defined yet"
    shown = ", ".join(map(shortened, words[:_LISTED]))
    return f"allowed: {shown}" + (f", and {len(words) - _LISTED} more" if len(words) > _LISTED else "")


def near(word: object, allowed: Iterable[str]) -> list[str]:
    """The allowed word that was probably meant, if there is one."""
    text, words = str(word), [each for each in allowed if len(each) <= _LONGEST]
    if len(text) > _LONGEST:
        return []
    if len(words) > _COMPARED:  # comparing is slow: of very many words, look at those that begin alike
        words.sort()
        at = bisect(words, text)
        words = words[max(0, at - _COMPARED // 2) : at + _COMPARED // 2]
    return get_close_matches(text, words, n=1, cutoff=0.6)


def quoted(value: object) -> str:
    """Repeat what somebody wrote, in quotes, as YAML would have it, and cut to what a message can bear."""
    return f'"{shortened(str(value).lower() if isinstance(value, bool) else str(value))}"'


def shortened(text: str) -> str:
    """Cut what somebody wrote to what a message can bear."""
    line = in_one_line(text)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _bounded(text: str) -> str:
    """All that is said of a problem, as a terminal can bear it."""
    line = in_one_line(text)
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"


def in_one_line(text: str) -> str:
    """Text on one line, which a terminal shows as it is."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in " ".join(text.split())
    )


def _as_workflow_command(problem: Problem) -> str:
    """One line that GitHub Actions turns into a mark on the changed line."""
    place = problem.place
    title = _bounded(problem.where) or "Framework"
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": title}
    listed = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::{problem.severity} {listed}::{_escaped(_bounded(problem.sentence))}"


def _escaped(text: str, more: str = "") -> str:
    """Escape what the runner would read as the end of a command or a property."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
