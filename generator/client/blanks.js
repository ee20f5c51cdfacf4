/**
 * The gentle check: a section that is left with blanks says so once, and blocks nothing. Fetched only when there are any.
 */
import { sayCount } from "#client/counts.js";
import { showNotice } from "#client/notice.js";
import { say } from "#client/words.js";

/**
 * Point the blanks out.
 *
 * @param {Element[]} blank - The questions without an answer.
 */
export function pointOut(blank) {
  showNotice(
    sayCount(blank.length, {
      one: "{count} question on this page has no answer",
      other: "{count} questions on this page have no answer",
    }),
    say("Answer what you can, or select Continue again. You can come back at any time."),
    blank.map(($question) => ({
      text: $question.querySelector("legend")?.textContent ?? "",
      $at: /** @type {HTMLElement} */ ($question.querySelector("input")),
    })),
    false,
  );
}
