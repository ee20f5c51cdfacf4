/**
 * What a lens says about a result, in the framework's own words, and which lenses speak first.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/score.js").Lens & {messages: Record<string, string>}} SpokenLens
 */
import { parse } from "#client/fraction.js";
import { essentialLow, extremes } from "#client/score.js";
import { fill, listed, say } from "#client/words.js";

/**
 * Say what came of a lens.
 *
 * @param {SpokenLens} lens - The lens.
 * @param {Fields} result - Its part of the result.
 * @param {{levels: string[], settings: import("#client/score.js").Settings}} framework - Names of levels, and thresholds.
 * @returns {string} The message of its state, filled.
 */
export function message(lens, result, framework) {
  const names = (/** @type {string[]} */ ids = []) => namesOf(lens, ids);
  const values = valuesOf(result);
  const ends = extremes(values);
  // A message that heads the page with something essential names that, and not what is lowest of all.
  const low =
    result.state === "essential-low" ? essentialLow(values, framework.settings, lens.dimensions) : result.lowest;
  const level = result.band ?? result.typical_band;
  return fill(lens.messages[result.state] ?? "", {
    lowest: names(low ?? ends.lowest),
    highest: names(result.highest ?? ends.highest),
    level: level ? framework.levels[level - 1] : "",
    count: result.count,
    total: result.of,
    at_most: result.could_be_to,
    gaps: names(result.not_attended),
    unknown: names(result.unknown),
    missing: names(result.missing),
    carrying: names(result.carrying),
    carried: names(result.carried),
    held_back: names(result.held_back),
  });
}

/** What presses, the most pressing first: what is a must, what holds back, what is neglected, what is only begun. */
const PRESSING = [
  "essential-low",
  "held-back",
  "out-of-line",
  "gaps",
  "leaning",
  "compensating",
  "in-step-but-early",
  "both-early",
  "unknown-remain",
];
const STRENGTHS = ["aligned", "all", "balanced"];
const FINDINGS = 3;

/**
 * Choose the two or three lenses that are quoted at the top of the results. Each rule speaks once: by the lens whose state presses most,
 * of equals by a headline lens. Two or three of these that press are quoted, then one strength, if there is any.
 *
 * @param {SpokenLens[]} lenses - Those reported, in order, headline lenses first.
 * @param {Record<string, Fields>} results - By lens.
 * @returns {SpokenLens[]} Three at most.
 */
export function findings(lenses, results) {
  const inOrder = (/** @type {string[]} */ states) => {
    const rank = (/** @type {SpokenLens} */ { id }) => states.indexOf(results[id].state);
    const found = lenses.filter((lens) => rank(lens) >= 0).sort((a, b) => rank(a) - rank(b));
    return found.filter(({ rule }, index) => found.findIndex((each) => each.rule === rule) === index);
  };
  const strengths = inOrder(STRENGTHS);
  const pressing = inOrder(PRESSING).slice(0, strengths.length ? FINDINGS - 1 : FINDINGS);
  return [...pressing, ...strengths].slice(0, FINDINGS);
}

/** @type {(lens: SpokenLens, ids: string[]) => string} */
function namesOf({ dimensions }, ids) {
  if (ids.length > 2 && ids.length === dimensions.length) return say("all of them");
  return listed(dimensions.filter(({ id }) => ids.includes(id)).map(({ id, name }) => name ?? id));
}

/** @type {(result: Fields) => import("#client/score.js").Dimensions} */
function valuesOf({ dimensions }) {
  const scored = Object.entries(/** @type {Record<string, Fields>} */ (dimensions));
  return Object.fromEntries(
    scored.map(([id, { value, reason }]) => [id, { value: value ? parse(value) : null, reason }]),
  );
}
