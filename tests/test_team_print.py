"""The team's page on paper: a hand-out of a few pages, all of it if somebody wants it, and the agenda. And on a projector."""

from __future__ import annotations

from io import BytesIO
from unicodedata import normalize

import pytest
from pypdf import PdfReader
from run import PHONE, open_step
from test_team_page import file_of, fill_in_preparation, gather, prepare, sheet_of, team, team_of, view_of

__all__ = ["team"]

PROJECTOR = {"width": 1280, "height": 720}
LEVELS = [1, 2, 3, 4, 5]
SMALLEST = 9
"""Points: what is smaller is hard to read on paper."""


def pages_of(page):
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages


def text_of(pages):
    return " ".join(normalize("NFKC", " ".join(each.extract_text() for each in pages)).split())


def levels_for(framework, person, *, unsure=True):
    """Everyone answers all, at random places; the first questions have the whole range."""
    found = {}
    for at, each in enumerate(framework.asked("standard")):
        found[each.id] = LEVELS[(person * 3 + at * (1 + person)) % 5]
        if unsure and (person + at) % 7 == 0:
            found[each.id] = "not-sure"
    return found


def everyone(framework, count, start=0, **fields):
    return [
        file_of(sheet_of(framework, seed=start + person, levels=levels_for(framework, person), **fields), f"{start + person}.json")
        for person in range(count)
    ]  # fmt: skip


def full(page, framework):
    """As long as it gets: open, with the view of others and every warning sign."""
    signs = [sign.id for sign in framework.outline.warning_signs]
    prepare(page, mode="open")
    others = everyone(framework, 5, 50, perspective="others")
    gather(page, [*everyone(framework, 7, warning_signs=signs), *others])


def usual(page, framework):
    gather(page, everyone(framework, 8))


def many(page, framework):
    gather(page, everyone(framework, 14))


def too_few(page, framework):
    gather(page, everyone(framework, 3))


TEAMS = (full, usual, many, too_few)
every_team = pytest.mark.parametrize("bring_about", TEAMS, ids=lambda state: state.__name__.replace("_", " "))


@every_team
def test_the_hand_out_has_two_to_four_pages_and_its_words_are_large_enough(team, framework, bring_about):
    bring_about(team, framework)
    open_step(team, "view")
    pages = pages_of(team)
    assert 2 <= len(pages) <= 4
    small = """() => [...document.querySelectorAll("#view *")].filter(($each) => $each.checkVisibility()
        && [...$each.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())
    ).map(($each) => [parseFloat(getComputedStyle($each).fontSize) * 0.75, $each.textContent])"""
    team.emulate_media(media="print")
    assert [words for points, words in team.evaluate(small) if points < SMALLEST] == []
    wide = "() => [...document.querySelectorAll('#view *')].filter(($each) => $each.scrollWidth > $each.clientWidth + 1 && $each.clientWidth).length"
    team.set_viewport_size({"width": 680, "height": 960})  # the width of A4 between its margins
    assert team.evaluate(wide) == 0


def test_the_hand_out_says_what_a_meeting_needs(team, framework):
    fill_in_preparation(team)
    full(team, framework)
    prepare(team)
    view = view_of(team)
    pages = pages_of(team)
    text = text_of(pages)
    today = team.evaluate("new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })")
    for words in (
        "The team's view",
        "Fewer children in temporary homes & care",
        "From 7 sheets of the team. 5 sheets give the view of others. Anonymous: nothing about fewer than 5 people.",
        today,
    ):
        assert words in text_of(pages[:1])
    for id_ in view["discuss"][:7]:
        indicator = framework.indicators[id_]
        for words in (
            indicator.question,
            indicator.discuss,
            *(framework.exercises_by_id[each].name for each in indicator.exercises),
        ):
            assert words in text  # fmt: skip
    for id_ in view["discuss"][7:]:
        assert framework.indicators[id_].question not in text
    for indicator in framework.asked("standard"):
        assert indicator.label in text
    headlines = framework.outline.headline_lenses
    for lens in framework.lenses:
        assert (f" {lens.name} " in text) == (lens.id in headlines)
        for each in lens.dimensions if lens.id in headlines else ():
            assert each.name in text
    for sign in framework.outline.warning_signs:
        assert f"{sign.text} At least 5 people ticked it." in text
    for words in ("Download", "Plan the meeting", "Take it with you", "Back"):
        assert words not in text


def test_the_table_has_each_question_as_the_view_has_it(team, framework):
    ids = [each.id for each in framework.asked("standard")]
    prepare(team)
    for person in range(8):
        levels = levels_for(framework, person, unsure=False)
        # Too few give a level on the first question, and nobody on the last.
        if person > 1:
            del levels[ids[0]]
        del levels[ids[-1]]
        gather(team, [file_of(sheet_of(framework, seed=70 + person, levels=levels), f"{person}.json")])
    view = view_of(team)["indicators"]
    names = [level.name for level in framework.outline.levels]
    rows = team.locator("[data-table] tr:has([scope=row])").evaluate_all(
        "(rows) => rows.map(($row) => [...$row.cells].map(({ textContent }) => textContent))"
    )
    assert [label for label, *_ in rows] == [framework.indicators[id_].label for id_ in ids]
    words = {"close": "close", "some-spread": "some spread", "wide": "wide apart"}
    for (_, *cells), id_ in zip(rows, ids, strict=True):
        fields = view[id_]
        if not fields["visible"]:
            assert cells == ["Not shown: too few people"]
            continue
        low, high = names[fields["lowest"] - 1], names[fields["highest"] - 1]
        assert cells[0].startswith(f"{fields['shown']} ")
        assert cells[0].split(" ", 1)[1] in names
        assert cells[1] == (low if low == high else f"{low} to {high}")
        assert cells[2] == words[fields["agreement"]] + (", hear both" if fields["far_apart_voice"] else "")
        assert cells[3] == ("some" if fields.get("some_not_sure") else "")
    hidden = [id_ for id_ in ids if not view[id_]["visible"]]
    assert ids[0] in hidden
    text = text_of(pages_of(team))
    assert f"{len(hidden)} questions are not shown, because too few people gave a level." in text


def test_with_ten_people_the_table_counts_who_could_not_say(team, framework):
    many(team, framework)
    view = view_of(team)["indicators"]
    last = team.locator("[data-table] tr:has([scope=row]) td:last-child").all_text_contents()
    assert last == [str(each["not_sure"] or "") for each in view.values()]
    assert "2" in last


def test_everything_can_be_printed_instead_and_the_next_print_is_the_hand_out_again(team, framework):
    usual(team, framework)
    open_step(team, "view")
    few = len(pages_of(team))
    team.evaluate("() => { window.printed = 0; window.print = () => { printed++ } }")
    team.get_by_role("button", name="Print everything").click()
    pages = pages_of(team)
    assert len(pages) > 10
    text = text_of(pages)
    for indicator in framework.asked("standard"):
        assert indicator.question in text
    for lens in framework.lenses:
        assert lens.discuss in text
    team.evaluate("dispatchEvent(new Event('afterprint'))")
    team.get_by_role("button", name="Print", exact=True).click()
    assert team.evaluate("printed") == 2
    assert len(pages_of(team)) == few


@every_team
@pytest.mark.parametrize("minutes", [60, 90, 180])
def test_an_agenda_has_one_to_three_pages(team, framework, bring_about, minutes):
    bring_about(team, framework)
    open_step(team, "agenda")
    team.get_by_label(f"{minutes} minutes").check()
    pages = pages_of(team)
    assert 1 <= len(pages) <= 3
    text = text_of(pages)
    for title in team.locator("[data-agenda] td > strong").all_text_contents():
        assert title in text


# On a projector


SIZES = """() => {
    const size = (selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize);
    return [size("[data-one] h2"), size("[data-one] div p"), document.querySelector("[data-one] svg").clientWidth];
}"""


def test_a_whole_room_can_read_one_question_without_scrolling(team, framework):
    usual(team, framework)
    team.set_viewport_size(PROJECTOR)
    open_step(team, "one")
    question, standing, picture = team.evaluate(SIZES)
    assert question >= 40
    assert standing >= 28
    assert picture >= 480
    for _ in framework.asked("standard"):
        bottom = team.locator("#one .buttons").bounding_box()
        assert bottom["y"] + bottom["height"] <= PROJECTOR["height"]
        team.keyboard.press("ArrowRight")
    team.set_viewport_size(PHONE)
    assert team.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_question_shows_what_those_see_who_are_furthest_apart(team, framework):
    usual(team, framework)
    view = view_of(team)
    id_ = view["discuss"][0]
    indicator, fields = framework.indicators[id_], view["indicators"][id_]
    open_step(team, "one")
    said = team.locator("[data-one]").inner_text()
    assert f"Some see: {indicator.levels[fields['lowest']]}" in said
    assert f"Others see: {indicator.levels[fields['highest']]}" in said


def test_what_is_hidden_or_the_same_for_all_shows_no_ends(team, framework):
    ids = [each.id for each in framework.asked("standard")]
    same = {id_: 2 for id_ in ids if id_ != ids[0]}
    gather(team, [*team_of(framework, 3, levels={**same, ids[0]: 5}), *team_of(framework, 3, start=30, levels=same)])
    open_step(team, "one")
    said = []
    for _ in ids:
        said.append(team.locator("[data-one]").inner_text())
        team.keyboard.press("ArrowRight")
    assert "see:" not in "".join(said)
    assert sum("Too few people gave a level" in each for each in said) >= 1
