/**
 * Figures for those who maintain a framework, never for a team's page, equal to `generator/research.py` (METHOD 2.12, 2.13).
 *
 * @typedef {import("#client/fraction.js").Fraction} Fraction
 */
import { compare, divide, fraction, mean, multiply, subtract, sum } from "#client/fraction.js";

/**
 * Compute r_wg: 1 less the variance over that of equally likely levels, not below 0.
 *
 * @param {Fraction} sampleVariance - Of the levels on one question.
 * @param {number} top - The highest level.
 * @returns {Fraction} From 0 to 1.
 */
export function withinGroupAgreement(sampleVariance, top) {
  const agreement = subtract(fraction(1), divide(sampleVariance, fraction(top ** 2 - 1, 12)));
  return compare(agreement, fraction(0)) < 0 ? fraction(0) : agreement;
}

/**
 * Compute the sample variance.
 *
 * @param {readonly number[]} values - At least two.
 * @returns {Fraction} Exact.
 */
export function variance(values) {
  const exact = values.map((value) => fraction(value));
  const apart = exact.map((value) => subtract(value, mean(exact)));
  return divide(sum(apart.map((each) => multiply(each, each))), fraction(values.length - 1));
}

/**
 * Compute Cronbach's alpha (METHOD 2.13 says why it is not the quality test here).
 *
 * @param {readonly (readonly number[])[]} rows - A row for each person, a column for each question.
 * @returns {Fraction} At most 1.
 */
export function alpha(rows) {
  const questions = rows[0].length;
  const within = sum(rows[0].map((_, column) => variance(rows.map((row) => row[column]))));
  const total = variance(rows.map((row) => row.reduce((a, b) => a + b, 0)));
  return multiply(fraction(questions, questions - 1), subtract(fraction(1), divide(within, total)));
}

/**
 * Compute the change that chance alone rarely makes (Jacobson and Truax).
 *
 * @param {number} sd - Standard deviation of a value, in levels.
 * @param {number} reliability - From 0 to 1.
 * @param {number} [people] - Whose mean is compared.
 * @returns {number} In levels.
 */
export function smallestClearChange(sd, reliability, people = 1) {
  return (1.96 * Math.SQRT2 * sd * Math.sqrt(1 - reliability)) / Math.sqrt(people);
}
