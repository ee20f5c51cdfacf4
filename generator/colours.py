"""Colours that can be read: contrast as WCAG 2.2 computes it, and the nearest colour that has enough of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from generator.assets import CLIENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Colours

TEXT = 4.5
"""Contrast of text with what is behind it, at least (WCAG 1.4.3)."""
_STEPS = 100
_ON_PRIMARY = "#ffffff"
"""The letters in the head of each page."""


@cache
def papers() -> tuple[tuple[str, str], tuple[str, str]]:
    """Paper and surface, in light and in dark, as tokens.css has them: what an accent stands on."""
    text = (CLIENT / "tokens.css").read_text(encoding="utf-8")
    paper, surface = (re.findall(rf"--balcony-{name}:\s*(#[0-9a-f]{{6}})", text) for name in ("paper", "surface"))
    return (paper[0], surface[0]), (paper[1], surface[1])


def unreadable(told: Colours) -> Iterator[tuple[str, str]]:
    """The colours of an edition that cannot be read where they stand, each key with the nearest that can."""
    light, dark = papers()
    for key, colour, against, towards in (
        ("primary", told.primary, (_ON_PRIMARY,), "#000000"),
        ("accent", told.accent, light, "#000000"),
        ("accent_dark", told.accent_dark, dark, "#ffffff"),
    ):
        if colour and (found := nearest(colour, against, towards)) != colour.lower():
            yield key, found


def made_readable(colour: str) -> tuple[str, str]:
    """A colour as one behind white letters and one of links on white: itself, or the nearest that can be read there."""
    light, _ = papers()
    return nearest(colour, (_ON_PRIMARY,), "#000000"), nearest(colour, light, "#000000")


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21.

    Arguments:
        first: As six hexadecimal digits, such as `#0b4f5a`.
        second: Likewise.
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another in it.

    Arguments:
        colour: Six hexadecimal digits, such as `#0b4f5a`.
        other: Likewise.
        share: Of the other, from 0 to 1.
    """
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def nearest(colour: str, against: Iterable[str], towards: str, least: float = TEXT) -> str:
    """The colour itself, if it can be read; or else the nearest to it that can, on the way to black or white.

    Arguments:
        colour: That is wanted.
        against: All that it stands on, or that stands on it.
        towards: `#000000` or `#ffffff`.
        least: Contrast that it needs with each.
    """
    wanted = list(against)
    for step in range(_STEPS + 1):
        found = mixed(colour, towards, step / _STEPS)
        if all(contrast(found, each) >= least for each in wanted):
            return found
    return towards


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the formula of WCAG 2.2
        for part in (each / 255 for each in _parts(colour))
    ]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
