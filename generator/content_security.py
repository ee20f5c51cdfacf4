"""What a page may load, run and send: a policy in its head, made of what the finished page itself holds.

A script runs if it is a file of the site, or if it stood in the page when that was built: then its hash is in the policy.
So text that somehow became markup in a browser runs nothing, and nothing of a page can be sent anywhere. What only the
web host can say is on the page "Put it on a web host".
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_OURS = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*"><meta name="referrer" content="[^"]*">')
_START = re.compile(r"<head\b[^>]*>(?:\s*<meta charset[^>]*>)?", re.IGNORECASE)
"""Where a policy goes: before all that it is about. What says how the page is written may stand before it."""
_ELEMENT = re.compile(r"<!--.*?-->|<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r"""\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_OWN_FILE = re.compile(r"""<script\b[^>]*\bsrc\s*=|<link\b[^>]*\brel\s*=\s*["']?stylesheet""", re.IGNORECASE)
_MEDIA = re.compile(r"<(?:audio|video)\b", re.IGNORECASE)
_FILE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_DATA = re.compile(r"""\btype\s*=\s*["']?[^\s"'>]*json""", re.IGNORECASE)
"""Of a script that is none: no policy is about it."""
_STYLE_IN_SCRIPT = re.compile(r"""(["'`])(\.[\w-]+\{(?:(?!\1)[^\\])+\})\1""")
"""A style sheet that a script holds as text: Zensical's for its search, which it puts into the page."""


def publish(site_dir: Path) -> None:
    """Give every page of a site, single files included, its policy.

    Arguments:
        site_dir: The top of the site, with all pages as they will be.
    """
    bundles = sorted(site_dir.glob("assets/javascripts/bundle.*.js"))
    styles = [found[2] for path in bundles for found in _STYLE_IN_SCRIPT.finditer(path.read_text(encoding="utf-8"))]
    for path in sorted(site_dir.rglob("*.html")):
        path.write_text(protected(path.read_text(encoding="utf-8"), styles), encoding="utf-8")


def protected(page: str, styles: Iterable[str] = ()) -> str:
    """A page with its policy, and with the request to tell no other site where a link was followed.

    Arguments:
        page: The whole HTML. A policy that an earlier build has put there is replaced.
        styles: As for `policy`.
    """
    bare = _OURS.sub("", page)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(bare, styles)}">'
        '<meta name="referrer" content="no-referrer">'
    )
    return _START.sub(lambda found: found[0] + head, bare, count=1)


def policy(page: str, styles: Iterable[str] = ()) -> str:
    """The narrowest policy under which a page does all that it did.

    Arguments:
        page: The whole HTML, without a policy.
        styles: What the theme's script puts into pages as the content of `style` elements.
    """
    found = [each.groups() for each in _ELEMENT.finditer(page) if each[1]]
    inline = [(tag.lower(), text) for tag, of, text in found if not (_FILE.search(of) or _DATA.search(of))]
    attributes = [unescape(each[1] or each[2] or "") for each in _STYLE_ATTRIBUTE.finditer(_ELEMENT.sub("", page))]
    is_of_theme = 'id="__config"' in page
    itself = _if("'self'", holds=bool(_OWN_FILE.search(page)))
    rules = {
        "default-src": ["'none'"],
        "script-src": [
            *itself,
            # A single file has its modules, as addresses, in its import map: `file:` is nobody's own.
            *_if("data:", holds=any('"data:text/javascript' in text for _, text in inline)),
            *_hashes(text for tag, text in inline if tag == "script"),
        ],
        "style-src": [
            *itself,
            *_hashes(text for tag, text in inline if tag == "style"),
            *_hashes(styles if is_of_theme else ()),
            # Of styles alone, and an attribute still counts only by its own hash.
            *_if("'unsafe-hashes'", holds=bool(attributes)),
            *_hashes(attributes),
        ],
        # The theme's styles hold their own pictures.
        "img-src": [*itself, *_if("data:", holds=is_of_theme or '="data:' in page)],
        "media-src": _if("'self'", holds=bool(_MEDIA.search(page))),
        # The theme fetches what its search knows, and the menu of versions which there are. A form fetches nothing; but
        # who looks at it with Lighthouse has it asked for robots.txt, by this rule. A file on a disk is asked for nothing.
        "connect-src": itself,
        "worker-src": _if("'self'", holds='data-md-component="search"' in page),
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return ";".join(f"{name} {' '.join(sources)}" for name, sources in rules.items() if sources)


def _if(source: str, *, holds: bool) -> list[str]:
    return [source] if holds else []


def _hashes(texts: Iterable[str]) -> Iterator[str]:
    for text in dict.fromkeys(texts):
        yield f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
