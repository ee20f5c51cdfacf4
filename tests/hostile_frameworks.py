"""Hostile files of a framework, as a stranger's pull request could bring them: real files with something done to them.

A file is harmed as bytes, as the words and marks of YAML, or as values; and a folder is harmed as a folder.
Each comes from a seed, so that a failure can be run again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hostile_sheets import KNOWN_TO_OBJECTS, TEXTS

from generator import reading
from generator.problems import formatted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from random import Random

    from generator.problems import Problem

PROJECT = Path(__file__).resolve().parent.parent
REAL = PROJECT / "framework"

IDS = (
    *KNOWN_TO_OBJECTS,
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\x",
    "a/b",
    "a%2Fb",
    ".",
    "..",
    "con",
    "x" * 61,
    "x" * 300,
    "<script>",
    '"><img src=x onerror=alert(1)>',
    "start",
    "balcony-data",
    "shared-purpose",
    "shared_purpose",
    "Shared-purpose",
    "shared-purpose\n",
    "shared-purposе",  # noqa: RUF001 - the last letter is Cyrillic, as in a look-alike
)
"""What somebody might call a part."""

MARKS = (
    *("&a ", "*a", "&a [*a]", "<<: *a", "!!python/object/apply:os.system [id]", "!!binary aGk=", "!!set {a, b}", "! x"),
    *("---\n", "...\n", "%YAML 9.9\n---\n", "%TAG ! tag:x,2000:\n", "? ", "? [a]\n: b\n", "|", ">-", "|9\n", ">+1\n"),
    *(
        "\t",
        "\r",
        "\r\n",
        "\n\n",
        "\0",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\ud83d",
        "\U0010ffff",
        "\x1b[2J",
    ),
    *("No", "on", "~", "null", "2026-01-01", "2026-13-45", "12:30:45", "0o17", "0x1F", "1e999", "-.inf", ".nan", "1_0"),
    *(
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        ": ",
        "- ",
        "#",
        "@",
        "`",
        "%",
        "\\",
        "  ",
        "<script>",
        "{lowest}",
        "{{ 7*7 }}",
    ),
    *("9" * 400, "-1", "0", "1.5", "[" * 30, "{a: " * 30, "- " * 30, "x" * 70_000, ": x" * 50, "\n::error::x\n"),
)
"""What may stand anywhere in a file's text."""

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 3, 7, 8, 2**31, 2**63, 10**30, -(10**400), 1.5, 1e308, float("inf"), float("nan")),
    *(date(2026, 1, 1), b"bytes", [], {}, [[]], [None], {"id": None}, {"id": "x"}, {1: 1}, {None: None}, {True: 1}),
    *(
        "",
        "all",
        "off",
        "3/5",
        "1/0",
        "0/1",
        "9999/1",
        "1.0",
        "99999.0.0",
        "https://x",
        "javascript:alert(1)",
        "{lowest",
    ),
    *([{"id": "x"}], ["x", "x"], [1, 2], {"1": "a"}, ["all"], ["standard", "standard"]),
)
"""What may stand in the place of any value."""


@cache
def real_files(folder: Path = REAL) -> dict[str, bytes]:
    """The files of the framework that are read as YAML, by their paths."""
    paths = sorted(folder.rglob("*.yml"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def kind_of(name: str) -> str:
    """What a file of a framework holds."""
    return reading.SINGLE.get(name) or reading.FOLDERS[name.split("/", maxsplit=1)[0]]


def hostile_file(random: Random, content: bytes) -> bytes:
    """A file with one to three things done to it.

    Arguments:
        random: Decides.
        content: The file as it is.
    """
    for _ in range(random.choice((1, 1, 2, 3))):
        content = random.choice(DEEDS)(content, random)
    return content


# As bytes


def _cut_off(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _bits_turned(content: bytes, random: Random) -> bytes:
    found = bytearray(content or b"x")
    for _ in range(random.choice((1, 1, 4, 40))):
        found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return bytes(found)


def _bytes_between(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    more = random.choice(
        (b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\t", random.randbytes(4))
    )
    return content[:at] + more + content[at + random.choice((0, 1, 8)) :]


def _moved(content: bytes, random: Random) -> bytes:
    """A piece of it somewhere else."""
    start, end, at = sorted(random.randrange(len(content) + 1) for _ in range(3))
    return content[:start] + content[end:at] + content[start:end] + content[at:]


def _many_times(content: bytes, random: Random) -> bytes:
    """A piece of it again and again."""
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    piece = content[start:end][:400]
    return content[:start] + piece * random.choice((2, 2, 3, 200)) + content[start:]


def _other_line_ends(content: bytes, random: Random) -> bytes:
    ends = random.choice((b"\r\n", b"\r", "\x85".encode(), "\u2028".encode()))
    return random.choice((b"", b"\xef\xbb\xbf")) + content.replace(b"\n", ends)


def _other_encoding(content: bytes, random: Random) -> bytes:
    return content.decode(errors="replace").encode(
        random.choice(("utf-16", "utf-16-be", "utf-32", "latin-1")), "replace"
    )


# As words and marks


def _other_token(content: bytes, random: Random) -> bytes:
    """A mark, a word or a space of the text gives way to another, or another stands before it."""
    text = content.decode("utf-8", "surrogateescape")
    found = random.choice(list(re.finditer(r"\n *|\s+|[\w-]+|\W", text)) or [re.match("", text)])
    assert found is not None
    other = random.choice((*MARKS, *MARKS, *TEXTS, *IDS))
    end = found.end() if random.random() < 0.6 else found.start()
    return _encoded(text[: found.start()] + other + text[end:])


def _line_moved(content: bytes, random: Random) -> bytes:
    """A line stands deeper, or less deep, or twice, or not at all."""
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    line = lines[at]
    others = (
        [b"  " + line],
        [b"\t" + line],
        [line.lstrip()],
        [line[2:]],
        [line, line],
        [],
        [b"- " + line],
        [b"#" + line],
    )
    lines[at : at + 1] = random.choice(others)
    return b"\n".join(lines)


# As values


def _other_value(content: bytes, random: Random) -> bytes:
    return _as_tree(content, random, lambda old: random.choice((*VALUES, *VALUES, *TEXTS, *IDS, [old], {"id": old})))


def _other_text(content: bytes, random: Random) -> bytes:
    """Hostile words where words stand, so that the rest may be sound."""
    return _as_tree(content, random, lambda old: random.choice((*TEXTS, *IDS)) if isinstance(old, str) else old)


def _moved_in_tree(content: bytes, random: Random) -> bytes:
    """A value of the file in the place of another."""
    others = [holder[key] for holder, key in _places(_tree(content))]
    return _as_tree(content, random, lambda _: deepcopy(random.choice(others)) if others else None)


def _other_keys(content: bytes, random: Random) -> bytes:
    """A key is gone, is called otherwise, or stands beside a new one."""
    tree = _tree(content)
    groups = [
        group for group in [tree, *(holder[key] for holder, key in _places(tree))] if isinstance(group, dict) and group
    ]
    if groups:
        group = random.choice(groups)
        key = random.choice(list(group))
        deed = random.randrange(3)
        value = group.pop(key) if deed < 2 else group[key]
        if deed:
            group[
                random.choice((*IDS, *TEXTS, "id", "formerly", "sources", f"{key}s", 1, 9, -1, 2**70, None, True))
            ] = value
    return _dumped(tree)


def _deep(content: bytes, random: Random) -> bytes:
    """A value far inside lists or groups."""
    depth = random.choice((6, 22, 26, 200))

    def wrapped(value: object) -> object:
        for _ in range(depth):
            value = [value] if random.random() < 0.5 else {"id": value}
        return value

    return _as_tree(content, random, wrapped)


def _as_tree(content: bytes, random: Random, change: Callable[[Any], Any]) -> bytes:
    tree = _tree(content)
    places = list(_places(tree))
    if not places:
        return _dumped(change(tree))
    holder, key = random.choice(places)
    holder[key] = change(holder[key])
    return _dumped(tree)


def _tree(content: bytes) -> Any:
    """What a file says, if it can be read."""
    try:
        return _whole(yaml.load(content, Loader=_LOADER))
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        return {"id": "x"}


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _places(part: Any) -> Any:
    if isinstance(part, dict | list):
        for key in list(part) if isinstance(part, dict) else range(len(part)):
            yield part, key
            yield from _places(part[key])


def _dumped(tree: Any) -> bytes:
    return _encoded(yaml.dump(_whole(tree), Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=10**6))


def _whole(value: Any) -> Any:
    """A value without halves of characters, which no YAML can hold, and without aliases: each list is one of its own."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return {_whole(key): _whole(each) for key, each in value.items()} if isinstance(value, dict) else value


def _encoded(text: str) -> bytes:
    """Bytes of a text, of which some may be no UTF-8."""
    return (
        b"".join(
            bytes([ord(each) - 0xDC00]) if 0xDC80 <= ord(each) <= 0xDCFF else each.encode("utf-8", "surrogatepass")
            for each in text
        )
        if re.search(r"[\ud800-\udfff]", text)
        else text.encode()
    )


DEEDS = (
    *(_cut_off, _bits_turned, _bytes_between, _moved, _many_times, _other_line_ends, _other_encoding),
    *(_other_token, _other_token, _other_token, _other_token, _line_moved),
    *(
        _other_value,
        _other_value,
        _other_value,
        _other_text,
        _other_text,
        _moved_in_tree,
        _other_keys,
        _other_keys,
        _deep,
    ),
)
"""What can be done to a file."""


# As a folder


def harm_folder(random: Random, folder: Path) -> str:
    """Do something to a framework's folder that is about files and not about what they hold.

    Returns:
        What was done.
    """
    files = [path for path in sorted(folder.rglob("*.yml")) if path.is_file()]
    path = random.choice(files)
    deed = random.choice(FOLDER_DEEDS)
    deed(path, random)
    return f"{deed.__name__.strip('_')}: {path.relative_to(folder)}"


def _gone(path: Path, _: Random) -> None:
    path.unlink()


def _folder_in_its_place(path: Path, _: Random) -> None:
    path.unlink()
    path.mkdir()


def _empty(path: Path, _: Random) -> None:
    path.write_bytes(b"")


def _pipe(path: Path, _: Random) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path, random: Random) -> None:
    path.unlink()
    path.symlink_to(random.choice(("/dev/zero", "/etc/passwd", path.name, "nowhere", "..", "../framework.yml")))


def _twin(path: Path, random: Random) -> None:
    names = (
        "a b.yml",
        "a\nb.yml",
        "\x1b[31m.yml",
        "\u202elmy.yml",
        "::error::x.yml",
        "<b>.yml",
        "é.yml",
        "%0A.yml",
        ".yml",
    )
    shutil.copy(
        path, path.parent / random.choice((*names, os.fsdecode(b"\xff\xfe.yml"), "X" * 200 + ".yml", "con.yml"))
    )


def _other_ending(path: Path, random: Random) -> None:
    path.rename(path.with_suffix(random.choice((".yaml", ".YML", ".json", ".yml~"))))


FOLDER_DEEDS = (_gone, _folder_in_its_place, _empty, _pipe, _link, _link, _twin, _twin, _other_ending)
"""What can be done to a file in its folder."""


# What has to be true of all that is said of them

_LONGEST_LINE = 1_300
"""Characters of a line that tells a problem, with a long file name before it."""


def told_well(said: Iterable[Problem], contents: Mapping[str, bytes] | None = None) -> None:
    """Check that each problem can be acted on: it names a file, a line and a column of it, and says something on one line.

    Arguments:
        said: The problems.
        contents: What files hold, by the name that problems give them.
    """
    said = list(said)
    for each in said:
        line = str(each)
        assert each.message
        assert each.place.file
        assert each.place.line >= 1
        assert each.place.column >= 1
        assert line.isprintable(), ascii(line)
        assert len(line) <= _LONGEST_LINE, line[:200]
        if contents and each.place.file in contents:
            assert each.place.line <= _lines(contents[each.place.file]) + 1, line
    assert len(formatted(said, "text").split("\n")) == max(1, len(said))
    marks = formatted(said, "github").split("\n")
    assert all(mark.startswith(("::error file=", "::warning file=")) for mark in marks if mark)
    assert len(marks) == max(1, len(said))
    assert len(json.loads(formatted(said, "json"))) == len(said)


def _lines(content: bytes) -> int:
    """As YAML counts them: every kind of line end ends one."""
    return len(re.split("\r\n|[\r\n\x85\u2028\u2029]", content.decode("utf-8", "replace")))
