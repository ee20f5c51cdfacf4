/**
 * What a sheet keeps and the form cannot count, shown apart. Fetched only when there is any.
 *
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { element } from "#client/elements.js";
import { sheetRules } from "#client/rules.js";
import { keptOf } from "#client/taking.js";
import { say } from "#client/words.js";

/**
 * Show what is kept.
 *
 * @param {HTMLElement} $kept - Where.
 * @param {import("#client/results.js").PageFramework} framework - The page's data.
 * @param {Sheet} sheet - Any.
 */
export async function showKept($kept, { levels, revisions }, sheet) {
  const rules = await sheetRules();
  const words = { "not-sure": say("Not sure"), "not-applicable": say("Not applicable") };
  const items = keptOf(sheet, revisions).map(([id, { answer, note }]) => {
    const label = Object.hasOwn(rules.indicators, id) ? rules.indicators[id].label : id;
    const named = typeof answer === "number" ? (levels[answer - 1] ?? answer) : words[answer];
    return element("li", say("{label}: {answer}", { label, answer: named }), ...(note ? [element("small", note)] : []));
  });
  $kept.replaceChildren(
    element("h2", say("Kept, and not counted")),
    element(
      "p",
      say(
        "These answers are to questions that this form does not ask, or asks in other words. They stay in your sheet.",
      ),
    ),
    element("ul", ...items),
  );
}
