"""The macro calls of pages: what would fail is said with its place, and what works is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import calls, reading

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def macros(framework_folder):
    return calls.macros(reading.read(framework_folder), PROJECT)


@pytest.fixture
def problems_of(tmp_path, macros):
    def problems(page):
        content = tmp_path / "content"
        content.mkdir()
        (content / "page.md").write_bytes(page if isinstance(page, bytes) else page.encode())
        return list(map(str, calls.problems(content, macros, frozenset({"now"}))))

    return problems


@pytest.mark.parametrize(
    "page",
    [
        '{{ lens("six-ways") }}',
        '{{ lens(id_="six-ways") }}',
        "{{ begin() }} {{ now() }}",
        "{{ page.title.upper() }}",
        "{{ lens(page.title) }}",
        "no call",
    ],
)
def test_a_call_that_works_is_left_alone(problems_of, page):
    assert problems_of(page) == []


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ('\n{{ lens("six-way") }}', 'content/page.md:2:4: lens: there is no lens "six-way"; did you mean "six-ways"?'),
        ('x {{ lens(id_="six-way") }}', 'content/page.md:1:6: lens: there is no lens "six-way"; did you mean "six-ways"?'),
        ("{{ lense() }}", 'content/page.md:1:4: there is no macro "lense"; did you mean "lenses"?'),
        ("{{ lens() }}", "content/page.md:1:4: lens: the macro takes other arguments; it takes id_"),
        ('{{ begin("quick") }}', "content/page.md:1:4: begin: the macro takes other arguments; it takes none"),
        ("{{ lens(6) }}", "content/page.md:1:4: lens: the macro takes text; put it in quotes"),
        ("{{ lens([]) }}", "content/page.md:1:4: lens: the macro takes text; put it in quotes"),
        ('{{ assessment("quik") }}', 'content/page.md:1:4: assessment: there is no form "quik"; did you mean "quick"?'),
        (b"\xff\xfe", "content/page.md:1:1: this is not UTF-8 text; save the file as UTF-8"),
    ],
)  # fmt: skip
def test_a_call_that_would_fail_is_named_with_its_place(problems_of, page, problem):
    assert problems_of(page) == [problem]


def test_a_call_that_cannot_be_read_says_how_to_write_it(problems_of):
    (problem,) = problems_of('one\n{{ lens("six-ways" }}')
    assert problem.startswith("content/page.md:2:1: a macro call cannot be read here (")
    assert problem.endswith('; write it as {{ name("id") }}')


def test_a_fault_of_a_macro_is_no_mistake_of_the_page(tmp_path):
    def broken() -> str:
        return {}["nothing"]

    (tmp_path / "page.md").write_text("{{ broken() }}", encoding="utf-8")
    with pytest.raises(KeyError):
        calls.problems(tmp_path, {"broken": broken})
