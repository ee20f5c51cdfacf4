"""Moving an edition to another release: what changed underneath it, what still fits, and what somebody has to look at.

Nothing that a person wrote is overwritten. `based_on` moves; a rewording whose text has changed underneath is marked with the
release that it was made for, in `checked`, until somebody says that it still fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator import edition, files, reading, release
from generator.diff import Diff, diff
from generator.document import parse
from generator.problems import ProblemsError, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.document import Document
    from generator.overlay import Rewording

State = Literal["stands", "look", "gone"]


@dataclass(frozen=True)
class Underneath:
    """What became of the text under a rewording."""

    rewording: Rewording
    state: State
    then: str | None
    """What the release said that it was made for."""
    now: str | None
    """What the new one says."""


@dataclass(frozen=True)
class Update:
    """What a move to another release comes to."""

    old: str
    new: str
    found: tuple[Underneath, ...]
    diff: Diff
    """All that changed in the framework itself."""
    texts: dict[Path, str]
    """The edition's files as they will be."""

    def of(self, state: State) -> list[Underneath]:
        """The rewordings of which one thing became."""
        return [each for each in self.found if each.state == state]

    def write(self) -> None:
        """Change the files.

        Raises:
            WriteError: When they cannot be written. Then nothing is changed.
        """
        files.write(self.texts)


def plan(project: Path, id_: str, version: str | None = None) -> Update:
    """Find out what a move comes to. Nothing is written yet.

    Arguments:
        project: The folder that holds framework/ and editions/.
        id_: The edition's id.
        version: Of the release to move to. None: the latest.

    Raises:
        ReleaseError: When there is no such release, or the edition is on it.
        ProblemsError: When the edition cannot be read as it is.
    """
    now = edition.read(project, id_)
    if now.edition is None or not now.base:
        raise ProblemsError(now.problems)
    folder = project / "framework" / release.FOLDER
    releases = {each.version: each for each in release.read(folder, reading.shown(folder))[0]}
    old = now.edition.release
    new = version or next(reversed(releases))
    if new not in releases:
        raise release.ReleaseError(f"There is no release {quoted(new)}; {nearest(new, releases)}.")
    if new == old:
        raise release.ReleaseError(f"The edition is based on {new} already.")
    later = edition.texts_under(project, edition.replace_base(now.edition, new))
    found = tuple(_underneath(each, later(each.at)) for each in now.rewordings)
    looked_at = {str(each.rewording.at[0]) for each in found if each.state == "look"}
    own = project / edition.FOLDER / id_
    texts = {own / edition.OUTLINE: _moved(own / edition.OUTLINE, new)}
    if looked_at:
        texts[own / edition.REWORDINGS] = _marked(own / edition.REWORDINGS, looked_at, old)
    return Update(old, new, found, diff(releases[old].data, releases[new].data), texts)


def _underneath(rewording: Rewording, now: str | None) -> Underneath:
    state: State = "gone" if now is None else "stands" if now == rewording.base else "look"
    return Underneath(rewording, state, rewording.base, now)


def in_words(update: Update) -> Iterator[str]:
    """What to tell the person who moves it: line by line."""
    yield f"From {update.old} to {update.new}: {update.diff.size or 'no'} changes in the framework, {len(update.diff.changes)} in all."
    headings: dict[State, str] = {
        "look": "To be looked at, because the framework's text has changed underneath:",
        "gone": "Gone from the framework; what you wrote stays in the file, take it out or move it:",
    }
    for state, heading in headings.items():
        if listed := update.of(state):
            yield f"\n{heading}"
        for each in listed:
            yield f"  {each.rewording.place.file}:{each.rewording.place.line}: {each.rewording.kind} {each.rewording.id}, {each.rewording.field}"
            yield f"    {update.old}: {each.then}"
            if each.now is not None:
                yield f"    {update.new}: {each.now}"
            yield f"    yours: {each.rewording.own}"
    yield f"\nStill fitting: {len(update.of('stands'))} of {len(update.found)} rewordings. All that you did not reword follows the framework."
    if update.of("look"):
        yield f"When you have looked at one, set its `checked` to {update.new}: until then `balcony check` reminds you."


def _moved(path: Path, version: str) -> str:
    """edition.yml on another release; all else in it stays as it was."""
    document, text = _parsed(path)
    place = document.place(("based_on",))
    lines = text.split("\n")
    line = lines[place.line - 1]
    lines[place.line - 1] = line[: place.column - 1] + re.sub(
        r"@\d+\.\d+\.\d+", f"@{version}", line[place.column - 1 :], count=1
    )
    return "\n".join(lines)


def _marked(path: Path, ids: set[str], version: str) -> str:
    """rewordings.yml, where some say for which release they were made."""
    document, text = _parsed(path)
    lines = text.split("\n")
    for id_ in sorted(ids, key=lambda id_: document.key_place((id_,)).line, reverse=True):
        if "checked" in document.data[id_]:
            continue
        first = document.key_place((id_, next(iter(document.data[id_]))))
        line = lines[first.line - 1]
        if document.key_place((id_,)).line == first.line:  # { written: in one line }
            lines[first.line - 1] = f"{line[: first.column - 1]}checked: {version}, {line[first.column - 1 :]}"
        else:
            lines.insert(first.line - 1, f"{line[: first.column - 1]}checked: {version}")
    return "\n".join(lines)


def _parsed(path: Path) -> tuple[Document, str]:
    content = path.read_bytes()
    document, problems = parse(content, reading.shown(path), "edition")
    if document is None:
        raise ProblemsError(problems)
    return document, content.decode("utf-8-sig")
