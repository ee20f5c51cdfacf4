"""Releases: a framework frozen under a number, so that nobody's history is lost.

Each is a file in `releases/` beside framework.yml, canonical, so that the same framework gives the same bytes. A release never
changes once it is there: its checksum tells. What publications are called and who made them is not ours to freeze: a release
keeps our notes on them, and looks the rest up in sources.yml, from which nothing that a release cites is ever taken out.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from generator import diff_text, files
from generator.diff import THEIRS, diff, indicators_of, next_versions, unraised
from generator.problems import Place, Problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.diff import Data, Diff
    from generator.model import Framework
    from generator.reading import Reading

FORMAT = "balcony-release/1"
FOLDER = "releases"
CHANGELOG = "CHANGELOG.md"
LARGEST = 64 * 1024 * 1024
"""Bytes. A framework of 4,000 indicators has about a quarter of this."""
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)


@dataclass(frozen=True)
class Release:
    """A frozen state of a framework."""

    version: str
    released: str
    """The day, such as `2026-11-22`."""
    data: Data
    """The framework, with the keys of its YAML."""


class ReleaseError(Exception):
    """A release that cannot be made, in a sentence for the person who asked for it."""


def frozen(framework: Framework, released: date) -> str:
    """A release's file.

    Arguments:
        framework: As it is now.
        released: The day.

    Returns:
        The same text for the same framework and day.
    """
    data = framework.as_data()
    data["sources"] = {id_: _ours(source) for id_, source in data["sources"].items()}
    held = {"format": FORMAT, "released": released.isoformat(), "framework": data}
    named = {"format": FORMAT, "checksum": _checksum(held), **held}
    return json.dumps(named, ensure_ascii=False, indent=1) + "\n"


def _ours(source: Data) -> Data:
    return {key: value for key, value in source.items() if key not in THEIRS}


def read(folder: Path, shown: str) -> tuple[list[Release], list[Problem]]:
    """The releases of a framework, the earliest first, and what is wrong with their files.

    Arguments:
        folder: The folder that holds them. There may be none.
        shown: What problems call it.
    """
    found, problems = [], []
    for path in sorted(folder.glob("*.json")):
        file = f"{shown}/{path.name}"
        try:
            found.append(_read(path))
        except _UnsoundError as error:
            problems.append(Problem(Place(file), f"release {path.stem}", error.message, error.hint))
    return sorted(found, key=lambda release: numbers(release.version)), problems


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared.

    Raises:
        ReleaseError: When it has not three numbers.
    """
    if not _VERSION.fullmatch(version):
        raise ReleaseError(f"{quoted(version)} is no version. Use three numbers, such as 1.2.0 (https://semver.org).")
    return tuple(map(int, version.split(".")))


def problems(reading: Reading) -> Iterator[Problem]:
    """What breaks the promise of a release: revisions that should have gone up, and cited publications that are gone.

    Arguments:
        reading: The framework as it is now, and its releases.
    """
    framework = reading.framework
    # An edition says some words otherwise, and may not touch a level or a revision anyhow.
    if framework is not None and framework.outline.edition is None:
        yield from _unraised(reading, framework)
        yield from _uncited(reading, framework)


def _unraised(reading: Reading, framework: Framework) -> Iterator[Problem]:
    """Indicators that changed since they were last released, and not their revision."""
    data = framework.as_data()
    waiting = {each.id: {each.id, *each.formerly} for each in framework.indicators.values()}
    for release in reversed(reading.releases):
        known = {each["id"] for each in indicators_of(release.data)}
        found = unraised(release.data, data)
        for id_ in [id_ for id_, ids in waiting.items() if ids & known]:
            del waiting[id_]
            if id_ in found:
                hint = (
                    f"set revision to {framework.indicators[id_].revision + 1}, so that earlier answers are kept and "
                    "asked again, or bring back what it said"
                )
                message = f"since {release.version}, {found[id_]}"
                yield Problem(reading.indicator_place(id_, "revision"), f"indicator {id_}, revision", message, hint)


def _uncited(reading: Reading, framework: Framework) -> Iterator[Problem]:
    """Publications that a release looks up in sources.yml, and that are there no more."""
    cited = {id_: release.version for release in reversed(reading.releases) for id_ in release.data["sources"]}
    place = next(reading.of_kind("sources")).place()
    for id_ in cited.keys() - framework.sources.keys():
        message = f"the source {quoted(id_)} is gone, and release {cited[id_]} cites it"
        yield Problem(place, f"source {id_}", message, "bring it back: what was cited once stays")


def check_number(version: str, framework: Framework, releases: Sequence[Release]) -> Diff | None:
    """Whether a number fits what changed.

    Arguments:
        version: That is asked for.
        framework: As it is now.
        releases: The earliest first.

    Returns:
        What changed since the latest; None for the first.

    Raises:
        ReleaseError: With the numbers that would fit.
    """
    wanted = numbers(version)
    if not releases:
        return None
    latest = releases[-1].version
    changed = diff(releases[-1].data, framework.as_data(), name=version)
    if any(release.version == version for release in releases):
        raise ReleaseError(f"{version} is released already, and a release never changes. The latest is {latest}.")
    if changed.framework != releases[-1].data["id"]:
        raise ReleaseError(
            f"The framework was called {quoted(releases[-1].data['id'])}: another id is another framework."
        )
    if wanted < numbers(latest):
        raise ReleaseError(f"{version} comes before {latest}, the latest release. Numbers only go up.")
    if changed.size is None:
        raise ReleaseError(f"Nothing has changed since {latest}: there is nothing to release.")
    fitting = next_versions(latest, changed.size)
    if version not in fitting:
        reasons = {change.reason for change in changed.changes if change.size == changed.size}
        why = f"What changed since {latest} is {changed.size}: {'; '.join(sorted(reasons))}."
        raise ReleaseError(f"{why} The number can be {' or '.join(fitting)}.")
    return changed


class _UnsoundError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint


_RESTORE = "a release never changes: bring back the file as it was, or take it away if it was never published"


def _read(path: Path) -> Release:
    try:
        if path.stat().st_size > LARGEST:
            raise _UnsoundError("the file is too large for a release", f"{LARGEST // 1024**2} MB at most")
        held: Any = json.loads(path.read_text(encoding="utf-8"))
        checksum = held.pop("checksum")
        release = Release(held["framework"]["version"], held["released"], held["framework"])
        numbers(release.version)
        date.fromisoformat(release.released)
    except (OSError, ValueError, RecursionError, AttributeError, LookupError, TypeError, ReleaseError):
        raise _UnsoundError("the file cannot be read as a release", _RESTORE) from None
    if held.get("format") != FORMAT:
        raise _UnsoundError(f"the format is {quoted(held.get('format'))}", f"this version of Balcony reads {FORMAT}")
    if checksum != _checksum(held):
        raise _UnsoundError("the file was changed after it was released: its checksum does not fit", _RESTORE)
    if release.version != path.stem:
        raise _UnsoundError(f"the file holds version {release.version}", f"call it {release.version}.json")
    return release


def _checksum(held: Data) -> str:
    canonical = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode('utf-8', 'surrogatepass')).hexdigest()}"


def make(version: str, reading: Reading, folder: Path, released: date) -> list[Path]:
    """Freeze a framework under a number: its file, the number in framework.yml and the changelog's entry.

    Arguments:
        version: The number.
        reading: The framework, as `check.sound` gives it.
        folder: The folder that holds framework.yml.
        released: The day.

    Returns:
        The files that were written.

    Raises:
        ReleaseError: When the number does not fit.
        WriteError: When they cannot be written. Then nothing is changed.
    """
    framework = reading.framework
    assert framework is not None
    changed = check_number(version, framework, reading.releases)
    numbered = framework.model_copy(update={"outline": framework.outline.model_copy(update={"version": version})})
    place = next(reading.of_kind("framework")).place(("version",))
    target, log, outline = folder / FOLDER / f"{version}.json", folder / CHANGELOG, folder / "framework.yml"
    lines = outline.read_bytes().decode("utf-8").split("\n")
    lines[place.line - 1] = _with_version(lines[place.line - 1], place.column - 1, version)
    before = log.read_bytes().decode("utf-8") if log.exists() else ""
    entry = diff_text.changelog_entry(version, released, changed)
    texts = {
        target: frozen(numbered, released),
        log: diff_text.with_entry(before, framework.outline.name, entry),
        outline: "\n".join(lines),
    }
    return files.write(texts)


def _with_version(line: str, column: int, version: str) -> str:
    """A line of framework.yml with another version; a comment after it stays."""
    return line[:column] + re.sub(r"""^(["']?)[0-9.]+\1""", version, line[column:], count=1)
