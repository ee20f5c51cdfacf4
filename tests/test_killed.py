"""A browser that is killed while somebody answers: what the page has saved is there when it starts again."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import browser
import pytest
from run import STANDARD, answer_all
from test_saving import given, save

KILLS = 50 if os.environ.get("BALCONY_LONG") else 6
"""At each pace."""
AT_MOST = 700
"""Milliseconds of answering before a kill."""
REPORT = """
{kills} kills; answers: {given} given, {kept} kept, {lost} on their way and lost; thrown away by Chromium itself: {thrown_away}"""

# The page tells other tabs of a change once it is on the disk. Here it is heard as another tab hears it.
ANSWER = """async ([plan, pace]) => {
    const [{ name }] = await indexedDB.databases();
    let kept = 0;
    let goOn;
    new BroadcastChannel(name).onmessage = () => { console.debug("kept", ++kept); goOn?.(); };
    const answer = async () => {
        for (const [index, [id, level]] of plan.entries()) {
            console.debug("given", index + 1);
            document.querySelector(`[id="${id}"] input[value="${level}"]`).click();
            await new Promise((resolve) => { if (pace) setTimeout(resolve, pace); else goOn = resolve; });
        }
    };
    void answer();
}"""


@pytest.mark.parametrize("pace", [0, 60], ids=["each once the last is on the disk", "as fast as people click"])
def test_a_killed_browser_has_lost_no_answer_that_was_saved(chromium, site_address, framework, capsys, pace):
    random = Random(pace)
    before, plan, said, totals = {}, [], Counter(), Counter()
    with TemporaryDirectory() as folder:
        for number in range(KILLS + 1):
            with until_killed(chromium.browser_type, Path(folder)) as page:
                page.goto(site_address + STANDARD)
                is_thrown_away = has_thrown_away(page, Path(folder))
                if is_thrown_away or number == 0:
                    before, plan, said = {}, [], Counter()
                    save(page)
                else:
                    go_on(page)
                found = given(page)
                survived = how_many_survived(before, plan, found, said["kept"])
                assert survived is not None, f"{said}, {before=}, {plan[: said['given']]=}, {found=}"
                lost = max(0, said["given"] - survived)
                assert pace or lost <= 1, "more is lost than the answer on its way"
                totals.update(said, kills=number > 0, lost=lost, thrown_away=is_thrown_away)
                before, plan = found, some_answers(framework, found, random)
                said = listen(page)
                page.evaluate(ANSWER, [plan, pace])
                page.wait_for_timeout(random.uniform(0, AT_MOST))
    with capsys.disabled():
        print(REPORT.format_map(totals))  # noqa: T201 - for whoever runs it
    assert totals["kept"] > KILLS
    assert totals["thrown_away"] <= KILLS / 3


def test_every_change_is_written_with_the_promise_that_it_is_on_the_disk(page, site_address):
    # A killed browser leaves its writes with the operating system, a power cut does not: no test can cut the power.
    page.add_init_script(
        """window.promised = [];
        const { transaction } = IDBDatabase.prototype;
        IDBDatabase.prototype.transaction = function (...args) {
            const begun = transaction.apply(this, args);
            if (begun.mode === "readwrite") promised.push(begun.durability);
            return begun;
        };"""
    )
    page.goto(site_address + STANDARD)
    save(page)
    page.evaluate("promised.length = 0")
    answer_all(page, {"shared-purpose": 4, "time-to-think": 2})
    assert page.evaluate("promised") == ["strict", "strict"]


def has_thrown_away(page, profile):
    """Whether Chromium has found its own files torn, and removed them with all that the site kept.

    Its database goes on after half a record, and cannot read that later (google/leveldb#1287). A kill has to come between
    two of its writes for that: of those that interrupt one answer after another, about one in thirty does.
    """
    page.evaluate("indexedDB.databases().catch(() => [])")
    found = list(profile.glob("Default/IndexedDB/*/corruption_info.json"))
    for each in found:
        each.unlink()
    return bool(found)


def go_on(page):
    page.locator("#balcony-stored").get_by_role("button", name="Continue").click()
    page.get_by_text("Saved on this device, with every change.").wait_for()


def some_answers(framework, answers, random):
    """Answers to give one after another, of which each changes something."""
    answers, plan = dict(answers), []
    for _ in range(500):
        indicator = random.choice(framework.asked("standard"))
        level = random.choice([each for each in "12345" if each != answers.get(indicator.id)])
        answers[indicator.id] = level
        plan.append((indicator.id, level))
    return plan


def how_many_survived(before, plan, found, at_least):
    """How many of the answers are in what was found; None if it is nothing that the form has said since they were kept."""
    states = ({**before, **dict(plan[:number])} for number in range(at_least, len(plan) + 1))
    return next((number for number, state in enumerate(states, at_least) if state == found), None)


def listen(page):
    """Count the answers that the page gives, and those that are kept, until it is killed."""
    said = Counter()

    def hear(message):
        what, number = message.text.split()
        said[what] = int(number)

    page.on("console", hear)
    return said


@contextmanager
def until_killed(browser_type, profile):
    """A page in a Chromium that keeps its profile, and ends by a kill: all its processes at once."""
    (profile / "tmp").mkdir(exist_ok=True)
    command = [browser.executable(), *browser.flags(), "--headless=new", "--remote-debugging-port=0"]
    with subprocess.Popen(
        [*command, f"--user-data-dir={profile}", "about:blank"],
        env={**os.environ, "TMPDIR": str(profile / "tmp")},  # where it would leave a socket behind
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            connected = browser_type.connect_over_cdp(address_of(process))
            yield connected.contexts[0].new_page()
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.stderr.read()  # ends when the last of its processes has
    connected.close()  # brings in what the page had said by then


def address_of(process):
    """Where the browser can be driven, once it says so."""
    for line in process.stderr:
        if line.startswith("DevTools listening on "):
            return line.split()[-1]
    pytest.fail("Chromium does not start with a profile of its own.", pytrace=False)
