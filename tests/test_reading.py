"""From a folder of YAML files to a framework."""

import json
import re
import shutil
from dataclasses import FrozenInstanceError
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from generator import document, reading
from generator.model import FILE_KINDS
from generator.problems import Place, ProblemsError

REAL = Path(__file__).parent.parent / "framework"


@pytest.fixture(scope="module")
def real():
    return reading.read(REAL)


def validate(text: str, kind: str) -> list[str]:
    found, _ = document.parse(text.encode(), "a.yml", kind)
    return [str(problem) for problem in reading.validated(found)[1]]


def test_the_real_framework_is_read_whole(real):
    framework = real.framework
    assert len(framework.sections) == 8
    assert len(framework.indicators) == 40
    assert len(framework.lenses) == 13
    assert sum(len(lens.dimensions) for lens in framework.lenses) == 62
    assert len(framework.exercises) == 12
    assert len(framework.outline.warning_signs) == 8
    assert len(framework.outline.context) == 2


def test_sections_and_lenses_stand_in_the_order_of_framework_yml(real):
    assert [section.id for section in real.framework.sections] == list(real.framework.outline.sections)
    assert [lens.id for lens in real.framework.lenses] == list(real.framework.outline.lenses)


def test_the_quick_form_asks_ten_and_the_standard_form_forty(real):
    assert len(real.framework.asked("quick")) == 10
    assert len(real.framework.asked("standard")) == 40


def test_a_form_reports_the_lenses_that_it_claims(real):
    assert [lens.id for lens in real.framework.reported("quick")] == ["strategic-triangle", "six-ways"]
    assert len(real.framework.reported("standard")) == 13


def test_thresholds_are_exact_fractions(real):
    assert real.framework.settings.minimum_answered_share == Fraction(3, 5)
    assert real.framework.settings.alignment_gap == Fraction(1)
    assert real.framework.settings.essential_level == Fraction(3)


def test_levels_are_numbered_and_in_order(real):
    assert list(real.framework.indicators["shared-purpose"].levels) == [1, 2, 3, 4, 5]


def test_a_framework_does_not_change_once_it_is_read(real):
    with pytest.raises(ValidationError):
        real.framework.outline.name = "Another"
    with pytest.raises(TypeError):
        real.framework.indicators["shared-purpose"].levels[1] = "Another"
    with pytest.raises(FrozenInstanceError):
        real.framework = None


def test_the_place_of_an_indicator_is_the_line_of_its_id(real):
    place = real.indicator_place("shared-purpose")
    assert (REAL / "sections" / "purpose.yml").read_text(encoding="utf-8").splitlines()[place.line - 1].strip() == (
        "- id: shared-purpose"
    )
    with pytest.raises(KeyError):
        real.indicator_place("nothing")


def test_a_framework_with_problems_is_refused_with_all_of_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(REAL, "framework")
    for name in ("glossary.yml", "sources.yml"):
        Path("framework", name).write_text("", encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        reading.framework(Path("framework"))
    assert [problem.place for problem in raised.value.problems] == [
        Place("framework/glossary.yml"),
        Place("framework/sources.yml"),
    ]


def test_an_empty_folder_lacks_three_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("framework").mkdir()
    assert [str(problem) for problem in reading.read(Path("framework")).problems] == [
        f"framework/{name}:1:1: the file cannot be read (No such file or directory); a framework needs {name}"
        for name in ("framework.yml", "glossary.yml", "sources.yml")
    ]


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(REAL, "framework")
    Path("framework/lenses/folder.yml").mkdir()
    assert [str(problem) for problem in reading.read(Path("framework")).problems] == [
        "framework/lenses/folder.yml:1:1: the file cannot be read (Is a directory); check the file and who may read it"
    ]


def test_places_are_shown_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(REAL.parent)
    assert reading.shown(REAL / "framework.yml") == "framework/framework.yml"
    assert reading.shown(tmp_path / "framework.yml") == (tmp_path / "framework.yml").as_posix()


@pytest.mark.parametrize("kind", ["framework", "section", "lens", "exercise"])
def test_a_file_that_holds_something_else_is_one_problem(kind):
    assert validate("hello\n", kind) == ['a.yml:1:1: the text "hello" stands here; keys with values are wanted']
    assert validate("- a\n- b\n", kind) == ["a.yml:1:1: a list stands here; keys with values are wanted"]


def test_a_glossary_is_a_list_and_sources_are_keys():
    assert validate("a: b\n", "glossary") == [
        "a.yml:1:1: keys with values stand here; a list is wanted, with a hyphen before each entry"
    ]
    assert validate("- a\n", "sources") == ["a.yml:1:1: a list stands here; keys with values are wanted"]


def test_an_id_may_be_sixty_characters_long():
    problem = f'a.yml:1:5: section {"x" * 59}…, id: "{"x" * 59}…" is too long; use 60 characters at most'
    assert problem in validate(f"id: {'x' * 61}\n", "section")
    assert not any("too long" in each for each in validate(f"id: {'x' * 60}\n", "section"))


def test_off_may_be_written_without_quotes(tmp_path):
    shutil.copytree(REAL, tmp_path / "framework")
    path = tmp_path / "framework" / "framework.yml"
    path.write_text(path.read_text(encoding="utf-8") + "writing_rules: off\n", encoding="utf-8")
    assert reading.framework(tmp_path / "framework").outline.writing_rules == "off"


EXAMPLES = re.findall(
    r"```yaml\n(# yaml-language-server: \$schema=\S*schema/(\w+)\.json\n.*?)```",
    (REAL / "README.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def test_the_guide_has_an_example_of_each_kind_of_file():
    assert {kind for _, kind in EXAMPLES} == set(FILE_KINDS)


@pytest.mark.parametrize(("text", "kind"), EXAMPLES, ids=[kind for _, kind in EXAMPLES])
def test_an_example_of_the_guide_is_sound(text, kind):
    assert validate(text, kind) == []


def test_a_framework_reads_the_same_as_json(real):
    outline = json.loads(real.framework.outline.model_dump_json(by_alias=True))
    assert outline["settings"]["minimum_answered_share"] == "3/5"
    assert outline["levels"][0] == {
        "level": 1,
        "name": "Not yet",
        "meaning": "This is left to chance, or has not been begun.",
    }
