"""A sheet as a short code: what it holds comes through mail, chat and paper, and damage is named and never read."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_frameworks import frameworks_with_sheets
from run import FORMS, QUICK, STANDARD, answer_all, open_step, page_with, random_answers, visible_step
from test_opening import content_of, downloaded, open_file, sheet_of
from test_results_out import (
    NOT_OPENED,
    OPENED,
    button,
    notice,
    open_more,
    paste,
    said_beside,
    sheet_on,
    signs_of,
    told,
    write_note_on,
)

from generator.assessment import browser_data
from generator.sheet import read, rules

SHEETS_EACH = 20
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BEGUN = "2026-11-22T09:30:00Z"

# Makes codes, and reads texts: each with a sheet, or with the reasons why there is none.
MODULES = """async () => {
    const { shortCode, readShortCode, codesIn } = await import("#client/short_code.js");
    const { RefusedSheet, readSheet } = await import("#client/reading.js");
    const { sheetOf } = await import("#client/sheet.js");
    window.codeOf = (fields, asked) => shortCode(sheetOf(fields), asked);
    window.codesIn = codesIn;
    window.outcome = (text, forms, names) => {
        try {
            return { sheet: readShortCode(text, forms, names) };
        } catch (error) {
            if (!(error instanceof RefusedSheet)) throw error;
            return { reasons: error.reasons };
        }
    };
    window.asFile = (file, rules) => readSheet(new TextEncoder().encode(JSON.stringify(file)).buffer, rules);
}"""


@pytest.fixture(scope="module")
def client(chromium, site_address):
    """A page of the built site, with the functions of the module at hand."""
    with page_with(chromium, site_address + STANDARD, MODULES) as page:
        yield page


def asked_in(framework, form, **changes):
    return {**json.loads(json.dumps(browser_data(framework, form))), **changes}


def fields_of(asked, answers, signs=(), *, created=BEGUN, perspective="own", **others):
    """A sheet as records, with answers to anything."""
    revisions = asked["revisions"]
    return [
        ["framework", {"id": asked["id"], "version": asked["version"]}],
        ["form", asked["form"]],
        ["perspective", perspective],
        ["created", created],
        *(["answers", id_, {"answer": each, "revision": revisions.get(id_, 1)}] for id_, each in answers.items()),
        *(["warning_signs", sign, True] for sign in signs),
        *others.items(),
    ]


def codes_of(client, asked, sheets):
    return client.evaluate("([asked, all]) => all.map((each) => codeOf(each, asked))", [asked, sheets])


def outcomes(client, asked, texts, names=None):
    script = "([forms, names, texts]) => texts.map((text) => outcome(text, forms, names))"
    return client.evaluate(script, [{asked["form"]: asked}, names or {}, texts])


def reasons_for(client, asked, text, names=None):
    (found,) = outcomes(client, asked, [text], names)
    return found.get("reasons", [])


def expected_sheet(asked, answers, signs, perspective="own", created=BEGUN):
    """What is read of a code, of which nothing was lost on the way."""
    revisions = asked["revisions"]
    return {
        "format": "balcony-sheet/1",
        "framework": {"id": asked["id"], "version": asked["version"]},
        "form": asked["form"],
        "perspective": perspective,
        "created": created,
        "work": "",
        "team": "",
        "answers": {
            id_: {"answer": answers[id_], "revision": revision} for id_, revision in revisions.items() if id_ in answers
        },
        "notes": {},
        "earlier": {},
        "context": {},
        "warning_signs": [sign for sign in asked["warning_signs"] if sign in signs],
        "targets": {},
        "actions": [],
    }


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


@pytest.fixture
def asked(framework, form):
    return asked_in(framework, form)


@pytest.fixture
def sheets(framework, form):
    """Answers and ticks, several times."""
    return [(random_answers(framework, form, seed), signs_of(framework, seed)) for seed in range(4)]


@pytest.fixture
def codes(client, asked, sheets):
    return codes_of(client, asked, [fields_of(asked, *each) for each in sheets])


# What it holds


@given(made=frameworks_with_sheets(SHEETS_EACH), data=st.data())
def test_what_a_code_holds_comes_back(client, made, data):
    framework, form, sheets = made
    asked = asked_in(framework, form)
    perspective = data.draw(st.sampled_from(["own", "others"]))
    pairs = [(each["answers"], each["warning_signs"]) for each in sheets]
    codes = codes_of(client, asked, [fields_of(asked, *each, perspective=perspective) for each in pairs])
    assert outcomes(client, asked, codes) == [{"sheet": expected_sheet(asked, *each, perspective)} for each in pairs]


def test_a_sheet_from_a_code_is_the_sheet_that_a_file_would_give(client, framework, asked, codes):
    known = json.loads(json.dumps(rules(framework)))
    for found in outcomes(client, asked, codes):
        sheet = found["sheet"]
        assert client.evaluate("([file, rules]) => asFile(file, rules)", [sheet, known]) == sheet
        assert read(json.dumps(sheet).encode(), framework).created == BEGUN


@pytest.mark.parametrize(("name", "most"), [("quick", 5), ("standard", 12)])
def test_a_code_is_short(client, framework, name, most):
    asked = asked_in(framework, name)
    highest = dict.fromkeys(asked["revisions"], asked["top"])
    full = fields_of(asked, highest, asked["warning_signs"], created="2059-12-31T23:59:59Z", perspective="others")
    lengths = {len(code.split()) - 1 for code in codes_of(client, asked, [fields_of(asked, {}), full])}
    assert len(lengths) == 1
    assert max(lengths) <= most


def test_a_code_is_of_letters_and_digits_that_nobody_confuses(codes):
    for code in codes:
        prefix, *groups = code.split(" ")
        assert prefix == "BALCONY"
        assert {len(group) for group in groups} == {5}
        assert set("".join(groups)) <= set(ALPHABET)


def test_a_code_holds_no_words_and_no_answer_to_another_wording(client, asked, sheets):
    answers, signs = sheets[0]
    changed = next(id_ for id_ in asked["revisions"] if id_ in answers)
    without = {id_: each for id_, each in answers.items() if id_ != changed}
    words = {"work": "Hospital", "team": "Ann", "notes": {"a": "b"}, "targets": {"a/b": 2}, "context": {"a": "b"}}
    wordy = [
        *fields_of(asked, {**answers, "gone-since": 3}, [*signs, "gone-since"], **words),
        ["answers", changed, {"answer": answers[changed], "revision": 99}],
    ]
    plain, full = codes_of(client, asked, [fields_of(asked, without, signs), wordy])
    assert plain == full


def test_the_same_sheet_is_known_again_by_when_it_was_begun(client, asked, sheets):
    moments = ["2026-11-22T09:30:00Z", "2026-11-22T09:30:01Z", "2026-01-01T00:00:01Z", "2059-12-31T23:59:59Z"]
    made = codes_of(client, asked, [fields_of(asked, *sheets[0], created=each) for each in moments])
    assert [found["sheet"]["created"] for found in outcomes(client, asked, made)] == moments
    assert len(set(made)) == len(moments)


@pytest.mark.parametrize("created", ["2019-06-03T09:30:00Z", "2061-01-01T00:00:00Z", "1000-01-01T00:00:00Z"])
def test_no_wrong_date_is_given_for_what_no_code_can_hold(client, asked, sheets, created):
    (code,) = codes_of(client, asked, [fields_of(asked, *sheets[0], created=created)])
    (found,) = outcomes(client, asked, [code])
    assert "created" not in found["sheet"]
    assert found["sheet"]["answers"] == expected_sheet(asked, *sheets[0])["answers"]


# On its way

GLUE = [" ", "-", " – ", "\n", "\r\n> ", "\r\n>> > ", "", "\t", ".", ", ", "\u200b", "\u00a0", "\u00ad", " | ", "=\r\n"]


def damaged_by_mail(code, glue):
    """The code, with every kind of gap between and in its groups."""
    prefix, *groups = code.split()
    letters = "".join(groups)
    return prefix + "".join(each + letter for each, letter in zip(glue, letters, strict=False))


@given(glue=st.lists(st.sampled_from(GLUE), min_size=60, max_size=60), seed=st.integers(0, 3))
def test_gaps_may_be_anywhere(client, framework, glue, seed):
    asked = asked_in(framework, "standard")
    answers = random_answers(framework, "standard", seed)
    (code,) = codes_of(client, asked, [fields_of(asked, answers)])
    text = damaged_by_mail(code, glue)
    assert outcomes(client, asked, [text]) == [{"sheet": expected_sheet(asked, answers, ())}]


def full_width(code):
    return "".join(chr(ord(each) + 0xFEE0) if each in ALPHABET else each for each in code)


AS_SENT = {
    "small": str.lower,
    "without its first word": lambda code: code.removeprefix("BALCONY "),
    "as one word": lambda code: code.replace(" ", ""),
    "full stop": lambda code: f"{code}.",
    "quoted": lambda code: f"“{code}”",
    "in brackets": lambda code: f"<{code}>",
    "read aloud": lambda code: "BALCONY" + code[7:].replace("0", "O").replace("1", "I"),
    "small and read aloud": lambda code: code.lower().replace("0", "o").replace("1", "l"),
    "full width": full_width,
    "in a letter": lambda code: f"Dear Ann,\r\nhere is my code:\r\n\r\n{code}\r\n\r\nBest wishes, Zoë\r\nZOË LLOYD",
    "small in a letter": lambda code: f"Hello, it is {code.lower()} with kind regards from all of us",
    "without its first word in a letter": lambda code: f"Dear Ann,\nhere it is: {code[8:]}.\nZoë",
    "answered": lambda code: "> On Monday, Ann wrote:\n> " + code[:33] + "\n> " + code[33:],
    "first word broken": lambda code: f"BALC\nONY{code[7:]}",
    "first word mistyped": lambda code: f"BALKONY{code[7:]}",
    "first word twice": lambda code: f"My Balcony code: {code}",
    "in a list": lambda code: f"1. {code}",
    "on a site of that name": lambda code: f"From https://example.org/balcony/assess/standard/: {code}",
}


@pytest.mark.parametrize("way", AS_SENT)
def test_a_code_is_read_as_people_and_programs_send_it(client, asked, sheets, codes, way):
    found = outcomes(client, asked, [AS_SENT[way](code) for code in codes])
    assert found == [{"sheet": expected_sheet(asked, *each)} for each in sheets]


def test_several_codes_are_found_in_one_text(client, asked, sheets, codes):
    text = "".join(
        f"From: Zoë\r\nSubject: The Balcony of 10 May, at 10:30\r\n\r\n> {code}\r\nBest wishes\r\n-- \r\nZOË, 020 7946 0000\r\n"
        for code in codes
    )
    found = client.evaluate("(text) => codesIn(text)", text)
    assert outcomes(client, asked, found) == [{"sheet": expected_sheet(asked, *each)} for each in sheets]
    assert reasons_for(client, asked, text) == ["This text holds 4 codes. Open them one at a time."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "hello",
        "BALCONY",
        "The balcony is where we see from. Ring 020 7946 0000 by 10:30 on 12 May.",
        "https://example.org/balcony/assess/standard/",
        "領導 " * 100,
        "balcony " * 100,
        "THE TEAM ON THE BALCONY MET AT TEN, AND ALL OF THEM WERE GLAD TO BE THERE AGAIN",
        "\0\ud83d",
    ],
)
def test_in_other_texts_no_code_is_found(client, asked, text):
    assert client.evaluate("(text) => codesIn(text)", text) == []
    assert reasons_for(client, asked, text) == [
        "This is no short code of a sheet, or too little of it is as it was sent. Copy all of it, and try again."
    ]


# Damage


def with_group(code, at, group):
    groups = code.split(" ")
    groups[at + 1] = group
    return " ".join(groups)


def test_every_other_letter_in_a_group_is_noticed_and_the_group_named(client, asked, codes):
    expected = {}
    for code in codes:
        groups = code.split()[1:]
        for at, group in enumerate(groups):
            others = [
                group[:place] + letter + group[place + 1 :]
                for place in range(5)
                for letter in ALPHABET + "UÉ領"
                if letter != group[place]
            ]
            words = "Group {} of {}, “{}”, is not as it was sent."
            expected |= {with_group(code, at, each): [words.format(at + 1, len(groups), each)] for each in others}
    found = outcomes(client, asked, list(expected))
    assert [each.get("reasons") for each in found] == list(expected.values())


def test_two_letters_that_change_places_are_noticed(client, asked, codes):
    for code in codes:
        for at, group in enumerate(code.split()[1:]):
            for one in range(4):
                turned = group[:one] + group[one + 1] + group[one] + group[one + 2 :]
                if turned != group:
                    (reason,) = reasons_for(client, asked, with_group(code, at, turned))
                    assert reason.startswith(f"Group {at + 1} of")


def test_groups_that_change_places_are_named(client, asked, codes):
    expected = {}
    for code in codes:
        groups = code.split()[1:]
        of = len(groups)
        for at in range(of - 1):
            turned = [*groups[:at], groups[at + 1], groups[at], *groups[at + 2 :]]
            expected[" ".join(turned)] = [f"Groups {at + 1} and {at + 2} of {of} have changed places."]
    assert [each.get("reasons") for each in outcomes(client, asked, list(expected))] == list(expected.values())


@pytest.mark.parametrize("between", [" ", ""])
def test_a_letter_too_few_or_too_many_is_noticed_and_the_group_named(client, asked, codes, between):
    wrong = 0
    tried = 0
    for code in codes:
        groups = code.split()[1:]
        for at, group in enumerate(groups):
            for each in (group[1:], group[:2] + group[3:], f"{group[:2]}7{group[2:]}"):
                broken = between.join(["BALCONY", *groups[:at], each, *groups[at + 1 :]])
                reasons = reasons_for(client, asked, broken)
                assert reasons, broken
                tried += 1
                wrong += not (len(reasons) == 1 and f"Group {at + 1} of" in reasons[0])
    # Without gaps, a neighbour may fit by chance.
    assert wrong == 0 if between else wrong * 10 <= tried


def test_all_damaged_groups_are_named_at_once(client, framework):
    asked = asked_in(framework, "standard")
    (code,) = codes_of(client, asked, [fields_of(asked, random_answers(framework, "standard", 1))])
    broken = with_group(with_group(code, 2, "UUUUU"), 6, "4K7")
    assert reasons_for(client, asked, broken) == [
        "Group 3 of 10, “UUUUU”, is not as it was sent.",
        "Group 7 of 10, “4K7”, is not as it was sent.",
    ]


def test_missing_groups_are_named(client, framework):
    asked = asked_in(framework, "standard")
    (code,) = codes_of(client, asked, [fields_of(asked, random_answers(framework, "standard", 1))])
    groups = code.split()[1:]
    for gone in ([10], [9, 10], [4, 5, 6, 7, 8, 9, 10], [1], [5], [1, 10], [3, 8]):
        left = " ".join(group for at, group in enumerate(groups, 1) if at not in gone)
        numbers = ", ".join(map(str, gone))
        reason = f"Missing of 10 groups: {numbers}. Copy all of the code, and try again."
        for text in (f"BALCONY {left}", left, f"BALCONY {left}\r\n\r\nThanks a lot,\r\nZoë"):
            assert reasons_for(client, asked, text) == [reason], text


def test_one_group_alone_is_no_code(client, asked, codes):
    for code in codes:
        (reason,) = reasons_for(client, asked, " ".join(code.split()[:2]))
        assert reason.startswith("This is no short code")


@given(seed=st.integers(0, 2**32))
@settings(max_examples=settings.default.max_examples // 5)
def test_no_damage_makes_another_sheet_of_it(client, framework, seed):
    random = Random(seed)
    asked = asked_in(framework, random.choice(list(FORMS)))
    answers = random_answers(framework, asked["form"], seed)
    (code,) = codes_of(client, asked, [fields_of(asked, answers)])
    broken = [damaged(code.removeprefix("BALCONY "), random) for _ in range(50)]
    whole = {"sheet": expected_sheet(asked, answers, ())}
    assert [each for each in outcomes(client, asked, broken) if "sheet" in each and each != whole] == []


def damaged(code, random):
    """A few letters changed, lost, added, and groups moved."""
    groups = code.split()
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(groups))
        place = random.randint(0, len(groups[at]))
        letters = random.choice(["", random.choice(ALPHABET)])
        match random.randrange(4):
            case 0:
                groups[at] = groups[at][:place] + letters + groups[at][place + 1 :]
            case 1:
                groups[at] = groups[at][:place] + random.choice(ALPHABET) + groups[at][place:]
            case 2:
                groups.insert(random.randrange(len(groups)), groups.pop(at))
            case _:
                groups[at] = "".join(random.sample(groups[at], len(groups[at])))
    return " ".join(groups)


# Other questions


def test_a_code_of_another_form_version_or_framework_is_told_apart(client, framework):
    asked = asked_in(framework, "standard")
    names = {id_: form.name for id_, form in framework.forms.items()}
    others = {
        "The code answers the form Quick; this is the form Standard. Open it on the page of its form.": asked_in(
            framework, "quick"
        ),
        "The code was made from another version of the questions than 1.0.0. Ask for the sheet as a file.": {
            **asked,
            "version": "2.0.0",
        },
        "The code belongs to another framework than systems-leadership. Open it on the site where it was made.": {
            **asked,
            "id": "fire-and-rescue",
        },
    }
    for reason, other in others.items():
        (code,) = codes_of(client, other, [fields_of(other, dict.fromkeys(other["revisions"], 3))])
        assert reasons_for(client, asked, code, names) == [reason]
        broken = with_group(code, 3, "UUUUU")
        assert reason in reasons_for(client, asked, broken, names)


def test_of_several_forms_the_one_that_was_answered_is_read(client, framework):
    forms = {id_: asked_in(framework, id_) for id_ in framework.forms}
    for id_, asked in forms.items():
        answers = random_answers(framework, id_, 5)
        (code,) = codes_of(client, asked, [fields_of(asked, answers)])
        script = "([texts, forms]) => texts.map((text) => outcome(text, forms))"
        of = len(code.split()) - 1
        whole, *broken = client.evaluate(script, [[code, *(with_group(code, at, "UUUUU") for at in range(of))], forms])
        assert whole == {"sheet": expected_sheet(asked, answers, ())}
        assert broken == [{"reasons": [f"Group {at + 1} of {of}, “UUUUU”, is not as it was sent."]} for at in range(of)]


def reworded(asked):
    """The same framework, version and form, with other questions."""
    questions, signs = list(asked["revisions"].items()), asked["warning_signs"]
    for at in range(len(questions) - 1):
        turned = [*questions[:at], questions[at + 1], questions[at], *questions[at + 2 :]]
        yield {**asked, "revisions": dict(turned)}
    for id_, revision in questions:
        yield {**asked, "revisions": {**asked["revisions"], id_: revision + 1}}
        yield {**asked, "revisions": {other if other != id_ else f"{id_}-new": each for other, each in questions}}
    for at in range(len(signs) - 1):
        yield {**asked, "warning_signs": [*signs[:at], signs[at + 1], signs[at], *signs[at + 2 :]]}
    yield {**asked, "warning_signs": [*signs[:-1], "new-sign"]}


def test_other_questions_never_read_a_code(client, asked, codes):
    for other in reworded(asked):
        for found in outcomes(client, other, codes):
            (reason,) = found["reasons"]
            assert reason.startswith("The code does not fit the questions of systems-leadership, version 1.0.0, form ")
    for other in ({**asked, "top": 4}, {**asked, "warning_signs": []}, {**asked, "top": 7}):
        assert all("reasons" in found for found in outcomes(client, other, codes))


# On the page

PASTED = "The sheet of the code is open."
CODE_NOT_OPENED = NOT_OPENED.replace("link", "code")


@pytest.fixture
def standard(page, site_address):
    """The standard form. Leaving it asks nobody."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site_address + STANDARD)
    return page


def code_on(page):
    open_more(page)
    button(page, "Make a short code").click()
    assert said_beside(page, "Make a short code") == "The code is made."
    return page.get_by_label("Short code", exact=True).input_value()


def test_a_code_is_made_copied_and_opened_elsewhere(standard, open_page, site_address, framework):
    answers = random_answers(framework, "standard", 3)
    ticked = framework.outline.warning_signs[2].id
    standard.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer_all(standard, answers)
    standard.evaluate("(sign) => document.querySelector(`[name=warning_signs][value='${sign}']`).click()", ticked)
    write_note_on(standard, "shared-purpose", "A secret note")
    open_more(standard)
    assert not standard.get_by_label("Short code", exact=True).is_visible()
    code = code_on(standard)
    button(standard, "Copy the code").click()
    assert said_beside(standard, "Copy the code") == "Copied."
    assert standard.evaluate("navigator.clipboard.readText()") == code
    other = open_page()
    other.on("dialog", lambda dialog: dialog.accept())
    other.goto(site_address + STANDARD)
    open_more(other)
    paste(other, f"> {code[:30]}\r\n> {code[30:]}.\r\n\r\nThanks, Zoë")
    assert told(other).startswith(PASTED)
    assert visible_step(other) == ["start"]
    sent, opened = sheet_on(standard), sheet_on(other)
    given_ = {id_: each["answer"] for id_, each in opened["answers"].items()}
    assert (given_, opened["warning_signs"], opened["created"]) == (answers, [ticked], f"{sent['created'][:19]}Z")
    assert opened["notes"] == {}
    assert "secret" not in json.dumps(opened)
    assert code_on(other) == code


def test_a_code_follows_what_is_answered_after_it_was_made(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    before = code_on(standard)
    answer_all(standard, dict.fromkeys(framework.indicators, 2))
    open_step(standard, "check")
    open_more(standard)
    standard.wait_for_function("(before) => document.getElementById('balcony-short').value !== before", arg=before)
    now = standard.get_by_label("Short code", exact=True).input_value()
    assert now == code_on(standard)


def test_a_damaged_code_is_refused_in_words_and_changes_nothing(standard, framework):
    answer_all(standard, random_answers(framework, "standard", 3))
    code = code_on(standard)
    answer_all(standard, random_answers(framework, "standard", 4))
    before = sheet_on(standard)
    open_more(standard)
    paste(standard, with_group(code, 3, "UUUUU"))
    assert CODE_NOT_OPENED in notice(standard)
    assert "Group 4 of 10, “UUUUU”, is not as it was sent." in notice(standard)
    assert "UUUUU" in standard.locator("#balcony-code-error").inner_text()
    assert sheet_on(standard) == before


def test_a_code_of_the_other_form_is_refused_by_its_name(standard, open_page, site_address, framework):
    quick = open_page()
    quick.on("dialog", lambda dialog: dialog.accept())
    quick.goto(site_address + QUICK)
    answer_all(quick, random_answers(framework, "quick", 3))
    code = code_on(quick)
    open_more(standard)
    paste(standard, code)
    assert "The code answers the form Quick; this is the form Standard." in notice(standard)


def test_a_code_with_an_answer_that_the_question_does_not_allow_is_refused(standard, client, framework):
    asked = asked_in(framework, "standard")
    strict = next(each for each in framework.asked("standard") if not each.not_applicable)
    (code,) = codes_of(client, asked, [fields_of(asked, {strict.id: "not-applicable"})])
    open_more(standard)
    paste(standard, code)
    assert f'"{strict.label}" does not allow "not applicable".' in notice(standard)


def test_a_link_on_a_site_named_balcony_is_still_a_link(standard, framework):
    open_file(standard, sheet_of(team="Team"))
    answer_all(standard, random_answers(framework, "standard", 3))
    open_more(standard)
    button(standard, "Make a link").click()
    standard.wait_for_function("() => document.getElementById('balcony-link').value")
    link = standard.get_by_label("Link or code", exact=True).input_value()
    code = code_on(standard)
    before = content_of(downloaded(standard))
    open_more(standard)
    paste(standard, f"https://example.org/balcony/assess/#{link.split('#')[1]}\n{code}"[: -len(code)])
    assert told(standard).startswith(OPENED)
    assert json.loads(content_of(downloaded(standard)))["answers"] == json.loads(before)["answers"]
