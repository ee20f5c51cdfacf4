/**
 * Words for how many and for when.
 */
import { say } from "#client/words.js";

/**
 * Say how many, in the singular or the plural.
 *
 * @param {number} count - Of what is counted.
 * @param {string} one - For 1, with placeholders such as `{count}`.
 * @param {string} many - For any other number.
 * @param {Record<string, string | number>} [values] - What fills the others.
 * @returns {string} Filled.
 */
export function sayCount(count, one, many, values = {}) {
  return say(count === 1 ? one : many, { count, ...values });
}

/**
 * Say a day as people do.
 *
 * @param {string} moment - Such as `2026-06-03T09:30:00Z`.
 * @returns {string} Such as `3 June`, with the year when it is not this one.
 */
export function sayDay(moment) {
  const day = new Date(moment);
  const year = day.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString(document.documentElement.lang || "en-GB", { day: "numeric", month: "long", year });
}
