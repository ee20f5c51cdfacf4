/**
 * A sheet from elsewhere is laid on the page, and the page says what became of all that it holds. Fetched with the first.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */

import { tellOf } from "#client/asked_before.js";
import { element, link } from "#client/elements.js";
import { lay } from "#client/saving.js";
import { say } from "#client/words.js";

/** Questions that are asked again, with a link at once. All others have theirs under "Check your answers". */
const MOST_LINKS = 3;

/**
 * Put a sheet on the page.
 *
 * @param {Panel} panel - Of the page.
 * @param {Sheet} read - As it was read.
 * @param {Sheet} sheet - Taken over into this form.
 * @param {string} said - Where it comes from, in a sentence.
 */
export async function arrive(panel, read, sheet, said) {
  const { words, again } = await tellOf(read, sheet, panel.desk.framework);
  lay(panel, sheet, null, said);
  if (!words.length) return;
  const $words = words.map((each) => element("li", each));
  const links = again.slice(0, MOST_LINKS).flatMap(({ id, label }, place) => {
    const $link = link(id);
    $link.textContent = label;
    return [place ? ", " : " ", $link];
  });
  if (links.length) $words.push(element("li", say("To be answered again:"), ...links));
  document.getElementById("balcony-banner")?.append(element("ul", ...$words));
}
