"""The 57 worked cases that both scorers share, and how a finding is compared with what is published."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

PUBLISHED = json.loads((Path(__file__).parent / "vectors" / "scoring.json").read_text(encoding="utf-8"))
CASES = PUBLISHED["cases"]


def fractions_in(part):
    """Every exact number of a case, with how a page shows it."""
    if isinstance(part, dict) and "fraction" in part:
        yield part["fraction"], part["display"]
    elif isinstance(part, dict):
        for value in part.values():
            yield from fractions_in(value)


def differences(expected, found, path=""):
    """Every place where what was found is not what is expected, in words. Level names are looked up, not computed."""
    if isinstance(expected, dict) and "fraction" not in expected:
        wanted = {key: value for key, value in expected.items() if key != "band_name"}
        return [each for key, value in wanted.items() for each in differences(value, found.get(key), f"{path}/{key}")]
    return [] if _equal(expected, found) else [f"{path}: {found!r} instead of {expected!r}"]


def _equal(expected, found):
    if isinstance(expected, dict):
        return found is not None and Fraction(str(found)) == Fraction(expected["fraction"])
    if isinstance(expected, str) and "/" in expected:
        return Fraction(str(found)) == Fraction(expected)
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(_equal, expected, found))
    if isinstance(expected, float):
        return found is not None and abs(float(found) - expected) < 2e-6
    return found == expected and type(found) is type(expected)
