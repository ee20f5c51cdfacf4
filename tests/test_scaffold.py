"""`balcony pages`: what a framework's site still lacks is written, and what somebody wrote stays as it is."""

from __future__ import annotations

import shutil

import pytest
import yaml
from conftest import PROJECT
from test_command import balcony

from generator import calls, reading, scaffold, site
from generator.problems import ProblemsError

OTHER = PROJECT / "tests" / "other"
NAV = """\
site_name: Ours
nav:
  # What people see first.
  - Home: index.md
  - Models:  # we call them so
      - framework/many-hands.md
      # The one that we like best.
      - framework/gone.md
      - framework/spade-and-kettle.md
  - "Old things":
      - old/one.md
  - Elsewhere: https://example.org/
# Below the navigation.
plugins: []
"""


@pytest.fixture
def project(tmp_path):
    """A folder with the second framework, a navigation, and no pages."""
    shutil.copytree(OTHER / "framework", tmp_path / "framework")
    (tmp_path / "mkdocs.yml").write_text(NAV, encoding="utf-8")
    return tmp_path


def state_of(project):
    return {path.relative_to(project): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def nav_of(project):
    return yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]


def pages_in(nav):
    for each in nav:
        below = next(iter(each.values())) if isinstance(each, dict) else each
        yield from pages_in(below) if isinstance(below, list) else [below]


def other():
    return reading.framework(OTHER / "framework")


def test_on_the_real_project_nothing_is_missing(framework):
    outcome = scaffold.make(PROJECT, is_trial=True)
    assert outcome == scaffold.Outcome([], [], [], [])
    content = PROJECT / "content"
    there = {path.relative_to(content).as_posix() for path in content.rglob("*.md")}
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    assert scaffold.in_line(text, scaffold.planned(framework), there) == (text, [], [])


def test_every_page_is_written_once_and_every_call_in_it_works(project):
    outcome = scaffold.make(project)
    assert outcome.problems == []
    assert {f"content/{page.path}" for page in scaffold.planned(other())} == set(outcome.written)
    for path in outcome.written:
        assert (project / path).is_file()
    macros = calls.macros(site.sound_reading(project), project)
    assert calls.problems(project / "content", macros) == []
    before = state_of(project)
    assert scaffold.make(project) == scaffold.Outcome([], [], [], [])
    assert state_of(project) == before


def test_there_is_a_page_for_each_lens_exercise_and_form(project):
    scaffold.make(project)
    framework = other()
    wanted = (
        [("framework", "lens", each.id) for each in framework.lenses]
        + [("exercises", "exercise", each.id) for each in framework.exercises]
        + [("assess", "assessment", each.id) for each in framework.outline.forms]
    )
    for folder, macro, id_ in wanted:
        text = (project / "content" / folder / f"{id_}.md").read_text(encoding="utf-8")
        assert f'{{{{ {macro}("{id_}") }}}}' in text
    home = (project / "content" / "index.md").read_text(encoding="utf-8")
    assert f"# {framework.outline.name}\n" in home
    assert framework.outline.summary in home


def test_a_page_that_is_there_stays_as_it_is(project):
    mine = project / "content" / "framework" / "many-hands.md"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"# Ours\r\n\r\nNo call at all.")
    outcome = scaffold.make(project)
    assert "content/framework/many-hands.md" not in outcome.written
    assert mine.read_bytes() == b"# Ours\r\n\r\nNo call at all."


def test_a_trial_says_the_same_and_writes_nothing(project):
    before = state_of(project)
    said = scaffold.make(project, is_trial=True)
    assert said.written
    assert state_of(project) == before
    assert scaffold.make(project) == said


def test_the_navigation_gets_what_it_lacks_and_loses_what_is_gone(project):
    outcome = scaffold.make(project)
    assert outcome.taken_out == ["framework/gone.md", "old/one.md"]
    nav = nav_of(project)
    named = list(pages_in(nav))
    assert len(named) == len(set(named))
    wanted = [page.path for page in scaffold.planned(other()) if page.under is not None]
    assert set(named) == {*wanted, "https://example.org/"}
    assert set(outcome.listed) == set(wanted) - {
        "index.md",
        "framework/many-hands.md",
        "framework/spade-and-kettle.md",
    }
    # Beside its own kind, under whatever heading somebody gave them.
    (models,) = (each["Models"] for each in nav if isinstance(each, dict) and "Models" in each)
    assert models == [f"framework/{each.id}.md" for each in other().lenses]
    headings = [next(iter(each)) for each in nav]
    assert (
        headings.index("Assess") < headings.index("Framework") < headings.index("Exercises") < headings.index("About")
    )


def test_comments_and_all_else_in_the_configuration_stay(project):
    scaffold.make(project)
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for line in NAV.splitlines():
        is_gone = "gone.md" in line or "old/one.md" in line or "Old things" in line
        assert (line in text.splitlines()) != is_gone


@pytest.mark.parametrize(
    "start", ["nav:\n", "nav:\n- Home: index.md\n", "nav:\n    - Home: index.md\n    - A:\n        - x.md\n"]
)
def test_any_way_of_indenting_is_understood(project, start):
    (project / "mkdocs.yml").write_text(f"{start}plugins: []\n", encoding="utf-8")
    scaffold.make(project)
    wanted = {page.path for page in scaffold.planned(other()) if page.under is not None}
    assert set(pages_in(nav_of(project))) == wanted


def test_without_a_navigation_the_engine_makes_one(project):
    (project / "mkdocs.yml").write_text("site_name: Ours\n", encoding="utf-8")
    outcome = scaffold.make(project)
    assert outcome.written
    assert outcome.listed == []
    assert (project / "mkdocs.yml").read_text(encoding="utf-8") == "site_name: Ours\n"


@pytest.mark.parametrize("line", ["  - [a.md, b.md]", "  - A: {b: c.md}", "  - A: >-", "  nothing"])
def test_a_navigation_that_cannot_be_edited_is_named_with_its_line_and_nothing_is_written(project, line):
    (project / "mkdocs.yml").write_text(f"nav:\n  - Home: index.md\n{line}\n", encoding="utf-8")
    before = state_of(project)
    with pytest.raises(ProblemsError, match=r"mkdocs\.yml:3:1: nav: this line cannot be read; write one page"):
        scaffold.make(project)
    assert state_of(project) == before


def test_names_are_plain_text_wherever_they_land(project):
    evil = """A: "b" & <b>*c*</b> {{ 7*7 }} {% raw %}"""
    framework = other()
    texts = {"name": evil, "summary": evil, "choosing": evil}
    renamed = framework.model_copy(update={"outline": framework.outline.model_copy(update=texts)})
    for page in scaffold.planned(renamed):
        path = project / "content" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
        if page.path.endswith(".md"):
            head, body = page.text.split("---\n", 2)[1:]
            assert evil not in yaml.safe_load(head).values()
            for mark in ("<b>", "*c*", "7*7", "{%"):
                assert mark not in body
    head = (project / "content" / "index.md").read_text(encoding="utf-8").split("---\n")[1]
    assert yaml.safe_load(head)["title"] == "A: 'b' & (b)*c*(/b) (( 7*7 )) (% raw %)"
    assert calls.problems(project / "content", calls.macros(site.sound_reading(project), project)) == []


def test_the_command_names_pages_that_call_what_is_gone(project):
    stale = project / "content" / "framework" / "many-eyes.md"
    stale.parent.mkdir(parents=True)
    stale.write_text('# Old\n\n{{ lens("many-eyes") }}\n', encoding="utf-8")
    ran = balcony("pages", "--dry-run", cwd=project)
    assert ran.returncode == 1
    assert (
        'content/framework/many-eyes.md:3:4: lens: there is no lens "many-eyes"; did you mean "many-hands"?'
        in ran.stdout
    )
    assert "content/index.md\n" in ran.stdout
    assert "mkdocs.yml: nav: + assess/round.md\n" in ran.stdout
    assert "mkdocs.yml: nav: - framework/gone.md (there is no such page)\n" in ran.stdout
    assert not (project / "content" / "index.md").exists()
    stale.unlink()
    assert balcony("pages", cwd=project).returncode == 0
    again = balcony("pages", cwd=project)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "No page is missing.\n")


def test_the_command_says_where_to_run_it(project):
    (project / "mkdocs.yml").unlink()
    ran = balcony("pages", cwd=project)
    assert ran.returncode == 1
    assert "mkdocs.yml:1:1: there is no such file; run this in the folder that holds it" in ran.stdout
