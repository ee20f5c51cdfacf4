"""The history of the framework and of every question, as its page tells it."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator import history, reading
from generator.pages import Pages
from generator.release import Release

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def now():
    return reading.read(PROJECT / "framework")


def released(version, data, day="2026-11-22"):
    return Release(version, day, data | {"version": version})


def first(data):
    return data["sections"][0]["indicators"][0]


@pytest.fixture(scope="session")
def releases(now):
    """Three releases: the first has one question more, and another under a former id; the second an earlier wording."""
    data = now.framework.as_data()
    oldest, older = copy.deepcopy(data), copy.deepcopy(data)
    oldest["sections"][0]["indicators"].append(copy.deepcopy(first(data)) | {"id": "long-gone", "label": "Long gone"})
    first(older)["levels"]["3"] = "We once said <b>this</b>."
    # The framework as it is now says so of itself: revision 2 of its first question, under another id than at first.
    newest = copy.deepcopy(data)
    for each in (oldest, older):
        first(each)["revision"] = 1
    first(newest)["revision"] = 2
    first(oldest)["id"] = "first-name"
    first(older)["formerly"] = first(newest)["formerly"] = ["first-name"]
    return [released("1.0.0", oldest), released("1.1.0", older), released("2.0.0", newest, "2027-06-01")]


@pytest.fixture(scope="session")
def after(now, releases):
    """The framework as the latest release has it, but for one text."""
    indicator = now.framework.sections[0].indicators[0]
    changed = indicator.model_copy(update={"revision": 2, "formerly": ("first-name",), "intent": "A new intent."})
    section = now.framework.sections[0]
    section = section.model_copy(update={"indicators": (changed, *section.indicators[1:])})
    framework = now.framework.model_copy(update={"sections": (section, *now.framework.sections[1:])})
    return replace(now, framework=framework, releases=tuple(releases))


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_newest_version_comes_first_and_what_is_not_released_before_it(after):
    found = history.versions(after.framework, after.releases)
    assert [(each.number, each.diff and each.diff.size) for each in found] == [
        (None, "patch"),
        ("2.0.0", "major"),
        ("1.1.0", "major"),
        ("1.0.0", None),
    ]


def test_each_question_has_its_story_and_removed_ones_come_last(after):
    found = {each.id: each for each in history.questions(after.framework, after.releases)}
    story = found[after.framework.sections[0].indicators[0].id]
    assert [(each.what, each.version) for each in story.events] == [
        ("since", "1.0.0"),
        ("renamed", "1.1.0"),
        ("revised", "2.0.0"),
    ]
    gone = found["long-gone"]
    assert gone.is_removed
    assert [(each.what, each.version) for each in gone.events] == [("since", "1.0.0"), ("removed", "1.1.0")]
    assert list(found)[-1] == "long-gone"
    assert len(found) == len(after.framework.indicators) + 1


def test_the_page_tells_it_and_every_word_of_a_release_stays_a_word(after):
    html = Pages(after).history()
    text = text_of(html)
    assert "Version 2.0.0 {: #version-2-0-0 }" in unescape(html)
    assert "1 June 2027" in text
    assert "asked since 1.0.0 , renamed in 1.1.0 , revised in 2.0.0" in text
    assert "Long gone" in text
    assert "<del>" in html
    assert "<ins>" in html
    assert "&lt;b&gt;" in html
    assert "<b>this</b>" not in html


def test_without_a_release_the_page_says_so(now):
    assert "No version has been released yet." in Pages(replace(now, releases=())).history()


def test_earlier_wordings_are_those_that_answers_may_still_have_and_no_others(after):
    found = history.earlier_wordings(after.framework.as_data(), after.releases)
    id_ = after.framework.sections[0].indicators[0].id
    assert set(found) == {id_, "first-name", "long-gone"}
    assert found[id_]["1"]["levels"]["3"] == "We once said <b>this</b>."
    assert found["long-gone"]["1"]["label"] == "Long gone"
