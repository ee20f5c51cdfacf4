/**
 * The words that the browser itself says. Each is written out in a call of `say`: a site in another language is published with
 * its own words there, from generator/languages/. So another language costs a page nothing.
 */

/**
 * Say something that stands in a script and not in the framework.
 *
 * @param {string} text - Written out here, with placeholders such as `{count}`.
 * @param {Record<string, string | number>} [values] - What fills them. What is not given stays, to be filled by `fill`.
 * @returns {string} Filled.
 */
export function say(text, values = {}) {
  return fill(text, values);
}

/** @returns {string} The page's language. */
export const language = () => document.documentElement.lang || "en-GB";

/**
 * Fill placeholders. What is not given stays as it is.
 *
 * @param {string} text - With placeholders such as `{lowest}`.
 * @param {Record<string, string | number>} values - By name.
 * @returns {string} Filled.
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (placeholder, name) =>
    String(Object.hasOwn(values, name) ? values[name] : placeholder),
  );
}

// What follows, words_own.js does on a site in another language than English: not every browser knows every language.

/**
 * Join names as a sentence does.
 *
 * @param {readonly string[]} names - Any number.
 * @returns {string} Such as `a, b and c`.
 */
export const listed = (names) => new Intl.ListFormat(language()).format(names);

/**
 * Say a day as people do.
 *
 * @param {string | number | Date} moment - Such as `2026-06-03T09:30:00Z`.
 * @param {"numeric"} [year] - Whether its year is said, where a language can do without.
 * @returns {string} Such as `3 June 2026`.
 */
export const sayDate = (moment, year) =>
  new Date(moment).toLocaleDateString(language(), { day: "numeric", month: "long", year });
