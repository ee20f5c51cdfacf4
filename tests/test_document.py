"""YAML as plain values with places. Whatever a file holds, the answer is a problem with a place, never a traceback."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import document, reading
from generator.document import ANY, DEEPEST, parse
from generator.problems import Place

REAL = sorted((Path(__file__).parent.parent / "framework").rglob("*.yml"))


def read(text: str | bytes, kind: str = "lens"):
    return parse(text.encode() if isinstance(text, str) else text, "a.yml", kind)


def problems(text: str | bytes) -> list[str]:
    return [str(problem).removeprefix("a.yml:") for problem in read(text)[1]]


def data(text: str):
    found, wrong = read(text)
    assert wrong == []
    return found.data


def test_text_numbers_lists_and_mappings_are_read():
    assert data('a: b\nc: [1, 1.5, true, x]\nd: {e: "no"}\nf: 2026-01-01\n') == {
        "a": "b",
        "c": (1, 1.5, True, "x"),
        "d": {"e": "no"},
        "f": date(2026, 1, 1),
    }


def test_every_value_and_key_has_its_place():
    found, _ = read("id: x\nlist:\n  - one\n  - {two: 2}\n")
    assert found.place(("id",)) == Place("a.yml", 1, 5)
    assert found.key_place(("list",)) == Place("a.yml", 2, 1)
    assert found.place(("list", 0)) == Place("a.yml", 3, 5)
    assert found.place(("list", 1, "two")) == Place("a.yml", 4, 11)


def test_columns_count_characters_and_not_bytes():
    found, _ = read("{Môn: 領導, Ynys: x}")
    assert found.place(("Môn",)) == Place("a.yml", 1, 7)
    assert found.place(("Ynys",)) == Place("a.yml", 1, 17)


def test_a_path_that_is_not_there_has_the_place_around_it():
    found, _ = read("a:\n  b: c\n")
    assert found.place(("a", "x", "y")) == Place("a.yml", 2, 3)


def test_a_path_is_said_in_words():
    found, _ = read("id: six-ways\ndimensions:\n  - id: being\n    name: Being\nmessages:\n  all: x\n")
    assert found.where(("dimensions", 0, "name")) == "lens six-ways, dimension being, name"
    assert found.where(("messages", "all")) == "lens six-ways, messages, all"


def test_values_are_found_by_a_pattern():
    found, _ = read("a: [{b: 1}, {b: 2}, {c: 3}]\n")
    assert list(found.find("a", ANY, "b")) == [(("a", 0, "b"), 1), (("a", 1, "b"), 2)]
    assert list(found.find("a", 1, "b")) == [(("a", 1, "b"), 2)]
    assert list(found.find("x", ANY)) == []


@pytest.mark.parametrize("text", ["no", "on", "1.0", "2026-01-01", "12:30", "0x1F", "~", ".inf", "1_000"])
def test_what_yaml_does_not_read_as_text_is_kept_as_it_was_written(text):
    found, _ = read(f"a: {text}\n")
    assert found.plain[("a",)] == text


@pytest.mark.parametrize("text", ["'no'", '"2026-01-01"', "2026-13-45", "1.2.3", "0b2", "=", "1:99x"])
def test_what_only_looks_like_something_else_is_text(text):
    assert data(f"a: {text}\n") == {"a": text.strip("'\"")}


def test_keys_are_words_even_where_yaml_would_read_true_or_a_date():
    assert data("on: 1\n2026-01-01: 2\n3: 4\n") == {"on": 1, "2026-01-01": 2, 3: 4}


HOSTILE = {
    "an object tag": (
        "a: !!python/object/apply:os.system [echo]\n",
        ['1:4: "tag:yaml.org,2002:python/object/apply:os.system" is a tag; leave it out: tags are not used here'],
    ),
    "a tag of one's own": ("a: !thing b\n", ['1:4: "!thing" is a tag; leave it out: tags are not used here']),
    "an alias": (
        "a: &x b\nc: *x\n",
        [
            '1:4: "&x" marks something to be repeated; leave it out: anchors and aliases are not used here',
            '2:4: "*x" repeats something from elsewhere; write the text out: anchors and aliases are not used here',
        ],
    ),
    "a merge key": (
        "a: &x {b: c}\nd:\n  <<: *x\n",
        [
            '1:4: "&x" marks something to be repeated; leave it out: anchors and aliases are not used here',
            '3:7: "*x" repeats something from elsewhere; write the text out: anchors and aliases are not used here',
        ],
    ),
    "an alias as a key": (
        "? *x\n: b\n",
        ['1:3: "*x" repeats something from elsewhere; write the text out: anchors and aliases are not used here'],
    ),
    "not UTF-8": ("a: b\nc: é".encode("latin-1"), ["2:4: this is not UTF-8 text; save the file as UTF-8"]),
    "UTF-16": ("a: b\n".encode("utf-16"), ["1:1: this is not UTF-8 text; save the file as UTF-8"]),
    "an empty file": ("", ["1:1: the file is empty; it should hold the lens: framework/README.md shows an example"]),
    "only comments": (
        "# nothing\n\n# here\n",
        ["1:1: the file is empty; it should hold the lens: framework/README.md shows an example"],
    ),
    "only null": ("~\n", ["1:1: the file is empty; it should hold the lens: framework/README.md shows an example"]),
    "a tab for indentation": ("a:\n\tb: c\n", ["2:1: a tab stands where YAML wants spaces; indent with two spaces"]),
    "two documents": (
        "a: b\n---\na: c\n&x *y",
        ["2:1: a second document begins here; keep one document in a file, without ---"],
    ),
    "a key that stands twice": (
        "a: {b: 1}\na: {b: 2, b: 3}\n",
        ['2:1: the key "a" stands here for the second time; keep one: the first is on line 1'],
    ),
    "a list as a key": (
        "? [a, b]\n: c\nd: e\n",
        ["1:3: a list or a mapping cannot be a key; write a word before the colon"],
    ),
    "a mapping as a key": (
        "{{a: b}: c}\n",
        ["1:2: a list or a mapping cannot be a key; write a word before the colon"],
    ),
    "a NUL character": (
        "a: b\nc: d\0\n",
        ["2:5: a control character stands here; delete it: it is invisible and YAML does not allow it"],
    ),
    "a bell": (
        "a: b\x07\n",
        ["1:5: a control character stands here; delete it: it is invisible and YAML does not allow it"],
    ),
    "an unclosed quote": (
        'a: "b\nc: d\n',
        ["3:1: YAML cannot be read here (found unexpected end of stream); a quote or bracket is opened and not closed"],
    ),
    "an unclosed bracket": (
        "a: [b\n",
        [
            "2:1: YAML cannot be read here (did not find expected ',' or ']'); check the indentation, quotes and colons around it"
        ],
    ),
    "a colon in a text": (
        "a: b: c\n",
        [
            "1:5: YAML cannot be read here (mapping values are not allowed in this context); put the text in quotes if it holds a colon followed by a space"
        ],
    ),
    "a lost indentation": (
        "a:\n  b: c\n d: e\n",
        [
            "3:2: YAML cannot be read here (did not find expected key); check the indentation and the quotes: a text that begins with a quote must end with it"
        ],
    ),
    "a percent sign": (
        "a: b\n%c: d\n",
        [
            (
                "2:3: YAML cannot be read here (found unexpected non-alphabetical character); "
                "check the indentation, quotes and colons around it"
            )
        ],
    ),
    "an at sign": (
        "a: @b\n",
        [
            "1:4: YAML cannot be read here (found character that cannot start any token); put the text in quotes: it begins with a character that YAML uses itself"
        ],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_a_problem_with_a_place(name):
    text, expected = HOSTILE[name]
    assert problems(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 5_000 + "x",
        "".join(" " * n + f"a{n}:\n" for n in range(400)),
        "? " * 5_000,
    ],
    ids=["brackets", "braces", "dashes", "indentation", "question marks"],
)
def test_absurd_nesting_is_one_problem(text):
    found, wrong = read(text)
    assert found is None
    assert wrong[-1].message == f"lists and mappings stand more than {DEEPEST} deep here"


def test_an_alias_bomb_is_not_built():
    bomb = "a: &a [x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found, wrong = read(bomb)
    assert len(found.data["i"]) == 9
    assert {problem.place.line for problem in wrong} == set(range(1, 10))


@pytest.mark.parametrize(
    "text",
    ["9" * 50_000, "0x" + "F" * 50_000, "1" + ":59" * 500_000, "1" + ":59" * 50_000 + ".5", "x" * 5_000_000],
    ids=["digits", "hexadecimal", "base sixty", "base sixty with a point", "5 MB in one line"],
)
def test_an_endless_value_is_text_and_read_at_once(text):
    assert data(f"a: {text}\n") == {"a": text}


def test_a_huge_number_is_no_traceback():
    assert data("a: 99999999999999999999999999\n") == {"a": 99999999999999999999999999}


def test_a_file_of_many_megabytes_is_refused():
    assert problems(b"a" * (document.LARGEST_FILE + 1)) == ["1:1: the file has 16 MB; split it: 16 MB at most"]


def test_windows_files_are_read_like_any_others():
    found, wrong = read(b"\xef\xbb\xbfid: x\r\nname: y\r\n")
    assert wrong == []
    assert found.data == {"id": "x", "name": "y"}
    assert found.place(("name",)) == Place("a.yml", 2, 7)


def test_reading_goes_on_behind_what_is_put_aside():
    found, _ = read("? [a, {b: c}]\n: d\ne: f\ne: {g: h}\ni: j\n")
    assert found.data == {"e": "f", "i": "j"}
    assert found.place(("e",)) == Place("a.yml", 3, 4)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_are_a_traceback(content):
    for kind in ("framework", "lens", "glossary", "sources"):
        found, wrong = parse(content, "a.yml", kind)
        wrong = wrong + (reading.validated(found)[1] if found else [])
        assert all(problem.place.line >= 1 and problem.place.column >= 1 and problem.message for problem in wrong)
        assert found is not None or wrong


YAML = st.recursive(
    st.sampled_from(["x", "no", "~", "", "1", "1.5", "2026-01-01", "'q'", "*a", "&a b", "!t c", "🙂", "12:30"]),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(
            st.tuples(st.sampled_from(["id", "name", "indicators", "levels", "1", "for", "term", "no"]), inner),
            max_size=4,
        ).map(lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}")
    ),
    max_leaves=12,
)


@given(YAML)
def test_no_yaml_is_a_traceback(text):
    for kind in ("framework", "section", "lens", "exercise", "glossary", "sources"):
        found, _ = parse(text.encode(), "a.yml", kind)
        if found is not None:
            reading.validated(found)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_mutation_of_a_real_file_is_a_traceback(data):
    path = data.draw(st.sampled_from(REAL))
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    patch = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"\n", b": ", b"- ", b"  ", b"[", b"}", b"'", b'"', b"~", b"\t"])
    )
    kind = reading.SINGLE.get(path.name) or reading.FOLDERS.get(path.parent.name, "lens")
    found, wrong = parse(content[:start] + patch + content[start + length :], path.name, kind)
    if found is not None:
        wrong = wrong + reading.validated(found)[1]
    assert all(str(problem).startswith(f"{path.name}:") for problem in wrong)
