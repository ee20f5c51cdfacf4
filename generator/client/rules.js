/**
 * What sheets of this framework may hold, for whoever brings one from elsewhere. Fetched with the first.
 */

/**
 * Fetch the rules.
 *
 * @returns {Promise<import("#client/reading.js").SheetRules>} For `readSheet`.
 */
export async function sheetRules() {
  const name = "sheets"; // a file of the built site: tools that read the sources find none by that name
  const module = await import(`#framework/${name}.js`);
  return module.default;
}
