"""A framework from a stranger: whatever its files hold, reading it gives a framework or problems, and nothing else happens."""

from __future__ import annotations

import os
import shutil
import sys
import tracemalloc
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from conftest import PROJECT
from hostile_frameworks import REAL, harm_folder, hostile_file, kind_of, real_files, told_well
from hypothesis import given, settings
from hypothesis import strategies as st
from run import HOSTILE

from generator import check, document, problems, reading, references, writing
from generator.assessment import Assessment
from generator.model import RULES
from generator.pages import Pages

SPECIMEN = PROJECT / "tests" / "specimen"
TRIED = settings.default.max_examples
seeds = st.integers(0, 2**40)


# Not fixtures: what fails should not be told with all of a framework.


@cache
def real():
    """The real framework as it was read, sound or not."""
    return reading.read(REAL)


# One file of it


def of(name, content):
    """The framework with another file in the place of one of its own."""
    file = reading.shown(REAL / name)
    found, wrong = document.parse(content, file, kind_of(name))
    others = [each for each in real().documents if each.file != file]
    unread = frozenset() if found else frozenset({kind_of(name)})
    whole = reading.assembled([*others, found] if found else others, wrong, unread)
    return replace(whole, releases=real().releases)


@settings(max_examples=TRIED)
@given(seed=seeds)
def test_a_hostile_file_gives_a_framework_or_problems_that_say_where(seed):
    random = Random(seed)
    name = random.choice(list(real_files()))
    content = hostile_file(random, real_files()[name])
    found = of(name, content)
    said = check._all(found)
    told_well(said, {reading.shown(REAL / name): content})
    assert found.framework or any(each.severity == "error" for each in said)


@settings(max_examples=TRIED // 2)
@given(seed=seeds)
def test_no_bytes_are_too_broken_to_be_told_what_is_wrong_with_a_whole_framework(seed):
    random = Random(seed)
    name = random.choice(list(real_files()))
    content = random.randbytes(random.choice((0, 1, 30, 300)))
    told_well(of(name, content).problems, {reading.shown(REAL / name): content})


# Its folder


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder to harm frameworks in."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("project"))
    yield Path.cwd()
    os.chdir(before)


def state(folder):
    return {
        path: path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@settings(max_examples=TRIED // 5)
@given(seed=seeds)
def test_a_hostile_folder_gives_a_framework_or_problems_and_nothing_is_written(project, seed):
    random = Random(seed)
    folder = project / "framework"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(REAL, folder, ignore=shutil.ignore_patterns("schema"))
    for _ in range(random.choice((1, 1, 3))):
        harm_folder(random, folder)
    before = state(project)
    found = reading.read(Path("framework"))
    told_well(check._all(found))
    assert found.framework or found.problems
    assert state(project) == before


# Its limits: at each of them, and one above


def told_of(text, kind="section"):
    found, wrong = document.parse(text.encode(), "a.yml", kind)
    return [each.message for each in [*wrong, *(reading.validated(found)[1] if found else [])]]


def listed(count):
    return "- x\n" * count


@pytest.mark.parametrize(
    ("within", "above", "said"),
    [
        ("[" * 24 + "]" * 24, "[" * 25 + "]" * 25, "lists and mappings stand more than 24 deep here"),
        (listed(10_000), listed(10_001), "more than 10,000 entries stand in one list or mapping"),
        (
            "\n".join(f"k{number}: x" for number in range(10_000)),
            "\n".join(f"k{number}: x" for number in range(10_001)),
            "more than 10,000 entries stand in one list or mapping",
        ),
        ("a: 1\n" * 1_000, "a: 1\n" * 1_002, "there are more problems than can be told here"),
    ],
)
def test_what_no_framework_has_is_refused_by_the_number_that_it_has_too_many_of(within, above, said):
    assert said not in told_of(within)
    assert said in told_of(above)


def test_a_file_may_have_a_certain_number_of_keys_and_values(monkeypatch):
    monkeypatch.setattr(document, "MOST_VALUES", 200)
    said = "the file has more than 200 keys and values"
    assert said not in told_of(listed(199))
    assert told_of(listed(200)) == [said]


def test_a_file_may_have_a_certain_size(tmp_path):
    path = tmp_path / "benchmark.json"
    with path.open("wb") as file:
        file.truncate(document.LARGEST_FILE)
    assert "MB" not in reading.read_benchmark(path, None)[1][0].message
    with path.open("wb") as file:
        file.truncate(40 * 2**20)
    tracemalloc.start()
    (problem,) = reading.read_benchmark(path, None)[1]
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.sentence == "the file has 40 MB; split it: 16 MB at most"
    assert used < 2**20, "a file that is too large is not read at all"


def test_a_text_may_have_a_certain_length():
    most = reading.LONGEST_TEXT
    assert not any("characters" in each for each in told_of(f"a: {'x' * most}"))
    assert f"the text has {most + 1:,} characters" in told_of(f"a: {'x' * (most + 1)}")


@pytest.mark.usefixtures("project")
def test_a_folder_may_hold_a_certain_number_of_files(monkeypatch):
    shutil.rmtree("framework", ignore_errors=True)
    shutil.copytree(SPECIMEN, "framework")
    count = len(list(Path("framework/exercises").iterdir()))
    monkeypatch.setattr(reading, "MOST_FILES", len(list(Path("framework/lenses").iterdir())))
    assert reading.read(Path("framework")).problems == ()
    monkeypatch.setattr(reading, "MOST_FILES", reading.MOST_FILES - 1)
    said = [str(each) for each in reading.read(Path("framework")).problems]
    assert f"framework/lenses:1:1: the folder holds {count + 1} files; {count} at most are read" in said


@pytest.mark.usefixtures("project")
def test_all_files_together_may_have_a_certain_number_of_keys_and_values(monkeypatch):
    shutil.rmtree("framework", ignore_errors=True)
    shutil.copytree(SPECIMEN, "framework")
    held = sum(len(each.places) + len(each.keys) for each in reading.read(Path("framework")).documents)
    monkeypatch.setattr(document, "MOST_VALUES", held)
    assert reading.read(Path("framework")).problems == ()
    monkeypatch.setattr(document, "MOST_VALUES", held - 1)
    assert f"the framework has more than {held - 1:,} keys and values" in {
        each.message for each in reading.read(Path("framework")).problems
    }


def test_a_file_that_is_wrong_throughout_is_one_problem_and_not_a_hundred_thousand():
    (said,) = told_of("indicators: [" + "{}," * 9_000 + "]")
    assert said.endswith("things are wrong in this file")


# The work that it makes


def steps(work):
    """Lines of the generator that run: the work that something makes, on any machine alike."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        count += event == "line"
        return trace if "/generator/" in frame.f_code.co_filename else None

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


LONG: dict[str, Any] = {
    "a list of numbers": lambda count: "indicators: [" + "0," * count + "]",
    "a list of nothing": lambda count: "indicators: [" + "{}," * count + "]",
    "keys that nobody knows": lambda count: "indicators: [{" + ",".join(f"k{n}: 1" for n in range(count)) + "}]",
    "keys without a value": lambda count: "indicators: [{" + ",".join(f"k{n}: " for n in range(count)) + "}]",
    "a key that stands again and again": lambda count: "id: x\n" * count,
    "levels that say the same": lambda count: (
        "indicators: [{levels: {" + ",".join(f"{n}: Same" for n in range(count)) + "}}]"
    ),
    "references that lead nowhere": lambda count: (
        "indicators: [{exercises: [" + ",".join(f"x{n}" for n in range(count)) + "]}]"
    ),
    "former ids": lambda count: "indicators: [{id: x, formerly: [" + ",".join(f"x{n}" for n in range(count)) + "]}]",
}


@pytest.mark.parametrize("name", LONG)
def test_twice_as_long_a_file_makes_no_more_than_twice_the_work(name):
    def work(count):
        content = LONG[name](count).encode()
        return steps(lambda: check._all(of("sections/purpose.yml", content)))

    work(1)  # what is kept for later is made
    nothing, once, twice = work(0), work(400), work(800)
    assert twice - nothing <= 2.5 * max(once - nothing, 1_000)


def test_words_of_any_length_are_not_compared_letter_by_letter():
    word = "".join(chr(0x4E00 + number) for number in range(200)) * 200
    assert problems.near(word, [word[::-1], "alignment"]) == []
    assert problems.near("alignmnt", [word, "alignment"]) == ["alignment"]


@pytest.mark.parametrize("piece", ["{", "a", "a-", "cannot "])
def test_no_rule_of_writing_takes_the_square_of_a_texts_length(piece):
    """It would go on for many minutes here, and did: then this test does not end."""
    text = piece * (100_000 // len(piece)) + "x"
    content = yaml.safe_dump({"indicators": [{"id": "x", "question": text}]}, width=10**6)
    found, _ = document.parse(content.encode(), "a.yml", "section")
    told_well(writing.problems([found]))
    assert f"the text has {len(text):,} characters" in {each.message for each in reading.validated(found)[1]}


def test_a_lens_with_a_name_of_many_words_makes_no_work_for_every_question():
    words = " ".join(f"w{number}" for number in range(3_000))
    lens = yaml.safe_load(real_files()["lenses/six-ways.yml"])
    lens["dimensions"] = [{**lens["dimensions"][0], "name": words[: 40 * (n + 1)]} for n in range(200)]
    found = of("lenses/six-ways.yml", yaml.safe_dump(lens).encode())
    assert steps(lambda: check._all(found)) < 4 * steps(lambda: check._all(real()))


# What becomes of it on pages


class _Tags(HTMLParser):
    """The tags and attributes of some HTML, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.found, self.links = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found |= {tag, *((tag, name) for name, _ in attrs)}
        self.links |= {(value or "").split(":")[0] for name, value in attrs if name in ("href", "src", "action")}


def rendered(found):
    """All that pages are made from."""
    pages = Pages(found, suggest="https://example.org/edit/main/", project=PROJECT)
    framework = found.framework
    said = [getattr(pages, name)() for name in ("levels", "sections", "forms", "lenses", "warning_signs", "map")]
    said += [getattr(pages, name)() for name in ("indicators", "exercises", "glossary", "sources", "thresholds")]
    said += [pages.rule(name) for name in RULES]
    said += [pages.lens(each) for each in framework.lenses_by_id]
    said += [pages.exercise(each) for each in framework.exercises_by_id]
    return "\n".join([*said, *(Assessment(framework).assessment(form) for form in framework.forms)])


TEXTS = (
    *(
        "<script",
        "</script",
        "<!--",
        "-->",
        "<![CDATA[",
        "<img src=x onerror=alert(1) ",
        '" onclick="alert(1)',
        "' x='",
    ),
    *(
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "javascript:alert(1)",
        "&quot;",
        "{{ 7*7 }}",
        "{% raw %}",
        "{# #}",
        "\\",
    ),
    *("`", "</textarea", "</title", "\u202egnp.exe", "領導", "👩‍👩‍👧", "x" * 5_000, "[a](javascript:alert(1))"),
    HOSTILE.replace(">", ""),
)


@cache
def specimen():
    return reading.read(SPECIMEN)


@settings(max_examples=TRIED // 20)
@given(seed=seeds)
def test_no_text_of_a_framework_becomes_a_tag_an_attribute_or_a_link(seed):
    random = Random(seed)
    documents = [_with_other_texts(each, random) for each in specimen().documents]
    found = reading.assembled(documents, [])
    if found.framework is None:  # the reader has refused it
        assert any(each.severity == "error" for each in found.problems)
        return
    made = _Tags(rendered(found))
    assert made.found <= harmless().found
    assert made.links <= harmless().links


@cache
def harmless():
    """What pages of the same framework are made of anyhow."""
    return _Tags(rendered(specimen()))


def _with_other_texts(each, random):
    data = each.data
    if each.kind != "sources":
        for path, text in each.texts():
            if " " in text and random.random() < 0.1:  # an id and a number have none
                data = _put(data, path, random.choice((text + " ", "")) + random.choice(TEXTS))
    return replace(each, data=data)


def _put(value, path, text):
    """A value with another text at a path."""
    if not path:
        return text
    if isinstance(value, tuple):
        return tuple(_put(item, path[1:], text) if at == path[0] else item for at, item in enumerate(value))
    return {key: _put(item, path[1:], text) if key == path[0] else item for key, item in value.items()}


def test_what_somebody_wrote_is_cut_to_what_a_line_can_bear():
    found, _ = document.parse(f"{'k' * 1_000}: {{a: {'x' * 9_000}}}\nid: {'x' * 9_000}\n".encode(), "a.yml", "lens")
    said = [*reading.validated(found)[1], *references.problems([found])]
    told_well(said)
    assert all(len(str(each)) < 500 for each in said)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sources", "9: {title: x}"),
        ("lens", "messages: {9: x}"),
        ("benchmark", "forms: {quick: {9: {being: {sheets: 50}}}}"),
    ],
)
def test_a_number_where_a_name_should_stand_does_not_make_a_part_disappear(kind, text):
    found, _ = document.parse(text.encode(), "a.yml", kind)
    said = [each.sentence for each in reading.validated(found)[1]]
    assert '9 without quotes is read as a number; text is wanted: put it in quotes, "9"' in said


def test_a_letter_that_is_not_utf8_is_found_behind_a_byte_order_mark_and_other_letters():
    _, (problem,) = document.parse("\ufeffa: ô領領".encode() + b"\xff", "a.yml", "lens")
    assert (problem.message, problem.place.column) == ("this is not UTF-8 text", 7)
