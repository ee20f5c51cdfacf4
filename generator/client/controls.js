/**
 * Controls that are made in the browser, and copying. Fetched with what needs them.
 */
import { element } from "#client/elements.js";
import { say } from "#client/words.js";

/**
 * Make a button.
 *
 * @param {string} words - Its name.
 * @param {string} [more] - What only those hear who do not see what it belongs to.
 * @returns {HTMLButtonElement} Not yet on the page.
 */
export function button(words, more = "") {
  const $button = element("button", words, ...(more ? [unseen(` ${more}`)] : []));
  $button.type = "button";
  return $button;
}

/**
 * Say something that is heard and not seen.
 *
 * @param {string} words - For the end of a control's name.
 * @returns {HTMLElement} Not yet on the page.
 */
export const unseen = (words) => Object.assign(element("span", words), { className: "unseen" });

/**
 * Copy what an area holds.
 *
 * @param {HTMLTextAreaElement} $area - Is marked, where the browser does not let a page copy.
 * @returns {Promise<string>} What came of it.
 */
export async function copy($area) {
  try {
    await navigator.clipboard.writeText($area.value);
    return say("Copied.");
  } catch {
    $area.focus();
    $area.select();
    return say("Your browser does not let this page copy. The words are marked: copy them yourself.");
  }
}
