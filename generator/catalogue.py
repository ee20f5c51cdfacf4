"""The catalogues of other languages: gettext files, which translators' tools open, made from what the code says.

One catalogue holds what Python, the templates and the browser's modules say. A text that has none in it, or that is marked as
fuzzy because its English has changed, is a problem of a site that is to speak the language.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from babel.messages import extract, jslexer
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.plural import to_gettext

from generator import files
from generator.model import RULES, Settings
from generator.problems import Place, Problem, quoted
from generator.words import ENGLISH, Words, current, kinds, locale, own_name, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PACKAGE = Path(__file__).parent
FOLDER = PACKAGE / "languages"
"""A catalogue for each language, such as cy.po."""

LARGEST = 4 * 1024 * 1024
"""Bytes. A catalogue of all that Balcony says has about a tenth of this."""

OWN = "interface.po"
"""What a catalogue is called that an edition brings along, for a language that Balcony has none of."""

Status = Literal["draft", "reviewed"]
"""Whether somebody who speaks the language has read a translation and stands by it."""

_JINJA = "jinja2.ext:babel_extract"
_SETTINGS = {"trim_blocks": "true", "lstrip_blocks": "true"}
_OTHER_MARKS = {
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""The marks of templates that make pages in which the usual ones are for the site (see `scaffold`)."""
_SAID: Mapping[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say": None,
    "say_count": (2, 3),
    "marked": None,
}

_STATUS = re.compile(r"^#?\s*Status: (\w+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """Something that the interface says."""

    one: str
    """Its English."""
    other: str | None
    """Its English in the plural, if it counts something."""
    place: str
    """The file that says it, below generator/."""


@dataclass(frozen=True)
class Span:
    """A text in a module of the browser, and where it stands."""

    start: int
    end: int
    one: str
    other: str | None


# What the code says


@cache
def messages() -> tuple[Message, ...]:
    """All that the interface says, each text once."""
    found: dict[str, Message] = {}
    for message in _extracted():
        known = found.get(message.one)
        # Where one place counts and another does not, the forms serve both.
        if known is None or (known.other is None and message.other):
            found[message.one] = message
    return tuple(found.values())


def theme_texts() -> list[str]:
    """What the theme's own templates say: the engines fill them, and know no catalogue."""
    return list(dict.fromkeys(message.one for message in _extracted() if message.place.startswith("theme/")))


def _extracted() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*.html")) + sorted((PACKAGE / "templates").rglob("*.md")):
        has_other_marks = "scaffold" in path.parts
        yield from _found(path, _JINJA, {**_SETTINGS, **(_OTHER_MARKS if has_other_marks else {})})
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _found(path, "python", {})
    for placeholder in sorted({each for states in RULES.values() for names in states.values() for each in names}):
        yield Message(placeholder.replace("_", " "), None, "model.py")
    for setting in Settings.model_fields.values():
        yield Message(str(setting.description), None, "model.py")
    for path in sorted((PACKAGE / "client").glob("*.js")):
        for span in spans(path.read_text(encoding="utf-8")):
            yield Message(span.one, span.other, f"client/{path.name}")


def _found(path: Path, method: str, options: Mapping[str, str]) -> Iterator[Message]:
    place = path.relative_to(PACKAGE).as_posix()
    said = extract.extract(method, BytesIO(path.read_bytes()), _SAID, (), {**options, "encoding": "utf-8"})
    for _, message, _, _ in said:
        one, other = message if isinstance(message, tuple) else (message, None)
        yield Message(str(one), str(other) if other else None, place)


def spans(module: str) -> list[Span]:
    """The texts that a module of the browser says: `say("…")`, and `{ one: "…", other: "…" }` for what counts something."""
    ignored = ("linecomment", "multilinecomment", "whitespace")
    tokens = [each for each in jslexer.tokenize(module, jsx=False) if each.type not in ignored]
    starts = _starts(module, tokens)
    values = [each.value for each in tokens]
    found = []
    for at, token in enumerate(tokens):
        is_said = values[max(at - 2, 0) : at] == ["say", "("] and values[at - 3] not in (".", "function")
        if token.type == "string" and is_said:
            found.append(Span(starts[at], starts[at] + len(token.value), _unquoted(token.value), None))
        elif values[at : at + 3] == ["{", "one", ":"] and values[at + 4 : at + 7] == [",", "other", ":"]:
            close = next(place for place in range(at, len(values)) if values[place] == "}")
            one, other = _unquoted(values[at + 3]), _unquoted(values[at + 7])
            found.append(Span(starts[at], starts[close] + 1, one, other))
    return found


def _starts(module: str, tokens: Sequence[jslexer.Token]) -> list[int]:
    """Where each token begins: the lexer tells lines only."""
    found, at = [], 0
    lines = [0, *(each.end() for each in re.finditer("\n", module))]
    for token in tokens:
        at = module.index(token.value, max(at, lines[token.lineno - 1]))
        found.append(at)
        at += len(token.value)
    return found


def _unquoted(literal: str) -> str:
    return jslexer.unquote_string(literal)


def in_words(module: str, words: Words) -> str:
    """A module of the browser in another language: each text that it says is another one.

    Arguments:
        module: Its text.
        words: Of the language.
    """
    if words.locale.language == ENGLISH:
        return module
    parts, done = [], 0
    for span in spans(module):
        said: object = words.one(span.one) if span.other is None else words.forms(span.one, span.other)
        parts += [module[done : span.start], json.dumps(said, ensure_ascii=False)]
        done = span.end
    said = "".join([*parts, module[done:]])
    head, marker, _ = said.partition(_OWN_FROM_HERE)
    written = json.dumps(writing(words.locale), ensure_ascii=False)
    said = f'{head}export {{ listed, sayDate }} from "#client/words_own.js";\n' if marker else said
    return said.replace(_OWN, f"const OWN = {written};")


_OWN_FROM_HERE = "// What follows, words_own.js does on a site in another language than English"
"""In client/words.js: the rest of it gives way to words_own.js."""
_OWN = 'const OWN = { day: "", months: [], list: [] };'
"""In client/words_own.js: where it waits for how a language writes days and lists."""


# What a catalogue says for it


@dataclass(frozen=True)
class Catalogue:
    """A language's catalogue."""

    words: Words
    status: Status
    problems: tuple[Problem, ...]
    """Each text of the interface that it does not say, and each that cannot be right."""


def languages() -> list[str]:
    """The languages that have a catalogue, English first."""
    return [ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po"))]


def path_of(language: str) -> Path | None:
    """The catalogue of a language, if there is one: of `cy-GB` that of `cy`, unless it has its own."""
    names = (language, language.partition("-")[0])
    return next((path for name in names if (path := FOLDER / f"{name}.po").is_file()), None)


def words_of(language: str) -> Words:
    """What a language says: English where it says nothing. What is spoken already goes on."""
    if current().language == language:
        return current()
    path = path_of(language)
    return read(path, language).words if path else Words(language)


def read(path: Path, language: str, shown: str = "") -> Catalogue:
    """Read a catalogue.

    Arguments:
        path: The file.
        language: Its language.
        shown: What problems call the file. Left out: its name.
    """
    name = shown or path.name
    try:
        text = files.read(path, LARGEST).decode()
        catalog = read_po(BytesIO(text.encode()), locale=str(locale(language)), abort_invalid=True)
        lines = _lines(text)
    except files.TooLargeError:
        hint = f"{LARGEST // 1024**2} MB at most are read"
        return Catalogue(Words(language), "draft", (Problem(Place(name), "", "the file is too large", hint),))
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        problem = Problem(Place(name), "", f"this cannot be read as a catalogue ({error})", "open it with Poedit")
        return Catalogue(Words(language), "draft", (problem,))
    texts: dict[str, str | tuple[str, ...]] = {}
    problems = []
    for message in messages():
        entry = catalog.get(message.one)
        place = Place(name, lines.get(message.one, 1))
        said = entry.string if entry and not entry.fuzzy else ""
        told = [str(each or "") for each in (said if isinstance(said, tuple | list) else (said,))]
        wanted = len(kinds(language)) if message.other else 1
        if len(told) != wanted or not all(told):
            problems.append(_untold(message, place, language, is_fuzzy=bool(entry and entry.fuzzy)))
        else:
            problems += _misfilled(message, told, place)
            texts[message.one] = tuple(told) if message.other else told[0]
    found = _STATUS.search(catalog.header_comment)
    status: Status = "reviewed" if found and found[1] == "reviewed" else "draft"
    return Catalogue(Words(language, texts), status, tuple(problems))


def _untold(message: Message, place: Place, language: str, *, is_fuzzy: bool) -> Problem:
    what = "the English has changed since it was translated" if is_fuzzy else f"it has no {own_name(language)}"
    hint = "translate it, for example with Poedit"
    return Problem(place, message.place, f"{quoted(message.one)}: {what}", hint)


_FILLED = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def _misfilled(message: Message, told: Sequence[str], place: Place) -> Iterator[Problem]:
    """Placeholders that the English does not fill, and those that got lost. A number may be left to its word."""
    known = set(_FILLED.findall(message.one + (message.other or "")))
    for each in told:
        used = set(_FILLED.findall(each))
        if strange := sorted(used - known):
            hint = f"allowed: {', '.join(sorted(known)) or 'none'}"
            yield Problem(place, message.place, f"{quoted(each)}: nothing fills {quoted(strange[0])}", hint)
        elif not message.other and (lost := sorted(known - used)):
            yield Problem(place, message.place, f"{quoted(each)} has lost {quoted(lost[0])}", "put it where it belongs")


def _lines(text: str) -> dict[str, int]:
    """The line at which each entry begins."""
    found: dict[str, int] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith('msgid "'):
            parts = [line[6:]]
            for following in lines[number:]:
                if not following.startswith('"'):
                    break
                parts.append(following)
            found.setdefault("".join(json.loads(part) for part in parts), number)
    return found


# Keeping it in line with the code


def renewed(language: str, before: str | None = None) -> str:
    """A catalogue with all that the interface says now. What it said stays, marked as fuzzy where the English has changed.

    Arguments:
        language: Its language.
        before: The catalogue as it is, if there is one.
    """
    fresh = Catalog(project="Balcony", charset="utf-8", fuzzy=False)
    for message in messages():
        fresh.add((message.one, message.other) if message.other else message.one, locations=[(message.place, 1)])
    catalog = read_po(BytesIO(before.encode()), locale=str(locale(language))) if before else _new(language)
    catalog.update(fresh, update_creation_date=False)
    for gone in [id_ for id_, message in catalog.obsolete.items() if not message.string]:
        del catalog.obsolete[gone]
    plural = to_gettext(locale(language).plural_form)
    catalog.fuzzy = False
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=False, include_lineno=False, sort_by_file=True)
    text = written.getvalue().decode()
    return _header(text, plural)


def _new(language: str) -> Catalog:
    name = locale(language).english_name
    comment = f"# {name}.\n# Status: draft\n# Write reviewed here once somebody who speaks the language has read all of it.\n#"
    return Catalog(locale=str(locale(language)), project="Balcony", header_comment=comment, charset="utf-8")


def _header(text: str, plural: str) -> str:
    """The head of a file with what says something, and no day that changes by itself."""
    kept = ("Language:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:")
    head, _, rest = text.partition("\n\n")
    lines = [line for line in head.splitlines() if not line.startswith('"') or line[1:].startswith(kept)]
    return "\n".join([*lines, f'"Plural-Forms: {plural}\\n"']) + "\n\n" + rest
