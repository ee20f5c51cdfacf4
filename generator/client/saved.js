/**
 * Sheets that are saved on this device: found, offered, gone on with, cleared. Fetched only when there are any.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {Map<string, Sheet>} Sheets - By key.
 */

import { button } from "#client/controls.js";
import { sayCount, sayDay } from "#client/counts.js";
import { element } from "#client/elements.js";
import { nameOf } from "#client/records.js";
import { sheetRules } from "#client/rules.js";
import { goTo, lay, storageOf } from "#client/saving.js";
import { NAME, newSheet } from "#client/sheet.js";
import { done, RECORDS, recordsIn, sheetsIn } from "#client/storage.js";
import { takenOver } from "#client/taking.js";
import { say } from "#client/words.js";

const DAY = 24 * 60 * 60 * 1000;

const $continue = button(say("Continue"));
$continue.className = "button";
const $again = button(say("Start again"));
const $question = element("p");
const $list = element("ul");
const $buttons = element("p", $continue, " ", $again);
$buttons.className = "buttons";
const $hint = element("p", say("If you start again, what is saved stays saved."));
$hint.className = "hint";
const $here = element("div", $question, $list, $buttons, $hint);
const $rows = element("ul");
const $summary = element("summary");
/** Sheets that other versions of this site have saved. */
const $elsewhere = element(
  "details",
  $summary,
  element("p", say("What is saved there stays as it is, whatever you do here.")),
  $rows,
);
/** Where sheets that are saved are offered, at the top of the page. */
const $stored = element("aside", $here, $elsewhere);
Object.assign($stored, { id: "balcony-stored", className: "stored", tabIndex: -1, hidden: true });
$stored.ariaLabel = say("Saved on this device");
document.getElementById("balcony-banner")?.after($stored);
const $clear = /** @type {HTMLElement} */ (document.getElementById("clear"));

/**
 * Clear what is past its time; then go on with the sheet that this tab had open before a reload, or offer what is saved.
 *
 * @param {Panel} panel - Of the page.
 */
export async function start(panel) {
  const { desk } = panel;
  const storage = storageOf(panel);
  const days = Number(desk.framework.settings.days_kept);
  const sheets = await saved(panel);
  const past = [...sheets.keys()].filter((key) => age(sheets.get(key)) > days * DAY);
  await forget(panel, past);
  const last = storage.key ?? lastKey(storage.name);
  if (last && sheets.has(last) && !past.includes(last)) await goOn(panel, last);
  else {
    storage.goOnWith(null);
    if (last) panel.tell(say("The sheet that was saved here is gone. If you downloaded it, open that file."));
    await offer(panel);
  }
  if (past.length)
    panel.tell(
      sayCount(
        past.length,
        {
          one: "{count} sheet was cleared from this device: it was last changed more than {days} days ago.",
          other: "{count} sheets were cleared from this device: they were last changed more than {days} days ago.",
        },
        { days },
      ),
    );
}

/**
 * Offer the other sheets, and move there; or say that there is none.
 *
 * @param {Panel} panel - Of the page.
 */
export async function offerOthers(panel) {
  await offer(panel);
  if ($stored.hidden) panel.say(say("No other sheet is saved on this device."));
  else $stored.focus();
}

/** @type {(panel: Panel) => Promise<void>} */
async function offer(panel) {
  const sheets = await saved(panel);
  sheets.delete(panel.storage?.key ?? "");
  const rows = [...sheets].sort(([, a], [, b]) => b.changed.localeCompare(a.changed));
  await offerElsewhere(panel);
  $here.hidden = !rows.length;
  $stored.hidden = $here.hidden && $elsewhere.hidden;
  if (!rows.length) return;
  const [[key, sheet], another] = rows;
  $question.textContent = another
    ? say("Continue one of these sheets, or start again?")
    : say("Continue {sheet}, or start again?", { sheet: named(panel, sheet) });
  $list.replaceChildren(...(another ? rows.map(([each, its]) => row(panel, each, its)) : []));
  $continue.hidden = Boolean(another);
  $continue.onclick = () => choose(panel, key);
  $again.onclick = () => {
    $stored.hidden = true;
    if (panel.storage?.key) lay(panel, newSheet(panel.desk.framework), null);
    goTo("start");
  };
}

/** @type {(panel: Panel) => Promise<void>} */
async function offerElsewhere(panel) {
  const all = (await indexedDB.databases?.()) ?? [];
  const names = all.map(({ name = "" }) => name).filter((name) => name !== panel.name);
  const isThere = names.some((name) => name.endsWith(`:${panel.desk.framework.id}`));
  $elsewhere.hidden = true;
  if (!isThere) return;
  const { rowsOf } = await import("#client/elsewhere.js");
  const rows = await rowsOf(panel, names, () => {
    $stored.hidden = true;
  });
  $elsewhere.hidden = !rows.length;
  $summary.textContent = sayCount(rows.length, {
    one: "{count} sheet is saved with another version of this page",
    other: "{count} sheets are saved with other versions of this page",
  });
  $rows.replaceChildren(...rows);
}

/**
 * List what can be cleared.
 *
 * @param {Panel} panel - Of the page.
 */
export async function showClearing(panel) {
  const { desk } = panel;
  const storage = storageOf(panel);
  const sheets = await saved(panel);
  const here = storage.key ?? "";
  sheets.delete(here);
  const words = here
    ? say("{sheet}, on this page and on this device", { sheet: described(panel, desk.sheet()) })
    : say("The answers on this page ({count})", { count: desk.count(desk.sheet()) });
  const others = [...sheets].map(([key, sheet]) => choice(key, described(panel, sheet), false));
  const warning = say("What you clear cannot be brought back. If you may want it again, download it first.");
  const $lead = Object.assign(element("p", warning), { className: "lead" });
  const $all = element(
    "fieldset",
    element("legend", say("What should be cleared?")),
    choice(here, words, true),
    ...others,
  );
  const $yes = Object.assign(button(say("Yes, clear")), { className: "button" });
  const $no = Object.assign(element("a", say("No, go back")), { href: "#start" });
  $yes.onclick = () => clear(panel);
  const $onward = Object.assign(element("p", $yes, " ", $no), { className: "onward" });
  $clear.querySelector("div")?.replaceChildren($lead, $all, $onward);
}

/** @type {(panel: Panel) => Promise<void>} */
async function clear(panel) {
  const $chosen = /** @type {NodeListOf<HTMLInputElement>} */ ($clear.querySelectorAll("input:checked"));
  const keys = [...$chosen].map(({ value }) => value);
  const words = keys.length ? say("Cleared.") : say("Nothing was cleared.");
  if (keys.includes(panel.storage?.key ?? "")) lay(panel, newSheet(panel.desk.framework), null, words, true);
  else panel.tell(words);
  await forget(panel, keys.filter(Boolean));
  await offer(panel);
  goTo("start");
}

/**
 * Go on with a sheet that is saved. One of another form or version is not touched: its answers are taken into a new one.
 *
 * @type {(panel: Panel, key: string) => Promise<void>}
 */
async function goOn(panel, key) {
  const { framework } = panel.desk;
  const sheet = (await saved(panel)).get(key);
  $stored.hidden = true;
  if (!sheet) return;
  if (sheet.form === framework.form && sheet.framework.version === framework.version) {
    lay(panel, sheet, key);
    return;
  }
  const words = say("This is a new sheet that begins with the answers of {sheet}.", { sheet: named(panel, sheet) });
  const rules = await sheetRules();
  const { arrive } = await import("#client/arriving.js");
  await arrive(panel, sheet, takenOver({ ...sheet, ...{ [NAME]: "" } }, framework, rules.indicators), words);
}

/** @type {(panel: Panel, key: string) => Promise<void>} */
async function choose(panel, key) {
  await goOn(panel, key);
  goTo();
}

/** @type {(panel: Panel) => Promise<Sheets>} */
async function saved(panel) {
  const storage = storageOf(panel);
  const isOpen = await storage.open(false).catch(() => false);
  return isOpen ? sheetsIn(/** @type {IDBDatabase} */ (storage.database)) : new Map();
}

/**
 * Take sheets off the device, here and in other tabs, and the database with the last one: nothing of it is left.
 *
 * @type {(panel: Panel, keys: string[]) => Promise<void>}
 */
async function forget(panel, keys) {
  const storage = storageOf(panel);
  const { database, channel } = storage;
  if (!database || !keys.length) return;
  const store = database.transaction(RECORDS, "readwrite", { durability: "strict" }).objectStore(RECORDS);
  for (const key of keys) store.delete(recordsIn(key));
  const left = await done(store.count());
  channel.postMessage({ keys });
  if (left) return;
  database.close();
  storage.database = null;
  await done(indexedDB.deleteDatabase(database.name));
}

/** @type {(name: string) => string | null} */
function lastKey(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @type {(sheet: Sheet | undefined) => number} */
const age = (sheet) => Date.now() - Date.parse(sheet?.changed ?? "");

/** @type {(panel: Panel, key: string, sheet: Sheet) => HTMLElement} */
function row(panel, key, sheet) {
  const $row = document.createElement("li");
  const id = `balcony-sheet-${key}`;
  const $words = Object.assign(document.createElement("span"), { id, textContent: described(panel, sheet) });
  const $button = Object.assign(document.createElement("button"), { type: "button", textContent: say("Continue") });
  $button.setAttribute("aria-describedby", id);
  $button.onclick = () => choose(panel, key);
  $row.append($words, $button);
  return $row;
}

/** @type {(value: string, words: string, checked: boolean) => HTMLElement} */
function choice(value, words, checked) {
  const $label = Object.assign(document.createElement("label"), { className: "choice" });
  const $input = Object.assign(document.createElement("input"), { type: "checkbox", value, checked });
  $label.append($input, Object.assign(document.createElement("span"), { textContent: words }));
  return $label;
}

/**
 * A sheet in the middle of a sentence.
 *
 * @type {(panel: Panel, sheet: Sheet) => string}
 */
const named = (panel, sheet) =>
  nameOf(sheet)
    ? say("“{name}” of {day}, {count}", facts(panel, sheet))
    : say("the sheet of {day}, {count}", facts(panel, sheet));

/**
 * A sheet in a list.
 *
 * @type {(panel: Panel, sheet: Sheet) => string}
 */
const described = (panel, sheet) =>
  nameOf(sheet)
    ? say("{name}: {day}, {count}", facts(panel, sheet))
    : say("Sheet of {day}, {count}", facts(panel, sheet));

/** @type {(panel: Panel, sheet: Sheet) => Record<string, string>} */
const facts = ({ desk }, sheet) => ({ name: nameOf(sheet), day: sayDay(sheet.changed), count: desk.count(sheet) });
