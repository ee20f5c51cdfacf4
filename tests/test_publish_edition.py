"""An edition in two languages, published in several versions with the command, and read in a browser below a folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

import axe
import pytest
import yaml
from conftest import PROJECT
from editing import change, name_publisher
from run import PHONE
from test_publish import balcony as ran
from test_publish import commit, done, git, repository, versions_in, wait_for_versions

from generator import catalogue, edition, publish
from generator.commands.site import serve_command
from generator.publish import PublishError

EDITION = "rhandir"
OUTLINE = f"editions/{EDITION}/edition.yml"
TOP = "allotments"
ADDRESS = f"https://example.org/{TOP}/"
FORM = "assess/round/"
THEME = "about/edition/"
LANGUAGES = {"": "en", "cy/": "cy"}


def say(language, text, **values):
    """What Balcony says in a language."""
    return catalogue.words_of(language).one(text).format(**values)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A repository with another framework, released once, and its edition in English and Welsh."""
    folder = repository(tmp_path_factory.mktemp("project") / "copy")
    shutil.copytree(PROJECT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "tests" / "other", folder, dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    (folder / ".gitignore").write_text("__pycache__/\n/public/\n", encoding="utf-8")
    name_publisher(folder)
    done(folder, "release", "1.0.0", "--date", "2026-11-22")
    done(folder, "pages")
    change(folder / OUTLINE, "languages:", f"site_url: {ADDRESS}\nlanguages:")
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def published(original, tmp_path_factory):
    """What a host carries that serves the branch: 1.0, published twice, then 1.1, then a draft."""
    project = shutil.copytree(original, tmp_path_factory.mktemp("published") / "copy")
    done(project, "publish", "--edition", EDITION)
    change(project / OUTLINE, "societies@example.org", "plots@example.org")
    commit(project)
    done(project, "publish", "--edition", EDITION)
    change(project / "framework" / "sections" / "ground.yml", "    why: >-\n", "    why: >-\n      It is so.\n")
    done(project, "release", "1.1.0", "--date", "2027-01-31")
    done(project, "edition", "update", EDITION)
    commit(project)
    done(project, "publish", "--edition", EDITION)
    done(project, "publish", "--edition", EDITION, "--draft", "next")
    host = tmp_path_factory.mktemp("host")
    git(project, "clone", "--quiet", "--branch", "gh-pages", project, host / TOP)
    return host


@pytest.fixture(scope="module")
def address(published, serve):
    return f"{serve(published)}{TOP}/"


@pytest.fixture
def project(original, tmp_path):
    """A copy to spoil."""
    return shutil.copytree(original, tmp_path / "copy")


# In the browser


def test_the_top_leads_to_the_latest_version_in_its_first_language(page, address):
    page.goto(address)
    page.wait_for_url(f"{address}1.1/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_address_below_latest_leads_on_in_another_language_too(page, address):
    page.goto(f"{address}latest/cy/{FORM}?from=letter#check")
    page.wait_for_url(f"{address}1.1/cy/{FORM}?from=letter#check")


@pytest.mark.parametrize("within", LANGUAGES)
def test_from_a_form_the_menu_leads_to_the_same_form_in_the_same_language(within, page, address):
    language = LANGUAGES[within]
    page.goto(f"{address}1.0/{within}{FORM}")
    summary = page.locator("[data-versions] summary")
    assert summary.inner_text() == say(language, "Version {version}: see all versions", version="1.0")
    summary.click()
    links = page.locator("[data-versions] a")
    latest = say(language, "{version} (latest)", version="1.1")
    assert links.all_inner_texts() == ["next (draft)", latest, "1.0"]
    links.nth(1).click()
    page.wait_for_url(f"{address}1.1/{within}{FORM}")
    assert page.locator("html").get_attribute("lang").startswith(language)


@pytest.mark.parametrize("within", LANGUAGES)
def test_from_a_page_of_the_theme_its_menu_leads_to_the_same_page_in_the_same_language(within, page, address):
    page.goto(f"{address}1.0/{within}{THEME}")
    name = say(LANGUAGES[within], "Version {version}: see all versions", version="1.0")
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}1.1/{within}{THEME}")


def test_where_a_version_lacks_the_page_the_menu_leads_to_its_first_page_in_the_language_if_it_speaks_it(page, address):
    def with_less(route):
        versions = route.fetch().json()
        for version, lacking in zip(versions, ("cy/team/", "cy/"), strict=False):
            properties = version["properties"]
            properties["pages"] = [each for each in properties["pages"] if not each.startswith(lacking)]
        route.fulfill(json=versions)

    page.route("**/versions.json", with_less)
    page.goto(f"{address}1.0/cy/team/")
    page.locator("[data-versions] summary").click()
    there = [link.evaluate("each => each.href") for link in page.locator("[data-versions] a").all()]
    assert there == [f"{address}next/cy/", f"{address}1.1/", f"{address}1.0/cy/team/"]


@pytest.mark.parametrize("path", [FORM, THEME])
@pytest.mark.parametrize("within", LANGUAGES)
def test_an_old_version_says_so_in_each_language_and_leads_to_the_same_page(within, path, page, address):
    language = LANGUAGES[within]
    said = say(language, "This is version {version}. The latest is {latest}.", version="1.0", latest="1.1")
    page.goto(f"{address}1.0/{within}{path}")
    page.get_by_text(said).wait_for()
    page.get_by_role("link", name=say(language, "Go to version {version}", version="1.1")).click()
    page.wait_for_url(f"{address}1.1/{within}{path}")
    wait_for_versions(page)
    assert not page.locator("[data-old-version]").is_visible()


@pytest.mark.parametrize("within", LANGUAGES)
def test_a_draft_says_so_in_each_language(within, page, address):
    for path in (FORM, THEME):
        page.goto(f"{address}next/{within}{path}")
        wait_for_versions(page)
        assert page.get_by_text(say(LANGUAGES[within], "This is a draft.")).first.is_visible()
        assert not page.locator("[data-old-version]").is_visible()


@pytest.mark.parametrize("path", [FORM, THEME])
def test_the_way_to_another_language_stays_in_the_version(path, page, address):
    page.goto(f"{address}1.0/{path}")
    page.get_by_role("link", name="Cymraeg").click()
    page.wait_for_url(f"{address}1.0/cy/{path}")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{address}1.0/{path}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("within", LANGUAGES)
def test_axe_finds_nothing_on_a_small_screen(within, scheme, open_page, address):
    page = open_page(viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{address}1.0/{within}{FORM}")
    page.locator("[data-versions] summary").click()
    assert not axe.violations(page)
    page.goto(f"{address}1.0/{within}{THEME}")
    wait_for_versions(page)
    assert not axe.violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# What is published


def test_the_edition_goes_by_its_release_and_stands_alone_at_the_top(published):
    top = published / TOP
    assert versions_in(top) == {"next (draft)": [], "1.1": ["latest"], "1.0": []}
    told = json.loads((top / "versions.json").read_text(encoding="utf-8"))
    assert {each["properties"]["edition"] for each in told} == {EDITION}
    assert (top / "1.0" / "cy" / FORM / "index.html").is_file()


def test_published_again_on_the_same_release_it_takes_its_own_place(published):
    text = (published / TOP / "1.0" / THEME / "index.html").read_text(encoding="utf-8")
    assert "plots@example.org" in text
    assert "societies@example.org" not in text


def test_each_language_of_a_version_has_its_own_address(published):
    for version in ("1.0", "1.1", "next"):
        for within in LANGUAGES:
            text = (published / TOP / version / within / FORM / "index.html").read_text(encoding="utf-8")
            assert f'<link rel="canonical" href="{ADDRESS}{version}/{within}{FORM}">' in text
            other = {"": "cy/", "cy/": ""}[within]
            found = re.search(r'<link rel="alternate " hreflang="\w+" href="([^"]+)"', text)
            assert found[1].replace("cy/../", "") == f"{ADDRESS}{version}/{other}{FORM}"


def test_a_plain_folder_needs_no_repository_and_no_address(project):
    shutil.rmtree(project / ".git")
    change(project / OUTLINE, f"site_url: {ADDRESS}\n", "")
    change(project / "mkdocs.yml", "site_name:", "site_url: https://example.org/framework/\nsite_name:")
    assert done(project, "publish", "--edition", EDITION, "--folder", "public") == "public/1.0\n"
    assert versions_in(project / "public") == {"1.0": ["latest"]}
    text = (project / "public" / "1.0" / FORM / "index.html").read_text(encoding="utf-8")
    assert "example.org/framework" not in text  # where the framework itself is published


# Where a college begins and publishes without installing anything


def read_yaml(path):
    return yaml.safe_load((PROJECT / path).read_text(encoding="utf-8"))


def test_a_workspace_of_the_code_host_is_set_up_as_contributors_set_up_theirs():
    told = json.loads((PROJECT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    command = told["postCreateCommand"]
    assert f"| `{command}` |" in (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    said = [
        subprocess.run(
            ["make", "--dry-run", *each.split()[1:]], cwd=PROJECT, capture_output=True, text=True, check=True
        )
        for each in (command, "make serve")  # with which README.md begins
    ]
    installs = [[line for line in each.stdout.splitlines() if "balcony" not in line] for each in said]
    assert installs[0] == installs[1]
    image = told["image"].rpartition(":")[2]
    job = read_yaml(".github/workflows/pages.yml")["jobs"]["publish"]
    assert image in [step["with"].get("python-version") for step in job["steps"] if "with" in step]


def test_a_workspace_shows_the_port_of_the_site_and_knows_the_schemas():
    told = json.loads((PROJECT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    address = next(each.default for each in serve_command.params if each.name == "address")
    assert told["forwardPorts"] == [int(address.rpartition(":")[2])]
    assert [*told["portsAttributes"]] == [str(port) for port in told["forwardPorts"]]
    assert told["customizations"]["vscode"]["extensions"] == ["redhat.vscode-yaml"]
    assert told["remoteEnv"]["PATH"].startswith("${containerWorkspaceFolder}/.venv/bin:")


@pytest.mark.parametrize(("id_", "words"), [("acme's own", ["--edition", "acme's own"]), ("", [])])
def test_the_workflow_publishes_the_edition_that_is_typed_in(id_, words, tmp_path):
    steps = read_yaml(".github/workflows/pages.yml")["jobs"]["publish"]["steps"]
    step = next(each for each in steps if each.get("name") == "Publish")
    assert step["env"] == {"EDITION": "${{ inputs.edition }}"}
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "balcony").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    (tmp_path / ".venv" / "bin" / "balcony").chmod(0o755)
    made = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=tmp_path,
        env={**os.environ, "EDITION": id_},
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.splitlines() == ["publish", "--push", *words]


# What is refused


def test_one_place_holds_one_site(project, tmp_path):
    shutil.copytree(project / "editions" / EDITION, project / "editions" / "other")
    change(project / "editions" / "other" / "edition.yml", f"id: {EDITION}", "id: other")
    shutil.rmtree(project / "editions" / "other" / "cy")
    change(project / "editions" / "other" / "edition.yml", "languages: [en, cy]", "languages: [en]")
    commit(project)
    done(project, "publish", "--edition", "other")
    done(project, "publish", "--folder", "public")
    before = git(project, "rev-parse", "gh-pages")
    for arguments, because in (
        ([], '"gh-pages" holds another site: that of the edition "other". Name another place with --branch'),
        (["--edition", EDITION], '"gh-pages" holds another site: that of the edition "other".'),
        (
            ["--edition", "other", "--folder", "public"],
            '"public" holds another site: the framework\'s own. Name another place with --folder',
        ),
    ):
        refused = ran(project, "publish", *arguments)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(because)
        assert len(refused.stderr.splitlines()) == 1
    assert git(project, "rev-parse", "gh-pages") == before
    done(project, "publish", "--edition", "other", "--folder", tmp_path / "own")


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (["--edition", "rhandri"], 'there is no edition "rhandri"; did you mean "rhandir"?'),
        (["--edition", ""], 'there is no edition ""'),
    ],
)
def test_an_edition_that_is_not_there_is_refused(arguments, because, project):
    refused = ran(project, "publish", *arguments)
    assert refused.returncode == 2
    assert because in " ".join(refused.stderr.split())


def test_an_edition_with_problems_is_not_published(project):
    change(project / OUTLINE, "organisation:", "organization:")
    refused = ran(project, "publish", "--edition", EDITION, "--draft", "next")
    assert refused.returncode == 1
    assert re.match(rf"{OUTLINE}:\d+:\d+: ", refused.stdout)
    assert not git(project, "branch", "--list", "gh-pages")


def test_an_edition_that_is_not_committed_is_not_published(project):
    change(project / OUTLINE, "societies@example.org", "plots@example.org")
    refused = ran(project, "publish", "--edition", EDITION)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Not everything is committed: {OUTLINE}.")


@pytest.mark.parametrize(
    ("address", "origin", "because"),
    [
        ("https://example.org/x/1.0/", None, "leave out 1.0/."),
        ("https://example.org/latest/", None, "leave out latest/."),
        ("https://example.org/?site=/", None, "The address of a site has no ? and no #"),
        ("https://acme.github.io/", "https://github.com/acme/lead.git", "at https://acme.github.io/lead/."),
        ("https://other.github.io/lead/", "git@github.com:acme/lead.git", "at https://acme.github.io/lead/."),
        ("https://acme.github.io/x/", "https://github.com/Acme/acme.github.io", "at https://acme.github.io/."),
    ],
)
def test_an_address_that_does_not_fit_is_refused_with_what_to_write(address, origin, because, project):
    told = outline(project, address)
    if origin:
        git(project, "remote", "add", "origin", origin)
    with pytest.raises(PublishError) as refused:
        publish.check_address(project, told, None)
    assert str(refused.value).startswith(f"{OUTLINE}: site_url is {address}")
    assert because in str(refused.value)


@pytest.mark.parametrize(
    ("address", "origin", "folder"),
    [
        ("https://acme.github.io/lead/", "git@github.com:Acme/lead.git", None),
        ("https://acme.github.io/", "https://github.com/acme/Acme.github.io", None),
        ("https://lead.acme.example/", "https://github.com/acme/lead", None),
        ("https://acme.github.io/elsewhere/", "https://github.com/acme/lead", "public"),
    ],
)
def test_an_address_that_fits_is_taken(address, origin, folder, project):
    git(project, "remote", "add", "origin", origin)
    publish.check_address(project, outline(project, address), folder and project / folder)


def outline(project, address):
    """The facts of the edition, with another address."""
    return edition.read(project, EDITION).edition.model_copy(update={"site_url": address})
