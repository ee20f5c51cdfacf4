"""The files that both readers of sheets share, a small framework for them, and what has to be left of a file once it is read."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from random_frameworks import CITED

from generator.model import Form, Framework, Indicator, Level, Outline, Prompt, Scope, Section, Settings

PUBLISHED = json.loads((Path(__file__).parent / "vectors" / "sheets.json").read_text(encoding="utf-8"))
CASES = PUBLISHED["cases"]
RULES = PUBLISHED["rules"]


def content_of(case):
    """The bytes of a case's file."""
    if "base64" in case:
        return base64.b64decode(case["base64"])
    text = case["content"] if "content" in case else json.dumps({**PUBLISHED["base"], **case["fields"]})
    return text.encode().ljust(case.get("bytes", 0))


def small_framework():
    """A framework of which the published rules are true."""
    outline = Outline(
        id=RULES["id"],
        name="Small",
        version="1.0.0",
        summary="words",
        licence="none",
        levels=tuple(Level(level=n, name=f"Level {n}", meaning="words") for n in range(1, RULES["top"] + 1)),
        scope=Scope(work=Prompt(question="q", help="h"), team=Prompt(question="q", help="h")),
        choosing="words",
        sections=("only",),
        lenses=("none",),
        headline_lenses=("none",),
        forms=tuple(Form(id=id_, name=name, summary="words", minutes=1) for id_, name in RULES["forms"].items()),
        settings=Settings(),
    )
    indicators = tuple(_indicator(id_, **rule) for id_, rule in RULES["indicators"].items())
    section = Section(id="only", name="Only", summary="words", indicators=indicators)
    return Framework(outline=outline, sections=(section,), lenses=(), exercises=(), glossary=(), sources={})


def _indicator(id_, label, revision, not_applicable=False, formerly=()):
    texts = dict.fromkeys(range(1, RULES["top"] + 1), "text")
    return Indicator(
        id=id_,
        formerly=tuple(formerly),
        revision=revision,
        label=label,
        not_applicable="words" if not_applicable else None,
        levels=texts,
        next_steps=texts,
        evidence=("a", "b", "c"),
        forms=tuple(RULES["forms"]),
        sources=CITED,
        **dict.fromkeys(("question", "intent", "why", "discuss"), "words"),
    )


def fields_in(content):
    """What a file holds, as any reader of JSON has it: numbers are of one kind, and no character is half."""
    return _whole(json.loads(content.decode("utf-8-sig"), parse_int=float))


def _whole(value):
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return {_whole(key): _whole(each) for key, each in value.items()} if isinstance(value, dict) else value
