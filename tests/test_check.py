"""`balcony check`: every mistake is found, at its place, and nothing else is."""

import shutil
from pathlib import Path

import pytest
from mistakes import MISTAKES, Mistake

from generator import check, writing
from generator.problems import ProblemsError

REAL = Path(__file__).parent.parent / "framework"
SPECIMEN = Path(__file__).parent / "specimen"
"""The real framework as it stood when the mistakes were written: a change of its wording breaks none of these tests."""


@pytest.fixture
def framework(tmp_path, monkeypatch):
    """A copy of the specimen in the current folder, so that problems name `framework/…`."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SPECIMEN, tmp_path / "framework")
    return Path("framework")


def seed(folder: Path, mistake: Mistake) -> None:
    for file, old, new in mistake.changes:
        path = folder / file
        if old is not None:
            text = path.read_text(encoding="utf-8")
            assert old in text, f"{file} no longer holds {old!r}"
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        elif new is not None:
            path.rename(folder / new)
        else:
            path.unlink()


@pytest.mark.parametrize("folder", [REAL, SPECIMEN], ids=lambda folder: folder.name)
def test_the_real_framework_has_no_problem_and_no_warning(folder):
    assert [str(problem) for problem in check.problems(folder)] == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name.replace(" ", "-"))
def test_a_mistake_is_found_at_its_place_and_nothing_else_is(framework, mistake):
    seed(framework, mistake)
    assert [str(problem) for problem in check.problems(framework)] == list(mistake.problems)


def test_every_mistake_has_a_name_of_its_own():
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) >= 60


def test_every_writing_rule_is_among_the_mistakes():
    assert {rule.number for rule in writing.RULES} == {
        int(mistake.name.split(":")[0].removeprefix("rule "))
        for mistake in MISTAKES
        if mistake.name.startswith("rule ")
    }


def test_problems_come_sorted_by_place_and_once_each(framework):
    for mistake in MISTAKES[:12]:
        for file, old, new in mistake.changes:
            path = framework / file
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check.problems(framework)
    assert [problem.place for problem in found] == sorted(problem.place for problem in found)
    assert len(set(found)) == len(found)


def test_a_sound_framework_is_read_even_with_warnings(framework):
    path = framework / "framework.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 20", "minutes: 25"), encoding="utf-8")
    assert [problem.severity for problem in check.problems(framework)] == ["warning"]
    assert check.sound(framework).framework is not None


def test_a_framework_with_an_error_of_its_wording_does_not_build(framework):
    path = framework / "sections" / "purpose.yml"
    text = path.read_text(encoding="utf-8").replace("We give different answers", "We are lazy and differ")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        check.sound(framework)
    assert [problem.rule for problem in raised.value.problems] == ["4"]


def test_a_sentence_of_a_source_is_found_where_the_sources_are_at_hand(framework, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    copied = "Nobody can act when everything is open, and so nothing gets done."
    (sources / "paper.txt").write_text(f"Before.\n{copied.upper()} After.", encoding="utf-8")
    assert [str(problem) for problem in check.problems(framework, sources)] == [
        (
            "framework/sections/working.yml:77:10: section working, indicator clarity-for-now, why: "
            '"nobody can act when everything is open" stands in paper.txt too (writing rule 12); say it in your own words'
        )
    ]


def test_a_folder_that_is_not_there_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert [str(problem) for problem in check.problems(Path("nowhere"))] == [
        "nowhere:1:1: there is no such folder; name the folder that holds framework.yml: balcony check --framework DIR"
    ]
