"""What the browser is given: the modules and styles of client/, and where they stand in a site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rcssmin import cssmin
from rjsmin import jsmin

from generator.catalogue import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.words import Words

CLIENT = Path(__file__).parent / "client"
"""The browser's modules and styles, as served."""

ADDRESS = "assets/balcony"
"""Where they stand in a site, from its top."""

STYLES = "edition.css"
"""Beside mkdocs.yml, if it is there: an edition's own colours."""

_IMPORT = re.compile(r'\b(?:from|import)\s*"#client/([\w-]+\.js)"')
_IMPORT_OR_LATER = re.compile(r'\b(?:from|import)\s*\(?\s*"#client/([\w-]+\.js)"')


def modules(entry: str, folder: Path = CLIENT, *, later: bool = False) -> list[str]:
    """A module of the client and all that it imports, so that a page can fetch them at once.

    Arguments:
        entry: The file name of the module that a page starts with.
        folder: Where the modules are.
        later: Also what is imported only when it is needed, by `import("#client/results.js")`.
    """
    imports = _IMPORT_OR_LATER if later else _IMPORT
    found = [entry]
    for name in found:
        # Comments name modules too, for their types.
        imported = imports.findall(jsmin((folder / name).read_text(encoding="utf-8")))
        found += [each for each in dict.fromkeys(imported) if each not in found]
    return found


_CARRIED = frozenset({"later.css", "kept.css"})
"""Styles that reach the browser inside data modules."""

_STRIPPED: dict[str, Callable[[str], str]] = {".js": jsmin, ".css": cssmin}


def publish(site_dir: Path, colours: str = "", words: Words | None = None) -> None:
    """Put the modules and styles into a site, without comments and white space; nothing is renamed or joined.

    Arguments:
        site_dir: The top of the site.
        colours: Styles that come after those of tokens.css.
        words: What the modules say, in another language than English.
    """
    folder = site_dir / ADDRESS
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(CLIENT.iterdir()):
        if path.suffix in _STRIPPED and path.name not in _CARRIED:
            text = path.read_text(encoding="utf-8") + (colours if path.name == "tokens.css" else "")
            text = in_words(text, words) if words and path.suffix == ".js" else text
            (folder / path.name).write_text(_STRIPPED[path.suffix](text), encoding="utf-8")
