/**
 * Words for how many and for when.
 *
 * @typedef {{other: string} & Partial<Record<Intl.LDMLPluralRule, string>>} Forms A text for each kind of number that the page's
 *   language tells apart, with placeholders such as `{count}`. In English these are `one` and `other`.
 */
import { fill, language, sayDate } from "#client/words.js";

/**
 * Say how many, in the singular or the plural.
 *
 * @param {number} count - Of what is counted.
 * @param {Forms} forms - Written out where it is called, so that another language finds its own.
 * @param {Record<string, string | number>} [values] - What fills the other placeholders.
 * @returns {string} Filled.
 */
export function sayCount(count, forms, values = {}) {
  return fill(forms[new Intl.PluralRules(language()).select(count)] ?? forms.other, { count, ...values });
}

/**
 * Say a day as people do.
 *
 * @param {string} moment - Such as `2026-06-03T09:30:00Z`.
 * @returns {string} Such as `3 June`, with the year when it is not this one.
 */
export function sayDay(moment) {
  return sayDate(moment, new Date(moment).getFullYear() === new Date().getFullYear() ? undefined : "numeric");
}
