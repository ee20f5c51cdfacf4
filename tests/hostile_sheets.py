"""Broken and hostile sheet files, always the same ones: for every reader and every page that opens a file.

First come files that stand for themselves, then random ones: a good sheet of the framework, with one to three things done
to it, some of which harm nothing. About half of all files can be read.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from generator.sheet import FORMAT, LARGEST

COUNT = 3_000 if os.environ.get("BALCONY_LONG") else 300

SCRIPTS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    '" onfocus=alert(1) autofocus="',
    "' onmouseover='alert(1)",
    "<!--<script>",
    "]]>",
    "{{ 7 * 7 }} {value} ${alert(1)} %s %(x)s",
    '=HYPERLINK("javascript:alert(1)")',
)
NAMES = ("Children's services", "Cyngor Sir Ynys Môn", "領導", "👩‍👩‍👧 🙂", "عربي", "e\u0301", "ﬁ", "\U0010ffff")
ODD = (
    "",
    " ",
    "\0",
    "a\nb\tc\r",
    "\x1b[31mred\x07\x9b",
    "\u202eexe.nosj",
    "\u2066x\u2069",
    "\u2028\u2029",
    "\ufeff",
    "\ud83d",
    "x\udc00y",
    "z" * 5_000,
    "🙂" * 400,
)
TEXTS = (*SCRIPTS, *NAMES, *ODD)
KNOWN_TO_OBJECTS = (
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "then",
    "0",
    "length",
)
POLLUTION = {"polluted": True, "__proto__": {"polluted": True}, "constructor": {"prototype": {"polluted": True}}}
NO_TEXT = {"toString": "x", "valueOf": "x"}
"""What makes `String()` of JavaScript throw."""
GIVEN = {"answer": 1, "revision": 1}
WRONG = (None, True, False, 0, -1, 3.5, 1e300, 10**400, "", "4", [], {}, [[]], {"answer": 4}, POLLUTION, *SCRIPTS, *ODD)
LEVELS = (0, -1, 6, 8, 99, 2**31, 2**53, -(2**63), 10**30, 4.0, 3.5, "4", "not-sure ", "NOT-SURE", None, True)


def hostile_sheets(rules: dict[str, Any], count: int = COUNT):
    """Make the files.

    Arguments:
        rules: What the framework allows in a sheet, as `generator.sheet.rules` gives it.
        count: How many.

    Yields:
        Pairs of a name, and the bytes of the file.
    """
    alone = list(_that_stand_for_themselves(rules))
    yield from alone
    for number in range(len(alone), count):
        random = Random(number)
        sheet = good_sheet(rules, random)
        done = random.choices(DEEDS, k=random.choice((1, 1, 2, 3)))
        for do in done:
            sheet = deepcopy(do(sheet, random, rules))
        harm = random.choice((*[_unharmed] * 9, _cut_off, _with_a_bit_turned, _with_bytes_between))
        names = [each.__name__.strip("_") for each in (*done, harm)]
        yield f"{number:04} {', '.join(names)}", harm(_written(sheet, random), random)


def good_sheet(rules: dict[str, Any], random: Random) -> dict[str, Any]:
    """A sheet that can be read, with an answer to some of the questions."""
    answers = {}
    for id_, rule in rules["indicators"].items():
        allowed = [*range(1, rules["top"] + 1), "not-sure", *(["not-applicable"] if "not_applicable" in rule else [])]
        if random.random() < 0.4:
            answers[id_] = {"answer": random.choice(allowed), "revision": rule["revision"], "note": "A note"}
    return {
        "format": FORMAT,
        "framework": {"id": rules["id"], "version": "1.0.0"},
        "form": random.choice(list(rules["forms"])),
        "perspective": random.choice(("own", "others")),
        "created": "2026-11-22T09:30:00Z",
        "changed": "2026-11-22T09:58:12.5+01:00",
        "work": "Fewer children in temporary homes",
        "team": "Children's partnership board",
        "answers": answers,
        "notes": {random.choice(list(rules["indicators"])): "Ask Ann."},
        "earlier": {random.choice(list(rules["indicators"])): [{"answer": 2, "revision": 1, "note": "Before."}]},
        "context": {"setting": "partnership"},
        "warning_signs": ["stand-ins"],
        "targets": {"strategic-triangle/public-value": rules["top"]},
        "actions": [{"step": "Meet", "issue": "Families wait", "who": "Ann", "by_when": "2027-03-31"}, {"who": ""}],
        "looking_back": "2025-11-22T09:30:00Z",
    }


def _written(sheet, random):
    return json.dumps(
        sheet, ensure_ascii=random.random() < 0.5 or _has_halves(sheet), indent=random.choice((None, 1))
    ).encode()


def _has_halves(sheet):
    """Half a character can be written only as an escape."""
    try:
        json.dumps(sheet, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


# Files that stand for themselves


def _that_stand_for_themselves(rules):
    sheet = good_sheet(rules, Random(0))
    whole = json.dumps(sheet).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.balcony.json"), whole)
    page = b"<!doctype html><title>Sheet</title><script>alert(1)</script>"
    yield from {
        "good": whole,
        "good, with a byte order mark": b"\xef\xbb\xbf" + whole,
        "good, with space around": b"\r\n\t " + whole + b"\n\n",
        "good, of exactly 1 MB": whole.ljust(LARGEST),
        "1 MB and a byte": whole.ljust(LARGEST + 1),
        "1 MB and a byte of nothing": bytes(LARGEST + 1),
        "empty": b"",
        "space": b" \n",
        "null bytes": bytes(64),
        "a byte order mark": b"\xef\xbb\xbf",
        "two byte order marks": b"\xef\xbb\xbf" * 2 + whole,
        "UTF-16": json.dumps(sheet).encode("utf-16"),
        "UTF-16 without a mark": json.dumps(sheet).encode("utf-16-be"),
        "UTF-32": json.dumps(sheet).encode("utf-32"),
        "Latin-1": json.dumps({**sheet, "team": "Ynys Môn"}, ensure_ascii=False).encode("latin-1"),
        "too long for what it encodes": whole.replace(b"Meet", b"\xc0\xbc"),
        "zip": packed.getvalue(),
        "gzip": gzip.compress(whole, mtime=0),
        "PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        "a page": page,
        "a page after a sheet": whole + page,
        "two sheets": whole + b"\n" + whole,
        "YAML": b"format: balcony-sheet/1\nanswers: {}\n",
        "JavaScript": b"({constructor: alert(1)})",
        "a module": b"export default " + whole,
        "a comment": b"// a sheet\n" + whole,
        "single quotes": whole.replace(b'"', b"'"),
        "a comma at the end": whole[:-1] + b",}",
        "a list": b"[1, 2]",
        "a list of sheets": b"[" + whole + b"]",
        "a text": b'"balcony-sheet/1"',
        "a number": b"4",
        "null": b"null",
        "true": b"true",
        "a group without fields": b"{}",
        "opened too often": b"[" * 200_000,
        "opened too often inside": whole[:-1] + b', "x": ' + b'{"x": ' * 100_000,
        "nested too deeply": whole[:-1] + b', "x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        "nested too deeply in a plan": whole.replace(b'"Meet"', b'{"x":' * 60 + b"1" + b"}" * 60),
        "nested as deeply as may be": whole[:-1] + b', "x": ' + b"[" * 50 + b"]" * 50 + b"}",
        "not a number": whole[:-1] + b', "x": NaN}',
        "infinity": whole[:-1] + b', "x": -Infinity}',
        "a number without end": whole[:-1] + b', "x": 1e400}',
        "a number of many digits": whole[:-1] + b', "x": ' + b"9" * 5_000 + b"}",
        "numbers that browsers round": whole[:-1] + b', "x": [12345678901234567890, 1e308, 0.1e-400, -0.0, 4.000]}',
        "a fraction of many digits": whole[:-1] + b', "x": 0.' + b"3" * 5_000 + b"}",
        "a field given twice": whole[:-1] + b', "work": 7, "work": "The last"}',
        "a wrong field given twice": whole[:-1] + b', "work": "The first", "work": 7}',
        "a very long text": json.dumps({**sheet, "work": "領" * 300_000}, ensure_ascii=False).encode(),
        "a very long key": json.dumps({**sheet, "k" * 900_000: 1}).encode(),
        "a very long wrong key": json.dumps({**sheet, "notes": {"k" * 900_000: 1}}).encode(),
        "very many wrong answers": json.dumps({**sheet, "answers": dict.fromkeys(map(str, range(80_000)), 0)}).encode(),
        "very many answers that are not asked": json.dumps(
            {**sheet, "answers": {str(number): {"answer": 1, "revision": 1} for number in range(20_000)}}
        ).encode(),
        "very many warning signs": json.dumps({**sheet, "warning_signs": list(map(str, range(90_000)))}).encode(),
        "a plan of very many actions": json.dumps({**sheet, "actions": [{}] * 90_000}).encode(),
        "a plan of very many wrong actions": json.dumps({**sheet, "actions": [{"by_when": 0}] * 40_000}).encode(),
        "very many fields": json.dumps({**sheet, **dict.fromkeys(map(str, range(60_000)), 0)}).encode(),
        "a result": json.dumps({**sheet, "format": "balcony-result/1"}).encode(),
        "a later format": json.dumps({**sheet, "format": "balcony-sheet/2"}).encode(),
        "a field of its own in what names the framework": json.dumps(
            {**sheet, "framework": {**sheet["framework"], "licence": "CC BY 4.0"}}
        ).encode(),
        "notes under every key that objects know": json.dumps(
            {**sheet, "notes": dict.fromkeys(KNOWN_TO_OBJECTS, "A note")}
        ).encode(),
        "answers under every key that objects know": json.dumps(
            {**sheet, "answers": {key: {**GIVEN, "note": "A note"} for key in KNOWN_TO_OBJECTS}}
        ).encode(),
        "groups that cannot be told as text": json.dumps(
            {**sheet, "x": NO_TEXT, "name": NO_TEXT, "actions": [NO_TEXT], "earlier": {"x": [{**NO_TEXT, **GIVEN}]}}
        ).encode(),
        "every key that objects know": json.dumps({**sheet, **dict.fromkeys(KNOWN_TO_OBJECTS, POLLUTION)}).encode(),
    }.items()


# What can be done to a good sheet


def _wrong_kind(sheet, random, _):
    """Something else in the place of anything."""
    holder, key = random.choice(list(_places(sheet)))
    holder[key] = random.choice(WRONG)
    return sheet


def _places(part):
    for key in list(part) if isinstance(part, dict) else range(len(part)):
        yield part, key
        if isinstance(part[key], dict | list):
            yield from _places(part[key])


def _nothing(sheet, _random, _rules):
    return sheet


def _missing(sheet, random, _):
    holder, key = random.choice([place for place in _places(sheet) if isinstance(place[0], dict)])
    del holder[key]
    return sheet


def _other_level(sheet, random, rules):
    id_ = random.choice(list(rules["indicators"]))
    answer = random.choice((*LEVELS, 1.0, float(rules["top"])))
    return _put(sheet, "answers", id_, {"answer": answer, "revision": rules["indicators"][id_]["revision"]})


def _not_applicable(sheet, random, rules):
    id_, rule = random.choice(list(rules["indicators"].items()))
    return _put(sheet, "answers", id_, {"answer": "not-applicable", "revision": rule["revision"]})


def _other_revision(sheet, random, rules):
    id_ = random.choice(list(rules["indicators"]))
    return _put(
        sheet, "answers", id_, {"answer": random.choice((1, 99, -7)), "revision": random.choice((2, 7, 2**40, 0, 1.0))}
    )


def _unknown_answer(sheet, random, _):
    id_ = random.choice((*TEXTS, *KNOWN_TO_OBJECTS, "gone-since"))
    return _put(
        sheet,
        "answers",
        id_,
        {"answer": random.choice((4, 99, "not-applicable")), "revision": 1, "note": random.choice(TEXTS)},
    )


def _note(sheet, random, rules):
    id_ = random.choice((*rules["indicators"], *TEXTS, *KNOWN_TO_OBJECTS))
    return _put(sheet, "notes", id_, random.choice(TEXTS))


def _note_in_an_answer(sheet, random, rules):
    id_, rule = random.choice(list(rules["indicators"].items()))
    return _put(sheet, "answers", id_, {"answer": 1, "revision": rule["revision"], "note": random.choice(TEXTS)})


def _earlier(sheet, random, rules):
    id_ = random.choice((*rules["indicators"], *KNOWN_TO_OBJECTS))
    given = {"answer": random.choice(LEVELS[:8]), "revision": 1, "note": random.choice(TEXTS)}
    return _put(sheet, "earlier", id_, [given] * random.choice((0, 1, 3)))


def _text(sheet, random, _):
    sheet[random.choice(("work", "team"))] = random.choice(TEXTS)
    return sheet


def _version(sheet, random, rules):
    sheet["framework"] = {"id": rules["id"], "version": random.choice((*TEXTS, "999.0.0"))}
    return sheet


def _context(sheet, random, _):
    return _put(sheet, "context", random.choice(("setting", *TEXTS, *KNOWN_TO_OBJECTS)), random.choice(TEXTS))


def _warning_signs(sheet, random, _):
    sheet["warning_signs"] = random.choices((*TEXTS, *KNOWN_TO_OBJECTS, "stand-ins"), k=random.choice((0, 1, 5)))
    return sheet


def _target(sheet, random, rules):
    level = random.choice((1, rules["top"], rules["top"] + 1, 0, 2.0, 2**60))
    return _put(sheet, "targets", random.choice((*TEXTS, *KNOWN_TO_OBJECTS, "strategic-triangle/public-value")), level)


def _plan(sheet, random, _):
    action = {
        random.choice(TEXTS): random.choice(WRONG),
        random.choice(("issue", "request", "commitment", "who", "notice", "indicator")): random.choice(TEXTS),
    }
    sheet["actions"] = [
        random.choice((action, action, POLLUTION, {}, *WRONG[:3])) for _ in range(random.choice((1, 3)))
    ]
    return sheet


def _day(sheet, random, _):
    days = ("2027-02-29", "2028-02-29", "1999-12-31", "", "2027-03-31\n", "٢٠٢٧-03-31", "2027-03-31T09:30:00Z")
    sheet["actions"] = [{"by_when": random.choice((*days, *SCRIPTS, *WRONG[:4]))}]
    return sheet


def _moment(sheet, random, _):
    moments = (
        "2026-02-29T00:00:00Z",
        "2028-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-11-22",
        "٢٠٢٦-11-22T09:30:00Z",
    )
    more = (
        "2026-11-22T24:00:00Z",
        "2026-11-22T09:30:00Z\n",
        "2026-11-22t09:30:00z",
        "2026-11-22T09:30:00.000+14:00",
        "now",
    )
    sheet[random.choice(("created", "changed", "looking_back"))] = random.choice((*moments, *more, *SCRIPTS))
    return sheet


def _other_framework(sheet, random, _):
    sheet["framework"] = {"id": random.choice((*TEXTS, *KNOWN_TO_OBJECTS)), "version": "1.0.0"}
    return sheet


def _other_form(sheet, random, _):
    sheet["form"] = random.choice((*TEXTS, *KNOWN_TO_OBJECTS))
    return sheet


def _unknown_field(sheet, random, _):
    keys = (*TEXTS, *KNOWN_TO_OBJECTS)
    return {**sheet, random.choice(keys): random.choice((*WRONG, POLLUTION, random.choice(TEXTS)))}


def _pollution_anywhere(sheet, random, _):
    groups = [sheet, *(holder[key] for holder, key in _places(sheet) if isinstance(holder[key], dict))]
    random.choice(groups)[random.choice(KNOWN_TO_OBJECTS)] = random.choice(
        (POLLUTION, "x", 1, {"answer": 1, "revision": 1})
    )
    return sheet


def _in_another_order(sheet, random, _):
    return dict(random.sample(list(sheet.items()), len(sheet)))


def _put(sheet, field, key, value):
    """Whatever was done to the field before."""
    known = sheet.get(field)
    return {**sheet, field: {**(known if isinstance(known, dict) else {}), key: value}}


Deed = Callable[[dict[str, Any], Random, dict[str, Any]], dict[str, Any]]
HARMFUL: tuple[Deed, ...] = (
    _wrong_kind,
    _missing,
    _other_level,
    _not_applicable,
    _other_framework,
    _other_form,
    _moment,
    _day,
    _target,
    _pollution_anywhere,
)
HARMLESS: tuple[Deed, ...] = (
    _nothing,
    _other_revision,
    _unknown_answer,
    _note,
    _note_in_an_answer,
    _earlier,
    _text,
    _version,
    _context,
    _warning_signs,
    _plan,
    _unknown_field,
    _in_another_order,
)
DEEDS = (*HARMFUL, *HARMLESS, *HARMLESS, *HARMLESS)


# What can be done to its bytes


def _unharmed(content, _):
    return content


def _cut_off(content, random):
    return content[: random.randrange(len(content))]


def _with_a_bit_turned(content, random):
    at = random.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :]


def _with_bytes_between(content, random):
    at = random.randrange(len(content))
    return (
        content[:at]
        + random.choice((b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b'"', b"}", random.randbytes(4)))
        + content[at:]
    )
