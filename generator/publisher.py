"""What only the publisher of a site knows: who they are, what they tested, what their host keeps.

Each fact has one place: mkdocs.yml, below `extra: publisher:`. The address of the site is `site_url`. An edition says its
organisation, its contact and its address in edition.yml, and that goes before. Until a fact is told, pages show words in brackets; only
the address may be missing for good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from generator import document
from generator.problems import nearest, quoted
from generator.rendering import heading
from generator.words import day, marked, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.document import Document
    from generator.model import EditionNote
    from generator.problems import Problem

CONFIGURATION = "mkdocs.yml"
_AT = ("extra", "publisher")
_LONGEST_REPLY = 365

Kind = Literal["text", "texts", "days", "date", "status"]


@dataclass(frozen=True)
class Fact:
    """Something that a publisher tells."""

    wanted: str
    """What stands in brackets until then."""
    example: str
    """How it is written."""
    kind: Kind = "text"


FACTS: Mapping[str, Fact] = {
    "address": Fact(marked("this website"), "https://example.org/"),
    "organisation": Fact(marked("name of your organisation"), "Anytown Partnership"),
    "contact": Fact(marked("e-mail address and telephone number"), "access@example.org, 01632 960000"),
    "reply_days": Fact(marked("number"), "10", "days"),
    "status": Fact(marked("State what your own audit finds."), "partially", "status"),
    "issues": Fact(
        marked("List what your audit finds, with the success criterion and the date by which it will be mended."),
        '["The menu cannot be reached by keyboard (2.1.1); mended by 1 March 2027"]',
        "texts",
    ),
    "prepared": Fact(marked("date"), "2026-11-22", "date"),
    "reviewed": Fact(marked("date"), "2026-11-22", "date"),
    "tested": Fact(marked("date"), "2026-11-20", "date"),
    "tested_by": Fact(marked("who tested the site"), "Anytown Digital"),
    "method": Fact(
        marked("which pages were tested, why these, and with what"), "Six pages, one of each kind, with a screen reader"
    ),
    "host_log": Fact(marked("what your host keeps, and for how long"), "the address of each visitor, for 30 days"),
}
"""By the name that pages and mkdocs.yml use."""

_ELSEWHERE = {"address": "site_url"}
"""Facts that stand at the top of mkdocs.yml, under a name of their own."""

_STATUS = {
    "fully": marked(
        "This website is fully compliant with the Web Content Accessibility Guidelines version 2.2 AA standard."
    ),
    "partially": marked(
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, "
        "due to the non-compliances listed below."
    ),
    "not": marked(
        "This website is not compliant with the Web Content Accessibility Guidelines version 2.2 AA standard. "
        "The non-compliances are listed below."
    ),
}
"""The words of the model statement, which the law asks for as they are (METHOD 3.6)."""

Facts = dict[str, Any]
"""What is told, by name."""


def facts(project: Path, edition: EditionNote | None = None) -> Facts:
    """What the publisher of a site has told. What is wrong is left out: `problems` says it.

    Arguments:
        project: The folder that holds mkdocs.yml.
        edition: Which edition the site is of, where it is one.
    """
    found, _ = _read(project)
    own = {"organisation": edition.organisation, "contact": edition.contact} if edition else {}
    here = FACTS["address"].wanted
    return {"address": say(here), **found, **own}


def problems(project: Path) -> list[Problem]:
    """What is wrong with what the publisher has told.

    Arguments:
        project: The folder that holds mkdocs.yml.
    """
    _, wrong = _read(project)
    return list(wrong)


def missing(name: str) -> str:
    """What to do about a fact that is not told."""
    return f"write {name}: {FACTS[name].example}, below publisher: below extra: in {CONFIGURATION}"


def markdown(told: Facts, name: str) -> str:
    """A fact as a page says it.

    Arguments:
        told: What is told.
        name: Of the fact; one of `FACTS`.
    """
    fact = FACTS[name]
    value = told.get(name)
    match fact.kind:
        case _ if value is None:
            return f"{_before(name)}**[{say(fact.wanted)}]**"
        case "date":
            return day(value.isoformat())
        case "status":
            return say(_STATUS[value])
        case "texts":
            return "\n".join(f"- {heading(each)}" for each in value) or say("Nothing was found.")
        case _:
            return _linked(str(value))


_LINKED = re.compile(r"(?:mailto:|https?://)(\S+)")


def _linked(text: str) -> str:
    """A text, which is a link where it is nothing but an address."""
    found = _LINKED.fullmatch(text)
    if not found:
        return str(heading(text))
    shown = found[1] if text.startswith("mailto:") else text
    return str(Markup('<a href="{}">{}</a>').format(text, heading(shown)))


def _before(name: str) -> str:
    """What is true as long as a fact is not told."""
    if name != "status":
        return ""
    aim = say(
        "The aim is the Web Content Accessibility Guidelines version 2.2, level AA. The site has not been audited against it."
    )
    return f"{aim} "


def _read(project: Path) -> tuple[Facts, tuple[Problem, ...]]:
    file = project / CONFIGURATION
    return _read_text(file.read_bytes()) if file.is_file() else ({}, ())


@lru_cache(maxsize=4)
def _read_text(content: bytes) -> tuple[Facts, tuple[Problem, ...]]:
    # What is no framework's YAML, such as a tag, is the engine's business, and so is a file that cannot be read.
    found, _ = document.parse(content, CONFIGURATION, "configuration")
    if found is None or not isinstance(found.data, dict):
        return {}, ()
    address = found.data.get("site_url")
    told: Facts = {"address": address} if isinstance(address, str) and address else {}
    value = next((value for _, value in found.find(*_AT)), None)
    if value is None:
        return told, ()
    if not isinstance(value, dict):
        return told, (found.problem(_AT, "facts are wanted here", f"such as {_example('organisation')}"),)
    known = {name: each for name, each in value.items() if name in FACTS and name not in _ELSEWHERE}
    faults = {name: fault for name, each in known.items() if (fault := _fault(FACTS[name].kind, each))}
    told |= {name: each for name, each in known.items() if name not in faults}
    wrong = [found.problem((*_AT, name), fault, f"such as {_example(name)}") for name, fault in faults.items()]
    return told, (*_unknown(found, value), *wrong, *_at_odds(found, told))


def _example(name: str) -> str:
    return f"{name}: {FACTS[name].example}"


def _unknown(found: Document, value: Mapping[str, Any]) -> Iterator[Problem]:
    known = [name for name in FACTS if name not in _ELSEWHERE]
    for name in value:
        if name in _ELSEWHERE:
            hint = f"{_ELSEWHERE[name]} at the top of the file says it: leave this out"
            yield found.key_problem((*_AT, name), f"{quoted(name)} has another place", hint)
        elif name not in known:
            yield found.key_problem(
                (*_AT, name), f"{quoted(name)} is not a key that is known here", nearest(name, known)
            )


def _fault(kind: Kind, value: object) -> str:
    """Why a value is none of its kind; empty where it is one."""
    if value in (None, ""):
        return "nothing is written here: leave the key out until you know"
    match kind:
        case "text":
            return "" if isinstance(value, str) and value.strip() else "a text is wanted, in quotes if need be"
        case "texts":
            is_list = isinstance(value, tuple) and all(isinstance(each, str) and each.strip() for each in value)
            return "" if is_list else "a list of texts is wanted, and [] where nothing was found"
        case "days":
            is_days = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LONGEST_REPLY
            return "" if is_days else f"{quoted(value)} is no number of days, from 1 to {_LONGEST_REPLY}"
        case "date":
            is_day = isinstance(value, date) and not isinstance(value, datetime)
            return "" if is_day else f"{quoted(value)} is no date: a year, a month and a day, without quotes"
        case "status":
            return "" if value in _STATUS else f"{quoted(value)} is not allowed: {', '.join(_STATUS)}"


def _at_odds(found: Document, told: Facts) -> Iterator[Problem]:
    """Facts that cannot both be true."""
    status, issues = told.get("status"), told.get("issues")
    if status == "fully" and issues:
        message = '"fully" does not go with issues'
        yield found.problem((*_AT, "status"), message, "write partially or not, or issues: []")
    if status in ("partially", "not") and issues == ():
        yield found.problem(
            (*_AT, "issues"), f"a site that is {status} compliant has some", "list what the audit found"
        )
    if "prepared" in told and told.get("reviewed", date.max) < told["prepared"]:
        message = "the statement was reviewed before it was prepared"
        yield found.problem((*_AT, "reviewed"), message, "mend one of the two dates")
