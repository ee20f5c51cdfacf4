/**
 * A word at each question that was answered before it changed: it is asked again, and says what the answer was. Fetched only when
 * a sheet has such an answer.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/asked_before.js").Kept} Kept
 */

import { whatBecame } from "#client/asked_before.js";
import { element } from "#client/elements.js";
import { choice } from "#client/kept.js";
import { say } from "#client/words.js";

/**
 * Show it for the sheet on the page, in place of what was shown for another.
 *
 * @param {Panel} panel - Of the page.
 */
export async function showChanged({ desk }) {
  const { framework } = desk;
  const sheet = desk.sheet();
  const { kept } = await whatBecame(sheet, framework);
  if (desk.sheet() !== sheet) return; // another was laid meanwhile, and shows its own
  for (const $old of document.querySelectorAll("[data-changed]")) {
    $old.parentElement?.removeAttribute("aria-describedby");
    $old.remove();
  }
  /** @type {Map<string, Kept[]>} */
  const byQuestion = new Map();
  for (const each of kept)
    if (Object.hasOwn(framework.revisions, each.id))
      byQuestion.set(each.id, [...(byQuestion.get(each.id) ?? []), each]);
  for (const [id, all] of byQuestion) {
    const $question = /** @type {HTMLElement} */ (document.getElementById(id));
    const $word = element("div", ...all.flatMap((each) => wordOf(each, framework.levels)));
    Object.assign($word, { id: `balcony-changed-${id}`, className: "changed" });
    $word.dataset.changed = "";
    const $said = /** @type {HTMLElement} */ ($word.firstElementChild);
    $said.id = `${$word.id}-said`;
    $question.setAttribute("aria-describedby", $said.id);
    $question.querySelector("legend")?.after($word);
  }
}

const SAID = {
  changed: say("You answered this before it changed:"),
  unknown: say("You answered this in words that this page does not know:"),
  aside: say("An earlier answer to this was put aside:"),
  removed: "",
  elsewhere: "",
};

/** @type {(kept: Kept, levels: string[]) => HTMLElement[]} */
function wordOf(kept, levels) {
  const { became, given, wording } = kept;
  const $said = element("p", SAID[became], " ", choice(kept, levels, ":"));
  const $note = given.note ? [element("p", say("Your note: {note}", { note: given.note }))] : [];
  if (!wording) return [$said, ...$note];
  const $levels = Object.entries(wording.levels).map(([level, text]) =>
    element("li", element("b", levels[Number(level) - 1] ?? level), `: ${text}`),
  );
  const $then = element(
    "details",
    element("summary", say("How it was asked then")),
    element("p", wording.question),
    element("ol", ...$levels),
    ...$note,
  );
  return [$said, $then];
}
