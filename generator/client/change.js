/**
 * What changed between two dates, and what is too small to be called a change, equal to `generator/change.py` (METHOD 2.12).
 *
 * @typedef {import("#client/fraction.js").Fraction} Fraction
 */
import { absolute, compare, parse, subtract, text } from "#client/fraction.js";

/**
 * Say how many levels make a clear change.
 *
 * @param {import("#client/score.js").Settings} settings - The framework's thresholds.
 * @param {[number, number]} [people] - How many answered on each date; left out for one sheet, or one agreed sheet.
 * @returns {Fraction} In levels.
 */
export function clearChange(settings, people) {
  const team = people && Math.min(...people) >= Number(settings.clear_change_team_size);
  return parse(team ? settings.clear_change_team : settings.clear_change_sheet);
}

/**
 * Compare a value on two dates.
 *
 * @param {Fraction} first - On the first date.
 * @param {Fraction} second - On the second date.
 * @param {Fraction} clearAt - Levels, from which it is called a change.
 * @returns {Record<string, string>} Both values, the difference, from where it counts, and the finding.
 */
export function change(first, second, clearAt) {
  const difference = subtract(second, first);
  const clear = compare(absolute(difference), clearAt) >= 0;
  return {
    first: text(first),
    second: text(second),
    difference: text(difference),
    clear_change_at: text(clearAt),
    finding: clear ? (difference.n > 0n ? "moved-up" : "moved-down") : "no-clear-change",
  };
}
