/**
 * The results: what the framework says of this result, filled into what the page already holds, and drawn beside it.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/message.js").SpokenLens} SpokenLens
 * @typedef {import("#client/score.js").Framework & {form: string, levels: string[], lenses: SpokenLens[]}} PageFramework
 * @typedef {Record<string, import("#client/sheet.js").Given["answer"]>} Answers
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { element, link, text } from "#client/elements.js";
import { compare, parse, shown } from "#client/fraction.js";
import { findings, message } from "#client/message.js";
import { picture } from "#client/picture.js";
import { say, sayDate } from "#client/words.js";

/**
 * Show a result.
 *
 * @param {HTMLElement} $root - The results step.
 * @param {PageFramework} framework - The page's data.
 * @param {Sheet} sheet - What was written.
 * @param {Fields} result - What it came to.
 */
export function showResults($root, framework, sheet, result) {
  text($root, "[data-scope]", scopeOf(sheet));
  for (const lens of framework.lenses) showLens($root, lens, result.lenses[lens.id], framework);
  showFindings($root, framework, result);
}

/**
 * Say what was answered about, by whom and when.
 *
 * @param {Sheet} sheet - Any.
 * @returns {string} Such as `Fewer evictions · Housing board · 22 November 2026`.
 */
export function scopeOf({ work, team, changed, looking_back: back }) {
  const looking = back && say("looking back to {day}", { day: sayDate(back, "numeric") });
  return [work, team, sayDate(changed, "numeric"), looking].filter(Boolean).join(" · ");
}

/** @type {($root: HTMLElement, lens: SpokenLens, result: Fields, framework: PageFramework) => void} */
function showLens($root, lens, result, framework) {
  const $lens = /** @type {HTMLElement} */ ($root.querySelector(`[data-lens="${lens.id}"]`));
  const parts = lens.rule === "profile" ? inOrderOfNeed(lens, result) : lens.dimensions;
  const rows = parts.map((part) => {
    const dimension = result.dimensions[part.id];
    const number = isWhole(part) ? dimension.shown : "";
    return { ...part, ...labelled(dimension, number, framework.levels), number };
  });
  const hasNumbers = parts.every(isWhole);
  $lens.dataset.state = result.state;
  text($lens, "[data-message]", message(lens, result, framework));
  text($lens, "[data-value]", overall(result, framework.levels, hasNumbers));
  for (const { id, label, number } of rows) {
    const $row = /** @type {HTMLElement} */ ($lens.querySelector(`[data-dimension="${id}"]`));
    $row.parentElement?.append($row);
    showDimension($row, result.dimensions[id], label, number, framework.levels);
  }
  const level = framework.levels[(result.band ?? result.typical_band) - 1];
  const name = $lens.querySelector("h2, h3")?.textContent ?? "";
  const title = say("{name}: a picture of the table below", { name });
  const pictures = picture({ ...framework, ...lens, title, rows, result, level });
  /** @type {HTMLElement} */ ($lens.querySelector("[data-picture]")).innerHTML = pictures.join("");
}

/** @type {(dimension: Fields, number: string, levels: string[]) => {label: string, value?: string, range?: [string, string]}} */
function labelled(dimension, number, levels) {
  const { scored, reason, value, could_be_from: from, could_be_to: to } = dimension;
  if (!scored) return { label: reason === "nothing-applies" ? say("Does not apply to you") : say("Too few answers") };
  const label = [levels[dimension.band - 1], number].filter(Boolean).join(" ");
  return from ? { label, value, range: [from, to] } : { label, value };
}

/**
 * The lowest first, whatever is essential and low before it, and what has too few answers last (METHOD 4.4).
 *
 * @type {(lens: SpokenLens, result: Fields) => SpokenLens["dimensions"]}
 */
function inOrderOfNeed({ dimensions }, { state, dimensions: results }) {
  const scored = dimensions.filter(({ id }) => results[id].scored);
  const isFirst = (/** @type {import("#client/score.js").Part} */ part) =>
    state === "essential-low" && Boolean(part.essential);
  scored.sort(
    (a, b) =>
      Number(isFirst(b)) - Number(isFirst(a)) || compare(parse(results[a.id].value), parse(results[b.id].value)),
  );
  return [...scored, ...dimensions.filter((part) => !scored.includes(part))];
}

/**
 * A single answer is an answer and not a score, and part of a dimension is no measure of it: there, a level has no number (METHOD 2.5, 4.1).
 *
 * @type {(part: import("#client/score.js").Part) => boolean}
 */
const isWhole = ({ indicators, is_part }) => indicators.length > 1 && !is_part;

/**
 * The level that the rule names for the lens as a whole, where it names one; its number second.
 *
 * @type {(result: Fields, levels: string[], withNumbers: boolean) => string}
 */
function overall(result, levels, withNumbers) {
  if (!result.value) return "";
  const values = { level: levels[result.band - 1], number: result.shown, gap: shown(parse(result.gap)) };
  const before = result.capped_from && levels[result.capped_from - 1];
  if (before) return say("Level: {level}, held down from {before}.", { ...values, before });
  if (!withNumbers) return say("Level: {level}.", values);
  return say("Level: {level} ({number}). Lowest and highest part are {gap} levels apart.", values);
}

/**
 * Level names first, numbers second (METHOD 2.6).
 *
 * @type {($row: HTMLElement, dimension: Fields, label: string, number: string, levels: string[]) => void}
 */
function showDimension($row, { scored, reason, lowest, highest, band }, label, number, levels) {
  $row.dataset.state = scored ? "scored" : reason;
  const said = { number, low: levels[lowest - 1], high: levels[highest - 1] };
  const range =
    lowest === highest ? say("{number}, all answers {low}", said) : say("{number}, from answers {low} to {high}", said);
  const more = scored && number ? [element("small", range)] : [];
  $row.lastElementChild?.replaceChildren(scored ? element("strong", levels[band - 1]) : label, ...more);
}

/** @type {($root: HTMLElement, framework: PageFramework, result: Fields) => void} */
function showFindings($root, framework, { lenses }) {
  const $lenses = /** @type {NodeListOf<HTMLElement>} */ ($root.querySelectorAll("[data-lens]"));
  const inOrder = Array.from($lenses, ({ dataset }) => framework.lenses.find(({ id }) => id === dataset.lens));
  const items = findings(/** @type {SpokenLens[]} */ (inOrder), lenses).map((lens) =>
    element("li", link(`balcony-lens-${lens.id}`), " ", message(lens, lenses[lens.id], framework)),
  );
  const $findings = /** @type {HTMLElement} */ ($root.querySelector("[data-findings]"));
  $findings.hidden = !items.length;
  $findings.lastElementChild?.replaceChildren(...items);
}
