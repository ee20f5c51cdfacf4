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
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from generator import diff_text, files
from generator.diff import THEIRS, diff, indicators_of, next_versions, unraised
from generator.problems import Place, Problem, in_one_line, quoted, shortened

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
MOST_FILES = 500
"""Releases of a framework that are read."""
DEEPEST = 24
"""Lists and groups inside each other. A release needs 9."""
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
    paths = sorted(folder.glob("*.json"))
    if len(paths) > MOST_FILES:
        message = f"the folder holds {len(paths):,} releases"
        problems.append(Problem(Place(shown), "", message, f"{MOST_FILES:,} at most are read"))
    for path in paths[:MOST_FILES]:
        file = f"{shown}/{in_one_line(path.name)}"
        try:
            found.append(_read(path))
        except _UnsoundError as error:
            problems.append(Problem(Place(file), f"release {shortened(path.stem)}", error.message, error.hint))
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
        held: Any = json.loads(files.read(path, LARGEST).decode())
        checksum = held.pop("checksum")
        release = Release(held["framework"]["version"], held["released"], held["framework"])
        numbers(release.version)
        date.fromisoformat(release.released)
        _check_shape(held)
    except files.TooLargeError:
        raise _UnsoundError("the file is too large for a release", f"{LARGEST // 1024**2} MB at most") from None
    except (OSError, ValueError, RecursionError, AttributeError, LookupError, TypeError, ReleaseError):
        raise _UnsoundError("the file cannot be read as a release", _RESTORE) from None
    if held.get("format") != FORMAT:
        raise _UnsoundError(f"the format is {quoted(held.get('format'))}", f"this version of Balcony reads {FORMAT}")
    if checksum != _checksum(held):
        raise _UnsoundError("the file was changed after it was released: its checksum does not fit", _RESTORE)
    if release.version != path.stem:
        raise _UnsoundError(f"the file holds version {release.version}", f"call it {release.version}.json")
    return release


# What every release has held. Its checksum says that nobody changed it, and not that somebody sound wrote it.

_ByLevel = dict[Annotated[str, StringConstraints(pattern=r"^[1-7]$")], str]


class _Part(BaseModel):
    """What is needed of a part to compare releases and to lay editions over them; there may be more."""

    model_config = ConfigDict(strict=True, extra="allow")


class _Level(_Part):
    level: int
    name: str


class _Named(_Part):
    id: str
    name: str


class _Form(_Named):
    lenses: list[str] | Literal["all"] | None = None


class _Sign(_Part):
    id: str
    text: str


class _Option(_Part):
    id: str
    label: str


class _Context(_Part):
    id: str
    question: str
    options: Annotated[list[_Option], Field(min_length=1)]


class _Indicator(_Part):
    id: str
    label: str
    question: str
    revision: int
    forms: list[str]
    levels: _ByLevel
    next_steps: _ByLevel
    formerly: list[str] = []
    exercises: list[str] = []


class _Section(_Named):
    indicators: Annotated[list[_Indicator], Field(min_length=1)]


class _Dimension(_Named):
    indicators: Annotated[list[str], Field(min_length=1)]


class _Lens(_Named):
    dimensions: Annotated[list[_Dimension], Field(min_length=1)]
    messages: dict[str, str]


class _Exercise(_Named):
    for_: list[str] = Field(default=[], alias="for")


class _Term(_Part):
    term: str
    see: list[str] = []


class _Held(_Part):
    """A framework."""

    id: str
    name: str
    levels: Annotated[list[_Level], Field(min_length=1)]
    scope: dict[str, dict[str, str]]
    settings: dict[str, Any]
    forms: Annotated[list[_Form], Field(min_length=1)]
    headline_lenses: Annotated[list[str], Field(min_length=1)]
    context: list[_Context] = []
    warning_signs: list[_Sign] = []
    variables: list[str] = []
    sections: list[_Section]
    lenses: list[_Lens]
    exercises: list[_Exercise]
    glossary: list[_Term]
    sources: dict[str, dict[str, Any]]


def _check_shape(held: Data) -> None:
    """Refuse what holds no framework.

    Raises:
        ValueError: When it does not. pydantic's and Unicode's own errors are ones.
    """
    _check_depth(held, DEEPEST)
    json.dumps(held, ensure_ascii=False).encode()  # no halves of characters
    _Held.model_validate(held["framework"])


def _check_depth(value: object, left: int) -> None:
    if left == 0:
        raise ValueError(value)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(each, left - 1)


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
