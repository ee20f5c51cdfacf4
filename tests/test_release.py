"""A release is a promise: frozen, numbered by what changed, and never touched again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from editing import change

from generator import __main__ as command
from generator import check, reading
from generator.diff import diff
from generator.release import FOLDER, Release, frozen, problems, read

PROJECT = Path(__file__).resolve().parent.parent
SPECIMEN = PROJECT / "tests" / "specimen"
PURPOSE = "sections/purpose.yml"


@pytest.fixture
def folder(tmp_path):
    """A framework of which nothing is released."""
    return shutil.copytree(
        SPECIMEN, tmp_path / "framework", ignore=shutil.ignore_patterns(FOLDER, "CHANGELOG.md", "benchmark.json")
    )


@pytest.fixture
def released(folder):
    """A framework of which 1.0.0 is released."""
    ran = release(folder, "1.0.0")
    assert ran.exit_code == 0, ran.output
    return folder


def release(folder, version, day="2026-11-22"):
    return CliRunner().invoke(command.main, ["release", version, "--framework", str(folder), "--date", day])


def wording(folder):
    change(folder / "framework.yml", "summary: ", "summary: In short. ")


def state(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_real_framework_is_released_as_it_stands_or_says_what_has_changed_since():
    releases, unsound = read(PROJECT / "framework" / FOLDER, "releases")
    assert unsound == []
    latest = releases[-1]
    framework = reading.framework(PROJECT / "framework")
    assert framework.version == latest.version
    if not diff(latest.data, framework.as_data()).changes:
        path = PROJECT / "framework" / FOLDER / f"{latest.version}.json"
        assert frozen(framework, date.fromisoformat(latest.released)).encode() == path.read_bytes()


def test_the_same_framework_gives_the_same_bytes(released, tmp_path):
    again = shutil.copytree(SPECIMEN, tmp_path / "again", ignore=shutil.ignore_patterns(FOLDER, "CHANGELOG.md"))
    assert release(again, "1.0.0").exit_code == 0
    assert state(again) == state(released)


def test_a_release_sets_the_number_and_writes_the_changelog(released):
    wording(released)
    comment = "version: 1.0.0  # set by balcony release"
    change(released / "framework.yml", "version: 1.0.0", comment)
    ran = release(released, "1.0.1", "2027-01-31")
    assert ran.exit_code == 0, ran.output
    assert [Path(line).name for line in ran.output.splitlines()] == ["1.0.1.json", "CHANGELOG.md", "framework.yml"]
    assert comment.replace("1.0.0", "1.0.1") in (released / "framework.yml").read_text(encoding="utf-8")
    log = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert log.index("## 1.0.1 (2027-01-31)") < log.index("## 1.0.0 (2026-11-22)")
    assert "framework systems\\-leadership, summary (patch: a text that does not carry the scale)" in log
    assert "<ins>In short. </ins>" in log
    assert json.loads((released / FOLDER / "1.0.1.json").read_text(encoding="utf-8"))["framework"]["version"] == "1.0.1"
    assert check.problems(released) == []


def test_what_a_person_wrote_into_the_changelog_stays(released):
    log = released / "CHANGELOG.md"
    log.write_text("# Our own heading\n\nA word before.\n\n## 1.0.0 (2026-11-22)\n\nOur own words.\n", encoding="utf-8")
    wording(released)
    release(released, "1.0.1", "2027-01-31")
    text = log.read_text(encoding="utf-8")
    assert text.startswith("# Our own heading\n\nA word before.\n\n## 1.0.1 (2027-01-31)\n")
    assert text.endswith("## 1.0.0 (2026-11-22)\n\nOur own words.\n")


def raise_a_level(folder):
    change(folder / PURPOSE, "    revision: 1\n", "    revision: 2\n")
    text = (folder / PURPOSE).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("      3: "))
    change(folder / PURPOSE, line, "      3: We say it in one plain sentence.")


@pytest.mark.parametrize(
    ("version", "because"),
    [
        ("1.0.0", "1.0.0 is released already, and a release never changes. The latest is 1.0.0."),
        ("0.9.0", "0.9.0 comes before 1.0.0, the latest release. Numbers only go up."),
        ("1.0", '"1.0" is no version. Use three numbers, such as 1.2.0'),
        ("1.0.1-beta", '"1.0.1-beta" is no version.'),
        ("one", '"one" is no version.'),
        ("1.0.2", "The number can be 1.0.1 or 1.1.0 or 2.0.0."),
        ("3.0.0", "The number can be 1.0.1 or 1.1.0 or 2.0.0."),
    ],
)
def test_a_number_that_does_not_fit_is_refused_and_nothing_is_written(released, version, because):
    wording(released)
    before = state(released)
    ran = release(released, version)
    assert ran.exit_code == 1
    assert because in ran.output
    assert state(released) == before


@pytest.mark.parametrize(
    ("changed", "size", "fitting"),
    [
        (raise_a_level, "major", "The number can be 2.0.0."),
        (
            lambda folder: change(folder / "framework.yml", "minimum_group: 5", "minimum_group: 6"),
            "minor",
            "1.1.0 or 2.0.0",
        ),
    ],
    ids=["major", "minor"],
)
def test_a_number_too_small_for_what_changed_is_refused_with_the_reason(released, changed, size, fitting):
    changed(released)
    ran = release(released, "1.0.1")
    assert ran.exit_code == 1
    assert f"What changed since 1.0.0 is {size}: " in ran.output
    assert fitting in ran.output


def test_without_a_change_there_is_nothing_to_release(released):
    ran = release(released, "1.0.1")
    assert (ran.exit_code, ran.output) == (1, "Nothing has changed since 1.0.0: there is nothing to release.\n")


def test_a_framework_with_problems_is_not_released(released):
    change(released / PURPOSE, "revision: 1", "revision: one")
    before = state(released)
    ran = release(released, "1.0.1")
    assert ran.exit_code == 1
    assert "sections/purpose.yml:7:15" in ran.output
    assert state(released) == before


def test_a_level_that_changed_without_its_revision_is_a_problem_at_its_place(released):
    text = (released / PURPOSE).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("      3: "))
    change(released / PURPOSE, line, "      3: We say it in one plain sentence.")
    (found,) = check.problems(released)
    assert str(found).endswith(
        "sections/purpose.yml:7:15: indicator shared-purpose, revision: since 1.0.0, what people chose has changed: level 3; "
        "set revision to 2, so that earlier answers are kept and asked again, or bring back what it said"
    )
    assert release(released, "2.0.0").exit_code == 1
    change(released / PURPOSE, "    revision: 1\n", "    revision: 2\n")
    assert check.problems(released) == []
    assert release(released, "2.0.0").exit_code == 0


def test_an_indicator_that_comes_back_is_compared_with_the_last_release_that_had_it(folder):
    found = reading.read(folder)
    earlier, without = found.framework.as_data(), found.framework.as_data()
    earlier["sections"][0]["indicators"][0]["revision"] = 2
    without["sections"][0]["indicators"].pop(0)
    releases = [Release("1.0.0", "2026-11-22", earlier), Release("2.0.0", "2026-12-22", without)]
    (problem,) = problems(replace(found, releases=releases))
    assert problem.message == "since 1.0.0, the revision was 2 and never goes down"


def test_what_a_release_cites_stays_among_the_sources(released):
    sources = (released / "sources.yml").read_text(encoding="utf-8")
    release_of = json.loads((released / FOLDER / "1.0.0.json").read_text(encoding="utf-8"))["framework"]
    assert not {"title", "authors"} & set(release_of["sources"]["moore-1995"])
    (released / "sources.yml").write_text(sources.replace("moore-1995:", "moore-2095:"), encoding="utf-8")
    for path in released.rglob("*.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace("moore-1995", "moore-2095"), encoding="utf-8")
    (found,) = check.problems(released)
    assert (found.place.file.endswith("sources.yml"), found.message) == (
        True,
        'the source "moore-1995" is gone, and release 1.0.0 cites it',
    )


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text.replace("Systems", "System", 1), "its checksum does not fit"),
        (lambda text: text[:-40], "the file cannot be read as a release"),
        (lambda _: "[]", "the file cannot be read as a release"),
        (lambda _: "[" * 100_000, "the file cannot be read as a release"),
        (lambda text: text.replace("balcony-release/1", "balcony-release/9"), 'the format is "balcony-release/9"'),
    ],
    ids=["a word changed", "cut off", "a list", "too deep", "another format"],
)
def test_a_release_that_was_edited_afterwards_is_a_problem_and_no_other_is_made_of_it(released, spoil, message):
    path = released / FOLDER / "1.0.0.json"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    (found,) = check.problems(released)
    assert message in found.message
    assert found.place.file.endswith("releases/1.0.0.json")
    wording(released)
    ran = release(released, "1.0.1")
    assert ran.exit_code == 1
    assert message in ran.output


def test_a_release_under_another_name_is_a_problem(released):
    (released / FOLDER / "1.0.0.json").rename(released / FOLDER / "1.2.0.json")
    (found,) = check.problems(released)
    assert (found.message, found.hint) == ("the file holds version 1.0.0", "call it 1.0.0.json")
