"""What changed between two states of a framework, written for people and for tools."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from generator.diff import EFFECTS, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from generator.diff import Change, Diff

Format = Literal["text", "markdown", "json"]
FORMAT = "balcony-diff/1"
_MARKS = {"text": {"gone": "[-{}-]", "new": "{{+{}+}}"}, "markdown": {"gone": "<del>{}</del>", "new": "<ins>{}</ins>"}}
"""How words that went and came are marked: as `git diff --word-diff` does, and as HTML that Markdown lets through."""


def formatted(diff: Diff, format_: Format, *, at_least: str | None = None) -> str:
    """Write what changed.

    Arguments:
        diff: What changed.
        format_: `text` for a terminal, `markdown` for a page or a pull request, `json` for tools.
        at_least: The smallest number that the next release can have. People are told; tools know the size.
    """
    match format_:
        case "json":
            return json.dumps(_fields(diff), ensure_ascii=False, indent=2)
        case "markdown":
            return "\n".join(_as_markdown(diff, at_least))
        case "text":
            return "\n".join(_as_text(diff, at_least))


def summary(diff: Diff) -> str:
    """How much changed, in a sentence."""
    if diff.size is None:
        return f"Nothing has changed since {diff.old}."
    counted = [f"{len(changes)} {EFFECTS[effect].lower()}" for effect in EFFECTS if (changes := diff.of(effect))]
    return f"From {diff.old} to {diff.new}, {diff.size}: {', '.join(counted)}."


def changelog_entry(version: str, released: date, diff: Diff | None) -> str:
    """What a changelog says of a release.

    Arguments:
        version: Its number.
        released: The day.
        diff: What changed since the one before; None for the first.
    """
    lines = [f"## {version} ({released.isoformat()})", ""]
    if diff is None:
        return "\n".join([*lines, "The first release.", ""])
    lines += [f"Since {diff.old}: {diff.size}.", ""]
    return "\n".join([*lines, *_parts(diff, level=3), ""])


def with_entry(log: str, name: str, entry: str) -> str:
    """A changelog with one more entry, the newest first; all that stands in it stays.

    Arguments:
        log: As it is; empty for none.
        name: What the framework is called.
        entry: Of the new release.
    """
    head = f"# {name}: what changed\n\nWritten by `balcony release`, from what changed in the framework.\n"
    at = found.start() if (found := re.search(r"^## ", log, re.MULTILINE)) else len(log)
    before = (log or head)[: at or None].rstrip("\n")
    return "\n\n".join(filter(None, [before, entry.rstrip("\n"), log[at:].rstrip("\n")])) + "\n"


def _fields(diff: Diff) -> dict[str, object]:
    return {
        "format": FORMAT,
        "framework": diff.framework,
        "old": diff.old,
        "new": diff.new,
        "size": diff.size,
        "changes": [asdict(change) for change in diff.changes],
    }


def _as_text(diff: Diff, at_least: str | None) -> Iterator[str]:
    yield summary(diff)
    if at_least:
        yield _following(at_least)
    for effect, heading in EFFECTS.items():
        if changes := diff.of(effect):
            yield f"\n{heading}"
        for change in changes:
            yield f"  {_subject(change)} ({change.size}: {change.reason})"
            if told := _told(change, "text"):
                yield "\n".join(f"    {line}" for line in told.split("\n"))


def _as_markdown(diff: Diff, at_least: str | None) -> Iterator[str]:
    yield f"**{_escaped(summary(diff))}**"
    if at_least:
        yield _following(at_least)
    if diff.changes:
        yield ""
        yield from _parts(diff, level=3)


def _following(at_least: str) -> str:
    return f"The next release is {at_least} at least."


def _parts(diff: Diff, level: int) -> Iterator[str]:
    for effect, heading in EFFECTS.items():
        changes = diff.of(effect)
        if not changes:
            continue
        yield f"{'#' * level} {heading}\n"
        for change in changes:
            yield f"- {_escaped(_subject(change))} ({change.size}: {_escaped(change.reason)})"
            if told := _told(change, "markdown"):
                yield f"  <br>{told}"
        yield ""


def _subject(change: Change) -> str:
    return ", ".join(filter(None, [f"{change.kind} {change.id}", change.about]))


def _told(change: Change, format_: Literal["text", "markdown"]) -> str:
    """The old and the new text, word by word; what a whole part says, where it is new or gone."""
    marks = _MARKS[format_]

    def piece(kind: str, text: str) -> str:
        shown = _escaped(text).replace("\n", "<br>") if format_ == "markdown" else text
        if kind == "same" or not text.strip():
            return shown
        return marks[kind].format(shown)

    if change.effect in ("new", "gone") and not change.field:
        return piece("same", change.new or change.old or "")
    return "".join(piece(kind, text) for kind, text in in_words(change.old or "", change.new or ""))


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is: what a pull request brings along is not to be trusted."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~>-])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    # An address or a name would become a link, or call somebody.
    return re.sub(r"(@|://|\bwww\.)", lambda found: found[0][0] + "&#8203;" + found[0][1:], escaped)
