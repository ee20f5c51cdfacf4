"""What the project is made with: each package has its reason, its version and its hash, and so has each action."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
import yaml
from conftest import PROJECT

GITHUB = PROJECT / ".github"
LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
NPM_LOCKS = [PROJECT / "package-lock.json", PROJECT / "tests" / "lighthouse" / "package-lock.json"]


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0]


def direct():
    """The packages that the project names itself."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    named = [*project["project"]["dependencies"]]
    for more in (*extras.values(), *groups.values()):
        named += more
    tools = {
        tool
        for lock in NPM_LOCKS
        for tool in json.loads(lock.with_name("package.json").read_text(encoding="utf-8"))["devDependencies"]
    }
    return {name_of(each) for each in named} | tools


def with_a_reason():
    """The packages that the tables of CONTRIBUTING.md name, with a reason beside them."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = text.partition("\n### Dependencies\n")[2].partition("\n### ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", part, re.MULTILINE)
    return {name for names, reason in rows if reason.strip("- ") for name in names.split(", ")} - {"package", "---"}


def test_each_package_has_its_line_with_the_reason_and_no_other_has():
    assert with_a_reason() == direct()


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_each_python_package_is_locked_by_version_and_hash(path):
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"[\w.-]+==\S+ (;[^\\]+)?\\\n", entry), entry
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda lock: lock.parent.name)
def test_each_npm_package_is_locked_by_version_and_hash(lock):
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    named = {path: each for path, each in packages.items() if path}
    assert named
    for path, each in named.items():
        assert each["version"], path
        assert each["integrity"].startswith("sha512-"), path


def test_newer_versions_are_proposed_for_each_kind_of_package():
    watched = yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {each["package-ecosystem"] for each in watched} == {"pip", "npm", "github-actions"}


def test_the_tools_for_once_are_named_by_their_version():
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^(?:UV|AUDIT|SBOM) := ([\w-]+)==[\d.]+$", text, re.MULTILINE) == [
        "uv",
        "pip-audit",
        "cyclonedx-bom",
    ]
