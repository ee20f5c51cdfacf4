"""What is served says what the sources say, in fewer characters."""

from __future__ import annotations

import pytest

from generator.assets import CLIENT


@pytest.mark.parametrize("path", sorted(CLIENT.glob("*.css")), ids=lambda path: path.name)
def test_the_styles_that_are_served_are_those_of_the_source(page, built_site, path):
    rules = """(text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\\s+/g, " ").replace(/ ?([,()]) ?/g, "$1"));
    }"""
    served = (built_site / "assets/balcony" / path.name).read_text(encoding="utf-8")
    assert page.evaluate(rules, served) == page.evaluate(rules, path.read_text(encoding="utf-8"))
