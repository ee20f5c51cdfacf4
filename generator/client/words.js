/**
 * The words that the browser itself says: all of them go through `say`, so that there is one place to put another language.
 */

/** @type {Intl.ListFormat | undefined} */
let lists;

/**
 * Say something that stands in a script and not in the framework.
 *
 * @param {string} text - With placeholders such as `{count}`.
 * @param {Record<string, string | number>} [values] - What fills them.
 * @returns {string} Filled.
 */
export function say(text, values = {}) {
  return fill(text, values);
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
