"""JSON Schemas for editors: fresh, complete, and true of every file."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator import reading, schema
from generator.model import FILE_KINDS

REAL = Path(__file__).parent.parent / "framework"
FILES = [path for path in sorted(REAL.rglob("*.yml")) if "releases" not in path.parts]


def kind_of(path: Path) -> str:
    return reading.SINGLE.get(path.name) or reading.FOLDERS[path.parent.name]


def complaints(kind: str, data: object) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(schema.schema(kind)).iter_errors(data)]


def plain(path: Path) -> object:
    """What an editor sees of a file: keys are text, and a date is none."""
    return json.loads(json.dumps(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)))


def loaded(path: Path) -> object:
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_the_committed_schemas_are_fresh():
    stale = [path.name for path in schema.stale(REAL)]
    assert not stale, f"{', '.join(stale)}: the model has moved on. Run: balcony schema"


def test_writing_makes_stale_schemas_fresh_and_says_which(tmp_path):
    assert {path.name for path in schema.write(tmp_path)} == {f"{kind}.json" for kind in FILE_KINDS}
    assert schema.write(tmp_path) == []
    (tmp_path / "schema" / "lens.json").write_text("{}", encoding="utf-8")
    assert schema.stale(tmp_path) == [tmp_path / "schema" / "lens.json"]
    assert schema.write(tmp_path) == [tmp_path / "schema" / "lens.json"]


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_a_schema(kind):
    jsonschema.Draft7Validator.check_schema(schema.schema(kind))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REAL).as_posix())
def test_every_file_is_as_its_schema_says(path):
    assert complaints(kind_of(path), loaded(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REAL).as_posix())
def test_the_first_line_of_every_file_names_its_schema(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, first
    assert (path.parent / named.group(1)).resolve() == (REAL / "schema" / f"{kind_of(path)}.json").resolve()


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_key_says_what_it_is_for(kind):
    whole = schema.schema(kind)
    parts = [whole, *whole.get("$defs", {}).values()]
    for part in parts:
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{part.get('title')}.{key}"
            assert value.get("title") or "$ref" in value


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_nothing_may_be_null(kind):
    assert '"null"' not in json.dumps(schema.schema(kind))


def changed(path: str, **changes: object) -> object:
    return {**loaded(REAL / path), **changes}


@pytest.mark.parametrize(
    ("kind", "data", "complaint"),
    [
        ("lens", changed("lenses/six-ways.yml", rule="coverages"), "is not one of"),
        ("lens", changed("lenses/six-ways.yml", colour="red"), "unexpected"),
        ("lens", changed("lenses/six-ways.yml", messages={"al": "x"}), "'al' was unexpected"),
        ("lens", changed("lenses/six-ways.yml", id="Six ways"), "does not match"),
        ("section", changed("sections/purpose.yml", indicators=[]), "[]"),
        ("framework", changed("framework.yml", version="1.0"), "does not match"),
        ("framework", changed("framework.yml", writing_rules="on"), "not valid"),
        ("exercise", changed("exercises/one-request.yml", minutes="thirty"), "is not of type"),
    ],
)
def test_an_editor_complains_of_what_check_complains_of(kind, data, complaint):
    assert any(complaint in message for message in complaints(kind, data))


def test_the_guide_explains_every_key():
    guide = (REAL / "README.md").read_text(encoding="utf-8")
    keys = {
        key
        for kind in FILE_KINDS
        for part in [schema.schema(kind), *schema.schema(kind).get("$defs", {}).values()]
        for key in part.get("properties", {})
    }
    assert [key for key in sorted(keys) if not re.search(rf"(?m)`{key}`|^#? *(?:- )?{{?{key}:", guide)] == []
