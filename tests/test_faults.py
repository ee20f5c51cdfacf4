"""What goes wrong on a disk: no room, no permission, something in the way, a process killed, two at once.

What was there before stays whole, nothing is left lying about, and the message says what to do.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from conftest import PROJECT

from generator import files
from generator.files import WriteError

if sys.platform == "win32":
    pytest.fail("These tests limit and kill processes, which they can do on Linux and macOS only.", pytrace=False)

import resource

PARTS = ("content", "framework", "generator", "editions", "mkdocs.yml")
OURS = "fire-and-rescue"
ROOM = 150_000
"""Bytes that a file may have where there is no room for more: enough for pages, and not for a whole site."""


def copied(folder):
    """A copy of everything that a site is built from."""
    for name in PARTS:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with its site."""
    folder = copied(tmp_path_factory.mktemp("faults"))
    ran = balcony(folder, "build")
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture
def project(built):
    """The same, and a look at its end that everything in it is as it was."""
    before = state(built)
    yield built
    assert changed(before, state(built)) == set()


@pytest.fixture
def own(tmp_path):
    """A copy to change. It has no site."""
    return copied(tmp_path)


def state(folder):
    """Every file and folder, with what it holds."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        found[name] = path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else "folder"
    return found


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def command(*arguments):
    return [sys.executable, "-B", "-m", "generator", *map(str, arguments)]


def balcony(folder, *arguments, limit=None):
    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, check=False, preexec_fn=limit
    )


def no_room(size=ROOM):
    """Let a process write no file larger than this. The disk says the same when it is full, in other words."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


def no_privilege():
    """Let permissions hold for root too, as they do for everyone else."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if ctypes.CDLL(None, use_errno=True).prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                raise OSError(ctypes.get_errno(), "Root cannot give up its privileges here. Run this as another user.")


def assert_said(ran, *words):
    said = ran.stdout + ran.stderr
    assert ran.returncode == 1, said
    assert "Traceback" not in said
    for word in words:
        assert word in said
    return said


# A site: no room, no permission


@pytest.mark.parametrize("how", [("--engine", "mkdocs"), ("--engine", "zensical"), ("--edition", OURS)])
def test_with_no_room_the_old_site_stays(project, how):
    assert_said(balcony(project, "build", *how, limit=no_room()), "File too large. Make room on its disk")


def test_with_no_room_for_what_comes_after_the_engine_no_site_is_made(own):
    """The single files, which are made last, are larger than all that Zensical writes for a few pages."""
    for folder in ("about", "exercises", "framework", "guide"):
        shutil.rmtree(own / "content" / folder)
    ran = balcony(own, "build", "--engine", "zensical", limit=no_room(2 * ROOM))
    assert "Build finished" in assert_said(ran, "Make room")
    assert {path.name for path in own.iterdir()} == set(PARTS)


def test_without_permission_the_old_site_stays(project):
    project.chmod(0o555)
    try:
        ran = balcony(project, "build", limit=no_privilege)
    finally:
        project.chmod(0o755)
    assert_said(ran, '"site" cannot be written: Permission denied. Make it and its folder writable for you')


# Something in the way


def test_a_file_in_the_way_stays(project, tmp_path):
    place = tmp_path / "notes"
    place.write_text("mine", encoding="utf-8")
    assert_said(balcony(project, "build", "--site-dir", place), "is a file", "Move it away, or name another place.")
    assert place.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("is_linked", [False, True])
def test_a_folder_with_somebodys_things_stays(project, tmp_path, is_linked):
    things = tmp_path / "things"
    (things / "photos").mkdir(parents=True)
    (things / "index.html").write_text("mine", encoding="utf-8")
    place = tmp_path / "link"
    place.symlink_to(things)
    before = state(tmp_path)
    ran = balcony(project, "build", "--site-dir", place if is_linked else things)
    assert_said(ran, 'holds something else, such as "index.html"', "Name another folder, or empty this one.")
    assert state(tmp_path) == before


def test_the_project_itself_is_no_place_for_its_site(project):
    assert_said(balcony(project, "build", "--site-dir", "."), "holds something else")


def test_a_link_to_a_site_stays_a_link_and_what_is_hidden_is_handed_on(project, tmp_path):
    real, link = tmp_path / "disk" / "www", tmp_path / "public"
    shutil.copytree(project / "site", real)
    (real / "gone.html").write_text("of the last build", encoding="utf-8")
    (real / ".htaccess").write_text("mine", encoding="utf-8")
    (real / ".well-known").mkdir()
    (real / ".well-known" / "security.txt").write_text("mine", encoding="utf-8")
    link.symlink_to(real)
    ran = balcony(project, "build", "--engine", "zensical", "--site-dir", link)  # which builds in the project alone
    assert ran.returncode == 0, ran.stderr
    assert link.readlink() == real
    assert (real / "framework.json").read_bytes() == (project / "site/framework.json").read_bytes()
    assert not (real / "gone.html").exists()
    assert (real / ".htaccess").read_text(encoding="utf-8") == "mine"
    assert (real / ".well-known" / "security.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["www"]


# Killed, and two at once


def started(folder, *arguments):
    """A build that has begun to write."""
    process = subprocess.Popen(
        command(*arguments), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 60
    while not list(folder.glob(".site.balcony-*/new/*")):
        assert process.poll() is None, "it was over too soon"
        assert time.monotonic() < until, "it never began"
        time.sleep(0.002)
    return process


def test_a_killed_build_leaves_the_old_site_and_the_next_one_clears_up_after_it(built):
    before = state(built)
    process = started(built, "build")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    left = {name.split("/")[0] for name in changed(before, state(built))}
    assert len(left) == 1
    assert left.pop().startswith(".site.balcony-")
    assert balcony(built, "build").returncode == 0
    assert changed(before, state(built)) == set()


def test_a_build_that_is_told_to_end_takes_its_engine_along_and_clears_up(project):
    process = started(project, "build")
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_site_that_was_moved_away_when_its_build_was_killed_comes_back(own):
    kept = own / ".site.balcony-killed" / "old-0"
    kept.mkdir(parents=True)
    (kept / "index.html").write_text("the old site", encoding="utf-8")
    configuration = own / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("name: material", "name: no-such-theme"), encoding="utf-8")
    for name in ("framework.json", "sheet.schema.json"):
        (kept / name).write_text("{}", encoding="utf-8")
    ran = balcony(own, "build")
    assert ran.returncode == 1
    assert (own / "site" / "index.html").read_text(encoding="utf-8") == "the old site"
    assert not list(own.glob(".*"))


def test_two_builds_at_once_both_go_well_and_one_whole_site_stays(project):
    first = started(project, "build")
    second = balcony(project, "build")
    assert (first.wait(60), second.returncode) == (0, 0), second.stderr


def test_two_builds_at_once_by_the_second_engine_do_not_disturb_each_other(project, tmp_path):
    places = [tmp_path / "one", tmp_path / "other"]
    both = [
        subprocess.Popen(command("build", "--engine", "zensical", "--site-dir", place), cwd=project) for place in places
    ]
    assert [each.wait(60) for each in both] == [0, 0]
    assert state(places[0]) == state(places[1])


# Other commands


def change(project, file, old, new):
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def for_release(project):
    change(project, "framework/sections/purpose.yml", "    question: ", "    question: Looking back, ")
    change(project, "framework/sections/purpose.yml", "    revision: 1\n", "    revision: 2\n")


def for_schema(project):
    for path in (project / "framework/schema").iterdir():
        path.write_text("{}", encoding="utf-8")


def for_pages(project):
    for name in ("six-ways", "glossary"):
        (project / f"content/framework/{name}.md").unlink()
    change(project, "mkdocs.yml", "          - framework/six-ways.md\n", "")


def for_update(project):
    for_release(project)
    assert balcony(project, "release", "2.0.0").returncode == 0


def for_import(project):
    assert balcony(project, "export", "--csv", "tables").returncode == 0


NEW = ("new", "acme", "--name", "Ours", "--organisation", "Acme", "--contact", "mailto:a@acme.example")


@pytest.mark.parametrize(
    ("arguments", "prepare"),
    [
        (("release", "2.0.0"), for_release),
        (("schema",), for_schema),
        (("pages",), for_pages),
        (("edition", "update", OURS), for_update),
        (NEW, lambda _: None),
        (("import", "tables", "--output", "mine"), for_import),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_writes_all_of_its_files_or_none(own, arguments, prepare):
    prepare(own)
    before = state(own)
    assert_said(balcony(own, *arguments, limit=no_room(64)), "cannot be written: File too large. Make room")
    assert changed(before, state(own)) == set()
    folders = [path for path in (own, *own.rglob("*")) if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    ran = balcony(own, *arguments, limit=no_privilege)
    for folder in folders:
        folder.chmod(0o755)
    assert_said(ran, "cannot be written: Permission denied. Make it and its folder writable")
    assert changed(before, state(own)) == set()
    assert balcony(own, *arguments).returncode == 0
    assert not list(own.rglob(".*balcony*"))


def test_a_file_that_cannot_take_its_place_keeps_the_others_from_theirs(tmp_path, monkeypatch):
    first, second, third = (tmp_path / name for name in ("first", "new/second", "third"))
    first.write_text("1", encoding="utf-8")
    third.write_text("3", encoding="utf-8")
    replace = Path.replace

    def refuse(path, target):
        if target == third and path.suffix == ".new":
            raise PermissionError(13, "It is open elsewhere")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WriteError, match=r"third.*It is open elsewhere"):
        files.write({first: "one", second: "two", third: "three"})
    assert state(tmp_path) == {"first": b"1", "third": b"3"}


def test_a_file_that_is_written_again_stays_the_link_that_it_is_and_as_private(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    files.write({link: "new\r\n"})
    assert (link.readlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (real, b"new\r\n", 0o600)
    assert {path.name for path in tmp_path.iterdir()} == {"real", "link"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="There is no /dev/full here: Linux has it, and CI is Linux.")
def test_a_device_is_written_to_and_not_replaced(project):
    assert_said(balcony(project, "offline", "quick", "-o", "/dev/full"), '"/dev/full"', "No space left on device")
    assert Path("/dev/full").is_char_device()
