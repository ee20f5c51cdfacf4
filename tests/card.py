"""Draw the picture that other sites show beside a link to ours, from the home page as it is built.

    .venv/bin/python tests/card.py [EDITION]

writes `content/assets/card.png`, of the site itself or of an edition. Its name, mark, colours and first heading are those of
the home page, so it is drawn again when one of them changes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import browser
from conftest import PROJECT, served
from playwright.sync_api import sync_playwright

from generator.rendering import render

SIZE = {"width": 1200, "height": 630}
"""Pixels that the large sites ask for."""

STYLE = """
body { background: var(--balcony-primary); color: var(--balcony-on-primary); display: grid; gap: 40px; margin: 0;
  grid-template: auto 1fr / 1fr 410px; height: 630px; padding: 64px 72px; box-sizing: border-box; }
.name { align-items: center; display: flex; font: 600 40px/1 var(--balcony-display); gap: 20px; grid-column: 1 / -1; }
.name img { height: 72px; width: 72px; }
.words { align-self: center; font: 600 76px/1.12 var(--balcony-display); text-wrap: balance; }
svg { align-self: center; background: var(--balcony-paper); border-radius: 24px; padding: 16px; }
"""

DRAW = """({ picture }) => {
  const name = document.querySelector(".md-header__topic .md-ellipsis").textContent.trim();
  const words = document.querySelector("h1").firstChild.textContent.trim();
  const mark = document.querySelector(".md-logo img").cloneNode();
  const made = (className, ...inside) => {
    const $made = document.createElement("div");
    $made.className = className;
    $made.append(...inside);
    return $made;
  };
  document.documentElement.style.fontSize = "20px";
  document.body.className = "";
  document.body.replaceChildren(made("name", mark, name), made("words", words));
  document.body.insertAdjacentHTML("beforeend", picture);
}"""


def main(edition: str | None) -> None:
    """Build the site, and draw from its home page."""
    top = PROJECT / "editions" / edition if edition else PROJECT
    path = top / "content" / "assets" / "card.png"
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder) / "site"
        of = ["--edition", edition] if edition else []
        command = [sys.executable, "-m", "generator", "build", "--site-dir", str(built), *of]
        subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        with served(built) as address:
            chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.flags())
            page = chromium.new_page(viewport=SIZE, bypass_csp=True, color_scheme="light")
            page.goto(address)
            page.evaluate(DRAW, {"picture": render("pages/picture.html")})
            page.add_style_tag(content=STYLE)
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path)
            chromium.close()
    sys.stdout.write(f"{path.relative_to(PROJECT)}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
