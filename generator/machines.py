"""What a site says of itself to programs that read it: its pages, with a sentence on each, as `llms.txt` (llmstxt.org)."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from generator import configuration
from generator.words import marked, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "llms.txt"

FILES = {
    "framework.json": marked(
        "The whole framework: levels, sections, questions, lenses, exercises, sources and glossary."
    ),
    "sheet.schema.json": marked("JSON Schema of the answers that a form saves."),
    "result.schema.json": marked("JSON Schema of a result."),
    "team.schema.json": marked("JSON Schema of a team view."),
}
"""What else a program can read at the top of a site."""


class Head(NamedTuple):
    """What a page says of itself in its head."""

    title: str
    description: str


def heads(site_dir: Path, site_name: str) -> dict[str, Head]:
    """What each page of a built site says of itself, by its address.

    Arguments:
        site_dir: The top of the site.
        site_name: The name of the site, with which titles end.
    """
    return {
        path.relative_to(site_dir).as_posix().removesuffix("index.html"): _head(path, site_name)
        for path in sorted(site_dir.rglob("index.html"))
    }


def _head(path: Path, site_name: str) -> Head:
    head = path.read_text(encoding="utf-8").partition("</head>")[0]
    title = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    description = re.search(r'<meta\s+name="description"\s+content="([^"]*)"', head)
    said = re.sub(rf"\s+[-–]\s+{re.escape(site_name)}$", "", unescape(title[1]).strip()) if title else ""
    return Head(said, unescape(description[1]) if description else "")


def publish(site_dir: Path, told: Mapping[str, Any], pages: Mapping[str, Head], site_url: str | None = None) -> None:
    """Write llms.txt at the top of a built site.

    Arguments:
        site_dir: The top of the site.
        told: What mkdocs.yml says.
        pages: What the pages say of themselves, from `heads`.
        site_url: The address at which the site is published, if that is known: links lead there. Without it, they are
            relative.
    """
    top = f"{site_url.rstrip('/')}/" if site_url else ""
    navigation = told.get("nav") or [f"{address}index.md" for address in pages]
    files = [f"- [{name}]({top}{name}): {say(about)}" for name, about in FILES.items() if (site_dir / name).is_file()]
    parts = [
        f"# {told.get('site_name', '')}",
        f"> {told.get('site_description', '')}",
        *_listed(navigation, pages, top),
        "\n".join([f"## {say('For programs')}", "", *files]),
    ]
    (site_dir / NAME).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _listed(navigation: list[Any], pages: Mapping[str, Head], top: str) -> Iterator[str]:
    """The pages that stand alone in the navigation, and then each heading of it with all pages below."""
    alone = [entry for entry in navigation if not _below(entry)]
    yield from filter(None, [_links(alone, pages, top)])
    for entry in navigation:
        for label, inside in _below(entry).items():
            yield f"## {label}\n\n{_links(inside, pages, top)}"


def _below(entry: Any) -> dict[str, list[Any]]:
    """The heading that an entry of the navigation is, with what stands below it; nothing for a page."""
    return (
        {label: inside for label, inside in entry.items() if isinstance(inside, list)}
        if isinstance(entry, dict)
        else {}
    )


def _links(entries: list[Any], pages: Mapping[str, Head], top: str) -> str:
    return "\n".join(_link(address, pages[address], top) for address in _addresses(entries) if address in pages)


def _link(address: str, head: Head, top: str) -> str:
    about = f": {head.description}" if head.description else ""
    title = re.sub(r"([\[\]])", r"\\\1", head.title)
    return f"- [{title}]({top + address or './'}){about}"


def _addresses(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for inside in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(inside, list):
                yield from _addresses(inside)
            else:
                yield configuration.address(str(inside))
