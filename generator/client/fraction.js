/**
 * Exact numbers: integers over integers, so that the browser and Python agree to the last digit.
 *
 * @typedef {Readonly<{n: bigint, d: bigint}>} Fraction In lowest terms; `d` is positive.
 */

/**
 * Make a fraction in lowest terms.
 *
 * @param {bigint | number} n - Above the line.
 * @param {bigint | number} [d] - Below the line, not 0.
 * @returns {Fraction} Equal to `n / d`.
 */
export function fraction(n, d = 1n) {
  let [above, below] = [BigInt(n), BigInt(d)];
  if (below < 0n) [above, below] = [-above, -below];
  let [a, b] = [above < 0n ? -above : above, below];
  while (b) [a, b] = [b, a % b];
  return { n: above / (a || 1n), d: below / (a || 1n) };
}

/**
 * Read a whole number, or the text of a fraction.
 *
 * @param {number | string} text - Such as `3`, `"3"` or `"5/3"`.
 * @returns {Fraction} The same number.
 */
export function parse(text) {
  const [n, d = "1"] = String(text).split("/");
  return fraction(BigInt(n), BigInt(d));
}

/** @type {(a: Fraction, b: Fraction) => Fraction} */
export const add = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);

/** @type {(a: Fraction, b: Fraction) => Fraction} */
export const subtract = (a, b) => fraction(a.n * b.d - b.n * a.d, a.d * b.d);

/** @type {(a: Fraction, b: Fraction) => Fraction} */
export const multiply = (a, b) => fraction(a.n * b.n, a.d * b.d);

/** The first by the second, which is not 0. @type {(a: Fraction, b: Fraction) => Fraction} */
export const divide = (a, b) => fraction(a.n * b.d, a.d * b.n);

/** @type {(a: Fraction) => Fraction} */
export const absolute = (a) => (a.n < 0n ? { n: -a.n, d: a.d } : a);

/**
 * Compare two fractions.
 *
 * @param {Fraction} a - One.
 * @param {Fraction} b - The other.
 * @returns {number} Below 0 when a is less, 0 when they are equal, above 0 when a is more.
 */
export function compare(a, b) {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The sum; of none, 0. @type {(values: readonly Fraction[]) => Fraction} */
export const sum = (values) => values.reduce(add, fraction(0));

/** The mean, of at least one. @type {(values: readonly Fraction[]) => Fraction} */
export const mean = (values) => divide(sum(values), fraction(values.length));

/** The lowest, of at least one. @type {(values: readonly Fraction[]) => Fraction} */
export const lowest = (values) => values.reduce((a, b) => (compare(b, a) < 0 ? b : a));

/** The highest, of at least one. @type {(values: readonly Fraction[]) => Fraction} */
export const highest = (values) => values.reduce((a, b) => (compare(b, a) > 0 ? b : a));

/**
 * Write a fraction as the result's JSON has it.
 *
 * @param {Fraction} value - Any.
 * @returns {string} Such as `"3"` or `"5/3"`.
 */
export function text(value) {
  return value.d === 1n ? String(value.n) : `${value.n}/${value.d}`;
}

/**
 * Write a fraction as a page shows it: half up (METHOD 5, "Rounding, once").
 *
 * @param {Fraction} value - Any.
 * @param {number} [places] - Digits after the point.
 * @returns {string} Such as `"1.7"`.
 */
export function shown(value, places = 1) {
  const unit = 10n ** BigInt(places);
  const whole = floor(2n * unit * value.n + value.d, 2n * value.d);
  const digits = whole < 0n ? -whole : whole;
  return `${whole < 0n ? "-" : ""}${digits / unit}.${String(digits % unit).padStart(places, "0")}`;
}

/**
 * Find the level that a value is nearest to; half-way goes down (METHOD 2.6).
 *
 * @param {Fraction} value - From 1 to the highest level.
 * @returns {number} The level.
 */
export function band(value) {
  return Number(floor(2n * value.n + value.d - 1n, 2n * value.d));
}

/** @type {(n: bigint, d: bigint) => bigint} */
const floor = (n, d) => (n < 0n && n % d ? n / d - 1n : n / d);
