"""What Lighthouse says of one page of every kind, as on a phone: `make lighthouse`, beside the 100 that DESIGN 6 asks for.

The site is built aside and served as a static host serves it. Pages and a site of one's own can be named:
`make lighthouse ARGS="home glossary"`, `make lighthouse ARGS="--site site about/method/"`.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import browser
from conftest import PROJECT, _Handler, served
from weight import KB

CLI = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
MISSING = "Lighthouse is not installed: that needs Node.js 18.16 or newer, with npm (`make lighthouse` then brings it)."

CATEGORIES = {
    "performance": "speed",
    "accessibility": "access",
    "best-practices": "practice",
    "seo": "SEO",
}
"""What Lighthouse scores, each with its short name in the table."""

SITE, EDITION, WELSH = "the site", "an edition", "a Welsh site"

KINDS = {
    "home": (SITE, ""),
    "section": (SITE, "framework/"),
    "lens": (SITE, "framework/strategic-triangle/"),
    "indicators": (SITE, "framework/indicators/"),
    "map": (SITE, "framework/map/"),
    "glossary": (SITE, "framework/glossary/"),
    "exercise": (SITE, "exercises/quiet-questions/"),
    "guide": (SITE, "guide/first-session/"),
    "role": (SITE, "guide/roles/chair/"),
    "privacy": (SITE, "about/privacy/"),
    "accessibility": (SITE, "about/accessibility/"),
    "scoring": (SITE, "about/scoring/"),
    "quick": (SITE, "assess/quick/"),
    "standard": (SITE, "assess/standard/"),
    "team": (SITE, "team/"),
    "404": (SITE, "404.html"),
    "file": (SITE, "assess/quick/systems-leadership-quick.html"),
    "edition": (EDITION, ""),
    "welsh": (WELSH, "cy/"),
}
"""The pages that are looked at: which site each is of, and where it stands in that."""

UNSEEN_BY_SEARCH = frozenset({"file"})
"""Pages that people keep on a disk. Lighthouse opens none from there, so they are served; no search engine finds them."""

EDITION_ID = "fire-and-rescue"
FLAGS = ("--headless=new", *browser.flags())
AS_ON_A_PHONE = ("--form-factor=mobile", "--throttling-method=simulate")


class _Host(_Handler):
    """Keeps connections, compresses, and lets browsers ask again each time, as the page for web hosts says."""

    protocol_version = "HTTP/1.1"

    def send_head(self):
        """Answer with the head, and return the body."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if self.path.endswith("/") else path
        if not file.is_file():
            return super().send_head()
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        return io.BytesIO(body)


def main():
    """Measure the pages and print the table.

    Returns:
        0 when all is 100, 1 when something is below, or a sentence that says what is missing.
    """
    given = read_arguments()
    lacking = missing()
    if lacking:
        return lacking
    pages = {name: KINDS.get(name, (SITE, name)) for name in given.pages or KINDS}
    with TemporaryDirectory() as folder, ExitStack() as servers:
        sites = {of: given.site if of == SITE and given.site else Path(folder) / of for of, _ in pages.values()}
        for of, place in sites.items():
            if not place.is_dir():
                build(of, place)
        addresses = {of: servers.enter_context(served(place, _Host)) for of, place in sites.items()}
        show(heading())
        found = {}
        for name, (of, path) in pages.items():
            found[name] = measured(addresses[of] + path, given.times, categories_of(name))
            show(row(name, found[name]))
    show("\n" + "\n".join(notes(found, given.times)))
    faults = [line for name, report in found.items() for line in faults_of(name, report)]
    show("\n" + "\n".join(faults or ["All is 100."]))
    return 1 if faults else 0


def read_arguments():
    kinds = ", ".join(KINDS)
    parser = argparse.ArgumentParser(prog="make lighthouse ARGS=…", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "pages", nargs="*", metavar="PAGE", help=f"{kinds}, or an address such as about/method/; without it, all kinds"
    )
    parser.add_argument("--site", type=Path, help="a built site; without it, the site is built aside")
    parser.add_argument("--times", type=int, default=3, help="how often each page is opened; the middle one counts")
    return parser.parse_args()


def missing():
    """What this machine lacks, as a sentence; or None."""
    if not shutil.which("node") or not CLI.is_file():
        return MISSING
    return None if browser.executable() else browser.MISSING


def show(text):
    print(text, flush=True)  # noqa: T201 - for whoever runs it


# Sites


def build(of, place):
    """Build a site into a folder."""
    edition = ("--edition", EDITION_ID) if of == EDITION else ()
    if of != WELSH:
        balcony(PROJECT, "build", "--strict", "--site-dir", str(place), *edition)
        return
    # The framework that the tests of languages build on, with its edition in English and Welsh.
    project = place.with_name("project")
    shutil.copytree(PROJECT / "tests" / "other", project)
    shutil.copytree(PROJECT / "generator", project / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", project)
    balcony(project, "release", "1.0.0")
    balcony(project, "pages")
    balcony(project, "build", "--edition", "rhandir", "--site-dir", str(place))


def balcony(project, *arguments):
    ran = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=project, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(f"balcony {' '.join(arguments)} ended with status {ran.returncode}:\n{ran.stdout}{ran.stderr}")


# Reports


def categories_of(name):
    return [each for each in CATEGORIES if each != "seo" or name not in UNSEEN_BY_SEARCH]


def measured(address, times, categories):
    """Open a page several times.

    Returns:
        The report in the middle, by the score for speed: what else is on the machine sways that.
    """
    reports = sorted((report(address, categories) for _ in range(times)), key=lambda each: score(each, "performance"))
    return reports[len(reports) // 2]


def report(address, categories):
    command = [
        *("node", str(CLI), address, "--output=json", "--quiet", "--no-enable-error-reporting", *AS_ON_A_PHONE),
        *(f"--only-categories={','.join(categories)}", f"--chrome-flags={' '.join(FLAGS)}"),
    ]
    environment = {**os.environ, "CHROME_PATH": browser.executable()}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    found = json.loads(ran.stdout) if ran.stdout.startswith("{") else {}
    if ran.returncode or "runtimeError" in found:
        sys.exit(
            f"Lighthouse could not open {address}:\n{found.get('runtimeError', {}).get('message', '')}{ran.stderr}"
        )
    return found


def score(found, category):
    """From 0 to 100, or None where the category was not asked for."""
    return round(found["categories"][category]["score"] * 100) if category in found["categories"] else None


def heading():
    scores = "".join(f"{name:>10}" for name in CATEGORIES.values())
    return f"{'page':<14}{scores}{'blocked ms':>12}{'LCP s':>8}{'KB':>8}"


def row(name, found):
    scores = ("–" if score(found, each) is None else str(score(found, each)) for each in CATEGORIES)
    value = {key: audit.get("numericValue", 0) for key, audit in found["audits"].items()}
    return (
        f"{name:<14}{''.join(f'{each:>10}' for each in scores)}{value['total-blocking-time']:>12.0f}"
        f"{value['largest-contentful-paint'] / 1000:>8.2f}{value['total-byte-weight'] / KB:>8.1f}"
    )


def notes(found, times):
    """What has to be known to read the table."""
    version = next(iter(found.values()))["lighthouseVersion"]
    pace = median(each["environment"]["benchmarkIndex"] for each in found.values())
    yield f"Lighthouse {version}, mobile, simulated throttling; each page opened {times} times, the middle one counts."
    yield f"This machine's benchmark index is {pace:.0f}, its load {os.getloadavg()[0]:.1f}. A busy machine gives lower speeds."
    if "404" in found:
        yield "404 is opened as a page of its own: Lighthouse scores nothing that comes with the status 404."
    if UNSEEN_BY_SEARCH & set(found):
        yield "file is served: Lighthouse opens nothing from a disk. No search engine finds a file on a disk, so it has no SEO."


def faults_of(name, found):
    """What keeps a page below 100: a line for each audit, and for each element that it names."""
    for id_, category in found["categories"].items():
        if score(found, id_) == 100:
            continue
        for part in category["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                said = (audit["title"], audit.get("displayValue"), audit.get("explanation"))
                yield f"{name}: {CATEGORIES[id_]}: {part['id']}: {'; '.join(filter(None, said))}"
                yield from (f"    {each}" for each in elements_of(audit))
        if id_ == "performance":
            for task in items(found["audits"]["long-tasks"]):
                yield f"    long task: {task['url'] or 'the browser'}, {task['duration']:.0f} ms"


def elements_of(audit):
    """What an audit points at: the markup of elements, or what was said in the console."""
    for item in items(audit):
        at = item.get("node") or {}
        text = at.get("snippet") or item.get("description") or item.get("url")
        if isinstance(text, str):
            yield text


def items(audit):
    return (audit.get("details") or {}).get("items", [])


if __name__ == "__main__":
    sys.exit(main())
