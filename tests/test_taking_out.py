"""What a team takes out of the page: tables for spreadsheets, a file for calendars, a code for a link."""

from __future__ import annotations

import base64
import csv
import io
import json
import string
import unicodedata
import zlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hostile_sheets import TEXTS
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from run import STANDARD, page_with

from generator.assets import ADDRESS

MODULES = """async () => {
    for (const name of ["csv", "calendar", "code", "sheet", "taking"])
        window[name] = await import(`#client/${name}.js`);
}"""

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))  # a lone surrogate has no place in a file
LIKELY = st.text(alphabet="=+-@\uff1d\ufe62\uff0d\uff20 \t\r\n\0\u200b\ufeff,;\"'1a", max_size=6)
CELLS = TEXT | LIKELY | st.integers(-(2**53) + 1, 2**53 - 1)
ROWS = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site, with the modules at hand."""
    with page_with(chromium, site_address + STANDARD, MODULES) as page:
        yield page


# Tables


def table_of(text):
    """What a program reads that knows CSV and nothing else."""
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


def csv_of(client, rows):
    return client.evaluate("(rows) => csv.csvOf(rows)", rows)


def is_formula(text):
    """Whether a spreadsheet might compute a cell, or drop how it begins and then compute it."""
    first = next((each for each in unicodedata.normalize("NFKC", text) if not is_invisible(each)), "")
    return first in tuple("=+-@") or text.startswith(("\t", "\r"))


def is_invisible(character):
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


@given(rows=ROWS)
@example(rows=[[text, 1] for text in TEXTS if text.isprintable() or text.isascii()])
def test_a_table_is_read_back_to_the_letter_but_for_an_apostrophe_before_what_looks_like_a_formula(client, rows):
    assert table_of(csv_of(client, rows)) == [
        [f"'{cell}" if isinstance(cell, str) and is_formula(cell) else str(cell) for cell in row] for row in rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1", " =1", "\n=1", "\u00a0@x", "\ufeff=1", "\u200b=1", "\0=1",
        "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "\ufe621", '=HYPERLINK("https://example.org","x")',
    ],
)  # fmt: skip
def test_what_looks_like_a_formula_is_text(client, text):
    assert table_of(csv_of(client, [[text, 1]])) == [[f"'{text}", "1"]]


@pytest.mark.parametrize("text", ["", " ", "1 + 1", "a=b", "someone@example.org", "'s", "–", "領導", "A\n- b"])
def test_other_text_stays_as_it_is(client, text):
    assert table_of(csv_of(client, [[text, 1]])) == [[text, "1"]]


def test_numbers_stay_numbers_and_only_what_needs_quotes_has_them(client):
    rows = [[-1, "two words", 3.5], ['a "b"', "c,d", "e\r\nf"], ["g;h", "i", 0]]
    assert csv_of(client, rows) == (
        '\ufeff-1,two words,3.5\r\n"a ""b""","c,d","e\r\nf"\r\n"g;h",i,0\r\n'  # as RFC 4180 has it
    )


# Answers


@pytest.fixture
def answers(client, framework):
    """The table of a sheet's file, taken over into the standard form."""
    sections = {each.id: section.name for section in framework.sections for each in section.indicators}
    questions = [
        {"id": each.id, "section": sections[each.id], "question": each.question} for each in framework.asked("standard")
    ]

    def answers_(**fields):
        file = {"framework": {"id": framework.id, "version": "0.1"}, "form": "standard", **fields}
        script = """([file, questions]) => {
            const framework = JSON.parse(document.getElementById("balcony-data").textContent);
            const page = taking.takenOver(sheet.sheetOf(Object.entries(file)), framework);
            return csv.csvOf(csv.answerRows(page, framework, questions));
        }"""
        return table_of(client.evaluate(script, [file, questions]))

    return answers_


def test_answers_stand_in_the_order_of_the_form_with_the_words_of_their_levels(answers, framework):
    first, second, third, *others = framework.asked("standard")
    levels = [level.name for level in framework.outline.levels]
    given = {
        first.id: {"answer": 2, "revision": first.revision, "note": "=1+1"},
        second.id: {"answer": "not-sure", "revision": second.revision},
        third.id: {"answer": "not-applicable", "revision": third.revision},
    }
    heading, *rows = answers(answers=given, notes={second.id: "領導, “why?”", others[0].id: "Not yet"})
    assert heading == ["Section", "Id", "Question", "Answer", "Level", "Note", "Revision"]
    assert [row[1:3] for row in rows] == [[each.id, each.question] for each in framework.asked("standard")]
    assert [row[3:] for row in rows[:5]] == [
        ["2", levels[1], "'=1+1", str(first.revision)],
        ["not-sure", "Not sure", "領導, “why?”", str(second.revision)],
        ["not-applicable", "Not applicable", "", str(third.revision)],
        ["", "Not answered", "Not yet", str(others[0].revision)],
        ["", "Not answered", "", str(others[1].revision)],
    ]
    assert rows[0][0] == framework.sections[0].name


def test_what_is_kept_and_not_counted_comes_after_what_is_asked(answers, framework):
    first, second, *_ = asked = framework.asked("standard")
    old = first.revision + 1
    _, *rows = answers(
        answers={
            first.id: {"answer": 4, "revision": old, "note": "As it was"},
            "constructor": {"answer": 99, "revision": 1},
            "gone": {"answer": "not-sure", "revision": 3, "note": "-1"},
        },
        earlier={second.id: [{"answer": 1, "revision": 7}]},
        notes={"gone-too": "A note alone", first.id: "As it is"},
    )
    levels = [level.name for level in framework.outline.levels]
    assert rows[0][3:] == ["", "Not answered", "As it is", str(first.revision)]
    assert rows[1][3:] == ["", "Not answered", "", str(second.revision)]
    assert {row[0] for row in rows[: len(asked)]} <= {section.name for section in framework.sections}
    assert rows[len(asked) :] == [
        ["Kept, and not counted", first.id, "", "4", levels[3], "As it was", str(old)],
        ["Kept, and not counted", "constructor", "", "99", "", "", "1"],
        ["Kept, and not counted", "gone", "", "not-sure", "Not sure", "'-1", "3"],
        ["Kept, and not counted", second.id, "", "1", levels[0], "", "7"],
        ["Kept, and not counted", "gone-too", "", "", "", "A note alone", ""],
    ]


# The plan

PLAN_WORDS = ["Issue", "Request", "Commitment", "Who", "By when", "What the people it is for would notice"]


def action(**fields):
    empty = dict.fromkeys(("issue", "request", "commitment", "who", "by_when", "notice"), "")
    return {**empty, **fields}


def test_the_plan_has_a_row_for_each_action(client):
    full = dict(zip(action(), ["Trust", "@Housing: come", "We meet", "領導", "2027-03-31", "One\ndoor"], strict=True))
    broken = {"toString": 1, "issue": None, "who": {"toString": 1}, "commitment": "Kept"}
    rows = table_of(client.evaluate("(actions) => csv.csvOf(csv.planRows(actions))", [full, action(), broken]))
    assert rows == [
        PLAN_WORDS,
        ["Trust", "'@Housing: come", "We meet", "領導", "2027-03-31", "One\ndoor"],
        [""] * 6,
        ["", "", "Kept", "", "", ""],
    ]


# The calendar

TODAY = "2026-08-31T22:30:15.250Z"


def calendar_text(page, actions, today=TODAY, title="Our work", uid="sheet-1"):
    script = "([actions, today, title, uid]) => calendar.calendarOf({ actions, title, uid, today: new Date(today) })"
    return page.evaluate(script, [actions, today, title, uid])


def events_of(text):
    """What a calendar takes in, the day to look again last."""
    read = Calendar.from_ical(text.encode())
    assert all(not component.errors for component in read.walk())
    return read.events


@pytest.fixture
def at(open_page, site_address):
    """A page in a time zone, with the modules at hand."""

    def at_(zone):
        page = open_page(timezone_id=zone)
        page.goto(site_address + STANDARD)
        page.evaluate(MODULES)
        return page

    return at_


def alarms_of(event):
    return [(alarm["ACTION"], alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")]


def test_an_action_with_a_day_stands_all_that_day_and_is_announced_a_week_before(client):
    planned = action(
        issue="Trust; and, \\n more",
        commitment="We meet,\nevery month",
        who="Children's services 領導",
        by_when="2027-02-28",
        notice="One door",
    )
    event, _ = events_of(calendar_text(client, [planned]))
    assert event["SUMMARY"] == "We meet,\nevery month"
    assert event["DESCRIPTION"] == (
        "Issue: Trust; and, \\n more\nWho: Children's services 領導\nWhat the people it is for would notice: One door"
    )
    assert (event.start, event.end) == (date(2027, 2, 28), date(2027, 3, 1))
    week_before_at_nine = timedelta(days=-7, hours=9)
    assert alarms_of(event) == [("DISPLAY", week_before_at_nine)]
    assert event["DTSTAMP"].dt == datetime(2026, 8, 31, 22, 30, 15, tzinfo=UTC)


def test_an_action_without_a_commitment_is_called_by_its_issue_and_else_by_the_work(client):
    actions = [action(issue="Trust", by_when="2027-01-01"), action(commitment="  ", by_when="2027-01-01")]
    named, nameless, _ = events_of(calendar_text(client, actions))
    assert (named["SUMMARY"], named["DESCRIPTION"]) == ("Trust", "")
    assert nameless["SUMMARY"] == "Our work"


@pytest.mark.parametrize(
    ("by_when", "count"),
    [("2020-01-01", 0), ("2026-08-31", 0), ("2026-09-06", 0), ("2026-09-07", 1), ("2026-09-08", 1)],
)
def test_no_alarm_is_set_for_a_day_that_is_past(at, by_when, count):
    event, _ = events_of(calendar_text(at("Europe/London"), [action(commitment="Now", by_when=by_when)]))
    assert event.start == date.fromisoformat(by_when)
    assert len(alarms_of(event)) == count


NO_DAYS = ["", "soon", "2026-02-29", "2027-06-31", "2027-13-01", "0000-01-01", "2027-1-1", "+012027-01", "2027-01-01T00:00", "2027-01-01\n"]  # fmt: skip


def test_actions_without_a_day_are_left_out_and_counted(client):
    dated = [action(commitment="A day", by_when=day) for day in ("2028-02-29", "2027-12-31")]
    actions = [
        dated[0],
        *(action(commitment="None", by_when=each) for each in NO_DAYS),
        {"by_when": None},
        {},
        dated[1],
    ]
    events = events_of(calendar_text(client, actions))
    assert [each["SUMMARY"] for each in events] == ["A day", "A day", "Look again: Our work"]
    assert client.evaluate("(actions) => calendar.undated(actions)", actions) == len(actions) - 2
    assert client.evaluate("(actions) => calendar.undated(actions)", dated) == 0


@pytest.mark.parametrize(
    ("zone", "today", "again"),
    [
        ("UTC", "2026-08-31T12:00:00Z", date(2027, 2, 28)),
        ("UTC", "2027-08-30T12:00:00Z", date(2028, 2, 29)),
        ("UTC", "2026-11-22T12:00:00Z", date(2027, 5, 22)),
        ("UTC", "2026-03-31T12:00:00Z", date(2026, 9, 30)),
        ("UTC", "2026-07-01T12:00:00Z", date(2027, 1, 1)),
        ("Pacific/Auckland", "2026-11-22T12:00:00Z", date(2027, 5, 23)),
        ("America/Los_Angeles", "2026-11-22T02:00:00Z", date(2027, 5, 21)),
    ],
)
def test_a_team_is_asked_to_look_again_after_six_months_of_its_own_days(at, zone, today, again):
    (event,) = events_of(calendar_text(at(zone), [], today, "Hip fractures, in 領導"))
    assert event["SUMMARY"] == "Look again: Hip fractures, in 領導"
    assert "Answer the questions again" in event["DESCRIPTION"]
    assert "compare" in event["DESCRIPTION"]
    assert (event.start, event.end) == (again, again + timedelta(days=1))
    ((kind, before),) = alarms_of(event)
    assert (kind, datetime.combine(event.start, time()) + before) == ("DISPLAY", datetime.combine(again, time(9)))
    assert event["DTSTAMP"].dt == datetime.fromisoformat(today)


def test_each_event_has_an_identity_of_its_own_that_stays(client):
    actions = [action(commitment="Same", by_when="2027-01-01")] * 3
    first, later, other = (
        [event["UID"] for event in events_of(calendar_text(client, actions, today, uid=uid))]
        for today, uid in ((TODAY, "a;b,c\\d"), ("2026-09-10T10:00:00Z", "a;b,c\\d"), (TODAY, "other"))
    )
    assert first == later
    assert len({*first, *other}) == 8


def test_a_calendar_says_what_made_it_and_asks_nobody_for_an_answer(client):
    read = Calendar.from_ical(calendar_text(client, [action(commitment="x", by_when="2027-01-01")]))
    assert (read["VERSION"], read["PRODID"]) == ("2.0", "-//Balcony//Balcony//EN")
    assert "METHOD" not in read


CALENDAR_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])) | st.text(alphabet='\\;,:"\n\t領🙂a ')


def as_kept(text):
    """What of a text a calendar may hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) != "Cc")


CALENDAR_TEXT = TEXT | st.text(alphabet='\\;,:"nN\r\n\t領🙂a ', max_size=200)


@given(texts=st.tuples(CALENDAR_TEXT, CALENDAR_TEXT, CALENDAR_TEXT))
@example(texts=("領導" * 40, "🙂" * 75, "\\n\\\\n;,\n"))
@example(texts=("\x1b\0\x7f\x85BEGIN:VALARM", "a\r\nEND:VEVENT\rx", "\\"))
def test_any_text_comes_through_a_calendar_in_short_lines(client, texts):
    issue, commitment, title = (f"({each})" for each in texts)
    text = calendar_text(client, [action(issue=issue, commitment=commitment, by_when="2027-01-01")], title=title)
    *lines, last = text.encode().split(b"\r\n")
    assert last == b""
    assert [line for line in lines if len(line) > 75 or set(b"\r\n\0\x1b\x7f") & set(line)] == []
    assert "".join(line.decode() for line in lines)  # which fails where a character is cut
    event, again = events_of(text)
    assert event["SUMMARY"] == as_kept(commitment)
    assert event["DESCRIPTION"] == ("" if issue == commitment else as_kept(f"Issue: {issue}"))
    assert again["SUMMARY"] == as_kept(f"Look again: {title}")


# The code

LETTERS = string.ascii_letters + string.digits + "-_"
MOST = 1024 * 1024

DECODE = """([text, most]) => code.decode(text, most).then(
    (held) => Array.from(new Uint8Array(held)),
    (error) => error instanceof Error ? error.message : "not an Error",
)"""
BROKEN = "This is no code of a sheet, or part of it is missing. Copy all of it, and try again."
TOO_MUCH = "This code holds more than a sheet can hold."


def decoded(page, code, most=MOST):
    """The bytes that a code holds, or why it was not read."""
    found = page.evaluate(DECODE, [code, most])
    return found if isinstance(found, str) else bytes(found)


def code_of(held):
    """A code as Python makes it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = deflate.compress(held) + deflate.flush()
    return base64.urlsafe_b64encode(deflated).decode().rstrip("=")


def held_by(code):
    """What Python finds in a code; None if it is none."""
    if len(code) % 4 == 1:
        return None
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        held = inflate.decompress(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)))
    except zlib.error:
        return None
    return held if inflate.eof and not inflate.unused_data else None


@given(text=TEXT)
@example(text="")
@example(text="領導, Ynys Môn, 👩‍👩‍👧, \0, \ufeff")
def test_a_code_holds_its_text_and_travels_in_any_link(client, text):
    code = client.evaluate("(text) => code.encode(text)", text)
    assert set(code) <= set(LETTERS)
    assert held_by(code) == decoded(client, code) == text.encode()


def test_half_a_character_is_no_obstacle(client):
    assert held_by(client.evaluate('code.encode("a\\ud83d")')).decode() == "a\ufffd"


def test_the_longest_sheet_has_a_code(client):
    script = """async (most) => {
        const bytes = new Uint8Array(most).map((_, index) => 32 + (index * index) % 89);
        const text = new TextDecoder().decode(bytes);
        return new TextDecoder().decode(await code.decode(await code.encode(text), most)) === text;
    }"""
    assert client.evaluate(script, MOST)


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 5_000])
def test_a_code_may_hold_what_is_allowed_and_no_byte_more(client, size):
    held = b"x" * size
    assert decoded(client, code_of(held), 1000) == (held if size <= 1000 else TOO_MUCH)


def test_of_a_bomb_little_is_inflated(open_page, site_address):
    page = open_page()
    page.goto(site_address + STANDARD)
    page.evaluate(MODULES)
    page.evaluate(
        """() => {
            window.taken = 0;
            const Real = DecompressionStream;
            window.DecompressionStream = function (kind) {
                const transform = (piece, controller) => { window.taken += piece.length; controller.enqueue(piece); };
                const counting = new TransformStream({ transform });
                return { writable: counting.writable, readable: counting.readable.pipeThrough(new Real(kind)) };
            };
        }"""
    )
    bomb = code_of(bytes(100 * MOST))
    assert decoded(page, bomb) == TOO_MUCH
    assert 0 < page.evaluate("taken") < len(bomb) / 10


@pytest.mark.parametrize(
    "code", ["", " ", "A", "=", "Aw A", "AwA=", "Aw+A", "領導", "A/A", "x" * 1000, "__proto__", "\0"]
)
def test_what_is_no_code_is_refused_with_a_sentence(client, code):
    assert decoded(client, code) == BROKEN


def test_a_code_with_something_missing_or_added_is_refused(client):
    code = code_of("Cyngor Sir Ynys Môn 領導 🙂".encode())
    parts = [code[:length] for length in range(len(code))]
    assert {decoded(client, part) for part in (*parts, code + "AAAA", code[1:])} == {BROKEN}


@given(held=st.binary(max_size=30), at=st.integers(0, 40), letter=st.sampled_from(LETTERS))
def test_a_code_with_another_letter_is_read_as_python_reads_it_or_refused(client, held, at, letter):
    code = code_of(held)
    code = code[:at] + letter + code[at + 1 :]
    held = held_by(code)
    assert decoded(client, code) == (BROKEN if held is None else held)


LINK = "https://example.org/assess/standard/#sheet="
CODE = "q1YqSy0qzszPU7JSMjQyNjE1M7ewNDA0MjYxNTO3sFSqBQA_-"


@pytest.mark.parametrize(
    "pasted",
    [
        CODE,
        f"\n  {CODE}\r\n",
        f"<{CODE}>",
        f"sheet={CODE}",
        f"#sheet={CODE}",
        LINK + CODE,
        f"<{LINK}{CODE}>",
        f" < {LINK}{CODE} > \n",
        f"<{LINK}{CODE[:20]}\r\n{CODE[20:40]}\r\n {CODE[40:]}>",
        f"{LINK[:-3]}\n{LINK[-3:]}{CODE[:1]}\n\n\t{CODE[1:]}",
        f"> {LINK}{CODE[:9]}\r\n> {CODE[9:30]}\r\n> {CODE[30:]}",
        f">> {CODE[:9]}\n>> {CODE[9:]}",
        f"{LINK}{CODE[:9]}\u200b{CODE[9:20]}\u00ad{CODE[20:]}\ufeff",
        f"Here it is: {LINK}{CODE}. Thank you!",
        f"https://links.example.com/?url=https%3A%2F%2Fexample.org%2Fassess%2F%23sheet%3D{CODE}&data=05",
        f"file:///C:/Users/Ann%20Lee/systems-leadership-standard.html#sheet={CODE}",
    ],
)
def test_the_code_is_found_in_what_was_pasted(client, pasted):
    assert client.evaluate("(text) => code.codeIn(text)", pasted) == CODE


@pytest.mark.parametrize("pasted", ["", "  \n", "<>", "https://example.org/assess/standard/", "領導", "#sheet=", "a.b"])
def test_in_anything_else_no_code_is_found(client, pasted):
    assert client.evaluate("(text) => code.codeIn(text)", pasted) == ""


@given(text=TEXT, width=st.integers(1, 80))
def test_a_link_that_a_mail_program_broke_still_opens(client, text, width):
    link = LINK + client.evaluate("(text) => code.encode(text)", text)
    broken = "\r\n".join(link[at : at + width] for at in range(0, len(link), width))
    assert decoded(client, client.evaluate("(text) => code.codeIn(text)", broken)) == text.encode()


def test_a_code_is_made_and_read_in_a_file_on_its_own(open_page, built_site, tmp_path):
    names = ("code.js", "reading.js", "words.js")
    sources = [base64.b64encode((built_site / ADDRESS / name).read_bytes()).decode() for name in names]
    imports = {
        f"#client/{name}": f"data:text/javascript;base64,{source}" for name, source in zip(names, sources, strict=True)
    }
    file = tmp_path / "領導.html"
    file.write_text(f'<script type="importmap">{json.dumps({"imports": imports})}</script>', encoding="utf-8")
    page = open_page(offline=True)
    page.goto(file.as_uri())
    page.evaluate("""async () => { window.code = await import("#client/code.js"); }""")
    code = page.evaluate("code.encode('領導')")
    assert decoded(page, code) == "領導".encode()
    assert decoded(page, code[1:]) == BROKEN
