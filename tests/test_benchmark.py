"""A benchmark: read, checked against the framework as it is, and shown beside a team's own values."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import axe
import pytest
from click.testing import CliRunner
from cohort_bench import made_up_sheet
from conftest import PROJECT
from editing import change
from pypdf import PdfReader
from run import DESKTOP, HOSTILE, PHONE, open_step
from test_team_page import TEAM, file_of, gather, open_details, prepare, sheet_of, team_of, texts_of, view_of

from generator import calls, check, reading, site
from generator.__main__ import main
from generator.problems import ProblemsError
from generator.rendering import linked_from

SPECIMEN = Path(__file__).parent / "specimen"
REAL = PROJECT / "framework"


# The file

WRITTEN = """\
{
  "format": "balcony-benchmark/1",
  "framework": {"id": "systems-leadership", "version": "1.0.0"},
  "name": "Fire services, 2026",
  "benchmark_sheets": 50,
  "forms": {
    "standard": {
      "balcony-and-dance-floor": {
        "dance-floor": {
          "sheets": 212,
          "from": "2.4",
          "to": "3.3",
          "indicators": {
            "alongside-staff": 1,
            "story-kept-alive": 1
          }
        }
      }
    },
    "quick": {
      "six-ways": {
        "being": {
          "sheets": 50,
          "from": "1.0",
          "to": "5.0",
          "indicators": {
            "presence-that-makes-room": 1,
            "difficulties-named": 1
          }
        }
      }
    }
  }
}
"""
"""As a college would have it after filling in a name."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the specimen in the current folder, with a benchmark of which everything compares."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SPECIMEN, tmp_path / "framework")
    Path("framework/benchmark.json").write_text(WRITTEN, encoding="utf-8")
    return Path("framework")


def said_of(folder):
    return [str(problem) for problem in check.problems(folder)]


def left(folder):
    """What of the benchmark compares: form, lens and dimension."""
    found = reading.read(folder).benchmark
    forms = found.forms.items() if found else ()
    return [(form, lens, id_) for form, lenses in forms for lens, parts in lenses.items() for id_ in parts]


ALL = [("standard", "balcony-and-dance-floor", "dance-floor"), ("quick", "six-ways", "being")]
ANEW = "make the benchmark anew with balcony cohort --benchmark"


def test_a_sound_benchmark_has_no_problem_and_a_framework_needs_none(folder):
    assert said_of(folder) == []
    assert left(folder) == ALL
    (folder / "benchmark.json").unlink()
    assert said_of(folder) == []
    assert left(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "balcony-benchmark/1",
            "balcony-benchmark/2",
            '2:13: format: "balcony-benchmark/2" is not allowed; did you mean "balcony-benchmark/1"?',
        ),
        (
            '"id": "systems-leadership"',
            '"id": "an-edition"',
            (
                '3:23: framework, id: the benchmark is of the framework "an-edition"; '
                f'this is "systems-leadership": take the file away, or {ANEW}'
            ),
        ),
        ('  "name"', '  "nmae"', '4:3: "nmae" is not a key that is known here; did you mean "name"?'),
        (
            '"Fire services, 2026"',
            '""',
            "4:11: name: there is no text; write it, or leave the key out if it is optional",
        ),
        (
            '"sheets": 212',
            '"sheets": 49',
            (
                "10:21: forms, standard, balcony-and-dance-floor, dance-floor, sheets: 49 are too few sheets; "
                "a benchmark needs 50, as benchmark_sheets in framework.yml says: take this part out"
            ),
        ),
        (
            '"from": "2.4"',
            '"from": "3.4"',
            (
                "11:19: forms, standard, balcony-and-dance-floor, dance-floor, from: from (3.4) is above to (3.3); "
                "write the smaller number first"
            ),
        ),
        (
            '"from": "2.4"',
            '"from": "0.9"',
            (
                '11:19: forms, standard, balcony-and-dance-floor, dance-floor, from: "0.9" is outside the levels; '
                "the framework has levels 1 to 5"
            ),
        ),
        (
            '"to": "3.3"',
            '"to": "5.1"',
            (
                '12:17: forms, standard, balcony-and-dance-floor, dance-floor, to: "5.1" is outside the levels; '
                "the framework has levels 1 to 5"
            ),
        ),
        (
            '"to": "3.3"',
            '"to": "3.25"',
            (
                '12:17: forms, standard, balcony-and-dance-floor, dance-floor, to: "3.25" has the wrong form; '
                "use one decimal place, such as 2.4"
            ),
        ),
        (
            '"to": "3.3"',
            '"to": 3.3',
            (
                "12:17: forms, standard, balcony-and-dance-floor, dance-floor, to: 3.3 without quotes is read as a number; "
                'text is wanted: put it in quotes, "3.3"'
            ),
        ),
        (
            '          "to": "3.3",\n',
            "",
            (
                "9:24: forms, standard, balcony-and-dance-floor, dance-floor: "
                'the key "to" is missing; add it: framework/README.md says what it holds'
            ),
        ),
        ('"forms": {', '"forms": {,', "6:13: YAML cannot be read here"),
    ],
)
def test_a_mistake_is_an_error_at_its_place_and_stops_a_build(folder, old, new, said):
    change(folder / "benchmark.json", old, new)
    (found,) = said_of(folder)
    assert found.startswith(f"framework/benchmark.json:{said}")
    assert left(folder) == []
    with pytest.raises(ProblemsError):
        check.sound(folder)
    # Whoever only scores sheets is not kept from it.
    assert reading.framework(folder).id == "systems-leadership"


PART = "forms, standard, balcony-and-dance-floor, dance-floor"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"standard"',
            '"standrd"',
            '7:5: warning: forms: there is no form "standrd" here, so this is left out; did you mean "standard"?',
        ),
        (
            '"balcony-and-dance-floor"',
            '"balcony-and-dancefloor"',
            (
                '8:7: warning: forms, standard: there is no lens "balcony-and-dancefloor" here, so this is left out; '
                'did you mean "balcony-and-dance-floor"?'
            ),
        ),
        (
            '"dance-floor"',
            '"stage"',
            (
                '9:9: warning: forms, standard, balcony-and-dance-floor: there is no dimension "stage" here, '
                "so this is left out; allowed: dance-floor, balcony"
            ),
        ),
        (
            '"alongside-staff": 1',
            '"alongside-staff": 2',
            (
                f'14:32: warning: {PART}, indicators, alongside-staff: revision 2 of "alongside-staff" was answered, '
                f"and it is at 1; the dimension is left out: {ANEW}"
            ),
        ),
        (
            '"alongside-staff": 1,',
            "",
            (
                f'13:11: warning: {PART}: "alongside-staff" feeds this dimension now and was not asked then, '
                f"so it is left out; {ANEW}"
            ),
        ),
        (
            '"alongside-staff": 1,',
            '"alongside-staff": 1, "high-bar-held": 1,',
            (
                f'14:35: warning: {PART}, indicators: "high-bar-held" does not feed this dimension any more, '
                f"so it is left out; {ANEW}"
            ),
        ),
    ],
)
def test_what_the_framework_does_not_ask_any_more_is_left_out_with_a_warning(folder, old, new, said):
    change(folder / "benchmark.json", old, new)
    assert said_of(folder) == [f"framework/benchmark.json:{said}"]
    assert left(folder) == ALL[1:]
    assert check.sound(folder).framework


def test_a_benchmark_of_another_version_says_which_and_keeps_what_compares(folder):
    change(folder / "benchmark.json", "1.0.0", "0.9.0")
    assert said_of(folder) == []
    change(folder / "benchmark.json", '"quick"', '"short"')
    assert said_of(folder) == [
        (
            'framework/benchmark.json:20:5: warning: forms: there is no form "short" here, so this is left out; '
            f"the benchmark is of version 0.9.0 and the framework of 1.0.0: {ANEW}"
        )
    ]
    assert left(folder) == ALL[:1]


def test_a_question_that_changes_takes_its_dimension_out_and_one_that_is_renamed_does_not(folder):
    section = folder / "sections" / "learning.yml"
    change(section, "  - id: alongside-staff\n", "  - id: alongside-staff\n    formerly: [beside-staff]\n")
    change(folder / "benchmark.json", "alongside-staff", "beside-staff")
    assert said_of(folder) == []
    assert left(folder) == ALL
    before, rest = section.read_text(encoding="utf-8").split("formerly: [beside-staff]", 1)
    raised = rest.replace("revision: 1", "revision: 2", 1)
    section.write_text(f"{before}formerly: [beside-staff]{raised}", encoding="utf-8")
    assert said_of(folder) == [
        (
            f'framework/benchmark.json:14:29: warning: {PART}, indicators, beside-staff: revision 1 of "beside-staff" '
            f"was answered, and it is at 2; the dimension is left out: {ANEW}"
        )
    ]
    assert left(folder) == ALL[1:]


def test_mistakes_of_the_file_come_in_one_run_with_those_of_the_framework(folder):
    change(folder / "benchmark.json", '"sheets": 212', '"sheets": "212"')
    change(folder / "framework.yml", "version: 1.0.0", "version: 1.0")
    assert [each.split(": ")[0] for each in said_of(folder)] == [
        "framework/benchmark.json:10:21",
        "framework/framework.yml:4:10",
    ]


def test_the_site_is_made_anew_when_the_benchmark_changes(folder):
    before = site.fingerprint(Path())
    change(folder / "benchmark.json", "2026", "2027")
    assert site.fingerprint(Path()) != before


# On the team page


@pytest.fixture(scope="module")
def benchmark(framework, tmp_path_factory):
    """What `balcony cohort` writes of made-up sheets."""
    folder = tmp_path_factory.mktemp("cohort")
    for number in range(80):
        content = json.dumps(made_up_sheet(framework, number))
        (folder / f"{number}.json").write_text(content, encoding="utf-8")
    target = folder / "benchmark.txt"
    options = ["--framework", str(REAL), "--output", str(folder / "out"), "--benchmark", str(target)]
    assert CliRunner().invoke(main, ["cohort", str(folder), *options]).exit_code == 0
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.fixture
def with_benchmark(tmp_path):
    """A copy of the real framework that has a benchmark: gives its reading."""

    def read(fields):
        folder = tmp_path / "framework"
        shutil.copytree(REAL, folder, dirs_exist_ok=True)
        (folder / "benchmark.json").write_text(json.dumps(fields, ensure_ascii=False, indent=2), encoding="utf-8")
        return check.sound(folder)

    return read


def team_html(read):
    return linked_from(calls.macros(read, PROJECT)["team"](), TEAM)


@pytest.fixture
def open_team(open_page, built_site, site_address):
    """Open the team page of a framework, in the page of the built site."""

    def open_(read, **options):
        built = (built_site / TEAM / "index.html").read_text(encoding="utf-8")
        before, start, rest = re.match(r"(.*)(<main[^>]*>).*(</main>.*)", built, re.DOTALL).groups()
        page = open_page(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
        page.on("dialog", lambda found: found.accept() if found.type == "beforeunload" else pytest.fail(found.message))
        body = f"{before}{start}{team_html(read)}{rest}"
        page.route(site_address + TEAM, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        page.goto(site_address + TEAM)
        page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
        return page

    return open_


def ranges_of(page):
    """What is said of a range, by lens and dimension."""
    found = page.locator("[data-range]").evaluate_all(
        """(all) => all.map(($each) => [
            $each.closest("[data-lens]").dataset.lens, $each.closest("[data-dimension]").dataset.dimension,
            $each.textContent,
        ])"""
    )
    assert len({(lens, part) for lens, part, _ in found}) == len(found)
    return {(lens, part): words for lens, part, words in found}


def look(page):
    """Open the view, with all that is folded, once the ranges have come."""
    open_step(page, "view")
    page.evaluate("import('#client/benchmark.js').then(() => {})")
    open_details(page)


def values_of(view):
    """The dimensions of which the team sees a value."""
    lenses = view["lenses"].items()
    return {(lens, id_) for lens, found in lenses for id_, each in found["dimensions"].items() if each.get("value")}


def half_hidden_team(framework):
    """Eight people, of whom most left out every third question."""
    files = team_of(framework, 3)
    asked = [each.id for each in framework.asked("standard")]
    for seed in range(3, 8):
        levels = {id_: 1 + (at + seed) % 5 for at, id_ in enumerate(asked) if at % 3}
        files.append(file_of(sheet_of(framework, seed=seed, levels=levels), f"{seed}.json"))
    return files


def test_a_range_stands_just_where_a_value_is_shown_and_the_benchmark_has_one(
    open_team, with_benchmark, benchmark, framework
):
    fields = json.loads(json.dumps(benchmark))
    # As if one question had been changed after the sheets were filled in.
    published = {
        (lens, id_): each for lens, parts in fields["forms"]["standard"].items() for id_, each in parts.items()
    }
    changed = list(framework.indicators)[1]
    gone = {key for key, each in published.items() if changed in each["indicators"]}
    for key in gone:
        published[key]["indicators"][changed] += 1
    page = open_team(with_benchmark(fields))
    gather(page, half_hidden_team(framework))
    look(page)
    shown = values_of(view_of(page))
    assert ranges_of(page) == {
        key: f"Teams like ours: the middle half of {each['sheets']} sheets lies from {each['from']} to {each['to']}."
        for key, each in published.items()
        if key in shown and key not in gone
    }
    # All four cases are there.
    kept = published.keys() - gone
    assert all([kept & shown, kept - shown, gone & shown, shown - published.keys()])


def test_the_sentence_has_the_name_and_the_figures_of_the_file_and_the_note_stands_above(
    open_team, with_benchmark, benchmark, framework
):
    fields = json.loads(json.dumps(benchmark))
    hand = {"name": "Fire services, 2026", "period": "January to June", "note": "14 services on a course."}
    part = fields["forms"]["standard"]["strategic-triangle"]["public-value"]
    part.update({"sheets": 212, "from": "2.4", "to": "3.3"})
    page = open_team(with_benchmark({**fields, **hand}))
    gather(page, team_of(framework, 8, levels=dict.fromkeys(framework.indicators, 3)))
    look(page)
    cell = page.locator("[data-lens=strategic-triangle] [data-dimension=public-value] td")
    assert cell.inner_text().splitlines()[-1] == (
        "Fire services, 2026: the middle half of 212 sheets lies from 2.4 to 3.3."
    )
    assert texts_of(page.locator("[data-benchmark] p")) == [
        "Fire services, 2026 · January to June",
        "14 services on a course.",
        (
            "Where enough sheets were counted, a line says where the middle half of them lies. "
            "Each sheet is one person's view of their own work, and they chose to send it. "
            "Your figure is the average of your team. The range is no target and no rank: it is something to talk about."
        ),
    ]
    assert page.locator("[data-benchmark]").is_visible()
    printed = " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(page.pdf())).pages).split())
    assert "Fire services, 2026: the middle half of 212 sheets lies from 2.4 to 3.3." in printed
    assert "The range is no target and no rank" in printed


def test_it_goes_and_comes_with_what_is_shown(open_team, with_benchmark, benchmark, framework):
    page = open_team(with_benchmark(benchmark))
    gather(page, team_of(framework, 8, levels=dict.fromkeys(framework.indicators, 3)))
    look(page)
    every = ranges_of(page)
    assert every
    prepare(page, minimum=9)
    look(page)
    assert ranges_of(page) == {}
    assert not page.locator("[data-benchmark]").is_visible()
    prepare(page, "quick")  # of which the benchmark has nothing
    look(page)
    assert values_of(view_of(page))
    assert ranges_of(page) == {}
    assert not page.locator("[data-benchmark]").is_visible()
    for _ in range(2):
        prepare(page)
        look(page)
        assert ranges_of(page) == every


def test_a_range_that_comes_late_is_not_put_beside_what_is_hidden_by_then(
    open_team, with_benchmark, benchmark, framework
):
    page = open_team(with_benchmark(benchmark))
    gather(page, team_of(framework, 8, levels=dict.fromkeys(framework.indicators, 3)))
    held = []

    def hold(route):
        held.append(route)

    page.route("**/benchmark.js", hold)
    with page.expect_request("**/benchmark.js"):
        open_step(page, "view")
    prepare(page, minimum=9)
    open_step(page, "view")
    held[0].continue_()
    look(page)
    assert ranges_of(page) == {}
    assert not page.locator("[data-benchmark]").is_visible()


def test_the_team_view_that_is_handed_out_says_nothing_of_it(open_team, with_benchmark, benchmark, framework):
    files = team_of(framework, 8)
    views = []
    for fields in (benchmark, {**benchmark, "forms": {}}):
        page = open_team(with_benchmark(fields))
        gather(page, files)
        look(page)
        views.append(view_of(page))
    assert views[0] == views[1]


def test_without_a_benchmark_nothing_of_one_is_in_the_page(with_benchmark, benchmark, built_site):
    built = (built_site / TEAM / "index.html").read_text(encoding="utf-8")
    with_one, with_nothing_left = (team_html(with_benchmark({**benchmark, **fields})) for fields in ({}, {"forms": {}}))
    for words in ('"ranges"', "data-benchmark", "Teams like ours"):
        assert words in with_one
        assert words not in built
    assert with_nothing_left == team_html(reading.read(REAL))


def test_its_words_are_inert_and_it_fits_a_phone(open_team, with_benchmark, benchmark, framework):
    hand = dict.fromkeys(("name", "period", "note"), HOSTILE)
    page = open_team(with_benchmark({**benchmark, **hand}), viewport=PHONE)
    gather(page, team_of(framework, 8, levels=dict.fromkeys(framework.indicators, 3)))
    look(page)
    said = ranges_of(page)["balcony-and-dance-floor", "balcony"]
    assert said.startswith(f"{HOSTILE}: the middle half of ")
    assert page.locator("[data-benchmark] b").text_content() == HOSTILE
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert axe.violations(page) == []
