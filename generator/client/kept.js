/**
 * What a sheet keeps and the form cannot count, shown apart. Fetched only when there is any.
 *
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { sheetRules } from "#client/rules.js";
import { keptOf } from "#client/taking.js";
import { say } from "#client/words.js";

/**
 * Show what is kept.
 *
 * @param {HTMLElement} $kept - Has the list.
 * @param {import("#client/results.js").PageFramework} framework - The page's data.
 * @param {Sheet} sheet - Any.
 */
export async function showKept($kept, { levels, revisions }, sheet) {
  const rules = await sheetRules();
  const words = { "not-sure": say("Not sure"), "not-applicable": say("Not applicable") };
  const items = keptOf(sheet, revisions).map(([id, { answer, note }]) => {
    const $item = document.createElement("li");
    const label = Object.hasOwn(rules.indicators, id) ? rules.indicators[id].label : id;
    const named = typeof answer === "number" ? (levels[answer - 1] ?? answer) : words[answer];
    $item.textContent = say("{label}: {answer}", { label, answer: named });
    if (note) $item.append(Object.assign(document.createElement("small"), { textContent: note }));
    return $item;
  });
  $kept.querySelector("ul")?.replaceChildren(...items);
}
