/**
 * The agenda as the page shows and prints it.
 */
import { element } from "#client/elements.js";
import { say } from "#client/words.js";

/**
 * Show an agenda.
 *
 * @param {HTMLElement} $root - Where.
 * @param {ReturnType<typeof import("#client/agenda.js").agendaOf>} agenda - As `agenda.js` makes it.
 */
export function showAgenda($root, { parts, ground_rules, materials }) {
  const rows = parts.map(({ at, clock, minutes, title, say: words, details = [] }) => {
    const $details = details.length ? [element("ul", ...details.map((each) => element("li", each)))] : [];
    const when = clock ?? say("After {at} minutes", { at });
    return element(
      "tr",
      element("th", when, " ", element("small", say("{minutes} minutes", { minutes }))),
      element("td", element("strong", title), ...(words ? [element("p", words)] : []), ...$details),
    );
  });
  const $head = element("thead", element("tr", element("th", say("When")), element("th", say("What"))));
  const list = (/** @type {string} */ title, /** @type {string[]} */ all) =>
    element("div", element("h2", title), element("ul", ...all.map((each) => element("li", each))));
  const $lists = element("div", list(say("Ground rules"), ground_rules), list(say("What to bring"), materials));
  $lists.dataset.lists = "";
  $root.replaceChildren($lists, element("h2", say("Step by step")), element("table", $head, element("tbody", ...rows)));
  for (const $th of $root.querySelectorAll("th")) $th.scope = $th.closest("thead") ? "col" : "row";
}
