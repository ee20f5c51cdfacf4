"""mkdocs.yml as data: read without running what it names, and written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDE = 10_000
"""Characters of a line: no text is broken."""


class _Tagged:
    """A value with a tag that only MkDocs knows, such as `!ENV`."""

    def __init__(self, tag: str, node: yaml.Node) -> None:
        self.tag, self.node = tag, node


class _Loader(yaml.SafeLoader):
    """Constructs nothing but texts, lists and mappings."""


class _Dumper(yaml.SafeDumper):
    """Writes them again."""


_Loader.add_multi_constructor("!", lambda _, suffix, node: _Tagged(f"!{suffix}", node))
_Dumper.add_representer(_Tagged, lambda _, tagged: _retagged(tagged))


def _retagged(tagged: _Tagged) -> yaml.Node:
    tagged.node.tag = tagged.tag
    return tagged.node


def read(text: str) -> dict[str, Any]:
    """What mkdocs.yml says.

    Arguments:
        text: Its text.
    """
    data: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - see _Loader
    return data


def written(data: dict[str, Any]) -> str:
    """The text of mkdocs.yml."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE))


def labels(nav: list[Any]) -> Iterator[str]:
    """What the navigation calls pages and the headings above them."""
    for entry in nav:
        for label, inside in entry.items() if isinstance(entry, dict) else ():
            yield label
            if isinstance(inside, list):
                yield from labels(inside)


def address(page: str) -> str:
    """Where a page of the navigation is, from the top of the site: `about/scoring.md` is at `about/scoring/`."""
    folder, _, name = page.removesuffix(".md").rpartition("/")
    return "".join(f"{part}/" for part in (folder, "" if name == "index" else name) if part)


def relabelled(nav: list[Any], say: Callable[[str], str]) -> list[Any]:
    """The navigation with other labels."""
    return [
        {say(label): relabelled(inside, say) if isinstance(inside, list) else inside for label, inside in entry.items()}
        if isinstance(entry, dict)
        else entry
        for entry in nav
    ]
