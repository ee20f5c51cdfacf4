"""The examples of docs/contracts.md and the schemas beside it, made by the code that they tell of.

Run by itself, as `make fix` does, it writes them anew.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from random_frameworks import CITED, bare_framework, bare_indicator

from generator import diff, diff_text, exchange, problems, reading, schema, site
from generator.__main__ import main
from generator.model import Benchmark, Dimension, Edition, Lens, Settings, WarningSign
from generator.score import score
from generator.sheet import read
from generator.team_view import team_view

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "contracts.md"
MADE = re.compile(r"(?<=<!-- made: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
WIDTH = 150


def framework():
    """One lens for each rule, over five questions."""
    ids = ("clear-purpose", "time-to-think", "promises-kept", "power-named", "story-told")
    lenses = (
        _lens("three-corners", "alignment", value=ids[:1], support=ids[1:2], capacity=ids[2:4]),
        _lens("drivers", "compensatory", people=ids[1:3], leaders=ids[3:4]),
        _lens("four-ways", "coverage", seeing=ids[1:2], acting=ids[2:3], telling=ids[4:]),
        _lens("floor-and-balcony", "balance", floor=ids[2:4], balcony=ids[:2]),
        _lens("habits", "profile", meeting=ids[:2], keeping=ids[2:]),
    )
    signs = tuple(
        WarningSign(id=id_, text="words", why="words") for id_ in ("talk-after-the-meeting", "same-item-again")
    )
    indicators = tuple(bare_indicator(id_, 5, ("short",)) for id_ in ids)
    outline = {"settings": Settings(), "warning_signs": signs}
    return bare_framework("our-leadership", 5, indicators, lenses, ("short",), **outline)


def _lens(id_, rule, **parts):
    words = dict.fromkeys(("name", "summary", "intro", "claim", "discuss"), "words")
    dimensions = tuple(Dimension(id=part, name=part, summary="words", indicators=fed) for part, fed in parts.items())
    return Lens.model_construct(id=id_, rule=rule, dimensions=dimensions, messages={}, sources=CITED, **words)


def sheet(begun="2026-11-22T09:30:00Z", levels=(4, 2, 5, 3, "not-sure"), **fields):
    answers = zip((each.id for each in framework().asked("short")), levels, strict=True)
    return {
        "format": "balcony-sheet/1",
        "framework": {"id": "our-leadership", "version": "1.0.0", "edition": "our-college"},
        "form": "short",
        "perspective": "own",
        "created": begun,
        "changed": "2026-11-22T09:58:12Z",
        "work": "Fewer children in temporary homes",
        "team": "Children's partnership board",
        "answers": {id_: {"answer": level, "revision": 1} for id_, level in answers if level},
        "warning_signs": ["talk-after-the-meeting"],
        **fields,
    }


def full_sheet():
    """A sheet with something in every field."""
    whole = sheet(levels=(4, 2, 5, "not-sure", None))
    whole["answers"]["clear-purpose"]["note"] = "five cards, four the same"
    return whole | {
        "notes": {"story-told": "ask Ana"},
        "earlier": {"time-to-think": [{"answer": 3, "revision": 1}]},
        "context": {"setting": "partnership"},
        "targets": {"three-corners/support": 4},
        "actions": [
            {
                "issue": "We meet and never think",
                "request": "Of the chair: an hour a month without papers",
                "commitment": "To try it until March",
                "who": "Sam",
                "by_when": "2027-03-31",
                "notice": "Families are asked before we decide",
                "indicator": "time-to-think",
            }
        ],
        "looking_back": "2026-05-04T08:15:00Z",
        "agreed": True,
    }


def result(given):
    found = read(json.dumps(given).encode(), framework())
    return score(framework(), found.form, found.answers_to(framework()), found.warning_signs)


def team():
    """Six people, of whom two give no level to one question: so it is hidden, with all that hangs on it."""
    levels = [
        (4, 2, 5, 3, "not-sure"),
        (4, 3, 4, 4, 2),
        (2, 2, 4, 2, 1),
        (5, 3, 3, 3, None),
        (1, 2, 4, 3, 2),
        (4, 4, 5, 2, 3),
    ]
    sheets = [sheet(f"2026-11-22T09:3{at}:00Z", each) for at, each in enumerate(levels)]
    aside = [{"file": "again.balcony.json", "reason": "This sheet is here already: 0001.balcony.json."}]
    read_ones = [read(json.dumps(each).encode(), framework()) for each in sheets]
    return team_view(framework(), "short", read_ones, set_aside=aside)


def _problems():
    """What `balcony check --format json` says of a rule that is misspelt."""
    with TemporaryDirectory() as folder, chdir(folder):
        shutil.copytree(exchange.EXAMPLE, "framework")
        lens = Path("framework/lenses/before-and-after.yml")
        lens.write_text(lens.read_text(encoding="utf-8").replace("rule: profile", "rule: profil"), encoding="utf-8")
        return json.loads(problems.formatted(reading.read(Path("framework")).problems, "json"))


def _diff():
    """What `balcony diff --format json` says of a level that reads differently."""
    before = exchange.example().as_data()
    after = json.loads(json.dumps(before))
    question = after["sections"][0]["indicators"][0]
    question["revision"] += 1
    question["levels"]["1"] = "Nobody says why we meet."
    after["version"] = "2.0.0"
    return json.loads(diff_text.formatted(diff.diff(before, after), "json"))


BENCHMARK = {
    "format": "balcony-benchmark/1",
    "framework": {"id": "our-leadership", "version": "1.0.0"},
    "name": "Partnership boards, 2026",
    "benchmark_sheets": 50,
    "forms": {
        "short": {
            "three-corners": {
                "support": {"sheets": 212, "from": "2.4", "to": "3.3", "indicators": {"time-to-think": 1}}
            }
        }
    },
}
EDITION = {
    "id": "our-college",
    "name": "Leading together",
    "organisation": "Our College",
    "contact": "leading@our-college.example",
    "based_on": "our-leadership@1.0.0",
    "languages": ["en", "cy"],
    "minimum_group": 6,
    "hide": {"lenses": ["habits"]},
    "variables": {"staff": "colleagues"},
    "colours": {"primary": "#0b4f5a", "accent": "#0b5c66"},
    "site_url": "https://leading.our-college.example/",
}


# As the page has it


def made():
    """Each part of the page, by its name."""
    as_file = read(json.dumps(full_sheet()).encode(), framework()).model_dump(exclude_unset=True)
    return {
        "sheet": _block(as_file),
        "sheet_fields": _fields(schema.contracts()["sheet"]),
        "action_fields": _fields(schema.contracts()["sheet"]["$defs"]["Action"]),
        "result": _block(result(sheet())),
        "rules": _rules(schema.contracts()["result"]["$defs"].values()),
        "team": _block(team()),
        "problems": _block(_problems()),
        "diff": _block(_diff()),
        "benchmark": _block(
            Benchmark.model_validate_json(json.dumps(BENCHMARK)).model_dump(by_alias=True, exclude_unset=True)
        ),
        "edition": _block(Edition.model_validate_json(json.dumps(EDITION)).model_dump(mode="json", exclude_unset=True)),
        "edition_fields": _fields(schema.schema("edition")),
        "commands": _commands(),
    }


def _block(value):
    return f"```json\n{_written(value)}\n```\n"


def _written(value, indent=0):
    """JSON for people: what fits stands on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= WIDTH or not value or not isinstance(value, dict | list):
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _written(each, indent + 2) for each in value) + f"\n{' ' * indent}]"
    parts = [f"{inner}{json.dumps(key)}: {_written(each, indent + 4 + len(key))}" for key, each in value.items()]
    parts = [
        part if "\n" not in part else f"{inner}{json.dumps(key)}: {_written(each, indent + 2)}"
        for part, (key, each) in zip(parts, value.items(), strict=True)
    ]
    return "{\n" + ",\n".join(parts) + f"\n{' ' * indent}}}"


def _fields(whole):
    needed = whole.get("required", [])
    rows = [
        f"| `{name}` | {'always' if name in needed else 'may be left out'} | {_about(each, whole)} |\n"
        for name, each in whole["properties"].items()
    ]
    return "| field | there | what it is |\n| --- | --- | --- |\n" + "".join(rows)


def _about(field, whole):
    return field.get("description") or whole["$defs"][field["$ref"].rpartition("/")[2]]["description"]


def _rules(parts):
    rows = [
        f"| {_listed(part['properties']['rule'])} | {_listed(part['properties']['state'])} | {', '.join(f'`{each}`' for each in own)} |\n"
        for part in parts
        if (own := [each for each in part["properties"] if each not in ("rule", "state", "dimensions")])
        and {"rule", "state"} <= part["properties"].keys()
    ]
    return "| rule | states | fields beside them |\n| --- | --- | --- |\n" + "".join(rows)


def _listed(field):
    return ", ".join(f"`{each}`" for each in field.get("enum", [field.get("const")]))


def _commands():
    rows = []
    for path, command in _leaves(main, "balcony"):
        context = click.Context(command)
        pieces = [each.make_metavar(context) for each in command.params if isinstance(each, click.Argument)]
        options = sorted(max(each.opts, key=len) for each in command.params if isinstance(each, click.Option))
        listed = ", ".join(f"`{each}`" for each in options) or "none"
        about = " ".join((command.help or "").split("\n\n")[0].split())
        rows.append(f"| `{' '.join([path, *pieces])}` | {about} | {listed} |\n".replace("...`", "…`"))
    return "| command | what it does | options |\n| --- | --- | --- |\n" + "".join(rows)


def _leaves(group, path):
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _leaves(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def page(text):
    """The page, with all that is made in it as it is now."""
    parts = made()
    return MADE.sub(lambda found: f"{found[1]}{found[2]}{parts[found[1]]}", text)


def schemas():
    """The text of each schema in generator/schemas/, by path."""
    return {
        site.SCHEMAS / f"{name}.json": f"{json.dumps(each, ensure_ascii=False, indent=2)}\n"
        for name, each in schema.contracts().items()
    }


if __name__ == "__main__":
    for path, text in {PAGE: page(PAGE.read_text(encoding="utf-8")), **schemas()}.items():
        path.write_text(text, encoding="utf-8")
