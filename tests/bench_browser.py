"""Bytes, requests and times in the browser, beside the limits of DESIGN 6. Nothing is asserted."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import browser
from bench_frameworks import grown
from bench_table import beside, table
from conftest import PROJECT, served
from playwright.sync_api import sync_playwright
from run import FORMS, STANDARD, answer_all, open_step, page_of
from test_saving import save
from test_team_page import TEAM, team_of
from weight import KB, MOST, MOST_MS, MOST_SCRIPTS, of_scripts, watch, weights

from generator import building, site
from generator.assessment import data_modules
from generator.assets import ADDRESS

MANY = "assess/"
"""Where the forms with very many questions are put, each in a folder that its number names."""
COUNTS = (40, 400, 1_000, 4_000)
CLICKS = 300
TEAMS = (5, 50, 1_000)

WEIGHT_HEADS = (
    "run to the results, all answered",
    "bytes",
    "limit",
    "of it",
    "scripts",
    "limit",
    "of it",
    "requests",
    "other sites",
)
TIME_HEADS = ("form", "median", "95 in 100", "limit", "of it", "results", "script")
TEAM_HEADS = ("team", "read", "view", "longest")

# All that an answer sets off happens within its click; between clicks, the page comes to rest.
CLICK = """async (count) => {
    const $questions = [...document.querySelectorAll("fieldset.question")];
    const times = [];
    for (let number = 0; number < count; number++) {
        const $question = $questions[(number * 7) % $questions.length];
        const $radios = [...$question.querySelectorAll("input[type=radio]")].filter(({ checked }) => !checked);
        const begun = performance.now();
        $radios[number % $radios.length].click();
        times.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return times;
}"""

OPEN_RESULTS = """() => new Promise((resolve) => {
    const begun = performance.now();
    // Heard after the page's own listener: by then the results are filled in. Asking for a height lays them out.
    addEventListener("hashchange", () => resolve([document.body.offsetHeight, performance.now() - begun][1]), { once: true });
    location.hash = "results";
})"""


# From the choice of the files to the laid out view, with the longest time for which the page answered nothing.
WATCH_TEAM = """(count) => {
    let longest = 0;
    new PerformanceObserver((list) => {
        longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
    const $gathered = document.querySelector("[data-gathered]");
    window.measured = new Promise((resolve) => {
        let begun = 0;
        document.addEventListener("change", () => { begun = performance.now(); }, { capture: true, once: true });
        new MutationObserver(() => {
            if ($gathered.textContent !== `${count} sheets take part.`) return;
            const read = performance.now() - begun;
            const show = () => {
                const view = [document.body.offsetHeight, performance.now() - begun][1];
                setTimeout(() => resolve([read, view, longest]), 100);
            };
            addEventListener("hashchange", show, { once: true });
            location.hash = "view";
        }).observe($gathered, { childList: true });
    });
}"""


def main():
    """Build the site aside, use it, and print what was measured."""
    framework = site.sound_framework(PROJECT)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder) / "site"
        if building.build(PROJECT, built, "mkdocs", strict=False, quiet=True):
            return "The site could not be built."
        many = {count: add_form_with_many_questions(built, framework, count) for count in COUNTS}
        with served(built) as address:
            chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.flags())
            table("What a run weighs", WEIGHT_HEADS, weight_rows(chromium, built, address, framework, many))
            table("From a click to saved, and to the results", TIME_HEADS, time_rows(chromium, address, many))
            table("From sheets to a team view", TEAM_HEADS, team_rows(chromium, address, framework, Path(folder)))
            chromium.close()
    return None


def weight_rows(chromium, built, address, framework, many):
    runs = [(f"{form} form", path, answers_to(framework, form), MOST[form]) for form, path in FORMS.items()]
    grown_ = [
        (f"{count:,} questions", path_of(count), answers_to(many[count], "standard"), None) for count in COUNTS[1:]
    ]
    for name, path, answers, most in [*runs, *grown_]:
        for is_saved in (False, True) if most else (False,):
            fetched = run_through(chromium, address + path, answers, is_saved)
            found = weights(fetched, built, address)
            whole, scripts = sum(found.values()), of_scripts(found)
            others = len({urlsplit(url).netloc for url in fetched}) - 1
            of = (f"{most // KB} KB", beside(whole, most)) if most else ("", "")
            of_those = (f"{MOST_SCRIPTS // KB} KB", beside(scripts, MOST_SCRIPTS))
            yield (
                f"{name}{', saved' * is_saved}",
                kb(whole),
                *of,
                kb(scripts),
                *of_those,
                str(len(fetched)),
                str(others),
            )


def time_rows(chromium, address, many):
    for count in COUNTS:
        for is_saved in (False, True):
            click, most, results, script = times_of(
                chromium, address + path_of(count), answers_to(many[count], "standard"), is_saved
            )
            limit = MOST_MS.get(count)
            of = (f"{limit} ms", beside(most, limit)) if limit else ("", "")
            yield f"{count:,} questions{', saved' * is_saved}", ms(click), ms(most), *of, ms(results), ms(script)


def team_rows(chromium, address, framework, folder):
    for count in TEAMS:
        read, view, longest = times_of_team(chromium, address + TEAM, team_of(framework, count), folder)
        yield f"team of {count:,}", ms(read), ms(view), ms(longest)


def kb(size):
    return f"{size / KB:.1f} KB"


def ms(time):
    return f"{time:.1f} ms" if time < 100 else f"{time:.0f} ms"


def path_of(count):
    """Where the standard form is, or one with more questions."""
    return STANDARD if count == COUNTS[0] else f"{MANY}{count}/"


def answers_to(framework, form):
    return {indicator.id: 1 + number % 5 for number, indicator in enumerate(framework.asked(form))}


def add_form_with_many_questions(built, framework, count):
    """The standard form with its questions copied, beside the pages of the site, unless it has as many.

    Returns:
        The framework of which it is the standard form.
    """
    times = count // len(framework.asked("standard"))
    if times == 1:
        return framework
    many = grown(framework, times)
    folder = built / path_of(count)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(page_of(built, many), "utf-8")
    for name, module in data_modules(many).items():
        (built / ADDRESS / "framework" / name).write_text(module, encoding="utf-8")
    return many


def run_through(chromium, address, answers, is_saved):
    """Answer every question and open the results.

    Returns:
        The addresses that the page asked for.
    """
    page = chromium.new_page()
    fetched = watch(page)
    page.goto(address)
    if is_saved:
        save(page)
    answer_all(page, answers)
    open_step(page, "results")
    page.wait_for_load_state("networkidle")
    page.close()
    return fetched


def times_of(chromium, address, answers, is_saved):
    """The median time of a click, the time that 95 in 100 keep to, and those of the results and of the page's scripts at its start."""
    page = chromium.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(address)
    found = session.send("Performance.getMetrics")["metrics"]
    script = next(each["value"] for each in found if each["name"] == "ScriptDuration") * 1000
    if is_saved:
        save(page)
    times = page.evaluate(CLICK, CLICKS)
    answer_all(page, answers)
    results = page.evaluate(OPEN_RESULTS)
    page.close()
    return median(times), quantiles(times, n=20)[-1], results, script


def times_of_team(chromium, address, files, folder):
    """How long it takes from choosing files to the team's view."""
    paths = [folder / each["name"] for each in files]
    for path, each in zip(paths, files, strict=True):
        path.write_bytes(each["buffer"])
    page = chromium.new_page()
    page.goto(address)
    page.evaluate(WATCH_TEAM, len(files))
    page.get_by_label("Add sheets").set_input_files(paths)
    found = page.evaluate("measured")
    page.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
