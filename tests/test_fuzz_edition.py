"""An edition and its translations from a stranger: laid over its release, or told what is wrong with them."""

from __future__ import annotations

import os
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from conftest import PROJECT
from hostile_frameworks import MARKS, harm_folder, hostile_file, told_well
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import catalogue, check, edition, edition_pages, reading, release, translation

SPECIMEN = PROJECT / "tests" / "specimen"
EXAMPLE = PROJECT / "editions" / "fire-and-rescue"
TRIED = settings.default.max_examples
seeds = st.integers(0, 2**40)

FILES = {
    "edition.yml": """\
id: acme
name: Leading the Acme service
organisation: Acme College
contact: mailto:leading@acme.example
based_on: systems-leadership@1.0.0
minimum_group: 6
hide: {lenses: [kahane-three], exercises: [one-wall]}
colours: {primary: "#1d3557", accent: "#7b2d26"}
languages: [en, cy]
""",
    "rewordings.yml": """\
shared-purpose:
  label: Our purpose
  evidence: [One thing, Another thing, A third thing]
  next_steps: {2: Ask one of them.}
  because: It is ours.
  checked: 1.0.0
six-ways: {name: Six of them, dimensions: {being: {name: To be}}}
systems-leadership: {levels: {1: {name: Begun}}}
""",
    "indicators.yml": """\
- id: acme-own
  section: purpose
  feeds: [six-ways/being]
  revision: 1
  label: Our own
  question: What is ours?
""",
    "lenses.yml": "- id: acme-lens\n  name: Ours\n  rule: profile\n  dimensions: [{id: one, name: One, indicators: [acme-own]}]\n",
    "exercises.yml": "- id: acme-exercise\n  name: Ours\n  minutes: 5\n  steps: [{do: Sit., minutes: 5}]\n",
    "cy/texts.yml": """\
shared-purpose:
  status: draft
  label: Ein pwrpas
  levels: {1: a, 2: b, 3: c, 4: d, 5: e}
  from: {label: Our purpose}
acme: {status: reviewed, name: Arwain, organisation: Coleg}
six-ways: {status: to-do, dimensions: {being: {name: Bod}}}
""",
}
"""What an edition can say, in each of its files."""


@cache
def frozen():
    """The release that it builds on."""
    return release.frozen(reading.framework(SPECIMEN), date(2026, 11, 22))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with a framework and its release, in which editions come and go."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("project"))
    shutil.copytree(SPECIMEN, "framework")
    Path("framework/releases").mkdir()
    Path("framework/releases/1.0.0.json").write_text(frozen(), encoding="utf-8")
    yield Path.cwd()
    os.chdir(before)


def put(files):
    """Write an edition."""
    folder = Path("editions/acme")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "cy").mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def check_told():
    """Check that it is read, or that what is wrong with it can be acted on."""
    found, said = check.edition_and_problems(Path.cwd(), "acme")
    told_well([*said, *edition_pages.problems(found, Path.cwd())] if found.edition else said)
    is_whole = found.reading is not None and found.reading.framework is not None
    assert is_whole or any(each.severity == "error" for each in said)
    return found


@settings(max_examples=TRIED // 4)
@given(seed=seeds)
@pytest.mark.usefixtures("project")
def test_a_hostile_edition_is_read_or_told_what_is_wrong_with_it(seed):
    random = Random(seed)
    files = {name: text.encode() for name, text in FILES.items()}
    for name in random.choices(list(files), k=random.choice((1, 1, 2))):
        files[name] = hostile_file(random, files[name])
    put(files)
    check_told()


@settings(max_examples=TRIED // 10)
@given(seed=seeds)
@pytest.mark.usefixtures("project")
def test_the_folder_of_an_edition_may_hold_anything(seed):
    random = Random(seed)
    folder = put({name: text.encode() for name, text in FILES.items()})
    if random.random() < 0.5:
        harm_folder(random, folder)
    (folder / "logo.svg").symlink_to(random.choice(("/dev/zero", "nowhere", "..")))
    outline = (folder / "edition.yml") if (folder / "edition.yml").is_file() else None
    if outline and outline.resolve().is_relative_to(Path.cwd()):
        outline.write_text(outline.read_text(encoding="utf-8") + "logo: logo.svg\n", encoding="utf-8")
    if random.random() < 0.5:
        (folder / "cy" / translation.catalogue.OWN).write_bytes(
            random.choice((b"\xff", b'msgid "', random.randbytes(90)))
        )
    check_told()


@pytest.mark.usefixtures("project")
def test_an_edition_with_nothing_in_it_says_so():
    put({"edition.yml": b"# nothing yet\n"})
    assert [str(each) for each in check_told().problems] == [
        "editions/acme/edition.yml:1:1: the file is empty; balcony new writes one"
    ]


# Catalogues


@settings(max_examples=TRIED)
@given(seed=seeds)
def test_a_hostile_catalogue_is_read_or_told_what_is_wrong_with_it(tmp_path_factory, seed):
    random = Random(seed)
    path = tmp_path_factory.getbasetemp() / "interface.po"
    content = (catalogue.FOLDER / "cy.po").read_bytes()[:6_000]
    for _ in range(random.choice((1, 2, 5))):
        at = random.randrange(len(content) + 1)
        other = random.choice((*MARKS, 'msgid "', 'msgstr[9] "x"', "#, fuzzy", '"', "\\", "%(x)s", "{x}")).encode(
            "utf-8", "replace"
        )
        content = content[:at] + random.choice((other, random.randbytes(2))) + content[at + random.choice((0, 1, 40)) :]
    path.write_bytes(content)
    found = catalogue.read(path, "cy")
    told_well(found.problems)
    assert found.problems, "a part of a catalogue does not say all"


def test_a_catalogue_may_have_a_certain_size(tmp_path, monkeypatch):
    path = tmp_path / "interface.po"
    path.write_bytes((catalogue.FOLDER / "cy.po").read_bytes())
    monkeypatch.setattr(catalogue, "LARGEST", path.stat().st_size)
    before = catalogue.read(path, "cy").problems
    monkeypatch.setattr(catalogue, "LARGEST", path.stat().st_size - 1)
    assert "the file is too large" not in {each.message for each in before}
    assert [each.message for each in catalogue.read(path, "cy").problems] == ["the file is too large"]


# Its own limits


def test_a_logo_may_have_a_certain_size(tmp_path):
    path = tmp_path / "logo.svg"
    for size, said in ((edition._LARGEST_LOGO, ""), (edition._LARGEST_LOGO + 1, "the file is too large")):
        path.write_bytes(b"<svg/>".ljust(size))
        assert edition._logo_problem(path) == said
