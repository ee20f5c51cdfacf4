"""Sheets and codes from strangers, by the thousand, in the page's own reader: opened or refused in sentences, as Python does it."""

from __future__ import annotations

import base64
import json
import os
import re
from random import Random

import pytest
from hostile_frameworks import IDS
from hostile_sheets import DEEDS, SCRIPTS, TEXTS, good_sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from run import STANDARD
from test_reading_sheets import reasons_in_python

from generator.sheet import LARGEST, read, rules

SHEETS = 40_000 if os.environ.get("BALCONY_LONG") else 2_000
CODES = 20_000 if os.environ.get("BALCONY_LONG") else 1_000
AT_ONCE = 200
UNREAD = "The file could not be read. It may have been moved, or this page has no network."
"""What the page says of any fault that it did not expect."""

TOKENS = (
    *(
        "null",
        "true",
        "1e999",
        "-0",
        "1e-400",
        "9" * 30,
        "NaN",
        "0x1",
        "01",
        "+1",
        ".5",
        "[]",
        "{}",
        '""',
        "'a'",
        "undefined",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        '"',
        "\\",
        "\\u0000",
        "\\ud83d",
        "\\u202e",
        "\t",
        "\n",
        "\0",
        "//",
        "/* */",
        "\ufeff",
    ),
    *('"__proto__": {"polluted": true},', '"constructor": 1,', '"answers": {},', '"format": "balcony-sheet/2",'),
    *("[" * 51 + "]" * 51, '{"a":' * 51 + "1" + "}" * 51, "not-sure", "balcony-sheet/1"),
)

READER = """async () => {
    const { readContent } = await import("#client/opening.js");
    const { readShortCode, codesIn } = await import("#client/short_code.js");
    const { codeIn, decode } = await import("#client/code.js");
    const { RefusedSheet } = await import("#client/reading.js");
    const { shortCode } = await import("#client/short_code.js");
    const { sheetOf } = await import("#client/sheet.js");
    const asked = JSON.parse(document.getElementById("balcony-data").textContent);
    window.ran = 0;
    for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = () => { window.ran++; };
    const inherited = () => Object.getOwnPropertyNames(Object.prototype).join();
    const before = [document.querySelectorAll("*").length, document.forms[0].outerHTML.length, inherited()].join();
    window.isUnharmed = () =>
        window.ran === 0 && !("polluted" in {})
        && before === [document.querySelectorAll("*").length, document.forms[0].outerHTML.length, inherited()].join();
    window.opened = async (file) => {
        const { read, reasons } = await readContent(
            async () => Uint8Array.from(atob(file), (each) => each.charCodeAt(0)).buffer);
        return { reasons, sheet: read ? JSON.stringify(read) : "" };
    };
    window.decoded = async (text) => {
        try {
            if (codesIn(text).length) return { sheet: readShortCode(text, { [asked.form]: asked }), reasons: [] };
            const file = await decode(codeIn(text), 1024 * 1024);
            return window.opened(btoa(String.fromCharCode(...new Uint8Array(file))));
        } catch (error) {
            if (!(error instanceof RefusedSheet)) throw error;
            return { reasons: error.reasons };
        }
    };
    window.codeOf = (answers, created) => shortCode(sheetOf([
        ["framework", { id: asked.id, version: asked.version }], ["form", asked.form], ["perspective", "own"],
        ["created", created],
        ...Object.entries(answers).map(([id, answer]) => ["answers", id, { answer, revision: asked.revisions[id] }]),
    ]), asked);
}"""


def mutated(known, seed):
    """The file of a sheet with one to four things done to it: to what it says, and to how it is written."""
    random = Random(seed)
    sheet = good_sheet(known, random)
    for do in random.choices(DEEDS, k=random.choice((0, 1, 2))):
        sheet = do(json.loads(json.dumps(sheet)), random, known)
    text = json.dumps(sheet, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1)))
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        text = _other_token(text, random)
    content = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        at = random.randrange(len(content) + 1)
        content = content[:at] + random.randbytes(random.choice((1, 3))) + content[at + random.choice((0, 1)) :]
    return content


def _other_token(text, random):
    found = random.choice(list(re.finditer(r'"[^"]*"|[\w.+-]+|[^\w\s]', text)) or [re.match("", text)])
    other = random.choice((*TOKENS, *TOKENS, *(json.dumps(each) for each in (*TEXTS, *IDS)), found[0] * 2, ""))
    end = found.end() if random.random() < 0.7 else found.start()
    return text[: found.start()] + other + text[end:]


@pytest.fixture
def reader(page, site_address):
    """The page's own reader, in one load of the page: no script of what it reads may run, and nothing of the page change."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(site_address + STANDARD)
    page.evaluate(READER)

    def read_all(function, things):
        found = []
        for start in range(0, len(things), AT_ONCE):
            script = f"(all) => Promise.all(all.map((each) => window.{function}(each)))"
            found += page.evaluate(script, things[start : start + AT_ONCE])
            assert page.evaluate("isUnharmed()"), f"after {things[start : start + AT_ONCE]}"
        return found

    return read_all


def are_sentences(reasons):
    """Whether each reason is a sentence on one line, which a person can bear to read."""
    return (
        all(
            re.fullmatch(r"[A-Z\"“].*[.]", each) and len(each) < 1_000 and "\n" not in each and "\u202e" not in each
            for each in reasons
        )
        and len(reasons) <= 51
    )


def test_thousands_of_sheets_are_opened_or_refused_as_python_does_it(reader, framework):
    known = rules(framework)
    files = [mutated(known, seed) for seed in range(SHEETS)]
    found = reader("opened", [base64.b64encode(each).decode() for each in files])
    for seed, (content, outcome) in enumerate(zip(files, found, strict=True)):
        assert outcome["reasons"] == reasons_in_python(content, framework, to_open=True), seed
        assert are_sentences(outcome["reasons"]), seed
        assert UNREAD not in outcome["reasons"], seed
        assert bool(outcome["reasons"]) != bool(outcome["sheet"]), seed
    opened = sum(not outcome["reasons"] for outcome in found)
    assert SHEETS // 10 < opened < SHEETS * 9 // 10, "about half of them can be opened"


def test_a_sheet_may_have_a_certain_size_and_depth_for_both(reader, framework):
    whole = json.dumps(good_sheet(rules(framework), Random(1))).encode()
    deep = [whole[:-1] + b', "x": ' + b"[" * depth + b"]" * depth + b"}" for depth in (50, 51)]
    files = [whole.ljust(LARGEST), whole.ljust(LARGEST + 1), *deep]
    found = [each["reasons"] for each in reader("opened", [base64.b64encode(each).decode() for each in files])]
    assert [bool(each) for each in found] == [False, True, False, True]
    assert found == [reasons_in_python(each, framework, to_open=True) for each in files]


HARM = (
    *"01ILO58BZ",
    *SCRIPTS,
    *TEXTS,
    "BALCONY",
    "balcony ",
    "\n> ",
    "--",
    "  ",
    "#sheet=",
    "sheet=",
    "🙂",
    "\uff22",
    "\u00ad",
)


def harmed(code, random):
    """A code as mail and people harm it, or worse."""
    for _ in range(random.choice((0, 1, 1, 2, 8))):
        at = random.randrange(len(code) + 1)
        start = random.randrange(len(code) + 1)
        code = random.choice(
            (
                code[:at] + random.choice(HARM) + code[at:],
                code[:at] + random.choice(HARM) + code[at + 1 :],
                code[:at] + code[at + random.choice((1, 5)) :],
                code[:at] + code[start : start + 30] + code[at:],
                code.lower(),
                code * 2,
                random.choice(HARM) * random.choice((1, 300)),
            )
        )
    return code.encode("utf-16", "replace").decode("utf-16", "replace")


def test_thousands_of_codes_are_read_or_refused_in_sentences(page, reader, framework):
    random = Random(7)
    answered = [{id_: random.choice([1, 5, "not-sure"]) for id_ in framework.indicators} for _ in range(5)]
    codes = [
        page.evaluate("([answers, created]) => codeOf(answers, created)", [each, "2026-11-22T09:30:00Z"])
        for each in answered
    ]
    links = ["https://example.org/assess/standard/#sheet=q1bKU7JSMjRSqgUA", "sheet=" + "A" * 4_000, "q1bKU7JSMjRSqgUA"]
    texts = [harmed(random.choice((*codes, *codes, *links)), random) for _ in range(CODES)]
    for text, outcome in zip(texts, reader("decoded", texts), strict=True):
        assert are_sentences(outcome["reasons"]), ascii(text)
        assert bool(outcome["reasons"]) != bool(outcome.get("sheet")), ascii(text)
        if outcome.get("sheet") and isinstance(outcome["sheet"], dict):
            given_ = {id_: each["answer"] for id_, each in outcome["sheet"]["answers"].items()}
            assert given_ in answered, f"{text!a} is read as another sheet than any that was sent"


def test_a_code_that_holds_more_than_a_sheet_is_refused_before_it_is_unpacked(page, reader):
    bomb = page.evaluate(
        """async (sizes) => {
            const { encode } = await import("#client/code.js");
            return Promise.all(sizes.map((size) => encode(" ".repeat(size))));
        }""",
        [LARGEST, LARGEST + 1, 40 * LARGEST],
    )
    found = [" ".join(each["reasons"]) for each in reader("decoded", [f"sheet={each}" for each in bomb[1:]])]
    assert found == ["This code holds more than a sheet can hold."] * 2


# Python alone


@settings(max_examples=settings.default.max_examples * 5)
@given(seed=st.integers(10**6, 2**40))
def test_no_sheet_is_a_traceback_in_python(framework_rules, seed):
    framework, known = framework_rules()
    content = mutated(known, seed)
    for to_open in (False, True):
        reasons = reasons_in_python(content, framework, to_open=to_open)
        assert are_sentences(reasons)
        if not reasons:
            sheet = read(content, framework, to_open=to_open)
            assert sheet.answers_to(framework).keys() <= framework.indicators.keys()


@pytest.fixture(scope="module")
def framework_rules(framework):
    """The framework and what it allows, which are too long to be told beside what fails."""
    known = framework, rules(framework)
    return lambda: known
