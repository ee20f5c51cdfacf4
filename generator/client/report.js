/**
 * The report on paper: what a reader of paper needs besides the results and the plan as the screen shows them.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 */
import { planRows } from "#client/csv.js";
import { element } from "#client/elements.js";
import { scopeOf } from "#client/results.js";
import { actionsOf } from "#client/sheet.js";
import { say, sayDate } from "#client/words.js";

/** @type {(selector: string) => HTMLElement} */
const at = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

const $others = document.querySelector("[data-others]");
const $before = $others?.nextElementSibling;
// On paper it is open.
$others?.querySelector("summary")?.classList.add("screen");
// The plan comes before what most readers leave out.
addEventListener("afterprint", () => $others && $before?.before($others));

/**
 * Get the page ready for paper: its contents, the plan as a table, addresses in words, and a line at the head of each page.
 *
 * @param {Panel} panel - Of the page.
 */
export function prepare(panel) {
  const sheet = panel.desk.sheet();
  if ($others) at("#plan").append($others);
  at("[data-contents]").replaceChildren(...contextOf(), element("h2", say("In this report")), contents());
  at("[data-paper=targets]").replaceChildren(targets(panel));
  at("[data-paper=actions]").replaceChildren(actions(panel));
  for (const $link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[target]")))
    if ($link.closest("#results, #plan") && $link.href) $link.dataset.address = $link.href;
  const running = scopeOf(sheet);
  document.documentElement.style.setProperty("--balcony-running", JSON.stringify(running));
}

/**
 * Name a lens, as the results do.
 *
 * @param {string} id - Of the lens.
 * @returns {string} Its name.
 */
export const lensName = (id) => document.querySelector(`[data-lens="${id}"] :is(h2, h3)`)?.textContent ?? id;

/** What was said of the setting. */
function contextOf() {
  const $chosen = [...document.querySelectorAll(".context :checked")];
  return $chosen.map(($input) => {
    const question = $input.closest("fieldset")?.querySelector("legend")?.firstChild?.textContent?.trim() ?? "";
    return element("p", question, " ", element("b", $input.parentElement?.textContent?.trim() ?? ""));
  });
}

/** The headings that are printed. */
function contents() {
  const $headings = [...document.querySelectorAll("#results h2, #plan h2")].filter(
    ($each) => !$each.closest("[hidden]:not([data-step]), .screen, [data-contents]"),
  );
  return element("ul", ...$headings.map(($each) => element("li", $each.textContent ?? "")));
}

/** @type {(panel: Panel) => HTMLElement} */
function targets({ desk }) {
  const { framework, scored, sheet } = desk;
  const { result } = scored();
  const rows = framework.lenses.flatMap((lens) =>
    lens.dimensions.flatMap(({ id, name = id }) => {
      const target = sheet().targets[`${lens.id}/${id}`];
      const { scored: isScored, band } = result.lenses[lens.id].dimensions[id];
      const now = isScored ? framework.levels[band - 1] : say("Too few answers");
      return target ? [[lensName(lens.id), name, now, framework.levels[target - 1] ?? String(target)]] : [];
    }),
  );
  if (!rows.length) return element("p", say("No targets are set."));
  return table([say("Lens"), say("Part"), say("Now"), say("Where we need to be")], rows);
}

/** @type {(panel: Panel) => HTMLElement} */
function actions({ desk }) {
  const all = actionsOf(desk.sheet()).map(([, action]) => ({
    ...action,
    by_when: action.by_when && day(action.by_when),
  }));
  const [head, ...rows] = planRows(all);
  if (!rows.some((row) => row.some(Boolean))) return element("p", say("There is nothing in the plan yet."));
  return table(head, rows);
}

/** @type {(day: string) => string} */
const day = (text) => sayDate(`${text}T12:00`, "numeric");

/** @type {(head: string[], rows: string[][]) => HTMLElement} */
function table(head, rows) {
  const $head = element("thead", element("tr", ...head.map((each) => element("th", each))));
  const $rows = rows.map((row) => element("tr", ...row.map((each) => element("td", each))));
  return element("table", $head, element("tbody", ...$rows));
}
