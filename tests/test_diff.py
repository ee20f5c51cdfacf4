"""What `balcony diff` says of a change to the framework: what it does, and whether it is a patch, minor or major."""

from __future__ import annotations

import copy
import json
import re
import shutil
from html import unescape
from pathlib import Path

import markdown
import pytest
from click.testing import CliRunner

from generator import __main__ as command
from generator.diff import diff, in_words, indicators_of, next_versions, unraised
from generator.diff_text import formatted
from generator.model import Outline, Settings

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data(framework):
    return framework.as_data()


def indicator(data, at=0):
    return data["sections"][0]["indicators"][at]


def lens_of(data, rule):
    return next(each for each in data["lenses"] if each["rule"] == rule)


def other_words(text):
    return f"{text} And one thing more is said here."


def more_spread(data):
    data["settings"]["wide_spread"] = "1/2"


def new_indicator(data, feeds=True, forms=("standard",)):
    added = copy.deepcopy(indicator(data)) | {"id": "quite-new", "label": "Quite new", "forms": list(forms)}
    data["sections"][0]["indicators"].append(added)
    if feeds:
        data["lenses"][0]["dimensions"][0]["indicators"].append("quite-new")


def raised(data, **fields):
    indicator(data).update(fields, revision=indicator(data)["revision"] + 1)


def set_level(data, text, *, raise_revision):
    indicator(data)["levels"]["3"] = text
    if raise_revision:
        raised(data)


def remove_indicator(data):
    gone = data["sections"][0]["indicators"].pop(0)["id"]
    for lens in data["lenses"]:
        for dimension in lens["dimensions"]:
            dimension["indicators"] = [each for each in dimension["indicators"] if each != gone]


def rename_indicator(data):
    was = indicator(data)["id"]
    text = json.dumps(data).replace(json.dumps(was), '"called-otherwise"')
    data.clear()
    data.update(json.loads(text))
    indicator(data)["formerly"] = [was]


def feed_one_more(data):
    lens = data["lenses"][0]
    used = {id_ for dimension in lens["dimensions"] for id_ in dimension["indicators"]}
    lens["dimensions"][0]["indicators"].append(next(e["id"] for e in indicators_of(data) if e["id"] not in used))


def swap(items):
    items[0], items[1] = items[1], items[0]


def without(part, key):
    del part[key]


def first_with(data, key):
    return next(each for section in data["sections"] for each in section["indicators"] if key in each)


def first_lacking(data, key):
    return next(each for section in data["sections"] for each in section["indicators"] if key not in each)


SEEDED = {
    # What reads differently.
    "a lens's introduction": (lambda d: d["lenses"][0].update(intro="Another introduction."), "patch", "read", "lens"),
    "a message": (lambda d: d["lenses"][0]["messages"].update(aligned="In line: {lowest}."), "patch", "read", "lens"),
    "an indicator's intent": (lambda d: indicator(d).update(intent="Another intent."), "patch", "read", "indicator"),
    "evidence": (lambda d: indicator(d).update(evidence=["a", "b", "c"]), "patch", "read", "indicator"),
    "a next step": (
        lambda d: indicator(d)["next_steps"].update({"2": "Ask one person."}),
        "patch",
        "read",
        "indicator",
    ),
    "a discussion question": (lambda d: indicator(d).update(discuss="What now?"), "patch", "read", "indicator"),
    "a comma in a level": (
        lambda d: set_level(d, indicator(d)["levels"]["3"].replace(".", "!"), raise_revision=False),
        "patch",
        "read",
        "indicator",
    ),
    "an exercise's steps": (
        lambda d: d["exercises"][0]["steps"][0].update(do="Sit down."),
        "patch",
        "read",
        "exercise",
    ),
    "a glossary term's meaning": (lambda d: d["glossary"][0].update(meaning="Otherwise."), "patch", "read", "term"),
    "the order of sections": (lambda d: swap(d["sections"]), "patch", "read", "framework"),
    "the order of questions": (lambda d: swap(d["sections"][0]["indicators"]), "patch", "read", "framework"),
    "a warning sign's text": (lambda d: d["warning_signs"][0].update(text="Doors."), "patch", "read", "warning sign"),
    "the headline lenses": (lambda d: d["headline_lenses"].pop(), "minor", "read", "framework"),
    "a renamed indicator": (rename_indicator, "minor", "read", "indicator"),
    "the licence": (lambda d: d.update(licence="All rights reserved"), "major", "read", "framework"),
    # What is new.
    "a new indicator that no form asks yet": (lambda d: new_indicator(d, feeds=False), "minor", "new", "indicator"),
    "a new indicator that counts": (new_indicator, "minor", "new", "indicator"),
    "a new lens": (
        lambda d: d["lenses"].append(copy.deepcopy(d["lenses"][0]) | {"id": "new-lens"}),
        "minor",
        "new",
        "lens",
    ),
    "a new exercise": (
        lambda d: d["exercises"].append(copy.deepcopy(d["exercises"][0]) | {"id": "new-exercise"}),
        "minor",
        "new",
        "exercise",
    ),
    "a new option": (
        lambda d: d["context"][0]["options"].append({"id": "other", "label": "Another"}),
        "minor",
        "new",
        "option",
    ),
    "a new part of a lens": (
        lambda d: d["lenses"][0]["dimensions"].append(copy.deepcopy(d["lenses"][0]["dimensions"][0]) | {"id": "more"}),
        "major",
        "new",
        "dimension",
    ),
    # What is gone.
    "a removed exercise": (lambda d: d["exercises"].pop(), "major", "gone", "exercise"),
    "a removed lens": (lambda d: d["lenses"].pop(), "major", "gone", "lens"),
    "a removed indicator": (remove_indicator, "major", "gone", "indicator"),
    "a removed warning sign": (lambda d: d["warning_signs"].pop(), "major", "gone", "warning sign"),
    "a removed glossary term": (lambda d: d["glossary"].pop(), "minor", "gone", "term"),
    # Who is asked something different.
    "a level's text": (
        lambda d: set_level(d, other_words(indicator(d)["levels"]["3"]), raise_revision=True),
        "major",
        "asked",
        "indicator",
    ),
    "another question": (lambda d: raised(d, question="Who decides here?"), "major", "asked", "indicator"),
    "a clearer question": (
        lambda d: indicator(d).update(question=indicator(d)["question"].replace("?", " today?")),
        "patch",
        "asked",
        "indicator",
    ),
    "a level's name": (lambda d: d["levels"][0].update(name="Dormant"), "major", "asked", "level"),
    "a level's meaning": (lambda d: d["levels"][0].update(meaning="Not begun."), "major", "asked", "level"),
    "one question more in a form": (
        lambda d: next(e for s in d["sections"] for e in s["indicators"] if e["forms"] == ["standard"])["forms"].append(
            "quick"
        ),
        "minor",
        "asked",
        "indicator",
    ),
    "one question fewer in a form": (
        lambda d: next(e for s in d["sections"] for e in s["indicators"] if "quick" in e["forms"])["forms"].remove(
            "quick"
        ),
        "major",
        "asked",
        "indicator",
    ),
    "may not apply": (
        lambda d: first_lacking(d, "not_applicable").update(not_applicable="Only if you are alone."),
        "minor",
        "asked",
        "indicator",
    ),
    "must apply": (
        lambda d: without(first_with(d, "not_applicable"), "not_applicable"),
        "major",
        "asked",
        "indicator",
    ),
    # What is scored differently.
    "a threshold": (more_spread, "major", "scored", "setting"),
    "the minimum group": (lambda d: d["settings"].update(minimum_group=6), "minor", "scored", "setting"),
    "a lens's rule": (lambda d: d["lenses"][0].update(rule="profile"), "major", "scored", "lens"),
    "an old question in one more part": (feed_one_more, "major", "scored", "dimension"),
    "an essential part": (
        lambda d: lens_of(d, "profile")["dimensions"][0].update(essential=True),
        "major",
        "scored",
        "dimension",
    ),
}


@pytest.mark.parametrize(("change", "size", "effect", "kind"), SEEDED.values(), ids=SEEDED)
def test_each_change_has_its_size_its_effect_and_a_reason(data, change, size, effect, kind):
    changed = copy.deepcopy(data)
    change(changed)
    found = diff(data, changed)
    assert found.size == size
    assert any((each.effect, each.kind, each.size) == (effect, kind, size) for each in found.changes)
    assert all(each.reason for each in found.changes)


def test_nothing_has_changed_where_nothing_did(data):
    found = diff(data, copy.deepcopy(data))
    assert (found.size, found.changes) == (None, ())


def test_a_renamed_indicator_is_no_new_one_and_nothing_that_names_it_has_changed(data):
    changed = copy.deepcopy(data)
    rename_indicator(changed)
    found = diff(data, changed)
    assert [(each.field, each.old, each.new) for each in found.changes] == [
        ("id", indicator(data)["id"], "called-otherwise")
    ]


def test_what_belongs_to_something_new_is_not_told_again(data):
    changed = copy.deepcopy(data)
    changed["lenses"].append(copy.deepcopy(changed["lenses"][0]) | {"id": "new-lens"})
    assert [each.kind for each in diff(data, changed).changes] == ["lens"]


def test_readers_are_told_first_who_is_asked_something_different(data):
    changed = copy.deepcopy(data)
    for change in ("a removed exercise", "a lens's introduction", "a threshold", "a new exercise", "a level's name"):
        SEEDED[change][0](changed)
    assert list(dict.fromkeys(each.effect for each in diff(data, changed).changes)) == [
        "asked",
        "scored",
        "read",
        "new",
        "gone",
    ]


def test_every_threshold_has_a_size_of_its_own_choosing(data):
    """A setting that is new to the model is a change of scoring, unless it is said to be none."""
    for name in Settings.model_fields:
        changed = copy.deepcopy(data)
        changed["settings"][name] = "9"
        found = diff(data, changed)
        shown_only = name in {
            "minimum_group",
            "minimum_group_allowed",
            "counted_group",
            "benchmark_sheets",
            "days_kept",
        }
        assert found.size == ("minor" if shown_only else "major")


def test_no_key_of_the_outline_changes_unseen(data):
    seen_elsewhere = {
        "version",
        "sections",
        "lenses",
        "forms",
        "settings",
        "context",
        "warning_signs",
        "levels",
        "scope",
    }
    for name in set(Outline.model_fields) - seen_elsewhere - {"id", "edition"}:
        changed = copy.deepcopy(data) | {name: "otherwise"}
        assert diff(data, changed).size, name


def test_the_scale_is_not_changed_without_a_new_revision(data):
    changed = copy.deepcopy(data)
    set_level(changed, "We did something else altogether.", raise_revision=False)
    assert unraised(data, changed) == {indicator(data)["id"]: "what people chose has changed: level 3"}
    raised(changed)
    assert unraised(data, changed) == {}


def test_spelling_and_a_clearer_question_need_no_new_revision_and_another_question_does(data):
    changed = copy.deepcopy(data)
    first, second = indicator(changed), indicator(changed, 1)
    first["levels"]["3"] = first["levels"]["3"].upper()
    first["question"] = first["question"].replace("?", " today?")
    second["question"] = "Who decides here?"
    assert unraised(data, changed) == {second["id"]: "the question keeps fewer than half of its words"}


def test_a_revision_never_goes_down(data):
    earlier = copy.deepcopy(data)
    indicator(earlier)["revision"] = 3
    assert unraised(earlier, data) == {indicator(data)["id"]: "the revision was 3 and never goes down"}


@pytest.mark.parametrize(
    ("size", "versions"),
    [
        ("patch", ["1.2.4", "1.3.0", "2.0.0"]),
        ("minor", ["1.3.0", "2.0.0"]),
        ("major", ["2.0.0"]),
    ],
)
def test_the_next_numbers(size, versions):
    assert next_versions("1.2.3", size) == versions


def test_words_that_went_and_came_are_marked_and_the_rest_stays():
    pieces = in_words("We ask partners first.", "We ask our partners.")
    assert "".join(text for kind, text in pieces if kind != "new") == "We ask partners first."
    assert "".join(text for kind, text in pieces if kind != "gone") == "We ask our partners."
    assert ("new", "our ") in pieces


@pytest.fixture
def versions(tmp_path, data):
    """A framework of which 1.0.0 is released, and whose text has changed since."""
    folder = tmp_path / "framework"
    shutil.copytree(PROJECT / "framework", folder, ignore=shutil.ignore_patterns("releases", "CHANGELOG.md"))
    run = CliRunner().invoke(command.main, ["release", "1.0.0", "--framework", str(folder), "--date", "2026-11-22"])
    assert run.exit_code == 0, run.output
    section = folder / "sections" / f"{data['sections'][0]['id']}.yml"
    text = section.read_text(encoding="utf-8")
    section.write_text(text.replace(f"intent: {indicator(data)['intent']}", "intent: We know why."), encoding="utf-8")
    return folder


def balcony(*arguments):
    return CliRunner().invoke(command.main, list(map(str, arguments)))


def test_the_command_says_what_changed_since_the_latest_release(versions, data):
    run = balcony("diff", "--framework", versions)
    assert run.exit_code == 0
    assert run.output.startswith("From 1.0.0 to the framework as it is now, patch: 1 reads differently.")
    assert f"indicator {indicator(data)['id']}, intent (patch: a text that does not carry the scale)" in run.output
    assert "{+" in run.output
    assert "[-" in run.output


def test_tools_get_the_same_as_json(versions, data):
    found = json.loads(balcony("diff", "1.0.0", ".", "--framework", versions, "--format", "json").output)
    assert (found["format"], found["old"], found["size"]) == ("balcony-diff/1", "1.0.0", "patch")
    (change,) = found["changes"]
    assert (change["id"], change["new"]) == (indicator(data)["id"], "We know why.")


def test_markdown_shows_hostile_words_as_they_are(data):
    changed = copy.deepcopy(data)
    hostile = "<script>alert(1)</script> [link](https://evil.example) @everyone `rm -rf` | # ![x](y)"
    indicator(changed)["intent"] = hostile
    written = formatted(diff(data, changed), "markdown")
    html = markdown.markdown(written, extensions=["tables"])
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "strong", "h3", "ul", "li", "br", "del", "ins"}
    shown = unescape(re.sub(r"<del>.*?</del>|<[^>]+>", "", html)).replace("\u200b", "")
    assert hostile in shown
    assert "@everyone" not in html  # GitHub calls people by it
    assert "https://evil" not in html  # GitHub makes a link of it


def test_a_version_that_is_not_there_is_named_with_those_that_are(versions):
    run = balcony("diff", "0.9.0", "--framework", versions)
    assert run.exit_code == 2
    assert 'there is no release "0.9.0"; allowed: 1.0.0 and .' in " ".join(run.output.split())


def test_without_a_release_the_command_says_how_to_make_the_first(tmp_path):
    folder = tmp_path / "framework"
    shutil.copytree(PROJECT / "framework", folder, ignore=shutil.ignore_patterns("releases", "CHANGELOG.md"))
    run = balcony("diff", "--framework", folder)
    assert run.exit_code == 2
    assert "balcony release 1.0.0" in run.output


def test_a_release_that_was_changed_is_named_before_anything_is_compared(versions):
    frozen = versions / "releases" / "1.0.0.json"
    frozen.write_text(frozen.read_text(encoding="utf-8").replace("2026-11-22", "2026-11-23"), encoding="utf-8")
    run = balcony("diff", "--framework", versions)
    assert run.exit_code == 1
    assert "releases/1.0.0.json:1:1: release 1.0.0: the file was changed after it was released" in run.output


def test_releases_are_compared_whatever_is_wrong_with_the_framework_and_wherever_it_is(versions, tmp_path):
    folder = tmp_path / "releases" / "ours"
    shutil.copytree(versions, folder)
    (folder / "framework.yml").write_text("id: x\n", encoding="utf-8")
    run = balcony("diff", "1.0.0", "1.0.0", "--framework", folder)
    assert (run.exit_code, "framework.yml" in run.output) == (0, False), run.output
