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
  $root.replaceChildren(
    element("h2", say("Ground rules")),
    element("ul", ...ground_rules.map((each) => element("li", each))),
    ...(materials.length
      ? [element("h2", say("What to bring")), element("ul", ...materials.map((each) => element("li", each)))]
      : []),
    element("h2", say("Step by step")),
    element("table", $head, element("tbody", ...rows)),
  );
  for (const $th of $root.querySelectorAll("th")) $th.scope = $th.closest("thead") ? "col" : "row";
}
