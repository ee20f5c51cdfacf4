"""A built edition, used as a college's people would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from axe import violations
from conftest import ENGINE
from run import PHONE, STANDARD, answer_all, open_step
from test_command import free_port, wait_until
from test_opening import content_of, downloaded

from generator import reading, sheet
from generator.edition import ids, read

PROJECT = Path(__file__).resolve().parent.parent
OURS = "fire-and-rescue"


def build(project, id_, target):
    command = [sys.executable, "-m", "generator", "build", "--edition", id_, "--strict", "--site-dir", str(target)]
    command += ["--engine", ENGINE]
    ran = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return target


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of everything that a site is built from."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("content", "framework", "generator", "editions"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


@pytest.fixture(scope="module")
def site(project, tmp_path_factory):
    return build(project, OURS, tmp_path_factory.mktemp("edition") / "site")


@pytest.fixture(scope="module")
def address(site, serve):
    return serve(site)


@pytest.fixture(scope="module")
def ours():
    """The worked edition, as it is read."""
    return read(PROJECT, OURS)


def test_the_worked_edition_is_there_and_has_no_problem(ours):
    assert OURS in ids(PROJECT)
    assert ours.problems == ()


def test_every_page_says_whose_edition_it_is_and_on_what_it_is_based(address, page, ours):
    for path in ("", "framework/indicators/"):
        page.goto(address + path)
        assert ours.edition.name in page.title()
        assert "Based on systems-leadership, version 1.0.0" in page.locator("footer").inner_text()
    page.goto(address + STANDARD)
    assert "Based on systems-leadership, version 1.0.0" in page.locator("#start").inner_text()


def test_a_page_made_from_the_data_says_what_it_changes_and_why(address, page, ours):
    page.goto(f"{address}about/edition/")
    text = " ".join(page.locator("article").inner_text().split())
    for each in ours.rewordings:
        assert " ".join(each.own.split()) in text
        assert each.because in text
    indicators = ours.reading.framework.indicators
    assert ours.added
    for kind, id_ in ours.added:
        assert kind == "indicator"
        assert f"Question: {indicators[id_].label}" in text
    for word, own in ours.edition.variables.items():
        assert f"{own}, where the framework says {word}" in text


def test_what_it_hides_is_nowhere(site, ours):
    for id_ in ours.edition.hide.lenses:
        assert not (site / "framework" / id_).exists()
    for id_ in ours.edition.hide.exercises:
        assert not (site / "exercises" / id_).exists()
    pages = "".join(path.read_text(encoding="utf-8") for path in site.rglob("index.html"))
    hidden = [*ours.edition.hide.lenses, *ours.edition.hide.exercises]
    assert not [id_ for id_ in hidden if f'/{id_}/"' in pages]


def test_its_words_and_its_colours_are_on_its_pages(address, page, ours):
    page.goto(address + STANDARD)
    colour = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--balcony-primary').trim()")
    assert colour == ours.edition.colours.primary
    assert not re.search(r"\bstaff\b", page.locator("form").text_content())


def test_its_sheet_names_it_and_the_framework_scores_it_alike(address, open_page, site_address, ours):
    page = open_page()
    page.goto(address + STANDARD)
    framework = reading.framework(PROJECT / "framework")
    answers = {id_: 1 + number % 5 for number, id_ in enumerate(ours.reading.framework.indicators)}
    answer_all(page, answers)
    open_step(page, "results")
    content = content_of(downloaded(page))
    assert json.loads(content)["framework"] == {
        "id": framework.id,
        "version": "1.0.0",
        "edition": OURS,
    }
    found = sheet.read(content, framework)
    shared = set(answers) & set(framework.indicators)
    assert {id_: answers[id_] for id_ in shared} == found.answers_to(framework)
    other = open_page()
    other.goto(site_address + STANDARD)
    other.get_by_label("Open a saved sheet").set_input_files(
        {"name": "ours.balcony.json", "mimeType": "application/json", "buffer": content}
    )
    other.get_by_text(f"{len(shared)} of {len(framework.asked('standard'))} answered").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "about/edition/", STANDARD])
def test_axe_finds_nothing_in_its_colours(address, open_page, path, scheme):
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.goto(address + path)
    assert violations(page) == []


def test_a_new_edition_builds_at_once(project, tmp_path):
    arguments = ["acme", "--name", "Ours", "--organisation", "Acme", "--contact", "mailto:a@acme.example"]
    subprocess.run([sys.executable, "-m", "generator", "new", *arguments], cwd=project, check=True, capture_output=True)
    built = build(project, "acme", tmp_path / "site")
    assert "Offered by Acme." in (built / "acme" / "index.html").read_text(encoding="utf-8")


def test_a_lens_and_an_exercise_of_its_own_have_pages_that_the_menu_leads_to(project, tmp_path, serve, page):
    arguments = ["own", "--name", "Ours", "--organisation", "Own", "--contact", "mailto:a@own.example"]
    subprocess.run([sys.executable, "-m", "generator", "new", *arguments], cwd=project, check=True, capture_output=True)
    for kind, id_ in (("lenses", "kahane-three"), ("exercises", "one-wall")):
        made = yaml.safe_load((project / "framework" / kind / f"{id_}.yml").read_text(encoding="utf-8"))
        made |= {"id": f"own-{id_}", "name": f"Our own {id_}"}
        (project / "editions" / "own" / f"{kind}.yml").write_text(yaml.safe_dump([made]), encoding="utf-8")
    page.goto(serve(build(project, "own", tmp_path / "site")))
    for path, name in (("framework/own-kahane-three/", "kahane-three"), ("exercises/own-one-wall/", "one-wall")):
        link = page.locator(f'a[href$="{path}"]').first
        page.goto(page.evaluate("(link) => link.href", link.element_handle()))
        assert page.locator("h1").inner_text().startswith(f"Our own {name}")


def test_an_edition_with_a_problem_is_not_built_and_an_unknown_one_is_named(project, tmp_path):
    folder = shutil.copytree(project / "editions" / OURS, project / "editions" / "broken")
    text = (folder / "edition.yml").read_text(encoding="utf-8")
    (folder / "edition.yml").write_text(text.replace(f"id: {OURS}", "id: other"), encoding="utf-8")
    for id_, said in (("broken", "the id is"), ("brokne", 'did you mean "broken"?')):
        command = [sys.executable, "-m", "generator", "build", "--edition", id_, "--site-dir", str(tmp_path / "site")]
        ran = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
        assert ran.returncode in (1, 2)
        assert said in ran.stdout + ran.stderr
        assert not (tmp_path / "site").exists()


def test_an_edition_that_is_served_changes_as_its_files_are_saved(project, tmp_path):
    shutil.copytree(project, tmp_path / "project")
    folder = tmp_path / "project" / "editions" / OURS
    address, log = f"127.0.0.1:{free_port()}", tmp_path / "serve.log"
    command = [sys.executable, "-m", "generator", "serve", "--edition", OURS, "--address", address]

    def page(path):
        try:
            with urlopen(f"http://{address}/{path}", timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    def write(old, new):
        path = folder / "rewordings.yml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=tmp_path / "project", stdout=out, stderr=out) as server,
    ):
        try:
            wait_until(lambda: "Leading together in fire and rescue" in page(STANDARD))
            write("name: Leading together in fire and rescue", "nmae: Leading together")
            wait_until(
                lambda: (
                    'rewordings.yml:4:3: systems-leadership: "nmae" of a framework cannot be reworded'
                    in log.read_text()
                )
            )
            write("nmae: Leading together", "name: Leading side by side")
            wait_until(lambda: "Leading side by side" in page(STANDARD))
        finally:
            server.terminate()
    assert "Traceback" not in log.read_text()


def test_the_worked_edition_follows_the_framework_and_names_what_has_gone_stale(tmp_path, ours):
    for name in ("framework", "editions", "content"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    stale = next(each for each in ours.rewordings if each.field == "discuss")
    base = reading.read(tmp_path / "framework")
    other = next(each for each in base.framework.indicators.values() if each.id != stale.id and each.discuss)
    for id_, text in ((stale.id, "What did we hear too late?"), (other.id, "What would a newcomer ask about it?")):
        place = base.indicator_place(id_, "discuss")
        path = next(
            each for each in (tmp_path / "framework" / "sections").iterdir() if each.name == Path(place.file).name
        )
        lines = path.read_text(encoding="utf-8").split("\n")
        assert lines[place.line - 1].lstrip().startswith("discuss:")
        lines[place.line - 1] = f"    discuss: {text}"
        path.write_text("\n".join(lines), encoding="utf-8")
    before = (tmp_path / "editions" / OURS / "rewordings.yml").read_text(encoding="utf-8")

    def balcony(*command):
        ran = subprocess.run(
            [sys.executable, "-m", "generator", *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            check=False,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    balcony("release", "1.0.1")
    said = balcony("edition", "update", OURS)
    assert f"indicator {stale.id}, discuss" in said
    for text in (stale.base, "What did we hear too late?", stale.own):
        assert text in said
    assert "All that you did not reword follows the framework." in said
    after = (tmp_path / "editions" / OURS / "rewordings.yml").read_text(encoding="utf-8")
    assert after.replace("  checked: 1.0.0\n", "") == before
    assert stale.id in balcony("check")
    told = read(tmp_path, OURS)
    assert told.edition.release == "1.0.1"
    indicators = told.reading.framework.indicators
    assert indicators[other.id].discuss == "What would a newcomer ask about it?"
    assert indicators[stale.id].discuss == stale.own
