"""Data as YAML that people go on editing: keys in order, no quotes that are not needed, a text in a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from generator import files, reading, schema
from generator.model import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.document import Document

_FLOW_WIDTH = 100
"""Characters, up to which a list of ids stands in one line."""


class _Dumper(yaml.SafeDumper):
    """Indents lists below their keys, and quotes with double quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002 - PyYAML gives it
        return super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> Any:
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _list(dumper: yaml.SafeDumper, values: tuple[Any, ...]) -> yaml.Node:
    words = [each for each in values if isinstance(each, int) or re.match(ID_PATTERN, str(each))]
    is_short = len(words) == len(values) and len(", ".join(map(str, values))) <= _FLOW_WIDTH
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(tuple, _list)


def dumped(data: Any) -> str:
    """Data as YAML: lists are tuples, or lists."""
    return str(
        yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False)
    )


def text(document: Document) -> str:
    """A file of a framework, with the line that names its schema."""
    up = "../" if "/" in document.file else ""
    written = dumped(document.data)
    if document.kind == "section":  # an empty line before every question but the first
        head, *rest = re.split(r"\n(?=  - id: )", written)
        written = head + "\n" + "\n\n".join(rest) if rest else head
    elif document.kind == "sources":
        written = re.sub(r"\n(?=\S)", "\n\n", written)
    return f"# yaml-language-server: $schema={up}{schema.FOLDER}/{document.kind}.json\n{written}"


def write(documents: Iterable[Document], folder: Path) -> list[Path]:
    """Write the files of a framework, and the schemas that they name.

    Arguments:
        documents: Sound ones, so that their names are names of files.
        folder: Where they go. It is made.

    Returns:
        The files of the framework.

    Raises:
        WriteError: When they cannot be written. Then nothing is there.
    """
    with files.folder(folder) as new:
        for name in reading.FOLDERS:
            (new / name).mkdir()
        texts = {document.file: text(document) for document in documents}
        files.write({new / name: each for name, each in texts.items()})
        schema.write(new)
    return [folder / name for name in texts]
