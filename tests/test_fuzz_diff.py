"""What changed between two states of a framework, of which the earlier one is a file that a stranger may have made."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from datetime import date
from functools import cache
from random import Random

from conftest import PROJECT
from hostile_frameworks import IDS, told_well
from hostile_sheets import TEXTS, WRONG
from hypothesis import given, settings
from hypothesis import strategies as st
from random_frameworks import some_framework
from test_diff import SEEDED

from generator import check, diff, diff_text, reading, release
from generator.diff import SIZES

SPECIMEN = PROJECT / "tests" / "specimen"
TRIED = settings.default.max_examples
seeds = st.integers(0, 2**40)


def written(found):
    """What is said of it, in every format."""
    return [diff_text.formatted(found, format_).encode() for format_ in ("text", "markdown", "json")]


@settings(max_examples=TRIED // 4)
@given(one=some_framework(), other=some_framework())
def test_any_two_frameworks_can_be_compared_and_one_is_the_same_as_itself(one, other):
    found = diff.diff(one.as_data(), other.as_data())
    assert all(written(found))
    assert all(each.reason and each.size in SIZES for each in found.changes)
    same = diff.diff(one.as_data(), deepcopy(one.as_data()))
    assert (same.size, same.changes) == (None, ())


OPPOSED = (
    {"one question more in a form", "one question fewer in a form"},
    {"may not apply", "must apply"},
)
"""Each of two may take the other back."""


@settings(max_examples=TRIED // 2)
@given(names=st.lists(st.sampled_from(sorted(SEEDED)), min_size=1, max_size=5, unique=True))
def test_several_changes_are_as_large_as_the_largest_of_them_at_least(names):
    before = reading.framework(SPECIMEN).as_data()
    after, wanted = deepcopy(before), []
    # What is gone goes first: what is new could go again.
    for name in sorted(names, key=lambda name: (not name.startswith("a removed"), name)):
        if any(name in pair and pair <= set(names) for pair in OPPOSED):
            continue
        change, size, *_ = SEEDED[name]
        change(after)
        wanted.append(size)
    found = diff.diff(before, after)
    if wanted:
        assert found.size is not None
        assert SIZES.index(found.size) >= max(map(SIZES.index, wanted))
    assert all(written(found))


# Releases


@cache
def frozen():
    """A release of the specimen, as its file holds it."""
    framework = reading.framework(SPECIMEN)
    return json.loads(release.frozen(framework, date(2026, 11, 22)))


def harmed(held, random):
    """A release with something done to it, and a checksum that fits."""
    found = deepcopy(held)
    for _ in range(random.choice((1, 1, 2, 4))):
        holder, key = random.choice(list(_places(found)))
        deed = random.randrange(4)
        if deed == 0:
            holder[key] = random.choice((*WRONG, *TEXTS, *IDS, [holder[key]], {"id": holder[key]}))
        elif deed == 1:
            del holder[key]
        elif isinstance(holder, dict):
            holder[random.choice((*IDS, *TEXTS))] = holder[key]
        else:
            holder.insert(0, deepcopy(random.choice(holder)))
    found.pop("checksum", None)
    return {"checksum": release._checksum(found), **found}


def _places(part):
    if isinstance(part, dict | list):
        for key in list(part) if isinstance(part, dict) else range(len(part)):
            yield part, key
            yield from _places(part[key])


def put(folder, content):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SPECIMEN, folder)
    (folder / release.FOLDER).mkdir()
    (folder / release.FOLDER / "1.0.0.json").write_bytes(content)
    return folder


@settings(max_examples=TRIED // 4)
@given(seed=seeds)
def test_a_release_that_somebody_made_up_is_compared_or_is_a_problem(tmp_path_factory, seed):
    random = Random(seed)
    content = json.dumps(harmed(frozen(), random)).encode()
    folder = put(tmp_path_factory.getbasetemp() / "framework", content)
    found = reading.read(folder)
    told_well([*found.problems, *check._all(found)])
    assert found.releases or found.unsound_releases
    now = found.framework.as_data()
    for each in found.releases:
        for changes in (diff.diff(each.data, now), diff.diff(now, each.data)):
            assert all(written(changes))
        assert not diff.diff(each.data, each.data).changes


@settings(max_examples=TRIED // 10)
@given(seed=seeds)
def test_a_broken_file_of_a_release_is_a_problem(tmp_path_factory, seed):
    random = Random(seed)
    whole = json.dumps(frozen()).encode()
    at = random.randrange(len(whole))
    content = random.choice(
        (whole[:at], whole[:at] + b"\xff" + whole[at:], b"[" * at, b"9" * at, whole[:at] + b"\\ud83d" + whole[at:])
    )
    folder = put(tmp_path_factory.getbasetemp() / "framework", content)
    found = reading.read(folder)
    told_well(found.problems)
    assert found.releases == ()
    assert found.unsound_releases


def test_a_release_may_have_a_certain_size_and_a_framework_a_certain_number_of_them(tmp_path, monkeypatch):
    whole = json.dumps(frozen()).encode()
    folder = put(tmp_path / "framework", whole)
    monkeypatch.setattr(release, "LARGEST", len(whole))
    assert reading.read(folder).unsound_releases == ()
    monkeypatch.setattr(release, "LARGEST", len(whole) - 1)
    (problem,) = reading.read(folder).unsound_releases
    assert problem.message == "the file is too large for a release"
    monkeypatch.setattr(release, "LARGEST", len(whole))
    for limit, said in ((1, []), (0, ["the folder holds 1 releases"])):
        monkeypatch.setattr(release, "MOST_FILES", limit)
        assert [each.message for each in reading.read(folder).unsound_releases] == said


def test_very_long_texts_are_not_compared_word_by_word():
    one, other = "a b " * 20_000, "b a " * 20_000
    assert diff.in_words(one, other) == [("gone", one), ("new", other)]
    assert len(diff.in_words("a b c d", "a x c d")) > 2
