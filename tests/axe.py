"""axe, the accessibility checker, over a page as it stands. It finds some faults of some kinds: it is no audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}


def violations(page: Page) -> list[str]:
    """Run axe over the whole page in the state that it is in.

    Call it again after every step: axe itself is loaded once for a document.

    Returns:
        A line for each element that breaks a rule: `rule: target (help)`.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", _OPTIONS)
    return [_line(violation, node) for violation in found["violations"] for node in violation["nodes"]]


def _line(violation: dict[str, Any], node: dict[str, Any]) -> str:
    # A target inside a frame or a shadow root is a list in the list.
    target = " ".join(str(part) for part in node["target"])
    return f"{violation['id']}: {target} ({violation['help']})"
