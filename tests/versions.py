"""Three versions of the real framework, published side by side: 1.0.0, 1.1.0 and 2.0.0."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from run import STANDARD, page_of

from generator import __main__ as command
from generator import check
from generator.assessment import data_modules
from generator.release import FOLDER

PROJECT = Path(__file__).resolve().parent.parent
SITE = "systems-leadership"
PURPOSE, WORKING = "sections/purpose.yml", "sections/working.yml"

RENAMED = ("alongside-staff", "beside-the-staff")
NEW = "aim-in-the-budget"
REVISED = "time-to-think"
REASKED = "difficulties-named"
REMOVED = "evidence-fitted-to-place"
LENS = "learning-loops"


@dataclass(frozen=True)
class Published:
    """A version, and where its standard form is below the server's top."""

    reading: object
    path: str

    @property
    def framework(self):
        return self.reading.framework


def publish(built_site, folder):
    """Publish the three below `folder/site`, and give them by number."""
    framework = shutil.copytree(
        PROJECT / "framework", folder / "framework", ignore=shutil.ignore_patterns(FOLDER, "CHANGELOG.md")
    )
    _rewrite(framework / "framework.yml", r"^version: .*", "version: 1.0.0")
    found = {}
    for number, changed in {"1.0.0": None, "1.1.0": _to_1_1, "2.0.0": _to_2}.items():
        if changed:
            changed(framework)
        ran = CliRunner().invoke(
            command.main, ["release", number, "--framework", str(framework), "--date", "2026-11-22"]
        )
        assert ran.exit_code == 0, ran.output
        found[number] = _page(built_site, folder, check.sound(framework), number.removesuffix(".0"))
    return found


def framework_of(folder, number):
    """A folder with the framework as it was at a version, for the command."""
    return folder / f"framework-{number}"


def _page(built_site, folder, reading, short):
    path = f"{SITE}/{short}/"
    top = folder / "site" / path
    (top / STANDARD).mkdir(parents=True)
    shutil.copytree(built_site / "assets", top / "assets")
    (top / STANDARD / "index.html").write_text(page_of(built_site, reading.framework), encoding="utf-8")
    for name, text in data_modules(reading.framework, reading.releases).items():
        (top / "assets/balcony/framework" / name).parent.mkdir(parents=True, exist_ok=True)
        (top / "assets/balcony/framework" / name).write_text(text, encoding="utf-8")
    shutil.copytree(folder / "framework", framework_of(folder, reading.framework.version))
    return Published(reading, path + STANDARD)


def _to_1_1(folder):
    """A question has a new name, one reads a little differently, and one is new."""
    old, new = RENAMED
    for path in folder.rglob("*.yml"):
        _rewrite(path, rf"\b{old}\b", new)
    for path in folder.glob("sections/*.yml"):
        _rewrite(path, rf"^  - id: {new}$", f"  - id: {new}\n    formerly: [{old}]")
    _rewrite(folder / PURPOSE, "share one purpose[?]", "share one purpose today?")
    text = (folder / PURPOSE).read_text(encoding="utf-8")
    (block,) = re.findall(r"(?ms)^  - id: outcome-that-matters$.*?(?=^  - id:)", text)
    block = re.sub("(?m)^(    label:) .*", r"\1 The aim in the budget", block.replace("outcome-that-matters", NEW))
    block = re.sub("(?m)^(    question:) .*", r"\1 How far does our money follow our aim?", block)
    (folder / PURPOSE).write_text(f"{text}\n{block}", encoding="utf-8")
    _rewrite(folder / "lenses/strategic-triangle.yml", "outcome-that-matters,", f"outcome-that-matters, {NEW},")


def _to_2(folder):
    """Two questions are revised; a question, a lens and a warning sign are gone."""
    _revise(folder, REVISED, r"^      3: .*", "      3: We leave half of our meetings free for what nobody planned.")
    _revise(folder, REASKED, r"^    question: .*", "    question: Who says aloud what everybody thinks?")
    for path in [folder / "glossary.yml", *folder.glob("lenses/*.yml"), *folder.glob("exercises/*.yml")]:
        _rewrite(path, rf", {REMOVED}\b|\b({REMOVED}|{LENS}), ", "")
    for path in folder.glob("sections/*.yml"):
        _rewrite(path, rf"(?s)^  - id: {REMOVED}$.*?(?=^  - id:|\Z)", "")
    (folder / f"lenses/{LENS}.yml").unlink()
    _rewrite(folder / "framework.yml", rf"^ *- {LENS}\n", "")
    _rewrite(folder / "framework.yml", r"(?s)(^warning_signs:\n)(  - .*?)(?=^  - )", r"\1")


def _revise(folder, id_, pattern, new):
    path = folder / WORKING
    text = path.read_text(encoding="utf-8")
    before, block, after = re.match(rf"(?ms)(.*?)(^  - id: {id_}$.*?)((?:^  - id:.*)?\Z)", text).groups()
    block, rest = re.match(r"(?ms)(.*?)((?:^  - id: (?!" + id_ + r"$).*)?\Z)", block).groups()
    block = re.sub(pattern, new, block, count=1, flags=re.MULTILINE)
    block = re.sub(r"(?<=    revision: )\d+", lambda found: str(int(found[0]) + 1), block, count=1)
    path.write_text(before + block + rest + after, encoding="utf-8")


def _rewrite(path, pattern, new):
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, new, text, flags=re.MULTILINE), encoding="utf-8")
