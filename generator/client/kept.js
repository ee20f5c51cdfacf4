/**
 * What a sheet keeps and the form cannot count, shown apart, with the words that were answered beside those of now. Fetched only
 * when there is any.
 *
 * @typedef {import("#client/results.js").PageFramework} PageFramework
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {import("#client/asked_before.js").Kept} Kept
 */

import { restOf, whatBecame } from "#client/asked_before.js";
import { element } from "#client/elements.js";
import { say } from "#client/words.js";

/**
 * Show what is kept.
 *
 * @param {HTMLElement} $kept - Where.
 * @param {PageFramework} framework - The page's data.
 * @param {Sheet} sheet - Any.
 */
export async function showKept($kept, framework, sheet) {
  const { kept, earlier } = await whatBecame(sheet, framework);
  const rest = restOf(sheet, framework, kept);
  const $list = element("ul", ...kept.map((each) => item(each, framework, sheet, earlier.gone)));
  $list.className = "kept";
  $kept.replaceChildren(
    element("h2", say("Kept, and not counted")),
    element(
      "p",
      say(
        "These answers are to questions that this form does not ask, or asks in other words. They stay in your sheet.",
      ),
    ),
    $list,
    ...(rest.count
      ? [
          element("h3", say("About what is not on this page")),
          element("ul", ...rest.shown.map((each) => element("li", each))),
        ]
      : []),
  );
}

/** @type {(kept: Kept, framework: PageFramework, sheet: Sheet, gone: Record<string, string>) => HTMLElement} */
function item(kept, { levels, revisions }, sheet, gone) {
  const { id, given, label, wording } = kept;
  const isAsked = Object.hasOwn(revisions, id);
  const isAnswered = isAsked && sheet.answers[id]?.revision === revisions[id];
  const $state = element("p", stateOf(kept, isAsked, isAnswered, gone));
  $state.className = "hint";
  const $item = element("li", element("h3", label), $state);
  const now = isAsked ? wordingNow(id, given.answer) : undefined;
  const question = wording?.question ?? "";
  const isSame = question === now?.question;
  if (wording && isSame) $item.append(element("p", question));
  const then = [...(isSame || !wording ? [] : [wording.question]), choice(kept, levels)];
  const nows = now && kept.became === "changed" ? [...(isSame ? [] : [now.question]), now.choice] : [];
  const $both = element("div", side(say("When you answered"), then), ...(nows.length ? [side(say("Now"), nows)] : []));
  $both.className = "both";
  $item.append($both);
  if (given.note) $item.append(element("p", element("small", say("Your note: {note}", { note: given.note }))));
  if (isAsked && !isAnswered) {
    const $again = element("a", say("Answer it as it is asked now"), unseen(`: ${label}`));
    $again.href = `#${id}`;
    $item.append(element("p", $again));
  }
  return $item;
}

/** @type {(words: string) => HTMLElement} */
const unseen = (words) => Object.assign(element("span", words), { className: "unseen" });

/** @type {(title: string, children: (string | HTMLElement)[]) => HTMLElement} */
const side = (title, children) => element("div", element("h4", title), ...children.map((each) => element("p", each)));

/** @type {(kept: Kept, isAsked: boolean, isAnswered: boolean, gone: Record<string, string>) => string} */
function stateOf({ id, became, wording, given, isBefore }, isAsked, isAnswered, gone) {
  if (isAnswered && isBefore) return say("You have answered it anew since. This is the earlier answer.");
  if (became === "removed")
    return gone[id] ? say("No longer asked since version {version}.", { version: gone[id] }) : say("No longer asked.");
  if (became === "unknown") return say("Asked in a version that this page does not know.");
  if (became === "elsewhere" || !isAsked) return say("This form does not ask it.");
  if (became === "aside")
    return given.answer === "not-applicable"
      ? say("This version does not offer that answer.")
      : say("Put aside; the question reads the same.");
  return wording
    ? say("The question has changed since you answered it.")
    : say("The question has changed since you answered it. How it read then is not known here.");
}

/**
 * Tell what was chosen, with its text.
 *
 * @param {Kept} kept - The answer.
 * @param {string[]} levels - Their names.
 * @param {string} [between] - What stands between the name and the text.
 * @returns {HTMLElement} In a line.
 */
export function choice({ given: { answer }, wording }, levels, between = "") {
  if (typeof answer !== "number")
    return element("span", element("b", answer === "not-sure" ? say("Not sure") : say("Not applicable")));
  const text = wording?.levels[answer] ?? "";
  return element("span", element("b", levels[answer - 1] ?? String(answer)), text && `${between} ${text}`);
}

/** @type {(id: string, answer: unknown) => {question: string, choice: HTMLElement}} As the form asks it. */
function wordingNow(id, answer) {
  const $question = /** @type {HTMLElement} */ (document.getElementById(id));
  const $text = $question.querySelector(`input[value="${answer}"] + span`);
  const $copy = /** @type {HTMLElement} */ (
    $text?.cloneNode(true) ?? element("span", say("There is no such answer now."))
  );
  return { question: $question.querySelector("legend")?.textContent ?? "", choice: $copy };
}
