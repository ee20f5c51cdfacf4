/**
 * From where we are to where we need to be: which questions to work on first, by rule. Knows no page.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/score.js").Fraction} Fraction
 * @typedef {import("#client/results.js").PageFramework} PageFramework
 * @typedef {import("#client/results.js").Answers} Answers
 *
 * @typedef {object} Aim - A dimension below its target.
 * @property {string} lens - Id.
 * @property {string} dimension - Id.
 * @property {number} target - A level.
 * @property {Fraction} distance - Levels still to go.
 *
 * @typedef {object} Entry - A question to work on.
 * @property {string} id - Of the indicator.
 * @property {number} level - That was answered.
 * @property {Aim[]} aims - The dimensions that it moves towards their targets, the furthest first; none without targets.
 */
import { compare, fraction, parse, subtract } from "#client/fraction.js";

/**
 * Find the dimensions that have a target above their value, the furthest first.
 *
 * @param {PageFramework} framework - The page's data.
 * @param {Record<string, number>} targets - Levels, by `lens/dimension`.
 * @param {Fields} result - Of the sheet.
 * @returns {Aim[]} Of equals, in the order of the lenses.
 */
export function aimsOf({ lenses }, targets, result) {
  const aims = lenses.flatMap(({ id: lens, dimensions }) =>
    dimensions.flatMap(({ id: dimension }) => {
      const target = targets[`${lens}/${dimension}`];
      const { value } = result.lenses[lens].dimensions[dimension];
      if (!target || !value) return [];
      const distance = subtract(fraction(target), parse(value));
      return distance.n > 0n ? [{ lens, dimension, target, distance }] : [];
    }),
  );
  return aims.sort((a, b) => compare(b.distance, a.distance));
}

/**
 * List the questions to work on. Each aim is served by the lowest of its questions that is below the target; of equals, by
 * the one that feeds most of the lenses reported, then by the one asked first. First come the questions that serve the
 * furthest aim, then those that serve more aims. Without targets: the lowest questions, by the same order of equals.
 *
 * @param {PageFramework} framework - The page's data.
 * @param {Answers} answers - Those that count.
 * @param {Aim[]} aims - As `aimsOf` gives them.
 * @returns {Entry[]} All of them.
 */
export function shortlist({ lenses, revisions }, answers, aims) {
  const feeds = (/** @type {string} */ id) =>
    lenses.filter(({ dimensions }) => dimensions.some(({ indicators }) => indicators.includes(id))).length;
  const level = (/** @type {string} */ id) => Number(answers[id]);
  const byNeed = Object.keys(revisions)
    .filter((id) => typeof answers[id] === "number")
    .sort((a, b) => level(a) - level(b) || feeds(b) - feeds(a));
  if (!aims.length) return byNeed.map((id) => ({ id, level: level(id), aims: [] }));
  const all = byNeed.map((id) => ({ id, level: level(id), aims: aims.filter((aim) => servant(aim) === id) }));
  return all
    .filter((entry) => entry.aims.length)
    .sort((a, b) => compare(b.aims[0].distance, a.aims[0].distance) || b.aims.length - a.aims.length);

  /** @type {(aim: Aim) => string | undefined} */
  function servant({ lens, dimension, target }) {
    const part = lenses.find(({ id }) => id === lens)?.dimensions.find(({ id }) => id === dimension);
    return byNeed.find((id) => part?.indicators.includes(id) && level(id) < target);
  }
}
