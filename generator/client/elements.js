/**
 * What the pages make of words: elements, links to what stands on the page, and files.
 */

/**
 * Say something, or hide where it would stand.
 *
 * @param {Element} $root - Holds it.
 * @param {string} selector - Where.
 * @param {string} words - What; empty for nothing.
 */
export function text($root, selector, words) {
  const $element = /** @type {HTMLElement} */ ($root.querySelector(selector));
  $element.textContent = words;
  $element.hidden = !words;
}

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name - Of the element.
 * @param {(string | Node)[]} children - What it holds.
 * @returns {HTMLElementTagNameMap[Name]} Not yet on the page.
 */
export function element(name, ...children) {
  const $element = document.createElement(name);
  $element.append(...children);
  return $element;
}

/**
 * Name a question, a section or a lens, and lead to it.
 *
 * @param {string} id - Where it stands.
 * @returns {HTMLElement} A link.
 */
export function link(id) {
  const $link = element("a", document.getElementById(id)?.querySelector("legend, h1, h2, h3")?.textContent ?? id);
  $link.href = `#${id}`;
  return $link;
}

/**
 * Offer a file. Nothing is sent anywhere.
 *
 * @param {string} download - Its name.
 * @param {string} text - What it holds.
 */
export function offer(download, text) {
  const href = URL.createObjectURL(new Blob([text]));
  Object.assign(document.createElement("a"), { href, download }).click();
  // Some browsers read it only after a while.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
