/**
 * The words that the browser itself says. The English text is the key of the catalogue; the page brings other languages.
 */

/** @type {Record<string, string>} */
let catalogue = {};

/** @type {Intl.ListFormat | undefined} */
let lists;

/**
 * Use the words that a page brings.
 *
 * @param {Record<string, string>} [words] - By their English text.
 */
export function useWords(words = {}) {
  catalogue = words;
}

/**
 * Say something in the page's language.
 *
 * @param {string} text - In English, with placeholders such as `{count}`.
 * @param {Record<string, string | number>} [values] - What fills them.
 * @returns {string} In the page's language.
 */
export function say(text, values = {}) {
  return fill(catalogue[text] ?? text, values);
}

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

/**
 * Join names as a sentence does.
 *
 * @param {readonly string[]} names - Any number.
 * @returns {string} Such as `a, b and c`.
 */
export function listed(names) {
  lists ??= new Intl.ListFormat(document.documentElement.lang || "en-GB", { type: "conjunction" });
  return lists.format(names);
}
