"""What is served says what the sources say, in fewer characters."""

from __future__ import annotations

import json

import pytest

from generator.assets import CLIENT

CARRIED = {"later.css": lambda modules: modules["looks.js"], "kept.css": lambda modules: modules["earlier.js"]["looks"]}
"""Styles that come inside a data module, and where in it."""


def served(site, name):
    """Styles as a browser gets them."""
    if name not in CARRIED:
        return (site / "assets/balcony" / name).read_text(encoding="utf-8")
    folder = site / "assets/balcony/framework"
    modules = {
        path.name: json.loads(path.read_text(encoding="utf-8").removeprefix("export default "))
        for path in folder.glob("*.js")
    }
    return CARRIED[name](modules)


@pytest.mark.parametrize("path", sorted(CLIENT.glob("*.css")), ids=lambda path: path.name)
def test_the_styles_that_are_served_are_those_of_the_source(page, built_site, path):
    rules = """(text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\\s+/g, " ").replace(/ ?([,:()]) ?/g, "$1"));
    }"""
    assert page.evaluate(rules, served(built_site, path.name)) == page.evaluate(rules, path.read_text(encoding="utf-8"))
