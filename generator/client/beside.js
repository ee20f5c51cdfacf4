/**
 * Earlier sheets beside the one on the page: what changed, shown in the results. Neither sheet is changed by it.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {import("#client/comparing.js").Comparison} Comparison
 */

import { earlierAsked, isNewer, whatBecame } from "#client/asked_before.js";
import { compareSheets, sayChange, sayLensChange, sayMovedDown } from "#client/comparing.js";
import { button } from "#client/controls.js";
import { sayCount, sayDay } from "#client/counts.js";
import { element, link } from "#client/elements.js";
import { readContent } from "#client/opening.js";
import { LARGEST } from "#client/reading.js";
import { goTo, lay } from "#client/saving.js";
import { fileOf, newSheet } from "#client/sheet.js";
import { takenOver } from "#client/taking.js";
import { say } from "#client/words.js";

/** The earlier sheets, the earliest first; a look back stands after the sheet that it looks back to. @type {Sheet[]} */
let earlier = [];

/** What was asked before. @type {import("#client/asked_before.js").Earlier} */
let asked;
/** The answers of an earlier sheet that do not count here. @type {Map<Sheet, import("#client/asked_before.js").Kept[]>} */
const keptIn = new Map();

/**
 * Open earlier sheets beside the one on the page.
 *
 * @param {Panel} panel - Of the page.
 * @param {HTMLInputElement} $files - The control.
 * @param {HTMLElement} $list - Where they are listed.
 */
export async function openBeside(panel, $files, $list) {
  const reasons = [];
  for (const file of $files.files ?? []) {
    const opened = await readContent(() => file.slice(0, LARGEST + 1).arrayBuffer());
    const { read, rules } = opened;
    if (read && rules) {
      // Its version is kept, to know what was not asked yet.
      const { framework } = read;
      add({ ...takenOver(read, panel.desk.framework, rules.indicators), framework, changed: momentOf(read) });
    } else reasons.push([say("{name} was not opened.", { name: file.name }), ...opened.reasons].join(" "));
  }
  asked = await earlierAsked();
  for (const sheet of earlier) keptIn.set(sheet, (await whatBecame(sheet, panel.desk.framework)).kept);
  $files.value = "";
  const $error = /** @type {HTMLElement} */ (document.getElementById("balcony-earlier-error"));
  $error.textContent = reasons.join(" ");
  $error.hidden = !reasons.length;
  earlier.sort(inOrder);
  if (!panel.beside.length) panel.beside.push(() => showBeside(panel));
  showList(panel, $list);
  const $said = /** @type {HTMLElement} */ ($list.previousElementSibling);
  $said.textContent = reasons.length ? "" : say("What changed is now shown above, in each lens.");
}

/** @type {(sheet: Sheet) => void} One that is opened again is there already. */
function add(sheet) {
  if (!earlier.some((each) => fileOf(each) === fileOf(sheet))) earlier.push(sheet);
}

/** @type {(read: Sheet) => string} A file may leave its moments out. */
const momentOf = ({ changed, created }) => changed ?? created ?? "";

/** @type {(sheet: Sheet) => number} */
const placeOf = ({ looking_back, changed }) => Date.parse(looking_back ?? changed) || 0;

/** @type {(one: Sheet, other: Sheet) => number} A look back stands after the sheet that it looks back to. */
const inOrder = (one, other) =>
  placeOf(one) - placeOf(other) ||
  Number(Boolean(one.looking_back)) - Number(Boolean(other.looking_back)) ||
  one.changed.localeCompare(other.changed);

/** @type {(sheet: Sheet) => string} */
function nameOf({ looking_back, changed }) {
  const day = changed ? sayDay(changed) : say("a day not given");
  return looking_back ? say("{day}, as seen on {later}", { day: sayDay(looking_back), later: day }) : day;
}

/** @type {(panel: Panel, $list: HTMLElement) => void} */
function showList(panel, $list) {
  const rows = earlier.map((sheet) => {
    const $away = button(say("Take away"), nameOf(sheet));
    $away.onclick = () => {
      earlier = earlier.filter((each) => each !== sheet);
      showList(panel, $list);
      document.getElementById("balcony-earlier")?.focus();
    };
    const what = [nameOf(sheet), sheet.work, sheet.team].filter(Boolean).join(" · ");
    const canLookBack = sheet.changed && !sheet.looking_back;
    return element("li", what, " ", $away, ...(canLookBack ? [" ", lookBack(panel, sheet)] : []));
  });
  $list.replaceChildren(...rows);
  showBeside(panel);
}

/**
 * People's own yardstick moves as they learn: the first sheet is kept, and a second look at that time stands beside it (METHOD 2.12).
 *
 * @type {(panel: Panel, sheet: Sheet) => HTMLElement}
 */
function lookBack(panel, { changed, work, team }) {
  const day = sayDay(changed);
  const $look = button(say("Answer again for {day}, knowing what you know now", { day }));
  $look.onclick = () => {
    const sheet = Object.assign(newSheet(panel.desk.framework), { looking_back: changed, work, team });
    const words = say(
      "Answer for how things were on {day}, as you see it now. Keep this sheet beside the first: it replaces nothing.",
      { day },
    );
    lay(panel, sheet, null, words);
    goTo("start");
  };
  return $look;
}

/** @type {(panel: Panel) => void} */
function showBeside({ desk }) {
  const $results = /** @type {HTMLElement} */ (document.getElementById("results"));
  for (const $old of $results.querySelectorAll("[data-change]")) $old.remove();
  let hasFallen = false;
  for (const sheet of earlier) {
    const comparison = compareSheets(desk.framework, sheet, desk.sheet());
    for (const lens of desk.framework.lenses) {
      const $lens = $results.querySelector(`[data-lens="${lens.id}"]`);
      const found = comparison.lenses[lens.id];
      const words = sayLensChange(found, desk.framework);
      if (words) $lens?.querySelector("[data-picture]")?.before(dated("p", sheet, words, ""));
      for (const [id, each] of Object.entries(found.dimensions)) {
        const finding = each.compared ? each.finding : each.reason;
        if (finding === "no-shared-questions") continue; // said once, above
        hasFallen ||= finding === "moved-down";
        $lens
          ?.querySelector(`[data-dimension="${id}"] td`)
          ?.append(dated("small", sheet, sayChange(each, desk.framework.levels), finding));
      }
    }
    $results.querySelector("[data-findings]")?.before(summaryOf(sheet, comparison));
  }
  if (hasFallen) {
    const $kind = element("p", sayMovedDown());
    $kind.dataset.change = "moved-down";
    $results.querySelector("[data-findings]")?.before($kind);
  }
}

/** @type {(name: "p" | "small", sheet: Sheet, words: string, finding: string) => HTMLElement} */
function dated(name, sheet, words, finding) {
  const $said = element(name, element("b", say("Since {day}:", { day: nameOf(sheet) })), " ", words);
  $said.dataset.change = finding;
  return $said;
}

const REASONS = {
  changed: say("Not compared, because the question has changed since:"),
  new: say("Not compared, because the question came later than the earlier sheet:"),
  "not-in-earlier": say("Not compared, because the earlier sheet has no answer:"),
  "not-in-later": say("Not compared, because this sheet has no answer:"),
  "no-level": say("Not compared, because a level is missing on one of the dates:"),
};

/** @type {(sheet: Sheet, comparison: Comparison) => HTMLElement} */
function summaryOf(sheet, { compared, not_compared }) {
  const $all = element(
    "div",
    element(
      "p",
      element("b", say("Since {day}:", { day: nameOf(sheet) })),
      " ",
      sayCount(compared.length, {
        one: "{count} question can be compared.",
        other: "{count} questions can be compared.",
      }),
    ),
  );
  $all.dataset.change = "";
  /** @type {(words: string, items: (string | Node)[]) => void} */
  const name = (words, items) => {
    if (!items.length) return;
    const $items = element("ul", ...items.map((each) => element("li", each)));
    $all.append(element("details", element("summary", words, ` ${items.length}`), $items));
  };
  /** @type {(id: string) => boolean} */
  const isNew = (id) => Object.hasOwn(asked.since, id) && isNewer(asked.since[id], sheet.framework.version);
  for (const [reason, words] of Object.entries(REASONS)) {
    const ids = not_compared.filter(
      (each) => (each.reason === "not-in-earlier" && isNew(each.id) ? "new" : each.reason) === reason,
    );
    name(
      words,
      ids.map(({ id }) => link(id)),
    );
  }
  const others = (keptIn.get(sheet) ?? []).filter(
    ({ id, isBefore }) => !isBefore && !not_compared.some((each) => each.id === id),
  );
  for (const [became, words] of Object.entries(NOT_ASKED))
    name(
      words,
      others
        .filter((each) => (each.became === "changed" ? "elsewhere" : each.became) === became)
        .map(({ label }) => label),
    );
  return $all;
}

/** Of questions that only the earlier sheet answers. */
const NOT_ASKED = {
  removed: say("Not compared, because the question is no longer asked:"),
  elsewhere: say("Not compared, because this form does not ask the question:"),
  unknown: say("Not compared, because this page does not know the words that were answered:"),
};
