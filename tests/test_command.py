"""The command line, run as people and scripts run it."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from threading import Thread
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from conftest import ENGINE

from generator import sheet, site
from generator.__main__ import main
from generator.score import score
from generator.team_view import team_view

PROJECT = Path(__file__).resolve().parent.parent
BUILT_FROM = ("content", "framework", "generator", "mkdocs.yml")


@pytest.fixture
def project(tmp_path):
    """A copy of everything that a site is built from."""
    for name in BUILT_FROM:
        source = PROJECT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name, **({"ignore": shutil.ignore_patterns("__pycache__")} if source.is_dir() else {}))
    return tmp_path


def balcony(*arguments, cwd=PROJECT):
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def seed(project, file, old, new):
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def make_sheet(folder, framework, name="a.balcony.json", changes=()):
    fields = {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": "standard",
        "answers": {id_: {"answer": 1 + number % 5, "revision": 1} for number, id_ in enumerate(framework.indicators)},
        "warning_signs": ["stand-ins"],
    }
    path = folder / name
    path.write_text(json.dumps({**fields, **dict(changes)}), encoding="utf-8")
    return path


def test_check_finds_nothing_wrong_with_the_real_framework():
    ran = balcony("check")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "0 problems\n")


def test_check_prints_every_problem_and_ends_with_1(project):
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    seed(project, "framework/sections/people.yml", "revision: 1", "revision: one")
    ran = balcony("check", cwd=project)
    assert ran.returncode == 1
    assert [line.split(":")[0] for line in ran.stdout.splitlines()] == [
        "framework/lenses/six-ways.yml",
        "framework/sections/people.yml",
    ]
    assert 'did you mean "coverage"?' in ran.stdout
    assert ran.stderr == "2 problems\n"


def test_check_gives_tools_the_fields_of_each_problem(project):
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    (problem,) = json.loads(balcony("check", "--format", "json", cwd=project).stdout)
    assert list(problem) == ["file", "line", "column", "where", "message", "hint", "severity", "rule"]
    assert (problem["file"], problem["line"], problem["severity"]) == ("framework/lenses/six-ways.yml", 4, "error")
    assert balcony("check", "--format", "json").stdout == "[]\n"


def test_check_marks_the_lines_of_a_pull_request(project):
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    line = balcony("check", "--format", "github", cwd=project).stdout
    assert line.startswith("::error file=framework/lenses/six-ways.yml,line=4,col=7,title=lens six-ways%2C rule::")


@pytest.mark.parametrize(
    "arguments",
    [
        ("chekc",),
        ("check", "--format", "xml"),
        ("score",),
        ("score", "no-such-file.json"),
        ("score", "README.md", "--mode", "open"),
        ("score", "README.md", "--minimum-group", "5"),
        ("score", "README.md", "--form", "quick"),
        ("score", "README.md", "--team", "--mode", "secret"),
        ("score", "README.md", "--team", "--mode", "open", "--minimum-group", "5"),
        ("check", "--framework", "nowhere"),
        ("offline",),
        ("offline", "quick", "-o", "nowhere/quick.html"),
        ("offline", "quick", "-o", "content"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_right(arguments):
    ran = balcony(*arguments)
    assert ran.returncode == 2
    assert "Usage: " in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", [*sorted(set(main.commands) - {"edition"}), "edition update"])
def test_every_command_has_help_with_an_example(command):
    ran = balcony(*command.split(), "--help")
    assert ran.returncode == 0
    assert f"Example:\n    balcony {command}" in ran.stdout


def test_score_prints_the_result(tmp_path, framework):
    ran = balcony("score", make_sheet(tmp_path, framework))
    answers = {id_: 1 + number % 5 for number, id_ in enumerate(framework.indicators)}
    assert json.loads(ran.stdout) == score(framework, "standard", answers, ["stand-ins"])
    assert (ran.returncode, ran.stderr) == (0, "")


def test_score_names_a_refused_sheet_and_scores_the_rest(tmp_path, framework):
    good, other = make_sheet(tmp_path, framework), make_sheet(tmp_path, framework, "c.json", {"form": "quick"})
    bad = make_sheet(tmp_path, framework, "b.json", {"framework": {"id": "other", "version": "1.0.0"}})
    ran = balcony("score", good, bad, other)
    assert [json.loads(line)["form"] for line in ran.stdout.splitlines()] == ["standard", "quick"]
    assert ran.stderr == f'{bad}: The sheet answers the framework "other"; this one is "systems-leadership".\n'
    assert ran.returncode == 1


def test_score_prints_the_view_of_a_team_on_one_line(tmp_path, framework):
    days = [f"2026-11-0{day}T09:30:00Z" for day in range(1, 7)]
    sheets = [make_sheet(tmp_path, framework, f"{number}.json", {"created": day}) for number, day in enumerate(days)]
    sheets.append(make_sheet(tmp_path, framework, "others.json", {"perspective": "others"}))
    ran = balcony("score", "--team", *sheets)
    read = [sheet.read(path.read_bytes(), framework) for path in sheets]
    assert ran.stdout.count("\n") == 1
    assert json.loads(ran.stdout) == team_view(framework, "standard", read)
    assert (ran.returncode, ran.stderr) == (0, "")
    opened = json.loads(balcony("score", "--team", "--mode", "open", *sheets[:2]).stdout)
    assert opened == team_view(framework, "standard", read[:2], mode="open")
    few = json.loads(balcony("score", "--team", "--minimum-group", 3, *sheets[:3]).stdout)
    assert few == team_view(framework, "standard", read[:3], minimum_group=3)
    assert few["indicators"]["shared-purpose"]["visible"]


def test_score_sets_a_refused_sheet_aside_and_looks_at_the_rest_of_the_team(tmp_path, framework):
    good = make_sheet(tmp_path, framework)
    bad = make_sheet(tmp_path, framework, "b.json", {"framework": {"id": "other", "version": "1.0.0"}})
    ran = balcony("score", "--team", good, bad)
    reason = 'The sheet answers the framework "other"; this one is "systems-leadership".'
    assert json.loads(ran.stdout)["sheets"] == {
        "own": 1,
        "others": 0,
        "set_aside": [{"file": "b.json", "reason": reason}],
    }
    assert (ran.returncode, ran.stderr) == (1, f"{bad}: {reason}\n")


def test_score_counts_a_sheet_that_is_there_twice_once(tmp_path, framework):
    begun = {"created": "2026-11-22T09:30:00Z"}
    sheets = [make_sheet(tmp_path, framework, name, begun) for name in ("a.json", "a (1).json")]
    sheets.append(make_sheet(tmp_path, framework, "b.json", {**begun, "answers": {}}))
    ran = balcony("score", "--team", *sheets)
    found = json.loads(ran.stdout)["sheets"]
    assert (found["own"], [each["file"] for each in found["set_aside"]]) == (2, ["a (1).json"])
    assert ran.stderr == f"{sheets[1]}: The same sheet as a.json.\n"
    assert ran.returncode == 0


def test_score_sets_a_sheet_that_the_team_agreed_on_aside_and_scores_it_by_itself(tmp_path, framework):
    own = make_sheet(tmp_path, framework)
    agreed = make_sheet(tmp_path, framework, "agreed.json", {"agreed": True})
    ran = balcony("score", "--team", own, agreed)
    reason = "A sheet that a team agreed on: it is not one person's view."
    aside = [{"file": "agreed.json", "reason": reason}]
    assert json.loads(ran.stdout)["sheets"] == {"own": 1, "others": 0, "set_aside": aside}
    assert (ran.returncode, ran.stderr) == (0, f"{agreed}: {reason}\n")
    assert balcony("score", agreed).stdout == balcony("score", own).stdout


def test_a_team_is_looked_at_in_the_form_that_most_sheets_answer_or_in_the_one_that_is_asked_for(tmp_path, framework):
    quick, another = (make_sheet(tmp_path, framework, name, {"form": "quick"}) for name in ("q.json", "r.json"))
    standard = make_sheet(tmp_path, framework, "s.json")

    def form(*arguments):
        return json.loads(balcony("score", "--team", *arguments).stdout)["form"]

    assert [form(quick, another, standard), form(quick, standard)] == ["quick", "standard"]
    assert form("--form", "quick", standard) == "quick"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--minimum-group", "2"), "The smallest group is 2. It can be from 3 to 10 people."),
        (("--form", "quik"), 'there is no form "quik"; allowed: quick, standard'),
    ],
)
def test_a_team_that_is_asked_for_wrongly_ends_with_2_and_says_what_is_right(tmp_path, framework, arguments, said):
    ran = balcony("score", "--team", make_sheet(tmp_path, framework), *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


def test_a_framework_with_problems_is_not_built(project):
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    seed(project, "framework/sections/people.yml", "revision: 1", "revision: one")
    ran = balcony("build", cwd=project)
    assert ran.returncode == 1
    assert len(ran.stdout.splitlines()) == 2
    assert "Traceback" not in ran.stdout + ran.stderr
    assert not (project / "site").exists()


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_an_engine_called_by_its_own_name_says_the_same(project, engine):
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    ran = subprocess.run(
        [sys.executable, "-m", engine, "build"], cwd=project, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert (
        'framework/lenses/six-ways.yml:4:7: lens six-ways, rule: "coverege" is not allowed; did you mean "coverage"?'
        in ran.stdout + ran.stderr
    )


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_macro_with_a_wrong_id_names_the_page_and_the_nearest_id(project, engine):
    (project / "content/framework/six-ways.md").write_text(
        '---\ntitle: x\n---\n{{ lens("six-way") }}\n{{ exercize("one-wall") }}\n', encoding="utf-8"
    )
    ran = balcony("build", "--engine", engine, cwd=project)
    assert ran.stdout.splitlines() == [
        'content/framework/six-ways.md:4:4: lens: there is no lens "six-way"; did you mean "six-ways"?',
        'content/framework/six-ways.md:5:4: there is no macro "exercize"; did you mean "exercise"?',
    ]
    assert ran.stderr == "2 problems\n"
    assert ran.returncode == 1


def test_mkdocs_itself_names_the_page_of_a_wrong_call_without_a_traceback(project):
    (project / "content/framework/six-ways.md").write_text(
        '---\ntitle: x\n---\n{{ lens("six-way") }}\n', encoding="utf-8"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project, capture_output=True, text=True, check=False
    )
    assert (
        'content/framework/six-ways.md:4:4: lens: there is no lens "six-way"; did you mean "six-ways"?'
        in ran.stdout + ran.stderr
    )
    assert "Traceback" not in ran.stdout + ran.stderr
    assert ran.returncode == 1


def test_serving_waits_until_the_framework_is_mended(project):
    broken = "framework/lenses/six-ways.yml"
    seed(project, broken, "rule: coverage", "rule: coverege")
    told = []
    waiting = Thread(target=site.wait_until_sound, args=(project, told.append, 0.05))
    waiting.start()
    while not told:
        waiting.join(0.05)
    assert 'did you mean "coverage"?' in str(told[0][0])
    seed(project, broken, "rule: coverege", "rule: coverage")
    waiting.join(30)
    assert not waiting.is_alive()


def wait_until(condition, seconds=60):
    """Wait for something that other processes do; the test fails when it never comes."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.1)


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@pytest.fixture
def served(project):
    """A project that is being served, with what the server has said so far."""
    address, log = f"127.0.0.1:{free_port()}", project / "serve.log"
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--address", address], cwd=project, stdout=out, stderr=out
        ) as server,
    ):
        yield project, f"http://{address}/", lambda: log.read_text(encoding="utf-8")
        server.terminate()


def test_serving_shows_problems_and_recovers_when_they_are_mended(served):
    project, address, said = served

    def page(path):
        try:
            # A request that meets a rebuild may be forgotten by the server: the next one is answered.
            with urlopen(address + path, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    wait_until(
        lambda: 'six-ways.yml:4:7: lens six-ways, rule: "coverege" is not allowed; did you mean "coverage"?' in said()
    )
    seed(project, "framework/lenses/six-ways.yml", "rule: coverege", "rule: coverage")
    wait_until(lambda: "Six ways of leading" in page("framework/six-ways/"))
    seed(project, "framework/sections/people.yml", "revision: 1", "revision: one")
    wait_until(lambda: "a whole number is wanted" in said())
    seed(project, "content/framework/six-ways.md", "six-ways", "six-way")
    seed(project, "framework/sections/people.yml", "revision: one", "revision: 1")
    wait_until(lambda: 'there is no lens "six-way"' in said())
    seed(project, "framework/lenses/six-ways.yml", "name: Six ways of leading", "name: Six ways to lead")
    seed(project, "content/framework/six-ways.md", "six-way", "six-ways")
    wait_until(lambda: "Six ways to lead" in page("framework/six-ways/"))
    assert "Traceback" not in said()


def pages(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def dead_links(folder):
    """What pages point to and is not there, if the site is published below an address and not at the top of its host."""
    top, dead = "https://site.invalid/below/", set()
    for path in folder.rglob("index.html"):
        page = path.relative_to(folder).as_posix().removesuffix("index.html")
        for target in re.findall(r'\b(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8")):
            address = urljoin(top + page, unescape(target)).partition("#")[0]
            file = folder / address.removeprefix(top)
            if address.startswith("https://site.invalid") and not (file.is_file() or (file / "index.html").is_file()):
                dead.add(f"/{page}: {target}")
    return dead


def test_the_other_engine_makes_the_same_pages(project, built_site, framework):
    ran = balcony("build", "--engine", "mkdocs" if ENGINE == "zensical" else "zensical", "--strict", cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert pages(project / "site") == pages(built_site)
    alone = sorted(name for name in pages(built_site) if name.startswith("assess/") and not name.endswith("index.html"))
    assert len(alone) == len(framework.forms)
    for name in ("framework.json", "assets/balcony/assessment.js", "assets/balcony/tokens.css", *alone):
        assert (project / "site" / name).read_bytes() == (built_site / name).read_bytes()
    assert dead_links(project / "site") == set()


def test_a_plain_zensical_build_is_whole_and_up_to_date_the_second_time_too(project):
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    for name in ("Six ways of leading", "Six ways to lead"):
        seed(project, "framework/lenses/six-ways.yml", "name: Six ways of leading", f"name: {name}")
        subprocess.run(command, cwd=project, capture_output=True, check=True)
        assert name in (project / "site/framework/index.html").read_text(encoding="utf-8")
        assert (project / "site/framework.json").exists()
        assert (project / "site/assets/balcony/assessment.js").exists()


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_links_of_a_single_file_lead_to_the_address_of_the_site(project, framework, engine):
    seed(project, "mkdocs.yml", "site_name: Balcony", "site_name: Balcony\nsite_url: https://example.org/tools")
    ran = balcony("build", "--engine", engine, cwd=project)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    html = (project / f"site/assess/quick/{framework.id}-quick.html").read_text(encoding="utf-8")
    assert 'href="https://example.org/tools/framework/six-ways/"' in html
    assert "#client/" in html


def test_offline_writes_one_file_here_and_says_which(project, framework, built_site):
    ran = balcony("offline", "quick", cwd=project)
    name = f"{framework.id}-quick.html"
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{name}\n", "")
    assert (project / name).read_bytes() == (built_site / "assess/quick" / name).read_bytes()
    assert {path.name for path in project.iterdir()} == {*BUILT_FROM, name}


def test_offline_writes_where_it_is_told_to(project, framework, built_site):
    target = project / "for the team.html"
    ran = balcony("offline", "standard", "-o", target, cwd=project)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{target}\n", "")
    published = built_site / f"assess/standard/{framework.id}-standard.html"
    assert target.read_bytes() == published.read_bytes()
    assert {path.name for path in project.iterdir()} == {*BUILT_FROM, target.name}


def test_offline_knows_the_forms(framework):
    ran = balcony("offline", "quik")
    assert ran.returncode == 2
    assert f'there is no form "quik"; allowed: {", ".join(framework.forms)}' in ran.stderr


def test_offline_shows_every_problem_as_build_does(project):
    seed(project, "framework/lenses/six-ways.yml", "rule: coverage", "rule: coverege")
    seed(project, "framework/sections/people.yml", "revision: 1", "revision: one")
    ran, built = balcony("offline", "quick", cwd=project), balcony("build", cwd=project)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, built.stdout, built.stderr)
    assert len(ran.stdout.splitlines()) == 2
    assert not list(project.glob("*.html"))


def test_offline_says_if_no_page_offers_the_form(project):
    (project / "content/assess/quick.md").unlink()
    ran = balcony("offline", "quick", cwd=project)
    assert ran.stdout == (
        'content:1:1: no page offers the form "quick" as a file; '
        'give it a page in content/ that calls assessment("quick")\n'
    )
    assert (ran.returncode, ran.stderr) == (1, "1 problem\n")


def test_offline_shows_what_the_engine_says_only_if_it_fails(project):
    seed(project, "mkdocs.yml", "name: material", "name: no-such-theme")
    ran = balcony("offline", "quick", cwd=project)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no-such-theme" in ran.stderr
    assert "Traceback" not in ran.stderr
