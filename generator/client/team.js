/**
 * Several people's answers together, equal to `generator/team.py` (METHOD 2.9 to 2.11).
 *
 * What could tell of a person in a small group is never in what these functions return.
 *
 * @typedef {import("#client/fraction.js").Fraction} Fraction
 * @typedef {import("#client/score.js").Answer} Answer
 * @typedef {import("#client/score.js").Settings} Settings
 * @typedef {import("#client/score.js").Fields} Fields
 *
 * @typedef {object} Spread How a group's levels lie on one question.
 * @property {Fraction} mean
 * @property {Fraction} median
 * @property {number} lowest
 * @property {number} highest
 * @property {Fraction} ad_mean - Average distance from the mean, in levels (Burke and Dunlap 2002).
 * @property {Fraction} ad_median
 * @property {Fraction | null} sample_variance - Null for one person.
 * @property {"close" | "some-spread" | "wide" | null} agreement - In a word; null with too few people for one.
 * @property {boolean} far_apart_voice - Whether two people are so far apart that an average would hide it.
 */
import { absolute, compare, divide, fraction, mean, multiply, parse, subtract, sum, text } from "#client/fraction.js";

/** Why something is not shown. */
export const TOO_FEW = "fewer-than-minimum-group";

/**
 * Say how close a group's levels are.
 *
 * @param {readonly number[]} levels - The levels given, at least one.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {Spread} Exact.
 */
export function spread(levels, settings) {
  const counts = Array(Math.max(...levels)).fill(0);
  for (const level of levels) counts[level - 1]++;
  return spreadOf(counts, settings);
}

/**
 * Say the same, from how many people gave each level.
 *
 * @param {readonly number[]} counts - People, from level 1 up; at least one.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {Spread} Exact.
 */
export function spreadOf(counts, settings) {
  const given = counts.map((people, at) => ({ level: at + 1, people })).filter(({ people }) => people);
  const count = given.reduce((all, { people }) => all + people, 0);
  const average = fraction(
    given.reduce((all, { level, people }) => all + level * people, 0),
    count,
  );
  const middle = fraction(nth(given, (count - 1) >> 1) + nth(given, count >> 1), 2);
  const total = (/** @type {(difference: Fraction) => Fraction} */ of, /** @type {Fraction} */ from) =>
    sum(given.map(({ level, people }) => multiply(of(subtract(fraction(level), from)), fraction(people))));
  const distance = (/** @type {Fraction} */ from) => divide(total(absolute, from), fraction(count));
  const squares = total((each) => multiply(each, each), average);
  const [low, high] = [given[0].level, given[given.length - 1].level];
  const ad_mean = distance(average);
  return {
    mean: average,
    median: middle,
    lowest: low,
    highest: high,
    ad_mean,
    ad_median: distance(middle),
    sample_variance: count > 1 ? divide(squares, fraction(count - 1)) : null,
    agreement: count < Number(settings.minimum_for_spread) ? null : agreement(ad_mean, settings),
    far_apart_voice: high - low >= Number(settings.far_apart),
  };
}

/** @type {(given: {level: number, people: number}[], place: number) => number} The level of one, in order, counted from 0. */
function nth(given, place) {
  let before = 0;
  for (const { level, people } of given) {
    before += people;
    if (place < before) return level;
  }
  throw new RangeError();
}

/** @type {(ad_mean: Fraction, settings: Settings) => "close" | "some-spread" | "wide"} */
function agreement(ad_mean, { wide_spread, close_spread }) {
  if (compare(ad_mean, parse(wide_spread)) > 0) return "wide";
  return compare(ad_mean, parse(close_spread)) <= 0 ? "close" : "some-spread";
}

/**
 * Look at one question, as far as it may be shown.
 *
 * @param {readonly Answer[]} answers - One for each person who was asked.
 * @param {number} minimumGroup - People with a level, for anything to be shown.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {[Fields, Spread | null]} How many answered and how; and the spread, or null where too few gave a level.
 */
export function teamQuestion(answers, minimumGroup, settings) {
  const levels = answers.filter((answer) => typeof answer === "number");
  const not_sure = answers.filter((answer) => answer === "not-sure").length;
  const counts = { people: answers.length, levels_given: levels.length, not_sure };
  if (levels.length < minimumGroup) return [{ ...counts, visible: false, reason: TOO_FEW }, null];
  return [{ ...counts, visible: true }, spread(levels, settings)];
}

/**
 * Average people's own values in a dimension.
 *
 * @param {readonly (Fraction | null)[]} values - Null for those without one.
 * @param {number} minimumGroup - People with a value, for anything to be shown.
 * @returns {Fraction | null} The mean; null where too few have a value.
 */
export function teamDimension(values, minimumGroup) {
  const scored = values.filter((value) => value !== null);
  return scored.length >= minimumGroup ? mean(scored) : null;
}

/**
 * Find the subgroups that may be shown, so that no hidden one can be worked out (METHOD 2.10, complementary hiding).
 *
 * @param {Record<string, number>} sizes - People in each subgroup.
 * @param {number} minimumGroup - People, for a subgroup to be shown.
 * @returns {string[]} Their ids.
 */
export function visibleSubgroups(sizes, minimumGroup) {
  const people = (/** @type {string[]} */ ids) => ids.reduce((total, id) => total + sizes[id], 0);
  const all = Object.keys(sizes);
  const visible = all.filter((id) => sizes[id] >= minimumGroup).sort((a, b) => sizes[a] - sizes[b] || (a < b ? -1 : 1));
  const hidden = () => people(all) - people(visible);
  while (visible.length && hidden() > 0 && hidden() < minimumGroup) visible.shift();
  return all.filter((id) => visible.includes(id));
}

/**
 * Set a team's own value beside what others say of it; always "possible" (METHOD 2.11).
 *
 * @param {Fraction} own - The team's value.
 * @param {readonly Fraction[]} others - The others' values.
 * @param {number} minimumGroup - Others, for anything to be shown.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {Fields} `visible`, and if so the others' mean, the gap and the finding.
 */
export function othersView(own, others, minimumGroup, settings) {
  if (others.length < minimumGroup) return { visible: false, reason: TOO_FEW };
  const average = mean(others);
  const gap = subtract(own, average);
  return { visible: true, others_mean: text(average), gap: text(gap), finding: gapFinding(gap, settings) };
}

/**
 * Say what a team's own value less the others' mean may come from.
 *
 * @param {Fraction} gap - In levels.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {string} Always "possible".
 */
export function gapFinding(gap, settings) {
  if (compare(absolute(gap), parse(settings.others_gap)) < 0) return "no-clear-difference";
  return gap.n > 0n ? "possible-blind-spot" : "possible-hidden-strength";
}
