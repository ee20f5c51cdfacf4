/**
 * Opening a sheet's file, and telling what is wrong with it. Fetched only when somebody opens one.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/sheet.js").Asked} Asked
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */

import { arrive } from "#client/arriving.js";
import { codeIn, decode } from "#client/code.js";
import { hideNotice, showNotice } from "#client/notice.js";
import { LARGEST, RefusedSheet, readSheet } from "#client/reading.js";
import { sheetRules } from "#client/rules.js";
import { goTo } from "#client/saving.js";
import { codesIn, readShortCode } from "#client/short_code.js";
import { takenOver } from "#client/taking.js";
import { say } from "#client/words.js";

/**
 * Open the file that a person chose, in place of the sheet on the page; or say why not, and leave everything as it is.
 *
 * @param {Panel} panel - Of the page.
 * @param {HTMLInputElement} $file - The control.
 */
export async function openFile(panel, $file) {
  const [file] = $file.files ?? [];
  if (!file) return;
  // One byte more than is allowed is enough to see that it is too large.
  const opened = await readContent(() => file.slice(0, LARGEST + 1).arrayBuffer());
  await show(panel, file.name, opened, $file);
  $file.value = ""; // so that the same file can be chosen again
}

/**
 * Open the sheet that a link or a code brings, likewise. A link may name a page of any word, so it is looked for first.
 *
 * @param {Panel} panel - Of the page.
 * @param {string} text - With the code.
 * @param {HTMLTextAreaElement} [$area] - Where it was pasted.
 */
export async function openCode(panel, text, $area) {
  const isShort = !/sheet(=|%3D)/i.test(text) && codesIn(text).length > 0;
  const opened = await readContent(() =>
    isShort ? readShort(text, panel.desk.framework) : decode(codeIn(text), LARGEST),
  );
  // The code has done its work. It is not to stay in the history of the browser.
  if (location.hash.startsWith("#sheet=")) history.replaceState(null, "", "#start");
  if ($area && opened.read) $area.value = "";
  const $file = /** @type {HTMLElement} */ (document.getElementById("balcony-open"));
  await show(panel, isShort ? say("The sheet of the code") : say("The sheet of the link"), opened, $area ?? $file);
}

/** @type {(text: string, framework: Panel["desk"]["framework"] & Asked) => Promise<ArrayBuffer>} As the sheet's file. */
async function readShort(text, framework) {
  const { forms } = await sheetRules();
  return new Blob([JSON.stringify(readShortCode(text, { [framework.form]: framework }, forms))]).arrayBuffer();
}

/**
 * Read a sheet's file.
 *
 * @param {() => Promise<ArrayBuffer>} content - Gets its bytes.
 * @returns {Promise<{read?: Sheet, rules?: import("#client/reading.js").SheetRules, reasons: string[]}>} The sheet, or why there is none.
 */
export async function readContent(content) {
  try {
    const bytes = await content();
    const rules = await sheetRules();
    return { read: readSheet(bytes, rules, true), rules, reasons: [] };
  } catch (error) {
    const unread = say("The file could not be read. It may have been moved, or this page has no network.");
    return { reasons: error instanceof RefusedSheet ? error.reasons : [unread] };
  }
}

/** @type {(panel: Panel, name: string, opened: Awaited<ReturnType<typeof readContent>>, $control: HTMLElement) => Promise<void>} */
async function show(panel, name, { read, rules, reasons }, $control) {
  showReasons($control, name, reasons);
  if (!read || !rules) return;
  const sheet = takenOver(read, panel.desk.framework, rules.indicators);
  await arrive(panel, read, sheet, say("{name} is open.", { name }));
  goTo("start");
}

/** @type {($control: HTMLElement, name: string, reasons: string[]) => void} */
function showReasons($control, name, reasons) {
  const $error = /** @type {HTMLElement} */ (document.getElementById(`${$control.id}-error`));
  const title = say("{name} was not opened. Your answers here are as they were.", { name });
  $error.hidden = !reasons.length;
  $error.textContent = reasons.length ? [title, ...reasons].join(" ") : "";
  if (reasons.length)
    showNotice(
      say("There is a problem"),
      title,
      reasons.map((text) => ({ text, $at: $control })),
      true,
    );
  else hideNotice();
}
