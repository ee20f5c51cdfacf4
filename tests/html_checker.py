"""The Nu Html Checker, npm's `vnu-jar`, over a whole site at once. It runs with Java."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

JAR = Path(__file__).resolve().parent.parent / "node_modules/vnu-jar/build/dist/vnu.jar"

NOT_YET_KNOWN = {
    # https://drafts.csswg.org/css-ui-4/#field-sizing; browsers without it show a text box of a fixed height.
    "CSS: “field-sizing”: Property “field-sizing” doesn't exist.",
}
"""What the checker complains about because it is newer than the checker."""


def missing() -> str | None:
    """What the checker needs and this machine has not, as a sentence; or None."""
    if not JAR.exists():
        return (
            "The HTML checker is not installed: that needs Node.js 18 or newer, with npm (`make test` then brings it)."
        )
    # On some systems `java` is there and only says where to get Java.
    java = shutil.which("java")
    if not java or subprocess.run([java, "-version"], capture_output=True, check=False).returncode != 0:
        return (
            "The HTML checker needs Java, and there is none that runs (Debian: apt-get install default-jre-headless)."
        )
    return None


def errors(folder: Path) -> list[str]:
    """Every error in the HTML pages of a folder: `page:line: what is wrong`."""
    command = ["java", "-jar", JAR, "--errors-only", "--skip-non-html", "--format", "json", folder]
    checked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    messages = json.loads(checked.stderr)["messages"]
    return [_line(message, folder) for message in messages if message["message"] not in NOT_YET_KNOWN]


def _line(message: dict[str, Any], folder: Path) -> str:
    page = message.get("url", "").removeprefix(folder.as_uri()).removeprefix("file:" + str(folder))
    return f"{page}:{message.get('lastLine', '')}: {message['message']} {message.get('extract', '').strip()}"
