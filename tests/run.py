"""What tests of the assessment page do over and over: choose, answer, move on."""

from __future__ import annotations

import re
from contextlib import contextmanager
from random import Random

from generator.assessment import Assessment
from generator.model import Framework
from generator.rendering import linked_from

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
STANDARD = "assess/standard/"
QUICK = "assess/quick/"
FORMS = {"quick": QUICK, "standard": STANDARD}
"""Where each form is."""
OPEN_SHADOWS = """{
    const attach = Element.prototype.attachShadow;  // what Zensical finds stands where tests cannot look
    Element.prototype.attachShadow = function (how) { return attach.call(this, { ...how, mode: "open" }); };
}"""


@contextmanager
def page_with(chromium, address, script):
    """A page that has run a script, such as one that puts modules of the site at hand."""
    page = chromium.new_page()
    page.goto(address)
    page.evaluate(script)
    yield page
    page.close()


def choose(page, id_, answer):
    """Choose as a person does: by the words of the choice."""
    page.locator(f'[id="{id_}"] input[value="{answer}"]').check()


FETCHED = {
    "results": """() => {
        const levels = document.querySelectorAll("fieldset.question input[type=radio]:not([value^=not-]):checked");
        const isPlain = levels.length === document.querySelectorAll("fieldset.question").length;
        const isMore = document.querySelector("[name=warning_signs]:checked, .context :checked");
        return (isPlain && !isMore) || "remarked" in document.getElementById("results").dataset;
    }""",
    "plan": """() => {
        const $steps = [...document.querySelectorAll("#plan li [data-step] span")];
        return document.querySelector("#plan [data-targets]") && $steps.every((each) => each.textContent);
    }""",
}
"""When what is fetched for a step has come."""


def open_step(page, step):
    page.evaluate("(step) => { location.hash = step }", step)
    wait_for_step(page, step)
    if step in FETCHED:
        page.wait_for_function(FETCHED[step])


def wait_for_step(page, step):
    page.wait_for_function("(step) => document.querySelector('[data-step]:not([hidden])').id === step", arg=step)


def add_style(page, css):
    """Lay styles over a page, as a reader's browser can. A page lets no `style` element in."""
    page.evaluate(
        """(css) => {
            const styles = new CSSStyleSheet();
            styles.replaceSync(css);
            document.adoptedStyleSheets.push(styles);
        }""",
        css,
    )


def answer_all(page, answers):
    """Give many answers at once, through the form's own events."""
    page.evaluate(
        """(answers) => {
            for (const [id, answer] of Object.entries(answers)) {
                const $radio = document.querySelector(`[id="${id}"] input[value="${answer}"]`);
                $radio.checked = true;
                $radio.dispatchEvent(new Event("input", { bubbles: true }));
            }
        }""",
        answers,
    )


def visible_step(page):
    return page.evaluate(
        "[...document.querySelectorAll('[data-step]')].filter((each) => each.offsetParent).map(({ id }) => id)"
    )


def random_answers(framework, form, seed):
    random = Random(seed)
    likely = random.choice(
        [[1, 2, 3, 4, 5], [2, 3], [4, 5], [1, 5, "not-sure"], [3, "not-sure", None], [None, None, 4]]
    )
    found = {}
    for indicator in framework.asked(form):
        options = [*likely, "not-applicable"] if indicator.not_applicable else likely
        found[indicator.id] = random.choice(options)
    return {id_: answer for id_, answer in found.items() if answer is not None}


HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)>" ' & <b>領導</b> Cyngor Sir Ynys Môn {{ 7*7 }} 🙂"""


def page_of(built_site, framework):
    """The standard form of another framework, in the page of the built site."""
    page = (built_site / STANDARD / "index.html").read_text(encoding="utf-8")
    run = linked_from(Assessment(framework).assessment("standard"), STANDARD)
    before, main, rest = re.match(r"(.*)(<main[^>]*>).*(</main>.*)", page, re.DOTALL).groups()
    return f"{before}{main}{run}{rest}"


def hostile_copy(framework):
    """The framework with hostile text in every place of its first indicator, section, lens and warning sign."""
    section, lens, sign = framework.sections[0], framework.lenses[0], framework.outline.warning_signs[0]
    texts = dict.fromkeys(section.indicators[0].levels, HOSTILE)
    words = dict.fromkeys(("label", "question", "discuss", "not_applicable"), HOSTILE)
    evil = {**words, "levels": texts, "next_steps": texts, "evidence": (HOSTILE,) * 3}
    indicators = (section.indicators[0].model_copy(update=evil), *section.indicators[1:])
    part = lens.dimensions[0].model_copy(update={"name": HOSTILE, "summary": HOSTILE})
    says = dict.fromkeys(lens.messages, HOSTILE + " {lowest}")
    evil_lens = {"name": HOSTILE, "discuss": HOSTILE, "messages": says, "dimensions": (part, *lens.dimensions[1:])}
    signs = (sign.model_copy(update={"text": HOSTILE}), *framework.outline.warning_signs[1:])
    return Framework.model_construct(
        **{
            **{name: getattr(framework, name) for name in Framework.model_fields},
            "outline": framework.outline.model_copy(update={"warning_signs": signs}),
            "sections": (
                section.model_copy(update={"name": HOSTILE, "indicators": indicators}),
                *framework.sections[1:],
            ),
            "lenses": (lens.model_copy(update=evil_lens), *framework.lenses[1:]),
        }
    )
