"""An edition: a framework as a college tells it, laid over a release, and what it may not change (METHOD 4.10)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from editing import change

from generator import __main__ as command
from generator import edition, reading

PROJECT = Path(__file__).resolve().parent.parent
SPECIMEN = PROJECT / "tests" / "specimen"

OUTLINE = """\
id: acme
name: Leading the Acme service
organisation: Acme College
contact: mailto:leading@acme.example
based_on: systems-leadership@1.0.0
"""


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A framework with the words that an edition may set, released as 1.0.0."""
    project = tmp_path_factory.mktemp("released")
    folder = shutil.copytree(SPECIMEN, project / "framework", ignore=shutil.ignore_patterns("releases", "CHANGELOG.md"))
    outline = folder / "framework.yml"
    text = outline.read_text(encoding="utf-8")
    if "\nvariables:" not in text:
        text = text.replace("\nlevels:\n", "\nvariables: [staff, partners, residents]\nlevels:\n", 1)
    outline.write_text(text, encoding="utf-8")
    ran = CliRunner().invoke(command.main, ["release", "1.0.0", "--framework", str(folder), "--date", "2026-11-22"])
    assert ran.exit_code == 0, ran.output
    return project


@pytest.fixture
def project(released, tmp_path, monkeypatch):
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def make(project):
    """Write an edition, and read it."""

    def made(outline=OUTLINE, **files):
        folder = project / "editions" / "acme"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {"edition": outline, **files}.items():
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return edition.read(project, "acme")

    return made


@pytest.fixture(scope="session")
def base(released):
    return reading.framework(released / "framework")


def framework_of(found):
    assert [str(problem) for problem in found.problems] == []
    assert found.reading is not None
    return found.reading.framework


def test_an_edition_that_says_nothing_is_the_release(make, base):
    assert framework_of(make()).as_data() == base.as_data()


def test_what_it_says_otherwise_reads_otherwise_and_all_else_is_the_release(make, base):
    rewordings = """\
shared-purpose:
  label: One aim
  because: Our people say aim.
strategic-triangle:
  name: Three corners
  dimensions:
    public-value: {name: Good for the public}
  messages:
    aligned: "All in line. Watch {lowest}."
systems-leadership:
  name: How we lead
  levels:
    1: {name: Dormant}
knock-on:
  purpose: To see what follows.
"""
    found = make(rewordings=rewordings)
    framework = framework_of(found)
    assert framework.indicators["shared-purpose"].label == "One aim"
    assert framework.indicators["shared-purpose"].levels == base.indicators["shared-purpose"].levels
    lens = framework.lenses_by_id["strategic-triangle"]
    assert (lens.name, lens.dimensions[0].name) == ("Three corners", "Good for the public")
    assert lens.messages["aligned"] == "All in line. Watch {lowest}."
    assert (framework.outline.name, framework.outline.levels[0].name) == ("How we lead", "Dormant")
    first = found.rewordings[0]
    assert (first.id, first.field, first.base, first.own, first.because) == (
        "shared-purpose",
        "label",
        base.indicators["shared-purpose"].label,
        "One aim",
        "Our people say aim.",
    )


def test_a_release_stays_under_an_edition_when_the_framework_moves_on(make, project, base):
    path = project / "framework" / "sections" / "purpose.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("label: One clear purpose", "label: Something else"), encoding="utf-8")
    assert framework_of(make()).indicators["shared-purpose"].label == base.indicators["shared-purpose"].label


def test_words_that_differ_by_setting_are_set_once(make, base):
    framework = framework_of(make(OUTLINE + "variables: {staff: crews}\n"))
    texts = str(framework.as_data())
    before = str(base.as_data())
    assert "crews" in texts
    assert "Crews" in texts
    assert before.count(" staff ") > 20
    assert " staff " not in texts
    assert "staff-college-seven" in texts  # an id stays an id
    assert "Virtual Staff College" in texts  # and a name a name


def test_it_adds_a_question_a_lens_and_an_exercise_of_its_own(make, base):
    indicators = """\
- id: acme-drills
  section: purpose
  feeds: [strategic-triangle/public-value]
  revision: 1
  label: Drills with partners
  question: How do we practise with those we depend on?
  intent: We practise together before it counts.
  why: People who have practised together trust each other sooner. Trust saves minutes.
  levels:
    1: We practise alone.
    2: We ask partners to watch a drill.
    3: Partners have a part in our usual drills.
    4: Partners change our drills after what they saw.
    5: Partners ask us into drills of their own.
  evidence:
    - the date of the last drill with a partner
    - what changed after it
    - a partner who was there, and whom one could ask
  next_steps:
    1: Ask one partner to watch the next drill.
    2: Give one partner a part in the next drill.
    3: Ask a partner what to change in the drill.
    4: Offer to take part in a drill of theirs.
    5: Ask a new partner to join in.
  discuss: Whom did we miss the last time it counted?
  forms: [standard]
  sources:
    - source: moore-1995
      part: that value is made with others
"""
    framework = framework_of(make(indicators=indicators))
    assert framework.sections[0].indicators[-1].id == "acme-drills"
    assert framework.lenses_by_id["strategic-triangle"].dimensions[0].indicators[-1] == "acme-drills"
    assert len(framework.asked("standard")) == len(base.asked("standard")) + 1


def test_it_hides_lenses_and_exercises_and_nothing_leads_to_them(make):
    outline = OUTLINE + "hide:\n  lenses: [staff-college-seven]\n  exercises: [knock-on, quiet-questions]\n"
    framework = framework_of(make(outline))
    assert "staff-college-seven" not in framework.lenses_by_id
    assert framework.outline.pocket_card is None
    assert not any("knock-on" in each.exercises for each in framework.indicators.values())
    assert "staff-college-seven" not in str(framework.as_data()["glossary"])


def test_it_sets_its_own_minimum_group(make):
    assert framework_of(make(OUTLINE + "minimum_group: 7\n")).settings.minimum_group == 7


FORBIDDEN = {
    "a level": (
        "shared-purpose:\n  levels: {3: We do it.}\n",
        2,
        3,
        'an edition may not change "levels" of a indicator',
    ),
    "a revision": ("shared-purpose:\n  revision: 2\n", 2, 3, 'an edition may not change "revision" of a indicator'),
    "a rule": ("six-ways:\n  rule: profile\n", 2, 3, 'an edition may not change "rule" of a lens'),
    "the meaning of a level": (
        "systems-leadership:\n  levels:\n    1:\n      meaning: Nothing.\n",
        4,
        7,
        'an edition may not change "meaning" of a level',
    ),
    "a sixth level": (
        "systems-leadership:\n  levels:\n    6:\n      name: Perfect\n",
        3,
        5,
        'there is no level "6" here',
    ),
    "what feeds a headline lens": (
        "strategic-triangle:\n  dimensions:\n    public-value:\n      indicators: [shared-purpose]\n",
        4,
        7,
        'an edition may not change "indicators" of a dimension',
    ),
    "a threshold": (
        "systems-leadership:\n  settings: {alignment_gap: 2}\n",
        2,
        3,
        'an edition may not change "settings" of a framework',
    ),
    "another question": (
        "shared-purpose:\n  question: Who decides?\n",
        2,
        13,
        "this is another question: it keeps fewer than half of the words",
    ),
    "whether it may not apply": (
        "shared-purpose:\n  not_applicable: If you are new.\n",
        2,
        3,
        "everybody is asked this question",
    ),
    "the framework's id": (
        "systems-leadership:\n  id: ours\n",
        2,
        3,
        'an edition may not change "id" of a framework',
    ),
}


@pytest.mark.parametrize(("text", "line", "column", "message"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_an_edition_may_not_change_is_a_problem_with_its_place_and_a_way_out(make, text, line, column, message):
    (problem,) = make(rewordings=text).problems
    assert (problem.place.file, problem.place.line, problem.place.column) == (
        "editions/acme/rewordings.yml",
        line,
        column,
    )
    assert problem.message == message
    assert problem.hint


MISTAKES = {
    "a release that does not exist": (
        {"outline": OUTLINE.replace("1.0.0", "9.0.0")},
        'edition.yml:5:11: edition acme, based_on: there is no release "systems-leadership@9.0.0"; did you mean "systems-leadership@1.0.0"?',
    ),
    "an id that is gone": (
        {"rewordings": "shared-porpoise:\n  label: x\n"},
        'rewordings.yml:1:1: nothing in systems-leadership@1.0.0 is called "shared-porpoise"; did you mean "shared-purpose"?',
    ),
    "a variable that nobody knows": (
        {"outline": OUTLINE + "variables: {staf: crews}\n"},
        'edition.yml:6:13: edition acme, variables: "staf" is no word that an edition can set; did you mean "staff"?',
    ),
    "a lens that is not there": (
        {"outline": OUTLINE + "hide: {lenses: [six-weys]}\n"},
        'edition.yml:6:17: edition acme, hide, lens 1: there is no lens "six-weys"; did you mean "six-ways"?',
    ),
    "an id without the prefix": (
        {"exercises": "- id: drill\n  name: Drill\n"},
        "exercises.yml:1:7: exercise drill, id: \"drill\" does not begin with the edition's id; call it acme-drill, so that it never meets one of the framework's",
    ),
    "a language that is not offered": (
        {"outline": OUTLINE + "languages: [en, xx]\n"},
        'edition.yml:6:17: edition acme, languages, languages 2: "xx" is no language; write it as in cy or pt-BR',
    ),
    "a wrong type": (
        {"rewordings": "shared-purpose:\n  label: 7\n"},
        'rewordings.yml:2:10: section purpose, indicator shared-purpose, label: 7 without quotes is read as a number; text is wanted: put it in quotes, "7"',
    ),
    "HTML": (
        {"rewordings": "shared-purpose:\n  label: One <i>aim</i>\n"},
        'rewordings.yml:2:10: section purpose, indicator shared-purpose, label: "<i>" looks like HTML',
    ),
    "a colour that cannot be read": (
        {"outline": OUTLINE + 'colours: {primary: "#ffcc00", accent: "#0b5c66"}\n'},
        'edition.yml:6:20: edition acme, colours, primary: it cannot be read where it stands (WCAG 1.4.3); the nearest colour that can be is "#8f7200"',
    ),
    "a logo that is not there": (
        {"outline": OUTLINE + "logo: mark.svg\n"},
        "edition.yml:6:7: edition acme, logo: there is no such file in the edition's folder",
    ),
    "an unknown placeholder": (
        {"rewordings": "strategic-triangle:\n  messages:\n    aligned: All {fine}.\n"},
        "rewordings.yml:3:14: ",
    ),
}


@pytest.mark.parametrize(("files", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_at_the_line_of_the_edition(make, files, said):
    found = make(**files).problems
    assert [str(problem).removeprefix("editions/acme/").startswith(said) for problem in found] == [True], list(
        map(str, found)
    )


def release(version):
    ran = CliRunner().invoke(command.main, ["release", version, "--date", "2027-06-01"])
    assert ran.exit_code == 0, ran.output


REWORDED = """\
# Our own words.
shared-purpose:  # as our crews say it
  label: One aim
  because: Our people say aim.
strategic-triangle: {name: Three corners}
six-ways:
  name: Six ways we lead
knock-on:
  name: What follows
"""


@pytest.fixture
def moved(make, project):
    """An edition on 1.0.0, under which the framework has moved on to 2.0.0: two of its texts have changed, one thing is gone."""
    make(rewordings=REWORDED)
    change(project / "framework/sections/purpose.yml", "label: One clear purpose", "label: A purpose for all")
    change(project / "framework/lenses/strategic-triangle.yml", "name: Strategic triangle", "name: The triangle")
    (project / "framework" / "exercises" / "knock-on.yml").unlink()
    for path in (project / "framework").rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(", knock-on", "").replace("knock-on, ", "").replace("[knock-on]", "[one-wall]"),
            encoding="utf-8",
        )
    release("2.0.0")
    return project


def update(*arguments):
    return CliRunner().invoke(command.main, ["edition", "update", "acme", *arguments])


def test_until_it_is_updated_nothing_changes_under_an_edition(moved):
    framework = framework_of(edition.read(moved, "acme"))
    assert framework.version == "1.0.0"
    assert "knock-on" in framework.exercises_by_id


def test_an_update_says_what_is_stale_what_is_gone_and_what_still_fits_and_overwrites_nothing(moved):
    ran = update()
    assert ran.exit_code == 0, ran.output
    looked_at, rest = ran.output.split("Gone from the framework")
    assert "1.0.0: One clear purpose\n    2.0.0: A purpose for all\n    yours: One aim" in looked_at
    assert "yours: Three corners" in looked_at
    assert "knock-on" in rest
    assert "Still fitting: 1 of 4 rewordings." in rest
    folder = moved / "editions" / "acme"
    assert "based_on: systems-leadership@2.0.0\n" in (folder / "edition.yml").read_text(encoding="utf-8")
    text = (folder / "rewordings.yml").read_text(encoding="utf-8")
    assert text == REWORDED.replace("  label: One aim", "  checked: 1.0.0\n  label: One aim").replace(
        "{name: Three", "{checked: 1.0.0, name: Three"
    )


def test_a_stale_rewording_is_marked_until_somebody_has_looked_at_it(moved):
    update()
    path = moved / "editions" / "acme" / "rewordings.yml"
    text = path.read_text(encoding="utf-8").replace("knock-on:\n  name: What follows\n", "")
    path.write_text(text, encoding="utf-8")
    found = edition.read(moved, "acme")
    assert [(problem.severity, problem.place.line) for problem in found.problems] == [("warning", 4), ("warning", 6)]
    assert found.problems[0].message == (
        'the framework\'s text has changed since 1.0.0: it was "One clear purpose", and is "A purpose for all"'
    )
    assert found.reading.framework.indicators["shared-purpose"].label == "One aim"
    path.write_text(text.replace("checked: 1.0.0", "checked: 2.0.0"), encoding="utf-8")
    assert edition.read(moved, "acme").problems == ()


def test_a_dry_run_changes_nothing_and_says_the_same(moved):
    before = {path: path.read_bytes() for path in (moved / "editions").rglob("*.yml")}
    said = update("--dry-run").output
    assert {path: path.read_bytes() for path in (moved / "editions").rglob("*.yml")} == before
    assert update().output == said


@pytest.mark.usefixtures("moved")
def test_an_update_to_where_it_is_or_to_nowhere_is_refused_in_words():
    assert update("--to", "1.0.0").output == "The edition is based on 1.0.0 already.\n"
    assert "There is no release" in update("--to", "7.0.0").output
    ran = CliRunner().invoke(command.main, ["edition", "update", "acmee"])
    assert ran.exit_code == 2
    assert 'did you mean "acme"?' in ran.output


NEW = [
    "new",
    "beta-college",
    "--name",
    'Ours: the "best"',
    "--organisation",
    "Beta #1",
    "--contact",
    "mailto:a@beta.example",
]


def test_a_new_edition_passes_check_as_it_stands(project):
    ran = CliRunner().invoke(command.main, NEW)
    assert ran.exit_code == 0, ran.output
    assert CliRunner().invoke(command.main, ["check"]).output.endswith("0 problems\n")
    found = edition.read(project, "beta-college")
    assert (found.edition.name, found.edition.organisation) == ('Ours: the "best"', "Beta #1")


def test_what_is_commented_out_in_a_new_edition_is_sound_once_it_is_not(project):
    CliRunner().invoke(command.main, NEW)
    folder = project / "editions" / "beta-college"
    for file, start in (("rewordings.yml", "# shared-purpose:"), ("edition.yml", "# variables:")):
        text = (folder / file).read_text(encoding="utf-8")
        head, rest = text.split(start)
        lines = [line.removeprefix("# ") for line in (start + rest).splitlines()]
        kept = [line for line in lines if line[:1] == " " or line.split(":")[0].replace("-", "").isalpha()]
        (folder / file).write_text(head + "\n".join(kept).replace("logo: logo.svg", "") + "\n", encoding="utf-8")
    found = edition.read(project, "beta-college")
    assert [str(problem) for problem in found.problems] == []
    assert found.rewordings
    assert found.edition.variables


def test_a_new_edition_asks_for_what_it_is_not_told(project):
    ran = CliRunner().invoke(command.main, ["new", "gamma"], input="Ours\nGamma\ngamma.example\n")
    assert ran.exit_code == 0, ran.output
    assert edition.read(project, "gamma").edition.contact == "gamma.example"


def test_a_colour_that_cannot_be_read_is_made_so_that_it_can(project):
    ran = CliRunner().invoke(command.main, [*NEW, "--colour", "#ffcc00"])
    assert ran.exit_code == 0, ran.output
    found = edition.read(project, "beta-college")
    assert found.problems == ()
    assert found.edition.colours.primary == "#8f7200"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "Beta"], "use lower-case words with hyphens"),
        (["new", "../beta"], "use lower-case words with hyphens"),
        ([*NEW, "--colour", "yellow"], "six hexadecimal digits"),
        ([*NEW[:3], " ", *NEW[4:]], "there is no text"),
    ],
)
def test_a_new_edition_that_cannot_be_made_is_refused_in_words_and_nothing_is_written(project, arguments, said):
    ran = CliRunner().invoke(command.main, arguments, input="a\nb\nc\n")
    assert ran.exit_code == 2
    assert said in " ".join(ran.output.split())
    assert not (project / "editions").exists()


def test_an_edition_that_is_there_is_not_written_over(project):
    CliRunner().invoke(command.main, NEW)
    before = {path: path.read_bytes() for path in (project / "editions").rglob("*") if path.is_file()}
    ran = CliRunner().invoke(command.main, NEW)
    assert (ran.exit_code, 'there is an edition "beta-college" already' in ran.output) == (2, True)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.usefixtures("project")
def test_a_sheet_of_an_edition_is_scored_by_its_own_lenses(make, base, tmp_path):
    make(OUTLINE + "hide: {lenses: [staff-college-seven]}\n")
    answers = {id_: {"answer": 3, "revision": 1} for id_ in base.indicators}
    framework = {"id": base.id, "version": "1.0.0", "edition": "acme"}
    path = tmp_path / "a.balcony.json"
    path.write_text(
        json.dumps({"format": "balcony-sheet/1", "framework": framework, "form": "standard", "answers": answers}),
        encoding="utf-8",
    )
    own, theirs = (
        json.loads(CliRunner().invoke(command.main, ["score", str(path), *more]).output)["lenses"]
        for more in (["--edition", "acme"], [])
    )
    assert theirs.keys() - own.keys() == {"staff-college-seven"}
    assert {id_: theirs[id_] for id_ in own} == own
    ran = CliRunner().invoke(command.main, ["score", str(path), "--edition", "acne"])
    assert (ran.exit_code, 'did you mean "acme"?' in ran.output) == (2, True)
