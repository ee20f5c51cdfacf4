"""Several versions of the site beside each other, on a branch or in a plain folder.

    index.html      leads to the latest
    versions.json   says which versions there are, and which pages each has
    latest/         leads to the latest, page by page
    1.0/  2.0/      a version each; a patch takes its minor version's place, because it asks the same questions
    next/           a draft: a state that is not released

An edition goes by the release that it builds on. Its first language stands at the top of a version, each other one in a folder
inside. A branch or a folder holds the versions of one site alone: the framework's or one edition's.

The layout is mike's, so that its other commands work on the branch too. Like `site`, this knows the site engine: it gives
one build an address of its own and says that others stand beside it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from jinja2 import Template

from generator import building, configuration, edition, edition_site, placeholders, release, site
from generator.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.model import Edition
    from generator.reading import Reading

LATEST = "latest"
"""The folder that leads to the latest version."""
REMOTE = "origin"
VERSIONS = "versions.json"
_REDIRECT = Path(__file__).parent / "templates" / "publish" / "redirect.html"
_NUMBERED = re.compile(r"\d+\.\d+", re.ASCII)
_DRAFT = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_ON_GITHUB = re.compile(r"github\.com[:/]([\w-]+)/([\w.-]+?)(?:\.git)?/?$", re.ASCII)
_PAGES_OF_GITHUB = ".github.io"
_MISSING = (
    "Publishing needs mike, and it is not installed. `make publish` brings it; "
    'so does `.venv/bin/python -m pip install -e ".[publish]"` in this folder.'
)


class PublishError(Exception):
    """What keeps a version from being published, in a sentence for the person who asked for it."""


@dataclass(frozen=True)
class Version:
    """A version of the site."""

    name: str
    """Of its folder: `1.0`, or a draft's own."""
    is_draft: bool = False

    @property
    def title(self) -> str:
        """What menus call it."""
        return f"{self.name} (draft)" if self.is_draft else self.name


@dataclass(frozen=True)
class Built:
    """A version's site, not yet where it belongs."""

    version: Version
    folder: Path
    site_url: str | None
    """Where all versions together are published, if mkdocs.yml or edition.yml says so."""
    edition: str | None = None
    """The id of the edition whose site it is; None for the framework's own."""

    def properties(self) -> dict[str, Any]:
        """What versions.json tells the pages of other versions about this one."""
        found = (path.parent.relative_to(self.folder).as_posix() for path in self.folder.rglob("index.html"))
        pages = sorted("" if page == "." else f"{page}/" for page in found)
        edition_ = {"edition": self.edition} if self.edition else {}
        return {**edition_, **({"draft": True} if self.version.is_draft else {}), "pages": pages}


def released(reading: Reading) -> Version:
    """The version that a framework is a release of.

    Arguments:
        reading: The framework as it is now, as `site.sound_reading` gives it.

    Raises:
        PublishError: When it is none: under its number, people would meet other questions than those that were released.
    """
    framework = reading.framework
    assert framework is not None
    number = framework.version
    found = next((each for each in reading.releases if each.version == number), None)
    what = "or publish it as a draft: balcony publish --draft next"
    if found is None:
        raise PublishError(
            f"Version {number} of the framework is not released. Release it: balcony release {number}; {what}."
        )
    now = json.loads(release.frozen(framework, date.fromisoformat(found.released)))
    if now["framework"] != found.data:
        raise PublishError(
            f"The framework has changed since {number} was released. `balcony diff` shows what. Release it under a new "
            f"number, {what}."
        )
    return _numbered(number)


def version_of(told: Edition) -> Version:
    """The version of an edition: that of the release that it builds on.

    That release is frozen. The edition is not: published again, it takes its own place, since what sheets compare by is the
    framework's, and what teams answered before still counts (METHOD 4.10).
    """
    return _numbered(told.release)


def _numbered(number: str) -> Version:
    return Version(".".join(number.split(".")[:2]))


def draft(name: str) -> Version:
    """A version that is not released.

    Raises:
        PublishError: When the name could be taken for another version's.
    """
    if not _DRAFT.fullmatch(name) or name == LATEST:
        raise PublishError(
            f"{quoted(name)} cannot be a draft's name. Use small letters, digits and hyphens, with a letter first, such as "
            f"next; {LATEST} is taken."
        )
    return Version(name, is_draft=True)


def check_sources(project: Path, folder: Path | None) -> None:
    """Make sure that what is published can be made again from what is committed.

    Arguments:
        project: The folder that holds mkdocs.yml.
        folder: Where the versions go, if not on a branch. Then the project need not be in a repository.

    Raises:
        PublishError: When mike or git is missing, or something is not committed.
    """
    _mike()
    if shutil.which("git") is None:
        if folder:
            return
        raise PublishError("Publishing on a branch needs git, and it is not installed: https://git-scm.com/downloads.")
    is_inside = folder is not None and folder.resolve().is_relative_to(project.resolve())
    leave_out = [f":(exclude){folder}"] if is_inside else []
    status = _git(project, "status", "--porcelain", "--", ".", *leave_out)
    if status.returncode and not folder:
        raise PublishError(f"There is no branch to publish on here: {status.stderr.strip()}. Or use --folder.")
    changed = status.stdout.splitlines()
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise PublishError(
            f"Not everything is committed: {changed[0][3:]}{more}. Commit or put away what has changed, so that what is "
            "published can be made again."
        )


def check_branch(project: Path, branch: str) -> None:
    """Make sure that a branch is one that versions can go to.

    Raises:
        PublishError: When it is the one that is being worked on, cannot be a branch, or nobody is named who commits to it.
    """
    for key in ("name", "email"):
        if not os.environ.get(f"GIT_COMMITTER_{key.upper()}") and _git(project, "config", f"user.{key}").returncode:
            raise PublishError(f"git does not know who you are. Tell it: git config user.{key} …")
    if _git(project, "check-ref-format", "--branch", branch).returncode:
        raise PublishError(f"{quoted(branch)} cannot be the name of a branch.")
    if _git(project, "symbolic-ref", "--short", "HEAD").stdout.strip() == branch:
        raise PublishError(f"{quoted(branch)} is the branch that you are on. Name one that holds nothing but the site.")


def check_address(project: Path, told: Edition, folder: Path | None) -> None:
    """Make sure that an edition's address can be that of the top of its versions.

    Arguments:
        project: A folder of the repository.
        told: The edition.
        folder: Where the versions go, if not on a branch.

    Raises:
        PublishError: When links that begin with it would lead nowhere.
    """
    if told.site_url is None:
        return
    where = f"{edition.FOLDER}/{told.id}/{edition.OUTLINE}: site_url is {told.site_url}"
    address = urlsplit(told.site_url)
    if address.query or address.fragment:
        raise PublishError(f"{where}. The address of a site has no ? and no #: leave out what begins with it.")
    last = address.path.rstrip("/").rpartition("/")[2]
    if _NUMBERED.fullmatch(last) or last == LATEST:
        raise PublishError(f"{where}. Each version gets a folder below that address, so leave out {last}/.")
    origin = _git(project, "remote", "get-url", REMOTE).stdout.strip() if folder is None and shutil.which("git") else ""
    found = _ON_GITHUB.search(origin)
    if found and address.netloc.lower().endswith(_PAGES_OF_GITHUB):
        host, name = f"{found[1]}{_PAGES_OF_GITHUB}".lower(), found[2]
        shown = f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
        if told.site_url.lower() != shown.lower():
            raise PublishError(f"{where}, but GitHub Pages shows this repository at {shown}. Write that there.")


def check_folder(project: Path, folder: Path, version: Version, edition_: str | None = None) -> None:
    """Make sure that versions can go to a folder without harm.

    Arguments:
        project: The folder that holds mkdocs.yml.
        folder: Where they go.
        version: Which is to come.
        edition_: The id of the edition whose site it is; None for the framework's own.

    Raises:
        PublishError: When something else is there.
    """
    if project.resolve().is_relative_to(folder.resolve()):
        raise PublishError(f"{quoted(folder)} holds the project itself. Name a folder for the site alone.")
    taken = [name for name in ("index.html", version.name, LATEST) if (folder / name).exists()]
    if taken and not (folder / VERSIONS).exists():
        raise PublishError(f"{quoted(folder)} holds something else: {taken[0]}. Name a folder for the site alone.")
    _check_owner(_versions_in(folder), edition_, str(folder), "--folder")


def _check_owner(versions: Any, edition_: str | None, place: str, option: str) -> None:
    """Two sites would take each other's versions for their own."""
    others = {(each.properties or {}).get("edition") for each in versions} - {edition_}
    if others:
        other = others.pop()
        whose = f"that of the edition {quoted(other)}" if other else "the framework's own"
        raise PublishError(
            f"{quoted(place)} holds another site: {whose}. Name another place with {option}, or delete that one if "
            "nobody needs it."
        )


@contextmanager
def built(project: Path, version: Version, told: Edition | None = None) -> Iterator[Built]:
    """Build the site of a version, strictly, for as long as it takes to put it somewhere.

    Arguments:
        project: The folder that holds mkdocs.yml.
        version: Which.
        told: The edition whose site it is; None for the framework's own.

    Raises:
        ProblemsError: With every error of the framework and of the pages' calls, and, unless it is a draft, with every place
            that the publisher has yet to fill in.
        PublishError: When the engine cannot build it.
    """
    with TemporaryDirectory() as folder:
        if told is None:
            site_url = _build(project, version, folder)
            yield Built(version, Path(folder), site_url)
        else:
            whole = Path(folder) / "site"
            _build_edition(project, version, told, whole)
            yield Built(version, whole, told.site_url, told.id)


def _build(project: Path, version: Version, folder: str) -> str | None:
    """Build the framework's own site into a folder; where all versions are published, if mkdocs.yml says so."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build  # noqa: PLC0415  # other commands do without, and it takes time to load
    from mkdocs.config import load_config  # noqa: PLC0415  # as above
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415  # as above

    site.sound_macros(project)
    if not version.is_draft:
        placeholders.check({"": project}, project)
    try:
        config = load_config(str(project / "mkdocs.yml"), site_dir=folder, strict=True)
        site_url = config.site_url or None
        if site_url:
            config.site_url = urljoin(site_url, f"{version.name}/")
        config.extra["version"] = _beside_others(version)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except MkDocsException as error:
        raise PublishError(f"The site could not be built. {error}") from None
    return site_url


def _build_edition(project: Path, version: Version, told: Edition, folder: Path) -> None:
    """Build the site of an edition, in each of its languages, into a folder that is not there yet."""
    with edition_site.projects_of(project, told.id) as projects:
        for path, each in projects.items():
            file = each / "mkdocs.yml"
            data = configuration.read(file.read_text(encoding="utf-8"))
            data.setdefault("extra", {})["version"] = _beside_others(version, path)
            data["site_url"] = f"{told.site_url}{version.name}/{path}" if told.site_url else ""
            file.write_text(configuration.written(data), encoding="utf-8")
        if not version.is_draft:
            placeholders.check(projects, project, told.id)
        first = projects.pop("")
        if building.build(first, folder, "mkdocs", strict=True, quiet=True, inside=projects):
            raise PublishError("The site could not be built: see above.")


def _beside_others(version: Version, within: str = "") -> dict[str, Any]:
    """What templates are told of a site that has other versions beside it: without it, its pages ask for none.

    Arguments:
        version: Its version.
        within: Where it stands in its version, such as `cy/`.
    """
    return {"draft": version.is_draft, "within": within}


def to_folder(made: Built, folder: Path) -> None:
    """Put a version into a plain folder, beside those that are there.

    Arguments:
        made: The version's site.
        folder: Holds all versions; made if it is not there.
    """
    version = made.version.name
    versions = _versions_in(folder)
    aliases = _aliases(made.version, versions)
    info = versions.add(version, made.version.title, aliases=aliases, update_aliases=True)
    info.set_property("", made.properties())
    for name in (version, *aliases):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(made.folder, folder / version)
    redirect = _redirect()
    for alias in aliases:
        for page in made.folder.rglob("*.html"):
            path = page.relative_to(made.folder)
            up = "../" * len(path.parts)
            target = folder / alias / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(redirect(f"{up}{version}/{_address(path)}"), encoding="utf-8")
    for file, text in _top(made, versions, redirect).items():
        (folder / file).write_text(text, encoding="utf-8")
    (folder / VERSIONS).write_text(f"{versions.dumps()}\n", encoding="utf-8")


def to_branch(made: Built, project: Path, branch: str, *, push: bool) -> None:
    """Put a version on a branch, beside those that are there.

    Arguments:
        made: The version's site.
        project: A folder of the repository.
        branch: Holds nothing but versions of the site; made if it is not there.
        push: Whether it goes to the remote repository too. Otherwise nothing leaves this machine.

    Raises:
        PublishError: When git refuses, in its words.
    """
    commands, git = _mike(), _mike_git()
    version = made.version
    with chdir(project):
        try:
            if push:  # what others have published meanwhile
                _git(project, "fetch", "--quiet", REMOTE, f"+refs/heads/{branch}:refs/remotes/{REMOTE}/{branch}")
            git.update_from_upstream(REMOTE, branch)
            before = commands.list_versions(branch)
            _check_owner(before, made.edition, branch, "--branch")
            aliases = _aliases(version, before)
            message = f"Publish {version.name} from {git.get_latest_commit('HEAD', short=True)}"
            with (
                suppress(git.GitEmptyCommit),
                commands.deploy(
                    {"site_dir": str(made.folder), "use_directory_urls": True},
                    version.name,
                    version.title,
                    aliases=aliases,
                    update_aliases=True,
                    alias_type=commands.AliasType.redirect,
                    template=_REDIRECT,
                    branch=branch,
                    message=message,
                    set_props=[("", made.properties())],
                ),
            ):
                pass
            top = _top(made, commands.list_versions(branch), _redirect())
            if top:
                with suppress(git.GitEmptyCommit), git.Commit(branch, f"Lead to {version.name}") as commit:
                    for file, text in top.items():
                        commit.add_file(git.FileInfo(file, text))
            if push:
                git.push_branch(REMOTE, branch)
        except (git.GitError, ValueError) as error:
            raise PublishError(f"{str(error)[:1].upper()}{str(error)[1:]}") from None


def _top(made: Built, versions: Any, redirect: Callable[[str], str]) -> dict[str, str]:
    """The files above all versions: where they lead, and what is said of an address that does not exist."""
    if not _aliases(made.version, versions):
        # A draft that stands alone is all there is to see.
        return {"index.html": redirect(f"{made.version.name}/")} if len(versions) == 1 else {}
    found = {"index.html": redirect(f"{LATEST}/")}
    if made.site_url:  # otherwise its links do not know where the site is
        found["404.html"] = (made.folder / "404.html").read_text(encoding="utf-8")
    return found


def _aliases(version: Version, versions: Any) -> list[str]:
    """What else leads to a version: nothing to a draft, nor to a version of which there is a later one."""
    others = (_numbers(str(each.version)) for each in versions)
    return [] if version.is_draft or max(others, default=()) > _numbers(version.name) else [LATEST]


def _numbers(name: str) -> tuple[int, ...]:
    """A version's numbers; none for a draft, which so comes before all versions."""
    return tuple(map(int, name.split("."))) if _NUMBERED.fullmatch(name) else ()


def _redirect() -> Callable[[str], str]:
    """Renders the page that leads to another, given its address. Set up as mike does it on a branch."""
    template = Template(_REDIRECT.read_text(encoding="utf-8"), autoescape=True, keep_trailing_newline=True)
    return lambda href: str(template.render(href=href))


def _address(page: Path) -> str:
    return page.as_posix().removesuffix("index.html")


def _versions_in(folder: Path) -> Any:
    _mike()
    from mike.versions import Versions  # noqa: PLC0415  # an extra, which may be missing

    try:
        return Versions.loads((folder / VERSIONS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Versions()
    except (OSError, ValueError, TypeError, KeyError, json.JSONDecodeError):
        raise PublishError(f"{folder / VERSIONS} cannot be read. Bring it back as it was published.") from None


def _mike() -> Any:
    try:
        from mike import commands  # noqa: PLC0415  # an extra, which may be missing
    except ImportError:
        raise PublishError(_MISSING) from None
    return commands


def _mike_git() -> Any:
    from mike import git_utils  # noqa: PLC0415  # as above

    return git_utils


def _git(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=project, check=False, capture_output=True, text=True)
