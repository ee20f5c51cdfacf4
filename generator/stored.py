"""All that a site may keep on a device: the one list, which the page on privacy shows and the browser's code keeps to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.words import marked, say

Area = Literal["indexedDB", "sessionStorage", "localStorage"]
"""Where a browser keeps something, as its own tools call it."""

PLACES: dict[Area, str] = {
    "indexedDB": marked("the database of your browser (IndexedDB)"),
    "sessionStorage": marked("what your browser keeps for one tab (session storage)"),
    "localStorage": marked("the storage of your browser (local storage)"),
}


@dataclass(frozen=True)
class Kept:
    """Something that a site keeps on a device."""

    label: str
    """What people call it."""
    name: str
    """Its own, where `{path}` is where the site stands on its host, and `{id}` the framework's id."""
    area: Area
    what: str
    """What it is, and what for."""
    when: str
    """What somebody does before it is written."""
    until: str
    """How long it stays; `{days}` are those of the framework's settings."""
    cleared: str
    """What takes it away at once."""
    stores: tuple[str, ...] = ()
    """Of a database: the object stores in it."""


KEPT = (
    Kept(
        marked("Saved sheets"),
        "balcony:{path}:{id}",
        "indexedDB",
        marked(
            "the sheets that you saved: what you answer about, answers, notes, ticks and plan, "
            "each sheet's name, and when it was changed"
        ),
        marked('as soon as you press "Save my answers on this device"'),
        marked("until {days} days after the last change; it goes when you come back after that"),
        marked('"Clear my answers", below every page of a form'),
        ("records",),
    ),
    Kept(
        marked("The sheet that a tab has open"),
        "balcony:{path}:{id}",
        "sessionStorage",
        marked("which saved sheet a tab has open, so that a reload goes on with it"),
        marked('as soon as you press "Save my answers on this device", or go on with a saved sheet'),
        marked("until the tab is closed"),
        marked('"Clear my answers", below every page of a form'),
    ),
    Kept(
        marked("Light or dark colours"),
        "{path}.__palette",
        "localStorage",
        marked("that you chose light or dark colours"),
        marked("as soon as you press the button for colours"),
        marked("until you choose the colours of your device again"),
        marked("the same button, pressed until it has the colours of your device"),
    ),
)
"""Nothing else: no cookies, no cache of its own, no service worker, no files."""


@dataclass(frozen=True)
class Row:
    """What is said of something that is kept, in the language that is spoken."""

    label: str
    name: str
    where: str
    what: str
    when: str
    until: str
    cleared: str


def rows(days: int, id_: str) -> list[Row]:
    """What a page says of all that is kept.

    Arguments:
        days: For which saved sheets stay.
        id_: Of the framework.
    """
    path = say("path")
    return [
        Row(
            say(each.label),
            each.name.format(path=f"[{path}]", id=id_),
            say(PLACES[each.area]),
            say(each.what),
            say(each.when),
            say(each.until, days=days),
            say(each.cleared),
        )
        for each in KEPT
    ]
