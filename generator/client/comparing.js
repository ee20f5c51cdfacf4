/**
 * Two sheets side by side: what changed between two dates, lens by lens (METHOD 2.12). Knows no page and no storage.
 *
 * Both are scored anew, over the questions in the same words to which both give a level, or which both say do not apply: else a
 * difference could come from what was asked, or from what was left open. All else is blank, and the ordinary minimum decides.
 *
 * @typedef {import("#client/results.js").PageFramework} PageFramework
 * @typedef {import("#client/score.js").Answer} Answer
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/score.js").Part} Part
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 *
 * @typedef {object} ValueChange - A value on two dates: exactly as `change.js` has it, and as a page shows it.
 * @property {string} first - Such as `7/3`.
 * @property {string} second
 * @property {string} difference
 * @property {string} clear_change_at
 * @property {string} finding - `moved-up`, `moved-down` or `no-clear-change`.
 * @property {string} first_shown - Such as `2.3`.
 * @property {string} second_shown
 * @property {number} first_band - The level; for a lens as its rule gives it, so it may be held down.
 * @property {number} second_band
 *
 * @typedef {{compared: true, questions: number, of: number, whole: boolean} & ValueChange} DimensionCompared - On levels for how
 *   many of the questions that the form asks; `whole` where a page shows its number.
 * @typedef {{compared: false, reason: "no-shared-questions" | "too-few-answers"}} DimensionLeftOut
 * @typedef {DimensionCompared | DimensionLeftOut} DimensionChange
 *
 * @typedef {object} LensChange
 * @property {string} rule
 * @property {Record<string, DimensionChange>} dimensions - By id.
 * @property {ValueChange} [value] - Where the rule gives one: the lowest part's for alignment and balance, the mean for compensatory.
 * @property {{first: string, second: string, first_shown: string, second_shown: string}} [gap] - Likewise.
 * @property {{first: number, second: number, of: number}} [count] - For coverage, where it applies: parts in place, of those compared.
 * @property {{first: string, second: string}} states - Over the questions compared.
 *
 * @typedef {"changed" | "not-in-earlier" | "not-in-later" | "no-level"} Reason - The last: both answer, and not both on the scale.
 *
 * @typedef {object} Comparison
 * @property {string[]} compared - Indicators that take part, in the order of the form.
 * @property {{id: string, reason: Reason}[]} not_compared - All others that the form asks.
 * @property {Record<string, LensChange>} lenses - By id.
 */
import { change, clearChange } from "#client/change.js";
import { sayCount } from "#client/counts.js";
import { band, parse, shown } from "#client/fraction.js";
import { score } from "#client/score.js";
import { answersOf } from "#client/sheet.js";
import { keptOf } from "#client/taking.js";
import { say } from "#client/words.js";

/**
 * Compare two sheets.
 *
 * @param {PageFramework} framework - The page's data.
 * @param {Sheet} earlier - Taken over into this form, as `takenOver` does.
 * @param {Sheet} later - Likewise.
 * @returns {Comparison} Exact.
 */
export function compareSheets(framework, earlier, later) {
  const { form, lenses, revisions } = framework;
  const [before, after] = [earlier, later].map((sheet) => answersOf(sheet, revisions));
  const asked = Object.keys(revisions);
  const compared = asked.filter((id) => takesPart(before[id], after[id]));
  const kept = [earlier, later].flatMap((sheet) => keptOf(sheet, revisions));
  const changed = new Set(kept.filter(([id, given]) => given.revision !== revisions[id]).map(([id]) => id));
  /** @type {(id: string) => Reason} */
  const reason = (id) => {
    const [earlierHas, laterHas] = [before, after].map((all) => Object.hasOwn(all, id));
    if (earlierHas && laterHas) return "no-level";
    if (changed.has(id)) return "changed";
    // What is missing in both would not be comparable if it were answered now: that, the earlier one decides.
    return earlierHas ? "not-in-later" : "not-in-earlier";
  };
  const [first, second] = [before, after].map((all) => {
    const answers = Object.fromEntries(compared.map((id) => [id, all[id]]));
    return score(framework, { form, answers }).lenses;
  });
  return {
    compared,
    not_compared: asked.filter((id) => !compared.includes(id)).map((id) => ({ id, reason: reason(id) })),
    lenses: Object.fromEntries(
      lenses.map(({ id, dimensions }) => [id, lensChange(framework, compared, dimensions, first[id], second[id])]),
    ),
  };
}

/** @type {(...both: Answer[]) => boolean} */
const takesPart = (...both) =>
  both.every((each) => typeof each === "number") || both.every((each) => each === "not-applicable");

/**
 * Both have levels for the same questions: what has a score on one date has one on the other.
 *
 * @type {(framework: PageFramework, compared: string[], parts: Part[], first: Fields, second: Fields) => LensChange}
 */
function lensChange({ settings }, compared, parts, first, second) {
  const clearAt = clearChange(settings);
  /** @type {(one: Fields, other: Fields) => ValueChange} */
  const values = (one, other) => ({
    .../** @type {any} */ (change(parse(one.value), parse(other.value), clearAt)),
    first_shown: one.shown,
    second_shown: other.shown,
    first_band: one.band,
    second_band: other.band,
  });
  /** @type {(part: Part) => DimensionChange} */
  const dimensionChange = ({ id, indicators, is_part }) => {
    const one = first.dimensions[id];
    if (!one.scored) {
      const shared = indicators.some((each) => compared.includes(each));
      return { compared: false, reason: shared ? "too-few-answers" : "no-shared-questions" };
    }
    const of = indicators.length;
    const whole = of > 1 && !is_part; // as results have it
    return { compared: true, questions: one.levels_given, of, whole, ...values(one, second.dimensions[id]) };
  };
  return {
    rule: first.rule,
    dimensions: Object.fromEntries(parts.map((part) => [part.id, dimensionChange(part)])),
    ...(first.value && { value: values(first, second), gap: gapOf(first.gap, second.gap) }),
    ...(first.attended && countOf(first, second)),
    states: { first: first.state, second: second.state },
  };
}

/** @type {(first: string, second: string) => LensChange["gap"]} */
const gapOf = (first, second) => ({
  first,
  second,
  first_shown: shown(parse(first)),
  second_shown: shown(parse(second)),
});

/** @type {(first: Fields, second: Fields) => Pick<LensChange, "count"> | undefined} */
function countOf({ state, count, not_attended }, second) {
  const of = count + not_attended.length;
  return of && state !== "lens-does-not-apply" ? { count: { first: count, second: second.count, of } } : undefined;
}

/**
 * Say what changed in a dimension.
 *
 * @param {DimensionChange} dimension - As `compareSheets` has it.
 * @param {string[]} levels - Their names.
 * @returns {string} For its row.
 */
export function sayChange(dimension, levels) {
  if (!dimension.compared) {
    return dimension.reason === "no-shared-questions"
      ? say("Not compared: no answers to the same questions")
      : say("Not compared: too few answers");
  }
  const { questions, of, whole } = dimension;
  const words = { ...wordsOf(dimension, levels, whole), questions, of };
  return questions < of
    ? say("Was {first}, now {second}, on {questions} of {of} questions: {finding}", words)
    : say("Was {first}, now {second}: {finding}", words);
}

/**
 * Say what changed in a lens as a whole.
 *
 * @param {LensChange} lens - As `compareSheets` has it.
 * @param {{levels: string[]}} framework - Names of levels.
 * @returns {string} A sentence or two; empty where its rule adds nothing up, or where it has no score on both dates.
 */
export function sayLensChange({ rule, dimensions, value, gap, count }, { levels }) {
  if (count) {
    const forms = {
      one: "In place: {first} of the {count} part compared, now {second}.",
      other: "In place: {first} of the {count} parts compared, now {second}.",
    };
    return sayCount(count.of, forms, count);
  }
  if (!value || !gap) return "";
  const withNumbers = Object.values(dimensions).every((each) => each.compared && each.whole);
  const words = wordsOf(value, levels, withNumbers);
  const said =
    rule === "compensatory"
      ? say("Together the parts were {first}, now {second}: {finding}.", words)
      : say("The lowest part was {first}, now {second}: {finding}.", words);
  if (!withNumbers) return said;
  const apart = { first: gap.first_shown, second: gap.second_shown };
  return `${said} ${say("Lowest and highest part were {first} levels apart, now {second}.", apart)}`;
}

/**
 * Say what to ask where something has moved down: people often mark harder once they know more (response shift, METHOD 2.12).
 *
 * @returns {string} A question and its reason.
 */
export const sayMovedDown = () =>
  say(
    "Did we slip, or did we learn to see more? People often mark harder once they know more, so talk before you call it a loss.",
  );

/** @type {(value: ValueChange, levels: string[], withNumbers: boolean) => {first: string, second: string, finding: string}} */
function wordsOf(value, levels, withNumbers) {
  const { finding, first, first_shown, first_band, second, second_shown, second_band } = value;
  const moved = finding === "moved-up" ? say("moved up") : say("moved down");
  return {
    first: levelOf(first, first_band, levels, withNumbers && first_shown),
    second: levelOf(second, second_band, levels, withNumbers && second_shown),
    finding: finding === "no-clear-change" ? say("no clear change") : moved,
  };
}

/**
 * Level names first, numbers second (METHOD 2.6). What is not whole has no number (METHOD 2.5), nor has a level that is held down.
 *
 * @type {(value: string, level: number, levels: string[], number: string | false) => string}
 */
function levelOf(value, at, levels, number) {
  const [level, before] = [at, band(parse(value))].map((each) => levels[each - 1]);
  if (before !== level) return say("{level}, held down from {before}", { level, before });
  return number ? say("{level} ({number})", { level, number }) : level;
}
