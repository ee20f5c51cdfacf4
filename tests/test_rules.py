"""What every rule needs (docs/add-a-rule.md): a rule that lacks one of these is named here, before anybody meets it on a page."""

from __future__ import annotations

import re
from dataclasses import replace

import contracts
import pytest
from conftest import PROJECT

from generator import reading
from generator.model import RULE_NAMES, RULES
from generator.pages import Pages
from generator.score import score

CLIENT = PROJECT / "generator" / "client"


@pytest.fixture(scope="module")
def pages(framework_folder):
    """The pages of a framework that has a lens for each rule."""
    framework = contracts.framework()
    lenses = tuple(
        each.model_copy(update={"messages": dict.fromkeys(RULES[each.rule], "words")}) for each in framework.lenses
    )
    found = reading.read(framework_folder)
    return Pages(replace(found, framework=framework.model_copy(update={"lenses": lenses})))


def test_the_framework_of_the_examples_has_a_lens_for_each_rule():
    assert {each.rule for each in contracts.framework().lenses} == set(RULE_NAMES)


@pytest.mark.parametrize("number", [2, 5])
def test_every_rule_has_states_of_its_own_in_a_result(number):
    """In the real scoring, and described by the schema."""
    framework = contracts.framework()
    result = score(framework, "short", dict.fromkeys(framework.indicators, number))
    assert {each["rule"] for each in result["lenses"].values()} == set(RULE_NAMES)
    assert all(each["state"] in RULES[each["rule"]] for each in result["lenses"].values())


def test_every_rule_is_told_in_words_of_its_own(pages):
    """Not in those of another rule, which a template would take where it has none."""
    said = {rule: re.findall(r"<p>(.*?)</p>", pages.rule(rule), re.DOTALL) for rule in RULE_NAMES}
    explained = [found[0] for found in said.values()]
    captions = [next(each for each in found if each.startswith("Each ")) for found in said.values()]
    assert len(set(explained)) == len(RULE_NAMES), "templates/pages/rules.html: name, idea, how"
    assert len(set(captions)) == len(RULE_NAMES), "templates/pages/figure.html"


def test_every_rule_stands_on_the_page_about_scoring():
    text = (PROJECT / "content/about/scoring.md").read_text(encoding="utf-8")
    assert [rule for rule in RULE_NAMES if f'{{{{ rule("{rule}") }}}}' not in text] == []


@pytest.mark.parametrize("module", ["score.js", "picture.js"])
def test_every_rule_is_known_to_the_browser(module):
    table = (CLIENT / module).read_text(encoding="utf-8").split("const RULES = {", 1)[1].split("\n};", 1)[0]
    known = re.findall(r"^  (\w+)[:(]", table, re.MULTILINE)
    assert [rule for rule in RULE_NAMES if rule not in known] == []
