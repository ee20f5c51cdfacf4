"""A language made for tests: every text is its English in brackets, so that whatever lacks them was never translated."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import yaml
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from pathlib import Path

OPEN, CLOSE = "«", "»"


def bracketed(text: str) -> str:
    """A text in brackets."""
    return f"{OPEN}{text}{CLOSE}"


def translate(folder: Path) -> None:
    """Fill in all that `balcony edition translate` has written down.

    Arguments:
        folder: The translation's.
    """
    for path in sorted(folder.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        told = {id_: {**_filled(each["from"]), "status": "draft", "from": each["from"]} for id_, each in data.items()}
        path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
    for path in sorted((folder / "content").rglob("*.md")):
        text = path.read_text(encoding="utf-8").replace("status: to-do", "status: draft")
        text = re.sub(r"^(title: |# )(.*)$", lambda found: found[1] + bracketed(found[2]), text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    catalogue = folder / "interface.po"
    if catalogue.is_file():
        catalogue.write_text(_catalogue(catalogue.read_text(encoding="utf-8")), encoding="utf-8")


def _filled(value):
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items()}
    return [_filled(each) for each in value] if isinstance(value, list) else bracketed(value)


def _catalogue(text: str) -> str:
    catalog = read_po(BytesIO(text.encode()))
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(bracketed(message.id[1]) for _ in range(catalog.num_plurals))
        elif message.id:
            message.string = bracketed(message.id)
    written = BytesIO()
    write_po(written, catalog, width=0)
    return written.getvalue().decode()
