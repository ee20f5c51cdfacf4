"""Saving on the device: only when asked, at once, in step with other tabs, and gone when cleared."""

from __future__ import annotations

import json
import os
from random import Random

import pytest
from run import QUICK, STANDARD, answer_all, choose, open_step, random_answers, visible_step

SAVE = "Save my answers on this device"
NASTY = ["Children's services", "Cyngor Sir Ynys Môn", "領導", '"<b>&amp;</b>', "🧭 one"]

EVERYTHING_KEPT = """async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
})"""
NOTHING = {"databases": [], "local": {}, "session": {}, "cookies": ""}


@pytest.fixture
def device(open_page, site_address):
    """One browser's storage: `device()` opens another tab on it, at the standard form."""
    first = open_page()
    unused = [first]

    def tab(address=STANDARD):
        page = unused.pop() if unused else first.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(site_address + address)
        page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
        return page

    return tab


def save(page, name=""):
    page.get_by_role("button", name=SAVE).click()
    page.get_by_text("Saved on this device, with every change.").wait_for()
    if name:
        page.get_by_label("Name of this sheet").fill(name)
    settle(page)


def settle(page):
    """Wait until all that was written is on the disk: transactions end in the order in which they began."""
    page.evaluate(
        """async () => {
            const [{ name } = {}] = await indexedDB.databases();
            if (!name) return;
            const { database, store } = await new Promise((resolve) => {
                indexedDB.open(name).onsuccess = ({ target: { result: database } }) =>
                    resolve({ database, store: database.transaction("records", "readwrite").objectStore("records") });
            });
            await new Promise((resolve) => { store.count().onsuccess = resolve; });
            database.close();
        }"""
    )


def given(page):
    """What the form says: each question with the choice that is made."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("fieldset.question input:checked")]
            .map(({ name, value }) => [name, value]))"""
    )


def come_back(page):
    settle(page)
    page.reload()
    page.get_by_text("Saved on this device, with every change.").wait_for()


def texts(answers):
    return {id_: str(answer) for id_, answer in answers.items()}


def banner(page):
    page.wait_for_selector("#balcony-banner:not(.empty)")
    return page.locator("#balcony-banner").inner_text()


def test_nothing_is_written_before_the_person_asks(device, framework):
    page = device()
    answer_all(page, random_answers(framework, "standard", 1))
    page.locator('[name="shared-purpose.note"]').evaluate("($note) => { $note.closest('details').open = true }")
    page.locator('[name="shared-purpose.note"]').evaluate("($note) => $note.value = 'x'")
    for step in ("purpose", "check", "results", "clear", "start"):
        open_step(page, step)
    assert page.evaluate(EVERYTHING_KEPT) == NOTHING


def test_saving_without_a_network_says_so_and_offers_the_file(device, faults):
    page = device()
    choose_in(page, "shared-purpose", 3)
    page.context.set_offline(True)
    page.get_by_role("button", name=SAVE).click()
    assert "there is no network" in banner(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers now").click()
    assert "shared-purpose" in download.value.path().read_text(encoding="utf-8")
    page.context.set_offline(False)
    save(page)
    assert all("ERR_INTERNET_DISCONNECTED" in fault for fault in faults)
    faults.clear()


def test_what_is_saved_where_and_how_long_is_said_beside_the_button(device, framework):
    page = device()
    page.get_by_text("What is saved, where and how long").click()
    panel = page.locator("#balcony-panel").inner_text()
    assert "in this browser on this device" in panel
    assert f"cleared {framework.settings.days_kept} days after your last change" in panel


def test_a_saved_sheet_comes_back_whole_after_a_reload_and_the_page_stays_in_place(device, framework):
    page = device()
    answers = random_answers(framework, "standard", 2)
    answer_all(page, answers)
    page.locator('[name="scope.work"]').fill(NASTY[0])
    page.locator('[name="scope.team"]').fill(NASTY[1])
    context = framework.outline.context[0]
    page.get_by_label(context.options[1].label).check()
    open_step(page, "warning-signs")
    page.get_by_label(framework.outline.warning_signs[0].text).check()
    open_step(page, "relating")
    question = page.locator("#relating .question").nth(0)
    question.get_by_text("Add a note").click()
    save(page)
    question.locator("textarea").fill(f"{NASTY[2]} {NASTY[3]}")
    come_back(page)
    assert visible_step(page) == ["relating"]
    assert given(page) == texts(answers)
    assert question.locator("textarea").input_value() == f"{NASTY[2]} {NASTY[3]}"
    assert question.locator("textarea").is_visible()
    open_step(page, "start")
    assert [page.locator(f'[name="scope.{each}"]').input_value() for each in ("work", "team")] == NASTY[:2]
    assert page.get_by_label(context.options[1].label).is_checked()
    open_step(page, "warning-signs")
    assert page.get_by_label(framework.outline.warning_signs[0].text).is_checked()


def test_a_return_asks_which_sheet_and_fills_in_nothing_by_itself(device, framework):
    page = device()
    answers = random_answers(framework, "standard", 3)
    answer_all(page, answers)
    save(page)
    page.close()
    page = device()
    question = page.locator("#balcony-stored p").first
    question.wait_for()
    today = page.evaluate("new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })")
    assert question.inner_text() == f"Continue the sheet of {today}, {len(answers)} of 40 answered, or start again?"
    assert given(page) == {}
    page.get_by_role("button", name="Continue").click()
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    assert given(page) == texts(answers)
    assert page.locator("#balcony-panel [role=status]").inner_text() == "Saved on this device, with every change."


def test_starting_again_keeps_what_is_saved(device):
    page = device()
    choose_in(page, "shared-purpose", 4)
    save(page)
    other = device()
    other.get_by_role("button", name="Start again").click()
    choose_in(other, "shared-purpose", 1)
    third = device()
    third.get_by_role("button", name="Continue").click()
    third.wait_for_function("() => document.querySelector('#shared-purpose input:checked')")
    assert given(third) == {"shared-purpose": "4"}


def choose_in(page, id_, answer):
    page.evaluate("(id) => { location.hash = id }", id_)
    page.locator(f'[id="{id_}"]').wait_for()
    choose(page, id_, answer)


def test_several_sheets_keep_their_names_and_their_answers(device):
    for number, name in enumerate(NASTY, 1):
        page = device()
        if number > 1:
            page.get_by_role("button", name="Start again").click()
        choose_in(page, "shared-purpose", number)
        save(page, name)
        page.close()
    page = device()
    page.get_by_text("Continue one of these sheets, or start again?").wait_for()
    for number, name in enumerate(NASTY, 1):
        page.locator("#balcony-stored li", has_text=name).get_by_role("button").click()
        page.wait_for_function("(name) => document.getElementById('balcony-name')?.value === name", arg=name)
        assert given(page) == {"shared-purpose": str(number)}
        page.get_by_role("button", name="Other saved sheets").click()
    assert page.locator("#balcony-stored li").count() == len(NASTY) - 1


@pytest.mark.parametrize("told", [True, False], ids=["told of each other", "deaf to each other"])
def test_two_tabs_never_overwrite_each_other(device, framework, told):
    first = device()
    if not told:
        first.context.add_init_script("BroadcastChannel.prototype.postMessage = () => {}")
        first.reload()
    save(first)
    second = device()
    second.get_by_role("button", name="Continue").click()
    second.get_by_text("Saved on this device, with every change.").wait_for()
    random = Random(7)
    answers = random_answers(framework, "standard", 5)
    ids = list(answers)
    random.shuffle(ids)
    for id_ in ids:
        answer_all(random.choice([first, second]), {id_: answers[id_]})
    if told:
        for page in (first, second):
            page.wait_for_function(
                "(count) => document.querySelectorAll('.question input:checked').length === count", arg=len(answers)
            )
            assert given(page) == texts(answers)
    for page in (first, second):
        page.reload()
        page.get_by_text("Saved on this device, with every change.").wait_for()
        assert given(page) == texts(answers)


def test_a_browser_that_refuses_storage_says_so_and_everything_else_works(open_page, site_address, framework):
    page = open_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden') } })")
    page.goto(site_address + STANDARD)
    answers = random_answers(framework, "standard", 6)
    answer_all(page, answers)
    page.get_by_role("button", name=SAVE).click()
    assert banner(page).startswith("We cannot save on this device")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download them now").click()
    assert len(json.loads(download.value.path().read_text(encoding="utf-8"))["answers"]) == len(answers)
    open_step(page, "results")
    assert page.locator("[data-lens] [data-message]").first.inner_text()


FULL_WHILE_ASKED = """() => {
    // What the specification has a browser do that runs out of room: the transaction ends with this error.
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
        const begun = transaction.apply(this, args);
        if (window.isFull && begun.mode === "readwrite") {
            Object.defineProperty(begun, "error", { value: new DOMException("full", "QuotaExceededError") });
            queueMicrotask(() => begun.abort());
        }
        return begun;
    };
}"""


def test_a_full_device_says_so_and_saves_again_once_there_is_room(device):
    page = device()
    save(page)
    page.evaluate(FULL_WHILE_ASKED)
    open_step(page, "purpose")
    choose(page, "outcome-that-matters", 2)
    page.evaluate("window.isFull = true")
    choose(page, "shared-purpose", 3)
    assert banner(page).startswith("There is no room left on this device")
    assert page.locator("#balcony-panel [role=status]").inner_text() == "Your last change is not saved."
    choose(page, "outcome-that-matters", 4)
    page.evaluate("window.isFull = false")
    choose(page, "decided-with-communities", 5)
    page.get_by_text("Everything is saved on this device again.").wait_for()
    come_back(page)
    assert given(page) == {"shared-purpose": "3", "outcome-that-matters": "4", "decided-with-communities": "5"}


def test_storage_that_the_browser_throws_away_is_noticed_and_can_be_begun_again(device, site_address):
    page = device()
    choose_in(page, "shared-purpose", 3)
    save(page)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Storage.clearDataForOrigin", {"origin": site_address, "storageTypes": "indexeddb"})
    choose(page, "outcome-that-matters", 4)
    assert banner(page).startswith("What was saved on this device has been removed")
    assert given(page) == {"shared-purpose": "3", "outcome-that-matters": "4"}
    save(page)
    come_back(page)
    assert given(page) == {"shared-purpose": "3", "outcome-that-matters": "4"}


def test_a_reload_after_the_browser_has_thrown_everything_away_says_so(device, site_address):
    page = device()
    choose_in(page, "shared-purpose", 3)
    save(page)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Storage.clearDataForOrigin", {"origin": site_address, "storageTypes": "indexeddb"})
    page.reload()
    assert banner(page) == "The sheet that was saved here is gone. If you downloaded it, open that file."
    page.reload()
    page.wait_for_function("() => document.forms[0].hasAttribute('data-ready')")
    assert page.evaluate(EVERYTHING_KEPT) == NOTHING


def test_clearing_asks_first_and_leaves_nothing_on_the_device_nor_in_other_tabs(device):
    first, second = device(), None
    choose_in(first, "shared-purpose", 3)
    save(first, "x")
    second = device()
    second.get_by_role("button", name="Continue").click()
    second.wait_for_function("() => document.querySelector('#shared-purpose input:checked')")
    first.get_by_role("button", name="Clear my answers").click()
    first.get_by_role("heading", name="Clear your answers").wait_for()
    assert given(first) == {"shared-purpose": "3"}
    first.get_by_role("button", name="Yes, clear").click()
    assert banner(first) == "Cleared."
    assert banner(second) == "These answers were cleared in another tab."
    assert given(first) == given(second) == {}
    assert first.evaluate(EVERYTHING_KEPT) == NOTHING
    assert second.evaluate(EVERYTHING_KEPT) == NOTHING


def test_clearing_takes_only_what_is_ticked(device):
    for name in ("one", "two"):
        page = device()
        if name == "two":
            page.get_by_role("button", name="Start again").click()
        choose_in(page, "shared-purpose", 3)
        save(page, name)
    page.get_by_role("button", name="Clear my answers").click()
    page.locator("#clear label", has_text="one:").click()
    page.locator("#clear label", has_text="two:").click()
    page.get_by_role("button", name="Yes, clear").click()
    assert banner(page) == "Cleared."
    assert given(page) == {"shared-purpose": "3"}
    come_back(page)
    assert page.get_by_label("Name of this sheet").input_value() == "two"
    page.get_by_role("button", name="Other saved sheets").click()
    page.get_by_text("No other sheet is saved on this device.").wait_for()


def test_a_sheet_past_its_time_is_cleared_and_that_is_said(device, framework):
    days = framework.settings.days_kept
    page = device()
    for age, name in ((days - 1, "young"), (days + 1, "old")):
        page.evaluate(
            """async ([age, name]) => {
                const { NAME, newSheet } = await import("#client/sheet.js");
                const { recordsOf } = await import("#client/records.js");
                const { Storage } = await import("#client/storage.js");
                const sheet = newSheet({ id: "systems-leadership", version: "1.0.0", form: "standard" });
                sheet.changed = new Date(Date.now() - age * 86400000).toISOString();
                sheet[NAME] = name;
                const place = `balcony:${new URL("../..", location.href).pathname}:systems-leadership`;
                const storage = new Storage(place, { records: () => recordsOf(sheet), trouble: (told) => { throw told; } });
                await storage.begin();
                storage.goOnWith(null);
            }""",
            [age, name],
        )
    page.reload()
    assert banner(page) == f"1 sheet was cleared from this device: it was last changed more than {days} days ago."
    assert page.locator("#balcony-stored p").first.inner_text().startswith("Continue “young” of ")


def test_the_browser_asks_before_unsaved_answers_are_left_and_only_then(open_page, site_address):
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(site_address + STANDARD)
    page.reload()
    assert asked == []
    choose_in(page, "shared-purpose", 3)
    page.reload()
    assert asked == ["beforeunload"]
    choose_in(page, "shared-purpose", 3)
    with page.expect_download():
        page.get_by_role("button", name="Download my answers").click()
    page.reload()
    assert asked == ["beforeunload"]
    choose_in(page, "shared-purpose", 3)
    save(page)
    page.reload()
    assert asked == ["beforeunload"]


def test_a_saved_sheet_of_another_form_begins_a_new_one_and_is_not_touched(device, framework):
    page = device()
    answer_all(page, {each.id: 3 for each in framework.asked("standard")})
    save(page, "the long one")
    quick = device(QUICK)
    quick.get_by_role("button", name="Continue").click()
    assert banner(quick).startswith("This is a new sheet that begins with the answers of “the long one”")
    assert given(quick) == {each.id: "3" for each in framework.asked("quick")}
    answer_all(quick, {each.id: 5 for each in framework.asked("quick")})
    come_back(page)
    assert set(given(page).values()) == {"3"}


@pytest.mark.parametrize("seed", range(100 if os.environ.get("BALCONY_LONG") else 5))
def test_any_order_of_changes_is_what_comes_back(device, framework, seed):
    random = Random(seed)
    page = device()
    save(page)
    expected = {}
    asked = framework.asked("standard")
    for _ in range(30):
        indicator = random.choice(asked)
        options = [1, 2, 3, 4, 5, "not-sure", *(["not-applicable"] if indicator.not_applicable else [])]
        expected[indicator.id] = random.choice(options)
        answer_all(page, {indicator.id: expected[indicator.id]})
    come_back(page)
    assert given(page) == texts(expected)
