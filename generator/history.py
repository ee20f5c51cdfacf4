"""How a framework came to be what it is: its releases, and what became of each question."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from generator.diff import diff, indicators_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.diff import Change, Data, Diff
    from generator.model import Framework
    from generator.release import Release

Happened = Literal["since", "revised", "renamed", "removed"]


@dataclass(frozen=True)
class Version:
    """One state that people could answer, or will be able to."""

    number: str | None
    """None for what has changed since the latest release."""
    released: str | None
    """The day."""
    diff: Diff | None
    """What changed since the one before; None for the first."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a question."""

    what: Happened
    version: str | None
    """None for what is not released yet."""
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Question:
    """What became of an indicator."""

    id: str
    """Its id now, or the last that it had."""
    label: str
    events: tuple[Event, ...]
    """In the order in which they happened."""

    @property
    def is_removed(self) -> bool:
        """Whether it is asked no more."""
        return self.events[-1].what == "removed"


def versions(framework: Framework, releases: Sequence[Release]) -> list[Version]:
    """The releases of a framework, the newest first; before them what has changed since, if anything has.

    Arguments:
        framework: As it is now.
        releases: The earliest first.
    """
    found = [Version(each.version, each.released, None) for each in releases[:1]]
    for before, after in pairwise(releases):
        found.append(Version(after.version, after.released, diff(before.data, after.data)))
    if releases and framework.outline.edition is None:
        since = diff(releases[-1].data, framework.as_data())
        if since.changes:
            found.append(Version(None, None, since))
    return found[::-1]


def questions(
    framework: Framework, releases: Sequence[Release], found_versions: Sequence[Version] | None = None
) -> list[Question]:
    """What became of each question: those that are asked, in order, and then those that are not any more.

    Arguments:
        framework: As it is now.
        releases: The earliest first.
        found_versions: What `versions` has found, where that is at hand: comparing takes time.
    """
    if not releases:
        return []
    first = releases[0]
    labels = {each["id"]: each["label"] for each in indicators_of(first.data)}
    found: dict[str, list[Event]] = {id_: [Event("since", first.version, ())] for id_ in labels}
    gone: list[Question] = []
    for version in reversed(found_versions if found_versions is not None else versions(framework, releases)):
        changes = version.diff.changes if version.diff else ()
        for now, was in _renamed(changes).items():
            found[now] = found.pop(was)
        for id_, event in _events(changes, version.number):
            found.setdefault(id_, []).append(event)
            labels[id_] = event.changes[0].name
            if event.what == "removed":
                gone.append(Question(id_, labels[id_], tuple(found.pop(id_))))
    # What an edition adds has no part in it.
    asked = (Question(id_, each.label, tuple(found[id_])) for id_, each in framework.indicators.items() if id_ in found)
    return [*asked, *gone]


def earlier_wordings(data: Data, releases: Sequence[Release]) -> dict[str, dict[str, Data]]:
    """Every question as it read before: by the id under which it was answered, by revision.

    Arguments:
        data: The framework as it is now.
        releases: The earliest first.

    Returns:
        What people were asked whose answers cannot count any more: `label`, `question` and `levels`, of the last release
        that asked it so.
    """
    now = {(id_, each["revision"]) for each in indicators_of(data) for id_ in (each["id"], *each["formerly"])}
    found: dict[str, dict[str, Data]] = {}
    for release in releases:
        for each in indicators_of(release.data):
            if (each["id"], each["revision"]) not in now:
                wording = {key: each[key] for key in ("label", "question", "levels")}
                found.setdefault(each["id"], {})[str(each["revision"])] = wording
    return found


def _renamed(changes: Sequence[Change]) -> dict[str, str]:
    return {
        change.id: str(change.old)
        for change in changes
        if change.kind == "indicator" and change.field == "id" and change.old != change.new
    }


def _events(changes: Sequence[Change], version: str | None) -> Iterator[tuple[str, Event]]:
    """What happened to each question in one version."""
    by_id: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind == "indicator":
            by_id.setdefault(change.id, []).append(change)
    for id_, about in by_id.items():
        kinds: dict[Happened, list[Change]] = {
            "since": [change for change in about if change.effect == "new"],
            "renamed": [change for change in about if change.field == "id"],
            "revised": about if any(change.field == "revision" for change in about) else [],
            "removed": [change for change in about if change.effect == "gone"],
        }
        for what, of in kinds.items():
            if of:
                yield id_, Event(what, version, tuple(of))
