"""Several versions of the site beside each other, published with the command and read in a browser below a folder."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import axe
import html_checker
import pytest
from editing import change, name_publisher
from run import PHONE, answer_all, open_step
from test_content_security import policy_of

from generator import publish
from generator.publish import Built, PublishError, Version

PROJECT = Path(__file__).resolve().parent.parent
TOP = "systems-leadership"
QUICK = "assess/quick/"
LENS = "framework/six-ways/"
PURPOSE = "framework/sections/purpose.yml"


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def balcony(project, *arguments):
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def done(project, *arguments):
    ran = balcony(project, *arguments)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def commit(project):
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "As it is now")


def repository(folder):
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "config", "user.name", "Children's services")
    git(folder, "config", "user.email", "team@example.org")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A repository with a copy of everything that a site is built from. Nothing is released."""
    folder = repository(tmp_path_factory.mktemp("project") / "copy")
    ignore = shutil.ignore_patterns("__pycache__", "releases", "CHANGELOG.md")
    for name in ("content", "framework", "generator"):
        shutil.copytree(PROJECT / name, folder / name, ignore=ignore)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    (folder / ".gitignore").write_text("__pycache__/\n", encoding="utf-8")
    change(folder / "mkdocs.yml", "site_name:", f"site_url: https://example.org/{TOP}/\nsite_name:")
    name_publisher(folder)
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def published(project, tmp_path_factory):
    """What a host carries that serves the branch: 1.0, then 2.0 with a changed question, then a draft."""
    done(project, "release", "1.0.0", "--date", "2026-11-22")
    commit(project)
    done(project, "publish")
    change(project / PURPOSE, "    revision: 1\n", "    revision: 2\n")
    change(project / PURPOSE, "    question: ", "    question: Looking back, ")
    done(project, "release", "2.0.0", "--date", "2027-01-31")
    commit(project)
    done(project, "publish")
    change(project / PURPOSE, "Looking back, ", "Looking further back, ")
    change(project / PURPOSE, "    revision: 2\n", "    revision: 3\n")
    commit(project)
    done(project, "publish", "--draft", "next")
    host = tmp_path_factory.mktemp("host")
    git(project, "clone", "--quiet", "--branch", "gh-pages", project, host / TOP)
    return host


@pytest.fixture(scope="module")
def address(published, serve):
    """Where all versions are served: below a folder of a host."""
    return f"{serve(published)}{TOP}/"


def open_menu(page):
    page.locator("[data-versions] summary").click()
    return page.get_by_role("navigation", name="Versions")


# In the browser


def test_every_page_of_every_version_says_what_it_may(published):
    pages = sorted((published / TOP).rglob("*.html"))
    assert {page.relative_to(published / TOP).parts[0] for page in pages} > {"1.0", "2.0", "next", "latest"}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        policy = policy_of(text)
        assert policy["default-src"] == ["'none'"], page
        assert ("connect-src" in policy) == ("'self'" in policy["script-src"]), (
            page
        )  # a file on its own asks for nothing


def test_the_top_leads_to_the_latest_version(page, address):
    page.goto(address)
    page.wait_for_url(f"{address}2.0/")
    assert page.get_by_role("link", name="Assess").count()


def test_without_scripts_the_top_leads_to_the_latest_version_too(open_page, address):
    page = open_page(java_script_enabled=False)
    page.goto(address)
    page.wait_for_url(f"{address}2.0/")


def test_an_address_below_latest_leads_on_with_what_stands_behind_it(page, address):
    page.goto(f"{address}latest/{QUICK}?from=letter#check")
    page.wait_for_url(f"{address}2.0/{QUICK}?from=letter#check")


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_each_version_takes_answers_and_shows_results(version, page, address, framework):
    page.goto(f"{address}{version}/{QUICK}")
    assert ("Looking back," in page.content()) == (version == "2.0")
    answer_all(page, {each.id: 3 for each in framework.asked("quick")})
    open_step(page, "results")
    assert page.locator("#results [data-lens]:visible").count()
    assert page.get_by_role("banner").get_by_text("10 of 10 answered").is_visible()


def test_from_a_form_the_menu_leads_to_the_same_form_in_another_version_and_back(page, address):
    page.goto(f"{address}1.0/{QUICK}")
    summary = page.locator("[data-versions] summary")
    assert summary.inner_text() == "Version 1.0: see all versions"
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "2.0 (latest)"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}2.0/{QUICK}")
    links = open_menu(page).get_by_role("link")
    assert links.all_inner_texts() == ["next (draft)", "2.0 (latest)", "1.0"]
    assert [link.get_attribute("aria-current") for link in links.all()] == [None, "true", None]
    links.last.click()
    page.wait_for_url(f"{address}1.0/{QUICK}")


def test_from_a_page_that_another_version_lacks_the_menu_leads_to_its_first_page(page, address):
    def without_team(route):
        versions = route.fetch().json()
        versions[1]["properties"]["pages"].remove("team/")
        route.fulfill(json=versions)

    page.route("**/versions.json", without_team)
    page.goto(f"{address}1.0/team/")
    links = open_menu(page).get_by_role("link")
    there = [link.evaluate("each => each.href") for link in links.all()]
    assert there == [f"{address}next/team/", f"{address}2.0/", f"{address}1.0/team/"]


def test_from_a_page_of_the_theme_its_menu_leads_to_the_same_page_in_another_version(page, address):
    page.goto(f"{address}1.0/{LENS}")
    page.get_by_role("button", name="Version 1.0: see all versions").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "2.0 (latest)"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}2.0/{LENS}")
    page.get_by_role("button", name="Version 2.0: see all versions").focus()
    page.get_by_role("link", name="1.0", exact=True).click()
    page.wait_for_url(f"{address}1.0/{LENS}")


def test_the_menu_of_the_theme_closes_with_escape_and_opens_again(page, address):
    page.goto(f"{address}2.0/{LENS}")
    button = page.get_by_role("button", name="Version 2.0: see all versions")
    button.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".md-version__list").is_visible()
    assert button.evaluate("each => each === document.activeElement")
    page.keyboard.press("Shift+Tab")
    button.focus()
    assert page.locator(".md-version__list").is_visible()


@pytest.mark.parametrize("path", [QUICK, LENS, "team/", ""], ids=["form", "theme", "team", "home"])
def test_an_old_version_says_so_on_every_page_and_leads_to_the_same_in_the_latest(path, page, address):
    page.goto(f"{address}1.0/{path}")
    page.get_by_text("This is version 1.0. The latest is 2.0.").wait_for()
    link = page.get_by_role("link", name="Go to version 2.0")
    link.click()
    page.wait_for_url(f"{address}2.0/{path}")
    wait_for_versions(page)
    assert not page.get_by_text("This is version").is_visible()
    assert not page.get_by_text("not the latest version").is_visible()


def wait_for_versions(page):
    page.wait_for_function(
        "() => document.querySelector('[data-versions] summary') || document.querySelector('.md-version [aria-current]')"
    )


def test_a_version_becomes_old_when_a_later_one_is_published_in_the_same_visit(page, address, published):
    versions = json.loads((published / TOP / "versions.json").read_text(encoding="utf-8"))
    later = [{**versions[1], "version": "3.0", "title": "3.0"}, {**versions[1], "aliases": []}, versions[2]]
    page.goto(f"{address}2.0/{LENS}")
    wait_for_versions(page)
    page.route("**/versions.json", lambda route: route.fulfill(json=later))
    for path in (LENS, QUICK):
        page.goto(f"{address}2.0/{path}")
        page.get_by_text("This is version 2.0. The latest is 3.0.").wait_for()
        assert (
            page.get_by_role("link", name="Go to version 3.0").evaluate("each => each.href") == f"{address}3.0/{path}"
        )


@pytest.mark.parametrize("path", [QUICK, LENS])
@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_draft_says_so_and_is_not_called_old(path, has_scripts, open_page, address):
    page = open_page(java_script_enabled=has_scripts)
    page.goto(f"{address}next/{path}")
    if has_scripts:
        wait_for_versions(page)
    assert page.get_by_text("This is a draft.").is_visible()
    assert not page.get_by_text("The latest is").is_visible()
    assert not page.get_by_text("not the latest version").is_visible()
    page.goto(f"{address}2.0/{path}")
    assert not page.get_by_text("This is a draft.").count()


def test_without_a_network_pages_stay_as_they_are(page, address, faults):
    page.route("**/versions.json", lambda route: route.abort())
    for path in (QUICK, LENS):
        with page.expect_event("requestfailed"):
            page.goto(f"{address}1.0/{path}", wait_until="networkidle")
        assert page.get_by_role("heading", level=1).is_visible()
        assert not page.locator("[data-versions], [data-old-version]").locator("visible=true").count()
    assert {re.sub(r" \(.*", "", fault) for fault in faults} == {"console: Failed to load resource: net::ERR_FAILED"}
    faults.clear()


def test_a_sheet_that_is_saved_in_one_version_is_not_touched_by_another(page, address):
    def save():
        page.get_by_role("button", name="Save my answers on this device").click()
        page.locator("#balcony-panel").get_by_text("saved on this device", exact=False).first.wait_for()

    page.goto(f"{address}1.0/{QUICK}")
    answer_all(page, {"shared-purpose": 4})
    save()
    page.goto(f"{address}2.0/{QUICK}")
    wait_for_versions(page)
    assert not page.locator("fieldset.question :checked").count()
    answer_all(page, {"shared-purpose": 1})
    save()
    page.goto(f"{address}1.0/{QUICK}")
    page.wait_for_function("() => document.querySelector('fieldset.question :checked')")
    assert page.locator('[id="shared-purpose"] :checked').get_attribute("value") == "4"
    names = page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name).sort()")
    assert names == [f"balcony:/{TOP}/{version}/:systems-leadership" for version in ("1.0", "2.0")]


def test_pages_of_the_theme_store_nothing(page, address):
    for version in ("1.0", "2.0", "next"):
        page.goto(f"{address}{version}/{LENS}", wait_until="networkidle")
        wait_for_versions(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("version", ["1.0", "2.0", "next"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_small_screen(version, scheme, open_page, address):
    page = open_page(viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{address}{version}/{QUICK}")
    open_menu(page)
    assert not axe.violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{address}{version}/{LENS}")
    wait_for_versions(page)
    assert not axe.violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_html_checker_finds_nothing(published, tmp_path):
    if missing := html_checker.missing():
        pytest.skip(missing)
    for version in ("latest", "1.0", "next"):
        for path in (QUICK, LENS, "team/"):
            shutil.copytree(published / TOP / version / path, tmp_path / version / path)
    assert not html_checker.errors(tmp_path)


def test_the_single_file_of_a_version_knows_of_no_other_but_says_that_it_is_a_draft(published, page, serve):
    for version in ("1.0", "next"):
        file = next((published / TOP / version / QUICK).glob("*-quick.html"))
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(serve(file.parent) + file.name)
        assert page.get_by_text("This is a draft.").count() == (version == "next")
        assert not page.locator("[data-versions], [data-old-version]").count()
        assert [url for url in asked if not url.startswith("data:")] == asked[:1]
        assert f'href="https://example.org/{TOP}/{version}/about/privacy/"' in page.content()


def test_a_site_that_stands_alone_knows_of_no_versions(page, site_address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", LENS, QUICK, "team/"):
        page.goto(site_address + path, wait_until="networkidle")
        assert not page.locator("[data-versions], [data-old-version], [data-md-component=outdated]").count()
    assert not [url for url in asked if "versions." in url]


# What is published


def test_each_version_has_its_own_address_and_no_link_is_symbolic(published):
    top = published / TOP
    assert {path.name for path in top.iterdir()} - {".git"} == {
        *("1.0", "2.0", "latest", "next"),
        *(".nojekyll", "404.html", "index.html", "versions.json"),
    }
    assert not [path for path in top.rglob("*") if path.is_symlink()]
    for version in ("1.0", "2.0", "next"):
        text = (top / version / QUICK / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="https://example.org/{TOP}/{version}/{QUICK}">' in text
    assert f'href="/{TOP}/2.0/' in (top / "404.html").read_text(encoding="utf-8")


def test_a_plain_folder_takes_the_same_versions(project, published, tmp_path):
    git(project, "checkout", "--quiet", "HEAD~1")
    assert done(project, "publish", "--folder", tmp_path / "public") == f"{tmp_path / 'public' / '2.0'}\n"
    git(project, "checkout", "--quiet", "main")
    made = {path.relative_to(tmp_path / "public"): path for path in (tmp_path / "public").rglob("*") if path.is_file()}
    branch = {
        path.relative_to(published / TOP)
        for path in (published / TOP).rglob("*")
        if path.is_file() and path.relative_to(published / TOP).parts[0] not in (".git", ".nojekyll", "1.0", "next")
    }
    assert set(made) == branch
    differing = {str(path) for path, file in made.items() if file.read_bytes() != (published / TOP / path).read_bytes()}
    assert differing <= {"versions.json", "2.0/sitemap.xml", "2.0/sitemap.xml.gz"}


# Where versions go: a branch and a folder alike, with sites that are quickly made


@pytest.fixture(params=["branch", "folder"])
def place(request, tmp_path):
    """`place(version, words)` publishes a site of three pages, and gives the folder that a host would carry."""
    origin = tmp_path / "origin"
    git(tmp_path, "init", "--quiet", "--bare", origin)
    work = repository(tmp_path / "work")
    (work / "a.txt").write_text("a", encoding="utf-8")
    commit(work)
    git(work, "remote", "add", "origin", origin)

    def publish_(version, words="words"):
        site = tmp_path / "site"
        shutil.rmtree(site, ignore_errors=True)
        for path in ("index.html", "a/b/index.html", "404.html"):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(words, encoding="utf-8")
        made = Built(version, site, "https://example.org/x/")
        host = tmp_path / "host"
        if request.param == "folder":
            publish.to_folder(made, host)
        else:
            publish.to_branch(made, work, "pages", push=True)
            shutil.rmtree(host, ignore_errors=True)
            git(tmp_path, "clone", "--quiet", "--branch", "pages", origin, host)
        return host

    return publish_


def versions_in(host):
    return {each["title"]: each["aliases"] for each in json.loads((host / "versions.json").read_text(encoding="utf-8"))}


def leads_to(host, page):
    return re.search(r'<a href="([^"]*)">', (host / page).read_text(encoding="utf-8"))[1]


def test_a_patch_takes_the_place_of_its_minor_version(place):
    place(Version("1.0"), "first")
    place(Version("1.1"), "other")
    host = place(Version("1.1"), "mended")
    assert (host / "1.0" / "index.html").read_text(encoding="utf-8") == "first"
    assert (host / "1.1" / "index.html").read_text(encoding="utf-8") == "mended"
    assert versions_in(host) == {"1.1": ["latest"], "1.0": []}


def test_latest_stays_with_the_highest_number(place):
    place(Version("1.9"))
    place(Version("1.10"))
    host = place(Version("1.9"), "mended")
    assert versions_in(host) == {"1.10": ["latest"], "1.9": []}
    assert leads_to(host, "index.html") == "latest/"
    assert leads_to(host, "latest/index.html") == "../1.10/"
    assert leads_to(host, "latest/a/b/index.html") == "../../../1.10/a/b/"
    assert (host / "404.html").read_text(encoding="utf-8") == "words"


def test_a_draft_is_never_the_latest_but_a_lone_one_is_all_there_is(place):
    host = place(Version("next", is_draft=True))
    assert versions_in(host) == {"next (draft)": []}
    assert leads_to(host, "index.html") == "next/"
    place(Version("1.0"))
    host = place(Version("next", is_draft=True), "later")
    assert versions_in(host) == {"next (draft)": [], "1.0": ["latest"]}
    assert leads_to(host, "index.html") == "latest/"
    assert (host / "next" / "index.html").read_text(encoding="utf-8") == "later"


def test_what_else_a_host_needs_in_the_folder_stays(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("words", encoding="utf-8")
    for name in ("1.0", "2.0"):
        publish.to_folder(Built(Version(name), tmp_path / "site", None), tmp_path / "host")
        (tmp_path / "host" / "web.config").write_text("<configuration/>", encoding="utf-8")
    assert (tmp_path / "host" / "web.config").exists()


def test_nothing_leaves_the_machine_unless_asked_and_then_only_the_branch(tmp_path):
    git(tmp_path, "init", "--quiet", "--bare", tmp_path / "origin")
    work = repository(tmp_path / "work")
    (work / "index.html").write_text("words", encoding="utf-8")
    (work / "404.html").write_text("words", encoding="utf-8")
    commit(work)
    git(work, "remote", "add", "origin", tmp_path / "origin")
    made = Built(Version("1.0"), work, None)
    publish.to_branch(made, work, "pages", push=False)
    assert git(work, "branch", "--format", "%(refname:short)").split() == ["main", "pages"]
    assert git(tmp_path / "origin", "branch").split() == []
    publish.to_branch(made, work, "pages", push=True)
    assert git(tmp_path / "origin", "branch").split() == ["pages"]


def test_without_an_address_for_the_site_there_is_no_page_for_addresses_that_do_not_exist(tmp_path):
    (tmp_path / "site").mkdir()
    for name in ("index.html", "404.html"):
        (tmp_path / "site" / name).write_text("words", encoding="utf-8")
    publish.to_folder(Built(Version("1.0"), tmp_path / "site", None), tmp_path / "host")
    assert not (tmp_path / "host" / "404.html").exists()


# What is refused


@pytest.mark.parametrize(
    ("spoil", "arguments", "because"),
    [
        (None, [], "The framework has changed since 2.0.0 was released."),
        (
            ("framework/framework.yml", "version: 2.0.0", "version: 2.0.1"),
            [],
            "Version 2.0.1 of the framework is not released.",
        ),
        (
            ("mkdocs.yml", "site_name", "# Ours\nsite_name"),
            ["--draft", "next"],
            "Not everything is committed: mkdocs.yml.",
        ),
        (None, ["--draft", "next", "--branch", "main"], '"main" is the branch that you are on.'),
        (None, ["--draft", "next", "--branch", "-x"], '"-x" cannot be the name of a branch.'),
        (None, ["--draft", "latest"], '"latest" cannot be a draft\'s name.'),
        (None, ["--draft", "../up"], '"../up" cannot be a draft\'s name.'),
        (None, ["--draft", "3.0"], '"3.0" cannot be a draft\'s name.'),
        (None, ["--draft", "next", "--folder", "."], '"." holds the project itself.'),
    ],
)
@pytest.mark.usefixtures("published")
def test_what_should_not_be_published_is_refused_in_words(spoil, arguments, because, project):
    before = git(project, "rev-parse", "gh-pages")
    if spoil:
        file, old, new = spoil
        change(project / file, old, new)
    try:
        ran = balcony(project, "publish", *arguments)
    finally:
        git(project, "checkout", "--quiet", ".")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(because)
    assert len(ran.stderr.splitlines()) == 1
    assert git(project, "rev-parse", "gh-pages") == before


def test_a_folder_is_not_pushed(project):
    ran = balcony(project, "publish", "--folder", "public", "--push")
    assert ran.returncode == 2
    assert "--folder goes without --branch and --push." in ran.stderr


@pytest.mark.parametrize("name", ["index.html", "1.0", "latest"])
def test_a_folder_that_holds_something_else_is_left_alone(name, tmp_path):
    (tmp_path / name).mkdir()
    with pytest.raises(PublishError, match="holds something else"):
        publish.check_folder(PROJECT, tmp_path, Version("1.0"))


def test_a_folder_whose_list_of_versions_is_broken_is_left_alone(tmp_path):
    (tmp_path / "versions.json").write_text('[{"version": 1}', encoding="utf-8")
    with pytest.raises(PublishError, match="cannot be read"):
        publish.check_folder(PROJECT, tmp_path, Version("1.0"))


def test_a_folder_in_the_project_may_hold_what_is_published(tmp_path):
    work = repository(tmp_path / "work")
    (work / "a.txt").write_text("a", encoding="utf-8")
    commit(work)
    (work / "public").mkdir()
    (work / "public" / "index.html").write_text("words", encoding="utf-8")
    publish.check_sources(work, work / "public")
    with pytest.raises(PublishError, match="Not everything is committed: public/"):
        publish.check_sources(work, None)


def test_outside_a_repository_there_is_only_a_folder(tmp_path):
    publish.check_sources(tmp_path, tmp_path / "public")
    with pytest.raises(PublishError, match="There is no branch to publish on here"):
        publish.check_sources(tmp_path, None)


def test_what_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    publish.check_sources(tmp_path, tmp_path / "public")
    with pytest.raises(PublishError, match="needs git"):
        publish.check_sources(tmp_path, None)
    monkeypatch.setitem(sys.modules, "mike", None)
    with pytest.raises(PublishError, match="needs mike"):
        publish.check_sources(tmp_path, tmp_path / "public")
