"""JSON Schemas of the framework's files, made from the model: with them an editor completes and complains while one types.

They are committed, so that an editor needs nothing installed. `stale` tells when the model has moved on. The contracts with other
people's tools have theirs too (DESIGN 5): those of what a site's pages save stand on each site.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from generator import files, sheet
from generator.model import FILE_KINDS, RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors' YAML support knows best."""

FOLDER = "schema"
"""Where the schemas stand, inside a framework's folder."""

SAVED = ("sheet", "result", "team")
"""The contracts of which a site's pages save files."""

TITLES: Mapping[str, str] = {
    "framework": "framework.yml: the framework's own facts",
    "section": "sections/: a page of indicators",
    "lens": "lenses/: a way to read the answers",
    "exercise": "exercises/: something to do in a meeting",
    "glossary": "glossary.yml: the words that need explaining",
    "sources": "sources.yml: the publications that are cited",
    "edition": "editions/…/edition.yml: whose edition it is, and on which release it builds",
    "benchmark": "benchmark.json: where the middle half of many people's values lies",
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file."""
    return {kind: schema(kind) for kind in FILE_KINDS}


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file.

    Arguments:
        kind: One of `FILE_KINDS`.
    """
    made = _without_null(TypeAdapter(FILE_KINDS[kind]).json_schema(by_alias=True))
    if kind == "lens":
        made["allOf"] = list(_messages_of_rules())
    return {"$schema": DRAFT, **made, "title": TITLES[kind]}


def contracts() -> dict[str, dict[str, Any]]:
    """The schema of each contract with other people's tools, by name: sheet, result, team, problems, diff."""
    from generator.contracts import CONTRACTS  # noqa: PLC0415  # so many models take time to load, and most commands do without

    made = {
        name: {"$schema": sheet.DIALECT, **_without_null(TypeAdapter(kind).json_schema()), "title": title}
        for name, (kind, title) in CONTRACTS.items()
    }
    return {"sheet": sheet.schema(), **made}


def write(folder: Path) -> list[Path]:
    """Write the schemas of a framework.

    Arguments:
        folder: The folder that holds framework.yml.

    Returns:
        The files that were not fresh, and are now.

    Raises:
        WriteError: When they cannot be written. Then nothing is changed.
    """
    texts = _texts(folder)
    return files.write({path: texts[path] for path in stale(folder)})


def stale(folder: Path) -> list[Path]:
    """The schema files that are not what `balcony schema` would write."""
    return [
        path for path, text in _texts(folder).items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def _texts(folder: Path) -> dict[Path, str]:
    return {
        folder / FOLDER / f"{kind}.json": json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        for kind, made in schemas().items()
    }


def _without_null(part: Any) -> Any:
    """Take out that an optional key may be null: it is left out, and one without a value is a mistake."""
    if isinstance(part, list):
        return [_without_null(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _without_null(value) for key, value in part.items() if not (key == "default" and value is None)}
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices and "default" in part and "default" not in kept:
        del kept["anyOf"]
        choices = [choice for choice in choices if choice != {"type": "null"}]
        kept = {**(choices[0] if len(choices) == 1 else {"anyOf": choices}), **kept}
    return kept


def _messages_of_rules() -> Iterator[dict[str, Any]]:
    """What messages a lens of each rule has, so that an editor offers the states by name."""
    for rule, states in RULES.items():
        messages = {
            state: {"type": "string", "description": _placeholders(placeholders)}
            for state, placeholders in states.items()
        }
        needed = [state for state in states if state != "essential-low"]
        yield {
            "if": {"properties": {"rule": {"const": rule}}, "required": ["rule"]},
            "then": {
                "properties": {
                    "messages": {
                        "type": "object",
                        "properties": messages,
                        "required": needed,
                        "additionalProperties": False,
                    }
                }
            },
        }


def _placeholders(names: frozenset[str]) -> str:
    return "May use " + ", ".join(f"{{{name}}}" for name in sorted(names)) + "."
