/**
 * Sheets that other versions of this site have saved on this device: looked at, and never changed. Fetched only when there is such
 * a place. Versions stand side by side, such as `/systems-leadership/1.0/`, or at the top itself.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { arrive } from "#client/arriving.js";
import { button } from "#client/controls.js";
import { sayDay } from "#client/counts.js";
import { element } from "#client/elements.js";
import { nameOf } from "#client/records.js";
import { sheetRules } from "#client/rules.js";
import { goTo } from "#client/saving.js";
import { NAME } from "#client/sheet.js";
import { RECORDS, sheetsIn } from "#client/storage.js";
import { takenOver } from "#client/taking.js";
import { say } from "#client/words.js";

/** A version's folder: its number, or a usual alias of one. */
const VERSION = /^(v?\d+(\.\d+)*|latest|stable|current|dev|next|preview)$/i;

/**
 * Find the places of other versions.
 *
 * @param {string[]} names - Of all databases.
 * @param {string} own - The name of this page's.
 * @returns {{name: string, path: string}[]} Those of the same framework and the same site, each with the path of its top.
 */
export function placesOf(names, own) {
  const here = partsOf(own);
  return names
    .filter((name) => name !== own)
    .map((name) => ({ name, ...partsOf(name) }))
    .filter(({ id, site, path }) => id === here.id && site === here.site && path.endsWith("/"));
}

/** @type {(name: string) => {path: string, id: string, site: string}} What a name is made of; `site` is the top of all versions. */
function partsOf(name) {
  const [, path = "", id = ""] = /^balcony:(.*):([^:]*)$/.exec(name) ?? [];
  const folders = path.split("/");
  if (VERSION.test(String(folders.at(-2)))) folders.splice(-2, 1);
  return { path, id, site: folders.join("/") };
}

/**
 * List the sheets of other versions.
 *
 * @param {Panel} panel - Of the page.
 * @param {string[]} names - Of all databases.
 * @param {() => void} onCopied - Called once a copy is on the page.
 * @returns {Promise<HTMLElement[]>} A row each, the last changed first.
 */
export async function rowsOf(panel, names, onCopied) {
  const found = [];
  for (const { name, path } of placesOf(names, panel.name))
    for (const sheet of await lookInto(name)) found.push({ path, sheet });
  found.sort((a, b) => String(b.sheet.changed).localeCompare(String(a.sheet.changed)));
  if (!found.length) return [];
  const { indicators } = await sheetRules();
  const { framework } = panel.desk;
  return found.map(({ path, sheet }, number) => {
    const { version } = sheet.framework;
    const taken = takenOver({ ...sheet, ...{ [NAME]: "" } }, framework, indicators);
    const facts = {
      version,
      name: nameOf(sheet) || say("sheet of {day}", { day: sayDay(sheet.changed) }),
      count: panel.desk.count(taken),
    };
    const words = say("Saved with version {version}: {name}, {count}", facts);
    const $words = Object.assign(element("span", words), { id: `balcony-elsewhere-${number}` });
    const $copy = button(say("Bring a copy here"));
    const $there = element("a", say("Open it there"));
    $there.href = path + location.pathname.slice(partsOf(panel.name).path.length);
    for (const $each of [$copy, $there]) $each.setAttribute("aria-describedby", $words.id);
    $copy.onclick = async () => {
      const said = say(
        "This is a copy of the sheet that was saved with version {version}. That one stays as it is.",
        facts,
      );
      await arrive(panel, sheet, taken, said);
      onCopied();
      goTo("start");
    };
    return element("li", $words, $copy, $there);
  });
}

/** @type {(name: string) => Promise<Sheet[]>} What a place holds. Nothing is made, upgraded or written; one that cannot be read is empty. */
async function lookInto(name) {
  /** @type {IDBDatabase | null} */
  const database = await new Promise((resolve) => {
    const request = indexedDB.open(name); // as it is, in whatever version
    request.onupgradeneeded = () => request.transaction?.abort(); // it has gone since
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  if (!database) return [];
  try {
    const sheets = database.objectStoreNames.contains(RECORDS) ? await sheetsIn(database) : new Map();
    return [...sheets.values()].filter(({ framework, form }) => framework?.version && form);
  } catch {
    return [];
  } finally {
    database.close();
  }
}
