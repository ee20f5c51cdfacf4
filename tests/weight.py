"""What a run through a form weighs, and what it may weigh and take (DESIGN 6)."""

from __future__ import annotations

import gzip

KB = 1024
MOST = {"quick": 26 * KB, "standard": 45 * KB}
"""Bytes of a whole run to the results, compressed, by form."""
MOST_SCRIPTS = 18 * KB
"""Of which scripts."""
MOST_MS = {40: 5, 1_000: 16}
"""From a click on an answer until it is handed to storage and the progress is up to date, by number of questions."""


def watch(page):
    """List the addresses that a page asks for from now on."""
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    return fetched


def weights(fetched, site, address):
    """What a host that compresses sends: bytes by file of the site."""
    files = {site / url.removeprefix(address) for url in fetched if url.startswith(address)}
    return {
        file: len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 6)) for file in files
    }


def of_scripts(found):
    """The bytes of the scripts among all."""
    return sum(weight for file, weight in found.items() if file.suffix == ".js")
