"""The single-file edition: a built page with all it needs inside, which runs from disk with the network off.

A page offers it by a link, `<a href="NAME.html" download data-single-file>`. What only makes sense on the site stands in
elements marked `data-online`, and what makes sense only while links lead to other pages in elements marked `data-linked`.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from generator.assets import modules
from generator.content_security import protected

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_OFFER = "data-single-file"

_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
"""The types that have to be right, whatever this machine thinks of them. Browsers look at the bytes of other images."""

_CSS_ADDRESS = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+?)["']?\s*\)""")
_SCRIPT_END = re.compile(r"</script\s*>", re.IGNORECASE)


def publish(site_dir: Path, site_url: str | None) -> None:
    """Write the single file of each page that offers one, to where the page's link leads.

    Arguments:
        site_dir: The top of the site.
        site_url: The address at which the site is published, if that is known.
    """
    for path in sorted(site_dir.rglob("index.html")):
        # Most pages offer none and are not worth parsing.
        if _OFFER.encode() in path.read_bytes():
            page = _Page(path, site_dir, site_url)
            if page.offered:
                page.offered.write_text(page.rewritten, encoding="utf-8")


def single_file(page: Path, site_dir: Path, site_url: str | None) -> str:
    """A built page as one document that asks for nothing else, and is held to it by its policy.

    Arguments:
        page: The page's file.
        site_dir: The top of the site, with its modules, styles and images in place.
        site_url: The address at which the site is published: links to other pages lead there. Without it they are
            plain text.
    """
    return _Page(page, site_dir, site_url).rewritten


class _Page(HTMLParser):
    """Reads a page and rewrites what leads out of it. All else stays as it is, to the letter."""

    offered: Path | None = None
    """Where the page's single file should be, if it offers one."""

    def __init__(self, path: Path, site_dir: Path, site_url: str | None) -> None:
        super().__init__()
        self._path = path
        self._address = _address(site_url, path.parent.relative_to(site_dir).as_posix())
        self._text = path.read_text(encoding="utf-8")
        self._lines = [0, *accumulate(len(line) + 1 for line in self._text.split("\n"))]
        self._folders: dict[str, Path] = {}
        """The folders of modules, by the prefix that the import map gives them."""
        self._left_out: list[int] = []
        """Where the element that is being left out begins, and each element of its kind inside it."""
        self._left_out_tag = ""
        self._parts: list[str] = []
        self._done = 0
        self.feed(self._text)
        self.close()
        self.rewritten = protected("".join([*self._parts, self._text[self._done :]]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag, and rewrite it unless it is left out with what it stands in."""
        of = {name: value or "" for name, value in attrs}
        if _OFFER in of:
            self.offered = self._file(of["href"])
        if self._left_out:
            self._left_out += [self._at] if tag == self._left_out_tag else []
        elif "data-online" in of or _OFFER in of or ("data-linked" in of and not self._address):
            self._left_out, self._left_out_tag = [self._at], tag
        else:
            self._rewrite(tag, of)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element out once it is whole."""
        if self._left_out and tag == self._left_out_tag:
            start = self._left_out.pop()
            if not self._left_out:
                self._replace(start, self._text.index(">", self._at) + 1, "")

    def _rewrite(self, tag: str, of: dict[str, str]) -> None:
        start, end = self._at, self._at + len(self.get_starttag_text() or "")
        match tag:
            case "a" if _leads_away(of.get("href", "#")):
                self._replace(start, end, _tag("a", self._leading_on(of)))
            case "img" if _leads_away(of["src"]):
                self._replace(start, end, _tag("img", {**of, "src": _data_url(self._file(of["src"]))}))
            case "link":
                self._replace(start, end, self._linked(of))
            case "script" if of.get("type") == "importmap":
                content, end = self._script(end)
                prefixes = json.loads(content)["imports"]
                self._folders = {prefix: self._file(address) for prefix, address in prefixes.items()}
                self._replace(start, end, "")
            case "script" if "src" in of:
                # The map says more than the page's own, and comes here, where it is known what the page starts with.
                self._replace(start, self._script(end)[1], _scripts(self._file(of["src"]), self._folders))

    def _leading_on(self, of: dict[str, str]) -> dict[str, str]:
        """The attributes of a link to another page, in a file on its own."""
        if self._address:
            return {**of, "href": urljoin(self._address, of["href"])}
        return {name: value for name, value in of.items() if name not in ("href", "target")}

    def _linked(self, of: dict[str, str]) -> str:
        """What becomes of a `link` element: but for styles and the icon, it says what to fetch, or where the page is."""
        match of.get("rel"):
            case "stylesheet":
                return f"<style>{_css(self._file(of['href']))}</style>"
            case "icon":
                return _tag("link", {**of, "href": _data_url(self._file(of["href"]))})
        return ""

    def _file(self, address: str) -> Path:
        return _file(self._path, address)

    def _script(self, start: int) -> tuple[str, int]:
        """What a script holds that begins here, and where the element ends."""
        found = _SCRIPT_END.search(self._text, start)
        assert found
        return self._text[start : found.start()], found.end()

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _replace(self, start: int, end: int, new: str) -> None:
        self._parts += [self._text[self._done : start], new]
        self._done = end


def _leads_away(address: str) -> bool:
    """Whether an address is another one of this site."""
    return not address.startswith("#") and not urlsplit(address).scheme


def _address(site_url: str | None, folder: str) -> str | None:
    """Where a page is published that stands in a folder of the site."""
    return urljoin(f"{site_url.rstrip('/')}/", f"{folder}/") if site_url else None


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>"


def _file(origin: Path, address: str) -> Path:
    """The file to which a file of the site points."""
    return (origin.parent / unquote(urlsplit(address).path)).resolve()


def _data_url(path: Path) -> str:
    type_ = _TYPES.get(path.suffix.lower(), "application/octet-stream")
    return f"data:{type_};base64,{b64encode(path.read_bytes()).decode()}"


def _css(path: Path) -> str:
    """A stylesheet that loads nothing and cannot close its element: in CSS, an escaped slash is a slash."""
    text = path.read_text(encoding="utf-8")
    inlined = _CSS_ADDRESS.sub(lambda found: f"url({_data_url(_file(path, found[1]))})", text)
    return inlined.replace("</", "<\\/")


def _scripts(entry: Path, folders: Mapping[str, Path]) -> str:
    """The import map with every module that a page may ask for, and the import of the one that it starts with."""
    found = {
        f"{prefix}{path.relative_to(folder).as_posix()}": path
        for prefix, folder in folders.items()
        for path in _modules(entry, folder)
    }
    (start,) = (name for name, path in found.items() if path == entry)
    imports = {name: _data_url(path) for name, path in found.items()}
    return (
        f'<script type="importmap">{_json({"imports": imports})}</script>\n'
        f'<script type="module">import {_json(start)}</script>'
    )


def _modules(entry: Path, folder: Path) -> list[Path]:
    """What may be asked for of a folder: of the one that holds the entry, what leads from there; of others, anything."""
    if entry.parent != folder:
        return sorted(folder.rglob("*.js"))
    return [folder / name for name in modules(entry.name, folder, later=True)]


def _json(value: object) -> str:
    """JSON that is inert inside a script element."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
