"""What docs/contracts.md promises to other people's tools: its examples, schemas, names on the page, links and codes."""

from __future__ import annotations

import base64
import json
import re
import zlib

import contracts
import jsonschema
import pytest
from click.testing import CliRunner
from conftest import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st
from random_frameworks import frameworks_with_sheets
from run import QUICK, answer_all, open_step
from test_opening import content_of
from test_results_out import result_of
from test_team_page import gather, open_team, team_of, view_of

from generator import schema, site
from generator.__main__ import main
from generator.score import score
from generator.sheet import Given, Sheet
from generator.team_view import team_view

TEXT = contracts.PAGE.read_text(encoding="utf-8")
SCHEMAS = schema.contracts()


def complaints(name, value):
    """What a schema says against a value. Here, a field that it does not describe is wrong as well."""
    found = jsonschema.Draft202012Validator(_strict(SCHEMAS[name])).iter_errors(json.loads(json.dumps(value)))
    return [f"{error.json_path}: {error.message}" for error in found]


def _strict(part):
    if isinstance(part, list):
        return [_strict(each) for each in part]
    if not isinstance(part, dict):
        return part
    known = {"additionalProperties": False} if "properties" in part else {}
    return {key: _strict(each) for key, each in part.items()} | known


def section(heading):
    return re.search(rf"^#+ {heading}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)[1]


def rows_of(heading):
    """The cells of all tables of a section, without their heads."""
    lines = [line for line in section(heading).split("\n") if re.match(r"\| (?!---|on \|)", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


# The page of the documentation


def test_examples_and_tables_are_as_the_code_makes_them():
    assert contracts.page(TEXT) == TEXT, "docs/contracts.md is out of date. Run: make fix"


def test_the_schemas_beside_it_are_fresh():
    written = {path: path.read_text(encoding="utf-8") for path in site.SCHEMAS.glob("*.json")}
    assert written == contracts.schemas(), "generator/schemas/ is out of date. Run: make fix"


def test_the_example_of_a_sheet_has_every_field():
    sheet = contracts.full_sheet()
    assert set(sheet) == set(SCHEMAS["sheet"]["properties"])
    assert set(sheet["actions"][0]) == set(SCHEMAS["sheet"]["$defs"]["Action"]["properties"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_that_explains_every_field(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    for part in (SCHEMAS[name], *SCHEMAS[name].get("$defs", {}).values()):
        for key, value in part.get("properties", {}).items():
            assert value.get("description") or "$ref" in value, f"{part.get('title')}.{key}"


# Schemas and what is given


def test_every_example_is_as_its_schema_says():
    blocks = {
        name: json.loads(text) for name, text in re.findall(r"made: (\w+) -->\n```json\n(.*?)```", TEXT, re.DOTALL)
    }
    known = {name: each for name, each in blocks.items() if name in SCHEMAS}
    assert set(known) == set(SCHEMAS)
    assert {name: found for name, each in known.items() if (found := complaints(name, each))} == {}
    for kind in ("benchmark", "edition"):
        jsonschema.Draft7Validator(schema.schema(kind)).validate(blocks[kind])


@given(made=frameworks_with_sheets(7), mode=st.sampled_from(["open", "anonymous"]), by=st.sampled_from([None, "team"]))
@settings(max_examples=settings.default.max_examples // 2)
def test_every_result_and_team_view_is_as_its_schema_says(made, mode, by):
    framework, form, sheets = made
    smallest = None if mode == "open" else framework.settings.minimum_group_allowed[0]
    given_by = []
    for at, each in enumerate(sheets):
        assert complaints("result", score(framework, form, **each)) == []
        given_by.append(
            Sheet(
                format="balcony-sheet/1",
                framework={"id": framework.id, "version": "1.0.0"},
                form=form,
                perspective="others" if at == 0 else "own",
                team="one" if at < 4 else "another",
                answers={id_: Given(answer=answer, revision=1) for id_, answer in each["answers"].items()},
                warning_signs=each["warning_signs"],
            )
        )
    assert complaints("team", team_view(framework, form, given_by, mode=mode, minimum_group=smallest, by=by)) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sheet", {"perspective": "theirs"}),
        ("result", {"format": "balcony-result/2"}),
        ("result", {"progress": {"answered": -1, "of": 4}}),
        ("team", {"mode": "secret"}),
        ("team", {"indicators": {"clear-purpose": {"visible": False}}}),
    ],
)
def test_a_schema_refuses_what_is_something_else(name, change):
    whole = {"sheet": contracts.full_sheet(), "result": contracts.result(contracts.sheet()), "team": contracts.team()}
    assert complaints(name, {**whole[name], **change})


def test_what_the_commands_print_is_as_their_schemas_say(framework, tmp_path):
    paths = []
    for each in team_of(framework, 6, "quick"):
        paths.append(tmp_path / each["name"])
        paths[-1].write_bytes(each["buffer"])
    folder = ("--framework", str(PROJECT / "framework"))

    def printed(*arguments):
        outcome = CliRunner().invoke(main, [*map(str, arguments), *folder])
        assert outcome.exit_code == 0, outcome.output
        return outcome.stdout

    assert [complaints("result", json.loads(line)) for line in printed("score", *paths).splitlines()] == [[]] * 6
    assert complaints("team", json.loads(printed("score", "--team", *paths))) == []
    assert complaints("problems", json.loads(printed("check", "--format", "json"))) == []
    assert complaints("diff", json.loads(printed("diff", "--format", "json"))) == []


def test_a_site_has_the_schemas_of_what_its_pages_save(built_site):
    on_site = {
        path.name.split(".")[0]: json.loads(path.read_text(encoding="utf-8"))
        for path in built_site.glob("*.schema.json")
    }
    assert on_site == {name: SCHEMAS[name] for name in ("sheet", "result", "team")}


# The page


NAMES = {"clear-purpose": "shared-purpose", "three-corners": "strategic-triangle", "support": "authorising-environment"}
"""What the examples' ids stand for in the real framework."""


def lacking(page, place):
    """What the page does not have of all that is promised of a place."""
    page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
    promised = [row[1:] for row in rows_of("The page") if row[0] == place and len(row) == 3]
    assert promised
    return [names for names in promised if not found(page, *names).count()]


def found(page, kind, name):
    """A control by its kind and name; or what a selector in the first of the two finds."""
    if kind.startswith("`"):
        return page.locator(re.sub("|".join(NAMES), lambda example: NAMES[example[0]], kind.strip("`")))
    return (
        page.get_by_role("button", name=name, exact=True) if kind == "button" else page.get_by_label(name, exact=True)
    )


@pytest.fixture
def quick(page, site_address):
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + QUICK)
    return page


def test_the_form_and_its_results_have_every_name_that_is_promised(quick, framework):
    assert lacking(quick, "form") == []
    answer_all(quick, {each.id: 2 for each in framework.asked("quick")})
    open_step(quick, "results")
    assert lacking(quick, "results") == []
    with quick.expect_download() as started:
        quick.get_by_role("button", name="Download my answers", exact=True).click()
    assert complaints("sheet", json.loads(content_of(started.value))) == []
    assert complaints("result", json.loads(content_of(result_of(quick)))) == []
    open_step(quick, "plan")
    assert lacking(quick, "plan") == []


def test_the_teams_page_has_every_name_that_is_promised(open_page, site_address, framework):
    team = open_team(open_page, site_address)
    assert lacking(team, "team") == []
    gather(team, team_of(framework, 6))
    assert complaints("team", view_of(team)) == []
    assert lacking(team, "view") == []
    open_step(team, "agree")
    assert lacking(team, "agree") == []


@pytest.mark.parametrize(("place", "address"), [("form", QUICK), ("team", "team/")])
def test_every_step_has_the_fragment_that_is_promised(page, site_address, framework, place, address):
    page.goto(site_address + address)
    steps = page.locator("[data-step]").evaluate_all("(all) => all.map(({ id }) => id)")
    promised = [each for row in rows_of("The page") if row[0] == place for each in re.findall(r"`#([\w-]+)`", row[1])]
    sections = [each.id for each in framework.sections] if place == "form" else []
    assert set(steps) <= {*promised, *sections}
    assert set(promised) <= set(steps)


def test_a_link_opens_a_sheet_as_it_is_described(quick, framework):
    asked = framework.asked("quick")
    sheet = {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": "quick",
        "answers": {each.id: {"answer": 4, "revision": each.revision} for each in asked},
    }
    packed = zlib.compressobj(wbits=-15)
    deflated = packed.compress(json.dumps(sheet).encode()) + packed.flush()
    quick.goto(f"{quick.url}#sheet={base64.urlsafe_b64encode(deflated).decode().rstrip('=')}")
    quick.locator(f'[id="{asked[0].id}"] input[value="4"]:checked').wait_for(state="attached")
    levels = quick.locator("fieldset.question input:checked").evaluate_all("(all) => all.map(({ value }) => value)")
    assert levels == ["4"] * len(asked)


def test_a_short_code_is_as_it_is_described(page, site_address):
    page.goto(site_address + QUICK)
    sheet, framework = contracts.sheet(), contracts.framework()
    asked = {
        "id": framework.id,
        "version": framework.version,
        "form": "short",
        "top": framework.level_count,
        "revisions": {each.id: each.revision for each in framework.asked("short")},
        "warning_signs": [each.id for each in framework.outline.warning_signs],
    }
    code = page.evaluate(
        """async ([sheet, asked]) => {
            const { shortCode } = await import("#client/short_code.js");
            return shortCode({ ...sheet, warning_signs: new Set(sheet.warning_signs) }, asked);
        }""",
        [sheet, asked],
    )
    assert code == re.search(r"```text\n(.*)\n```", section("The short code"))[1]
    # 12 bits of what it belongs to, then what it holds, the first group's four letters highest.
    groups = code.split(" ")[1:]
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for group in groups[:-1]:
        for letter in group[:4]:
            value = value * 32 + alphabet.index(letter)
    held = value & ((1 << (20 * (len(groups) - 1) - 12)) - 1)
    places = []
    for states in reversed([2**30, *[framework.level_count + 3] * len(asked["revisions"]), 2, 2]):
        held, place = divmod(held, states)
        places.insert(0, place)
    offscale = {"not-sure": 1, "not-applicable": 2}
    given_ = [sheet["answers"][id_]["answer"] for id_ in asked["revisions"]]
    assert places[1:-2] == [offscale.get(each, each if isinstance(each, str) else each + 2) for each in given_]
    assert places[-2:] == [1, 0]
