"""A page that shows every state of every rule, through the page's own code: each worked case is a lens of a framework made for it.

    .venv/bin/python tests/reference.py FOLDER

writes pictures of it into a folder, for people to look at: small and wide, light, dark, in forced colours, and on paper.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import browser
from conftest import PROJECT, served
from playwright.sync_api import sync_playwright
from run import DESKTOP, PHONE, STANDARD, answer_all, open_step, page_of
from worked_cases import CASES

from generator import building, site
from generator.model import Dimension, Form, Framework

# States that no worked case has, and what is odd: a dimension's answers by its name.
MORE = {
    "comp-even": ("compensatory", "even", {"systems": [3, 3, 3], "workforce": [3, 3, 4], "leadership": [3, 3, 3]}),
    "comp-missing": (
        "compensatory",
        "not-enough-answers",
        {"systems": [3, None, None], "workforce": [3, 3], "leadership": [4]},
    ),
    "comp-range": (
        "compensatory",
        "held-back",
        {"systems": [1, 2, "not-sure"], "workforce": [5, 5], "leadership": [4, 4]},
    ),
    "balance-missing": ("balance", "not-enough-answers", {"dance-floor": [4, "not-sure"], "balcony": [3, 3]}),
    "balance-range": ("balance", "leaning", {"dance-floor": [1, 1], "balcony": [5, 5]}),
    "profile-missing": ("profile", "not-enough-answers", {"connections": [None], "open-mind": ["not-sure"]}),
    "profile-essential": (
        "profile",
        "essential-low",
        {"connections": [1], "perspectives": [2], "vision": [4, None, 5]},
    ),
    "align-two": ("alignment", "out-of-line", {"public-value": [5, 5], "operating-capacity": [1, 1]}),
    "align-five": ("alignment", "out-of-line", {"one": [5], "two": [4], "three": [3], "four": [2], "five": [1]}),
    "align-nothing": ("alignment", "not-enough-answers", {"public-value": [None], "operating-capacity": [None]}),
    "cover-none": ("coverage", "gaps", {part: [1, 1] for part in ("feeling", "perceiving", "thinking")}),
    "long-names": (
        "profile",
        "profile",
        {"cysylltiadau-newydd-y-tu-hwnt-ir-cylch-arferol": [2, 2], "gwerthoedd-a-pherthnasoedd-rhwng-pobl": [4, 5]},
    ),
}

LENSES = {
    **{
        case["id"]: (case["kind"].removeprefix("lens-"), case["expected"]["state"], case["input"]["dimensions"])
        for case in CASES
        if case["kind"].startswith("lens-")
    },
    **MORE,
}
"""The lenses of the page: rule, state, and the answers by dimension."""


def reference(framework):
    """The real framework, with the worked cases for its lenses.

    Returns:
        The framework, and the answers that bring each lens to its state; a blank has none.
    """
    named = {part.id: part for lens in framework.lenses for part in lens.dimensions}
    by_rule = {lens.rule: lens for lens in framework.lenses}
    model = framework.sections[0].indicators[0].model_copy(update={"not_applicable": "those without one"})
    indicators, lenses, answers = [], [], {}
    for id_, (rule, _, given) in LENSES.items():
        parts = []
        for part, levels in given.items():
            ids = tuple(f"{id_}-{part}-{number}"[-60:] for number in range(len(levels)))
            indicators += [model.model_copy(update={"id": each, "question": f"How is {each}?"}) for each in ids]
            answers |= {each: level for each, level in zip(ids, levels, strict=True) if level is not None}
            name = named[part].name if part in named else part.replace("-", " ").capitalize()
            essential = rule == "profile" and part == "perspectives"
            parts.append(Dimension(id=part, name=name, summary=f"About {name}.", essential=essential, indicators=ids))
        update = {"id": id_, "name": id_.replace("-", " ").capitalize(), "dimensions": tuple(parts)}
        lenses.append(by_rule[rule].model_copy(update=update))
    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    outline = framework.outline.model_copy(
        update={
            "headline_lenses": tuple(LENSES),
            "lenses": tuple(LENSES),
            "forms": (Form(id="standard", name="Standard", summary="All", minutes=9, lenses="all"),),
        }
    )
    section = framework.sections[0].model_copy(update={"indicators": tuple(indicators)})
    made = {**fields, "outline": outline, "sections": (section,), "lenses": tuple(lenses), "exercises": ()}
    return Framework.model_construct(**made), answers


def show_reference(page, address, built_site, framework):
    """Open the results of the reference framework.

    Returns:
        The framework, made from the real one.
    """
    made, answers = reference(framework)
    body = page_of(built_site, made)
    page.route(address + STANDARD, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(address + STANDARD)
    answer_all(page, answers)
    open_step(page, "results")
    return made


def main(folder):
    """Write the pictures."""

    framework = site.sound_framework(PROJECT)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        built = Path(temporary) / "site"
        if building.build(PROJECT, built, "mkdocs", strict=True, quiet=True):
            return "The site could not be built."
        with served(built) as address:
            chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.flags())
            page = chromium.new_page(viewport=DESKTOP)
            show_reference(page, address, built, framework)
            for size in (PHONE, DESKTOP):
                page.set_viewport_size(size)
                for look in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
                    page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **look})
                    for lens in page.locator("[data-lens]").all():
                        name = f"{lens.get_attribute('data-lens')}-{size['width']}-{next(iter(look.values()))}.png"
                        lens.screenshot(path=folder / name)
            page.emulate_media(color_scheme="light", forced_colors="none")
            page.pdf(path=folder / "paper.pdf", prefer_css_page_size=True)
            chromium.close()
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
