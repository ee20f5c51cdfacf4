/**
 * What is fetched of the framework, and for the page's looks, when it is wanted: most of it never is.
 */

/**
 * Fetch what the framework says of one thing.
 *
 * @param {string} name - Such as `signs`.
 * @returns {Promise<any>} Nothing, where it cannot be fetched.
 */
export const fetched = (name) =>
  import(`#framework/${name}.js`).then(
    (module) => module.default,
    () => undefined,
  );

/** @type {Promise<void> | undefined} */
let looks;

/** @returns {Promise<void>} Once what is fetched later looks as it should. */
export function dressed() {
  looks ??= fetched("looks").then((css) => {
    if (!css) looks = undefined; // to be tried again
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css ?? "");
    document.adoptedStyleSheets.push(sheet);
  });
  return looks;
}
