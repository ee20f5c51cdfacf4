"""The colours of tokens.css: whatever stands on whatever can be read, in light and in dark (WCAG 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from generator.assets import CLIENT

BLOCKS = re.findall(r"([^{}]+)\{([^{}]*--balcony-paper[^{}]*)\}", (CLIENT / "tokens.css").read_text(encoding="utf-8"))

TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "accent-soft"),
    ("ink", "attention-soft"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "accent-soft"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "accent-soft"),
    ("attention", "paper"),
    ("attention", "attention-soft"),
    ("on-primary", "primary"),
]
GRAPHICS = [
    ("control", "paper"),
    ("control", "surface"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("attention", "surface"),
]


def colours(block):
    return dict(re.findall(r"--balcony-([\w-]+):\s*(#[0-9a-f]{6})", block))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_there_are_light_colours_and_dark_ones_said_alike_for_both_kinds_of_page():
    light, theme_dark, device_dark = (colours(block) for _, block in BLOCKS)
    assert theme_dark == device_dark
    assert light.keys() == theme_dark.keys()


@pytest.mark.parametrize(
    "block", [block for _, block in BLOCKS], ids=["light", "dark of the theme", "dark of the device"]
)
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, GRAPHICS)], ids=["text", "graphics"])
def test_every_pair_has_contrast_enough(block, least, pairs):
    colour = colours(block)
    found = {pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}
