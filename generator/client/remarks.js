/**
 * What stands beside some results: what is missing and what that leaves open, warning signs, and hints that fit the setting.
 * Fetched only when there is any of it.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/results.js").PageFramework} PageFramework
 * @typedef {import("#client/results.js").Answers} Answers
 * @typedef {import("#client/message.js").SpokenLens} SpokenLens
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */

import { element, link, text } from "#client/elements.js";
import { fetched } from "#client/fetched.js";
import { parse, shown } from "#client/fraction.js";
import { say } from "#client/words.js";

/**
 * Show them, or take them away.
 *
 * @param {HTMLElement} $root - The results step.
 * @param {PageFramework} framework - The page's data.
 * @param {Sheet} sheet - What was written.
 * @param {Answers} answers - Those that count.
 * @param {Fields} result - What it came to.
 */
export async function showRemarks($root, framework, sheet, answers, result) {
  for (const lens of framework.lenses) showGaps($root, lens, result.lenses[lens.id], answers);
  const unsure = Object.keys(answers).filter((id) => answers[id] === "not-sure");
  const $unsure = block(
    say("What you could not say"),
    say("Not knowing is a finding. Who could tell you?"),
    unsure.map(link),
  );
  const missing = sectionsToAnswer(framework, answers, result).map(link);
  const $missing = block(
    say("Too few answers so far"),
    say("No lens has enough answers to say anything. Questions without a level are in:"),
    missing,
  );
  const hints = await hintsOf(framework, sheet);
  const $hints = block("", say("Because of what you said about the work:"), hints);
  const $signs = await warningSigns(sheet, result.warning_signs);
  const isFirst = result.warning_signs.band === "many";
  fill($root, "[data-before]", [missing.length && $missing, isFirst && $signs]);
  fill($root, "[data-after]", [hints.length && $hints, !isFirst && $signs]);
  fill($root, "[data-unsure]", [unsure.length && $unsure]);
  $root.dataset.remarked = "";
}

/** @type {($root: HTMLElement, selector: string, blocks: (HTMLElement | null | false | 0)[]) => void} */
function fill($root, selector, blocks) {
  $root.querySelector(selector)?.replaceChildren(...blocks.filter((each) => each instanceof HTMLElement));
}

/** @type {(heading: string, words: string, items: (string | Node)[]) => HTMLElement} */
function block(heading, words, items) {
  const $heading = heading ? [element("h2", heading)] : [];
  const $block = element(
    "div",
    ...$heading,
    element("p", words),
    element("ul", ...items.map((each) => element("li", each))),
  );
  $block.className = heading ? "" : "note";
  return $block;
}

/** @type {($root: HTMLElement, lens: SpokenLens, result: Fields, answers: Answers) => void} */
function showGaps($root, lens, result, answers) {
  const $lens = /** @type {HTMLElement} */ ($root.querySelector(`[data-lens="${lens.id}"]`));
  text($lens, "[data-not-applicable]", notApplicable(lens, result));
  for (const { id, indicators } of lens.dimensions) {
    const { scored, reason, could_be_from: from, could_be_to: to } = result.dimensions[id];
    const missing = indicators.filter(
      (each) => typeof answers[each] !== "number" && answers[each] !== "not-applicable",
    );
    const gaps =
      scored || reason === "nothing-applies" ? [] : missing.map((each) => [reasonOf(answers[each]), " ", link(each)]);
    if (from)
      gaps.push([
        say("Could be {from} to {to}, once all is answered", { from: shown(parse(from)), to: shown(parse(to)) }),
      ]);
    $lens.querySelector(`[data-dimension="${id}"] td`)?.append(...gaps.map((each) => element("small", ...each)));
  }
}

/** @type {(answer: Answers[string] | undefined) => string} */
const reasonOf = (answer) => (answer ? say("Not sure:") : say("Not answered:"));

/** @type {(lens: SpokenLens, result: Fields) => string} */
function notApplicable({ dimensions }, result) {
  const of = dimensions.reduce((sum, { indicators }) => sum + indicators.length, 0);
  const count = of - dimensions.reduce((sum, { id }) => sum + result.dimensions[id].applicable, 0);
  // METHOD 2.4: when more than a third of a lens does not apply, the page says so.
  return count * 3 > of
    ? say("{count} of the {of} questions behind this lens do not apply to you.", { count, of })
    : "";
}

/**
 * Where no part of any lens has enough answers: the sections with questions that have no level.
 *
 * @type {(framework: PageFramework, answers: Answers, result: Fields) => string[]}
 */
function sectionsToAnswer({ revisions }, answers, { lenses }) {
  const parts = Object.values(lenses).flatMap(({ dimensions }) => Object.values(dimensions));
  if (parts.some(({ scored }) => scored)) return [];
  const open = Object.keys(revisions).filter((id) => typeof answers[id] !== "number");
  return [...new Set(open.map((id) => document.getElementById(id)?.closest("[data-step]")?.id ?? id))];
}

/** @type {(framework: PageFramework, sheet: Sheet) => Promise<HTMLElement[]>} */
async function hintsOf({ lenses }, { context }) {
  const chosen = Object.entries(context);
  const all = chosen.length ? await fetched("hints") : {};
  const hints = chosen.map(([question, option]) => all?.[question]?.[option]).filter(Boolean);
  return hints.map(({ hint, lens }) => {
    const isHere = lenses.some(({ id }) => id === lens);
    return element("p", hint, ...(isHere ? [" ", say("Look first at:"), " ", link(`balcony-lens-${lens}`)] : []));
  });
}

/** @type {(sheet: Sheet, result: Fields) => Promise<HTMLElement | null>} */
async function warningSigns(sheet, { ticked, of, band }) {
  if (!ticked) return null;
  const whys = await fetched("signs");
  const $inputs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[name=warning_signs]")]);
  const $items = $inputs
    .filter(({ value }) => sheet.warning_signs.has(value))
    .map(($input) =>
      element(
        "li",
        element("b", $input.parentElement?.textContent?.trim() ?? $input.value),
        " ",
        whys?.[$input.value] ?? "",
      ),
    );
  const many = say("You ticked {ticked} of {of}, which is many. Talk about this before anything else on this page.", {
    ticked,
    of,
  });
  const words = band === "many" ? many : say("You ticked {ticked} of {of}.", { ticked, of });
  const $message = element("p", words);
  $message.dataset.message = "";
  const $signs = element("aside", element("h2", say("Warning signs")), $message, element("ul", ...$items));
  Object.assign($signs, { className: "signs-result", ariaLabel: say("Warning signs") });
  Object.assign($signs.dataset, { warningSigns: "", state: band });
  return $signs;
}
