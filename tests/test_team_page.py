"""The team's page, as a facilitator uses it: prepare, gather, see, plan the meeting, agree."""

from __future__ import annotations

import json
import re
from io import BytesIO
from random import Random
from unicodedata import normalize

import axe
import pytest
from click.testing import CliRunner
from conftest import PROJECT
from pypdf import PdfReader
from run import DESKTOP, FORMS, PHONE, answer_all, open_step, random_answers, wait_for_step
from test_every_state import SMALL_TARGETS
from test_opening import content_of

from generator.__main__ import main

TEAM = "team/"
LEVELS = [1, 2, 3, 4, 5]
AGREEMENT = {
    "close": "People are close together.",
    "some-spread": "People differ to some degree.",
    "wide": "People are wide apart.",
}
STEPS = ("view", "agenda", "one", "agree")


# Sheets


def sheet_of(framework, form="standard", seed=0, **fields):
    """One person's sheet. Each seed has answers, ticks and a moment of its own."""
    random = Random(seed)
    answers = fields.pop("levels", None) or random_answers(framework, form, seed)
    revisions = {each.id: each.revision for each in framework.asked(form)}
    return {
        "format": "balcony-sheet/1",
        "framework": {"id": framework.id, "version": framework.version},
        "form": form,
        "perspective": "own",
        "created": f"2026-11-{1 + seed // 86_400:02}T{seed // 3600 % 24:02}:{seed // 60 % 60:02}:{seed % 60:02}Z",
        "changed": "2026-11-22T09:58:12Z",
        "answers": {id_: {"answer": each, "revision": revisions[id_]} for id_, each in answers.items()},
        "warning_signs": [sign.id for sign in framework.outline.warning_signs if random.random() < 0.4],
        **fields,
    }


def file_of(sheet, name="a.balcony.json"):
    content = sheet if isinstance(sheet, bytes) else json.dumps(sheet, ensure_ascii=False).encode()
    return {"name": name, "mimeType": "application/json", "buffer": content}


def team_of(framework, count, form="standard", start=0, **fields):
    """The files of several people."""
    return [
        file_of(sheet_of(framework, form, start + number, **fields), f"{start + number:04}.balcony.json")
        for number in range(count)
    ]


# What a facilitator does


@pytest.fixture
def team(open_page, site_address):
    """The team's page."""
    return open_team(open_page, site_address)


def open_team(open_page, address):
    page = open_page(viewport=DESKTOP, reduced_motion="reduce")
    page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else pytest.fail(dialog.message))
    page.goto(address + TEAM)
    page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
    return page


def gather(page, files, into="Add sheets", *, exact=True):
    """Choose files, and wait until all are taken or set aside."""
    before = count_of(page)
    page.get_by_label(into, exact=exact).set_input_files(files)
    many = len(files) if isinstance(files, list) else 1
    page.wait_for_function(
        "wanted => document.querySelectorAll('[data-people] li, [data-aside] li').length >= wanted", arg=before + many
    )


def count_of(page):
    return page.locator("[data-people] li, [data-aside] li").count()


def taken(page):
    names = "(all) => all.map(($each) => $each.firstChild.textContent.trim())"
    return page.locator("[data-people] li").evaluate_all(names)


def aside(page):
    """Why each file takes no part."""
    reasons = "(all) => all.map(($each) => [$each.firstChild.textContent, $each.lastChild.textContent])"
    return [tuple(each) for each in page.locator("[data-aside] li").evaluate_all(reasons)]


def paste(page, text):
    page.get_by_label("Add codes or links").fill(text)
    before = count_of(page)
    page.get_by_role("button", name="Add the codes").click()
    page.wait_for_function(
        "before => document.querySelectorAll('[data-people] li, [data-aside] li').length > before", arg=before
    )


def prepare(page, form="standard", mode="anonymous", minimum=5):
    open_step(page, "start")
    page.locator(f"[name=form][value={form}]").check()
    page.locator(f"[name=mode][value={mode}]").check()
    page.get_by_label("Smallest group").fill(str(minimum))


def view_of(page):
    """The team view that the page hands out."""
    open_step(page, "view")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the team view (JSON)").click()
    return json.loads(content_of(started.value))


def view_of_command(folder, files, *arguments):
    """The team view that `balcony score --team` prints of the same files."""
    paths = []
    for each in files:
        paths.append(folder / each["name"])
        paths[-1].write_bytes(each["buffer"])
    options = ["--framework", str(PROJECT / "framework"), "--team", *map(str, arguments)]
    return json.loads(CliRunner().invoke(main, ["score", *options, *map(str, paths)]).stdout)


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


def texts_of(locator):
    return [" ".join(each.split()) for each in locator.all_inner_texts()]


# Prepare


def invitation_of(page):
    page.evaluate("document.getElementById('balcony-invitation').value = ''")
    page.get_by_role("button", name="Write the invitation").click()
    page.wait_for_function("() => document.getElementById('balcony-invitation').value")
    return page.get_by_label("Invitation, to copy").input_value()


def link_in(invitation):
    (found,) = re.findall(r"http\S+", invitation)
    return found


def fill_in_preparation(page):
    page.get_by_label("Name of the team").fill("領導 <b>board</b>")
    page.locator("[name=work]").fill("Fewer children in temporary homes & care")
    page.get_by_label("Send the sheets by").fill("2031-12-01")


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_invitation_says_all_that_was_prepared(open_page, site_address, zone):
    page = open_page(timezone_id=zone)
    page.goto(site_address + TEAM)
    fill_in_preparation(page)
    prepare(page, minimum=7)
    text = invitation_of(page)
    for words in (
        "To all in 領導 <b>board</b>",
        "homes & care",
        "1 December 2031",
        "nothing is shown about fewer than 7",
    ):
        assert words in text
    prepare(page, mode="open")
    text = invitation_of(page)
    assert "openly: everyone sees everything" in text
    assert "fewer than" not in text


def test_the_invitation_can_be_copied(open_page, site_address):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site_address + TEAM)
    text = invitation_of(page)
    page.get_by_role("button", name="Copy the invitation").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text


@pytest.mark.parametrize("how", [(form, perspective) for form in FORMS for perspective in ("own", "others")])
def test_the_link_opens_a_sheet_of_its_own_for_each_person(team, open_page, site_address, framework, how):
    form, perspective = how
    team.clock.set_fixed_time("2026-03-01T08:00:00Z")
    fill_in_preparation(team)
    prepare(team, form=form)
    if perspective == "others":
        team.get_by_label("Write it to people outside the team").check()
    text = invitation_of(team)
    assert ("Answer about 領導 <b>board</b> as you see it" in text) == (perspective == "others")
    for moment in ("2026-03-02T09:30:00.120Z", "2026-03-02T09:30:00.480Z"):
        page = open_page()
        page.clock.set_fixed_time(moment)
        page.goto(link_in(text))
        page.get_by_text("The sheet of the link is open.").wait_for()
        assert page.url.startswith(site_address + FORMS[form])
        assert page.locator("[name='scope.team']").input_value() == "領導 <b>board</b>"
        assert page.locator("[name='scope.work']").input_value() == "Fewer children in temporary homes & care"
        answer_all(page, {framework.asked(form)[0].id: 4})
        with page.expect_download() as started:
            page.get_by_role("button", name="Download my answers", exact=True).click()
        sheet = json.loads(content_of(started.value))
        assert (sheet["created"], sheet["perspective"], sheet["form"]) == (moment, perspective, form)


def test_without_a_name_the_link_leads_to_the_form(team, site_address):
    assert link_in(invitation_of(team)) == site_address + FORMS["standard"]


@pytest.mark.parametrize("size", ["2", "11", "", "4.5", "-5"])
def test_a_smallest_group_that_is_not_allowed_is_refused_in_words_and_nothing_is_shown(team, framework, size):
    gather(team, team_of(framework, 6))
    team.get_by_label("Smallest group").fill(size)
    for step in STEPS:
        team.evaluate("(step) => { location.hash = step }", step)
        team.wait_for_function("() => location.hash === '#balcony-minimum'")
        wait_for_step(team, "start")
        assert team.get_by_text("The smallest group can be from 3 to 10 people.").is_visible()
        assert team.evaluate("document.activeElement.id") == "balcony-minimum"
        assert team.locator("#view svg, [data-agenda] > *, [data-one] > *, [data-agree] > *").count() == 0
    team.get_by_role("button", name="Write the invitation").click()
    assert not team.locator("[data-invitation]").is_visible()
    assert team.evaluate("document.activeElement.id") == "balcony-minimum"
    team.get_by_label("Smallest group").fill("6")
    open_step(team, "view")
    assert team.locator("#view [data-basis]").inner_text().startswith("From 6 sheets of the team.")


# See


TEAMS = [
    ("standard", "anonymous", 5, 6),
    ("standard", "anonymous", 3, 4),
    ("standard", "anonymous", 10, 14),
    ("standard", "open", 5, 4),
    ("standard", "open", 5, 1),
    ("quick", "anonymous", 5, 7),
    ("quick", "anonymous", 4, 12),
    ("quick", "open", 5, 9),
]
every_team = pytest.mark.parametrize("how", TEAMS)


def mixed_team(framework, form, count, seed):
    """A random team: its own sheets of both forms, and those of others."""
    other = next(each for each in FORMS if each != form)
    own = [*team_of(framework, count - count // 4, form, seed), *team_of(framework, count // 4, other, seed + 100)]
    return [*own, *team_of(framework, count, form, seed + 200, perspective="others")]


@every_team
def test_the_view_is_the_one_that_the_command_line_gives_and_the_page_says_what_is_in_it(
    team, framework, tmp_path, how
):
    form, mode, minimum, count = how
    files = [*mixed_team(framework, form, count, 1000 * count), file_of(b"no sheet", "refused.json")]
    prepare(team, form, mode, minimum)
    gather(team, files)
    view = view_of(team)
    options = ["--minimum-group", minimum] if mode == "anonymous" else []
    assert view == view_of_command(tmp_path, files, "--form", form, "--mode", mode, *options)
    open_details(team)
    says_each_question(team, framework, view)
    says_what_to_talk_about(team, framework, view)
    says_each_lens(team, framework, view)
    says_each_sign(team, view)


def says_each_question(page, framework, view):
    names = {level.level: level.name for level in framework.outline.levels}
    assert {
        each.get_attribute("data-indicator") for each in page.locator("#view article.indicator:visible").all()
    } == set(view["indicators"])
    for id_, fields in view["indicators"].items():
        question = page.locator(f'#view article[data-indicator="{id_}"]')
        text = question.inner_text()
        if not fields["visible"]:
            said = f"{framework.indicators[id_].question}\nToo few people gave a level for this to be shown."
            assert [line for line in text.splitlines() if line] == said.splitlines()
            assert question.locator("svg").count() == 0
            continue
        if "mean" not in fields:
            assert "Nobody gave a level." in text
            assert question.locator("svg").count() == 0
            continue
        low, high = names[fields["lowest"]], names[fields["highest"]]
        assert (f"All say {low}." if low == high else f"From {low} to {high}, {fields['shown']} on average.") in text
        assert [words for words in AGREEMENT.values() if words in text] == [
            AGREEMENT[each] for each in [fields["agreement"]] if each
        ]
        assert ("hear both" in text) == fields["far_apart_voice"]
        unsure = fields.get("not_sure", 0)
        assert (f"{unsure} could not say." in text) == bool(unsure)
        assert ("Somebody could not say." in text) == fields.get("some_not_sure", False)
        counts = " · ".join(f"{names[at + 1]}: {count}" for at, count in enumerate(fields.get("counts", ())))
        assert counts in text
        assert bool(counts) == (f"{names[1]}: " in text)
        assert question.locator("svg").count() == 1


def says_what_to_talk_about(page, framework, view):
    items = page.locator("#view [data-discuss] > li")
    assert [each.get_attribute("data-indicator") for each in items.all()] == view["discuss"]
    assert page.locator("[data-discuss]").first.locator("li").count() == min(7, len(view["discuss"]))
    for item, id_ in zip(texts_of(items), view["discuss"], strict=True):
        indicator = framework.indicators[id_]
        assert indicator.question in item
        assert indicator.discuss in item
        for exercise in indicator.exercises:
            found = framework.exercises_by_id[exercise]
            assert f"{found.name} ({found.minutes} minutes)" in item
    assert page.locator("#view [data-nothing]").is_visible() == (not view["discuss"])


FINDINGS = {
    "possible-blind-spot": "A possible blind spot.",
    "possible-hidden-strength": "A possible hidden strength.",
    "no-clear-difference": "No clear difference.",
}


def says_each_lens(page, framework, view):
    shown = page.locator("#view [data-lens]:visible")
    assert {each.get_attribute("data-lens"): each.get_attribute("data-state") for each in shown.all()} == {
        id_: lens.get("state", "hidden") for id_, lens in view["lenses"].items()
    }
    for id_, lens in view["lenses"].items():
        place = page.locator(f'#view [data-lens="{id_}"]')
        few = "Too few people answered the questions behind this lens."
        assert place.locator("[data-message]").inner_text().strip() != ""
        assert (place.locator("[data-message]").inner_text() == few) == (not lens["visible"])
        for part, fields in lens["dimensions"].items():
            row = place.locator(f'[data-dimension="{part}"]')
            said = row.locator("td").inner_text()
            if "value" not in fields:
                assert said == ("Nobody has enough answers" if fields["visible"] else "Too few people answered")
                assert row.get_attribute("data-state") == fields["reason"]
                continue
            assert row.get_attribute("data-state") == "scored"
            assert said.startswith(framework.outline.levels[fields["band"] - 1].name)
            assert f"{fields['shown']}, from {fields['people_scored']} p" in said
            others = fields.get("others", {})
            wanted = [FINDINGS[others["finding"]]] if "finding" in others else []
            assert [each for each in FINDINGS.values() if each in said] == wanted
            assert ("Others see" in said) == bool(wanted)
            if wanted:
                assert f"Others see {others['others_shown']}." in said


def says_each_sign(page, view):
    some = any(fields.get("ticked") or fields.get("reached_minimum_group") for fields in view["warning_signs"].values())
    assert page.get_by_text("None that may be shown was ticked.").is_visible() == (not some)
    for id_, fields in view["warning_signs"].items():
        sign = page.locator(f'#view [data-sign="{id_}"]')
        assert sign.is_visible() == bool(fields.get("ticked") or fields.get("reached_minimum_group"))
        if fields.get("ticked"):
            assert re.search(rf"\b{fields['ticked']} (person|people) ticked it\.", sign.inner_text())
        elif fields.get("reached_minimum_group"):
            assert f"At least {view['minimum_group']} people ticked it." in sign.inner_text()


def test_partners_who_see_it_otherwise_point_to_possible_blind_spots(team, framework):
    ids = [each.id for each in framework.asked("standard")]
    lens = framework.lenses[0]
    low = set(lens.dimensions[0].indicators)
    others = {id_: 1 if id_ in low else 4 for id_ in ids}
    files = [
        *team_of(framework, 5, levels=dict.fromkeys(ids, 4)),
        *team_of(framework, 5, start=50, perspective="others", levels=others),
    ]
    gather(team, files)
    open_step(team, "view")
    assert (
        team.locator("#view [data-basis]")
        .inner_text()
        .startswith("From 5 sheets of the team. 5 sheets give the view of others.")
    )
    row = team.locator(f'[data-lens="{lens.id}"] [data-dimension="{lens.dimensions[0].id}"] td')
    assert "Others see 1.0. A possible blind spot." in row.inner_text()
    while len(taken(team)) > 9:
        open_step(team, "start")
        team.get_by_role("button", name="Take away 0054.balcony.json").click()
    open_step(team, "view")
    assert "Others" not in row.inner_text()


def test_fewer_sheets_than_the_smallest_group_are_told_so_and_meet_about_why(team, framework):
    gather(team, team_of(framework, 4))
    open_step(team, "view")
    few = "There are too few people for anything to be shown. Gather more sheets, or agree another way to look."
    assert team.locator("#view [data-nothing]").inner_text() == few
    assert team.locator("#view svg").count() == 0
    assert team.locator("#view [data-sign]:visible").count() == 0
    open_step(team, "agenda")
    agenda = team.locator("[data-agenda]").inner_text()
    assert "Why there are no results yet" in agenda
    assert "A quiet look at the results" not in agenda


# What is hidden stays hidden


EVERYTHING = """() => {
    const $step = document.querySelector("[data-step]:not([hidden])");
    const values = [...$step.querySelectorAll("input, select, textarea")].map(({ value, checked }) => [value, checked]);
    return [$step.outerHTML, values, document.title];
}"""


def everything_handed_out(page):
    """All that the page shows and gives of a team, step by step."""
    found = {"json": view_of(page)}
    for lens in page.locator("#view [data-button=picture]:visible").all():
        with page.expect_download() as started:
            lens.click()
        found[started.value.suggested_filename] = content_of(started.value).decode()
    open_details(page)
    found["view"] = page.evaluate(EVERYTHING)
    open_step(page, "agenda")
    for minutes in (60, 90, 180):
        page.get_by_label(f"{minutes} minutes").check()
        page.get_by_role("button", name="Copy the agenda").click()
        page.get_by_text("Copied.").wait_for()
        found[f"agenda {minutes}"] = [page.evaluate(EVERYTHING), page.evaluate("navigator.clipboard.readText()")]
    open_step(page, "one")
    found["one"] = []
    for _ in found["json"]["indicators"]:
        found["one"].append(page.evaluate(EVERYTHING))
        page.get_by_role("button", name="Next").click()
    open_step(page, "agree")
    page.wait_for_function("() => document.querySelector('[data-results]').href.includes('#sheet=')")
    found["agree"] = page.evaluate(EVERYTHING)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the agreed sheet").click()
    found["agreed"] = {**json.loads(content_of(started.value)), "created": 0, "changed": 0}
    open_step(page, "start")
    found["start"] = page.evaluate(EVERYTHING)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_hidden_levels_change_nothing_that_is_shown_printed_or_handed_out(
    open_page, site_address, framework, seed, tmp_path
):
    random = Random(seed)
    asked = [each.id for each in framework.asked("quick")]
    rare, never = asked[seed], asked[seed + 3]
    people = [{id_: random.choice(LEVELS) for id_ in asked} for _ in range(7)]
    for number, person in enumerate(people):
        if number > 2:
            person[rare] = "not-sure"
        person[never] = person[never] if number == 0 else None
    others = [{id_: random.choice(LEVELS) for id_ in asked} for _ in range(3)]

    def files_with(change):
        def turned(person, *, all_of_it):
            return {
                id_: 1 + each % 5 if isinstance(each, int) and (all_of_it or id_ in change) else each
                for id_, each in person.items()
                if each is not None
            }

        return [
            *(
                file_of(sheet_of(framework, "quick", at, levels=turned(each, all_of_it=False)), f"{at}.json")
                for at, each in enumerate(people)
            ),
            *(
                file_of(
                    sheet_of(
                        framework, "quick", 90 + at, perspective="others", levels=turned(each, all_of_it=bool(change))
                    ),
                    f"others {at}.json",
                )
                for at, each in enumerate(others)
            ),
        ]

    def handed_out(files):
        page = open_page(permissions=["clipboard-read", "clipboard-write"])
        page.on("dialog", lambda dialog: dialog.accept())
        page.clock.set_fixed_time("2026-11-22T10:00:00Z")  # which the link to the agreed sheet's results has in it
        page.goto(site_address + TEAM)
        prepare(page, "quick")
        gather(page, files)
        return everything_handed_out(page)

    before = handed_out(files_with(()))
    hidden = {id_ for id_, each in before["json"]["indicators"].items() if not each["visible"]}
    assert {rare, never} <= hidden
    assert len(hidden) < len(asked)
    assert view_of_command(tmp_path, files_with(hidden), "--form", "quick") == before["json"]
    assert handed_out(files_with(hidden)) == before
    shown = next(id_ for id_ in asked if id_ not in hidden)
    assert handed_out(files_with({shown}))["view"] != before["view"]


# Meet


@pytest.fixture
def gathered(team, framework):
    """Eight people have sent the standard form."""
    gather(team, team_of(framework, 8))
    return team


def rows_of(page):
    return [
        [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
        for row in page.locator("[data-agenda] tbody tr").all()
    ]


@pytest.mark.parametrize("minutes", [60, 90, 180])
def test_the_agenda_takes_as_long_as_the_meeting(gathered, minutes):
    open_step(gathered, "agenda")
    gathered.get_by_label(f"{minutes} minutes").check()
    rows = rows_of(gathered)
    lasting = [int(re.search(r"(\d+) minutes$", when)[1]) for when, _ in rows]
    begins = [int(re.match(r"After (\d+) minutes", when)[1]) for when, _ in rows]
    assert sum(lasting) == minutes
    assert begins == [sum(lasting[:at]) for at in range(len(rows))]
    gathered.get_by_label("It begins at").fill("23:30")
    clocks = [when[:5] for when, _ in rows_of(gathered)]
    assert clocks == [f"{(23 * 60 + 30 + at) // 60 % 24:02}:{(30 + at) % 60:02}" for at in begins]
    for words in ("Ground rules", "What to bring", "Agree a level", "One request and one commitment"):
        assert words in gathered.locator("[data-agenda]").inner_text()


def test_the_agenda_can_be_copied(open_page, site_address, framework):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site_address + TEAM)
    gather(page, team_of(framework, 8))
    open_step(page, "agenda")
    page.get_by_label("It begins at").fill("09:30")
    page.get_by_role("button", name="Copy the agenda").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "09:30 (5 minutes) Welcome and ground rules" in copied
    for title in texts_of(page.locator("[data-agenda] td > strong")):
        assert title in copied
    page.evaluate("window.onbeforeunload = null")


def test_the_agenda_prints_by_itself(gathered):
    gathered.get_by_label("Name of the team").fill("The children's board")
    open_step(gathered, "agenda")
    pages = PdfReader(BytesIO(gathered.pdf(prefer_css_page_size=True))).pages
    text = " ".join(normalize("NFKC", " ".join(each.extract_text() for each in pages)).split())
    for words in ("Agenda", "The children's board", "Ground rules", "Welcome and ground rules", "Close"):
        assert words in text
    for words in ("Print the agenda", "Your team on one page", "Through each lens", "Take it with you", "Not settled"):
        assert words not in text


def test_questions_are_shown_one_at_a_time_by_keys_and_by_buttons(gathered, framework):
    order = view_of(gathered)["discuss"]
    ids = [*order, *(each.id for each in framework.asked("standard") if each.id not in order)]
    open_step(gathered, "one")
    heading = gathered.locator("[data-one] h2")
    number = gathered.locator("[data-one] p").first

    def at(place):
        assert heading.inner_text() == framework.indicators[ids[place]].question
        assert number.inner_text() == f"{1 + place % len(ids)} of {len(ids)}"
        assert framework.indicators[ids[place]].discuss in gathered.locator("[data-one]").inner_text()

    at(0)
    gathered.keyboard.press("ArrowRight")
    at(1)
    for _ in range(2):
        gathered.keyboard.press("ArrowLeft")
    at(-1)
    gathered.get_by_role("button", name="Next").click()
    at(0)
    gathered.keyboard.press("ArrowRight")
    at(1)
    for _ in range(2):
        gathered.get_by_role("button", name="Previous").click()
    at(-1)


# For every person, on every screen


def fresh(page, framework):
    pass


def prepared_and_gathered(page, framework):
    fill_in_preparation(page)
    invitation_of(page)
    long = "a-very-long-name-of-a-file-as-they-come-out-of-an-inbox-" * 3
    gather(
        page, [*team_of(framework, 6), file_of(b"no sheet", f"{long}.json"), file_of(sheet_of(framework, seed=9), long)]
    )
    page.get_by_label("Smallest group").fill("99")
    page.get_by_role("button", name="Write the invitation").click()
    page.locator("#balcony-minimum-error").wait_for()


def seen(page, framework):
    gather(page, mixed_team(framework, "standard", 12, 12_000))
    open_step(page, "view")
    open_details(page)


def seen_by_too_few(page, framework):
    gather(page, team_of(framework, 2))
    open_step(page, "view")
    open_details(page)


def planned(page, framework):
    gather(page, team_of(framework, 8))
    open_step(page, "agenda")
    page.get_by_label("It begins at").fill("09:30")


def one_at_a_time(page, framework):
    gather(page, team_of(framework, 8))
    open_step(page, "one")


def agreeing(page, framework):
    gather(page, team_of(framework, 8))
    open_step(page, "agree")


STATES = (fresh, prepared_and_gathered, seen, seen_by_too_few, planned, one_at_a_time, agreeing)
every_state = pytest.mark.parametrize("bring_about", STATES, ids=lambda state: state.__name__.replace("_", " "))


@every_state
def test_axe_finds_nothing_nothing_runs_off_the_screen_and_targets_are_large_enough(team, framework, bring_about):
    bring_about(team, framework)
    found = []
    for scheme in ("light", "dark"):
        team.emulate_media(color_scheme=scheme)
        for size in (DESKTOP, PHONE):
            team.set_viewport_size(size)
            found += [f"{scheme}, {size['width']} px: {each}" for each in axe.violations(team)]
            found += [f"small at {size['width']} px: {each}" for each in team.evaluate(SMALL_TARGETS)]
            assert team.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide at {size}"
    assert found == []


def tab_to(page, locator):
    """Go on by the Tab key until something has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if locator.evaluate("($each) => $each === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not come to {locator}.")


def test_the_whole_walk_by_keyboard(team, framework):
    keyboard = team.keyboard
    tab_to(team, team.get_by_label("Name of the team"))
    keyboard.type("Board")
    tab_to(team, team.locator("[name=mode]:checked"))
    keyboard.press("ArrowDown")
    assert team.locator("[name=mode][value=open]").is_checked()
    tab_to(team, team.get_by_label("Smallest group"))
    keyboard.press("ArrowDown")
    tab_to(team, team.get_by_role("button", name="Write the invitation"))
    keyboard.press("Enter")
    team.locator("[data-invitation]").wait_for()
    # Asked for from the start, so that the browser shows no chooser of its own before the test waits for one.
    team.on("filechooser", lambda _: None)
    tab_to(team, team.get_by_label("Add sheets"))
    with team.expect_file_chooser() as choosing:
        keyboard.press("Space")
    choosing.value.set_files(team_of(framework, 6))
    team.get_by_text("6 sheets take part.").first.wait_for()
    tab_to(team, team.get_by_role("link", name="Look at the team"))
    keyboard.press("Enter")
    wait_for_step(team, "view")
    assert team.evaluate("document.activeElement.textContent") == "The team's view"
    tab_to(team, team.get_by_role("link", name="Plan the meeting"))
    keyboard.press("Enter")
    wait_for_step(team, "agenda")
    tab_to(team, team.locator("[name=minutes]:checked"))
    keyboard.press("ArrowDown")
    assert team.locator("[name=minutes][value='180']").is_checked()
    assert "10 minutes Break" in " ".join(" ".join(row) for row in rows_of(team))
    keyboard.press("Shift+Tab")
    assert team.evaluate("document.activeElement.textContent") == "Back"
    keyboard.press("Enter")
    wait_for_step(team, "view")
    tab_to(team, team.get_by_role("link", name="Show one question at a time"))
    keyboard.press("Enter")
    wait_for_step(team, "one")
    keyboard.press("ArrowRight")
    team.get_by_text("2 of 40").wait_for()
    team.go_back()
    wait_for_step(team, "view")
    tab_to(team, team.get_by_role("link", name="Agree a sheet"))
    keyboard.press("Enter")
    wait_for_step(team, "agree")
    tab_to(team, team.locator("#agree [type=radio]:checked").first)
    for _ in range(3):
        keyboard.press("ArrowDown")
    tab_to(team, team.get_by_role("button", name="Download the agreed sheet"))
    with team.expect_download() as started:
        keyboard.press("Enter")
    assert [each["answer"] for each in json.loads(content_of(started.value))["answers"].values()] == [3]


def test_nothing_is_stored_on_the_device(gathered):
    for step in STEPS:
        open_step(gathered, step)
    gathered.locator("#agree [type=radio][value='3']").first.check()
    stored = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie]"
    assert gathered.evaluate(stored) == [0, 0, 0, ""]


def test_leaving_the_page_with_sheets_asks_first(open_page, site_address, framework):
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(site_address + TEAM)
    page.get_by_label("Name of the team").fill("Board")
    page.goto(site_address)
    page.goto(site_address + TEAM)
    assert asked == []
    gather(page, team_of(framework, 1))
    page.goto(site_address)
    assert asked == ["beforeunload"]
