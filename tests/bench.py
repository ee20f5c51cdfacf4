"""Bytes, requests and times of the site as it is now, beside the limits of DESIGN 6: `make bench`. Nothing is asserted."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import browser
from conftest import PROJECT, served
from playwright.sync_api import sync_playwright
from run import FORMS, STANDARD, answer_all, open_step, page_of
from test_saving import save
from test_team_page import TEAM, team_of
from weight import KB, MOST, MOST_MS, MOST_SCRIPTS, of_scripts, watch, weights

from generator import site
from generator.assessment import data_modules
from generator.assets import ADDRESS
from generator.model import Framework

MANY = "assess/many/"
"""Where the form with very many questions is put."""
CLICKS = 300
TEAMS = (5, 50, 1000)

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
        if site.build(PROJECT, built, "mkdocs", strict=True, quiet=True):
            return "The site could not be built."
        many = add_form_with_many_questions(built, framework, max(MOST_MS))
        with served(built) as address:
            chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.flags())
            for form, path in FORMS.items():
                for is_saved in (False, True):
                    fetched = run_through(chromium, address + path, answers_to(framework, form), is_saved)
                    show_weight(form, is_saved, fetched, weights(fetched, built, address))
            for path, answers in ((STANDARD, answers_to(framework, "standard")), (MANY, answers_to(many, "standard"))):
                for is_saved in (False, True):
                    show_times(chromium, address + path, answers, is_saved)
            for count in TEAMS:
                show_team(chromium, address + TEAM, team_of(framework, count), Path(folder))
            chromium.close()
    return None


def answers_to(framework, form):
    return {indicator.id: 1 + number % 5 for number, indicator in enumerate(framework.asked(form))}


def add_form_with_many_questions(built, framework, count):
    """The standard form with its questions copied, in the place of a page of the site.

    Returns:
        The framework of which it is the standard form.
    """
    many = grown(framework, count // len(framework.asked("standard")))
    (built / MANY).mkdir()
    (built / MANY / "index.html").write_text(page_of(built, many), "utf-8")
    for name, text in data_modules(many).items():
        (built / ADDRESS / "framework" / name).write_text(text, encoding="utf-8")
    return many


def grown(framework, times):
    """The framework with every question in it several times, under ids of their own and in the same dimensions."""

    def copies(id_):
        return [id_, *(f"{id_}-{number}" for number in range(2, times + 1))]

    def more(section):
        indicators = (each.model_copy(update={"id": id_}) for each in section.indicators for id_ in copies(each.id))
        return section.model_copy(update={"indicators": tuple(indicators)})

    def wider(lens):
        dimensions = (
            part.model_copy(update={"indicators": tuple(copy for id_ in part.indicators for copy in copies(id_))})
            for part in lens.dimensions
        )
        return lens.model_copy(update={"dimensions": tuple(dimensions)})

    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    grown_ = {"sections": tuple(map(more, framework.sections)), "lenses": tuple(map(wider, framework.lenses))}
    return Framework.model_construct(**{**fields, **grown_})


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


def show_weight(form, is_saved, fetched, found):
    sites = {urlsplit(url).netloc for url in fetched}
    show(
        f"{form} form, all answered{', saved' if is_saved else ''}",
        beside(sum(found.values()) / KB, MOST[form] / KB, "KB"),
        f"scripts {beside(of_scripts(found) / KB, MOST_SCRIPTS / KB, 'KB')}",
        f"{len(fetched)} requests, to {len(sites) - 1} other sites",
    )


def show_times(chromium, address, answers, is_saved):
    page = chromium.new_page()
    page.goto(address)
    if is_saved:
        save(page)
    times = page.evaluate(CLICK, CLICKS)
    answer_all(page, answers)
    most = MOST_MS[len(answers)]
    show(
        f"{len(answers):,} questions{', saved' if is_saved else ''}",
        f"click, median {beside(median(times), most, 'ms')}",
        f"95 in 100 within {beside(quantiles(times, n=20)[-1], most, 'ms')}",
        f"results open in {page.evaluate(OPEN_RESULTS):.0f} ms",
    )
    page.close()


def show_team(chromium, address, files, folder):
    """How long it takes from choosing files to the team's view."""
    paths = [folder / each["name"] for each in files]
    for path, each in zip(paths, files, strict=True):
        path.write_bytes(each["buffer"])
    page = chromium.new_page()
    page.goto(address)
    page.evaluate(WATCH_TEAM, len(files))
    page.get_by_label("Add sheets").set_input_files(paths)
    read, view, longest = page.evaluate("measured")
    show(
        f"team of {len(files):,}",
        f"read in {read:.0f} ms",
        f"view after {view:.0f} ms",
        f"longest time without an answer {longest:.0f} ms",
    )
    page.close()


def beside(value, most, unit):
    return f"{value:.1f} of {most:g} {unit} ({value / most:.2f})"


def show(what, *figures):
    print(f"{what:<34}", *(f"{figure:<42}" for figure in figures), flush=True)  # noqa: T201 - for whoever runs it


if __name__ == "__main__":
    sys.exit(main())
