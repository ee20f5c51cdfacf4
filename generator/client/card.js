/**
 * The pocket card, on paper.
 */

import { element } from "#client/elements.js";
import { dressed, fetched } from "#client/fetched.js";
import { say } from "#client/words.js";

/**
 * Print the framework's pocket card, and nothing else.
 *
 * @returns {Promise<string>} Why it cannot, if it cannot.
 */
export async function printCard() {
  await dressed();
  /** @type {{name: string, questions: {name: string, question: string}[], closing: string[]} | undefined} */
  const card = await fetched("card");
  if (!card?.questions) return say("The pocket card could not be fetched. Try again once you are online.");
  const front = card.questions.map(({ name, question }) => element("p", element("b", name), " ", question));
  const back = card.closing.map((question) => element("p", question));
  const sides = [
    element("div", element("h2", card.name), ...front),
    element("div", element("h2", say("Before you go")), ...back),
  ];
  const $card = element("div", ...sides.slice(0, back.length ? 2 : 1));
  $card.className = "pocket";
  document.body.append($card);
  addEventListener("afterprint", () => $card.remove(), { once: true });
  print();
  return "";
}
